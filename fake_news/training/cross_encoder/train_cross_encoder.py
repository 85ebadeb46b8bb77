"""The training of the cross-encoder: from the sentences of the project and the data sets to its folder, in one call.

A quarter of the subjects is held out: the model of core claims learns from these how far to trust the cross-encoder,
and what is measured is measured on them.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from sklearn.cluster import MiniBatchKMeans

from fake_news.common.arrays import BoolArray, Float32Array, IntArray
from fake_news.common.errors import DataError
from fake_news.data.fact_checks import canonical_address
from fake_news.data.project_sentences import Split, load_core_claims, load_plain_words
from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.encoder.store import LEARNED, write_encoder
from fake_news.detection.factchecks.fact_check import encoder_text
from fake_news.detection.factchecks.relation.head import OUTCOMES
from fake_news.detection.factchecks.search.claim_vectors import ClaimVectors, quantise
from fake_news.training.claim_matching.protocol import MatchingData
from fake_news.training.cross_encoder.held_out import learned_bytes
from fake_news.training.cross_encoder.network import LONGEST, CrossNetwork, FitSettings, fit
from fake_news.training.cross_encoder.pairs import TrainingPair, core_pairs, framed_pairs, plain_pairs
from fake_news.training.encoder.examples import entailment_rows, synthetic_tweets
from fake_news.training.minilm import PUBLISHED, export
from fake_news.training.relation.core_claims import join_core_claims
from fake_news.training.relation.core_comparisons import Query, Side, core_sides, learned_truths, queries

logger = logging.getLogger(__name__)

_SUBJECTS, _HELD_OUT_SHARE = 400, 0.25
_COMPARED = 14
"""Core claims near a sentence, as many as the matcher compares."""
_WITHOUT_STOP = 0.15
"""Share of statements that lose their full stop, as people type them."""


def train_cross_encoder(
    folder: Path, root: Path, data: MatchingData, ordinary: Sequence[str], encoder: Encoder, settings: FitSettings
) -> str:
    """Train, export, and return the identity of what was written to ``root``.

    Parameters
    ----------
    folder : the data folder
    ordinary : sentences that say none of the core claims
    encoder : finds the core claims near a sentence

    Raises
    ------
    DataError
        If a data set is missing or malformed, or has none of the rulings that core claims name.
    """
    began = time.monotonic()
    texts = _Texts.of(data, ordinary, encoder, settings.seed)
    torch.manual_seed(settings.seed)
    network = CrossNetwork()
    learned: set[str] = set()
    for number in range(len(settings.rates)):
        random = np.random.default_rng(settings.seed + number)
        compared = texts.pairs(random)
        learned |= {text for pair in compared for text in (pair.statement, pair.claim)}
        pairs = [*compared, *_further_pairs(folder, data, texts, random)]
        logger.info("pass %d: %d pairs", number + 1, len(pairs))
        fit(network, _as_typed(pairs, random), settings, number)
    model = export(network, LONGEST)
    card = {
        "published": PUBLISHED,
        "reads": "a statement and a core claim",
        "passes": len(settings.rates),
        "pairs": len(pairs),
        "minutes": round((time.monotonic() - began) / 60),
    }
    return write_encoder(
        root,
        model.model,
        model.tokenizer,
        learned_bytes(learned),
        width=len(OUTCOMES),
        longest=LONGEST,
        card=card,
        arrays_name=LEARNED,
    )


@dataclass(frozen=True)
class _Texts:
    """Sentences, the core claims near each, and which of both are held out."""

    sides: Sequence[Side]
    compared: Sequence[Query]
    near: Sequence[tuple[IntArray, Float32Array]]
    held_out: tuple[BoolArray, BoolArray]

    @classmethod
    def of(cls, data: MatchingData, ordinary: Sequence[str], encoder: Encoder, seed: int) -> _Texts:
        """Collect core claims with their edits, tempting truths, and ordinary sentences."""
        core = join_core_claims(load_core_claims(), data.collection.claims, encoder)
        if core is None:
            raise DataError("None of the rulings that the core claims name is in the data.", "Check --data-dir.")
        sides = core_sides(core)
        compared = list(queries(sides, [], learned_truths(), ordinary, edited_share=1))
        vectors = encoder([query.text for query in compared])
        near = ClaimVectors(quantise(encoder([side.text for side in sides]))).nearest(vectors, _COMPARED)
        return cls(sides, compared, near, _held_out(vectors, sides, compared, seed))

    def pairs(self, random: np.random.Generator) -> list[TrainingPair]:
        """Draw pairs of what is not held out."""
        return list(core_pairs(self.sides, self.compared, self.near, self.held_out, random))

    def learned_claims(self) -> list[str]:
        """The core claims that are not held out."""
        return [side.text for side, is_out in zip(self.sides, self.held_out[1], strict=True) if not is_out]


def _held_out(
    vectors: Float32Array, sides: Sequence[Side], compared: Sequence[Query], seed: int
) -> tuple[BoolArray, BoolArray]:
    """Draw a quarter of the subjects, groups of core claims with like vectors: which queries and sides are on them."""
    of_sides = vectors[: len(sides)]  # the core claims come first
    groups = MiniBatchKMeans(_SUBJECTS, random_state=seed, n_init=3, batch_size=4096).fit(of_sides)
    is_held_out = np.random.default_rng(seed).random(_SUBJECTS) < _HELD_OUT_SHARE
    subject = groups.predict(vectors)
    of_query = [subject[row if query.own is None else query.own] for row, query in enumerate(compared)]
    return is_held_out[of_query], is_held_out[subject[: len(sides)]]


def _further_pairs(
    folder: Path, data: MatchingData, texts: _Texts, random: np.random.Generator
) -> Iterator[TrainingPair]:
    """Core claims in frames, plain words around rulings, and public sets of labelled pairs."""
    yield from framed_pairs(texts.learned_claims(), random)
    claims = {
        canonical_address(claim.fact_check.url): encoder_text(claim.text, claim.fact_check.speaker)
        for claim in data.collection.claims
    }
    yield from plain_pairs([one for one in load_plain_words() if one.split is Split.FIT], claims)
    for claim, example in [*synthetic_tweets(folder), *entailment_rows(folder, random)]:
        yield TrainingPair(example.sentence, claim, example.allowed, example.weight)


def _as_typed(pairs: Sequence[TrainingPair], random: np.random.Generator) -> list[TrainingPair]:
    """Take the full stop from some statements, as people type them."""
    bare = random.random(len(pairs)) < _WITHOUT_STOP
    return [
        pair._replace(statement=pair.statement.rstrip(".!")) if is_bare else pair
        for pair, is_bare in zip(pairs, bare.tolist(), strict=True)
    ]
