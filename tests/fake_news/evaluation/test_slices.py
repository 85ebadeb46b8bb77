"""The parts of a set that are measured by themselves."""

from __future__ import annotations

import numpy as np

from fake_news.data.statements import Statement
from fake_news.evaluation.evaluation_data import LiarColumns
from fake_news.evaluation.scored_statements import ScoredStatements, slices_by_column, slices_by_year

TEXTS = ["Onions cure colds.", "Onions do not cure colds.", "It is a myth that onions cure colds."]


def scored() -> ScoredStatements:
    statements = [Statement(text, "false", "Ann Lee", "2021-03-01") for text in TEXTS]
    return ScoredStatements("here", statements, np.array([False, True, True]), np.full(3, 0.5), np.zeros(3))


def test_statements_that_negate_are_measured_by_themselves() -> None:
    columns = [LiarColumns(frozenset(["health"]), "none")] * 3
    for slices in (slices_by_year(scored()), slices_by_column(scored(), columns, [])):
        chosen = dict(slices)
        assert chosen["with a negation"].tolist() == [False, True, True]
        assert chosen["without a negation"].tolist() == [True, False, False]
