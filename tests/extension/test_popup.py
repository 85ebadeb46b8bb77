"""The popup: findings by label, shares, marks from sight; and what it says about pages that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from tests.conftest import RunningServer
from tests.extension.article import PARAGRAPHS, expected_painting, text_of
from tests.extension.browsers import Browser, Tab
from tests.extension.engine import PAINTED_LABELS, Statement, judge
from tests.extension.page_server import PageServer
from tests.extension.painting import REGISTERED, painted, wait_for_painting
from tests.extension.popup import FINDINGS, popup_about
from tests.extension.scanning import set_auto_scan, wait_until_scanned
from tests.extension.scripted_server import HeldJudge, ScriptedServer, scripted, statement

pytestmark = pytest.mark.browser

NOTICE = "document.querySelector('#page-notice').textContent"


@pytest.fixture
def article(browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer) -> list[Statement]:
    """The article is open and scanned."""
    tab.get(pages.url("article.html"))
    expected = expected_painting(tab, running_server.address)
    set_auto_scan(browser, tab, on=True)
    assert wait_for_painting(tab, expected) == expected
    return expected


def test_findings_stand_under_their_label_and_shares_add_up(
    browser: Browser, tab: Tab, article: list[Statement], running_server: RunningServer
) -> None:
    with popup_about(browser, tab) as popup:
        popup.wait_until(f"{FINDINGS}.length === {len(article)}", "the list of findings")
        groups = popup.evaluate(
            "[...document.querySelectorAll('#findings h3')].map((heading) => [heading.querySelector('[data-label]')"
            ".dataset.label, heading.nextElementSibling.querySelectorAll('button').length])"
        )
        shares = popup.evaluate(
            "[...document.querySelectorAll('#shares li')].map((one) => [one.dataset.label, one.textContent])"
        )
    labels = [one.label for one in article]
    assert groups == [[label, labels.count(label)] for label in PAINTED_LABELS if label in labels]
    judged = [one.label for selector in PARAGRAPHS for one in judge(running_server.address, text_of(tab, selector))]
    for label, text in shares:
        assert int(text.split(": ")[1].split(" ")[0]) >= judged.count(label) > 0 or label == "no-claim"
    assert {label for label, _ in shares} >= set(labels)


def test_marks_can_be_taken_from_sight_and_come_back(browser: Browser, tab: Tab, article: list[Statement]) -> None:
    with popup_about(browser, tab) as popup:
        popup.wait_until("!document.querySelector('#hide-marks').hidden", "the button")
        popup.click("#hide-marks")
        popup.wait_until("document.querySelector('#hide-marks').ariaPressed === 'true'", "the button pressed")
        assert tab.evaluate(f"[{REGISTERED}.length, document.adoptedStyleSheets.length]") == [0, 0]
        popup.wait_until(f"{FINDINGS}.length === {len(article)}", "the list is still there")
        popup.click("#hide-marks")
        popup.wait_until("document.querySelector('#hide-marks').ariaPressed === 'false'", "the button let go")
    assert painted(tab) == article


def held(browser: Browser, judge: HeldJudge) -> Iterator[tuple[ScriptedServer, HeldJudge]]:
    """The extension asks a server with this judge, which is let go in the end."""
    with scripted(judge) as server:
        browser.write_storage("settings", {"serverAddress": server.address})
        try:
            yield server, judge
        finally:
            judge.may_answer.set()


@pytest.fixture
def slow_server(browser: Browser) -> Iterator[tuple[ScriptedServer, HeldJudge]]:
    """A server that answers only when it is told to."""
    yield from held(browser, HeldJudge())


def test_closing_the_popup_during_a_scan_sends_nothing_twice(
    browser: Browser, tab: Tab, pages: PageServer, slow_server: tuple[ScriptedServer, HeldJudge]
) -> None:
    server, judge = slow_server
    tab.get(pages.url("strict_policy.html"))
    set_auto_scan(browser, tab, on=True)
    with popup_about(browser, tab) as popup:
        popup.wait_until(
            "document.querySelector('#findings-count').textContent.includes('Reading')", "word of the scan"
        )
    judge.may_answer.set()
    tab.wait_until(f"{REGISTERED}.length > 0", "the page painted")
    assert len(server.texts) == len(set(server.texts)) == 1


MANY = """(count) => {
  for (let number = 0; number < count; number += 1) {
    const paragraph = document.createElement('p');
    paragraph.textContent = `Bridge number ${number} over the Harlow was closed in May.`;
    document.body.append(paragraph);
  }
}"""
COUNT = 1000
IN_THE_MIDDLE = "Bridge number 700 over the Harlow was closed in May."


@pytest.fixture
def half_a_server(browser: Browser) -> Iterator[tuple[ScriptedServer, HeldJudge]]:
    """A server that keeps one answer back, in the middle of a long page."""
    yield from held(browser, HeldJudge(lambda text: text == IN_THE_MIDDLE))


def test_the_popup_lists_what_was_answered_far_from_what_the_reader_sees(
    browser: Browser, tab: Tab, pages: PageServer, half_a_server: tuple[ScriptedServer, HeldJudge]
) -> None:
    _, judge = half_a_server
    tab.get(pages.url("strict_policy.html"))
    tab.call(MANY, COUNT)
    set_auto_scan(browser, tab, on=True)
    assert judge.asked.wait(15), "the scan has come to the middle of the page"
    with popup_about(browser, tab) as popup:
        listed = popup.wait_until(f"{FINDINGS}.length", "the list of findings")
        assert listed > 256, "what the reader sees, and what was answered of the rest"
        judge.may_answer.set()
        popup.wait_until(f"{FINDINGS}.length === {COUNT + 1}", "the list of all findings")


def test_a_page_of_the_browser_is_named_as_such(browser: Browser, tab: Tab) -> None:
    tab.get(browser.extension_url("extension/welcome/welcome.html"))
    with popup_about(browser, tab) as popup:
        said = popup.wait_until(NOTICE, "a notice")
        assert "own pages" in said
        assert popup.evaluate("document.querySelector('#auto-scan').disabled")


def test_a_document_in_pdf_is_named_as_such(browser: Browser, tab: Tab, pages: PageServer) -> None:
    tab.show(pages.url("empty.pdf"))
    with popup_about(browser, tab) as popup:
        assert "PDF" in popup.wait_until(NOTICE, "a notice")


def test_a_shortcut_on_a_closed_page_is_answered_at_the_button(browser: Browser, tab: Tab) -> None:
    tab.get(browser.extension_url("extension/welcome/welcome.html"))
    tab.activate()
    text = browser.back_office.call(
        """async () => {
          const { onCommand } = await import('/extension/background/commands.js');
          const [tab] = await chrome.tabs.query({active: true, currentWindow: true});
          await onCommand('check-selection', tab);
          return [await chrome.action.getBadgeText({tabId: tab.id}), await chrome.action.getTitle({tabId: tab.id})];
        }"""
    )
    assert text[0] == "!"
    assert "cannot read this page" in text[1]


COUNT_TEXT = "document.querySelector('#findings-count').textContent"


def test_a_scanned_page_without_a_claim_is_not_told_to_switch_on_auto_scan(
    browser: Browser, tab: Tab, pages: PageServer
) -> None:
    with scripted(lambda text: []) as server:
        browser.write_storage("settings", {"serverAddress": server.address})
        tab.get(pages.url("strict_policy.html"))
        with popup_about(browser, tab) as popup:
            popup.wait_until(f"{COUNT_TEXT}.includes('switch on auto-scan')", "what to do")
        set_auto_scan(browser, tab, on=True)
        wait_until_scanned(browser, tab)
        with popup_about(browser, tab) as popup:
            popup.wait_until(f"{COUNT_TEXT}.includes('Nothing that could be checked')", "that there is nothing")
            assert "switch on" not in popup.evaluate(COUNT_TEXT)


def test_the_popup_sums_the_page_up(browser: Browser, tab: Tab, pages: PageServer) -> None:
    labels = iter(["false", "true", "unsure", "unsure", "no-claim", "no-claim", *["unsure"] * 100])
    with scripted(lambda text: [statement(text, next(labels))]) as server:
        browser.write_storage("settings", {"serverAddress": server.address})
        tab.get(pages.url("strict_policy.html"))
        tab.call(MANY, 5)
        set_auto_scan(browser, tab, on=True)
        wait_until_scanned(browser, tab)
        with popup_about(browser, tab) as popup:
            expected = "2 of 4 claims have a published fact-check. Sentences read: 6."
            popup.wait_until(f"{COUNT_TEXT} === {expected!r}", "the sum")


@pytest.mark.parametrize(("days", "is_old"), [(61, True), (59, False), (None, False)])
def test_old_fact_checks_are_told_of(
    days: int | None, is_old: bool, browser: Browser, tab: Tab, pages: PageServer
) -> None:
    with scripted(lambda text: []) as server:
        newest = datetime.now().astimezone().date() - timedelta(days=days or 0)
        server.newest = newest.isoformat() if days else None
        browser.write_storage("settings", {"serverAddress": server.address})
        tab.get(pages.url("strict_policy.html"))
        with popup_about(browser, tab) as popup:
            said = popup.evaluate("document.querySelector('#server').textContent")
    assert ("python -m fake_news factchecks update" in said) is is_old
    assert (str(newest.year) in said) is is_old


def test_a_frame_that_comes_after_the_popup_is_heard_of(browser: Browser, tab: Tab, pages: PageServer) -> None:
    with scripted(lambda text: [statement(text, "false")]) as server:
        browser.write_storage("settings", {"serverAddress": server.address})
        tab.get(pages.url("growing.html"))
        set_auto_scan(browser, tab, on=True)
        wait_until_scanned(browser, tab)
        with popup_about(browser, tab) as popup:
            popup.wait_until(f"{FINDINGS}.length === 1", "the finding of the page")
            tab.call(
                """(address) => {
                  const frame = document.createElement('iframe');
                  frame.width = frame.height = 400;
                  frame.src = address;
                  document.body.append(frame);
                }""",
                pages.url("strict_policy.html"),
            )
            popup.wait_until(f"{FINDINGS}.length === 2", "the finding of the frame")
