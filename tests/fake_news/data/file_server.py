"""A server of files that breaks as the servers of data sets do: cuts, knows no ranges, changes a file meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from tests.extension.local_http import QuietHandler, serving_in_a_thread


@dataclass
class FileServer:
    """What it serves, how it fails, and what it was asked.

    Attributes
    ----------
    files : content by path, without the first slash
    cuts : after how many bytes of the answer each of the next answers ends, and its connection
    knows_ranges : whether it answers a Range with a part
    tag : its ETag; none if empty
    requests : path, Range and If-Range of every request
    """

    files: dict[str, bytes]
    cuts: list[int] = field(default_factory=list)
    knows_ranges: bool = True
    tag: str = '"one"'
    says_length: bool = True
    requests: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    address: str = ""


@contextmanager
def serving_files(server: FileServer) -> Iterator[FileServer]:
    """Serve while the context lasts."""

    class Handler(QuietHandler):
        def do_GET(self) -> None:  # noqa: N802
            _answer(self, server)

    with serving_in_a_thread(Handler) as port:
        server.address = f"http://127.0.0.1:{port}"
        yield server


def _answer(handler: QuietHandler, server: FileServer) -> None:
    path = handler.path.lstrip("/")
    wanted, condition = handler.headers.get("Range"), handler.headers.get("If-Range")
    server.requests.append((path, wanted, condition))
    content = server.files.get(path)
    if content is None:
        handler.send_whole(404, "text/plain", b"no such file")
        return
    start = int(found[1]) if (found := re.match(r"bytes=(\d+)-$", wanted or "")) else 0
    if not server.knows_ranges or (condition and condition != server.tag):
        start = 0
    if start and start >= len(content):
        handler.send_response(416)
        handler.send_header("Content-Range", f"bytes */{len(content)}")
        handler.send_header("Content-Length", "0")
        handler.end_headers()
        return
    handler.send_response(206 if start else 200)
    if start:
        handler.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
    if server.tag:
        handler.send_header("ETag", server.tag)
    if server.says_length:
        handler.send_header("Content-Length", str(len(content) - start))
    handler.end_headers()
    cut = server.cuts.pop(0) if server.cuts else len(content)
    with suppress(ConnectionError):  # some tests are about those who stop listening
        handler.wfile.write(content[start : start + cut])
    handler.close_connection = True
