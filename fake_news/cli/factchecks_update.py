"""``factchecks update``: fetch newer fact-checks, after showing from where and how many bytes; or print a schedule."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from fake_news.cli.terminal import ProgressBar
from fake_news.common.paths import ROOT
from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.detection.factchecks.imported.file_import import Filters, Report
from fake_news.pipelines.fact_check_update import google_api
from fake_news.pipelines.fact_check_update.feed import DATA_COMMONS_NAME, Offer
from fake_news.pipelines.fact_check_update.update import Origin, Outcome, Update, data_commons, encode_imported
from fake_news.pipelines.fact_check_update.web import UpdateError


def counted(count: int) -> str:
    """Format a number of fact-checks."""
    return f"{count:,} fact-check{'' if count == 1 else 's'}"


def write_report(report: Report) -> None:
    """Write what is new, what was left out and why."""
    stored = report.stored
    changed = f"{stored.changed:,} changed, " if stored.changed else ""
    withdrawn = f"{stored.withdrawn:,} withdrawn, " if stored.withdrawn else ""
    sys.stdout.write(f"{counted(stored.added)} added, {changed}{withdrawn}{stored.known:,} were there already.\n")
    if stored.missing:
        sys.stdout.write(
            f"{stored.missing:,} are missing, too many to believe that they were withdrawn: they were kept.\n"
        )
    for note, count in report.notes.most_common():
        sys.stdout.write(f"{count:,} {note}.\n")
    for reason, count in report.filtered.most_common():
        sys.stdout.write(f"{count:,} not wanted: {reason}.\n")
    for reason, count in report.skipped.most_common():
        sys.stdout.write(f"{count:,} left out: {reason} (the first at {report.first[reason]:,}).\n")


def make_vectors(database: ImportedDatabase, checkpoint: Path | None = None) -> int:
    """Make the vectors that imported claims lack, with a progress bar, and return how many."""
    return encode_imported(database, checkpoint or current_checkpoint(), ProgressBar("fact-checks", logged=False))


_ABOUT_DATA_COMMONS = "compiled by Data Commons, CC BY 4.0; each entry's licence is in its sdLicense"


def add(actions: Any) -> Any:
    """Add the command to the parser's commands, and return its parser."""
    update = actions.add_parser("update", help="fetch newer fact-checks from the network")
    where = update.add_argument_group("where from (default: the feed of Data Commons, without a key)")
    where.add_argument(
        "--source", action="append", choices=[DATA_COMMONS_NAME, google_api.NAME], help="may be given twice"
    )
    where.add_argument(
        "--from",
        dest="places",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="a feed, a publisher's page or a file with ClaimReview; may be given several times",
    )
    where.add_argument(
        "--key-file", type=Path, help=f"your Google key, mode 0600 (default: ${google_api.KEY_VARIABLE})"
    )
    where.add_argument("--query", action="append", default=[], help="words to ask Google for")
    where.add_argument("--days", type=int, default=30, help="how far back to ask Google (default: %(default)s)")
    what = update.add_argument_group("what is wanted")
    what.add_argument("--since", type=_day, metavar="YYYY-MM-DD", help="leave out earlier rulings")
    what.add_argument("--publisher", action="append", default=[], help="by name or site; may be given several times")
    what.add_argument("--language", default="en", help="a code such as en, or any (default: %(default)s)")
    update.add_argument("--yes", action="store_true", help="do not ask")
    update.add_argument("--every", choices=PERIODS, help="print how to run this regularly; installs nothing")
    update.set_defaults(run=_update)
    return update


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def _update(options: argparse.Namespace) -> None:
    if options.every:
        sys.stdout.write(recipes(options.every, _arguments(options), str(ROOT)))
        return
    filters = Filters(options.since or "", tuple(options.publisher), options.language)
    update = Update(ImportedDatabase(options.data_folder), options.data_folder / "updates", filters)
    sources = options.source or ([] if options.places else [DATA_COMMONS_NAME])
    origins = [data_commons()] if DATA_COMMONS_NAME in sources else []
    origins += [Origin(place, place) for place in options.places]
    offers = [(origin, update.offer(origin)) for origin in origins]
    for origin, offer in offers:
        sys.stdout.write(_described(origin, offer))
    asks_google = google_api.NAME in sources
    key = google_api.read_key(options.key_file) if asks_google else ""
    question = google_api.Question(tuple(options.query), tuple(options.publisher), options.language, options.days)
    if asks_google:
        about = ", ".join([*question.publishers, *map(repr, question.queries)]) or "nothing"
        sys.stdout.write(f"Google's Fact Check Tools, asked with your key for {about}, the last {options.days} days\n")
    is_fetching = asks_google or any(origin.is_web and not offer.is_known for origin, offer in offers)
    if is_fetching and not options.yes:
        _ask()
    for origin, offer in offers:
        _write(update.run(origin, offer, ProgressBar("bytes"), ProgressBar("bytes read", logged=False)))
    if asks_google:
        _write(update.run_google(question, key))
    make_vectors(update.database)


