"""The shipped rulings as they were on an earlier day: what was known then is what can be learned from, and found."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from fake_news.common.arrays import BoolArray
from fake_news.common.errors import PlumblineError
from fake_news.detection.checkpoint import Checkpoint
from fake_news.detection.factchecks.claim_columns import ClaimColumns, Column
from fake_news.detection.factchecks.fact_check import RuledClaim
from fake_news.detection.factchecks.library import Library
from fake_news.detection.factchecks.matcher import Matcher
from fake_news.detection.factchecks.shipped_fact_checks import SECTION, ShippedFactChecks
from fake_news.detection.veracity.similar_rulings import FEATURES, RULING_LABELS
from fake_news.detection.verdict import Label
from fake_news.training.veracity.fit_similar_rulings import NearbyRulings, read_nearby
from fake_news.training.veracity.similar_statements import Statement


@dataclass(frozen=True)
class RulingsByDay:
    """The shipped rulings with their claims, the oldest first; the undated ones, of sets before 2023, come first.

    Attributes
    ----------
    days : of each ruling, ISO 8601
    """

    shipped: ShippedFactChecks
    days: Sequence[str]
    matcher: Matcher

    @classmethod
    def of(cls, shipped: ShippedFactChecks, claims: Sequence[RuledClaim]) -> RulingsByDay:
        """Those of a checkpoint.

        Parameters
        ----------
        claims : those of the data folder

        Raises
        ------
        PlumblineError
            If the checkpoint was built from others.
        """
        if [claim.fact_check.url for claim in claims] != list(shipped.rulings.urls):
            raise PlumblineError(
                f"The data folder has {len(claims)} fact-checks, and they are not the checkpoint's "
                f"{len(shipped.rulings)}.",
                "Build the index again: `python -m fake_news factchecks build`.",
            )
        matcher = Matcher(shipped.table, shipped.encoder, shipped.model, [])
        return cls(shipped, [claim.fact_check.date for claim in claims], matcher)

    def count_before(self, day: str) -> int:
        """How many rulings were published before a day."""
        return bisect_left(self.days, day)

    def library(self, count: int) -> Library:
        """The first so many rulings."""
        shipped = self.shipped
        return Library.of(_first(shipped.columns, count), shipped.vectors[:count], shipped.rulings, shipped.table)

    def read(self, statements: Sequence[Statement]) -> NearbyRulings:
        """What the rulings published before each statement tell of it; each has a day and a ruling of its own."""
        features = np.zeros((len(statements), len(FEATURES)))
        supported: dict[Label, BoolArray] = {label: np.zeros(len(statements), dtype=bool) for label in RULING_LABELS}
        by_month: dict[str, list[int]] = {}
        for row, statement in enumerate(statements):
            by_month.setdefault(statement.before[:7], []).append(row)
        for month, rows in sorted(by_month.items()):
            # The statements' own rulings are in the library, to tell their copies; nothing later takes a place.
            library = self.library(self.count_before(f"{month}-99"))
            found = read_nearby(self.matcher, library, [statements[row] for row in rows])
            features[rows] = found.features
            for label, of_label in found.supported.items():
                supported[label][rows] = of_label
        return NearbyRulings(features, supported)


def _first(columns: ClaimColumns, count: int) -> ClaimColumns:
    def part(column: Column) -> Column:
        return Column(column.start[: count + 1], column.values[: column.start[count]])

    return ClaimColumns(
        part(columns.terms),
        columns.term_marks[: columns.terms.start[count]],
        part(columns.quantities),
        columns.units[: columns.quantities.start[count]],
        part(columns.directions),
        columns.negations[:count],
        columns.marks[:count],
    )


def shipped_fact_checks(checkpoint: Checkpoint) -> ShippedFactChecks:
    """Read the fact-checks of a checkpoint.

    Raises
    ------
    PlumblineError
        If it has none.
    """
    shipped = ShippedFactChecks.read(checkpoint)
    if shipped is None:
        raise PlumblineError(
            f"The checkpoint at {checkpoint.path} has no fact-checks.",
            "Build the index: `python -m fake_news factchecks build`.",
        )
    return shipped


def without_index(checkpoint: Checkpoint) -> Checkpoint:
    """The checkpoint as if it had no fact-checks."""
    return replace(checkpoint, model={name: part for name, part in checkpoint.model.items() if name != SECTION})
