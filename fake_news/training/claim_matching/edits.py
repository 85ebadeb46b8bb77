"""Edits of a claim: some change what it says, so that it must lose its fact-check; others keep it.

Training makes hard pairs of them, and evaluation a test suite. Every edit takes a text and a random generator, and
returns the edited text, or ``None`` if there is nothing to edit.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

Edit = Callable[[str, np.random.Generator], str | None]

_NUMBER = re.compile(r"(?<![\w.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w]|[.,]\d)")
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|has|have|had|will|would|can|could|should|does|do|did|must|may|might)\b(?! not\b)",
    re.IGNORECASE,
)
_FACTORS = (0.25, 0.5, 0.7, 1.4, 2.0, 3.0, 10.0)

_OPPOSITES = dict(
    pair.split(":")
    for pair in """rise:fall rises:falls rose:fell risen:fallen rising:falling increase:decrease increases:decreases
    increased:decreased increasing:decreasing grow:shrink grows:shrinks grew:shrank growing:shrinking more:fewer
    higher:lower highest:lowest larger:smaller largest:smallest bigger:smaller biggest:smallest most:fewest better:worse
    best:worst improved:worsened supports:opposes supported:opposed support:oppose created:destroyed creates:destroys
    added:lost gained:lost gain:lose won:lost raised:lowered raise:lower raises:lowers raising:lowering doubled:halved
    legal:illegal allows:bans allow:ban allowed:banned allowing:banning majority:minority richest:poorest rich:poor
    safe:dangerous safer:unsafe stronger:weaker strongest:weakest exports:imports surplus:deficit approved:rejected
    expanded:reduced expand:reduce soared:plunged greatest:smallest first:last before:after always:rarely
    accepted:refused""".split()
)
_OPPOSITES |= {down: up for up, down in list(_OPPOSITES.items()) if down not in _OPPOSITES}
_DIRECTED = re.compile(r"\b(" + "|".join(_OPPOSITES) + r")\b", re.IGNORECASE)

_PLACES = """Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii Idaho
    Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota
    Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon Pennsylvania Tennessee Texas Utah
    Vermont Virginia Washington Wisconsin Wyoming America China Russia Mexico Canada Iran Iraq Syria Israel
    Germany France Britain Japan India Afghanistan Libya Cuba Venezuela Ukraine Korea Europe Africa Chicago
    Houston Detroit Boston Atlanta Milwaukee Austin Miami Philadelphia""".split()
_PEOPLE = """Obama Trump Clinton Biden Romney McCain Bush Sanders Cruz Rubio Warren Pelosi McConnell Ryan Perry Walker
    Christie Kasich Santorum Gingrich Palin Reagan Carter Pence Harris Kaine Abbott DeSantis Newsom Cuomo Fauci Kennedy
    Johnson Nixon Scott Crist Brown Beyer Keller Whitman Dawson""".split()
_KINDS = (_PLACES, _PEOPLE)
_NAMED = re.compile(r"\b(" + "|".join(_PLACES + _PEOPLE) + r")\b")

_SPEAKERS = (
    "The senator said that",
    "According to the candidate,",
    "As the governor put it on Tuesday,",
    "He told reporters:",
    "A spokeswoman said",
    "In an interview she claimed that",
    "The mayor told the crowd that",
    "“Let me tell you,” he said,",
)
_PAST = dict(
    pair.split(":")
    for pair in """is:was are:were has:had have:had will:would can:could does:did says:said wants:wanted costs:cost
    gets:got pays:paid makes:made spends:spent takes:took""".split()
)
_PRESENT = re.compile(r"\b(" + "|".join(_PAST) + r")\b")
_SYNONYMS = {
    "percent": "per cent",
    "%": " percent",
    "U.S.": "United States",
    "United States": "U.S.",
    "Americans": "people in America",
    "children": "kids",
    "kids": "children",
    "jobs": "positions",
    "because of": "due to",
    "more than": "over",
    "nearly": "almost",
    "almost": "nearly",
    "about": "roughly",
    "law": "legislation",
    "bill": "measure",
    "big": "huge",
    "country": "nation",
    "nation": "country",
    "wages": "pay",
    "doctors": "physicians",
    "car": "automobile",
    "people": "persons",
    "buy": "purchase",
    "show": "demonstrate",
    "voted for": "cast votes for",
    "said": "stated",
    "shows": "depicts",
    "photo": "picture",
    "picture": "photo",
    "video": "clip",
    "killed": "shot dead",
    "health care": "healthcare",
    "president": "head of state",
    "cannot": "can't",
    "get": "receive",
    "every": "each",
    "help": "assist",
    "illegal immigrants": "undocumented immigrants",
    "the federal government": "Washington's government",
    "school": "schools",
}
_WORDS_WITH_SYNONYMS = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in _SYNONYMS))
_DROPPABLE = re.compile(
    r"\b(?:really|very|actually|just|now|currently|today|also|even|already|basically|literally|simply|recently|"
    r"the state of|former|then|new|total|entire|whole|so-called)\s+",
    re.IGNORECASE,
)


def change_number(text: str, random: np.random.Generator) -> str | None:
    """Change a number: a year by some years, anything else by a factor."""
    found = list(_NUMBER.finditer(text))
    if not found:
        return None
    match = found[random.integers(len(found))]
    value = float(match[0].replace(",", ""))
    if match[0].isdigit() and 1900 <= value < 2100:
        other = f"{value + random.choice([-7, -4, -3, 3, 4, 6]):.0f}"
    else:
        scaled = value * random.choice(_FACTORS)
        other = f"{scaled:,.1f}" if "." in match[0] or scaled < 3 else f"{round(scaled):,}"
        if other.removesuffix(".0") == match[0]:
            other = f"{value * 2 + 7:,.0f}"
    return text[: match.start()] + other + text[match.end() :]


def negate(text: str, random: np.random.Generator) -> str | None:
    """Negate the text."""
    found = _AUXILIARY.search(text)
    if found and not re.search(r"\b(?:not|no|never)\b|n['’]t\b", text, re.IGNORECASE) and random.random() < 0.75:
        word = found[0]
        denied = f"{word}n't" if random.random() < 0.3 and word.lower() in ("is", "are", "was", "has", "did") else None
        return text[: found.start()] + (denied or f"{word} not") + text[found.end() :]
    opening = random.choice(["It is not true that", "It is false that", "There is no evidence that"])
    return f"{opening} {_decapitalised(text)}"


def reverse_direction(text: str, random: np.random.Generator) -> str | None:
    """Reverse a directed word."""
    found = list(_DIRECTED.finditer(text))
    if not found:
        return None
    match = found[random.integers(len(found))]
    return text[: match.start()] + _like(match[0], _OPPOSITES[match[0].lower()]) + text[match.end() :]


def swap_name(text: str, random: np.random.Generator) -> str | None:
    """Replace a person or place by another."""
    found = list(_NAMED.finditer(text))
    if not found:
        return None
    old = found[random.integers(len(found))][0]
    kind = next(kind for kind in _KINDS if old in kind)
    others = [name for name in kind if name not in text]
    return re.sub(rf"\b{old}\b", str(random.choice(others)), text)


def quote(text: str, random: np.random.Generator) -> str | None:
    """Attribute the text to a speaker."""
    return f"{random.choice(_SPEAKERS)} {_decapitalised(text)}"


def move_tense(text: str, random: np.random.Generator) -> str | None:
    """Move the text into the past tense."""
    del random
    moved = _PRESENT.sub(lambda match: _PAST[match[0]], text)
    return None if moved == text else moved


def paraphrase(text: str, random: np.random.Generator) -> str | None:
    """Paraphrase the text: with synonyms, and the last part first."""
    paraphrased = _WORDS_WITH_SYNONYMS.sub(lambda match: _SYNONYMS[match[0]], text)
    parts = paraphrased.rstrip(".").split(", ")
    if len(parts) == 2 and random.random() < 0.5:
        paraphrased = f"{_capitalised(parts[1])}, {_decapitalised(parts[0])}."
    return None if paraphrased == text else paraphrased


def drop_words(text: str, random: np.random.Generator) -> str | None:
    """Drop filler words."""
    del random
    shorter = _DROPPABLE.sub("", text)
    return None if shorter == text else _capitalised(shorter)


CHANGING: dict[str, Edit] = {
    "number changed": change_number,
    "negated": negate,
    "direction reversed": reverse_direction,
    "name swapped": swap_name,
}
KEEPING: dict[str, Edit] = {
    "quoted by a speaker": quote,
    "tense moved": move_tense,
    "paraphrased": paraphrase,
    "fillers dropped": drop_words,
}


def _like(model: str, word: str) -> str:
    return _capitalised(word) if model[0].isupper() else word


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _decapitalised(text: str) -> str:
    """Write the first letter small, unless a name or "I" begins the text."""
    first = text.split(maxsplit=1)[0] if text.split() else ""
    if first in ("I", "I'm", "I've") or _NAMED.match(first) or not first[1:].islower():
        return text
    return text[:1].lower() + text[1:]
