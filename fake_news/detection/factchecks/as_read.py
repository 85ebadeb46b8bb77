"""A checked claim as the encoder reads it: without the fact-checker's frame, with its speaker where that matters.

Training, the index and imports share this one function, so that a claim always has the vector it was learned with.
"""

from __future__ import annotations

import re

_FRAME = re.compile(r"^(?:Says|Said|Claims)\s+(?:that\s+)?", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:I|I['’]m|I['’]ve|my|we|our|me|us)\b")
_PRONOUN_FIRST = re.compile(r"(?:he|she|they|his|her)\b", re.IGNORECASE)
_NOBODY = re.compile(r"post|image|viral|blog|e-?mail|tweet|users|multiple|facebook|instagram|social", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def as_read(claim: str, speaker: str = "") -> str:
    """The claim in the words that are encoded.

    >>> as_read("Says he never met the mayor.", "John Roe")
    'John Roe says: he never met the mayor.'
    >>> as_read("Says the bridge is closed.", "Facebook posts")
    'The bridge is closed.'
    """
    text = _SPACE.sub(" ", claim).strip().strip('"“”').replace('""', '"')
    text = _FRAME.sub("", text)
    is_person = bool(speaker) and not _NOBODY.search(speaker)
    if is_person and (_FIRST_PERSON.search(text) or _PRONOUN_FIRST.match(text)):
        text = f"{speaker} says: {text}"
    return text[:1].upper() + text[1:]
