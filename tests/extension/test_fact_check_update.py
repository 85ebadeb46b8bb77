"""A reader runs one command, and the next selection in the browser finds one of the rulings that it brought."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, RunningServer
from tests.extension.browsers import Browser, Tab
from tests.extension.card import wait_for_card
from tests.extension.page_server import PageServer
from tests.extension.server_verdicts import ask
from tests.fake_news.pipelines.fact_check_update.feeds import feed, review

pytestmark = pytest.mark.browser

CLAIM = "The ferry of Harlow Creek has sunk forty times"
PAGE = "https://facts.example/ferry"
WRITE = "(text) => { document.querySelector('#ballots').textContent = text; }"


@pytest.mark.parametrize("running_browser", ["chromium"], indirect=True)
def test_the_next_selection_uses_a_ruling_of_an_update(
    tab: Tab, browser: Browser, pages: PageServer, start_server: Callable[..., RunningServer], tmp_path: Path
) -> None:
    server = start_server()
    (before,) = ask(server.address, f"{CLAIM}.")
    assert PAGE not in [found["url"] for found in before["evidence"]]
    others = [review(number, claimReviewed=f"The pier has burned down {number} times") for number in range(300)]
    (tmp_path / "feed.json").write_bytes(feed(*others, review(0, url=PAGE, claimReviewed=CLAIM)))
    update = [sys.executable, "-m", "fake_news", "factchecks", "update", "--yes", "--from", str(tmp_path / "feed.json")]
    subprocess.run([*update, "--data-folder", str(server.log.with_suffix(".data"))], cwd=ROOT, check=True)
    browser.write_storage("settings", {"serverAddress": server.address})
    tab.get(pages.url("article.html"))
    tab.call(WRITE, f"{CLAIM}.")
    tab.select_with_mouse(f"{CLAIM}.", "#ballots")
    (shown,) = wait_for_card(tab).statements
    assert shown["label"] == "false"
    ruling = next(found for found in shown["evidence"] if CLAIM in (found["checked"] or ""))
    assert (ruling["relation"], ruling["rating"]) == ("same-claim", "False")
    assert "Creek Facts" in ruling["link"]
