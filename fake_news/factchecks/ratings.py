"""From a publisher's rating to true, mixed or false, where the rating says so without doubt.

The rest ("Needs context", "Misleading", "Miscaptioned", whole sentences …) has no label: such a fact-check is shown
as related and decides nothing.
"""

from __future__ import annotations

import re

from fake_news.verdict import Label

_RATINGS = {
    Label.FALSE: """pants fire / pants on fire / false / mostly false / barely true / untrue / not true / wrong /
        incorrect / inaccurate / not accurate / fake / hoax / four pinocchios / three pinocchios / not legit /
        mostly not legit / largely false / completely false / totally false / refuted / debunked / fabricated /
        mostly wrong / fiction / fake news / falso""",
    Label.MIXED: """half true / mixture / mixed / two pinocchios / partly true / partly false / partially true /
        partially false / mixed bag / true and false / half truth""",
    Label.TRUE: """true / mostly true / correct / accurate / geppetto checkmark / one pinocchio / legit / mostly legit /
        largely true / mostly accurate / mostly correct / confirmed / supported""",
}
_LABELS = {" ".join(rating.split()): label for label, ratings in _RATINGS.items() for rating in ratings.split("/")}
_ON_A_SCALE = re.compile(r"{0} on a scale of {0} to {0}".format(r"(-?\d+(?:\.\d+)?)"))
"""How an import words schema.org's ``ratingValue`` between ``worstRating`` and ``bestRating``."""
_PADDING = re.compile(r"^(?:this is|thats|that is|its|it is|rating|verdict|claim is|the claim is|we rate this)\s+")


def label_of_rating(rating: str) -> Label | None:
    """The label that a rating stands for without doubt, else ``None``.

    >>> label_of_rating("Pants on Fire!").value
    'false'
    >>> label_of_rating("Needs context") is None
    True
    """
    words = " ".join(re.findall(r"[a-z0-9]+", rating.lower().replace("'", "").replace("’", "")))
    if found := _ON_A_SCALE.fullmatch(rating):
        return _label_of_scale(*map(float, found.groups()))
    return _LABELS.get(words) or _LABELS.get(_PADDING.sub("", words))


def _label_of_scale(value: float, worst: float, best: float) -> Label | None:
    """Fifths of the scale: the lowest two are false, the middle one mixed, the highest two true."""
    if not worst < best or not worst <= value <= best:
        return None
    share = (value - worst) / (best - worst)
    return Label.FALSE if share < 0.4 else Label.MIXED if share <= 0.6 else Label.TRUE
