"""What is learned about full stops serves the sentence splitter."""

from __future__ import annotations

from fake_news.detection.text.sentences import SentenceSplitter
from fake_news.training.train import learn_abbreviations

NUMBERS = "one two three four five six seven eight nine ten".split()
TEXTS = [
    *(
        f"Sales rose in the {number} qtr. of this year and the tax on boats fell, but no less tax."
        for number in NUMBERS * 3
    ),
    *(
        f"Then the firm sold {number} boats, then it sold {number} more, and then it sold none."
        for number in NUMBERS * 3
    ),
    *(f"Miller paid {number} coins, and nobody thanked Miller for it." for number in NUMBERS * 3),
    *(f"Rarely is it {number}, rarely or never, but rarely at all." for number in NUMBERS[:2]),
]


def test_an_abbreviation_of_the_domain_is_learned() -> None:
    learned = learn_abbreviations(TEXTS)
    assert "qtr" in learned["abbreviations"]
    assert "tax" not in learned["abbreviations"]
    assert "qtr" not in learn_abbreviations(TEXTS[30:])["abbreviations"]


def test_starters_begin_many_texts_and_are_no_names() -> None:
    starters = learn_abbreviations(TEXTS)["starters"]
    assert "then" in starters
    assert "miller" not in starters  # always written with a capital
    assert "rarely" not in starters  # too rare


def test_abbreviations_that_no_corpus_teaches_are_built_in() -> None:
    learned = learn_abbreviations(["Nothing to learn here."])
    assert {"sen", "dr", "mr"} <= set(learned["titles"])
    assert {"u.s", "p.m", "inc"} <= set(learned["abbreviations"])
    assert set(learned["titles"]) <= set(learned["abbreviations"])


def test_the_lists_are_sorted_and_fit_the_splitter() -> None:
    learned = learn_abbreviations(TEXTS)
    assert all(words == sorted(set(words)) for words in learned.values())
    splitter = SentenceSplitter(**{name: frozenset(words) for name, words in learned.items()})
    text = "It rose in the last qtr. Miller report. It fell in the last qtr. Then it rose."
    assert [text[start:end] for start, end in splitter.split(text)] == [
        "It rose in the last qtr. Miller report.",
        "It fell in the last qtr.",
        "Then it rose.",
    ]
