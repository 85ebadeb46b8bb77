"""The popup, used as a person uses it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.extension.browsers import Browser, Tab

SWITCH = "#auto-scan"
IS_ON = f"document.querySelector('{SWITCH}:enabled[aria-checked=true]') !== null"
IS_OFF = f"document.querySelector('{SWITCH}:enabled[aria-checked=false]') !== null"

FINDINGS = """[...document.querySelectorAll('#findings button[data-label]')]
  .map((button) => [button.dataset.label, button.textContent])"""


@contextmanager
def popup_about(browser: Browser, tab: Tab) -> Iterator[Tab]:
    """The popup about the page in a tab."""
    tab.activate()
    popup = browser.open_popup()
    try:
        # what comes late moves what lies below, under the pointer
        popup.wait_until("document.querySelector('#server').dataset.state !== 'checking'", "word of the server")
        yield popup
    finally:
        popup.close()


def switch_auto_scan(browser: Browser, tab: Tab, on: bool) -> None:
    """Turn the switch for the site of a tab and wait until it shows that."""
    with popup_about(browser, tab) as popup:
        popup.wait_until(IS_OFF if on else IS_ON, "a switch to turn")
        popup.click(SWITCH)
        popup.wait_until(IS_ON if on else IS_OFF, "the switch turned")
