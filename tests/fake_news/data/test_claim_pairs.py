"""Claims that two sources word in two ways, and what of debates and speeches matches no fact-check."""

from __future__ import annotations

import json
from pathlib import Path

from fake_news.data.claim_pairs import RewordedRuling, load_annotated, load_unmatched_lines
from fake_news.detection.factchecks.fact_check import FactCheck, RuledClaim


def test_unmatched_lines_leave_out_what_was_checked(tmp_path: Path) -> None:
    folder = tmp_path / "known_lie" / "transcripts"
    folder.mkdir(parents=True)
    (folder / "b.tsv").write_text('1\tANN\t"Unclosed\t0\n2\tBOB\tChecked.\t1\n', encoding="utf-8")
    (folder / "a.tsv").write_text("1\tANN\tGood evening.\t0", encoding="utf-8")
    assert load_unmatched_lines(tmp_path) == {"a": ["Good evening."], "b": ['"Unclosed']}


def ruled(text: str, publisher: str, day: str, url: str = "", speaker: str = "Ann Ott") -> RuledClaim:
    return RuledClaim(text, "", FactCheck(publisher, "False", None, speaker, day, "", url))


def test_annotators_words_lead_to_the_one_claim_of_the_article(tmp_path: Path) -> None:
    claims = [
        ruled("The ferry sank.", "Creek Facts", "", "https://facts.example/ferry/"),
        ruled("Bread is free.", "Creek Facts", "", "https://facts.example/bread"),
        ruled("Bread is blue.", "Creek Facts", "", "https://facts.example/bread"),
    ]
    rows = [
        {
            "claim": "A ferry went down.",
            "fact_checking_article": "https://web.archive.org/web/2020/https://facts.example/ferry",
        },
        {"claim": "THE FERRY SANK.", "fact_checking_article": "https://facts.example/ferry"},
        {"claim": "Bread costs nothing.", "fact_checking_article": "https://facts.example/bread"},
        {"claim": "Nobody ruled.", "fact_checking_article": None},
    ]
    (tmp_path / "averitec").mkdir()
    (tmp_path / "averitec" / "train.json").write_text(json.dumps(rows), encoding="utf-8")
    assert load_annotated(tmp_path, claims) == [RewordedRuling("A ferry went down.", 0)]
