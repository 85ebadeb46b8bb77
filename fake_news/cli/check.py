"""Judging text: ``check`` a text, ``score`` every row of a file; ``serve`` and ``doctor`` start the server."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fake_news.cli.options import add_checkpoint, add_runs, add_workers, positive, recorder_of
from fake_news.cli.terminal import ProgressBar, verdict_lines
from fake_news.common.paths import add_data_folder, default_data_folder
from fake_news.detection.answer import answer
from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.detection.detector import Detector
from fake_news.detection.factchecks.imported.database import ImportedDatabase

if TYPE_CHECKING:
    from fake_news.pipelines.score import ScoringResult


def add_serve(commands: Any) -> None:
    """Add both commands to the parser's commands, so that ``--help`` names them."""
    for name, does in (("serve", "start the local server"), ("doctor", "find out why the server does not work")):
        commands.add_parser(name, help=does, add_help=False).set_defaults(run=_serve, words=[name])


def _serve(options: argparse.Namespace) -> int:
    from fake_news.__main__ import main

    return main(options.words)


def add_check(commands: Any) -> None:
    """Add the command to the parser's commands."""
    check = commands.add_parser("check", help="judge the statements of a text")
    check.add_argument("text", help="the text, the name of a text file, or - for standard input")
    check.add_argument("--json", action="store_true", help="the answer as the server gives it")
    add_checkpoint(check)
    check.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> None:
    text = _text(options.text)
    detector = Detector.load(options.checkpoint or current_checkpoint(), ImportedDatabase(default_data_folder()))
    if options.json:
        sys.stdout.write(json.dumps(answer(detector, [("text", text)]), indent=2) + "\n")
        return
    for line in verdict_lines(text, detector.check(text), coloured=sys.stdout.isatty()):
        sys.stdout.write(line + "\n")


def _text(argument: str) -> str:
    if argument == "-":
        return sys.stdin.buffer.read().decode("utf-8", "replace")
    try:
        path = Path(argument)
        return path.read_bytes().decode("utf-8", "replace") if path.is_file() else argument
    except (OSError, ValueError):  # too long for a file name, or holds a NUL
        return argument


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

A run that was stopped continues where it stopped when it is started again: what is finished lies in
OUTPUT.partial. OUTPUT itself is written last and as a whole."""


def add_score(commands: Any) -> None:
    """Add the command to the parser's commands."""
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
    score.add_argument("--overwrite", action="store_true", help="start from the beginning, and replace what is there")
    score.add_argument(
        "--chunk-rows", type=positive, default=500, help="rows that a worker gets at a time (%(default)s)"
    )
    add_data_folder(score, "where your imported fact-checks are")
    add_checkpoint(score)
    add_runs(score)
    add_workers(score)
    score.set_defaults(run=_score)


def _score(options: argparse.Namespace) -> None:
    from fake_news.pipelines.score import ScoringOptions, files_to_score, score_file, score_folder

    settings = ScoringOptions(
        options.text_column,
        options.encoding,
        not options.no_statements,
        options.overwrite,
        options.chunk_rows,
        options.jobs,
        options.backend,
    )
    files = files_to_score(options.input, options.output, settings)
    checkpoint, recorder = options.checkpoint or current_checkpoint(), recorder_of(options)
    if Path(options.input).is_dir():
        folder, output, bar = Path(options.input), Path(options.output), ProgressBar("files")
        _write_summary(score_folder(folder, output, checkpoint, options.data_folder, settings, bar, recorder))
        return
    for pair in files:
        if len(files) > 1:
            sys.stdout.write(f"{pair.source}\n")
        _write_summary(score_file(pair, checkpoint, options.data_folder, settings, ProgressBar("rows"), recorder))


def _write_summary(scored: ScoringResult) -> None:
    summary = scored.summary
    resumed = f", {summary.resumed:,} of them by an earlier run" if summary.resumed else ""
    sys.stdout.write(f"{summary.rows:,} rows scored{resumed}: {scored.rate:,.0f} a second. Wrote {scored.output}.\n")
    for label, count in summary.labels.most_common():
        sys.stdout.write(f"{count:>12,}  {label or 'without a label'}\n")
    if summary.without_text:
        sys.stdout.write(f"{summary.without_text:>12,}  of them without a text\n")
