"""Checkpoints: a trained detector as a folder of plain files, verified byte for byte before use.

``model.json`` holds the specification, the metrics and the SHA-256 of every other file; arrays are read with
``allow_pickle=False``, so that loading a checkpoint can never run code. Arrays of their own file (``.npy``) are mapped
into memory: they are read once, to be verified, and processes on one machine share their pages.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.common.errors import CheckpointError
from fake_news.common.files import new_folder, replace_file
from fake_news.common.installation import how_to_repair, is_installed
from fake_news.common.paths import checkpoints_folder, shipped

FORMAT = 2
MODEL_FILE = "model.json"
SHIPPED_CHECKPOINTS = shipped("model_checkpoints")
CHECKPOINTS = checkpoints_folder()
"""Where new checkpoints go. In a checkout the shipped ones lie there too; an installed package ships them elsewhere."""
CURRENT, DEFAULT = "current", "default"
"""Files that name the checkpoint in use: the choice made here, and, until there is one, what ships."""
MAPPED = ".npy"
_NOT_WRITTEN = "Free some disk space, and try again."
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")  # no folder elsewhere, and no draft: those begin with a dot
_REPAIR = how_to_repair()
_EARLIER_WORDS, _PRESENT_WORDS = "suspicion alone", "false-claim score alone"


@dataclass(frozen=True)
class Checkpoint:
    """The verified contents of a checkpoint folder.

    Attributes
    ----------
    model : ``model.json`` parsed
    files : the bytes of the files it names, but for those that are mapped into memory
    """

    path: Path
    model: dict[str, Any]
    files: dict[str, bytes]

    @property
    def card(self) -> dict[str, Any]:
        """The model card, with the present names of what an earlier version measured."""
        card: dict[str, Any] = self.model["card"]
        rows = [
            row | {"measure": row["measure"].replace(_EARLIER_WORDS, _PRESENT_WORDS)}
            for row in card.get("measures", ())
        ]
        return card | {"measures": rows} if rows else card

    def lines(self, name: str) -> list[str]:
        """A text file of one entry per line."""
        return self.files[name].decode("utf-8").removesuffix("\n").split("\n")

    def json(self, name: str) -> Any:
        """A JSON file."""
        return json.loads(self.files[name])

    def array(self, name: str) -> NDArray[Any]:
        """The array of an ``.npy`` file, read-only; mapped into memory where the checkpoint is a folder."""
        if name in self.files:
            return np.asarray(np.load(io.BytesIO(self.files[name]), allow_pickle=False))
        # A plain view: every slice of a memmap itself would cost some microseconds of bookkeeping.
        return np.asarray(np.load(self.path / Path(name).name, mmap_mode="r", allow_pickle=False))

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """The arrays of an ``.npz`` file."""
        with np.load(io.BytesIO(self.files[name]), allow_pickle=False) as archive:
            return {key: archive[key] for key in archive.files}


def current_checkpoint(root: Path = CHECKPOINTS) -> Path:
    """The checkpoint folder that ``root/current`` names, or, where there is no such file, ``root/default``.

    Raises
    ------
    CheckpointError
        If there is neither file, or it does not hold a name.
    """
    pointer = _pointer(root)
    try:
        name = pointer.read_bytes().decode("utf-8", "replace").strip()
    except OSError as error:
        raise CheckpointError(f"No checkpoint: {pointer} cannot be read ({error.strerror}).", _REPAIR) from error
    if not _NAME.fullmatch(name):
        raise CheckpointError(f"{pointer} should name a folder beside it, and says {name!r}.", _REPAIR)
    return find_checkpoint(root, name)


def find_checkpoint(root: Path, name: str) -> Path:
    """The folder of a checkpoint by its name: in ``root``, or, for the default root, among the shipped ones."""
    path = root / name
    return SHIPPED_CHECKPOINTS / name if root == CHECKPOINTS and not path.exists() else path


def has_current(root: Path) -> bool:
    """Whether ``root`` is a folder of checkpoints with one in use."""
    return _pointer(root).exists()


def _pointer(root: Path) -> Path:
    """The file that says which checkpoint is in use; the first that could, where there is none."""
    places = [root / CURRENT, root / DEFAULT, *([SHIPPED_CHECKPOINTS / DEFAULT] if root == CHECKPOINTS else [])]
    return next((path for path in places if path.exists()), places[0])


def set_current(root: Path, name: str) -> None:
    """Make ``name`` the checkpoint in use, atomically."""
    root.mkdir(parents=True, exist_ok=True)
    replace_file(root / CURRENT, (name + "\n").encode("utf-8"))


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
        raise CheckpointError(
            f"No checkpoint at {path}: {MODEL_FILE} cannot be read ({error.strerror}).", _REPAIR
        ) from error
    except ValueError as error:
        raise CheckpointError(f"The checkpoint at {path} is damaged: {MODEL_FILE} is not JSON.", _REPAIR) from error
    if not isinstance(model, dict) or model.get("format") != FORMAT:
        found = model.get("format") if isinstance(model, dict) else type(model).__name__
        raise CheckpointError(f"The checkpoint at {path} has format {found!r}; this version reads {FORMAT}.", _REPAIR)
    if model.get("fingerprint") != fingerprint(model):
        raise CheckpointError(f"The checkpoint at {path} is damaged: {MODEL_FILE} was changed.", _REPAIR)
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
            raise CheckpointError(
                f"The checkpoint at {path} is damaged: {name} has SHA-256 {found[:12]}…, expected {expected[:12]}….",
                _REPAIR,
            )
        if content is not None:
            files[name] = content
    return Checkpoint(path, model, files)


def new_checkpoint(root: Path, name: str) -> Path:
    """The folder of a checkpoint yet to be written.

    Raises
    ------
    CheckpointError
        If it exists already, or ``name`` cannot name a checkpoint.
    """
    if not _NAME.fullmatch(name) or name in (CURRENT, DEFAULT):
        raise CheckpointError(f"{name!r} cannot name a checkpoint.", "Choose a --version such as 2026.11-a.")
    path = find_checkpoint(root, name)
    if path.exists():
        raise CheckpointError(f"{path} exists already.", "Choose another --version, or remove the folder first.")
    return root / name


def write_checkpoint(root: Path, name: str, model: dict[str, Any], files: dict[str, bytes]) -> Path:
    """Write a checkpoint folder ``root/name``; it appears complete or not at all.

    Raises
    ------
    CheckpointError
        If the folder exists already or cannot be made or written, or ``name`` cannot name a checkpoint.
    """
    path = new_checkpoint(root, name)
    model = {"format": FORMAT, **model, "files": {file_name: sha256(content) for file_name, content in files.items()}}
    model["fingerprint"] = fingerprint(model)
    try:
        with new_folder(path) as draft:
            for file_name, content in files.items():
                (draft / file_name).write_bytes(content)
            (draft / MODEL_FILE).write_text(json.dumps(model, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise CheckpointError(f"{path} cannot be written ({error.strerror}).", _NOT_WRITTEN) from error
    return path


def extend_checkpoint(
    path: Path, section: str, content: Any, files: dict[str, bytes], replaced: Sequence[str] = ()
) -> None:
    """Add files to a checkpoint, or replace some, and say about them what ``model.json`` shall hold as ``section``.

    Parameters
    ----------
    replaced : files of an earlier version whose place the new ones take; they are removed

    ``model.json`` comes last: until then, a reader finds files that differ from their hashes and keeps what it has.

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
    model = {name: value for name, value in checkpoint.model.items() if name != "fingerprint"}
    hashes = {name: sha256(content) for name, content in files.items()}
    kept = {name: digest for name, digest in model["files"].items() if name not in replaced}
    model |= {section: content, "files": {**kept, **hashes}}
    model["fingerprint"] = fingerprint(model)
    described = json.dumps(model, indent=1, ensure_ascii=False) + "\n"
    try:
        for name, written in [*files.items(), (MODEL_FILE, described.encode("utf-8"))]:
            replace_file(path / name, written)
        for name in replaced:
            (path / name).unlink(missing_ok=True)
    except OSError as error:
        raise CheckpointError(f"{path} cannot be written ({error.strerror}).", _NOT_WRITTEN) from error


def npy_bytes(array: NDArray[Any]) -> bytes:
    """An array as the bytes of an ``.npy`` file, rows one after the other."""
    buffer = io.BytesIO()
    np.save(buffer, np.ascontiguousarray(array), allow_pickle=False)
    return buffer.getvalue()


def npz_bytes(**arrays: NDArray[Any]) -> bytes:
    """Arrays as the bytes of an ``.npz`` file; the same arrays give the same bytes."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def fingerprint(model: dict[str, Any]) -> str:
    """SHA-256 of ``model.json``'s content without the fingerprint itself."""
    content = {key: value for key, value in model.items() if key != "fingerprint"}
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode("utf-8"))


def sha256(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
