"""The address of each published fact-check: found, filled in, and shared by no two but round-ups."""

from __future__ import annotations

from pathlib import Path

import pytest

from fake_news.data.fact_checks import load_fact_checks
from tests.fake_news.data.fact_check_sets import (
    PAGE,
    archive,
    filled,
    only,
    publishers,
    row,
    verified_politifact,
    verified_snopes,
)


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
