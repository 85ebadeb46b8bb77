"""Bytes as text, in the encodings that files of fact-checks come in: UTF-8, UTF-16, Windows-1252, or mixed."""

from __future__ import annotations

import codecs
import io

_FALLBACK = "plumbline-windows-1252"


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """What the bytes that are not UTF-8 are in Windows-1252: one wrong byte does not make a feed unreadable."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", errors="replace"), error.end


codecs.register_error(_FALLBACK, _as_windows_1252)


def encoding_of(beginning: bytes) -> str:
    """The encoding that the first bytes of a file tell."""
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if beginning[1:2] == b"\0" and beginning[:1] not in (b"", b"\0"):
        return "utf-16-le"  # as some programs write it, without its mark
    return "utf-8-sig"


def incremental_decoder(encoding: str) -> codecs.IncrementalDecoder:
    """Decodes piece by piece, and never fails."""
    return codecs.getincrementaldecoder(encoding)(errors=_errors(encoding))


def text_lines(file: io.RawIOBase, encoding: str) -> io.TextIOWrapper:
    """A file as text, line ends as they are."""
    return io.TextIOWrapper(io.BufferedReader(file), encoding=encoding, errors=_errors(encoding), newline="")


def _errors(encoding: str) -> str:
    return _FALLBACK if encoding.startswith("utf-8") else "replace"
