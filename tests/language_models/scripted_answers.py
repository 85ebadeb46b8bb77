"""What stub models write: the same answer to every question."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Write = Callable[[dict[str, Any]], str]
"""From a request's JSON to what the model writes."""


def rulings_in(question: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The rulings that a request asks about."""
    found: dict[str, dict[str, str]] = json.loads(question["messages"][-1]["content"])["rulings"]
    return found


def says(relation: str, explanation: str = "Both speak of the same event.") -> Write:
    """A model that names one relation for every ruling."""

    def write(question: dict[str, Any]) -> str:
        return json.dumps({"explanation": explanation, "relations": dict.fromkeys(rulings_in(question), relation)})

    return write


def lies(question: dict[str, Any]) -> str:
    """A model that calls every ruling with a false claim the opposite, and every other the same."""
    relations = {
        name: "opposite" if ruling.get("rating", "").lower().startswith(("false", "pants")) else "same"
        for name, ruling in rulings_in(question).items()
    }
    return json.dumps({"explanation": "The page is right.", "relations": relations})
