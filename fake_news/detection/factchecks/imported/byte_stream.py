"""The bytes of a file to import: unpacked if it is gzip, decoded in its encoding, and with its progress reported."""

from __future__ import annotations

import codecs
import io
import zlib
from typing import Any, BinaryIO

from fake_news.common.progress import Progress
from fake_news.detection.factchecks.imported.errors import ImportedFactChecksError

GZIP = b"\x1f\x8b"
_CHUNK = 1 << 16
_MOST_BYTES = 8 << 30
_MOST_TIMES_LARGER = 200  # feeds shrink to a tenth; a file that shrinks to a thousandth is a zip bomb
_ALWAYS_ALLOWED = 64 << 20
_FALLBACK = "plumbline-windows-1252"


class ImportFile(io.RawIOBase):
    """The bytes of a file from its beginning, unpacked if they are gzip.

    Parameters
    ----------
    file : opened for bytes, at its beginning
    name : what to call it in errors
    progress : called with the number of bytes read of the file itself, packed or not

    Raises
    ------
    ImportedFactChecksError
        If the file cannot be read to its end, is not gzip although it begins so, or unpacks to far too much.
    """

    def __init__(self, file: BinaryIO, name: str, size: int, progress: Progress) -> None:
        self._file, self._name, self._size, self._progress = file, name, size, progress
        beginning = self._read(2)
        file.seek(0)
        self._unpack = zlib.decompressobj(wbits=31) if beginning == GZIP else None
        self._ready = b""
        self._unpacked = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        content = self._unpacked_bytes(len(buffer)) if self._unpack else self._read(len(buffer))
        buffer[: len(content)] = content
        self._progress(min(self._file.tell(), self._size), self._size)
        return len(content)

    def beginning(self, most: int = 4096) -> bytes:
        """Return the first bytes after leading white space; reading starts again from the beginning afterwards."""
        found = b""
        while len(found) < most and (content := self._unpacked_bytes(most) if self._unpack else self._read(most)):
            found = (found + content).lstrip(b" \t\r\n\x1e")
        self._file.seek(0)
        self._unpack = zlib.decompressobj(wbits=31) if self._unpack else None
        self._ready, self._unpacked = b"", 0
        return found[:most]

    def _read(self, most: int) -> bytes:
        try:
            return self._file.read(most)
        except OSError as error:  # here, or the database would report it as its own error
            raise unreadable(self._name, error) from error

    def _unpacked_bytes(self, most: int) -> bytes:
        """Unpack the next part; a file may consist of several gzip files one after another."""
        while True:
            assert self._unpack is not None
            packed = self._unpack.unconsumed_tail or self._ready or self._read(_CHUNK)
            if not packed:
                if not self._unpack.eof and self._unpacked:
                    raise ImportedFactChecksError(f"{self._name} ends too early.", "Download the file again.")
                return b""
            self._ready = b""
            if self._unpack.eof:
                self._unpack = zlib.decompressobj(wbits=31)
            try:
                content = self._unpack.decompress(packed, most)
            except zlib.error as error:
                raise ImportedFactChecksError(
                    f"{self._name} is not valid gzip data ({error}).",
                    "Download it again.",
                ) from error
            self._ready = self._unpack.unused_data
            self._unpacked += len(content)
            self._refuse_bomb()
            if content:
                return content

    def _refuse_bomb(self) -> None:
        allowed = max(_ALWAYS_ALLOWED, self._file.tell() * _MOST_TIMES_LARGER)
        if self._unpacked > min(allowed, _MOST_BYTES):
            raise ImportedFactChecksError(
                f"{self._name} unpacks to more than {self._unpacked:,} bytes.", "It is not a feed of fact-checks."
            )


def unreadable(name: str, error: OSError) -> ImportedFactChecksError:
    """Make the error of a file that the system cannot read."""
    return ImportedFactChecksError(f"{name} cannot be read ({error.strerror}).", "Is it the right file?")


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Decode bytes that are not UTF-8 as Windows-1252, so that one wrong byte does not make a feed unreadable."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", errors="replace"), error.end


codecs.register_error(_FALLBACK, _as_windows_1252)


def encoding_of(beginning: bytes) -> str:
    """Detect the encoding of a file from its first bytes."""
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if beginning[1:2] == b"\0" and beginning[:1] not in (b"", b"\0"):
        return "utf-16-le"  # some programs leave out the byte-order mark
    return "utf-8-sig"


def incremental_decoder(encoding: str) -> codecs.IncrementalDecoder:
    """Make a decoder that works piece by piece and never fails."""
    return codecs.getincrementaldecoder(encoding)(errors=_errors(encoding))


def text_lines(file: io.RawIOBase, encoding: str) -> io.TextIOWrapper:
    """Open a file as text, line ends unchanged."""
    return io.TextIOWrapper(io.BufferedReader(file), encoding=encoding, errors=_errors(encoding), newline="")


def _errors(encoding: str) -> str:
    return _FALLBACK if encoding.startswith("utf-8") else "replace"
