"""New rows are read as they are, and those that cannot be learned from are named: what, where, why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fake_news.common.errors import DataError
from fake_news.data.statements import Statement
from fake_news.database.records import Feedback
from fake_news.retraining.new_rows import NewRow, read_feedback_file, read_new_data
from fake_news.retraining.validation import CheckedRows, check_rows
from server.routes.feedback import _csv

KNOWN = [Statement("The harbour lost nine cranes in a storm.", "false", "Ann Ott", "2019-05-02")]
FROZEN = {"LIAR test": [Statement("The mayors budget doubled the water tax within a year.", "true", "Bob Miller")]}


def check(*rows: NewRow) -> CheckedRows:
    return check_rows(rows, KNOWN, FROZEN)


def row(text: str, rating: str = "true", day: str = "2026-01-02", where: str = "new.csv, line 2") -> NewRow:
    return NewRow(where, text, rating, day)


def test_csv_and_json_lines_say_the_same(tmp_path: Path) -> None:
    table, lines = tmp_path / "new.csv", tmp_path / "new.jsonl"
    table.write_text(
        'label,text,date,speaker\nbarely-true,"One, and ""two"".",2026-01-02,Ann\nTRUE,Three.,,\n', encoding="utf-8"
    )
    lines.write_text(
        json.dumps({"text": 'One, and "two".', "label": "mostly-false", "date": "2026-01-02", "speaker": "Ann"})
        + '\n\n{"text": "Three.", "label": "true", "date": null}\n',
        encoding="utf-8",
    )
    read = [[(one.text, one.rating, one.day, one.speaker) for one in read_new_data(path)] for path in (table, lines)]
    assert read[0] == read[1] == [('One, and "two".', "mostly-false", "2026-01-02", "Ann"), ("Three.", "true", "", "")]
    assert [one.where for one in read_new_data(table)] == ["new.csv, line 2", "new.csv, line 3"]
    assert [one.where for one in read_new_data(lines)] == ["new.jsonl, line 1", "new.jsonl, line 3"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("new.csv", b"text,verdict\nA,true\n", "column 'label' is missing"),
        ("new.csv", b"text,label\nCaf\xe9,true\n", "line 2: byte 0xe9 is not UTF-8"),
        ("new.jsonl", b'{"text": "A", "label": "true"}\n{"text":\n', "line 2: not JSON"),
        ("new.jsonl", b"[1]\n", "line 1: not an object"),
        ("new.xlsx", b"", "neither .csv nor .jsonl"),
        ("export.json", b'{"rows": []}', "not an export of feedback"),
        ("export.json", b'{"feedback": [7]}', "entry 1: not a record"),
    ],
)
def test_a_file_of_another_kind_is_named(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError) as told:
        list(read_feedback_file(path) if name.startswith("export") else read_new_data(path))
    assert said in str(told.value)


def test_both_exports_of_the_dashboard_are_read(tmp_path: Path) -> None:
    feedback = [
        Feedback("=1+1 is two.", "unsure", "true", id=4, created="2026-11-20T10:00:00Z"),
        Feedback("He sold 'it'.", "likely-false", "mixed", "why", None, id=3, created="2026-11-19T10:00:00Z"),
    ]
    table, document = tmp_path / "a.csv", tmp_path / "a.json"
    table.write_text(_csv(feedback), encoding="utf-8", newline="")
    rows = [
        {"id": one.id, "created": one.created, "statement": one.statement, "correction": one.correction}
        for one in feedback
    ]
    document.write_text(json.dumps({"feedback": rows, "total": 2}), encoding="utf-8")
    read = [[(one.text, one.rating, one.day) for one in read_feedback_file(path)] for path in (table, document)]
    assert read[0] == read[1] == [("=1+1 is two.", "true", "2026-11-20"), ("He sold 'it'.", "half-true", "2026-11-19")]
    assert next(read_feedback_file(document)).where == "a.json, feedback 4"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (row("A new bridge opened.", "maybe"), "label is 'maybe', expected one of pants-fire"),
        (row("A new bridge opened.", ""), "label is ''"),
        (row("A new bridge opened.", "NaN"), "label is 'NaN'"),
        (row(" ?! "), "text is empty"),
        (row("bridge " * 200), "one statement at most 1,000"),
        (row("A new bridge opened.", day="2.1.2026"), "date is '2.1.2026', expected YYYY-MM-DD"),
        (row("A new bridge opened.", day="20260102"), "expected YYYY-MM-DD"),
        (
            row("the HARBOUR lost nine cranes, in a storm!"),
            "fact-checkers rated the same statement false on 2019-05-02",
        ),
        (
            row("The mayor's budget doubled the water tax within a year"),
            "worded like a frozen test statement (LIAR test)",
        ),
        (row("In a year the mayors budget doubled the water tax."), "worded like a frozen test statement (LIAR test)"),
    ],
)
def test_a_row_that_cannot_be_learned_is_named(wrong: NewRow, said: str) -> None:
    checked = check(row("Forty trams were sold to a museum."), wrong)
    [problem] = checked.problems
    assert problem.where == "new.csv, line 2"
    assert said in problem.why
    assert [one.text for one in checked.statements] == ["Forty trams were sold to a museum."]
    with pytest.raises(DataError) as told:
        checked.refuse_problems()
    assert "1 of 2 new rows cannot be learned from:\n  new.csv, line 2: " in str(told.value)
    if "expected" not in said and "empty" not in said:
        assert wrong.text not in str(told.value)


def test_a_contradiction_names_both_and_teaches_nothing() -> None:
    checked = check(
        row("The zoo closed.", "false", where="a.csv, line 2"), row("the zoo closed", "true", where="feedback 9")
    )
    assert checked.statements == []
    assert [(one.where, one.why) for one in checked.problems] == [
        ("a.csv, line 2", "is rated false, and feedback 9, the same statement, true"),
        ("feedback 9", "is rated true, and a.csv, line 2, the same statement, false"),
    ]


def test_what_teaches_nothing_is_set_aside_and_counted() -> None:
    checked = check(
        row("The zoo closed.", "false"),
        row("The zoo closed!", "pants-fire"),
        row("The harbour lost nine cranes in a storm.", "mostly-false"),
        row("Nobody can say.", "unsure"),
        row("What a day!", "no-claim"),
        row("The zoo sold a lion.", "other-claim"),
    )
    assert checked.problems == []
    assert (checked.rows, len(checked.statements), [one.is_claim for one in checked.no_claims]) == (6, 1, [False])
    assert dict(checked.set_aside) == {
        "repeats another new row": 1,
        "is in the training set already": 1,
        "the reader was unsure": 1,
        "says that a fact-check is about something else": 1,
    }


def test_rows_without_a_day_are_as_new_as_the_newest() -> None:
    checked = check(row("The zoo closed.", day=""), row("A tram was sold.", day="2018-03-04"))
    assert [one.date for one in checked.statements] == ["2018-03-04", "2019-05-02"]
    assert checked.undated == 1


def test_many_problems_are_summarised(monkeypatch: pytest.MonkeyPatch) -> None:
    checked = check(*(row(f"Bridge number {number}.", "maybe") for number in range(50)))
    with pytest.raises(DataError) as told:
        checked.refuse_problems()
    assert "50 of 50" in str(told.value)
    assert "and 30 more" in str(told.value)
    monkeypatch.setattr("fake_news.retraining.validation.MOST_ROWS", 3)
    with pytest.raises(DataError, match="more than 3 new rows"):
        check(*(row("A tram was sold.") for _ in range(4)))
