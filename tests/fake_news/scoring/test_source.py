"""What a file of rows may be, and what is said about one that is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fake_news.common.errors import DataError, PlumblineError
from fake_news.scoring.source import Source, open_source

pa = pytest.importorskip("pyarrow", reason="needs the packages of the extra `parquet`")
import pyarrow.parquet as pq  # noqa: E402

Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def texts(source: Source) -> list[str | None]:
    return [source.text(row) for _, row in source.read()]


def opened(path: Path, column: str | None = None, encoding: str = "utf-8") -> Source:
    return open_source(path, column, encoding)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("id,text\n1,The ferry sank.\n2,“Naïve” bells\n".encode(), "utf-8"),
        ("\ufeffid,text\r\n1,The ferry sank.\r\n2,“Naïve” bells\r\n".encode(), "utf-8"),
        ("id,text\n1,The ferry sank.\n2,“Naïve” bells\n".encode("cp1252"), "cp1252"),
        ("id,text\n1,The ferry sank.\n2,“Naïve” bells\n".encode("utf-16"), "utf-16"),
    ],
)
def test_encodings(content: bytes, encoding: str, write: Write) -> None:
    assert texts(opened(write("a.csv", content), encoding=encoding)) == ["The ferry sank.", "“Naïve” bells"]


def test_quoted_line_ends_quotation_marks_and_empty_lines(write: Write) -> None:
    source = opened(write("a.csv", 'text,n\n"Two\nlines, ""quoted""",1\n\n"",2\n  ,3\n'))
    assert source.rows == 3
    assert texts(source) == ['Two\nlines, "quoted"', None, None]
    assert [number for number, _ in source.read()] == [3, 5, 6]


def test_json_lines_with_other_columns_nothing_and_nan(write: Write) -> None:
    lines = ['{"text": "One.", "n": [1, {"a": null}]}', "", '{"text": null}', '{"text": NaN, "extra": 1}', '{"n": 2}']
    source = opened(write("a.jsonl", "\n".join(lines)))
    assert (source.columns, source.rows) == (("text", "n", "extra"), 4)
    assert texts(source) == ["One.", None, None, None]


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table({"n": [1, 2, 3], "claim": ["One.", None, " "]})
    pq.write_table(table, path)
    source = opened(path)
    assert (source.text_column, source.rows) == ("claim", 3)
    assert texts(source) == ["One.", None, None]
    pq.write_table(pa.table({"text": [1, 2]}), path)
    with pytest.raises(DataError, match="line 1: text is 1, not a text"):
        opened(path)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(DataError, match="not Parquet, or damaged"):
        opened(path)


def test_parquet_needs_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(PlumblineError, match="Parquet needs pyarrow"):
        opened(tmp_path / "a.parquet")


@pytest.mark.parametrize(
    ("columns", "named", "expected"),
    [
        (["n", "Statement"], None, "Statement"),
        (["anything"], None, "anything"),
        (["text", "claim"], "claim", "claim"),
        (["text", "claim"], None, "text and claim could both; it has text, claim. Name it with --text-column"),
        (["n", "m"], None, "none has a name that says so"),
        (["n", "text"], "txt", "no column 'txt'; it has n, text. Name another with --text-column"),
    ],
)
def test_which_column_holds_the_texts(columns: list[str], named: str | None, expected: str, write: Write) -> None:
    path = write("a.csv", f"{','.join(columns)}\n{','.join('x' * len(columns))}\n")
    try:
        assert opened(path, named).text_column == expected
    except DataError as error:
        assert expected in str(error)  # noqa: PT017 - one of both comes


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.txt", "text\nx\n", "a.txt ends in none of .csv, .jsonl, .ndjson, .parquet"),
        ("a.csv", "", "holds no rows"),
        ("a.csv", "text\n", "holds no rows"),
        ("a.csv", "text,n\na,1\nb\n", "line 3: 1 fields, expected 2"),
        ("a.csv", "text,text\na,b\n", "line 1: a column 'text' stands 2 times"),
        ("a.csv", "text,\na,b\n", "line 1: a column '' has no name"),
        ("a.csv", 'text\n"never closed\nb\n', "is a quotation mark not closed"),
        ("a.csv", b"text\nfine\n\xe9t\xe9\n", "line 3: byte 0xe9 is not utf-8. Save the file in one encoding"),
        ("a.csv", "text\nx\n".encode("utf-16"), "--encoding utf-16"),
        ("a.jsonl", '{"text": "a"}\n{"text": "b"\n', "line 2: not JSON"),
        ("a.jsonl", '{"text": "a"}\n[1]\n', "line 2: '[1]' is not an object"),
        ("a.jsonl", '{"text": "a"}\n{"text": 5}\n', "line 2: text is 5, not a text"),
        ("a.jsonl", "[" * 100_000, "line 1: not JSON"),
        ("a.jsonl", b'{"text": "a"}\n{"text": "\xff"}\n', "line 2: byte 0xff is not utf-8"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_one_line(
    name: str, content: str | bytes, complaint: str, write: Write
) -> None:
    path = write(name, content)
    with pytest.raises(DataError) as caught:
        opened(path)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_not_there(tmp_path: Path, write: Write) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        opened(tmp_path / "none.csv")
    with pytest.raises(DataError, match="no encoding 'klingon'"):
        opened(write("a.csv", "text\na\n"), encoding="klingon")


def test_reading_holds_no_more_than_a_row(write: Write) -> None:
    """The first row is there before the last is looked at, even where that is no row."""
    path = write("a.jsonl", "\n".join([json.dumps({"text": "a"}), "no row"]))
    rows: Any = Source(path, ("text",), "text", 2, "utf-8").read()
    assert next(rows) == (1, {"text": "a"})
    with pytest.raises(DataError, match="line 2"):
        next(rows)
