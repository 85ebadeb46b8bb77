"""Feedback: given, listed, taken away as a file, deleted for good."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import RunningServer
from tests.server.conftest import Client

FEEDBACK = {
    "statement": "The council sold 14 libraries in 2019.",
    "label": "likely-false",
    "correction": "true",
    "comment": "It is in the minutes.",
    "source_url": "https://council.example/minutes?year=2019",
}


@pytest.fixture
def own_client(client: Client) -> Client:
    """A client of a server that has no feedback yet."""
    assert client.ask("DELETE", "/api/v1/feedback").status == 200
    return client


def give(client: Client, **changes: Any) -> int:
    answer = client.send("POST", "/api/v1/feedback", {**FEEDBACK, **changes})
    assert answer.status == 201, answer.body
    number = answer.json()["id"]
    assert isinstance(number, int)
    return number


def stored(client: Client, query: str = "") -> Any:
    answer = client.ask("GET", f"/api/v1/feedback{query}")
    assert answer.status == 200, answer.body
    return answer.json()


def test_what_was_given_is_listed_the_latest_first(own_client: Client) -> None:
    assert stored(own_client) == {"feedback": [], "total": 0}
    first, second = give(own_client), give(own_client, correction="mixed", comment=None, source_url=None)
    listed = stored(own_client)
    assert listed["total"] == 2
    assert [feedback["id"] for feedback in listed["feedback"]] == [second, first]
    latest, earliest = listed["feedback"]
    assert {name: earliest[name] for name in FEEDBACK} == FEEDBACK
    assert (latest["comment"], latest["source_url"], latest["correction"]) == (None, None, "mixed")
    fields = ["id", "created", "statement", "label", "correction", "comment", "source_url", "fact_check"]
    assert list(latest) == [*fields, "model", "fact_checks"]


RULING = {"url": "https://paper.example/checks/libraries", "title": "Council sold libraries"}
ABOUT = {"correction": "other-claim", "fact_check": RULING}
OLDER = {"model": "2026.10-a", "fact_checks": {"count": 34_973, "newest": "2022-12-30"}}


def test_feedback_can_name_a_fact_check_on_another_claim(own_client: Client) -> None:
    give(own_client, **ABOUT, **OLDER)
    [feedback] = stored(own_client)["feedback"]
    assert (feedback["correction"], feedback["fact_check"]) == ("other-claim", RULING)
    assert {name: feedback[name] for name in OLDER} == OLDER


def test_feedback_that_names_no_model_is_about_the_one_in_use(own_client: Client) -> None:
    give(own_client)
    [feedback] = stored(own_client)["feedback"]
    now = own_client.check({"blocks": []}).json()
    assert {name: feedback[name] for name in OLDER} == {name: now[name] for name in OLDER}
    assert feedback["fact_check"] is None


def test_outcomes_of_two_models_stand_side_by_side(own_client: Client) -> None:
    for changes in (OLDER, OLDER, {**ABOUT, **OLDER}, {"label": "false"}):
        give(own_client, **changes)
    now, before = own_client.ask("GET", "/api/v1/feedback/outcomes").json()["models"]
    assert (before["model"], before["fact_checks"], before["total"]) == (*OLDER.values(), 3)
    assert before["outcomes"] == [
        {"label": "likely-false", "correction": "other-claim", "count": 1},
        {"label": "likely-false", "correction": "true", "count": 2},
    ]
    assert now["model"] == own_client.check({"blocks": []}).json()["model"]
    assert now["outcomes"] == [{"label": "false", "correction": "true", "count": 1}]


def test_the_list_comes_in_parts(own_client: Client) -> None:
    numbers = [give(own_client) for _ in range(5)]
    part = stored(own_client, "?limit=2&offset=1")
    assert part["total"] == 5
    assert [feedback["id"] for feedback in part["feedback"]] == numbers[::-1][1:3]


@pytest.mark.parametrize("query", ["?limit=0", "?limit=501", "?offset=-1", "?limit=few", "?offset=9e9", "?limit="])
def test_parts_that_cannot_be(client: Client, query: str) -> None:
    answer = client.ask("GET", f"/api/v1/feedback{query}")
    assert (answer.status, answer.error_code()) == (422, "invalid-request")


@pytest.mark.parametrize(
    "changes",
    [
        {"statement": ""},
        {"statement": "a" * 5_001},
        {"statement": None},
        {"label": "fake"},
        {"label": None},
        {"correction": "likely-true"},
        {"correction": 1},
        {"comment": "a" * 5_001},
        {"comment": 5},
        {"source_url": "javascript:alert(1)"},
        {"source_url": "file:///etc/passwd"},
        {"source_url": "https://"},
        {"source_url": "http://[::1"},
        {"source_url": "https://a.example/" + "a" * 2_000},
        {"page": "whole text of the page"},
        {"correction": "other-claim"},
        {"fact_check": RULING},
        {**ABOUT, "fact_check": {"url": "javascript:alert(1)"}},
        {**ABOUT, "fact_check": {**RULING, "text": "of the whole page"}},
        {"model": "m" * 101},
        {"fact_checks": {"count": -1}},
        {"fact_checks": {"count": 1, "newest": "yesterday"}},
    ],
    ids=str,
)
def test_feedback_that_cannot_be(client: Client, changes: dict[str, Any]) -> None:
    answer = client.send("POST", "/api/v1/feedback", {**FEEDBACK, **changes})
    assert (answer.status, answer.error_code()) == (422, "invalid-request")
    assert '"correction"' in answer.json()["error"]["hint"]


@pytest.mark.parametrize("missing", ["statement", "label", "correction"])
def test_what_feedback_needs(client: Client, missing: str) -> None:
    answer = client.send("POST", "/api/v1/feedback", {name: FEEDBACK[name] for name in FEEDBACK if name != missing})
    assert answer.status == 422
    assert answer.json()["error"]["message"] == f"Wrong in the request: {missing} is missing."


def test_odd_characters_are_stored_as_well_as_a_database_can(own_client: Client) -> None:
    give(own_client, statement="Half a \ud83d pair, a \x00, \u202eand 😀.")
    [feedback] = stored(own_client)["feedback"]
    assert feedback["statement"] == "Half a \ufffd pair, a \ufffd, \u202eand 😀."


def test_export_as_json_is_everything(own_client: Client) -> None:
    for _ in range(3):
        give(own_client)
    answer = own_client.ask("GET", "/api/v1/feedback/export?format=json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="plumbline-feedback.json"'
    assert answer.json() == stored(own_client)


def test_export_as_csv_is_everything_and_calculates_nothing(own_client: Client) -> None:
    """A spreadsheet would run what begins with one of these; the text comes from web pages."""
    statements = ['=HYPERLINK("http://evil.example")', "+1", "-1", "@SUM(A1)", "\tx", 'A "plain", two-line\nsentence.']
    for statement in statements:
        give(own_client, statement=statement)
    answer = own_client.ask("GET", "/api/v1/feedback/export?format=csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="plumbline-feedback.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8"), newline="")))
    assert [row["statement"] for row in reversed(rows)] == [
        *(f"'{statement}" for statement in statements[:-1]),
        statements[-1],
    ]
    assert {row["source_url"] for row in rows} == {FEEDBACK["source_url"]}
    assert {row["model"] for row in rows} == {own_client.check({"blocks": []}).json()["model"]}


def test_export_in_another_form_is_refused(client: Client) -> None:
    assert client.ask("GET", "/api/v1/feedback/export?format=xml").error_code() == "invalid-request"


def test_one_is_deleted_and_its_number_never_comes_back(own_client: Client) -> None:
    kept, deleted = give(own_client), give(own_client)
    assert own_client.ask("DELETE", f"/api/v1/feedback/{deleted}").json() == {"deleted": 1}
    again = own_client.ask("DELETE", f"/api/v1/feedback/{deleted}")
    assert (again.status, again.error_code()) == (404, "not-found")
    assert [feedback["id"] for feedback in stored(own_client)["feedback"]] == [kept]
    assert give(own_client) > deleted


@pytest.mark.parametrize("number", ["0", "-1", "one", "9223372036854775808", "99999999999999999999999999"])
def test_a_number_that_nothing_has_is_not_found(client: Client, number: str) -> None:
    assert client.ask("DELETE", f"/api/v1/feedback/{number}").error_code() in ("not-found", "method-not-allowed")


def test_what_was_deleted_is_nowhere_on_the_disk(start_server: Callable[..., RunningServer], tmp_path: Path) -> None:
    folder = tmp_path / "data"
    client = Client(start_server("--data-folder", str(folder)).port)
    for secret in ("quicksilver", "argentite"):
        give(client, statement=f"The {secret} mine closed in 1911.", comment=secret, source_url=None)
    everything = [path.read_bytes() for path in folder.iterdir()]
    assert any(b"quicksilver" in content for content in everything)
    [argentite, quicksilver] = stored(client)["feedback"]
    assert client.ask("DELETE", f"/api/v1/feedback/{quicksilver['id']}").status == 200
    assert not [path for path in folder.iterdir() if b"quicksilver" in path.read_bytes()]
    assert client.ask("DELETE", "/api/v1/feedback").json() == {"deleted": 1}
    assert not [path for path in folder.iterdir() if b"argentite" in path.read_bytes()]
    assert stored(client)["total"] == 0
    assert argentite["id"] > quicksilver["id"]


def test_feedback_outlives_the_server(start_server: Callable[..., RunningServer], tmp_path: Path) -> None:
    first = start_server("--data-folder", str(tmp_path / "data"))
    number = give(Client(first.port))
    first.process.terminate()
    assert first.process.wait(timeout=20) is not None
    second = Client(start_server("--data-folder", str(tmp_path / "data")).port)
    assert [feedback["id"] for feedback in stored(second)["feedback"]] == [number]


def test_nothing_but_feedback_keeps_text(start_server: Callable[..., RunningServer], tmp_path: Path) -> None:
    server = start_server("--data-folder", str(tmp_path / "data"))
    client = Client(server.port)
    assert client.check_text("The quicksilver mine closed in 1911.")
    assert client.ask("GET", "/api/v1/statistics").status == 200
    give(client)
    server.process.terminate()
    server.process.wait(timeout=20)
    files = list((tmp_path / "data").iterdir())
    assert files
    assert not [path for path in files if b"quicksilver" in path.read_bytes()]


def test_feedback_needs_the_json_content_type(client: Client) -> None:
    """So that no page can send it without a preflight."""
    answer = client.ask(
        "POST", "/api/v1/feedback", body=json.dumps(FEEDBACK).encode(), headers={"Content-Type": "text/plain"}
    )
    assert (answer.status, answer.error_code()) == (415, "unsupported-media-type")
