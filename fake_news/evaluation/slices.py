"""Slices: for whom, about what and where the ranking is better or worse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from fake_news.common.arrays import BoolArray
from fake_news.evaluation.evaluation_data import LiarColumns
from fake_news.evaluation.scored_statements import ScoredStatements, viral
from fake_news.reporting.charts import Findings, dots_of
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import auc, bootstrap
from fake_news.training.duplicates import word_forms

FEWEST = 50
"""Of fewer statements the interval says nothing."""

_TOPICS = 12
_LENGTHS = ((1, 10), (11, 20), (21, 30), (31, 1000))

Slice = tuple[str, BoolArray]


def slices_of_years(scored: ScoredStatements) -> Findings:
    """Speaker type, year and length on the later years."""
    return _slices(scored, slices_by_year(scored), "speaker type, year, length")


def slices_of_liar(scored: ScoredStatements, columns: Sequence[LiarColumns], known_speakers: Iterable[str]) -> Findings:
    """Party, topic, length, and whether the speaker was met in training, on a split of LIAR."""
    return _slices(scored, slices_by_column(scored, columns, known_speakers), "speaker, party, topic, length")


def slices_by_year(scored: ScoredStatements) -> list[Slice]:
    """Speaker type, year and length of dated statements."""
    posts = viral(scored)
    years = np.array([statement.date[:4] for statement in scored.statements])
    chosen: list[Slice] = [("named speakers", ~posts), ("viral posts", posts)]
    for year in np.unique(years):
        in_year = years == year
        chosen += [(str(year), in_year), (f"{year}, named speakers", in_year & ~posts)]
    return [*chosen, *_lengths(scored)]


def slices_by_column(
    scored: ScoredStatements, columns: Sequence[LiarColumns], known_speakers: Iterable[str]
) -> list[Slice]:
    """Party, topic, length of a split of LIAR, and whether the speaker was met in training."""
    known = set(known_speakers)
    met = np.array([statement.speaker in known for statement in scored.statements])
    topics = Counter(subject for row in columns for subject in row.subjects).most_common(_TOPICS)
    parties = Counter(row.party for row in columns).most_common()
    return [
        ("speaker in the train split", met),
        ("speaker not in the train split", ~met),
        *((f"party: {party}", np.array([row.party == party for row in columns])) for party, _ in parties),
        *((f"topic: {topic}", np.array([topic in row.subjects for row in columns])) for topic, _ in topics),
        *_lengths(scored),
    ]


def _lengths(scored: ScoredStatements) -> list[Slice]:
    words = np.array([len(word_forms(statement.text)) for statement in scored.statements])
    return [
        (f"{fewest}–{most} words" if most < 1000 else f"{fewest} words and more", (words >= fewest) & (words <= most))
        for fewest, most in _LENGTHS
    ]


def _slices(scored: ScoredStatements, slices: Sequence[Slice], by: str) -> Findings:
    rows = []
    for name, chosen in slices:
        part = scored.where(chosen, name)
        if len(part) < FEWEST or not 0.0 < part.base_rate < 1.0:
            continue
        figure = bootstrap(auc, part.true, part.probability)
        rows.append(Row(Section.SLICES, f"AUC, {scored.name}", name, len(part), part.base_rate, figure, "chance .500"))
    overall = bootstrap(auc, scored.true, scored.probability)
    rows.insert(
        0, Row(Section.SLICES, f"AUC, {scored.name}", "all", len(scored), scored.base_rate, overall, "chance .500")
    )
    chart = dots_of(
        Section.SLICES,
        f"{scored.name}, by {by}",
        f"Slices of fewer than {FEWEST} statements are left out. The line is the AUC on all of them.",
        "AUC",
        overall.value if overall else None,
        rows,
    )
    return Findings(rows, [chart])
