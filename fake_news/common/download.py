"""Downloading a file over HTTP, with resumption after a dropped connection."""

from __future__ import annotations

import http.client
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from io import FileIO
from pathlib import Path

from fake_news.common.errors import DataError
from fake_news.common.progress import Progress, no_progress

Open = Callable[[urllib.request.Request], http.client.HTTPResponse]
"""Sends a request; raises what ``urllib`` raises, or another error that ends the download."""

_CHUNK = 1 << 16
_MOST_BYTES = 1 << 30
_TIMEOUT = 30.0
_START_AGAIN = "Start it again: it goes on where it stopped."


def _open_address(request: urllib.request.Request) -> http.client.HTTPResponse:
    answer: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=_TIMEOUT)
    return answer


def download(
    address: str,
    part: Path,
    size: int | None = None,
    progress: Progress = no_progress,
    ask: Open = _open_address,
) -> None:
    """Download ``address`` into the file ``part``, resuming from what an earlier call left there.

    The rest is only requested of the same version of the file: its ETag or Last-Modified date is kept beside it and
    sent as If-Range (RFC 9110, section 13.1.5), so that a changed file arrives from the beginning. The caller checks
    whether the bytes are the right ones.

    Parameters
    ----------
    size : bytes expected; more are refused
    progress : receives the bytes that have arrived and their total, where it is known
    ask : sends a request

    Raises
    ------
    DataError
        If the server refuses, cannot be reached or stops answering, or the disk is full. What has arrived is kept.
    """
    if not address.startswith(("http://", "https://")):
        raise DataError(f"{address} is not a web address.", "Use one that begins with https://.")
    furthest = -1
    while (had := _size(part)) > furthest:
        furthest = had
        if _continue(address, part, had, size, progress, ask):
            _mark_of(part).unlink(missing_ok=True)
            return
    raise DataError(f"{address} stopped answering after {had:,} bytes.", _START_AGAIN)


def _continue(address: str, part: Path, had: int, size: int | None, progress: Progress, ask: Open) -> bool:
    """Send one request for the missing bytes; return whether the file is complete."""
    mark = _mark(part) if had else ""
    headers = {"User-Agent": "plumbline", "Accept-Encoding": "identity"}
    if mark:
        headers |= {"Range": f"bytes={had}-", "If-Range": mark}
    try:
        with ask(urllib.request.Request(address, headers=headers)) as answer:
            start = _start(answer, had) if mark else 0
            return _store(address, answer, part, start, size, progress)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and mark:
            if error.headers.get("Content-Range", "") == f"bytes */{had}":
                return True  # the file is complete
            _mark_of(part).unlink()
            return _continue(address, part, had, size, progress, ask)
        raise DataError(f"{address} answers {error.code} {error.reason}.", _hint(error.code)) from error
    except (OSError, http.client.HTTPException) as error:
        if _size(part) > had:
            return False  # the connection was dropped: request the rest
        reason = getattr(error, "reason", None) or error
        raise DataError(f"{address} cannot be reached ({reason}).", _START_AGAIN) from error


def _start(answer: http.client.HTTPResponse, had: int) -> int:
    """Find at which byte of the file the answer begins."""
    if answer.status != http.HTTPStatus.PARTIAL_CONTENT:
        return 0  # the server does not support ranges, or the file has changed
    found = re.match(r"bytes (\d+)-", answer.headers.get("Content-Range", ""))
    if not found or int(found[1]) != had:
        raise DataError(f"{answer.url} sent another part than was asked for.", "Start it again.")
    return had


def _store(
    address: str, answer: http.client.HTTPResponse, part: Path, start: int, size: int | None, progress: Progress
) -> bool:
    length = answer.headers.get("Content-Length")
    total = start + int(length) if length and length.isdigit() else None
    most = _MOST_BYTES if size is None else size
    if total is not None and total > most:
        raise DataError(f"{address} has {total:,} bytes, expected {most:,}.", "Is it still the same file?")
    done = start
    with _open(part, start) as stream:
        _keep_mark(part, answer)
        progress(done, total or size)
        while chunk := answer.read1(_CHUNK):
            done += len(chunk)
            if done > most:
                raise DataError(f"{address} sends more than the {most:,} bytes expected.", "Is it still the same file?")
            _write(stream, chunk, part)
            progress(done, total or size)
    return total is None or done >= total


def _open(part: Path, start: int) -> FileIO:
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        stream = part.open("r+b" if start else "wb", buffering=0)
        stream.seek(start)
    except OSError as error:
        raise _not_written(part, error) from error
    return stream


def _write(stream: FileIO, chunk: bytes, part: Path) -> None:
    """Write all of a chunk, unbuffered: a full disk shows here and not when the file is closed."""
    try:
        while chunk:
            chunk = chunk[stream.write(chunk) :]
    except OSError as error:
        raise _not_written(part, error) from error


def _not_written(part: Path, error: OSError) -> DataError:
    return DataError(
        f"{part} cannot be written ({error.strerror}).",
        "Free some disk space and start it again: it goes on where it stopped.",
    )


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _mark_of(part: Path) -> Path:
    return part.with_name(part.name + ".mark")


def _mark(part: Path) -> str:
    """Find the ETag or date of the version that the beginning came from; empty if the server sent neither."""
    path = _mark_of(part)
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _keep_mark(part: Path, answer: http.client.HTTPResponse) -> None:
    tag = answer.headers.get("ETag", "")
    # A weak tag does not promise the same bytes, and If-Range may not carry one.
    mark = answer.headers.get("Last-Modified", "") if not tag or tag.startswith("W/") else tag
    try:
        _mark_of(part).write_text(mark, encoding="utf-8")
    except OSError as error:
        raise _not_written(part, error) from error


def _hint(status: int) -> str:
    if status in (http.HTTPStatus.NOT_FOUND, http.HTTPStatus.GONE, http.HTTPStatus.FORBIDDEN):
        return "It may have moved: get it by hand and name its folder with --from, or name a --mirror."
    return "Try it again later."
