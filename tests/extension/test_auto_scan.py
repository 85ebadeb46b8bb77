"""Auto-scan: off until the reader switches it on for a site, then doubtful statements light up; off leaves nothing."""

from __future__ import annotations

import pytest

from tests.conftest import RunningServer
from tests.extension.article import expected_painting, text_of
from tests.extension.browsers import Browser, Firefox, Tab
from tests.extension.card import card_of, wait_for_card, wait_until_closed
from tests.extension.engine import Statement, painted_in
from tests.extension.page_server import PageServer
from tests.extension.painting import REGISTERED, markup, painted, wait_for_painting
from tests.extension.popup import FINDINGS, IS_OFF, popup_about, switch_auto_scan
from tests.extension.recording_server import RecordingServer
from tests.extension.scripted_server import scripted, statement

pytestmark = pytest.mark.browser


@pytest.fixture
def article(tab: Tab, pages: PageServer, running_server: RunningServer) -> list[Statement]:
    """The article is open; the answer is what has to be painted in it."""
    tab.get(pages.url("article.html"))
    return expected_painting(tab, running_server.address)


def test_the_switch_paints_the_statements_of_the_page(browser: Browser, tab: Tab, article: list[Statement]) -> None:
    switch_auto_scan(browser, tab, on=True)
    assert wait_for_painting(tab, article) == article


def test_popup_counts_and_lists_every_finding(browser: Browser, tab: Tab, article: list[Statement]) -> None:
    switch_auto_scan(browser, tab, on=True)
    wait_for_painting(tab, article)
    with popup_about(browser, tab) as popup:
        popup.wait_until(f"{FINDINGS}.length === {len(article)}", "the list of findings")
        listed = popup.evaluate(FINDINGS)
        assert sorted(label for label, _ in listed) == [statement.label for statement in article]
        for statement in article:
            assert any(statement.text in shown for _, shown in listed)
        assert str(len(article)) in popup.evaluate("document.querySelector('#findings-count').textContent")


def test_a_finding_in_the_popup_leads_to_its_statement(browser: Browser, tab: Tab, article: list[Statement]) -> None:
    switch_auto_scan(browser, tab, on=True)
    wait_for_painting(tab, article)
    with popup_about(browser, tab) as popup:
        popup.wait_until(f"{FINDINGS}.length === {len(article)}", "the list of findings")
        popup.click("#findings li button")
    card = wait_for_card(tab)
    assert (card.statements[0]["label"], card.statements[0]["quote"]) in article


def middle_of_first_mark(tab: Tab) -> list[float]:
    point: list[float] = tab.evaluate(
        f"""[{REGISTERED}.flatMap((name) => [...CSS.highlights.get(name)])[0].getClientRects()[0]]
            .map((line) => [line.left + line.width / 2, line.top + line.height / 2])[0]"""
    )
    return point


def test_a_click_on_painted_text_opens_its_card(browser: Browser, tab: Tab, article: list[Statement]) -> None:
    switch_auto_scan(browser, tab, on=True)
    wait_for_painting(tab, article)
    tab.click_at(*middle_of_first_mark(tab))
    (statement,) = wait_for_card(tab).statements
    assert (statement["label"], statement["quote"]) in article


def test_resting_on_painted_text_opens_its_card_until_the_mouse_leaves(
    browser: Browser, tab: Tab, article: list[Statement]
) -> None:
    switch_auto_scan(browser, tab, on=True)
    wait_for_painting(tab, article)
    tab.hover_at(*middle_of_first_mark(tab))
    card = wait_for_card(tab)
    assert (card.statements[0]["label"], card.statements[0]["quote"]) in article
    tab.hover_at(card.rectangle["left"] + 40, card.rectangle["top"] + 40)
    tab.evaluate("new Promise((resolve) => setTimeout(resolve, 700))")  # that it stays open cannot be waited for
    assert card_of(tab) is not None
    tab.hover_at(20, 20)
    wait_until_closed(tab)


def test_the_badge_counts_the_findings(browser: Browser, tab: Tab, article: list[Statement]) -> None:
    switch_auto_scan(browser, tab, on=True)
    wait_for_painting(tab, article)
    tab.activate()
    browser.back_office.wait_until(
        "chrome.tabs.query({active: true, currentWindow: true})"
        ".then(([{id}]) => chrome.action.getBadgeText({tabId: id}))"
        f".then((text) => text === '{len(article)}')",
        "the count on the button",
    )


