"""Readers' feedback on two models: how often each was called wrong, by label and by state of the fact-checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field
from typing import Any

from fake_news.detection.verdict import Label
from fake_news.reporting.report import markdown_table
from fake_news.retraining.new_rows import CORRECTIONS
from fake_news.statistics.resampling import Figure
from fake_news.statistics.significance import difference_of_shares, exact_interval, fisher_p_value

UNKNOWN = "not stated"
"""The model of feedback that was stored before feedback named its model."""
_SAME_AS = {Label.LIKELY_FALSE.value: "false", Label.LIKELY_TRUE.value: "true"}


@dataclass
class Outcomes:
    """Feedback on one model.

    Attributes
    ----------
    judged : statements that it judged, if that was counted
    feedback : how often readers named a label
    wrong : by the label that they called wrong
    wrong_by_fact_checks : the same by the state of the fact-checks, such as ``48,798 to 2025-02-18``
    """

    model: str
    judged: int | None = None
    feedback: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    wrong_by_fact_checks: Counter[str] = field(default_factory=Counter)

    @property
    def rate(self) -> Figure | None:
        """Verdicts called wrong among those given, with a 95 % interval (Clopper & Pearson 1934)."""
        return exact_interval(min(self.wrong.total(), self.judged), self.judged) if self.judged else None


def outcomes(rows: Iterable[Mapping[str, Any]], judged: Mapping[str, int]) -> dict[str, Outcomes]:
    """Count the feedback on each model, by its version.

    Parameters
    ----------
    rows : feedback as it is stored or exported
    judged : statements that each model judged, if known
    """
    found: dict[str, Outcomes] = {}
    for row in rows:
        model = str(row.get("model") or UNKNOWN)
        one = found.setdefault(model, Outcomes(model, judged.get(model)))
        label, correction = str(row["label"]), str(row["correction"])
        if correction not in CORRECTIONS:
            continue  # the reader was unsure as well
        one.feedback += 1
        if correction != _SAME_AS.get(label, label):
            one.wrong[label] += 1
            one.wrong_by_fact_checks[_state(row)] += 1
    return found


def equal_rates_p_value(champion: Outcomes, challenger: Outcomes) -> float | None:
    """Two-sided p-value of equal rates (Fisher's exact test); ``None`` where it is not known how much either judged."""
    if not champion.judged or not challenger.judged:
        return None
    wrong, wrong_too = champion.wrong.total(), challenger.wrong.total()
    return fisher_p_value(wrong, max(champion.judged, wrong), wrong_too, max(challenger.judged, wrong_too))


def difference(champion: Outcomes, challenger: Outcomes) -> Figure | None:
    """The challenger's rate less the champion's, with a 95 % interval; ``None`` where either is not known."""
    first, second = champion.rate, challenger.rate
    return difference_of_shares(second, first) if first and second else None


def plain_figures(champion: Outcomes, challenger: Outcomes) -> dict[str, Any]:
    """Write the comparison as plain values; a rate is a list of its value and the ends of its interval."""
    models = [
        {
            "model": one.model,
            "judged": one.judged,
            "feedback": one.feedback,
            "wrong": dict(one.wrong),
            "rate": _plain(one.rate),
        }
        for one in (champion, challenger)
    ]
    both = (champion, challenger)
    return {"models": models, "difference": _plain(difference(*both)), "p": equal_rates_p_value(*both)}


def _plain(figure: Figure | None) -> list[float] | None:
    return list(astuple(figure)) if figure else None


def report(champion: Outcomes, challenger: Outcomes) -> str:
    """Write the comparison as Markdown."""
    both = (champion, challenger)
    labels = [label.value for label in Label if any(one.wrong[label.value] for one in both)]
    states = sorted({state for one in both for state in one.wrong_by_fact_checks})
    rows = [
        ("verdicts given", *(f"{one.judged:,}" if one.judged is not None else "not counted" for one in both)),
        ("feedback that names a label", *(f"{one.feedback:,}" for one in both)),
        ("called wrong", *(f"{one.wrong.total():,}" for one in both)),
        ("… of 1,000 verdicts", *(_per_thousand(one.rate) for one in both)),
        ("… difference", "", _per_thousand(difference(*both), "+")),
        *((f"called wrong: {label}", *(f"{one.wrong[label]:,}" for one in both)) for label in labels),
        *((f"with fact-checks {state}", *(f"{one.wrong_by_fact_checks[state]:,}" for one in both)) for state in states),
    ]
    header = ("", f"champion {champion.model}", f"challenger {challenger.model}")
    return "\n".join([*markdown_table(header, rows), "", _verdict(champion, challenger), "", _CAUTION, ""])


_CAUTION = (
    "Readers choose what they report, and no reader met both models at the same time: a difference of the rates is a "
    "reason to look, not a proof. The verdicts of one installation are alike, which the intervals do not know: a few "
    "installations may make a difference. The gate of `retrain` compares both models on the same statements."
)


def _verdict(champion: Outcomes, challenger: Outcomes) -> str:
    chance = equal_rates_p_value(champion, challenger)
    if chance is None:
        return "It was not counted how much either judged, so that the rates cannot be compared."
    if chance >= 0.05:
        return f"The rates do not differ by more than chance explains (p = {chance:.3f})."
    first, second = champion.rate, challenger.rate
    better = challenger if first and second and second.value < first.value else champion
    return f"{better.model} is called wrong less often than chance explains (p = {chance:.3f})."


def _state(row: Mapping[str, Any]) -> str:
    known = row.get("fact_checks") or {}  # as an export in JSON has it
    count = row.get("fact_checks_count") or known.get("count")
    newest = row.get("fact_checks_newest") or known.get("newest")
    return f"{int(count):,} to {newest or 'no date'}" if count else UNKNOWN


def _per_thousand(rate: Figure | None, sign: str = "") -> str:
    if rate is None:
        return "–"
    value, low, high = (1000 * part for part in astuple(rate))
    return f"{value:{sign}.2f} [{low:{sign}.2f}, {high:{sign}.2f}]"
