"""The ranking of later statements reads nothing that was published on their day or after it."""

from __future__ import annotations

import numpy as np
import pytest

from fake_news.detection.factchecks.fact_check import FactCheck, RuledClaim
from fake_news.detection.verdict import Label
from fake_news.evaluation.future_statements import (
    DatedClaims,
    Record,
    ranking_rows,
    rated_statement,
    records_of_topics,
    stacked,
)
from fake_news.reporting.report import Row
from fake_news.statistics.resampling import Figure


def value(rows: list[Row], measure: str) -> float:
    figure = next(row.figure for row in rows if row.measure == measure)
    assert isinstance(figure, Figure)
    return figure.value


def test_rankings_stand_beside_their_aim() -> None:
    true = np.array([True, False, True, False] * 10)
    scores = {"right": true.astype(float), "wrong": -true.astype(float)}
    rows = ranking_rows("here", true, scores, ".92")
    assert (value(rows, "AUC, right"), value(rows, "AUC, wrong")) == (1.0, 0.0)
    assert all("aim .92" in row.baseline and row.base_rate == 0.5 for row in rows)


def test_a_stack_learns_which_score_to_trust() -> None:
    random = np.random.default_rng(0)
    true = np.arange(400) % 2 == 0
    parts = {"noise": random.normal(size=400), "signal": true + 0.3 * random.normal(size=400)}
    others = {"signal": np.array([1.0, 0.0]), "noise": np.array([-3.0, 3.0])}  # in another order
    first, second = stacked(parts, true, others)
    assert first > 0.0 > second


@pytest.mark.parametrize(
    ("publisher", "rating", "wanted"),
    [
        ("PolitiFact", "Pants on Fire", "pants-fire"),
        ("PolitiFact", "Mostly True", "mostly-true"),
        ("PolitiFact", "Full Flop", None),
        ("Snopes", "False", None),
    ],
)
def test_words_are_learned_from_six_way_ratings_alone(publisher: str, rating: str, wanted: str | None) -> None:
    facts = FactCheck(publisher, rating, None, "A. Speaker", "", "2023-02-03", "https://example.org/a")
    rated = rated_statement(RuledClaim("The ferry sank twice.", "", facts))
    assert (rated.rating if rated else None) == wanted
    assert rated is None or (rated.date, rated.speaker) == ("2023-02-03", "A. Speaker")


def dated(days: list[str], vectors: list[list[float]], truth: list[float | None]) -> DatedClaims:
    labels = {0.0: Label.FALSE, 0.45: Label.MIXED, 1.0: Label.TRUE, None: None}
    claims = [ruled_claim("Snopes", "rated", labels[one]) for one in truth]
    return DatedClaims(claims, days, np.array(vectors, dtype=np.float32))


def ruled_claim(publisher: str, rating: str, label: Label | None) -> RuledClaim:
    return RuledClaim("Text", "", FactCheck(publisher, rating, label, "", "", "2022-01-01", "https://a.example/x"))


NEAREST_FIRST = Record(200, 0.05, of_politifact=False)


def test_the_record_of_a_topic_is_of_rulings_before_the_claim_and_not_of_copies() -> None:
    days = ["2017-01-01", "2021-05-01", "2021-06-01", "2022-01-01", "2022-01-01", "2022-03-01"]
    near, copy = [0.8, 0.6], [1.0, 0.0]
    known = dated(days, [near, near, copy, near, copy, near], [1.0, 0.0, 1.0, 1.0, None, 1.0])
    records = records_of_topics(known, NEAREST_FIRST, [4, 0])
    assert records[0] == pytest.approx(0.0)  # the first is too old, the third a copy, the rest of the day or later
    assert records[1] == pytest.approx(0.5)  # nothing was ruled on before


def test_the_nearest_rulings_weigh_most_in_a_record() -> None:
    days = ["2021-05-01", "2021-06-01", "2022-01-01"]
    known = dated(days, [[0.8, 0.6], [0.6, 0.8], [1.0, 0.0]], [1.0, 0.0, 0.45])
    assert records_of_topics(known, NEAREST_FIRST, [2])[0] > 0.9
    assert records_of_topics(known, Record(200, float("inf"), of_politifact=False), [2])[0] == pytest.approx(0.5)
    assert records_of_topics(known, Record(200, 0.05, of_politifact=True), [2])[0] == 0.5  # none is PolitiFact's


def test_ratings_that_say_neither_stand_for_no_truth() -> None:
    claims = [
        ruled_claim("PolitiFact", "Half True", Label.MIXED),
        ruled_claim("Snopes", "False", Label.FALSE),
        ruled_claim("Snopes", "Unproven", None),
    ]
    known = DatedClaims(claims, ["2022-01-01"] * 3, np.eye(3, dtype=np.float32))
    truth = known.truths
    assert truth[:2].tolist() == [0.64, 0.0]
    assert np.isnan(truth[2])
    assert np.isnan(known.politifact_truths[1:]).all()
