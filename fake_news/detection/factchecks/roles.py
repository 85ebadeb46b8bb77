"""Roles: who does it, and to whom. "A endorsed B" and "B endorsed A" have the same words and nearly the same vector.

No parser is needed to see such a swap: where the name that leads one sentence comes later in the other, and the other
way round, the roles differ, unless one of the two is in the passive voice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from fake_news.detection.factchecks.terms import term_of
from fake_news.detection.text.tokens import Token, tokenize

_PASSIVE = re.compile(
    r"\b(?:am|is|are|was|were|be|been|being|get|gets|got)\s+(?:[\w'’-]+\s+){1,3}?by\s+(?!\d[\d.,%]*\b)", re.IGNORECASE
)


def leading(text: str, tokens: Sequence[Token], content: Sequence[bool]) -> set[int]:
    """The places of the tokens that name who or what does it: the first content word, or a whole name.

    Parameters
    ----------
    content : for each token, whether it is a content word of what is said

    >>> from fake_news.detection.text.tokens import tokenize
    >>> for text in ("Ann Lee praised Bob Day.", "Bob Day was praised by Ann Lee."):
    ...     tokens = tokenize(text)
    ...     words = leading(text, tokens, [token.form not in {"was", "by"} for token in tokens])
    ...     [tokens[place].form for place in sorted(words)]
    ['ann', 'lee']
    ['ann', 'lee']
    """
    passive = _PASSIVE.search(text)
    begins = passive.end() if passive else 0
    first = next((place for place, token in enumerate(tokens) if content[place] and token.start >= begins), None)
    if first is None:
        return set()
    places = {first}
    for place in range(first + 1, len(tokens)):
        before, token = tokens[place - 1], tokens[place]
        is_capital = text[before.start].isupper() and text[token.start].isupper()
        if not (is_capital and content[place] and not text[before.end : token.start].strip(" .")):
            break
        places.add(place)
    return places


def roles_exchanged(left: str, right: str) -> bool:
    """Whether two sentences say the same words of one another the other way round.

    For sentences of a few words, all of which are at hand. Words in another order say the same where one of the two is
    in the passive voice, and words in the same order do not.

    >>> roles_exchanged("Rain causes floods.", "Floods cause rain."), roles_exchanged("Rain causes floods.", "Floods!")
    (True, False)
    >>> roles_exchanged("Floods are caused by rain.", "Rain causes floods.")
    False
    """
    ours, theirs = _order(left), _order(right)
    if sorted(ours) != sorted(theirs):
        return False
    return (ours != theirs) is not (bool(_PASSIVE.search(left)) is not bool(_PASSIVE.search(right)))


def _order(text: str) -> list[int]:
    """The content words of a text in order; numbers stand anywhere."""
    terms = [term_of(token.form) for token in tokenize(text) if not token.form[0].isdigit()]
    return [term for term in terms if term is not None]
