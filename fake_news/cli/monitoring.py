"""What a server counted and readers said: ``drift`` and ``outcomes``."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fake_news.cli.options import add_checkpoint, add_data_dir
from fake_news.common.errors import PlumblineError
from fake_news.common.paths import add_data_folder
from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.monitoring.drift import DEFAULT_THRESHOLDS, State, Thresholds, read_thresholds

if TYPE_CHECKING:
    from fake_news.pipelines.drift import DriftCheck

_DRIFTED = 1


def add_drift(commands: Any) -> None:
    """Add the command to the parser's commands."""
    drift = commands.add_parser(
        "drift",
        help="compare what the server reads with what the model was measured on",
        description="Exit status: 0 alike, somewhat changed, or too little read to say; 1 drifted; 2 failed.",
    )
    add_checkpoint(drift)
    add_data_folder(drift, "where the server keeps its counts")
    drift.add_argument("--config", type=Path, default=DEFAULT_THRESHOLDS, help="thresholds (default: %(default)s)")
    drift.add_argument("--days", type=int, help="the latest days to look at (default: as the thresholds say)")
    drift.add_argument("--json", type=Path, metavar="FILE", help="also write the comparison there")
    other = drift.add_mutually_exclusive_group()
    other.add_argument(
        "--make-reference",
        action="store_true",
        help="instead, add to the checkpoint's card how it reads ordinary articles of the data folder",
    )
    other.add_argument(
        "--simulate",
        type=int,
        metavar="N",
        help="instead, estimate how often these thresholds would be wrong on windows of N statements",
    )
    add_data_dir(drift)
    drift.set_defaults(run=_drift)


def _drift(options: argparse.Namespace) -> int:
    from fake_news.pipelines.drift import check_drift
    from fake_news.reporting.report import as_json, write_text

    checkpoint = options.checkpoint or current_checkpoint()
    if options.make_reference:
        _make_reference(checkpoint, options.data_dir)
        return 0
    thresholds = read_thresholds(options.config)
    if options.days is not None:
        if options.days < 1:
            raise PlumblineError(f"--days is {options.days}.", "Name one day or more.")
        thresholds = dataclasses.replace(thresholds, days=options.days)
    if options.simulate is not None:
        _simulate(checkpoint, thresholds, options.simulate)
        return 0
    check = check_drift(checkpoint, options.data_folder, thresholds)
    if options.json:
        write_text(options.json, as_json({"model": check.model, "days": thresholds.days, **check.drift.as_json()}))
    sys.stdout.write(_text(check, thresholds.days))
    return _DRIFTED if check.drift.state is State.DRIFTED else 0


def _text(check: DriftCheck, days: int) -> str:
    drift = check.drift
    lines = [
        f"Checkpoint {check.model}, the latest {days} days: {drift.statements:,} statements, compared with "
        f"{check.reference.text}.",
        "",
    ]
    if drift.traits:
        lines.append(f"{'trait':<15}{'state':<10}{'n':>8}{'PSI':>8}{'alike':>8}{'KS':>8}{'critical':>10}{'p':>9}")
    for one in drift.traits:
        figures = (
            f"{one.psi:>8.3f}{one.psi_of_alike:>8.3f}{one.ks:>8.3f}{one.ks_critical:>10.3f}{one.p_value:>9.2g}"
            if one.psi is not None
            else f"{'–':>8}{'–':>8}{'–':>8}{'–':>10}{'–':>9}"
        )
        lines.append(f"{one.trait.value:<15}{one.state.value:<10}{one.statements:>8,}{figures}")
    lines += [f"{one.trait.value}: {one.advice}" for one in drift.traits if one.state is not State.ALIKE]
    return "\n".join([*lines, *([""] if drift.traits else []), drift.advice, ""])


def _make_reference(checkpoint: Path, data_dir: Path | None) -> None:
    from fake_news.data.folder import data_folder
    from fake_news.pipelines.train import make_reference

    reference = make_reference(checkpoint, data_folder(data_dir))
    sys.stdout.write(f"The card of {checkpoint} now says how it reads {reference.text}. The model is unchanged.\n")


def _simulate(checkpoint: Path, thresholds: Thresholds, statements: int) -> None:
    from fake_news.pipelines.drift import simulate_drift

    alike, *shifted = simulate_drift(checkpoint, thresholds, statements)
    lines = [
        f"{alike.windows:,} windows of {statements:,} statements each, called drifted:",
        f"  {alike.rate:7.1%}  drawn from the reference itself (stated: at most {thresholds.significance:.1%})",
    ]
    for one in shifted:
        trait = one.trait.value if one.trait else ""
        lines.append(f"  {one.rate:7.1%}  {one.share:.0%} of the statements with another {trait}")
    sys.stdout.write("\n".join([*lines, ""]))


def add_outcomes(commands: Any) -> None:
    """Add the command to the parser's commands."""
    outcomes = commands.add_parser("outcomes", help="what readers said of champion and challenger, side by side")
    outcomes.add_argument("challenger", help="the challenger's version")
    outcomes.add_argument("--champion", help="the champion's version (default: the one in use)")
    outcomes.add_argument(
        "--feedback",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="an export of feedback instead of what the server stored; may be repeated",
    )
    add_data_folder(outcomes, "where the server keeps it")
    outcomes.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    outcomes.set_defaults(run=_outcomes)


def _outcomes(options: argparse.Namespace) -> None:
    from fake_news.pipelines.outcomes import compare_outcomes
    from fake_news.reporting.report import as_json, write_text
    from fake_news.retraining.feedback_by_model import plain_figures, report

    champion = options.champion or current_checkpoint().name
    both = compare_outcomes(champion, options.challenger, options.data_folder, options.feedback)
    if options.json:
        write_text(options.json, as_json(plain_figures(*both)))
    sys.stdout.write(report(*both))
