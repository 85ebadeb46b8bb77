"""The second opinion: what a language model's reply may change in a verdict.

It never decides alone: the label follows from the rulings that were found and the table of what they mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fake_news.detection.factchecks.evidence import MOST_RELATED, decisive_label, label_from
from fake_news.detection.factchecks.language_model_judge.policy import Policy
from fake_news.detection.factchecks.language_model_judge.question import JudgeRelation, NearRuling
from fake_news.detection.factchecks.relation import cues
from fake_news.detection.factchecks.relation.meaning import Meaning, meaning_of
from fake_news.detection.factchecks.relation.model import QUESTIONS
from fake_news.detection.text.tokens import tokenize
from fake_news.detection.verdict import Basis, Evidence, Label, Relation, Verdict, Why

_HOLDS = {
    JudgeRelation.SAME: frozenset(["says", "follows"]),
    JudgeRelation.MORE: frozenset(["says"]),
    JudgeRelation.LESS: frozenset(["follows"]),
    JudgeRelation.OPPOSITE: frozenset(["denies", "contradicts"]),
    JudgeRelation.CONTRARY: frozenset(["contradicts"]),
    JudgeRelation.REPORTED: frozenset[str](),
    JudgeRelation.RELATED: frozenset[str](),
}
_BOUNDS = dict.fromkeys(QUESTIONS, 0.5)
_NOT_ASSERTED = cues.QUESTION | cues.DISTANCE | cues.IMAGINED
_FOLLOWS = (JudgeRelation.SAME, JudgeRelation.LESS)
_SAYS = (JudgeRelation.SAME, JudgeRelation.MORE)


def meaning_of_answer(relation: JudgeRelation, ruling: Label | None) -> Meaning:
    """Derive what a ruling means for a statement if the relation in the model's answer holds.

    >>> meaning_of_answer(JudgeRelation.LESS, Label.FALSE).label is None
    True
    """
    return meaning_of(ruling, {question: float(question in _HOLDS[relation]) for question in QUESTIONS}, _BOUNDS)


def apply_reply(
    policy: Policy,
    verdict: Verdict,
    statement: str,
    candidates: Sequence[NearRuling],
    relations: Sequence[JudgeRelation],
) -> Verdict:
    """Apply a language model's reply to a verdict, as far as the policy allows.

    Parameters
    ----------
    statement : its words
    candidates, relations : the rulings in the question, and the model's relation for each
    """
    if policy is Policy.EXPLAIN:
        return verdict
    theirs = {
        _place(one.evidence): meaning_of_answer(relation, one.evidence.label).relation
        for one, relation in zip(candidates, relations, strict=True)
    }
    ours = [item for item in verdict.evidence if _decides(item)]
    read = [item for item in ours if _place(item) in theirs]
    disputed = {item for item in read if theirs[_place(item)] is not item.relation}
    if read and len(disputed) == len(read):  # then those that it was not asked about are not more reliable
        disputed.update(ours)
    kept = [replace(item, relation=Relation.RELATED) if item in disputed else item for item in verdict.evidence]
    added = _added(verdict, statement, candidates, relations) if policy is Policy.DECIDE else []
    return _with_evidence(verdict, statement, kept, added) if disputed or added else verdict


def verdict_from_relations(
    verdict: Verdict, statement: str, candidates: Sequence[NearRuling], relations: Sequence[JudgeRelation]
) -> Verdict:
    """Compute the verdict of the language model alone: for measuring it, never for a reader."""
    linked = []
    for one, relation in zip(candidates, relations, strict=True):
        linked.append(replace(one.evidence, relation=meaning_of_answer(relation, one.evidence.label).relation))
    return _with_evidence(verdict, statement, linked, [])


def _added(
    verdict: Verdict,
    statement: str,
    candidates: Sequence[NearRuling],
    relations: Sequence[JudgeRelation],
) -> list[Evidence]:
    """Find rulings that the model lets decide; none if they contradict each other or one of ours, disputed or not."""
    marks = cues.cues_of(statement, [token.form for token in tokenize(statement)])
    if verdict.label is Label.NO_CLAIM or verdict.note is not None or marks & _NOT_ASSERTED:
        return []
    has_clause = cues.adds_a_clause(statement)
    ours = {_place(item) for item in verdict.evidence if _decides(item)}
    added = []
    for one, relation in zip(candidates, relations, strict=True):
        meaning = meaning_of_answer(relation, one.evidence.label)
        is_open = one.may_decide and _place(one.evidence) not in ours
        follows_too_far = has_clause and relation in _FOLLOWS and meaning.label is Label.TRUE
        is_denied = relation in _SAYS and not one.same_negation
        if meaning.label is not None and is_open and not follows_too_far and not is_denied:
            added.append(replace(one.evidence, relation=meaning.relation))
    labels = {label for item in [*added, *verdict.evidence] if (label := label_from(item))}
    return added if len(labels) == 1 else []


def _place(item: Evidence) -> tuple[str, ...]:
    """Identify a ruling among the others, whatever its relation."""
    return item.url, item.claim, item.title, item.rating, item.date


def _decides(item: Evidence) -> bool:
    return label_from(item) is not None


def _with_evidence(verdict: Verdict, statement: str, kept: Sequence[Evidence], added: Sequence[Evidence]) -> Verdict:
    places = {_place(item) for item in added}
    every = [*added, *(item for item in kept if _place(item) not in places)]
    deciding = sorted((item for item in every if _decides(item)), key=lambda item: item.date, reverse=True)
    related = [item for item in every if not _decides(item)][:MOST_RELATED]
    evidence = (*deciding, *related)
    label = decisive_label(evidence)
    if label is None and verdict.label is Label.NO_CLAIM:
        return replace(verdict, evidence=evidence)
    return replace(
        verdict,
        # no colour without rulings on the card
        label=label or Label.UNSURE,
        basis=Basis.FACT_CHECK if label else Basis.MODEL,
        evidence=evidence,
        why=None if label else (verdict.why or Why.NO_RULING),
        is_attribution=label is not None and cues.is_attribution(statement),
    )
