"""Offsets count what JavaScript counts."""

from __future__ import annotations

import pytest
from hypothesis import given

from fake_news.detection.text.offsets import Utf16Offsets, utf16_length
from tests.fake_news.strategies import any_text, repeatable


def utf16_units(text: str) -> int:
    """The definition: two bytes a unit; a lone surrogate is one unit, as in JavaScript."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@repeatable
@given(text=any_text)
def test_every_offset_is_the_length_of_what_precedes_it(text: str) -> None:
    utf16 = Utf16Offsets(text)
    assert [utf16(offset) for offset in range(len(text) + 1)] == [
        utf16_units(text[:offset]) for offset in range(len(text) + 1)
    ]
    assert utf16_length(text) == utf16_units(text)


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [("plain", 3, 3), ("é à", 2, 2), ("😀 b", 2, 3), ("a😀😀b", 3, 5), ("\ud83d😀", 1, 1), ("", 0, 0)],
)
def test_known_offsets(text: str, offset: int, expected: int) -> None:
    assert Utf16Offsets(text)(offset) == expected
