"""The walk of docs/getting-started.md: an empty machine, the wheel, a verdict, a model of one's own, and back again."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fake_news.data.catalogue import public_set
from tests.conftest import ANNOUNCEMENT
from tests.extension.browsers import Chromium
from tests.extension.card import wait_for_card
from tests.extension.page_server import serving_pages
from tests.extension.programs import browser_or_skip
from tests.fake_news.data.file_server import FileServer, serving_files
from tests.repository.conftest import Installation

pytestmark = [pytest.mark.slow, pytest.mark.lifecycle]

STATEMENT = "The harbour bridge of Little Creek was sold to a circus in the spring of 2024."
RULING = f'claim,rating,url,publisher\n"{STATEMENT}",False,https://checks.example/bridge,Creek Facts\n'
"""A ruling to import: what the shipped ones decide differs from model to model."""
VERSION = "2027.01-a"
_SECONDS = 60


def commands(root: Path) -> list[str]:
    """The commands of the page, in its order."""
    page = (root / "docs" / "getting-started.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


class InstalledServer:
    """`plumbline serve`, which runs all the time."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process, self.address = process, address

    def ask(self, path: str, body: Any = None) -> Any:
        """What the server answers."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.address}{path}", data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
            return json.loads(answer.read())

    def wait_for_model(self, version: str) -> None:
        """Until that one is in use."""
        until = time.monotonic() + _SECONDS
        while (model := self.ask("/api/v1/health")["model"]) != version:
            assert time.monotonic() < until, f"{model} is still in use"
            time.sleep(0.1)


@pytest.fixture(scope="module")
def served(installed: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[InstalledServer]:
    """The server of the wheel; the first command of the page, at a free port."""
    folder = tmp_path_factory.mktemp("served")
    log, table = folder / "log", folder / "rulings.csv"
    table.write_text(RULING, encoding="utf-8")
    imported = installed.run("factchecks", "import", table)
    assert imported.returncode == 0, imported.stderr
    with (
        log.open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            installed.command("serve", "--port", "0"),
            cwd=installed.work,
            env=installed.environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            encoding="utf-8",
        ) as process,
    ):
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith(ANNOUNCEMENT), log.read_text(encoding="utf-8")
        yield InstalledServer(process, line.removeprefix(ANNOUNCEMENT).split()[0])
        process.terminate()
        process.wait(timeout=_SECONDS)


def test_it_gives_a_verdict(served: InstalledServer, root: Path) -> None:
    assert commands(root)[0] == "plumbline serve"
    answer = served.ask("/api/v1/check", {"blocks": [{"id": "b1", "text": STATEMENT}]})
    [block] = answer["blocks"]
    [statement] = block["statements"]
    assert (statement["label"], statement["basis"]) == ("false", "fact-check")


@pytest.mark.browser
def test_the_extension_of_the_zip_asks_it(served: InstalledServer, root: Path, tmp_path: Path) -> None:
    package: list[str | Path] = [
        sys.executable,
        root / "scripts" / "package_extension.py",
        "--output",
        tmp_path / "zips",
    ]
    subprocess.run(package, check=True, capture_output=True)
    [zipped] = (tmp_path / "zips").glob("*-unpacked.zip")
    zipfile.ZipFile(zipped).extractall(tmp_path / "extension")
    page = tmp_path / "pages"
    page.mkdir()
    (page / "index.html").write_text(f"<!doctype html><title>News</title><p id=claim>{STATEMENT}</p>", "utf-8")
    with browser_or_skip(lambda: Chromium(tmp_path / "extension")) as browser, serving_pages(page) as pages:
        browser.write_storage("settings", {"serverAddress": served.address})
        tab = browser.open_tab()
        tab.get(pages.url("index.html"))
        tab.select_with_mouse(STATEMENT, "#claim")
        [statement] = wait_for_card(tab).statements
        assert statement["label"] == "false"


@pytest.mark.data
def test_liar_is_fetched_learned_compared_promoted_served_and_taken_back(
    installed: Installation, served: InstalledServer, root: Path, data_dir: Path
) -> None:
    """LIAR's files come from a server of this test, whose hashes the catalogue knows; no other set is at hand."""
    before = installed.files()
    shipped = served.ask("/api/v1/health")["model"]
    files = {f"liar/{name}": (data_dir / "liar" / name).read_bytes() for name in public_set("liar").files}
    said: dict[str, str] = {}
    with serving_files(FileServer(files)) as server:
        for line in commands(root)[1:]:
            words = shlex.split(line)[1:]
            more = ["--mirror", server.address] if words[:2] == ["data", "fetch"] else []
            result = installed.run(*words, *more)
            assert result.returncode == 0, f"{line}: {result.stdout}{result.stderr}"
            said[words[0]] = result.stdout
            if words[0] == "train":
                assert served.ask("/api/v1/health")["model"] == shipped
            if words[0] == "promote":
                served.wait_for_model(VERSION)
                served.ask("/api/v1/check", {"blocks": [{"id": "b1", "text": STATEMENT}]})
    served.wait_for_model(shipped)
    assert f"Against {shipped}: " in said["train"]
    assert "Without politifact" in (installed.work / "card.md").read_text(encoding="utf-8")
    assert f"{VERSION} is current; before it was {shipped}." in said["promote"]
    assert (installed.home / "model_checkpoints" / VERSION / "retraining.json").is_file()
    assert installed.files() == before
    # The gate holds where nobody gives a reason.
    passed = json.loads((installed.home / "model_checkpoints" / VERSION / "retraining.json").read_bytes())["passed"]
    is_promoted = installed.run("promote", VERSION).returncode == 0
    if is_promoted:  # the machine is shared: the tests after this one expect what ships
        assert installed.run("rollback").returncode == 0
    assert is_promoted == passed
