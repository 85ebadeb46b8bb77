"""Symbols see what vectors blur: numbers, names, years, negations."""

from __future__ import annotations

import numpy as np
import pytest

from fake_news.detection.factchecks.claim_columns import ClaimColumns
from fake_news.detection.factchecks.claim_profile import profile, statement_profile
from fake_news.detection.factchecks.relation.features import FEATURES, StatementTerms, pair_features
from fake_news.detection.factchecks.relation.head import OUTCOMES
from fake_news.detection.factchecks.terms import TermTable

CLAIM = "The ferry to Oslo cost 40 million dollars in 2015, said nobody."


def features(statement: str, claim: str = CLAIM, names: str = "") -> dict[str, float]:
    columns = ClaimColumns.of([profile(claim)])
    hashes = np.unique(columns.terms.values)
    table = TermTable(hashes, np.ones(len(hashes), np.float32), np.isin(hashes, list(profile(names).terms)))
    head = np.full((1, len(OUTCOMES)), 1 / len(OUTCOMES), dtype=np.float32)
    rows = pair_features(
        StatementTerms.of(statement_profile(statement), table),
        np.array([0]),
        head,
        np.array([0.5], dtype=np.float32),
        columns,
        table,
    )
    assert rows.shape == (1, len(FEATURES))
    return dict(zip(FEATURES, rows[0].tolist(), strict=True))


@pytest.mark.parametrize(
    ("statement", "feature", "expected"),
    [
        ("The ferry to Oslo cost $40 million in 2015.", "numbers_agree", 2),
        ("The ferry to Oslo cost $40 million in 2015.", "numbers_clash", 0),
        ("The ferry to Oslo cost $90 million in 2015.", "numbers_clash", 1),
        ("The ferry to Oslo cost $40 million in 2011.", "years_clash", 1),
        ("The ferry to Oslo cost a lot.", "claim_numbers_missing", 2),
        ("The ferry to Bergen did not cost that.", "statement_negations", 1),
        ("Did the ferry cost that?", "statement_question", 1),
        ("The mayor falsely said that the ferry cost that.", "statement_distance", 1),
        ("The mayor said that the ferry cost that.", "statement_attribution", 1),
        ("Only the ferry cost that.", "only_statement_only", 1),
    ],
)
def test_a_feature_shows_what_it_is_named_for(statement: str, feature: str, expected: float) -> None:
    assert features(statement)[feature] == expected


def test_the_claim_word_for_word_is_covered() -> None:
    found = features(CLAIM)
    assert found["claim_covered"] == pytest.approx(1.0)
    assert found["statement_covered"] == pytest.approx(1.0)
    assert found["rarest_claim_term_missing"] == 0.0


def test_another_name_is_missing_on_both_sides() -> None:
    assert features("We took the ferry to Bergen.", "They took the ferry to Oslo.")["names_missing_on_both"] > 0.0
    assert features("We took the ferry to Oslo.", "They took the ferry to Oslo.")["names_missing_on_both"] == 0.0


def test_a_statement_without_terms_has_features_too() -> None:
    assert features("It is.")["claim_covered"] == 0.0


@pytest.mark.parametrize(
    ("statement", "is_swapped"),
    [
        ("Bob Day endorsed Ann Lee.", True),
        ("Ann Lee was endorsed by Bob Day.", True),
        ("In May, Bob Day endorsed Ann Lee.", True),
        ("In Oslo, Bob Day endorsed Ann Lee.", False),  # Oslo is taken for who does it: nothing is known
        ("Ann Lee endorsed Bob Day.", False),
        ("Bob Day was endorsed by Ann Lee.", False),
        ("Ann Lee has endorsed the senator Bob Day.", False),
        ("Bob Day endorsed nobody.", False),
        ("Critics of Ann Lee endorsed Bob Day.", False),
    ],
)
def test_swapped_roles_are_found(statement: str, is_swapped: bool) -> None:
    assert features(statement, "Ann Lee endorsed Bob Day.", "Ann Lee Bob Day")["roles_swapped"] == is_swapped


def test_a_passive_claim_is_read_from_its_other_end() -> None:
    claim = "Bob Day was openly endorsed by Ann Lee."
    assert features("Bob Day endorsed Ann Lee.", claim, "Ann Lee Bob Day")["roles_swapped"]
    assert not features("Ann Lee endorsed Bob Day.", claim, "Ann Lee Bob Day")["roles_swapped"]


def test_a_cue_on_both_sides_makes_no_difference() -> None:
    claim = "The photo of the ferry is a hoax."
    alone = features("The ferry is grey.", claim)
    assert (alone["only_claim_media"], alone["only_claim_debunk"], alone["only_statement_debunk"]) == (1, 1, 0)
    both = features("That picture of the ferry is fake.", claim)
    assert not any(value for name, value in both.items() if name.endswith(("_media", "_debunk")))
