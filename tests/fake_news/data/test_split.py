"""Splits: no text on two sides, the same for the same seed, whole or not there, written down."""

from __future__ import annotations

import csv
import hashlib
import json
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fake_news.common.errors import DataError
from fake_news.data.cleaning import HISTORY_COUNTS, letters_only
from fake_news.data.splitting.assign import DROPPED, PARTS, at_random, by_date, by_speaker
from fake_news.data.splitting.labelled import LABELLED, cleaned_rows
from fake_news.data.splitting.split import By, split
from fake_news.data.validation.schemas import SCHEMAS
from fake_news.runs.run_store import RunStore
from tests.fake_news.conftest import Run
from tests.fake_news.data.test_folder import changed_field
from tests.fake_news.miniature_data import replace_line

pytestmark = pytest.mark.lifecycle

SHARES = (0.70, 0.15, 0.15)
LIAR, POLITIFACT = "liar/train.tsv", "politifact/politifact_2007_2022.csv"


def read(folder: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of each part."""
    parts = {}
    for part in PARTS:
        with (folder / f"{part}.csv").open(encoding="utf-8", newline="") as stream:
            parts[part] = list(csv.DictReader(stream))
    return parts


@settings(max_examples=30)
@given(st.data())
def test_at_random_within_each_label(data: st.DataObject) -> None:
    count = data.draw(st.integers(40, 300))
    texts = np.array(data.draw(st.lists(st.integers(0, 400), min_size=count, max_size=count)), dtype=np.uint64)
    labels = (texts % 2).astype(np.int64)
    if min(len(np.unique(texts[labels == code])) for code in (0, 1) if (labels == code).any()) < 3:
        return
    if len(np.unique(labels)) < 2:
        return
    seed = data.draw(st.integers(0, 5))
    part = at_random(texts, labels, ["true", "false"], SHARES, seed)
    for text in np.unique(texts):
        assert len(np.unique(part[texts == text])) == 1
    for code in (0, 1):
        assert set(part[labels == code]) == {0, 1, 2}
    order = np.random.default_rng(1).permutation(count)
    assert (at_random(texts[order], labels[order], ["true", "false"], SHARES, seed) == part[order]).all()


def test_shares_are_met_within_each_label_and_seeds_differ() -> None:
    texts = np.arange(2000, dtype=np.uint64)
    labels = (np.arange(2000) % 10 == 0).astype(np.int64)
    part = at_random(texts, labels, ["often", "rarely"], SHARES, 0)
    assert np.bincount(part[labels == 0]).tolist() == [1260, 270, 270]
    assert np.bincount(part[labels == 1]).tolist() == [140, 30, 30]
    assert (part != at_random(texts, labels, ["often", "rarely"], SHARES, 1)).any()


def test_a_class_too_small_to_split() -> None:
    texts, labels = np.array([1, 2, 3, 4, 4, 5], dtype=np.uint64), np.array([0, 0, 0, 1, 1, 1])
    with pytest.raises(DataError, match="label 'false' has 2 different texts, too few for 3 parts"):
        at_random(texts, labels, ["true", "false"], SHARES, 0)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 12)), min_size=12, max_size=80), st.integers(0, 3))
def test_no_speaker_and_no_text_is_on_two_sides(rows: list[tuple[int, int]], seed: int) -> None:
    texts, speakers = (np.array(column, dtype=np.uint64) for column in zip(*rows, strict=True))
    try:
        part = by_speaker(texts, speakers, SHARES, seed)
    except DataError as error:
        assert "too few" in error.message  # noqa: PT017  # whether they hang together is what is drawn
        return
    for keys in (texts, speakers):
        for key in np.unique(keys):
            assert len(np.unique(part[keys == key])) == 1
    assert set(part) == {0, 1, 2}
    order = np.random.default_rng(2).permutation(len(rows))
    assert (by_speaker(texts[order], speakers[order], SHARES, seed) == part[order]).all()


def test_the_largest_speaker_goes_where_most_is_wanted() -> None:
    speakers = np.repeat(np.arange(31, dtype=np.uint64), [600, *[20] * 30])
    part = by_speaker(np.arange(1200, dtype=np.uint64), speakers, SHARES, 0)
    assert np.bincount(part).tolist() == [840, 180, 180]
    assert (part[:600] == 0).all()


def test_all_speakers_hang_together() -> None:
    with pytest.raises(DataError, match="1 groups of speakers"):
        by_speaker(np.array([1, 1, 2, 2], dtype=np.uint64), np.array([1, 2, 2, 3], dtype=np.uint64), SHARES, 0)


def test_the_past_comes_before_the_future_and_a_day_stays_together() -> None:
    days = np.array([*range(70), *[70] * 6, *range(71, 95)])
    order = np.random.default_rng(0).permutation(100)
    part = by_date(order.astype(np.uint64), days[order], SHARES)
    bounds = [(days[order][part == place].min(), days[order][part == place].max()) for place in range(3)]
    assert bounds[0][1] < bounds[1][0] <= bounds[1][1] < bounds[2][0]
    assert len(set(part[days[order] == 70])) == 1
    assert np.bincount(part).tolist() == [70, 15, 15]


def test_a_later_copy_of_an_earlier_text_is_dropped() -> None:
    texts = np.arange(100, dtype=np.uint64)
    texts[[80, 90, 95]] = [3, 80, 3]
    part = by_date(texts, np.arange(100), SHARES)
    assert np.flatnonzero(part == DROPPED).tolist() == [80, 95]
    assert part[[3, 90]].tolist() == [0, 2]  # of a dropped copy's copies nothing is known to an earlier part


def test_too_few_days() -> None:
    with pytest.raises(DataError, match="2 different days"):
        by_date(np.arange(9, dtype=np.uint64), np.repeat([1, 2], [8, 1]), SHARES)


@pytest.mark.parametrize("by", list(By))
def test_a_split_is_written_down_and_can_be_made_again(miniature_data: Path, tmp_path: Path, by: By) -> None:
    name = "politifact"
    manifest = split(name, miniature_data, tmp_path / "deep" / "one", by, seed=4)
    again = split(name, miniature_data, tmp_path / "two", by, seed=4)
    assert manifest == again
    one, two = tmp_path / "deep" / "one", tmp_path / "two"
    assert sorted(path.name for path in one.iterdir()) == [
        "manifest.json",
        "rows.csv",
        "test.csv",
        "train.csv",
        "valid.csv",
    ]
    assert all(path.read_bytes() == (two / path.name).read_bytes() for path in one.iterdir())
    parts, source = read(one), miniature_data / POLITIFACT
    told = json.loads((one / "manifest.json").read_bytes())
    assert (told["set"], told["by"], told["seed"], told["shares"]) == (name, by, 4, list(SHARES))
    assert told["data"] == {POLITIFACT: hashlib.sha256(source.read_bytes()).hexdigest()}
    for part, rows in parts.items():
        assert told["parts"][part]["rows"] == len(rows) > 0
        assert told["parts"][part]["labels"] == dict(sorted(Counter(row["label"] for row in rows).items()))
        assert told["parts"][part]["sha256"] == hashlib.sha256((one / f"{part}.csv").read_bytes()).hexdigest()
        assert told["parts"][part]["first_date"] == min(row["date"] for row in rows)
    letters = {part: {letters_only(row["text"]) for row in rows} for part, rows in parts.items()}
    assert not letters["train"] & (letters["valid"] | letters["test"])
    assert not letters["valid"] & letters["test"]
    with (one / "rows.csv").open(encoding="utf-8", newline="") as stream:
        listed = {row["id"]: row for row in csv.DictReader(stream)}
    assert len(listed) == sum(map(len, parts.values())) + told["dropped"]
    for part, rows in parts.items():
        for row in rows:
            assert listed[row["id"]]["part"] == part
            assert listed[row["id"]]["sha256"] == hashlib.sha256(letters_only(row["text"]).encode()).hexdigest()


def test_every_row_keeps_its_label_and_the_answer_is_not_among_the_columns(miniature: Path, tmp_path: Path) -> None:
    path = miniature / LIAR
    lines = path.read_bytes().splitlines(keepends=True)
    random.Random(0).shuffle(lines)
    path.write_bytes(b"".join(lines))
    split("liar", miniature, tmp_path / "out")
    source = [line.decode().rstrip("\n").split("\t") for line in lines]
    columns = ["id", "text", "label", "speaker", "title", "state", "party", "subjects", "context"]
    for rows in read(tmp_path / "out").values():
        for row in rows:
            assert list(row) == columns
            file, number = row["id"].split(":")
            if file == "train.tsv":
                fields = source[int(number) - 1]
                assert row["text"] == fields[2]
                assert row["label"] == fields[1].replace("barely-true", "mostly-false")
            assert (row["state"], row["party"], row["title"]) == ("Ohio", "not stated", "mayor")


def test_no_set_lets_the_answer_through() -> None:
    forbidden = {*HISTORY_COUNTS, "url", "title_of_ruling", "justification", "factcheck_date", "liar_label"}
    for name, source in LABELLED.items():
        assert not {column for column, _ in source.columns.values()} & forbidden
        assert SCHEMAS[name].tables[0].text
        assert SCHEMAS[name].tables[0].labels


@pytest.mark.parametrize(
    ("name", "file", "line", "change", "complaint"),
    [
        ("liar", LIAR, 9, changed_field(b"\t", 1, b"maybe"), "line 9: label is 'maybe', expected one of"),
        ("liar", LIAR, 10, changed_field(b"\t", 2, b"..."), "line 10: the statement has no letter"),
        ("politifact", POLITIFACT, 4, lambda _: b"A is B,true,C,,,2021-02-30,,", "line 4: date is '2021-02-30'"),
        ("politifact", POLITIFACT, 5, lambda _: b"A is B,NaN,C,,,2021-02-03,,", "line 5: verdict is 'NaN'"),
    ],
)
def test_a_row_that_cannot_be_split_is_named_and_nothing_is_left(
    miniature: Path,
    tmp_path: Path,
    name: str,
    file: str,
    line: int,
    change: Callable[[bytes], bytes],
    complaint: str,
) -> None:
    replace_line(miniature / file, line, change)
    with pytest.raises(DataError, match=complaint):
        split(name, miniature, tmp_path / "parts" / "out")
    assert not (tmp_path / "parts").exists() or list((tmp_path / "parts").iterdir()) == []


def test_what_cannot_be_split_so(miniature_data: Path, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(DataError, match="is there already"):
        split("liar", miniature_data, tmp_path / "there")
    with pytest.raises(DataError, match="rows of liar have no date"):
        split("liar", miniature_data, tmp_path / "out", By.DATE)
    with pytest.raises(DataError, match="not a set of texts with labels"):
        split("known_lie", miniature_data, tmp_path / "out")
    with pytest.raises(DataError, match=r"no \*.csv in"):
        split("covid_fake_news", miniature_data, tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["there"]


def test_a_set_is_read_as_a_stream(miniature: Path) -> None:
    rows = cleaned_rows("liar", miniature)
    replace_line(miniature / "liar" / "valid.tsv", 48, lambda _: b"not\tread\tyet")
    assert next(rows)["id"] == "test.tsv:1"


def test_the_command_splits_and_is_recorded(miniature_data: Path, command: Callable[..., Run], tmp_path: Path) -> None:
    output, runs = tmp_path / "out", tmp_path / "runs"
    arguments = ["--by", "date", "--seed", "3", "--shares", "6,2,2", "--output", output, "--runs", runs]
    run = command("data", "split", "politifact", "--data-dir", miniature_data, *arguments)
    assert (run.status, run.err) == (0, "")
    told = json.loads((output / "manifest.json").read_bytes())
    assert told["shares"] == [0.6, 0.2, 0.2]
    assert f"train {told['parts']['train']['rows']:>10,} rows, 2008-01-07 to " in run.out
    (record,) = RunStore(runs).all()[0]
    assert (record.command, record.seed, record.status.value) == ("data split", 3, "finished")
    assert record.metrics["train_rows"] == told["parts"]["train"]["rows"]
    assert record.notes["data"] == told["data"]
    assert {artefact.path for artefact in record.artefacts} == {output.as_posix()}
