"""Cleaning steps, each a pure function of one value: labels, speakers' titles, states, parties, subjects, texts.

They unify values that are spelled in several ways and leave alone what is merely unusual. They guess nothing: what a
source does not state is :data:`NOT_STATED`.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping

NOT_STATED = "not stated"

HISTORY_COUNTS = ("barely_true_n", "false_n", "half_true_n", "mostly_true_n", "pants_fire_n")
"""LIAR's counts of a speaker's earlier rulings. They include the row's own ruling: no model may ever see them."""

STATES = (
    """
Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|District of Columbia|Florida|Georgia
Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi
Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma
Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington
West Virginia|Wisconsin|Wyoming""".strip()
    .replace("\n", "|")
    .split("|")
)
"""The fifty states and the District of Columbia."""

_MARKS = re.compile(r"[\W_]+")
_STATES = {state.casefold(): state for state in STATES}
_OTHER_SPELLINGS = {
    "tennesse": "Tennessee",
    "tex": "Texas",
    "virgina": "Virginia",
    "virgiia": "Virginia",
    "pa - pennsylvania": "Pennsylvania",
    "washington state": "Washington",
    "washington, d.c.": "District of Columbia",
    "washington d.c.": "District of Columbia",
    "washington dc": "District of Columbia",
}
_NOTHING = frozenset(["", "-", "n/a", "na", "nan", "none", "not stated", "not-stated", "null", "unknown"])
_LABELS = {"barely-true": "mostly-false", "pants-on-fire": "pants-fire"}
_PARTIES = {"democratic": "democrat", "gop": "republican", "democratic-farmer-labor": "democrat"}
_OFFICES = (
    (re.compile(r"\bvice[ -]president\b"), "vice president"),
    (re.compile(r"\bpresident(ial)?\b.*\b(candidate|elect|nominee)\b"), "presidential candidate"),
    (re.compile(r"^(former )?president( of the united states)?$"), "president"),
    (re.compile(r"\bstate (senat|rep|assembly|house|legislat|delegate)"), "state legislator"),
    (re.compile(r"\b(assembly(man|woman|member)|legislator|delegate)\b"), "state legislator"),
    (re.compile(r"\bu\.?s\.? (house|rep)|\bcongress|\bspeaker of the house|\bhouse (maj|min)"), "congress"),
    (re.compile(r"\bu\.?s\.? senat|^(former )?senat"), "senator"),
    (re.compile(r"\bgovernor\b"), "governor"),
    (re.compile(r"\b(mayor|county|city|council|alder(man|woman)|sheriff|school board)"), "local office"),
    (re.compile(r"\b(host|columnist|journalist|reporter|editor|commentator|pundit|radio|blog)"), "media"),
    (re.compile(r"\b(social media|chain|e-?mail|posting|internet)"), "posts"),
    (re.compile(r"\b(lawyer|attorney|judge|justice)\b"), "law"),
    (re.compile(r"\b(business|ceo|executive|entrepreneur|chairman|consultant)"), "business"),
)


def clean_text(text: str) -> str:
    """A statement on one line: entities decoded, one kind of space, Unicode composed (NFC), quotes around it gone."""
    return " ".join(unicodedata.normalize("NFC", html.unescape(text)).split()).strip('"“” ')


def letters_only(text: str) -> str:
    """The letters and digits of a text, lower-cased: equal for two copies of a statement of which one lost its marks.

    LIAR lost apostrophes, quotation marks and some spaces when it was published.
    """
    return _MARKS.sub("", text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold())


def clean_label(label: str) -> str:
    """A PolitiFact rating as it is called today: ``Barely True`` is ``mostly-false``, and so on."""
    name = re.sub(r"[\s_-]+", "-", label.strip().strip("!.").casefold())
    return _LABELS.get(name, name)


def clean_party(party: str) -> str:
    """A party in one spelling; ``none`` and its like are :data:`NOT_STATED`."""
    name = re.sub(r"[\s_]+", "-", party.strip().casefold())
    return NOT_STATED if name in _NOTHING else _PARTIES.get(name, name)


def clean_state(state: str) -> str:
    """A state in one spelling, :data:`NOT_STATED`, or what else the source says: a city, another country."""
    name = " ".join(state.split())
    key = name.casefold()
    return NOT_STATED if key in _NOTHING else _STATES.get(key) or _OTHER_SPELLINGS.get(key) or name


def clean_title(title: str) -> str:
    """A speaker's title in one spelling: spaces, ``U.S.``, ``Rep.`` and ``Sen.``, and lower case but for ``U.S.``."""
    name = " ".join(title.split()).strip(" .,;").casefold()
    name = re.sub(r"\bu\.?\s?s\.?(?=\s|$)", "U.S.", name)
    name = re.sub(r"\brep\.?(?=\s|$)", "representative", name)
    name = re.sub(r"\bsen\.?(?=\s|$)", "senator", name)
    return NOT_STATED if name in _NOTHING else name


def office(title: str) -> str:
    """The kind of office or work that a title names, in a few classes; ``other`` where none fits."""
    name = clean_title(title)
    if name == NOT_STATED:
        return NOT_STATED
    return next((kind for pattern, kind in _OFFICES if pattern.search(name.casefold())), "other")


def clean_subjects(subjects: str) -> tuple[str, ...]:
    """The subjects of a comma-separated list, sorted, each once."""
    return tuple(sorted({subject.strip().casefold() for subject in subjects.split(",") if subject.strip()}))


def without_history_counts(row: Mapping[str, str]) -> dict[str, str]:
    """A row of LIAR without the counts that contain its answer."""
    return {name: value for name, value in row.items() if name not in HISTORY_COUNTS}
