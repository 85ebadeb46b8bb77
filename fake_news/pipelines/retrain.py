"""Retraining: learning from feedback and new data, and comparing the result with the champion."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from fake_news.common.errors import PlumblineError
from fake_news.data.ordinary_text import PAGES_SET, load_pages
from fake_news.data.status import has_set
from fake_news.detection.checkpoint import read_checkpoint, sha256
from fake_news.detection.checkpoint_folders import CHECKPOINTS, current_checkpoint, new_checkpoint
from fake_news.pipelines.server_data import server_feedback
from fake_news.retraining.challenger import (
    Contest,
    compare_with_champion,
    frozen_statements,
    report_of,
    train_challenger,
)
from fake_news.retraining.gate import Gate
from fake_news.retraining.new_rows import NewRow, feedback_row, read_feedback_file, read_new_data
from fake_news.retraining.report import card_measures, report_files, verdict
from fake_news.retraining.validation import MOST_ROWS, check_rows
from fake_news.runs.recording import DEFAULT_RECORDER, Recorder
from fake_news.training.recipe import Recipe, recipe_of
from fake_news.training.train import data_fingerprints
from fake_news.training.training_sets import load_corpus

_SERVER = "the server's feedback"


@dataclass(frozen=True)
class Sources:
    """Where new rows come from.

    Attributes
    ----------
    files : tables of rated statements, .csv or .jsonl
    feedback : exports of feedback
    server : the data folder of a server whose feedback is read too
    """

    files: Sequence[Path] = ()
    feedback: Sequence[Path] = ()
    server: Path | None = None

    @property
    def names(self) -> list[str]:
        """What the report calls them."""
        return [*(path.name for path in [*self.files, *self.feedback]), *([_SERVER] if self.server else [])]

    def rows(self) -> Iterator[NewRow]:
        """All rows, not checked yet.

        Raises
        ------
        PlumblineError
            If a file cannot be read, or no server has kept feedback there.
        """
        yield from chain.from_iterable(read_new_data(path) for path in self.files)
        yield from chain.from_iterable(read_feedback_file(path) for path in self.feedback)
        if self.server:
            for row in server_feedback(self.server):
                yield feedback_row(f"feedback {row['id']}", row)

    def fingerprints(self, rows: Sequence[NewRow]) -> dict[str, str]:
        """SHA-256 of each source; of the server's, that of the rows, as its database changes all the time."""
        hashes = {path.name: sha256(path.read_bytes()) for path in [*self.files, *self.feedback]}
        if self.server:
            of_server = [dataclasses.astuple(row) for row in rows if row.where.startswith("feedback ")]
            hashes[_SERVER] = sha256(json.dumps(of_server).encode("utf-8"))
        return hashes


@dataclass(frozen=True)
class Retraining:
    """A challenger that was written, and its comparison with the champion."""

    path: Path
    report: Mapping[str, Any]

    @property
    def passed(self) -> bool:
        """Whether it may take the champion's place."""
        return bool(self.report["passed"])


def retrain(
    version: str,
    sources: Sources,
    data_folder: Path,
    gate: Gate,
    checkpoints: Path = CHECKPOINTS,
    *,
    recipe: Recipe | None = None,
    leave_out: bool = False,
    recorder: Recorder = DEFAULT_RECORDER,
) -> Retraining:
    """Train a challenger on the data folder and the new rows, compare it with the champion, and write it.

    Parameters
    ----------
    version : the challenger's name, such as ``2027.01-a``
    recipe : the challenger's, if it is not the champion's; then there need be no new rows
    leave_out : train without the rows that cannot be learned from, rather than refuse

    Raises
    ------
    PlumblineError
        If there is nothing to learn from, a row cannot be learned from, or the checkpoint exists already.
    """
    if not (sources.names or recipe):
        raise PlumblineError(
            "There is nothing to learn from.", "Name --new FILE, --feedback FILE, --server-feedback, or a --config."
        )
    new_checkpoint(checkpoints, version)  # refused now rather than after minutes of training
    champion = read_checkpoint(current_checkpoint(checkpoints))
    used = recipe or recipe_of(champion.model["recipe"], champion.path)
    rows = list(islice(sources.rows(), MOST_ROWS + 1))  # one more is refused; the rest need not be read for that
    corpus = load_corpus(data_folder)
    checked = check_rows(rows, corpus.archive, frozen_statements(corpus))
    if not leave_out:
        checked.refuse_problems()
    if not (checked.statements or checked.no_claims or recipe):
        raise PlumblineError("No new row is left to learn from.", "Name more, or another --config.")
    configuration = {"version": version, "champion": champion.model["version"], "recipe": used, "gate": gate}
    of_data = data_fingerprints(data_folder)
    fingerprints = {**of_data, **sources.fingerprints(rows)}
    with recorder.record("retrain", configuration=configuration, data=fingerprints, seed=0) as run:
        pages = load_pages(data_folder) if has_set(data_folder, PAGES_SET) else {}
        contest = Contest(champion, corpus, pages, of_data, gate)
        draft = train_challenger(contest, checked, used, version)
        challenge = compare_with_champion(contest, checked, used, draft)
        report = report_of(challenge, contest, checked, sources.names)
        draft = draft.with_card(measures=card_measures(report), charts=[]).with_files(report_files(report))
        path = draft.write(checkpoints)
        run.note("verdict", verdict(report))
        run.note("passed", challenge.passed)
        for one in challenge.comparisons:
            if one.difference:
                run.metrics({f"AUC difference, {one.name}": one.difference.value})
        run.artefact(path)
    return Retraining(path, report)
