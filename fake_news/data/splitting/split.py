"""Splitting a set of any size: one pass that keeps a few bytes a row, and one that writes the parts.

Besides ``train.csv``, ``valid.csv`` and ``test.csv`` it writes ``manifest.json``, which documents the split, and
``rows.csv`` with the SHA-256 of every row's text and its part: with it, anybody who has the set can reproduce the split
and check that no text is in two parts.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from array import array
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np

from fake_news.common.arrays import IntArray
from fake_news.common.errors import DataError
from fake_news.common.progress import Progress, no_progress
from fake_news.data.catalogue import sha256_of
from fake_news.data.cleaning import letters_only
from fake_news.data.splitting.assign import DROPPED, PARTS, Shares, at_random, by_date, by_speaker
from fake_news.data.splitting.labelled import cleaned_rows, files_of, labelled_set
from fake_news.data.validation.validate import text_hash

MANIFEST, ROWS = "manifest.json", "rows.csv"


class By(StrEnum):
    """What decides the part of a row."""

    RANDOM = "random"
    DATE = "date"
    SPEAKER = "speaker"


@dataclass
class Part:
    """The contents of one part of a split."""

    rows: int = 0
    labels: dict[str, int] = field(default_factory=dict)
    first_date: str = ""
    last_date: str = ""
    sha256: str = ""

    def count(self, row: dict[str, str]) -> None:
        """Count a row of the part."""
        self.rows += 1
        self.labels[row["label"]] = self.labels.get(row["label"], 0) + 1
        if day := row.get("date", ""):
            self.first_date = min(self.first_date or day, day)
            self.last_date = max(self.last_date, day)


@dataclass(frozen=True)
class Manifest:
    """How a split was made, from what, and its parts; ``dropped`` counts later copies of earlier texts."""

    name: str
    by: By
    seed: int
    shares: Shares
    data: dict[str, str]
    parts: dict[str, Part]
    dropped: int

    def as_json(self) -> dict[str, Any]:
        """The manifest as plain values, labels in the order of their names."""
        plain = asdict(self)
        for part in plain["parts"].values():
            part["labels"] = dict(sorted(part["labels"].items()))
        return {"set": plain.pop("name"), **plain}


def split(
    name: str,
    folder: Path,
    output: Path,
    by: By = By.RANDOM,
    shares: Shares = (0.70, 0.15, 0.15),
    seed: int = 0,
    progress: Progress = no_progress,
) -> Manifest:
    """Split the set ``name`` of the data folder into the new folder ``output``, which appears when it is complete.

    Raises
    ------
    DataError
        If the set cannot be read or split in this way, or the folder exists already or cannot be written.
    """
    if output.exists():
        raise DataError(f"{output} is there already.", "Name another --output, or remove it.")
    source = labelled_set(name)
    if by != By.RANDOM and by.value not in source.columns:
        raise DataError(f"The rows of {name} have no {by.value}.", "Split it at random.")
    data = {path.relative_to(folder).as_posix(): sha256_of(path) for path in files_of(name, folder)}
    parts = _assign(name, folder, by, shares, seed, progress)
    aside = output.with_name(f".{output.name}.unfinished")
    try:
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        counted = _write(name, folder, aside, parts, progress)
        for part in PARTS:
            counted[part].sha256 = sha256_of(aside / f"{part}.csv")
        manifest = Manifest(name, by, seed, shares, data, counted, int((parts == DROPPED).sum()))
        text = json.dumps(manifest.as_json(), indent=1, ensure_ascii=False) + "\n"
        (aside / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
        aside.rename(output)
    except OSError as error:
        raise DataError(f"{output} cannot be written ({error.strerror}).", "Name another --output.") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return manifest


def _assign(name: str, folder: Path, by: By, shares: Shares, seed: int, progress: Progress) -> IntArray:
    """The first pass: find the part of every row."""
    texts, labels, keys = array("Q"), array("B"), array("Q")
    names: dict[str, int] = {}
    for number, row in enumerate(cleaned_rows(name, folder), start=1):
        texts.append(text_hash(row["text"]))
        labels.append(names.setdefault(row["label"], len(names)))
        if by == By.SPEAKER:
            keys.append(text_hash(row["speaker"]))
        elif by == By.DATE:
            keys.append(date.fromisoformat(row["date"]).toordinal())
        if number % 1000 == 0:
            progress(number, None)
    hashes, groups = np.array(texts, dtype=np.uint64), np.array(keys, dtype=np.uint64)
    if not len(hashes):
        raise DataError(f"{name} has no rows.", "Download it again: `python -m fake_news data fetch`.")
    if by == By.SPEAKER:
        return by_speaker(hashes, groups, shares, seed)
    if by == By.DATE:
        return by_date(hashes, groups.astype(np.int64), shares)
    ordered = sorted(names)  # not in the order of the rows
    codes = np.array([ordered.index(label) for label in names])[np.array(labels)]
    return at_random(hashes, codes, ordered, shares, seed)


def _write(name: str, folder: Path, aside: Path, parts: IntArray, progress: Progress) -> dict[str, Part]:
    """The second pass: write every row into its part, and its hash into ``rows.csv``."""
    counted = {part: Part() for part in PARTS}
    names = labelled_set(name).names
    with ExitStack() as opened:
        files = [opened.enter_context(_new(aside / f"{part}.csv")) for part in (*PARTS, ROWS.removesuffix(".csv"))]
        tables = [csv.writer(file, lineterminator="\n") for file in files]
        for table in tables[:-1]:
            table.writerow(names)
        tables[-1].writerow(["id", "part", "sha256"])
        for number, (row, part) in enumerate(zip(cleaned_rows(name, folder), parts, strict=True), start=1):
            place = "dropped" if part == DROPPED else PARTS[part]
            digest = hashlib.sha256(letters_only(row["text"]).encode()).hexdigest()
            tables[-1].writerow([row["id"], place, digest])
            if part != DROPPED:
                tables[part].writerow(row.values())
                counted[place].count(row)
            if number % 1000 == 0:
                progress(number, len(parts))
    return counted


def _new(path: Path) -> Any:
    return path.open("w", encoding="utf-8", newline="")
