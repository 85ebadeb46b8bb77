"""JSON files of any size, one entry at a time: a feed may have more bytes than the machine has memory."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from fake_news.factchecks.own.errors import OwnFactChecksError

_CHUNK = 1 << 18
_LONGEST_ENTRY = 1 << 24
_ENTRIES = re.compile(r'"(?:dataFeedElement|@graph|itemListElement|claims|claimReviews|items)"\s*:\s*\[')
_BETWEEN = " \t\r\n,\x1e"  # the last begins a record of a JSON text sequence
_decoder = json.JSONDecoder()


def entries(file: BinaryIO, name: str) -> Iterator[Any]:
    """The entries of a JSON file: of a list, of an object's list of entries, or objects one after another.

    Parameters
    ----------
    file : opened for bytes
    name : what to call it in errors

    Raises
    ------
    OwnFactChecksError
        If it is not UTF-8 or not JSON; the message says which entry.
    """
    text = _Text(file, name)
    text.more()
    start = text.skip(0)
    if text.buffer[start : start + 1] == "[":
        start += 1
    elif found := _ENTRIES.search(text.buffer, start):
        start = found.end()
    number = 0
    while True:
        start = text.skip(start)
        if start >= len(text.buffer) or text.buffer[start] in "]":
            if number == 0 and start >= len(text.buffer):
                raise OwnFactChecksError(f"{name} holds no entry.", "Is it the right file?")
            return
        number += 1
        entry, start = text.entry(start, number)
        yield entry
        start = text.forget(start)


class _Text:
    """The decoded part of a file that is not used up yet."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._name = name
        self._decode = codecs.getincrementaldecoder("utf-8-sig")()
        self._ended = False
        self._bytes = 0
        self.buffer = ""

    def more(self) -> bool:
        """Read on; ``False`` at the end."""
        if self._ended:
            return False
        content = self._file.read(max(_CHUNK, len(self.buffer)))
        self._ended = not content
        try:
            self.buffer += self._decode.decode(content, final=self._ended)
        except UnicodeDecodeError as error:
            raise OwnFactChecksError(
                f"{self._name} is not UTF-8: byte 0x{error.object[error.start]:02x} near byte {self._bytes:,}.",
                "Save the file as UTF-8. Nothing was imported.",
            ) from error
        self._bytes += len(content)
        return not self._ended

    def skip(self, start: int) -> int:
        """Where the next thing begins."""
        while True:
            while start < len(self.buffer) and self.buffer[start] in _BETWEEN:
                start += 1
            if start < len(self.buffer) or not self.more():
                return start

    def entry(self, start: int, number: int) -> tuple[Any, int]:
        """The entry that begins at ``start``, and where it ends."""
        while True:
            try:
                entry, end = _decoder.raw_decode(self.buffer, start)
                if end < len(self.buffer) or self._ended:  # a number at the very end may go on
                    return entry, end
                problem = "it does not end"
            except (json.JSONDecodeError, RecursionError) as error:
                problem = error.msg if isinstance(error, json.JSONDecodeError) else "it is nested too deeply"
            if len(self.buffer) - start > _LONGEST_ENTRY or (not self.more() and self._ended):
                try:
                    return _decoder.raw_decode(self.buffer, start)
                except (json.JSONDecodeError, RecursionError):
                    raise OwnFactChecksError(
                        f"{self._name}, entry {number}: not JSON ({problem}).",
                        "Get the file anew. Nothing was imported.",
                    ) from None

    def forget(self, start: int) -> int:
        """Let go of what was read."""
        if start > _CHUNK:
            self.buffer = self.buffer[start:]
            return 0
        return start
