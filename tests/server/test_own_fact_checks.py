"""A running server uses what the reader imports, and drops what the reader removes, without a restart."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

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
