"""The page in a tab: running scripts in it, and waiting for what they find."""

from __future__ import annotations

import json
import time
from typing import Any

from tests.extension.browsers.bidi import BidiConnection

POLL_SECONDS = 0.03
PATIENCE_SECONDS = 15.0


class PageError(Exception):
    """A script run in the page threw."""


class Page:
    """A page; scripts run in its own world, so they see what the page itself could see."""

    def __init__(self, connection: BidiConnection, context: str) -> None:
        self.connection = connection
        self.context = context

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression, awaited; it must survive JSON."""
        return self.call(f"() => ({expression})")

    def call(self, function: str, *arguments: Any) -> Any:
        """What a JavaScript function answers to these arguments; both must survive JSON."""
        declaration = f"async (given) => JSON.stringify(await ({function})(...JSON.parse(given)))"
        return self._call(declaration, {"type": "string", "value": json.dumps(arguments)})

    def call_with_shadow_root(self, selector: str, function: str) -> Any:
        """What a JavaScript function answers to the shadow root of an element, open or closed; None without one."""
        answer = self.connection.command(
            "script.evaluate",
            expression=f"document.querySelector({json.dumps(selector)})",
            target={"context": self.context},
            awaitPromise=False,
        )
        shadow_root = answer["result"].get("value", {}).get("shadowRoot")
        if shadow_root is None:
            return None
        return self._call(f"async (root) => JSON.stringify(await ({function})(root))", shadow_root)

    def _call(self, declaration: str, argument: dict[str, Any]) -> Any:
        answer = self.connection.command(
            "script.callFunction",
            functionDeclaration=declaration,
            arguments=[argument],
            target={"context": self.context},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise PageError(answer["exceptionDetails"]["text"])
        text = answer["result"].get("value")
        return None if text is None else json.loads(text)

    def wait_until(
        self, expression: str, what: str, seconds: float = PATIENCE_SECONDS, look_every: float = POLL_SECONDS
    ) -> Any:
        """The first truthy value of a JavaScript expression; ``what`` names the condition if it never comes true."""
        deadline = time.monotonic() + seconds
        while not (value := self.evaluate(expression)):
            if time.monotonic() > deadline:
                raise TimeoutError(f"after {seconds:g} s still not: {what} ({expression} is {value!r})")
            time.sleep(look_every)
        return value
