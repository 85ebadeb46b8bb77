"""Tokens: the words, numbers and meaningful marks of a text, each with its place.

Training and serving share this tokenizer, so that a weight is always applied to the feature it was learned for.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_APOSTROPHES = "'’‘ʼ`´"
INVISIBLE = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff\u202a-\u202e\u2066-\u2069"
"""Soft hyphens, zero-width characters and direction marks, for a character class: they stand inside words."""
_WORD = rf"[^\W\d_](?:[^\W\d_]|[{_APOSTROPHES}{INVISIBLE}](?=[^\W\d_]))*"
_NUMBER = r"\d+(?:[.,:/]\d+)*"
_TOKEN = re.compile(rf"{_NUMBER}|{_WORD}|[%$€£?!]")
_DROPPED = re.compile(rf"[{_APOSTROPHES}{INVISIBLE}]")


class Token(NamedTuple):
    """A token of a text: ``text[start:end]``, the form that features are made of, and whether it is capitalised."""

    start: int
    end: int
    form: str
    capitalised: bool


def normal_form(token: str) -> str:
    """Return the form of a token for the models: lower case, without apostrophes, accents and invisible characters.

    LIAR lost its apostrophes when it was published ("weve"), and other sources have three kinds of them; without them,
    all sources have the same spelling.
    """
    if token.isascii():
        return token.replace("'", "").replace("`", "").lower()
    decomposed = unicodedata.normalize("NFKD", _DROPPED.sub("", token)).lower()
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def tokenize(text: str) -> list[Token]:
    """Find the tokens of ``text`` in order; offsets are code points."""
    # A lone "ʼ" or "ﾞ" is a letter in Unicode but has an empty form, so that it is not a token.
    return [
        Token(match.start(), match.end(), form, match.group()[0].isupper())
        for match in _TOKEN.finditer(text)
        if (form := normal_form(match.group()))
    ]
