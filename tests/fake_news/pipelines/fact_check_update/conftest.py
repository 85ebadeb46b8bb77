"""Servers of fact-checks on this machine, and updates that ask them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.pipelines.fact_check_update.update import Update
from fake_news.pipelines.fact_check_update.web import Web
from tests.fake_news.pipelines.fact_check_update.feed_server import FeedServer, Serve, serving_feed


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the machine's own environment names is no part of these tests."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts a server."""
    with ExitStack() as stack:
        yield lambda **how: stack.enter_context(serving_feed(FeedServer(**how)))


@pytest.fixture
def pauses() -> list[float]:
    """The seconds that an update wanted to wait, which no test does."""
    return []


@pytest.fixture
def database(tmp_path: Path) -> Iterator[ImportedDatabase]:
    found = ImportedDatabase(tmp_path / "home")
    yield found
    found.close()


@pytest.fixture
def start_update(database: ImportedDatabase, tmp_path: Path, pauses: list[float]) -> Callable[..., Update]:
    """Makes an update."""

    def start(**how: Any) -> Update:
        return Update(database, tmp_path / "updates", web=Web(pauses.append), **how)

    return start
