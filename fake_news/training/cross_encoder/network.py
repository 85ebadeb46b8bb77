"""The network of the cross-encoder, MiniLM with a head over a pair of texts, and its fit."""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import gelu, log_softmax
from transformers import AutoModel, AutoTokenizer

from fake_news.detection.factchecks.relation.head import OUTCOMES
from fake_news.training.cross_encoder.pairs import TrainingPair
from fake_news.training.minilm import batches_of_like_length, descend, padded, warm_up_schedule, weights_folder

logger = logging.getLogger(__name__)

LONGEST = 96
"""Tokens read of a statement and a claim together."""
_SEPARATOR = 102
_HIDDEN = 256
_LOGGED_STEPS = 100


class CrossNetwork(torch.nn.Module):  # type: ignore[misc, unused-ignore]
    """Logits of the outcomes of pairs, shape (pairs, outcomes).

    The word embeddings stay as they were published: with so few words seen, the others would be left behind.
    """

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        # Eager attention: the other implementations do not export to ONNX.
        self.encoder = AutoModel.from_pretrained(weights_folder(), attn_implementation="eager")
        self.encoder.embeddings.word_embeddings.requires_grad_(False)
        self.hidden = torch.nn.Linear(2 * self.encoder.config.hidden_size, _HIDDEN)
        self.output = torch.nn.Linear(_HIDDEN, len(OUTCOMES))
        self.dropout = torch.nn.Dropout(dropout)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        separators = (input_ids == _SEPARATOR).to(torch.int64)
        is_claim = torch.clamp(torch.cumsum(separators, 1) - separators, max=1)
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=is_claim
        ).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        pooled = self.dropout(torch.cat([(states * mask).sum(1) / mask.sum(1), states[:, 0]], 1))
        # Spelled out: calling a layer exports as Gemm, whose shapes ONNX Runtime's quantisation gets wrong.
        hidden = self.dropout(gelu(pooled @ self.hidden.weight.T + self.hidden.bias, approximate="tanh"))
        logits: Tensor = hidden @ self.output.weight.T + self.output.bias
        return logits


@dataclass(frozen=True, slots=True)
class FitSettings:
    """How the network is fitted.

    Attributes
    ----------
    rates : the encoder's learning rate in each pass; the pairs of a pass are drawn for it alone
    head_factor : the head's learning rate as a multiple of the encoder's
    warm_up : share of a pass after which the rates are reached; then they fall linearly to zero
    """

    rates: tuple[float, ...] = (1e-4, 6e-5)
    head_factor: float = 10.0
    batch_size: int = 32
    warm_up: float = 0.06
    seed: int = 0


def fit(network: CrossNetwork, pairs: Sequence[TrainingPair], settings: FitSettings, number: int) -> None:
    """Fit the network to the pairs of a pass, each of which is used once.

    Parameters
    ----------
    number : of the pass
    """
    torch.manual_seed(settings.seed + number)
    rate = settings.rates[number]
    tokenizer = AutoTokenizer.from_pretrained(weights_folder())
    statements, claims = [pair.statement for pair in pairs], [pair.claim for pair in pairs]
    tokens = tokenizer(statements, claims, truncation=True, max_length=LONGEST)["input_ids"]
    batches = list(
        batches_of_like_length([len(ids) for ids in tokens], settings.batch_size, epochs=1, seed=settings.seed + number)
    )
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in network.encoder.parameters() if p.requires_grad], "lr": rate},
            {"params": [*network.hidden.parameters(), *network.output.parameters()], "lr": settings.head_factor * rate},
        ],
        weight_decay=0.01,
    )
    schedule = warm_up_schedule(optimizer, len(batches), settings.warm_up)
    network.train()
    for step, rows in enumerate(batches, start=1):
        # bfloat16 takes two thirds of the time on processors that have it, and the same weights come out
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = network(*padded([tokens[row] for row in rows]))
        loss = _loss(logits.float(), [pairs[row] for row in rows])
        descend(loss, network, optimizer, schedule)
        if step % _LOGGED_STEPS == 0:
            logger.info("step %d of %d, loss %.3f", step, len(batches), loss.item())
    network.eval()


def _loss(logits: Tensor, pairs: Sequence[TrainingPair]) -> Tensor:
    """The weighted mean of the surprise that one of the allowed outcomes holds."""
    weight = torch.tensor([pair.weight for pair in pairs])
    forbidden = torch.tensor([[not pair.allowed >> bit & 1 for bit in range(len(OUTCOMES))] for pair in pairs])
    allowed = log_softmax(logits, dim=1).masked_fill(forbidden, -math.inf)
    return -(torch.logsumexp(allowed, dim=1) * weight).sum() / weight.sum()
