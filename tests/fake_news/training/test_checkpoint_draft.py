"""A draft of a checkpoint: every addition makes another, and what is served from it is what is written."""

from __future__ import annotations

from pathlib import Path

from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.detector import Detector
from fake_news.training.checkpoint_draft import CheckpointDraft

DRAFT = CheckpointDraft({"version": "2026.1-a", "card": {"name": "a", "limits": []}}, {"a.txt": b"a"})


def test_an_addition_leaves_the_earlier_draft_as_it_was() -> None:
    later = DRAFT.with_card(name="b").with_data({"liar/test.tsv": "ab"}).with_files({"b.txt": b"b"})
    assert later.model["card"] == {"name": "b", "limits": []}
    assert later.model["data"] == {"liar/test.tsv": "ab"}
    assert set(later.files) == {"a.txt", "b.txt"}
    assert DRAFT.model == {"version": "2026.1-a", "card": {"name": "a", "limits": []}}
    assert set(DRAFT.files) == {"a.txt"}


def test_it_is_written_under_its_version(tmp_path: Path) -> None:
    path = DRAFT.with_files({"b.txt": b"b"}).write(tmp_path)
    assert path == tmp_path / DRAFT.version
    written = read_checkpoint(path)
    assert written.files == {"a.txt": b"a", "b.txt": b"b"}
    assert written.model["card"] == DRAFT.model["card"]


def test_it_takes_over_the_parts_that_training_does_not_make(shipped: Path) -> None:
    earlier = read_checkpoint(shipped)
    names = ("features", "intercepts", "check_worthiness", "calibration", "abstention")
    words = ("vocabulary.txt", "idf.npy", "weights.npy", "sentences.json")
    bare = CheckpointDraft(
        {"version": "2026.1-a", "card": {}, **{name: earlier.model[name] for name in names}},
        {name: earlier.files.get(name) or (shipped / name).read_bytes() for name in words},
    )
    sentence = "The moon landing was faked."
    with_parts = bare.at(shipped.parent / "2026.1-a").with_parts_of(earlier).detector()
    [verdict], [expected] = with_parts.check(sentence), Detector.load(shipped).check(sentence)
    assert verdict.label == expected.label
    assert verdict.basis == expected.basis
    assert bare.detector().check(sentence)[0].basis != expected.basis
