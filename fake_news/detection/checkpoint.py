"""Checkpoints: a trained detector as a folder of plain files, verified byte for byte before use.

``model.json`` holds the specification, the metrics and the SHA-256 of every other file; arrays are read with
``allow_pickle=False``, so that loading a checkpoint can never run code. Arrays in files of their own (``.npy``) are
mapped into memory: they are read once, to be verified, and processes on one machine share their pages.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.common.errors import CheckpointError
from fake_news.common.files import new_folder, replace_file
from fake_news.common.installation import how_to_repair, is_installed
from fake_news.detection.checkpoint_folders import CHECKPOINTS, SHIPPED_CHECKPOINTS, new_checkpoint

FORMAT = 2
MODEL_FILE = "model.json"
MAPPED = ".npy"
_NOT_WRITTEN = "Free some disk space, and try again."
_REPAIR = how_to_repair()
_EARLIER_WORDS, _PRESENT_WORDS = "suspicion alone", "false-claim score alone"


@dataclass(frozen=True)
class Checkpoint:
    """The verified contents of a checkpoint folder.

    Attributes
    ----------
    model : ``model.json`` parsed
    files : the bytes of the files it names, except those that are mapped into memory
    """

    path: Path
    model: dict[str, Any]
    files: dict[str, bytes]

    @property
    def card(self) -> dict[str, Any]:
        """The model card, with the present names of what an earlier version measured."""
        card: dict[str, Any] = self.model["card"]
        measures = [
            {**row, "measure": row["measure"].replace(_EARLIER_WORDS, _PRESENT_WORDS)}
            for row in card.get("measures", ())
        ]
        return {**card, "measures": measures} if measures else card

    def lines(self, name: str) -> list[str]:
        """Read a text file of one entry per line."""
        return self.files[name].decode("utf-8").removesuffix("\n").split("\n")

    def json(self, name: str) -> Any:
        """Read a JSON file."""
        return json.loads(self.files[name])

    def array(self, name: str) -> NDArray[Any]:
        """Read an ``.npy`` file, read-only; mapped into memory if the checkpoint is a folder."""
        if name in self.files:
            return np.asarray(np.load(io.BytesIO(self.files[name]), allow_pickle=False))
        # A plain view: every slice of a memmap costs some microseconds of bookkeeping.
        return np.asarray(np.load(self.path / Path(name).name, mmap_mode="r", allow_pickle=False))

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """Read the arrays of an ``.npz`` file."""
        with np.load(io.BytesIO(self.files[name]), allow_pickle=False) as archive:
            return {key: archive[key] for key in archive.files}


def read_checkpoint(path: Path) -> Checkpoint:
    """Read and verify a checkpoint folder.

    Raises
    ------
    CheckpointError
        If the folder or a file is missing, a hash differs, or the format is not this version's.
    """
    try:
        model = json.loads((path / MODEL_FILE).read_bytes())
    except OSError as error:
        problem = f"No checkpoint at {path}: {MODEL_FILE} cannot be read ({error.strerror})."
        raise CheckpointError(problem, _REPAIR) from error
    except ValueError as error:
        raise _damaged(path, f"{MODEL_FILE} is not JSON") from error
    if not isinstance(model, dict) or model.get("format") != FORMAT:
        found = model.get("format") if isinstance(model, dict) else type(model).__name__
        raise CheckpointError(f"The checkpoint at {path} has format {found!r}; this version reads {FORMAT}.", _REPAIR)
    if model.get("fingerprint") != fingerprint(model):
        raise _damaged(path, f"{MODEL_FILE} was changed")
    files = {}
    for name, expected in model["files"].items():
        try:
            with (path / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
                file.seek(0)
                content = None if name.endswith(MAPPED) else file.read()
        except OSError as error:
            raise CheckpointError(f"The checkpoint at {path} is incomplete: {name} cannot be read.", _REPAIR) from error
        if found != expected:
            raise _damaged(path, f"{name} has SHA-256 {found[:12]}…, expected {expected[:12]}…")
        if content is not None:
            files[name] = content
    return Checkpoint(path, model, files)


def _damaged(path: Path, problem: str) -> CheckpointError:
    return CheckpointError(f"The checkpoint at {path} is damaged: {problem}.", _REPAIR)


def write_checkpoint(root: Path, name: str, model: dict[str, Any], files: dict[str, bytes]) -> Path:
    """Write a checkpoint folder ``root/name``; it appears complete or not at all.

    Raises
    ------
    CheckpointError
        If the folder exists already or cannot be made or written, or ``name`` cannot name a checkpoint.
    """
    path = new_checkpoint(root, name)
    model = {"format": FORMAT, **model, "files": {file_name: sha256(content) for file_name, content in files.items()}}
    try:
        with new_folder(path) as draft:
            for file_name, content in files.items():
                (draft / file_name).write_bytes(content)
            (draft / MODEL_FILE).write_bytes(_model_file(model))
    except OSError as error:
        raise CheckpointError(f"{path} cannot be written ({error.strerror}).", _NOT_WRITTEN) from error
    return path


def extend_checkpoint(
    path: Path, section: str, content: Any, files: dict[str, bytes], replaced: Sequence[str] = ()
) -> None:
    """Add files to a checkpoint, or replace some, and write what describes them as ``section`` of ``model.json``.

    ``model.json`` is written last: until then, a reader finds files that differ from their hashes and keeps what it
    has.

    Parameters
    ----------
    replaced : files of an earlier version that the new ones replace; they are removed

    Raises
    ------
    CheckpointError
        If the checkpoint is missing or damaged, or cannot be written.
    """
    if is_installed() and path.resolve().is_relative_to(SHIPPED_CHECKPOINTS):
        raise CheckpointError(
            f"{path} came with the package and is not changed.", f"Copy it to {CHECKPOINTS}, and name the copy."
        )
    checkpoint = read_checkpoint(path)
    hashes = {name: sha256(content) for name, content in files.items()}
    kept = {name: digest for name, digest in checkpoint.model["files"].items() if name not in replaced}
    model = {**checkpoint.model, section: content, "files": {**kept, **hashes}}
    try:
        for name, written in [*files.items(), (MODEL_FILE, _model_file(model))]:
            replace_file(path / name, written)
        for name in replaced:
            (path / name).unlink(missing_ok=True)
    except OSError as error:
        raise CheckpointError(f"{path} cannot be written ({error.strerror}).", _NOT_WRITTEN) from error


def npy_bytes(array: NDArray[Any]) -> bytes:
    """Write an array as the bytes of an ``.npy`` file, rows one after the other."""
    buffer = io.BytesIO()
    np.save(buffer, np.ascontiguousarray(array), allow_pickle=False)
    return buffer.getvalue()


def npz_bytes(**arrays: NDArray[Any]) -> bytes:
    """Arrays as the bytes of an ``.npz`` file; the same arrays give the same bytes."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def _model_file(model: dict[str, Any]) -> bytes:
    """Write the content of ``model.json``, with a new fingerprint at its end."""
    content = {name: value for name, value in model.items() if name != "fingerprint"}
    content["fingerprint"] = fingerprint(content)
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def fingerprint(model: dict[str, Any]) -> str:
    """Compute the SHA-256 of ``model.json``'s content without the fingerprint itself."""
    content = {key: value for key, value in model.items() if key != "fingerprint"}
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode("utf-8"))


def sha256(content: bytes) -> str:
    """Compute the SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
