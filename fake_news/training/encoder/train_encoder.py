"""The training of the encoder: from the data sets to its folder, in one call, within an hour on two cores."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fake_news.data.fact_checks import Collection, canonical_address, load_fact_checks
from fake_news.data.project_sentences import Kind, PlainSentence, Split, load_plain_words
from fake_news.detection.checkpoint import npz_bytes
from fake_news.detection.encoder.store import write_encoder
from fake_news.detection.factchecks.fact_check import encoder_text
from fake_news.training.encoder.examples import (
    Example,
    Group,
    entailment_rows,
    group_examples,
    outcomes_of,
    synthetic_tweets,
)
from fake_news.training.encoder.neighbours import Neighbours, ordinary_sentences
from fake_news.training.encoder.network import LONGEST, FitSettings, RelationNetwork, fit
from fake_news.training.minilm import PUBLISHED, export, frozen_encoder

logger = logging.getLogger(__name__)

_MATCHES = frozenset([Kind.SAME, Kind.MORE])
_LEFT_OUT = frozenset([Kind.ATTRIBUTED])  # another claim where the ruling is on whether it was said
_CLAIMS_SEARCHED = 16_000
_OTHERS = 1


@dataclass(frozen=True, slots=True)
class EncoderRecipe:
    """The encoder's layers and the data it is trained on.

    Attributes
    ----------
    layers : those of MiniLM's six that are kept
    frozen : how many of them, the lowest, stay as they were published
    passes : how often the sentences around the rulings are used; everything else is used once
    ordinary : the number of ordinary sentences
    """

    layers: tuple[int, ...] = (0, 1, 2, 3, 4, 5)
    frozen: int = 0
    passes: int = 3
    ordinary: int = 2000


def train_encoder(folder: Path, root: Path, recipe: EncoderRecipe, settings: FitSettings) -> str:
    """Train on the rulings that are not held out, export, and return the identity of what was written to ``root``.

    Raises
    ------
    DataError
        If a data set is missing or malformed.
    """
    began = time.monotonic()
    collection = load_fact_checks(folder)
    groups = training_groups(folder, collection, load_plain_words(), recipe, settings.seed)
    logger.info("prepared in %.0f s", time.monotonic() - began)
    network = RelationNetwork(recipe.layers, recipe.frozen)
    fit(network, groups, settings)
    model = export(network.encoder, LONGEST)
    card = {
        "published": PUBLISHED,
        "layers": list(recipe.layers),
        "frozen": recipe.frozen,
        "passes": recipe.passes,
        "groups": len(groups),
        "minutes": round((time.monotonic() - began) / 60),
    }
    return write_encoder(
        root,
        model.model,
        model.tokenizer,
        npz_bytes(**network.head().as_arrays()),
        width=network.width,
        longest=LONGEST,
        card=card,
    )


def training_groups(
    folder: Path, collection: Collection, plain: Sequence[PlainSentence], recipe: EncoderRecipe, seed: int
) -> list[Group]:
    """Collect the groups that the network is fitted to, each as often as it is used."""
    random = np.random.default_rng(seed)
    texts = {
        canonical_address(claim.fact_check.url): encoder_text(claim.text, claim.fact_check.speaker)
        for claim in collection.claims
    }
    fitted = [sentence for sentence in plain if sentence.split is Split.FIT]
    held_out = {texts.get(canonical_address(s.url)) for s in plain if s.split is not Split.FIT}
    everything = sorted(set(texts.values()) - held_out)
    searched = [everything[i] for i in random.permutation(len(everything))[:_CLAIMS_SEARCHED].tolist()]
    neighbours = Neighbours(searched, frozen_encoder(LONGEST))
    rulings = _around_rulings(fitted, texts)
    others = neighbours.others([group.claim for group in rulings], _OTHERS, random)
    rulings = [Group(group.claim, group.examples, near) for group, near in zip(rulings, others, strict=True)]
    rows = [row for row in [*synthetic_tweets(folder), *entailment_rows(folder, random)] if row[0] not in held_out]
    ordinary = neighbours.ordinary_groups(ordinary_sentences(folder, recipe.ordinary, random))
    return [*rulings * recipe.passes, *group_examples(rows), *ordinary]


def _around_rulings(sentences: Sequence[PlainSentence], texts: dict[str, str]) -> list[Group]:
    """Group the sentences around each ruling whose claim is in the data."""
    by_ruling: dict[str, list[PlainSentence]] = {}
    for sentence in sentences:
        if canonical_address(sentence.url) in texts and sentence.kind not in _LEFT_OUT:
            by_ruling.setdefault(sentence.ruling, []).append(sentence)
    return [
        Group(
            texts[canonical_address(around[0].url)],
            [
                Example(
                    sentence.text,
                    outcomes_of(sentence.kind, sentence.text),
                    is_match=sentence.kind in _MATCHES,
                )
                for sentence in around
            ],
        )
        for around in by_ruling.values()
    ]
