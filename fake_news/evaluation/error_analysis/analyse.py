"""The whole error analysis of a protocol, and its report as one HTML file.

The page holds statements of the data sets, so it must stay on this machine.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from fake_news.common.arrays import IntArray
from fake_news.evaluation.error_analysis.by_slice import calibration_by_slice, errors_by_slice
from fake_news.evaluation.error_analysis.clusters import Cluster, clusters_of_errors
from fake_news.evaluation.error_analysis.judgements import Judgements, Part, WorstError, judge_unseen, worst_errors
from fake_news.evaluation.error_analysis.label_noise import label_noise, opposites
from fake_news.evaluation.error_analysis.words import forest_words, misleading_words
from fake_news.evaluation.evaluation_data import load_liar_columns
from fake_news.evaluation.scored_statements import Slice, slices_by_column, slices_by_year
from fake_news.evaluation.veracity import confusions
from fake_news.reporting.charts import Chart, Findings
from fake_news.reporting.html_page import render
from fake_news.reporting.report import HEADER, cells
from fake_news.training.duplicates import Pair
from fake_news.training.recipe import Recipe
from fake_news.training.training_sets import Corpus, liar_protocol, time_protocol

logger = logging.getLogger(__name__)
PROTOCOLS = {"liar": (liar_protocol, "LIAR valid"), "time": (time_protocol, "PolitiFact late 2020")}
"""How to split, and what the validation statements are called, by the name on the command line."""

_MOST_LISTED = 25  # noise candidates and opposite pairs: as many as a person reads
_STRONGEST_TINT = 0.55
_FAINTEST_SHARE = 0.15  # of the strongest word's weight, below which a word stays plain
ABOUT = {
    Part.WORST: "The statements about which the model was surest, and wrong. What pulls towards true is "
    "underlined, what pulls towards false is dashed above; the more a word weighs, the stronger its tint.",
    Part.SLICES: "Share of statements judged wrongly at P(true) = .5, calibrated to an even base rate, and AUC, for "
    "slices of the statements. Many slices are looked at: one in twenty intervals misses the line by chance alone.",
    Part.CALIBRATION: "By how much P(true), brought to the base rate of the whole set, lies above or "
    "below the share that was rated true.",
    Part.CONFUSION: "PolitiFact's six ratings against the model's one score, cut at the shares of the ratings among "
    "training statements, whose scores come from models fitted without them.",
    Part.WORDS: "What a word adds to the log-odds of the right side, on average over the statements that have it, "
    "weighted to an even base rate. Below zero it misled: it pulled towards false where statements were true, or the "
    "other way round. The words are chosen by the same statements, so the ends of the list exaggerate.",
    Part.CLUSTERS: "Statements judged wrongly, grouped by their words (latent semantic analysis and k-means; as "
    "many groups as the silhouette prefers). All statements are then given to the nearest group: a share of errors "
    "far above the line is a topic that the model does not understand, one at the line is only a topic. The groups are "
    "made of these very errors, so the shares lean upwards.",
    Part.NOISE: "Training statements whose rating models disagree with that were fitted without them, confidently and "
    "in every repetition (confident learning: Northcutt, Jiang & Chuang 2021). Words tell little about truth, so most "
    "candidates are not mistakes of the fact-checkers; the planted mistakes say how far the list can be trusted. And "
    "statements worded alike that were rated on opposite sides.",
    Part.FOREST: "Mean SHAP values of the words (Lundberg et al. 2020): by how much a word moves the forest's P(true).",
}
"""What each part shows, for readers who were not there."""

_ABOUT_THE_PAGE = (
    "The recipe, fitted under each protocol and read on its validation statements; no test statement was looked at. "
    "Wrong means: on the other side of P(true) = .5, calibrated to an even base rate. Intervals are 95 %, from 1,000 "
    "bootstrap resamples."
)


@dataclass(frozen=True)
class Analysis:
    """What was found under one protocol.

    ``findings`` hold no statement; everything else does, and must stay on this machine.
    """

    judgements: Judgements
    findings: Findings
    worst: list[WorstError]
    clusters: list[Cluster]
    noise: IntArray
    opposites: list[Pair]


def analyse(
    corpus: Corpus, folder: Path, recipe: Recipe, protocol_name: str, most_worst: int, *, with_forest: bool
) -> Analysis:
    """Fit the recipe under a protocol and analyse its errors.

    Raises
    ------
    DataError
        If the protocol has too few true or false statements.
    """
    split, name = PROTOCOLS[protocol_name]
    protocol = split(corpus)
    judgements = judge_unseen(corpus, protocol, recipe, name)
    logger.info("%s: taking errors apart …", name)
    slices = list(_slices_of(judgements, corpus, folder, protocol_name))
    clusters, found_clusters = clusters_of_errors(judgements)
    noise, candidates = label_noise(judgements, protocol, recipe)
    pairs, opposite = opposites(judgements.train.name, judgements.train.statements)
    findings = (
        errors_by_slice(judgements, slices)
        + calibration_by_slice(judgements, slices)
        + _as_part(confusions(judgements.train, judgements.validation), Part.CONFUSION)
        + misleading_words(judgements)
        + clusters
        + noise
        + pairs
    )
    if with_forest:
        logger.info("%s: explaining a random forest …", name)
        findings += forest_words(judgements, recipe)
    return Analysis(judgements, findings, worst_errors(judgements, most_worst), found_clusters, candidates, opposite)


def _as_part(findings: Findings, part: Part) -> Findings:
    """Assign findings of the evaluation to a part of the analysis."""
    return Findings(
        [replace(row, section=part) for row in findings.rows],
        [replace(chart, section=part) for chart in findings.charts],
    )


def _slices_of(judgements: Judgements, corpus: Corpus, folder: Path, protocol_name: str) -> Iterator[Slice]:
    if protocol_name == "liar":
        known = {statement.speaker for statement in corpus.liar["train"]}
        yield from slices_by_column(judgements.validation, load_liar_columns(folder, "valid"), known)
    else:
        yield from slices_by_year(judgements.validation)


@dataclass(frozen=True)
class Piece:
    """A piece of a statement; one that pulled to a side has a tint, the stronger the greater its weight."""

    text: str
    side: str = ""
    tint: float = 0.0
    weight: float = 0.0


def analysis_page(analyses: Sequence[Analysis]) -> str:
    """Render the whole page."""
    parts = [part for part in Part if part is not Part.FOREST or any(_rows(part, one) for one in analyses)]
    return render(
        "error_analysis.html",
        title="Plumbline: where it errs",
        about=_ABOUT_THE_PAGE,
        contents={part.name.lower(): part.value for part in parts},
        parts=[
            (part, ABOUT[part], [(one, _charts(part, one), _rows(part, one)) for one in analyses]) for part in parts
        ],
        header=HEADER,
        most_listed=_MOST_LISTED,
        pieces=pieces,
        chance=_chance,
    )


def pieces(error: WorstError) -> Iterator[Piece]:
    """Split a statement into the words that pulled it to a side and the text between them."""
    strongest = max(float(np.abs(error.weights).max(initial=0.0)), 1e-9)
    text, place = error.statement.text, 0
    for token, weight in zip(error.tokens, error.weights.tolist(), strict=True):
        share = abs(weight) / strongest
        if share < _FAINTEST_SHARE:
            continue
        yield Piece(text[place : token.start])
        side = "true" if weight > 0.0 else "false"
        yield Piece(text[token.start : token.end], side, _STRONGEST_TINT * share, weight)
        place = token.end
    yield Piece(text[place:])


def _charts(part: Part, analysis: Analysis) -> list[Chart]:
    return [chart for chart in analysis.findings.charts if chart.section == part]


def _rows(part: Part, analysis: Analysis) -> list[tuple[str, ...]]:
    return [cells(row) for row in analysis.findings.rows if row.section == part]


def _chance(probability: float) -> str:
    return f"P(true) {probability:.2f}"
