"""What is counted of what similar rulings make likely, and that nothing is read of what was published later."""

from __future__ import annotations

import numpy as np
import pytest

from fake_news.common.errors import PlumblineError
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.detection.factchecks.fact_check import FactCheck, RuledClaim
from fake_news.detection.factchecks.forest import Forest
from fake_news.detection.factchecks.shipped import ShippedFactChecks
from fake_news.detection.veracity.similar_rulings import ASKED, FEATURES, SimilarRulings
from fake_news.detection.verdict import Label
from fake_news.evaluation.future_statements import DatedClaims, Record, rated_statement, records_of_topics, truths_of
from fake_news.evaluation.likely import (
    Called,
    called,
    checked_rows,
    not_false_row,
    ordinary_rows,
    ranking_rows,
    stacked,
)
from fake_news.evaluation.rulings_by_day import RulingsByDay
from fake_news.reporting.report import Row
from fake_news.statistics.resampling import Figure
from fake_news.training.veracity.similar_statements import Statement

LIKELY = (Label.LIKELY_FALSE, Label.LIKELY_TRUE)


def reads_one_feature_each() -> SimilarRulings:
    """False where the first feature is 1, true where the second is."""
    forests = {
        label: Forest(
            roots=np.array([0], dtype=np.int32),
            feature=np.array([place, 0, 0], dtype=np.int16),
            threshold=np.array([0.5, np.inf, np.inf]),
            left=np.array([1, 1, 2], dtype=np.int32),
            right=np.array([2, 1, 2], dtype=np.int32),
            value=np.array([0.0, -3.0, 3.0]),
            depth=1,
            baseline=0.0,
        )
        for place, label in enumerate(ASKED)
    }
    return SimilarRulings(forests, dict.fromkeys(ASKED, 0.9))


def features(*rows: tuple[int, int]) -> np.ndarray:
    found = np.zeros((len(rows), len(FEATURES)))
    found[:, :2] = rows
    return found


def value(rows: list[Row], measure: str) -> float:
    figure = next(row.figure for row in rows if row.measure == measure)
    assert isinstance(figure, Figure)
    return figure.value


def test_a_statement_is_called_only_what_enough_rulings_support_and_where_it_is_asked() -> None:
    all_rows = features((1, 0), (1, 0), (1, 0), (0, 1), (0, 0))
    supported = {Label.FALSE: np.array([1, 0, 1, 1, 1], bool), Label.TRUE: np.ones(5, bool)}
    asked = np.array([1, 1, 0, 1, 1], bool)
    found = called(reads_one_feature_each(), "here", all_rows, supported, asked)
    assert found.labels[Label.LIKELY_FALSE].tolist() == [True, False, False, False, False]
    assert found.labels[Label.LIKELY_TRUE].tolist() == [False, False, False, True, False]


def test_what_looks_both_false_and_true_is_called_false() -> None:
    support = dict.fromkeys(ASKED, np.array([True]))
    found = called(reads_one_feature_each(), "here", features((1, 1)), support, np.array([True]))
    assert [found.labels[label].tolist() for label in LIKELY] == [[True], [False]]


def test_errors_are_those_at_an_even_base_rate() -> None:
    true = np.repeat([False, True], [80, 20])
    is_false = np.zeros(100, bool)
    is_false[:40] = is_false[80:82] = True  # half of the false claims, a tenth of the true ones
    rows = checked_rows(Called("here", {LIKELY[0]: is_false, LIKELY[1]: ~is_false}), true)
    assert value(rows, "share of false claims called likely-false") == pytest.approx(0.5)
    assert value(rows, "share of true claims called likely-false") == pytest.approx(0.1)
    assert value(rows, "wrong among likely-false, at an even base rate") == pytest.approx(0.1 / 0.6)
    assert value(rows, "wrong among likely-true, at an even base rate") == pytest.approx(0.5 / 1.4)
    wrong = next(row for row in rows if row.measure.startswith("wrong among likely-false"))
    assert (wrong.n, ".20" in wrong.baseline) == (42, True)


