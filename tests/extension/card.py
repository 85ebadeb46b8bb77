"""The verdict card, read through its shadow root."""

from __future__ import annotations

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
