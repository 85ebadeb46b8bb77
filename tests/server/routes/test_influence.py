"""How much each word of a statement counted, asked for beside the check."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import utf16_slice
from tests.server.conftest import Answer, Client

CANDIDATES = (
    "5G causes COVID-19.",
    "COVID-19 vaccines alter your DNA.",
    "George Soros was a Nazi.",
    "Pope Benedict endorsed Donald Trump for president.",
)
"""Claims of which the rulings nearby make something likely; one is enough."""


def ask(client: Client, text: str, statement: dict[str, Any]) -> Answer:
    place = {"start": statement["start"], "end": statement["end"]}
    return client.send("POST", "/api/v1/influence", {"text": text, **place})


@pytest.fixture(scope="module")
def likely(client: Client) -> tuple[str, dict[str, Any]]:
    """A text with something likely behind other statements, and that statement."""
    for claim in CANDIDATES:
        text = f"💥 Thank you for your letter. {claim}"
        *_, statement = client.check_text(text)
        if statement["label"].startswith("likely"):
            return text, statement
    pytest.fail("nothing is likely: look for other claims")


def test_what_is_likely_has_its_words_weighed(client: Client, likely: tuple[str, dict[str, Any]]) -> None:
    text, statement = likely
    answer = ask(client, text, statement)
    assert answer.status == 200
    said = answer.json()
    assert set(said) == {"model", "influence"}
    assert said["influence"]
    words = utf16_slice(text, statement["start"], statement["end"]).rstrip(".").split()
    for one in said["influence"]:
        assert utf16_slice(text, one["start"], one["end"]) in words
        assert one["weight"] != 0
    assert ask(client, text, statement).body == answer.body


def test_a_check_does_not_weigh_them(likely: tuple[str, dict[str, Any]]) -> None:
    _, statement = likely
    assert statement["reasons"] == []


def test_a_sum_has_its_reasons_in_the_check(client: Client) -> None:
    text = "Unemployment in our state has doubled in three years."
    (statement,) = client.check_text(text)
    assert (statement["label"], bool(statement["reasons"])) == ("unsure", True)
    assert ask(client, text, statement).json()["influence"] == []


@pytest.mark.parametrize(
    ("place", "code"), [({"start": 0, "end": 3}, "no-such-statement"), ({"start": 0, "end": 900}, "invalid-request")]
)
def test_only_a_statement_of_the_text_can_be_asked_about(client: Client, place: dict[str, int], code: str) -> None:
    answer = ask(client, "The county spent 4.2 million dollars on the bridge.", place)
    assert (answer.status, answer.json()["error"]["code"]) == (422, code)
