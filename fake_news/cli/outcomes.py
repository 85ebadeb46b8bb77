"""``outcomes``: what readers said of the verdicts of champion and challenger, side by side."""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fake_news.cli.files import as_json, write_text
from fake_news.cli.server_feedback import server_feedback
from fake_news.common.errors import CheckpointError, PlumblineError
from fake_news.common.user_data import VARIABLE, default_data_folder
from fake_news.detection.checkpoint import CHECKPOINTS, current_checkpoint, find_checkpoint, read_checkpoint

if TYPE_CHECKING:
    from fake_news.database.storage import Storage

_DAYS = 3650


def add(commands: Any) -> None:
    """Add the command to a parser's."""
    outcomes = commands.add_parser("outcomes", help="what readers said of champion and challenger, side by side")
    outcomes.add_argument("challenger", help="the challenger's version")
    outcomes.add_argument("--champion", help="the champion's version (default: the one in use)")
    outcomes.add_argument(
        "--feedback",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="an export of feedback instead of the server's own; may be repeated",
    )
    outcomes.add_argument(
        "--data-folder",
        type=Path,
        default=default_data_folder(),
        help=f"where the server keeps it ({VARIABLE} names it too; default: %(default)s)",
    )
    outcomes.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    outcomes.set_defaults(run=_outcomes)


def _outcomes(options: argparse.Namespace) -> None:
    from fake_news.retraining.outcomes import Outcomes, chance_of, difference, outcomes, report

    champion = options.champion or current_checkpoint().name
    judged: Mapping[str, int] = {}
    if options.feedback:
        rows = [row for path in options.feedback for row in _exported(path)]
    else:
        rows, judged = _of_server(options.data_folder, [champion, options.challenger])
    found = outcomes(rows, judged)
    both = [found.get(version, Outcomes(version, judged.get(version))) for version in (champion, options.challenger)]
    if not any(one.feedback or one.judged for one in both):
        raise PlumblineError(
            f"Nobody has said anything of {champion} or {options.challenger} yet.",
            "Serve the challenger to some readers first, or name an export with --feedback.",
        )
    if options.json:
        figures = [
            {
                "model": one.model,
                "judged": one.judged,
                "feedback": one.feedback,
                "wrong": dict(one.wrong),
                "rate": one.rate,
            }
            for one in both
        ]
        write_text(options.json, as_json({"models": figures, "difference": difference(*both), "p": chance_of(*both)}))
    sys.stdout.write(report(*both))


def _exported(path: Path) -> Iterator[Mapping[str, Any]]:
    from fake_news.common.errors import DataError
    from fake_news.data.folder import read_json

    if path.suffix == ".csv":
        try:
            with path.open(encoding="utf-8-sig", newline="") as stream:
                found: list[Any] = list(csv.DictReader(stream))
        except OSError as error:
            raise DataError(f"{path} cannot be read ({error.strerror}).", "Name another file.") from error
    else:
        document = read_json(path)
        found = document.get("feedback", []) if isinstance(document, dict) else []
    if not found or not all(isinstance(row, dict) and {"label", "correction"} <= row.keys() for row in found):
        raise DataError(f"{path} is no export of feedback.", "Export it again: the dashboard, view Feedback.")
    yield from found


def _of_server(folder: Path, versions: list[str]) -> tuple[list[Mapping[str, Any]], dict[str, int]]:
    """The server's feedback, and how many statements each of these models judged."""
    from fake_news.database.storage import Storage
    from server.configuration import DATABASE_URL

    rows: list[Mapping[str, Any]] = list(server_feedback(folder))
    storage = Storage(folder, os.environ.get(DATABASE_URL) or None)
    try:
        return rows, _judged(storage, versions)
    finally:
        storage.close()


def _judged(storage: Storage, versions: list[str]) -> dict[str, int]:
    from fake_news.database.statistics import Statistics
    from fake_news.monitoring.traits import Trait

    found = {}
    for version in versions:
        try:
            fingerprint = read_checkpoint(find_checkpoint(CHECKPOINTS, version)).model["fingerprint"]
        except CheckpointError:
            continue  # it is gone: how much it judged cannot be told
        found[version] = sum(Statistics(storage).window(fingerprint, _DAYS).get(Trait.LENGTH, []))
    return found
