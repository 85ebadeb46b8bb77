"""The network that is trained: MiniLM with a head over two vectors. PyTorch is needed for training only.

It starts from the weights of all-MiniLM-L6-v2, see :mod:`fake_news.training.minilm`. It uses eager attention and
PyTorch's older exporter, as the newer one silently loses the attention mask.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import normalize
from transformers import AutoTokenizer

from fake_news.detection.factchecks.relation.head import OUTCOMES, Head
from fake_news.training.minilm import SentenceEncoder, weights_folder

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
            self.encoder(*_pad([self._tokens[texts[row]] for row in order[first : first + _TEXTS_AT_ONCE]]))
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


def _pad(tokens: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    longest = max(map(len, tokens))
    ids = torch.zeros((len(tokens), longest), dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, found in enumerate(tokens):
        ids[row, : len(found)] = torch.tensor(found)
        mask[row, : len(found)] = 1
    return ids, mask
