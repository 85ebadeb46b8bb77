"""What each set must look like: its files, columns, labels, lengths, dates, counts, and what repeats in it.

Every expectation has a name, which reports and this table use. Where a set is known to break one, the number of such
rows is stated here; ``data/README.md`` explains what it means for users of the set.
"""

from __future__ import annotations

from datetime import date

import pandas as pd
import pandera.pandas as pa

from fake_news.data.statements import LIAR_COLUMNS, LIAR_RATINGS, SIX_WAY
from fake_news.data.validation.tables import SetSchema, TableSchema, gzipped_json_lines, json_list, table

SAYS = {
    "files": "the files are there",
    "readable": "every file is UTF-8, has its columns, and as many fields in each row",
    "rows": "as many rows as were published",
    "identifier": "an identifier names one row of a file",
    "present": "a value that must be stated is stated",
    "label": "a label is one of the set's",
    "every-label": "every label occurs",
    "text-length": "a text is neither empty nor longer than any of its kind",
    "date": "a date is a day (YYYY-MM-DD) in the set's years",
    "history-counts": "LIAR's history counts are whole numbers, and none is missing",
    "repeated": "no text stands twice in a file, but for those that are known to",
    "across-splits": "no text of one split stands in another, but for those that are known to",
}
"""The expectations in words, by name, in the order of the report."""

_MISSING = frozenset(["", "nan", "none", "null", "n/a", "na"])


def _column(*checks: pa.Check) -> pa.Column:
    return pa.Column(str, checks=list(checks))


def _one_of(values: tuple[str, ...], name: str = "label") -> pa.Check:
    return pa.Check.isin(values, error=name)


def _length(fewest: int, most: int) -> pa.Check:
    return pa.Check(lambda texts: texts.str.len().between(fewest, most), error="text-length")


def _present() -> pa.Check:
    return pa.Check(lambda values: ~values.str.strip().str.casefold().isin(_MISSING), error="present")


def _day(first: str, last: str, *, optional: bool = False) -> pa.Check:
    def is_day(values: pd.Series[str]) -> pd.Series[bool]:
        return values.map(lambda value: (optional and not value) or (_is_day(value) and first <= value <= last))

    return pa.Check(is_day, error="date")


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _count() -> pa.Check:
    return pa.Check.str_matches(r"^\d{1,4}(\.0)?$", error="history-counts")


