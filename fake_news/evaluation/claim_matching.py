"""Claim matching: how often the fact-check on a statement is found, and how often a wrong one is shown.

Nothing here was trained on: whole debates are held out, the tweets are CheckThat!'s dev split, and the ordinary
sentences are saved pages, lines of the held-out debates and non-claims that the relation model has not met.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from fake_news.common.arrays import BoolArray, FloatArray
from fake_news.common.errors import PlumblineError
from fake_news.data.claim_pairs import KnownLie
from fake_news.detection.detector import Detector
from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.factchecks.as_read import as_read
from fake_news.detection.factchecks.bearing import Match
from fake_news.detection.factchecks.matcher import Matcher
from fake_news.evaluation.claim_edits import edit_rows
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import mean, share
from fake_news.training.claim_matching.protocol import Adjudications, MatchingData

_LIES = "known_lie, held-out events"
_TWEETS = "CheckThat! 2020 task 2 dev"
_RANKS = (1, 5)
_RECALL_AT = 20
_NOT_FOUND = 1 << 30


def claim_matching_rows(detector: Detector, data: MatchingData, pages: Mapping[str, Sequence[str]]) -> list[Row]:
    """Everything that is measured of claim matching.

    Parameters
    ----------
    pages : blocks of text of ordinary pages, by the page's name

    Raises
    ------
    PlumblineError
        If the detector knows no rulings.
    """
    matcher, encoder = detector.matcher(), detector.encoder
    if matcher is None or encoder is None:
        raise PlumblineError("The checkpoint has no fact-checks.", "Make them: `python -m fake_news factchecks build`.")
    links = Links(detector, matcher, data.claim_texts)
    return [
        *_ranking_rows(encoder, data),
        *_known_lie_rows(links, data.lies["test"]),
        *_ordinary_rows(links, data, pages),
        *edit_rows(links.same, data),
    ]


class Links:
    """Links sentences as the detector does: only those that are searched, and only where the ruling decides."""

    def __init__(self, detector: Detector, matcher: Matcher, claims: Sequence[str]) -> None:
        self._detector = detector
        self._matcher = matcher
        self._claims = claims
        self._adjudications = Adjudications()

    def same(self, sentence: str) -> list[Match]:
        """The rulings that decide a sentence's label."""
        return [match for match in self._matcher.match_many([sentence])[0].matches if match.meaning.label is not None]

    def of(self, text: str) -> tuple[list[tuple[str, Match]], int]:
        """The searched sentences of a text with the fact-checks on the same claim, and how many sentences it has."""
        searched, read = self._detector.searched_sentences([text])
        return [(sentence, match) for sentence in searched for match in self.same(sentence)], read

    def is_right(self, sentence: str, match: Match) -> bool:
        """Whether a reader found the link right."""
        return self._adjudications.same(sentence, self._claims[match.claim])


def _ranking_rows(encoder: Encoder, data: MatchingData) -> list[Row]:
    """Ranking CheckThat!'s claims for its dev tweets: every tweet has an answer, so that the best candidate counts."""
    claims = encoder([as_read(text) for text, _ in data.verified.claims])
    dev = data.verified.tweets["dev"]
    ranks = []
    for vector, (_, gold) in zip(encoder([text for text, _ in dev]), dev, strict=True):
        ordered = np.argsort(-(claims @ vector), kind="stable").tolist()
        ranks.append(next((rank for rank, claim in enumerate(ordered, start=1) if claim in gold), _NOT_FOUND))
    rank = np.array(ranks)
    rows = []
    for most in _RANKS:
        precision = np.where(rank <= most, 1.0 / rank, 0.0)
        rows.append(_ranking_row(f"MAP@{most}, by vectors alone", precision))
    return [*rows, _ranking_row(f"recall@{_RECALL_AT} of the candidates", (rank <= _RECALL_AT).astype(np.float64))]


def _ranking_row(measure: str, values: FloatArray) -> Row:
    return Row.of(Section.MATCHING, measure, _TWEETS, mean(values), len(values), "in random order: .000")


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
    """Each sentence of an event once: the annotators list it again for every fact-check they found for it."""
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


def _ordinary_rows(links: Links, data: MatchingData, pages: Mapping[str, Sequence[str]]) -> list[Row]:
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


def _share_row(measure: str, where: str, chosen: Sequence[bool] | BoolArray, clusters: Sequence[str]) -> Row:
    found = np.asarray(chosen, dtype=bool)
    return Row.of(Section.MATCHING, measure, where, share(found), len(found), "no links: 0.000", clusters=clusters)
