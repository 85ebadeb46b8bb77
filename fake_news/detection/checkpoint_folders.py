"""The folders of checkpoints: where new ones go, where the shipped ones are, and which one is in use."""

from __future__ import annotations

import re
from pathlib import Path

from fake_news.common.errors import CheckpointError
from fake_news.common.files import replace_file
from fake_news.common.installation import how_to_repair
from fake_news.common.paths import checkpoints_folder, shipped

SHIPPED_CHECKPOINTS = shipped("model_checkpoints")
CHECKPOINTS = checkpoints_folder()
"""Where new checkpoints go. In a checkout the shipped ones lie there too; an installed package ships them elsewhere."""
CURRENT, DEFAULT = "current", "default"
"""Files that name the checkpoint in use: the choice made here, and, until there is one, what ships."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")  # excludes other folders, and drafts, which begin with a dot
_REPAIR = how_to_repair()


def current_checkpoint(root: Path = CHECKPOINTS) -> Path:
    """Return the checkpoint folder that ``root/current`` names, or, without such a file, ``root/default``.

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
    """Return the folder of a checkpoint by its name: in ``root``, or, for the default root, among the shipped ones."""
    path = root / name
    return SHIPPED_CHECKPOINTS / name if root == CHECKPOINTS and not path.exists() else path


def has_current(root: Path) -> bool:
    """Whether ``root`` is a folder of checkpoints with one in use."""
    return _pointer(root).exists()


def _pointer(root: Path) -> Path:
    """Find the file that names the checkpoint in use; if there is none, the first that could."""
    places = [root / CURRENT, root / DEFAULT, *([SHIPPED_CHECKPOINTS / DEFAULT] if root == CHECKPOINTS else [])]
    return next((path for path in places if path.exists()), places[0])


def set_current(root: Path, name: str) -> None:
    """Make ``name`` the checkpoint in use, atomically."""
    root.mkdir(parents=True, exist_ok=True)
    replace_file(root / CURRENT, (name + "\n").encode("utf-8"))


def new_checkpoint(root: Path, name: str) -> Path:
    """Return the folder of a checkpoint that is to be written.

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
