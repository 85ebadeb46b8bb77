"""What is judged is the sentence that the reader sees."""

from __future__ import annotations

import pytest

from tests.extension.browsers import Browser, Tab
from tests.extension.page_server import PageServer
from tests.extension.reading import MICROCHIPS, SOLD, STOLEN, painted_in, scan, sentences_of, without_spaces
from tests.extension.scripted_server import ScriptedServer

pytestmark = pytest.mark.browser

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


def test_a_scan_judges_only_what_the_reader_sees(
    browser: Browser, tab: Tab, pages: PageServer, false_server: ScriptedServer
) -> None:
    scan(browser, tab, pages, false_server, "reading/parts_of_sentences.html")
    texts = {name: sentences_of(text) for name, text in tab.evaluate(TEXTS.format(selector="[id]"))}
    assert len(texts) == 32
    seen = texts | {name: text and without_spaces(text) for name, text in PARTS.items()}
    assert painted_in(tab) == {name: text for name, text in seen.items() if text}
    asked = [without_spaces(text) for text in false_server.texts]
    assert without_spaces(MICROCHIPS) in asked
    assert not [text for text in asked if text.startswith("he")], "a first letter was lost"

    scan(browser, tab, pages, false_server, "growing.html", SIBLINGS)
    assert painted_in(tab) == {name: without_spaces(text) for name, text in SIBLINGS_PAINTED.items()}
    assert "The council has sold the library." in false_server.texts, "two lines are joined where the second goes on"
    assert [text for text in false_server.texts if "Nobody" in text] == [f"{SOLD}\nNobody was asked\nAshford is glad."]

    scan(browser, tab, pages, false_server, "reading/claims.html")
    paragraphs = dict(tab.evaluate(TEXTS.format(selector="p[id]")))
    assert len(paragraphs) == 16
    assert painted_in(tab) == {name: sentences_of(text) for name, text in paragraphs.items()}
    assert set(paragraphs.values()) <= set(false_server.texts)

    # prose is read, wherever it stands; fields, drawings, labels, buttons, code and navigation are not
    scan(browser, tab, pages, false_server, "reading/kinds_of_elements.html")
    assert painted_in(tab) == {
        "p": without_spaces(f"{MICROCHIPS} He said it again."),
        "fc": without_spaces(MICROCHIPS),
    }
    assert STOLEN in false_server.texts, "what stands in an open shadow tree"
    assert sorted(set(false_server.texts)) == sorted({f"{MICROCHIPS} He said it again.", MICROCHIPS, STOLEN})
