"""Clauses: what a sentence denies, what it asserts, and whether it begins or ends with a claim and adds to it.

"There is no doubt that garlic cures colds" and "doctors will not tell you that …" have a negation, and still assert.
Vectors hardly show the difference. The wording of a sentence does, and in doubt it is not a denial. The clauses of a
sentence that negates one thing and asserts another, such as "not A, but B", are matched one by one.

"The bridge is a fraud invented by the mayor" says that the bridge is a fraud, and more, so that it is false where that
is; so is "I did not ask, but the bridge is a fraud". Vectors mix the two topics, and count a negation that does not
belong to the claim. The wording shows whether the rest adds to the claim without taking it back. "In the film, the
bridge is a fraud" asserts nothing: a clause before the claim has to be joined to it, not to frame it.
"""

from __future__ import annotations

import re

from fake_news.detection.factchecks.relation import cues
from fake_news.detection.text.tokens import tokenize

_NEGATION = r"(?:not|never|no|none|nobody|neither|nor|nothing|nowhere|without|cannot|no one|\w+n['’]t)"
_COUNTED = re.compile(
    rf"\b{_NEGATION}\b|\b(?:myths?|hoax(?:es)?|falsely|false|untrue|debunked|fake|wrong|lies|lied|lie|refuted|disproved"
    r"|fabricated|made[- ]up|unfounded|baseless|bogus)\b",
    re.IGNORECASE,
)
_SMALLER = re.compile(
    r"\b(?:less|fewer|lower|smaller) than (?:an? |one |the )?(?:[$€£]?\d|half|third|quarter)", re.IGNORECASE
)
"""A number that is said to be smaller."""
_COUNTED_ONCE = re.compile(r"^no[,:] |\bhoax (?=(?:web)?site)", re.IGNORECASE)
"""Words beside a denial that are not a second one."""
_AROUND = re.compile(
    rf"\b{_NEGATION}\b(?:\W+\w+){{0,3}}?\W+(?:doubt\w*|den(?:y|ies|ied|ying)|secret|question\w*|refut\w+|disput\w+"
    r"|disprov\w+|disagree\w*|coincidence|accident|surpris\w+|wonder|myth|hoax|false|untrue|fake|lying|hide|hides"
    r"|mistake|exaggerat\w+|joke|rumou?r|conspiracy|ignore|forget)\b"
    rf"|\b{_NEGATION} (?:only|just|merely|simply)\b",
    re.IGNORECASE,
)
"""A negation of what is done with the claim, not of the claim."""
_UNTOLD = re.compile(
    rf"\b{_NEGATION}\b(?:\W+\w+){{0,5}}?\W+(?:tell|tells|told|mention\w*|report\w*|say|says|said|admit\w*|know|knows"
    r"|believe|believes|think|thinks|hear|heard|learn)(?:\W+\w+){0,4}?\W+(?:that|how|why)\b",
    re.IGNORECASE,
)
"""A negation of saying or knowing it, which denies only a claim about saying."""
_INSTEAD = re.compile(r"(?:[,;:–—]|\s-)\s*(?:and\s+)?not\b", re.IGNORECASE)
"""One thing asserted instead of another: "born here, not there"."""
_CLAUSE_END = re.compile(r"(?<=[,;:–—])\s+|\s+(?=(?:and|but|while|because|which|although|nor)\s)")
_FRAME = re.compile(
    r"(?:no,\s+)?(?:(?:it|that)(?:['’]s|\s+is|\s+was)\s+(?:simply\s+|just\s+)?(?:not\s+true|not\s+the\s+case|false|untrue"
    r"|wrong|incorrect|an?\s+(?:myth|lie|hoax|fabrication))|there(?:['’]s|\s+is|\s+was)\s+no\s+(?:\w+\s+)?"
    r"(?:evidence|proof|sign|indication|truth\s+to\s+the\s+\w+))\s+that\s+(.{3,})",
    re.IGNORECASE,
)
_FRAMED_SUBJECT = re.compile(
    r"the\s+(?:claim|idea|story|rumou?r|notion|theory|belief|assertion)\s+that\s+(.{3,}?)\s+(?:is|was|has\s+been)\s+"
    r"(?:false|untrue|wrong|debunked|refuted|disproved|made[ -]up|fabricated|unfounded|baseless|bogus|an?\s+\w+)\b",
    re.IGNORECASE,
)
"""A denial of a whole clause."""
_FEWEST_WORDS = 2
_SUBJECT = re.compile(
    r"^(.{2,60}?)\s+(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must|cannot|never"
    r"|\w+n['’]t)\b"
)
_OPENING = re.compile(
    r"^(?:and|but|while|because|although|nor|so|rather|instead|in fact|actually)[\s,]+", re.IGNORECASE
)
_OWN_SUBJECT = re.compile(r"^(?:the|a|an|this|that|these|those|his|her|its|their|our|my|your|[A-Z])")
_PRONOUN = re.compile(r"^(?:it|they|he|she)\s+", re.IGNORECASE)


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


