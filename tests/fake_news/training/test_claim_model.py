"""Fitting what tells claims, on invented sentences and an encoder that sees one thing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from fake_news.common.arrays import Float32Array
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.detection.claims.surface_features import surface_features
from fake_news.detection.text.tokens import tokenize
from fake_news.training.claims.examples import Example, furniture, load_examples
from fake_news.training.claims.fit import fit_claim_model


def encode(texts: Sequence[str]) -> Float32Array:
    """Two components: whether a number is told, and something that tells nothing."""
    return np.array([[float("9" in text), len(text) % 7 / 7] for text in texts], dtype=np.float32)


def examples() -> list[Example]:
    claims = [f"The {what} cost 9{i} dollars." for i in range(12) for what in ("dam", "bridge", "mill")]
    others = [f"By {who} Lee, number {i}" for i in range(12) for who in ("Ann", "Bo", "Kim")]
    found = []
    for domain in ("debates", "tweets"):
        found += [Example(domain, f"{text} {domain}", True) for text in claims]
        found += [Example(domain, f"{text} {domain}", False) for text in others]
    found += [Example("short claims", text, True) for text in claims]
    found += [Example("furniture", text, False) for text in others]
    return [*found, Example("debates", "held out", True, is_test=True)]


def test_what_is_told_apart_is_told_apart() -> None:
    model = fit_claim_model(examples(), read_checkpoint(current_checkpoint()), encode, "made up")
    texts = ["The tower cost 95 dollars.", "By Sam Lee"]
    forms = np.array([surface_features(text, tokenize(text)) for text in texts])
    scores = model(encode(texts), np.zeros(2), forms)
    assert scores[0] >= model.threshold > scores[1]
    assert model.encoder == "made up"
    assert model.hidden.shape[0] == 2 + 1 + forms.shape[1]


def test_the_same_examples_give_the_same_model() -> None:
    checkpoint = read_checkpoint(current_checkpoint())
    one, other = (fit_claim_model(examples(), checkpoint, encode, "made up") for _ in range(2))
    assert one.section() == other.section()
    assert np.array_equal(one.hidden, other.hidden)


def test_training_and_test_share_no_sentence(miniature_data: Path) -> None:
    read = load_examples(miniature_data)
    tested = {example.text for example in read if example.is_test}
    assert tested
    assert not tested & {example.text for example in read if not example.is_test}
    assert {"debates", "tweets", "news", "short claims", "headlines", "furniture"} <= {one.domain for one in read}
    assert read == load_examples(miniature_data)


@pytest.mark.parametrize(
    "kind", ["byline", "caption", "credit", "navigation", "headline", "reference", "table", "plot"]
)
def test_furniture_of_every_kind_is_filled_in(kind: str) -> None:
    texts = [text for found, text in furniture(3) if found == kind]
    assert len(texts) >= 15
    assert len(texts) == len(set(texts))
    assert not any(char in text for text in texts for char in "{}")
