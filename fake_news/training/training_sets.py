"""The rows that a detector is trained on, calibrated on and scored on: the corpus, and protocols without leaks."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from fake_news.common.arrays import BoolArray, FloatArray, IntArray
from fake_news.common.errors import DataError
from fake_news.data.claims import Sentence, load_checkthat, load_claimbuster, load_subjectivity
from fake_news.data.collected_rulings import RULINGS, load_rulings
from fake_news.data.ordinary_text import load_articles
from fake_news.data.statements import SIX_WAY, Statement, load_liar, load_politifact
from fake_news.data.status import has_set, missing_lines, missing_sets
from fake_news.detection.text.sentences import SentenceSplitter
from fake_news.training.duplicates import near_duplicates

logger = logging.getLogger(__name__)

SPLITS = ("train", "valid", "test")


@dataclass(frozen=True)
class Corpus:
    """The data sets that are installed, read once.

    ``archive`` is the PolitiFact archive with what LIAR's train split and the collected rulings add, oldest first, and
    without anything worded like LIAR's validation or test statements. ``missing`` are the sets that are not installed,
    with what each costs.
    """

    liar: dict[str, list[Statement]]
    archive: list[Statement]
    claims: list[Sentence]
    news_claims: list[Sentence]
    articles: list[list[str]]
    missing: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Protocol:
    """One split: the statements to train on, to calibrate on, and to score.

    ``reference_date`` is the day from which the age of a training statement counts; without it all weigh the same.
    """

    name: str
    train: list[Statement]
    calibration: list[Statement]
    test: list[Statement]
    reference_date: str | None = None

    def weights(self, half_life_years: float) -> FloatArray | None:
        """Weights of the training statements by recency, mean 1; shape (len(train),)."""
        if self.reference_date is None:
            return None
        reference = date.fromisoformat(self.reference_date)
        years = np.array([(reference - date.fromisoformat(s.date or UNDATED)).days / 365.25 for s in self.train])
        weights = 0.5 ** (years / half_life_years)
        normalised: FloatArray = weights / weights.mean()
        return normalised


_PARAGRAPHS_OF_AN_ARTICLE = 40
_EAGER_SPLITTER = SentenceSplitter(frozenset(), frozenset(), frozenset())

UNDATED = "2011-06-30"
"""The date of LIAR's few statements that the archive lacks: the middle of LIAR's years."""

FEWEST_TO_CALIBRATE = 30
"""Of true and of false statements each; with fewer recent ones, LIAR's validation split is used instead."""

CALIBRATION_START, TEST_START = "2020-07-01", "2021-01-01"
SHIPPED_CALIBRATION_START = "2021-07-01"


def load_corpus(folder: Path) -> Corpus:
    """Read every data set that the detector can use; for missing ones, the log says what they cost.

    Raises
    ------
    DataError
        If a set lacks a file or a row is malformed, with file and line; if there is no rated statement at all.
    """
    missing = missing_sets(folder)
    for line in missing_lines(missing):
        logger.warning("%s", line)
    liar: dict[str, list[Statement]] = {split: [] for split in SPLITS}
    if "liar" not in missing:
        liar = {split: load_liar(folder, split) for split in SPLITS}
    held_out = [*liar["valid"], *liar["test"]]
    rulings = load_rulings(folder) if has_set(folder, RULINGS) else []
    politifact = load_politifact(folder) if "politifact" not in missing else []
    dated = sorted([*politifact, *without(rulings, politifact)], key=lambda statement: statement.date)
    archive = without([*without(liar["train"], dated), *dated], held_out)
    if not archive:
        raise DataError(
            f"There are no rated statements in {folder}.", "Get some: `python -m fake_news data fetch liar`."
        )
    return Corpus(
        liar,
        archive,
        _claims(folder, missing),
        load_subjectivity(folder, "train") if "checkthat_2025_subjectivity" not in missing else [],
        load_articles(folder) if "fakenewsnet" not in missing else [],
        missing,
    )


def _claims(folder: Path, missing: dict[str, str]) -> list[Sentence]:
    """Read sentences of debates, each once and none of those that are scored."""
    debates = "checkthat_2024_task1" not in missing
    scored = {sentence.text for sentence in load_checkthat(folder, "dev")} if debates else set()
    found = load_claimbuster(folder) if "claimbuster" not in missing else []
    found = [*found, *(load_checkthat(folder, "train") if debates else [])]
    by_text = {sentence.text: sentence for sentence in found}
    return [sentence for text, sentence in by_text.items() if text not in scored]


