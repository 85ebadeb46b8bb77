"""Fields of a foreign file as plain text: markup is taken out and never interpreted."""

from __future__ import annotations

import math
import re
from html.parser import HTMLParser

_LONGEST = 20_000  # of a field, before markup is looked for: the parser is slow on what is made to slow it
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Soft hyphens, zero width, direction marks: they stand inside words, and would cut these in two as spaces."""


def plain(value: object) -> str:
    """A field as one line of text: no markup, no control characters; anything but text and numbers is nothing.

    >>> plain("<p>The ferry &amp; the <b>pier</b></p>")
    'The ferry & the pier'
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = f"{value:g}" if abs(value) < 1e15 and math.isfinite(value) else ""
    if not isinstance(value, str):
        return ""
    text = value[:_LONGEST]
    if "<" in text or "&" in text:
        text = _without_markup(text)
        if _TAG.search(text):  # markup that was written as entities
            text = _without_markup(text)
    if not text.isprintable():  # what is invisible is not printable either
        text = _INVISIBLE.sub("", text)
        text = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(text.split())


class _Markup(HTMLParser):
    """Keeps the text between tags, but for scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style")
        self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in ("script", "style")))
        self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def _without_markup(text: str) -> str:
    parser = _Markup()
    parser.feed(text)
    parser.close()
    return "".join(parser.parts)
