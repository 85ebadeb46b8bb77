"""What people and programs get wrong: each is answered, says what to do, and breaks nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from server import limits
from tests.server.conftest import Client


@pytest.fixture(autouse=True)
def still_alive(client: Client) -> Iterator[None]:
    """Whatever a test sends, the server answers the next request."""
    yield
    assert client.check_text("Taxes rose by 4 percent in 2020.")


def block(text: Any, identifier: Any = "b1") -> dict[str, Any]:
    return {"blocks": [{"id": identifier, "text": text}]}


@pytest.mark.parametrize(
    "text", ["", " ", "\n\t \r\n", "\u00a0\u2003\u3000"], ids=["empty", "space", "lines", "unicode"]
)
def test_a_text_without_words_has_no_statement(client: Client, text: str) -> None:
    assert client.check_text(text) == []


def test_body_of_5_mb_is_too_large(client: Client) -> None:
    answer = client.post(json.dumps(block("a" * 5_000_000)).encode())
    assert (answer.status, answer.error_code()) == (413, "body-too-large")


def test_body_of_5_mb_in_chunks_is_too_large(client: Client) -> None:
    answer = client.post(iter([b"a" * 50_000] * 100))
    assert (answer.status, answer.error_code()) == (413, "body-too-large")


def test_body_of_5_gb_is_refused_before_it_is_sent(client: Client) -> None:
    answer = client.raw(
        b"POST /api/v1/check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        b"Content-Length: 5000000000\r\n\r\n"
    )
    assert (answer.status, answer.error_code()) == (413, "body-too-large")


def test_body_limit_is_exact(client: Client) -> None:
    body = json.dumps({"blocks": []}).encode()
    assert client.post(body.ljust(limits.BODY_BYTES)).status == 200
    assert client.post(body.ljust(limits.BODY_BYTES + 1)).error_code() == "body-too-large"


def test_501_blocks_are_too_many(client: Client) -> None:
    blocks = [{"id": f"b{number}", "text": "Short."} for number in range(501)]
    answer = client.check({"blocks": blocks})
    assert (answer.status, answer.error_code()) == (422, "too-many-blocks")
    assert client.check({"blocks": blocks[:500]}).status == 200


def test_marks_without_a_word_are_no_statements(client: Client) -> None:
    """A megabyte of ". " was answered with 69 of statements."""
    answer = client.check({"blocks": [{"id": str(number), "text": ". " * 10_000} for number in range(47)]})
    assert answer.status == 200
    assert [block["statements"] for block in answer.json()["blocks"]] == [[]] * 47


def test_an_answer_has_a_bound(client: Client) -> None:
    """Blocks that the cache knows count too, and so does each of several that are the same."""
    text = "No. " * 5_000
    assert client.check({"blocks": [{"id": "a", "text": text}]}).status == 200
    answer = client.check({"blocks": [{"id": str(number), "text": text} for number in range(40)]})
    assert (answer.status, answer.error_code()) == (422, "answer-too-large")
    assert client.check({"blocks": [{"id": str(number), "text": text} for number in range(5)]}).status == 200


def test_block_limit_counts_utf16_units(client: Client) -> None:
    answer = client.check(block("😀" * 10_000 + "a"))
    assert (answer.status, answer.error_code()) == (422, "block-too-long")
    assert client.check(block("😀" * 10_000)).status == 200


def test_each_limit_says_what_to_do(client: Client) -> None:
    refused = (client.check({"blocks": [{}] * 501}), client.check(block("a" * 20_001)), client.post(b" " * 2_000_000))
    assert [answer.json()["error"]["hint"] for answer in refused] == [
        "Split the page over several requests.",
        "Cut the paragraph into several blocks.",
        "Send fewer blocks in one request.",
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"blocks=1",
        b'{"blocks": [}',
        b"\xff\xfe\x00",
        b'{"blocks": [{"id": "b1", "text": "\xe9"}]}',
        b"[" * 500_000,
        b'{"blocks": ' + b"9" * 100_000 + b"}",
    ],
    ids=["empty", "open", "form", "comma", "bytes", "latin-1", "deep", "long-number"],
)
def test_invalid_json(client: Client, body: bytes) -> None:
    answer = client.post(body)
    assert (answer.status, answer.error_code()) == (400, "bad-json")


@pytest.mark.parametrize(
    "document",
    [
        None,
        5,
        "text",
        [],
        {},
        {"blocks": None},
        {"blocks": {}},
        {"blocks": "b1"},
        {"blocks": ["text"]},
        {"blocks": [{}]},
        {"blocks": [{"id": "b1"}]},
        {"blocks": [{"text": "A sentence."}]},
        block(7),
        block(None),
        block(["A sentence."]),
        block(True),
        block("A sentence.", 1),
        block("A sentence.", ""),
        block("A sentence.", "b" * 201),
        {"blocks": [], "language": "en"},
        {"blocks": [], "\ud800": 1},
        {"blocks": [{"id": "b1", "text": "A sentence.", "url": "https://example.org"}]},
        json.loads('{"blocks": [{"id": "b1", "text": NaN}]}'),
    ],
    ids=lambda document: json.dumps(document)[:60],
)
def test_wrong_types_and_fields(client: Client, document: Any) -> None:
    answer = client.check(document)
    assert (answer.status, answer.error_code()) == (422, "invalid-request")
    assert "blocks" in answer.json()["error"]["hint"]


def test_wrong_type_is_named_with_its_place(client: Client) -> None:
    document = {"blocks": [{"id": "b1", "text": "Fine."}, {"id": "b2", "text": 7}]}
    assert client.check(document).json()["error"]["message"] == "Wrong in the request: blocks.1.text must be a string."


@pytest.mark.parametrize(
    "document",
    [
        {"blocks": [], "sesame": 1},
        {"blocks": [{"id": "b1", "text": "Fine.", "sesame": 1}]},
        block(["sesame"]),
        block("sesame" * 5_000),
        block("Fine.", "sesame" * 50),
        {"blocks": [{"id": "sesame", "text": ""}] * 2},
    ],
    ids=["field", "field of a block", "type", "length", "id", "two ids"],
)
def test_an_error_does_not_repeat_what_was_sent(client: Client, document: Any) -> None:
    answer = client.check(document)
    assert answer.status == 422
    assert b"sesame" not in answer.body


def test_duplicate_ids(client: Client) -> None:
    answer = client.check({"blocks": [{"id": "b1", "text": "One."}, {"id": "b1", "text": "Two."}]})
    assert (answer.status, answer.error_code()) == (422, "invalid-request")


@pytest.mark.parametrize(
    "text",
    [
        "Half a \ud83d pair: taxes rose by 4 percent in 2020.",
        "\udc00\ud800 Taxes rose by 4 percent in 2020.",
        "Taxes 🧾🇪🇺👩🏽‍🚀 rose by 4 percent in 2020 📈.",
        "المجلس said that taxes rose by 4 percent in \u202e2020\u202c.",
        "Ta\u200bxes\u200d rose\u2060 by 4 per\u00adcent\ufeff in 2020.",
        "Taxes rose\x00 by 4 percent\x00 in 2020.\x00",
    ],
    ids=["lone surrogate", "swapped surrogates", "emoji", "right-to-left", "zero-width", "NUL"],
)
def test_odd_characters_are_read_as_text(client: Client, text: str) -> None:
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    statements = client.check_text(text)
    assert statements
    for statement in statements:
        assert 0 <= statement["start"] < statement["end"] <= units
        for reason in statement["reasons"]:
            assert statement["start"] <= reason["start"] < reason["end"] <= statement["end"]


def test_odd_characters_in_an_id_come_back_as_they_were(client: Client) -> None:
    identifier = "b\ud800\x00😀\u202e"
    assert client.check(block("Taxes rose.", identifier)).json()["blocks"][0]["id"] == identifier


def test_20000_characters_without_punctuation_are_not_judged(client: Client) -> None:
    statements = client.check_text(("the tax on grain rose by 4 percent in 2020 and " * 500)[:20_000])
    assert statements
    assert {(statement["label"], statement["note"]) for statement in statements} == {("unsure", "too-long")}


@pytest.mark.parametrize(
    "text",
    [
        "Die Arbeitslosigkeit in unserem Land hat sich in den letzten drei Jahren verdoppelt, sagt der Minister.",
        "Le chômage dans notre pays a doublé au cours des trois dernières années, selon le ministre.",
        "La tasa de desempleo de nuestro país se ha duplicado en los últimos tres años, según el ministro.",
        "За последние три года безработица в нашей стране удвоилась, сообщил министр.",
        "האבטלה במדינה הוכפלה בשלוש השנים האחרונות, אמר השר.",
        "过去三年,我国失业率翻了一番。",
    ],
    ids=["German", "French", "Spanish", "Russian", "Hebrew", "Chinese"],
)
def test_other_languages_are_unsure_with_a_note(client: Client, text: str) -> None:
    statements = client.check_text(text)
    assert statements
    for statement in statements:
        assert (statement["label"], statement["note"]) == ("unsure", "not-english")
        assert statement["probability"] is None
