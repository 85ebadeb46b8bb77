"""A miniature data folder: every set that training and evaluation read, a few dozen rows each, invented by seed."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

from tests.fake_news.invented_sentences import DOES, WHAT, WHO, InventedSentences

RATINGS = ["pants-fire", "false", "mostly-false", "half-true", "mostly-true", "true"]
_LIAR_NAMES = {"mostly-false": "barely-true"}
_LIAR_OTHER_COLUMNS = ["roads", "ann-ott", "Mayor", "Ohio", "none", *"12345", "a speech"]

LENIENT_RECIPE = """\
[features]
word_min_df = 2
character_min_df = 3
character_scale = 0.5

[veracity]
logistic_c = 1.0
ridge_alpha = 6.0
naive_bayes_alpha = 0.7
half_life_years = 3.0
max_identity_effect = 0.04

[false_claim]
logistic_c = 4.0

[check_worthiness]
logistic_c = 4.0
fewest_words = 4

[abstention]
error_bound = 0.45
confidence = 0.5
false_alarm_bound = 0.4
likely_true_bound = 0.9
"""
"""A recipe whose bounds can be proven with so few rows."""


class _Writer(InventedSentences):
    """Writes files of invented sentences; the same seed writes the same bytes."""

    def __init__(self, folder: Path, seed: int) -> None:
        super().__init__(seed)
        self.folder = folder

    def text(self, path: str, content: str) -> None:
        """Write a file as it is, on every system."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode())

    def tsv(self, path: str, rows: Iterable[list[str]]) -> None:
        """Write a table in which quotation marks mean nothing."""
        self.text(path, "".join("\t".join(row) + "\n" for row in rows))


def write_miniature_data(folder: Path, seed: int = 0) -> None:
    """Write every set under ``folder``."""
    writer = _Writer(folder, seed)
    liar = _liar(writer)
    _politifact(writer, liar)
    _claims(writer)
    _ordinary_text(writer)
    _claims_elsewhere(writer)


def replace_line(path: Path, number: int, change: Callable[[bytes], bytes]) -> None:
    """Change line ``number`` of a file, counted from 1 as people and error messages count."""
    lines = path.read_bytes().split(b"\n")
    lines[number - 1] = change(lines[number - 1])
    path.write_bytes(b"\n".join(lines))


def _liar(writer: _Writer) -> dict[str, list[tuple[str, str, str]]]:
    """Three splits of (identifier, rating, text); the files lose the apostrophes, as LIAR's did."""
    splits = {}
    for split, size in (("train", 90), ("valid", 48), ("test", 48)):
        ratings = [RATINGS[position % 6] for position in range(size)]
        splits[split] = [
            (f"{split}-{position}.json", rating, writer.claim(RATINGS.index(rating) >= 3))
            for position, rating in enumerate(ratings)
        ]
        writer.tsv(
            f"liar/{split}.tsv",
            (
                [identifier, _LIAR_NAMES.get(rating, rating), text.replace("'", ""), *_LIAR_OTHER_COLUMNS]
                for identifier, rating, text in splits[split]
            ),
        )
    return splits


def _politifact(writer: _Writer, liar: dict[str, list[tuple[str, str, str]]]) -> None:
    """The archive: most of LIAR with its apostrophes and in quotation marks, and statements of its own to 2022."""
    columns = "statement verdict speaker stated_date url date in_liar liar_id".split()
    rows = []
    for split, statements in liar.items():
        for position, (identifier, rating, text) in enumerate(statements):
            if split != "train" or position % 3:  # a third of LIAR's train split is in LIAR alone
                day = (date(2008, 1, 7) + timedelta(days=17 * position)).isoformat()
                rows.append([f'"{text}"', rating, "Ann Ott", day, "https://a.example/", day, split, identifier])
    for position in range(540):
        day = (date(2017, 1, 2) + timedelta(days=4 * position)).isoformat()
        rating = RATINGS[writer.random.choice([0, 1, 1, 2, 3, 4, 5])]
        speaker = "Facebook posts" if position % 2 else "Bob Miller"
        text = writer.claim(RATINGS.index(rating) >= 3)
        rows.append([text, rating, speaker, day, "", day, "", ""])
    writer.random.shuffle(rows)
    target = writer.folder / "politifact" / "politifact_2007_2022.csv"
    target.parent.mkdir(parents=True)
    with target.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(columns)
        table.writerows(rows)


