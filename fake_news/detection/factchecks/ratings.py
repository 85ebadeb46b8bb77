"""From a publisher's rating to true, mixed or false, if the rating clearly says so.

The rest ("Needs context", "Misleading", "Miscaptioned", whole sentences …) has no label: such a fact-check is shown
as related and decides nothing. Many ratings begin with the verdict and go on with the reasons ("False. That claim
originated …"): the verdict counts, unless the reasons qualify a "true".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from fake_news.detection.verdict import Label

_RATINGS = {
    Label.FALSE: """pants fire / pants on fire / false / mostly false / barely true / untrue / not true / wrong /
        incorrect / inaccurate / not accurate / not correct / fake / hoax / four pinocchios / three pinocchios /
        4 pinocchios / 3 pinocchios / bottomless pinocchio / not legit / mostly not legit / largely false /
        mostly inaccurate / mostly incorrect / largely inaccurate / refuted / debunked / fabricated / fabrication /
        mostly wrong / fiction / fake news / false news / false claim / false and misleading / misleading and false /
        false and unfounded / falsehood / hoax alert / fake post / fake tweet / fake photo / fake image / fake video /
        fake audio / fake quote / fake quotes / fake letter / fake screenshot / fake claim / forgery /
        hoax recycled / recycled hoax""",
    Label.MIXED: """half true / mixture / mixed / two pinocchios / 2 pinocchios / partly true / partly false /
        partially true / partially false / mixed bag / true and false / half truth / partially correct /
        partly correct / partially accurate / partly accurate / half right""",
    Label.TRUE: """true / mostly true / correct / accurate / geppetto checkmark / one pinocchio / 1 pinocchio / legit /
        mostly legit / largely true / mostly accurate / mostly correct / confirmed / supported / largely accurate /
        largely correct""",
}
_RATINGS_ABROAD = {
    Label.FALSE: """falso / falsa / faux / fausse / falsch / fals / falsk / falskt / feil / onwaar / vals / fake /
        falsz / nepravda / lazne / yanlis / salah / hoaks / hoax / plutot faux / grosstenteils falsch / frei erfunden /
        bulo / falsches zitat / mayormente falso / ложь / фейк / неправда / غير صحيح / खोटा / फर्जी / झूठ / असत्य""",
    Label.MIXED: """teilweise falsch / teilweise wahr / teils falsch / partiellement faux / en partie faux /
        parcialmente falso / verdad a medias / parzialmente falso / deels waar""",
    Label.TRUE: """verdadero / verdadeiro / verdadera / vrai / wahr / vero / waar / prawda / richtig / dogru / sant /
        plutot vrai / grosstenteils richtig / правда / صحيح""",
}
_OPENERS = re.compile(
    r"^(?:(?:this|that|it|the claim|this claim|that claim|the statement|this statement|claim|verdict|conclusion) is"
    r"|thats|its|rating|verdict|conclusion|ruling|our (?:rating|verdict|ruling)|rated(?: as)?"
    r"|we (?:rate|rated) (?:this claim|the claim|this|it)(?: as)?|fact ?check|fact checked|result|status)\s+"
)
_NAMED_OPENER = re.compile(r"^(?:\w+ ){1,4}(?:rating|verdict|ruling|conclusion|fact check)$")  # a publisher's own
_NOT_SO = re.compile(r"^(?:this|that|it|the claim|this claim|that claim)? ?(?:isnt|is not|wasnt|was not) (?=\S)")
_DENIED = frozenset({"true", "correct", "accurate", "right", "the case", "so"})
_INTENSIFIERS = re.compile(r"^(?:absolutely|completely|entirely|totally|simply|just|flatly|clearly|wholly|100)\s+")
_CLAUSE = re.compile(r"[.!;:|,(]|\s[-–—]|[–—]")
_ONLY_FOR_FALSE = ","  # "False, the photo is from 2016" is clear; "True, with some caveats" is not
_TAKES_BACK = re.compile(
    r"\b(?:but|however|although|though|yet|except|only|not|no|never|without|false|fake|wrong|misleading|mislead"
    r"|context|caveats?|exaggerat\w*|partly|partially|isnt|doesnt|cannot)\b"
)
_ON_A_SCALE = re.compile(r"{0} on a scale of {0} to {0}".format(r"(-?\d+(?:\.\d+)?)"))
"""How an import writes schema.org's ``ratingValue`` between ``worstRating`` and ``bestRating``."""
_LONGEST_WORDING = 60


