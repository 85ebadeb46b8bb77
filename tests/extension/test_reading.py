"""What is judged is the sentence that the reader sees, as soon as it is seen and as long as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.extension.browsers import Browser, Tab
from tests.extension.page_server import PageServer
from tests.extension.scanning import set_auto_scan, wait_until_scanned
from tests.extension.scripted_server import ScriptedServer, scripted, statement

pytestmark = pytest.mark.browser

SENTENCE = re.compile(r"[^\s.!?][^.!?\n]*(?:[.!?](?:[”\"]|\[\w+\])*)?")
MICROCHIPS = "The COVID-19 vaccines contain microchips."
STOLEN = "The 2020 election was stolen."

# what is painted in each element with an id, without the white space of the page's source
PAINTED_IN = """[...document.querySelectorAll('[id]')].map((element) => [element.id,
  [...CSS.highlights].filter(([name]) => name.startsWith('plumbline-')).flatMap(([, ranges]) => [...ranges])
    .filter((range) => element === range.startContainer.parentElement.closest('[id]'))
    .sort((one, other) => one.compareBoundaryPoints(Range.START_TO_START, other))
    .map((range) => range.toString()).join('').replace(/\\s+/g, '')])
  .filter(([, text]) => text !== '')"""


def judge(text: str) -> list[dict[str, Any]]:
    """Every sentence is false, so that whatever is read as one is painted."""
    return [
        {**statement(found[0], "false"), "start": units(text[: found.start()]), "end": units(text[: found.end()])}
        for found in SENTENCE.finditer(text)
        if " " in found[0].strip()
    ]


def units(text: str) -> int:
    """The length of a text in UTF-16 code units, as offsets are counted."""
    return len(text.encode("utf-16-le")) // 2


@pytest.fixture
def server(browser: Browser) -> Iterator[ScriptedServer]:
    """Every sentence is false."""
    with scripted(judge) as running:
        browser.write_storage("settings", {"serverAddress": running.address})
        yield running


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


def squeezed(text: str) -> str:
    return "".join(text.split())


def sentences_of(text: str) -> str:
    """What the server of these tests judges of a text, without white space."""
    return squeezed("".join(found[0] for found in SENTENCE.finditer(text) if " " in found[0].strip()))


TEXTS = "[...document.querySelectorAll({selector!r})].map((one) => [one.id, one.textContent])"
PARTS = {
    "srt": MICROCHIPS,
    "btn": None,
    "btn2": None,
    "ah": None,
    "del": "The COVID-19 vaccines are free.",
    "sup": f"{MICROCHIPS} {STOLEN}",
    "ruby": MICROCHIPS,
    "math": None,
    "img": None,
    "before": None,
    "hov": None,
}
"""What is judged of the paragraphs where it is not just what stands in the source."""


SIBLINGS = """
<p id=link>It rose <a href='#'>by a third</a> in May.</p>
<p id=code>The council has <code>not</code> sold the library.</p>
<p id=label>The council has <label>not</label> sold the library.</p>
<p id=field>The council has <input value=not> sold the library.</p>
<p id=role>The council has <span role=button>not</span> sold the library.</p>
<p id=editable>The council has <span contenteditable>not</span> sold the library.</p>
<p id=drawing>The council has <svg width=30 height=20><text y=15>not</text></svg> sold the library.</p>
<p id=icon>The council has sold <svg width=10 height=10><path d='M0 0h9v9z'/></svg> the library.</p>
<p id=arrow>The council has sold the library <span aria-hidden=true>↗</span> to Ashford.</p>
<p id=picture>The council has sold <img alt='' src='data:,'> the library.</p>
<p id=struck>The council has <span style='text-decoration: line-through'>never</span> sold the library.</p>
<p id=struckwhole style='text-decoration: line-through'>The council has sold the library.</p>
<p id=strike>The council has <s>never</s> <strike>ever</strike> sold the library.</p>
<p id=removed>The council has <del style='text-decoration: none'>never</del> sold the library.</p>
<p id=deletion>The council has <span role=deletion>never</span> sold the library.</p>
<p id=unseen>The council has <span style='opacity: 0'>never</span> sold the library.</p>
<p id=small>The council has <span style='font-size: 0'>never</span> sold the library.</p>
<p id=clipped>The council has <span class=clipped>never</span> sold the library.</p>
<p id=replaced>The council has <span class=replaced>never</span> sold the library.</p>
<p id=moved>The council has <span style='position: absolute; left: -999em'>never</span> sold the library.</p>
<p id=hidden>The council has <span hidden>never</span> sold the library.</p>
<p id=float>The council <span style='float: right'>See page 3</span> has sold the library.</p>
<p id=power>The sun holds 10<sup>6</sup> earths in itself.</p>
<p id=note>The council has sold the library<sup>3</sup> to Ashford.</p>
<p id=ordinal>The council has sold its 4<sup>th</sup> library.</p>
<p id=unit>The library has 400 m<sup>2</sup> of floor.</p>
<p id=line>The council has sold<br>the library. <br>Nobody was asked<br>Ashford is glad.</p>
<p id=lines>The council has<br><br>sold the library.</p>
<p id=share>The council has sold the library. <button>Share</button> The bridge has been closed.</p>
<p id=first><button>Play</button> The council has sold the library.</p>
<p id=denied><button>It is false that</button> the council has sold the library.</p>
<p id=last>The council has sold the library <button>never</button></p>
<p id=badge><span class=badge>Analysis</span> The council has sold the library.</p>
<p id=quoted><q>The council has sold the library.</q></p>
<p id=after>The council has sold the library<span class=never></span></p>
<p id=tip>The council has <a class=tip href='#'>sold</a> the library.</p>
<style>.never::after { content: ' never'; } .tip::after { content: 'a sale'; position: absolute; opacity: 0; }
  .clipped { display: inline-block; width: 1px; height: 1px; overflow: hidden; }
  .replaced { display: inline-block; width: 9px; text-indent: -999em; }</style>
