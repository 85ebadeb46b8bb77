"""A data folder that lacks a file or holds a malformed row is refused in one line that names file and line."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from fake_news.common.errors import DataError
from fake_news.data import folder as data_folder_module
from fake_news.data.folder import data_folder, read_json, read_table
from fake_news.training.training_sets import load_corpus
from tests.fake_news.miniature_data import replace_line, write_miniature_data

LIAR = "liar/train.tsv"
POLITIFACT = "politifact/politifact_2007_2022.csv"
CLAIMBUSTER = "claimbuster/data_small_3class.json"
CHECKTHAT = "checkthat_2024_task1/CT24_checkworthy_english_train.tsv"
SUBJECTIVITY = "checkthat_2025_subjectivity/train_en.tsv"
ARTICLES = "fakenewsnet/politifact_articles.jsonl.gz"

NEEDED = [
    LIAR,
    "liar/valid.tsv",
    "liar/test.tsv",
    POLITIFACT,
    CLAIMBUSTER,
    "claimbuster/disjoint_2000_3class.json",
    CHECKTHAT,
    "checkthat_2024_task1/CT24_checkworthy_english_dev.tsv",
    SUBJECTIVITY,
    ARTICLES,
]


def refused(miniature: Path, file: str, message: str) -> None:
    """Loading is refused in one line: the file's path, then ``message``."""
    with pytest.raises(DataError, match=re.escape(str(miniature / file)) + message) as caught:
        load_corpus(miniature)
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_the_miniature_is_read_and_the_same_seed_writes_the_same(miniature: Path, tmp_path: Path) -> None:
    corpus = load_corpus(miniature)
    assert {split: len(rows) for split, rows in corpus.liar.items()} == {"train": 90, "valid": 48, "test": 48}
    assert all((corpus.archive, corpus.claims, corpus.news_claims, corpus.articles))
    write_miniature_data(tmp_path / "again")
    for path in miniature.rglob("*.*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "again" / path.relative_to(miniature)).read_bytes()


@pytest.mark.parametrize("file", NEEDED)
def test_a_missing_file(miniature: Path, file: str) -> None:
    (miniature / file).unlink()
    refused(miniature, file, ".* cannot be read")


@pytest.mark.parametrize("file", NEEDED)
def test_a_folder_in_the_place_of_a_file(miniature: Path, file: str) -> None:
    (miniature / file).unlink()
    (miniature / file).mkdir()
    refused(miniature, file, ".* cannot be read")


def changed_field(separator: bytes, position: int, value: bytes) -> Callable[[bytes], bytes]:
    """Replaces one field of a row."""

    def change(line: bytes) -> bytes:
        fields = line.split(separator)
        fields[position] = value
        return separator.join(fields)

    return change


@pytest.mark.parametrize(
    ("file", "line", "change", "complaint"),
    [
        (LIAR, 7, lambda _: b"1.json\ttrue\tonly three", "3 fields, expected 14"),
        (LIAR, 1, lambda row: row + b"\tone more", "15 fields, expected 14"),
        (LIAR, 90, changed_field(b"\t", 1, b"maybe"), "label is 'maybe', expected one of pants-fire, "),
        (LIAR, 5, changed_field(b"\t", 1, b"mostly-false"), "label is 'mostly-false'"),
        (LIAR, 6, changed_field(b"\t", 1, b""), "label is ''"),
        (LIAR, 12, changed_field(b"\t", 2, b"caf\xe9"), "byte 0xe9 is not UTF-8"),
        (LIAR, 13, changed_field(b"\t", 2, b"one\rtwo"), ".*new-line character"),
        (LIAR, 14, changed_field(b"\t", 2, b"x" * 140_000), ".*field larger than field limit"),
        (
            POLITIFACT,
            1,
            lambda row: row.replace(b"verdict", b"ruling"),
            "column 'verdict' is missing; found statement, ",
        ),
        (POLITIFACT, 1, lambda _: b"", "column 'statement' is missing"),
        (POLITIFACT, 9, lambda _: b"Too short,true", "2 fields, expected 8"),
        (POLITIFACT, 8, lambda _: b"A,barely-true,B,,,2020-01-01,,", "verdict is 'barely-true'"),
        (POLITIFACT, 4, lambda _: b"A,true,B,,,2021-02-30,,", "date is '2021-02-30', expected YYYY-MM-DD"),
        (POLITIFACT, 3, lambda _: b"A,true,B,,,20210203,,", "date is '20210203'"),
        (POLITIFACT, 2, lambda _: b"A,true,B,,,,,", "date is ''"),
        (POLITIFACT, 6, lambda _: b"A\xff,true,B,,,2020-01-01,,", "byte 0xff is not UTF-8"),
        (CLAIMBUSTER, 4, lambda row: row.replace(b'"', b"", 1), "not JSON"),
        (CLAIMBUSTER, 6, lambda _: b"\xff", "byte 0xff is not UTF-8"),
        (CHECKTHAT, 3, changed_field(b"\t", 2, b"Maybe"), "class_label is 'Maybe', expected one of Yes, No"),
        (CHECKTHAT, 91, lambda _: b"9\tNo label", "2 fields, expected 3"),
        (CHECKTHAT, 1, lambda row: row.replace(b"Text", b"text"), "column 'Text' is missing"),
        (SUBJECTIVITY, 2, changed_field(b"\t", 2, b"FACT"), "label is 'FACT', expected one of OBJ, SUBJ"),
        (SUBJECTIVITY, 4, lambda _: b"9\tNo label", "2 fields, expected 4"),
    ],
)
def test_a_malformed_row_is_named(
    miniature: Path, file: str, line: int, change: Callable[[bytes], bytes], complaint: str
) -> None:
    replace_line(miniature / file, line, change)
    refused(miniature, file, f", line {line}: {complaint}")


def test_lines_are_counted_as_an_editor_counts_them(miniature: Path) -> None:
    """Quoted line breaks and odd separators before the bad row must not shift its number."""
    path = miniature / POLITIFACT
    replace_line(path, 2, lambda _: '"One\ntwo\u2028three\x0bfour",true,Ann,,,2020-01-01,,'.encode())
    replace_line(path, 11, lambda _: b"A,maybe,B,,,2020-01-01,,")
    assert path.read_bytes().split(b"\n")[10].startswith(b"A,maybe")
    refused(miniature, POLITIFACT, ", line 11: verdict is 'maybe'")


@pytest.mark.parametrize(
    "entry",
    [
        {"label": "7", "text": "Unknown label."},
        {"label": "1"},
        {"text": "No label."},
        {"label": "1", "text": 3},
        "no object",
        None,
    ],
)
def test_a_malformed_entry_is_named(miniature: Path, entry: object) -> None:
    path = miniature / CLAIMBUSTER
    entries = json.loads(path.read_bytes())
    entries[4] = entry
    path.write_text(json.dumps(entries), encoding="utf-8")
    refused(miniature, CLAIMBUSTER, ", entry 5: needs a text and a label")


@pytest.mark.parametrize(
    "row",
    [
        b'{"label": "real"',
        b'{"label": "real"}',
        b'{"text": "A."}',
        b"[]",
        b"3",
        b"",
        b'{"label": "real", "text": 3}',
        b'"\xff"',
    ],
)
def test_a_malformed_article_is_named(miniature: Path, row: bytes) -> None:
    path = miniature / ARTICLES
    lines = gzip.decompress(path.read_bytes()).split(b"\n")
    lines[6] = row
    path.write_bytes(gzip.compress(b"\n".join(lines)))
    refused(miniature, ARTICLES, ", line 7: ")


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda content: content[: len(content) // 2], id="cut off"),
        pytest.param(lambda content: content[:40] + bytes([content[40] ^ 0xFF]) + content[41:], id="one flipped byte"),
        pytest.param(lambda content: content[:-8] + b"\0" * 8, id="wrong check sum"),
        pytest.param(gzip.decompress, id="not compressed"),
    ],
)
def test_damaged_articles(miniature: Path, damage: Callable[[bytes], bytes]) -> None:
    path = miniature / ARTICLES
    path.write_bytes(damage(path.read_bytes()))
    refused(miniature, ARTICLES, " cannot be read")