def protocols(corpus: Corpus, named: str | None = None) -> dict[str, Protocol]:
    """Build the named protocol, or all that the installed sets allow, by name.

    Raises
    ------
    DataError
        If the sets do not allow the named one, or any.
    """
    made = {name: make(corpus) for name, make in PROTOCOLS.items() if named in (None, name)}
    whole = {name: made[name] for name in made if made[name].train and made[name].calibration and made[name].test}
    if not whole:
        needs = {"liar": "LIAR", "time": "dated rulings to mid 2020, of late 2020, and from 2021 on"}
        wanted = " or ".join(needs[name] for name in made)
        raise DataError(
            f"The data folder lacks {wanted}, which the protocol {' or '.join(made)} needs.",
            "Get them: data/README.md says from where.",
        )
    return whole


def liar_protocol(corpus: Corpus, scored: str = "test") -> Protocol:
    """LIAR's own split; the archive before 2017 joins the training where it adds anything."""
    train = without(corpus.liar["train"], [*corpus.liar["valid"], *corpus.liar["test"]])
    earlier = [s for s in corpus.archive if s.date and s.date < "2017"]
    return Protocol(f"LIAR {scored}", [*train, *without(earlier, train)], corpus.liar["valid"], corpus.liar[scored])


def time_protocol(corpus: Corpus) -> Protocol:
    """Tomorrow's statements: train to mid 2020, calibrate on late 2020, score 2021 and 2022."""
    train, calibration, test = _by_date(corpus.archive, CALIBRATION_START, TEST_START)
    return Protocol("PolitiFact 2021–22", train, calibration, test, CALIBRATION_START)


def shipped_calibration_protocol(corpus: Corpus) -> Protocol:
    """The shipped detector's calibration: the same recipe fitted up to mid 2021, calibrated on what came later.

    If too little came later, it is fitted on everything and calibrated on LIAR's validation split.

    Raises
    ------
    DataError
        If there is neither enough of the one nor the other.
    """
    train, calibration, _ = _by_date(corpus.archive, SHIPPED_CALIBRATION_START, "9999")
    if _can_calibrate(calibration) and train:
        return Protocol("shipped calibration", train, calibration, [], SHIPPED_CALIBRATION_START)
    if not corpus.liar["valid"]:
        raise DataError(
            f"There are not {FEWEST_TO_CALIBRATE} true and as many false statements since {SHIPPED_CALIBRATION_START} "
            "to calibrate on.",
            "Get LIAR, whose validation split will do: `python -m fake_news data fetch liar`.",
        )
    return Protocol("shipped calibration", corpus.archive, corpus.liar["valid"], [], corpus.archive[-1].date or None)


def _can_calibrate(statements: Sequence[Statement]) -> bool:
    true = sum(statement.is_true for statement in statements)
    return min(true, len(statements) - true) >= FEWEST_TO_CALIBRATE


def shipped_protocol(corpus: Corpus) -> Protocol:
    """Everything but LIAR's validation and test statements, so that the shipped detector can be scored on them."""
    return Protocol("shipped", corpus.archive, [], [], corpus.archive[-1].date or None)


PROTOCOLS: dict[str, Callable[[Corpus], Protocol]] = {"liar": liar_protocol, "time": time_protocol}
"""How to split, by the name on the command line."""


def ranks(statements: Sequence[Statement]) -> IntArray:
    """Six-way ranks, 0 (pants-fire) to 5 (true)."""
    return np.array([SIX_WAY[statement.rating] for statement in statements])


def truths(statements: Sequence[Statement]) -> BoolArray:
    """Whether each statement is true by the 3/3 mapping."""
    return np.array([statement.is_true for statement in statements])


def texts(items: Sequence[Statement] | Sequence[Sentence]) -> list[str]:
    """The texts of statements or sentences."""
    return [item.text for item in items]


def without(statements: Sequence[Statement], others: Sequence[Statement]) -> list[Statement]:
    """Drop the statements that are worded like one of ``others``."""
    duplicate = near_duplicates(texts(statements), texts(others))
    return [statement for statement, drop in zip(statements, duplicate, strict=True) if not drop]


def articles_to_learn_from(corpus: Corpus) -> list[list[str]]:
    """Half of the ordinary articles, to learn from; false alarms cannot be bounded on the same ones."""
    return corpus.articles[0::2]


def articles_to_choose_on(corpus: Corpus) -> list[list[str]]:
    """The other half of the ordinary articles, to choose thresholds on."""
    return half_to_choose_on(corpus.articles)


def half_to_choose_on(articles: list[list[str]]) -> list[list[str]]:
    """The half to choose thresholds on, of articles that were read without the rest of a corpus."""
    return articles[1::2]


def sentences_of(articles: Sequence[Sequence[str]]) -> list[str]:
    """Split the beginnings of articles at every full stop; abbreviations are learned later."""
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
