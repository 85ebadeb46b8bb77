"""Which data sets are at hand, and what a detector, or an evaluation, lacks without the others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

COSTS = {
    "liar": "nothing is fitted or scored on LIAR",
    "politifact": "no statements after 2016, no dates, no test on later years",
    "claimbuster": "fewer sentences to tell claims from the rest",
    "checkthat_2024_task1": "no debates to tell claims from the rest, and no test of that",
    "checkthat_2025_subjectivity": "no news to tell claims from opinions, and no test of that",
    "fakenewsnet": "no ordinary articles: the wording alone is never called likely-false or likely-true, "
    "and drift has no reference",
    "pages": "no test on ordinary pages",
    **dict.fromkeys(
        ("checkthat_2022_task1_covid", "factcheck_bench", "creak", "fact_checks_2021_2025"),
        "no test of what is a claim, kind of text by kind",
    ),
}
"""The sets that training and evaluation read, and what it costs to do without each."""

WITHOUT_CLAIMS = "no sentence marked as claim or not: by the words alone, all that is long enough counts as a claim"
_OF_CLAIMS = ("claimbuster", "checkthat_2024_task1", "checkthat_2025_subjectivity")


def has_set(folder: Path, name: str) -> bool:
    """Whether a set lies in the data folder; a set that is there must be whole, or reading it fails."""
    return (folder / name).is_dir()


def missing_sets(folder: Path, names: Sequence[str] = tuple(COSTS)) -> dict[str, str]:
    """The sets that are not there, and what each costs."""
    missing = {name: COSTS[name] for name in names if not has_set(folder, name)}
    if all(name in missing for name in _OF_CLAIMS):
        missing |= dict.fromkeys(_OF_CLAIMS, WITHOUT_CLAIMS)
    return missing


def described(missing: dict[str, str]) -> list[str]:
    """One line a cost, with the sets that it is of."""
    by_cost: dict[str, list[str]] = {}
    for name, cost in missing.items():
        by_cost.setdefault(cost, []).append(name)
    return [f"Without {', '.join(names)}: {cost}." for cost, names in by_cost.items()]
