"""Importing fact-checks: what is taken, what is refused and why, and that nothing is ever half done."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from fake_news.detection.detector import Detector
from fake_news.detection.factchecks import known_fact_checks
from fake_news.detection.factchecks.fact_check import FactCheck, RuledClaim
from fake_news.detection.factchecks.imported.database import FILE_NAME, ImportedDatabase
from fake_news.detection.factchecks.imported.errors import ImportedFactChecksError
from fake_news.detection.factchecks.imported.fields import iso_day, plain_text
from fake_news.detection.factchecks.imported.file_import import import_file
from fake_news.detection.factchecks.matcher import Matcher
from fake_news.detection.factchecks.rulings import Rulings
from fake_news.detection.verdict import Basis, Label, Relation
from tests.fake_news.conftest import Run

CLAIM = "The Harlow Creek ferry sank forty times in the winter of 2031."


def review(**changed: Any) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://facts.example/ferry",
        "claimReviewed": CLAIM,
        "author": {"@type": "Organization", "name": "Creek Facts"},
        "datePublished": "2021-05-04",
        "reviewRating": {"@type": "Rating", "alternateName": "False"},
        "itemReviewed": {"@type": "Claim", "author": {"name": "Ann Ott"}, "datePublished": "May 1, 2021"},
    } | changed


@pytest.fixture
def database(tmp_path: Path) -> Iterator[ImportedDatabase]:
    found = ImportedDatabase(tmp_path / "home")
    yield found
    found.close()


@pytest.fixture
def file(tmp_path: Path) -> Callable[[Any], Path]:
    """Writes a file: text or bytes as they are, anything else as JSON."""

    def write(content: Any) -> Path:
        path = tmp_path / "facts.json"
        if not isinstance(content, bytes):
            content = (content if isinstance(content, str) else json.dumps(content)).encode()
        path.write_bytes(content)
        return path

    return write


ITEM = {"@type": "DataFeedItem", "item": [review()]}
FEED = {"@type": "DataFeed", "name": "[x]", "dataFeedElement": [ITEM]}


@pytest.mark.parametrize(
    "content",
    [
        review(),
        [review()],
        FEED,
        {"@graph": [{"@type": "WebPage"}, review()]},
        json.dumps(review()) + "\n" + json.dumps(review(url="https://facts.example/ferry")),
        "\ufeff" + json.dumps([review()], indent=4),
        json.dumps({"@graph": [{"@type": "WebPage"}]}) + "\n" + json.dumps({"@graph": [review()]}),
        {"name": "x" * 300_000, **FEED, "dateModified": "2021-06-01"},
        [review(reviewBody="long " * 80_000)],
        {"@type": "WebPage", "mainEntity": {"@type": "Article", "review": [review()]}},
        {
            "@graph": [
                {"@type": "Organization", "@id": "#us", "name": "Creek Facts"},
                review(author={"@id": "#us"}, claimReviewed={"@value": CLAIM}, url=["https://facts.example/ferry"]),
            ]
        },
        {f"schema:{name}".replace("schema:@", "@"): value for name, value in review().items()},
        review(
            reviewRating=[{"ratingValue": "1", "worstRating": 1, "bestRating": "5"}],
            itemReviewed=[
                {"@type": "Claim", "appearance": [{"author": {"name": "Ann Ott"}, "datePublished": "2021-05-01"}]}
            ],
        ),
        "claim,rating,publisher,url,speaker,claim_date,review_date\n"
        f'"{CLAIM}",False,Creek Facts,https://facts.example/ferry,Ann Ott,"May 1, 2021",4 May 2021\n',
        "claim;rating;publisher;url;Claimant;Review Date\n"
        f"{CLAIM};False;Creek Facts;https://facts.example/ferry;Ann Ott;2021-05-04\n",
        "URL,Text,textualRating,publisher.name,claimant,claimDate,reviewDate\r\n"
        f"https://facts.example/ferry,{CLAIM},False,Creek Facts,Ann Ott,2021-05-01T00:00:00Z,2021-05-04\r\n",
    ],
    ids=[
        *("object", "list", "feed", "graph", "lines", "byte order mark", "graph in each line", "list after much else"),
        *("long entry", "inside a page", "referred to", "prefixed", "rating without words", "csv", "semicolons"),
        "csv with other names",
    ],
)
def test_every_form(content: Any, file: Callable[[Any], Path], database: ImportedDatabase, shipped: Path) -> None:
    assert import_file(file(content), database).added == 1
    (verdict,) = Detector.load(shipped, database).check(CLAIM)
    assert (verdict.label, verdict.basis) == (Label.FALSE, Basis.FACT_CHECK)
    mine = next(found for found in verdict.evidence if found.publisher == "Creek Facts")
    assert mine.relation is Relation.SAME_CLAIM
    assert (mine.speaker, mine.date, mine.url, mine.claim) == (
        "Ann Ott",
        "2021-05-04",
        "https://facts.example/ferry",
        CLAIM,
    )


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


def test_markup_and_control_characters_are_taken_out(file: Callable[[Any], Path], database: ImportedDatabase) -> None:
    dirty = review(
        claimReviewed="<p>The ferry <b>sank</b>\x1b[31m &amp; rose<script>alert(1)</script> again.</p>",
        author=[{"name": "Creek\nFacts"}],
    )
    seen: list[RuledClaim] = []
    real = database.add
    database.add = lambda claims, *more: real((seen.append(claim) or claim for claim in claims), *more)  # type: ignore[method-assign, func-returns-value]
    import_file(file(dirty), database)
    assert seen[0].text == "The ferry sank [31m & rose again."
    assert seen[0].fact_check.publisher == "Creek Facts"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2021-03-04", "2021-03-04"),
        ("2021-03-04T23:30:00-05:00", "2021-03-04"),
        ("March 4th, 2021", "2021-03-04"),
        ("Thursday, 4 March 2021", "2021-03-04"),
        ("Sept 4, 2021", "2021-09-04"),
        ("25/12/2021", "2021-12-25"),
        ("12/25/2021", "2021-12-25"),
        ("3/4/2021", ""),
        ("31/2/2021", ""),
        ("04.03.2021", "2021-03-04"),
        ("2021", "2021-01-01"),
        ("Mar. 4, 2021", "2021-03-04"),
        ("4. March 2021", "2021-03-04"),
        ("04-Mar-2021", "2021-03-04"),
        ("20210304T101112Z", "2021-03-04"),
        ("2021-03-04+01:00", "2021-03-04"),
        ("Thu Mar  4 10:00:00 +0000 2021", "2021-03-04"),
        ("Thu, 04 Mar 2021 10:00:00 GMT", "2021-03-04"),
        ("March 4, 2021 at 5:00 PM", "2021-03-04"),
        ("0000-00-00", ""),
        ("yesterday", ""),
        (20210304, ""),
        (None, ""),
    ],
)
def test_dates(written: object, day: str) -> None:
    assert iso_day(written) == day


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("The &lt;b&gt;ferry&lt;/b&gt; sank &quot;twice&quot;.", 'The ferry sank "twice".'),
        ("5 &lt; 6 and 7 &gt; 3", "5 < 6 and 7 > 3"),
        ("vac\u00adcines \u202eand\u200b boats", "vaccines and boats"),
        ("<img src=x onerror=alert(1)>The <style>p{}</style>pier", "The pier"),
        ("lone \ud800 surrogate", "lone surrogate"),
        (float("nan"), ""),
        (10**400, ""),
        (True, ""),
    ],
)
def test_fields_become_plain_text(written: object, read: str) -> None:
    assert plain_text(written) == read


def test_a_row_with_too_many_fields_is_skipped(file: Callable[[Any], Path], database: ImportedDatabase) -> None:
    table = "claim,rating,publisher,url\nThe ferry, which sank, is back,False,Creek Facts,https://facts.example/1\n"
    report = import_file(file(table), database)
    assert (report.added, dict(report.first)) == (0, {"more fields than the first line names": 2})


def test_more_speakers_than_sixteen_bits_count() -> None:
    facts = [FactCheck("A", "False", Label.FALSE, f"Speaker {n}", "", "", "https://a.example/") for n in range(65_600)]
    rulings = Rulings.of(facts)
    assert [rulings[n].speaker for n in (0, 65_599)] == ["Speaker 0", "Speaker 65599"]


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


def test_an_error_in_the_middle_leaves_the_database_as_it_was(
    file: Callable[[Any], Path], database: ImportedDatabase
) -> None:
    import_file(file([review()]), database)
    rows = [review(url=f"https://facts.example/{n}") for n in range(5000)]
    cut = json.dumps(rows)[:-200]
    with pytest.raises(ImportedFactChecksError, match="entry 5000: not JSON"):
        import_file(file(cut), database)
    assert database.status().count == 1


KILLED = """
import sys, os, signal
from pathlib import Path
from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.detection.factchecks.imported.claim_review import from_claim_review
import json
review = json.loads(sys.argv[2])
def claims():
    for n in range(300):
        yield from from_claim_review(review | {"url": f"https://facts.example/{n}"})
    os.kill(os.getpid(), signal.SIGKILL)