def may_deny(text: str, claim_negations: int = 0, is_about_saying: bool = False) -> bool:
    """Whether a sentence may deny the claim it is about by what it negates, or, without a negation, by an antonym.

    Parameters
    ----------
    claim_negations : the number of negations in the claim
    is_about_saying : whether the claim is that somebody said something

    >>> may_deny("Garlic does not cure colds."), may_deny("There is no evidence that garlic cures colds.")
    (True, True)
    >>> may_deny("There is no doubt that garlic cures colds."), may_deny("It is not true that garlic cures no cold.")
    (False, False)
    """
    if _AROUND.search(text) or _INSTEAD.search(text) or (_UNTOLD.search(text) and not is_about_saying):
        return False
    most = max(len(_COUNTED.findall(clause)) for clause in _CLAUSE_END.split(_COUNTED_ONCE.sub("", text)))
    return most <= 1 + claim_negations


def is_denial(text: str) -> bool:
    """Whether the words of a sentence show, without the claim, that it may deny something.

    >>> is_denial("The bridge is nowhere near 90 years old."), is_denial("It cost less than $40.")
    (True, True)
    >>> is_denial("Unemployment is really 42 percent.")
    False
    """
    return negates(text) or bool(_SMALLER.search(text))


def denied_clause(text: str) -> str | None:
    """Extract the clause that a sentence denies as a whole, by a frame around it.

    >>> denied_clause("It is not true that garlic cures colds."), denied_clause("Garlic does not cure colds.")
    ('Garlic cures colds.', None)
    >>> denied_clause("The story that the mayor sold the park was made up.")
    'The mayor sold the park.'
    """
    found = _FRAME.match(text) or _FRAMED_SUBJECT.match(text)
    if not found:
        return None
    clause = found[1].rstrip(" .!")
    return f"{clause[0].upper()}{clause[1:]}."


def whole_denied_clause(text: str) -> str | None:
    """Extract the clause that a sentence denies as a whole, if it says nothing else and the clause denies nothing.

    >>> whole_denied_clause("It is a myth that garlic cures colds.")
    'Garlic cures colds.'
    >>> whole_denied_clause("It is a myth that garlic cures colds, but it tastes good.") is None
    True
    """
    clause = denied_clause(text)
    return None if clause is None or cues.adds_a_clause(text) or negates(clause) else clause


def negates(text: str) -> bool:
    """Whether a text has a word that negates or debunks.

    >>> negates("Garlic does not cure colds."), negates("Garlic cures colds.")
    (True, False)
    """
    return bool(_COUNTED.search(text))


def asserted_clauses(text: str) -> list[str]:
    """Extract the clauses that a sentence asserts beside a negated one, with their subject filled in.

    >>> asserted_clauses("Garlic does no harm and cures colds."), asserted_clauses("Garlic does not cure colds.")
    (['Garlic cures colds.'], [])
    >>> asserted_clauses("The mayor did not buy the bridge, he sold the park.")
    ['The mayor sold the park.']
    """
    parts = [part for part in _CLAUSE_END.split(text) if len(part.split()) >= _FEWEST_WORDS]
    negated = [part for part in parts if negates(part)]
    if not negated:
        return []
    subject = _SUBJECT.match(text) if text.startswith(negated[0]) else None
    return [_with_subject(subject[1], part) if subject else part for part in parts if not negates(part)]


def _with_subject(subject: str, clause: str) -> str:
    """Put the subject into a clause that leaves it out or has a pronoun for it; return others unchanged."""
    bare = _OPENING.sub("", clause)
    if _PRONOUN.match(bare):
        return f"{subject} {_PRONOUN.sub('', bare)}"
    return f"{subject} {bare}" if bare != clause and not _OWN_SUBJECT.match(bare) else bare


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
