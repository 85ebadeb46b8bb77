"""Verdicts as a person reads them in a terminal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from fake_news.cli.terminal import verdict_lines
from fake_news.detection.verdict import Basis, Evidence, Label, LinksTo, Reason, Relation, Verdict, Why

TEXT = "Taxes  rose\nby half."


def lines(verdict: Verdict, *, coloured: bool = False) -> list[str]:
    return list(verdict_lines(TEXT, [verdict], coloured=coloured))


def evidence(**changes: Any) -> Evidence:
    ruling = Evidence(
        Relation.SAME_CLAIM, "A paper", "Mostly false", Label.FALSE, "", "2021-03-04", "https://a.example/taxes", 0.9
    )
    return replace(ruling, **changes)


def ruled(label: Label, *found: Evidence, **changes: Any) -> Verdict:
    return replace(Verdict(0, len(TEXT), label, Basis.FACT_CHECK, 0.59, 0.9, found), **changes)


def test_a_ruling_says_what_was_checked_who_rated_it_how_when_and_where() -> None:
    assert lines(ruled(Label.FALSE, evidence(title="Taxes rose by half", speaker="A mayor"))) == [
        "false         Taxes rose by half.",
        "              checked: Taxes rose by half",
        "                A paper: Mostly false, 2021-03-04, said by A mayor",
        "                https://a.example/taxes",
    ]


def test_the_claim_in_the_publisher_s_words_comes_before_the_title() -> None:
    _, checked, *_ = lines(ruled(Label.FALSE, evidence(title="Taxes rose by half", claim="All taxes rose.")))
    assert checked.strip() == "checked: “All taxes rose.”"


def test_a_ruling_on_the_opposite_and_one_on_a_similar_claim_are_called_so() -> None:
    opposite = evidence(relation=Relation.OPPOSITE_CLAIM, title="Taxes fell")
    near = evidence(relation=Relation.RELATED, date="", url="")
    assert [line.strip() for line in lines(ruled(Label.TRUE, opposite, near))[1:]] == [
        "checked, the opposite: Taxes fell",
        "A paper: Mostly false, 2021-03-04",
        "https://a.example/taxes",
        "checked, a similar claim",
        "A paper: Mostly false",
    ]


def test_a_rating_that_no_source_tells_is_called_unknown() -> None:
    near = evidence(relation=Relation.RELATED, rating="", label=None)
    assert lines(ruled(Label.UNSURE, near))[-2].strip() == "A paper: rating unknown, 2021-03-04"


def test_a_page_about_a_speaker_is_called_one() -> None:
    page = evidence(links_to=LinksTo.SPEAKER, speaker="Viral image")
    assert lines(ruled(Label.FALSE, page))[-1].strip() == "https://a.example/taxes (the page on Viral image)"


def test_an_attribution_is_named() -> None:
    attributed = lines(ruled(Label.FALSE, evidence(), is_attribution=True))
    assert "reports what somebody said" in attributed[1]
    assert len(attributed) == len(lines(ruled(Label.FALSE, evidence()))) + 1


def test_what_is_likely_names_the_rulings_that_make_it_so() -> None:
    similar = evidence(relation=Relation.RELATED)
    found = lines(Verdict(0, len(TEXT), Label.LIKELY_FALSE, Basis.MODEL, 0.0713, 0.9, (similar, similar)))
    assert found[:2] == [
        "likely-false  Taxes rose by half.",
        "              P(true) 7%, from what was ruled on similar claims",
    ]
    assert sum("checked, a similar claim" in line for line in found) == 2


def test_an_unsure_statement_says_why_and_what_wording_suggests_without_a_number() -> None:
    unsure = Verdict(
        0, len(TEXT), Label.UNSURE, Basis.MODEL, 0.5, 0.9, reasons=(Reason(0, 5, 0.25),), why=Why.NO_RULING
    )
    assert lines(unsure) == [
        "unsure        Taxes rose by half.",
        "              (no published fact-check that Plumbline knows decides it)",
        "              (by its wording alone it could be either)",
    ]


@pytest.mark.parametrize(("probability", "said"), [(0.1, "rated false than true"), (0.9, "rated true than false")])
def test_wording_is_common_on_one_side_and_accuses_nobody(probability: float, said: str) -> None:
    wording = lines(Verdict(0, len(TEXT), Label.UNSURE, Basis.MODEL, probability, 0.9, why=Why.NO_RULING))[-1]
    assert said in wording
    assert "cannot tell a claim from its denial" in wording


def test_no_claim() -> None:
    assert lines(Verdict(0, len(TEXT), Label.NO_CLAIM, Basis.CLAIMS, None, 0.1)) == [
        "no-claim      Taxes rose by half."
    ]


def test_each_reason_for_unsure_has_its_words() -> None:
    said = {lines(Verdict(0, 5, Label.UNSURE, Basis.MODEL, None, 0.0, why=why))[1] for why in Why}
    assert len(said) == len(Why)


def test_no_statement_at_all() -> None:
    assert list(verdict_lines("", [], coloured=True)) == ["There is no statement in this text."]


@pytest.mark.parametrize("label", Label)
def test_colour_only_where_a_side_is_taken_and_only_on_request(label: Label) -> None:
    verdict = Verdict(0, len(TEXT), label, Basis.MODEL, 0.5, 0.9)
    takes_a_side = label not in (Label.UNSURE, Label.NO_CLAIM)
    assert lines(verdict, coloured=True)[0].startswith("\x1b[") is takes_a_side
    assert lines(verdict, coloured=True)[0].endswith("\x1b[0m") is takes_a_side
    assert "\x1b" not in "".join(lines(verdict))


def test_a_text_cannot_command_the_terminal() -> None:
    text = "Taxes \x1b[2J\u202erose by\x07 half."
    found = evidence(
        publisher="A\x1b[2J", rating="\x07No", title="T\u202et", speaker="S\ns", url="https://a.example/\x1b"
    )
    verdict = Verdict(0, len(text), Label.FALSE, Basis.FACT_CHECK, 0.5, 0.9, (found,))
    first, *others = verdict_lines(text, [verdict], coloured=False)
    assert first == "false         Taxes [2J rose by half."
    assert all(line.isprintable() for line in others)
