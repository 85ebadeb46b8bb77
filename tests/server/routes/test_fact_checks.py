"""The index of fact-checks, asked over HTTP."""

from __future__ import annotations

import pytest

from tests.server.conftest import Client


@pytest.fixture
def count(client: Client) -> int:
    """How many fact-checks the shipped checkpoint knows."""
    known: int = client.ask("GET", "/api/v1/fact-checks").json()["count"]
    return known


def test_publishers_add_up_most_first(client: Client, count: int) -> None:
    publishers = client.ask("GET", "/api/v1/fact-checks").json()["publishers"]
    counts = [publisher["count"] for publisher in publishers]
    assert sum(counts) == count > 30_000
    assert counts == sorted(counts, reverse=True)
    assert {"PolitiFact", "Snopes"} <= {publisher["publisher"] for publisher in publishers}


def test_words_find_rulings(client: Client) -> None:
    found = client.send("POST", "/api/v1/fact-checks/search", {"words": "vaccines microchips"}).json()["fact_checks"]
    assert 1 <= len(found) <= 20
    assert any("microchip" in fact_check["title"].lower() for fact_check in found)
    for fact_check in found:
        assert fact_check["publisher"]
        assert fact_check["links_to"] in ("ruling", "speaker")
        assert fact_check["url"].startswith(("http://", "https://"))


def test_words_that_nobody_used_find_nothing(client: Client) -> None:
    assert client.send("POST", "/api/v1/fact-checks/search", {"words": "zzyzx qwrtp"}).json() == {"fact_checks": []}


@pytest.mark.parametrize("body", [{}, {"words": ""}, {"words": "a" * 501}, {"words": 3}, {"words": "a", "more": 1}])
def test_a_search_for_nothing_or_too_much_is_refused(client: Client, body: dict[str, object]) -> None:
    answer = client.send("POST", "/api/v1/fact-checks/search", body)
    assert answer.status in (400, 422)
    assert "fact-checks" not in answer.json()["error"]["message"]
    assert answer.json()["error"]["hint"]
