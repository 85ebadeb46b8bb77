"""What people type first: a stamp is right or absent, and nothing is red without a ruling that the card shows.

The cases stand for kinds; each kind has further sentences here.
"""

from __future__ import annotations

import pytest

from fake_news.data.project_sentences import Case, load_plain_words, tempting_statements, well_known_statements
from fake_news.detection.detector import Detector
from fake_news.detection.verdict import Basis, Label, Relation, Verdict
from fake_news.evaluation.evidence import GREEN, RED, is_wrong

CASES = well_known_statements()

DENIALS = [
    "Vaccines do not cause autism.",
    "It is a myth that vaccines cause autism.",
    "Fluoride in tap water does not make people docile.",
    "No microchip was ever put into a vaccine.",
    "The claim that 5G spreads viruses has been debunked many times.",
]
TRUTHS_IN_CHARGED_WORDS = [
    "Six million Jews were murdered in the Holocaust.",
    "Neil Armstrong was the first man to walk on the moon.",
    "COVID-19 is caused by a coronavirus.",
    "Bleach is used to whiten paper.",
    "Measles vaccines have been given to children since the 1960s.",
    "Barack Obama was president of the United States for eight years.",
]
ASSERTED_WITH_A_NEGATION = [
    "There is no doubt that garlic water cures the coronavirus.",
    "Nobody can deny that Pope Francis endorsed Donald Trump.",
    "Doctors will not tell you that garlic cures the coronavirus.",
    "It is no secret that Barack Obama was born in Kenya.",
    "The Pope did not endorse Clinton, he endorsed Donald Trump.",
    "Barack Obama was born in Kenya, not in the United States.",
    "Drinking bleach is not harmful and cures COVID-19.",
    "It is not true that Pope Francis did not endorse Donald Trump.",
    "It is false that COVID-19 vaccines saved millions of lives.",
    "It is not true that animals live in the Arctic National Wildlife Refuge.",
    "There is no evidence that a plane hit the Pentagon on September 11.",
]
ASSERTED_WITHOUT_ONE = ["The unemployment rate is really 42 percent."]
"""Near a false claim that has a negation of its own."""
REPORTED = [
    "It would be wonderful if garlic water cured the coronavirus.",
    "Researchers tested whether ivermectin is a cure for COVID-19.",
    "Vaccine opponents spread the lie that vaccines cause autism.",
    "He was mocked for saying that garlic water cures the coronavirus.",
    "Bill Gates said vaccines save lives.",
]
NO_ASSERTIONS = [
    "The measles vaccines contain",
    "Charles III, King of Canada",
    "Federal debt as a percentage of gross domestic product, 1990-2020",
    "Veteran Wraps Baby in American Flag, Photo Sparks Controversy",
    "Did vaccines cause an epidemic of autism?",
]
ABOUT_SAYING = [
    "Climate change is a hoax invented by the Chinese.",
    "Social Security is a Ponzi scheme.",
    "American elections are rigged from top to bottom.",
]
SHORT_CLAIMS = ["Vaccines cause autism.", "5G causes COVID-19.", "Smoking kills."]

TYPED_FIRST = {
    "Vaccines cause autism.": Label.FALSE,
    "Vaccines cause autism!": Label.FALSE,
    "VACCINES CAUSE AUTISM": Label.FALSE,
    "5G causes COVID-19.": Label.FALSE,
    "Barack Obama was born in Kenya.": Label.FALSE,
    "The moon landing was faked.": Label.FALSE,
    "Wind turbines cause cancer.": Label.FALSE,
    "The Earth is flat.": Label.FALSE,
    "Vaccines do not cause autism.": Label.TRUE,
    "The moon landing was not faked.": Label.TRUE,
    "Barack Obama was born in Hawaii.": Label.TRUE,
    "Six million Jews died in the Holocaust.": Label.TRUE,
    "The Holocaust never happened.": Label.FALSE,
    "Climate change is a hoax.": Label.FALSE,
    "The 2020 election was stolen.": Label.FALSE,
    "Osama bin Laden is dead.": Label.TRUE,
    "The Affordable Care Act created death panels.": Label.FALSE,
    "It is a myth that vaccines cause autism.": Label.TRUE,
    "The claim that vaccines cause autism is false.": Label.TRUE,
    "There is no evidence that 5G causes COVID-19.": Label.TRUE,
    "The doctor did not answer the letter, but vaccines cause autism.": Label.FALSE,
}
FALSE_BY_ONE_WORD = [
    "Hillary Clinton won the 2016 election.",
    "Immigrants commit more crime than native-born Americans.",
    "Marijuana is more dangerous than alcohol.",
    "Osama bin Laden lives in Pakistan.",
    "Kamala Harris is not eligible to be president because her parents were immigrants.",
]
"""False, and but one word or the order of words from a core claim that is true."""
ONE_WORD_DECIDES = [
    "Osama bin Laden is dead.",
    "Doctors warned that drinking bleach can kill you.",
    "Biden gave legal immigrants gift cards.",
    "Hillary Clinton lost the 2016 election.",
    "Hitler killed six million Jews.",
    "Measles kills more people than the measles vaccine.",
    "British schools still teach the Holocaust.",
    "Pfizer's chief executive was vaccinated against COVID-19.",
]
"""True, and but one word or the order of words from a core claim that is false."""
ANOTHER_EFFECT = ["Garlic causes the coronavirus.", "Wind turbines cure cancer.", "5G cures COVID-19."]
"""Near a core claim about the opposite effect, so that its ruling is on something else."""
_LIKELY_AMONG = 400
"""Plain words, some of which no ruling decides."""


