"""A set that differs from what is expected of it is named by expectation, file and row; its texts are never shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from fake_news.cli.command_line import main
from fake_news.common.errors import DataError
from fake_news.data.validation import validate as validation
from fake_news.data.validation.schemas import SAYS, SCHEMAS
from fake_news.data.validation.validate import BrokenRow, Expectation, repeats, text_hash, validate
from tests.fake_news.conftest import Run
from tests.fake_news.data.test_folder import changed_field
from tests.fake_news.miniature_data import replace_line

pytestmark = pytest.mark.lifecycle

MINIATURE_SETS = ["liar", "politifact", "claimbuster", "checkthat_2024_task1", "checkthat_2025_subjectivity"]
LIAR, POLITIFACT = "liar/train.tsv", "politifact/politifact_2007_2022.csv"
SECRET = "The lighthouse keeper eats lamps"


def broken(name: str, folder: Path) -> dict[str, Expectation]:
    """The expectations that do not hold."""
    found = validate(name, folder, own_data=True).expectations
    return {expectation.name: expectation for expectation in found if not expectation.holds}


@pytest.mark.parametrize("name", MINIATURE_SETS)
def test_a_sound_set_holds(miniature_data: Path, name: str) -> None:
    found = validate(name, miniature_data, own_data=True)
    assert (found.holds, broken(name, miniature_data)) == (True, {})
    assert sum(found.rows.values()) > 0


def test_the_published_number_of_rows_is_expected_of_the_published_set(miniature_data: Path) -> None:
    found = validate("liar", miniature_data)
    (differs,) = (expectation for expectation in found.expectations if not expectation.holds)
    assert differs.name == "rows"
    assert differs.messages[0] == "train.tsv has 90 rows, expected 10,269."


@pytest.mark.parametrize(
    ("file", "line", "change", "name", "named"),
    [
        (LIAR, 90, changed_field(b"\t", 1, b"maybe"), "label", BrokenRow("train.tsv", 90, "label", "maybe")),
        (LIAR, 5, changed_field(b"\t", 1, b""), "label", BrokenRow("train.tsv", 5, "label")),
        (LIAR, 7, changed_field(b"\t", 2, b"Short."), "text-length", BrokenRow("train.tsv", 7, "statement")),
        (LIAR, 8, changed_field(b"\t", 2, b"x" * 501), "text-length", BrokenRow("train.tsv", 8, "statement")),
        (LIAR, 9, changed_field(b"\t", 4, b"NaN"), "present", BrokenRow("train.tsv", 9, "speaker", "NaN")),
        (LIAR, 3, changed_field(b"\t", 9, b"-1"), "history-counts", BrokenRow("train.tsv", 3, "false_n", "-1")),
        (LIAR, 4, changed_field(b"\t", 0, b"train-0.json"), "identifier", BrokenRow("train.tsv", 4, "id")),
        (
            POLITIFACT,
            4,
            lambda _: f"{SECRET},true,Bob,,,2021-02-30,,".encode(),
            "date",
            BrokenRow("politifact_2007_2022.csv", 4, "date", "2021-02-30"),
        ),
        (
            POLITIFACT,
            5,
            lambda _: f"{SECRET},true,Bob,,,2031-02-03,,".encode(),
            "date",
            BrokenRow("politifact_2007_2022.csv", 5, "date", "2031-02-03"),
        ),
    ],
)
def test_a_row_that_differs_is_named(
    miniature: Path, file: str, line: int, change: Callable[[bytes], bytes], name: str, named: BrokenRow
) -> None:
    replace_line(miniature / file, line, change)
    found = broken(file.split("/")[0], miniature)
    assert list(found) == [name]
    assert (found[name].broken, found[name].named) == (1, [named])


def test_one_malformed_line_is_named_and_the_others_are_counted(miniature: Path) -> None:
    replace_line(miniature / LIAR, 7, lambda _: b"1.json\ttrue\tonly three")
    replace_line(miniature / LIAR, 9, changed_field(b"\t", 1, b"maybe"))
    found = validate("liar", miniature, own_data=True)
    assert found.rows["train.tsv"] == 89
    by_name = {one.name: one for one in found.expectations}
    assert (by_name["readable"].broken, by_name["label"].broken) == (1, 1)


def test_what_no_row_could_be_held_against_is_not_called_ok(miniature: Path, command_here: Callable[..., Run]) -> None:
    for name in ("train", "valid", "test"):
        (miniature / "liar" / f"{name}.tsv").write_bytes(b"no table\n")
    run = command_here("data", "validate", "liar", "--data-dir", miniature)
    assert run.status == 1
    [line] = [line for line in run.out.splitlines() if " label: " in line]
    assert (line.split()[0], "no row to check" in line) == ("–", True)


@pytest.mark.parametrize(
    ("file", "line", "change", "message"),
    [
        (LIAR, 7, lambda _: b"1.json\ttrue\tonly three", "line 7: 3 fields, expected 14"),
        (LIAR, 12, changed_field(b"\t", 2, b"caf\xe9"), "line 12: byte 0xe9 is not UTF-8"),
        (POLITIFACT, 1, lambda row: row.replace(b"verdict", b"ruling"), "line 1: column 'verdict' is missing"),
        ("claimbuster/data_small_3class.json", 4, lambda row: row.replace(b'"', b"", 1), "line 4: not JSON"),
        ("claimbuster/data_small_3class.json", 4, lambda row: row.replace(b"label", b"lable"), "'label' is missing"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(
    miniature: Path, file: str, line: int, change: Callable[[bytes], bytes], message: str
) -> None:
    replace_line(miniature / file, line, change)
    found = broken(file.split("/")[0], miniature)
    assert message in found["readable"].messages[0]
    assert str(miniature / file) in found["readable"].messages[0]


def test_a_missing_file(miniature: Path) -> None:
    (miniature / "liar" / "test.tsv").unlink()
    found = {expectation.name: expectation for expectation in validate("liar", miniature).expectations}
    assert found["files"].messages == [f"{miniature / 'liar' / 'test.tsv'} is missing."]
    assert broken("snopes", miniature)["files"].messages == [f"There is no *.json in {miniature / 'snopes'}."]


def test_a_class_without_a_row(miniature: Path) -> None:
    path = miniature / LIAR
    path.write_bytes(path.read_bytes().replace(b"\tpants-fire\t", b"\tfalse\t"))
    assert broken("liar", miniature)["every-label"].messages == ["train.tsv: no row is pants-fire."]


def copied(miniature: Path, source: int, target: str, line: int) -> None:
    """Write a statement of LIAR's train split into another row, with other capitals and marks."""
    text = (miniature / LIAR).read_bytes().split(b"\n")[source - 1].split(b"\t")[2]
    replace_line(miniature / "liar" / target, line, changed_field(b"\t", 2, text.upper().replace(b",", b" -- ")))


