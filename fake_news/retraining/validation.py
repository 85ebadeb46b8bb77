"""Validation of new rows: which may be learned from, and why others may not. No message quotes a row's text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from fake_news.common.errors import DataError
from fake_news.data.claims import Sentence
from fake_news.data.statements import SIX_WAY, Statement
from fake_news.detection.sentence_analysis import LONGEST_STATEMENT
from fake_news.retraining.new_rows import NO_CLAIM, OTHER_CLAIM, UNSURE, NewRow
from fake_news.training.duplicates import letters, near_duplicates

MOST_ROWS = 1_000_000
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that cannot be learned from."""

    where: str
    why: str


@dataclass
class CheckedRows:
    """The new rows, sorted by whether they can be learned from.

    Attributes
    ----------
    statements : to learn from, oldest first
    undated : how many of ``statements`` have no date of their own, and count as of the newest
    no_claims : sentences that are no claims
    problems : rows that cannot be learned from
    set_aside : rows that are correct but teach nothing, counted by the reason
    """

    rows: int = 0
    statements: list[Statement] = field(default_factory=list)
    undated: int = 0
    no_claims: list[Sentence] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    set_aside: Counter[str] = field(default_factory=Counter)

    def refuse_problems(self) -> None:
        """Refuse to continue if there is a problem.

        Raises
        ------
        DataError
            Naming the first rows, and how many there are.
        """
        if self.problems:
            named = [f"  {problem.where}: {problem.why}" for problem in self.problems[:_SHOWN]]
            more = len(self.problems) - _SHOWN
            raise DataError(
                "\n".join(
                    [
                        f"{len(self.problems):,} of {self.rows:,} new rows cannot be learned from:",
                        *named,
                        *([f"  … and {more:,} more"] if more > 0 else []),
                    ]
                )
                + "\n",
                "Correct or remove them, or leave them out with --leave-out.",
            )


def check_rows(
    rows: Iterable[NewRow], known: Sequence[Statement], frozen: Mapping[str, Sequence[Statement]]
) -> CheckedRows:
    """Check new rows against the rules, each other, the training set, and the frozen test sets.

    Parameters
    ----------
    known : the training set so far
    frozen : test statements by the name of their set; nothing worded like them may be learned

    Raises
    ------
    DataError
        If there are more rows than one training can hold.
    """
    checked = CheckedRows()
    usable = []
    for row in rows:
        checked.rows += 1
        if checked.rows > MOST_ROWS:
            raise DataError(f"There are more than {MOST_ROWS:,} new rows.", "Train in parts, or on a sample.")
        if row.rating == UNSURE:
            checked.set_aside["the reader was unsure"] += 1
        elif row.rating == OTHER_CLAIM:
            checked.set_aside["says that a fact-check is about something else"] += 1
        elif why := _wrong(row):
            checked.problems.append(Problem(row.where, why))
        else:
            usable.append(row)
    usable = _without_contradictions(usable, checked)
    usable = _without_frozen(usable, frozen, checked)
    usable = _without_known(usable, known, checked)
    newest = max([row.day for row in usable] + [statement.date for statement in known], default="")
    rated = [row for row in usable if row.rating != NO_CLAIM]
    checked.undated = sum(not row.day for row in rated)
    checked.statements = sorted(
        (Statement(row.text, row.rating, row.speaker, row.day or newest) for row in rated),
        key=lambda statement: statement.date,
    )
    checked.no_claims = [Sentence(row.text, False) for row in usable if row.rating == NO_CLAIM]
    return checked


def _wrong(row: NewRow) -> str | None:
    if not letters(row.text):
        return "text is empty"
    if len(row.text) > LONGEST_STATEMENT:
        return f"text has {len(row.text):,} characters, and one statement at most {LONGEST_STATEMENT:,}"
    if row.rating not in SIX_WAY and row.rating != NO_CLAIM:
        return f"label is {row.rating!r}, expected one of {', '.join([*SIX_WAY, NO_CLAIM])}"
    if row.day:
        try:
            is_a_day = date.fromisoformat(row.day).isoformat() == row.day
        except ValueError:
            is_a_day = False
        if not is_a_day:
            return f"date is {row.day!r}, expected YYYY-MM-DD"
    return None


def _without_contradictions(rows: Sequence[NewRow], checked: CheckedRows) -> list[NewRow]:
    """Keep each text once, and none that got two ratings of different kinds."""
    by_letters: dict[str, list[NewRow]] = {}
    for row in rows:
        by_letters.setdefault(letters(row.text), []).append(row)
    kept = []
    for same in by_letters.values():
        contradicted = [(row, other) for row in same if (other := _contradiction(row, same))]
        if contradicted:
            checked.problems += [
                Problem(row.where, f"is rated {row.rating}, and {other.where}, the same statement, {other.rating}")
                for row, other in contradicted
            ]
        else:
            if len(same) > 1:
                checked.set_aside["repeats another new row"] += len(same) - 1
            kept.append(same[0])
    return kept


def _contradiction(row: NewRow, others: Sequence[NewRow]) -> NewRow | None:
    return next((other for other in others if _kind(other.rating) != _kind(row.rating)), None)


def _without_known(rows: Sequence[NewRow], known: Sequence[Statement], checked: CheckedRows) -> list[NewRow]:
    rated = {letters(statement.text): statement for statement in known}
    kept = []
    for row in rows:
        statement = rated.get(letters(row.text))
        if statement is None:
            kept.append(row)
        elif _kind(row.rating) == _kind(statement.rating):
            checked.set_aside["is in the training set already"] += 1
        else:
            when = f" on {statement.date}" if statement.date else ""
            why = f"is rated {row.rating}, and fact-checkers rated the same statement {statement.rating}{when}"
            checked.problems.append(Problem(row.where, why))
    return kept


def _without_frozen(
    rows: Sequence[NewRow], frozen: Mapping[str, Sequence[Statement]], checked: CheckedRows
) -> list[NewRow]:
    kept = list(rows)
    for name, statements in frozen.items():
        duplicate = near_duplicates([row.text for row in kept], [statement.text for statement in statements])
        checked.problems += [
            Problem(row.where, f"is worded like a frozen test statement ({name})")
            for row, drop in zip(kept, duplicate, strict=True)
            if drop
        ]
        kept = [row for row, drop in zip(kept, duplicate, strict=True) if not drop]
    return kept


def _kind(rating: str) -> str:
    """True, false or no claim; ratings of the same kind do not contradict each other."""
    return rating if rating == NO_CLAIM else str(SIX_WAY[rating] >= SIX_WAY["half-true"])
