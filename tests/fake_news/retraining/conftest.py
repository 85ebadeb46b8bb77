"""New rows to retrain on."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.fake_news.invented_sentences import invented_claims


def new_file(path: Path, flipped: bool, count: int = 60) -> Path:
    """New claims of the miniature kind, rated as they are worded, or the other way round; the first has no date."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(["text", "label", "date"])
        for position, (text, is_true) in enumerate(invented_claims(count, seed=5)):
            day = f"2023-01-{1 + position % 28:02d}" if position else ""
            table.writerow([text, "true" if is_true != flipped else "false", day])
    return path
