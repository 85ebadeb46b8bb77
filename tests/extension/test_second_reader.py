"""A language model's word in the card: after the verdict, below it, only where the reader wants it, and only text."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.extension.browsers import Browser, Tab
from tests.extension.browsers.browser import OPTIONS, POPUP
from tests.extension.card import HOST, card_of, wait_for_card, wait_until_closed
from tests.extension.page_server import PageServer
from tests.extension.painting import REGISTERED, painted
from tests.extension.scripted_server import LONGEST_WAIT, ScriptedServer, scripted, statement
from tests.extension.test_card import CLAIM, ruling, wait_in_card
from tests.server.starting import wait_until

pytestmark = pytest.mark.browser

EVIDENCE = [ruling("same-claim", "First Paper", "Pants on fire", "false", url="https://first.example/ballots")]
HERE = {"model": "small", "address": "http://127.0.0.1:11434", "is_here": True, "policy": "explain"}
ELSEWHERE = {**HERE, "address": "http://192.0.2.1:9", "is_here": False}
MARKUP = "<b>Both</b> speak of <img src=x onerror=alert(1)> ballots, [see](https://evil.example)."
PARTS = """(root) => ({
  lines: [...root.querySelectorAll('[part~="judge"]')].map((line) => line.textContent),
  links: root.querySelectorAll('[part~="judge"] *:not(span)').length,
  label: root.querySelector('[part~="statement"]')?.dataset.label,
})"""


def judged(text: str) -> list[dict[str, Any]]:
    if text != CLAIM:
        return []
    return [statement(text, "false", basis="fact-check", evidence=EVIDENCE)]


def answer(explanation: str = "Both speak of ballots.", **others: Any) -> dict[str, Any]:
    """What the server answers about the claim."""
    [same] = judged(CLAIM)
    known = {"judge": HERE, "explanation": explanation, "readings": [], "is_changed": False, "statement": same}
    return {**known, **others}


@pytest.fixture
def server(browser: Browser) -> Iterator[ScriptedServer]:
    with scripted(judged) as running:
        running.judge_state = {**HERE, "is_there": True}
        running.second_reader = lambda _: answer()
        switch(browser, running, judgeSelections=True)
        yield running


def switch(browser: Browser, server: ScriptedServer, **settings: Any) -> None:
    browser.write_storage("settings", {"serverAddress": server.address, **settings})


def select(tab: Tab, pages: PageServer) -> None:
    """Have the claim judged; its card is open."""
    tab.get(pages.url("hostile.html"))
    tab.select_with_mouse(CLAIM, "#claim")
    assert wait_for_card(tab).state == "verdict"


def said(tab: Tab) -> dict[str, Any]:
    parts: dict[str, Any] = tab.call_with_shadow_root(HOST, PARTS)
    return parts


def test_its_sentence_is_below_the_verdict_with_its_name(tab: Tab, pages: PageServer, server: ScriptedServer) -> None:
    server.second_reader = lambda _: answer(MARKUP)
    select(tab, pages)
    wait_in_card(tab, "root.querySelector('[part~=\"judge-words\"]') !== null", "the sentence")
    found = said(tab)
    assert found["lines"] == [f"Written by small, a language model on this machine. It may be wrong.{MARKUP}"]
    assert (found["links"], found["label"]) == (0, "false")
    assert server.questions == [{"text": CLAIM, "start": 0, "end": len(CLAIM), "judge": ""}]


def test_switched_off_nothing_is_asked(browser: Browser, tab: Tab, pages: PageServer, server: ScriptedServer) -> None:
    switch(browser, server)
    select(tab, pages)
    assert said(tab)["lines"] == []
    assert server.questions == []


def test_the_card_is_there_while_it_reads_and_closing_it_ends_that(
    tab: Tab, pages: PageServer, server: ScriptedServer
) -> None:
    may_answer = threading.Event()

    def read(_: dict[str, Any]) -> dict[str, Any]:
        may_answer.wait(LONGEST_WAIT)
        return answer()

    server.second_reader = read
    select(tab, pages)
    wait_in_card(tab, "root.querySelector('[part~=\"judge\"]')?.textContent.includes('reading')", "word that it reads")
    tab.press("Escape")
    wait_until_closed(tab)
    may_answer.set()
    tab.evaluate("getSelection().removeAllRanges()")  # what is selected already would be dragged
    tab.select_with_mouse(CLAIM, "#claim")
    wait_for_card(tab)
    wait_in_card(tab, "root.querySelector('[part~=\"judge-words\"]') !== null", "the sentence of the second card")
    assert len(said(tab)["lines"]) == 1


@pytest.mark.parametrize(
    "bad",
    [
        None,
        {"explanation": "x" * 301},
        {"explanation": "two\nlines"},
        {"explanation": 7},
        {"statement": {}},
        {"judge": {**HERE, "policy": "rule"}},
        {"explanation": ""},
    ],
    ids=str,
)
def test_the_card_stays_as_it_was(
    tab: Tab, pages: PageServer, server: ScriptedServer, bad: dict[str, Any] | None
) -> None:
    server.second_reader = (lambda _: answer(**bad)) if bad is not None else None
    select(tab, pages)
    wait_until(lambda: len(server.questions) == 1)
    wait_in_card(tab, "root.querySelector('[part~=\"judge\"]') === null", "no line any more")
    card = card_of(tab)
    assert card is not None
    assert card.statements[0]["label"] == "false"


def test_a_veto_takes_the_verdict_and_its_mark_back(tab: Tab, pages: PageServer, server: ScriptedServer) -> None:
    near = [{**EVIDENCE[0], "relation": "related"}]
    unsure = statement(CLAIM, "unsure", evidence=near, why="no-ruling")
    server.second_reader = lambda _: answer(judge={**HERE, "policy": "veto"}, is_changed=True, statement=unsure)
    select(tab, pages)
    wait_in_card(tab, "root.querySelector('[part~=\"judge-change\"]') !== null", "word of the change")
    assert said(tab)["label"] == "unsure"
    tab.wait_until(f"{REGISTERED}.length === 0", "the mark is gone")
    assert painted(tab) == []


def test_marks_need_a_second_switch(browser: Browser, tab: Tab, pages: PageServer, server: ScriptedServer) -> None:
    def open_the_mark() -> None:
        tab.get(pages.url("hostile.html"))
        tab.wait_until(f"{REGISTERED}.length === 1", "the claim painted")
        box = tab.evaluate("[...CSS.highlights.get('plumbline-false')][0].getBoundingClientRect()")
        tab.click_at(box["left"] + 20, box["top"] + 5)
        wait_for_card(tab)

    scanning = {"autoScanSites": ["127.0.0.1"], "judgeSelections": True}
    switch(browser, server, **scanning)
    open_the_mark()
    assert server.questions == []
    switch(browser, server, **scanning, judgePages=True)
    open_the_mark()
    wait_in_card(tab, "root.querySelector('[part~=\"judge-words\"]') !== null", "the sentence")
    assert len(server.questions) == 1


def test_one_on_another_machine_waits_for_a_yes_and_is_said_from_then_on(
    browser: Browser, tab: Tab, server: ScriptedServer
) -> None:
    server.judge_state = {**ELSEWHERE, "is_there": True}
    switch(browser, server)
    tab.get(browser.extension_url(OPTIONS))
    tab.wait_until("document.querySelector('#judge-state').textContent.includes('small')", "which one there is")
    tab.click("#judge-selections")
    tab.wait_until("!document.querySelector('#judge-permission').hidden", "the question")
    assert browser.read_storage("settings").get("judgeSelections") is not True
    tab.click("#judge-permission-allow")
    tab.wait_until("document.querySelector('#judge-selections').checked", "the switch is on")
    assert browser.read_storage("settings")["allowedJudge"] == ELSEWHERE["address"]
    notice = "document.querySelector('#remote').textContent"
    tab.wait_until(f"{notice}.includes('{ELSEWHERE['address']}')", "the notice")
    tab.get(browser.extension_url(POPUP))
    tab.wait_until(f"{notice}.includes('{ELSEWHERE['address']}')", "the notice in the popup")
