"""The first page: there after the installation, with a paragraph to try and word of the server."""

from __future__ import annotations

import pytest

from tests.conftest import RunningServer
from tests.extension.browsers import Browser, Tab
from tests.extension.card import wait_for_card
from tests.extension.faulty_servers import unreachable
from tests.extension.painting import wait_for_painting
from tests.extension.server_verdicts import by_weight, judge, painted_in

pytestmark = pytest.mark.browser

WELCOME = "extension/welcome/welcome.html"
SERVER = "document.querySelector('#server').dataset.state"


def test_installing_opens_the_welcome_page_in_the_background(running_browser: Browser) -> None:
    assert running_browser.tabs_of_installation() == [{"url": running_browser.extension_url(WELCOME), "active": False}]


def test_the_welcome_page_waits_for_the_server_and_its_example_can_be_checked(
    browser: Browser, tab: Tab, running_server: RunningServer
) -> None:
    with unreachable() as address:
        browser.write_storage("settings", {"serverAddress": address})
        tab.get(browser.extension_url(WELCOME))
        tab.wait_until(f"{SERVER} === 'unreachable'", "word that there is no server")
        assert "python3 scripts/start.py" in tab.evaluate("document.querySelector('#server').textContent")
    browser.write_storage("settings", {"serverAddress": running_server.address})
    tab.wait_until(f"{SERVER} === 'ready'", "the server is noticed")
    text = tab.evaluate("document.querySelector('#try-it p').textContent")
    expected = painted_in(running_server.address, text)
    assert expected, "the model no longer judges these statements: choose others"
    tab.select_with_mouse(text, "#try-it p")
    assert [(one["label"], one["quote"]) for one in wait_for_card(tab).statements] == by_weight(
        judge(running_server.address, text)
    )
    assert wait_for_painting(tab, expected) == expected
