"""``drift``: does what the server reads still look like what the model was measured on? For people, and for cron."""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
from pathlib import Path
from typing import Any

from fake_news.cli.files import add_checkpoint, add_data_dir, as_json, write_text
from fake_news.common.errors import PlumblineError
from fake_news.common.user_data import VARIABLE, default_data_folder
from fake_news.detection.checkpoint import current_checkpoint, extend_checkpoint, read_checkpoint
from fake_news.detection.detector import Detector
from fake_news.monitoring.drift import Drift, State, compare
from fake_news.monitoring.reference import FIELD, Reference, reference_of
from fake_news.monitoring.thresholds import DEFAULT_THRESHOLDS, Thresholds, read_thresholds
from fake_news.monitoring.traits import Trait

_DRIFTED = 1
_WINDOWS = 1000
_SHARES = (0.1, 0.2, 0.4)


def add(commands: Any) -> None:
    """Add the command to a parser's."""
    drift = commands.add_parser(
        "drift",
        help="compare what the server reads with what the model was measured on",
        description="Exit status: 0 alike, somewhat changed, or too little read to say; 1 drifted; 2 failed.",
    )
    add_checkpoint(drift)
    drift.add_argument(
        "--data-folder",
        type=Path,
        default=default_data_folder(),
        help=f"where the server keeps its counts ({VARIABLE} names it too; default: %(default)s)",
    )
    drift.add_argument("--config", type=Path, default=DEFAULT_THRESHOLDS, help="thresholds (default: %(default)s)")
    drift.add_argument("--days", type=int, help="the latest days to look at (default: as the thresholds say)")
    drift.add_argument("--json", type=Path, metavar="FILE", help="also write the comparison there")
    other = drift.add_mutually_exclusive_group()
    other.add_argument(
        "--make-reference",
        action="store_true",
        help="instead, add to the checkpoint's card what it makes of ordinary articles of the data folder",
    )
    other.add_argument(
        "--simulate",
        type=int,
        metavar="N",
        help="instead, say how often these thresholds would be wrong on windows of N statements",
    )
    add_data_dir(drift)
    drift.set_defaults(run=_drift)


def _drift(options: argparse.Namespace) -> int:
    path = options.checkpoint or current_checkpoint()
    if options.make_reference:
        _make_reference(path, options.data_dir)
        return 0
    thresholds = read_thresholds(options.config)
    if options.days is not None:
        if options.days < 1:
            raise PlumblineError(f"--days is {options.days}.", "Name one day or more.")
        thresholds = dataclasses.replace(thresholds, days=options.days)
    model = read_checkpoint(path).model
    reference = reference_of(model["card"])
    if reference is None:
        raise PlumblineError(
            f"The checkpoint {path} brings no reference to compare with.",
            "Add it: `python -m fake_news drift --make-reference`, which needs the data folder.",
        )
    if options.simulate is not None:
        _simulate(reference, thresholds, options.simulate)
        return 0
    found = compare(reference, _window(model["fingerprint"], options.data_folder, thresholds.days), thresholds)
    if options.json:
        write_text(options.json, as_json({"model": model["version"], "days": thresholds.days, **found.as_json()}))
    sys.stdout.write(_told(found, model["version"], reference, thresholds))
    return _DRIFTED if found.state is State.DRIFTED else 0


def _window(fingerprint: str, folder: Path, days: int) -> dict[Trait, list[int]]:
    """What the server counted, also of late: a server that runs stores its counts every ten seconds."""
    from fake_news.database.sqlite import FILE_NAME
    from fake_news.database.statistics import Statistics
    from fake_news.database.storage import Storage
    from server.configuration import DATABASE_URL

    url = os.environ.get(DATABASE_URL) or None
    if url is None and not (folder / FILE_NAME).is_file():
        raise PlumblineError(
            f"No server has kept counts in {folder}.", "Start the server first, or name its folder with --data-folder."
        )
    storage = Storage(folder, url)
    try:
        return Statistics(storage).window(fingerprint, days)
    finally:
        storage.close()


def _told(drift: Drift, version: str, reference: Reference, thresholds: Thresholds) -> str:
    lines = [
        f"Checkpoint {version}, the latest {thresholds.days} days: {drift.statements:,} statements, compared with "
        f"{reference.text}.",
        "",
    ]
    if drift.traits:
        lines.append(f"{'trait':<15}{'state':<10}{'n':>8}{'PSI':>8}{'alike':>8}{'KS':>8}{'critical':>10}{'p':>9}")
    for one in drift.traits:
        figures = (
            f"{one.psi:>8.3f}{one.psi_of_alike:>8.3f}{one.ks:>8.3f}{one.ks_critical:>10.3f}{one.p_value:>9.2g}"
            if one.psi is not None
            else f"{'–':>8}{'–':>8}{'–':>8}{'–':>10}{'–':>9}"
        )
        lines.append(f"{one.trait.value:<15}{one.state.value:<10}{one.statements:>8,}{figures}")
    lines += [f"{one.trait.value}: {one.advice}" for one in drift.traits if one.state is not State.ALIKE]
    return "\n".join([*lines, *([""] if drift.traits else []), drift.advice, ""])


def _make_reference(path: Path, data_dir: Path | None) -> None:
    from fake_news.data.folder import data_folder
    from fake_news.data.ordinary_text import load_articles
    from fake_news.training.drift_reference import drift_reference

    model = read_checkpoint(path).model
    reference = drift_reference(Detector.load(path), load_articles(data_folder(data_dir)))
    card = {name: value for name, value in model["card"].items() if name != "reference_scores"}
    extend_checkpoint(path, "card", {**card, FIELD: reference.as_json()}, {})
    sys.stdout.write(f"The card of {path} now says how it reads {reference.text}. The model is unchanged.\n")


def _simulate(reference: Reference, thresholds: Thresholds, statements: int) -> None:
    from fake_news.monitoring.simulation import simulate

    if statements < thresholds.fewest_statements:
        raise PlumblineError(
            f"Windows of {statements} statements are never judged.", f"Name {thresholds.fewest_statements} or more."
        )
    alike = simulate(reference, thresholds, statements, 0.0, None, _WINDOWS)
    lines = [
        f"{_WINDOWS:,} windows of {statements:,} statements each, called drifted:",
        f"  {alike.rate:7.1%}  drawn from the reference itself (stated: at most {thresholds.significance:.1%})",
    ]
    for trait in Trait:
        for share in _SHARES:
            moved = simulate(reference, thresholds, statements, share, trait, _WINDOWS)
            lines.append(f"  {moved.rate:7.1%}  {share:.0%} of the statements with another {trait.value}")
    sys.stdout.write("\n".join([*lines, ""]))
