"""Sentences of a block of text, with their places.

The decision at a full stop is based on Punkt (Kiss & Strunk 2006, "Unsupervised multilingual sentence boundary
detection"): an abbreviation does not end a sentence unless what follows starts one. ``fake_news train`` learns the
abbreviations and starters with NLTK's trainer and stores them in the checkpoint; the lists of
:mod:`fake_news.detection.text.full_stops` are added. NLTK itself is not imported here: ``import nltk`` loads
scikit-learn and pandas, which takes longer than the whole start of the server.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from fake_news.detection.text import full_stops
from fake_news.detection.text.full_stops import (
    LONGEST_ABBREVIATION,
    WORD,
    begins_clause,
    belongs_to_number,
    ends_street,
    ends_with_letter,
    ends_without_space,
    is_clause,
    is_letter_of_a_label,
    is_name_with_mark,
    names_the_speaker,
    starts_lowercase,
)

_CLOSERS = "\"'”’»)\\]"
_OPENERS = "\"'“‘«(\\["
_EMOJI = "\U0001f300-\U0001f9ff\U0001fa70-\U0001faff\u2600-\u2604\u2607-\u2654\u2668-\u27bf\u200d\ufe0f"
# A run of marks, including spaced dots, closing quotation marks, and footnotes such as Wikipedia's [12] and ².
_STOP = re.compile(
    rf"(?P<marks>\.(?:[ \xa0]\.){{2,}}|[.!?…]+|[。！？]+)"
    rf"(?P<closing>[{_CLOSERS}]*(?P<note>(?:\[[^\[\]]{{1,20}}\]|[¹²³⁰⁴-⁹])*))(?P<space>\s*)"
    rf"|(?P<emoji>[{_EMOJI}]+)(?P<after>\s+)|(?P<bullet>\s+(?=[•‣▪●■►✓✔]\s))|(?P<pipe>\s+\|\s+)"
)
_LAST_WORD = re.compile(r"(?:[^\W_]|[.'’&-])+$")
_NEXT_WORD = re.compile(rf"[{_OPENERS}]*((?:[^\W_]|['’])+)")
_LONGEST_CLAUSE = 200
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_LIST_NUMBER = re.compile(r"\s*\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4}|[IVX]{1,4})")
_DAY = re.compile(r"\d{1,2}")
_FEWEST_BEFORE_EMOJI = 3
_BREAK = re.compile("[\n\r\v\f\x85\u2028\u2029]+")
_WRAPS = re.compile("\r?\n")
_LINE_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_STOPS = re.compile(r"[.!?…]")
_UNFINISHED = frozenset(
    """a an the of in on at by to for with from and or but that which who as than is are was were into over under
    between about its their his her our my your""".split()
)


class Span(NamedTuple):
    """Part of a text: ``text[start:end]``, in code points."""

    start: int
    end: int


@dataclass(frozen=True)
class SentenceSplitter:
    """Splits text into sentences.

    Parameters
    ----------
    abbreviations : frozenset of str
        Lower-case words with a full stop that does not end a sentence, listed without it ("sen", "u.s").
    titles : frozenset of str
        Those that precede a name and so never end a sentence ("sen").
    starters : frozenset of str
        Lower-case words that often begin a sentence; after any other abbreviation they indicate a boundary.
    """

    abbreviations: frozenset[str]
    titles: frozenset[str]
    starters: frozenset[str]
    _known: frozenset[str] = field(init=False, repr=False)
    _before_names: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", self.abbreviations | full_stops.ABBREVIATIONS | full_stops.TITLES)
        object.__setattr__(self, "_before_names", self.titles | full_stops.TITLES)

    def split(self, text: str) -> list[Span]:
        """Find the sentences of ``text`` in order, without surrounding white space; each has a letter or a digit."""
        spans = []
        for line_start, line_end in _lines_of(text):
            start = line_start
            for stop in _STOP.finditer(text, line_start, line_end):
                if self._ends_sentence(text, start, stop, line_end):
                    spans.append(_trim(text, start, _end_of(stop)))
                    start = stop.end()
            spans.append(_trim(text, start, line_end))
        return [span for span in spans if _LETTER_OR_DIGIT.search(text, *span)]

    def _ends_sentence(self, text: str, start: int, stop: re.Match[str], line_end: int) -> bool:
        if stop["marks"] is None:
            return _separates(text, start, stop, line_end)
        if stop.end() >= line_end:
            return True
        marks = stop["marks"]
        if marks[0] in "。！？":
            return True
        next_word = _NEXT_WORD.match(text, stop.end(), line_end)
        if not stop["space"]:
            return ends_without_space(text, start, stop, next_word)
        if next_word is not None and next_word[1][0].islower():
            return starts_lowercase(text, start, stop, next_word[1]) and not self._is_abbreviation(text, start, stop)
        if marks != ".":
            return not (
                is_name_with_mark(text, start, stop, next_word)
                or (marks[-1] in "!?" and names_the_speaker(text, stop, line_end))
            )
        return self._full_stop_ends(text, start, stop, line_end, next_word)

    def _full_stop_ends(
        self, text: str, start: int, stop: re.Match[str], line_end: int, next_word: re.Match[str] | None
    ) -> bool:
        if _LIST_NUMBER.fullmatch(text, start, stop.start()):
            return False
        last = _word_before(text, start, stop)
        if last is None:
            return True
        word, before = last.lower().lstrip(".'’&-"), text[max(start, stop.start() - _LONGEST_CLAUSE) : stop.start()]
        previous = before[: len(before) - len(last)].split()
        following = next_word[1] if next_word else ""
        if following[:1].isdigit() and belongs_to_number(word, last, previous):
            return is_letter_of_a_label(word, previous)
        if _DAY.fullmatch(word) and following.lower() in full_stops.MONTHS and previous[-1:] == ["On"]:
            return False
        if word in self._before_names and not (word in full_stops.AMBIGUOUS and last.islower()):
            return ends_street(word, previous, following)
        if len(word) == 1 and _INITIALS.fullmatch(word):
            return is_letter_of_a_label(word, previous) or ends_with_letter(last, previous, following)
        if self._is_known(word, last) or _INITIALS.fullmatch(word):
            return following != "" and self._starts_sentence(word, previous, text[stop.end() : line_end], following)
        return True

    def _starts_sentence(self, word: str, previous: list[str], rest: str, following: str) -> bool:
        if following.lower() in self.starters or following.lower() in full_stops.STARTERS:
            return True
        words = WORD.findall(rest[:_LONGEST_CLAUSE])[:3]
        if not following[0].isalpha() or following.isupper() or not begins_clause(words):
            return False
        if "." in word and word not in full_stops.ABBREVIATIONS:  # "George H.W. Bush held"
            return False
        # "the U.S. Congress approved" is one subject, unless the words before are a clause already.
        is_attributive = "." in word and word[0] in "ue" and previous[-1:] == ["the"] and not _is_governed(previous)
        return not is_attributive and is_clause([part.strip("\"'“‘(,;:") for part in previous])

    def _is_abbreviation(self, text: str, start: int, stop: re.Match[str]) -> bool:
        last = _word_before(text, start, stop)
        if last is None or stop["marks"] != ".":
            return False
        word = last.lower().lstrip(".'’&-")
        return word in self._known or bool(_INITIALS.fullmatch(word)) or word in full_stops.BEFORE_NUMBERS

    def _is_known(self, word: str, as_written: str) -> bool:
        return word in self._known and (word not in full_stops.AMBIGUOUS or as_written[0].isupper())


_PREPOSITIONS = frozenset("to in from at of for into across outside inside throughout around leave left".split())


def _lines_of(text: str) -> Iterator[tuple[int, int]]:
    """Find start and end of each line; the lines of one wrapped sentence count as one.

    A break is within a sentence if the line before begins with a capital and has no full stop, if the next begins with
    a small letter or the line before cannot end a sentence ("… in 2010 by"), and if a full stop follows in the end.
    Without the last condition, "Crime rose in May ⏎ read more" would be one statement.
    """
    lines, breaks, at = [], [], 0
    for found in _BREAK.finditer(text):
        lines.append((at, found.start()))
        breaks.append(bool(_WRAPS.fullmatch(found[0])))
        at = found.end()
    lines.append((at, len(text)))
    first = 0
    while first < len(lines):
        last = first
        while last < len(breaks) and breaks[last] and _continues(text, lines[first], lines[last], lines[last + 1]):
            last += 1
        if last > first and _STOPS.search(text, lines[last][0], lines[last][1]) is None:
            yield from lines[first : last + 1]
        else:
            yield lines[first][0], lines[last][1]
        first = last + 1


def _continues(text: str, first: tuple[int, int], line: tuple[int, int], following: tuple[int, int]) -> bool:
    """Whether the sentence of a line, whose first line is ``first``, goes on in the following one."""
    words = _LINE_WORD.findall(text[line[0] : line[1]])
    begins, next_begins = _LINE_WORD.search(text, *first), _LINE_WORD.match(text, *following)
    if not words or begins is None or next_begins is None or not begins[0][0].isupper():
        return False
    if not text[line[1] - 1].isalnum() and text[line[1] - 1] not in ",":
        return False
    return words[-1] in _UNFINISHED or next_begins[0].islower()


def _end_of(stop: re.Match[str]) -> int:
    if stop["marks"] is not None:
        return stop.end("closing")
    return stop.end("emoji") if stop["emoji"] is not None else stop.start()


def _separates(text: str, start: int, stop: re.Match[str], line_end: int) -> bool:
    """Whether emoji, a bullet or a pipe separate two sentences."""
    if stop["emoji"] is None:
        return True
    words = text[start : stop.start()].split()
    return stop.end() < line_end and text[stop.end()].isupper() and len(words) >= _FEWEST_BEFORE_EMOJI


def _word_before(text: str, start: int, stop: re.Match[str]) -> str | None:
    last = _LAST_WORD.search(text, max(start, stop.start() - LONGEST_ABBREVIATION), stop.start())
    return last[0] if last else None


def _is_governed(previous: list[str]) -> bool:
    return len(previous) > 1 and previous[-2] in _PREPOSITIONS


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and _is_blank(text[start]):
        start += 1
    while start < end and _is_blank(text[end - 1]):
        end -= 1
    return Span(start, end)


def _is_blank(char: str) -> bool:
    return char.isspace() or char in "\0\u200b\u200c\u200d\u2060\ufeff"
