"""Ratings get a label only where they leave no doubt."""

from __future__ import annotations

import pytest

from fake_news.detection.factchecks.ratings import label_of_rating, short_rating


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
        ("False. That claim began on a parody site, but it is true that ferries sink.", "false"),
        ("Fact Check: False", "false"),
        ("Verdict: Mostly true", "true"),
        ("4 Pinocchios", "false"),
        ("Three Pinocchios", "false"),
        ("2 Pinocchios", "mixed"),
        ("Rated False", "false"),
        ("This isn't correct", "false"),
        ("This isn’t true. The ferry floats.", "false"),
        ("This isn't entirely true", None),
        ("This is completely false", "false"),
        ("The claim is fake", "false"),
        ("Faux", "false"),
        ("Falsch", "false"),
        ("FAŁSZ", "false"),
        ("Ложь", "false"),
        ("Vrai", "true"),
        ("Teilweise falsch", "mixed"),
        ("Partly false. It’s true that the ferry sank.", "mixed"),
        ("True. The ferry did sink.", "true"),
        ("True. But the ferry was raised.", None),
        ("True: this needs context", None),
        ("True; not the whole story", None),
        ("Correct Attribution", None),
        ("False Alert", None),
        ("True?", None),
        ("We rate this claim False.", "false"),
        ("False (see below)", "false"),
        ("Creek Facts Rating: False", "false"),
        ("“False”", "false"),
        ("False | Mostly False", "false"),
        ("100% false", "false"),
        ("half-true", "mixed"),
        ("Fake photo", "false"),
        ("Altered photo", None),
        ("No Evidence", None),
        ("Experts say false things", None),
    ],
)
def test_label(rating: str, label: str | None) -> None:
    found = label_of_rating(rating)
    assert (found and found.value) == label


@pytest.mark.parametrize(
    ("rating", "short"),
    [
        ("Pants on Fire!", "Pants on Fire!"),
        ("False. That claim began on a parody site.", "False"),
        ("Fact Check: Mostly false - it began on a parody site", "Mostly false"),
        ("Needs context", "Needs context"),
        ("True. But the ferry was raised.", "True. But the ferry was raised."),
        (f"True. {'And so it came about, as many wrote in that year, ' * 3} but the ferry was raised.", ""),
        (
            "The captain wrote that the ferry had been under water for two weeks",
            "The captain wrote that the ferry had been under water for …",
        ),
    ],
)
def test_a_short_rating_has_the_same_label(rating: str, short: str) -> None:
    assert short_rating(rating) == short
    assert label_of_rating(short) == label_of_rating(rating)
