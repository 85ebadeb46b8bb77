"""The data sets that an evaluation reads, each read once; of those that are not at hand there are no rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fake_news.common.arrays import FloatArray
from fake_news.data.available import has_set
from fake_news.data.claims import Sentence, load_checkthat, load_subjectivity
from fake_news.data.ordinary_text import PAGES_SET, load_pages
from fake_news.data.statements import Statement, load_politifact
from fake_news.evaluation.history_counts import load_history_counts
from fake_news.evaluation.liar_columns import LiarColumns, load_liar_columns
from fake_news.training.claims.examples import SETS, Example, load_examples
from fake_news.training.training_sets import Corpus, load_corpus


@dataclass(frozen=True)
class DetectorData:
    """What a finished detector is measured on.

    Attributes
    ----------
    pages : blocks of text of ordinary pages, by the page's name
    claim_examples : sentences of several domains, claims or not; none unless every set of them is at hand
    """

    pages: Mapping[str, Sequence[str]]
    claim_examples: Sequence[Example]


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
