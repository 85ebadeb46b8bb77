"""Cues: what the words of a text show about how it says something, which its vector hardly shows.

Each cue is one bit, so that those of 50,000 claims are one small column. The same function reads statements and
claims; the cues above the eighth bit are used for statements only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

# Plain integers, as an operation on enum.Flag takes a microsecond.
FIRST_PERSON = 1
"""Says "I" or "my", so that it matters who says it."""
RELATIVE_TIME = 2
"""Says "today" or "this year", so that it matters when it was said."""
SAYING = 4
"""Is about what somebody said, called or promised."""
ALL = 8
SOME = 16
ONLY = 32
MEDIA = 64
"""Is about a photo, a video or a post."""
DEBUNK = 128
"""Calls something a myth, a hoax or a false claim."""
QUESTION = 256
ATTRIBUTION = 512
"""Attributes it to somebody, without distance."""
DISTANCE = 1024
"""Reports it with doubt: "falsely", "lied when", "no evidence", "is it true that"."""
IMAGINED = 2048
"""Speaks of what would be: "if", "could", "would"."""

CLAIM_CUES = 0xFF
"""The cues that are stored for a claim."""
NAMES = "first_person relative_time saying all some only media debunk question attribution distance imagined".split()

_WORDS = {
    FIRST_PERSON: "i me my mine im ive myself",
    RELATIVE_TIME: "today currently now yesterday recently tonight ago lately tomorrow",
    ALL: "all every everyone everybody everything always each entire entirely no none nobody never nothing any",
    SOME: "some many few several most sometimes often majority part partly mostly half nearly almost about",
    ONLY: "only just solely alone exclusively sole",
    MEDIA: """photo photos photograph photographs picture pictures image images video videos clip footage screenshot
        meme""",
    DEBUNK: """myth myths hoax hoaxes false falsely untrue fake faked debunked debunk debunks baseless unfounded
        misinformation disinformation rumor rumors rumour bogus fabricated doctored conspiracy""",
    IMAGINED: "if would could might may should unless",
}
_SETS = {cue: frozenset(words.split()) for cue, words in _WORDS.items()}
_BEFORE_TIME = frozenset("this last past next".split())
_TIME_NOUNS = frozenset("year month week decade quarter years months weeks".split())
_SAYING_VERBS = (
    r"said|says|say|called|calls|calling|claimed|claims|told|tells|tweeted|wrote|stated|suggested|admitted|compared|"
    r"described|referred|promised|vowed|pledged|argued|insisted|announced|posted|praised|mocked|quoted|declared|"
    r"proposed|asked|urged|threatened|accused|blamed|boasted|confessed|denied|denies|suggests|argues|thinks|thought|"
    r"believes|believed|warned|warns|vows|dismissed|labeled|likened|acknowledged|considers|insists|chanted|shouted|"
    r"yelled|joked|quipped|testified|preached|bragged|hinted|implied|remarked|complained"
)
_SAYING = re.compile(
    r"^[\"'“‘]?(?:(?:In|On|During|As of) [^,]{2,30}, )?(?:[A-Z][\w.'’-]*,? ?){1,6}(?:\w+ ){0,3}?"
    rf"[\"'“‘]?(?:{_SAYING_VERBS})\b"
)
_POST_SAYS = re.compile(
    r"(?:\w+ ){0,3}?(?:posts?|images?|photos?|videos?|memes?|tweets?|articles?) (?:says?|claims?|shows?)\b",
    re.IGNORECASE,
)
"""A post asserts what it says: "A Facebook post says …" is not a claim that somebody said something."""
_ATTRIBUTION = re.compile(
    r"^[\"'“‘]?(?:according to|as) [^,.:]{2,60}[,:]"
    r"|\b(?:said|says|say|claimed|claims|claim|stated|argued|insisted|announced|tweeted|wrote|reported"
    r"|told [^,.:;]{1,30})"
    r"(?: on \w+)?(?:\s*[:,]|\s+that\b)",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\bwish(?:es|ed)?\b|\bif only\b|\bwould (?:be|have been) (?:\w+ ){1,3}if\b|^(?:imagine|suppose|what if)\b",
    re.IGNORECASE,
)
_FURTHER_CLAUSE = re.compile(
    r",\s+(?:and|which|while|so|but|because|who|where|when|with|making|leaving|since|as|even|yet|though|although)\b"
    r"|;|\s[–—-]\s|\bbecause\b|\bwhich\b",
    re.IGNORECASE,
)
_DISTANCE = re.compile(
    r"\b(?:falsely|wrongly|incorrectly|mistakenly|baselessly|without evidence|no evidence|no proof|not true|untrue|"
    r"lied when|lied about|contrary to|supposedly|allegedly|purportedly|debunk\w*|myth|hoax|rumou?rs?|fact-?check\w*|"
    r"the (?:claim|story|rumou?r|idea|notion|theory) that|false claims?|refut\w+|doctored|misleading\w*|"
    r"is it true|did .{2,60}\?|does .{2,60}\?|whether)",
    re.IGNORECASE,
)


def cues_of(text: str, forms: Sequence[str]) -> int:
    """Find the cues of a text.

    Parameters
    ----------
    forms : normal forms of its tokens

    >>> bool(cues_of("Is it true that he won?", ["is", "it", "true", "that", "he", "won", "?"]) & QUESTION)
    True
    """
    text = " ".join(text.split())  # a no-break space is a space
    words = set(forms)
    found = sum(cue for cue, known in _SETS.items() if not known.isdisjoint(words))
    if any(left in _BEFORE_TIME and right in _TIME_NOUNS for left, right in pairwise(forms)):
        found |= RELATIVE_TIME
    if text.rstrip("\"'”’»)] ").endswith("?"):
        found |= QUESTION
    if _SAYING.search(text) and not _POST_SAYS.match(text):
        found |= SAYING
    if _ATTRIBUTION.search(text):
        found |= ATTRIBUTION
    if _DISTANCE.search(text):
        found |= DISTANCE
    return found


def is_wish(text: str) -> bool:
    """Whether a sentence says what somebody wishes or imagines, so that it does not assert it.

    >>> is_wish("It would be great if the bridge were free."), is_wish("The bridge would be free under this plan.")
    (True, False)
    """
    return bool(_WISH.search(text))


def asserts_nothing(text: str) -> bool:
    """Whether a sentence asks, wishes, reports or doubts, so that what holds for the claim need not hold for it.

    >>> asserts_nothing("The mayor said that the bridge was sold."), asserts_nothing("The bridge was sold.")
    (True, False)
    """
    return is_wish(text) or bool(cues_of(text, ()) & (QUESTION | SAYING | ATTRIBUTION | DISTANCE))


def adds_a_clause(text: str) -> bool:
    """Whether a sentence says something more in a further clause, so that a true claim does not make it true.

    >>> adds_a_clause("The bridge is closed, and the mayor knew.")
    True
    """
    return bool(_FURTHER_CLAUSE.search(text))


def is_attribution(text: str) -> bool:
    """Whether a text says that somebody says something, rather than asserting it.

    >>> is_attribution("The mayor said that the bridge is closed.")
    True
    """
    return bool(_ATTRIBUTION.search(text))
