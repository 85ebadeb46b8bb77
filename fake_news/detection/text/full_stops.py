"""Full stops: the words after which one does not end a sentence, and the full stop that people leave out.

The lists add to what a checkpoint has learned, whose training texts have too few of these words. All are lower-case and
without their last full stop. A sentence that was typed or selected without its full stop looks like a heading: one is
added where there is certainly a verb, and the text is not written like a headline.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words(
    """mr mrs ms mx dr prof sen sens rep reps gov govs lt col gen brig maj capt cpt cmdr sgt cpl pvt pfc adm rev hon
    msgr fr st ste mt pres supt amb assemb assemblyman ald atty asst assoc dep det insp lieut ens cdr del messrs
    mmes mlle mme secy sec'y treas comdr maj.gen lt.col lt.gen lt.gov"""
)
"""Before a name, so that a capital letter after them begins no sentence."""

PLACES = _words("st mt ft ste rd ave blvd")
"""After a name they end a street or place: "She worked on Wall St. Her bank failed."."""

BEFORE_NUMBERS = _words(
    """no nos nr fig figs sec secs sect art arts pp p vol vols ch chap eq eqs tab tbl bldg apt rm pt pts para paras
    ver ca c approx est circa al op cit b d v eds jan feb mar apr jun jul aug sep sept oct nov dec"""
)
"""A number after them belongs to them: "Store No. 5", "et al. (2014)"."""

ABBREVIATIONS = _words(
    """jr sr vs etc inc corp co ltd llc llp plc bros u.s u.s.a u.k u.n e.u d.c a.m p.m ph.d m.d b.a m.a b.sc m.sc e.g
    i.e cf approx dept figs vol jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri
    sat sun ave blvd rd mt ft nos pp eds al esp incl govt natl intl assn univ
    ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb
    nev okla ore pa tenn tex va vt wash wis wyo w.va n.y n.j n.m n.c s.c n.d s.d r.i n.h gen.ed viz ibid repr trans"""
)
"""They occur inside a sentence and at its end; what follows decides."""

AMBIGUOUS = _words("no art co mass miss ore wash sat sun mon wed mar del la pa ill ind sec pt fr jan sep")
"""Abbreviations that are words as well: they count only with a capital letter, or before a number."""

LABELLED_BY_A_LETTER = _words(
    """vitamin vitamins type plan hepatitis grade class group category section part war appendix figure table exhibit
    title chapter school phase option model schedule region room block level tier influenza strain variant point
    version league division series act volume gate terminal platform team company unit area zone"""
)
"""Before a single letter that is not an initial: "vitamin C. Doctors saw no effect."."""

STARTERS = _words(
    """the he she it they we you this that these those there then his her hers its their our my your but and so yet
    if when while after before because although though since however in on at for from with without by as to under
    over during no nobody none not what who why how where which some many most all both each every other others
    another only even still now today yesterday also such a an"""
)
"""Words that are rarely the second half of a name, so that after an abbreviation they begin a sentence."""

NAMES_WITH_MARKS = re.compile(
    r"""(?:yahoo|jeopardy|wham|panic|yum|oklahoma|airplane|mamma\ mia|hello,\ dolly|moulin\ rouge|
    shazam|kahoot|joomla|chips\ ahoy|jet\ set\ radio|godspeed\ you|jeb|hot\ in\ cleveland|
    what\ happened|who\ wants\ to\ be\ a\ millionaire|where's\ waldo|whose\ line\ is\ it\ anyway)[!?]""",
    re.IGNORECASE | re.VERBOSE,
)
"""Names that end in "!" or "?"; :mod:`fake_news.detection.text.sentences` checks further conditions."""

MONTHS = _words(
    """january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec"""
)

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
"""In lower case only: capitalised headlines have none."""
_LONG_WORD = re.compile(r"[^\W\d_][\w'’-]{3,}")
_FEWEST_WORDS, _MOST_CAPITALISED = 3, 0.6
_BEFORE_AN_ANSWER = frozenset("is was say says said answer answered vote voted with means".split())


def with_full_stop(text: str) -> str:
    """Add the full stop that was left out of a sentence; a text that may be a heading stays unchanged.

    >>> with_full_stop("the mayor sold the park"), with_full_stop("Mayor Sold Park Again"), with_full_stop("A new park")
    ('the mayor sold the park.', 'Mayor Sold Park Again', 'A new park')
    """
    words = (text.lower() if text.isupper() else text).split()  # what is shouted from end to end has no capitals
    if len(words) < _FEWEST_WORDS or _ENDED.search(text) or not _VERB.search(" ".join(words[1:])):
        return text
    long_words = _LONG_WORD.findall(" ".join(words[1:]))
    capitalised = sum(word[0].isupper() for word in long_words)
    is_headline = len(long_words) >= _FEWEST_WORDS and capitalised / len(long_words) > _MOST_CAPITALISED
    return text if is_headline else f"{text}."


def belongs_to_number(word: str, as_written: str, previous: list[str]) -> bool:
    """Whether a number after a word belongs to it: "Store No. 5", but "No. 5 people died" and "he said no. 5"."""
    if word == "no":
        return previous != [] and previous[-1].lower() not in _BEFORE_AN_ANSWER
    return word in BEFORE_NUMBERS and not (word in AMBIGUOUS and as_written.islower())


def is_labelled_letter(word: str, previous: list[str]) -> bool:
    """Whether a single letter is a label: "vitamin C", "Plan B"."""
    return len(word) == 1 and bool(previous) and previous[-1].lower() in LABELLED_BY_A_LETTER


def ends_with_letter(letter: str, previous: list[str], following: str) -> bool:
    """Whether a single letter ends a sentence and is not an initial: "So did I. Nobody saw", "Malcolm X. Schools"."""
    if not following or not previous:
        return False
    if len(following) > 1 and following.lower() in STARTERS:
        return len(previous) > 1
    return (letter == "I" and previous[-1].islower()) or (letter == "X" and previous[-1] == "Malcolm")


def ends_street(word: str, previous: list[str], following: str) -> bool:
    """Whether an abbreviation ends the name of a street or place, and is not a title: "Wall St. Her bank"."""
    return word in PLACES and len(previous) > 1 and previous[-1][0].isupper() and following.lower() in STARTERS