"""
SOLD = "The council has sold the library."
SIBLINGS_PAINTED = {
    "link": "It rose by a third in May.",
    "icon": SOLD,
    "arrow": "The council has sold the library to Ashford.",
    "picture": SOLD,
    "struck": SOLD,
    "strike": SOLD,
    "removed": SOLD,
    "deletion": SOLD,
    "unseen": SOLD,
    "small": SOLD,
    "clipped": SOLD,
    "replaced": SOLD,
    "moved": SOLD,
    "hidden": SOLD,
    "float": SOLD,
    "note": "The council has sold the library to Ashford.",
    "ordinal": "The council has sold its 4th library.",
    "unit": "The library has 400 m2 of floor.",
    "line": f"{SOLD} Nobody was asked Ashford is glad.",
    "lines": SOLD,
    "share": f"{SOLD} The bridge has been closed.",
    "first": SOLD,
    "badge": f"Analysis {SOLD}",
    "quoted": SOLD,
    "tip": SOLD,
}


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
ALL_PAINTED = """[...CSS.highlights].filter(([name]) => name.startsWith('plumbline-'))
  .flatMap(([, ranges]) => [...ranges]).map((range) => range.toString())"""


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


def test_a_scan_judges_only_what_the_reader_sees(
    browser: Browser, tab: Tab, pages: PageServer, server: ScriptedServer
) -> None:
    scan(browser, tab, pages, server, "reading/parts_of_sentences.html")
    texts = {name: sentences_of(text) for name, text in tab.evaluate(TEXTS.format(selector="[id]"))}
    assert len(texts) == 32
    seen = texts | {name: text and squeezed(text) for name, text in PARTS.items()}
    assert painted_in(tab) == {name: text for name, text in seen.items() if text}
    asked = [squeezed(text) for text in server.texts]
    assert squeezed(MICROCHIPS) in asked
    assert not [text for text in asked if text.startswith("he")], "a first letter was lost"

    scan(browser, tab, pages, server, "growing.html", SIBLINGS)
    assert painted_in(tab) == {name: squeezed(text) for name, text in SIBLINGS_PAINTED.items()}
    assert "The council has sold the library." in server.texts, "two lines are joined where the second goes on"
    assert [text for text in server.texts if "Nobody" in text] == [f"{SOLD}\nNobody was asked\nAshford is glad."]

    scan(browser, tab, pages, server, "reading/claims.html")
    paragraphs = dict(tab.evaluate(TEXTS.format(selector="p[id]")))
    assert len(paragraphs) == 16
    assert painted_in(tab) == {name: sentences_of(text) for name, text in paragraphs.items()}
    assert set(paragraphs.values()) <= set(server.texts)

    # prose is read, wherever it stands; fields, drawings, labels, buttons, code and navigation are not
    scan(browser, tab, pages, server, "reading/kinds_of_elements.html")
    assert painted_in(tab) == {
        "p": squeezed(f"{MICROCHIPS} He said it again."),
        "fc": squeezed(MICROCHIPS),
    }
    assert STOLEN in server.texts, "what stands in an open shadow tree"
    assert sorted(set(server.texts)) == sorted({f"{MICROCHIPS} He said it again.", MICROCHIPS, STOLEN})


def test_revealed_text_is_painted_and_loses_its_marks_when_hidden(
    browser: Browser, tab: Tab, pages: PageServer, server: ScriptedServer
) -> None:
    """Each in a page of its own, since what one sets going would find the next."""
    for place, (show, text) in SHOWN.items():
        scan(browser, tab, pages, server, "reading/shown_late.html")
        assert (tab.evaluate(ALL_PAINTED), server.texts) == ([], []), place
        tab.evaluate(f"void ({show})")
        tab.wait_until(f"String({ALL_PAINTED}) === {text!r}", f"{place} painted, and nothing else")
        if place in HIDE:
            tab.evaluate(f"void ({HIDE[place]})")
            tab.wait_until(f"{ALL_PAINTED}.length === 0", f"{place} without marks")
    for motion in ("faded", "moved"):
        scan(browser, tab, pages, server, "growing.html", LATE)
        assert server.texts == [], motion
        tab.evaluate(f"void (document.querySelector('p').className = {motion!r})")
        tab.wait_until(f"String({ALL_PAINTED}) === {SOLD!r}", f"what has come is painted: {motion}")


def test_unfolded_text_is_read_with_the_text_around_it(
    browser: Browser, tab: Tab, pages: PageServer, server: ScriptedServer
) -> None:
    scan(browser, tab, pages, server, "reading/comes_late.html")
    assert painted_in(tab) == {"clamp": squeezed(CLAMPED)}, "of a box that cuts its text off, all is read"
    assert {*(text for _, text in COMES), FOLDED}.isdisjoint(server.texts)
    for come, text in COMES:
        tab.evaluate(f"void ({come})")
        tab.wait_until(f"{ALL_PAINTED}.includes({text!r})", f"{text} painted")
    tab.evaluate("void (document.querySelector('#acc').style.maxHeight = '200px')")
    tab.wait_until(f"{ALL_PAINTED}.includes({FOLDED!r})", "what was unfolded painted")
    tab.evaluate("void (document.querySelector('#acc').style.maxHeight = '0')")
    tab.wait_until(f"!{ALL_PAINTED}.includes({FOLDED!r})", "what was folded up without marks")

    # the end of a paragraph unfolds: all of it is read, and its end alone is no sentence
    markup = "<p id=whole>The council has sold <span id=more style='display: none'>nothing at all</span> this year.</p>"
    scan(browser, tab, pages, server, "growing.html", markup)
    assert painted_in(tab) == {"whole": squeezed("The council has sold this year.")}
    tab.evaluate("void (document.querySelector('#more').style.display = '')")
    tab.wait_until(f"{ALL_PAINTED}.join('').includes('nothing at all')", "the whole sentence painted")
    assert server.texts[-1] == "The council has sold nothing at all this year."
    tab.evaluate("void (document.querySelector('#more').ariaHidden = 'true')")
    tab.wait_until(f"{ALL_PAINTED}.length === 0", "no mark on a sentence with a hole")
    tab.evaluate("void (document.querySelector('#more').style.display = 'none')")
    tab.wait_until(f"{ALL_PAINTED}.join('').includes('sold')", "the sentence painted without its hole")

    scan(browser, tab, pages, server, "reading/dialog.html")
    assert tab.evaluate(f"{ALL_PAINTED}.filter((text) => text === {MICROCHIPS!r}).length") == 1
    tab.evaluate("document.querySelector('#d').showModal()")
    tab.wait_until(f"{ALL_PAINTED}.filter((text) => text === {MICROCHIPS!r}).length === 2", "the dialog painted")
