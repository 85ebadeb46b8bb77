"""Core claims: what rulings say of those that the index lacks, of edited ones, and of true sentences beside false ones.

Everything here is measured on sentences that lie in the repository, so that a bare clone prints the same figures.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from fake_news.data.project_sentences import TRUTHS_BESIDE_CORE_CLAIMS, load_charged_truths
from fake_news.detection.checkpoint import Checkpoint
from fake_news.detection.encoder.store import read_encoder
from fake_news.detection.factchecks.evidence import decisive_label
from fake_news.detection.factchecks.fact_check_collection import FactCheckCollection
from fake_news.detection.factchecks.shipped_fact_checks import CROSS_ENCODER, SECTION, ShippedFactChecks
from fake_news.detection.verdict import Label
from fake_news.evaluation.evidence import share_row
from fake_news.reporting.report import Row
from fake_news.training.claim_matching.edits import CHANGING
from fake_news.training.cross_encoder.held_out import are_held_out

PERCENT_LEFT_OUT = 50
_LEFT_OUT = "core_claims.tsv, half of the subjects held out, left out of the index"
_EDITED = "core_claims.tsv, the same, edited"
_BESIDE = "beside_core_claims.tsv, a third of them, unseen"
_OPPOSITE: Mapping[Label, Label] = {Label.FALSE: Label.TRUE, Label.TRUE: Label.FALSE}
_NEGATED = "negated"


def core_claim_rows(checkpoint: Checkpoint, percent: int = PERCENT_LEFT_OUT) -> list[Row]:
    """Measure what the rulings say of core claims that are left out of the index, and of those in it after an edit.

    In a short sentence one word decides, and the other core claims on the same rulings, opposites among them, are as
    near as sentences get: a harder test than what people type. True sentences that share the words of false core claims
    must not be called false. A checkpoint without core claims has no rows.

    Parameters
    ----------
    percent : of the core claims on subjects that the cross-encoder did not learn, those that are asked about
    """
    shipped = ShippedFactChecks.read(checkpoint)
    if shipped is None or shipped.core is None:
        return []
    core = shipped.core
    truth = {
        text: _OPPOSITE[label] if is_opposite else label
        for text, is_opposite, label in zip(core.sentences, core.is_opposite, core.labels, strict=True)
    }
    unseen = _held_out(list(truth), checkpoint)
    drawn = [text for text in unseen if _is_drawn(text, percent)]
    known = FactCheckCollection(replace(shipped, core=core.without(frozenset(drawn))))
    rows = [
        _core_row("core claim left out: its label", _LEFT_OUT, [(text, truth[text]) for text in drawn], known),
        _core_row(
            "core claim left out: the opposite label",
            _LEFT_OUT,
            [(text, _OPPOSITE[truth[text]]) for text in drawn],
            known,
        ),
    ]
    complete, random = FactCheckCollection(shipped), np.random.default_rng(0)
    for name, edit in CHANGING.items():
        edited = [(changed, truth[text]) for text in drawn if (changed := edit(text, random)) and changed not in truth]
        if name == _NEGATED:
            turned = [(text, _OPPOSITE[label]) for text, label in edited]
            rows.append(_core_row(f"… {name}: the opposite label", _EDITED, turned, complete))
        rows.append(_core_row(f"… {name}: its label all the same", _EDITED, edited, complete))
    beside = [(one.text, Label.FALSE) for one in load_charged_truths(TRUTHS_BESIDE_CORE_CLAIMS) if one.is_test]
    rows.append(_core_row("true sentence beside false core claims: false", _BESIDE, beside, complete))
    return rows


def _held_out(texts: list[str], checkpoint: Checkpoint) -> list[str]:
    """Find the texts that the checkpoint's cross-encoder did not learn from."""
    identity = checkpoint.model[SECTION].get(CROSS_ENCODER)
    if identity is None:
        return texts
    unseen = are_held_out(texts, read_encoder(identity, checkpoint.path.parent))
    return [text for text, is_unseen in zip(texts, unseen.tolist(), strict=True) if is_unseen]


def _is_drawn(text: str, percent: int) -> bool:
    return int(hashlib.sha256(text.encode("utf-8")).hexdigest(), 16) % 100 < percent


def _core_row(measure: str, where: str, expected: list[tuple[str, Label]], known: FactCheckCollection) -> Row:
    said = [decisive_label(found.evidence) for found in known.evidence([text for text, _ in expected])]
    return share_row(measure, where, [label is wanted for label, (_, wanted) in zip(said, expected, strict=True)])
