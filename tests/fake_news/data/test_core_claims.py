"""The core claims of the repository, and what is said of malformed ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from fake_news.common.errors import DataError
from fake_news.data.core_claims import load_core_claims
from fake_news.detection.factchecks.addresses import canonical_address
from fake_news.detection.verdict import Label

HEADER = "url\tlabel\tpublisher\trelation\tsentence\n"


def test_no_sentence_is_said_to_be_true_and_false() -> None:
    says: dict[str, set[bool]] = {}
    for one in load_core_claims():
        says.setdefault(one.text.casefold().rstrip("."), set()).add((one.label is Label.TRUE) is not one.is_opposite)
    assert len(says) > 1_000
    assert [text for text, truths in says.items() if len(truths) > 1] == []


def test_each_is_written_once_for_a_ruling() -> None:
    rows = [(canonical_address(one.url), one.text) for one in load_core_claims()]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize(
    ("row", "names"),
    [
        ("https://facts.example/a\tmixed\tP\tsame\tIt is so.", "label is 'mixed'"),
        ("https://facts.example/a\tfalse\tP\tnear\tIt is so.", "relation is 'near'"),
        ("https://facts.example/a\tfalse\tIt is so.", "line 2"),
    ],
)
def test_a_malformed_row_is_named(tmp_path: Path, row: str, names: str) -> None:
    (tmp_path / "core_claims.tsv").write_text(HEADER + row + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=names):
        load_core_claims(tmp_path)
