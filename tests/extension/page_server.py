"""The pages that the browsers visit, served on a loopback port: those written for the tests and saved real ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

from tests.extension.local_http import serving_in_a_thread

PAGES = Path(__file__).with_name("pages")
NODE_MODULES = Path(__file__).with_name("node_modules")
STRICT_POLICY = "default-src 'none'; style-src 'none'; require-trusted-types-for 'script'"


class PageHandler(SimpleHTTPRequestHandler):
    """Files of one folder; ``strict_policy.html`` comes with the strictest content security policy,
    and ``?sandbox`` takes a page its origin.

    What npm installed for the tests lies under ``/node_modules/``.
    """

    def translate_path(self, path: str) -> str:
        """The file of an address."""
        if path.startswith("/node_modules/"):
            return str(NODE_MODULES.parent / path.removeprefix("/"))
        return super().translate_path(path)

    def end_headers(self) -> None:
        if self.path.endswith("/strict_policy.html"):
            self.send_header("Content-Security-Policy", STRICT_POLICY)
        if self.path.endswith("?sandbox"):
            self.send_header("Content-Security-Policy", "sandbox allow-scripts")
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: a browser asks for much that saved pages lack."""


@dataclass(frozen=True)
class PageServer:
    """Where the pages of a folder can be visited."""

    port: int

    def url(self, page: str, host: str = "127.0.0.1") -> str:
        """The address of a page; to the extension ``127.0.0.1`` and ``localhost`` are two sites."""
        return f"http://{host}:{self.port}/{page}"


@contextmanager
def serving_pages(folder: Path) -> Iterator[PageServer]:
    """Serve a folder on a free port while the context lasts."""
    with serving_in_a_thread(partial(PageHandler, directory=str(folder))) as port:
        yield PageServer(port)
