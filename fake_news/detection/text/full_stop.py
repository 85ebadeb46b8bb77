"""The full stop that people leave out when they type a sentence or select one: without it, it looks like a heading.

It is added only to what has a verb that is certainly one, and is not written as headlines are.
"""

from __future__ import annotations

import re

_ENDED = re.compile(r"[.!?…:;,][\"'”’)\]]*$|[^\w\s]$")
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|did|will|would|can|could|cannot|must|\w+n['’]t"
    r"|causes?|caused|cures?|cured|kills?|killed|contains?|contained|makes?|made|gives?|gave|gets?|got|takes?|took|goes"
    r"|went|says|said|told|wants?|wanted|plans? to|planned|voted|votes? (?:for|against|to)|won|lost|lied|pays|paid"
    r"|owns?|owned|bought|sold|sells|died|dies|supported|endorse[sd]?|banned|bans|raised|raises|rose|fell|falls|dropped"
    r"|doubled|tripled|increased|increases|decreased|works?|worked|prevents?|prevented|spreads?|protects?|protected|alters?"
    r"|altered|changes? (?:your|our|the|their|human)|shows?|showed|proves?|proved|believes?|believed|created|creates"
    r"|invented|faked|rigged|stole|signed|passed|opposes?|opposed|became|becomes?|began|started|founded|built|builds"
    r"|served|serves|wrote|called|calls|sent|sends|came|comes|received|receives?|earns?|earned|spends?|spent|commits?"
    r"|committed|eats?|ate|lives?|lived|exists?|existed|needs?|happened|landed|orbits?|boils?|saves?|saved)\b"
)
"""In lower case: headlines in capitals have none."""
_LONG_WORD = re.compile(r"[^\W\d_][\w'’-]{3,}")
_FEWEST_WORDS, _MOST_CAPITALISED = 3, 0.6


def with_full_stop(text: str) -> str:
    """The sentence with its full stop, where one was left out; whatever may be a heading stays as it is.

    >>> with_full_stop("the mayor sold the park"), with_full_stop("Mayor Sold Park Again"), with_full_stop("A new park")
    ('the mayor sold the park.', 'Mayor Sold Park Again', 'A new park')
    """
    words = text.split()
    if len(words) < _FEWEST_WORDS or _ENDED.search(text) or not _VERB.search(" ".join(words[1:])):
        return text
    long_words = _LONG_WORD.findall(" ".join(words[1:]))
    capitalised = sum(word[0].isupper() for word in long_words)
    is_headline = len(long_words) >= _FEWEST_WORDS and capitalised / len(long_words) > _MOST_CAPITALISED
    return text if is_headline else f"{text}."
