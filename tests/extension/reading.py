"""What is read of a page: with a server that calls every sentence false, what is painted is what was read."""

from __future__ import annotations

import re
from typing import Any

from tests.extension.browsers import Browser, Tab
from tests.extension.page_server import PageServer
from tests.extension.scanning import set_auto_scan, wait_until_scanned
from tests.extension.scripted_server import ScriptedServer, statement, units

SENTENCE = re.compile(r"[^\s.!?][^.!?\n]*(?:[.!?](?:[”\"]|\[\w+\])*)?")
MICROCHIPS = "The COVID-19 vaccines contain microchips."
STOLEN = "The 2020 election was stolen."
SOLD = "The council has sold the library."
ALL_PAINTED = """[...CSS.highlights].filter(([name]) => name.startsWith('plumbline-'))
  .flatMap(([, ranges]) => [...ranges]).map((range) => range.toString())"""
PAINTED_IN = """[...document.querySelectorAll('[id]')].map((element) => [element.id,
  [...CSS.highlights].filter(([name]) => name.startsWith('plumbline-')).flatMap(([, ranges]) => [...ranges])
    .filter((range) => element === range.startContainer.parentElement.closest('[id]'))
    .sort((one, other) => one.compareBoundaryPoints(Range.START_TO_START, other))
    .map((range) => range.toString()).join('').replace(/\\s+/g, '')])
  .filter(([, text]) => text !== '')"""
"""What is painted in each element with an id, without the white space of the page's source."""


def call_every_sentence_false(text: str) -> list[dict[str, Any]]:
    """Whatever is read as a sentence is painted."""
    return [
        {**statement(found[0], "false"), "start": units(text[: found.start()]), "end": units(text[: found.end()])}
        for found in SENTENCE.finditer(text)
        if " " in found[0].strip()
    ]


def scan(
    browser: Browser, tab: Tab, pages: PageServer, server: ScriptedServer, page: str, body: str | None = None
) -> None:
    """Open a page, with another body if one is given, and have it read as if nothing had been read before."""
    set_auto_scan(browser, tab, on=False)
    browser.back_office.evaluate("chrome.storage.session.clear()")
    server.texts.clear()
    tab.get(pages.url(page))
    if body is not None:
        tab.call("(markup) => { document.body.innerHTML = markup; }", body)
    set_auto_scan(browser, tab, on=True)
    wait_until_scanned(browser, tab)


def painted_in(tab: Tab) -> dict[str, str]:
    """What is painted, by the nearest element around that has an id."""
    return dict(tab.evaluate(PAINTED_IN))


def without_spaces(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


def sentences_of(text: str) -> str:
    """What the server of these tests judges of a text, without white space."""
    return without_spaces("".join(found[0] for found in SENTENCE.finditer(text) if " " in found[0].strip()))
