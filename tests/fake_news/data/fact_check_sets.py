"""Small sets of published fact-checks, each in the form of the set it is named after."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Sequence
from pathlib import Path

from fake_news.data.fact_checks import Collection
from fake_news.detection.factchecks.fact_check import RuledClaim

PAGE = "https://www.politifact.com/factchecks/2023/feb/11/ann-ott/ferry-sank/"
ARCHIVE = "statement verdict speaker stated_date factcheck_date url date".split()
PUBLISHERS = "claim rating publisher url review_date speaker claim_date headline".split()


def write_table(path: Path, columns: Sequence[str], *rows: Sequence[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([columns, *rows])


def archive(folder: Path, *rows: Sequence[str], name: str = "politifact_2023_2024.csv") -> None:
    write_table(folder / "politifact" / name, ARCHIVE, *rows)


def publishers(folder: Path, *rows: Sequence[str]) -> None:
    write_table(folder / "fact_checks_2021_2025" / "fact_checks.csv", PUBLISHERS, *rows)


def filled(folder: Path, *rows: Sequence[str]) -> None:
    write_table(folder / "fact_checks_2021_2025" / "politifact_url_fill.csv", ["statement", "date", "url"], *rows)


def verified_politifact(folder: Path, *rows: dict[str, str]) -> None:
    path = folder / "checkthat_2022_task2" / "2b_vclaims_politifact.jsonl.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()))


def verified_snopes(folder: Path, *rows: dict[str, str]) -> None:
    path = folder / "checkthat_2022_task2" / "2a_vclaims_snopes.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def only(collection: Collection) -> RuledClaim:
    (claim,) = collection.claims
    return claim


def row(
    claim: str, rating: str = "False", publisher: str = "River Facts", url: str = "https://r.example/1"
) -> list[str]:
    return [claim, rating, publisher, url, "2024-05-06", "Bo Lund", "2024-05-01", "The ferry floats"]
