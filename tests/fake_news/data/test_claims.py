"""ClaimBuster, CheckThat! 2024 and CheckThat! 2025."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fake_news.common.errors import DataError
from fake_news.data.claims import (
    Sentence,
    load_answer_sentences,
    load_checkthat,
    load_claim_tweets,
    load_claimbuster,
    load_everyday_claims,
    load_headlines,
    load_health_claims,
    load_subjectivity,
)
from tests.fake_news.miniature_data import replace_line


def test_claimbuster_calls_only_the_check_worthy_a_claim(tmp_path: Path) -> None:
    folder = tmp_path / "claimbuster"
    folder.mkdir()
    first = [{"label": "1", "text": "Check it."}, {"label": 0, "text": "Dull fact."}, {"label": -1, "text": "Hello."}]
    (folder / "data_small_3class.json").write_text(json.dumps(first), encoding="utf-8")
    (folder / "disjoint_2000_3class.json").write_text('[{"label": 1, "text": "Another."}]', encoding="utf-8")
    assert load_claimbuster(tmp_path) == [
        Sentence("Check it.", True),
        Sentence("Dull fact.", False),
        Sentence("Hello.", False),
        Sentence("Another.", True),
    ]


@pytest.mark.parametrize(("split", "size"), [("train", 90), ("dev", 40)])
def test_every_row_of_checkthat_keeps_its_label(miniature: Path, split: str, size: int) -> None:
    sentences = load_checkthat(miniature, split)
    assert [sentence.is_claim for sentence in sentences] == [bool(position % 2) for position in range(size)]
    path = miniature / "checkthat_2024_task1" / f"CT24_checkworthy_english_{split}.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    assert [sentence.text for sentence in sentences] == [line.split("\t")[1] for line in lines]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('"He said ""no"" to it"', 'He said "no" to it'),
        ('"Quoted"', "Quoted"),
        ('"Never closed', '"Never closed'),
        ('He said "no"', 'He said "no"'),
        ('"', '"'),
    ],
)
def test_quotation_marks_of_checkthat(miniature: Path, written: str, read: str) -> None:
    path = miniature / "checkthat_2024_task1" / "CT24_checkworthy_english_train.tsv"
    before = load_checkthat(miniature, "train")
    replace_line(path, 11, lambda _: f"9\t{written}\tYes".encode())
    after = load_checkthat(miniature, "train")
    assert after[9] == Sentence(read, True)
    assert after[:9] + after[10:] == before[:9] + before[10:]


def test_objective_sentences_count_as_claims_and_the_last_column_may_be_missing(miniature: Path) -> None:
    path = miniature / "checkthat_2025_subjectivity" / "dev_en.tsv"
    before = load_subjectivity(miniature, "dev")
    assert [sentence.is_claim for sentence in before] == [bool(position % 2) for position in range(40)]
    replace_line(path, 2, lambda line: line.rpartition(b"\t")[0])
    assert load_subjectivity(miniature, "dev") == before


def test_tweets_keep_their_labels(miniature: Path) -> None:
    tweets = load_claim_tweets(miniature, "dev")
    assert [tweet.is_claim for tweet in tweets] == [bool(position % 2) for position in range(30)]
    assert all(tweet.text.endswith("#town") for tweet in tweets)


def test_answers_come_from_sentences_and_claims(miniature: Path) -> None:
    assert [answer.is_claim for answer in load_answer_sentences(miniature)] == [False, True] * 30


def test_a_damaged_answer_is_named(miniature: Path) -> None:
    replace_line(miniature / "factcheck_bench" / "subtask1_sentence_checkworthiness.jsonl", 3, lambda _: b"{")
    with pytest.raises(DataError, match=r"subtask1_sentence_checkworthiness.jsonl, line 3"):
        load_answer_sentences(miniature)


def test_everyday_claims_are_read_line_by_line(miniature: Path) -> None:
    assert len(load_everyday_claims(miniature)) == 60


def test_headlines_are_titles_and_what_ends_in_no_full_stop(miniature: Path) -> None:
    path = miniature / "fact_checks_2021_2025" / "headlines_only.csv"
    before = load_headlines(miniature)
    replace_line(path, 2, lambda line: line[:-1] + b'."')
    assert len(load_headlines(miniature)) == len(before) - 1
    assert all(headline.startswith("How ") for headline in before)


def test_claims_of_health_videos_are_facts_and_not_opinions_or_citations(miniature: Path) -> None:
    assert [claim.is_claim for claim in load_health_claims(miniature)] == [True, True, False, False] * 4
