"""What a language model is asked about a statement, and its explanation of the verdict."""

from __future__ import annotations

import json

import pytest

from fake_news.detection.factchecks.language_model_judge.question import TASK
from tests.language_models.protocols import LlamaCpp, Ollama
from tests.language_models.scripted_answers import rulings_in, says
from tests.language_models.stub import language_model
from tests.server.language_model.conftest import (
    FALSE,
    TEXT,
    TRUE,
    Serve,
)


def test_without_one_there_is_nothing_to_ask(serve: Serve) -> None:
    client = serve(None)
    assert client.ask("GET", "/api/v1/judge").json() == {"judge": None}
    answer = client.judge(client.statements()[1])
    assert (answer.status, answer.error_code()) == (404, "no-judge")


def test_a_check_is_the_same_with_one_and_does_not_ask_it(serve: Serve) -> None:
    document = {"blocks": [{"id": "a", "text": TEXT}]}
    with language_model(says("related")) as stub:
        assert serve(stub.address).check(document).body == serve(None).check(document).body
        assert stub.questions == []


@pytest.mark.parametrize("protocol", [Ollama(), LlamaCpp()], ids=lambda protocol: protocol.server)
def test_it_explains_beside_the_statement_s_neighbours_and_at_most_five_rulings(
    serve: Serve, protocol: Ollama | LlamaCpp
) -> None:
    with language_model(says("same", "Both speak of the ferry in 2031."), protocol) as stub:
        client = serve(stub.address)
        before, false, *_ = client.statements()
        answer = client.judge(false).json()
        [question] = stub.questions
    assert answer["explanation"] == "Both speak of the ferry in 2031."
    assert answer["statement"] == false
    assert answer["is_changed"] is False
    assert answer["judge"]["policy"] == "explain"
    assert answer["readings"][0] == {"url": "https://facts.example/ferry", "title": FALSE, "relation": "same"}
    system, user = question["messages"]
    assert system["content"] == TASK
    document = json.loads(user["content"])
    assert (document["before"], document["statement"]) == (TEXT[before["start"] : before["end"]], FALSE)
    assert document["after"] == TRUE
    assert 1 <= len(document["rulings"]) <= 5
    assert document["rulings"]["1"] == {
        "claim": FALSE,
        "rating": "False",
        "publisher": "Creek Facts",
        "date": "2024-05-01",
    }


def test_it_is_asked_once_for_the_same_statement(serve: Serve) -> None:
    with language_model(says("same")) as stub:
        client = serve(stub.address)
        false = client.statements()[1]
        assert client.judge(false).body == client.judge(false).body
        assert len(stub.questions) == 1


def test_what_has_no_ruling_is_not_asked_about(serve: Serve) -> None:
    with language_model(says("same")) as stub:
        client = serve(stub.address)
        text = "Thank you all for coming."
        [greeting] = client.statements(text)
        answer = client.judge(greeting, text).json()
        assert (answer["explanation"], answer["readings"], stub.questions) == ("", [], [])


@pytest.mark.parametrize("place", [(0, 5), (1, 21), (0, 10_000), (5, 5), (-1, 4)])
def test_a_place_without_a_statement(serve: Serve, place: tuple[int, int]) -> None:
    with language_model(says("same")) as stub:
        start, end = place
        answer = serve(stub.address).send("POST", "/api/v1/judge", {"text": TEXT, "start": start, "end": end})
        assert answer.status == 422
        assert stub.questions == []


def test_every_ruling_it_is_asked_about_has_words(serve: Serve) -> None:
    with language_model(says("related")) as stub:
        client = serve(stub.address)
        client.judge(client.statements()[1])
        assert all(ruling["claim"] for ruling in rulings_in(stub.questions[0]).values())
