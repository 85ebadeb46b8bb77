"""How well future statements are ranked: by their words, by what was ruled on near claims before, and by both.

What was ruled on near claims is the record of a topic. It ranks well and decides nothing: on a topic of many
falsehoods a true sentence has the same record as a false one.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from sklearn.linear_model import LogisticRegression

from fake_news.common.arrays import BoolArray, Float32Array, FloatArray, IntArray
from fake_news.data.statements import SIX_WAY, Statement
from fake_news.detection.factchecks.fact_check import RuledClaim
from fake_news.detection.verdict import Label
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import auc
from fake_news.training.detector_models import fit_models
from fake_news.training.recipe import Recipe
from fake_news.training.training_sets import Corpus, Protocol, texts
from fake_news.training.veracity.fit_similar_rulings import COPY_FROM
from fake_news.training.word_models import SOFT_TARGETS

logger = logging.getLogger(__name__)

STACK_STARTS = ("2019-01-01", "2020-01-01", "2021-01-01", "2022-01-01")
"""Of each of these years the words are learned before it; on these years the weights of the stack are."""
START, END = "2023-01-01", "2024-07-01"
WHERE = "2023-01 to 2024-06"
AIM_ALL, AIM_NAMED = ".92", ".79"

_POLITIFACT = "PolitiFact"
_CALIBRATION_DAYS = 184
_YEARS_OF_RECORD = 3


@dataclass(frozen=True)
class Record:
    """How what was ruled on near claims is averaged.

    Attributes
    ----------
    nearest : how many rulings count
    sharpness : the likeness that weighs e times less than the nearest's; infinite where all weigh the same
    of_politifact : whether those of other publishers are left out
    """

    nearest: int
    sharpness: float
    of_politifact: bool


RECORDS = {
    "rulings on near claims": Record(200, 0.05, of_politifact=False),
    "PolitiFact's rulings on near claims": Record(20, float("inf"), of_politifact=True),
}
"""Chosen on 2022, among some twenty of their kind."""
_TRUTH = {Label.FALSE: 0.0, Label.MIXED: 0.45, Label.TRUE: 1.0}
"""P(true) that a ruling off the six-way scale stands for."""


@dataclass(frozen=True)
class DatedClaims:
    """Checked claims, the oldest first.

    Attributes
    ----------
    days : of each ruling, ISO 8601; empty where unknown
    vectors : (claims, width) of unit length
    """

    claims: Sequence[RuledClaim]
    days: Sequence[str]
    vectors: Float32Array

    @cached_property
    def rated(self) -> list[Statement | None]:
        """The claims that PolitiFact rated on its six-way scale, as statements to learn words from; of others none."""
        return [rated_statement(claim) for claim in self.claims]

    @cached_property
    def truths(self) -> FloatArray:
        """P(true) that each ruling stands for, shape (claims,); not a number for ratings that say neither."""
        found = np.full(len(self.claims), np.nan)
        for row, (claim, rated) in enumerate(zip(self.claims, self.rated, strict=True)):
            if rated:
                found[row] = SOFT_TARGETS[SIX_WAY[rated.rating]]
            elif claim.fact_check.label in _TRUTH:
                found[row] = _TRUTH[claim.fact_check.label]
        return found

    @cached_property
    def politifact_truths(self) -> FloatArray:
        """The same of what is rated on PolitiFact's scale alone; not a number for other publishers' rulings."""
        return np.where([rated is not None for rated in self.rated], self.truths, np.nan)

    def between(self, first: str, end: str) -> list[int]:
        """The rows of the claims that PolitiFact rated on its six-way scale in some days."""
        return [row for row, day in enumerate(self.days) if first <= day < end and self.rated[row]]

    def statements(self, rows: Sequence[int]) -> list[Statement]:
        """Rated claims, as statements to learn words from."""
        found = [self.rated[row] for row in rows]
        return [statement for statement in found if statement]


def rated_statement(claim: RuledClaim) -> Statement | None:
    """A claim that PolitiFact rated on its six-way scale, as a statement to learn words from."""
    facts = claim.fact_check
    rating = facts.rating.lower().replace(" ", "-").replace("pants-on-fire", "pants-fire")
    if facts.publisher != _POLITIFACT or rating not in SIX_WAY:
        return None
    return Statement(claim.text, rating, facts.speaker, facts.date)


def future_rows(known: DatedClaims, corpus: Corpus, recipe: Recipe) -> list[Row]:
    """The AUC of each score on the claims that PolitiFact rated from 2023-01 to 2024-06, all and of named speakers."""
    starts = [*STACK_STARTS, START]
    scored = [_scored(known, corpus, recipe, *span) for span in zip(starts, [*starts[1:], END], strict=True)]
    *before, after = scored
    learned = {name: np.concatenate([one.scores[name] for one in before]) for name in after.scores}
    scores = {
        **after.scores,
        "all together": stacked(learned, np.concatenate([one.true for one in before]), after.scores),
    }
    of_named = {name: score[after.named] for name, score in scores.items()}
    where = f"{_POLITIFACT} {WHERE}"
    return [
        *ranking_rows(where, after.true, scores, AIM_ALL),
        *ranking_rows(f"{where}, named speakers", after.true[after.named], of_named, AIM_NAMED),
    ]


@dataclass(frozen=True)
class _ScoredSpan:
    """Statements of some days: whether each is true, whether its speaker is named, and its scores by name."""

    true: BoolArray
    named: BoolArray
    scores: Mapping[str, FloatArray]


def _scored(known: DatedClaims, corpus: Corpus, recipe: Recipe, start: str, end: str) -> _ScoredSpan:
    """Score the statements of some days by words that were learned before them, and by the record of their topics."""
    rows, past = known.between(start, end), known.between("0", start)
    calibration_start = (date.fromisoformat(start) - timedelta(_CALIBRATION_DAYS)).isoformat()
    statements, learned = known.statements(rows), known.statements(past)
    logger.info("Fitting the words of %d statements before %s …", len(learned), start)
    latest = known.statements(known.between(calibration_start, start))
    words = fit_models(corpus, Protocol(f"from {start}", learned, latest, statements, start), recipe)
    return _ScoredSpan(
        np.array([statement.is_true for statement in statements]),
        np.array([not statement.is_viral for statement in statements]),
        {
            "words alone": words.logits(texts(statements)),
            **{name: records_of_topics(known, record, rows) for name, record in RECORDS.items()},
        },
    )


def records_of_topics(known: DatedClaims, record: Record, rows: Sequence[int]) -> FloatArray:
    """Mean truth of what was ruled on near claims in the three years before each claim, shape (len(rows),).

    What was published on the same day or later does not count, and copies of the claim do not.
    """
    truth = known.politifact_truths if record.of_politifact else known.truths
    decided, days = ~np.isnan(truth), np.array(known.days)
    found = np.full(len(rows), 0.5)
    for place, row in enumerate(rows):
        day = known.days[row]
        since = f"{int(day[:4]) - _YEARS_OF_RECORD}{day[4:]}"
        window = slice(int(np.searchsorted(days, since)), int(np.searchsorted(days, day)))
        cosines = known.vectors[window] @ known.vectors[row]
        usable: IntArray = np.flatnonzero(decided[window] & (cosines < COPY_FROM))
        if len(usable):
            nearest = usable[np.argsort(-cosines[usable], kind="stable")[: record.nearest]]
            weights = np.exp((cosines[nearest] - cosines[nearest[0]]) / record.sharpness)
            found[place] = weights @ truth[window][nearest] / weights.sum()
    return found


def ranking_rows(where: str, true: BoolArray, scores: Mapping[str, FloatArray], aim: str) -> list[Row]:
    """The AUC of each score.

    Parameters
    ----------
    true : (statements,)
    scores : by what they are of, (statements,), higher for true
    aim : in words
    """
    return [
        Row.of(
            Section.LIKELY,
            f"AUC, {name}",
            where,
            auc(true, score),
            len(true),
            f"aim {aim}; chance .500",
            base_rate=float(true.mean()),
        )
        for name, score in scores.items()
    ]


def stacked(learned: Mapping[str, FloatArray], true: BoolArray, scored: Mapping[str, FloatArray]) -> FloatArray:
    """Log-odds of true from several scores together, by logistic regression.

    Parameters
    ----------
    learned : scores of the statements that the weights are learned from, which none of the scores was fitted on
    true : (statements,) of these
    scored : the same scores of the statements to score
    """
    features, others = (np.column_stack([part[name] for name in learned]) for part in (learned, scored))
    odds: FloatArray = LogisticRegression(class_weight="balanced").fit(features, true).decision_function(others)
    return odds
