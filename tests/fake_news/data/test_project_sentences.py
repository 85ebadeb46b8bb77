"""The sentences of the repository: core claims and plain words, and what is said of malformed rows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fake_news.common.errors import DataError
from fake_news.data.project_sentences import (
    claims_by_kind,
    load_claim_sentences,
    load_core_claims,
    tempting_statements,
    well_known_statements,
)
from fake_news.detection.factchecks.addresses import page_key
from fake_news.detection.verdict import Label
from fake_news.training.claim_matching.protocol import load_matching_data

HEADER = "url\tlabel\tpublisher\trelation\tsentence\n"


def test_no_sentence_is_said_to_be_true_and_false() -> None:
    says: dict[str, set[bool]] = {}
    for one in load_core_claims():
        says.setdefault(one.text.casefold().rstrip("."), set()).add((one.label is Label.TRUE) is not one.is_opposite)
    assert len(says) > 1_000
    assert [text for text, truths in says.items() if len(truths) > 1] == []


def test_each_is_written_once_for_a_ruling() -> None:
    rows = [(page_key(one.url), one.day, one.text) for one in load_core_claims()]
    assert len(rows) == len(set(rows))


def test_a_ruling_on_a_speakers_page_is_named_by_its_day(tmp_path: Path) -> None:
    row = "https://facts.example/personalities/ann/#2030-01-02\tfalse\tP\tsame\tIt is so.\n"
    (tmp_path / "core_claims.tsv").write_text(HEADER + row, encoding="utf-8")
    [one] = load_core_claims(tmp_path)
    assert (one.url, one.day) == ("https://facts.example/personalities/ann/", "2030-01-02")


@pytest.mark.data
def test_none_repeats_a_claim_of_the_data(data_dir: Path) -> None:
    """Neither as a whole nor in eight words running: they are sentences of our own."""
    claims = [words(claim.text) for claim in load_matching_data(data_dir).collection.claims]
    whole = {" ".join(claim) for claim in claims}
    runs = {run for claim in claims for run in runs_of(claim)}
    ours = {one.text: words(one.text) for one in load_core_claims()}
    assert [text for text, said in ours.items() if " ".join(said) in whole or runs.intersection(runs_of(said))] == []


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def runs_of(said: list[str]) -> list[str]:
    return [" ".join(said[first : first + 8]) for first in range(len(said) - 7)]


@pytest.mark.parametrize(
    ("row", "names"),
    [
        ("https://facts.example/a\tmixed\tP\tsame\tIt is so.", "label is 'mixed'"),
        ("https://facts.example/a\tfalse\tP\tnear\tIt is so.", "relation is 'near'"),
        ("https://facts.example/a\tfalse\tIt is so.", "line 2"),
    ],
)
def test_a_malformed_row_is_named(tmp_path: Path, row: str, names: str) -> None:
    (tmp_path / "core_claims.tsv").write_text(HEADER + row + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=names):
        load_core_claims(tmp_path)


def test_written_sentences_are_claims_or_not_by_their_kind() -> None:
    kinds = load_claim_sentences()
    assert {kind for kind, sentences in kinds.items() if all(one.is_claim for one in sentences)} == {
        "short claim",
        "news claim",
        "post claim",
        "awkward claim",
    }
    assert not any(one.is_claim for kind in ("plot", "caption", "fragment") for one in kinds[kind])
    texts = [one.text for sentences in kinds.values() for one in sentences]
    assert len(texts) == len(set(texts)) > 4_000


def test_no_written_sentence_is_one_that_is_measured_on() -> None:
    measured = {one.text for sentences in claims_by_kind().values() for one in sentences}
    measured |= {case.text for case in [*well_known_statements(), *tempting_statements()]}
    assert not measured & {one.text for sentences in load_claim_sentences().values() for one in sentences}


def test_a_written_sentence_that_is_neither_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sentences.tsv"
    path.write_text("kind\texpected\ttext\nplot\tperhaps\tA dog finds a bone.\n", encoding="utf-8")
    with pytest.raises(DataError, match="expected"):
        load_claim_sentences(path)
