"""The rows that the forests of the relation model are fitted to: sentences of several sources, with their candidates.

Readers contribute to them, too: fact-checks that they say are about something else than a statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from fake_news.data.fact_check_addresses import canonical_address
from fake_news.data.project_sentences import Kind, Split, load_plain_words
from fake_news.detection.factchecks.fact_check import encoder_text
from fake_news.detection.factchecks.relation import cues
from fake_news.training.claim_matching.edits import CHANGING, KEEPING
from fake_news.training.claim_matching.protocol import MatchingData, paragraphs
from fake_news.training.relation import pair_rows
from fake_news.training.relation.pair_rows import NOTHING, ORDINARY, Answers, PairFinder, PairRows
from fake_news.training.veracity.similar_statements import Sentences

EDITED_CLAIMS = 1_200
_ORDINARY_LINES = 3_000
_DEBATE, _REWORDED, _EDIT, _ARTICLE = "debate", "reworded", "edit", "article"
_OF_EDIT: dict[str, Answers] = {
    "number changed": pair_rows.OF_KIND[Kind.NEAR],
    "name swapped": pair_rows.OF_KIND[Kind.NEAR],
    "negated": pair_rows.OF_KIND[Kind.OPPOSITE],
    "direction reversed": (0, 0, pair_rows.UNKNOWN, 1),
}
_OTHER_CLAIM = "other-claim"
_FEEDBACK = "feedback"


def training_rows(data: MatchingData, finder: PairFinder, sentences: Sentences) -> PairRows:
    """Collect the rows that the forests are fitted to."""
    rows = PairRows()
    _add_plain_words(rows, finder, data)
    _add_debates(rows, finder, data)
    _add_reworded(rows, finder, data)
    _add_edits(rows, finder, data)
    _add_ordinary(rows, finder, data, sentences)
    return rows


def _add_plain_words(rows: PairRows, finder: PairFinder, data: MatchingData) -> None:
    claims = claims_by_address(data)
    about_saying = _about_saying(data)
    chosen = [
        sentence
        for sentence in load_plain_words()
        if sentence.split is Split.DEVELOPMENT and canonical_address(sentence.url) in claims
    ]
    own = [claims[canonical_address(sentence.url)] for sentence in chosen]
    answers = [
        pair_rows.NOTHING
        if sentence.kind is Kind.ATTRIBUTED and about_saying.intersection(rulings)
        else pair_rows.OF_KIND[sentence.kind]
        for sentence, rulings in zip(chosen, own, strict=True)
    ]
    groups = [sentence.ruling for sentence in chosen]
    finder.add(rows, [s.text for s in chosen], own, answers, [s.kind.value for s in chosen], groups)
    random = np.random.default_rng(1)
    edited = [
        (changed, rulings, _OF_EDIT[name], sentence.ruling)
        for sentence, rulings in zip(chosen, own, strict=True)
        if sentence.kind is Kind.SAME
        for name, edit in CHANGING.items()
        if (changed := edit(sentence.text, random))
    ]
    finder.add(
        rows,
        [text for text, *_ in edited],
        [rulings for _, rulings, *_ in edited],
        [answer for *_, answer, _ in edited],
        [_EDIT] * len(edited),
        [group for *_, group in edited],
        0.2,
    )


def _add_debates(rows: PairRows, finder: PairFinder, data: MatchingData) -> None:
    """Add sentences of the training events; the claims that annotators found for each may say less than it."""
    lies = [lie for lie in data.lies["train"] if lie.gold and not lie.doubtful]
    answers: list[Answers] = [(1, pair_rows.UNKNOWN, 0, 0)] * len(lies)
    kinds, groups = [_DEBATE] * len(lies), [lie.event for lie in lies]
    for texts in ([lie.text for lie in lies], [lie.reworded for lie in lies]):
        finder.add(rows, texts, [lie.gold for lie in lies], answers, kinds, groups, 0.3)


def _add_reworded(rows: PairRows, finder: PairFinder, data: MatchingData) -> None:
    """Add claims in the words of AVeriTeC's annotators."""
    tested = {canonical_address(s.url) for s in load_plain_words() if s.split is Split.TEST}
    claims = data.collection.claims
    chosen = [one for one in data.annotated if canonical_address(claims[one.claim].fact_check.url) not in tested]
    texts, own = [reworded.text for reworded in chosen], [[reworded.claim] for reworded in chosen]
    groups = [f"claim {reworded.claim}" for reworded in chosen]
    finder.add(rows, texts, own, [pair_rows.OF_KIND[Kind.SAME]] * len(texts), [_REWORDED] * len(texts), groups, 0.3)


