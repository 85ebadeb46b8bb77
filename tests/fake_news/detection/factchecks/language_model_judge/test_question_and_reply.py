"""What a language model is asked, and how strictly its words are read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fake_news.detection.factchecks.language_model_judge.question import (
    TASK,
    JudgeRelation,
    NearRuling,
    Question,
    plain,
    prompt_digest,
)
from fake_news.detection.factchecks.language_model_judge.reply import ReplyError, parse_reply
from fake_news.detection.factchecks.language_model_judge.second_opinion import meaning_of_answer
from fake_news.detection.verdict import Evidence, Label, Relation
from tests.language_models.hostile_answers import INJECTIONS, NO_ANSWERS, UNSHOWN


def ruling(number: int, claim: str = "The ferry sank.", label: Label | None = Label.FALSE) -> NearRuling:
    place = f"https://facts.example/{number}"
    return NearRuling(Evidence(Relation.RELATED, "Creek Facts", "False", label, "", "2031-02-03", place, 0.4, claim))


QUESTION = Question("The ferry did not sink.", "It was cold.", "It runs.", (ruling(1), ruling(2, "The ferry burned.")))


def asked(question: Question) -> dict[str, Any]:
    """A question as a stub gets it."""
    return {"messages": question.messages()}


def answer(explanation: str = "Both are about the ferry.", **relations: str) -> str:
    return json.dumps({"explanation": explanation, "relations": relations})


def test_it_sees_the_statement_its_neighbours_and_the_rulings_and_no_address() -> None:
    document = json.loads(QUESTION.document())
    assert document == {
        "before": "It was cold.",
        "statement": "The ferry did not sink.",
        "after": "It runs.",
        "rulings": {
            "1": {"claim": "The ferry sank.", "rating": "False", "publisher": "Creek Facts", "date": "2031-02-03"},
            "2": {"claim": "The ferry burned.", "rating": "False", "publisher": "Creek Facts", "date": "2031-02-03"},
        },
    }


def test_the_schema_has_these_rulings_and_the_known_relations_alone() -> None:
    relations = QUESTION.schema()["properties"]["relations"]
    assert set(relations["properties"]) == set(relations["required"]) == {"1", "2"}
    assert relations["additionalProperties"] is False
    assert relations["properties"]["1"]["enum"] == [answered.value for answered in JudgeRelation]


@pytest.mark.parametrize("text", INJECTIONS.values(), ids=INJECTIONS)
def test_what_a_page_says_stays_inside_a_string_of_the_document(text: str) -> None:
    question = Question(text, text, text, (ruling(1, text),))
    system, user = question.messages()
    assert system == {"role": "system", "content": TASK}
    document = json.loads(user["content"])
    assert document["statement"] == plain(text) == document["rulings"]["1"]["claim"]
    assert set(document) == {"before", "statement", "after", "rulings"}
    assert document["statement"].isprintable()
    user["content"].encode()  # no half of a surrogate pair is left


def test_long_texts_are_cut() -> None:
    long = "word " * 4_000
    question = Question(long, long, long, tuple(ruling(number, long) for number in range(5)))
    assert len(question.document()) < 6_000


@pytest.mark.parametrize(
    ("answered", "ruled_false", "ruled_true", "ruled_mixed"),
    [
        (JudgeRelation.SAME, Label.FALSE, Label.TRUE, Label.MIXED),
        (JudgeRelation.MORE, Label.FALSE, None, None),
        (JudgeRelation.LESS, None, Label.TRUE, None),
        (JudgeRelation.OPPOSITE, Label.TRUE, Label.FALSE, None),
        (JudgeRelation.CONTRARY, None, Label.FALSE, None),
        (JudgeRelation.REPORTED, None, None, None),
        (JudgeRelation.RELATED, None, None, None),
    ],
)
def test_the_label_follows_from_the_table(
    answered: JudgeRelation, ruled_false: Label | None, ruled_true: Label | None, ruled_mixed: Label | None
) -> None:
    found = [meaning_of_answer(answered, ruling).label for ruling in (Label.FALSE, Label.TRUE, Label.MIXED, None)]
    assert found == [ruled_false, ruled_true, ruled_mixed, None]


def test_an_answer_is_read() -> None:
    reading = parse_reply(answer(**{"1": "opposite", "2": "related"}), QUESTION)
    assert reading.relations == (JudgeRelation.OPPOSITE, JudgeRelation.RELATED)
    assert reading.explanation == "Both are about the ferry."


@pytest.mark.parametrize("write", NO_ANSWERS.values(), ids=NO_ANSWERS)
def test_anything_else_is_none(write: Any) -> None:
    with pytest.raises(ReplyError) as raised:
        parse_reply(write(asked(QUESTION)), QUESTION)
    assert "So." not in str(raised.value)


@pytest.mark.parametrize("explanation", UNSHOWN.values(), ids=UNSHOWN)
def test_addresses_and_verdicts_are_not_shown(explanation: str) -> None:
    reading = parse_reply(answer(explanation, **{"1": "same", "2": "same"}), QUESTION)
    assert (reading.explanation, len(reading.relations)) == ("", 2)


def test_an_explanation_is_one_short_printable_line() -> None:
    reading = parse_reply(answer("Line\none\x1b[2J\u202e " + "word " * 500, **{"1": "same", "2": "same"}), QUESTION)
    assert len(reading.explanation) <= 300
    assert reading.explanation.isprintable()
    assert reading.explanation.endswith("…")


def test_markup_stays_text() -> None:
    markup = "<b>Both</b> are about the <img src=x onerror=alert(1)> ferry."
    assert parse_reply(answer(markup, **{"1": "same", "2": "same"}), QUESTION).explanation == markup


def test_the_digest_of_the_prompt_is_stable_within_a_version() -> None:
    assert prompt_digest() == prompt_digest()
    assert len(prompt_digest()) == 64
