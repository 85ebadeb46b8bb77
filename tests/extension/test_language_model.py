"""A language model's word in the card: after the verdict, below it, only where the reader wants it, and only text."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.extension.browsers import Browser, Tab
from tests.extension.card import HOST, wait_for_card, wait_in_card, wait_until_closed
from tests.extension.page_server import PageServer
from tests.extension.painting import REGISTERED
from tests.extension.scripted_server import LONGEST_WAIT, ScriptedServer, ruling, scripted, statement

pytestmark = pytest.mark.browser

CLAIM = "A Facebook post says a video shows the mayor of Ashford burning thousands of ballots."
EVIDENCE = [ruling("same-claim", "First Paper", "Pants on fire", "false", url="https://first.example/ballots")]
HERE = {"model": "small", "address": "http://127.0.0.1:11434", "is_here": True, "policy": "explain"}
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
        running.language_model = lambda _: answer()
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


def test_the_language_models_text_appears_below_the_verdict_and_is_cancelled_with_the_card(
    browser: Browser, tab: Tab, pages: PageServer, server: ScriptedServer
) -> None:
    switch(browser, server)
    select(tab, pages)
    assert said(tab)["lines"] == []
    assert server.questions == [], "the language model was asked without the reader's switch"

    may_answer = threading.Event()

    def read(_: dict[str, Any]) -> dict[str, Any]:
        may_answer.wait(LONGEST_WAIT)
        return answer()

    server.language_model = read
    switch(browser, server, judgeSelections=True)
    select(tab, pages)
    wait_in_card(tab, "root.querySelector('[part~=\"judge\"]')?.textContent.includes('reading')", "word that it reads")
    assert said(tab)["label"] == "false", "the verdict waits for the language model"
    tab.press("Escape")
    wait_until_closed(tab)
    may_answer.set()
    server.questions.clear()
    server.language_model = lambda _: answer(MARKUP)
    tab.evaluate("getSelection().removeAllRanges()")  # what is selected already would be dragged
    tab.select_with_mouse(CLAIM, "#claim")
    wait_for_card(tab)
    wait_in_card(tab, "root.querySelector('[part~=\"judge-words\"]') !== null", "the sentence of the second card")
    found = said(tab)
    assert found["lines"] == [f"Written by small, a language model on this machine. It may be wrong.{MARKUP}"]
    assert (found["links"], found["label"]) == (0, "false")
    assert server.questions == [{"text": CLAIM, "start": 0, "end": len(CLAIM), "judge": ""}]

    near = [{**EVIDENCE[0], "relation": "related"}]
    unsure = statement(CLAIM, "unsure", evidence=near, why="no-ruling")
    server.language_model = lambda _: answer(judge={**HERE, "policy": "veto"}, is_changed=True, statement=unsure)
    select(tab, pages)
    wait_in_card(tab, "root.querySelector('[part~=\"judge-change\"]') !== null", "word of the change")
    assert said(tab)["label"] == "unsure"
    tab.wait_until(f"{REGISTERED}.length === 0", "the mark is gone")
