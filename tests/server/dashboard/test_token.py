"""The dashboard of a server that demands its access token, in real browsers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import RunningServer
from tests.extension.browsers import Tab
from tests.server.dashboard.page import fill_in, open_view

pytestmark = pytest.mark.browser

DIALOG = "document.querySelector('dialog[open] #token') !== null"
ROOM_FOR_MODEL = "document.querySelector('#model-card')"


@pytest.fixture
def shared_server(start_server: Callable[..., RunningServer], monkeypatch: pytest.MonkeyPatch) -> RunningServer:
    """A server whose token is known to this test."""
    monkeypatch.setenv("PLUMBLINE_TOKEN", TOKEN)
    return start_server("--require-token")


TOKEN = "a-token-that-only-this-test-knows"


def test_the_reader_is_asked_for_the_token_once(tab: Tab, shared_server: RunningServer) -> None:
    open_view(tab, shared_server.address, "model")
    tab.wait_until(DIALOG, "the question")
    assert tab.evaluate(f"{ROOM_FOR_MODEL}.hidden")
    fill_in(tab, "#token", "a-token-that-is-not-the-right-one")
    tab.press("Enter")
    tab.wait_until(f"{DIALOG} && document.querySelector('#token').value === ''", "the question again")
    fill_in(tab, "#token", TOKEN)
    tab.press("Enter")
    tab.wait_until(f"!{ROOM_FOR_MODEL}.hidden", "the answer")
    tab.click("nav a[href='#feedback']")
    tab.wait_until("!document.querySelector('#feedback-none').hidden", "the next answer, without a question")
    assert TOKEN not in tab.evaluate("location.href")
    assert TOKEN not in shared_server.log.read_text(encoding="utf-8")


def test_a_missing_token_is_reported(tab: Tab, shared_server: RunningServer) -> None:
    open_view(tab, shared_server.address, "model")
    tab.wait_until(DIALOG, "the question")
    tab.press("Escape")
    tab.wait_until("document.querySelector('#model-status').dataset.code === 'token-required'", "the refusal")
    assert tab.evaluate(f"{ROOM_FOR_MODEL}.hidden")