def test_empty_lines_are_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "table.tsv"
    path.write_text("a\tb\n\n1\t2\n\n\n3\t4\n", encoding="utf-8")
    rows = list(read_table(path, ["b"], quoted=False, separator="\t"))
    assert rows == [(3, {"a": "1", "b": "2"}), (6, {"a": "3", "b": "4"})]


def test_json_that_is_broken_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text('[\n {"a": 1},\n {"a": }\n]', encoding="utf-8")
    with pytest.raises(DataError, match=r"list\.json, line 3: not JSON"):
        read_json(path)


def test_the_folder_named_comes_first_then_the_environment_then_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named, environment, default = (tmp_path / name for name in ("named", "environment", "default"))
    monkeypatch.setattr(data_folder_module, "DEFAULT_FOLDER", default)
    monkeypatch.delenv("PLUMBLINE_DATA", raising=False)
    for path in (named, environment, default):
        path.mkdir()
    assert data_folder() == default
    monkeypatch.setenv("PLUMBLINE_DATA", str(environment))
    assert data_folder() == environment
    assert data_folder(named) == named
    monkeypatch.setenv("PLUMBLINE_DATA", "")
    assert data_folder() == default


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "nowhere", tmp_path / "file"):
        with pytest.raises(DataError, match="There is no data folder at") as caught:
            data_folder(path)
        assert "PLUMBLINE_DATA" in caught.value.hint
