"""Text that appears or unfolds later is judged as soon as it is seen, and its marks go when it is hidden."""

from __future__ import annotations

import pytest

from tests.extension.browsers import Browser, Tab
from tests.extension.page_server import PageServer
from tests.extension.reading import ALL_PAINTED, MICROCHIPS, SOLD, STOLEN, painted_in, scan, without_spaces
from tests.extension.scripted_server import ScriptedServer

pytestmark = pytest.mark.browser

SHOWN = {
    "#h1": ("document.querySelector('#h1').hidden = false", STOLEN),
    "#h2": ("document.querySelector('#h2').className = ''", "Donald Trump won the 2020 election."),
    "#h3": ("document.querySelector('#h3').className = ''", "The MMR vaccine causes autism."),
    "#h4": ("document.querySelector('#h4').style.display = 'block'", "Crime is at an all-time high."),
    "#h5": ("document.querySelector('#h5').removeAttribute('aria-hidden')", "The moon landing was faked."),
    "#h6": ("document.querySelector('#h6').removeAttribute('hidden')", "The COVID-19 vaccine changes your DNA."),
    ".panel": ("document.body.className = ''", "Hydroxychloroquine is a cure for the coronavirus."),
    ".chk": ("document.querySelector('#cb').click()", MICROCHIPS),
    "rule": ("document.styleSheets[0].deleteRule(0)", "Donald Trump won the 2020 election."),
}
HIDE = {
    "#h1": "document.querySelector('#h1').hidden = true",
    "#h2": "document.querySelector('#h2').className = 'off'",
    "#h3": "document.querySelector('#h3').className = 'vis'",
    "#h4": "document.querySelector('#h4').style.display = 'none'",
    "#h6": "document.querySelector('#h6').setAttribute('hidden', 'until-found')",
    ".panel": "document.body.className = 'closed'",
    ".chk": "document.querySelector('#cb').click()",
}
CLAMPED = """Quiet opening words that fill a line or even two of this. Crime is at an all-time high.
  Hydroxychloroquine is a cure for the coronavirus."""

FOLDED = "The COVID-19 vaccine changes your DNA."
COMES = [
    ("document.querySelector('#det').open = true", MICROCHIPS),
    ("document.querySelector('#hid').hidden = false", STOLEN),
    ("document.querySelector('#uf').removeAttribute('hidden')", "Donald Trump won the 2020 election."),
    ("document.querySelector('#fade').classList.add('in')", "The MMR vaccine causes autism."),
    ("document.querySelector('#cv').scrollIntoView()", "The moon landing was faked."),
]
LATE = """<style>@keyframes arrive { to { opacity: 1; } } p { opacity: 0; }
  .faded { opacity: 1; transition: opacity 0.1s 0.6s; } .moved { animation: arrive 0.1s 0.6s forwards; }</style>
<p>The council has sold the library.</p>"""


def test_revealed_text_is_painted_and_loses_its_marks_when_hidden(
    browser: Browser, tab: Tab, pages: PageServer, false_server: ScriptedServer
) -> None:
    """Each in a page of its own, since what one sets going would find the next."""
    for place, (show, text) in SHOWN.items():
        scan(browser, tab, pages, false_server, "reading/shown_late.html")
        assert (tab.evaluate(ALL_PAINTED), false_server.texts) == ([], []), place
        tab.evaluate(f"void ({show})")
        tab.wait_until(f"String({ALL_PAINTED}) === {text!r}", f"{place} painted, and nothing else")
        if place in HIDE:
            tab.evaluate(f"void ({HIDE[place]})")
            tab.wait_until(f"{ALL_PAINTED}.length === 0", f"{place} without marks")
    for motion in ("faded", "moved"):
        scan(browser, tab, pages, false_server, "growing.html", LATE)
        assert false_server.texts == [], motion
        tab.evaluate(f"void (document.querySelector('p').className = {motion!r})")
        tab.wait_until(f"String({ALL_PAINTED}) === {SOLD!r}", f"what has come is painted: {motion}")


def test_unfolded_text_is_read_with_the_text_around_it(
    browser: Browser, tab: Tab, pages: PageServer, false_server: ScriptedServer
) -> None:
    scan(browser, tab, pages, false_server, "reading/comes_late.html")
    assert painted_in(tab) == {"clamp": without_spaces(CLAMPED)}, "of a box that cuts its text off, all is read"
    assert {*(text for _, text in COMES), FOLDED}.isdisjoint(false_server.texts)
    for come, text in COMES:
        tab.evaluate(f"void ({come})")
        tab.wait_until(f"{ALL_PAINTED}.includes({text!r})", f"{text} painted")
    tab.evaluate("void (document.querySelector('#acc').style.maxHeight = '200px')")
    tab.wait_until(f"{ALL_PAINTED}.includes({FOLDED!r})", "what was unfolded painted")
    tab.evaluate("void (document.querySelector('#acc').style.maxHeight = '0')")
    tab.wait_until(f"!{ALL_PAINTED}.includes({FOLDED!r})", "what was folded up without marks")

    # the end of a paragraph unfolds: all of it is read, and its end alone is not a sentence
    markup = "<p id=whole>The council has sold <span id=more style='display: none'>nothing at all</span> this year.</p>"
    scan(browser, tab, pages, false_server, "growing.html", markup)
    assert painted_in(tab) == {"whole": without_spaces("The council has sold this year.")}
    tab.evaluate("void (document.querySelector('#more').style.display = '')")
    tab.wait_until(f"{ALL_PAINTED}.join('').includes('nothing at all')", "the whole sentence painted")
    assert false_server.texts[-1] == "The council has sold nothing at all this year."
    tab.evaluate("void (document.querySelector('#more').ariaHidden = 'true')")
    tab.wait_until(f"{ALL_PAINTED}.length === 0", "no mark on a sentence with a hole")
    tab.evaluate("void (document.querySelector('#more').style.display = 'none')")
    tab.wait_until(f"{ALL_PAINTED}.join('').includes('sold')", "the sentence painted without its hole")

    scan(browser, tab, pages, false_server, "reading/dialog.html")
    assert tab.evaluate(f"{ALL_PAINTED}.filter((text) => text === {MICROCHIPS!r}).length") == 1
    tab.evaluate("document.querySelector('#d').showModal()")
    tab.wait_until(f"{ALL_PAINTED}.filter((text) => text === {MICROCHIPS!r}).length === 2", "the dialog painted")
