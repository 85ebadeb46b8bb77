"""Check-worthiness: words and rules first, then meaning, with an encoder made for the test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from fake_news.detection.checkpoint import Checkpoint, npz_bytes
from fake_news.detection.claims.check_worthiness import Candidate, CheckWorthiness, ClaimGate, sigmoid
from fake_news.detection.claims.claim_model import FILE, SECTION, ClaimModel, with_claim_model
from fake_news.detection.claims.surface_features import SURFACE_FEATURES
from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.text.tokens import tokenize

WORDS: dict[str, Any] = {"threshold": 0.4, "fewest_words": 4}
HIDDEN = np.zeros((3 + len(SURFACE_FEATURES), 2))
HIDDEN[0, 0], HIDDEN[2, 0], HIDDEN[3 + SURFACE_FEATURES.index("by"), 1] = 2.0, 0.5, 1.0
MODEL = ClaimModel("ours", HIDDEN, np.array([1.0, 0.0]), np.array([1.0, -5.0]), -0.75, 0.0, 0.6)
"""One unit adds up the dam and the words, another sees bylines."""


class ScriptedEncoder:
    """Sees whether a text speaks of a dam."""

    identity = "ours"

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Any:
        self.read += texts
        return np.array([[1.0, 0.0] if "dam" in text else [0.0, 1.0] for text in texts], dtype=np.float32)

    def fits(self, text: str) -> bool:
        return len(text) < 60


def encoder() -> Encoder:
    return cast(Encoder, ScriptedEncoder())


def candidate(text: str, logit: float = 0.0) -> Candidate:
    return Candidate(text, tokenize(text), logit)


def checkpoint(**changes: Any) -> Checkpoint:
    section = {**MODEL.section(), **changes}
    files = {FILE: npz_bytes(**MODEL.arrays())}
    return Checkpoint(Path("in memory"), {"check_worthiness": WORDS, SECTION: section}, files)


def test_meaning_words_and_surface_features_count_together() -> None:
    gate = ClaimGate(CheckWorthiness(**WORDS), MODEL, encoder())
    scores = gate.score_meaning([candidate("The dam broke."), candidate("A hat.", 2.0), candidate("By the dam")])
    assert scores == pytest.approx([1 / (1 + np.exp(-x)) for x in (2.25, 1.25, -2.75)])
    assert [gate.is_claim(score) for score in scores or ()] == [True, True, False]
    assert gate.threshold == 0.6
    assert gate.is_claim(0.6)


def test_short_sentences_are_lifted() -> None:
    gate = ClaimGate(CheckWorthiness(**WORDS), replace(MODEL, short=1.0), encoder())
    scores = gate.score_meaning([candidate("The dam broke."), candidate("The dam broke")])
    assert scores == pytest.approx([1 / (1 + np.exp(-x)) for x in (3.25, 2.25)])


def test_one_word_that_is_very_sure_does_not_decide_alone() -> None:
    gate = ClaimGate(CheckWorthiness(**WORDS), MODEL, encoder())
    assert gate.score_meaning([candidate("A hat.", 6.0)]) == gate.score_meaning([candidate("A hat.", 60.0)])


def test_of_a_long_sentence_the_beginning_is_read() -> None:
    scripted = ScriptedEncoder()
    gate = ClaimGate(CheckWorthiness(**WORDS), MODEL, cast(Encoder, scripted))
    gate.score_meaning([candidate("The dam broke in spring, and the water ran down to the old mill, where it stood.")])
    assert scripted.read == ["The dam broke in spring,"]


def test_without_an_encoder_or_a_model_words_decide() -> None:
    for gate in (
        ClaimGate(CheckWorthiness(**WORDS), MODEL, None),
        ClaimGate(CheckWorthiness(**WORDS), None, encoder()),
    ):
        assert gate.score_meaning([candidate("The dam broke.")]) is None
        assert gate.threshold == 0.4


def test_words_let_through_or_not() -> None:
    gate = ClaimGate(CheckWorthiness(**WORDS), MODEL, encoder())
    assert gate.score_words(candidate("The dam broke.")) == 0.5
    assert gate.score_words(candidate("Did the dam break?", 4.0)) == 0.0


def test_a_checkpoint_has_the_model_back() -> None:
    gate = ClaimGate.of(checkpoint(), encoder())
    assert gate.threshold == 0.6
    assert gate.score_meaning([candidate("The dam broke.")]) == pytest.approx([1 / (1 + np.exp(-2.25))])


@pytest.mark.parametrize("changes", [{"encoder": "another"}, {"forms": ["length"]}])
def test_a_model_that_does_not_fit_is_left_out(changes: dict[str, Any], caplog: pytest.LogCaptureFixture) -> None:
    assert ClaimGate.of(checkpoint(**changes), encoder()).threshold == 0.4
    assert "python -m fake_news claims" in caplog.text


def test_retraining_keeps_the_model() -> None:
    model, files = with_claim_model(checkpoint(), {"version": "new"}, {"idf.npy": b"new"})
    assert (model["version"], model[SECTION]["threshold"], set(files)) == ("new", 0.6, {"idf.npy", FILE})
    bare = Checkpoint(Path("in memory"), {"check_worthiness": WORDS}, {})
    assert with_claim_model(bare, {"version": "new"}, {}) == ({"version": "new"}, {})


def test_a_checkpoint_without_the_model_judges_by_words() -> None:
    earlier = Checkpoint(Path("in memory"), {"check_worthiness": WORDS}, {})
    assert ClaimGate.of(earlier, encoder()).threshold == 0.4


RULE = CheckWorthiness(threshold=0.4, fewest_words=4)


def score(text: str, logit: float = 3.0) -> float:
    return RULE.score(logit, text, tokenize(text))


@pytest.mark.parametrize(
    ("logit", "expected"),
    [(0.0, 0.5), (1.0, 0.7310585786300049), (-1.0, 0.2689414213699951), (1e6, 1.0), (-1e6, 0.0)],
)
def test_sigmoid(logit: float, expected: float) -> None:
    assert sigmoid(logit) == pytest.approx(expected, abs=1e-15)


def test_a_statement_is_scored_by_the_model() -> None:
    assert score("The city closed two schools.", 0.0) == 0.5
    assert score("The city closed two schools.", 3.0) == sigmoid(3.0)


@pytest.mark.parametrize("text", ["", "Read more", "Our new schools", "2019 2020 2021 $ % 12 closed", "😀"])
def test_fragments_are_not_claims(text: str) -> None:
    assert score(text) == 0.0


@pytest.mark.parametrize(
    "text",
    [
        "Did the city close two schools?",
        "“Did the city close two schools?”",
        "(Did the city close two schools?) ",
        "Did the city close two schools?»]",
    ],
)
def test_questions_are_not_claims(text: str) -> None:
    assert score(text) == 0.0


def test_a_question_mark_inside_makes_no_question() -> None:
    assert score("“Why now?” asked nobody in the city.") > 0.0


@pytest.mark.parametrize(
    "text",
    [
        "Maria Lopez, John Smith, Wei Zhang, Ahmed Hassan",
        "Council Closes Two Schools",
        "“Harlow Creek Herald”, Town Hall",
    ],
)
def test_headings_and_lists_of_names_are_not_claims(text: str) -> None:
    assert score(text) == 0.0


@pytest.mark.parametrize(
    "text", ["THE CITY CLOSED TWO SCHOOLS", "Harlow Creek closed Two Schools", "“the City Closed Schools”"]
)
def test_shouting_is_not_a_heading(text: str) -> None:
    assert score(text) == sigmoid(3.0)