def test_frames_are_scanned_with_the_page_that_they_stand_in(browser: Browser, tab: Tab, pages: PageServer) -> None:
    with scripted(lambda text: [statement(text, "false")]) as server:
        browser.write_storage("settings", {"serverAddress": server.address})
        tab.get(pages.url("framed.html"))
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
def test_frames_that_are_not_told_where_they_stand_are_scanned_with_their_page(
    browser: Browser, tab: Tab, pages: PageServer
) -> None:
    assert isinstance(browser, Firefox)
    with browser.ancestors_untold(), scripted(lambda text: [statement(text, "false")]) as server:
        browser.write_storage("settings", {"serverAddress": server.address})
        tab.get(pages.url("framed.html", "herald.example"))
        assert tab.evaluate("location.ancestorOrigins === undefined"), "this Firefox tells all the same"
        switch_auto_scan(browser, tab, on=True)
        with popup_about(browser, tab) as popup:
            popup.wait_until(f"{FINDINGS}.length > 2", "the findings of the frame of another site")


def test_a_site_that_is_scanned_is_not_scanned_in_the_pages_of_others(
    browser: Browser, tab: Tab, pages: PageServer
) -> None:
    with scripted(lambda text: [statement(text, "false")]) as server:
        browser.write_storage("settings", {"serverAddress": server.address, "autoScanSites": ["localhost"]})
        tab.get(pages.url("framed.html"))
        with popup_about(browser, tab) as popup:
            popup.wait_until(IS_OFF, "auto-scan is off for the page")
        assert server.texts == []


def test_switching_off_leaves_nothing(browser: Browser, tab: Tab, article: list[Statement]) -> None:
    before = markup(tab)
    style_sheets = tab.evaluate("document.adoptedStyleSheets.length")
    switch_auto_scan(browser, tab, on=True)
    wait_for_painting(tab, article)
    assert markup(tab) == before
    switch_auto_scan(browser, tab, on=False)
    tab.wait_until(f"{REGISTERED}.length === 0", "no highlight registered")
    assert markup(tab) == before
    assert tab.evaluate("document.adoptedStyleSheets.length") == style_sheets


def test_without_the_switch_nothing_leaves_the_page(
    browser: Browser, tab: Tab, pages: PageServer, recorder: RecordingServer
) -> None:
    tab.get(pages.url("article.html"))
    with popup_about(browser, tab) as popup:
        popup.wait_until(IS_OFF, "auto-scan is off")
    assert recorder.texts == []
    assert painted(tab) == []


def test_the_switch_holds_for_its_site_alone_and_survives_a_reload(
    browser: Browser, tab: Tab, pages: PageServer, article: list[Statement]
) -> None:
    switch_auto_scan(browser, tab, on=True)
    assert wait_for_painting(tab, article) == article
    tab.reload()
    assert wait_for_painting(tab, article) == article
    tab.get(pages.url("article.html", host="localhost"))
    with popup_about(browser, tab) as popup:
        popup.wait_until(IS_OFF, "auto-scan is off")
    assert painted(tab) == []


def test_paragraphs_that_come_later_are_painted_and_those_that_go_are_forgotten(
    browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer, recorder: RecordingServer
) -> None:
    tab.get(pages.url("growing.html"))
    first = tab.evaluate("document.querySelector('p').textContent")
    switch_auto_scan(browser, tab, on=True)
    expected = painted_in(running_server.address, first)
    assert wait_for_painting(tab, expected) == expected
    already_sent = len(recorder.texts)
    tab.click("#more")
    added = tab.wait_until("document.querySelector('.later')?.textContent", "a second paragraph")
    expected = painted_in(running_server.address, first, added)
    assert len(expected) == 2, "the model no longer judges these statements: choose others"
    assert wait_for_painting(tab, expected) == expected
    assert recorder.texts[already_sent:] == [added], "what was there already is not sent again"
    tab.click("#less")
    expected = painted_in(running_server.address, first)
    assert wait_for_painting(tab, expected) == expected


def test_the_strictest_content_security_policy_changes_nothing(
    browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    tab.get(pages.url("strict_policy.html"))
    expected = painted_in(running_server.address, text_of(tab, "#claim"))
    before = markup(tab)
    switch_auto_scan(browser, tab, on=True)
    assert wait_for_painting(tab, expected) == expected
    assert markup(tab) == before
