"""Check-worthiness: on the debates it was trained for, and across to news."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fake_news.common.arrays import BoolArray
from fake_news.data.claims import Sentence
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import auc, average_precision, f1
from fake_news.training.models import FittedModels
from fake_news.training.training_sets import texts

_DEBATES, _NEWS = "CheckThat! 2024 dev", "CheckThat! 2025 subjectivity dev (news)"


def check_worthiness_rows(models: FittedModels, debates: Sequence[Sentence], news: Sequence[Sentence]) -> list[Row]:
    """F1 and average precision on debates, AUC on news, where there are any; the threshold is of training folds."""
    rows = []
    if debates:
        rows += _debates(models, debates)
    if news:
        labels = _claims(news)
        statistic = auc(labels, models.worthiness(texts(news)))
        measure, base_rate = "check-worthiness AUC", float(labels.mean())
        rows.append(Row.of(Section.CLAIMS, measure, _NEWS, statistic, len(labels), "chance .500", base_rate=base_rate))
    return rows


def _debates(models: FittedModels, debates: Sequence[Sentence]) -> list[Row]:
    labels, scores = _claims(debates), models.worthiness(texts(debates))
    flagged = scores >= models.worthiness_rule.threshold
    base_rate = float(labels.mean())
    all_claims = f"all claims {2 * base_rate / (1 + base_rate):.3f}"
    return [
        Row.of(
            Section.CLAIMS, f"check-worthiness {name}", _DEBATES, statistic, len(labels), without, base_rate=base_rate
        )
        for name, statistic, without in (
            ("F1", f1(labels, flagged), all_claims),
            ("AP", average_precision(labels, scores), f"chance {base_rate:.3f}"),
        )
    ]


def _claims(sentences: Sequence[Sentence]) -> BoolArray:
    return np.array([sentence.is_claim for sentence in sentences])
