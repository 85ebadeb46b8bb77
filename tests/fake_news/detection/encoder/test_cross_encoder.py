"""The shipped cross-encoder: it sees the one word that decides, and a pair does not depend on the others."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from fake_news.detection.checkpoint import MODEL_FILE
from fake_news.detection.encoder.cross_encoder import CrossEncoder
from fake_news.detection.encoder.store import EncoderFiles, read_encoder
from fake_news.detection.factchecks.relation.head import OUTCOMES
from fake_news.detection.factchecks.shipped_fact_checks import CROSS_ENCODER, SECTION

CLAIM = "The harbor lamps of Harlow Creek cause headaches."
SAYS, FOLLOWS = ("same", "more"), ("same", "less")


@pytest.fixture(scope="module")
def files(shipped: Path) -> EncoderFiles:
    identity = json.loads((shipped / MODEL_FILE).read_bytes())[SECTION][CROSS_ENCODER]
    return read_encoder(identity, shipped.parent)


@pytest.fixture(scope="module")
def compare(files: EncoderFiles) -> CrossEncoder:
    return CrossEncoder(files)


def probability(compare: CrossEncoder, statement: str, outcomes: tuple[str, ...]) -> float:
    [row] = compare([(statement, CLAIM)])
    return float(sum(row[OUTCOMES.index(outcome)] for outcome in outcomes))


@pytest.mark.parametrize(
    "statement",
    ["Harlow Creek's harbor lamps give people headaches.", "the harbor lamps in harlow creek cause headaches"],
)
def test_another_wording_says_the_claim(compare: CrossEncoder, statement: str) -> None:
    assert probability(compare, statement, SAYS) > 0.8
    assert probability(compare, statement, FOLLOWS) > 0.8


@pytest.mark.parametrize(
    "statement",
    [
        "The harbor lamps of Harlow Creek do not cause headaches.",
        "It is a myth that the harbor lamps of Harlow Creek cause headaches.",
        "The harbor lamps of Harlow Creek prevent headaches.",
        "The harbor lamps of Harlow Creek cause fires.",
        "Harlow Creek has lamps in its harbor.",
        "Some people believe that the harbor lamps of Harlow Creek cause headaches.",
    ],
)
def test_a_denial_a_report_and_another_word_do_not(compare: CrossEncoder, statement: str) -> None:
    assert probability(compare, statement, SAYS) < 0.3


def test_probabilities_of_a_pair_add_up_and_do_not_depend_on_other_pairs(files: EncoderFiles) -> None:
    pairs = [(CLAIM, CLAIM), ("The ferry sank.", CLAIM), (CLAIM, "The ferry sank."), ("\ud83d \xad", CLAIM)]
    together = CrossEncoder(files)(pairs)
    np.testing.assert_allclose(together.sum(axis=1), 1.0, atol=1e-5)
    for pair, row in zip(pairs, together, strict=True):
        np.testing.assert_array_equal(CrossEncoder(files)([pair])[0], row)


def test_no_pairs(compare: CrossEncoder) -> None:
    assert compare([]).shape == (0, len(OUTCOMES))
