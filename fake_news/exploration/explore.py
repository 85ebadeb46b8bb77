"""The charts and tables of the exploration: one function for each part of its report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from fake_news.common.errors import DataError
from fake_news.data.cleaning import NOT_STATED, STATES, letters_only
from fake_news.data.statements import SIX_WAY
from fake_news.data.status import missing_sets
from fake_news.exploration.frames import (
    SPLITS,
    features,
    liar_frame,
    politifact_frame,
    rank_correlation,
    ratings_by,
    share_dot,
    share_true_by,
    telling_words,
)
from fake_news.exploration.report import Exploration, Part, Table
from fake_news.reporting.charts import Bar, Bars, Chart, Confusion, Dots, Histogram, Matrix, Steps, confusion
from fake_news.statistics.resampling import Figure
from fake_news.training.duplicates import near_duplicates

_SPEAKERS = 20
_TELLING = 18
_NONE = Figure(0.0, 0.0, 0.0)  # for a rating that no such row has
_BIN_WORDS, _MOST_WORDS = 3, 60


def explore(folder: Path) -> Exploration:
    """Explore LIAR and, if it is installed, the PolitiFact archive.

    Raises
    ------
    DataError
        If a file is missing or a row malformed; the message names file and line.
    """
    absent = missing_sets(folder, ["liar", "politifact"])
    if "liar" in absent:
        raise DataError(f"LIAR is not in {folder}.", "Get it: `python -m fake_news data fetch liar`.")
    liar, archive = liar_frame(folder), None if absent else politifact_frame(folder)
    fewest = 20 if len(liar) > 1000 else 1
    copies = duplicates(liar, archive)
    charts: list[Chart] = [
        *labels(liar, archive),
        lengths(liar),
        *speakers(liar, archive),
        *parties(liar, fewest),
        subjects(liar, fewest),
        *(years(archive) if archive is not None else ()),
        *words(liar, archive),
        copies,
        missing(liar),
        correlation(liar),
        leak(liar),
    ]
    counts = {"LIAR": len(liar)} | ({} if archive is None else {"PolitiFact": len(archive)})
    return Exploration(counts, charts, [speaker_table(liar), duplicate_table(copies)], absent)


def labels(liar: pd.DataFrame, archive: pd.DataFrame | None) -> Iterator[Chart]:
    """Draw the shares of the six ratings and of the two classes."""
    groups = {f"LIAR {split}": liar.loc[liar["split"] == split, "rating"] for split in SPLITS}
    if archive is not None:
        groups["PolitiFact archive"] = archive["rating"]
    yield ratings_by(groups, Part.LABELS, "Six ratings", "From pants-fire (left) to true (right).")
    dots = [share_dot(name, ratings.map(SIX_WAY) >= SIX_WAY["half-true"]) for name, ratings in groups.items()]
    note = "Half-true, mostly-true and true count as true. The line is an even base rate."
    yield Dots(Part.LABELS, "Two classes", note, "share of true statements", 0.5, dots)


def lengths(liar: pd.DataFrame) -> Chart:
    """Draw the lengths of statements, in words."""
    edges = np.arange(0.0, _MOST_WORDS + 1, _BIN_WORDS)
    steps = []
    for name, chosen in (("rated true", liar["true"]), ("rated false", ~liar["true"])):
        count = liar.loc[chosen, "words"].clip(upper=_MOST_WORDS - 1)
        heights = np.histogram(count, edges)[0] / max(len(count), 1)
        steps.append(Steps(name, len(count), heights.round(4).tolist()))
    longest = f"The last bin holds all statements of {_MOST_WORDS - _BIN_WORDS} words and more."
    return Histogram(
        Part.LENGTHS, "Words of a statement (LIAR)", longest, "words", "share of statements", edges.tolist(), steps
    )


def speakers(liar: pd.DataFrame, archive: pd.DataFrame | None) -> Iterator[Chart]:
    """Draw who is rated most and how, and how many speakers are on both sides of the split."""
    source, rated_rows = ("LIAR", liar) if archive is None else ("PolitiFact archive", archive)
    top = rated_rows["speaker"].value_counts().head(_SPEAKERS)
    bars = []
    for name, _ in top.items():
        rated = rated_rows.loc[rated_rows["speaker"] == name, "rating"]
        bars.append(Bar(str(name), [float((rated == rating).sum()) for rating in SIX_WAY]))
    yield Bars(
        Part.SPEAKERS,
        f"The {len(top)} most rated speakers ({source})",
        f"They have {top.sum() / len(rated_rows):.0%} of all statements. Kinds of posts stand among people.",
        "statements",
        list(SIX_WAY),
        bars,
        ordered=True,
    )
    known = set(liar.loc[liar["split"] == "train", "speaker"])
    dots = []
    for split in ("valid", "test"):
        seen = liar.loc[liar["split"] == split, "speaker"].isin(known)
        dots.append(share_dot(f"LIAR {split}", seen))
    note = "A split at random leaves nearly every speaker on both sides."
    yield Dots(Part.SPEAKERS, "Statements whose speaker is in the train split", note, "share of statements", None, dots)


def speaker_table(liar: pd.DataFrame) -> Table:
    """List the offices and professions of speakers."""
    groups = liar.groupby("office")["true"].agg(["size", "mean"]).sort_values("size", ascending=False)
    rows: list[tuple[str, ...]] = [
        (str(name), f"{int(row['size']):,}", f"{row['mean']:.1%}") for name, row in groups.iterrows()
    ]
    return Table(Part.SPEAKERS, ("office or work (LIAR)", "statements", "true"), rows)


def parties(liar: pd.DataFrame, fewest: int) -> Iterator[Chart]:
    """Draw the share of true statements by party and by state."""
    line = "The line is the share among all."
    yield share_true_by(liar, "party", Part.PARTIES, "By party (LIAR)", line, fewest=fewest)
    states = liar[liar["state"].isin([*STATES, NOT_STATED])]
    yield share_true_by(states, "state", Part.PARTIES, "By the speaker's state (LIAR)", line, fewest=fewest)


def subjects(liar: pd.DataFrame, fewest: int) -> Chart:
    """Draw the share of true statements by subject."""
    note = "A statement may have several subjects. The line is the share among all."
    each = liar[["subjects", "true"]].explode("subjects")
    return share_true_by(each, "subjects", Part.SUBJECTS, "By subject (LIAR)", note, fewest=fewest, most=30)


def years(archive: pd.DataFrame) -> Iterator[Chart]:
    """Draw how the mix of statements shifts from year to year."""
    bars = []
    for year, rows in archive.groupby("year"):
        named, posts = rows[~rows["viral"]], rows[rows["viral"]]
        pieces = [(~named["true"]).sum(), (~posts["true"]).sum(), posts["true"].sum(), named["true"].sum()]
        bars.append(Bar(str(year), [float(piece) for piece in pieces]))
    kinds = ["named speakers, false", "posts, false", "posts, true", "named speakers, true"]
    yield Bars(Part.YEARS, "Statements rated in each year (PolitiFact archive)", "", "statements", kinds, bars, True)
    dots = [
        share_dot(f"{year}, {kind}", rows["true"])
        for kind, chosen in (("named", ~archive["viral"]), ("posts", archive["viral"]))
        for year, rows in archive[chosen].groupby("year")
    ]
    note = "Named speakers and viral posts apart: the fall of the share is mostly the rise of the posts."
    yield Dots(Part.YEARS, "Share of true statements by year", note, "share of true statements", None, dots)


def words(liar: pd.DataFrame, archive: pd.DataFrame | None) -> Iterator[Chart]:
    """Draw the words that true or false statements use more often."""
    frames = {"LIAR": liar}
    if archive is not None:
        frames["PolitiFact archive, named speakers"] = archive[~archive["viral"]]
    for name, frame in frames.items():
        if frame["true"].nunique() < 2:
            continue
        found = telling_words(frame["text"].tolist(), frame["true"].to_numpy(), _TELLING)
        bars = [Bar(use.words, [min(use.z, 0.0), max(use.z, 0.0)]) for use in found]
        yield Bars(
            Part.WORDS,
            f"Telling words ({name})",
            "To the left those of statements rated false, to the right those of statements rated true.",
            "standard deviations",
            ["more often in false ones", "more often in true ones"],
            bars,
            ordered=True,
        )


def duplicates(liar: pd.DataFrame, archive: pd.DataFrame | None) -> Bars:
    """Count the statements that occur in two sets."""
    sets = {f"LIAR {split}": liar.loc[liar["split"] == split, "text"].tolist() for split in SPLITS}
    pairs = [*((second, first) for first, second in combinations(sets, 2))]
    if archive is not None:
        sets["the archive"] = archive["text"].tolist()
        pairs += [(f"LIAR {split}", "the archive") for split in ("valid", "test")]
    bars = []
    for ours, theirs in pairs:
        letters = {letters_only(text) for text in sets[theirs]}
        whole = set(sets[theirs])
        same = np.array([text in whole for text in sets[ours]])
        stripped = np.array([letters_only(text) in letters for text in sets[ours]]) & ~same
        alike = near_duplicates(sets[ours], sets[theirs]) & ~same & ~stripped
        counts = [float(found.sum()) for found in (same, stripped, alike)]
        bars.append(Bar(f"{ours} in {theirs}", counts))
    kinds = ["letter for letter", "but for marks and spaces", "worded alike"]
    return Bars(Part.DUPLICATES, "Statements that stand in another set too", "", "statements", kinds, bars)


def duplicate_table(copies: Bars) -> Table:
    """List the counts of :func:`duplicates`."""
    rows: list[tuple[str, ...]] = [(bar.label, *(f"{count:,.0f}" for count in bar.values)) for bar in copies.bars]
    return Table(Part.DUPLICATES, ("statements", *copies.pieces), rows)


def missing(liar: pd.DataFrame) -> Chart:
    """Draw the shares of missing values, apart for true and false statements."""
    dots = []
    for column in ("speaker", "subjects", "context", "party", "state", "office"):
        absent = liar[column].map(lambda value: value in ("", (), NOT_STATED))
        for name, chosen in (("rated true", liar["true"]), ("rated false", ~liar["true"])):
            dots.append(share_dot(f"{column}, {name}", absent[chosen]))
    note = "Apart for statements rated true and false: where the two differ, being missing tells something too."
    return Dots(Part.MISSING, "Not stated (LIAR)", note, "share of statements", None, dots)


def correlation(liar: pd.DataFrame) -> Chart:
    """Draw the rank correlations of simple features and the rating."""
    names, values = rank_correlation(features(liar))
    note = "The last row is the rating. The strongest of it is the history, which holds the answer."
    return Matrix(Part.CORRELATION, "Rank correlation (LIAR)", note, names, values)


def leak(liar: pd.DataFrame) -> Chart:
    """Draw which history count is not zero, for rows whose counts sum to at most one."""
    order = ["pants_fire_n", "false_n", "barely_true_n", "half_true_n", "mostly_true_n"]
    counts = liar[order].to_numpy()
    few = counts.sum(axis=1) <= 1
    shown = np.where(counts[few].any(axis=1), counts[few].argmax(axis=1), len(order))
    actual = liar.loc[few, "rank"].to_numpy()
    right = float((shown == actual).mean()) if few.any() else 0.0
    picture: Confusion = confusion(
        Part.LEAK,
        "The count that is not zero is the rating",
        f"The {int(few.sum()):,} of LIAR's {len(liar):,} statements whose counts sum to one or zero. In {right:.0%} of "
        "them the counts alone name the rating.",
        list(SIX_WAY),
        actual,
        shown,
    )
    shares = [[_NONE if np.isnan(figure.value) else figure for figure in row] for row in picture.shares]
    return replace(picture, shares=shares, x_label="the one history count (none of them: true)")
