"""``data``: fetch the public data sets, show what is there, validate it, split it."""

from __future__ import annotations

import argparse
import math
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fake_news.cli.options import add_data_dir, add_runs, recorder_of
from fake_news.cli.terminal import ProgressBar
from fake_news.common.errors import DataError, PlumblineError
from fake_news.common.paths import add_data_folder
from fake_news.reporting.report import as_json

if TYPE_CHECKING:
    from fake_news.data.validation.validate import Expectation, Validation

_NAMED = 3


def add(commands: Any) -> None:
    """Add the command with its actions to the parser's commands."""
    data = commands.add_parser("data", help="fetch the public data sets, show what is there, validate it, split it")
    actions = data.add_subparsers(required=True, metavar="action")

    fetch = actions.add_parser("fetch", help="get a set from its authors, a mirror, or a local copy")
    fetch.add_argument("sets", nargs="*", metavar="SET", help="which (default: all that can be fetched)")
    where = fetch.add_mutually_exclusive_group()
    where.add_argument("--from", type=Path, dest="source", metavar="DIR", help="copy them from this folder")
    where.add_argument("--mirror", metavar="URL", help="fetch URL/SET/FILE instead of the authors' addresses")
    fetch.set_defaults(run=_fetch)

    status = actions.add_parser("status", help="the sets that are there, their size, and whether they are as published")
    status.set_defaults(run=_status)

    validate = actions.add_parser(
        "validate", help="compare sets with what is expected of them; exit status 1 if one differs"
    )
    validate.add_argument("sets", nargs="*", metavar="SET", help="which (default: all that are there)")
    validate.add_argument(
        "--own-data",
        action="store_true",
        help="the files are your own, in the same format: the number of rows is free",
    )
    validate.set_defaults(run=_validate)

    collect = actions.add_parser("collect", help="make a set of the imported fact-checks, to train on fresh rulings")
    collect.add_argument("--since", type=_day, metavar="YYYY-MM-DD", help="leave out earlier rulings")
    add_data_folder(collect, "where `factchecks update` keeps them")
    collect.set_defaults(run=_collect)

    split = actions.add_parser("split", help="split a set into train, valid and test, no text on two sides")
    split.add_argument("set", metavar="SET")
    split.add_argument("--by", choices=["random", "date", "speaker"], default="random", help="(default: %(default)s)")
    split.add_argument("--output", type=Path, required=True, metavar="DIR", help="a new folder for the parts")
    split.add_argument("--seed", type=int, default=0, help="(default: %(default)s)")
    split.add_argument(
        "--shares",
        type=_shares,
        default=(0.70, 0.15, 0.15),
        metavar="A,B,C",
        help="of train, valid and test (default: 70,15,15)",
    )
    add_runs(split)
    split.set_defaults(run=_split)

    for command in (fetch, collect):
        command.add_argument(
            "--data-dir", type=_folder_here, help="the data folder (default: $PLUMBLINE_DATA, else data/raw)"
        )
    for command in (status, validate, split):
        add_data_dir(command)
    for command in (status, validate):
        command.add_argument("--json", action="store_true", help="as JSON")


def _shares(text: str) -> tuple[float, float, float]:
    train, valid, test = (float(part) for part in text.split(","))
    total = train + valid + test
    if not (min(train, valid, test) > 0 and math.isfinite(total)):
        raise ValueError(text)
    return train / total, valid / total, test / total


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def _folder_here(text: str) -> Path:
    if text.startswith("s3://"):
        raise argparse.ArgumentTypeError(
            "sets are fetched into a folder of this machine; `storage push` sends it to S3"
        )
    return Path(text)


def _fetch(options: argparse.Namespace) -> None:
    from fake_news.data.catalogue import public_set, public_sets
    from fake_news.data.fetch import Outcome, copy_from, fetch, fetch_from_mirror
    from fake_news.data.folder import folder_to_fill

    folder = folder_to_fill(options.data_dir)
    wanted = [public_set(name) for name in options.sets] or list(public_sets().values())
    failed: list[DataError] = []
    for one in wanted:
        bar = ProgressBar(f"bytes of {one.name}", logged=False)
        sys.stdout.write(f"{one.notice}\n")
        sys.stdout.flush()  # the notice is read while the set arrives
        try:
            if options.source:
                outcome = copy_from(one, folder, options.source)
            elif options.mirror:
                outcome = fetch_from_mirror(one, folder, options.mirror, bar)
            else:
                outcome = fetch(one, folder, bar)
        except DataError as error:
            if len(wanted) == 1:
                raise
            failed.append(error)
            sys.stdout.write(f"  Not fetched. {error}\n")
            continue
        done = "Fetched" if outcome == Outcome.FETCHED else "There already"
        sys.stdout.write(f"  {done}: {folder / one.name}\n")
    if failed and options.sets:
        raise PlumblineError(f"{len(failed)} of {len(wanted)} sets were not fetched.", "The lines above say why.")


