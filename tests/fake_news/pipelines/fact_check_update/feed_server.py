"""A server of fact-checks that behaves as the real ones do, on good days and bad ones."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import parse_qs, urlsplit

from tests.extension.local_http import QuietHandler, serving_in_a_thread

MODIFIED = "Mon, 04 Mar 2024 05:06:07 GMT"


@dataclass
class FeedServer:
    """What it serves, how it fails, and what it was asked.

    Attributes
    ----------
    content : of every path
    pieces : makes it piece by piece, for one that is too large to be held in memory; so many bytes
    tag, modified : its ETag and Last-Modified; none where empty
    says : what it says its length is, if that is a lie
    cuts : after how many bytes each of the next answers ends, and its connection
    refusals : status and headers of the next answers, whatever is asked
    knows_head : whether it answers HEAD
    claims : pages of claims of Google's interface, by page token
    requests : method, path and headers of every request
    """

    content: bytes = b""
    pieces: tuple[Callable[[], Iterator[bytes]], int] | None = None
    tag: str = '"one"'
    modified: str = MODIFIED
    says: int | None = None
    cuts: list[int] = field(default_factory=list)
    refusals: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    knows_head: bool = True
    claims: dict[str, object] = field(default_factory=dict)
    requests: list[tuple[str, str, Message]] = field(default_factory=list)
    address: str = ""

    def asked(self, method: str) -> list[Message]:
        """The headers of the requests of a method."""
        return [headers for asked, _, headers in self.requests if asked == method]


@contextmanager
def serving_feed(server: FeedServer) -> Iterator[FeedServer]:
    """Serve while the context lasts."""

    class Handler(QuietHandler):
        def do_GET(self) -> None:  # noqa: N802
            _answer(self, server)

        do_HEAD = do_GET  # noqa: N815

    with serving_in_a_thread(Handler) as port:
        server.address = f"http://127.0.0.1:{port}"
        yield server


def _answer(handler: QuietHandler, server: FeedServer) -> None:
    server.requests.append((handler.command, handler.path, handler.headers))
    if server.refusals:
        _send(handler, *server.refusals.pop(0))
    elif handler.command == "HEAD" and not server.knows_head:
        _send(handler, 405, {})
    elif server.claims:
        token = parse_qs(urlsplit(handler.path).query).get("pageToken", [""])[0]
        handler.send_whole(200, "application/json", json.dumps(server.claims[token]).encode())
    elif _is_known(handler, server):
        _send(handler, 304, {"ETag": server.tag} if server.tag else {})
    elif server.pieces:
        _send_pieces(handler, *server.pieces)
    else:
        _send_content(handler, server)


def _is_known(handler: QuietHandler, server: FeedServer) -> bool:
    """Whether the request names the version that there is; with a tag, its date does not count (RFC 9110, 13.1.3)."""
    if tag := handler.headers.get("If-None-Match"):
        return tag == server.tag
    return bool(server.modified) and handler.headers.get("If-Modified-Since") == server.modified


def _send_pieces(handler: QuietHandler, pieces: Callable[[], Iterator[bytes]], size: int) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(size))
    handler.end_headers()
    if handler.command == "GET":
        with suppress(ConnectionError):
            for piece in pieces():
                handler.wfile.write(piece)


def _send_content(handler: QuietHandler, server: FeedServer) -> None:
    version = server.tag or server.modified
    found = re.match(r"bytes=(\d+)-$", handler.headers.get("Range", ""))
    start = int(found[1]) if found and version and handler.headers.get("If-Range") == version else 0
    size = len(server.content)
    if start and start >= size:
        _send(handler, 416, {"Content-Range": f"bytes */{size}"})
        return
    handler.send_response(206 if start else 200)
    if start:
        handler.send_header("Content-Range", f"bytes {start}-{size - 1}/{size}")
    if server.tag:
        handler.send_header("ETag", server.tag)
    if server.modified:
        handler.send_header("Last-Modified", server.modified)
    handler.send_header("Content-Length", str(size - start if server.says is None else server.says))
    handler.end_headers()
    handler.close_connection = True
    if handler.command == "GET":
        cut = server.cuts.pop(0) if server.cuts else size
        with suppress(ConnectionError):
            handler.wfile.write(server.content[start : start + cut])


def _send(handler: QuietHandler, status: int, headers: dict[str, str]) -> None:
    handler.send_response(status)
    for name, value in {"Content-Length": "0", **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()


Serve = Callable[..., FeedServer]
