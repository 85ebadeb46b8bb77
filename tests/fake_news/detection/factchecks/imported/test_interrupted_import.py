"""An import that fails, is killed, or finds the disk full leaves the database as it was."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.detection.factchecks.imported.errors import ImportedFactChecksError
from fake_news.detection.factchecks.imported.file_import import import_file
from tests.fake_news.detection.factchecks.imported.reviews import review


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
def test_a_full_disk_leaves_the_database_as_it_was(file: Callable[[Any], Path], database: ImportedDatabase) -> None:
    import_file(file([review()]), database)
    limited = subprocess.run(
        [sys.executable, "-c", LIMITED, str(database.path.parent), json.dumps(review())], capture_output=True, text=True
    )
    assert "NotStoredError" in limited.stdout
    assert "nothing was changed" in limited.stdout
    assert database.status().count == 1


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
