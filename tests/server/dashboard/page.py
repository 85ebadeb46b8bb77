"""What a person does on the dashboard."""

from __future__ import annotations

from typing import Any

from tests.extension.browsers import Tab

FILL_IN = """(selector, text) => {
  const field = document.querySelector(selector);
  field.value = text;
  field.dispatchEvent(new Event('input', {bubbles: true}));
}"""
OPTIONS = """[...document.querySelectorAll('#checked-text [role=option]')]
  .map((option) => [option.dataset.label, option.textContent])"""


def open_view(tab: Tab, address: str, view: str) -> None:
    """Load the dashboard with one of its views."""
    tab.get("about:blank")  # from one view to the next the browser would not load anything
    tab.get(f"{address}/#{view}")
    tab.wait_until(f"!document.querySelector('#view-{view}').hidden", f"the view {view} is shown")


def fill_in(tab: Tab, selector: str, text: str) -> None:
    """Put a text into a field, as pasting does."""
    tab.call(FILL_IN, selector, text)


def check_text(tab: Tab, address: str, text: str) -> list[Any]:
    """Paste a text, press the button and read off which statement got which label."""
    open_view(tab, address, "check")
    fill_in(tab, "#text", text)
    tab.click("#check-form [type=submit]")
    tab.wait_until("!document.querySelector('#checked').hidden", "the text is checked")
    statements: list[Any] = tab.evaluate(OPTIONS)
    return statements


def text_of(tab: Tab, selector: str) -> str:
    """What an element says."""
    text: str = tab.evaluate(f"document.querySelector({selector!r}).textContent")
    return text
