"""What became of imported fact-checks, in words."""

from __future__ import annotations

import sys

from fake_news.detection.factchecks.imported.importing import Report


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
