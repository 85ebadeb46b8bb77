"""The fit of the network: batches of whole groups, one loss for the relation and one for the search.

Within a batch every text is encoded once, whatever pairs it is part of. The claims of other groups are easy negatives,
and the claims near a group's own are hard ones.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy, log_softmax

from fake_news.detection.factchecks.relation.head import OUTCOMES
from fake_news.training.minilm import descend, warmed_up
from fake_news.training.relation.examples import CONTRARY, LESS, RELATED, Group
from fake_news.training.relation.network import RelationNetwork, similarities

logger = logging.getLogger(__name__)

_OTHER_CLAIM, _HARD_WEIGHT, _EASY_WEIGHT = LESS | CONTRARY | RELATED, 0.3, 0.2
_SEARCH_WEIGHT, _TEMPERATURE = 0.1, 0.05
_LOGGED_STEPS = 50


@dataclass(frozen=True, slots=True)
class FitSettings:
    """How the network is fitted.

    The learning rates are reached after the warm-up and then fall linearly to zero.
    """

    texts_in_batch: int = 64
    encoder_rate: float = 5e-5
    head_rate: float = 1e-3
    warm_up: float = 0.06
    seed: int = 3


@dataclass
class _Batch:
    """Texts, and pairs of their places: sentence, claim, allowed outcomes, weight, whether a search should find it."""

    texts: list[str]
    pairs: list[tuple[int, int, int, float, bool]]


def fit(network: RelationNetwork, groups: Sequence[Group], settings: FitSettings) -> None:
    """Fit the network to groups, each of which is used once; to use one more often, repeat it."""
    torch.manual_seed(settings.seed)
    random = np.random.default_rng(settings.seed)
    batches = list(_batches([groups[i] for i in random.permutation(len(groups)).tolist()], settings.texts_in_batch))
    parameters = network.parameter_groups(settings.encoder_rate, settings.head_rate)
    optimizer = torch.optim.AdamW(parameters, weight_decay=0.01)
    schedule = warmed_up(optimizer, len(batches), settings.warm_up)
    network.train()
    logger.info("fitting to %d groups in %d batches", len(groups), len(batches))
    for step, batch in enumerate(batches, start=1):
        loss = _loss(network, batch, random)
        descend(loss, network, optimizer, schedule)
        if step % _LOGGED_STEPS == 0:
            logger.info("step %d of %d, loss %.3f", step, len(batches), loss.item())
    network.eval()


def _batches(groups: Sequence[Group], size: int) -> Iterator[_Batch]:
    batch = _Batch([], [])
    for group in groups:
        first = len(batch.texts)
        batch.texts += [group.claim, *group.others, *(example.sentence for example in group.examples)]
        sentences = first + 1 + len(group.others)
        for place, example in enumerate(group.examples, start=sentences):
            batch.pairs.append((place, first, example.allowed, example.weight, example.is_match))
            batch.pairs += [
                (place, first + 1 + other, _OTHER_CLAIM, _HARD_WEIGHT, False) for other in range(len(group.others))
            ]
        if len(batch.texts) >= size:
            yield batch
            batch = _Batch([], [])
    if batch.pairs:
        yield batch


def _loss(network: RelationNetwork, batch: _Batch, random: np.random.Generator) -> Tensor:
    vectors = network.vectors(batch.texts)
    claims = sorted({claim for _, claim, *_ in batch.pairs})
    pairs = batch.pairs + _easy_negatives(batch, claims, random)
    sentence, claim = (torch.tensor([pair[side] for pair in pairs]) for side in (0, 1))
    weight = torch.tensor([pair[3] for pair in pairs])
    forbidden = torch.tensor([[not pair[2] >> bit & 1 for bit in range(len(OUTCOMES))] for pair in pairs])
    odds = log_softmax(network.logits(vectors[sentence], vectors[claim]), dim=1)
    relation = -(torch.logsumexp(odds.masked_fill(forbidden, -math.inf), dim=1) * weight).sum() / weight.sum()
    return relation + _SEARCH_WEIGHT * _search_loss(vectors, batch, claims)


def _easy_negatives(
    batch: _Batch, claims: Sequence[int], random: np.random.Generator
) -> list[tuple[int, int, int, float, bool]]:
    """Draw half as many pairs of sentences with claims of other groups as there are pairs."""
    known = {(sentence, claim) for sentence, claim, *_ in batch.pairs}
    sentences = [pair[0] for pair in batch.pairs]
    drawn = zip(
        random.choice(sentences, len(sentences) // 2).tolist(),
        random.choice(claims, len(sentences) // 2).tolist(),
        strict=True,
    )
    return [
        (sentence, claim, RELATED, _EASY_WEIGHT, False)
        for sentence, claim in drawn
        if (sentence, claim) not in known and batch.texts[sentence] != batch.texts[claim]
    ]


def _search_loss(vectors: Tensor, batch: _Batch, claims: Sequence[int]) -> Tensor:
    """Penalise a sentence whose own claim is not the nearest in the batch (Henderson et al. 2017)."""
    matches = [(sentence, claim) for sentence, claim, *_, is_match in batch.pairs if is_match]
    if len(matches) < 2:
        return torch.zeros(())
    likeness = similarities(vectors[[sentence for sentence, _ in matches]], vectors[list(claims)]) / _TEMPERATURE
    own = torch.tensor([claims.index(claim) for _, claim in matches])
    same_words = torch.tensor(
        [[other != claim and batch.texts[other] == batch.texts[claim] for other in claims] for _, claim in matches]
    )
    return cross_entropy(likeness.masked_fill(same_words, -1e4), own)