def stamps(verdicts: list[Verdict]) -> list[Label]:
    return [verdict.label for verdict in verdicts if verdict.basis is Basis.FACT_CHECK]


def is_red(verdicts: list[Verdict]) -> bool:
    return any(verdict.label in RED for verdict in verdicts)


def is_green(verdicts: list[Verdict]) -> bool:
    return any(verdict.label in GREEN for verdict in verdicts)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text)
def test_no_famous_statement_is_said_wrongly(detector: Detector, case: Case) -> None:
    verdicts = detector.check(case.text)
    if case.expected == "debunk":
        assert not is_red(verdicts)
    elif case.expected == "ordinary":
        assert stamps(verdicts) == []
    else:
        assert set(stamps(verdicts)) <= {Label(case.expected)}
        assert not is_red(verdicts) if case.expected == "true" else not is_green(verdicts)


@pytest.mark.parametrize("case", tempting_statements(), ids=lambda case: case.text)
def test_no_ruling_on_something_else_decides(detector: Detector, case: Case) -> None:
    assert not is_wrong(case, detector.check(case.text))


@pytest.mark.parametrize("text", DENIALS + TRUTHS_IN_CHARGED_WORDS)
def test_a_denial_or_a_truth_is_never_red(detector: Detector, text: str) -> None:
    assert not is_red(detector.check(text))


@pytest.mark.parametrize("text", ASSERTED_WITH_A_NEGATION + ASSERTED_WITHOUT_ONE)
def test_a_negation_around_or_in_a_false_claim_does_not_make_it_true(detector: Detector, text: str) -> None:
    assert Label.TRUE not in stamps(detector.check(text))


@pytest.mark.parametrize("text", REPORTED)
def test_what_is_wished_asked_or_reported_is_never_red(detector: Detector, text: str) -> None:
    assert not is_red(detector.check(text))


@pytest.mark.parametrize(("label", "ruling"), [(Label.LIKELY_FALSE, Label.FALSE), (Label.LIKELY_TRUE, Label.TRUE)])
def test_likely_lists_two_rulings_on_similar_claims(detector: Detector, label: Label, ruling: Label) -> None:
    texts = [sentence.text for sentence in load_plain_words()[:_LIKELY_AMONG]]
    found = [verdict for verdicts in detector.check_many(texts) for verdict in verdicts if verdict.label is label]
    assert found
    for verdict in found:
        assert verdict.basis is Basis.MODEL
        assert len(verdict.evidence) >= 2
        assert all(item.label is ruling and item.relation is Relation.RELATED for item in verdict.evidence)


@pytest.mark.parametrize("text", NO_ASSERTIONS)
def test_what_asserts_nothing_is_never_stamped(detector: Detector, text: str) -> None:
    assert stamps(detector.check(text)) == []


@pytest.mark.parametrize("text", ABOUT_SAYING)
def test_a_ruling_on_whether_it_was_said_does_not_make_it_true(detector: Detector, text: str) -> None:
    assert Label.TRUE not in stamps(detector.check(text))


@pytest.mark.parametrize("text", SHORT_CLAIMS)
def test_a_short_claim_is_judged_and_searched(detector: Detector, text: str) -> None:
    (verdict,) = detector.check(text)
    assert verdict.label is not Label.NO_CLAIM
    assert verdict.evidence or verdict.label is Label.UNSURE


@pytest.mark.parametrize(("text", "label"), TYPED_FIRST.items())
def test_the_core_of_a_framed_claim_has_its_ruling(detector: Detector, text: str, label: Label) -> None:
    (verdict,) = detector.check(text)
    assert (verdict.label, verdict.basis) == (label, Basis.FACT_CHECK)
    assert all(item.url for item in verdict.evidence)


@pytest.mark.parametrize("text", ONE_WORD_DECIDES)
def test_one_word_tells_a_truth_from_a_core_claim(detector: Detector, text: str) -> None:
    assert not is_red(detector.check(text))


@pytest.mark.parametrize("text", FALSE_BY_ONE_WORD)
def test_one_word_tells_a_falsehood_from_a_core_claim(detector: Detector, text: str) -> None:
    assert not is_green(detector.check(text))


@pytest.mark.parametrize("text", ANOTHER_EFFECT)
def test_a_ruling_on_the_opposite_effect_decides_nothing(detector: Detector, text: str) -> None:
    assert stamps(detector.check(text)) == []


def test_famous_falsehoods_are_found_though_not_all_of_them(detector: Detector) -> None:
    """A floor under what is found, so that silence cannot pass for being right."""
    false = [case.text for case in CASES if case.expected == "false"]
    assert sum(Label.FALSE in stamps(detector.check(text)) for text in false) >= 20


def test_every_colour_has_its_ruling(detector: Detector) -> None:
    for case in CASES:
        for verdict in detector.check(case.text):
            if verdict.label not in (Label.UNSURE, Label.NO_CLAIM):
                assert verdict.evidence
                assert all(item.url.startswith("http") for item in verdict.evidence)
