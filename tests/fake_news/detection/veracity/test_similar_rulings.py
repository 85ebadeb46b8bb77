"""What the rulings near a statement show together, what they make likely, and which of them are shown."""

from __future__ import annotations

import numpy as np
import pytest

from fake_news.detection.factchecks.fact_check import FactCheck
from fake_news.detection.factchecks.forest import Forest
from fake_news.detection.factchecks.match_result import Match, NearbyClaims
from fake_news.detection.factchecks.relation.features import FEATURES as PAIR_FEATURES
from fake_news.detection.factchecks.relation.head import OUTCOMES
from fake_news.detection.factchecks.relation.meaning import Meaning
from fake_news.detection.veracity.similar_rulings import (
    FEATURES,
    RULING_LABELS,
    SimilarRulings,
    likely,
    similarity_features,
    supporting_rulings,
)
from fake_news.detection.verdict import Label, Relation


def pairs(*outcomes: str) -> np.ndarray:
    """Pairs of which the head is sure: each of one outcome."""
    found = np.full((len(outcomes), len(PAIR_FEATURES)), 0.0, dtype=np.float32)
    for row, outcome in enumerate(outcomes):
        for name in OUTCOMES:
            found[row, PAIR_FEATURES.index(f"head_{name}")] = 0.0 if name == outcome else -20.0
    return found


