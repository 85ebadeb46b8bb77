"""What is said of the data folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fake_news.data.catalogue import PublicSet, public_set
from fake_news.data.status import State, status
from tests.fake_news.conftest import Run

pytestmark = pytest.mark.lifecycle


def published(folder: Path) -> PublicSet:
    """LIAR, as if the folder's files were the published ones."""
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (folder / "liar").iterdir()}
    return replace(public_set("liar"), files=files)


def test_a_set_is_as_published_or_not(miniature: Path) -> None:
    liar = published(miniature)
    whole = status(liar, miniature)
    assert (whole.state, whole.files, whole.wanted, whole.rows, whole.other) == (State.PUBLISHED, 3, 3, 186, ())
    assert whole.size == sum(path.stat().st_size for path in (miniature / "liar").iterdir())
    (miniature / "liar" / "valid.tsv").unlink()
    assert status(liar, miniature).state == State.INCOMPLETE
    (miniature / "liar" / "test.tsv").write_bytes(b"1.json\ttrue\tonly three\n")
    other = status(liar, miniature)
    assert (other.state, other.other, other.rows) == (State.OTHER, ("test.tsv",), None)
    for path in (miniature / "liar").iterdir():
        path.unlink()
    assert status(liar, miniature).state == State.MISSING


def test_the_command(miniature_data: Path, command: Callable[..., Run]) -> None:
    run = command("data", "status", "--json", "--data-dir", miniature_data)
    assert (run.status, run.err) == (0, "")
    sets = {one["name"]: one for one in json.loads(run.out)["sets"]}
    assert (sets["liar"]["state"], sets["liar"]["rows"], sets["liar"]["files"]) == ("other files", 186, 3)
    assert sets["snopes"]["state"] == "missing"
