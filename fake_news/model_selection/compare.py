"""Compare model families: settings chosen on validation statements, one score on test statements, and the cost.

Every result is stored as soon as it is there, so that a killed comparison continues where it stopped. A stored result
is used only if rows, recipe, settings and source files are those it was made with.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import joblib
import numpy as np

from fake_news.common.errors import PlumblineError
from fake_news.common.files import replace_file
from fake_news.model_selection.families import (
    FEATURE_SOURCES,
    SHIPPED,
    STACKS,
    Family,
    families,
    settings_text,
)
from fake_news.model_selection.fitting import Result, Task, search_settings, stack_members
from fake_news.training.recipe import Recipe
from fake_news.training.training_sets import Corpus, Protocol, texts

logger = logging.getLogger(__name__)

_PACKAGE = Path(__file__).resolve().parent.parent
_FEATURES = "features"


def compare(
    corpus: Corpus, protocols: Sequence[Protocol], recipe: Recipe, names: Sequence[str], scratch: Path
) -> tuple[dict[str, dict[str, Result]], dict[str, str]]:
    """Fit families under protocols, the shipped recipe always among them.

    Returns the results by protocol and family, and why families were skipped.

    Raises
    ------
    PlumblineError
        If a name is unknown.
    """
    known = families(recipe)
    check_names(names, [*known, *STACKS])
    wanted = [SHIPPED, *names]
    members = {member for name in wanted if name in STACKS for member in STACKS[name].members}
    memory = joblib.Memory(_features_folder(scratch), verbose=0)
    skipped: dict[str, str] = {}
    results: dict[str, dict[str, Result]] = {}
    for protocol in protocols:
        task = Task(protocol, texts([*corpus.claims, *corpus.news_claims]), recipe)
        found: dict[str, Result] = {}
        for family in known.values():
            if family.name not in wanted and family.name not in members:
                continue
            path = _path(family, task, scratch)
            result = _read_result(path)
            if result is None and (obstacle := family.obstacle):
                skipped[family.name] = obstacle
                continue
            found[family.name] = result or _fit_and_store(family, task, path, memory)
        for stack in (STACKS[name] for name in wanted if name in STACKS):
            if lacking := [member for member in stack.members if member not in found]:
                skipped[stack.name] = f"needs {', '.join(lacking)}"
            else:
                found[stack.name] = stack_members(stack, [found[member] for member in stack.members], protocol)
        results[protocol.name] = {name: result for name, result in found.items() if name in wanted}
    shutil.rmtree(scratch / _FEATURES, ignore_errors=True)  # a gigabyte that only an unfinished comparison needs
    return results, skipped


def _fit_and_store(family: Family, task: Task, path: Path, memory: joblib.Memory) -> Result:
    logger.info("%s, %s …", task.protocol.name, family.title)
    result = search_settings(family, task, memory)
    values = asdict(result)
    arrays = io.BytesIO()
    np.savez(arrays, validation=values.pop("validation"), test=values.pop("test"))
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path.with_suffix(".npz"), arrays.getvalue())
    replace_file(path, json.dumps(values, indent=1).encode())  # last: the result is complete from here on
    return result


def _read_result(path: Path) -> Result | None:
    if not path.is_file():
        return None
    with np.load(path.with_suffix(".npz"), allow_pickle=False) as arrays:
        return Result(**json.loads(path.read_bytes()), validation=arrays["validation"], test=arrays["test"])


def _path(family: Family, task: Task, scratch: Path) -> Path:
    """The file of a result; its name changes with everything that the result depends on."""
    protocol = task.protocol
    weights = task.weights
    made_from = (
        [[(s.text, s.rating) for s in rows] for rows in (protocol.train, protocol.calibration, protocol.test)],
        task.background if family.learns_vocabulary else [],
        [] if weights is None else weights.tolist(),
        repr(family.pipeline.get_params()),
        [settings_text(settings) for settings in family.candidates],
        _contents(family.sources),
    )
    return scratch / protocol.name.replace(" ", "-") / f"{family.name}-{_key(made_from)}.json"


def _features_folder(scratch: Path) -> Path:
    """Where features are cached during the search; joblib does not notice changes in code that a transformer calls."""
    return scratch / _FEATURES / _key(_contents(FEATURE_SOURCES))


def _contents(sources: Sequence[str]) -> list[str]:
    return [(_PACKAGE / source).read_text(encoding="utf-8") for source in sources]


def _key(made_from: Any) -> str:
    return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()[:12]


def check_names(names: Sequence[str], known: Sequence[str]) -> None:
    """Refuse unknown names of families.

    Raises
    ------
    PlumblineError
        If there is one; names the first, and the known families.
    """
    if unknown := [name for name in names if name not in known]:
        raise PlumblineError(f"There is no family {unknown[0]!r}.", f"Known are {', '.join(known)}.")
