"""LIAR and the PolitiFact archive as data frames with cleaned columns, and groups of their statements compared.

Words are compared by log-odds ratios with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, "Fightin'
Words"): plain ratios of frequencies put the rarest words first, which say nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import CountVectorizer

from fake_news.common.arrays import BoolArray
from fake_news.common.errors import DataError
from fake_news.data.cleaning import (
    HISTORY_COUNTS,
    NOT_STATED,
    clean_label,
    clean_party,
    clean_state,
    clean_subjects,
    clean_text,
    office,
)
from fake_news.data.folder import expect
from fake_news.data.statements import LIAR_COLUMNS, LIAR_RATINGS, SIX_WAY, load_politifact
from fake_news.data.validation.tables import table
from fake_news.reporting.charts import Bar, Bars, Dot, Dots
from fake_news.statistics.significance import wilson_interval
from fake_news.training.duplicates import word_forms

_COUNTS = {str(count): count for count in range(1000)} | {f"{count}.0": count for count in range(1000)}
_PRIOR_WORDS = 500.0
SPLITS = ("train", "valid", "test")
_WORDS = r"\b(never|always|every|all|none|nothing|nobody|everyone)\b"


def liar_frame(folder: Path) -> pd.DataFrame:
    """Read LIAR's three splits into one frame, one row a statement.

    Columns: ``split``, ``text``, ``words``, ``rating``, ``rank`` (0 to 5), ``true``, ``speaker``, ``party``, ``state``,
    ``office``, ``subjects`` (a tuple), ``context``, and the history counts, which are only looked at.

    Raises
    ------
    DataError
        If a file is missing, empty or malformed; the message names file and line.
    """
    read = table(LIAR_COLUMNS, quoted=False, separator="\t", header=False)
    rows = []
    for split in SPLITS:
        path = folder / "liar" / f"{split}.tsv"
        for line, row in read(path):
            rating = clean_label(expect(row["label"], {label: label for label in LIAR_RATINGS}, path, line, "label"))
            rows.append(
                {
                    "split": split,
                    "text": clean_text(row["statement"]),
                    "rating": rating,
                    "speaker": row["speaker"],
                    "party": clean_party(row["party"]),
                    "state": clean_state(row["state"]),
                    "office": office(row["job"]),
                    "subjects": clean_subjects(row["subjects"]),
                    "context": clean_text(row["context"]) or NOT_STATED,
                    **{name: expect(row[name], _COUNTS, path, line, name) for name in HISTORY_COUNTS},
                }
            )
        if not rows or rows[-1]["split"] != split:
            raise DataError(f"{path} has no rows.", "Download it again: `python -m fake_news data fetch liar`.")
    return _with_ranks(pd.DataFrame(rows))


def politifact_frame(folder: Path) -> pd.DataFrame:
    """Read the PolitiFact archive, oldest first.

    Columns: ``text``, ``words``, ``rating``, ``rank``, ``true``, ``speaker``, ``viral``, ``year``.

    Raises
    ------
    DataError
        If the file is missing or malformed; the message names file and line.
    """
    statements = load_politifact(folder)
    if not statements:
        raise DataError(f"The archive in {folder / 'politifact'} has no rows.", "Download it again.")
    frame = pd.DataFrame(
        {
            "text": [clean_text(statement.text) for statement in statements],
            "rating": [statement.rating for statement in statements],
            "speaker": [statement.speaker for statement in statements],
            "viral": [statement.is_viral for statement in statements],
            "year": [int(statement.date[:4]) for statement in statements],
        }
    )
    return _with_ranks(frame)


def _with_ranks(frame: pd.DataFrame) -> pd.DataFrame:
    frame["rank"] = frame["rating"].map(SIX_WAY)
    frame["true"] = frame["rank"] >= SIX_WAY["half-true"]
    frame["words"] = [len(word_forms(text)) for text in frame["text"]]
    return frame


def features(liar: pd.DataFrame) -> pd.DataFrame:
    """Compute simple features, one column each, of the statements of :func:`liar_frame`.

    The last column is the rating; the one before it is the leak: the share of the false ratings in the history counts.
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
    """Compute Spearman's correlation of every pair of columns; constant columns are left out."""
    varying = frame.loc[:, frame.nunique() > 1]
    values = np.corrcoef(varying.rank().to_numpy(), rowvar=False).round(4)
    return list(varying.columns), values.tolist()


def share_dot(label: str, chosen: pd.Series[bool]) -> Dot:
    """The share of chosen rows, with its interval; 0 where there are no rows."""
    return Dot(label, len(chosen), wilson_interval(int(chosen.sum()), max(len(chosen), 1)))


def share_true_by(
    frame: pd.DataFrame, column: str, section: StrEnum, title: str, note: str, *, fewest: int, most: int = 25
) -> Dots:
    """Draw the share of true statements in each group, the largest groups first; small ones are left out."""
    groups = frame.groupby(column)["true"].agg(["sum", "size"]).sort_values("size", ascending=False, kind="stable")
    chosen = groups[groups["size"] >= fewest].head(most)
    dots = [
        Dot(str(name), int(row["size"]), wilson_interval(int(row["sum"]), int(row["size"])))
        for name, row in chosen.iterrows()
    ]
    small = f" Groups of fewer than {fewest} statements are left out." if fewest > 1 else ""
    return Dots(section, title, f"{note}{small}", "share of true statements", float(frame["true"].mean()), dots)


def ratings_by(groups: dict[str, pd.Series[str]], section: StrEnum, title: str, note: str) -> Bars:
    """Draw the shares of the six ratings in each of several sets."""
    bars = [
        Bar(f"{name} (n = {len(ratings):,})", [float((ratings == rating).mean()) for rating in SIX_WAY])
        for name, ratings in groups.items()
    ]
    return Bars(section, title, note, "share of statements", list(SIX_WAY), bars, ordered=True)


@dataclass(frozen=True, slots=True)
class WordUse:
    """An n-gram, how often each side uses it, and by how many standard deviations more the true side does."""

    words: str
    true: int
    false: int
    z: float


def telling_words(texts: Sequence[str], true: BoolArray, most: int, fewest: int = 20) -> list[WordUse]:
    """Find ``most`` n-grams of each side, from the most false to the most true, that occur ``fewest`` times or more."""
    counter = CountVectorizer(analyzer=_words_and_pairs, min_df=min(fewest, max(2, len(texts) // 50)))
    counts = counter.fit_transform(texts)
    names = counter.get_feature_names_out()
    ours, theirs = (np.asarray(counts[side].sum(axis=0)).ravel().astype(float) for side in (true, ~true))
    both = ours + theirs
    prior = _PRIOR_WORDS * both / both.sum()

    def log_odds(used: np.ndarray) -> np.ndarray:
        with_prior = used + prior
        return np.asarray(np.log(with_prior / (with_prior.sum() - with_prior)))

    z = (log_odds(ours) - log_odds(theirs)) / np.sqrt(1 / (ours + prior) + 1 / (theirs + prior))
    order = np.argsort(z, kind="stable")
    most = min(most, len(order) // 2)
    chosen = [*order[:most], *order[len(order) - most :]]
    return [WordUse(str(names[i]), int(ours[i]), int(theirs[i]), round(float(z[i]), 4)) for i in chosen]


def _words_and_pairs(text: str) -> list[str]:
    words = word_forms(text)
    return [*words, *(f"{first} {second}" for first, second in pairwise(words))]
