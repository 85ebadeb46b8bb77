"""Whatever the text, the answer has the contract's shape and its offsets lie in the text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fake_news.detection.verdict import Basis, Label, Note
from server.limits import BLOCK_UTF16_UNITS
from tests.server.conftest import Client

PIECES = [
    "Taxes rose by 4 percent in 2020. ",
    "e.g. ",
    "“Is it?” ",
    "\n\n",
    "😀",
    "\ud800",
    "\x00",
    "\u202e",
    "...",
    "(",
    "’s ",
]
texts = st.one_of(
    st.text(st.characters(exclude_categories=[]), max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.builds(
        lambda piece: (piece * BLOCK_UTF16_UNITS)[: BLOCK_UTF16_UNITS // 2],
        st.sampled_from([*PIECES, "a", ". ", "7,", "'"]),
    ),
)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(text=texts)
def test_every_text_is_answered(client: Client, text: str) -> None:
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    end = 0
    for statement in client.check_text(text):
        assert end <= statement["start"] < statement["end"] <= units
        end = statement["end"]
        assert statement["label"] in set(Label)
        assert statement["basis"] in set(Basis)
        assert statement["note"] is None or statement["note"] in set(Note)
        for reason in statement["reasons"]:
            assert statement["start"] <= reason["start"] < reason["end"] <= statement["end"]
