"""Google's interface is asked with the reader's key, which nobody else gets to see."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.pipelines.fact_check_update.google_api import KEY_VARIABLE, Question, read_key
from fake_news.pipelines.fact_check_update.update import Update
from fake_news.pipelines.fact_check_update.web import UpdateError
from tests.fake_news.pipelines.fact_check_update.feed_server import Serve

KEY = "not-a-real-key"
SNOPES = Question(publishers=("Snopes",))
StartUpdate = Callable[..., Update]


def claim(number: int) -> dict[str, Any]:
    return {
        "text": f"The ferry of Harlow Creek has sunk {number} times",
        "claimant": "Ann Ott",
        "claimDate": "2024-03-01T00:00:00Z",
        "claimReview": [
            {
                "publisher": {"name": "Snopes.com", "site": "snopes.com"},
                "url": f"https://www.snopes.com/fact-check/ferry-{number}/",
                "title": "Did It Sink?",
                "reviewDate": "2024-03-04T00:00:00Z",
                "textualRating": "False",
                "languageCode": "en",
            }
        ],
    }


def test_all_pages_are_asked_for(serve: Serve, start_update: StartUpdate, database: ImportedDatabase) -> None:
    server = serve(
        claims={"": {"claims": [claim(1), claim(2)], "nextPageToken": "more"}, "more": {"claims": [claim(3)]}}
    )
    outcome = start_update().run_google(SNOPES, KEY, f"{server.address}/claims:search")
    assert outcome.report is not None
    assert outcome.report.added == 3
    assert database.status().by_publisher == {"Snopes": 3}
    first, second = (dict(parse_qsl(urlsplit(path).query)) for _, path, _ in server.requests)
    assert first == {
        "reviewPublisherSiteFilter": "snopes.com",
        "maxAgeDays": "30",
        "pageSize": "100",
        "languageCode": "en",
    }
    assert second == first | {"pageToken": "more"}


def test_the_key_is_in_a_header_alone(serve: Serve, start_update: StartUpdate) -> None:
    server = serve(claims={"": {"claims": [claim(1)]}})
    start_update().run_google(SNOPES, KEY, server.address)
    [(_, path, headers)] = server.requests
    assert headers["X-Goog-Api-Key"] == KEY
    assert KEY not in path


def test_each_publisher_and_query_is_a_search() -> None:
    question = Question(("ferry", "pier"), ("Snopes", "river.example"), "any", 7)
    assert [next(iter(search.items())) for search in question.searches()] == [
        ("reviewPublisherSiteFilter", "snopes.com"),
        ("reviewPublisherSiteFilter", "river.example"),
        ("query", "ferry"),
        ("query", "pier"),
    ]
    assert all("languageCode" not in search for search in question.searches())


def test_nothing_found_is_no_error(serve: Serve, start_update: StartUpdate) -> None:
    outcome = start_update().run_google(SNOPES, KEY, serve(claims={"": {}}).address)
    assert outcome.report is not None
    assert outcome.report.added == 0


def test_a_page_that_names_itself_as_the_next_ends(serve: Serve, start_update: StartUpdate) -> None:
    server = serve(claims={token: {"claims": [claim(1)], "nextPageToken": "again"} for token in ("", "again")})
    start_update().run_google(SNOPES, KEY, server.address)
    assert len(server.requests) == 2


@pytest.mark.parametrize("status", [400, 403])
def test_a_refused_key(status: int, serve: Serve, start_update: StartUpdate) -> None:
    server = serve(refusals=[(status, {})])
    with pytest.raises(UpdateError, match=r"Is the key right") as refused:
        start_update().run_google(SNOPES, KEY, f"{server.address}/claims:search")
    assert KEY not in str(refused.value)


@pytest.mark.parametrize("answer", [{"claims": "none"}, ["claims"], {"claims": None}])
def test_another_schema(answer: object, serve: Serve, start_update: StartUpdate) -> None:
    with pytest.raises(UpdateError, match="something other than claims"):
        start_update().run_google(SNOPES, KEY, serve(claims={"": answer}).address)


def test_nothing_is_asked_without_a_question(start_update: StartUpdate) -> None:
    with pytest.raises(UpdateError, match="--publisher"):
        start_update().run_google(Question(), KEY, "http://127.0.0.1:9/")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(KEY + "\n")
    path.chmod(0o644)
    with pytest.raises(UpdateError, match="chmod 600"):
        read_key(path)
    path.chmod(0o600)
    assert read_key(path) == KEY


@pytest.mark.parametrize("content", ["", "two words", "schlüssel", "a\x00b"])
def test_what_is_no_key(content: str, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(content, encoding="utf-8")
    path.chmod(0o600)
    with pytest.raises(UpdateError, match="holds no key"):
        read_key(path)


def test_the_key_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    with pytest.raises(UpdateError, match=KEY_VARIABLE):
        read_key(None)
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    assert read_key(None) == KEY
