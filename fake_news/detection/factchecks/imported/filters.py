"""Which fact-checks of a file or feed a reader wants."""

from __future__ import annotations

from dataclasses import dataclass

from fake_news.detection.factchecks.fact_check import RuledClaim
from fake_news.detection.factchecks.publishers import canonical_publisher, publisher_of_address
from fake_news.detection.text.language import is_english
from fake_news.detection.text.tokens import tokenize

ANY_LANGUAGE = "any"
_FEWEST_WORDS_TO_TELL = 6


@dataclass(frozen=True, slots=True)
class Filters:
    """What is wanted; by default all that is in English, as claims in other languages are never matched.

    Attributes
    ----------
    since : the first day, ISO 8601; what has no date is not wanted then
    publishers : by name or site; all where there are none
    language : ``en`` or another code, or ``any``
    """

    since: str = ""
    publishers: tuple[str, ...] = ()
    language: str = "en"

    def reason_against(self, claim: RuledClaim, language: str = "") -> str:
        """Why a fact-check is not wanted, empty where it is.

        Parameters
        ----------
        language : what the source says that it is in; without it, its words tell whether it is English
        """
        ruling = claim.fact_check
        if self.since and ruling.date < self.since:
            return f"from before {self.since}"
        if self.publishers and not {ruling.publisher, publisher_of_address(ruling.url)} & self._names():
            return "by other publishers"
        if self.language == ANY_LANGUAGE:
            return ""
        if language:
            return "" if language.lower().startswith(self.language) else "in other languages"
        if self.language == "en" and not reads_as_english(claim.text):
            return "in other languages"
        return ""

    def _names(self) -> set[str]:
        return {canonical_publisher(name) for name in self.publishers}


def reads_as_english(text: str) -> bool:
    """Whether a claim has the function words of English; one of few words has the benefit of the doubt."""
    words = [token.form for token in tokenize(text)]
    english = is_english(words, known=round(0.6 * len(words)))
    if english is False and len(words) < _FEWEST_WORDS_TO_TELL:
        return is_english(words, known=len(words)) is not False
    return english is not False
