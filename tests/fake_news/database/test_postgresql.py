"""Feedback and counts in a real PostgreSQL, for a server that an organisation shares."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.conftest import RunningServer
from tests.server.conftest import Client

if sys.platform == "win32":
    pytest.skip("the shared server does not run on Windows", allow_module_level=True)

from tests.fake_news.database.postgresql import PASSWORD, Postgresql, PostgresqlMissingError, running_postgresql

pytestmark = pytest.mark.postgresql

FEEDBACK = {"statement": "The harbour froze in 1963.", "label": "likely-false", "correction": "true"}
FULL = {**FEEDBACK, "comment": "Ice “stood” for 9 weeks 🧊\0\ud83e.", "source_url": "https://harbour.example/1963"}


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Postgresql]:
    """One cluster for the tests of this file."""
    try:
        with running_postgresql() as cluster:
            yield cluster
    except PostgresqlMissingError as missing:
        pytest.skip(str(missing))


@pytest.fixture
def start(
    postgresql: Postgresql, start_server: Callable[..., RunningServer], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., RunningServer]:
    """Start servers that share the cluster."""
    monkeypatch.setenv("PLUMBLINE_DATABASE_URL", postgresql.url)
    return start_server


def give(client: Client, feedback: Any = FEEDBACK) -> int:
    answer = client.send("POST", "/api/v1/feedback", feedback)
    assert answer.status == 201, answer.body
    return int(answer.json()["id"])


def listed(client: Client) -> list[Any]:
    answer = client.ask("GET", "/api/v1/feedback?limit=500")
    assert answer.status == 200, answer.body
    document = answer.json()
    assert document["total"] == len(document["feedback"])
    found: list[Any] = document["feedback"]
    return found


def test_feedback_lives_in_the_database(start: Callable[..., RunningServer], postgresql: Postgresql) -> None:
    client = Client(start().port)
    client.ask("DELETE", "/api/v1/feedback")
    first, second = give(client), give(client, FULL)
    assert second > first
    elsewhere = Client(start().port)  # another server, another data folder, the same database
    assert [feedback["id"] for feedback in listed(elsewhere)] == [second, first]
    assert listed(elsewhere)[0]["comment"] == "Ice “stood” for 9 weeks 🧊\ufffd\ufffd."
    assert b"harbour froze" in elsewhere.ask("GET", "/api/v1/feedback/export?format=csv").body
    assert elsewhere.ask("DELETE", f"/api/v1/feedback/{first}").json() == {"deleted": 1}
    assert elsewhere.ask("DELETE", f"/api/v1/feedback/{first}").status == 404
    assert [feedback["id"] for feedback in listed(client)] == [second]
    assert client.ask("DELETE", "/api/v1/feedback").json() == {"deleted": 1}
    assert listed(elsewhere) == []


def test_several_servers_write_at_once(start: Callable[..., RunningServer]) -> None:
    with ThreadPoolExecutor(3) as pool:  # they migrate at the same time too
        clients = [Client(server.port) for server in pool.map(lambda _: start(), range(3))]
    clients[0].ask("DELETE", "/api/v1/feedback")
    with ThreadPoolExecutor(6) as pool:
        numbers = list(pool.map(lambda i: give(clients[i % 3]), range(60)))
    assert len(set(numbers)) == 60
    assert {feedback["id"] for feedback in listed(clients[1])} == set(numbers)


def test_counts_of_several_servers_add_up(start: Callable[..., RunningServer]) -> None:
    def counted(client: Client) -> int:
        days = client.ask("GET", "/api/v1/statistics").json()["days"]
        return sum(sum(day["labels"].values()) for day in days)

    observer = Client(start().port)
    before = counted(observer)
    for _ in range(2):
        server = start()
        assert len(Client(server.port).check_text("Taxes rose by 4 percent in 2020.")) == 1
        server.process.terminate()  # counts are written at the latest now
        server.process.wait(timeout=30)
    assert counted(observer) == before + 2


def test_it_judges_without_the_database_and_stores_again_when_it_is_back(
    start: Callable[..., RunningServer], postgresql: Postgresql
) -> None:
    server = start()
    client = Client(server.port)
    give(client)
    postgresql.stop()
    try:
        assert client.check_text("Taxes rose by 4 percent in 2020.")
        refused = client.send("POST", "/api/v1/feedback", FEEDBACK)
        assert refused.status == 503
        assert PASSWORD.encode() not in refused.body
        assert "harbour" not in refused.error_code() + str(refused.body)
    finally:
        postgresql.start()
    assert give(client) in {feedback["id"] for feedback in listed(client)}
    assert PASSWORD not in server.log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "url", ["postgresql://plumbline:wrong-horse@127.0.0.1:{port}/postgres", "mysql://wrong-horse@a/b", "wrong-horse"]
)
def test_an_unusable_database_is_reported_without_the_password(
    start_server: Callable[..., RunningServer], postgresql: Postgresql, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("PLUMBLINE_DATABASE_URL", url.format(port=postgresql.port))
    server = start_server()
    answer = Client(server.port).send("POST", "/api/v1/feedback", FEEDBACK)
    assert answer.status == 503
    assert answer.error_code()
    assert b"wrong-horse" not in answer.body
    assert "wrong-horse" not in server.log.read_text(encoding="utf-8")
