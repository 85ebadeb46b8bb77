"""What the real server says about a text, asked directly: the tests compare the browsers with it."""

from __future__ import annotations

import json
import urllib.request
from typing import Any, NamedTuple

from tests.extension.recording_server import slice_utf16

PAINTED_LABELS = ("false", "mixed", "true", "likely-false", "likely-true")
WEIGHTS = (*PAINTED_LABELS, "unsure", "no-claim")


class Statement(NamedTuple):
    """One statement: its label and exactly its characters."""

    label: str
    text: str


def ask(address: str, text: str) -> list[dict[str, Any]]:
    """The statements of one block, as the server sends them."""
    body = json.dumps({"blocks": [{"id": "b", "text": text}]}).encode()
    request = urllib.request.Request(f"{address}/api/v1/check", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as response:
        statements: list[dict[str, Any]] = json.load(response)["blocks"][0]["statements"]
    return statements


def judge(address: str, text: str) -> list[Statement]:
    """Every statement of a text."""
    return [Statement(one["label"], slice_utf16(text, one["start"], one["end"])) for one in ask(address, text)]


def by_weight(statements: list[Statement]) -> list[Statement]:
    """The statements in the order of a card: what says most comes first."""
    return sorted(statements, key=lambda statement: WEIGHTS.index(statement.label))


def painted_in(address: str, *texts: str) -> list[Statement]:
    """The statements of some texts that a page shows as painted, in a fixed order."""
    statements = [statement for text in texts for statement in judge(address, text)]
    return sorted(statement for statement in statements if statement.label in PAINTED_LABELS)
