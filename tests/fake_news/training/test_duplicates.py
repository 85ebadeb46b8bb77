"""The same statement is recognised in another data set's spelling."""

from __future__ import annotations

import pytest

from fake_news.training.duplicates import letters, near_duplicates, word_forms

OTHERS = [
    "“We’ve sold the old tunnel and we won’t buy it back,” said the ferry owner’s brother.",
    "The county council doubled the price of winter coal in nine weeks.",
    "Every second farmer wrapped apples in paper before the autumn fair.",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(OTHERS[0], True, id="letter by letter"),
        pytest.param(
            "Weve sold the old tunnel and we wont buy it back, said the ferry owners brother.",
            True,
            id="LIAR's spelling",
        ),
        pytest.param(
            "'We've sold the OLD tunnel, and we won't buy it back' said the ferry owner's brother",
            True,
            id="other marks",
        ),
        pytest.param(
            "Says the county council doubled the price of winter coal in nine weeks.", True, id="one word more"
        ),
        pytest.param("The county council repaired three church bells after the flood.", False, id="another statement"),
        pytest.param("", False, id="nothing"),
        pytest.param(
            "Wevesold the oldtunnel and we wont buy itback, said the ferry ownersbrother.",
            True,
            id="lost spaces",
        ),
    ],
)
def test_near_duplicates(text: str, expected: bool) -> None:
    assert near_duplicates([text, "The ice rink stored umbrellas."], OTHERS).tolist() == [expected, False]


def test_nothing_to_compare() -> None:
    assert near_duplicates([], OTHERS).tolist() == []
    assert near_duplicates(OTHERS, []).tolist() == [False] * 3


def test_a_stricter_similarity_asks_for_more() -> None:
    longer = "Says the county council doubled the price of winter coal in nine weeks, twice."
    assert near_duplicates([longer], OTHERS, 0.5).tolist() == [True]
    assert near_duplicates([longer], OTHERS, 0.999).tolist() == [False]


def test_more_texts_than_are_compared_at_once() -> None:
    texts = [f"Boat number {position} carried coal." for position in range(4100)]
    found = near_duplicates([*texts, OTHERS[1]], [OTHERS[1]])
    assert found.tolist() == [False] * 4100 + [True]


def test_word_forms_are_the_models_own() -> None:
    assert word_forms("We’ve sold CAFÉS!") == ["weve", "sold", "cafes", "!"]


def test_case_spaces_and_punctuation_are_no_letters() -> None:
    assert letters("We’ve SOLD 4 ferries!") == letters("weve sold 4ferries") == "wevesold4ferries"
    assert letters("We sold 5 ferries") != letters("We sold 4 ferries")
