"""Sentences that web pages are full of are not taken for claims: the least that must work, kind by kind."""

from __future__ import annotations

import pytest

from fake_news.detection.detector import Detector
from fake_news.detection.verdict import Label

CLAIMS = (
    "The unemployment rate in the county fell to 3.9 percent in May.",
    "The mayor voted against the hospital bill in 2017.",
    "More than 2,000 people died of heat in the state last summer.",
    "The new law bans cars older than 15 years from the city.",
    "Our state spends more on prisons than on universities.",
    "Crime has doubled since the governor took office.",
    "The company paid no federal income tax in 2020.",
    "A third of all bridges in the country are in need of repair.",
    "Hospitals have cut 400 beds since the reform.",
    "The vaccine was tested on fewer than 100 people.",
    "Wages have grown twice as fast as prices since 2015.",
    "Immigrants make up 14 percent of the work force.",
)

NO_CLAIMS = {
    "questions": (
        "Did the mayor vote for the tax?",
        "How many people have to lose their homes before something is done?",
        "What happens next?",
        "Why are so many shops closing?",
    ),
    "opinions": (
        "I think it is the most beautiful bridge that I have ever seen.",
        "This is a wonderful idea, and I love it.",
        "We should be kinder to each other.",
        "It would be wrong to leave now.",
    ),
    "personal experience": (
        "I was so happy when my daughter called me yesterday.",
        "My grandmother used to sing to us in the kitchen.",
        "I remember sitting on that porch with my father.",
        "I felt very tired after the long walk home.",
    ),
    "thanks and greetings": (
        "Thank you very much for being here tonight.",
        "Good evening, and welcome to our show.",
        "God bless you all.",
        "Please take a seat, ladies and gentlemen.",
    ),
    "navigation": (
        "Sign up for our newsletter",
        "Read more",
        "Share this article on social media",
        "Skip to main content",
        "Terms of use and privacy policy",
    ),
    "headings and captions": (
        "LOCAL NEWS AND WEATHER",
        "Photo: Anna Berg",
        "In this article",
        "Related stories",
        "About the author",
    ),
    "predictions and promises": (
        "I will fight for you every single day.",
        "We will see what happens tomorrow.",
        "I hope that we can work together.",
        "Let us build a better future for our children.",
    ),
}

LEAST_SHARE = 0.75


def is_claim(detector: Detector, sentence: str) -> bool:
    return all(verdict.label is not Label.NO_CLAIM for verdict in detector.check(sentence))


def test_claims_are_claims(detector: Detector) -> None:
    missed = [sentence for sentence in CLAIMS if not is_claim(detector, sentence)]
    assert len(missed) <= (1 - LEAST_SHARE) * len(CLAIMS), missed


@pytest.mark.parametrize("kind", NO_CLAIMS)
def test_sentences_without_a_claim_are_passed_over(detector: Detector, kind: str) -> None:
    taken = [sentence for sentence in NO_CLAIMS[kind] if is_claim(detector, sentence)]
    assert len(taken) <= (1 - LEAST_SHARE) * len(NO_CLAIMS[kind]), taken


def test_a_quoted_claim_is_a_claim(detector: Detector) -> None:
    assert is_claim(detector, "“Unemployment in the county fell to 3.9 percent in May,” the mayor said.")


def test_sentences_without_a_claim_get_no_probability(detector: Detector) -> None:
    for sentence in (sentence for kind in NO_CLAIMS.values() for sentence in kind):
        for verdict in detector.check(sentence):
            assert (verdict.probability is None) == (verdict.label is Label.NO_CLAIM)
