"""Train a challenger and compare it with the champion, on frozen sets that neither side was trained on.

That depends on how each side was trained, so it is decided for each set:

- LIAR's validation and test statements were left out of every detector that this project trains. Champion and
  challenger themselves are compared there, if the champion's card says so and names the same files; otherwise the
  champion's recipe is fitted again without them.
- The last years of PolitiFact are in the champion, as they will be in the challenger, because they are closest to
  what is claimed now. There the recipes are compared, each fitted on what came before, and the challenger's on the new
  rows too.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from fake_news.common.arrays import BoolArray, FloatArray
from fake_news.data.statements import Statement
from fake_news.detection.checkpoint import Checkpoint
from fake_news.detection.detector import Detector
from fake_news.detection.verdict import Label
from fake_news.monitoring.reference import FIELD
from fake_news.retraining.gate import (
    Comparison,
    FalseAlarms,
    FrozenSet,
    Gate,
    compare,
    false_alarms,
    not_counted,
)
from fake_news.retraining.validation import CheckedRows
from fake_news.statistics.measures import share
from fake_news.statistics.resampling import estimate
from fake_news.training.checkpoint_draft import CheckpointDraft, drift_reference
from fake_news.training.detector_models import FittedModels, fit_models
from fake_news.training.recipe import Recipe, recipe_of
from fake_news.training.train import LEFT_OUT, punkt_parameters, train
from fake_news.training.training_sets import (
    TEST_START,
    Corpus,
    Protocol,
    protocols,
    shipped_protocol,
    texts,
    time_protocol,
)

logger = logging.getLogger(__name__)

LAST_YEARS = "PolitiFact 2021–22"


@dataclass(frozen=True)
class Contest:
    """What a challenger and the champion are compared on, and by which rules.

    Attributes
    ----------
    pages : blocks of text of ordinary pages, by the page's name; none if the set is not installed
    data : SHA-256 of the files that the corpus was read from
    """

    champion: Checkpoint
    corpus: Corpus
    pages: Mapping[str, Sequence[str]]
    data: Mapping[str, str]
    gate: Gate


@dataclass(frozen=True)
class Challenge:
    """A challenger that is not written yet, and how it compares with the champion."""

    draft: CheckpointDraft
    comparisons: list[Comparison]
    alarms: FalseAlarms

    @property
    def passed(self) -> bool:
        """Whether it may replace the champion; it may not if nothing could be compared."""
        return self.alarms.passed and bool(self.comparisons) and all(one.passed for one in self.comparisons)


def frozen_statements(corpus: Corpus) -> dict[str, list[Statement]]:
    """Collect the statements that no new row may be worded like, by the name of the set."""
    last_years = [statement for statement in corpus.archive if statement.date >= TEST_START]
    frozen = {"LIAR valid": corpus.liar["valid"], "LIAR test": corpus.liar["test"], LAST_YEARS: last_years}
    return {name: statements for name, statements in frozen.items() if statements}


def with_new_rows(corpus: Corpus, checked: CheckedRows) -> Corpus:
    """Add the new rows to a corpus."""
    archive = sorted([*corpus.archive, *checked.statements], key=lambda statement: statement.date)
    return replace(corpus, archive=archive, claims=[*corpus.claims, *checked.no_claims])


def train_challenger(contest: Contest, checked: CheckedRows, recipe: Recipe, version: str) -> CheckpointDraft:
    """Train a challenger on the corpus and the new rows, as it would be served."""
    corpus = contest.corpus
    draft = train(corpus, recipe, punkt_parameters(corpus), version, with_new_rows(corpus, checked))
    draft = draft.at(contest.champion.path.parent / version)  # its encoder is beside the champion too
    draft = draft.with_parts_of(contest.champion).with_data(contest.data)
    if corpus.articles:
        reference = drift_reference(draft.detector(), corpus.articles)
        draft = draft.with_card(**{FIELD: reference.as_json()})
    return draft


def compare_with_champion(contest: Contest, checked: CheckedRows, recipe: Recipe, draft: CheckpointDraft) -> Challenge:
    """Compare a finished challenger with the champion, on the frozen sets that are installed.

    Parameters
    ----------
    checked : the new rows that the challenger was trained on
    recipe : the challenger's
    """
    champion, corpus, challenger = contest.champion, contest.corpus, draft.detector()
    logger.info("Comparing with champion %s …", champion.model["version"])
    splits = protocols(corpus)
    sets = [_on_liar(corpus, challenger, champion, contest.data)] if "liar" in splits else []
    if "time" in splits:
        sets.append(_on_last_years(corpus, checked, recipe, champion))
    comparisons = [compare(one, contest.gate) for one in sets]
    alarms = (
        _alarms(Detector(champion), challenger, contest.pages, contest.gate)
        if contest.pages
        else not_counted(draft.model["abstention"]["likely_false_below"] is None, contest.gate)
    )
    return Challenge(draft, comparisons, alarms)


def _on_liar(corpus: Corpus, challenger: Detector, champion: Checkpoint, data: Mapping[str, str]) -> FrozenSet:
    test = corpus.liar["test"]
    if _left_liar_out(champion, data):
        theirs = _probabilities(Detector(champion), test)
        how = "Champion and challenger themselves: neither was trained on LIAR's validation and test statements."
    else:
        logger.info("Fitting the champion's recipe without LIAR's test statements …")
        theirs = _fitted(corpus, shipped_protocol(corpus), champion).probabilities(texts(test))
        how = (
            "The challenger itself, and the champion's recipe fitted again: it is not known that the champion was "
            "trained without LIAR's validation and test statements."
        )
    return FrozenSet("LIAR test", how, test, theirs, _probabilities(challenger, test))


def _on_last_years(corpus: Corpus, checked: CheckedRows, recipe: Recipe, champion: Checkpoint) -> FrozenSet:
    before = time_protocol(corpus)
    logger.info("Fitting both recipes on statements before %s …", before.reference_date)
    train_rows = sorted([*before.train, *checked.statements], key=lambda statement: statement.date)
    with_new = Protocol(before.name, train_rows, before.calibration, before.test, before.reference_date)
    theirs = _fitted(corpus, before, champion)
    is_same = recipe == recipe_of(champion.model["recipe"], champion.path) and not (
        checked.statements or checked.no_claims
    )
    learned = replace(corpus, claims=[*corpus.claims, *checked.no_claims])
    ours = theirs if is_same else fit_models(learned, with_new, recipe)
    return FrozenSet(
        LAST_YEARS,
        "Both recipes fitted again on statements before mid 2020, the challenger's on the new rows too: champion and "
        "challenger themselves were trained on these years.",
        before.test,
        theirs.probabilities(texts(before.test)),
        ours.probabilities(texts(before.test)),
    )


def _left_liar_out(champion: Checkpoint, data: Mapping[str, str]) -> bool:
    """Whether the champion's card says that it was trained without LIAR's test statements, and names the same files."""
    says_so = champion.model["card"].get("trained_on", {}).get("left_out") == LEFT_OUT
    files = [f"liar/{split}.tsv" for split in ("valid", "test")]
    return says_so and all(champion.model.get("data", {}).get(name) == data.get(name) for name in files)


def _fitted(corpus: Corpus, protocol: Protocol, champion: Checkpoint) -> FittedModels:
    recipe = recipe_of(champion.model["recipe"], champion.path)
    calibration = None if protocol.calibration else Detector(champion).calibration
    return fit_models(corpus, protocol, recipe, calibration)


def _probabilities(detector: Detector, statements: list[Statement]) -> FloatArray:
    return np.array([detector.probability(statement.text) for statement in statements])


def _alarms(champion: Detector, challenger: Detector, pages: Mapping[str, Sequence[str]], gate: Gate) -> FalseAlarms:
    (theirs, their_pages), (ours, our_pages) = (
        _likely_false_sentences(detector, pages) for detector in (champion, challenger)
    )
    return false_alarms(
        len(ours),
        int(ours.sum()),
        estimate(share(theirs), len(theirs), their_pages),
        estimate(share(ours), len(ours), our_pages),
        gate,
    )


def _likely_false_sentences(detector: Detector, pages: Mapping[str, Sequence[str]]) -> tuple[BoolArray, list[str]]:
    """Which sentences a detector paints likely-false, and the page of each."""
    labels = [
        (page, verdict.label) for page, blocks in pages.items() for block in blocks for verdict in detector.check(block)
    ]
    return np.array([label is Label.LIKELY_FALSE for _, label in labels]), [page for page, _ in labels]


def report_of(challenge: Challenge, contest: Contest, checked: CheckedRows, sources: list[str]) -> dict[str, Any]:
    """Write the comparison as plain values, as the challenger's checkpoint keeps it.

    Parameters
    ----------
    sources : names of the files, or other places, that the new rows are from
    """
    return {
        "version": challenge.draft.version,
        "champion": contest.champion.model["version"],
        "passed": challenge.passed,
        "gate": asdict(contest.gate),
        "rows": {
            "sources": sources,
            "read": checked.rows,
            "statements": len(checked.statements),
            "undated": checked.undated,
            "no_claims": len(checked.no_claims),
            "set_aside": dict(checked.set_aside),
            "left_out": [asdict(problem) for problem in checked.problems],
        },
        "sets": [asdict(one) for one in challenge.comparisons],
        "false_alarms": asdict(challenge.alarms),
    }
