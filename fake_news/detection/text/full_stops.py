"""Full stops and other marks: whether one ends a sentence, by the words before and after it.

The lists add to what a checkpoint has learned, whose training texts have too few of these words. All are lower-case and
without their last full stop. Where they do not decide, clauses do: "He moved to the U.S. Congress approved the law."
has two sentences, because a subject and its verb follow what has a subject and a verb already. A tagger would know
more, but would take longer than all other steps together. A sentence that was typed or selected without its full stop
looks like a heading: one is added where there is certainly a verb, and the text is not written like a headline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence


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

NOUNS_WITH_A_LETTER = _words(
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

LONGEST_ABBREVIATION = 30
"""In code points: a limit for looking back keeps the cost linear in the length of the text."""
WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’](?=[^\W_]))*")
_COMPANY = _words("inc corp co ltd llc")
_LIKELY_STARTERS = _words("the he she it they we you this that these those there")
_FINITE = frozenset(
    """is are was were am has have had does do did will would can could may might must shall should isn't aren't wasn't
    weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't can't couldn't fell rose paid made saw lost left
    came went took gave got found knew thought told kept held brought began won met ran sat stood spoke wrote sent spent
    built bought sold broke chose drew drove ate flew forgot grew hid led lent lay meant rode rang said sang shot showed
    slept stole swore taught threw understood wore became fought caught cut hit hurt let put quit set shut spread
    says goes comes takes makes gives gets keeps holds brings needs wants costs lives works sits stands runs rises
    falls remains seems shows means owns pays sells buys uses loses wins closes opens starts ends
    sued died sell""".split()
)
_OF_SEVERAL = frozenset(
    """need want have say think know go come make take get give keep fed live work pay cost use own run buy sell like
    love hate believe expect call hold bring stand sit lie see feel seem remain show mean
    support oppose agree""".split()
)
_SUBJECTS = frozenset("he she it they we i you there this that who nobody everybody everyone people".split())
_ADVERBS = frozenset(
    "there then now also never still all just already quickly later soon only not often always both".split()
)
_SAYING = frozenset("said says told tells claimed claims tweeted wrote argued argues believes thinks thought".split())
_FEWEST_OF_A_CLAUSE = 3
_QUOTED = re.compile("[\"”’»']")
_SPEAKER = re.compile(
    r"""(?:[A-Z][^\W_]*\.?(?:[’'-][^\W_]+)*\s+){1,4}
    (?:said|says|asked|asks|tweeted|wrote|writes|shouted|added|replied|posted|claimed|declared|cried|told\s\w+)
    (?:[.,;:—–]|$|\s(?:on|in|at|to|during|as|of|when|after|before|this|last|while|from|yesterday|today|Monday|Tuesday|
    Wednesday|Thursday|Friday|Saturday|Sunday)\b)""",
    re.VERBOSE,
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


def is_letter_of_a_label(word: str, previous: list[str]) -> bool:
    """Whether a single letter is a label: "vitamin C", "Plan B"."""
    return len(word) == 1 and bool(previous) and previous[-1].lower() in NOUNS_WITH_A_LETTER


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


def ends_without_space(text: str, start: int, stop: re.Match[str], next_word: re.Match[str] | None) -> bool:
    """Whether a sentence ends without a space, as in "…the end.Then", unlike "Node.js", "3.5" and addresses."""
    following = text[stop.end()]
    if not following.isupper() or next_word is None or len(stop["marks"]) > 1:
        return False
    before = text[max(start, stop.start() - LONGEST_ABBREVIATION) : stop.start()]
    if any(char in before.rpartition(" ")[2] for char in "/@"):
        return False
    if stop["note"] or (stop["closing"] and stop["closing"][-1] in '"”’»)'):
        return True
    if before[-2:].isalpha() and before[-2:].islower():
        return True
    is_word = next_word[1].istitle() and text[next_word.end() : next_word.end() + 1] in (" ", ",")
    is_number = before[-1:] == "%" or before[-4:].isdigit()
    is_name = before[-2:].isupper() and before[-2:].isalpha() and next_word[1].lower() in STARTERS
    return is_word and (is_number or is_name)


def starts_lowercase(text: str, start: int, stop: re.Match[str], following: str) -> bool:
    """Whether a sentence may begin with a small letter: with a name such as eBay, or in a text without capitals."""
    if not following.islower() and following[1:2].isupper():
        return True
    if stop["closing"] or stop["marks"] not in (".", "!", "?", "!!", "??", "!!!") or following.startswith("http"):
        return False
    first = WORD.search(text, start, stop.start())
    return first is not None and first[0].islower()


def is_name_with_mark(text: str, start: int, stop: re.Match[str], next_word: re.Match[str] | None) -> bool:
    """Whether the mark belongs to a name: "Yahoo! Inc.", "Panic! At the Disco"."""
    if len(stop["marks"]) > 1 or next_word is None:
        return False
    if next_word[1].lower() in _COMPANY:
        return True
    if stop["closing"] and stop["closing"][0] not in "\"”’'":
        return False
    before = text[max(start, stop.start() - LONGEST_ABBREVIATION) : stop.start() + 1]
    words = before.split()
    is_known = NAMES_WITH_MARKS.search(before) is not None and words != [before.strip()]
    return is_known and words[-1][0].isupper() and next_word[1].lower() not in _LIKELY_STARTERS


def is_finite_verb(word: str) -> bool:
    """Whether a word, as written, reads as a finite verb: "was", "rose", "arrived"."""
    return word in _FINITE or (len(word) > 4 and word.endswith("ed") and word.islower())


def begins_clause(words: Sequence[str]) -> bool:
    """Whether words begin with a subject of one word and its verb."""
    if len(words) > 2 and words[1] in _ADVERBS:
        return is_finite_verb(words[2])
    return len(words) > 1 and (is_finite_verb(words[1]) or (words[0].endswith("s") and words[1] in _OF_SEVERAL))


def is_clause(words: Sequence[str]) -> bool:
    """Whether words contain a complete clause: "The shop opened at 5", not "He said the"."""
    if len(words) < _FEWEST_OF_A_CLAUSE or any(word in _SAYING for word in words):
        return False
    return words[0].lower() in _SUBJECTS or any(is_finite_verb(word) for word in words[1:])


def names_the_speaker(text: str, stop: re.Match[str], line_end: int) -> bool:
    """Whether a quotation ends here and only its speaker follows."""
    return bool(_QUOTED.search(stop["closing"])) and _SPEAKER.match(text, stop.end(), line_end) is not None
