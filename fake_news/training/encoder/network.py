"""The network that is trained, MiniLM with a head over two vectors, and its fit. PyTorch is needed for training only.

It starts from the weights of all-MiniLM-L6-v2, see :mod:`fake_news.training.minilm`. It uses eager attention and
PyTorch's older exporter, as the newer one silently loses the attention mask.

It is fitted to batches of whole groups, with one loss for the relation and one for the search. Within a batch every
text is encoded once, whatever pairs it is part of. The claims of other groups are easy negatives, and the claims near a
group's own are hard ones.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy, log_softmax, normalize
from transformers import AutoTokenizer

from fake_news.detection.factchecks.relation.head import OUTCOMES, Head
from fake_news.training.encoder.examples import CONTRARY, LESS, RELATED, Group
from fake_news.training.minilm import SentenceEncoder, descend, padded, warm_up_schedule, weights_folder

logger = logging.getLogger(__name__)

LONGEST = 80
"""Tokens read of one text; one claim or sentence in a hundred is longer."""
_HIDDEN = 256
_TEXTS_AT_ONCE = 32


class RelationNetwork(torch.nn.Module):  # type: ignore[misc, unused-ignore]
    """The encoder and the head.

    Parameters
    ----------
    layers : the encoder's layers that are kept, of six
    frozen : how many of them, the lowest, stay as they were published; if any, the embeddings too
    """

    def __init__(self, layers: Sequence[int], frozen: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = SentenceEncoder()
        stack = self.encoder.encoder.encoder
        stack.layer = torch.nn.ModuleList([stack.layer[i] for i in layers])
        self.encoder.encoder.embeddings.requires_grad_(frozen == 0)
        for layer in stack.layer[:frozen]:
            layer.requires_grad_(False)
        self.width = int(self.encoder.encoder.config.hidden_size)
        self.dropout = torch.nn.Dropout(dropout)
        self.hidden = torch.nn.Linear(4 * self.width, _HIDDEN)
        self.output = torch.nn.Linear(_HIDDEN, len(OUTCOMES))
        self._tokenizer = AutoTokenizer.from_pretrained(weights_folder())
        self._tokens: dict[str, list[int]] = {}

    def vectors(self, texts: Sequence[str]) -> Tensor:
        """Unit vectors of texts, shape (len(texts), width); texts of like length are read together."""
        new = [text for text in dict.fromkeys(texts) if text not in self._tokens]
        if new:
            ids = self._tokenizer(new, truncation=True, max_length=LONGEST)["input_ids"]
            self._tokens |= dict(zip(new, ids, strict=True))
        order = sorted(range(len(texts)), key=lambda row: len(self._tokens[texts[row]]))
        parts = [
            self.encoder(*padded([self._tokens[texts[row]] for row in order[first : first + _TEXTS_AT_ONCE]]))
            for first in range(0, len(order), _TEXTS_AT_ONCE)
        ]
        return torch.cat(parts)[torch.argsort(torch.tensor(order))]

    def logits(self, sentences: Tensor, claims: Tensor) -> Tensor:
        """Logits of the outcomes of pairs of vectors, shape (pairs, outcomes)."""
        scale = math.sqrt(self.width)
        parts = (
            sentences * scale,
            claims * scale,
            (sentences - claims).abs() * scale,
            sentences * claims * (self.width / 4),
        )
        hidden = torch.nn.functional.gelu(self.hidden(self.dropout(torch.cat(parts, 1))), approximate="tanh")
        logits: Tensor = self.output(self.dropout(hidden))
        return logits

    def head(self) -> Head:
        """The head's weights as they are served."""

        def array(weights: Tensor) -> Any:
            return np.ascontiguousarray(weights.detach().numpy())

        return Head(
            array(self.hidden.weight.T), array(self.hidden.bias), array(self.output.weight.T), array(self.output.bias)
        )

    def parameter_groups(self, encoder_rate: float, head_rate: float) -> list[dict[str, Any]]:
        """The trained parameters with their highest learning rates."""
        return [
            {"params": [p for p in self.encoder.parameters() if p.requires_grad], "lr": encoder_rate},
            {"params": [*self.hidden.parameters(), *self.output.parameters()], "lr": head_rate},
        ]


def similarities(sentences: Tensor, claims: Tensor) -> Tensor:
    """Cosines of every sentence with every claim."""
    return normalize(sentences) @ normalize(claims).T


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
    schedule = warm_up_schedule(optimizer, len(batches), settings.warm_up)
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
