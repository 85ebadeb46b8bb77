"""What leaves the page: what a reader can read, and never what was typed, is hidden, or belongs to the machinery."""

from __future__ import annotations

import re

import pytest

from tests.extension.browsers import Browser, Tab
from tests.extension.card import wait_past_selection
from tests.extension.page_server import PageServer
from tests.extension.recording_server import RecordingServer
from tests.extension.scanning import set_auto_scan

pytestmark = pytest.mark.browser

MARKER = re.compile(r"\b[A-Z-]+-TEXT\b")


def test_typed_and_hidden_text_is_never_sent(
    browser: Browser, tab: Tab, pages: PageServer, recorder: RecordingServer
) -> None:
    tab.get(pages.url("private.html"))
    for field in ("#name", "#password", "#letter", "#draft"):
        tab.click(field)
        tab.press("Control", "a")
        tab.wait_until("String(getSelection()).length > 20 || document.activeElement.selectionEnd > 20", "a selection")
        wait_past_selection(tab)
        assert tab.evaluate("document.querySelector('plumbline-card')") is None, field
    readable = "A Facebook post says a video shows the mayor burning thousands of ballots behind the town hall."
    tab.select_with_mouse(readable, "#readable")
    tab.wait_until("document.querySelector('plumbline-card') !== null", "the card of the readable paragraph")
    tab.wait_until("CSS.highlights.size > 0", "something painted")
    assert recorder.texts == [readable]

    selected = len(recorder.texts)
    tab.get(pages.url("private.html"))
    markers = set(MARKER.findall(tab.evaluate("document.documentElement.outerHTML")))
    assert len(markers) > 15, "the page has lost its traps"
    set_auto_scan(browser, tab, on=True)
    tab.wait_until("CSS.highlights.size > 0", "something painted")
    sent = " ".join(recorder.texts[selected:])
    assert set(MARKER.findall(sent)) == {"READABLE-TEXT"}