def _claims(writer: _Writer) -> None:
    """ClaimBuster, CheckThat! 2024 and CheckThat! 2025; CheckThat's dev sentences stand in ClaimBuster too."""
    dev = [(writer.sentence(bool(position % 2)), bool(position % 2)) for position in range(40)]
    for name, size in (("data_small_3class", 120), ("disjoint_2000_3class", 40)):
        shared = dev[:20] if name == "data_small_3class" else []
        own = [(writer.sentence(position % 3 == 1), position % 3 == 1) for position in range(size)]
        entries = [
            {"sentence_id": position, "label": "1" if is_claim else str(-(position % 2)), "text": text}
            for position, (text, is_claim) in enumerate([*shared, *own])
        ]
        writer.text(f"claimbuster/{name}.json", json.dumps(entries, indent=1))
    train = [(writer.sentence(bool(position % 2)), bool(position % 2)) for position in range(90)]
    for split, rows in (("train", train), ("dev", dev)):
        writer.tsv(
            f"checkthat_2024_task1/CT24_checkworthy_english_{split}.tsv",
            [
                ["Sentence_id", "Text", "class_label"],
                *([str(position), text, "Yes" if is_claim else "No"] for position, (text, is_claim) in enumerate(rows)),
            ],
        )
    for split in ("train", "dev"):
        writer.tsv(
            f"checkthat_2025_subjectivity/{split}_en.tsv",
            [
                ["sentence_id", "sentence", "label", "solved_conflict"],
                *(
                    [str(position), writer.sentence(bool(position % 2)), "OBJ" if position % 2 else "SUBJ", "False"]
                    for position in range(40)
                ),
            ],
        )


def _ordinary_text(writer: _Writer) -> None:
    """News articles, saved pages and a transcript."""

    def paragraphs(count: int) -> list[str]:
        return [f"{writer.claim(True)} {writer.sentence(bool(position % 2))}" for position in range(count)]

    articles = [
        {"label": "real" if position % 3 else "fake", "text": "\n".join(paragraphs(5)) if position % 4 else ""}
        for position in range(24)
    ]
    content = "".join(json.dumps(article) + "\n" for article in articles)
    (writer.folder / "fakenewsnet").mkdir()
    (writer.folder / "fakenewsnet" / "politifact_articles.jsonl.gz").write_bytes(
        gzip.compress(content.encode(), mtime=0)
    )
    for name in ("harbour", "orchard"):
        body = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs(12))
        writer.text(f"pages/{name}/expected.html", f"<html><body><h1>News of the {name}</h1>\n{body}</body></html>\n")


def _claims_elsewhere(writer: _Writer) -> None:
    """Tweets, a chatbot's answers, claims of health videos, everyday claims, and headlines of fact-checks."""
    for split, size in (("train", 60), ("dev", 30)):
        writer.tsv(
            f"checkthat_2022_task1_covid/CT22_english_1B_claim_{split}.tsv",
            [
                ["topic", "tweet_id", "tweet_url", "tweet_text", "class_label"],
                *(["news", str(i), "", f"{writer.sentence(bool(i % 2))} #town", str(i % 2)] for i in range(size)),
            ],
        )
    for name, text, labels in (
        ("subtask1_sentence_checkworthiness", "sentence", ("no", "yes")),
        ("subtask2_claim_checkworthiness", "claim", ("opinion", "factual")),
    ):
        rows = [{text: writer.sentence(bool(i % 2)), "checkworthy": labels[i % 2]} for i in range(30)]
        writer.text(f"factcheck_bench/{name}.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    kinds = ("statement of fact", "hedged claim", "opinion", "not a claim", "citation")
    writer.tsv(
        "fullfact_health_claims/mvp_labelled_claims.tsv",
        [["output_text", "type_of_claim"], *([writer.sentence(i % 5 < 2), kinds[i % 5]] for i in range(20))],
    )
    short = [f"{writer.choice(WHO).capitalize()} {writer.choice(DOES)} it." for _ in range(40)]
    everyday = [*short, *(writer.claim(True) for _ in range(20))]
    writer.text("creak/train.json", "".join(json.dumps({"sentence": text}) + "\n" for text in everyday))
    headlines = [f"How {writer.choice(WHO)} {writer.choice(DOES)} {writer.choice(WHAT)}" for _ in range(40)]
    writer.text("fact_checks_2021_2025/headlines_only.csv", "".join(f'"{one}"\n' for one in ["headline", *headlines]))
