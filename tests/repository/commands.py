"""Whether a command line that some file names would be understood: its script exists, its options parse."""

from __future__ import annotations

import shlex
from pathlib import Path

from fake_news.cli.command_line import _parser

PYTHONS = ("python", "python3")


def complaint_about(line: str, root: Path) -> str | None:
    """What is wrong with a line that runs Python here; None if nothing is, or if it runs something else."""
    words = shlex.split(line, comments=True)
    if words and words[0].startswith(".ci/"):
        return None if (root / words[0]).is_file() else f"there is no {words[0]}"
    if not words or Path(words[0]).name not in PYTHONS:
        return None
    if words[1:3] == ["-m", "fake_news"]:
        return _complaint_of_the_parser(words[3:])
    if words[1] == "-m":
        return None if words[2] in ("pip", "venv", "server") else f"nobody knows the module {words[2]}"
    return None if (root / words[1]).is_file() else f"there is no {words[1]}"


def _complaint_of_the_parser(arguments: list[str]) -> str | None:
    try:
        _parser().parse_args(arguments)
    except SystemExit as refusal:
        return f"`python -m fake_news {shlex.join(arguments)}` is refused ({refusal.code})"
    return None
