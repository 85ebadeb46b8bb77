"""Walk the whole life cycle: python scripts/walk_lifecycle.py --data DIR [--scratch DIR] [--only STEP,STEP]

Runs the commands of docs/lifecycle.md, in its order, in a fresh clone of the last commit, and writes what they print
below them. The commands are read from the page, so page and walk cannot differ. In this repository only the page and
its picture are written, all else in the scratch folder; the data folder is only read. Needs what requirements.txt
names, git, and every data set.

A later walk with the same scratch folder may repeat single steps: --only drift,release. No output that holds a
statement of the data is ever written to the page.
"""

from __future__ import annotations

import argparse
import os
import platform
import shlex
import shutil
import sys
from collections.abc import Sequence, Set
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the engine is a package of the repository root

from benchmarks.machine import processor  # noqa: E402
from lifecycle.costs import Cost, with_costs  # noqa: E402
from lifecycle.page import Block, commands_of, shorten, steps_of, with_outputs, without_comment  # noqa: E402
from lifecycle.workspace import LifecycleError, Workspace  # noqa: E402

from fake_news import __version__  # noqa: E402
from fake_news.data.cleaning import letters_only  # noqa: E402
from fake_news.data.statements import load_liar, load_politifact  # noqa: E402

PAGE = ROOT / "docs" / "lifecycle.md"
_SHORTEST = 25  # letters; shorter texts stand in other texts by chance


def main() -> int:
    """Walk, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", action="version", version=f"Plumbline {__version__}")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="a data folder with every set")
    parser.add_argument("--scratch", type=Path, default=ROOT / ".scratch" / "walk", help="(default: %(default)s)")
    parser.add_argument("--only", metavar="STEPS", help="words of the steps' headings, separated by commas")
    options = parser.parse_args()
    try:
        steps = _chosen(list(steps_of(PAGE.read_text(encoding="utf-8"))), options.only)
        workspace, texts = Workspace(ROOT, options.data, options.scratch), _texts(options.data)
        for step in steps:
            _take(step, workspace, texts)
    except LifecycleError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _chosen(steps: Sequence[str], only: str | None) -> list[str]:
    if only is None:
        return list(steps)
    wanted = [word.strip().lower() for word in only.split(",")]
    if unknown := [word for word in wanted if not any(word in step.lower() for step in steps)]:
        raise LifecycleError(f"There is no step {unknown[0]!r}; the steps are {', '.join(steps)}.")
    return [step for step in steps if any(word in step.lower() for word in wanted)]


def _take(step: str, workspace: Workspace, texts: Set[str]) -> None:
    """Run the commands of a step, and rewrite the page at once: if a later one fails, the earlier ones are kept."""
    print(f"{step} …", flush=True)
    blocks = steps_of(PAGE.read_text(encoding="utf-8"))[step]
    commands = [command for block in blocks for command in block.commands]
    workspace.clear(commands)
    if any("data/before" in command for command in commands):
        workspace.hold_back()
    outputs: dict[Block, str] = {}
    costs: list[Cost] = []
    for block in blocks:
        output, took = workspace.run(block.commands)
        if any(text in letters_only(output) for text in texts):
            raise LifecycleError(f"The output of {block.commands} holds a statement of the data.")
        outputs[block] = shorten(output, block.keep)
        costs += took
        print("".join(f"{one.wall:6.0f} s  {one.command}\n" for one in took), end="", flush=True)
    page = PAGE.read_text(encoding="utf-8")  # again: steps take long, and somebody may be writing
    page = with_costs(with_outputs(page, outputs.get), commands_of(page), costs, _machine())
    PAGE.write_text(page, encoding="utf-8", newline="\n")
    for words in (shlex.split(without_comment(command)) for command in commands):
        if "--plot" in words:
            picture = words[words.index("--plot") + 1]
            shutil.copy(workspace.clone / picture, ROOT / picture)


def _machine() -> str:
    load = f", load {os.getloadavg()[1]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{processor()}, {os.cpu_count()} cores, Python {platform.python_version()}{load}"


def _texts(data: Path) -> set[str]:
    """Return the letters of every statement that no page may hold."""
    statements = [
        *load_politifact(data),
        *(one for split in ("train", "valid", "test") for one in load_liar(data, split)),
    ]
    letters = (letters_only(statement.text) for statement in statements)
    return {text for text in letters if len(text) >= _SHORTEST}


if __name__ == "__main__":
    sys.exit(main())
