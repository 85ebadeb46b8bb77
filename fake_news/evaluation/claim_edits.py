"""The suite of edits: a claim that was changed must lose its fact-check, one that was only reworded must keep it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from fake_news.data.fact_checks import normalised
from fake_news.detection.factchecks.bearing import Match
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import share
from fake_news.training.claim_matching.edits import CHANGING, KEEPING, Edit
from fake_news.training.claim_matching.protocol import MatchingData
from fake_news.training.relation.build import EDITED_CLAIMS

_CLAIMS = 1500
_TIMES = 3

Same = Callable[[str], list[Match]]
"""From a sentence to the fact-checks on the same claim."""


def edit_rows(same: Same, data: MatchingData) -> list[Row]:
    """Which share of edits loses or keeps the fact-check, on two kinds of pairs that were not trained on."""
    texts = data.claim_texts
    debates = [(lie.text, lie.gold) for lie in data.lies["test"] if lie.gold]
    held_out = np.random.default_rng(0).permutation(len(texts))[EDITED_CLAIMS : EDITED_CLAIMS + _CLAIMS]
    claims = [(texts[claim], frozenset([int(claim)])) for claim in held_out]
    rows = []
    for where, pairs, times in (
        ("known_lie, held-out events, linked pairs", debates, _TIMES),
        ("claims of fact-checks, linked to their own", claims, 1),
    ):
        linked = [(text, gold) for text, gold in pairs if _linked(same, text, gold)]
        for edits, wanted in ((CHANGING, "loses"), (KEEPING, "keeps")):
            every: list[bool] = []
            for name, edit in edits.items():
                versions = _edited(linked, edit, times)
                if edits is CHANGING:  # an edit of what the claim does not speak about does not change the claim
                    versions = (version for version in versions if _concerns(version, texts))
                kept = [_linked(same, edited, gold) for _, edited, gold in versions]
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


def _linked(same: Same, text: str, gold: frozenset[int]) -> bool:
    return any(match.claim in gold for match in same(text))


def _concerns(version: tuple[str, str, frozenset[int]], claims: Sequence[str]) -> bool:
    """Whether a word that the edit took away stands in the claim, or it took none away."""
    text, edited, gold = version
    before, after = set(normalised(text).split()), set(normalised(edited).split())
    lost = before - after
    return not lost or any(lost & set(normalised(claims[claim]).split()) for claim in gold)


def _edited(
    pairs: Sequence[tuple[str, frozenset[int]]], edit: Edit, times: int
) -> Iterator[tuple[str, str, frozenset[int]]]:
    """Texts, their edited versions, and their fact-checks."""
    random = np.random.default_rng(1)
    for text, gold in pairs:
        versions = {edited for _ in range(times) if (edited := edit(text, random)) is not None}
        yield from ((text, edited, gold) for edited in sorted(versions))
