"""Verdicts as a person reads them in a terminal."""

from __future__ import annotations

import pytest

from fake_news.terminal import verdict_lines
from fake_news.verdict import Basis, Label, Note, Reason, Verdict

TEXT = "Taxes  rose\nby half."


def lines(verdict: Verdict, *, coloured: bool = False) -> list[str]:
    return list(verdict_lines(TEXT, [verdict], coloured=coloured))


def test_a_judged_statement_with_its_reasons_strongest_first() -> None:
    reasons = (Reason(0, 5, 0.25), Reason(7, 11, -1.5))
    assert lines(Verdict(0, len(TEXT), Label.LIKELY_FALSE, Basis.MODEL, 0.0713, 0.9, reasons=reasons)) == [
        "likely-false     7%  Taxes rose by half.",
        "                     because of “rose” -1.50, “Taxes” +0.25",
    ]


def test_an_unsure_statement_gives_no_reasons() -> None:
    verdict = Verdict(0, len(TEXT), Label.UNSURE, Basis.MODEL, 0.5, 0.9, reasons=(Reason(0, 5, 0.25),))
    assert lines(verdict) == ["unsure          50%  Taxes rose by half."]


def test_no_claim() -> None:
    assert lines(Verdict(0, len(TEXT), Label.NO_CLAIM, Basis.CLAIMS, None, 0.1)) == [
        "no-claim             Taxes rose by half."
    ]


@pytest.mark.parametrize(("note", "words"), [(Note.NOT_ENGLISH, "not English"), (Note.TOO_LONG, "too long")])
def test_a_note_is_worded(note: Note, words: str) -> None:
    first, second = lines(Verdict(0, len(TEXT), Label.UNSURE, Basis.MODEL, None, 0.0, note=note))
    assert first.startswith("unsure")
    assert words in second


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
    (line,) = verdict_lines(text, [Verdict(0, len(text), Label.UNSURE, Basis.MODEL, 0.5, 0.9)], coloured=False)
    assert line == "unsure          50%  Taxes [2J rose by half."
