"""The verdict card, read through its shadow root."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tests.extension.browsers import Tab

HOST = "plumbline-card"

READ_CARD = """(root) => {
  const text = (within, part) => within.querySelector(`[part~="${part}"]`)?.textContent.trim() ?? null;
  const card = root.querySelector('[part~="card"]');
  return {
    state: card.dataset.state,
    text: card.textContent,
    rectangle: card.getBoundingClientRect(),
    failure: root.querySelector('[part~="failure"]')?.dataset.kind ?? null,
    statements: [...root.querySelectorAll('[part~="statement"]')].map((one) => ({
      label: one.dataset.label,
      heading: text(one, 'label'),
      quote: text(one, 'quote'),
      probability: one.querySelector('[part~="probability"]')?.dataset.probability ?? null,
      underlined: [...one.querySelectorAll('[data-strength]')].map((word) => [
        word.textContent, word.dataset.strength, getComputedStyle(word).textDecorationThickness,
      ]),
      counted: text(one, 'counted'),
      wording: one.querySelector('[part~="wording"]')?.dataset.side ?? null,
      meaning: text(one, 'meaning'),
      why: one.querySelector('[data-why]')?.dataset.why ?? null,
      evidence: [...one.querySelectorAll('[part~="fact-check"]')].map((ruling) => ({
        relation: ruling.dataset.relation,
        checked: text(ruling, 'checked'),
        rating: text(ruling, 'rating'),
        link: ruling.querySelector('a')?.textContent ?? null,
      })),
    })),
  };
}"""

HAS_ANSWER = f"""document.querySelector('{HOST}')?.shadowRoot
  .querySelector('[data-state]:not([data-state=checking])')?.dataset.state"""


PLACE_OF = """(root) => { const found = root.querySelector(SELECTOR); found.scrollIntoView({block: 'nearest'});
  const {left, top, width, height} = found.getBoundingClientRect(); return [left + width / 2, top + height / 2]; }"""


@dataclass(frozen=True)
class Card:
    """What an open card shows."""

    state: str
    text: str
    rectangle: dict[str, float]
    failure: str | None
    statements: list[dict[str, Any]]


def card_of(tab: Tab) -> Card | None:
    """The open card, or None."""
    shown = tab.call_with_shadow_root(HOST, READ_CARD)
    return None if shown is None else Card(**shown)


def wait_for_card(tab: Tab, seconds: float = 15.0) -> Card:
    """The card once it has something to say."""
    tab.wait_until(HAS_ANSWER, "a card with an answer", seconds)
    card = card_of(tab)
    assert card is not None
    return card


def wait_until_closed(tab: Tab) -> None:
    """Return as soon as no card is left in the page."""
    tab.wait_until(f"!document.querySelector('{HOST}')", "no card in the page")


def click_in_card(tab: Tab, selector: str) -> None:
    """Press an element of the card with the mouse."""
    place = PLACE_OF.replace("SELECTOR", json.dumps(selector))
    tab.click_at(*tab.call_with_shadow_root(HOST, place))


def wait_in_card(tab: Tab, expression: str, what: str) -> None:
    """Wait for the truth of an expression about ``root``, the card's shadow root."""
    tab.wait_until(f"((root) => {expression})(document.querySelector('{HOST}').shadowRoot)", what)


def wait_past_selection(tab: Tab) -> None:
    """Return when the extension has looked at what is selected: it waits 350 ms at most, and timers end in order."""
    tab.evaluate("new Promise((resolve) => setTimeout(resolve, 360))")
