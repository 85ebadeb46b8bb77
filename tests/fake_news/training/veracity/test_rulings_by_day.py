"""The rulings as they were on an earlier day hold nothing of what was published later."""

from __future__ import annotations

import numpy as np
import pytest

from fake_news.common.errors import PlumblineError
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.detection.factchecks.fact_check import RuledClaim
from fake_news.detection.factchecks.shipped_fact_checks import ShippedFactChecks
from fake_news.detection.veracity.similar_rulings import FEATURES
from fake_news.detection.verdict import Label
from fake_news.training.veracity.rulings_by_day import RulingsByDay
from fake_news.training.veracity.similar_statements import Statement


@pytest.fixture(scope="module")
def by_day() -> RulingsByDay:
    """The shipped rulings, of whose claims only the rulings count here."""
    shipped = ShippedFactChecks.read(read_checkpoint(current_checkpoint()))
    assert shipped is not None
    claims = [RuledClaim("", "", shipped.rulings[row]) for row in range(len(shipped.rulings))]
    return RulingsByDay.of(shipped, claims)


def test_an_earlier_library_holds_what_was_published_before(by_day: RulingsByDay) -> None:
    count = by_day.count_before("2023-01-01")
    library = by_day.library(count)
    assert 0 < count == len(library.columns) == len(library.vectors) < len(by_day.days)
    assert by_day.days[count - 1] < "2023-01-01" <= by_day.days[count]
    last = np.array([count - 1])
    whole = by_day.shipped.columns
    assert library.columns.terms.take(last)[0].tolist() == whole.terms.take(last)[0].tolist()
    assert library.columns.quantities_of(count - 1) == whole.quantities_of(count - 1)
    assert len(library.columns.term_marks) == len(library.columns.terms.values)


def test_what_came_later_is_not_read(by_day: RulingsByDay) -> None:
    rows = [by_day.count_before(day) for day in ("2023-06-01", "2008-03-01")]
    text = "Vaccines cause autism."
    found = by_day.read([Statement(text, None, "checked later", "a", (row,), by_day.days[row]) for row in rows])
    nearest = found.features[:, FEATURES.index("nearest")]
    assert nearest[0] > 0.7 > nearest[1]  # early in 2008 hardly anything had been ruled on it
    assert found.supported[Label.FALSE].tolist() == [True, False]


def test_a_data_folder_of_other_fact_checks_is_refused(by_day: RulingsByDay) -> None:
    with pytest.raises(PlumblineError, match="factchecks build"):
        RulingsByDay.of(by_day.shipped, [])