def _words(text: str) -> str:
    """Normalise a rating to words without case, accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ł", "l").replace("ı", "i").replace("ß", "ss"))
    plain = "".join(char for char in plain if not unicodedata.combining(char) or char > "\u0900")
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"['’`]", "", plain)))


_LABELS = {
    _words(rating): label
    for table in (_RATINGS_ABROAD, _RATINGS)
    for label, ratings in table.items()
    for rating in ratings.split("/")
}


@lru_cache(maxsize=8192)
def label_of_rating(rating: str) -> Label | None:
    """Return the label that a rating clearly means, else ``None``.

    >>> label_of_rating("Pants on Fire!").value
    'false'
    >>> label_of_rating("False. That claim originated on a parody site.").value
    'false'
    >>> label_of_rating("Needs context") is None
    True
    """
    if found := _ON_A_SCALE.fullmatch(rating):
        return _label_of_scale(*map(float, found.groups()))
    return _label_and_clause(rating)[0]


def short_rating(rating: str) -> str:
    """Shorten a rating to fit on a line: to its verdict if it begins with one, else to its first words.

    The short rating has the same label; it is empty if none has.

    >>> short_rating("False. That claim originated on a parody site.")
    'False'
    """
    label, clause = _label_and_clause(rating)
    if label is not None:
        return clause
    if len(rating) <= _LONGEST_WORDING:
        return rating
    cut = rating[:_LONGEST_WORDING].rsplit(" ", 1)[0].rstrip(" ,;:–—-.") + " …"
    return cut if label_of_rating(cut) is None else ""


def _label_and_clause(rating: str) -> tuple[Label | None, str]:
    """Find the label and the part of the rating that states it."""
    rating = rating.strip()
    if rating.endswith("?"):
        return None, ""
    if label := _label_of_words(_words(rating)):
        return label, rating
    for mark in _CLAUSE.finditer(rating):
        clause, rest = rating[: mark.start()].strip(), rating[mark.end() :]
        label = _label_of_words(_words(clause))
        if label is None:
            words = _words(clause)
            if _OPENERS.fullmatch(words + " ") or (mark[0] == ":" and _NAMED_OPENER.match(words)):
                return _label_and_clause(rest)
            return None, ""
        if label is Label.FALSE:
            return label, clause
        taken_back = mark[0].startswith(_ONLY_FOR_FALSE) or _TAKES_BACK.search(_words(rest))
        return (None, "") if label is Label.TRUE and taken_back else (label, clause)
    return None, ""


def _label_of_words(words: str) -> Label | None:
    """Find the label of a wording that consists of a verdict."""
    if label := _LABELS.get(words):
        return label
    if denied := _NOT_SO.match(words):  # "isn't entirely true" says less than "isn't true"
        return Label.FALSE if words[denied.end() :] in _DENIED else None
    bare = _OPENERS.sub("", words)
    return _LABELS.get(bare) or _LABELS.get(_INTENSIFIERS.sub("", bare))


def _label_of_scale(value: float, worst: float, best: float) -> Label | None:
    """Find the label of a number: the lowest two fifths of the scale are false, the middle mixed, the rest true."""
    if not worst < best or not worst <= value <= best:
        return None
    share = (value - worst) / (best - worst)
    return Label.FALSE if share < 0.4 else Label.MIXED if share <= 0.6 else Label.TRUE
