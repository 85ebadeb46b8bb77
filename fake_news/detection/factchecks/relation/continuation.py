"""Continuations: a sentence that repeats a core claim word for word and goes on.

"Climate change is a hoax invented by the Chinese" says that climate change is a hoax, and more, so that it is false
where that is. Vectors see two topics. The form tells, where what follows adds to the claim and takes nothing back.
"""

from __future__ import annotations

import re

from fake_news.detection.factchecks.relation import cues
from fake_news.detection.factchecks.relation.denial import negates
from fake_news.detection.text.tokens import tokenize

_ADDS = re.compile(
    r"\s*(?:,\s*)?(?:(?:\w+ed|begun|built|made|paid|run|sold|told|written)\s+by|and|which)\s", re.IGNORECASE
)
_LOOK = 4
_TAKES_BACK = cues.QUESTION | cues.DEBUNK | cues.DISTANCE | cues.IMAGINED


def says_and_goes_on(statement: str, claim: str) -> bool:
    """Whether a statement begins with a claim, word for word, and adds to it.

    >>> says_and_goes_on("The bridge is a fraud invented by the mayor.", "The bridge is a fraud.")
    True
    >>> says_and_goes_on("The bridge is a fraud expert.", "The bridge is a fraud.")
    False
    """
    if statement[:_LOOK].casefold() != claim[:_LOOK].casefold():  # before any word is cut out
        return False
    words, theirs = tokenize(statement), tokenize(claim)
    if not theirs or len(words) <= len(theirs):
        return False
    if [word.form for word in words[: len(theirs)]] != [word.form for word in theirs]:
        return False
    rest = statement[words[len(theirs) - 1].end :]
    if not _ADDS.match(rest) or negates(rest):
        return False
    return not cues.cues_of(rest, [word.form for word in words[len(theirs) :]]) & _TAKES_BACK
