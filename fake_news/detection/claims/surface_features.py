"""Surface features: how a sentence is written, which tells a statement from a byline, a caption, a headline or a table.

Vectors of meaning hardly show punctuation, capitals and digits, and these distinguish most non-claims from claims.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log

import numpy as np

from fake_news.common.arrays import FloatArray
from fake_news.detection.text.full_stops import is_finite_verb
from fake_news.detection.text.tokens import Token


def _any_of(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words.split())})\b", re.IGNORECASE)


_MONTHS = "january|february|march|april|june|july|august|september|october|november|december|jan|feb|oct|nov|dec|sept"
_PATTERNS: dict[str, re.Pattern[str]] = {
    "ends in a full stop": re.compile(r"(?<!\.)[.][\"'”’)]*$"),
    "ends in another mark": re.compile(r"[!?…:;,]$|\.\.$"),
    "begins small": re.compile(r"^[a-z]"),
    "begins with no letter": re.compile(r"^[^\w\"“‘'$]"),
    "begins with a number": re.compile(r"^\(?\d"),
    "first person": _any_of("I i'm i've i'd i'll me my mine myself"),
    "we": _any_of("we we're we've us our ours let's"),
    "you": _any_of("you your yours you're you'll please"),
    "she, he, they": re.compile(r"^[\"“]?(?:she|he|they|it)\b", re.IGNORECASE),
    "this, that": re.compile(r"^[\"“]?(?:this|that|these|those|here)\b", re.IGNORECASE),
    "may, should": _any_of("may might could should would must ought can perhaps maybe if let hope wish think believe"),
    "will": _any_of("will won't shall going"),
    "is, was": _any_of("is are was were be been isn't aren't wasn't weren't"),
    "has, had": _any_of("has have had hasn't haven't hadn't"),
    "not": _any_of("not no never none nobody n't don't doesn't didn't can't won't isn't"),
    "number": re.compile(r"\d"),
    "percent or money": re.compile(r"[%$€£]|\b(?:percent|per cent|million|billion|trillion)\b", re.IGNORECASE),
    "year": re.compile(r"\b(?:19|20)\d\d\b"),
    "day and month": re.compile(rf"\b(?:{_MONTHS})\.?\s+\d{{1,2}}\b|\b\d{{1,2}}\s+(?:{_MONTHS})\b", re.IGNORECASE),
    "weekday": _any_of("monday tuesday wednesday thursday friday saturday sunday"),
    "hour": re.compile(r"\b\d{1,2}(?::\d\d)?\s*(?:a\.?m|p\.?m)\b|\b\d{1,2}:\d\d\b", re.IGNORECASE),
    "colon": re.compile(r":\s"),
    "label before a colon": re.compile(r"^[\w' ]{2,25}:\s"),
    "bar or slash": re.compile(r"[|/·•>©^]"),
    "address": re.compile(r"https?:|www\.|\w@\w|\.(?:com|org|gov|net)\b|\bdoi\b|\bISBN\b"),
    "hash or handle": re.compile(r"[#@]\w"),
    "quotation mark": re.compile(r"[\"“”«»]"),
    "bracket": re.compile(r"[(\[]"),
    "semicolon": re.compile(r";"),
    "by": re.compile(r"^(?:by|photo|image|video|source|credit|copyright|via|illustration|graphic)\b", re.IGNORECASE),
    "read, sign": re.compile(
        r"^(?:read|sign|subscribe|click|share|follow|see|view|show|watch|listen|get|add|open|load|log|skip|visit|join|"
        r"download|enter|call|ask|write|support|register|buy|try|learn|check|turn|take|use|make|keep|tap)\b",
        re.IGNORECASE,
    ),
    "how, why, what": re.compile(r"^(?:how|why|what|where|when|who|inside|\d+)\b", re.IGNORECASE),
    "site": _any_of(
        "subscribe newsletter cookies account inbox comments article story stories editor reporter correspondent email "
        "login website page contributed reporting copyright retrieved updated published posted"
    ),
    "picture": _any_of("photo image pictured photograph photographer getty reuters afp ap caption seen left right"),
    "says": _any_of("says said told asked according reported"),
    "seems": re.compile(
        r"\b(?:best|worst|great|terrible|wonderful|beautiful|lovely|sad|proud|happy|awful|amazing|love|hate)\b",
        re.IGNORECASE,
    ),
}

SHORT = "short sentence"
"""Up to eight words and a full stop: "Bats are blind."."""

SURFACE_FEATURES = (
    *_PATTERNS,
    "length",
    "two or three words",
    "up to six words",
    SHORT,
    "share of capitals",
    "share of numbers",
    "finite verb",
    "verb in -s",
    "third word in -ing",
)
"""Names of the columns, which a checkpoint stores with their weights."""

_THIRD_PERSON = re.compile(r"^[a-z]{2,}(?<!s)s$")
_FEW, _SOME, _SHORT_WORDS = 3, 6, 8


def surface_features(text: str, tokens: Sequence[Token]) -> FloatArray:
    """Compute how a sentence is written, shape (len(SURFACE_FEATURES),)."""
    words = [token for token in tokens if token.form[0].isalpha()]
    count = max(1, len(words))
    written = [token.form for token in words]
    values = [float(pattern.search(text) is not None) for pattern in _PATTERNS.values()]
    values += [
        log(count),
        float(count <= _FEW),
        float(count <= _SOME),
        float(count <= _SHORT_WORDS and values[0] > 0.0),
        sum(token.capitalised for token in words[1:]) / count,
        (len(tokens) - len(words)) / max(1, len(tokens)),
        float(any(is_finite_verb(token.form) for token in words if not token.capitalised)),
        float(any(_THIRD_PERSON.match(word) for word in written[1:4])),
        float(any(word.endswith("ing") for word in written[1:4])),
    ]
    return np.array(values)
