"""Claim matching: how often the fact-check on a statement is found, and how often a wrong one is shown.

Nothing here was trained on: whole debates are held out, the tweets are CheckThat!'s dev split, and the ordinary
sentences are saved pages, lines of the held-out debates and non-claims that the relation model has not met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from fake_news.common.arrays import BoolArray, FloatArray
from fake_news.common.errors import PlumblineError
from fake_news.data.claim_pairs import KnownLie
from fake_news.data.fact_checks import normalised
from fake_news.detection.detector import Detector
from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.factchecks.fact_check import encoder_text
from fake_news.detection.factchecks.match_result import Match
from fake_news.detection.factchecks.matcher import Matcher
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import mean, share
from fake_news.training.claim_matching.edits import CHANGING, KEEPING, Edit
from fake_news.training.claim_matching.protocol import Adjudications, MatchingData
from fake_news.training.relation.training_rows import EDITED_CLAIMS

_HELD_OUT_CLAIMS = 1500
_TIMES = 3
FindRulings = Callable[[str], list[Match]]
"""From a sentence to the fact-checks that decide its label."""

_LIES = "known_lie, held-out events"
_TWEETS = "CheckThat! 2020 task 2 dev"
_RANKS = (1, 5)
_RECALL_AT = 20
_NOT_FOUND = 1 << 30


def edit_rows(find_rulings: FindRulings, data: MatchingData) -> list[Row]:
    """Measure which share of edits loses or keeps the fact-check, on two kinds of pairs that were not trained on."""
    texts = data.claim_texts
    debates = [(lie.text, lie.gold) for lie in data.lies["test"] if lie.gold]
    held_out = np.random.default_rng(0).permutation(len(texts))[EDITED_CLAIMS : EDITED_CLAIMS + _HELD_OUT_CLAIMS]
    claims = [(texts[claim], frozenset([int(claim)])) for claim in held_out]
    rows = []
    for where, pairs, times in (
        ("known_lie, held-out events, linked pairs", debates, _TIMES),
        ("claims of fact-checks, linked to their own", claims, 1),
    ):
        linked = [(text, gold) for text, gold in pairs if _has_match(find_rulings, text, gold)]
        for edits, wanted in ((CHANGING, "loses"), (KEEPING, "keeps")):
            every: list[bool] = []
            for name, edit in edits.items():
                versions = _edit_pairs(linked, edit, times)
                if edits is CHANGING:  # an edit of words that the claim lacks does not change it
                    versions = (version for version in versions if _concerns(version, texts))
                kept = [_has_match(find_rulings, edited, gold) for _, edited, gold in versions]
                good = [(not still) if edits is CHANGING else still for still in kept]
                every += good
                rows.append(
                    Row.of(
                        Section.MATCHING,
                        f"{name}: {wanted} its fact-check",
                        where,
                        share(np.array(good, dtype=bool)),
                        len(good),
                    )
                )
            measure = f"all edits that {'change' if edits is CHANGING else 'keep'} the meaning"
            rows.append(Row.of(Section.MATCHING, measure, where, share(np.array(every, dtype=bool)), len(every)))
    return rows


def _has_match(find_rulings: FindRulings, text: str, gold: frozenset[int]) -> bool:
    return any(match.claim in gold for match in find_rulings(text))


def _concerns(version: tuple[str, str, frozenset[int]], claims: Sequence[str]) -> bool:
    """Whether a word that the edit removed is in the claim, or it removed none."""
    text, edited, gold = version
    before, after = set(normalised(text).split()), set(normalised(edited).split())
    lost = before - after
    return not lost or any(lost & set(normalised(claims[claim]).split()) for claim in gold)


def _edit_pairs(
    pairs: Sequence[tuple[str, frozenset[int]]], edit: Edit, times: int
) -> Iterator[tuple[str, str, frozenset[int]]]:
    """Yield texts, their edited versions, and their fact-checks."""
    random = np.random.default_rng(1)
    for text, gold in pairs:
        versions = {edited for _ in range(times) if (edited := edit(text, random)) is not None}
        yield from ((text, edited, gold) for edited in sorted(versions))


def claim_matching_rows(detector: Detector, data: MatchingData, pages: Mapping[str, Sequence[str]]) -> list[Row]:
    """Measure claim matching: ranking, debates, ordinary sentences and edits.

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
        *edit_rows(links.deciding, data),
    ]


class Links:
    """Link sentences as the detector does: only those that are searched, and only where the ruling decides."""

    def __init__(self, detector: Detector, matcher: Matcher, claims: Sequence[str]) -> None:
        self._detector = detector
        self._matcher = matcher
        self._claims = claims
        self._adjudications = Adjudications()

    def deciding(self, sentence: str) -> list[Match]:
        """The rulings that decide a sentence's label."""
        return [match for match in self._matcher.match_many([sentence])[0].matches if match.meaning.label is not None]

    def of(self, text: str) -> tuple[list[tuple[str, Match]], int]:
        """The searched sentences of a text with the fact-checks that decide them, and how many sentences it has."""
        searched, read = self._detector.searched_sentences([text])
        return [(sentence, match) for sentence in searched for match in self.deciding(sentence)], read

    def is_right(self, sentence: str, match: Match) -> bool:
        """Whether a person judged the link to be right."""
        return self._adjudications.same(sentence, self._claims[match.claim])


def _ranking_rows(encoder: Encoder, data: MatchingData) -> list[Row]:
    """Rank CheckThat!'s claims for its dev tweets; every tweet has a gold claim."""
    claims = encoder([encoder_text(text) for text, _ in data.verified.claims])
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
    """Keep each sentence of an event once: the annotators list it again for every fact-check they found for it."""
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
