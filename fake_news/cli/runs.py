"""``runs``: the records of what was run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from fake_news.cli.options import add_runs, positive
from fake_news.common.errors import TrackingError
from fake_news.reporting.report import as_json, require_folder_of, write_text


def add(commands: Any) -> None:
    """Add the command with its actions to the parser's commands."""
    runs = commands.add_parser("runs", help="the records of what was run")
    actions = runs.add_subparsers(required=True, metavar="action")

    every = actions.add_parser("list", help="one line a run, the newest first")
    every.add_argument("--command", metavar="NAME", dest="of_command", help="those of one command, such as train")
    every.add_argument("--most", type=positive, default=30, help="how many to show (default: %(default)s)")
    every.set_defaults(run=_list)

    show = actions.add_parser("show", help="everything about one run")
    show.add_argument("id", help="the beginning of its id, or latest, or latest:train")
    show.add_argument("--json", action="store_true", help="the record itself")
    show.set_defaults(run=_show)

    compare = actions.add_parser("compare", help="what differs between two runs, and their metrics side by side")
    compare.add_argument("first", help="the beginning of its id, or latest, or latest:train")
    compare.add_argument("second", help="the beginning of its id, or latest, or latest:train")
    compare.add_argument("--html", type=Path, metavar="FILE", help="write it as a page, with the plots of both")
    compare.set_defaults(run=_compare)

    send = actions.add_parser("send", help="send the trackers of config/tracking.toml the runs that they lack")
    send.set_defaults(run=_send)

    for action in (every, show, compare, send):
        add_runs(action)


def _list(options: argparse.Namespace) -> None:
    from fake_news.runs.run_display import list_lines
    from fake_news.runs.run_store import RunStore

    store = RunStore(options.runs)
    records, broken = store.all()
    if not (records or broken):
        sys.stdout.write(f"No run has been recorded in {store.folder} yet.\n")
        return
    if options.of_command:
        records = [record for record in records if record.command == options.of_command]
    if not (records or broken):
        sys.stdout.write(f"There is no run of {options.of_command} in {store.folder}.\n")
    _write_lines(list_lines(records[-options.most :], broken))
    if len(records) > options.most:
        sys.stdout.write(f"… and {len(records) - options.most:,} earlier ones (--most shows more).\n")


def _show(options: argparse.Namespace) -> None:
    from fake_news.runs.run_display import show_lines
    from fake_news.runs.run_store import RunStore

    record = RunStore(options.runs).find(options.id)
    if options.json:
        sys.stdout.write(as_json(record.model_dump(mode="json")))
    else:
        _write_lines(show_lines(record))


def _compare(options: argparse.Namespace) -> None:
    from fake_news.runs.run_comparison import compare_runs
    from fake_news.runs.run_display import comparison_lines
    from fake_news.runs.run_store import RunStore

    require_folder_of(options.html)
    store = RunStore(options.runs)
    comparison = compare_runs(store.find(options.first), store.find(options.second))
    if options.html:
        from fake_news.runs.run_display import comparison_page

        write_text(options.html, comparison_page(comparison, store))
    _write_lines(comparison_lines(comparison))


def _send(options: argparse.Namespace) -> None:
    from fake_news.runs.run_store import RunStore
    from fake_news.runs.sending import send_pending, trackers, tracking_configuration

    store = RunStore(options.runs)
    enabled = trackers(tracking_configuration(), store)
    if not enabled:
        raise TrackingError("No tracker is enabled.", "See config/tracking.toml and docs/tracking.md.")
    try:
        results = send_pending(store, enabled)
    except OSError as error:
        raise TrackingError(f"Another process is sending from {store.folder} ({error}).", "Wait for it.") from error
    for result in results:
        sys.stdout.write(f"{result.sent:,} runs sent to {result.tracker} ({result.place}).\n")
    if failed := [result for result in results if result.failure]:
        why = "; ".join(f"{one.left:,} for {one.tracker} ({one.failure})" for one in failed)
        raise TrackingError(f"Not sent: {why}.", "They are kept: `python -m fake_news runs send` tries again.")


def _write_lines(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
