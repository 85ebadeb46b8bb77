"""Simple features of a statement, to see what goes with its rating."""

from __future__ import annotations

import numpy as np
import pandas as pd

from fake_news.data.cleaning import HISTORY_COUNTS, NOT_STATED

_WORDS = r"\b(never|always|every|all|none|nothing|nobody|everyone)\b"


def features(liar: pd.DataFrame) -> pd.DataFrame:
    """One column a feature, one row a statement of :func:`fake_news.exploration.frames.liar_frame`.

    The last two are the rating and, before it, the sum of the false-ish history counts as a share of all: the leak.
    """
    text = liar["text"]
    counts = liar[list(HISTORY_COUNTS)]
    falsish = counts[["pants_fire_n", "false_n", "barely_true_n"]].sum(axis=1)
    total = counts.sum(axis=1)
    return pd.DataFrame(
        {
            "words": liar["words"],
            "letters per word": text.str.len() / liar["words"].clip(lower=1),
            "digits": text.str.count(r"\d"),
            "per cent": text.str.contains(r"percent|per cent|%", case=False),
            "Says …": text.str.startswith("Says "),
            "capitals": text.str.count(r"[A-Z]") / text.str.len().clip(lower=1),
            "never, all …": text.str.count(_WORDS),
            "republican": liar["party"] == "republican",
            "democrat": liar["party"] == "democrat",
            "state stated": liar["state"] != NOT_STATED,
            "title stated": liar["office"] != NOT_STATED,
            "false in history": (falsish / total.clip(lower=1)).where(total > 0, 0.5),
            "rating": liar["rank"],
        }
    ).astype(float)


def rank_correlation(frame: pd.DataFrame) -> tuple[list[str], list[list[float]]]:
    """Spearman's correlation of every pair of columns; those that never vary are left out."""
    varying = frame.loc[:, frame.nunique() > 1]
    values = np.corrcoef(varying.rank().to_numpy(), rowvar=False).round(4)
    return list(varying.columns), values.tolist()
