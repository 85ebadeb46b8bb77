"""Drift and shadow on the dashboard, in real browsers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fake_news.monitoring.reference import FIELD
from tests.conftest import RunningServer
from tests.extension.browsers import Tab
from tests.fake_news.monitoring.references import reference
from tests.server.checkpoints import changed_checkpoint
from tests.server.conftest import Client
from tests.server.dashboard.page import open_view, text_of
from tests.server.starting import wait_until

pytestmark = pytest.mark.browser

ROWS = """[...document.querySelectorAll('#drift-table tbody tr')]
  .map((row) => [row.dataset.state, ...[...row.cells].slice(0, 3).map((cell) => cell.textContent)])"""
PAIRS = """[...document.querySelectorAll('#shadow-table tbody td')]
  .reduce((sum, cell) => sum + Number(cell.textContent), 0)"""


@pytest.fixture
def watched(start_server: Callable[..., RunningServer], tmp_path: Path) -> RunningServer:
    """A server that has read five hundred sentences of one kind, twice, with a shadow that trusts more."""

    def referenced(model: dict[str, Any]) -> None:
        model["card"][FIELD] = reference().as_json()

    def trusting(model: dict[str, Any]) -> None:
        model["calibration"]["intercept"] += 3.0

    folders = [changed_checkpoint(tmp_path, "champion", referenced), changed_checkpoint(tmp_path, "trusting", trusting)]
    server = start_server("--checkpoint", str(folders[0]), "--shadow", str(folders[1]))
    blocks = [{"id": str(number), "text": f"The county spent {number} dollars on bridges."} for number in range(500)]
    for _ in range(2):
        assert Client(server.port).check({"blocks": blocks}).status == 200
    return server


def test_drift_and_shadow_are_shown(tab: Tab, watched: RunningServer) -> None:
    client = Client(watched.port)
    open_view(tab, watched.address, "history")
    tab.wait_until("document.querySelectorAll('#drift-table tbody tr').length === 5", "the traits")
    drift = client.ask("GET", "/api/v1/statistics").json()["drift"]
    assert text_of(tab, "#drift") == drift["advice"]
    assert "checkpoint champion" in text_of(tab, "#drift-words")
    told = {row[1]: (row[0], row[2], row[3]) for row in tab.evaluate(ROWS)}
    assert told["Length"] == ("drifted", "Drifted", "1,000")
    assert [row[0] for row in tab.evaluate(ROWS)] == [one["state"] for one in drift["traits"]]
    tab.wait_until("!document.querySelector('#shadow-panel').hidden", "the shadow")
    wait_until(lambda: client.ask("GET", "/api/v1/statistics").json()["shadow"]["statements"] == 500)
    open_view(tab, watched.address, "history")
    tab.wait_until(f"{PAIRS} === 500", "every pair of labels")
    agreement = "trusting judged the same texts in the background while champion answered. Of 500 statements"
    assert agreement in text_of(tab, "#shadow-words")


def test_without_either_the_page_says_so(tab: Tab, fresh_server: RunningServer) -> None:
    open_view(tab, fresh_server.address, "history")
    tab.wait_until("document.querySelector('#drift').textContent !== ''", "a word on drift")
    assert tab.evaluate("document.querySelector('#shadow-panel').hidden")
    assert tab.evaluate("document.querySelector('#drift-traits').hidden")
