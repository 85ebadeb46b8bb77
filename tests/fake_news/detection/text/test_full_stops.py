"""A sentence that was typed or selected without its full stop is one; a heading stays a heading."""

from __future__ import annotations

import pytest

from fake_news.detection.detector import Detector
from fake_news.detection.text.full_stops import with_full_stop
from fake_news.detection.verdict import Label


@pytest.mark.parametrize(
    "text",
    [
        "onions cure colds",
        "The mayor is a dentist",
        "Onions cause hiccups in dogs",
        "The mayor of Harlow Creek sold the old bridge to a bank",
        "John Roe was never arrested",
        "ONIONS CAUSE HICCUPS",
    ],
)
def test_a_sentence_gets_its_stop(text: str) -> None:
    assert with_full_stop(text) == f"{text}."


@pytest.mark.parametrize(
    "text",
    [
        "Mayor Sold Bridge To Bank, Council Says",
        "Council Passes Budget After Long Night",
        "Every fifth house in the valley with a red roof",
        "Figure 3. Rainfall by month, 2010-2020",
        "By Jane Roe",
        "The old bridge in 1904",
        "Onions cure colds.",
        "Do onions cure colds?",
        "Two words",
    ],
)
def test_all_else_stays_as_it_is(text: str) -> None:
    assert with_full_stop(text) == text


def test_what_is_typed_without_a_stop_finds_its_ruling(detector: Detector) -> None:
    [with_stop], [without] = detector.check("Ivermectin cures COVID-19."), detector.check("Ivermectin cures COVID-19")
    assert with_stop.label is without.label is Label.FALSE
    assert [item.url for item in without.evidence] == [item.url for item in with_stop.evidence]
    assert without.end == len("Ivermectin cures COVID-19"), "the stop is no part of the text"
