"""The profile of a claim: everything that matching knows of it, except its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fake_news.detection.factchecks.fact_check import encoder_text
from fake_news.detection.factchecks.polarity import NEGATIONS, directions, find_negations, leading_words
from fake_news.detection.factchecks.quantities import Quantity, quantities
from fake_news.detection.factchecks.relation.cues import cues_of
from fake_news.detection.factchecks.terms import term_hash, term_of
from fake_news.detection.text.tokens import Token, tokenize

# Bits that describe a term in a claim. Plain integers, as an operation on enum.Flag takes a microsecond.
NAME = 1
"""Capitalised although it does not begin a sentence."""
HEADLINE = 2
"""Only in the fact-check's headline: it helps to find the claim, but is not part of it."""
SPEAKER = 4
"""Only in the speaker's name."""
NEGATED = 8
"""Negated."""
NUMBER = 16
"""Represents a quantity, however it is written."""
BRACKETED = 32
"""Only in brackets, which the fact-checker added; such a term is also marked as one of the headline."""
LEADS = 64
"""Names who or what acts, see :mod:`fake_news.detection.factchecks.polarity`."""

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_TAG = re.compile(r"[#@](\w+)")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_|(?<=[A-Za-z])(?=\d)")
_ATTRIBUTION = re.compile(
    r"[\"'“‘]?(?:(?:according to|as) [^,.:]{2,60}[,:]"
    r"|[^,.:;]{1,60}?\b(?:said|says|claimed|claims|stated|argued|insisted|announced|tweeted|wrote|told [^,.:;]{1,30})"
    r"(?: on \w+)?(?:\s*[:,]|\s+that\b)"
    r"|[\"'“‘][^\"'”’]{3,40}[,.]?[\"'”’] (?:he|she|they) (?:said|says)[,.:])\s*",
    re.IGNORECASE,
)
_TITLES = frozenset("gov sen rep mr mrs ms dr pres gen lt st jr prof atty rev".split())
_DENIAL = 4  # words up to and with "that"


@dataclass(frozen=True, slots=True)
class Profile:
    """What matching knows of a claim.

    Attributes
    ----------
    terms : dict of int to int
        The hashes of its terms, each once, with the bits that describe them.
    order : list of int
        Its terms in order, without those that name who is quoted.
    quantities : list of (place, Quantity)
        Its numbers; a place is the number of items of ``order`` before it.
    directions : list of (place, int)
        Its directed words, see :mod:`fake_news.detection.factchecks.polarity`.
    negations : list of places
        Its negations.
    denials : list of places
        Those negations that deny all that follows: "it is not true that …".
    marks : int
        The bits of its cues, see :mod:`fake_news.detection.factchecks.relation.cues`.
    """

    terms: dict[int, int]
    order: list[int]
    quantities: list[tuple[int, Quantity]]
    directions: list[tuple[int, int]]
    negations: list[int]
    denials: list[int]
    marks: int


def statement_profile(text: str, tokens: Sequence[Token] | None = None) -> Profile:
    """Profile a statement that may repeat a claim.

    Who is quoted ("The senator said that …") does not count as part of what is said, and hashtags are split into words.

    Parameters
    ----------
    tokens : the text's tokens, if they are known already; offsets are those of ``text``
    """
    if _TAG.search(text):
        text, tokens = _TAG.sub(_split_hashtag, text), None
    tokens = tokenize(text) if tokens is None else tokens
    quoted = _ATTRIBUTION.match(text)
    beginning = quoted.end() if quoted else 0
    return _profile(text, tokens, [SPEAKER if token.start < beginning else 0 for token in tokens])


def profile(text: str, *, headline: str = "", speaker: str = "") -> Profile:
    """Profile a claim. Words in brackets were added by the fact-checker, and may be missing elsewhere.

    Parameters
    ----------
    headline, speaker : those of the fact-check
    """
    tokens = tokenize(text)
    added = [found.span() for found in _BRACKETS.finditer(text)]
    marks = [HEADLINE | BRACKETED if any(start <= token.start < end for start, end in added) else 0 for token in tokens]
    return _profile(text, tokens, marks, headline, speaker)


def _profile(
    text: str, tokens: Sequence[Token], marks: Sequence[int], headline: str = "", speaker: str = ""
) -> Profile:
    forms = [token.form for token in tokens]
    hashes = [term_of(form) for form in forms]
    # A number is a quantity, and negations are counted: neither says what a text is about.
    content = [
        term is not None and not form[0].isdigit() and form not in NEGATIONS
        for term, form in zip(hashes, forms, strict=True)
    ]
    negated, negations = find_negations(forms, content)
    names = are_capitalised(text, tokens)
    leads = leading_words(
        text, tokens, [is_content and not mark for is_content, mark in zip(content, marks, strict=True)]
    )
    terms: dict[int, int] = {}
    aside: dict[int, int] = {}
    order: list[int] = []
    before = []  # for every token, the number of items of ``order`` before it
    columns = zip(hashes, content, names, negated, marks, strict=True)
    for i, (term, is_content, is_name, is_negated, mark) in enumerate(columns):
        before.append(len(order))
        if term is not None and is_content:
            place = aside if mark else terms
            bits = (NAME if is_name else 0) | (NEGATED if is_negated else 0) | (LEADS if i in leads else 0)
            place[term] = place.get(term, 0) | mark | bits
            if not mark:
                order.append(term)
    terms = aside | terms
    found = quantities(tokens)
    for _, (value, _) in found:
        terms[term_hash(f"#{value:g}")] = NUMBER
    for extra, mark in ((headline, HEADLINE), (speaker, SPEAKER)):
        for token in tokenize(extra):
            term = term_of(token.form)
            if term is not None and not token.form[0].isdigit():
                terms.setdefault(term, mark)
    return Profile(
        terms,
        order,
        [(before[token], quantity) for token, quantity in found],
        [(before[token], direction) for token, direction in directions(forms)],
        [before[token] for token in negations],
        [before[token] for token in negations if "that" in forms[token + 1 : token + _DENIAL]],
        cues_of(encoder_text(text), forms),
    )


def are_capitalised(text: str, tokens: Sequence[Token]) -> list[bool]:
    """Find which tokens are capitalised where only a name would be."""
    capital = [text[token.start].isupper() and token.form != "i" for token in tokens]
    words = [token.form[0].isalpha() for token in tokens]
    if sum(capital) > 0.6 * sum(words):  # a headline, or shouting
        return [False] * len(tokens)
    return [
        is_capital and i > 0 and _no_sentence_begins(text[tokens[i - 1].end : token.start], tokens[i - 1].form)
        for i, (token, is_capital) in enumerate(zip(tokens, capital, strict=True))
    ]


def _no_sentence_begins(between: str, before: str) -> bool:
    """Whether the second of two words is inside a sentence, by what is between them and the word before."""
    left = between.strip(" ,;-–'’(")
    return not left or (left == "." and (len(before) == 1 or before in _TITLES))


def _split_hashtag(tag: re.Match[str]) -> str:
    """Split "#AustralianFires" into "Australian Fires"."""
    return " ".join(part for part in _HUMP.split(tag[1]) if part)
