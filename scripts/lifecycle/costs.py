"""The table at the page's end: what each command took."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_TABLE = re.compile(r"(?<=<!-- costs -->\n).*?(?=<!-- end of costs -->)", re.DOTALL)
_ROW = re.compile(r"^\| `(?P<command>.*)` \| .* \| .* \|$", re.MULTILINE)
_HEAD = "| command | seconds | processor seconds |\n| --- | --- | --- |\n"


@dataclass(frozen=True)
class Cost:
    """What a command took, in seconds."""

    command: str
    wall: float
    cpu: float


def with_costs(page: str, commands: Sequence[str], costs: Sequence[Cost], machine: str) -> str:
    """Put the rows of this walk into the page; commands that it left out keep those of an earlier one.

    Parameters
    ----------
    commands : every command of the page, in its order; there are no rows of others
    machine : what it was measured on
    """
    rows = dict(_known_rows(page)) | {
        one.command: f"| `{one.command}` | {one.wall:.0f} | {one.cpu:.0f} |" for one in costs
    }
    lines = [rows[command] for command in commands if command in rows]
    table = f"{machine}.\n\n{_HEAD}" + "".join(f"{line}\n" for line in lines)
    return _TABLE.sub(lambda _: table, page)


def _known_rows(page: str) -> Mapping[str, str]:
    found = _TABLE.search(page)
    return {row["command"]: row.group() for row in _ROW.finditer(found.group())} if found else {}
