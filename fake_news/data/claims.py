"""Sentences marked as claims or not, of debates, news, tweets and answers; and headlines."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from fake_news.common.errors import DataError
from fake_news.data.folder import expect, read_json, read_table, read_text
from fake_news.data.ordinary_text import read_articles

_CREAK = "creak/train.json"
_IS_HEALTH_CLAIM = {  # citations and reports of oneself are left out: they may be either
    "statement of fact": True,
    "hedged claim": True,
    "opinion": False,
    "advice/recommendation": False,
    "not a claim": False,
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and whether its annotators call it a claim worth checking (or, in news, objective)."""

    text: str
    is_claim: bool


def load_claimbuster(folder: Path) -> list[Sentence]:
    """ClaimBuster (Arslan et al. 2020): US debate sentences; check-worthy factual against the rest. GPL-3.

    Trap: these are the sentences of CheckThat! 2024; drop what is scored there.
    """
    sentences = []
    for name in ("data_small_3class.json", "disjoint_2000_3class.json"):
        path = folder / "claimbuster" / name
        for position, row in enumerate(read_json(path), start=1):
            if (
                not isinstance(row, dict)
                or str(row.get("label")) not in {"-1", "0", "1"}
                or not isinstance(row.get("text"), str)
            ):
                raise DataError(
                    f"{path}, entry {position}: needs a text and a label of -1, 0 or 1; found {row!r:.80}.",
                    "Fix the entry.",
                )
            sentences.append(Sentence(row["text"], str(row["label"]) == "1"))
    return sentences


def load_checkthat(folder: Path, split: str) -> list[Sentence]:
    """CheckThat! 2024 task 1, English: ``train`` or ``dev``. Free for research. Trap: read without quoting."""
    path = folder / "checkthat_2024_task1" / f"CT24_checkworthy_english_{split}.tsv"
    rows = read_table(path, ["Text", "class_label"], quoted=False, separator="\t")
    return [
        Sentence(
            _unquote(row["Text"]), expect(row["class_label"], {"Yes": True, "No": False}, path, line, "class_label")
        )
        for line, row in rows
    ]


def load_subjectivity(folder: Path, split: str) -> list[Sentence]:
    """CheckThat! 2025 subjectivity, English news: ``train`` or ``dev``; objective counts as claim. CC BY-NC-SA 4.0."""
    path = folder / "checkthat_2025_subjectivity" / f"{split}_en.tsv"
    rows = read_table(path, ["sentence", "label"], quoted=False, separator="\t")
    return [
        Sentence(_unquote(row["sentence"]), expect(row["label"], {"OBJ": True, "SUBJ": False}, path, line, "label"))
        for line, row in rows
    ]


def _unquote(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].replace('""', '"')
    return text


def load_claim_tweets(folder: Path, split: str) -> list[Sentence]:
    """CheckThat! 2022 task 1B, English tweets on COVID: ``train`` or ``dev``; those with a factual claim. For research.

    Trap: whole tweets, often of several sentences.
    """
    path = folder / "checkthat_2022_task1_covid" / f"CT22_english_1B_claim_{split}.tsv"
    rows = read_table(path, ["tweet_text", "class_label"], quoted=True, separator="\t")
    return [
        Sentence(row["tweet_text"], expect(row["class_label"], {"1": True, "0": False}, path, line, "class_label"))
        for line, row in rows
    ]


def load_answer_sentences(folder: Path) -> list[Sentence]:
    """Factcheck-Bench: sentences and claims of a chatbot's answers, factual or not. Apache 2.0."""
    found = []
    for name, text, factual in (
        ("subtask1_sentence_checkworthiness.jsonl", "sentence", "yes"),
        ("subtask2_claim_checkworthiness.jsonl", "claim", "factual"),
    ):
        path = folder / "factcheck_bench" / name
        for number, line in enumerate(read_text(path).splitlines(), start=1):
            try:
                row = json.loads(line)
                found.append(Sentence(row[text], row["checkworthy"] == factual))
            except (ValueError, KeyError, TypeError) as error:
                raise DataError(f"{path}, line {number}: not a sentence with a label ({error}).", "Fix it.") from error
    return found


def load_everyday_claims(folder: Path) -> list[str]:
    """CREAK (Onoe et al. 2021): everyday statements, true or false; all are claims. MIT."""
    return [row["sentence"] for row in _creak(folder)]


def load_everyday_truths(folder: Path) -> list[str]:
    """CREAK's true statements alone; none where the set is missing."""
    if not (folder / _CREAK).is_file():
        return []
    return [row["sentence"] for row in _creak(folder) if row["label"] == "true"]


def _creak(folder: Path) -> list[dict[str, str]]:
    path = folder / _CREAK
    try:
        rows = [json.loads(line) for line in read_text(path).splitlines()]
        return [{"sentence": row["sentence"], "label": row.get("label", "")} for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{path}: not a statement a line ({error}).", "Download it again.") from error


def load_headlines(folder: Path) -> list[str]:
    """Titles of FakeNewsNet's PolitiFact articles, and headlines of fact-checks without a full stop. For research.

    Trap: titles of pages that are not articles ("Sid Miller") stand among them.
    """
    titles = [article["title"] for article in read_articles(folder)]
    path = folder / "fact_checks_2021_2025" / "headlines_only.csv"
    titles += [row["headline"] for _, row in read_table(path, ["headline"], quoted=True) if row["headline"][-1:] != "."]
    return list(dict.fromkeys(title.strip() for title in titles if len(title.split()) > 2))


def load_health_claims(folder: Path) -> list[Sentence]:
    """Full Fact's claims of YouTube videos on health; facts, plain or hedged, against opinions and advice. MIT."""
    path = folder / "fullfact_health_claims" / "mvp_labelled_claims.tsv"
    rows = read_table(path, ["output_text", "type_of_claim"], quoted=True, separator="\t")
    return [
        Sentence(row["output_text"], _IS_HEALTH_CLAIM[row["type_of_claim"]])
        for _, row in rows
        if row["type_of_claim"] in _IS_HEALTH_CLAIM
    ]
