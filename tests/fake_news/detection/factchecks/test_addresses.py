"""A ruling's address gives a title of what was checked, or none: never a number, a section or a code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_news.detection.factchecks.addresses import links_to, title_of_address
from fake_news.detection.verdict import LinksTo


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/factchecks/2019/apr/03/someone/wind-turbines-cause-cancer/", "Wind turbines cause cancer"),
        ("/fact-check/the-screw", "The screw"),
        ("/fact-check/slenderman/", "Slenderman"),
        ("/2020/04/is-5g-the-cause-of-covid-19.html", "Is 5g the cause of covid 19"),
        ("/news/moon_landing_faked.php?utm_source=mail#top", "Moon landing faked"),
        ("/fact-check-did-the-mayor-burn-ballots-1564964", "Did the mayor burn ballots"),
        ("/fact-checker-the-mayor-is-wrong/", "The mayor is wrong"),
        ("/story/news/factcheck/2021/05/18/no-the-dam-did-not-break/5119684001/", "No the dam did not break"),
        ("/a/the-dam-broke/30648835.html", "The dam broke"),
        ("/moon-landing-faked-2021-03-04", "Moon landing faked"),
        ("/moon-landing-faked-20210304/", "Moon landing faked"),
        ("/moon-landing-faked-3-4-2021/", "Moon landing faked"),
        ("/98765-moon-landing-faked", "Moon landing faked"),
        ("/moon-landing-faked-a1b2c3d4e5", "Moon landing faked"),
        ("/vaccines-killed-100000", "Vaccines killed 100000"),
        ("/what-happened-in-2016/", "What happened in 2016"),
        ("/NATO-Has-Left-Norway", "NATO Has Left Norway"),
        ("/l%E2%80%99%C3%A9cole-est-ferm%C3%A9e/", "L’école est fermée"),
        ("/%E0%A4%9A%E0%A4%BE%E0%A4%81%E0%A4%A6-%E0%A4%AA%E0%A4%B0/", "चाँद पर"),
    ],
)
def test_the_words_of_the_address_are_the_title(path: str, title: str) -> None:
    assert title_of_address(f"https://checks.example{path}") == title


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://checks.example",
        "https://checks.example/",
        "https://factcheck.afp.com/doc.afp.com.33AB",
        "https://factcheck.afp.com/doc.afp.com.9V3DG4",
        "https://checks.example/factchecks/",
        "https://checks.example/fact-checking/420/",
        "https://checks.example/news/index.html",
        "https://checks.example/12345",
        "https://checks.example/a3f9c2d18b/",
        "https://checks.example/K7R2Q9X/",
        "https://checks.example/?p=1234",
        "https://checks.example/elections/fact-check.html#/factcheck-96",
        "https://checks.example/%FF%FE-broken/",
        "https://www.politifact.com/personalities/viral-image/",
        "http://[broken/the-dam-broke",
    ],
)
def test_an_address_that_does_not_say_has_no_title(address: str) -> None:
    assert title_of_address(address) == ""


def test_words_that_the_publisher_cut_off_end_in_an_ellipsis() -> None:
    cut = (
        "https://www.politifact.com/factchecks/2018/jan/01/someone/the-mayor-is-wrong-about-the-spending-of-the-georg/"
    )
    assert title_of_address(cut) == "The mayor is wrong about the spending of the georg…"
    assert not title_of_address(cut.replace("-georg/", "/")).endswith("…")
    assert not title_of_address(cut.replace("politifact.com", "checks.example")).endswith("…")


@given(st.text())
def test_any_text_has_a_title_or_none(text: str) -> None:
    for address in (text, f"https://checks.example/{text}"):
        title = title_of_address(address)
        assert "\n" not in title
        assert title == title.strip()


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("https://www.politifact.com/personalities/viral-image/", LinksTo.SPEAKER),
        ("http://politifact.com/personalities/viral-image/", LinksTo.SPEAKER),
        ("https://www.politifact.com/factchecks/2019/apr/03/someone/the-dam-broke/", LinksTo.RULING),
        ("https://checks.example/personalities/viral-image/", LinksTo.RULING),
        ("", LinksTo.RULING),
    ],
)
def test_a_page_about_a_speaker_is_not_a_ruling(address: str, what: LinksTo) -> None:
    assert links_to(address) is what
