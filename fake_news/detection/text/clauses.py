"""Clauses, recognised by the form of their words: finite verbs, where a clause begins, and who said a quotation.

"He moved to the U.S. Congress approved the law." has two sentences because a subject and its verb follow what has a
subject and a verb already; "“Crime is up!” Lee said." is one sentence. A tagger would know more, but take longer than
all other steps together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_FINITE = frozenset(
    """is are was were am has have had does do did will would can could may might must shall should isn't aren't wasn't
    weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't can't couldn't fell rose paid made saw lost left
    came went took gave got found knew thought told kept held brought began won met ran sat stood spoke wrote sent spent
    built bought sold broke chose drew drove ate flew forgot grew hid led lent lay meant rode rang said sang shot showed
    slept stole swore taught threw understood wore became fought caught cut hit hurt let put quit set shut spread
    says goes comes takes makes gives gets keeps holds brings needs wants costs lives works sits stands runs rises
    falls remains seems shows means owns pays sells buys uses loses wins closes opens starts ends
    sued died sell""".split()
)
_OF_SEVERAL = frozenset(
    """need want have say think know go come make take get give keep fed live work pay cost use own run buy sell like
    love hate believe expect call hold bring stand sit lie see feel seem remain show mean
    support oppose agree""".split()
)
_SUBJECTS = frozenset("he she it they we i you there this that who nobody everybody everyone people".split())
_ADVERBS = frozenset(
    "there then now also never still all just already quickly later soon only not often always both".split()
)
_SAYING = frozenset("said says told tells claimed claims tweeted wrote argued argues believes thinks thought".split())
_FEWEST_OF_A_CLAUSE = 3
_QUOTED = re.compile("[\"”’»']")
_SPEAKER = re.compile(
    r"""(?:[A-Z][^\W_]*\.?(?:[’'-][^\W_]+)*\s+){1,4}
    (?:said|says|asked|asks|tweeted|wrote|writes|shouted|added|replied|posted|claimed|declared|cried|told\s\w+)
    (?:[.,;:—–]|$|\s(?:on|in|at|to|during|as|of|when|after|before|this|last|while|from|yesterday|today|Monday|Tuesday|
    Wednesday|Thursday|Friday|Saturday|Sunday)\b)""",
    re.VERBOSE,
)


def is_finite(word: str) -> bool:
    """Whether a word, as written, reads as a finite verb: "was", "rose", "arrived"."""
    return word in _FINITE or (len(word) > 4 and word.endswith("ed") and word.islower())


def begins_clause(words: Sequence[str]) -> bool:
    """Whether words begin with a subject of one word and its verb."""
    if len(words) > 2 and words[1] in _ADVERBS:
        return is_finite(words[2])
    return len(words) > 1 and (is_finite(words[1]) or (words[0].endswith("s") and words[1] in _OF_SEVERAL))


def is_clause(words: Sequence[str]) -> bool:
    """Whether words contain a complete clause: "The shop opened at 5", not "He said the"."""
    if len(words) < _FEWEST_OF_A_CLAUSE or any(word in _SAYING for word in words):
        return False
    return words[0].lower() in _SUBJECTS or any(is_finite(word) for word in words[1:])


def names_the_speaker(text: str, stop: re.Match[str], line_end: int) -> bool:
    """Whether a quotation ends here and only its speaker follows."""
    return bool(_QUOTED.search(stop["closing"])) and _SPEAKER.match(text, stop.end(), line_end) is not None
