"""A database of imported fact-checks while a detector reads it: changed, removed, replaced, damaged."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from fake_news.detection.detector import Detector
from fake_news.detection.factchecks import fact_check_collection
from fake_news.detection.factchecks.imported.database import FILE_NAME, ImportedDatabase
from fake_news.detection.factchecks.imported.errors import ImportedFactChecksError
from fake_news.detection.factchecks.imported.file_import import import_file
from fake_news.detection.factchecks.matcher import Matcher
from fake_news.detection.verdict import Basis, Label, Relation
from tests.fake_news.detection.factchecks.imported.reviews import CLAIM, review


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

    monkeypatch.setattr(fact_check_collection, "Matcher", slow_the_first_time)
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
