"""Which rows a detector is trained on, calibrated on and scored on: the protocols, free of leaks by construction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fake_news.data.claims import Sentence, load_checkthat, load_claimbuster, load_subjectivity
from fake_news.data.ordinary_text import load_articles
from fake_news.data.statements import SIX_WAY, Statement, load_liar, load_politifact
from fake_news.text.sentences import SentenceSplitter
from fake_news.training.duplicates import near_duplicates


@dataclass(frozen=True)
class Corpus:
    """All data sets, read once.

    ``archive`` is the PolitiFact archive with what LIAR's train split adds, oldest first, and without anything worded
    like LIAR's validation or test statements.
    """

    liar: dict[str, list[Statement]]
    archive: list[Statement]
    claims: list[Sentence]
    news_claims: list[Sentence]
    articles: list[list[str]]


@dataclass(frozen=True)
class Protocol:
    """One honest split: what is fitted, what is calibrated on, what is scored.

    ``reference_date`` is the day from which the age of a training statement counts; without it all weigh the same.
    """

    name: str
    train: list[Statement]
    calibration: list[Statement]
    test: list[Statement]
    reference_date: str | None = None

    def weights(self, half_life_years: float) -> NDArray[np.float64] | None:
        """Weights of the training statements by recency, mean 1; shape (len(train),)."""
        if self.reference_date is None:
            return None
        reference = date.fromisoformat(self.reference_date)
        years = np.array([(reference - date.fromisoformat(s.date or UNDATED)).days / 365.25 for s in self.train])
        weights = 0.5 ** (years / half_life_years)
        normalised: NDArray[np.float64] = weights / weights.mean()
        return normalised


_PARAGRAPHS_OF_AN_ARTICLE = 40
_EAGER_SPLITTER = SentenceSplitter(frozenset(), frozenset(), frozenset())

UNDATED = "2011-06-30"
"""LIAR's few statements that the archive lacks carry no date; this is the middle of LIAR's years."""

CALIBRATION_START, TEST_START = "2020-07-01", "2021-01-01"
SHIPPED_CALIBRATION_START = "2021-07-01"


def load_corpus(folder: Path) -> Corpus:
    """Read every data set the detector needs.

    Raises
    ------
    DataError
        If a file is missing or a row malformed; the message names file and line.
    """
    liar = {split: load_liar(folder, split) for split in ("train", "valid", "test")}
    held_out = [*liar["valid"], *liar["test"]]
    politifact = load_politifact(folder)
    only_in_liar = without(liar["train"], politifact)
    archive = without([*only_in_liar, *politifact], held_out)
    checkthat_dev = {sentence.text for sentence in load_checkthat(folder, "dev")}
    claims = {s.text: s for s in [*load_claimbuster(folder), *load_checkthat(folder, "train")]}
    return Corpus(
        liar,
        archive,
        [sentence for text, sentence in claims.items() if text not in checkthat_dev],
        load_subjectivity(folder, "train"),
        load_articles(folder),
    )


def liar_protocol(corpus: Corpus, scored: str = "test") -> Protocol:
    """LIAR's own split, from the statement alone; the archive before 2017 joins the training where it adds anything."""
    train = without(corpus.liar["train"], [*corpus.liar["valid"], *corpus.liar["test"]])
    earlier = [s for s in corpus.archive if s.date and s.date < "2017"]
    return Protocol(f"LIAR {scored}", [*train, *without(earlier, train)], corpus.liar["valid"], corpus.liar[scored])


def time_protocol(corpus: Corpus) -> Protocol:
    """Tomorrow's statements: train to mid 2020, calibrate on late 2020, score 2021 and 2022."""
    train, calibration, test = _by_date(corpus.archive, CALIBRATION_START, TEST_START)
    return Protocol("PolitiFact 2021–22", train, calibration, test, CALIBRATION_START)


def shipped_calibration_protocol(corpus: Corpus) -> Protocol:
    """Where the shipped detector's calibration comes from: the same recipe stopped at mid 2021, and what came later."""
    train, calibration, _ = _by_date(corpus.archive, SHIPPED_CALIBRATION_START, "9999")
    return Protocol("shipped calibration", train, calibration, [], SHIPPED_CALIBRATION_START)


def shipped_protocol(corpus: Corpus) -> Protocol:
    """The shipped detector: everything but LIAR's validation and test statements, so that it can be scored on them."""
    return Protocol("shipped", corpus.archive, [], [], corpus.archive[-1].date)


def ranks(statements: Sequence[Statement]) -> NDArray[np.int64]:
    """Six-way ranks, 0 (pants-fire) to 5 (true)."""
    return np.array([SIX_WAY[statement.rating] for statement in statements])


def truths(statements: Sequence[Statement]) -> NDArray[np.bool_]:
    """The 3/3 mapping."""
    return np.array([statement.is_true for statement in statements])


def texts(items: Sequence[Statement] | Sequence[Sentence]) -> list[str]:
    """Their texts."""
    return [item.text for item in items]


def without(statements: Sequence[Statement], others: Sequence[Statement]) -> list[Statement]:
    """The statements that are not worded like one of ``others``."""
    duplicate = near_duplicates(texts(statements), texts(others))
    return [statement for statement, drop in zip(statements, duplicate, strict=True) if not drop]


def articles_to_learn_from(corpus: Corpus) -> list[list[str]]:
    """Half of the ordinary articles: what is learned on them cannot bound false alarms on them."""
    return corpus.articles[0::2]


def articles_to_choose_on(corpus: Corpus) -> list[list[str]]:
    """The other half, for the thresholds."""
    return half_to_choose_on(corpus.articles)


def half_to_choose_on(articles: list[list[str]]) -> list[list[str]]:
    """The same of articles that were read without the rest of a corpus."""
    return articles[1::2]


def sentences_of(articles: Sequence[Sequence[str]]) -> list[str]:
    """Sentences of the beginnings of articles, cut at every full stop: abbreviations are learned later."""
    paragraphs = beginnings(articles)
    return [paragraph[start:end] for paragraph in paragraphs for start, end in _EAGER_SPLITTER.split(paragraph)]


def beginnings(articles: Sequence[Sequence[str]]) -> list[str]:
    """The first paragraphs of articles, so that no long document outweighs the rest."""
    return [paragraph for article in articles for paragraph in list(article)[:_PARAGRAPHS_OF_AN_ARTICLE]]


def _by_date(
    archive: Sequence[Statement], first: str, second: str
) -> tuple[list[Statement], list[Statement], list[Statement]]:
    return (
        [s for s in archive if s.date < first],
        [s for s in archive if first <= s.date < second],
        [s for s in archive if s.date >= second],
    )
