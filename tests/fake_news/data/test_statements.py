"""LIAR and the PolitiFact archive."""

from __future__ import annotations

from pathlib import Path

import pytest

from fake_news.data.statements import SIX_WAY, Statement, load_liar, load_politifact
from tests.fake_news.miniature_data import RATINGS, replace_line


def liar_row(identifier: str, label: str, statement: str) -> bytes:
    fields = [identifier, label, statement, "roads", "ann-ott", "Mayor", "Ohio", "none", *"12345", "a speech"]
    return "\t".join(fields).encode()


def test_every_row_of_liar_keeps_its_label(miniature: Path) -> None:
    statements = load_liar(miniature, "train")
    lines = (miniature / "liar" / "train.tsv").read_text(encoding="utf-8").splitlines()
    assert len(statements) == len(lines) == 90
    for position, (statement, line) in enumerate(zip(statements, lines, strict=True)):
        identifier, _, text, *_ = line.split("\t")
        assert (statement.identifier, statement.text) == (identifier, text)
        assert (statement.rating, statement.speaker, statement.date) == (RATINGS[position % 6], "ann-ott", "")


def test_barely_true_is_mostly_false_today(miniature: Path) -> None:
    third = load_liar(miniature, "valid")[2]
    assert b"\tbarely-true\t" in (miniature / "liar" / "valid.tsv").read_bytes().split(b"\n")[2]
    assert (third.rating, third.is_true) == ("mostly-false", False)


@pytest.mark.parametrize("text", ['"He sold the bridge', 'He said "no', 'the "old" bridge"', '"', '""quoted""', "'"])
def test_an_unbalanced_quotation_mark_swallows_no_neighbour(miniature: Path, text: str) -> None:
    before = load_liar(miniature, "train")
    replace_line(miniature / "liar" / "train.tsv", 40, lambda _: liar_row("odd.json", "true", text))
    after = load_liar(miniature, "train")
    assert after[39] == Statement(text, "true", "ann-ott", identifier="odd.json")
    assert after[:39] + after[40:] == before[:39] + before[40:]


@pytest.mark.parametrize("separator", ["\u2028", "\x85", "\x0b", "\x1c"])
def test_what_only_python_takes_for_a_line_break_ends_no_row(miniature: Path, separator: str) -> None:
    text = f"one{separator}two"
    replace_line(miniature / "liar" / "test.tsv", 3, lambda _: liar_row("odd.json", "false", text))
    statements = load_liar(miniature, "test")
    assert len(statements) == 48
    assert statements[2].text == text


@pytest.mark.parametrize("line_end", [b"\r\n", b"\n"])
def test_line_ends_of_every_system(miniature: Path, line_end: bytes) -> None:
    path = miniature / "liar" / "test.tsv"
    before = load_liar(miniature, "test")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", line_end))
    assert load_liar(miniature, "test") == before


def test_the_archive_comes_oldest_first_with_text_rating_and_speaker(tmp_path: Path) -> None:
    path = tmp_path / "politifact" / "politifact_2007_2022.csv"
    path.parent.mkdir()
    path.write_text(
        "statement,verdict,speaker,stated_date,date,liar_id\n"
        '"Bread, wine and ""cake"" got\ndearer.",half-true,Facebook posts,,2021-03-04,\n'
        "One\u2028line.,pants-fire,Ann Ott,,2008-02-29,7.json\n",
        encoding="utf-8",
    )
    assert load_politifact(tmp_path) == [
        Statement("One\u2028line.", "pants-fire", "Ann Ott", "2008-02-29", "7.json"),
        Statement('Bread, wine and "cake" got\ndearer.', "half-true", "Facebook posts", "2021-03-04", ""),
    ]


def test_the_three_three_mapping() -> None:
    assert [rating for rating in SIX_WAY if Statement("", rating, "").is_true] == ["half-true", "mostly-true", "true"]
    assert list(SIX_WAY) == RATINGS
    assert list(SIX_WAY.values()) == list(range(6))


@pytest.mark.parametrize(
    ("speaker", "is_viral"),
    [
        ("Facebook posts", True),
        ("Viral image", True),
        ("Tweets", True),
        ("Bloggers", True),
        ("Chain email", True),
        ("Instagram posts", True),
        ("Ann Ott", False),
        ("National Board of Brewers", False),
        ("Tweetsie Railroad", False),
    ],
)
def test_viral_speakers(speaker: str, is_viral: bool) -> None:
    assert Statement("", "true", speaker).is_viral is is_viral


@pytest.mark.data
def test_liar_is_read_whole(data_dir: Path) -> None:
    counts = {split: len(load_liar(data_dir, split)) for split in ("train", "valid", "test")}
    assert counts == {"train": 10269, "valid": 1284, "test": 1283}


@pytest.mark.data
def test_politifact_is_read_whole(data_dir: Path) -> None:
    assert len(load_politifact(data_dir)) == 22424
