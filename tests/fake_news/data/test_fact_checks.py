"""The published fact-checks of a data folder: each once, with its fields, label and one name for each publisher."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from fake_news.common.errors import DataError
from fake_news.data.fact_checks import load_fact_checks
from tests.fake_news.data.fact_check_sets import (
    PAGE,
    archive,
    only,
    publishers,
    row,
    verified_snopes,
)


def test_the_later_archive_is_read(tmp_path: Path) -> None:
    archive(tmp_path, ["“The ferry sank twice.”", "pants-fire", "Ann Ott", "2023-02-08", "", PAGE, "2023-02-08"])
    claim = only(load_fact_checks(tmp_path))
    assert claim.text == "The ferry sank twice."
    assert claim.headline == "ferry sank"
    ruling = claim.fact_check
    assert (ruling.publisher, ruling.rating, ruling.label, ruling.speaker) == (
        "PolitiFact",
        "Pants on Fire",
        "false",
        "Ann Ott",
    )
    assert (ruling.claim_date, ruling.review_date) == ("2023-02-08", "2023-02-11")
    assert ruling.has_own_address


def test_a_row_of_a_publisher_has_all_its_fields(tmp_path: Path) -> None:
    publishers(tmp_path, row("The ferry sank twice in May."))
    claim = only(load_fact_checks(tmp_path))
    assert claim.headline == "The ferry floats"
    ruling = claim.fact_check
    assert (ruling.publisher, ruling.speaker, ruling.claim_date, ruling.review_date) == (
        "River Facts",
        "Bo Lund",
        "2024-05-01",
        "2024-05-06",
    )


@pytest.mark.parametrize(
    ("rating", "short", "label"),
    [
        ("False. That claim began as a joke of the ferry's captain.", "False", "false"),
        ("mostly-false", "Mostly False", "false"),
        ("", "", None),
        ("Needs context", "Needs context", None),
        (
            f"The captain says {'very ' * 40}little about it",
            "The captain says very very very very very very very very …",
            None,
        ),
    ],
)
def test_ratings_are_short_and_labelled(tmp_path: Path, rating: str, short: str, label: str | None) -> None:
    publishers(tmp_path, row("The ferry sank twice in May.", rating))
    ruling = only(load_fact_checks(tmp_path)).fact_check
    assert (ruling.rating, ruling.label) == (short, label)


def test_counts_say_what_became_of_the_rows(tmp_path: Path) -> None:
    publishers(
        tmp_path,
        row("The ferry sank twice in May."),
        row("The ferry sank twice, in May", url="https://other.example/ferry"),
        row("The ferry is made of butter.", rating="", url=""),
        row("The ferry has a rating of none.", rating="", url="https://r.example/2"),
        row("Las gaviotas se comen el pan de los niños en la playa.", url="https://r.example/3"),
        row("Паром утонул два раза", url="https://r.example/4"),
        row("ferry!", url="https://r.example/5"),
    )
    counts = load_fact_checks(tmp_path).counts
    assert {
        name: counts[name]
        for name in (
            "rows",
            "duplicates",
            "without_address",
            "without_rating",
            "without_label",
            "not_english",
            "without_claim",
            "fact_checks",
        )
    } == {
        "rows": 7,
        "duplicates": 1,
        "without_address": 1,
        "without_rating": 1,
        "without_label": 1,
        "not_english": 2,
        "without_claim": 1,
        "fact_checks": 2,
    }


def test_publishers_have_one_name(tmp_path: Path) -> None:
    publishers(
        tmp_path,
        row("The ferry sank twice in May.", publisher="Snopes.com", url="https://www.snopes.com/fact-check/a/"),
        row("The pier sank twice in May.", publisher="snopes", url="https://www.snopes.com/fact-check/b/"),
        row("The town sank twice in May.", publisher="Washington Post", url="https://w.example/c"),
    )
    found = [claim.fact_check.publisher for claim in load_fact_checks(tmp_path).claims]
    assert sorted(found) == ["Snopes", "Snopes", "The Washington Post"]


def test_snopes_of_2022_has_a_day_and_a_headline(tmp_path: Path) -> None:
    verified_snopes(
        tmp_path,
        {
            "title": "Did It Sink?",
            "date": "2 March 2022",
            "vclaim": "A ferry sank in rain.",
            "url": "https://s.example",
        },
    )
    claim = only(load_fact_checks(tmp_path))
    assert (claim.headline, claim.fact_check.review_date, claim.fact_check.label) == (
        "Did It Sink?",
        "2022-03-02",
        None,
    )


def test_the_days_of_ap_are_the_claims(tmp_path: Path) -> None:
    publishers(tmp_path, [*row("The ferry sank twice in May.", publisher="AP")[:4], "2022-03-04", "", "", ""])
    ruling = only(load_fact_checks(tmp_path)).fact_check
    assert (ruling.publisher, ruling.claim_date, ruling.review_date) == ("AP News", "2022-03-04", "")


def test_a_missing_set_is_counted_and_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    publishers(tmp_path, row("The ferry sank twice in May."))
    with caplog.at_level(logging.WARNING):
        counts = load_fact_checks(tmp_path).counts
    assert counts["missing_sets"] == len(caplog.records) == 8
    assert any("politifact_2007_2022.csv" in record.getMessage() for record in caplog.records)


def test_no_set_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="No fact-checks"):
        load_fact_checks(tmp_path)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: archive(folder, ["The ferry sank.", "maybe", "Ann", "", "", "", ""]),
        lambda folder: verified_snopes(folder, {"title": "No claim"}),
        lambda folder: (
            (folder / "checkthat_2022_task2").mkdir()
            or (folder / "checkthat_2022_task2" / "2b_vclaims_politifact.jsonl.gz").write_bytes(b"not gzip")
        ),
    ],
)
def test_a_malformed_set_is_an_error(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    spoil(tmp_path)
    with pytest.raises(DataError, match=r"politifact_2023|2a_vclaims|2b_vclaims"):
        load_fact_checks(tmp_path)
