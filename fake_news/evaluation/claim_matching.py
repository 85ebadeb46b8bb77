"""Claim matching: how often the fact-check on a statement is found, and how often a wrong one is shown.

Nothing here was trained on: whole debates are held out, the tweets are CheckThat!'s dev split, and the ordinary
sentences are saved pages, lines of the held-out debates and non-claims that the pair model has not met.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from fake_news.data.claim_pairs import KnownLie
from fake_news.data.ordinary_text import load_pages
from fake_news.detector import Detector
from fake_news.evaluation.claim_edits import edit_rows
from fake_news.evaluation.measures import mean, share
from fake_news.evaluation.report import Row, Section
from fake_news.evaluation.resampling import Booleans, estimate
from fake_news.factchecks.columns import ClaimColumns
from fake_news.factchecks.files import ShippedFactChecks
from fake_news.factchecks.matcher import Library, Match, Matcher
from fake_news.factchecks.profile import profile
from fake_news.training.claim_matching.adjudication import Adjudications
from fake_news.training.claim_matching.examples import TWEETS, Bench, Examples
from fake_news.training.claim_matching.pair_model import fit_trees
from fake_news.training.claim_matching.protocol import MatchingData
from fake_news.verdict import Relation

_LIES = "known_lie, held-out events"
_TWEETS = "CheckThat! 2020 task 2 dev"
_RANKS = (1, 5)
_RECALL_AT = 20
_NOT_FOUND = 1 << 30


def claim_matching_rows(detector: Detector, shipped: ShippedFactChecks, data: MatchingData, folder: Path) -> list[Row]:
    """Everything that is measured of claim matching."""
    links = Links(detector, shipped, data.claim_texts)
    return [
        *_ranking_rows(shipped, data),
        *_known_lie_rows(links, data.lies["test"]),
        *_ordinary_rows(links, data, folder),
        *edit_rows(links.same, data),
    ]


class Links:
    """Links sentences as the detector does: only those that are searched, and only to the same claim."""

    def __init__(self, detector: Detector, shipped: ShippedFactChecks, claims: Sequence[str]) -> None:
        self._detector = detector
        self._matcher = Matcher(
            shipped.table, shipped.model, [Library.of(shipped.columns, shipped.rulings, shipped.table)]
        )
        self._claims = claims
        self._adjudications = Adjudications()

    def same(self, sentence: str) -> list[Match]:
        """The fact-checks on the same claim as a sentence that decide its label."""
        return [
            match
            for match in self._matcher.match(sentence)
            if match.relation is Relation.SAME_CLAIM and match.fact_check.label
        ]

    def of(self, text: str) -> tuple[list[tuple[str, Match]], int]:
        """The searched sentences of a text with the fact-checks on the same claim, and how many sentences it has."""
        searched, read = self._detector.searched_sentences([text])
        return [(sentence, match) for sentence in searched for match in self.same(sentence)], read

    def is_right(self, sentence: str, match: Match) -> bool:
        """Whether a reader found the link right."""
        return self._adjudications.same(sentence, self._claims[match.claim])


def _ranking_rows(shipped: ShippedFactChecks, data: MatchingData) -> list[Row]:
    """Ranking CheckThat!'s claims for its dev tweets: every tweet has an answer, so that the best candidate counts."""
    columns = ClaimColumns.of([profile(text, headline=title) for text, title in data.verified.claims])
    bench = Bench(columns, shipped.table)
    examples = Examples()
    train, dev = data.verified.tweets["train"], data.verified.tweets["dev"]
    examples.add_matched(bench, ((text, gold, f"tweets on {min(gold)}") for text, gold in train), TWEETS)
    trees = fit_trees(examples, rivalry=True)
    ranks: dict[str, list[int]] = {
        "BM25": [],
        "the shipped pair model": [],
        "trees fitted to rank the train tweets": [],
    }
    for text, gold in dev:
        claims, features = bench.candidates(text)
        scores = [
            np.arange(len(claims), 0, -1),
            shipped.model.probabilities(features),
            trees.decision_function(features),
        ]
        for found, score in zip(ranks.values(), scores, strict=True):
            ordered = claims[np.argsort(-score, kind="stable")].tolist()
            found.append(next((rank for rank, claim in enumerate(ordered, start=1) if claim in gold), _NOT_FOUND))
    rows = []
    for how, found in ranks.items():
        rank = np.array(found)
        for most in _RANKS:
            precision = np.where(rank <= most, 1.0 / rank, 0.0)
            rows.append(_row(f"MAP@{most}, {how}", _TWEETS, len(rank), precision))
    reached = (np.array(ranks["BM25"]) <= _RECALL_AT).astype(np.float64)
    return [*rows, _row(f"recall@{_RECALL_AT} of the candidates", _TWEETS, len(reached), reached)]


