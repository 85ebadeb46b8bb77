"""What there is to paint in pages/article.html."""

from __future__ import annotations

from tests.extension.browsers import Tab
from tests.extension.server_verdicts import Statement, painted_in

PARAGRAPHS = ("#lead", "#ballots", "#bridge", "#vaccine", "#opinion", "#quote", "#item", "#cell")


def text_of(tab: Tab, selector: str) -> str:
    """The text of an element."""
    text: str = tab.call("(selector) => document.querySelector(selector).textContent", selector)
    return text


def expected_painting(tab: Tab, address: str) -> list[Statement]:
    """The statements that a scan of the open article has to paint, as the real server judges them."""
    expected = painted_in(address, *(text_of(tab, selector) for selector in PARAGRAPHS))
    assert len(expected) >= 3, "the model no longer judges these statements: choose others"
    return expected
