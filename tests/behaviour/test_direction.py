"""Wording that rumours use lowers P(true); what people say who can be held to it raises it."""

from __future__ import annotations

import pytest

from fake_news.detection.detector import Detector

# (rumour, sober): the same matter, worded as viral posts word it and as a report does.
PAIRS = {
    "proof by video": (
        "Nurses were caught on video throwing thousands of ballots into the river at night.",
        "The county counted 1,200 more mail ballots in 2020 than in 2016.",
    ),
    "secret plan": (
        "The government is secretly putting microchips into the vaccines of children.",
        "About 62 percent of the county's children were vaccinated against measles in 2019.",
    ),
    "breaking news": (
        "BREAKING: hospitals are being paid to report fake deaths!",
        "Hospitals in the state received 14 million dollars in federal aid last year.",
    ),
    "miracle cure": (
        "Drinking hot lemon water kills the virus and cures cancer.",
        "The state spent less on hospitals in 2012 than in any year since 2003.",
    ),
    "arrest that nobody reported": (
        "Secret photos show the mayor was arrested for stealing votes, and no newspaper dares to report it.",
        "Says the mayor voted to raise property taxes four times in the last ten years.",
    ),
}


@pytest.mark.parametrize(("rumour", "sober"), PAIRS.values(), ids=PAIRS)
def test_rumours_sound_less_true(detector: Detector, rumour: str, sober: str) -> None:
    [of_rumour], [of_sober] = detector.check(rumour), detector.check(sober)
    assert of_rumour.probability is not None
    assert of_sober.probability is not None
    assert of_rumour.probability < of_sober.probability - 0.1
    assert of_rumour.false_claim_score is not None
    assert of_sober.false_claim_score is not None
    assert of_rumour.false_claim_score > of_sober.false_claim_score


def test_a_photo_that_is_said_to_show_it_sounds_less_true_whether_or_not_it_is_a_claim(detector: Detector) -> None:
    rumour = "Says a photo shows the mayor being arrested for stealing votes."
    sober = "Says the mayor voted to raise property taxes four times in the last ten years."
    assert detector.probability(rumour) < detector.probability(sober) - 0.1


def test_reasons_point_the_way_the_probability_moved(detector: Detector) -> None:
    [verdict] = detector.check(PAIRS["secret plan"][0])
    assert verdict.reasons
    assert min(verdict.reasons, key=lambda reason: reason.weight).weight < 0
    assert sum(reason.weight for reason in verdict.reasons) < 0
