"""Debates and speeches, and what of them matches no fact-check."""

from __future__ import annotations

from pathlib import Path

from fake_news.data.claim_pairs import load_unmatched_lines


def test_unmatched_lines_leave_out_what_was_checked(tmp_path: Path) -> None:
    folder = tmp_path / "known_lie" / "transcripts"
    folder.mkdir(parents=True)
    (folder / "b.tsv").write_text('1\tANN\t"Unclosed\t0\n2\tBOB\tChecked.\t1\n', encoding="utf-8")
    (folder / "a.tsv").write_text("1\tANN\tGood evening.\t0", encoding="utf-8")
    assert load_unmatched_lines(tmp_path) == {"a": ["Good evening."], "b": ['"Unclosed']}
