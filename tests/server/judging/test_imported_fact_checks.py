"""A running server uses what the reader imports, and drops what the reader removes, without a restart."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fake_news.detection.factchecks.imported.database import FILE_NAME, ImportedDatabase
from server.judging.live_detector import FactCheckCopy
from tests.conftest import ROOT, RunningServer

CLAIM = "The Harlow Creek ferry sank forty times in the winter of 2031."
TABLE = f"claim,rating,publisher,url\n{CLAIM},False,Creek Facts,https://facts.example/ferry\n"


def test_an_import_counts_at_once_and_a_removal_too(start_server: Callable[..., RunningServer], tmp_path: Path) -> None:
    server = start_server()
    folder = server.log.with_suffix(".data")

    def checked() -> dict[str, Any]:
        body = json.dumps({"blocks": [{"id": "a", "text": CLAIM}]}).encode()
        request = urllib.request.Request(f"{server.address}/api/v1/check", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            found: dict[str, Any] = json.load(answer)
        return found

    def factchecks(*arguments: str | Path) -> None:
        command = [sys.executable, "-m", "fake_news", "factchecks", *map(str, arguments), "--data-folder", str(folder)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)

    before = checked()
    table = tmp_path / "facts.csv"
    table.write_text(TABLE, encoding="utf-8")
    factchecks("import", table)
    after = checked()
    [statement] = after["blocks"][0]["statements"]
    assert after["fact_checks"]["count"] == before["fact_checks"]["count"] + 1
    assert (statement["label"], statement["basis"]) == ("false", "fact-check")
    assert statement["evidence"][0]["url"] == "https://facts.example/ferry"
    factchecks("remove", "--url", "https://facts.example/ferry")
    assert checked() == before


def imported(folder: Path, claim: str) -> None:
    table = folder.parent / "facts.csv"
    table.write_text(
        f"claim,rating,publisher,url\n{claim},False,Creek Facts,https://facts.example/1\n", encoding="utf-8"
    )
    command = [sys.executable, "-m", "fake_news", "factchecks", "import", str(table), "--data-folder", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def test_those_of_a_volume_are_copied_whole_and_again_when_they_change(tmp_path: Path) -> None:
    """The volume may be mounted read-only, where SQLite cannot read a database that has a journal."""
    volume, folder = tmp_path / "volume", tmp_path / "data"
    copy = FactCheckCopy(volume, folder)
    copy.refresh()
    assert not folder.exists()  # nothing there yet
    imported(volume, CLAIM)
    copy.refresh()
    database = ImportedDatabase(folder)
    assert database.status().count == 1
    first = database.version()
    FactCheckCopy(volume, folder).refresh()  # another worker finds it done
    assert [path.name for path in folder.iterdir()] == [FILE_NAME]
    imported(volume, "The Harlow Creek mill ground no corn in 2031.")
    copy.refresh()
    assert database.status().count == 2
    assert database.version() != first


def test_a_damaged_file_of_a_volume_leaves_the_copy_as_it_is(tmp_path: Path) -> None:
    volume, folder = tmp_path / "volume", tmp_path / "data"
    imported(volume, CLAIM)
    copy = FactCheckCopy(volume, folder)
    copy.refresh()
    (volume / FILE_NAME).write_bytes(b"This is no database." * 500)
    copy.refresh()
    assert ImportedDatabase(folder).status().count == 1
    assert [path.name for path in folder.iterdir()] == [FILE_NAME]
