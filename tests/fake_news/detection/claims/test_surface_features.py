"""How a sentence is written, as numbers."""

from __future__ import annotations

import pytest

from fake_news.detection.claims.surface_features import SURFACE_FEATURES, surface_features
from fake_news.detection.text.tokens import tokenize


def value(text: str, name: str) -> float:
    return float(surface_features(text, tokenize(text))[SURFACE_FEATURES.index(name)])


@pytest.mark.parametrize(
    ("name", "with_it", "without"),
    [
        ("ends in a full stop", "The dam broke.", "The dam broke"),
        ("ends in a full stop", "He said “no.”", "And then..."),
        ("ends in another mark", "The dam broke!", "The dam broke."),
        ("begins small", "the dam broke", "The dam broke"),
        ("begins with a number", "(3) Wash your hands", "Three of them"),
        ("first person", "Nobody told me.", "Nobody told him."),
        ("label before a colon", "Source: the mill", "The old mill on the river bank said: no."),
        ("day and month", "Signed on March 3 by Lee", "Signed by Lee"),
        ("hour", "Updated 5:30 p.m.", "Updated"),
        ("address", "Write to ann@example.org", "Write to Ann"),
        ("bar or slash", "News | Sports", "News and sports"),
        ("by", "By Ann Lee", "Signed by Ann Lee"),
        ("read, sign", "Sign up today", "They sign up"),
        ("finite verb", "Rents doubled in May.", "Rents in May"),
        ("two or three words", "Rents doubled.", "Rents doubled in May."),
        ("third word in -ing", "A nurse holding a child", "A nurse with a child"),
    ],
)
def test_a_surface_feature(name: str, with_it: str, without: str) -> None:
    assert (value(with_it, name), value(without, name)) == (1.0, 0.0)


def test_shares_of_capitals_and_numbers() -> None:
    assert value("Ann Lee and Bo Roe", "share of capitals") == pytest.approx(3 / 5)
    assert value("Rank 1 2 3", "share of numbers") == pytest.approx(3 / 4)


@pytest.mark.parametrize("text", ["", "😀", "12 %"])
def test_a_text_without_words_has_surface_features(text: str) -> None:
    assert surface_features(text, tokenize(text)).shape == (len(SURFACE_FEATURES),)
