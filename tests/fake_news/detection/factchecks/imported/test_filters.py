"""Which fact-checks of a source are imported: by day, publisher and language."""

from __future__ import annotations

import pytest

from fake_news.detection.factchecks.imported.file_import import Filters, reads_as_english
from tests.fake_news.detection.factchecks.imported.reviews import ruling


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        (Filters(), ""),
        (Filters(since="2021-05-04"), ""),
        (Filters(since="2021-05-05"), "from before 2021-05-05"),
        (Filters(publishers=("creek facts", "Creek Facts")), ""),
        (Filters(publishers=("facts.example",)), ""),
        (Filters(publishers=("Snopes",)), "by other publishers"),
        (Filters(language="de"), ""),
    ],
)
def test_filters(filters: Filters, reason: str) -> None:
    assert filters.reason_against(ruling()) == reason


def test_a_source_that_names_the_language_is_believed() -> None:
    assert Filters().reason_against(ruling(), "en-US") == ""
    assert Filters().reason_against(ruling(), "fr") == "in other languages"


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("The ferry to Creek Island costs 40 dollars", True),
        ("Ferries kill forty gulls", True),
        ("Die Fähre zur Insel kostet vierzig Euro und ist nicht sicher", False),
        ("Kapal feri menuju pulau berharga empat puluh ribu rupiah", False),
        ("Паром стоит сорок долларов", False),
    ],
)
def test_english(text: str, english: bool) -> None:
    assert reads_as_english(text) is english
