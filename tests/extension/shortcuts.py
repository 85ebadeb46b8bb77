"""Shortcuts, from their handler on: a headless browser does not pass those of extensions on."""

from __future__ import annotations

from tests.extension.browsers import Browser, Tab

RUN_COMMAND = """async (name) => {
  const { onCommand } = await import('/extension/background/keyboard-shortcuts.js');
  const [tab] = await chrome.tabs.query({active: true, currentWindow: true});
  await onCommand(name, tab);
}"""


def press_shortcut(browser: Browser, tab: Tab, command: str) -> None:
    """Have the background do what a shortcut does in a tab."""
    tab.activate()
    browser.back_office.call(RUN_COMMAND, command)
