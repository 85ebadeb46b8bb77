"""Plain words: sentences around published rulings, written for this project; they lie in the repository.

Four sets, ``data/plain_words/*.tsv``: who says what a ruling was on, denies it, comes near it. They name the ruling by
its address and hold no claim text, so that everything that is measured on them can be measured on a bare clone.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from fake_news.common.errors import DataError
from fake_news.common.paths import project_data_folder
from fake_news.data.folder import read_table

FOLDER = project_data_folder() / "plain_words"
_COLUMNS = ["ruling", "url", "label", "publisher", "relation", "sentence"]
_TEST_BELOW, _DEVELOPMENT_BELOW = 12, 32  # percent of the rulings


class Kind(StrEnum):
    """How a sentence relates to the ruled claim, in the words of those who wrote it."""

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
    """Which side a ruling is on; all sentences around it are on the same."""

    FIT = "fit"
    DEVELOPMENT = "development"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class PlainSentence:
    """A sentence around a ruling.

    Attributes
    ----------
    ruling, url, label, publisher : which ruling, where it is, how it went, by whom
    kind : what the sentence is to the claim
    """

    ruling: str
    url: str
    label: str
    publisher: str
    kind: Kind
    text: str

    @property
    def split(self) -> Split:
        """The side of its ruling, the same for ever: a hash decides."""
        percent = int(hashlib.sha256(self.ruling.encode("utf-8")).hexdigest(), 16) % 100
        if percent < _TEST_BELOW:
            return Split.TEST
        return Split.DEVELOPMENT if percent < _DEVELOPMENT_BELOW else Split.FIT


def load_plain_words(folder: Path = FOLDER) -> list[PlainSentence]:
    """The sentences of all sets.

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
        for line, row in read_table(path, _COLUMNS, quoted=False, separator="\t"):
            if row["relation"] not in list(Kind):
                raise DataError(f"{path}, line {line}: relation is {row['relation']!r}.", "Correct or remove the row.")
            sentences.append(
                PlainSentence(
                    row["ruling"], row["url"], row["label"], row["publisher"], Kind(row["relation"]), row["sentence"]
                )
            )
    return sentences
