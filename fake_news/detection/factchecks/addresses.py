"""Addresses of rulings: what identifies the page, what it links to, and the title its words give."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from fake_news.detection.verdict import LinksTo

_SPEAKER_PAGE = re.compile(r"https?://(?:www\.)?politifact\.com/personalities/")
_FILE_ENDING = re.compile(r"\.(?:html?|s?html|php|aspx?|jsp|amp)$", re.IGNORECASE)
_GENERIC = frozenset(
    """amp article articles blog check checking checker fact factcheck factchecker factchecking factchecks facts index
    live news opinion politics post story stories untitled""".split()
)
"""Words of section names. A part of the path with nothing else does not say what was checked."""
_PREFIX = re.compile(r"^(?:fact[- ]?check(?:er)?)\s+(?=\S+\s+\S)", re.IGNORECASE)
_ID = re.compile(r"(?=.*\d)(?:\d{5,}|[0-9a-f]{8,}|(?=.*[A-Z])[0-9A-Z]{6,})")
"""A database number, a hash, or a code in capitals; not 5g, covid19, hr1 or a year."""
_LARGE_NUMBER = re.compile(r"\d+000")
_DATES = (
    re.compile(r"(?:19|20)\d\d (?:0?[1-9]|1[0-2]) (?:0?[1-9]|[12]\d|3[01])$"),
    re.compile(r"(?:0?[1-9]|[12]\d|3[01]) (?:0?[1-9]|[12]\d|3[01]) (?:19|20)\d\d$"),
)
_CUT_AT = {"politifact.com": 50}
"""The length at which a publisher cuts the words in its addresses, often within a word."""
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|ref|ref_src|source|src|s|share|smid|cmpid|_ga|amp|outputtype"
)
_AMP_PREFIX = re.compile(r"^amp\.")
_AMP_SUFFIX = re.compile(r"(?:/amp|/amp\.html|\.amp)$")
_ONE_CLAIM_A_PAGE = frozenset({"politifact.com", "snopes.com"})


def title_of_address(url: str) -> str:
    """Say what was checked, from the last part of a ruling's address that has words; empty if none has.

    >>> title_of_address("https://www.politifact.com/factchecks/2009/jul/01/bloggers/obama-born-kenya/")
    'Obama born kenya'
    >>> title_of_address("https://www.politifact.com/personalities/bloggers/")
    ''
    """
    if links_to(url) is LinksTo.SPEAKER:
        return ""
    try:
        address = urlsplit(url)
    except ValueError:
        return ""
    parts = [part for part in address.path.split("/") if part]
    for part in reversed(parts):
        slug = unquote(_FILE_ENDING.sub("", part))
        words = _words(slug)
        if _is_title(words, is_last=part is parts[-1]):
            title = _PREFIX.sub("", " ".join(words))
            return title[0].upper() + title[1:] + ("…" if _is_cut(address.hostname or "", slug) else "")
        if words and not all(word.lower() in _GENERIC for word in words):
            return ""
    return ""


def links_to(url: str) -> LinksTo:
    """Say what an address leads to: of some rulings of PolitiFact only the page of the speaker is known.

    >>> links_to("https://www.politifact.com/personalities/bloggers/").value
    'speaker'
    """
    return LinksTo.SPEAKER if _SPEAKER_PAGE.match(url) else LinksTo.RULING


def _words(slug: str) -> list[str]:
    """Split a part of the path into words, without dates and ids at its ends; none if it is an id."""
    if "\N{REPLACEMENT CHARACTER}" in slug or re.fullmatch(r"(?:[^\W_]+\.)+[^\W_]+", slug):
        return []
    spaced = "".join(char if _is_in_word(char) else " " for char in slug)
    text = " ".join(_without_ids(spaced.split()))
    for date in _DATES:
        text = date.sub("", text)
    return text.split()


def _is_in_word(char: str) -> bool:
    """Whether a character is a letter, a digit, a combining mark or an apostrophe."""
    return char.isalnum() or char in "'’" or unicodedata.category(char).startswith("M")


def _without_ids(words: list[str]) -> list[str]:
    while words and _is_id(words[-1]):
        words = words[:-1]
    while words and _is_id(words[0]):
        words = words[1:]
    return words


def _is_id(word: str) -> bool:
    return bool(_ID.fullmatch(word)) and not _LARGE_NUMBER.fullmatch(word)


def _is_title(words: list[str], *, is_last: bool) -> bool:
    """Whether words make a title; a single word does not if its part is not the last, as it may name a section."""
    has_letters = any(char.isalpha() for char in "".join(words))
    return has_letters and len(words) > (not is_last) and not all(word.lower() in _GENERIC for word in words)


def _is_cut(host: str, slug: str) -> bool:
    cut_at = _CUT_AT.get(host.removeprefix("www."))
    return cut_at is not None and len(slug) >= cut_at


def page_key(url: str) -> str:
    """Identify a page by what all its addresses share: they differ in scheme, ``www``, AMP, slash and tracking.

    >>> page_key("http://www.facts.example/ferry/amp/?utm_source=x&page=2#top")
    'facts.example/ferry?page=2'
    """
    parts = urlsplit(url.strip())
    host = _AMP_PREFIX.sub("", (parts.hostname or "").removeprefix("www."))
    path = _AMP_SUFFIX.sub("", parts.path.rstrip("/")).rstrip("/")
    query = [(name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(name.lower())]
    return host + path + (f"?{urlencode(sorted(query))}" if query else "")


def has_one_claim(key: str) -> bool:
    """Whether the page with this key rules on one claim: then a new wording replaces the earlier."""
    return key.partition("/")[0] in _ONE_CLAIM_A_PAGE
