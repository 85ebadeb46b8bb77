"""Links that were read by hand, because the annotators' fact-check is not the only right one.

A debate sentence that says what five rulings ruled on is linked rightly to any of them; a line that "nobody
fact-checked" may repeat a ruled claim word for word. ``adjudications.json`` holds which links a reader found right, by
hashes of the sentence and of the claim; what was not read counts as wrong.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from fake_news.data.fact_checks import normalised

_FILE = Path(__file__).with_name("adjudications.json")


class Adjudications:
    """What was decided about links."""

    def __init__(self, path: Path = _FILE) -> None:
        self._same = frozenset(json.loads(path.read_text(encoding="utf-8"))["same"]) if path.exists() else frozenset()

    def same(self, sentence: str, claim: str) -> bool:
        """Whether a reader found that the sentence says what the claim says."""
        return link_key(sentence, claim) in self._same


def link_key(sentence: str, claim: str) -> str:
    """What a link is known by."""
    return " ".join(hashlib.sha256(normalised(text).encode()).hexdigest()[:12] for text in (sentence, claim))
