"""What is painted in a page, read as the page itself could read it."""

from __future__ import annotations

import time
from collections.abc import Collection

from tests.extension.browsers import Tab
from tests.extension.browsers.page import PATIENCE_SECONDS, POLL_SECONDS
from tests.extension.server_verdicts import Statement

REGISTERED = "[...CSS.highlights.keys()].filter((name) => name.startsWith('plumbline-'))"

AS_ADDED = f"""{REGISTERED}
  .flatMap((name) => [...CSS.highlights.get(name)].map((range) => [name.slice('plumbline-'.length), range]))"""
PAINTED = f"""{AS_ADDED}
  .sort(([, one], [, other]) => one.compareBoundaryPoints(Range.START_TO_START, other))
  .map(([label, range]) => [label, range.toString()])"""


def painted_ranges(tab: Tab) -> list[Statement]:
    """Label and characters of every painted range, in the order of the page."""
    return [Statement(label, text) for label, text in tab.evaluate(PAINTED)]


def painted_as_added(tab: Tab) -> list[Statement]:
    """Label and characters of every painted range, statement by statement: shadow trees have no common order."""
    return [
        Statement(label, text)
        for label, text in tab.evaluate(f"{AS_ADDED}.map(([label, range]) => [label, range.toString()])")
    ]


def painted(tab: Tab) -> list[Statement]:
    """Label and characters of every painted range, in a fixed order: each range one statement."""
    return sorted(painted_ranges(tab))


def wait_for_painting(tab: Tab, expected: list[Statement], seconds: float = PATIENCE_SECONDS) -> list[Statement]:
    """What is painted, as soon as it is what is expected or when patience is over: to be compared by the caller."""
    deadline = time.monotonic() + seconds
    while (found := painted(tab)) != expected and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
    return found


def without_spaces(statements: list[Statement]) -> list[Statement]:
    """The same statements without white space, of which a page's source has more than a reader sees."""
    return [Statement(label, "".join(text.split())) for label, text in statements]


def put_together(ranges: list[Statement], expected: Collection[Statement]) -> list[Statement]:
    """The statements that ranges in the order of the page add up to.

    A statement with something unread in its middle, a hidden footnote say, is painted as two ranges: neighbours of one
    label are joined wherever that makes one of the expected statements. What does not fit stays as it is.
    """
    together: list[Statement] = []
    position = 0
    while position < len(ranges):
        statement, end = ranges[position], position + 1
        while statement not in expected and end < len(ranges) and ranges[end].label == statement.label:
            statement = Statement(statement.label, statement.text + ranges[end].text)
            end += 1
        if statement not in expected:
            statement, end = ranges[position], position + 1
        together.append(statement)
        position = end
    return together


def markup(tab: Tab) -> str:
    """The page's document, every byte of it."""
    text: str = tab.evaluate("document.documentElement.outerHTML")
    return text
