"""The parts of the error analysis, in the order of its report."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from fake_news.reporting.charts import Findings


class Part(StrEnum):
    """A part; the value is its heading."""

    WORST = "Worst errors"
    SLICES = "Errors by slice"
    CALIBRATION = "Calibration by slice"
    CONFUSION = "Confusion by rating"
    WORDS = "Words that mislead"
    CLUSTERS = "Clusters of errors"
    NOISE = "Label noise candidates"
    FOREST = "What a random forest looks at"


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


def as_part(findings: Findings, part: Part) -> Findings:
    """Findings of the evaluation as a part of the analysis."""
    return Findings(
        [replace(row, section=part) for row in findings.rows],
        [replace(chart, section=part) for chart in findings.charts],
    )
