"""Comparing champion and challenger by the feedback of readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fake_news.common.errors import DataError, PlumblineError
from fake_news.pipelines.server_data import judged_statements, server_feedback
from fake_news.retraining.feedback_by_model import Outcomes, outcomes
from fake_news.retraining.new_rows import feedback_records

_NEEDED = {"label", "correction"}


def compare_outcomes(
    champion: str, challenger: str, server_folder: Path, feedback: Sequence[Path] = ()
) -> tuple[Outcomes, Outcomes]:
    """Count how often readers called the verdicts of either wrong.

    Parameters
    ----------
    champion, challenger : their versions
    server_folder : the data folder of a server that stored feedback
    feedback : exports of feedback to read instead; how many statements the models judged is unknown then

    Raises
    ------
    PlumblineError
        If a file is not an export of feedback, or there is no feedback on either.
    """
    versions = (champion, challenger)
    judged: Mapping[str, int] = {}
    if feedback:
        rows = [row for path in feedback for row in _exported(path)]
    else:
        rows = list(server_feedback(server_folder))
        judged = judged_statements(server_folder, versions)
    by_model = outcomes(rows, judged)
    first, second = (by_model.get(version, Outcomes(version, judged.get(version))) for version in versions)
    if not any(one.feedback or one.judged for one in (first, second)):
        raise PlumblineError(
            f"There is no feedback on {champion} or {challenger} yet.",
            "Serve the challenger to some readers first, or name an export with --feedback.",
        )
    return first, second


def _exported(path: Path) -> list[Mapping[str, Any]]:
    rows = list(feedback_records(path))
    if not rows or not all(row.keys() >= _NEEDED for row in rows):
        raise DataError(f"{path} is not an export of feedback.", "Export it again: the dashboard, view Feedback.")
    return rows