_RATINGS = tuple(SIX_WAY)
_LIAR = TableSchema(
    "*.tsv",
    table(LIAR_COLUMNS, quoted=False, separator="\t", header=False),
    pa.DataFrameSchema(
        {
            "id": _column(_present()),
            "label": _column(_one_of(tuple(LIAR_RATINGS))),
            "statement": _column(_length(10, 500), _present()),
            "speaker": _column(_present()),
            "subjects": _column(_present()),
            **{name: _column(_count()) for name in LIAR_COLUMNS if name.endswith("_n")},
        }
    ),
    {"train.tsv": 10_269, "valid.tsv": 1_284, "test.tsv": 1_283},
    text="statement",
    label="label",
    labels=tuple(LIAR_RATINGS),
    identifier="id",
    repeated={"train.tsv": 22, "valid.tsv": 1},
)
_POLITIFACT = TableSchema(
    "politifact_2007_2022.csv",
    table(["statement", "verdict", "speaker", "stated_date", "date", "in_liar", "liar_id"], quoted=True),
    pa.DataFrameSchema(
        {
            "statement": _column(_length(10, 500), _present()),
            "verdict": _column(_one_of(_RATINGS)),
            "speaker": _column(_present()),
            "date": _column(_day("2007-01-01", "2022-12-31")),
            "stated_date": _column(_day("1950-01-01", "2022-12-31", optional=True)),
            "in_liar": _column(_one_of(("", "train", "valid", "test"))),
        }
    ),
    {"politifact_2007_2022.csv": 22_424},
    text="statement",
    label="verdict",
    labels=_RATINGS,
    repeated={"politifact_2007_2022.csv": 2},
)
_THREE_CLASSES = ("-1", "0", "1")
_CLAIMBUSTER = TableSchema(
    "*.json",
    json_list(["sentence_id", "label", "text"]),
    pa.DataFrameSchema({"label": _column(_one_of(_THREE_CLASSES)), "text": _column(_length(10, 1_000))}),
    {"data_small_3class.json": 8_231, "disjoint_2000_3class.json": 2_000},
    text="text",
    label="label",
    labels=_THREE_CLASSES,
    identifier="sentence_id",
    repeated={"data_small_3class.json": 14, "disjoint_2000_3class.json": 5},
)
_CHECKTHAT_2024 = TableSchema(
    "*.tsv",
    table(["Sentence_id", "Text", "class_label"], quoted=False, separator="\t"),
    pa.DataFrameSchema({"Text": _column(_length(5, 1_000)), "class_label": _column(_one_of(("Yes", "No")))}),
    {"CT24_checkworthy_english_train.tsv": 22_501, "CT24_checkworthy_english_dev.tsv": 1_032},
    text="Text",
    label="class_label",
    labels=("Yes", "No"),
    identifier="Sentence_id",
    repeated={"CT24_checkworthy_english_train.tsv": 102, "CT24_checkworthy_english_dev.tsv": 1},
)
_SUBJECTIVITY = TableSchema(
    "*.tsv",
    table(["sentence_id", "sentence", "label"], quoted=False, separator="\t"),
    pa.DataFrameSchema({"sentence": _column(_length(3, 1_000)), "label": _column(_one_of(("OBJ", "SUBJ")))}),
    {"train_en.tsv": 830, "dev_en.tsv": 462},
    text="sentence",
    label="label",
    labels=("OBJ", "SUBJ"),
    identifier="sentence_id",
    repeated={"train_en.tsv": 5},
)
_COVID = TableSchema(
    "*.csv",
    table(["id", "tweet", "label"], quoted=True),
    pa.DataFrameSchema({"tweet": _column(_length(10, 10_000)), "label": _column(_one_of(("real", "fake")))}),
    {"Constraint_Train.csv": 6_420, "Constraint_Val.csv": 2_140},
    text="tweet",
    label="label",
    labels=("real", "fake"),
    identifier="id",
    repeated={"Constraint_Train.csv": 59, "Constraint_Val.csv": 11},
)
_AVERITEC_LABELS = ("Supported", "Refuted", "Not Enough Evidence", "Conflicting Evidence/Cherrypicking")
_AVERITEC = TableSchema(
    "train.json",
    json_list(["claim", "label", "claim_date"]),
    pa.DataFrameSchema({"claim": _column(_length(0, 1_000)), "label": _column(_one_of(_AVERITEC_LABELS))}),
    {"train.json": 3_068},
    text="claim",
    label="label",
    labels=_AVERITEC_LABELS,
    repeated={"train.json": 107},
)
_SNOPES = TableSchema(
    "*.json",
    json_list(["url", "evaluation", "title", "statement", "date_posted"]),
    pa.DataFrameSchema({"url": _column(_present()), "evaluation": _column(_present())}),
    {"*.json": 9_136},
)
_SEVERAL = TableSchema(
    "all_US_politician_claims.csv",
    table(["url", "title", "textualRating", "publisher.name", "reviewDate", "text", "claimant"], quoted=True),
    pa.DataFrameSchema({"url": _column(_present()), "text": _column(_present()), "textualRating": _column(_present())}),
    {"all_US_politician_claims.csv": 7_635},
)
_DEBATES = TableSchema(
    "fact-checking/*.csv",
    table(["line_number", "sentence", "verified_claim", "verified_claim_url", "notes"], quoted=True),
    pa.DataFrameSchema({"sentence": _column(_present()), "verified_claim": _column(_present())}),
    {"fact-checking/*.csv": 353},
)
_TRANSCRIPTS = TableSchema(
    "transcripts/*.tsv",
    table(["line", "speaker", "text", "checked"], quoted=False, separator="\t", header=False),
    pa.DataFrameSchema({"checked": _column(_one_of(("0", "1")))}),
    {"transcripts/*.tsv": 28_947},
    label="checked",
    labels=("0", "1"),
)
_ARTICLES = TableSchema(
    "politifact_articles.jsonl.gz",
    gzipped_json_lines(["label", "text"]),
    pa.DataFrameSchema({"label": _column(_one_of(("real", "fake")))}),
    {"politifact_articles.jsonl.gz": 969},
    label="label",
    labels=("real", "fake"),
)
_VERIFIED = TableSchema(
    "verified_claims.docs.tsv",
    table(["", "vclaim", "title"], quoted=True, separator="\t"),
    pa.DataFrameSchema({"vclaim": _column(_present()), "title": _column(_present())}),
    {"verified_claims.docs.tsv": 10_375},
)

SCHEMAS = {
    "liar": SetSchema(
        (_LIAR,),
        {("train.tsv", "valid.tsv"): 8, ("train.tsv", "test.tsv"): 5, ("valid.tsv", "test.tsv"): 0},
    ),
    "politifact": SetSchema((_POLITIFACT,)),
    "snopes": SetSchema((_SNOPES,)),
    "multi_factcheckers": SetSchema((_SEVERAL,)),
    "averitec": SetSchema((_AVERITEC,)),
    "checkthat_2024_task1": SetSchema(
        (_CHECKTHAT_2024,), {("CT24_checkworthy_english_train.tsv", "CT24_checkworthy_english_dev.tsv"): 11}
    ),
    "checkthat_2025_subjectivity": SetSchema((_SUBJECTIVITY,), {("train_en.tsv", "dev_en.tsv"): 0}),
    "checkthat_2020_task2": SetSchema((_VERIFIED,)),
    "known_lie": SetSchema((_DEBATES, _TRANSCRIPTS)),
    "claimbuster": SetSchema((_CLAIMBUSTER,), {("data_small_3class.json", "disjoint_2000_3class.json"): 16}),
    "covid_fake_news": SetSchema((_COVID,), {("Constraint_Train.csv", "Constraint_Val.csv"): 57}),
    "fakenewsnet": SetSchema((_ARTICLES,)),
}
"""The sets that have rows; the saved pages have none."""
