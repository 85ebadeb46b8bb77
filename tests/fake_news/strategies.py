"""What a page may throw at the engine, for hypothesis."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

PIECES = [
    "Taxes rose by 4 percent in 2020. ",
    "The mayor doesn’t know why the bridge closed",
    "Sen. Ruth Miller left the U.S. in May. ",
    "e.g. ",
    "“Is it?” ",
    "Wirklich wahr? ",
    "为什么？",
    "ʼ ",
    "É",
    "e\u0301",
    "n\u200bo",
    "\n\n",
    "\r",
    "\u2028",
    "😀",
    "👩‍👩‍👧",
    "\ud800",
    "\udc00",
    "\x00",
    "\u202e",
    "[12]",
    "...",
    ".",
    "!",
    "(",
    "’s ",
    "3.5%",
    " ",
]

repeatable = settings(max_examples=150, deadline=None, derandomize=True, database=None)
"""The same examples on every machine, however busy it is."""

any_text = st.one_of(
    st.text(st.characters(exclude_categories=[]), max_size=120),  # lone surrogates too
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
)
"""Arbitrary code points, and arbitrary strings of what is awkward about real pages."""
