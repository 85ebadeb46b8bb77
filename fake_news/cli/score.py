"""``score``: judge every row of a file."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fake_news.cli.files import add_checkpoint, add_runs
from fake_news.cli.parallel import add_workers, positive
from fake_news.cli.progress import ProgressBar
from fake_news.common.user_data import default_data_folder
from fake_news.detection.checkpoint import current_checkpoint

if TYPE_CHECKING:
    from fake_news.scoring.score import Summary

_DESCRIPTION = """Judges the texts of a CSV, JSON Lines or Parquet file of any size, as the server would: one row in,
one row out, in the same order. Formats go by the files' names: .csv, .jsonl, .ndjson, .parquet.

Every row keeps its columns and gets these:
  verdict_label             of the leading statement of its text: false before likely-false, mixed, true,
                            likely-true, unsure, no-claim; empty where there is no text
  verdict_basis             fact-check, model or claims
  verdict_probability       calibrated P(true) of the leading statement; empty where nothing was judged
  verdict_check_worthiness  probability that the leading statement is a claim worth checking
  verdict_note              not-english, too-long, no-statement, or no-text (empty, missing, NaN)
  verdict_claims            how many of the statements are claims
  verdict_doubtful          how many of them are false or likely-false
  verdict_statements        all statements, as JSON like the server's answer"""
_EPILOG = """Where INPUT is a folder, each of its files is judged by one worker from beginning to end, and OUTPUT is a
folder with files of the same names: on a cluster whose machines all see both, no row passes through this process.

A run that was stopped goes on where it stopped when it is started again: what is finished lies in
OUTPUT.partial. OUTPUT itself is written last and as a whole."""


def add(commands: Any) -> None:
    """Add the command to a parser's."""
    score = commands.add_parser(
        "score",
        help="judge every row of a file",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    score.add_argument("input", metavar="INPUT", help="a file, s3://… too, a pattern such as in/*.csv, or a folder")
    score.add_argument(
        "output", metavar="OUTPUT", help="the file to write, in any of the formats; for a pattern, a folder with its /"
    )
    score.add_argument(
        "--text-column", metavar="NAME", help="which column holds the texts (default: text, statement, claim, …)"
    )
    score.add_argument("--encoding", default="utf-8", help="of CSV and JSON Lines (default: utf-8)")
    score.add_argument("--no-statements", action="store_true", help="leave out verdict_statements")
    score.add_argument("--overwrite", action="store_true", help="begin anew, whatever is there")
    score.add_argument(
        "--chunk-rows", type=positive, default=500, help="rows that a worker gets at a time (%(default)s)"
    )
    score.add_argument(
        "--data-folder",
        type=Path,
        default=default_data_folder(),
        help="where your imported fact-checks are (%(default)s)",
    )
    add_checkpoint(score)
    add_runs(score)
    add_workers(score)
    score.set_defaults(run=_score)


def _score(options: argparse.Namespace) -> None:
    from fake_news.common.packages import require_packages
    from fake_news.scoring.places import at_hand, is_remote, pairs

    places = (options.input, options.output)
    packages = ["pyarrow"] if any(place.lower().endswith(".parquet") for place in places) else []
    packages += ["fsspec"] if any(map(is_remote, places)) else []
    packages += ["s3fs"] if any(place.startswith("s3://") for place in places) else []
    packages += ["joblib"] if options.jobs > 1 or options.backend else []
    packages += ["dask", "distributed"] if options.backend else []
    require_packages("This", *packages)
    if Path(options.input).is_dir():
        _score_folder(options, Path(options.input), Path(options.output))
        return
    found = pairs(*places)
    for pair in found:
        if len(found) > 1:
            sys.stdout.write(f"{pair.source}\n")
        with at_hand(pair, overwrite=options.overwrite) as (source, target):
            _score_file(options, source, target, pair.target)


def _score_file(options: argparse.Namespace, path: Path, output: Path, called: str) -> None:
    from fake_news.common.parallel import workers
    from fake_news.runs.recording import recorded
    from fake_news.scoring.chunk import Judge
    from fake_news.scoring.partial import PartialOutput
    from fake_news.scoring.score import check_output, run_description, score
    from fake_news.scoring.source import open_source

    judge = Judge.at(
        options.checkpoint or current_checkpoint(), options.data_folder, all_statements=not options.no_statements
    )
    source = open_source(path, options.text_column, options.encoding)
    check_output(output, source, overwrite=options.overwrite, all_statements=judge.all_statements)
    described = run_description(source, judge, options.chunk_rows)
    data = {source.path.name: described["input"]["sha256"]}
    with (
        PartialOutput(output, described, options.overwrite) as partial,
        recorded("score", configuration=described, data=data, runs=options.runs) as run,
        workers(options.backend, options.jobs) as at_work,
    ):
        started = time.monotonic()
        bar = ProgressBar("rows", source.rows)
        summary = score(source, output, judge, at_work, partial, options.chunk_rows, bar)
        seconds = time.monotonic() - started
        rate = (summary.rows - summary.resumed) / seconds
        run.metrics({"rows": summary.rows, "rows without text": summary.without_text, "rows a second": rate})
        run.metrics({f"share {label or 'without a label'}": n / summary.rows for label, n in summary.labels.items()})
        run.artefact(output)
    _say(summary, rate, called)


def _score_folder(options: argparse.Namespace, folder: Path, output: Path) -> None:
    from fake_news.common.parallel import workers
    from fake_news.runs.recording import recorded
    from fake_news.scoring.chunk import Judge
    from fake_news.scoring.parts import check_folder, parts_of, score_parts

    judge = Judge.at(
        options.checkpoint or current_checkpoint(), options.data_folder, all_statements=not options.no_statements
    )
    check_folder(folder, output, overwrite=options.overwrite)
    parts = parts_of(folder, output, options.text_column, options.encoding, options.chunk_rows)
    configuration = {"input": str(folder), "files": len(parts), "checkpoint": judge.model_sha256}
    with (
        recorded("score", configuration=configuration, runs=options.runs) as run,
        workers(options.backend, options.jobs) as at_work,
    ):
        started = time.monotonic()
        bar = ProgressBar("files", len(parts))
        summary = score_parts(parts, output, judge, at_work, overwrite=options.overwrite, progress=bar)
        rate = (summary.rows - summary.resumed) / (time.monotonic() - started)
        run.metrics({"rows": summary.rows, "rows without text": summary.without_text, "rows a second": rate})
    _say(summary, rate, f"{len(parts):,} files in {output}")


def _say(summary: Summary, rate: float, written: str) -> None:
    resumed = f", {summary.resumed:,} of them by an earlier run" if summary.resumed else ""
    sys.stdout.write(f"{summary.rows:,} rows scored{resumed}: {rate:,.0f} a second. Wrote {written}.\n")
    for label, count in summary.labels.most_common():
        sys.stdout.write(f"{count:>12,}  {label or 'without a label'}\n")
    if summary.without_text:
        sys.stdout.write(f"{summary.without_text:>12,}  of them without a text\n")
