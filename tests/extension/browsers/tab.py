"""One tab: navigating it, and using its page as a person does."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.extension.browsers.bidi import BidiConnection, BidiError
from tests.extension.browsers.page import PATIENCE_SECONDS, POLL_SECONDS, Page

# Firefox breaks the command off, but not the loading, as soon as any frame of the page cannot be loaded
FRAME_FAILED = "Address rejected"

# https://www.w3.org/TR/webdriver2/#keyboard-actions
KEYS = {
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Shift": "\ue008",
    "Control": "\ue009",
    "Alt": "\ue00a",
    "Escape": "\ue00c",
    "Space": " ",
    "End": "\ue010",
    "Home": "\ue011",
    "ArrowLeft": "\ue012",
    "ArrowUp": "\ue013",
    "ArrowRight": "\ue014",
    "ArrowDown": "\ue015",
}

# Browsers find what lies under the mouse by the last frame drawn, and a card moves in the one after a scroll.
BRING_INTO_SIGHT = """async (selector) => {
  const element = document.querySelector(selector);
  if (!element) throw new Error(`the page has no ${selector}`);
  // Firefox may scroll once more to what has the focus, some frames after it was given
  for (let top = NaN, attempt = 0; top !== element.getBoundingClientRect().top && attempt < 20; attempt += 1) {
    element.scrollIntoView({block: 'center', behavior: 'instant'});
    top = element.getBoundingClientRect().top;
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  }
  const rect = element.getBoundingClientRect();
  return [Math.round(rect.left + rect.width / 2), Math.round(rect.top + rect.height / 2)];
}"""

# Where the mouse must press and let go so that exactly `text` ends up selected: just inside its first and its last
# character, because a caret snaps to the nearer edge of the character under the pointer.
ENDS_OF_TEXT = """(selector, text) => {
  const within = document.querySelector(selector);
  const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
  const units = [];
  let whole = '';
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let offset = 0; offset < node.data.length; offset += 1) units.push([node, offset]);
    whole += node.data;
  }
  const from = whole.indexOf(text);
  if (from < 0) throw new Error(`${selector} does not say: ${text}`);
  const characters = [...text];
  const box = (start, length) => {
    const range = document.createRange();
    range.setStart(...units[start]);
    const [node, offset] = units[start + length - 1];
    range.setEnd(node, offset + 1);
    const boxes = [...range.getClientRects()].filter((rect) => rect.width > 0);
    return boxes[boxes.length - 1];
  };
  const first = box(from, characters[0].length);
  const last = box(from + text.length - characters.at(-1).length, characters.at(-1).length);
  const leftwards = getComputedStyle(within).direction === 'rtl';
  const before = (rect) => [leftwards ? Math.floor(rect.right) - 1 : Math.ceil(rect.left), rect.top + rect.height / 2];
  const after = (rect) => [leftwards ? Math.ceil(rect.left) : Math.floor(rect.right) - 1, rect.top + rect.height / 2];
  return [before(first), after(last)].map((point) => point.map(Math.round));
}"""


class Tab(Page):
    """A browsing context that a person navigates and uses."""

    def __init__(
        self, connection: BidiConnection, context: str, when_loaded: Callable[[Tab], None] = lambda tab: None
    ) -> None:
        super().__init__(connection, context)
        self._when_loaded = when_loaded

    # where it is

    def get(self, url: str) -> None:
        """Load a page and wait for its load event, and for the extension where it may come in."""
        try:
            self.connection.command("browsingContext.navigate", context=self.context, url=url, wait="complete")
        except BidiError as error:
            if FRAME_FAILED not in str(error):
                raise
            loaded = f"location.href === {json.dumps(url)} && document.readyState === 'complete'"
            self.wait_until(loaded, f"{url} is loaded")
        self._when_loaded(self)

    def show(self, url: str) -> None:
        """Go to what no extension may read, a document of the browser's own viewer say."""
        self.connection.command("browsingContext.navigate", context=self.context, url=url, wait="none")

    def reload(self) -> None:
        """Load the same page again."""
        self.connection.command("browsingContext.reload", context=self.context, wait="complete")
        self._when_loaded(self)

    def go_back(self, url: str) -> None:
        """Return to the page before, at this address, as the button does."""
        self.connection.command("browsingContext.traverseHistory", context=self.context, delta=-1)
        arrived = f"location.href === {json.dumps(url)} && document.readyState === 'complete'"
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._is_true(arrived):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{url} did not come back")
            time.sleep(POLL_SECONDS)
        self._when_loaded(self)

    def _is_true(self, expression: str) -> bool:
        """Whether an expression holds in a page that may just be going away."""
        try:
            return bool(self.evaluate(expression))
        except BidiError:
            return False

    def activate(self) -> None:
        """Make this the tab that its window shows."""
        self.connection.command("browsingContext.activate", context=self.context)

    def close(self) -> None:
        """Close the tab."""
        self.connection.command("browsingContext.close", context=self.context)

    def set_viewport(self, width: int, height: int, pixel_ratio: float | None = None) -> None:
        """Give the page this many CSS pixels."""
        self.connection.command(
            "browsingContext.setViewport",
            context=self.context,
            viewport={"width": width, "height": height},
            devicePixelRatio=pixel_ratio,
        )

    def screenshot(self, path: Path, box: dict[str, float] | None = None) -> None:
        """Write what the viewport shows, or a box of it, as a PNG file."""
        path.write_bytes(self.picture(box))

    def picture(self, box: dict[str, float] | None = None) -> bytes:
        """What the viewport shows, or a box of it (x, y, width and height), as PNG."""
        clip = {} if box is None else {"clip": {"type": "box", **box}}
        answer = self.connection.command("browsingContext.captureScreenshot", context=self.context, **clip)
        return base64.b64decode(answer["data"])

    # what a person does in it

    def select_with_mouse(self, text: str, within: str = "body", milliseconds: int = 0) -> None:
        """Press the button before the text, draw to its end for a while, let go."""
        self.call(BRING_INTO_SIGHT, within)
        start, end = self.call(ENDS_OF_TEXT, within, text)
        self.drag(start, end, milliseconds)

    def drag(self, start: list[float], end: list[float], milliseconds: int = 0) -> None:
        """Press the button at one point of the viewport, draw to another for a while, let go."""
        halfway = [(start[0] + end[0]) / 2, (start[1] + end[1]) / 2]
        self._mouse(_move(start), _PRESS, _move(halfway), _move(end, milliseconds), _RELEASE)

    def select_with_keyboard(self, text: str, within: str = "body") -> None:
        """Mark the first word by a double click, then hold Shift while the right arrow key walks to the text's end.

        A double click, because Chromium extends a range by Shift and arrow, but no bare caret outside editable text.
        One press goes over one character as the reader sees it: ``text`` must have no combined ones.
        """
        self.call(BRING_INTO_SIGHT, within)
        start, _ = self.call(ENDS_OF_TEXT, within, text)
        self._mouse(_move(start), _PRESS, _RELEASE, _PRESS, _RELEASE)
        self._keys({"type": "keyDown", "value": KEYS["Shift"]})
        # in Firefox a step over a soft line break counts twice, hence the second look
        while (missing := len(text) - self.evaluate("String(getSelection()).length")) > 0:
            self._keys(*missing * [{"type": kind, "value": KEYS["ArrowRight"]} for kind in ("keyDown", "keyUp")])
        self._keys({"type": "keyUp", "value": KEYS["Shift"]})

    def click(self, selector: str) -> None:
        """Click in the middle of an element."""
        self.click_at(*self.call(BRING_INTO_SIGHT, selector))

    def click_at(self, x: float, y: float) -> None:
        """Click at a point of the viewport."""
        self._mouse(_move([x, y]), _PRESS, _RELEASE)

    def hover_at(self, x: float, y: float) -> None:
        """Rest the mouse on a point of the viewport."""
        self._mouse(_move([x - 3, y]), _move([x, y]))

    def touch(self, x: float, y: float, milliseconds: int) -> None:
        """Put a finger on a point of the viewport for a while."""
        pause = {"type": "pause", "duration": milliseconds}
        touching = [_move([x, y]), _PRESS, pause, _RELEASE]
        self._perform({"type": "pointer", "id": "finger", "parameters": {"pointerType": "touch"}, "actions": touching})

    def press(self, *names: str) -> None:
        """Press keys down in this order and let them go in the reverse: ``press("Shift", "Tab")``."""
        values = [KEYS.get(name, name) for name in names]
        down = [{"type": "keyDown", "value": value} for value in values]
        self._keys(*down, *({"type": "keyUp", "value": value} for value in reversed(values)))

    def type(self, text: str) -> None:
        """Press the key of each character."""
        self._keys(*({"type": kind, "value": character} for character in text for kind in ("keyDown", "keyUp")))

    def _mouse(self, *actions: dict[str, Any]) -> None:
        self._perform({"type": "pointer", "id": "mouse", "actions": actions})

    def _keys(self, *actions: dict[str, Any]) -> None:
        self._perform({"type": "key", "id": "keyboard", "actions": actions})

    def _perform(self, source: dict[str, Any]) -> None:
        self.connection.command("input.performActions", context=self.context, actions=[source])


_PRESS: dict[str, Any] = {"type": "pointerDown", "button": 0}
_RELEASE: dict[str, Any] = {"type": "pointerUp", "button": 0}


def _move(point: list[float], milliseconds: int = 0) -> dict[str, Any]:
    return {"type": "pointerMove", "x": round(point[0]), "y": round(point[1]), "duration": milliseconds}
