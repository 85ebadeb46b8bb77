"""No protocol trains on what it is scored on, and none knows the future."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from fake_news.data.claims import load_checkthat
from fake_news.data.statements import Statement, load_politifact
from fake_news.training.training_sets import (
    CALIBRATION_START,
    SHIPPED_CALIBRATION_START,
    TEST_START,
    UNDATED,
    Corpus,
    Protocol,
    articles_to_choose_on,
    articles_to_learn_from,
    beginnings,
    liar_protocol,
    ranks,
    sentences_of,
    shipped_calibration_protocol,
    shipped_protocol,
    texts,
    time_protocol,
    truths,
    without,
)

PROTOCOLS = [liar_protocol, time_protocol, shipped_calibration_protocol, shipped_protocol]


def letters(text: str) -> str:
    """A text without what LIAR lost: quotation marks and apostrophes, capitals and spaces apart."""
    return "".join(char for char in text.lower() if char.isalnum())


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_nothing_scored_on_liar_is_ever_trained_on(corpus: Corpus, protocol: Callable[[Corpus], Protocol]) -> None:
    held_out = {letters(statement.text) for split in ("valid", "test") for statement in corpus.liar[split]}
    split = protocol(corpus)
    assert len(split.train) > 50
    assert held_out.isdisjoint(letters(statement.text) for statement in split.train)


def test_the_archive_holds_liars_test_statements_in_another_spelling(miniature_data: Path, corpus: Corpus) -> None:
    """The archive holds all of LIAR's test statements, and not one of them letter by letter."""
    archive = texts(load_politifact(miniature_data))
    test = texts(corpus.liar["test"])
    assert set(map(letters, test)) <= set(map(letters, archive))
    assert set(test).isdisjoint(archive)


def test_the_archive_is_completed_by_what_liar_alone_has(miniature_data: Path, corpus: Corpus) -> None:
    undated = [statement for statement in corpus.archive if not statement.date]
    assert [statement.identifier for statement in undated] == [f"train-{position}.json" for position in range(0, 90, 3)]
    own = [statement for statement in load_politifact(miniature_data) if not statement.identifier.startswith("t")]
    assert len([statement for statement in corpus.archive if statement.date]) >= 0.9 * len(own)
    assert [s.date for s in corpus.archive] == sorted(s.date for s in corpus.archive)


def test_checkthats_dev_sentences_are_no_training_sentences(miniature_data: Path, corpus: Corpus) -> None:
    dev = set(texts(load_checkthat(miniature_data, "dev")))
    assert len(corpus.claims) > 100
    assert dev.isdisjoint(texts(corpus.claims))
    assert len(set(texts(corpus.claims))) == len(corpus.claims)


def test_liars_own_split(corpus: Corpus) -> None:
    protocol = liar_protocol(corpus)
    assert protocol.calibration == corpus.liar["valid"]
    assert protocol.test == corpus.liar["test"]
    assert protocol.weights(3.0) is None
    assert all(statement.date < "2017" for statement in protocol.train)
    assert len(without(protocol.train, corpus.liar["train"])) <= 10
    assert liar_protocol(corpus, "valid").test == corpus.liar["valid"]


def test_liars_split_is_joined_by_what_the_archive_adds_before_2017(corpus: Corpus) -> None:
    older = Statement("The lighthouse sold its lamp to the night watch.", "true", "Ann Ott", "2016-12-31")
    newer = Statement("The brewery lent its kettle to the fire brigade.", "true", "Ann Ott", "2017-01-01")
    extended = Corpus(
        corpus.liar,
        [*corpus.archive, older, newer],
        corpus.claims,
        corpus.news_claims,
        corpus.articles,
    )
    train = liar_protocol(extended).train
    assert older in train
    assert newer not in train


@pytest.mark.parametrize(
    ("protocol", "calibration_start", "test_start"),
    [(time_protocol, CALIBRATION_START, TEST_START), (shipped_calibration_protocol, SHIPPED_CALIBRATION_START, "9999")],
)
def test_the_time_protocol_trains_on_earlier_statements_only(
    corpus: Corpus, protocol: Callable[[Corpus], Protocol], calibration_start: str, test_start: str
) -> None:
    split = protocol(corpus)
    assert split.train
    assert split.calibration
    assert max(statement.date for statement in split.train) < calibration_start
    assert all(calibration_start <= statement.date < test_start for statement in split.calibration)
    assert all(statement.date >= test_start for statement in split.test)
    assert [*split.train, *split.calibration, *split.test] == corpus.archive
    assert split.reference_date == calibration_start


def test_the_shipped_detector_learns_from_the_whole_archive(corpus: Corpus) -> None:
    assert shipped_protocol(corpus).train == corpus.archive
    assert shipped_protocol(corpus).reference_date == corpus.archive[-1].date


def test_a_statement_older_by_the_half_life_weighs_half() -> None:
    train = [Statement("", "true", "", day) for day in ("2020-07-01", "2017-07-01", "2014-07-01", "")]
    weights = Protocol("", train, [], [], "2020-07-01").weights(half_life_years=3.0)
    assert weights is not None
    assert weights.mean() == pytest.approx(1.0)
    assert weights[:3] / weights[0] == pytest.approx([1.0, 0.5, 0.25], abs=1e-3)
    undated = Protocol("", [train[0], Statement("", "true", "", UNDATED)], [], [], "2020-07-01").weights(3.0)
    assert undated is not None
    assert weights[3] / weights[0] == pytest.approx(undated[1] / undated[0])


def test_ranks_and_truths() -> None:
    statements = [Statement("", rating, "") for rating in ("true", "pants-fire", "half-true", "mostly-false")]
    np.testing.assert_array_equal(ranks(statements), [5, 0, 3, 2])
    np.testing.assert_array_equal(truths(statements), [True, False, True, False])


def test_without_keeps_order_and_repetitions() -> None:
    coal, bells, boats = (
        Statement(text, "true", "")
        for text in ("The council doubled coal prices.", "Three church bells moved.", "Nine boats sank.")
    )
    assert without([bells, coal, boats, bells], [coal]) == [bells, boats, bells]
    assert without([bells], []) == [bells]
    assert without([], [bells]) == []


@pytest.mark.slow
@pytest.mark.data
def test_real_liar_is_never_trained_on(real_corpus: Corpus, real_liar_protocol: Protocol) -> None:
    """Also where PolitiFact's archive words it with the apostrophes and quotation marks that LIAR lost."""
    held_out = {letters(statement.text) for split in ("valid", "test") for statement in real_corpus.liar[split]}
    trained_on = [*real_liar_protocol.train, *real_corpus.archive]  # the other protocols train on parts of the archive
    assert [statement.identifier for statement in trained_on if letters(statement.text) in held_out] == []


def test_no_long_document_outweighs_the_rest() -> None:
    assert beginnings([["One."] * 500, [], ["Two.", "Three."]]) == [*["One."] * 40, "Two.", "Three."]
    assert sentences_of([["One. Two!", "Three"]]) == ["One.", "Two!", "Three"]


def test_articles_to_learn_from_and_to_choose_on_are_disjoint(corpus: Corpus) -> None:
    learned, chosen = articles_to_learn_from(corpus), articles_to_choose_on(corpus)
    assert learned
    assert chosen
    assert len(learned) + len(chosen) == len(corpus.articles)
    assert not [article for article in learned if article in chosen]