ImportedDatabase(Path(sys.argv[1])).add(claims())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_import_leaves_the_database_as_it_was(file: Callable[[Any], Path], database: ImportedDatabase) -> None:
    import_file(file([review()]), database)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(database.path.parent), json.dumps(review())])
    assert killed.returncode == -9
    assert database.status().count == 1
    assert import_file(file([review(url="https://facts.example/next")]), database).added == 1


def test_a_full_disk(file: Callable[[Any], Path], database: ImportedDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    import_file(file([review()]), database)
    connect = database._connect

    def small() -> sqlite3.Connection:
        connection = connect()
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    monkeypatch.setattr(database, "_connect", small)
    rows = [review(url=f"https://facts.example/{n}") for n in range(500)]
    with pytest.raises(ImportedFactChecksError, match="disk is full"):
        import_file(file(rows), database)
    assert database.status().count == 1


LIMITED = """
import json, resource, sys
from pathlib import Path
from fake_news.detection.factchecks.imported.claim_review import from_claim_review
from fake_news.detection.factchecks.imported.database import ImportedDatabase
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
review = json.loads(sys.argv[2])
claims = (claim for n in range(3000) for claim in from_claim_review(review | {"url": f"https://facts.example/{n}"}))
try:
    ImportedDatabase(Path(sys.argv[1])).add(claims)
except Exception as error:
    print(type(error).__name__, error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of a file's size")
def test_files_that_may_grow_no_more(file: Callable[[Any], Path], database: ImportedDatabase) -> None:
    import_file(file([review()]), database)
    limited = subprocess.run(
        [sys.executable, "-c", LIMITED, str(database.path.parent), json.dumps(review())], capture_output=True, text=True
    )
    assert "NotStoredError" in limited.stdout
    assert "nothing was changed" in limited.stdout
    assert database.status().count == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows removes no file that is open")
def test_a_new_database_is_used_without_a_restart(
    file: Callable[[Any], Path], database: ImportedDatabase, shipped: Path
) -> None:
    import_file(file([review()]), database)
    detector = Detector.load(shipped, database)
    assert detector.check(CLAIM)[0].label is Label.FALSE
    for left in database.path.parent.iterdir():
        left.unlink()
    assert detector.check(CLAIM)[0].basis is not Basis.FACT_CHECK
    import_file(file([review(author="Other Facts")]), ImportedDatabase(database.path.parent))
    assert {found.publisher for found in detector.check(CLAIM)[0].evidence} >= {"Other Facts"}


def test_what_is_removed_is_not_left_on_the_disk(file: Callable[[Any], Path], database: ImportedDatabase) -> None:
    import_file(file([review(url=f"https://facts.example/{n}") for n in range(500)]), database)
    assert database.version(), "a server reads it meanwhile"
    large = database.path.stat().st_size
    assert database.remove(publisher="creek facts") == 500
    left = b"".join(path.read_bytes() for path in database.path.parent.iterdir())
    assert b"Harlow" not in left
    assert database.path.stat().st_size < large / 2


def test_two_imports_at_once(file: Callable[[Any], Path], database: ImportedDatabase) -> None:
    import_file(file([review()]), database)
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(ImportedFactChecksError, match="Another import is running"):
        import_file(file([review(url="https://facts.example/next")]), database)
    assert database.status().count == 1, "reading goes on while another writes"
    other.execute("ROLLBACK")
    other.close()
    assert import_file(file([review(url="https://facts.example/next")]), database).added == 1


def test_a_damaged_database_does_not_stop_checking(database: ImportedDatabase, shipped: Path) -> None:
    database.path.parent.mkdir()
    database.path.write_bytes(b"this is no database, but long enough to be looked at" * 100)
    assert Detector.load(shipped, database).check(CLAIM)[0].basis is not Basis.FACT_CHECK
    with pytest.raises(ImportedFactChecksError, match="damaged"):
        database.status()


def test_changes_count_at_once(file: Callable[[Any], Path], database: ImportedDatabase, shipped: Path) -> None:
    detector = Detector.load(shipped, database)
    count = detector.fact_checks["count"]
    versions = [detector.fact_checks_version]
    assert detector.check(CLAIM)[0].basis is not Basis.FACT_CHECK
    today = datetime.now(tz=UTC).date().isoformat()
    import_file(file([review(datePublished=today)]), ImportedDatabase(database.path.parent))
    assert detector.check(CLAIM)[0].label is Label.FALSE
    assert detector.fact_checks == {"count": count + 1, "newest": today}
    versions.append(detector.fact_checks_version)
    import_file(
        file(
            [review(url="https://facts.example/2", reviewRating={"ratingValue": 5, "worstRating": 1, "bestRating": 5})]
        ),
        ImportedDatabase(database.path.parent),
    )
    mixed = detector.check(CLAIM)[0]
    assert mixed.label is Label.MIXED, "rulings that disagree"
    assert {found.label for found in mixed.evidence if found.relation is Relation.SAME_CLAIM} >= {
        Label.FALSE,
        Label.TRUE,
    }
    assert ImportedDatabase(database.path.parent).remove(publisher="Creek Facts") == 2
    assert detector.check(CLAIM)[0].basis is not Basis.FACT_CHECK
    versions.append(detector.fact_checks_version)
    assert len(set(versions)) == 3


def test_no_thread_takes_the_old_for_the_new(
    file: Callable[[Any], Path], database: ImportedDatabase, shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one thread is about to use what was imported, another that knows of the import uses it too."""
    detector = Detector.load(shipped, database)
    assert detector.check(CLAIM)[0].basis is not Basis.FACT_CHECK
    import_file(file(review()), database)
    preparing, may_go_on = threading.Event(), threading.Event()

    def slow_the_first_time(*arguments: Any) -> Matcher:
        if not preparing.is_set():
            preparing.set()
            may_go_on.wait(20)
        return Matcher(*arguments)

    monkeypatch.setattr(known_fact_checks, "Matcher", slow_the_first_time)
    first = threading.Thread(target=detector.check, args=(CLAIM,))
    first.start()
    assert preparing.wait(20)
    [verdict] = detector.check(CLAIM)
    may_go_on.set()
    first.join()
    assert "Creek Facts" in [one.publisher for one in verdict.evidence]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_nobody_else_can_read_it(file: Callable[[Any], Path], database: ImportedDatabase) -> None:
    import_file(file([review()]), database)
    assert database.path.name == FILE_NAME
    assert database.path.stat().st_mode & 0o077 == 0


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
