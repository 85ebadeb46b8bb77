"""What is painted on the saved pages, as a person has looked at it: hashes of the statements, and their labels.

No word of the pages is kept here. ``--accept-painted`` writes down what is painted now; the difference is then for a
person to read, with the words and rulings that the failing test names.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from tests.extension.server_verdicts import PAINTED_LABELS

FILE = Path(__file__).with_name("reviewed_pages.json")
_CHARACTERS = 16

Painted = dict[str, str]
"""Labels by the hash of the statement."""


def painted_of(statements: list[tuple[str, dict[str, Any]]]) -> tuple[Painted, dict[str, str]]:
    """What the server called painted, and for each hash the words with the rulings that they rest on."""
    labels, words = {}, {}
    for text, one in statements:
        if one["label"] in PAINTED_LABELS:
            key = hashlib.sha256("".join(text.split()).encode()).hexdigest()[:_CHARACTERS]
            labels[key] = one["label"]
            rulings = [f"{ruling['relation']} {ruling['rating']} {ruling['url']}" for ruling in one["evidence"]]
            words[key] = "\n    ".join([f"{one['label']}: {text}", *rulings])
    return labels, words


def reviewed_of(page: str) -> Painted:
    """What a person has looked at."""
    return dict(_read().get(page, {}))


def accept(page: str, painted: Painted) -> None:
    """Write down what is painted on a page now."""
    pages = {**_read(), page: dict(sorted(painted.items()))}
    text = json.dumps(dict(sorted(pages.items())), indent=2) + "\n"
    FILE.write_text(text, encoding="utf-8")


def difference(page: str, painted: Painted, words: dict[str, str]) -> str:
    """What a person has to look at; empty where nothing has changed."""
    reviewed = reviewed_of(page)
    lines = [f"new: {words[key]}" for key, label in painted.items() if reviewed.get(key) != label]
    lines += [f"no longer: {label}, statement {key}" for key, label in reviewed.items() if key not in painted]
    return "\n".join(lines)


def pages_reviewed() -> list[str]:
    """The pages of which something is written down."""
    return sorted(_read())


def _read() -> dict[str, Painted]:
    if not FILE.exists():
        return {}
    pages: dict[str, Painted] = json.loads(FILE.read_text(encoding="utf-8"))
    return pages
