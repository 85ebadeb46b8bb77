"""The pairs that teach the cross-encoder: which outcomes each allows, and that nothing held out is among them."""

from __future__ import annotations

import numpy as np
import pytest

from fake_news.data.fact_checks import canonical_address
from fake_news.data.project_sentences import Kind, PlainSentence
from fake_news.training.cross_encoder.pairs import TrainingPair, core_pairs, framed_pairs, plain_pairs
from fake_news.training.encoder.examples import CONTRARY, LESS, OPPOSITE, RELATED, REPORTED, SAME
from fake_news.training.relation.core_comparisons import CORE, EDIT, ORDINARY, TRUTH, Query, Side
from fake_news.training.relation.pair_rows import NOTHING

FERRY, LAMPS = "https://facts.example/ferry", "https://facts.example/lamps"
SANK, WENT_DOWN, AFLOAT, DARK = (
    "The ferry sank.",
    "The ferry went down.",
    "The ferry never sank.",
    "The lamps on the ferry are dark.",
)
SIDES = [
    Side(SANK, {FERRY: False}, is_true=False),
    Side(WENT_DOWN, {FERRY: False}, is_true=False),
    Side(AFLOAT, {FERRY: True}, is_true=True),
    Side(DARK, {LAMPS: False}, is_true=False),
]
NEAR = 0.59
NOT_SAID = OPPOSITE | CONTRARY | RELATED | REPORTED


def drawn(query: Query, side: int, cosine: float = NEAR, held_out: tuple[bool, bool] = (False, False)) -> set[int]:
    """The outcomes of one pair, drawn many times."""
    sides_held_out = np.zeros(len(SIDES), dtype=bool)
    sides_held_out[side] = held_out[1]
    pairs = core_pairs(
        SIDES,
        [query] * 60,
        [(np.array([side]), np.array([cosine], dtype=np.float32))] * 60,
        (np.full(60, held_out[0]), sides_held_out),
        np.random.default_rng(0),
    )
    return {pair.allowed for pair in pairs}


@pytest.mark.parametrize(
    ("query", "side", "allowed"),
    [
        (Query(SANK, CORE, FERRY, 0), 1, SAME),
        (Query(SANK, CORE, FERRY, 0), 2, OPPOSITE),
        (Query(AFLOAT, CORE, FERRY, 2), 3, NOT_SAID),
        (Query(SANK, CORE, FERRY, 0), 3, RELATED | CONTRARY),
        (Query("The ferry of Oslo sank.", EDIT, FERRY, 0, NOTHING), 0, OPPOSITE | CONTRARY | RELATED),
        (Query("The ferry was painted.", TRUTH, ""), 0, NOT_SAID | LESS),
        (Query("A boat came.", ORDINARY, ""), 0, RELATED | REPORTED | LESS),
    ],
)
def test_what_a_pair_may_be(query: Query, side: int, allowed: int) -> None:
    assert drawn(query, side) == {allowed}


@pytest.mark.parametrize(
    ("query", "side"),
    [
        (Query(SANK, CORE, FERRY, 0), 0),  # itself
        (Query("The ferry was painted.", TRUTH, ""), 2),  # a true sentence may say a true core claim
        (Query("The ferry of Oslo sank.", EDIT, FERRY, 0, NOTHING), 1),  # another wording than the edited one
    ],
)
def test_what_is_not_known_teaches_nothing(query: Query, side: int) -> None:
    assert drawn(query, side) == set()


@pytest.mark.parametrize("held_out", [(True, False), (False, True)])
def test_what_is_held_out_teaches_nothing(held_out: tuple[bool, bool]) -> None:
    assert drawn(Query(SANK, CORE, FERRY, 0), 1, held_out=held_out) == set()


def test_far_pairs_teach_little() -> None:
    assert drawn(Query("The ferry was painted.", TRUTH, ""), 0, cosine=0.3) == set()


def test_frames_keep_names_and_lower_other_first_words() -> None:
    pairs = list(framed_pairs([SANK, "NASA owns the ferry."] * 200, np.random.default_rng(0)))
    assert TrainingPair("It is a myth that the ferry sank.", SANK, OPPOSITE, 0.7) in pairs
    assert TrainingPair("The truth is that NASA owns the ferry.", "NASA owns the ferry.", SAME, 0.7) in pairs


def plain(kind: Kind, text: str) -> PlainSentence:
    return PlainSentence("r1", FERRY, "false", "Creek Facts", kind, text)


def test_plain_words_are_paired_with_the_claim_and_with_the_first_wording() -> None:
    sentences = [plain(Kind.SAME, SANK), plain(Kind.OPPOSITE, AFLOAT), plain(Kind.ATTRIBUTED, "Ann says it sank.")]
    claim = "A witness proves that the ferry sank."
    assert list(plain_pairs(sentences, {canonical_address(FERRY): claim})) == [
        TrainingPair(SANK, claim, SAME, 0.7),
        TrainingPair(AFLOAT, claim, OPPOSITE, 0.7),
        TrainingPair(AFLOAT, SANK, OPPOSITE),
    ]
    assert list(plain_pairs(sentences, {})) == [TrainingPair(AFLOAT, SANK, OPPOSITE)]
