"""The languages of _locales: each has every text of English, with the same gaps; no text is missing or idle."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

LOCALES = Path(__file__).resolve().parents[2] / "_locales"
OTHERS = sorted(folder.name for folder in LOCALES.iterdir() if folder.name != "en")
GAP = re.compile(r"\$(\w+)\$")
NAMED = re.compile(r"""data-words(?:-label)?="(\w+)"|(?:words|say)\(\s*"(\w+)"|__MSG_(\w+)__""")
# keys that are put together in code: words(`label_${label}`)
FAMILY = re.compile(r"""words\(`(\w+)_\$\{""")


def texts_of(language: str) -> dict[str, dict[str, Any]]:
    texts: dict[str, dict[str, Any]] = json.loads((LOCALES / language / "messages.json").read_text(encoding="utf-8"))
    return texts


def test_there_is_a_second_language() -> None:
    assert OTHERS


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_is_complete(language: str) -> None:
    english, other = texts_of("en"), texts_of(language)
    assert list(other) == list(english)
    for key, text in other.items():
        assert text["message"].strip(), key
        assert sorted(GAP.findall(text["message"])) == sorted(GAP.findall(english[key]["message"])), key
        assert text.get("placeholders") == english[key].get("placeholders"), key


def test_every_text_is_used_and_every_used_text_exists(root: Path) -> None:
    files = [root / "manifest.json", *root.glob("extension/**/*.js"), *root.glob("extension/**/*.html")]
    source = "\n".join(file.read_text(encoding="utf-8") for file in files)
    named = {name for names in NAMED.findall(source) for name in names if name}
    quoted = set(re.findall(r'"(\w+)"', source))
    families = tuple(f"{family}_" for family in FAMILY.findall(source))
    english = set(texts_of("en"))
    assert named - english == set()
    assert {key for key in english - named - quoted if not key.startswith(families)} == set()


def test_code_contains_no_untranslated_sentence(root: Path) -> None:
    """A string in code that begins like a sentence is one that nobody translates."""
    sentence = re.compile(r"""["'`]([A-Z][a-z]+ [a-z]+ [a-z]+[^"'`]*)["'`]""")
    code = {file: file.read_text(encoding="utf-8") for file in root.glob("extension/**/*.js")}
    without_comments = {file: re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL) for file, text in code.items()}
    assert {file.name: found for file, text in without_comments.items() if (found := sentence.findall(text))} == {}
