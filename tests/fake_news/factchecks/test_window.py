"""The part of a statement that a claim could be: what is said besides does not count against it."""

from __future__ import annotations

import numpy as np
import pytest

from fake_news.factchecks.columns import ClaimColumns
from fake_news.factchecks.pair_features import FEATURES, pair_features
from fake_news.factchecks.profile import profile, statement_profile
from fake_news.factchecks.statement import Statement
from fake_news.factchecks.term_table import TermTable
from fake_news.factchecks.window import Windows

CLAIM = "The harbour bridge cost the town 40 million dollars."
LONG = (
    CLAIM[:-1]
    + ", and the stubborn mayor of Oldport sits all summer in his garden with tea, newspapers, cats and a gramophone"
)


@pytest.fixture(scope="module")
def table() -> TermTable:
    """A table that knows one term of no text: all terms of the tests are as rare, and mean nothing but themselves."""
    one = np.ones(1, dtype=np.float32)
    return TermTable(np.array([1], dtype=np.uint32), one, np.zeros((1, 2), dtype=np.int8), one, np.array([False]))


def test_of_whom_it_is_said_is_near() -> None:
    likeness = np.array([[0.0, 0.0, 0.0, 1.0, 1.0, 0.0]], dtype=np.float32)
    windows = Windows.of(likeness, np.ones(6, dtype=np.float32))
    assert windows.inside.tolist() == [[False, False, False, True, True, False]]
    assert windows.near.tolist() == [[False, True, True, True, True, False]]
    assert windows.reaches == [range(1, 6)]


def test_a_statement_that_says_one_thing_counts_as_a_whole() -> None:
    likeness = np.array([[0.0, 0.0, 0.0, 1.0, 1.0, 0.0]], dtype=np.float32)
    windows = Windows.of(likeness, np.array([0.5, 0.5, 0.5, 2.0, 2.0, 0.5], dtype=np.float32))
    assert windows.inside.sum() == 2
    assert windows.near.all()


def feature(name: str, statement: str, table: TermTable) -> float:
    said = Statement.of(statement_profile(statement), table)
    found = pair_features(said, np.array([0]), np.ones(1, np.float32), ClaimColumns.of([profile(CLAIM)]), table)
    return float(found[0, FEATURES.index(name)])


def test_the_window_is_where_the_likeness_is() -> None:
    likeness = np.array([[0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]], dtype=np.float32)
    windows = Windows.of(likeness, np.ones(7, dtype=np.float32))
    assert windows.inside.sum(axis=1).tolist() == [4, 1]


def test_a_rarer_stranger_parts_the_window() -> None:
    likeness = np.array([[1.0, 0.0, 1.0]], dtype=np.float32)
    assert Windows.of(likeness, np.array([1, 1, 1], dtype=np.float32)).inside.all()
    assert Windows.of(likeness, np.array([1, 4, 1.5], dtype=np.float32)).inside.tolist() == [[False, False, True]]


@pytest.mark.parametrize(
    ("statement", "differ"),
    [
        ("The harbour bridge cost the town 40 million dollars.", False),
        ("The harbour bridge did not cost the town 40 million dollars.", True),
        ("It is not true that the harbour bridge cost the town 40 million dollars.", True),
        (
            f"{LONG} and does not answer letters.",
            False,
        ),
        ("It is not true that, mark my words and remember all old sailors of summer evenings, " + LONG.lower(), True),
        (
            "Nobody hears old sailors of Oldport sing on summer evenings while horns, gulls and engines drown songs, "
            "but the harbour bridge cost the town 40 million dollars.",
            False,
        ),
    ],
)
def test_only_negations_of_what_the_claim_says_count(statement: str, differ: bool, table: TermTable) -> None:
    assert feature("negations_differ", statement, table) == differ


@pytest.mark.parametrize(
    ("statement", "clash"),
    [
        ("The harbour bridge cost the town 60 million dollars.", True),
        (
            f"{LONG} for 60 million years.",
            False,
        ),
    ],
)
def test_only_numbers_of_what_the_claim_says_count(statement: str, clash: bool, table: TermTable) -> None:
    assert feature("numbers_clash", statement, table) == clash


def test_who_is_quoted_makes_a_statement_no_longer(table: TermTable) -> None:
    plain, quoted = CLAIM, f"A spokeswoman for Ann Ott told reporters on Monday that {CLAIM}"
    for name in ("statement_terms", "length_ratio", "window_share", "negations_differ", "names_clash"):
        assert feature(name, quoted, table) == feature(name, plain, table), name


@pytest.mark.parametrize(
    ("statement", "clash"),
    [
        ("The harbour bridge cost the town 40 million dollars.", False),
        ("The harbour bridge cost Oldport 40 million dollars.", True),
        ("The Newport bridge cost the town 40 million dollars.", True),
        ("The Newport bridge cost Ashford 40 million dollars.", False),
        ("Mayor Ott said that the Newport bridge cost the town 40 million dollars.", True),
        ("Mayor Ott said that the bridge of Ashford cost the town 40 million dollars.", False),
    ],
)
def test_another_name_clashes_only_where_the_claim_names_one(statement: str, clash: bool, table: TermTable) -> None:
    said = Statement.of(statement_profile(statement), table)
    named = ClaimColumns.of([profile("The bridge of Ashford cost the town 40 million dollars.")])
    found = pair_features(said, np.array([0]), np.ones(1, np.float32), named, table)
    assert bool(found[0, FEATURES.index("names_clash")]) is clash
