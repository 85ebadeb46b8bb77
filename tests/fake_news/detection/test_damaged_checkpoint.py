"""A checkpoint that was changed is refused, and loading one never runs code."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from fake_news.common.errors import CheckpointError
from fake_news.detection.checkpoint import (
    FORMAT,
    MODEL_FILE,
    fingerprint,
    read_checkpoint,
    sha256,
)
from fake_news.detection.detector import Detector

FACT_CHECK_FILES = ["terms.npz", "fact_checks.npz", "claim_vectors.npy", "relation.npz"]
FILES = [
    "model.json",
    "vocabulary.txt",
    "idf.npy",
    "weights.npy",
    "sentences.json",
    "claims.npz",
    "core_claims.npz",
    "similar_rulings.npz",
    *FACT_CHECK_FILES,
]


@pytest.fixture
def copy(shipped: Path, tmp_path: Path) -> Path:
    """A copy of the shipped checkpoint, to be damaged."""
    return Path(shutil.copytree(shipped, tmp_path / "2026.1-copy"))


def rewrite_model(path: Path, change: Callable[[dict[str, object]], object]) -> None:
    """Change ``model.json`` as a careful forger would: with a fitting fingerprint."""
    model = json.loads((path / MODEL_FILE).read_bytes())
    change(model)
    model["fingerprint"] = fingerprint(model)
    (path / MODEL_FILE).write_text(json.dumps(model), encoding="utf-8")


def refused(path: Path, message: str) -> None:
    """The checkpoint is refused in one line that names the folder and says what to do."""
    with pytest.raises(CheckpointError, match=message) as caught:
        Detector.load(path)
    assert str(path) in caught.value.message
    assert "python -m fake_news train" in caught.value.hint
    assert "\n" not in str(caught.value)


def test_the_shipped_checkpoint_holds_exactly_the_files_it_names(shipped: Path) -> None:
    assert sorted(path.name for path in shipped.iterdir()) == sorted(FILES)
    checkpoint = read_checkpoint(shipped)
    assert sorted([MODEL_FILE, *checkpoint.model["files"]]) == sorted(FILES)
    assert sorted(checkpoint.files) == sorted(name for name in FILES[1:] if not name.endswith(".npy"))
    assert checkpoint.model["version"] == checkpoint.model["card"]["version"] == shipped.name


def test_an_unchanged_copy_is_accepted(copy: Path, detector: Detector) -> None:
    assert Detector.load(copy).version == detector.version


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("place", [0.0, 0.37, 0.999])
def test_one_flipped_byte(copy: Path, name: str, place: float) -> None:
    content = bytearray((copy / name).read_bytes())
    content[int(place * len(content))] ^= 0xFF
    (copy / name).write_bytes(content)
    refused(copy, "damaged")


@pytest.mark.parametrize("name", FILES)
def test_a_truncated_file(copy: Path, name: str) -> None:
    content = (copy / name).read_bytes()
    (copy / name).write_bytes(content[: len(content) // 2])
    refused(copy, "damaged")


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file(copy: Path, name: str) -> None:
    (copy / name).unlink()
    refused(copy, f"{name} cannot be read")


def test_a_missing_folder(tmp_path: Path) -> None:
    refused(tmp_path / "nowhere", "No checkpoint at")


def test_changed_contents_of_model_json(copy: Path) -> None:
    model = json.loads((copy / MODEL_FILE).read_bytes())
    model["abstention"]["likely_false_below"] = 0.9
    (copy / MODEL_FILE).write_text(json.dumps(model), encoding="utf-8")
    refused(copy, "model.json was changed")


@pytest.mark.parametrize("format", [FORMAT + 1, None, "1"])
def test_another_format_is_refused(copy: Path, format: object) -> None:
    rewrite_model(copy, lambda model: model.update(format=format))
    refused(copy, "has format")


@pytest.mark.parametrize("content", ["[]", "3", "null", '"text"'])
def test_model_json_that_describes_nothing(copy: Path, content: str) -> None:
    (copy / MODEL_FILE).write_text(content, encoding="utf-8")
    refused(copy, "has format")


@pytest.mark.parametrize(
    "part", ["version", "card", "features", "intercepts", "check_worthiness", "calibration", "abstention"]
)
def test_model_json_without_a_part(copy: Path, part: str) -> None:
    rewrite_model(copy, lambda model: model.pop(part))
    refused(copy, "does not describe a detector of this version")


def test_pickled_arrays_are_refused(copy: Path, tmp_path: Path) -> None:
    """Even with the right hash: unpickling would run code of the forger's choice."""
    trace = tmp_path / "code-ran"
    buffer = io.BytesIO()
    payload = np.array([RunsOnUnpickling(trace)], dtype=object)
    np.save(buffer, payload, allow_pickle=True)
    (copy / "weights.npy").write_bytes(buffer.getvalue())
    rewrite_model(copy, lambda model: model["files"].update({"weights.npy": sha256(buffer.getvalue())}))  # type: ignore[attr-defined]
    refused(copy, "does not describe a detector of this version")
    assert not trace.exists()


class RunsOnUnpickling:
    """Creates a file when it is unpickled."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (self.trace,))


def test_the_malicious_pickle_of_this_test_would_run(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=True, payload=np.array([RunsOnUnpickling(tmp_path / "code-ran")], dtype=object))
    buffer.seek(0)
    with np.load(buffer, allow_pickle=True) as archive:
        archive["payload"]
    assert (tmp_path / "code-ran").exists()
