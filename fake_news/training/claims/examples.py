"""What the claim model learns from and is measured on, by domain; training and test share no sentence.

No data set labels the furniture of pages: bylines, captions, headings, menus. Some of it is made from patterns, more
was written one by one (``data/claim_sentences``), as were short claims, plots and fragments. The cases of
``data/cases`` are other sentences, so that nothing is measured on what was written for training.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from fake_news.data.claims import (
    Sentence,
    load_answer_sentences,
    load_checkthat,
    load_claim_tweets,
    load_claimbuster,
    load_everyday_claims,
    load_headlines,
    load_health_claims,
    load_subjectivity,
)
from fake_news.data.project_sentences import Kind, load_claim_sentences, load_plain_words

_FURNITURE = tomllib.loads(Path(__file__).with_name("non_claims.toml").read_text(encoding="utf-8"))
_SLOTS: Mapping[str, Sequence[str]] = _FURNITURE["slots"]
_PATTERNS: Mapping[str, Sequence[str]] = _FURNITURE["patterns"]
_SLOT = re.compile(r"\{(\w+)\}")


def furniture(of_each: int, seed: int = 0) -> list[tuple[str, str]]:
    """Make sentences that are not claims, as (kind, text); the same for the same seed, none twice.

    Parameters
    ----------
    of_each : how often each pattern is filled, where it has as many fillings
    """
    draw = random.Random(seed)
    made = {
        _fill_slots(pattern, draw): kind
        for kind, patterns in _PATTERNS.items()
        for pattern in patterns
        for _ in range(of_each)
    }
    return [(kind, text) for text, kind in made.items()]


def _fill_slots(text: str, draw: random.Random) -> str:
    while _SLOT.search(text):
        text = _SLOT.sub(lambda slot: draw.choice(_SLOTS[slot[1]]), text)
    return text[:1].upper() + text[1:]


Item = TypeVar("Item")

SETS = (
    "claimbuster checkthat_2024_task1 checkthat_2025_subjectivity checkthat_2022_task1_covid factcheck_bench creak "
    "fakenewsnet fact_checks_2021_2025 fullfact_health_claims"
).split()
"""The data sets it reads."""

WRITTEN = "written, "
"""The beginning of the domain of a sentence that was written for training; its kind follows."""

_DEBATES, _SHORT, _EVERYDAY, _PLAIN, _HEADLINES = 9_000, 2_200, 600, 1_000, 1_500
_OF_EACH_PATTERN = 12
_WORDS_OF_SHORT = 8
_TEST_OF_ANSWERS = 3
"""One in so many is kept for the test."""
_TEST_OF_OTHERS = 6


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with its label, where it is from, and whether it is for the test only."""

    domain: str
    text: str
    is_claim: bool
    is_test: bool = False


def load_examples(folder: Path, seed: int = 0) -> list[Example]:
    """Load all examples; the same for the same seed."""
    draw = random.Random(seed)
    tested = load_checkthat(folder, "dev")
    held_out = {sentence.text for sentence in tested}
    debates = {
        s.text: s for s in [*load_claimbuster(folder), *load_checkthat(folder, "train")] if s.text not in held_out
    }
    everyday = load_everyday_claims(folder)
    short = [text for text in everyday if len(text.split()) <= _WORDS_OF_SHORT]
    written = load_plain_words()
    plain = [row.text for row in written if row.kind in (Kind.SAME, Kind.NEAR, Kind.OPPOSITE)]
    fragments = [row.text for row in written if row.kind is Kind.FRAGMENT]
    sets = [
        *_examples("debates", _sample(debates.values(), _DEBATES, draw)),
        *_examples("debates", tested, is_test=True),
        *_examples("tweets", load_claim_tweets(folder, "train")),
        *_examples("tweets", load_claim_tweets(folder, "dev"), is_test=True),
        *_examples("news", load_subjectivity(folder, "train")),
        *_examples("news", load_subjectivity(folder, "dev"), is_test=True),
        *_split("answers", load_answer_sentences(folder), _TEST_OF_ANSWERS, draw),
        *_split("short claims", [Sentence(text, True) for text in _sample(short, _SHORT, draw)], _TEST_OF_OTHERS, draw),
        *_examples("health videos", load_health_claims(folder), is_test=True),
        *_examples("everyday claims", [Sentence(text, True) for text in _sample(everyday, _EVERYDAY, draw)]),
        *_split("plain claims", [Sentence(text, True) for text in _sample(plain, _PLAIN, draw)], _TEST_OF_OTHERS, draw),
        *_split(
            "headlines",
            [Sentence(text, False) for text in _sample(load_headlines(folder), _HEADLINES, draw)],
            _TEST_OF_OTHERS,
            draw,
        ),
        *_split("fragments", [Sentence(text, False) for text in fragments], _TEST_OF_OTHERS, draw),
        *_examples("furniture", [Sentence(text, False) for _, text in furniture(_OF_EACH_PATTERN)]),
        *(
            example
            for kind, sentences in load_claim_sentences().items()
            for example in _split(f"{WRITTEN}{kind}", sentences, _TEST_OF_OTHERS, draw)
        ),
    ]
    tests = {example.text for example in sets if example.is_test}
    return [example for example in sets if example.is_test or example.text not in tests]


def _sample(items: Iterable[Item], most: int, draw: random.Random) -> list[Item]:
    shuffled = list(items)
    draw.shuffle(shuffled)
    return shuffled[:most]


def _examples(domain: str, sentences: Iterable[Sentence], *, is_test: bool = False) -> list[Example]:
    return [Example(domain, sentence.text, sentence.is_claim, is_test) for sentence in sentences]


def _split(domain: str, sentences: Iterable[Sentence], one_of: int, draw: random.Random) -> list[Example]:
    return [Example(domain, s.text, s.is_claim, draw.randrange(one_of) == 0) for s in sentences]
