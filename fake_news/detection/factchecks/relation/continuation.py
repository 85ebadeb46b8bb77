"""Continuations: a sentence that repeats a core claim word for word, and goes on, or comes to it after another clause.

"The bridge is a fraud invented by the mayor" says that the bridge is a fraud, and more, so that it is false where that
is; so is "I did not ask, but the bridge is a fraud". Vectors see two topics, and a negation that is not the claim's.
The form tells, where the rest adds to the claim and takes nothing back. "In the film, the bridge is a fraud" asserts
nothing: a clause before the claim has to be joined to it, not to frame it.
"""

from __future__ import annotations

import re

from fake_news.detection.factchecks.relation import cues
from fake_news.detection.factchecks.relation.denial import negates
from fake_news.detection.text.tokens import tokenize

_ADDS = re.compile(
    r"\s*(?:,\s*)?(?:(?:\w+ed|begun|built|made|paid|run|sold|told|written)\s+by"
    r"|and(?!\s+(?:other|similar|such|more)\b)|which)\s",
    re.IGNORECASE,
)
_DEBUNKS = re.compile(r"\b(?:false|true|wrong|lies?|lied|fake|nonsense|rubbish|rumou?rs?)\b", re.IGNORECASE)
_LOOK = 4
_COMES_AFTER = re.compile(r"(?:,\s*(?:and|but|so|yet)\s+|;\s*(?:(?:and|but|so|yet)\s+)?)$", re.IGNORECASE)
_FRAMES = re.compile(
    r"\b(?:that|if|whether|unless|said|says?|saying|claims?|claimed|thinks?|thought|believes?|believed|imagine|suppose"
    r"|stor(?:y|ies)|headlines?|posts?|posters?|signs?|memes?|according|example|contrary|instead)\b",
    re.IGNORECASE,
)
"""What stands before a claim that is reported, supposed or set against something, and not asserted."""
_TAKES_BACK = cues.QUESTION | cues.DEBUNK | cues.DISTANCE | cues.IMAGINED


def begins_with_claim(statement: str, claim: str) -> bool:
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


def ends_with_claim(statement: str, claim: str) -> bool:
    """Whether a statement ends with a claim, word for word, after a clause that does not frame it.

    >>> comes_to("The mayor did not answer, but the bridge is a fraud.", "The bridge is a fraud.")
    True
    >>> comes_to("It is not true, as some say: the bridge is a fraud.", "The bridge is a fraud.")
    False
    """
    words, theirs = tokenize(statement), tokenize(claim)
    if not theirs or len(words) <= len(theirs):
        return False
    if [word.form for word in words[-len(theirs) :]] != [word.form for word in theirs]:
        return False
    before = statement[: words[-len(theirs)].start]
    if not _COMES_AFTER.search(before) or _FRAMES.search(before) or _DEBUNKS.search(before):
        return False
    return not cues.cues_of(statement, [word.form for word in words]) & _TAKES_BACK
