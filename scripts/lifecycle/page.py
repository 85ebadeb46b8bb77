"""The page that is walked: its steps, their commands, and the blocks of output below them.

A step is a section with a number in its heading. A block of commands is fenced as ``sh``; the plain block right below
it holds what they printed, and is what the walk writes. A line between the two may say which lines are worth showing::

    <!-- keep: train|valid -->
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

HEAD, TAIL = 9, 5
"""So many lines of an output are shown from its beginning and from its end."""
WIDEST = 170  # characters
CUT = "…"

_FENCED = r"^```.*\n(?:(?!^```).*\n)*^```\n"  # a line of an output is not a heading
_SECTION = re.compile(rf"^## (?:\d+\. )?(?P<name>.*)\n(?P<body>(?:{_FENCED}|(?!^## |^```).*\n)*)", re.MULTILINE)
_NUMBERED = re.compile(r"^## \d+\. ")
_BLOCK = re.compile(
    r"^```sh\n(?P<commands>(?:(?!^```).*\n)*)^```\n"
    r"(?P<rule>(?:\n<!-- keep: (?P<keep>.*) -->\n)?)"
    r"(?P<shown>\n^```\n(?:(?!^```).*\n)*^```\n)?",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Block:
    """Commands that stand together, and which lines of their output are worth showing (all, where ``keep`` is None)."""

    step: str
    commands: tuple[str, ...]
    keep: re.Pattern[str] | None = None


def steps_of(page: str) -> dict[str, list[Block]]:
    """Return the blocks of each step, in the page's order."""
    sections = [match for match in _SECTION.finditer(page) if _NUMBERED.match(match.group())]
    return {
        section["name"]: [_block(section["name"], match) for match in _BLOCK.finditer(section["body"])]
        for section in sections
    }


def commands_of(page: str) -> list[str]:
    """Return every command of every step, without comments."""
    blocks = [block for step in steps_of(page).values() for block in step]
    return [without_comment(line) for block in blocks for line in block.commands]


def without_comment(line: str) -> str:
    """Strip what a shell would not read from a command line."""
    return line.partition(" #")[0].strip()


def with_outputs(page: str, output_of: Callable[[Block], str | None]) -> str:
    """Replace the outputs of the page; ``None`` leaves those of a block, and an empty one removes them."""

    def section(found: re.Match[str]) -> str:
        if not _NUMBERED.match(found.group()):
            return found.group()
        return _BLOCK.sub(lambda match: _with_output(match, output_of(_block(found["name"], match))), found.group())

    return _SECTION.sub(section, page)


def shorten(output: str, keep: re.Pattern[str] | None = None) -> str:
    """Shorten an output to the lines worth showing, their beginning and end, none too wide."""
    lines = [line.rstrip() for line in output.strip("\n").split("\n")]
    if keep:
        kept = [line for line in lines if keep.search(line)]
        lines = kept if len(kept) == len(lines) else [*kept, CUT]
    if len(lines) > HEAD + TAIL + 1:
        lines = [*lines[:HEAD], CUT, *lines[-TAIL:]]
    return "\n".join(line if len(line) <= WIDEST else f"{line[: WIDEST - 2]} {CUT}" for line in lines)


def _block(step: str, found: re.Match[str]) -> Block:
    commands = tuple(line for line in found["commands"].splitlines() if line.strip())
    return Block(step, commands, re.compile(found["keep"]) if found["keep"] else None)


def _with_output(found: re.Match[str], output: str | None) -> str:
    if output is None:
        return found.group()
    shown = f"\n```\n{output}\n```\n" if output else ""
    return f"```sh\n{found['commands']}```\n{found['rule']}{shown}"
