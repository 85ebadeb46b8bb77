"""A server that does not answer as it should: four failures, four messages, each saying what to do."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.conftest import RunningServer
from tests.extension.browsers import Browser, Tab
from tests.extension.card import wait_for_card, wait_until_closed
from tests.extension.faulty_servers import FAULTS
from tests.extension.page_server import PageServer
from tests.extension.painting import markup, painted
from tests.extension.popup import popup_about

pytestmark = pytest.mark.browser

COMMAND = "python3 scripts/start.py"
PATIENCE = {"timeoutSeconds": 1}
SENTENCE = "The old bridge carried about 9,400 cars a day last year"


def test_card_and_popup_name_each_failure_and_what_to_do_until_the_server_is_back(
    browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    messages = set()
    for kind, fault in FAULTS.items():
        with fault() as address:
            browser.write_storage("settings", {"serverAddress": address, **(PATIENCE if kind == "timeout" else {})})
            tab.get(pages.url("article.html"))
            before = markup(tab)
            tab.select_with_mouse(SENTENCE, "#bridge")
            card = wait_for_card(tab)
            assert (card.state, card.failure) == ("failure", kind)
            with popup_about(browser, tab) as popup:
                assert popup.evaluate("document.querySelector('#server').dataset.state") == kind
                said = popup.evaluate("document.querySelector('#server').textContent")
        for text in (card.text, said):
            assert address in text, kind
            assert f"{COMMAND} --port {urlsplit(address).port}" in text, kind
        messages.add(card.text.replace(address, "…"))
        assert painted(tab) == []
        tab.press("Escape")
        wait_until_closed(tab)
        assert markup(tab) == before, "a failure changed the page"
    assert len(messages) == len(FAULTS), "two failures have the same words"

    browser.write_storage("settings", {"serverAddress": running_server.address})
    tab.activate()
    tab.select_with_mouse("and the state paid for 60 percent of its repair", "#bridge")
    assert wait_for_card(tab).state == "verdict"
    with popup_about(browser, tab) as popup:
        assert popup.evaluate("document.querySelector('#server').dataset.state") == "ready"
        assert running_server.address in popup.evaluate("document.querySelector('#server').textContent")
