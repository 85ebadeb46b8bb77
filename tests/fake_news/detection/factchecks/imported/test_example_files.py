"""Files of fact-checks as they occur: an example of each kind is read, or left out entry by entry with a reason."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.detection.factchecks.imported.file_import import Report, import_file

FILES = Path(__file__).parent / "files"
FERRY = "The ferry to Creek Island costs 40 dollars"
PIER = "The pier of Creek Island burned down in 1999"
PAGE = "https://example.org/x1"


class Row(NamedTuple):
    """What is kept of a fact-check."""

    text: str = FERRY
    publisher: str = "Creek Facts"
    rating: str = "False"
    speaker: str = ""
    claim_date: str = ""
    review_date: str = "2024-03-04"
    url: str = PAGE


UNDATED = Row(review_date="")
KINDS: dict[str, list[Row]] = {
    "author_arr.json": [Row()],
    "author_person_pub.json": [Row()],
    "author_str.json": [Row()],
    "b_claimobj.json": [Row()],
    "b_correct.json": [Row(rating="Mostly True", review_date="2024-05-01")],
    "b_expanded.json": [Row()],
    "b_hash.json": [
        Row("The ferry costs 40 dollars now", url="https://example.org/live#factcheck-1"),
        Row("The pier burned down in 1999 entirely", url="https://example.org/live#factcheck-2"),
    ],
    "b_lang.json": [Row()],
    "b_meedan.json": [Row(rating="0 on a scale of 0 to 1")],
    "b_meedan2.json": [Row(rating="0.5 on a scale of 0 to 1")],
    "b_microdata.json": [Row()],
    "b_nested.json": [Row()],
    "b_nourl_article.json": [Row()],
    "b_surr.json": [UNDATED],
    "bom16.json": [Row()],
    "c1.csv": [Row(url="https://example.org/1", review_date="2024-04-13")],
    "c_cp1252.csv": [
        Row("The mayor’s ferry to Creek Island costs 40 dollars", url="https://example.org/1", review_date="")
    ],
    "c_duke.csv": [Row(speaker="A mayor", claim_date="2024-03-01", url="https://example.org/1")],
    "c_google.csv": [Row(speaker="A mayor", claim_date="2024-03-01", url="https://example.org/1")],
    "c_pipe.csv": [UNDATED._replace(url="https://example.org/1")],
    "c_politifact.csv": [
        UNDATED._replace(
            publisher="example.org", rating="false", speaker="A mayor", url="https://example.org/1"
        )  # 3/1/2024 is January or March
    ],
    "c_semisep.csv": [UNDATED._replace(url="https://example.org/1")],
    "cdata.json": [Row()],
    "claim_arr.json": [Row(), Row(PIER)],
    "claim_missing_item.json": [Row()],
    "comment.json": [Row()],
    "concat.json": [Row(), Row(url="https://example.org/x2")],
    "conflict.json": [Row()],
    "ctrl.json": [Row()],
    "cw.json": [Row(speaker="A mayor", claim_date="2024-03-01")],
    "datafeed.json": [Row(), Row(PIER, publisher="creek.example", url="https://example.org/x2")],
    "dc2019.txt": [UNDATED._replace(url="https://example.org/1")],
    "dc2019.txt.gz": [UNDATED._replace(url="https://example.org/1")],
    "dup_http.json": [Row()],
    "ent.json": [Row("The ferry to Creek Island doesn't cost $40")],
    "ent2.json": [Row("Says the price of ferry tickets & pier fees doubled")],
    "google_api.json": [Row(speaker="A mayor", claim_date="2024-03-01", url="https://creek.example/ferry")],
    "google_pages.json": [Row(speaker="A mayor", claim_date="2024-03-01", url="https://creek.example/ferry")],
    "graph.json": [Row(speaker="A mayor", claim_date="2024-03-01")],
    "html.html": [Row()],
    "item_arr.json": [Row(speaker="A mayor")],
    "item_name.json": [Row()],
    "ldlist.json": [Row()],
    "media.json": [Row()],
    "multi.json": [Row(url="https://example.org/m"), Row(PIER, url="https://example.org/m")],
    "nan.json": [Row()],
    "noauthor_url.json": [Row(publisher="creekfacts.example")],
    "rv_altarr.json": [Row()],
    "rv_arr.json": [Row()],
    "rv_bestless.json": [Row(rating="2 on a scale of 1 to 6")],
    "rv_expl.json": [Row()],
    "rv_expl2.json": [Row(rating="This is false")],
    "rv_ff.json": [Row(rating="This is not correct")],
    "rv_img.json": [Row(rating="Pants on Fire!")],
    "rv_neg1.json": [Row()],
    "rv_only.json": [Row()],
    "rv_string.json": [Row(rating="1 on a scale of 1 to 5")],
    "rv_zero.json": [Row(rating="0 on a scale of 0 to 5")],
    "trailing.json": [Row()],
    "type_arr.json": [Row()],
    "url_arr.json": [Row()],
    "url_iri.json": [Row(url="https://example.org/fähre")],
    "url_none.json": [Row()],
    "url_none2.json": [Row()],
    "url_obj.json": [Row()],
    "ymd.json": [Row()],
}
LEFT_OUT = {
    "b_offscale.json": {"no rating": 1},
    "b_quotes.json": {"not JSON (Expecting ',' delimiter)": 1},
    "rss.xml": {"no ClaimReview": 1},
    "url_proto.json": {"the address (url) is not one of http or https": 1},
    "url_rel.json": {"the address (url) is not one of http or https": 1},
    "url_space.json": {"the address (url) holds characters that no address has": 1},
}
SEVERAL = {"b_null.json": 1, "b_dash.json": 44, "ratings_lang.json": 75, "tz.json": 20}


def rows(database: ImportedDatabase) -> list[Row]:
    with closing(sqlite3.connect(database.path)) as connection:
        return [Row(*row) for row in connection.execute(f"SELECT {', '.join(Row._fields)} FROM fact_checks")]


def read(name: str, database: ImportedDatabase) -> Report:
    return import_file(FILES / name, database)


def test_every_file_has_its_test() -> None:
    assert {path.name for path in FILES.iterdir()} == {*KINDS, *LEFT_OUT, *SEVERAL}


@pytest.mark.parametrize("name", KINDS)
def test_a_usable_entry_is_imported(name: str, database: ImportedDatabase) -> None:
    report = read(name, database)
    assert rows(database) == KINDS[name]
    assert not report.skipped


@pytest.mark.parametrize("name", LEFT_OUT)
def test_an_unusable_entry_is_left_out(name: str, database: ImportedDatabase) -> None:
    report = read(name, database)
    assert (report.added, report.skipped, list(report.first.values())) == (0, LEFT_OUT[name], [1])


@pytest.mark.parametrize("name", SEVERAL)
def test_files_of_several(name: str, database: ImportedDatabase) -> None:
    assert read(name, database).added == SEVERAL[name]


def test_a_null_costs_only_its_entry(database: ImportedDatabase) -> None:
    report = read("b_null.json", database)
    assert report.skipped == {"no rating": 1, "no address (url)": 1}
    assert report.first == {"no rating": 4, "no address (url)": 5}


def test_spellings_of_an_address_are_one_ruling(database: ImportedDatabase) -> None:
    report = read("dup_http.json", database)
    assert (report.added, report.known) == (1, 4)


def test_days_as_they_are_written(database: ImportedDatabase) -> None:
    read("tz.json", database)
    days = [row.review_date for row in rows(database)]
    assert set(days) == {"2024-03-04", ""}
    assert days.count("") == 5


def test_a_broken_entry_costs_only_itself(tmp_path: Path, database: ImportedDatabase) -> None:
    good, broken = (FILES / "rv_expl.json").read_text(), (FILES / "b_quotes.json").read_text()
    feed = ", ".join(f'{{"item": [{entry}]}}' for entry in (good, broken, good.replace("x1", "x2")))
    (tmp_path / "feed.json").write_text(f'{{"@type": "DataFeed", "dataFeedElement": [{feed}]}}')
    report = import_file(tmp_path / "feed.json", database)
    assert report.added == 2
    assert report.first == {"not JSON (Expecting ',' delimiter)": 2}


@pytest.mark.parametrize("size", [300_000, 30])
def test_a_wrong_byte_costs_nothing(size: int, tmp_path: Path, database: ImportedDatabase) -> None:
    good = (FILES / "rv_expl.json").read_bytes()
    other = good.replace(b"x1", b"x2").replace(b"The ferry to", b"The caf\xe9 of") + b" " * size
    (tmp_path / "feed.json").write_bytes(b"[" + good.replace(b"ferry", "fähre".encode()) + b"," + other + b"]")
    assert import_file(tmp_path / "feed.json", database).added == 2
    assert {row.text.split()[1] for row in rows(database)} == {"fähre", "café"}
