"""What the pair model learns from: pairs of a statement and a claim, and whether they say the same.

Positive pairs are sentences of debates and tweets with the fact-checks that annotators found for them, and claims
edited without a change of meaning. Negative ones are the other candidates of the same statements, the candidates of
ordinary sentences, and claims edited so that they say something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fake_news.data.reworded_rulings import Reworded
from fake_news.factchecks.candidates import CandidateIndex
from fake_news.factchecks.columns import ClaimColumns
from fake_news.factchecks.pair_features import FEATURES, pair_features
from fake_news.factchecks.profile import statement_profile
from fake_news.factchecks.statement import Statement
from fake_news.factchecks.term_table import TermTable
from fake_news.training.claim_matching.edits import CHANGING, KEEPING

Integers = NDArray[np.int64]
Floats = NDArray[np.float32]

CANDIDATES = 20
_OF_ORDINARY = 5
"""Candidates of an ordinary sentence that are learned from."""
_WEIGHT_OF_DEBATES, _WEIGHT_OF_TWEETS, _WEIGHT_OF_REWORDED = 2.0, 0.2, 0.6
_WEIGHT_OF_ORDINARY, _WEIGHT_OF_EDITS = 1.0, 0.3
_LIKE_GOLD = 0.4
"""Share of common terms from which another claim counts as another ruling on the gold's claim."""
_ONE_CLAIM_IN_MEANING = 0.6
_LEAST_COVERED, _LEAST_COVERED_IN_MEANING = 0.12, 0.35

_PLACE = {name: i for i, name in enumerate(FEATURES)}


class Bench:
    """A collection of claims to match statements against, with all candidates and their features laid open."""

    def __init__(self, columns: ClaimColumns, table: TermTable) -> None:
        self.columns = columns
        self.table = table
        self.index = CandidateIndex(columns, table)

    def candidates(self, text: str) -> tuple[Integers, Floats]:
        """The candidates of a statement and the features of the pairs."""
        statement = Statement.of(statement_profile(text), self.table)
        if not len(statement.hashes):
            return np.empty(0, dtype=np.int64), np.empty((0, len(FEATURES)), dtype=np.float32)
        claims, bm25 = self.index.candidates(statement, CANDIDATES)
        return claims, pair_features(statement, claims, bm25, self.columns, self.table)

    def pair(self, text: str, claim: int) -> Floats | None:
        """The features of a statement with one claim; ``None`` if that claim is no candidate."""
        claims, features = self.candidates(text)
        found = np.flatnonzero(claims == claim)
        return features[found[0]] if len(found) else None

    def alike(self, left: int, right: int) -> bool:
        """Whether two claims share so many terms that a ruling on one probably rules on the other."""
        ours, theirs = self.columns.terms[left], self.columns.terms[right]
        common = len(np.intersect1d(ours, theirs))
        return common > _LIKE_GOLD * (len(ours) + len(theirs) - common)


@dataclass
class Examples:
    """Pairs to learn from; ``group`` names what they stem from, so that folds never share it."""

    features: list[Floats] = field(default_factory=list)
    same: list[bool] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)
    group: list[str] = field(default_factory=list)

    def add(self, features: Floats, same: bool, weight: float, group: str) -> None:
        """Add a pair."""
        self.features.append(features)
        self.same.append(same)
        self.weight.append(weight)
        self.group.append(group)

    def add_matched(self, bench: Bench, matched: Iterable[tuple[str, AbstractSet[int], str]], weight: float) -> None:
        """Add statements with the claims they repeat; claims much like those are left out, right or wrong.

        Parameters
        ----------
        matched : statement, rows of its claims, and group
        """
        for text, gold, group in matched:
            for claim, features in zip(*bench.candidates(text), strict=True):
                if int(claim) in gold:
                    if _has_something_in_common(features):
                        self.add(features, True, weight, group)
                elif not is_repeated(features) and not any(bench.alike(int(claim), other) for other in gold):
                    self.add(features, False, weight, group)

    def add_reworded(self, bench: Bench, reworded: Iterable[Reworded]) -> None:
        """Add claims that two sources word in two ways; further rulings on either are left out."""
        for text, gold, own in reworded:
            known = [gold] if own is None else [gold, own]
            for claim, features in zip(*bench.candidates(text), strict=True):
                if int(claim) == gold:
                    if _has_something_in_common(features):
                        self.add(features, True, _WEIGHT_OF_REWORDED, f"claim {gold}")
                elif claim != own and not is_repeated(features) and not any(bench.alike(int(claim), o) for o in known):
                    self.add(features, False, _WEIGHT_OF_REWORDED, f"claim {gold}")

    def add_ordinary(self, bench: Bench, sentences: Iterable[tuple[str, str]]) -> None:
        """Add ordinary sentences, given with their groups; what repeats a claim almost to the letter is left out."""
        for text, group in sentences:
            _, features = bench.candidates(text)
            for row in features[:_OF_ORDINARY]:
                if not is_repeated(row):
                    self.add(row, False, _WEIGHT_OF_ORDINARY, group)

    def add_edited(
        self, bench: Bench, texts: Sequence[str], claims: Sequence[int], random: np.random.Generator
    ) -> None:
        """Add edits of some claims."""
        for claim in claims:
            for edits, same in ((CHANGING, False), (KEEPING, True)):
                for edit in edits.values():
                    edited = edit(texts[claim], random)
                    if edited is not None and (features := bench.pair(edited, claim)) is not None:
                        self.add(features, same, _WEIGHT_OF_EDITS, f"claim {claim}")

    def arrays(self) -> tuple[Floats, NDArray[np.bool_], NDArray[np.float64], NDArray[np.str_]]:
        """Features, labels, weights and groups."""
        return np.stack(self.features), np.array(self.same), np.array(self.weight), np.array(self.group)


DEBATES, TWEETS = _WEIGHT_OF_DEBATES, _WEIGHT_OF_TWEETS


def is_repeated(features: Floats) -> bool:
    """Whether a statement repeats a claim nearly word for word: in text that nobody matched, a ruling overlooked."""
    alike = features[_PLACE["cosine_of_terms"]] > 0.62
    contained = features[_PLACE["claim_covered"]] > 0.75 and features[_PLACE["shared_terms"]] >= 4
    return bool(alike or contained)


def is_alike(features: Floats) -> bool:
    """Whether two claims are so much alike that, said by one speaker within a month, they are one."""
    return bool(features[_PLACE["cosine_of_meaning"]] >= _ONE_CLAIM_IN_MEANING)


def _has_something_in_common(features: Floats) -> bool:
    """Whether a gold pair can be told from its own words; where it cannot, it needs the context of the debate."""
    return bool(
        features[_PLACE["claim_covered"]] >= _LEAST_COVERED
        or features[_PLACE["claim_covered_in_meaning"]] >= _LEAST_COVERED_IN_MEANING
    )
