"""Sentences of a block of text, with their places.

The decision at a full stop is Punkt's (Kiss & Strunk 2006, "Unsupervised multilingual sentence boundary detection"):
an abbreviation does not end a sentence unless the next word is one that starts sentences. The abbreviations and
starters are learned with NLTK's trainer by ``fake_news train`` and stored in the checkpoint. NLTK itself is not
imported here: ``import nltk`` pulls in scikit-learn and pandas, which take longer than the server's whole start.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

_LINE_BREAK = re.compile("[\n\r\v\f\x85\u2028\u2029]+")
_CLOSERS = "\"'”’»)\\]"
_OPENERS = "\"'“‘«(\\["
# A run of marks, what closes with it, and footnote marks such as Wikipedia's [12] and [citation needed].
_STOP = re.compile(rf"(?P<marks>[.!?…]+|[。！？]+)(?P<closing>[{_CLOSERS}]*(?:\[[^\[\]]{{1,20}}\])*)(?P<space>\s*)")
_LAST_WORD = re.compile(r"(?:[^\W_]|[.'’&-])+$")
_NEXT_WORD = re.compile(rf"[{_OPENERS}]*((?:[^\W_]|['’])+)")
_LONGEST_ABBREVIATION = 30  # looking back no further keeps the cost linear in the length of the text
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_LIST_NUMBER = re.compile(r"\s*\(?\d{1,3}")


class Span(NamedTuple):
    """Part of a text: ``text[start:end]``, in code points."""

    start: int
    end: int


@dataclass(frozen=True)
class SentenceSplitter:
    """Cuts text into sentences.

    Parameters
    ----------
    abbreviations : frozenset of str
        Lower-case words that carry a full stop without ending a sentence, written without it ("sen", "u.s").
    titles : frozenset of str
        Those of them that stand before a name and so never end a sentence ("sen").
    starters : frozenset of str
        Lower-case words that often begin a sentence; after any other abbreviation they reveal a boundary.
    """

    abbreviations: frozenset[str]
    titles: frozenset[str]
    starters: frozenset[str]

    def split(self, text: str) -> list[Span]:
        """Sentences of ``text`` in order, without the white space around them; no sentence is empty."""
        spans = []
        line_start = 0
        for line_end in [*(match.start() for match in _LINE_BREAK.finditer(text)), len(text)]:
            start = line_start
            for stop in _STOP.finditer(text, line_start, line_end):
                if self._ends_sentence(text, start, stop, line_end):
                    spans.append(_trimmed(text, start, stop.end("closing")))
                    start = stop.end()
            spans.append(_trimmed(text, start, line_end))
            line_start = line_end
        return [span for span in spans if span.start < span.end]

    def _ends_sentence(self, text: str, start: int, stop: re.Match[str], line_end: int) -> bool:
        if stop.end() >= line_end:
            return True
        marks, following = stop["marks"], text[stop.end()]
        if marks[0] in "。！？":
            return True
        next_word = _NEXT_WORD.match(text, stop.end(), line_end)
        if not stop["space"]:
            # "…the end.Then": pages lose the space where inline elements meet. "Node.js" and "3.5" are not ends.
            return (
                following.isupper() and len(marks) == 1 and text[max(start, stop.start() - 2) : stop.start()].islower()
            )
        if next_word is not None and next_word[1][0].islower():
            return False
        if marks != ".":
            return True
        last = _LAST_WORD.search(text, max(start, stop.start() - _LONGEST_ABBREVIATION), stop.start())
        if last is None:
            return True
        if _LIST_NUMBER.fullmatch(text, start, stop.start()):
            return False
        word = last[0].lower().lstrip(".'’&-")
        if word in self.titles:
            return False
        if word in self.abbreviations or _INITIALS.fullmatch(word):
            return next_word is not None and next_word[1].lower() in self.starters and len(word) > 1
        return True


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and _is_blank(text[start]):
        start += 1
    while start < end and _is_blank(text[end - 1]):
        end -= 1
    return Span(start, end)


def _is_blank(char: str) -> bool:
    return char.isspace() or char in "\0\u200b\u200c\u200d\u2060\ufeff"
