"""Scoring files: one with its output, all that match a pattern, or a folder of parts.

Needs what serving needs, and what the formats, places and workers in use need.
"""

from __future__ import annotations

import importlib.util
import time
from dataclasses import dataclass
from pathlib import Path

from fake_news.common.errors import PlumblineError
from fake_news.common.installation import how_to_install
from fake_news.common.parallel import workers
from fake_news.common.progress import Progress, no_progress
from fake_news.runs.recording import DEFAULT_RECORDER, Recorder
from fake_news.scoring.chunk import Judge
from fake_news.scoring.files_to_score import Pair, is_remote, local_copies, pairs
from fake_news.scoring.partial_output import PartialOutput
from fake_news.scoring.score_file import Summary, check_output, run_description, score
from fake_news.scoring.score_folder import check_folder, parts_of, score_parts
from fake_news.scoring.source import open_source


@dataclass(frozen=True)
class ScoringOptions:
    """How files are scored.

    Attributes
    ----------
    text_column : which column holds the texts (default: the first that is called so)
    encoding : of CSV and JSON Lines
    all_statements : whether each row gets all its statements, besides the leading one
    overwrite : whether to replace an output, and discard what a stopped run left
    chunk_rows : rows that a worker gets at a time
    jobs : processes on this machine
    backend : the address of a Dask scheduler to use instead
    """

    text_column: str | None = None
    encoding: str = "utf-8"
    all_statements: bool = True
    overwrite: bool = False
    chunk_rows: int = 500
    jobs: int = 1
    backend: str | None = None


@dataclass(frozen=True)
class ScoringResult:
    """What was scored and written.

    Attributes
    ----------
    rate : rows a second, without those that an earlier run had scored
    output : the file that was written, or the files
    """

    summary: Summary
    rate: float
    output: str


DEFAULT_OPTIONS = ScoringOptions()


def files_to_score(source: str, target: str, options: ScoringOptions = DEFAULT_OPTIONS) -> list[Pair]:
    """Find the files that a name or a pattern stands for, each with its output.

    Raises
    ------
    PlumblineError
        If a package is missing that these files need, or a pattern matches nothing.
    """
    places = (source, target)
    packages = ["pyarrow"] if any(place.lower().endswith(".parquet") for place in places) else []
    packages += ["fsspec"] if any(map(is_remote, places)) else []
    packages += ["s3fs"] if any(place.startswith("s3://") for place in places) else []
    packages += ["joblib"] if options.jobs > 1 or options.backend else []
    packages += ["dask", "distributed"] if options.backend else []
    require_packages("This", *packages)
    return [Pair(source, target)] if Path(source).is_dir() else pairs(*places)


def score_file(
    pair: Pair,
    checkpoint: Path,
    user_data: Path,
    options: ScoringOptions = DEFAULT_OPTIONS,
    progress: Progress = no_progress,
    recorder: Recorder = DEFAULT_RECORDER,
) -> ScoringResult:
    """Judge every row of a file; a run that was stopped continues where it stopped.

    Parameters
    ----------
    user_data : the folder of imported fact-checks

    Raises
    ------
    PlumblineError
        If the input is malformed, the output cannot be written, or the workers were lost.
    """
    with local_copies(pair, overwrite=options.overwrite) as (path, output):
        judge = Judge.at(checkpoint, user_data, all_statements=options.all_statements)
        source = open_source(path, options.text_column, options.encoding)
        check_output(output, source, overwrite=options.overwrite, all_statements=judge.all_statements)
        described = run_description(source, judge, options.chunk_rows)
        data = {source.path.name: described["input"]["sha256"]}
        with (
            PartialOutput(output, described, options.overwrite) as partial,
            recorder.record("score", configuration=described, data=data) as run,
            workers(options.backend, options.jobs) as at_work,
        ):
            started = time.monotonic()
            summary = score(
                source, output, judge, at_work, partial, options.chunk_rows, lambda done: progress(done, source.rows)
            )
            rate = (summary.rows - summary.resumed) / (time.monotonic() - started)
            run.metrics({"rows": summary.rows, "rows without text": summary.without_text, "rows a second": rate})
            run.metrics(
                {f"share {label or 'without a label'}": n / summary.rows for label, n in summary.labels.items()}
            )
            run.artefact(output)
    return ScoringResult(summary, rate, pair.target)


def score_folder(
    folder: Path,
    output: Path,
    checkpoint: Path,
    user_data: Path,
    options: ScoringOptions = DEFAULT_OPTIONS,
    progress: Progress = no_progress,
    recorder: Recorder = DEFAULT_RECORDER,
) -> ScoringResult:
    """Judge every file of a folder, each by one worker; on a cluster, no row passes through this process.

    Raises
    ------
    PlumblineError
        If a file is malformed, the output cannot be written, or the workers were lost.
    """
    judge = Judge.at(checkpoint, user_data, all_statements=options.all_statements)
    check_folder(folder, output, overwrite=options.overwrite)
    parts = parts_of(folder, output, options.text_column, options.encoding, options.chunk_rows)
    configuration = {"input": str(folder), "files": len(parts), "checkpoint": judge.model_sha256}
    with (
        recorder.record("score", configuration=configuration) as run,
        workers(options.backend, options.jobs) as at_work,
    ):
        started = time.monotonic()
        summary = score_parts(
            parts,
            output,
            judge,
            at_work,
            overwrite=options.overwrite,
            progress=lambda done: progress(done, len(parts)),
        )
        rate = (summary.rows - summary.resumed) / (time.monotonic() - started)
        run.metrics({"rows": summary.rows, "rows without text": summary.without_text, "rows a second": rate})
    return ScoringResult(summary, rate, f"{len(parts):,} files in {output}")


def require_packages(what: str, *packages: str) -> None:
    """Refuse to begin without packages.

    Raises
    ------
    PlumblineError
        Naming all that are missing, and the one command that installs them.
    """
    if missing := [package for package in dict.fromkeys(packages) if not _is_there(package)]:
        raise PlumblineError(
            f"{what} needs {' and '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not installed.",
            f"Install what it needs: {how_to_install(*missing)}",
        )


def _is_there(package: str) -> bool:
    try:
        return importlib.util.find_spec(package) is not None
    except ValueError:  # marked as missing in `sys.modules`
        return False
