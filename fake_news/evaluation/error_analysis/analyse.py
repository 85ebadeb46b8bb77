"""The whole error analysis of one protocol."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fake_news.common.arrays import IntArray
from fake_news.evaluation.error_analysis.by_slice import calibration_by_slice, errors_by_slice
from fake_news.evaluation.error_analysis.clusters import Cluster, clusters_of_errors
from fake_news.evaluation.error_analysis.forest import forest_words
from fake_news.evaluation.error_analysis.judgements import Judgements, judge_unseen
from fake_news.evaluation.error_analysis.label_noise import label_noise
from fake_news.evaluation.error_analysis.opposites import Pair, opposites
from fake_news.evaluation.error_analysis.parts import Part, as_part
from fake_news.evaluation.error_analysis.words import misleading_words
from fake_news.evaluation.error_analysis.worst import WorstError, worst_errors
from fake_news.evaluation.liar_columns import load_liar_columns
from fake_news.evaluation.six_way import confusions
from fake_news.evaluation.slices import Slice, slices_by_column, slices_by_year
from fake_news.reporting.charts import Findings
from fake_news.training.recipe import Recipe
from fake_news.training.training_sets import Corpus, liar_protocol, time_protocol

logger = logging.getLogger(__name__)

PROTOCOLS = {"liar": (liar_protocol, "LIAR valid"), "time": (time_protocol, "PolitiFact late 2020")}
"""How to split, and what the validation statements are called, by the name on the command line."""


@dataclass(frozen=True)
class Analysis:
    """What was found under one protocol.

    ``findings`` hold no statement; everything else does, and is for local reading alone.
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
    """Fit the recipe under a protocol and take its errors apart.

    Raises
    ------
    DataError
        If the protocol has too few true or false statements.
    """
    split, name = PROTOCOLS[protocol_name]
    protocol = split(corpus)
    judgements = judge_unseen(corpus, protocol, recipe, name)
    logger.info("%s: taking errors apart …", name)
    slices = list(_slices(judgements, corpus, folder, protocol_name))
    clusters, found_clusters = clusters_of_errors(judgements)
    noise, candidates = label_noise(judgements, protocol, recipe)
    pairs, opposite = opposites(judgements.train.name, judgements.train.statements)
    findings = (
        errors_by_slice(judgements, slices)
        + calibration_by_slice(judgements, slices)
        + as_part(confusions(judgements.train, judgements.validation), Part.CONFUSION)
        + misleading_words(judgements)
        + clusters
        + noise
        + pairs
    )
    if with_forest:
        logger.info("%s: explaining a random forest …", name)
        findings += forest_words(judgements, recipe)
    return Analysis(judgements, findings, worst_errors(judgements, most_worst), found_clusters, candidates, opposite)


def _slices(judgements: Judgements, corpus: Corpus, folder: Path, protocol_name: str) -> Iterator[Slice]:
    if protocol_name == "liar":
        known = {statement.speaker for statement in corpus.liar["train"]}
        yield from slices_by_column(judgements.validation, load_liar_columns(folder, "valid"), known)
    else:
        yield from slices_by_year(judgements.validation)
