"""What is measured of core claims: one that is left out is no longer repeated, and an edit must not keep a label."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.factchecks.shipped_fact_checks import SECTION, ShippedFactChecks
from fake_news.evaluation.core_claims import core_claim_rows


def test_a_sentence_that_is_left_out_is_in_no_row(shipped: Path) -> None:
    facts = ShippedFactChecks.read(read_checkpoint(shipped))
    assert facts is not None
    assert facts.core is not None
    gone = facts.core.sentences[0]
    kept = facts.core.without(frozenset([gone]))
    assert gone not in kept.sentences
    assert set(kept.sentences) == set(facts.core.sentences) - {gone}
    assert len(kept.columns) == len(kept.sentences) == len(kept.vectors) == len(kept.rulings)
    row = facts.core.sentences.index(kept.sentences[5])
    assert (kept.rulings[5].url, kept.is_opposite[5]) == (facts.core.rulings[row].url, facts.core.is_opposite[row])


@pytest.mark.slow
def test_what_is_left_out_is_answered_rightly_or_not_at_all(shipped: Path) -> None:
    rows = {row.measure: row for row in core_claim_rows(read_checkpoint(shipped), percent=16)}
    right, wrong = rows["core claim left out: its label"], rows["core claim left out: the opposite label"]
    assert right.n == wrong.n > 500
    assert right.figure.value > 0.15  # type: ignore[union-attr]
    assert wrong.figure.value < 0.02  # type: ignore[union-attr]
    assert rows["… number changed: its label all the same"].figure.value < 0.06  # type: ignore[union-attr]
    assert rows["… negated: the opposite label"].figure.value > 0.35  # type: ignore[union-attr]
    beside = rows["true sentence beside false core claims: false"]
    assert beside.n > 500
    assert beside.figure.value < 0.02  # type: ignore[union-attr]


def test_a_checkpoint_without_rulings_has_no_such_rows(shipped: Path) -> None:
    checkpoint = read_checkpoint(shipped)
    bare = replace(checkpoint, model={name: part for name, part in checkpoint.model.items() if name != SECTION})
    assert core_claim_rows(bare) == []
