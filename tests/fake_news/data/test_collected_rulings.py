"""Imported fact-checks become a set that training reads."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fake_news.common.errors import DataError
from fake_news.data.collected_rulings import collect, load_rulings
from fake_news.detection.factchecks.imported.database import FILE_NAME, ImportedDatabase
from fake_news.detection.factchecks.imported.file_import import import_file
from fake_news.training.training_sets import load_corpus, texts
from tests.fake_news.conftest import Run

ROWS = [
    ("The harbour bridge was sold to a circus in spring.", "Pants on Fire", "2023-02-01", "1"),
    ("Bread prices doubled between two market days.", "Mostly True", "2024-03-04", "2"),
    ("Half of all ferries ran late during the flood.", "Half True", "2022-05-06", "3"),
    ("The swimming pool is heated with old books.", "Needs context", "2024-01-01", "4"),
    ("The night train carried no passenger last winter.", "False", "", "5"),
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a database of five imported fact-checks."""
    folder, table = tmp_path / "home", tmp_path / "checks.csv"
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["claim", "rating", "url", "publisher", "review_date"])
        for claim, rating, day, number in ROWS:
            writer.writerow([claim, rating, f"https://checks.example/{number}", "Creek Facts", day])
    import_file(table, ImportedDatabase(folder))
    return folder


def test_they_are_written_with_ratings_and_dates(home: Path, tmp_path: Path) -> None:
    found = collect(home / FILE_NAME, tmp_path / "data")
    assert [(one.date, one.rating) for one in load_rulings(tmp_path / "data")] == [
        ("2022-05-06", "half-true"),
        ("2023-02-01", "false"),
        ("2024-03-04", "mostly-true"),
    ]
    assert (found.first, found.last, dict(found.publishers)) == ("2022-05-06", "2024-03-04", {"Creek Facts": 3})
    assert set(found.left_out) == {"the rating is neither true, mixed nor false", "no date"}


def test_the_command_says_what_it_did(home: Path, tmp_path: Path, command_here: Callable[..., Run]) -> None:
    places = ("--data-folder", home, "--data-dir", tmp_path / "data")
    run = command_here("data", "collect", "--since", "2023-01-01", *places)
    assert (run.status, run.out.splitlines()[0].partition(" in ")[0]) == (0, "2 rulings from 2023-02-01 to 2024-03-04")
    assert "Left out 1: before 2023-01-01." in run.out
    nothing = command_here("data", "collect", "--since", "2030-01-01", *places)
    assert (nothing.status, "holds no ruling to learn from" in nothing.err) == (2, True)
    nowhere = command_here("data", "collect", "--data-folder", tmp_path / "nowhere", "--data-dir", tmp_path / "data")
    assert (nowhere.status, "factchecks update" in nowhere.err) == (2, True)


def test_training_reads_them(home: Path, miniature_data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(miniature_data / "liar", folder / "liar")
    before = texts(load_corpus(folder).archive)
    collect(home / FILE_NAME, folder)
    corpus = load_corpus(folder)
    assert set(texts(corpus.archive)) - set(before) == {ROWS[0][0], ROWS[1][0], ROWS[2][0]}
    assert corpus.archive[-1].date == "2024-03-04"


def test_a_row_that_was_damaged_is_named(home: Path, tmp_path: Path) -> None:
    path = collect(home / FILE_NAME, tmp_path / "data").path
    path.write_text(path.read_text(encoding="utf-8").replace("2023-02-01", "some day"), encoding="utf-8")
    with pytest.raises(DataError, match="line 3: date is 'some day'"):
        load_rulings(tmp_path / "data")
