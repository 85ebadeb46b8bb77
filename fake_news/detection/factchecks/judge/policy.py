"""What a language model may do."""

from __future__ import annotations

from enum import StrEnum


class Policy(StrEnum):
    """What a language model may do with a verdict.

    ``EXPLAIN``: its sentence is shown and nothing changes. ``VETO``: a link that it disputes falls to related.
    ``DECIDE``: it may also link another of the rulings that were found.
    """

    EXPLAIN = "explain"
    VETO = "veto"
    DECIDE = "decide"
