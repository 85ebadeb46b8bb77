"""How well statements are ranked and decided from their words, and against simple baselines."""

from __future__ import annotations

from fake_news.evaluation.baseline import BASELINE
from fake_news.evaluation.scored_statements import ScoredStatements, named_speakers, viral_posts
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import (
    accuracy,
    auc,
    bootstrap,
    majority_accuracy,
    measures_by_class,
    paired_difference,
    without_model,
)
from fake_news.statistics.resampling import Figure
from fake_news.statistics.significance import delong_p_value


def veracity_rows(
    valid: ScoredStatements | None, test: ScoredStatements | None, later: ScoredStatements | None
) -> list[Row]:
    """What is measured of LIAR's validation and test statements and of those of later years; any may be missing.

    AUC, apart for named speakers and viral posts too; accuracy where classes are even; precision, recall and F1.
    """
    parts = [later, named_speakers(later), viral_posts(later)] if later else []
    rows = [
        _row(Section.VERACITY, "AUC", scored, _auc(scored), "majority .500")
        for scored in (valid, test, *parts)
        if scored
    ]
    if test:
        figure = bootstrap(accuracy, test.true, test.probability)
        rows.append(_row(Section.VERACITY, "accuracy", test, figure, f"majority {majority_accuracy(test.true):.3f}"))
    return [*rows, *(row for scored in (test, later) if scored for row in by_class_rows(scored))]


def by_class_rows(scored: ScoredStatements) -> list[Row]:
    """Precision, recall and F1 of true and false statements, and their means over the two classes."""
    return [
        _row(Section.VERACITY, name, scored, figure, f"majority {without_model(name, scored.true):.3f}")
        for name, figure in measures_by_class(scored.true, scored.probability).items()
    ]


def comparison_rows(ours: ScoredStatements, theirs: ScoredStatements) -> list[Row]:
    """The baseline's AUC, and how much higher the recipe's is on the same statements."""
    p_value = delong_p_value(ours.true, ours.probability, theirs.probability)
    difference = paired_difference(auc, ours.true, ours.probability, theirs.probability)
    test = "DeLong p < .001" if p_value < 0.001 else f"DeLong p = {p_value:.3f}"
    return [
        _row(Section.COMPARISON, f"AUC of the {BASELINE}", theirs, _auc(theirs), "majority .500"),
        _row(Section.COMPARISON, "AUC of the recipe less the baseline's", ours, difference, test),
    ]


def _auc(scored: ScoredStatements) -> Figure | None:
    return bootstrap(auc, scored.true, scored.probability)


def _row(section: Section, measure: str, scored: ScoredStatements, figure: Figure | None, baseline: str) -> Row:
    return Row(section, measure, scored.name, len(scored), scored.base_rate, figure, baseline)