def _known_lie_rows(links: Links, lies: Sequence[KnownLie]) -> list[Row]:
    sentences = _distinct(lies)
    strict, adjudicated, other = [], [], []
    for lie in sentences:
        found, _ = links.of(lie.text)
        gold = any(match.claim in lie.gold for _, match in found)
        right = gold or any(links.is_right(sentence, match) for sentence, match in found)
        strict.append(gold)
        adjudicated.append(right)
        other.append(bool(found) and not right)
    events = [lie.event for lie in sentences]
    sure = np.array([not lie.doubtful and bool(lie.gold) for lie in sentences])
    return [
        _share_row("linked to the annotators' own fact-check (strict)", _LIES, strict, events),
        _share_row("linked to a fact-check of the same claim (adjudicated)", _LIES, adjudicated, events),
        _share_row("linked only to fact-checks of other claims", _LIES, other, events),
        _share_row(
            "strict, where the annotators were sure and their fact-check is in the index",
            _LIES,
            np.array(strict)[sure],
            [event for event, kept in zip(events, sure, strict=True) if kept],
        ),
    ]


def _distinct(lies: Sequence[KnownLie]) -> list[KnownLie]:
    """Each sentence of an event once: the annotators list it anew for every fact-check they found for it."""
    rows: dict[tuple[str, str], list[KnownLie]] = {}
    for lie in lies:
        rows.setdefault((lie.event, lie.text), []).append(lie)
    return [
        replace(
            same[0],
            gold=frozenset().union(*(lie.gold for lie in same)),
            doubtful=" ".join(lie.doubtful for lie in same).strip(),
        )
        for same in rows.values()
    ]


def _ordinary_rows(links: Links, data: MatchingData, folder: Path) -> list[Row]:
    pages = load_pages(folder)
    sources: Mapping[str, Mapping[str, Iterable[str]]] = {
        "pages/, article sentences": pages,
        "debate lines without a fact-check, held-out events": data.lines["test"],
        "ClaimBuster's non-claims, half": {str(n): [text] for n, text in enumerate(data.non_claims["test"])},
    }
    rows = []
    all_wrong: list[bool] = []
    all_groups: list[str] = []
    for where, groups in sources.items():
        wrong: list[bool] = []
        linked = []
        group_of: list[str] = []
        for group, texts in groups.items():
            for text in texts:
                found, count = links.of(text)
                by_sentence = dict.fromkeys(sentence for sentence, _ in found)
                errors = [
                    not any(links.is_right(sentence, match) for other, match in found if other == sentence)
                    for sentence in by_sentence
                ]
                wrong += [*errors, *[False] * (count - len(errors))]
                linked += [*[True] * len(errors), *[False] * (count - len(errors))]
                group_of += [f"{where} {group}"] * count
        rows.append(_share_row("ordinary sentences linked to any fact-check", where, linked, group_of))
        rows.append(_share_row("… of these read by hand and found wrong, or not read", where, wrong, group_of))
        all_wrong += wrong
        all_groups += group_of
    return [*rows, _share_row("false links on ordinary sentences", "all three", all_wrong, all_groups)]


def _share_row(measure: str, where: str, chosen: Sequence[bool] | Booleans, clusters: Sequence[str]) -> Row:
    found = np.asarray(chosen, dtype=bool)
    figure = estimate(share(found), len(found), clusters)
    return Row(Section.MATCHING, measure, where, len(found), None, figure, "no links: 0.000")


def _row(measure: str, where: str, n: int, values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Row:
    return Row(Section.MATCHING, measure, where, n, None, estimate(mean(values), n), "in random order: .000")
