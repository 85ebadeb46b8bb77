"""Core claims: plain sentences, written for this project, each with the ruling that decides it.

``data/plain_words/core_claims.tsv`` names rulings by address and holds no words of theirs. The plain words beside it
teach and measure; these are a part of the index.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from fake_news.data.folder import expect, read_table
from fake_news.data.plain_words import FOLDER
from fake_news.detection.verdict import Label

_COLUMNS = ["url", "label", "publisher", "relation", "sentence"]
_RELATIONS = {"same": False, "opposite": True}
_DAY = re.compile(r"#(\d{4}-\d\d-\d\d)$")
_LABELS = {"false": Label.FALSE, "true": Label.TRUE}


@dataclass(frozen=True, slots=True)
class CoreClaim:
    """What a ruling comes down to.

    Attributes
    ----------
    url, label : which ruling, and how it went
    day : of a ruling that has no address of its own, only its speaker's page, the day; written ``url#day``
    is_opposite : whether the sentence is the opposite of what the ruling is on
    """

    url: str
    label: Label
    is_opposite: bool
    text: str
    day: str = ""


def load_core_claims(folder: Path = FOLDER) -> list[CoreClaim]:
    """All core claims.

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
        for line, row in read_table(path, _COLUMNS, quoted=False, separator="\t")
    ]
