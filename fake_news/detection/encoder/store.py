"""The store of encoders: one folder for each, named by its identity, so that checkpoints can share one.

``model_checkpoints/encoders/<identity>/`` holds ``encoder.json``, the ONNX model, the tokenizer, and arrays that belong
to it: of an encoder the head that was trained with it, of a cross-encoder the hashes of the texts it learned. The
identity is the SHA-256 of ``encoder.json``, which in turn has the SHA-256 of the other files, so that the identity
suffices to verify everything.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fake_news.common.errors import CheckpointError
from fake_news.common.files import new_folder
from fake_news.common.installation import how_to_repair
from fake_news.detection.checkpoint import sha256
from fake_news.detection.checkpoint_folders import SHIPPED_CHECKPOINTS

FOLDER = "encoders"
DESCRIPTION, MODEL, TOKENIZER = "encoder.json", "encoder.onnx", "tokenizer.json"
HEAD, LEARNED = "relation_head.npz", "learned_texts.npz"
"""The arrays of an encoder, and those of a cross-encoder."""
FORMAT = 1
_REPAIR = how_to_repair()


@dataclass(frozen=True)
class EncoderFiles:
    """The verified contents of an encoder's folder.

    Attributes
    ----------
    identity : SHA-256 of its description, in hexadecimal
    model : the ONNX model
    tokenizer : the ``tokenizer.json``
    arrays : those of the relation head, or the hashes of learned texts, as the bytes of an ``.npz`` file
    width : components of a vector; of a cross-encoder, its outcomes
    longest : number of tokens that it reads of one text
    """

    identity: str
    model: bytes
    tokenizer: str
    arrays: bytes
    width: int
    longest: int


def read_encoder(identity: str, root: Path) -> EncoderFiles:
    """Read and verify an encoder by its identity, from ``root`` or from the shipped ones.

    Raises
    ------
    CheckpointError
        If it is missing, damaged, or of a format that this version cannot read.
    """
    folder = _folder_of(identity, root)
    content = _read(folder / DESCRIPTION)
    if sha256(content) != identity:
        raise CheckpointError(f"The encoder at {folder} is damaged: {DESCRIPTION} was changed.", _REPAIR)
    description = json.loads(content)
    if description.get("format") != FORMAT:
        raise CheckpointError(
            f"The encoder at {folder} has format {description.get('format')!r}; this version reads {FORMAT}.", _REPAIR
        )
    files = {name: _read(folder / name) for name in description["files"]}
    for name, found in files.items():
        expected = description["files"][name]
        if sha256(found) != expected:
            raise CheckpointError(
                f"The encoder at {folder} is damaged: {name} has SHA-256 {sha256(found)[:12]}…, "
                f"expected {expected[:12]}….",
                _REPAIR,
            )
    return EncoderFiles(
        identity,
        files[MODEL],
        files[TOKENIZER].decode("utf-8"),
        next(content for name, content in files.items() if name in (HEAD, LEARNED)),
        description["width"],
        description["longest"],
    )


def write_encoder(
    root: Path,
    model: bytes,
    tokenizer: bytes,
    arrays: bytes,
    *,
    width: int,
    longest: int,
    card: dict[str, Any],
    arrays_name: str = HEAD,
) -> str:
    """Write an encoder into ``root/encoders``, unless it is there already, and return its identity.

    Parameters
    ----------
    arrays, arrays_name : ``HEAD`` with the relation head of an encoder, or ``LEARNED`` with the learned texts
    card : how it was trained, for people who read the description
    """
    description = {
        "format": FORMAT,
        "width": width,
        "longest": longest,
        "card": card,
        "files": {MODEL: sha256(model), TOKENIZER: sha256(tokenizer), arrays_name: sha256(arrays)},
    }
    content = (json.dumps(description, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode("utf-8")
    identity = sha256(content)
    folder = root / FOLDER
    if not (folder / identity).is_dir():
        with new_folder(folder / identity) as draft:
            contents = {MODEL: model, TOKENIZER: tokenizer, arrays_name: arrays, DESCRIPTION: content}
            for name, written in contents.items():
                (draft / name).write_bytes(written)
    return identity


def _folder_of(identity: str, root: Path) -> Path:
    beside = root / FOLDER / identity
    return beside if beside.is_dir() else SHIPPED_CHECKPOINTS / FOLDER / identity


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CheckpointError(f"The encoder's file {path} cannot be read ({error.strerror}).", _REPAIR) from error