def _described(origin: Origin, offer: Offer) -> str:
    """Say where an offer comes from, how large it is, and how old."""
    size = "of unknown size" if offer.size is None else f"{offer.size / 1e6:,.1f} MB"
    changed = f", changed {offer.modified}" if offer.modified else ""
    about = f" ({_ABOUT_DATA_COMMONS})" if origin.name == DATA_COMMONS_NAME else ""
    if offer.is_known:
        return f"{origin.place}{about}: nothing new{changed}\n"
    return f"{origin.place}{about}: {size}{changed}\n"


def _ask() -> None:
    if not sys.stdin.isatty():
        raise UpdateError("Nothing was fetched.", "Say --yes if that is what you want.")
    sys.stdout.write("Fetch and import? [y/N] ")
    sys.stdout.flush()
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise UpdateError("Nothing was fetched.")


def _write(outcome: Outcome) -> None:
    if outcome.report is None:
        return
    of = f" of {outcome.date}" if outcome.date else ""
    sys.stdout.write(f"{outcome.origin.name}{of}: ")
    write_report(outcome.report)


def _arguments(options: argparse.Namespace) -> list[str]:
    """The options that a scheduled update needs."""
    found: list[str] = []
    several = {
        "--source": options.source or [],
        "--from": options.places,
        "--query": options.query,
        "--publisher": options.publisher,
    }
    for name, values in several.items():
        found += [part for value in values for part in (name, value)]
    for name, value, usual in (("--since", options.since or "", ""), ("--language", options.language, "en")):
        found += [name, value] if value != usual else []
    found += ["--days", str(options.days)] if options.days != 30 else []
    found += ["--key-file", str(options.key_file.resolve())] if options.key_file else []
    return [*found, "--data-folder", str(options.data_folder.resolve())]


PERIODS = ("day", "week", "month")
_SYSTEMD = {"day": "daily", "week": "weekly", "month": "monthly"}
_SECONDS = {"day": 86_400, "week": 604_800, "month": 2_592_000}
_TASKS = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY"}


def recipes(period: str, arguments: Sequence[str], folder: str) -> str:
    """Write down how to run an update regularly, for each operating system; nothing is installed.

    Parameters
    ----------
    arguments : arguments of the update, without the program
    folder : its working directory
    """
    command = [sys.executable, "-m", "fake_news", "factchecks", "update", *arguments, "--yes"]
    line = shlex.join(command)
    quoted = " ".join(f'"{part}"' if " " in part else part for part in command)
    strings = "\n".join(f"    <string>{escape(part)}</string>" for part in command)
    return f"""\
Linux (systemd). Write two files, then: systemctl --user enable --now plumbline-fact-checks.timer
~/.config/systemd/user/plumbline-fact-checks.service
  [Unit]
  Description=Plumbline: newer fact-checks
  [Service]
  Type=oneshot
  WorkingDirectory={folder}
  ExecStart={line.replace("%", "%%")}
~/.config/systemd/user/plumbline-fact-checks.timer
  [Timer]
  OnCalendar={_SYSTEMD[period]}
  RandomizedDelaySec=6h
  Persistent=true
  [Install]
  WantedBy=timers.target

macOS (launchd). Write ~/Library/LaunchAgents/plumbline.fact-checks.plist, then: launchctl load -w that file
  <?xml version="1.0" encoding="UTF-8"?>
  <plist version="1.0"><dict>
  <key>Label</key><string>plumbline.fact-checks</string>
  <key>WorkingDirectory</key><string>{escape(folder)}</string>
  <key>StartInterval</key><integer>{_SECONDS[period]}</integer>
  <key>ProgramArguments</key><array>
{strings}
  </array></dict></plist>

Windows (Task Scheduler), in a terminal that is in {folder}:
  schtasks /Create /TN "Plumbline fact-checks" /SC {_TASKS[period]} /TR '{quoted}'
"""
