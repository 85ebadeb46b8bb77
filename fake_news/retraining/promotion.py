"""Promotion and rollback: which checkpoint is current, and which were current before it.

Beside ``current`` is ``history.json``, one entry for each switch. An entry is written before the switch and marked as
done after it, each time by replacing the whole file: a crash in between leaves the earlier checkpoint current, and
``current`` shows whether the last entry happened.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fake_news.common.errors import CheckpointError, PlumblineError
from fake_news.common.files import replace_file
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.checkpoint_folders import current_checkpoint, find_checkpoint, has_current, set_current
from fake_news.detection.detector import Detector

HISTORY = "history.json"
REPORT_FILE = "retraining.json"
"""The report on a challenger, one of its checkpoint's files and so under its hashes."""

ROLLBACK = "rollback"


@dataclass(frozen=True)
class Switch:
    """One change of the current checkpoint.

    Attributes
    ----------
    before : what was current; ``None`` for the first
    by : ``train``, ``promote`` or ``rollback``
    when : UTC, ISO 8601
    reason : why the gate was overruled, if it was
    is_done : whether it is known to have happened
    """

    version: str
    before: str | None
    by: str
    when: str
    reason: str | None = None
    is_done: bool = False


def promote(root: Path, version: str, reason: str | None = None) -> Switch:
    """Make a challenger current: one whose report passed or, with a reason, any that is intact.

    Raises
    ------
    PlumblineError
        If it is damaged, is current already, has no report, or its report did not pass or was made against another
        champion, and no reason is given.
    """
    path = find_checkpoint(root, version)
    checkpoint = read_checkpoint(path)
    Detector.load(path)  # a checkpoint that cannot be served must not become current
    champion = _current(root) if has_current(root) else None
    if champion == version:
        raise PlumblineError(f"{version} is current already.", "Nothing was changed.")
    # The first checkpoint of a folder has no champion to be compared with.
    if champion and reason is None and (trouble := _obstacle(checkpoint.files.get(REPORT_FILE), champion)):
        raise PlumblineError(
            f"{version} was not promoted: {trouble}", "Look into its report, or give a reason with --force REASON."
        )
    return make_current(root, version, "promote", reason)


def rollback(root: Path) -> Switch:
    """Go back to the checkpoint that was current before this one.

    Raises
    ------
    PlumblineError
        If the history has none, or that checkpoint is damaged or missing.
    """
    current, history = _current(root), read_history(root)
    path = _path_to(current, history)
    if len(path) < 2:
        raise PlumblineError(
            f"The history knows no checkpoint before {current}.", "Name one: `promote VERSION --force REASON`."
        )
    Detector.load(find_checkpoint(root, path[-2]))
    return make_current(root, path[-2], ROLLBACK)


def make_current(root: Path, version: str, by: str, reason: str | None = None) -> Switch:
    """Switch, and record it; the order of the writes makes a crash at any point harmless.

    Raises
    ------
    CheckpointError
        If something cannot be written; the current checkpoint is then unchanged.
    """
    when = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        history = read_history(root)
        switch = Switch(version, _current(root) if has_current(root) else None, by, when, reason)
        _write_history(root, [*history, switch])
        set_current(root, version)
        done = replace(switch, is_done=True)
        _write_history(root, [*history, done])
    except OSError as error:
        raise CheckpointError(
            f"{root} cannot be written ({error.strerror or error}); {_current_in_words(root)}",
            "Free some disk space, and try again.",
        ) from error
    return done


def read_history(root: Path) -> list[Switch]:
    """Read the switches that happened, oldest first.

    Raises
    ------
    CheckpointError
        If the file is not a history.
    """
    path = root / HISTORY
    try:
        switches = [Switch(**entry) for entry in json.loads(path.read_bytes())]
    except FileNotFoundError:
        return []
    except (ValueError, TypeError) as error:
        raise CheckpointError(f"{path} is not a history of checkpoints ({error}).", "Correct or remove it.") from error
    current = _current(root) if has_current(root) else None
    # Only the last switch can have been interrupted: every switch reads the history first.
    return [one for one in switches if one.is_done or one.version == current]


def _path_to(current: str, history: Sequence[Switch]) -> list[str]:
    """The checkpoints from the first to the current one, each made current on top of the one before it."""
    path: list[str] = []
    for switch in history:
        if switch.by == ROLLBACK:
            del path[-1:]
        else:
            if switch.before is not None and path[-1:] != [switch.before]:
                path.append(switch.before)  # it was made current by hand
            path.append(switch.version)
    return path if path[-1:] == [current] else [current]


def _obstacle(report: bytes | None, champion: str) -> str | None:
    """Why a challenger may not replace the champion; ``None`` if it may."""
    if report is None:
        return "it has no report: `train` and `retrain` write one where there is a champion."
    said: dict[str, Any] = json.loads(report)
    if not said["passed"]:
        return "its report says that it did not pass the gate."
    if said["champion"] != champion:
        return f"its report compares it with {said['champion']}, and {champion} is current now."
    return None


def _current(root: Path) -> str:
    return current_checkpoint(root).name


def _current_in_words(root: Path) -> str:
    try:
        return f"{_current(root)} is current."
    except CheckpointError:
        return "no checkpoint is current."


def _write_history(root: Path, history: Sequence[Switch]) -> None:
    content = json.dumps([asdict(switch) for switch in history], indent=1, ensure_ascii=False) + "\n"
    replace_file(root / HISTORY, content.encode("utf-8"))
