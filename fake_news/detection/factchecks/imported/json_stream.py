"""JSON files of any size, one entry at a time: a feed may have more bytes than the machine has memory."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO, NoReturn

from fake_news.detection.factchecks.imported.errors import OwnFactChecksError

_CHUNK = 1 << 18
_LONGEST_ENTRY = 1 << 24
_LISTS = frozenset({"dataFeedElement", "@graph", "itemListElement", "claims", "claimReviews", "items"})
_BETWEEN = " \t\r\n,\x1e"  # the last begins a record of a JSON text sequence
_DEEPEST = 3  # lists in lists that are read entry by entry; what lies deeper is one entry
_decoder = json.JSONDecoder()
_TOO_LARGE = object()


def entries(file: BinaryIO, name: str) -> Iterator[Any]:
    """The entries of a JSON file: of a list, of an object's list of entries, or objects one after another.

    Parameters
    ----------
    file : opened for bytes
    name : what to call it in errors

    Raises
    ------
    OwnFactChecksError
        If it is not UTF-8, not JSON, or ends too early; the message says at which entry.
    """
    text = _Text(file, name)
    while text.next():
        yield from _values(text, depth=0)
    if not text.entries and not text.lists:
        raise OwnFactChecksError(f"{name} holds no entry.", "Is it the right file?")


def _values(text: _Text, depth: int) -> Iterator[Any]:
    """The entries of the value that comes next."""
    if text.next() == "[" and depth < _DEEPEST:
        text.lists += 1
        text.step()
        while text.next(expected="the end of its list") != "]":
            yield from _values(text, depth + 1)
        text.step()
    elif (entry := text.entry_at_once()) is not _TOO_LARGE:
        yield entry
    elif text.next() == "{":
        yield from _members(text, depth)
    else:
        yield text.entry()


def _members(text: _Text, depth: int) -> Iterator[Any]:
    """The entries in the lists of an object too large to be read at once, then the object without these lists."""
    text.step()
    members: dict[str, Any] = {}
    while text.next(expected="the end of its object") != "}":
        key = text.value()
        if not isinstance(key, str) or text.next() != ":":
            text.refuse("a name and a colon are missing")
        text.step()
        if key in _LISTS and text.next() == "[":
            yield from _values(text, depth + 1)
        else:
            members[key] = text.value()
    text.step()
    if "claimReviewed" in members:
        text.entries += 1
        yield members


class _Text:
    """The decoded part of a file that is not used up yet.

    Attributes
    ----------
    entries, lists : how many of each were begun
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._name = name
        self._decode = codecs.getincrementaldecoder("utf-8-sig")()
        self._ended = False
        self._bytes = 0
        self._buffer = ""
        self._place = 0
        self.entries = self.lists = 0

    def next(self, expected: str = "") -> str:
        """The character with which the next thing begins, empty at the end of the file.

        Parameters
        ----------
        expected : what the file must not end without
        """
        while True:
            while self._place < len(self._buffer) and self._buffer[self._place] in _BETWEEN:
                self._place += 1
            if self._place < len(self._buffer):
                return self._buffer[self._place]
            if not self._more():
                if expected:
                    self.refuse(f"the file ends before {expected}")
                return ""

    def step(self) -> None:
        """Go past the character that :meth:`next` gave."""
        self._place += 1

    def entry_at_once(self) -> Any:
        """The value that comes next, counted as an entry; ``_TOO_LARGE`` if it is longer than what is read at once."""
        while True:
            try:
                value, end = _decoder.raw_decode(self._buffer, self._place)
                if end < len(self._buffer) or self._ended:  # a number at the very end may go on
                    self.entries += 1
                    self._place = end
                    return value
            except (ValueError, RecursionError):
                pass
            if len(self._buffer) - self._place >= _CHUNK:
                return _TOO_LARGE
            if not self._more() and self._ended:
                return self.entry()

    def entry(self) -> Any:
        """The value that comes next, counted as an entry."""
        self.entries += 1
        return self.value()

    def value(self) -> Any:
        """The value that comes next."""
        self.next(expected="a value")
        while True:
            try:
                value, end = _decoder.raw_decode(self._buffer, self._place)
                if end < len(self._buffer) or not self._more():  # a number at the very end may go on
                    self._place = end
                    return value
            except (ValueError, RecursionError) as error:
                if len(self._buffer) - self._place > _LONGEST_ENTRY or not self._more():
                    self.refuse(_problem(error))

    def refuse(self, problem: str) -> NoReturn:
        """Give up on the file."""
        raise OwnFactChecksError(
            f"{self._name}, entry {max(self.entries, 1)}: not JSON ({problem}).",
            "Get the file anew. Nothing was imported.",
        )

    def _more(self) -> bool:
        """Read on, and let go of what was used up; ``False`` at the end."""
        if self._ended:
            return False
        content = self._file.read(max(_CHUNK, len(self._buffer) - self._place))
        self._ended = not content
        try:
            self._buffer = self._buffer[self._place :] + self._decode.decode(content, final=self._ended)
        except UnicodeDecodeError as error:
            raise OwnFactChecksError(
                f"{self._name} is not UTF-8: byte 0x{error.object[error.start]:02x} near byte {self._bytes:,}.",
                "Save the file as UTF-8. Nothing was imported.",
            ) from error
        self._place = 0
        self._bytes += len(content)
        return not self._ended


def _problem(error: ValueError | RecursionError) -> str:
    match error:
        case json.JSONDecodeError():
            return error.msg
        case RecursionError():
            return "it is nested too deeply"
        case _:
            return "it holds a number with thousands of digits"
