"""Auto-scan: off until the reader switches it on for a site, then doubtful statements light up; off leaves nothing."""

from __future__ import annotations

import pytest

from tests.conftest import RunningServer
from tests.extension.article import expected_painting, text_of
from tests.extension.browsers import Browser, Firefox, Tab
from tests.extension.card import card_of, wait_for_card, wait_until_closed
from tests.extension.page_server import PageServer
from tests.extension.painting import REGISTERED, markup, painted, wait_for_painting
from tests.extension.popup import FINDINGS, IS_OFF, popup_about, switch_auto_scan
from tests.extension.recording_server import RecordingServer
from tests.extension.scripted_server import scripted, statement
from tests.extension.server_verdicts import by_weight, judge, painted_in

pytestmark = pytest.mark.browser

SHEETS = "document.adoptedStyleSheets.length"
BADGE = (
    "chrome.tabs.query({active: true, currentWindow: true})"
    ".then(([{id}]) => chrome.action.getBadgeText({tabId: id})).then((text) => text === '%s')"
)


def middle_of_first_mark(tab: Tab) -> list[float]:
    point: list[float] = tab.evaluate(
        f"""[{REGISTERED}.flatMap((name) => [...CSS.highlights.get(name)])[0].getClientRects()[0]]
            .map((line) => [line.left + line.width / 2, line.top + line.height / 2])[0]"""
    )
    return point


def test_the_switch_starts_and_stops_the_scan_of_a_site(
    browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer, recorder: RecordingServer
) -> None:
    tab.get(pages.url("article.html"))
    article = expected_painting(tab, running_server.address)
    before, sheets = markup(tab), tab.evaluate(SHEETS)
    with popup_about(browser, tab) as popup:
        popup.wait_until(IS_OFF, "auto-scan is off")
    assert (recorder.texts, painted(tab)) == ([], []), "something left the page before the switch was turned"

    switch_auto_scan(browser, tab, on=True)
    assert wait_for_painting(tab, article) == article
    assert markup(tab) == before
    tab.activate()
    browser.back_office.wait_until(BADGE % len(article), "the count on the button")

    tab.hover_at(*middle_of_first_mark(tab))
    card = wait_for_card(tab)
    assert (card.statements[0]["label"], card.statements[0]["quote"]) in article, "resting on a mark opens its card"
    tab.hover_at(card.rectangle["left"] + 40, card.rectangle["top"] + 40)
    tab.hover_at(20, 20)
    wait_until_closed(tab)
    tab.click_at(*middle_of_first_mark(tab))
    card = wait_for_card(tab)
    assert (card.statements[0]["label"], card.statements[0]["quote"]) in article, "a click on a mark opens its card"
    tab.press("Escape")

    with popup_about(browser, tab) as popup:
        popup.wait_until(f"{FINDINGS}.length === {len(article)}", "the list of findings")
        listed = popup.evaluate(FINDINGS)
        assert sorted(label for label, _ in listed) == [statement.label for statement in article]
        assert all(any(statement.text in shown for _, shown in listed) for statement in article)
        popup.click("#findings li button")
    card = wait_for_card(tab)
    assert (card.statements[0]["label"], card.statements[0]["quote"]) in article, "the list leads to the statement"

    tab.reload()
    assert wait_for_painting(tab, article) == article, "the switch is lost with a reload"
    tab.get(pages.url("article.html", host="localhost"))
    with popup_about(browser, tab) as popup:
        popup.wait_until(IS_OFF, "auto-scan is off on another site")
    assert painted(tab) == []
    tab.get(pages.url("article.html"))
    assert wait_for_painting(tab, article) == article
    switch_auto_scan(browser, tab, on=False)
    tab.wait_until(f"{REGISTERED}.length === 0", "no highlight registered")
    assert (markup(tab), tab.evaluate(SHEETS)) == (before, sheets)
    assert card_of(tab) is None


def test_frames_follow_the_switch_of_their_page(browser: Browser, tab: Tab, pages: PageServer) -> None:
    with scripted(lambda text: [statement(text, "false")]) as server:
        browser.write_storage("settings", {"serverAddress": server.address, "autoScanSites": ["localhost"]})
        tab.get(pages.url("framed.html"))
        with popup_about(browser, tab) as popup:
            popup.wait_until(IS_OFF, "auto-scan is off for the page")
        assert server.texts == [], "a frame is scanned by the switch of its own site"
        own = "document.querySelector('#own').contentWindow"
        texts = [text_of(tab, "main p"), tab.evaluate(f"{own}.document.querySelector('#claim').textContent")]
        switch_auto_scan(browser, tab, on=True)
        tab.wait_until("CSS.highlights.size > 0", "the page painted")
        tab.wait_until(f"{own}.CSS.highlights.size > 0", "the frame painted")
        with popup_about(browser, tab) as popup:
            popup.wait_until(f"{FINDINGS}.length > 2", "the findings of the frame of another site")
            listed = popup.evaluate(FINDINGS)
        assert set(texts) < set(server.texts)
        assert len(listed) == len(server.texts) > len(texts)


@pytest.mark.parametrize("running_browser", ["firefox"], indirect=True)
def test_frames_that_cannot_see_their_page_follow_its_switch(browser: Browser, tab: Tab, pages: PageServer) -> None:
    assert isinstance(browser, Firefox)
    with browser.ancestors_untold(), scripted(lambda text: [statement(text, "false")]) as server:
        browser.write_storage("settings", {"serverAddress": server.address})
        tab.get(pages.url("framed.html", "herald.example"))
        assert tab.evaluate("location.ancestorOrigins === undefined"), "this Firefox tells all the same"
        switch_auto_scan(browser, tab, on=True)
        with popup_about(browser, tab) as popup:
            popup.wait_until(f"{FINDINGS}.length > 2", "the findings of the frame of another site")


def test_a_strict_content_security_policy_does_not_prevent_a_scan(
    browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    tab.get(pages.url("strict_policy.html"))
    text = text_of(tab, "#claim")
    expected = painted_in(running_server.address, text)
    assert expected, "the model no longer judges this statement: choose another"
    before = markup(tab)
    tab.select_with_mouse(text, "#claim")
    card = wait_for_card(tab)
    assert [(one["label"], one["quote"]) for one in card.statements] == by_weight(judge(running_server.address, text))
    assert wait_for_painting(tab, expected) == expected
    tab.press("Escape")
    wait_until_closed(tab)
    assert markup(tab) == before
    switch_auto_scan(browser, tab, on=True)
    assert wait_for_painting(tab, expected) == expected
    assert markup(tab) == before
