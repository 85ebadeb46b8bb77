"""The HTTP contract, asked of the real server with the shipped checkpoint."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from fake_news import __version__
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.detection.verdict import Basis, Label
from server.schemas.check import StatementAnswer
from tests.conftest import utf16_slice
from tests.server.conftest import Client

PAGE = {
    "blocks": [
        {"id": "b1", "text": "The city council has closed 14 of its 20 libraries since 2015. Is that wise?"},
        {"id": "b2", "text": "Thank you for your letter. Unemployment in our state has doubled in three years."},
    ]
}


def test_health_names_program_version_and_model(client: Client) -> None:
    assert client.ask("GET", "/api/v1/health").json() == {
        "name": "plumbline",
        "version": __version__,
        "model": current_checkpoint().name,
        "ready": True,
    }


def test_model_is_the_card_of_the_checkpoint(client: Client) -> None:
    card = read_checkpoint(current_checkpoint()).card
    assert card
    assert client.ask("GET", "/api/v1/model").json() == card


def test_check_answers_every_block_in_the_contract_s_shape(client: Client) -> None:
    answer = client.check(PAGE)
    assert answer.status == 200
    document = answer.json()
    assert list(document) == ["model", "base_rate", "fact_checks", "blocks"]
    assert document["model"] == current_checkpoint().name
    assert document["base_rate"] == client.ask("GET", "/api/v1/model").json()["base_rate"]
    assert [block["id"] for block in document["blocks"]] == ["b1", "b2"]
    statements = [statement for block in document["blocks"] for statement in block["statements"]]
    assert len(statements) == 4
    for statement in statements:
        assert set(statement) == set(StatementAnswer.model_fields)
        assert statement["label"] in set(Label)
        assert statement["basis"] in set(Basis)
        assert 0 <= statement["check_worthiness"] <= 1
        assert (statement["probability"] is None) == (statement["label"] == Label.NO_CLAIM)


def test_statements_of_a_page_are_kept_apart(client: Client) -> None:
    labels = {
        text[statement["start"] : statement["end"]]: statement["label"]
        for text in (block["text"] for block in PAGE["blocks"])
        for statement in client.check_text(text)
    }
    assert labels["Is that wise?"] == Label.NO_CLAIM
    assert labels["Thank you for your letter."] == Label.NO_CLAIM
    assert labels["Unemployment in our state has doubled in three years."] != Label.NO_CLAIM


def test_offsets_count_utf16_units(client: Client) -> None:
    sentences = [
        "💥 Café Zoë sold 12,000 meals in 2019 🎉.",
        "The naïve 👩‍👩‍👧 coöperative lost 40 percent of its members.",
    ]
    text = " ".join(sentences)
    statements = client.check_text(text)
    assert [utf16_slice(text, statement["start"], statement["end"]) for statement in statements] == sentences
    reasons = [reason for statement in statements for reason in statement["reasons"]]
    assert reasons
    for reason in reasons:
        assert utf16_slice(text, reason["start"], reason["end"]).strip()


def test_the_same_request_gets_the_same_answer(client: Client) -> None:
    assert client.check(PAGE).body == client.check(PAGE).body


def test_concurrent_requests_do_not_mix(client: Client) -> None:
    def ask(number: int) -> Any:
        text = f"The council built {number} houses last year."
        return client.check({"blocks": [{"id": f"b{number}", "text": text}]}).json()["blocks"]

    alone = [ask(number) for number in range(24)]
    with ThreadPoolExecutor(12) as clients:
        together = list(clients.map(ask, range(24)))
    assert together == alone
    assert [blocks[0]["id"] for blocks in together] == [f"b{number}" for number in range(24)]


def test_no_blocks_are_no_error(client: Client) -> None:
    assert client.check({"blocks": []}).json()["blocks"] == []


def test_head_is_get_without_a_body(client: Client) -> None:
    answer = client.ask("HEAD", "/api/v1/health")
    assert (answer.status, answer.body) == (200, b"")
