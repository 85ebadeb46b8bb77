"""Importing a file: what is skipped or refused, and why, and what the commands print."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.detection.factchecks.imported.errors import ImportedFactChecksError
from fake_news.detection.factchecks.imported.file_import import import_file
from tests.fake_news.conftest import Run
from tests.fake_news.detection.factchecks.imported.reviews import CLAIM, review


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"reviewRating": {}}, "no rating"),
        ({"reviewRating": None}, "no rating"),
        ({"reviewRating": {"alternateName": " <b></b> "}}, "no rating"),
        ({"claimReviewed": ""}, "no claim of three words"),
        ({"claimReviewed": ["a list", 3]}, "no claim of three words"),
        ({"claimReviewed": "word " * 500}, "longer than"),
        ({"reviewRating": {"alternateName": f"True. {'And so it came about, ' * 9} but not then."}}, "a long rating"),
        ({"url": ""}, "no address"),
        ({"url": None}, "no address"),
        ({"url": "javascript:alert(1)"}, "not one of http"),
        ({"url": "data:text/html,hi"}, "not one of http"),
        ({"url": "//facts.example/x"}, "not one of http"),
        ({"url": "http://"}, "not one of http"),
        ({"url": "http://[::1"}, "not one of http"),
        ({"url": 'https://facts.example/"onclick="x'}, "characters that no address has"),
        ({"url": "https://ann:secret@facts.example/"}, "user name or password"),
        ({"url": "https://facts.example@evil.example/"}, "user name or password"),
        ({"url": "https://facts.example/\u202egnp.exe"}, "characters that no address has"),
        ({"url": "https://facts.example/\x00"}, "characters that no address has"),
        ({"url": "java\nscript:alert(1)"}, "characters that no address has"),
        ({"url": "https://facts.example/\ud800"}, "characters that no address has"),
        ({"url": "https://facts.example:99999/"}, "not one of http"),
        ({"url": "https://facts.example/" + "a" * 2000}, "longer than"),
        ({"reviewRating": {"ratingValue": 9, "worstRating": 1, "bestRating": 5}}, "no rating"),
        ({"reviewRating": {"ratingValue": -1, "worstRating": -1, "bestRating": -1}}, "no rating"),
        ({"reviewRating": {"ratingValue": 10**400, "worstRating": 1, "bestRating": 5}}, "no rating"),
        ({"@type": "NewsArticle", "claimReviewed": None}, "no ClaimReview"),
    ],
)
def test_a_skipped_row_is_reported(
    changed: dict[str, Any], reason: str, file: Callable[[Any], Path], database: ImportedDatabase
) -> None:
    report = import_file(file([review(**changed), review(url="https://facts.example/other")]), database)
    assert report.added == 1
    assert [reason in skipped for skipped in report.skipped] == [True]
    assert list(report.first.values()) == [1]


def test_a_row_with_too_many_fields_is_skipped(file: Callable[[Any], Path], database: ImportedDatabase) -> None:
    table = "claim,rating,publisher,url\nThe ferry, which sank, is back,False,Creek Facts,https://facts.example/1\n"
    report = import_file(file(table), database)
    assert (report.added, dict(report.first)) == (0, {"more fields than the first line names": 2})


def test_duplicates_are_counted_and_not_stored_twice(file: Callable[[Any], Path], database: ImportedDatabase) -> None:
    path = file([review(), review(), review(url="https://facts.example/other")])
    assert (import_file(path, database).added, import_file(path, database).known) == (2, 3)
    assert database.status().count == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"   \n", "is empty"),
        (b"[]", None),
        (b'[{"a": 1}, {"b": ', "entry 2: not JSON"),
        (b'{"@type": "ClaimReview", "claimReviewed": "caf\xe9 and more"}', None),
        (b"claim,rating,publisher,url\n\xff\xfe,a,b,c\n", None),
        (b"claim,rating\nx,y\n", "no column for: url"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" * 900 + b"]" * 900, None),
        (b'[{"a": 1}, {"b": 2},', "entry 2: not JSON .the file ends before the end of its list"),
        (b'{"@type": "DataFeed", "dataFeedElement": [{"a": 1}', "ends before|not JSON"),
        (b'[{"a": 1}] and more', "entry 2: not JSON"),
        (b'{"ratingValue": ' + b"9" * 5000 + b"}", None),
        (b"<!doctype html><p>", None),
        (b"\x1f\x8b\x08\x00 not unpacked", "not valid gzip"),
        (gzip.compress(b'[{"a": 1}]' * 9000, mtime=0)[:60], "ends too early"),
        (gzip.compress(b"[" + b" " * (70 << 20), 6, mtime=0), "unpacks to more than"),
        (b"PK\x03\x04", "is compressed, and not by gzip"),
        (b" " * 5000, "is empty"),
        (b"claim,rating,publisher,url\n" + b"x" * (1 << 23), "a line is longer than"),
    ],
)
def test_an_unusable_file(
    content: bytes, message: str | None, file: Callable[[Any], Path], database: ImportedDatabase
) -> None:
    import_file(file([review()]), database)
    before = database.version()
    path = file(content)
    if message is None:
        assert import_file(path, database).added == 0
        return
    with pytest.raises(ImportedFactChecksError, match=message):
        import_file(path, database)
    assert database.status().count == 1, "nothing is lost, nothing is half imported"
    assert database.version() == before


def test_a_missing_file_and_an_unwritable_folder(tmp_path: Path, database: ImportedDatabase) -> None:
    with pytest.raises(ImportedFactChecksError, match="No such file"):
        import_file(tmp_path / "none.json", database)
    (tmp_path / "blocked").write_text("a file where a folder should be")
    with pytest.raises(ImportedFactChecksError, match="cannot be used"):
        ImportedDatabase(tmp_path / "blocked" / "home").add([])


def test_the_commands(file: Callable[[Any], Path], tmp_path: Path, command: Callable[..., Run]) -> None:
    home = ("--data-folder", tmp_path / "home")
    added = command("factchecks", "import", file([review(), review(url="ftp://x/y")]), *home)
    assert (added.status, added.err) == (0, "")
    assert "1 fact-check added" in added.out
    assert "1 left out: the address (url) is not one of http or https (the first at 2)" in added.out
    searched = command("factchecks", "search", "Harlow Creek ferry", *home).out
    assert "https://facts.example/ferry" in searched
    assert CLAIM in searched, "the text of imported claims is kept, and shown"
    status = command("factchecks", "status", *home).out
    assert "PolitiFact" in status
    assert "Imported: 1 fact-check, the newest of 2021-05-04" in status
    assert command("factchecks", "remove", "--all", *home).out == "1 fact-check removed.\n"
    refused = command("factchecks", "import", file("{"), *home)
    assert (refused.status, "not JSON" in refused.err) == (2, True)
