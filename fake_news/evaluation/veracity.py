"""How well statements are ranked and decided from their words, and against simple baselines."""

from __future__ import annotations

from fake_news.evaluation.baseline import BASELINE
from fake_news.evaluation.delong import delong_p_value
from fake_news.evaluation.measures import accuracy, auc, bootstrap, majority_accuracy, paired_difference
from fake_news.evaluation.report import Row, Section
from fake_news.evaluation.resampling import Figure
from fake_news.evaluation.scored import Scored, named_speakers, viral_posts


def veracity_rows(valid: Scored, test: Scored, later: Scored) -> list[Row]:
    """AUC on LIAR and on later years, apart for named speakers and viral posts; accuracy where classes are even."""
    return [
        *(
            _row(Section.VERACITY, "AUC", scored, _auc(scored), "majority .500")
            for scored in (valid, test, later, named_speakers(later), viral_posts(later))
        ),
        _row(
            Section.VERACITY,
            "accuracy",
            test,
            bootstrap(accuracy, test.true, test.probability),
            f"majority {majority_accuracy(test.true):.3f}",
        ),
    ]


def comparison_rows(ours: Scored, theirs: Scored) -> list[Row]:
    """The baseline's AUC, and how much higher the recipe's is on the same statements."""
    p_value = delong_p_value(ours.true, ours.probability, theirs.probability)
    difference = paired_difference(auc, ours.true, ours.probability, theirs.probability)
    test = "DeLong p < .001" if p_value < 0.001 else f"DeLong p = {p_value:.3f}"
    return [
        _row(Section.COMPARISON, f"AUC of the {BASELINE}", theirs, _auc(theirs), "majority .500"),
        _row(Section.COMPARISON, "AUC of the recipe less the baseline's", ours, difference, test),
    ]


def _auc(scored: Scored) -> Figure | None:
    return bootstrap(auc, scored.true, scored.probability)


def _row(section: Section, measure: str, scored: Scored, figure: Figure | None, baseline: str) -> Row:
    return Row(section, measure, scored.name, len(scored), scored.base_rate, figure, baseline)
