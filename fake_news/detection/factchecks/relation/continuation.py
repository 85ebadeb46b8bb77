"""Continuations: a sentence that begins with a core claim, word for word, or ends with it after another clause.

"The bridge is a fraud invented by the mayor" says that the bridge is a fraud, and more, so that it is false where that
is; so is "I did not ask, but the bridge is a fraud". Vectors mix the two topics, and count a negation that does not
belong to the claim. The form shows whether the rest adds to the claim without taking it back. "In the film, the bridge
is a fraud" asserts nothing: a clause before the claim has to be joined to it, not to frame it.
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
"""Words before a claim that is reported, supposed or contrasted, and not asserted."""
_TAKES_BACK = cues.QUESTION | cues.DEBUNK | cues.DISTANCE | cues.IMAGINED


def begins_with_claim(statement: str, claim: str) -> bool:
    """Whether a statement begins with a claim, word for word, and adds to it.

    >>> begins_with_claim("The bridge is a fraud invented by the mayor.", "The bridge is a fraud.")
    True
    >>> begins_with_claim("The bridge is a fraud expert.", "The bridge is a fraud.")
    False
    """
    if statement[:_LOOK].casefold() != claim[:_LOOK].casefold():  # a quick check before tokenizing
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

    >>> ends_with_claim("The mayor did not answer, but the bridge is a fraud.", "The bridge is a fraud.")
    True
    >>> ends_with_claim("It is not true, as some say: the bridge is a fraud.", "The bridge is a fraud.")
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
