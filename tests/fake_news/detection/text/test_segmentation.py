"""Sentences as the shipped splitter cuts them, kind by kind; the cases lie in ``data/cases/segmentation.json``."""

from __future__ import annotations

import pytest

from fake_news.data.project_sentences import Segmentation, segmentations
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.detection.text.sentences import SentenceSplitter

CASES = segmentations()


@pytest.fixture(scope="module")
def splitter() -> SentenceSplitter:
    lists = read_checkpoint(current_checkpoint()).json("sentences.json")
    return SentenceSplitter(**{name: frozenset(words) for name, words in lists.items()})


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}: {case.sentences[0][:40]}")
def test_sentences(case: Segmentation, splitter: SentenceSplitter) -> None:
    assert [case.text[start:end] for start, end in splitter.split(case.text)] == case.sentences


def test_every_kind_has_three_cases() -> None:
    kinds = [case.kind for case in CASES]
    assert {kind for kind in kinds if kinds.count(kind) < 3} == set()
