"""Measuring what similar rulings make likely: everything is fitted on the past, and judged on 2023-01 to 2024-06."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from fake_news.common.arrays import BoolArray
from fake_news.common.files import set_fingerprints
from fake_news.data.fact_checks import Collection
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.detector import Detector
from fake_news.detection.factchecks.fact_check import encoder_text
from fake_news.detection.veracity.similar_rulings import ASKED
from fake_news.detection.verdict import Label
from fake_news.evaluation.future_statements import END, START, WHERE, DatedClaims, future_rows
from fake_news.evaluation.likely import Called, called, checked_rows, not_false_row, ordinary_rows
from fake_news.evaluation.rulings_by_day import RulingsByDay
from fake_news.pipelines.evaluate import Evaluation
from fake_news.pipelines.fact_check_index import shipped_fact_checks, without_index
from fake_news.reporting.charts import Findings
from fake_news.reporting.report import Row
from fake_news.runs.recording import DEFAULT_RECORDER, Recorder
from fake_news.training.claim_matching.protocol import SETS, MatchingData, load_matching_data, paragraphs
from fake_news.training.recipe import Recipe
from fake_news.training.relation.training_rows import claims_by_address
from fake_news.training.training_sets import load_corpus
from fake_news.training.veracity.fit_similar_rulings import (
    AreClaims,
    are_asked,
    fit_to,
    read_nearby,
)
from fake_news.training.veracity.similar_statements import MOST, ORDINARY, Sentences, Statement, statements

logger = logging.getLogger(__name__)

_ORDINARY = 4000
_RULED = (Label.FALSE, Label.MIXED, Label.TRUE)


def evaluate_likely(
    checkpoint_path: Path, data_folder: Path, recipe: Recipe, recorder: Recorder = DEFAULT_RECORDER
) -> Evaluation:
    """Fit the model of similar rulings, and that of words, on the past; measure both on the claims checked later.

    Raises
    ------
    PlumblineError
        If the checkpoint is damaged or its fact-checks are not the data folder's, or a set is missing or malformed.
    """
    checkpoint = read_checkpoint(checkpoint_path)
    detector, shipped = Detector.load(checkpoint_path), shipped_fact_checks(checkpoint)
    configuration = {
        "only": "likely",
        "checkpoint": detector.version,
        "recipe": recipe.as_json(),
        "data_dir": data_folder,
    }
    fingerprints = set_fingerprints(data_folder, SETS)

    def are_claims(some: Sequence[str]) -> list[bool]:
        return [score >= detector.claim_threshold for score in detector.worthiness(some)]

    with recorder.record("evaluate", configuration=configuration, data=fingerprints, seed=0) as run:
        data = load_matching_data(data_folder)
        rulings = RulingsByDay.of(shipped, data.collection.claims)
        # Ordinary sentences are those that the bound was chosen on: all that words take for claims.
        searched = Detector(without_index(checkpoint)).searched_sentences
        measure = _Measure(data, rulings, are_claims, searched)
        findings = Findings(measure.rows(data_folder, recipe))
        run.artefact(checkpoint_path)
        run.findings(findings)
    return Evaluation(detector.version, findings)


class _Measure:
    """What the rows are made of, each part read once."""

    def __init__(self, data: MatchingData, rulings: RulingsByDay, are_claims: AreClaims, sentences: Sentences) -> None:
        self._data = data
        self._rulings = rulings
        self._are_claims = are_claims
        self._sentences = sentences

    def rows(self, folder: Path, recipe: Recipe) -> list[Row]:
        """All rows."""
        rulings = self._rulings
        earlier = rulings.library(rulings.count_before(START))
        learned = self._learned(folder)
        logger.info("Reading the rulings near %d statements of the past …", len(learned))
        nearby = read_nearby(rulings.matcher, earlier, learned)
        model = fit_to(nearby, are_asked(learned, self._are_claims), learned)

        later = self._checked(START, END)
        logger.info("Reading the rulings near %d claims checked later …", len(later))
        near_later = rulings.read(later)
        asked = are_asked(later, self._are_claims)
        where, label_of = f"claims checked {WHERE}", [statement.truth for statement in later]

        def among(labels: Sequence[Label]) -> Called:
            rows = np.array([label in labels for label in label_of])
            supported = {label: of_label[rows] for label, of_label in near_later.supported.items()}
            return called(model, where, near_later.features[rows], supported, asked[rows])

        def are(wanted: Label, labels: Sequence[Label]) -> BoolArray:
            return np.array([label is wanted for label in label_of if label in labels])

        rows = checked_rows(among(ASKED), are(Label.TRUE, ASKED))
        rows.append(not_false_row(among(_RULED), are(Label.FALSE, _RULED)))

        ordinary = self._unseen()
        logger.info("Reading the rulings near %d ordinary sentences …", len(ordinary))
        near = read_nearby(rulings.matcher, earlier, ordinary)
        found = called(
            model, "articles not fitted on", near.features, near.supported, are_asked(ordinary, self._are_claims)
        )
        rows += ordinary_rows(found)
        vectors = rulings.library(len(rulings.days)).vectors.rows(np.arange(len(rulings.days)))
        known = DatedClaims(self._data.collection.claims, rulings.days, vectors)
        return rows + future_rows(known, load_corpus(folder), recipe)

    def _learned(self, folder: Path) -> list[Statement]:
        """What there was to learn from before the first day that is measured."""
        data = self._data
        known = Collection(data.collection.claims[: self._rulings.count_before(START)], data.collection.counts)
        past = replace(data, collection=known)
        most = {**MOST, ORDINARY: _ORDINARY}
        return statements(past, self._sentences, folder, claims_by_address(past), most)

    def _checked(self, first: str, end: str) -> list[Statement]:
        """The claims checked in some days, each with its own ruling out of sight."""
        claims, rulings = self._data.collection.claims, self._rulings
        return [
            Statement(
                encoder_text(claims[row].text, claims[row].fact_check.speaker),
                claims[row].fact_check.label,
                "checked later",
                f"claim {row}",
                (row,),
                claims[row].fact_check.date,
            )
            for row in range(rulings.count_before(first), rulings.count_before(end))
        ]

    def _unseen(self) -> list[Statement]:
        """Sentences of the articles of which nothing was learned."""
        found = list(dict.fromkeys(self._sentences(paragraphs(self._data.articles["train"]))[0]))
        order = np.random.default_rng(7).permutation(len(found))[:_ORDINARY].tolist()
        return [Statement(found[i], None, ORDINARY, found[i][:40]) for i in order]