def _add_edits(rows: PairRows, finder: PairFinder, data: MatchingData) -> None:
    """Add claims word for word, and edited: some edits keep what a claim says, some do not."""
    random = np.random.default_rng(0)
    held_out = {canonical_address(s.url) for s in load_plain_words()}
    claims = data.collection.claims
    texts, own, answers = [], [], []
    for row in random.permutation(len(claims))[:EDITED_CLAIMS].tolist():  # evaluation uses those that follow
        if canonical_address(claims[row].fact_check.url) in held_out:
            continue
        text = encoder_text(claims[row].text, claims[row].fact_check.speaker)
        versions: list[tuple[str | None, Answers]] = [(text, pair_rows.OF_KIND[Kind.SAME])]
        versions += [(edit(text, random), pair_rows.OF_KIND[Kind.SAME]) for edit in KEEPING.values()]
        versions += [(edit(text, random), _OF_EDIT[name]) for name, edit in CHANGING.items()]
        for version, answer in versions:
            if version:
                texts.append(version)
                own.append([row])
                answers.append(answer)
    finder.add(rows, texts, own, answers, [_EDIT] * len(texts), [f"claim {rulings[0]}" for rulings in own], 0.05)


def _add_ordinary(rows: PairRows, finder: PairFinder, data: MatchingData, sentences: Sentences) -> None:
    for kind, chosen in ordinary_lines(data, sentences):
        finder.add(
            rows,
            chosen,
            [[]] * len(chosen),
            [pair_rows.NOTHING] * len(chosen),
            [kind] * len(chosen),
            [text[:40] for text in chosen],
        )


def ordinary_lines(data: MatchingData, sentences: Sentences) -> Iterator[tuple[str, list[str]]]:
    """Ordinary text by kind: articles, lines of debates without a ruling, sentences that are not claims."""
    debates = [line for lines in data.lines["train"].values() for line in lines]
    sources = (
        # Claims come from such articles, too: they teach what does not match, but no bound rests on them.
        (_ARTICLE, paragraphs(data.articles["valid"])),
        (ORDINARY, debates),
        (ORDINARY, data.non_claims["train"]),
    )
    for kind, texts in sources:
        searched = list(dict.fromkeys(sentences(texts)[0]))
        random = np.random.default_rng(2)
        yield kind, [searched[i] for i in random.permutation(len(searched))[:_ORDINARY_LINES].tolist()]


def claims_by_address(data: MatchingData) -> dict[str, list[int]]:
    """The rows of the claims by the address of their ruling; a round-up page has several."""
    found: dict[str, list[int]] = {}
    for row, claim in enumerate(data.collection.claims):
        if claim.fact_check.has_own_address:
            found.setdefault(canonical_address(claim.fact_check.url), []).append(row)
    return found


def _about_saying(data: MatchingData) -> set[int]:
    return {
        row
        for row, claim in enumerate(data.collection.claims)
        if cues.cues_of(encoder_text(claim.text), ()) & cues.SAYING
    }


class WrongLink(NamedTuple):
    """A statement, and the address of a ruling that was shown with it and is about something else."""

    statement: str
    url: str


def wrong_links(records: Iterable[Mapping[str, Any]]) -> Iterator[WrongLink]:
    """Find the wrong links in records of feedback, stored or exported, each once."""
    seen = set()
    for record in records:
        if record.get("correction") != _OTHER_CLAIM:
            continue
        about = record.get("fact_check")
        url = about.get("url") if isinstance(about, Mapping) else record.get("fact_check_url")
        statement = record.get("statement")
        if isinstance(url, str) and isinstance(statement, str) and url and statement.strip():
            link = WrongLink(statement, url)
            if link not in seen:
                seen.add(link)
                yield link


def add_wrong_links(
    rows: PairRows, finder: PairFinder, claims: Mapping[str, list[int]], links: Sequence[WrongLink]
) -> int:
    """Add pairs that readers call wrong, with the answer no to every question, and return how many have a known ruling.

    Nothing is known of the other candidates. No bound rests on these rows: feedback is not a random sample.

    Parameters
    ----------
    claims : the rows of the claims by the address of their ruling
    """
    known = [(link.statement, found) for link in links if (found := claims.get(canonical_address(link.url)))]
    texts, own = [text for text, _ in known], [rulings for _, rulings in known]
    groups = [f"{_FEEDBACK} {text[:40]}" for text in texts]
    finder.add(rows, texts, own, [NOTHING] * len(known), [_FEEDBACK] * len(known), groups, only_own=True)
    return len(known)
