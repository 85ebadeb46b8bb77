"""Roles: who does it, and to whom. "A endorsed B" and "B endorsed A" have the same words and nearly the same vector.

No parser is needed to see such a swap: where the name that leads one sentence comes later in the other, and the other
way round, the roles differ, unless one of the two is in the passive voice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from fake_news.detection.text.tokens import Token

_PASSIVE = re.compile(
    r"\b(?:am|is|are|was|were|be|been|being|get|gets|got)\s+(?:[\w'’-]+\s+){1,3}?by\s+(?!\d)", re.IGNORECASE
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
