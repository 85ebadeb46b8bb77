"""Where sentences begin and end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from fake_news.detection.text.sentences import SentenceSplitter
from tests.fake_news.strategies import any_text, repeatable

SPLITTER = SentenceSplitter(
    abbreviations=frozenset(["sen", "dr", "mr", "st", "inc", "u.s", "d.c", "p.m", "jan", "e.g"]),
    titles=frozenset(["sen", "dr", "mr", "st"]),
    starters=frozenset(["he", "she", "it", "the"]),
)


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in SPLITTER.split(text)]


@pytest.mark.parametrize(
    "expected",
    [
        pytest.param(["The bridge is closed.", "Nobody knows why."], id="two sentences"),
        pytest.param(["Sen. Ruth Miller met Dr. Paul Ott in St. Louis.", "They talked."], id="titles"),
        pytest.param(["They asked Dr. He about it.", "Nobody knew."], id="a title before a name that starts sentences"),
        pytest.param(["SEN. RUTH MILLER SAID NO.", "THEN SHE LEFT."], id="titles in capitals"),
        pytest.param(["The U.S. Navy sold it to a firm in D.C. last year."], id="abbreviations inside"),
        pytest.param(
            ["She moved to the U.S.", "The firm stayed."], id="abbreviation, then a word that starts sentences"
        ),
        pytest.param(["They met at 5 p.m. Monday."], id="abbreviation, then a word that starts none"),
        pytest.param(["He works at Acme Inc. Chicago last year."], id="in doubt an abbreviation ends nothing"),
        pytest.param(["He works at Acme Inc.", "Chicago is far away."], id="abbreviation, then another clause"),
        pytest.param(["J. R. Ott won.", "He smiled."], id="initials"),
        pytest.param(["It rose by 3.5 percent.", "Bread costs $2.75 now."], id="decimals"),
        pytest.param(["See example.com and version 2.0.1 of it."], id="names with full stops"),
        pytest.param(['"We won."', "That was all."], id="straight quotes"),
        pytest.param(["He said “we won.”", "She said ‘we lost.’", "Who knows?"], id="curly quotes"),
        pytest.param(["(It rose again.)", "«It fell.»", "It stayed."], id="brackets and guillemets"),
        pytest.param(["Wait... there is more.", "And then… nothing.", "So…", "Nobody."], id="ellipsis"),
        pytest.param(["Really?!", "Yes!", "No."], id="question and exclamation marks"),
        pytest.param(["“Why now?” she asked.", "Nobody answered."], id="the sentence goes on in lower case"),
        pytest.param(["1. The first point.", "2. The second one.", "(3. The third one.)"], id="list numbers"),
        pytest.param(["It was passed in 2019.", "It was repealed later."], id="a year is no list number"),
        pytest.param(["It rose.[12]", "It fell.[a][13]", "It stayed.[citation needed]", "So what?"], id="footnotes"),
        pytest.param(["他说了。", "然后走了！", "为什么？"], id="Chinese"),
    ],
)
def test_sentences(expected: list[str]) -> None:
    separator = "" if "。" in expected[0] else " "
    assert sentences(separator.join(expected)) == expected


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029", "\n \n"])
def test_a_line_break_ends_a_sentence(line_break: str) -> None:
    assert sentences(f"A heading{line_break}And a line of Mr.{line_break}Ott") == [
        "A heading",
        "And a line of Mr.",
        "Ott",
    ]


def test_a_lost_space_ends_a_sentence_between_words_only() -> None:
    assert sentences("It came to the end.Then it began. Use Node.js or U.S.A. lines") == [
        "It came to the end.",
        "Then it began.",
        "Use Node.js or U.S.A. lines",
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\t\r\n", "\0", "\u200b\u2060", "\ufeff \u200d\n\0"])
def test_blank_text_holds_no_sentence(text: str) -> None:
    assert SPLITTER.split(text) == []


def test_white_space_and_invisible_characters_around_a_sentence_are_left_out() -> None:
    assert sentences("\ufeff\u200b It rose.\u00a0\t It fell.\0\u200b ") == ["It rose.", "It fell."]
    assert sentences("It r\u200bose\0now.") == ["It r\u200bose\0now."]


@repeatable
@given(text=any_text)
def test_sentences_are_ordered_disjoint_and_cover_every_word(text: str) -> None:
    spans = SPLITTER.split(text)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    left_out = set(range(len(text)))
    for start, end in spans:
        assert start < end
        assert text[start:end].strip() == text[start:end]
        left_out.difference_update(range(start, end))
    assert not [text[i] for i in left_out if text[i].isalnum()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A. " * 6000, 1, id="initials without end"),
        pytest.param("a" * 15000 + " Mr. A" * 800, 1, id="one endless word, then titles"),
        pytest.param("A! " * 7000, 7000, id="hardly more than marks"),
        pytest.param("a" + ".[" * 10000, 1, id="footnotes that never close"),
    ],
)
def test_cost_stays_linear_in_the_length(text: str, expected: int) -> None:
    """No time is asserted; looking back over everything before each full stop would take minutes to hours here."""
    assert len(SPLITTER.split(text)) == expected


@pytest.mark.parametrize("text", [". . . .", "?! ... …", "— \n * * *\n", "😀 😀.", "$ . €"])
def test_marks_without_a_word_are_no_sentence(text: str) -> None:
    assert sentences(text) == []
    assert sentences(f"{text}\nThe bridge is closed.") == ["The bridge is closed."]
