"""MiniLM fine-tuned on claim pairs, to compare with what is cheaper. Needs PyTorch, as fake_news.training.minilm does.

Contrastive learning (Henderson et al. 2017, "Efficient natural language response suggestion"): of all texts in a batch,
a text's own partner has to be nearest. Edited partners that say something else stand among the others.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from transformers import AutoTokenizer

from fake_news.training.claim_matching.edits import CHANGING
from fake_news.training.minilm import SentenceEncoder, descend, exported, freeze_lower_part, warmed_up, weights_folder
from fake_news.training.onnx_text_model import OnnxTextModel

logger = logging.getLogger(__name__)

_BATCH, _EDITED = 64, 20
_FROZEN_LAYERS = 3
_LEARNING_RATE = 4e-5
_WARM_UP = 0.06
_TEMPERATURE = 0.05
_LONGEST_IN_TRAINING, _LONGEST = 40, 64
_LOGGED_STEPS = 10
_SEED = 0


def fine_tuned_encoder(pairs: Sequence[tuple[str, str]]) -> OnnxTextModel:
    """The upper half of MiniLM fine-tuned in one epoch, in int8 ONNX.

    Parameters
    ----------
    pairs : texts that say the same
    """
    torch.manual_seed(_SEED)
    random = np.random.default_rng(_SEED)
    model, tokenizer = SentenceEncoder(), AutoTokenizer.from_pretrained(weights_folder())
    freeze_lower_part(model, _FROZEN_LAYERS)
    optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=_LEARNING_RATE)
    steps = len(pairs) // _BATCH
    schedule = warmed_up(optimizer, steps, _WARM_UP)

    def encode(texts: Sequence[str]) -> Tensor:
        batch = tokenizer(
            list(texts), truncation=True, max_length=_LONGEST_IN_TRAINING, padding=True, return_tensors="pt"
        )
        vectors: Tensor = model(batch["input_ids"], batch["attention_mask"])
        return vectors

    model.train()
    order = random.permutation(len(pairs))
    for step in range(steps):
        rows = order[step * _BATCH : (step + 1) * _BATCH]
        left, right = [pairs[row][0] for row in rows], [pairs[row][1] for row in rows]
        likeness = encode(left) @ encode([*right, *_changed(right, random)]).T / _TEMPERATURE
        repeated = np.array([[a == b for b in right] for a in right]) & ~np.eye(len(right), dtype=bool)
        likeness[:, : len(right)].masked_fill_(torch.tensor(repeated), -1e4)
        own = torch.arange(len(right))
        loss = torch.nn.functional.cross_entropy(likeness, own)
        loss = loss + torch.nn.functional.cross_entropy(likeness[:, : len(right)].T, own)
        descend(loss, model, optimizer, schedule)
        if step % _LOGGED_STEPS == 0:
            logger.info("fine-tuning the encoder: step %d of %d, loss %.3f", step, steps, loss.item())
    return exported(model, _LONGEST)


def _changed(texts: Sequence[str], random: np.random.Generator) -> list[str]:
    """Some of the texts, edited so that they say something else."""
    edits = list(CHANGING.values())
    chosen: NDArray[np.int64] = random.permutation(len(texts))[:_EDITED]
    edited = [edits[random.integers(len(edits))](texts[row], random) for row in chosen]
    return [text for text in edited if text is not None]
