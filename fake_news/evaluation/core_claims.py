"""Core claims: what is said of one that the index lacks, and of those that it has after an edit.

In a short sentence one word decides, and the other core claims on the same rulings, opposites among them, are as near
as sentences get: a harder test than what people type.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from fake_news.detection.checkpoint import Checkpoint
from fake_news.detection.factchecks.evidence import decisive_label
from fake_news.detection.factchecks.known_fact_checks import KnownFactChecks
from fake_news.detection.factchecks.shipped import ShippedFactChecks
from fake_news.detection.verdict import Label
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import share
from fake_news.statistics.resampling import estimate
from fake_news.training.claim_matching.edits import CHANGING

PERCENT_LEFT_OUT = 20
_WHERE = "core_claims.tsv, a fifth of them, left out of the index"
_EDITED = "core_claims.tsv, the same, edited"
_OTHER: Mapping[Label, Label] = {Label.FALSE: Label.TRUE, Label.TRUE: Label.FALSE}
_NEGATED = "negated"


def core_claim_rows(checkpoint: Checkpoint, percent: int = PERCENT_LEFT_OUT) -> list[Row]:
    """What the rulings say of core claims; nothing for a checkpoint that has none.

    Parameters
    ----------
    percent : of the core claims, those that are left out of the index and asked about
    """
    shipped = ShippedFactChecks.read(checkpoint)
    if shipped is None or shipped.core is None:
        return []
    core = shipped.core
    truth = {
        text: _OTHER[label] if is_opposite else label
        for text, is_opposite, label in zip(core.sentences, core.is_opposite, core.labels, strict=True)
    }
    drawn = [text for text in truth if _is_drawn(text, percent)]
    known = KnownFactChecks(replace(shipped, core=core.without(frozenset(drawn))))
    rows = [
        _row("core claim left out: its label", _WHERE, [(text, truth[text]) for text in drawn], known),
        _row("core claim left out: the opposite label", _WHERE, [(text, _OTHER[truth[text]]) for text in drawn], known),
    ]
    complete, random = KnownFactChecks(shipped), np.random.default_rng(0)
    for name, edit in CHANGING.items():
        edited = [(changed, truth[text]) for text in drawn if (changed := edit(text, random)) and changed not in truth]
        if name == _NEGATED:
            turned = [(text, _OTHER[label]) for text, label in edited]
            rows.append(_row(f"… {name}: the opposite label", _EDITED, turned, complete))
        rows.append(_row(f"… {name}: its label all the same", _EDITED, edited, complete))
    return rows


def _is_drawn(text: str, percent: int) -> bool:
    return int(hashlib.sha256(text.encode("utf-8")).hexdigest(), 16) % 100 < percent


def _row(measure: str, where: str, expected: list[tuple[str, Label]], known: KnownFactChecks) -> Row:
    said = [decisive_label(found.evidence) for found in known.evidence([text for text, _ in expected])]
    hits = np.array([label is wanted for label, (_, wanted) in zip(said, expected, strict=True)], dtype=bool)
    figure = estimate(share(hits), len(hits)) if len(hits) else None
    return Row(Section.EVIDENCE, measure, where, len(hits), None, figure, "–")