def test_mixed_claims_are_not_false() -> None:
    false = np.repeat([True, False], [100, 400])
    is_false = np.zeros(500, bool)
    is_false[:50] = is_false[100:120] = True  # half of the false claims, a twentieth of the others
    row = not_false_row(Called("here", {LIKELY[0]: is_false, LIKELY[1]: ~is_false}), false)
    assert value([row], "true or mixed among likely-false, at an even base rate") == pytest.approx(0.05 / 0.55)
    assert float(row.baseline.split("at most ")[1].split(";")[0]) < 0.2


def test_few_true_claims_prove_little_though_none_is_called_false() -> None:
    true = np.repeat([False, True], [100, 20])
    rows = checked_rows(Called("here", {LIKELY[0]: ~true & (np.arange(120) < 5), LIKELY[1]: ~true & true}), true)
    wrong = next(row for row in rows if row.measure.startswith("wrong among likely-false"))
    assert value(rows, wrong.measure) == 0.0
    most = float(wrong.baseline.split("at most ")[1].split(";")[0])
    assert 0.8 < most < 0.95  # a seventh of the true ones may be, and but two in a hundred of the false ones


def test_of_ordinary_sentences_the_interval_is_exact_even_where_none_is_called() -> None:
    none, some = np.zeros(2400, bool), np.zeros(2400, bool)
    some[:24] = True
    rows = ordinary_rows(Called("articles", {LIKELY[0]: none, LIKELY[1]: some}))
    assert [row.n for row in rows] == [2400, 2400]
    first, second = (row.figure for row in rows)
    assert isinstance(first, Figure)
    assert isinstance(second, Figure)
    assert first.value == first.low == 0.0 < first.high < 0.002
    assert second.low < second.value == 0.01 < second.high
    assert "at most 0.0010" in rows[0].baseline  # of 2,303 and more none: the bound holds


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


@pytest.fixture(scope="module")
def by_day() -> RulingsByDay:
    """The shipped rulings, of whose claims only the rulings count here."""
    shipped = ShippedFactChecks.read(read_checkpoint(current_checkpoint()))
    assert shipped is not None
    claims = [RuledClaim("", "", shipped.rulings[row]) for row in range(len(shipped.rulings))]
    return RulingsByDay.of(shipped, claims)


def test_an_earlier_library_holds_what_was_published_before(by_day: RulingsByDay) -> None:
    count = by_day.count_before("2023-01-01")
    library = by_day.library(count)
    assert 0 < count == len(library.columns) == len(library.vectors) < len(by_day.days)
    assert by_day.days[count - 1] < "2023-01-01" <= by_day.days[count]
    last = np.array([count - 1])
    whole = by_day.shipped.columns
    assert library.columns.terms.take(last)[0].tolist() == whole.terms.take(last)[0].tolist()
    assert library.columns.quantities_of(count - 1) == whole.quantities_of(count - 1)
    assert len(library.columns.term_marks) == len(library.columns.terms.values)


def test_what_came_later_is_not_read(by_day: RulingsByDay) -> None:
    rows = [by_day.count_before(day) for day in ("2023-06-01", "2008-03-01")]
    text = "Vaccines cause autism."
    found = by_day.read([Statement(text, None, "checked later", "a", (row,), by_day.days[row]) for row in rows])
    nearest = found.features[:, FEATURES.index("nearest")]
    assert nearest[0] > 0.7 > nearest[1]  # early in 2008 hardly anything had been ruled on it
    assert found.supported[Label.FALSE].tolist() == [True, False]


def test_a_data_folder_of_other_fact_checks_is_refused(by_day: RulingsByDay) -> None:
    with pytest.raises(PlumblineError, match="factchecks build"):
        RulingsByDay.of(by_day.shipped, [])


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
    truth = truths_of(claims)
    assert truth[:2].tolist() == [0.64, 0.0]
    assert np.isnan(truth[2])
    assert np.isnan(truths_of(claims, of_politifact=True)[1:]).all()
