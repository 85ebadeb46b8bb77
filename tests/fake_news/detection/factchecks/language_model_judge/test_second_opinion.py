"""What a language model's reading changes, by policy: never more than the table of rulings and the policy allow."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from fake_news.detection.factchecks.evidence import decisive_label, label_from
from fake_news.detection.factchecks.language_model_judge.policy import Policy
from fake_news.detection.factchecks.language_model_judge.question import JudgeRelation, NearRuling
from fake_news.detection.factchecks.language_model_judge.second_opinion import apply_reply, verdict_from_relations
from fake_news.detection.verdict import Basis, Evidence, Label, Note, Relation, Verdict, Why

SENTENCE = "The ferry sank in winter."


def ruling(
    name: str, label: Label | None = Label.FALSE, relation: Relation = Relation.RELATED, day: str = "2031-01-01"
) -> Evidence:
    return Evidence(relation, "P", "rated", label, "", day, f"https://facts.example/{name}", 0.5, f"Claim {name}.")


def verdict(*evidence: Evidence, worth: float = 0.9) -> Verdict:
    label = decisive_label(evidence)
    why = None if label else Why.NO_RULING
    basis = Basis.FACT_CHECK if label else Basis.MODEL
    return Verdict(0, len(SENTENCE), label or Label.UNSURE, basis, 0.4, worth, evidence, why=why)


def read(
    policy: Policy, before: Verdict, *relations: JudgeRelation, sentence: str = SENTENCE, **marks: bool
) -> Verdict:
    candidates = [NearRuling(item, **marks) for item in before.evidence]
    return apply_reply(policy, before, sentence, candidates, relations)


SAYS = ruling("says", relation=Relation.SAME_CLAIM)
DENIES = ruling("denied", relation=Relation.OPPOSITE_CLAIM)
NEAR = ruling("near")
PAIRS = list(product(JudgeRelation, repeat=2))


@pytest.mark.parametrize("answered", JudgeRelation)
@pytest.mark.parametrize("before", [verdict(SAYS, NEAR), verdict(DENIES), verdict(NEAR), verdict()], ids=str)
def test_explaining_changes_nothing(before: Verdict, answered: JudgeRelation) -> None:
    assert read(Policy.EXPLAIN, before, *[answered] * len(before.evidence)) is before


def test_a_disputed_link_falls_to_related() -> None:
    after = read(Policy.VETO, verdict(SAYS, NEAR), JudgeRelation.RELATED, JudgeRelation.SAME)
    assert (after.label, after.basis, after.why) == (Label.UNSURE, Basis.MODEL, Why.NO_RULING)
    assert [item.relation for item in after.evidence] == [Relation.RELATED, Relation.RELATED]


@pytest.mark.parametrize("answered", [JudgeRelation.SAME, JudgeRelation.MORE])
def test_a_confirmed_link_stands(answered: JudgeRelation) -> None:
    before = verdict(SAYS, NEAR)
    assert read(Policy.VETO, before, answered, JudgeRelation.RELATED) is before


def test_a_denial_that_the_model_takes_for_the_claim_gets_no_colour() -> None:
    for policy in (Policy.VETO, Policy.DECIDE):
        after = read(policy, verdict(DENIES), JudgeRelation.SAME)
        assert after.label is Label.UNSURE


@pytest.mark.parametrize("relations", PAIRS, ids="-".join)
def test_a_veto_never_adds_and_never_reverses_a_label(relations: tuple[JudgeRelation, ...]) -> None:
    for first in (SAYS, DENIES, ruling("true", Label.TRUE, Relation.SAME_CLAIM)):
        before = verdict(first, NEAR)
        after = read(Policy.VETO, before, *relations)
        assert after.label in (before.label, Label.UNSURE)
        linked = {item.url for item in after.evidence if label_from(item)}
        assert linked <= {item.url for item in before.evidence if label_from(item)}


@pytest.mark.parametrize("relations", PAIRS, ids="-".join)
def test_every_policy_keeps_to_the_rulings_and_paints_only_with_one(relations: tuple[JudgeRelation, ...]) -> None:
    for policy, first in product(Policy, (SAYS, DENIES, ruling("true", Label.TRUE), ruling("mixed", Label.MIXED))):
        before = verdict(first, NEAR)
        after = read(policy, before, *relations)
        assert {item.url for item in after.evidence} <= {item.url for item in before.evidence}
        assert after.label is (decisive_label(after.evidence) or Label.UNSURE)
        assert (after.basis is Basis.FACT_CHECK) == (decisive_label(after.evidence) is not None)
        assert after.label is not Label.MIXED or Label.MIXED in (before.label, first.label)


def test_rulings_not_asked_about_fall_if_all_others_do() -> None:
    others = [ruling(str(number), relation=Relation.SAME_CLAIM) for number in range(6)]
    before = verdict(*others)
    candidates = [NearRuling(item) for item in others[:5]]
    after = apply_reply(Policy.VETO, before, SENTENCE, candidates, [JudgeRelation.RELATED] * 5)
    assert after.label is Label.UNSURE
    one_stands = apply_reply(
        Policy.VETO, before, SENTENCE, candidates, [JudgeRelation.SAME, *[JudgeRelation.RELATED] * 4]
    )
    assert one_stands.label is Label.FALSE
    assert sum(label_from(item) is not None for item in one_stands.evidence) == 2


class TestDeciding:
    def test_it_adds_what_the_table_gives(self) -> None:
        after = read(Policy.DECIDE, verdict(NEAR), JudgeRelation.SAME)
        assert (after.label, after.basis, after.why) == (Label.FALSE, Basis.FACT_CHECK, None)
        [item] = after.evidence
        assert item == replace(NEAR, relation=Relation.SAME_CLAIM)
        assert read(Policy.DECIDE, verdict(NEAR), JudgeRelation.OPPOSITE).label is Label.TRUE

    @pytest.mark.parametrize(
        "answered", [JudgeRelation.LESS, JudgeRelation.CONTRARY, JudgeRelation.REPORTED, JudgeRelation.RELATED]
    )
    def test_it_adds_nothing_where_the_table_gives_nothing(self, answered: JudgeRelation) -> None:
        before = verdict(NEAR)
        assert read(Policy.DECIDE, before, answered) is before

    @pytest.mark.parametrize(
        "sentence",
        [
            "Did the ferry sink in winter?",
            "They falsely claimed that the ferry sank in winter.",
            "It is a myth that the ferry sank in winter.",
            "If the ferry sank in winter, nobody would travel.",
        ],
    )
    def test_what_is_not_asserted_is_not_linked(self, sentence: str) -> None:
        before = verdict(NEAR)
        assert read(Policy.DECIDE, before, JudgeRelation.SAME, sentence=sentence) is before

    def test_what_symbols_speak_against_is_not_linked(self) -> None:
        before = verdict(NEAR)
        assert read(Policy.DECIDE, before, JudgeRelation.SAME, may_decide=False) is before
        assert read(Policy.DECIDE, before, JudgeRelation.SAME, same_negation=False) is before
        assert read(Policy.DECIDE, before, JudgeRelation.OPPOSITE, same_negation=False).label is Label.TRUE

    def test_a_true_claim_does_not_make_a_further_clause_true(self) -> None:
        before = verdict(ruling("true", Label.TRUE))
        further = "The ferry sank in winter, and the mayor knew."
        assert read(Policy.DECIDE, before, JudgeRelation.SAME, sentence=further) is before
        assert read(Policy.DECIDE, before, JudgeRelation.SAME).label is Label.TRUE

    def test_links_that_contradict_each_other_are_not_added(self) -> None:
        before = verdict(ruling("one"), ruling("two", Label.TRUE))
        assert read(Policy.DECIDE, before, JudgeRelation.SAME, JudgeRelation.SAME) is before

    def test_a_link_against_one_that_decides_is_not_added(self) -> None:
        before = verdict(SAYS, ruling("two", Label.TRUE))
        assert read(Policy.DECIDE, before, JudgeRelation.SAME, JudgeRelation.SAME) is before

    def test_no_label_is_reversed_by_another_ruling(self) -> None:
        before = verdict(SAYS, ruling("two", Label.TRUE))
        assert read(Policy.DECIDE, before, JudgeRelation.RELATED, JudgeRelation.SAME).label is Label.UNSURE

    def test_a_sentence_that_is_not_a_claim_stays_one(self) -> None:
        before = replace(verdict(NEAR), label=Label.NO_CLAIM, basis=Basis.CLAIMS)
        assert read(Policy.DECIDE, before, JudgeRelation.SAME) is before
        foreign = replace(verdict(NEAR), note=Note.NOT_ENGLISH)
        assert read(Policy.DECIDE, foreign, JudgeRelation.SAME) is foreign


def test_the_model_alone_gives_what_the_table_says() -> None:
    before = verdict(SAYS, NEAR)
    candidates = [NearRuling(item) for item in before.evidence]
    assert verdict_from_relations(before, SENTENCE, candidates, [JudgeRelation.RELATED] * 2).label is Label.UNSURE
    assert (
        verdict_from_relations(before, SENTENCE, candidates, [JudgeRelation.RELATED, JudgeRelation.OPPOSITE]).label
        is Label.TRUE
    )
