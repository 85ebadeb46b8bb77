"""Words that drive errors: what each word adds to the right side, and where it misleads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from fake_news.common.arrays import FloatArray
from fake_news.evaluation.error_analysis.judgements import Judgements
from fake_news.evaluation.error_analysis.parts import Part
from fake_news.reporting.charts import Findings, dots_of
from fake_news.reporting.report import Row
from fake_news.statistics.measures import weights_for
from fake_news.statistics.resampling import Statistic
from fake_news.training.models import EVEN_BASE_RATE

FEWEST_STATEMENTS = 15  # of a word that fewer have, the interval says nothing
_SHOWN = 12


def misleading_words(judgements: Judgements) -> Findings:
    """The words that cost most and those that help most, summed over all validation statements.

    Statements are weighted to an even base rate, as they are judged: else every common word that leans to true would
    mislead wherever most statements are false.
    """
    true, wrong = judgements.validation.true, judgements.wrong
    side, importance = np.where(true, 1.0, -1.0), weights_for(true, EVEN_BASE_RATE)
    weight_in = _weights_by_word(judgements)
    found = [(word, np.array(list(of)), np.array(list(of.values()))) for word, of in weight_in.items()]
    helped = {word: float((weights * (side * importance)[rows]).sum()) for word, rows, weights in found}
    by_sum = sorted(found, key=lambda item: helped[item[0]])
    few = min(_SHOWN, len(by_sum) // 2)
    rows = []
    for word, statements, weights in [*by_sum[:few], *by_sum[len(by_sum) - few :]]:
        pulls = "true" if weights.mean() > 0.0 else "false"
        rows.append(
            Row.of(
                Part.WORDS,
                f"log-odds added to the right side, {judgements.name}",
                f"“{word}” pulls towards {pulls}",
                _weighted_mean(weights * side[statements], importance[statements]),
                len(statements),
                f"judged wrongly: {wrong[statements].mean():.2f} of these, {wrong.mean():.2f} of all",
                base_rate=float(true[statements].mean()),
            )
        )
    note = (
        f"Of words in {FEWEST_STATEMENTS} statements or more, those that cost most and those that help most, in sum. "
        "Left of the line a word misled."
    )
    chart = dots_of(
        Part.WORDS, f"Words, {judgements.name}", note, "log-odds added to the right side, a statement", 0.0, rows
    )
    return Findings(rows, [chart] if rows else [])


def _weighted_mean(values: FloatArray, importance: FloatArray) -> Statistic:
    return lambda weights: (weights @ (values * importance)) / (weights @ importance)


def _weights_by_word(judgements: Judgements) -> dict[str, dict[int, float]]:
    """Of frequent words, what they add to the log-odds of true, by statement."""
    by_word: dict[str, dict[int, float]] = defaultdict(dict)
    for row, (tokens, weights) in enumerate(judgements.readings):
        for token, weight in zip(tokens, _plain(weights), strict=True):
            if token.form[0].isalnum():
                by_word[token.form][row] = by_word[token.form].get(row, 0.0) + weight
    return {word: of for word, of in by_word.items() if len(of) >= FEWEST_STATEMENTS}


def _plain(weights: FloatArray) -> Sequence[float]:
    plain: list[float] = weights.tolist()
    return plain
