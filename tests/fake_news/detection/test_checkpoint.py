"""A checkpoint is used whole and unchanged, or not at all; loading one never runs code."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from shutil import which

import numpy as np
import pytest

from fake_news.common.errors import CheckpointError
from fake_news.detection import checkpoint_folders
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
from fake_news.detection.checkpoint_folders import current_checkpoint, new_checkpoint, set_current
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


def test_the_card_has_the_present_names(shipped: Path) -> None:
    model = read_checkpoint(shipped).model
    measures = [{**model["card"]["measures"][0], "measure": name} for name in ("recall, suspicion alone", "AUC")]
    card = Checkpoint(shipped, {**model, "card": {**model["card"], "measures": measures}}, {}).card
    assert [row["measure"] for row in card["measures"]] == ["recall, false-claim score alone", "AUC"]
    assert card.keys() == model["card"].keys()
    assert Checkpoint(shipped, {"card": {}}, {}).card == {}


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
def test_another_format(copy: Path, format: object) -> None:
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


def test_the_trap_of_the_pickle_test_works(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=True, payload=np.array([RunsOnUnpickling(tmp_path / "code-ran")], dtype=object))
    buffer.seek(0)
    with np.load(buffer, allow_pickle=True) as archive:
        archive["payload"]
    assert (tmp_path / "code-ran").exists()


def test_current_names_a_folder_beside_it(tmp_path: Path) -> None:
    set_current(tmp_path, "2026.1-a")
    assert current_checkpoint(tmp_path) == tmp_path / "2026.1-a"
    set_current(tmp_path, "2026.2-b")
    assert current_checkpoint(tmp_path) == tmp_path / "2026.2-b"
    assert [path.name for path in tmp_path.iterdir()] == ["current"]


def test_the_choice_made_here_comes_before_what_ships(tmp_path: Path) -> None:
    (tmp_path / "default").write_text("2026.1-a\n", encoding="utf-8")
    assert current_checkpoint(tmp_path) == tmp_path / "2026.1-a"
    set_current(tmp_path, "2026.2-b")
    assert current_checkpoint(tmp_path) == tmp_path / "2026.2-b"
    assert (tmp_path / "default").read_text(encoding="utf-8") == "2026.1-a\n"


def test_an_installed_package_keeps_new_checkpoints_apart_from_the_shipped_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped, own = tmp_path / "site" / "model_checkpoints", tmp_path / "home" / "model_checkpoints"
    (shipped / "2026.1-a").mkdir(parents=True)
    (shipped / "default").write_text("2026.1-a\n", encoding="utf-8")
    monkeypatch.setattr(checkpoint_folders, "SHIPPED_CHECKPOINTS", shipped)
    monkeypatch.setattr(checkpoint_folders, "CHECKPOINTS", own)
    assert current_checkpoint(own) == shipped / "2026.1-a"
    with pytest.raises(CheckpointError, match="exists already"):
        new_checkpoint(own, "2026.1-a")
    (own / "2026.2-b").mkdir(parents=True)
    set_current(own, "2026.2-b")
    assert current_checkpoint(own) == own / "2026.2-b"
    set_current(own, "2026.1-a")  # back to what ships
    assert current_checkpoint(own) == shipped / "2026.1-a"
    assert sorted(path.name for path in shipped.iterdir()) == ["2026.1-a", "default"]


def test_git_holds_all_that_ships_and_nothing_that_a_command_changes(root: Path) -> None:
    if which("git") is None or not (root / ".git").exists():
        pytest.skip("no git checkout")

    def git(*arguments: str) -> list[str]:
        return subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, encoding="utf-8", check=True
        ).stdout.splitlines()

    name = (root / "model_checkpoints" / "default").read_text(encoding="utf-8").strip()
    model = json.loads((root / "model_checkpoints" / name / MODEL_FILE).read_bytes())
    wanted = [f"model_checkpoints/{name}/{file}" for file in (*model["files"], MODEL_FILE)]
    tracked = git("ls-files", "model_checkpoints")
    assert set(wanted) <= set(tracked)
    for encoder in re.findall(r'"encoder": "([0-9a-f]{64})"', json.dumps(model)):
        assert any(path.startswith(f"model_checkpoints/encoders/{encoder}/") for path in tracked)
    changing = [f"model_checkpoints/{one}" for one in ("current", "history.json", "2099.1-a/model.json")]
    assert git("check-ignore", "--no-index", *changing) == changing
    assert not set(changing) & set(tracked)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n",
        b"..\n",
        b".\n",
        b"../elsewhere\n",
        b"/etc\n",
        b"a/b\n",
        b"a\\b\n",
        b"..\\elsewhere\n",
        b".2026.1-a.new\n",
        b"two\nlines\n",
        b"\xff\xfe\n",
        b"a\0b\n",
    ],
)
def test_current_that_names_no_folder_beside_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "current").write_bytes(content)
    with pytest.raises(CheckpointError, match="should name a folder beside it") as caught:
        current_checkpoint(tmp_path)
    assert "git checkout" in caught.value.hint


def test_no_current_at_all(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"No checkpoint: .*current cannot be read"):
        current_checkpoint(tmp_path)
    (tmp_path / "current").mkdir()
    with pytest.raises(CheckpointError, match=r"No checkpoint: .*current cannot be read"):
        current_checkpoint(tmp_path)


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
