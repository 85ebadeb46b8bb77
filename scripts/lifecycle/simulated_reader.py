"""A simulated reader of the walk's server, who reads the saved pages and sometimes disagrees with a verdict."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Mapping, Sequence

FEEDBACK = (
    ("The harbour bridge was closed for nine weeks after the storm, the county said.", "likely-false", "true"),
    ("A hidden chip in every new parking ticket reports your address to the mayor.", "unsure", "false"),
    ("The ferry line carried 12,000 passengers last year, fewer than in 2015.", "unsure", "true"),
    ("Half of the school kitchens in the county bought no vegetables at all in May.", "unsure", "mixed"),
    ("What a lovely morning to stand on a pier!", "unsure", "no-claim"),
    ("The quarry may open again one day.", "likely-true", "unsure"),
)
"""Statements written for this, the label that was shown, and the reader's own."""

_MOST_BLOCKS = 100  # of a request
_PATIENCE = 300  # seconds that a shadow gets to catch up
_STANDS_STILL = 5  # seconds without another statement: it has caught up


class SimulatedReader:
    """Sends what a browser with the extension would send.

    Parameters
    ----------
    address : of the server
    """

    def __init__(self, address: str) -> None:
        self._address = address

    def read(self, pages: Mapping[str, Sequence[str]]) -> None:
        """Have the paragraphs of some pages checked."""
        for page, texts in pages.items():
            blocks = [{"id": f"{page}-{number}", "text": text[:20_000]} for number, text in enumerate(texts)]
            for start in range(0, len(blocks), _MOST_BLOCKS):
                self._post("/api/v1/check", {"blocks": blocks[start : start + _MOST_BLOCKS]})

    def disagree(self) -> None:
        """Give the feedback."""
        for statement, label, correction in FEEDBACK:
            self._post("/api/v1/feedback", {"statement": statement, "label": label, "correction": correction})

    def wait_for_shadow(self) -> None:
        """Wait until a shadow reads no more: texts that were repeated count once, so nobody knows how many it will."""
        read, before = self._shadow_read(), -1.0
        end = time.monotonic() + _PATIENCE
        while not 0 < read == before and time.monotonic() < end:
            time.sleep(_STANDS_STILL)
            read, before = self._shadow_read(), read

    def _shadow_read(self) -> float:
        with urllib.request.urlopen(f"{self._address}/metrics") as answer:
            lines = answer.read().decode().splitlines()
        counted = ("plumbline_shadow_statements_total ", "plumbline_shadow_unaligned_total ")
        return sum(float(line.split()[1]) for line in lines if line.startswith(counted))

    def _post(self, route: str, body: object) -> None:
        request = urllib.request.Request(
            self._address + route, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request) as answer:
            answer.read()