def test_more_texts_than_known_in_two_splits(miniature: Path) -> None:
    for line in range(1, 15):
        copied(miniature, line, "test.tsv", line)
    differs = broken("liar", miniature)
    assert list(differs) == ["across-splits"]
    assert (differs["across-splits"].broken, differs["across-splits"].known) == (14, 13)
    assert differs["across-splits"].named[0] == BrokenRow("test.tsv", 1, value="also in train.tsv")


def test_a_known_number_of_repeated_texts_is_no_failure_and_one_more_is(miniature: Path) -> None:
    for line in range(31, 54):
        copied(miniature, line - 30, "train.tsv", line)
    assert broken("liar", miniature) == {}
    copied(miniature, 1, "train.tsv", 60)
    differs = broken("liar", miniature)["repeated"]
    assert (differs.broken, differs.known) == (24, 23)
    assert differs.named[0] == BrokenRow("train.tsv", 31)


def test_rows_are_numbered_across_chunks(miniature: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validation, "_CHUNK_ROWS", 7)
    replace_line(miniature / LIAR, 50, changed_field(b"\t", 1, b"maybe"))
    copied(miniature, 2, "train.tsv", 80)
    found = {expectation.name: expectation for expectation in validate("liar", miniature, own_data=True).expectations}
    assert found["label"].named == [BrokenRow("train.tsv", 50, "label", "maybe")]
    assert found["repeated"].named == [BrokenRow("train.tsv", 80)]


def test_which_rows_repeat() -> None:
    assert repeats(np.array([5, 3, 5, 9, 3, 5], dtype=np.uint64)).tolist() == [2, 4, 5]
    assert repeats(np.array([], dtype=np.uint64)).tolist() == []
    assert text_hash("It's “new”.") == text_hash("its NEW") != text_hash("its news")


def test_every_expectation_of_every_schema_is_explained() -> None:
    named = {
        str(check.error)
        for schema in SCHEMAS.values()
        for table in schema.tables
        for column in table.schema.columns.values()
        for check in column.checks
    }
    assert named <= set(SAYS)


def test_a_set_nobody_knows(miniature_data: Path) -> None:
    with pytest.raises(DataError, match="no expectations of a set 'liars'"):
        validate("liars", miniature_data)


def test_the_command_names_rows_and_shows_no_text(miniature: Path, command: Callable[..., Run]) -> None:
    replace_line(miniature / LIAR, 3, changed_field(b"\t", 1, b"maybe"))
    replace_line(miniature / LIAR, 4, changed_field(b"\t", 2, SECRET.encode() * 30))
    run = command("data", "validate", "--own-data", "--data-dir", miniature)
    assert (run.status, run.err) == (1, "")
    assert "liar: 186 rows, NOT as expected" in run.out
    assert "FAIL label: a label is one of the set's (1 rows)\n         train.tsv, row 3: label, 'maybe'" in run.out
    assert "train.tsv, row 4: statement" in run.out
    assert "politifact: " in run.out
    assert SECRET not in run.out


def test_the_command_as_json(miniature: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace_line(miniature / LIAR, 3, changed_field(b"\t", 1, b"maybe"))
    replace_line(miniature / LIAR, 4, changed_field(b"\t", 2, SECRET.encode() * 30))
    assert main(["data", "validate", "liar", "--own-data", "--json", "--data-dir", str(miniature)]) == 1
    plain = json.loads(capsys.readouterr().out)
    assert (plain[0]["set"], plain[0]["holds"], plain[0]["rows"]["train.tsv"]) == ("liar", False, 90)
    assert [one["name"] for one in plain[0]["expectations"] if not one["holds"]] == ["label", "text-length"]
    assert SECRET not in json.dumps(plain)


@pytest.mark.data
@pytest.mark.parametrize("name", SCHEMAS)
def test_the_published_sets_hold(data_dir: Path, name: str) -> None:
    assert [expectation for expectation in validate(name, data_dir).expectations if not expectation.holds] == []
