"""Publishers have one name each, however a source spells it."""

from __future__ import annotations

import pytest

from fake_news.detection.factchecks.publishers import canonical_publisher, publisher_of_address


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("Snopes.com", "Snopes"),
        ("https://www.snopes.com/", "Snopes"),
        ("SNOPES", "Snopes"),
        ("The Associated Press", "AP News"),
        ("River Facts", "River Facts"),
        ("", ""),
    ],
)
def test_canonical_name(spelling: str, name: str) -> None:
    assert canonical_publisher(spelling) == name


def test_a_site_names_its_publisher() -> None:
    assert publisher_of_address("https://www.snopes.com/fact-check/ferry/") == "Snopes"
    assert publisher_of_address("https://river.example/ferry") == "river.example"
