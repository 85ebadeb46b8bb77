"""The data sets that an evaluation reads, each read once; sets that are not installed have no rows.

LIAR's other columns divide results into slices and show leaks; no model that ships sees them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fake_news.common.arrays import FloatArray
from fake_news.data.claims import Sentence, load_checkthat, load_subjectivity
from fake_news.data.folder import expect, read_table
from fake_news.data.ordinary_text import PAGES_SET, load_pages
from fake_news.data.project_sentences import CHARGED_TRUTHS, load_charged_truths
from fake_news.data.statements import LIAR_COLUMNS, Statement, load_liar, load_politifact
from fake_news.data.status import has_set
from fake_news.training.claims.examples import SETS, Example, load_examples
from fake_news.training.training_sets import Corpus, load_corpus

COUNTS_BY_RANK = ("pants_fire_n", "false_n", "barely_true_n", "half_true_n", "mostly_true_n")
"""LIAR's history counts in the order of the ranks; it has none for "true"."""

_MOST = 1000


@dataclass(frozen=True, slots=True)
class LiarColumns:
    """The subjects of a statement, and the party of its speaker."""

    subjects: frozenset[str]
    party: str


def load_liar_columns(folder: Path, split: str) -> list[LiarColumns]:
    """Read subjects and parties of a split, in the order of :func:`fake_news.data.statements.load_liar`."""
    return [
        LiarColumns(frozenset(filter(None, row["subjects"].split(","))), row["party"] or "not stated")
        for _, row in liar_table(folder, split)
    ]


def liar_table(folder: Path, split: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the lines of one split of LIAR with all their columns. Research use only."""
    return read_table(folder / "liar" / f"{split}.tsv", LIAR_COLUMNS, quoted=False, separator="\t", header=False)


def load_history_counts(folder: Path, split: str) -> FloatArray:
    """Read the five history counts of a split's rows, in the order of the ranks; shape (rows, 5)."""
    path = folder / "liar" / f"{split}.tsv"
    counts = {str(count): count for count in range(_MOST)} | {f"{count}.0": count for count in range(_MOST)}
    return np.array(
        [
            [expect(row[name], counts, path, line, name) for name in COUNTS_BY_RANK]
            for line, row in liar_table(folder, split)
        ],
        dtype=np.float64,
    )


@dataclass(frozen=True)
class DetectorData:
    """What a finished detector is measured on.

    Attributes
    ----------
    pages : blocks of text of ordinary pages, by the page's name
    claim_examples : sentences of several domains, claims or not; none unless all of their sets are installed
    liar_test : LIAR's test statements, on which no detector is trained
    charged_truths : true sentences about what rumours are about, none learned from; an installed package has none
    """

    pages: Mapping[str, Sequence[str]]
    claim_examples: Sequence[Example]
    liar_test: Sequence[Statement]
    charged_truths: Sequence[str]


@dataclass(frozen=True)
class EvaluationData:
    """What a recipe is fitted and measured on.

    Attributes
    ----------
    archive : the PolitiFact archive as it was published, duplicates included
    debates, news : sentences marked as claims or not that nothing is fitted on
    liar_columns : subjects and parties of LIAR's test statements
    history_counts : LIAR's counts by split, shape (rows, 5)
    """

    corpus: Corpus
    detector: DetectorData
    archive: Sequence[Statement]
    debates: Sequence[Sentence]
    news: Sequence[Sentence]
    liar_columns: Sequence[LiarColumns]
    history_counts: Mapping[str, FloatArray]


def load_detector_data(folder: Path) -> DetectorData:
    """Read what a finished detector is measured on.

    Raises
    ------
    DataError
        If a set lacks a file or a row is malformed, with file and line.
    """
    return DetectorData(
        load_pages(folder) if has_set(folder, PAGES_SET) else {},
        load_examples(folder) if all(has_set(folder, name) for name in SETS) else [],
        load_liar(folder, "test") if has_set(folder, "liar") else [],
        [one.text for one in load_charged_truths() if one.is_test] if CHARGED_TRUTHS.is_file() else [],
    )


def load_evaluation_data(folder: Path) -> EvaluationData:
    """Read everything that an evaluation needs.

    Raises
    ------
    DataError
        If a set lacks a file or a row is malformed, with file and line; if there is no rated statement at all.
    """
    corpus = load_corpus(folder)
    has_liar = "liar" not in corpus.missing
    return EvaluationData(
        corpus=corpus,
        detector=load_detector_data(folder),
        archive=load_politifact(folder) if "politifact" not in corpus.missing else [],
        debates=load_checkthat(folder, "dev") if "checkthat_2024_task1" not in corpus.missing else [],
        news=load_subjectivity(folder, "dev") if "checkthat_2025_subjectivity" not in corpus.missing else [],
        liar_columns=load_liar_columns(folder, "test") if has_liar else [],
        history_counts={split: load_history_counts(folder, split) for split in ("train", "test")} if has_liar else {},
    )
