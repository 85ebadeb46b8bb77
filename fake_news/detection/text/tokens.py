"""Tokens: the words, numbers and telling marks of a text, each with its place.

Training and serving share this one tokenizer, so a served weight always meets the feature it was learned for.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_APOSTROPHES = "'’‘ʼ`´"
_INVISIBLE = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff\u202a-\u202e\u2066-\u2069"  # soft hyphen, zero width, direction
_WORD = rf"[^\W\d_](?:[^\W\d_]|[{_APOSTROPHES}{_INVISIBLE}](?=[^\W\d_]))*"
_NUMBER = r"\d+(?:[.,:/]\d+)*"
_TOKEN = re.compile(rf"{_NUMBER}|{_WORD}|[%$€£?!]")
_DROPPED = re.compile(rf"[{_APOSTROPHES}{_INVISIBLE}]")


class Token(NamedTuple):
    """A token of a text: ``text[start:end]``, the form that features are made of, and how it is written."""

    start: int
    end: int
    form: str
    capitalised: bool


def normal_form(token: str) -> str:
    """The form of a token that models see: lower case, no apostrophes, no accents, nothing invisible.

    LIAR lost its apostrophes when it was published ("weve"), other sources carry three kinds of them; without them
    all sources spell alike.
    """
    if token.isascii():
        return token.replace("'", "").replace("`", "").lower()
    decomposed = unicodedata.normalize("NFKD", _DROPPED.sub("", token)).lower()
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def tokenize(text: str) -> list[Token]:
    """Tokens of ``text`` in order; offsets are code points."""
    # A lone "ʼ" or "ﾞ" is a letter to Unicode and leaves no form behind: it is not a token.
    return [
        Token(match.start(), match.end(), form, match.group()[0].isupper())
        for match in _TOKEN.finditer(text)
        if (form := normal_form(match.group()))
    ]
