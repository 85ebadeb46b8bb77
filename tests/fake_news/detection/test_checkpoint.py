"""A checkpoint is read as it was written, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from fake_news.common.errors import CheckpointError
from fake_news.detection.checkpoint import (
    FORMAT,
    MODEL_FILE,
    Checkpoint,
    fingerprint,
    npy_bytes,
    npz_bytes,
    read_checkpoint,
    sha256,
    write_checkpoint,
)


def test_the_card_has_the_present_names(shipped: Path) -> None:
    model = read_checkpoint(shipped).model
    measures = [{**model["card"]["measures"][0], "measure": name} for name in ("recall, suspicion alone", "AUC")]
    card = Checkpoint(shipped, {**model, "card": {**model["card"], "measures": measures}}, {}).card
    assert [row["measure"] for row in card["measures"]] == ["recall, false-claim score alone", "AUC"]
    assert card.keys() == model["card"].keys()
    assert Checkpoint(shipped, {"card": {}}, {}).card == {}


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    arrays = {"weights": np.arange(6.0).reshape(3, 2), "none": np.zeros(0)}
    files = {
        "words.txt": "é\n😀\n".encode(),
        "words.json": b'{"a": [1, 2]}',
        "arrays.npz": npz_bytes(**arrays),
    }
    mapped = {"table.npy": npy_bytes(arrays["weights"])}
    path = write_checkpoint(
        tmp_path / "new" / "root", "2026.1-a", {"version": "2026.1-a", "π": 3.14}, {**files, **mapped}
    )
    checkpoint = read_checkpoint(path)
    assert path == tmp_path / "new" / "root" / "2026.1-a"
    assert (checkpoint.model["π"], checkpoint.model["format"]) == (3.14, FORMAT)
    assert checkpoint.files == files
    assert checkpoint.lines("words.txt") == ["é", "😀"]
    assert checkpoint.json("words.json") == {"a": [1, 2]}
    for name, array in checkpoint.arrays("arrays.npz").items():
        np.testing.assert_array_equal(array, arrays[name])
    in_memory = Checkpoint(path, checkpoint.model, {**files, **mapped})
    for table in (checkpoint.array("table.npy"), in_memory.array("table.npy")):
        np.testing.assert_array_equal(table, arrays["weights"])


def test_an_array_of_its_own_file_is_mapped_and_cannot_be_written(tmp_path: Path) -> None:
    table = np.arange(12.0).reshape(4, 3)
    path = write_checkpoint(tmp_path, "2026.1-a", {"version": "2026.1-a"}, {"table.npy": npy_bytes(table)})
    mapped = read_checkpoint(path).array("table.npy")
    assert isinstance(mapped.base, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        mapped[0, 0] = 1.0


def test_a_folder_that_cannot_be_made_is_an_error_with_advice(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(CheckpointError, match=r"2026\.1-a cannot be written \(.+\)\. Free some disk space"):
        write_checkpoint(tmp_path / "file" / "root", "2026.1-a", {"version": "2026.1-a"}, {})


def test_equal_content_gives_equal_bytes(tmp_path: Path) -> None:
    def written(name: str) -> dict[str, bytes]:
        arrays = npz_bytes(weights=np.arange(4.0), idf=np.ones(2))
        path = write_checkpoint(tmp_path / name, "2026.1-a", {"version": "2026.1-a"}, {"weights.npz": arrays})
        return {file.name: file.read_bytes() for file in path.iterdir()}

    first = written("one")
    assert set(first) == {MODEL_FILE, "weights.npz"}
    assert written("two") == first


def test_other_content_gives_another_fingerprint() -> None:
    model = {"version": "2026.1-a", "files": {"a": sha256(b"a")}}
    assert fingerprint({**model, "fingerprint": "anything"}) == fingerprint(model)
    assert fingerprint({**model, "files": {"a": sha256(b"b")}}) != fingerprint(model)


def test_an_existing_version_is_never_overwritten(tmp_path: Path) -> None:
    path = write_checkpoint(tmp_path, "2026.1-a", {"version": "2026.1-a"}, {"a.txt": b"first"})
    with pytest.raises(CheckpointError, match="exists already"):
        write_checkpoint(tmp_path, "2026.1-a", {"version": "2026.1-a"}, {"a.txt": b"second"})
    assert (path / "a.txt").read_bytes() == b"first"


@pytest.mark.parametrize("name", ["", ".", "..", "../up", "a/b", "a\\b", ".hidden", "current", "a b", "a\n"])
def test_names_that_cannot_name_a_checkpoint(tmp_path: Path, name: str) -> None:
    with pytest.raises(CheckpointError, match="cannot name a checkpoint"):
        write_checkpoint(tmp_path / "root", name, {"version": name}, {})
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="cannot be written"):
        write_checkpoint(tmp_path, "2026.1-a", {"version": "2026.1-a"}, {"a.txt": b"a", "no-such-folder/b.txt": b"b"})
    assert list(tmp_path.iterdir()) == []
    write_checkpoint(tmp_path, "2026.1-a", {"version": "2026.1-a"}, {"a.txt": b"a"})
    assert [path.name for path in tmp_path.iterdir()] == ["2026.1-a"]
