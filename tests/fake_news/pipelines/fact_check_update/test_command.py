"""``factchecks update`` says what it will do, asks, and says what it did."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fake_news.cli.factchecks_update import PERIODS, recipes
from tests.fake_news.conftest import Run
from tests.fake_news.pipelines.fact_check_update.feed_server import MODIFIED, Serve
from tests.fake_news.pipelines.fact_check_update.feeds import numbered

Command = Callable[..., Run]


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


def test_it_fetches_when_told_to(serve: Serve, tmp_path: Path, command: Command) -> None:
    server = serve(content=numbered(1, 2))
    update = ("factchecks", "update", "--from", f"{server.address}/data.json", "--data-folder", tmp_path, "--yes")
    first = command(*update)
    assert first.status == 0, first.err
    assert f"{server.address}/data.json: 0.0 MB, changed {MODIFIED}" in first.out
    assert "2024-03-05T01:02:03Z: 2 fact-checks added, 0 were there already." in first.out
    again = command(*update)
    assert "nothing new" in again.out
    assert "added" not in again.out


@pytest.mark.parametrize(("answer", "count"), [("y\n", 1), ("n\n", 0), ("", 0)])
def test_it_asks(
    answer: str, count: int, serve: Serve, tmp_path: Path, command_here: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(content=numbered(1))
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    done = command_here("factchecks", "update", "--from", server.address, "--data-folder", tmp_path)
    assert "Fetch and import? [y/N]" in done.out
    assert len(server.asked("GET")) == count
    assert done.status == (0 if count else 2)


def test_it_fetches_nothing_where_nobody_can_be_asked(
    serve: Serve, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(content=numbered(1))
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    done = command("factchecks", "update", "--from", server.address, "--data-folder", tmp_path)
    assert (done.status, "Say --yes" in done.err) == (2, True)
    assert not server.asked("GET")


def test_a_file_needs_no_asking(tmp_path: Path, command: Command) -> None:
    (tmp_path / "feed.json").write_bytes(numbered(1, 2, 3))
    done = command("factchecks", "update", "--from", tmp_path / "feed.json", "--data-folder", tmp_path)
    assert "3 fact-checks added" in done.out


@pytest.mark.parametrize("period", PERIODS)
def test_a_recipe_holds_the_command(period: str) -> None:
    text = recipes(period, ["--publisher", "Full Fact"], "/home/ann/plumb line")
    assert "--publisher 'Full Fact' --yes" in text
    assert "<string>Full Fact</string>" in text
    assert '"Full Fact"' in text


def test_every_prints_and_does_nothing(tmp_path: Path, command: Command) -> None:
    done = command(
        "factchecks", "update", "--every", "week", "--since", "2024-01-01", "--data-folder", tmp_path / "home"
    )
    assert done.status == 0
    assert "OnCalendar=weekly" in done.out
    assert "--since 2024-01-01" in done.out
    assert not (tmp_path / "home").exists()