def cosines(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def of(features: np.ndarray, name: str) -> float:
    return float(features[FEATURES.index(name)])


def test_what_false_and_true_rulings_say_is_counted_apart() -> None:
    labels = [Label.FALSE, Label.FALSE, Label.TRUE, None]
    found = similarity_features(pairs("same", "opposite", "same", "same"), cosines(0.9, 0.9, 0.9, 0.9), labels)
    assert of(found, "false_says") == pytest.approx(1.0, abs=0.01)
    assert of(found, "false_opposes") == pytest.approx(1.0, abs=0.01)
    assert of(found, "true_says") == pytest.approx(1.0, abs=0.01)
    assert of(found, "true_opposes") == pytest.approx(0.0, abs=0.01)


def test_the_two_likeliest_of_each_label_are_read_the_likeliest_first() -> None:
    found = similarity_features(
        pairs("related", "same", "opposite", "same"), cosines(0.7, 0.8, 0.9, 0.6), [Label.FALSE] * 3 + [Label.TRUE]
    )
    assert of(found, "false_first_cosine") == 0.0  # the features themselves are read, and these pairs have none
    assert of(found, "false_first_says") == pytest.approx(1.0, abs=0.01)
    assert of(found, "false_second_says") == pytest.approx(0.0, abs=0.01)
    assert of(found, "true_first_says") == pytest.approx(1.0, abs=0.01)
    assert not any(of(found, name) for name in FEATURES if name.startswith("true_second"))


def test_a_ruling_on_something_else_hardly_counts() -> None:
    near = similarity_features(pairs("same"), cosines(0.9), [Label.FALSE])
    far = similarity_features(pairs("same"), cosines(0.3), [Label.FALSE])
    assert of(near, "false_weight") > 0.9 > 0.1 > of(far, "false_weight")


def test_without_any_ruling_nothing_is_read() -> None:
    empty = np.empty((0, len(PAIR_FEATURES)), dtype=np.float32)
    assert not similarity_features(empty, cosines(), []).any()
    assert supporting_rulings(Label.FALSE, empty, cosines(), []) == []


def test_two_rulings_have_to_support_it() -> None:
    two = [Label.FALSE, Label.FALSE]
    assert supporting_rulings(Label.FALSE, pairs("related", "less"), cosines(0.6, 0.7), two) == [1, 0]
    assert supporting_rulings(Label.FALSE, pairs("related", "less"), cosines(0.6, 0.7), [Label.FALSE, Label.TRUE]) == []
    assert supporting_rulings(Label.FALSE, pairs("related", "less"), cosines(0.6, 0.3), two) == []


def test_true_rulings_support_that_it_is_true() -> None:
    labels = [Label.TRUE, Label.FALSE, Label.TRUE]
    assert supporting_rulings(Label.TRUE, pairs("related", "less", "less"), cosines(0.6, 0.9, 0.7), labels) == [2, 0]


def test_the_denial_of_a_false_claim_supports_nothing() -> None:
    labels = [Label.FALSE, Label.FALSE, Label.FALSE]
    assert supporting_rulings(Label.FALSE, pairs("opposite", "same", "opposite"), cosines(0.9, 0.8, 0.7), labels) == []


def test_a_ruling_on_the_other_direction_supports_nothing() -> None:
    """That immigrants commit fewer crimes does not make it likely that they commit more."""
    found, labels = pairs("less", "less"), [Label.TRUE, Label.TRUE]
    assert supporting_rulings(Label.TRUE, found, cosines(0.9, 0.8), labels) == [0, 1]
    found[0, PAIR_FEATURES.index("directions_clash")] = 1.0
    assert supporting_rulings(Label.TRUE, found, cosines(0.9, 0.8), labels) == []


def asks_what_rulings_say(bound: float) -> SimilarRulings:
    """Forests of one tree: false where false rulings say it, true where true ones do."""
    forests = {
        label: Forest(
            roots=np.array([0], dtype=np.int32),
            feature=np.array([FEATURES.index(f"{label}_says"), 0, 0], dtype=np.int16),
            threshold=np.array([0.5, np.inf, np.inf]),
            left=np.array([1, 1, 2], dtype=np.int32),
            right=np.array([2, 1, 2], dtype=np.int32),
            value=np.array([0.0, -3.0, 3.0]),
            depth=1,
            baseline=0.0,
        )
        for label in RULING_LABELS
    }
    return SimilarRulings(forests, dict.fromkeys(RULING_LABELS, bound))


def test_a_model_comes_back_from_its_file() -> None:
    model = asks_what_rulings_say(0.9)
    restored = SimilarRulings.read(model.as_arrays(), model.settings())
    said = similarity_features(pairs("same", "same"), cosines(0.9, 0.9), [Label.FALSE, Label.FALSE])
    denied = similarity_features(pairs("opposite", "opposite"), cosines(0.9, 0.9), [Label.FALSE, Label.FALSE])
    assert restored.probability(Label.FALSE, said) == model.probability(Label.FALSE, said) > 0.9
    assert restored.probability(Label.FALSE, denied) < 0.1
    assert restored.probability(Label.TRUE, said) < 0.1
    assert restored.bounds == {Label.FALSE: 0.9, Label.TRUE: 0.9}


def test_a_model_of_other_features_is_refused() -> None:
    model = asks_what_rulings_say(0.9)
    settings = model.settings()
    settings["features"].pop()
    with pytest.raises(ValueError, match="other features"):
        SimilarRulings.read(model.as_arrays(), settings)


STATEMENT = "The harbour was sold to a circus."


def near(*rulings: Label, cosine: float = 0.9) -> NearbyClaims:
    """Rulings on what the statement says, so far as the head can tell."""
    matches = [
        Match(row, fact_check(label, row), Meaning(Relation.RELATED, None, 0.5), cosine, "")
        for row, label in enumerate(rulings)
    ]
    return NearbyClaims(pairs(*["same"] * len(rulings)), cosines(*[cosine] * len(rulings)), matches)


def fact_check(label: Label, number: int) -> FactCheck:
    return FactCheck(
        publisher=f"Creek Facts {number}",
        rating=label.value,
        label=label,
        speaker="",
        claim_date="",
        review_date="2024-05-01",
        url=f"https://creek.example/{number}",
    )


@pytest.mark.parametrize(("ruling", "label"), [(Label.FALSE, Label.LIKELY_FALSE), (Label.TRUE, Label.LIKELY_TRUE)])
def test_two_rulings_make_it_likely_and_are_shown(ruling: Label, label: Label) -> None:
    found = likely(asks_what_rulings_say(0.9), STATEMENT, near(ruling, ruling))
    assert found is not None
    assert (found.label, len(found.rulings)) == (label, 2)
    assert (found.probability_true > 0.9) is (ruling is Label.TRUE)


@pytest.mark.parametrize("ruling", [Label.FALSE, Label.TRUE])
def test_a_label_that_no_core_claim_near_it_supports_is_not_likely(ruling: Label) -> None:
    model, other = asks_what_rulings_say(0.9), Label.TRUE if ruling is Label.FALSE else Label.FALSE
    assert likely(model, STATEMENT, near(ruling, ruling), frozenset([ruling])) is None
    assert likely(model, STATEMENT, near(ruling, ruling), frozenset([other])) is not None


def test_one_ruling_makes_nothing_likely() -> None:
    assert likely(asks_what_rulings_say(0.9), STATEMENT, near(Label.FALSE)) is None
    assert likely(asks_what_rulings_say(0.9), STATEMENT, near(Label.FALSE, Label.TRUE)) is None


def test_where_both_are_likely_it_is_not_called_true() -> None:
    found = likely(asks_what_rulings_say(0.9), STATEMENT, near(Label.FALSE, Label.FALSE, Label.TRUE, Label.TRUE))
    assert found is not None
    assert found.label is Label.LIKELY_FALSE


@pytest.mark.parametrize(
    "statement",
    [
        "Was the harbour sold to a circus?",
        "The harbour was not sold to a circus.",
        "The mayor said that the harbour was sold to a circus.",
        "I wish the harbour were sold to a circus.",
    ],
)
@pytest.mark.parametrize("ruling", [Label.FALSE, Label.TRUE])
def test_a_sentence_that_asks_denies_reports_or_wishes_is_left_alone(statement: str, ruling: Label) -> None:
    assert likely(asks_what_rulings_say(0.9), statement, near(ruling, ruling)) is None


def test_without_a_model_or_rulings_nothing_is_likely() -> None:
    assert likely(None, STATEMENT, near(Label.FALSE, Label.FALSE)) is None
    assert likely(asks_what_rulings_say(0.9), STATEMENT, None) is None
    assert (
        likely(asks_what_rulings_say(0.9), STATEMENT, NearbyClaims(pairs(), np.empty(0, dtype=np.float32), [])) is None
    )