def _collect(options: argparse.Namespace) -> None:
    from fake_news.data.collected_rulings import collect
    from fake_news.data.folder import folder_to_fill
    from fake_news.detection.factchecks.imported.database import FILE_NAME

    found = collect(options.data_folder / FILE_NAME, folder_to_fill(options.data_dir), options.since or "")
    sys.stdout.write(f"{found.publishers.total():,} rulings from {found.first} to {found.last} in {found.path}:\n")
    for publisher, count in found.publishers.most_common():
        sys.stdout.write(f"{count:>9,}  {publisher}\n")
    for why, count in found.left_out.most_common():
        sys.stdout.write(f"Left out {count:,}: {why}.\n")


def _status(options: argparse.Namespace) -> None:
    from fake_news.data.catalogue import public_sets
    from fake_news.data.folder import data_folder
    from fake_news.data.status import State, status

    folder = data_folder(options.data_dir)
    found = [status(one, folder) for one in public_sets().values()]
    if options.json:
        sys.stdout.write(as_json({"folder": str(folder), "sets": [asdict(one) for one in found]}))
        return
    sys.stdout.write(f"{folder}\n{'set':<28}{'state':<15}{'files':>9}{'MB':>8}{'rows':>10}  licence\n")
    for one in found:
        rows = "–" if one.rows is None or one.state == State.MISSING else f"{one.rows:,}"
        files = f"{one.files}/{one.wanted}"
        sys.stdout.write(f"{one.name:<28}{one.state:<15}{files:>9}{one.size / 1e6:>8.1f}{rows:>10}  {one.licence}\n")
        for file in one.other:
            sys.stdout.write(f"{'':28}not the published file: {file}\n")


def _validate(options: argparse.Namespace) -> int:
    from fake_news.data.folder import data_folder
    from fake_news.data.validation.schemas import SCHEMAS
    from fake_news.data.validation.validate import validate

    folder = data_folder(options.data_dir)
    names = options.sets or [name for name in SCHEMAS if (folder / name).is_dir()]
    if not names:
        raise DataError(f"There is no set in {folder}.", "Get one: `python -m fake_news data fetch`.")
    found = [
        validate(name, folder, own_data=options.own_data, progress=ProgressBar(f"rows of {name}", logged=False))
        for name in names
    ]
    if options.json:
        sys.stdout.write(as_json([_as_plain(one) for one in found]))
    else:
        for one in found:
            _write_validation(one)
    return 0 if all(one.holds for one in found) else 1


def _as_plain(validation: Validation) -> dict[str, Any]:
    expectations = [
        {"holds": expectation.holds, "says": expectation.says, **asdict(expectation)}
        for expectation in validation.expectations
    ]
    return {"set": validation.name, "holds": validation.holds, "rows": validation.rows, "expectations": expectations}


def _write_validation(validation: Validation) -> None:
    total = sum(validation.rows.values())
    verdict = "as expected" if validation.holds else "NOT as expected"
    sys.stdout.write(f"{validation.name}: {total:,} rows, {verdict}\n")
    for expectation in validation.expectations:
        state = "FAIL" if not expectation.holds else "ok  " if expectation.checked else "–   "
        unknown = "" if expectation.checked else " (no row to check)"
        sys.stdout.write(f"  {state} {_outcome(expectation)}{unknown}\n")
        if expectation.holds:
            continue
        for message in expectation.messages:
            sys.stdout.write(f"         {message}\n")
        for row in expectation.named[:_NAMED]:
            what = ", ".join(filter(None, (row.column, repr(row.value) if row.value else "")))
            sys.stdout.write(f"         {row.file}, row {row.row}{': ' if what else ''}{what}\n")


def _outcome(expectation: Expectation) -> str:
    known = f" of {expectation.known:,} that are known" if expectation.known else ""
    counted = f" ({expectation.broken:,} rows{known})" if expectation.broken else ""
    return f"{expectation.name}: {expectation.says}{counted}"


def _split(options: argparse.Namespace) -> None:
    from fake_news.data.folder import data_folder
    from fake_news.data.splitting.split import By
    from fake_news.pipelines.split import split_set

    manifest = split_set(
        options.set,
        data_folder(options.data_dir),
        options.output,
        by=By(options.by),
        shares=options.shares,
        seed=options.seed,
        progress=ProgressBar("rows", logged=False),
        recorder=recorder_of(options),
    )
    for name, part in manifest.parts.items():
        days = f", {part.first_date} to {part.last_date}" if part.first_date else ""
        total = max(part.rows, 1)
        labels = ", ".join(f"{label} {count / total:.1%}" for label, count in sorted(part.labels.items()))
        sys.stdout.write(f"{name:<6}{part.rows:>10,} rows{days}: {labels}\n")
    if manifest.dropped:
        sys.stdout.write(f"{manifest.dropped:,} later copies of earlier texts are in no part.\n")
    sys.stdout.write(f"Wrote {options.output}; manifest.json says how, rows.csv has a SHA-256 for each row.\n")
