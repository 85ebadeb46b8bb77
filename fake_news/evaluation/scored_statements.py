"""Statements with their ratings and the probabilities that a model gave them, and slices of them.

The model is the recipe or the baseline. The baseline has no ordinal targets, no weights by recency, no masking: it is
what the recipe has to beat.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union

from fake_news.common.arrays import BoolArray, FloatArray
from fake_news.data.statements import Statement
from fake_news.detection.factchecks.relation.clauses import negates
from fake_news.evaluation.evaluation_data import LiarColumns
from fake_news.reporting.charts import Findings, dots_of
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import auc, bootstrap
from fake_news.training.detector_models import FittedModels
from fake_news.training.duplicates import word_forms
from fake_news.training.training_sets import Protocol, texts, truths

BASELINE = "word + character TF-IDF logistic regression"
_C = 0.5

FEWEST = 50
"""With fewer statements the interval is too wide to say anything."""

_TOPICS = 12
_LENGTHS = ((1, 10), (11, 20), (21, 30), (31, 1000))

Slice = tuple[str, BoolArray]


@dataclass(frozen=True)
class ScoredStatements:
    """A named set of statements, none of which the model was fitted on.

    Attributes
    ----------
    probability : P(true), shape (n,)
    false_claim_score : log-odds of a false claim rather than ordinary text, shape (n,); NaN for models that have none
    """

    name: str
    statements: Sequence[Statement]
    true: BoolArray
    probability: FloatArray
    false_claim_score: FloatArray

    @property
    def base_rate(self) -> float:
        """Share of true statements."""
        return float(self.true.mean())

    def __len__(self) -> int:
        return len(self.statements)

    def where(self, chosen: BoolArray, name: str) -> ScoredStatements:
        """The chosen rows under another name."""
        statements = [statement for statement, keep in zip(self.statements, chosen, strict=True) if keep]
        return ScoredStatements(
            name, statements, self.true[chosen], self.probability[chosen], self.false_claim_score[chosen]
        )


def score(models: FittedModels, name: str, statements: Sequence[Statement]) -> ScoredStatements:
    """Score statements by a model."""
    words = texts(statements)
    return ScoredStatements(
        name, statements, truths(statements), models.probabilities(words), models.false_claim_scores(words)
    )


def named_speakers(scored: ScoredStatements) -> ScoredStatements:
    """Leave out viral posts, which are nearly all false and easier to recognise."""
    return scored.where(~viral(scored), f"{scored.name}, named speakers")


def viral_posts(scored: ScoredStatements) -> ScoredStatements:
    """Keep the viral posts alone."""
    return scored.where(viral(scored), f"{scored.name}, viral posts")


def viral(scored: ScoredStatements) -> BoolArray:
    """Which statements are viral posts."""
    return np.array([statement.is_viral for statement in scored.statements], dtype=bool)


def score_baseline(protocol: Protocol) -> ScoredStatements:
    """Fit the baseline on a protocol's training statements and score the test statements."""
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True)
    model = make_pipeline(make_union(words, characters), LogisticRegression(C=_C, max_iter=500))
    model.fit(texts(protocol.train), truths(protocol.train))
    probability = model.predict_proba(texts(protocol.test))[:, 1]
    return ScoredStatements(
        protocol.name, protocol.test, truths(protocol.test), probability, np.full(len(probability), np.nan)
    )


def slices_of_years(scored: ScoredStatements) -> Findings:
    """Speaker type, year and length on the later years."""
    return _slices(scored, slices_by_year(scored), "speaker type, year, negation, length")


def slices_of_liar(scored: ScoredStatements, columns: Sequence[LiarColumns], known_speakers: Iterable[str]) -> Findings:
    """Party, topic, length, and whether the speaker is in the training data, on a split of LIAR."""
    return _slices(scored, slices_by_column(scored, columns, known_speakers), "speaker, party, topic, negation, length")


def slices_by_year(scored: ScoredStatements) -> list[Slice]:
    """Speaker type, year, negation and length of dated statements."""
    posts = viral(scored)
    years = np.array([statement.date[:4] for statement in scored.statements])
    chosen: list[Slice] = [("named speakers", ~posts), ("viral posts", posts)]
    for year in np.unique(years):
        in_year = years == year
        chosen += [(str(year), in_year), (f"{year}, named speakers", in_year & ~posts)]
    return [*chosen, *_negations(scored), *_lengths(scored)]


def slices_by_column(
    scored: ScoredStatements, columns: Sequence[LiarColumns], known_speakers: Iterable[str]
) -> list[Slice]:
    """Party, topic, negation and length of a split of LIAR, and whether the speaker is in the training data."""
    known = set(known_speakers)
    met = np.array([statement.speaker in known for statement in scored.statements])
    topics = Counter(subject for row in columns for subject in row.subjects).most_common(_TOPICS)
    parties = Counter(row.party for row in columns).most_common()
    return [
        ("speaker in the train split", met),
        ("speaker not in the train split", ~met),
        *((f"party: {party}", np.array([row.party == party for row in columns])) for party, _ in parties),
        *((f"topic: {topic}", np.array([topic in row.subjects for row in columns])) for topic, _ in topics),
        *_negations(scored),
        *_lengths(scored),
    ]


def _negations(scored: ScoredStatements) -> list[Slice]:
    """Denials and other statements that negate, which have nearly the words of what they deny, and all others."""
    negate = np.array([negates(statement.text) for statement in scored.statements])
    return [("with a negation", negate), ("without a negation", ~negate)]


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
