"""An update takes over what is new, changed and withdrawn, and whatever goes wrong costs nothing that was there."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from fake_news.common.errors import DataError
from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.detection.factchecks.imported.errors import ImportedFactChecksError
from fake_news.detection.factchecks.imported.file_import import Filters
from fake_news.pipelines.fact_check_update.update import Origin
from fake_news.pipelines.fact_check_update.web import UpdateError
from tests.fake_news.pipelines.fact_check_update.feed_server import MODIFIED, Serve
from tests.fake_news.pipelines.fact_check_update.feeds import feed, numbered, review
from tests.fake_news.pipelines.fact_check_update.updating import StartUpdate, counts, run


def test_what_is_offered_is_said_before_it_is_fetched(serve: Serve, start_update: StartUpdate) -> None:
    server = serve(content=numbered(1))
    offer = start_update().offer(Origin(f"{server.address}/data.json", "feed"))
    assert (offer.size, offer.modified, offer.is_known) == (len(server.content), MODIFIED, False)
    assert not server.asked("GET")


def test_new_changed_and_withdrawn(serve: Serve, start_update: StartUpdate, database: ImportedDatabase) -> None:
    server = serve(content=numbered(1, 2, 3))
    outcome = run(start_update(), server)
    assert counts(outcome) == (3, 0, 0, 0)
    assert outcome.date == "2024-03-05T01:02:03Z"
    corrected = review(2, datePublished="2024-05-06", reviewRating={"alternateName": "True"})
    server.content, server.tag = feed(review(1), corrected, review(4)), '"two"'
    assert counts(run(start_update(), server)) == (1, 1, 1, 1)
    assert database.status().count == 3
    assert database.status().newest == "2024-05-06"


@pytest.mark.parametrize("tag", ['"one"', 'W/"one"'])
def test_a_feed_that_has_not_changed_is_not_fetched_again(tag: str, serve: Serve, start_update: StartUpdate) -> None:
    server = serve(content=numbered(1), tag=tag)
    run(start_update(), server)
    assert run(start_update(), server).report is None
    assert len(server.asked("GET")) == 1
    assert server.asked("HEAD")[-1]["If-None-Match"] == tag


def test_a_server_that_knows_no_tags_is_asked_by_date(serve: Serve, start_update: StartUpdate) -> None:
    server = serve(content=numbered(1), tag="")
    run(start_update(), server)
    assert run(start_update(), server).report is None
    assert server.asked("HEAD")[-1]["If-Modified-Since"] == MODIFIED
    server.content, server.modified = numbered(1, 2), "Tue, 05 Mar 2024 05:06:07 GMT"
    assert counts(run(start_update(), server)) == (1, 0, 0, 1)


def test_a_server_that_tells_no_version_is_asked_again(serve: Serve, start_update: StartUpdate) -> None:
    server = serve(content=numbered(1), tag="", modified="")
    run(start_update(), server)
    assert counts(run(start_update(), server)) == (0, 0, 0, 1)


def test_a_server_that_knows_no_head(serve: Serve, start_update: StartUpdate) -> None:
    assert counts(run(start_update(), serve(content=numbered(1), knows_head=False))) == (1, 0, 0, 0)


def test_other_filters_ask_again(serve: Serve, start_update: StartUpdate, database: ImportedDatabase) -> None:
    server = serve(content=feed(review(1), review(2, datePublished="2020-01-01")))
    run(start_update(filters=Filters(since="2024-01-01")), server)
    assert database.status().count == 1
    outcome = run(start_update(), server)
    assert counts(outcome) == (1, 0, 0, 1)
    outcome = run(start_update(filters=Filters(publishers=("Snopes",))), server)
    assert counts(outcome) == (0, 0, 0, 0)
    assert outcome.report is not None
    assert outcome.report.filtered == {"by other publishers": 2}
    assert database.status().count == 2, "what was not asked for was not withdrawn"


def test_gzip_is_unpacked(serve: Serve, start_update: StartUpdate) -> None:
    assert counts(run(start_update(), serve(content=gzip.compress(numbered(1, 2))))) == (2, 0, 0, 0)


def test_a_cut_connection_is_gone_on_from(serve: Serve, start_update: StartUpdate) -> None:
    server = serve(content=numbered(*range(500)), cuts=[1000, 2000])
    assert counts(run(start_update(), server))[0] == 500
    assert [headers.get("Range") for headers in server.asked("GET")] == [None, "bytes=1000-", "bytes=3000-"]


def test_a_connection_that_stays_cut_is_gone_on_from_next_time(serve: Serve, start_update: StartUpdate) -> None:
    server = serve(content=numbered(*range(500)), cuts=[1000, 0])
    with pytest.raises(DataError, match="stopped answering after 1,000 bytes"):
        run(start_update(), server)
    assert counts(run(start_update(), server))[0] == 500
    assert server.asked("GET")[-1]["Range"] == "bytes=1000-"


def test_a_feed_that_changed_meanwhile_is_fetched_whole(serve: Serve, start_update: StartUpdate) -> None:
    server = serve(content=numbered(*range(500)), cuts=[1000, 0])
    with pytest.raises(DataError):
        run(start_update(), server)
    server.content, server.tag = numbered(*range(7)), '"two"'
    assert counts(run(start_update(), server))[0] == 7


def test_a_busy_server_is_waited_for(serve: Serve, start_update: StartUpdate, pauses: list[float]) -> None:
    server = serve(content=numbered(1), refusals=[(429, {"Retry-After": "7"}), (503, {})])
    assert counts(run(start_update(), server))[0] == 1
    assert pauses == [7.0, 1.0]


@pytest.mark.parametrize("waits", ["86400", "Fri, 31 Dec 2100 00:00:00 GMT"])
def test_a_server_that_is_busy_for_long_is_not(
    waits: str, serve: Serve, start_update: StartUpdate, pauses: list[float]
) -> None:
    server = serve(content=numbered(1), refusals=[(429, {"Retry-After": waits})])
    with pytest.raises(UpdateError, match="asks to wait"):
        run(start_update(), server)
    assert pauses == []


@pytest.mark.parametrize(
    ("refusal", "message"),
    [
        ((404, {}), "answers 404.*update Plumbline"),
        ((500, {}), "answers 500.*Try again later"),
        ((302, {"Location": "http://elsewhere.example/data.json"}), "leads to http://elsewhere.example/data.json"),
        ((302, {"Location": "http://localhost:9/data.json"}), "leads to http://localhost:9/data.json"),
        ((302, {"Location": "http://[::1]/"}), "which was not agreed to"),
        ((302, {"Location": "file:///etc/passwd"}), "not agreed to|not allowed"),
        ((302, {}), "answers 302"),
        ((301, {"Location": "http://169.254.1.1/"}), "was not agreed to"),
    ],
)
def test_refusals(refusal: tuple[int, dict[str, str]], message: str, serve: Serve, start_update: StartUpdate) -> None:
    with pytest.raises(UpdateError, match=message):
        run(start_update(), serve(content=numbered(1), refusals=[refusal]))


def test_a_redirect_that_comes_only_when_it_is_fetched_is_refused_too(serve: Serve, start_update: StartUpdate) -> None:
    server = serve(refusals=[(405, {}), (302, {"Location": "http://localhost:9/data.json"})])
    with pytest.raises(UpdateError, match="which was not agreed to"):
        run(start_update(), server)


def test_a_redirect_on_the_same_host_is_followed(serve: Serve, start_update: StartUpdate) -> None:
    server = serve(content=numbered(1), refusals=[(301, {"Location": "/new/data.json"})])
    assert counts(run(start_update(), server))[0] == 1


def test_no_network(start_update: StartUpdate) -> None:
    with pytest.raises(UpdateError, match=r"cannot be reached.*Is there a network"):
        run(start_update(), "http://127.0.0.1:9/data.json")


def test_a_proxy_is_asked(serve: Serve, start_update: StartUpdate, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = serve(content=numbered(1))
    monkeypatch.setenv("http_proxy", proxy.address)
    assert counts(run(start_update(), "http://facts.example/data.json"))[0] == 1
    assert {path for _, path, _ in proxy.requests} == {"http://facts.example/data.json"}


def test_a_page_of_a_publisher(serve: Serve, start_update: StartUpdate) -> None:
    page = b'<html><script type="application/ld+json">' + numbered(1) + b"</script><p>The ferry floats.</p></html>"
    assert counts(run(start_update(), serve(content=page), is_complete=False))[0] == 1


def test_a_file_is_no_network(tmp_path: Path, start_update: StartUpdate) -> None:
    (tmp_path / "feed.json").write_bytes(numbered(1))
    assert counts(run(start_update(), str(tmp_path / "feed.json")))[0] == 1
    with pytest.raises(ImportedFactChecksError, match="No such file"):
        run(start_update(), str(tmp_path / "none.json"))
