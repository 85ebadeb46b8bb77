"""The published fact-checks of a data folder: each once, with address, label and one name for each publisher."""

from __future__ import annotations

import csv
import gzip
import json
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from fake_news.common.errors import DataError
from fake_news.data.fact_checks import Collection, load_fact_checks
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


def test_one_page_may_hold_several_claims_but_not_at_snopes(tmp_path: Path) -> None:
    publishers(
        tmp_path,
        row("The ferry sank twice in May."),
        row("The pier sank twice in May."),
        row("The ferry sank in the rain.", publisher="Snopes", url="https://www.snopes.com/fact-check/ferry/"),
        row("A ferry went down in rain.", "", publisher="Snopes", url="http://snopes.com/fact-check/ferry"),
    )
    assert len(load_fact_checks(tmp_path).claims) == 3


def test_of_two_rows_on_a_page_the_rated_one_is_kept(tmp_path: Path) -> None:
    url = "https://www.snopes.com/fact-check/ferry/"
    verified_snopes(
        tmp_path, {"title": "Did It Sink?", "date": "2 March 2022", "vclaim": "A ferry sank in rain.", "url": url}
    )
    assert only(load_fact_checks(tmp_path)).fact_check.rating == ""
    publishers(tmp_path, row("The ferry sank in the rain.", "mixture", publisher="Snopes", url=url))
    assert only(load_fact_checks(tmp_path)).fact_check.rating == "Mixture"


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


def test_an_address_is_found_by_the_words_of_the_claim(tmp_path: Path) -> None:
    archive(
        tmp_path,
        ["The ferry sank twice.", "false", "Ann Ott", "2023-02-08", "", "", "2023-02-08"],
        ["The pier sank twice.", "false", "Ann Ott", "2023-02-08", "", "", "2023-02-08"],
    )
    filled(tmp_path, ["“The ferry sank twice”", "2023-02-08", PAGE])
    collection = load_fact_checks(tmp_path)
    found = {claim.text: claim.fact_check for claim in collection.claims}
    assert found["The ferry sank twice."].url == PAGE
    assert found["The ferry sank twice."].review_date == "2023-02-11"
    assert found["The pier sank twice."].url == "https://www.politifact.com/personalities/ann-ott/"
    assert not found["The pier sank twice."].has_own_address
    assert (collection.counts["addresses_filled"], collection.counts["without_own_address"]) == (1, 1)


@pytest.mark.parametrize(
    ("speaker", "day", "path"),
    [
        ("Ann Ott", "2012-06-01", "2012/jun/02/ann-ott/again"),
        ("Ann Ott", "2019-03-01", "2019/mar/03/ann-ott/still"),
        ("Bo Lund", "2012-06-01", "2012/jun/02/bo-lund/also"),
        ("Ann Ott", "2015-10-01", "personalities/ann-ott"),
    ],
)
def test_of_several_addresses_speaker_and_day_decide(tmp_path: Path, speaker: str, day: str, path: str) -> None:
    archive(tmp_path, ["The ferry sank twice.", "false", speaker, day, "", "", day])
    pages = ("2012/jun/02/ann-ott/again", "2019/mar/03/ann-ott/still", "2012/jun/02/bo-lund/also")
    filled(
        tmp_path,
        *(["The ferry sank twice.", "", f"https://www.politifact.com/factchecks/{page}/"] for page in pages),
    )
    assert only(load_fact_checks(tmp_path)).fact_check.url.rstrip("/").endswith(path)


def test_addresses_and_titles_come_from_checkthat(tmp_path: Path) -> None:
    archive(tmp_path, ["The ferry sank twice.", "false", "Ann Ott", "2020-02-08", "", "", "2020-02-08"])
    both = {"speaker": "Ann Ott", "date": "stated on February 8, 2020 in a tweet:"}
    verified_politifact(
        tmp_path,
        {
            **both,
            "vclaim": "The ferry sank twice.",
            "truth_label": "false",
            "url": "/factchecks/2020/feb/11/ann-ott/x/",
            "title": "X",
        },
        {
            **both,
            "vclaim": "The pier has gone up.",
            "truth_label": "barely-true",
            "url": "/factchecks/2020/feb/12/ann-ott/y/",
            "title": "It “went” up",
        },
    )
    ferry, pier = load_fact_checks(tmp_path).claims
    assert ferry.fact_check.url == "https://www.politifact.com/factchecks/2020/feb/11/ann-ott/x/"
    assert (pier.headline, pier.fact_check.rating, pier.fact_check.label) == ("It “went” up", "Mostly False", "false")
    assert (pier.fact_check.claim_date, pier.fact_check.review_date) == ("2020-02-08", "2020-02-12")


def test_a_missing_set_is_counted_and_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
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
