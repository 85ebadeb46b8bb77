"""Ratings get a label only where they leave no doubt."""

from __future__ import annotations

import pytest

from fake_news.factchecks.ratings import label_of_rating


@pytest.mark.parametrize(
    ("rating", "label"),
    [
        ("Pants on Fire!", "false"),
        ("FALSE", "false"),
        ("Four Pinocchios", "false"),
        ("This is false.", "false"),
        ("Half True", "mixed"),
        ("Mixture", "mixed"),
        ("Mostly True", "true"),
        ("This is accurate.", "true"),
        ("1 on a scale of 1 to 5", "false"),
        ("3 on a scale of 1 to 5", "mixed"),
        ("5 on a scale of 1 to 5", "true"),
        ("9 on a scale of 1 to 5", None),
        ("1 on a scale of 5 to 5", None),
        ("Needs context", None),
        ("Misleading", None),
        ("Not false", None),
        ("True, with some caveats", None),
        ("Miscaptioned", None),
        ("", None),
    ],
)
def test_label(rating: str, label: str | None) -> None:
    found = label_of_rating(rating)
    assert (found and found.value) == label
