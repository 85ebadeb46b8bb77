"""What scoring says about a text, as columns: the verdict of its leading statement, counts, and all statements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fake_news.detection.verdict import Label

ADDED: dict[str, type] = {
    "verdict_label": str,
    "verdict_basis": str,
    "verdict_probability": float,
    "verdict_check_worthiness": float,
    "verdict_note": str,
    "verdict_claims": int,
    "verdict_doubtful": int,
    "verdict_statements": str,
}
"""Names and kinds of the columns."""

STATEMENTS = "verdict_statements"
NO_TEXT, NO_STATEMENT = "no-text", "no-statement"

_FIRST = {
    label.value: place
    for place, label in enumerate(
        (Label.FALSE, Label.LIKELY_FALSE, Label.MIXED, Label.TRUE, Label.LIKELY_TRUE, Label.UNSURE, Label.NO_CLAIM)
    )
}
_DOUBTFUL = (Label.FALSE.value, Label.LIKELY_FALSE.value)


def verdict_columns(statements: Sequence[dict[str, Any]] | None, *, all_statements: bool) -> dict[str, Any]:
    """The columns of one text.

    The leading statement is the one that a reader should look at first: found false before likely false, then mixed,
    true, likely true, unsure, and no claim last; among equals the one with the lowest P(true), then the first.

    Parameters
    ----------
    statements : as :func:`fake_news.detection.answer.statements` describes them; ``None`` where there is no text
    all_statements : whether they are kept
    """
    columns = dict.fromkeys(ADDED, None) | {"verdict_claims": 0, "verdict_doubtful": 0}
    if statements:
        leading = min(statements, key=_place)
        columns |= {
            f"verdict_{name}": leading[name] for name in ("label", "basis", "probability", "check_worthiness", "note")
        }
        labels = [statement["label"] for statement in statements]
        columns |= {
            "verdict_claims": sum(label != Label.NO_CLAIM.value for label in labels),
            "verdict_doubtful": sum(label in _DOUBTFUL for label in labels),
        }
    else:
        columns["verdict_note"] = NO_TEXT if statements is None else NO_STATEMENT
    if all_statements:
        columns[STATEMENTS] = list(statements or [])
    else:
        del columns[STATEMENTS]
    return columns


def _place(statement: dict[str, Any]) -> tuple[int, float]:
    probability = statement["probability"]
    return _FIRST[statement["label"]], 1.0 if probability is None else probability
