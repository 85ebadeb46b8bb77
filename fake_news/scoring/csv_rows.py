"""Rows of a CSV file with a header: RFC 4180, quoted line ends included."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from fake_news.common.errors import DataError

_LONGEST_FIELD = 2**26
_WIDE = ("utf_16", "utf_32")  # encodings in which a line end is no single byte


def read(path: Path, encoding: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows with the number of the line on which they end.

    Raises
    ------
    DataError
        If a byte is of another encoding, a quotation mark is not closed, a row has too many or too few fields, or a
        column's name is missing or stands twice; the message names the line.
    OSError
        If the file cannot be read.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    with path.open("rb") as file:
        reader = csv.reader(decoded(file, path, encoding), strict=True)
        try:
            names = next(reader, [])
            _check_names(names, path)
            for fields in reader:
                if not fields:
                    continue  # an empty line is no row
                if len(fields) != len(names):
                    raise DataError(
                        f"{path}, line {reader.line_num}: {len(fields)} fields, expected {len(names)}.",
                        "Correct or remove the row.",
                    )
                yield reader.line_num, dict(zip(names, fields, strict=True))
        except csv.Error as error:
            raise DataError(
                f"{path}, line {reader.line_num}: {error}; is a quotation mark not closed, or not doubled?",
                "Correct or remove the row.",
            ) from error


def decoded(file: BinaryIO, path: Path, encoding: str) -> Iterator[str]:
    """The lines of a file, line ends included.

    Raises
    ------
    DataError
        If the encoding is unknown, or a line is not of it; the message names the line.
    """
    try:
        codec = codecs.lookup(encoding).name.replace("-", "_")
    except LookupError as error:
        raise DataError(f"There is no encoding {encoding!r}.", "Such as --encoding utf-8, cp1252, utf-16.") from error
    if codec.startswith(_WIDE):
        yield from _wide_lines(file, path, encoding)
        return
    for number, line in enumerate(file, start=1):
        content = line.removeprefix(codecs.BOM_UTF8) if number == 1 and codec.startswith("utf_8") else line
        try:
            yield content.decode(encoding)
        except UnicodeDecodeError as error:
            wide = number == 1 and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
            hint = "utf-16" if wide else "cp1252, or what it is"
            raise DataError(
                f"{path}, line {number}: byte 0x{content[error.start]:02x} is not {encoding}.",
                f"Save the file in one encoding, or name it: --encoding {hint}.",
            ) from error


def _wide_lines(file: BinaryIO, path: Path, encoding: str) -> Iterator[str]:
    lines = io.TextIOWrapper(file, encoding, newline="")
    number = 0
    try:
        for line in lines:
            number += 1
            yield line
    except UnicodeError as error:
        raise DataError(
            f"{path}, after line {number}: not {encoding} ({error}).", "Name another --encoding."
        ) from error
    finally:
        lines.detach()  # the caller closes the file


def _check_names(names: list[str], path: Path) -> None:
    for name in names:
        if not name.strip() or names.count(name) > 1:
            how = f"stands {names.count(name)} times" if name.strip() else "has no name"
            raise DataError(f"{path}, line 1: a column {name!r} {how}.", "Give every column a name of its own.")
