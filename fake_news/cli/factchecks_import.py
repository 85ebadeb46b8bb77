"""What follows an import of fact-checks: the report on it in words, and the vectors that they lack."""

from __future__ import annotations

import sys
from pathlib import Path

from fake_news.cli.progress import ProgressBar
from fake_news.detection.checkpoint import current_checkpoint, read_checkpoint
from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.detection.factchecks.imported.importing import Report
from fake_news.detection.factchecks.known import encode_claims
from fake_news.detection.factchecks.shipped import ShippedFactChecks


def counted(count: int) -> str:
    """So many fact-checks."""
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


def encode_imported(database: ImportedDatabase, checkpoint: Path | None = None) -> int:
    """Make the vectors that imported claims lack for a checkpoint's encoder; how many were made."""
    shipped = ShippedFactChecks.read(read_checkpoint(checkpoint or current_checkpoint()))
    if shipped is None:
        return 0
    encoder, progress = shipped.encoder, ProgressBar("fact-checks", logged=False)
    return database.encode(lambda claims: encode_claims(encoder, claims), encoder.identity, progress)
