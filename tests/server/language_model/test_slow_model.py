"""A language model that does not answer holds up nobody but who asked it."""

from __future__ import annotations

import http.client
import json
import threading
from typing import Any

import pytest

from server.language_model import judge
from tests.language_models.faults import FAULTS
from tests.language_models.scripted_answers import says
from tests.language_models.stub import Stub, language_model
from tests.server.language_model.conftest import (
    TEXT,
    JudgedClient,
    Serve,
    place_of,
)

OTHER = "The Harlow Creek ferry carried forty passengers in the winter of 2031."


def test_checks_are_answered_while_it_is_silent(serve: Serve) -> None:
    with language_model(says("same"), fault=FAULTS["silence"]) as stub:
        client = serve(stub.address)
        false = client.statements()[1]
        asking = [threading.Thread(target=client.judge, args=(false,)) for _ in range(2)]
        for thread in asking:
            thread.start()
        assert stub.asked.wait(30)
        other = f"{OTHER} It was cold."
        assert client.statements(other)
        assert client.ask("GET", "/api/v1/health").status == 200
        stub.over.set()


def test_more_than_it_can_read_is_refused_at_once(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge, "AT_ONCE", 1)
    with language_model(says("same"), fault=FAULTS["silence"]) as stub:
        client = serve(stub.address)
        _, false, true, _ = client.statements()
        first = threading.Thread(target=client.judge, args=(false,))
        first.start()
        assert stub.asked.wait(30)
        assert client.judge(true).error_code() == "overloaded"


@pytest.mark.parametrize("fault", ["silence", "slow_bytes", "endless_stream"])
def test_a_card_that_closes_ends_the_question(serve: Serve, fault: str) -> None:
    with language_model(says("same"), fault=FAULTS[fault]) as stub:
        client = serve(stub.address)
        leave_in_the_middle(client, client.statements()[1], stub)
        assert stub.was_left.wait(30)


def leave_in_the_middle(client: JudgedClient, statement: dict[str, Any], stub: Stub) -> None:
    """Ask, and hang up as soon as the model is asked."""
    connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=60)
    body = json.dumps({"text": TEXT, **place_of(statement)})
    connection.request("POST", "/api/v1/judge", body, {"Content-Type": "application/json"})
    assert stub.asked.wait(30)
    connection.close()
