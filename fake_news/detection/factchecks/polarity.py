"""What the same words can hide: negations, words of opposite direction, and who does what to whom.

Vectors hardly show any of it: "has risen" and "has not risen" are neighbours, and so are "A endorsed B" and "B endorsed
A". A swap can be seen without a parser: where the name that leads one sentence comes later in the other, and the other
way round, the roles differ, unless one of the two is in the passive voice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from fake_news.detection.factchecks.terms import term_of
from fake_news.detection.text.tokens import Token, tokenize

NEGATIONS = frozenset(
    """not no never none nobody nothing neither nor cannot without dont doesnt didnt isnt arent wasnt werent wont
    wouldnt cant couldnt shouldnt hasnt havent hadnt aint mustnt hardly scarcely false falsely untrue myth hoax
    debunked debunks incorrect incorrectly fake baseless denies denied refuted refutes unfounded fails failed
    stopped""".split()
)
_REACH = 3
"""How many content words after a negation it negates."""
_CLAUSE_ENDS = frozenset("but although though because while whereas which who that if when".split())

_OPPOSITES = (
    (
        """rise rises rose risen rising increase increases increased increasing grow grows grew grown growing growth
        climb climbed soar soared soaring surge surged expand expanded raise raises raised raising hike hikes boost
        boosted skyrocketed skyrocketing more higher greater larger bigger most highest largest biggest greatest above
        up upward record-high""",
        """fall falls fell fallen falling decrease decreases decreased decreasing decline declines declined declining
        drop drops dropped dropping shrink shrank shrunk shrinking cut cuts cutting reduce reduces reduced reducing
        reduction slash slashed slashing plunge plunged plummeted less fewer lower smaller least lowest smallest fewest
        below down downward lowered lowering""",
    ),
    ("better best improve improved improving improves", "worse worst worsen worsened worsening deteriorated"),
    (
        "win wins won winning gain gains gained gaining added adding adds add created creating create creates",
        "lose loses lost losing destroyed destroy destroying eliminated eliminate eliminating kill killed killing",
    ),
    (
        """support supports supported supporting favor favors favored favoring back backs backed endorse endorsed
        endorses approve approved approves allow allows allowed allowing legalize legalized permit permits permitted for
        voted-for""",
        """oppose opposes opposed opposing against reject rejected rejects ban bans banned banning block blocks blocked
        blocking prohibit prohibits prohibited veto vetoed forbid forbids""",
    ),
    (
        "start starts started starting begin begins began opened open opens opening",
        "stop stops stopped stopping end ends ended ending close closes closed closing repeal repealed",
    ),
    ("rich richer richest wealthy wealthiest", "poor poorer poorest"),
    ("safe safer safest", "dangerous unsafe"),
    ("legal legally lawful", "illegal illegally unlawful"),
    ("import imports imported importing", "export exports exported exporting"),
    ("strong stronger strongest", "weak weaker weakest"),
    ("majority", "minority"),
    ("before", "after"),
    ("first", "last"),
    ("doubled double doubles doubling", "halved halve halves halving"),
    ("always", "rarely seldom"),
    ("accept accepted accepts", "refuse refused refuses"),
    ("surplus", "deficit"),
    ("all everyone everybody", "some sometimes"),
    ("hire hired hiring", "fire fired firing"),
    ("pro", "anti"),
)
# "for", "up", "back" and "all" mean too many things to count by themselves.
_AMBIGUOUS = frozenset("for up down back add end open all some above below".split())
DIRECTIONS: dict[str, int] = {}
"""Words with a direction: plus or minus the number of their pair of opposites."""
for _number, (_up, _down) in enumerate(_OPPOSITES, start=1):
    DIRECTIONS |= {word: _number for word in _up.split() if word not in _AMBIGUOUS}
    DIRECTIONS |= {word: -_number for word in _down.split() if word not in _AMBIGUOUS}
_PASSIVE = re.compile(
    r"\b(?:am|is|are|was|were|be|been|being|get|gets|got)\s+(?:[\w'’-]+\s+){1,3}?by\s+(?!\d[\d.,%]*\b)", re.IGNORECASE
)


def find_negations(forms: Sequence[str], content: Sequence[bool]) -> tuple[list[bool], list[int]]:
    """Find which words are negated, and the places of the negations.

    Parameters
    ----------
    forms : normal forms of the tokens
    content : whether each of them is a content word
    """
    negated = [False] * len(forms)
    places = []
    left = 0
    for i, form in enumerate(forms):
        if form in NEGATIONS and not (form == "not" and forms[i + 1 : i + 2] in (["only"], ["just"])):
            places.append(i)
            left = _REACH
        elif form in _CLAUSE_ENDS:
            left = 0
        elif left and content[i]:
            negated[i] = True
            left -= 1
    return negated, places


def directions(forms: Sequence[str]) -> list[tuple[int, int]]:
    """Find the directed words of a text: the place of each, and plus or minus the number of its pair of opposites."""
    return [(place, direction) for place, form in enumerate(forms) if (direction := DIRECTIONS.get(form))]


def clash(left: Sequence[int], right: Sequence[int]) -> bool:
    """Whether two texts have opposite directions.

    They have if one contains only the opposite of what the other contains, or if both have the same number of directed
    words of a pair of opposites, split differently: "fewer and higher" against "more and higher".
    """
    return any(_opposed(left, right, pair) for pair in {abs(direction) for direction in left})


def _opposed(left: Sequence[int], right: Sequence[int], pair: int) -> bool:
    ups, downs = left.count(pair), left.count(-pair)
    their_ups, their_downs = right.count(pair), right.count(-pair)
    if ups + downs == their_ups + their_downs:
        return ups != their_ups
    return (not ups and not their_downs and their_ups > 0) or (not downs and not their_ups and their_downs > 0)


def leading_words(text: str, tokens: Sequence[Token], content: Sequence[bool]) -> set[int]:
    """Find the tokens that name who or what acts: the first content word, or a whole name.

    Parameters
    ----------
    content : for each token, whether it is a content word of what is said

    >>> from fake_news.detection.text.tokens import tokenize
    >>> for text in ("Ann Lee praised Bob Day.", "Bob Day was praised by Ann Lee."):
    ...     tokens = tokenize(text)
    ...     words = leading_words(text, tokens, [token.form not in {"was", "by"} for token in tokens])
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
    """Whether two sentences have the same words with the roles exchanged.

    It is meant for short sentences whose words are known. Words in a different order mean the same if one of the two is
    in the passive voice, and words in the same order then do not.

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
    """List the content words of a text in order, without numbers."""
    terms = [term_of(token.form) for token in tokenize(text) if not token.form[0].isdigit()]
    return [term for term in terms if term is not None]


_CURES = frozenset("cure cures cured curing heal heals healed healing".split())
_HELPS = _CURES | frozenset(
    """treat treats treated treating treatment prevent prevents prevented preventing protect protects protected work
    works worked help helps helped helpful effective ineffective remedy kill kills killed beat beats fight fights
    stop stops stopped antidote recover recovers recovered""".split()
)
_CAUSES = frozenset("cause causes caused causing".split())


def effects_differ(statement: str, claim: str) -> bool:
    """Whether only one of two sentences is about a cure, which neither vectors nor encoders tell from a cause.

    >>> effects_differ("Wind turbines cure cancer.", "Wind turbines cause cancer.")
    True
    >>> effects_differ("Garlic cures the coronavirus.", "Garlic works against COVID-19.")
    False
    """
    ours, theirs = ({token.form for token in tokenize(text)} for text in (statement, claim))
    return _only_first_cures(ours, theirs) or _only_first_cures(theirs, ours)


def _only_first_cures(first: set[str], second: set[str]) -> bool:
    if second & _HELPS:
        return False
    return bool(first & _CURES) or bool(first & _HELPS and second & _CAUSES and not first & _CAUSES)
