"""Sentences that were written for this project: plain words, core claims, claim sentences, charged truths and cases.

None of them holds the words of a published claim: rulings are named by their addresses. Whatever is measured on them
can therefore be measured on a bare clone.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from fake_news.common.errors import DataError
from fake_news.common.paths import project_data_folder
from fake_news.data.claims import Sentence
from fake_news.data.folder import expect, read_json, read_table
from fake_news.detection.verdict import Label

PLAIN_WORDS = project_data_folder() / "plain_words"
CASES = project_data_folder() / "cases"
CHARGED_TRUTHS = project_data_folder() / "charged_truths" / "charged_truths.tsv"
TRUTHS_BESIDE_CORE_CLAIMS = CHARGED_TRUTHS.with_name("beside_core_claims.tsv")
CLAIM_SENTENCES = project_data_folder() / "claim_sentences" / "claim_sentences.tsv"

_PLAIN_COLUMNS = ["ruling", "url", "label", "publisher", "relation", "sentence"]
_TEST_BELOW, _DEVELOPMENT_BELOW = 12, 32  # percent of the rulings


class Kind(StrEnum):
    """How a sentence relates to the claim that was ruled on, as its author says."""

    SAME = "same"
    MORE = "more"
    LESS = "less"
    OPPOSITE = "opposite"
    NEAR = "near"
    PART = "part"
    REPORT = "report"
    ATTRIBUTED = "attributed"
    FRAGMENT = "fragment"
    BACKGROUND = "background"


class Split(StrEnum):
    """Which part a ruling belongs to; all sentences around it belong to the same part."""

    FIT = "fit"
    DEVELOPMENT = "development"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class PlainSentence:
    """A sentence written around a ruling: it says what the ruling was on, denies it, or comes near it.

    Attributes
    ----------
    ruling, url, label, publisher : identifier, address, outcome and author of the ruling
    kind : how the sentence relates to the claim
    """

    ruling: str
    url: str
    label: str
    publisher: str
    kind: Kind
    text: str

    @property
    def split(self) -> Split:
        """The split of its ruling: a hash decides, so that it never changes."""
        percent = int(hashlib.sha256(self.ruling.encode("utf-8")).hexdigest(), 16) % 100
        if percent < _TEST_BELOW:
            return Split.TEST
        return Split.DEVELOPMENT if percent < _DEVELOPMENT_BELOW else Split.FIT


def load_plain_words(folder: Path = PLAIN_WORDS) -> list[PlainSentence]:
    """Load the plain words: all sentences of ``data/plain_words/plain_words*.tsv``.

    Raises
    ------
    DataError
        If there are none, or a row is malformed; the message names file and line.
    """
    paths = sorted(folder.glob("plain_words*.tsv"))
    if not paths:
        raise DataError(f"There are no plain words at {folder}.", "Restore them: `git checkout -- data/plain_words`.")
    sentences = []
    for path in paths:
        for line, row in read_table(path, _PLAIN_COLUMNS, quoted=False, separator="\t"):
            if row["relation"] not in list(Kind):
                raise DataError(f"{path}, line {line}: relation is {row['relation']!r}.", "Correct or remove the row.")
            sentences.append(
                PlainSentence(
                    row["ruling"], row["url"], row["label"], row["publisher"], Kind(row["relation"]), row["sentence"]
                )
            )
    return sentences


_CORE_COLUMNS = ["url", "label", "publisher", "relation", "sentence"]
_RELATIONS = {"same": False, "opposite": True}
_DAY = re.compile(r"#(\d{4}-\d\d-\d\d)$")
_LABELS = {"false": Label.FALSE, "true": Label.TRUE}


@dataclass(frozen=True, slots=True)
class CoreClaim:
    """A plain sentence that a ruling decides; core claims are a part of the index of fact-checks.

    Attributes
    ----------
    url, label : address and outcome of the ruling
    day : the day of a ruling that has no address but its speaker's page, written ``url#day``; else empty
    is_opposite : whether the sentence is the opposite of what the ruling is on
    """

    url: str
    label: Label
    is_opposite: bool
    text: str
    day: str = ""


def load_core_claims(folder: Path = PLAIN_WORDS) -> list[CoreClaim]:
    """Load the core claims, ``data/plain_words/core_claims.tsv``.

    Raises
    ------
    DataError
        If the file is missing or a row is malformed; the message names the line.
    """
    path = folder / "core_claims.tsv"
    return [
        CoreClaim(
            _DAY.sub("", row["url"]),
            expect(row["label"], _LABELS, path, line, "label"),
            expect(row["relation"], _RELATIONS, path, line, "relation"),
            row["sentence"],
            found[1] if (found := _DAY.search(row["url"])) else "",
        )
        for line, row in read_table(path, _CORE_COLUMNS, quoted=False, separator="\t")
    ]


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence that people type first, and the label or kind that is right for it."""

    expected: str
    text: str


@dataclass(frozen=True, slots=True)
class Segmentation:
    """A text with the sentences that it is to be cut into, and the kind of its difficulty."""

    kind: str
    sentences: list[str]
    joined_by: str

    @property
    def text(self) -> str:
        """The text before it is cut."""
        return self.joined_by.join(self.sentences)


def well_known_statements(folder: Path = CASES) -> list[Case]:
    """Load famous falsehoods (``false``) and truths (``true``), ordinary sentences and corrections (``debunk``)."""
    rows = read_table(folder / "statements.tsv", ["expected", "text"], quoted=False, separator="\t")
    return [Case(row["expected"], row["text"]) for _, row in rows]


def tempting_statements(folder: Path = CASES) -> list[Case]:
    """Load sentences near a ruling on something else: ``not ruled`` where none decides, ``no-claim`` for fragments."""
    rows = read_table(folder / "wrong_stamps.tsv", ["got", "right", "text", "why"], quoted=False, separator="\t")
    return [Case(row["right"], row["text"]) for _, row in rows]


def segmentations(folder: Path = CASES) -> list[Segmentation]:
    """Load the texts that are hard to cut into sentences."""
    return [Segmentation(**row) for row in read_json(folder / "segmentation.json")]


def claims_by_kind(folder: Path = CASES) -> dict[str, list[Sentence]]:
    """Load what the claim model is measured on: short claims, bylines, captions, plots and so on, by kind."""
    return _sentences_by_kind(folder / "claims_by_kind.tsv")


def load_claim_sentences(path: Path = CLAIM_SENTENCES) -> dict[str, list[Sentence]]:
    """Load what the claim model learns from, by kind; none of it is measured on."""
    return _sentences_by_kind(path)


@dataclass(frozen=True, slots=True)
class ChargedTruth:
    """A true sentence about what rumours are about, and whether it is kept to measure on."""

    text: str

    @property
    def is_test(self) -> bool:
        """Whether nothing learns from it: one in three, by a hash of the text."""
        return int(hashlib.sha256(self.text.encode()).hexdigest(), 16) % 3 == 0


def load_charged_truths(path: Path = CHARGED_TRUTHS) -> list[ChargedTruth]:
    """Load true sentences about people, events and subjects that many false claims are about."""
    return [ChargedTruth(row["text"]) for _, row in read_table(path, ["text"], quoted=False, separator="\t")]


def _sentences_by_kind(path: Path) -> dict[str, list[Sentence]]:
    kinds: dict[str, list[Sentence]] = {}
    for line, row in read_table(path, ["kind", "expected", "text"], quoted=False, separator="\t"):
        is_claim = expect(row["expected"], {"claim": True, "no-claim": False}, path, line, "expected")
        kinds.setdefault(row["kind"], []).append(Sentence(row["text"], is_claim))
    return kinds
