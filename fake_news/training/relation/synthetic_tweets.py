"""Choi & Ferrara's synthetic tweets (2024): each says a checked claim, comes near it, or contradicts it.

Written by a language model for 1,142 claims; CC BY-NC-SA 4.0. Real posts with the claims they were matched with were
tried besides, and left out: most say something looser than the claim, which taught the encoder to overlook near misses.
"""

from __future__ import annotations

import re
from pathlib import Path

from fake_news.data.folder import read_table
from fake_news.detection.factchecks.fact_check import encoder_text
from fake_news.training.relation.examples import Example
from fake_news.training.relation.outcomes import CONTRADICTS, ENTAILS, LESS, RELATED, REPORTED

_LINK = re.compile(r"https?://\S+")
_MOST_WORDS = 45
_FEWEST_WORDS = 3
_ALLOWED = {
    "ENTAILMENT": ENTAILS,
    "NEUTRAL": LESS | RELATED | REPORTED,
    "CONTRADICTION": CONTRADICTS,
}


def synthetic_tweets(folder: Path) -> list[tuple[str, Example]]:
    """Claims with tweets around them; none where the set is missing."""
    path = folder / "choi_claim_matching" / "train_gpt4_balanced.tsv"
    if not path.is_file():
        return []
    rows = []
    for _, row in read_table(path, ["tweet", "claim", "label"], quoted=False, separator="\t"):
        words = _LINK.sub("", row["tweet"]).split()[:_MOST_WORDS]
        if len(words) >= _FEWEST_WORDS:
            rows.append((encoder_text(row["claim"]), Example(" ".join(words), _ALLOWED[row["label"]])))
    return rows
