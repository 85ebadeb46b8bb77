"""The extension's vocabulary is the engine's: two languages, one list of words."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from pathlib import Path

import pytest

from fake_news.detection.verdict import Basis, Label, LinksTo, Note, Relation, Why
from server.schemas.feedback import Correction

LISTS = {
    "LABELS": Label,
    "BASES": Basis,
    "RELATIONS": Relation,
    "LINKS_TO": LinksTo,
    "WHYS": Why,
    "NOTES": Note,
    "CORRECTIONS": Correction,
}


@pytest.mark.parametrize(("name", "words"), LISTS.items())
def test_the_extension_mirrors_the_engine(root: Path, name: str, words: type[StrEnum]) -> None:
    source = (root / "extension/shared/vocabulary.js").read_text(encoding="utf-8")
    mirrored = re.search(rf"\b{name} = Object\.freeze\((\[[^\]]*\])\)", source)
    assert mirrored is not None, f"vocabulary.js has no list {name}"
    assert json.loads(mirrored[1]) == [str(word) for word in words]
