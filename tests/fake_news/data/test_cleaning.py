"""Cleaning steps: what is spelt in several ways becomes one, what is merely unusual stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_news.data.cleaning import (
    HISTORY_COUNTS,
    NOT_STATED,
    STATES,
    clean_label,
    clean_party,
    clean_state,
    clean_subjects,
    clean_text,
    clean_title,
    letters_only,
    office,
    without_history_counts,
)
from fake_news.data.statements import LIAR_COLUMNS, LIAR_RATINGS, SIX_WAY


def test_every_label_of_both_archives_becomes_one_of_six() -> None:
    assert {label: clean_label(label) for label in LIAR_RATINGS} == LIAR_RATINGS
    assert [clean_label(label) for label in SIX_WAY] == list(SIX_WAY)


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("Pants on Fire!", "pants-fire"),
        ("pants_on_fire", "pants-fire"),
        ("Barely True", "mostly-false"),
        (" Half-True ", "half-true"),
        ("TRUE", "true"),
        ("Full Flop", "full-flop"),
    ],
)
def test_labels(written: str, label: str) -> None:
    assert clean_label(written) == label


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("ohio", "Ohio"),
        ("Georgia  ", "Georgia"),
        ("Rhode island", "Rhode Island"),
        ("Virgina", "Virginia"),
        ("Tex", "Texas"),
        ("Washington, D.C. ", "District of Columbia"),
        ("Washington DC", "District of Columbia"),
        ("Washington state", "Washington"),
        ("PA - Pennsylvania", "Pennsylvania"),
        ("", NOT_STATED),
        ("N/A", NOT_STATED),
        ("None", NOT_STATED),
        ("Qatar", "Qatar"),
        ("Atlanta", "Atlanta"),
    ],
)
def test_states(written: str, state: str) -> None:
    assert clean_state(written) == state


def test_there_are_fifty_states_and_the_district() -> None:
    assert len(STATES) == len(set(STATES)) == 51
    assert [clean_state(state) for state in STATES] == STATES


@pytest.mark.parametrize(
    ("written", "party"),
    [
        ("republican", "republican"),
        ("Democrat", "democrat"),
        ("democratic-farmer-labor", "democrat"),
        ("none", NOT_STATED),
        ("", NOT_STATED),
        ("Moderate", "moderate"),
        ("talk-show-host", "talk-show-host"),
    ],
)
def test_parties(written: str, party: str) -> None:
    assert clean_party(written) == party


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("U.S. Senator", "U.S. senator"),
        ("U.S.  senator ", "U.S. senator"),
        ("US Senator", "U.S. senator"),
        ("U. S. Sen.", "U.S. senator"),
        ("U.S. Rep.", "U.S. representative"),
        ("State Rep", "state representative"),
        ("", NOT_STATED),
        ("N/A", NOT_STATED),
        ("Bus driver", "bus driver"),
    ],
)
def test_titles(written: str, title: str) -> None:
    assert clean_title(written) == title


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("U.S. Senator from Ohio", "senator"),
        ("Former senator", "senator"),
        ("U.S. House of Representatives", "congress"),
        ("Congressman", "congress"),
        ("State Senator", "state legislator"),
        ("Lieutenant governor-elect", "governor"),
        ("President", "president"),
        ("former president", "president"),
        ("President-Elect", "presidential candidate"),
        ("Vice president", "vice president"),
        ("Milwaukee County Executive", "local office"),
        ("Radio host", "media"),
        ("Social media posting", "posts"),
        ("President, Society of Brewers", "other"),
        ("Beekeeper", "other"),
        ("", NOT_STATED),
    ],
)
def test_offices(title: str, kind: str) -> None:
    assert office(title) == kind


def test_subjects_are_sorted_and_each_there_once() -> None:
    assert clean_subjects("taxes, Energy,,taxes ,elections") == ("elections", "energy", "taxes")
    assert clean_subjects("") == ()


def test_a_text_on_one_line_without_the_marks_around_it() -> None:
    assert clean_text(' "Says  bread &amp; wine\n got dearer."\u00a0') == "Says bread & wine got dearer."
    assert clean_text("cafe\u0301") == "caf\u00e9"


def test_copies_of_a_text_have_the_same_letters() -> None:
    assert letters_only("The mayor's “new” bridge.") == letters_only("the mayors  new bridge") == "themayorsnewbridge"
    assert letters_only("ﬁne Straße") == letters_only("FINE STRASSE")
    assert letters_only("10 per cent") != letters_only("100 per cent")


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    for step in (clean_state, clean_party, clean_title):
        assert step(step(text)) == step(text)


def test_a_row_without_the_counts_that_contain_its_answer() -> None:
    row = dict.fromkeys(LIAR_COLUMNS, "1")
    assert set(HISTORY_COUNTS) < set(row)
    left = without_history_counts(row)
    assert list(left) == [name for name in LIAR_COLUMNS if not name.endswith("_n")]
