"""JSON-LD in HTML: the scripts of type ``application/ld+json`` of a page, or of a feed that is a list of them.

Microdata in pages is not read: publishers have written JSON-LD since Google asked for it, and a library for
both (extruct) would bring rdflib, lxml and a dozen more packages.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

from fake_news.detection.factchecks.imported.byte_stream import incremental_decoder

_CHUNK = 1 << 16
_LONGEST_SCRIPT = 1 << 24
_WRAPPING = re.compile(
    r"\A\s*(?:/\*|//)?\s*(?:<!\[CDATA\[|<!--)\s*(?:\*/)?|(?:/\*|//)?\s*(?:\]\]>|-->)\s*(?:\*/)?\s*\Z"
)
_decoder = json.JSONDecoder(strict=False)

Skip = Callable[[str, int], None]


def is_wrapped(beginning: bytes) -> bool:
    """Whether a file begins with JSON inside a comment or a CDATA section."""
    return bool(re.match(rb"(?:/\*|//)?\s*<!(?:\[CDATA\[|--)\s*(?:\*/)?\s*[\[{]", beginning))


def without_wrapping(content: str) -> str:
    """Remove the comment or CDATA section that hides a script from old browsers."""
    return _WRAPPING.sub("", content)


def structured_data(file: io.RawIOBase, encoding: str, skip: Skip) -> Iterator[tuple[int, Any]]:
    """Read the content of the JSON-LD scripts of an HTML file, numbered."""
    collector = _Scripts()
    decode = incremental_decoder(encoding)
    number = 0
    while content := file.read(_CHUNK):
        collector.feed(decode.decode(content))
        while collector.scripts:
            number += 1
            try:
                yield number, _decoder.decode(without_wrapping(collector.scripts.pop(0)).strip().rstrip(";"))
            except (ValueError, RecursionError) as error:
                problem = error.msg if isinstance(error, json.JSONDecodeError) else "it cannot be read"
                skip(f"not JSON ({problem})", number)


class _Scripts(HTMLParser):
    """Collects the content of the scripts that hold JSON-LD."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[str] = []
        self._parts: list[str] | None = None
        self._length = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = (dict(attrs).get("type") or "").partition(";")[0].strip().lower()
        if tag == "script" and kind == "application/ld+json":
            self._parts, self._length = [], 0

    def handle_data(self, data: str) -> None:
        if self._parts is not None:
            self._length += len(data)
            if self._length <= _LONGEST_SCRIPT:
                self._parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._parts is not None:
            self.scripts.append("".join(self._parts))
            self._parts = None
