"""The gate: its rules, and whether a challenger passes them on frozen statements and on ordinary pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fake_news.common.arrays import FloatArray
from fake_news.common.paths import shipped
from fake_news.common.settings import STRICT, Share, read_settings
from fake_news.data.statements import Statement
from fake_news.statistics.measures import auc, bootstrap, paired_difference
from fake_news.statistics.resampling import Figure
from fake_news.statistics.significance import delong_p_value, mcnemar_p_value
from fake_news.training.training_sets import truths

DEFAULT_GATE = shipped("config") / "retraining.toml"


@dataclass(frozen=True, slots=True)
class Gate:
    """The rules that a challenger must pass.

    Attributes
    ----------
    margin : most by which its AUC may be lower, by the lower end of the 95 % interval
    significance : of the paired tests that it is worse
    false_alarm_bound : share of the sentences of ordinary pages that it may paint likely-false
    """

    __pydantic_config__ = STRICT

    margin: Share
    significance: Share
    false_alarm_bound: Share


@dataclass(frozen=True, slots=True)
class _File:
    __pydantic_config__ = STRICT

    gate: Gate


def read_gate(path: Path = DEFAULT_GATE) -> Gate:
    """Read the rules.

    Raises
    ------
    PlumblineError
        If the file is missing, not TOML, lacks a rule, or has one that is unknown or no share.
    """
    return read_settings(path, _File, option="--gate", example="config/retraining.toml").gate


@dataclass(frozen=True)
class FrozenSet:
    """Test statements that neither side was fitted on, with the P(true) that each side gave them, shape (n,).

    Attributes
    ----------
    how : what was compared, and why it is fair
    """

    name: str
    how: str
    statements: Sequence[Statement]
    champion: FloatArray
    challenger: FloatArray


@dataclass(frozen=True)
class Comparison:
    """The paired comparison on one frozen set.

    Attributes
    ----------
    difference : AUC of the challenger less the champion's
    delong_p : two-sided p-value of equal AUCs
    only_champion_right, only_challenger_right : statements that only one of them decided rightly at P(true) of a half
    mcnemar_p : two-sided p-value that this is chance
    passed : whether the challenger is not worse here
    says : the same in words
    """

    name: str
    how: str
    n: int
    base_rate: float
    champion: Figure | None
    challenger: Figure | None
    difference: Figure | None
    delong_p: float
    only_champion_right: int
    only_challenger_right: int
    mcnemar_p: float
    passed: bool
    says: str


@dataclass(frozen=True)
class FalseAlarms:
    """What each side paints likely-false on ordinary pages, and whether the challenger keeps the bound.

    Attributes
    ----------
    champion, challenger : shares, with intervals over whole pages; ``None`` where there are too few pages for one
    painted : sentences that the challenger paints
    """

    n: int
    champion: Figure | None
    challenger: Figure | None
    painted: int
    bound: float
    passed: bool
    says: str


def compare(frozen: FrozenSet, gate: Gate) -> Comparison:
    """Compare on one frozen set.

    The challenger fails if either test shows it to be worse, and also if it is not shown to stay within the margin: too
    little evidence fails.
    """
    true = truths(frozen.statements)
    ours, theirs = frozen.challenger, frozen.champion
    difference = paired_difference(auc, true, ours, theirs)
    has_both_classes = 0 < true.sum() < len(true)
    delong_p = delong_p_value(true, ours, theirs) if has_both_classes else 1.0
    ours_right, theirs_right = (ours >= 0.5) == true, (theirs >= 0.5) == true
    only_ours, only_theirs = int((ours_right & ~theirs_right).sum()), int((~ours_right & theirs_right).sum())
    mcnemar_p = mcnemar_p_value(ours_right, theirs_right)
    passed, says = _judge(difference, delong_p, only_ours - only_theirs, mcnemar_p, gate)
    return Comparison(
        frozen.name,
        frozen.how,
        len(true),
        float(true.mean()),
        bootstrap(auc, true, theirs),
        bootstrap(auc, true, ours),
        difference,
        delong_p,
        only_theirs,
        only_ours,
        mcnemar_p,
        passed,
        says,
    )


def false_alarms(n: int, painted: int, champion: Figure | None, challenger: Figure | None, gate: Gate) -> FalseAlarms:
    """Decide whether what is painted on ordinary pages stays within the bound."""
    share = painted / n
    passed = share <= gate.false_alarm_bound
    how = "within" if passed else "above"
    return FalseAlarms(
        n,
        champion,
        challenger,
        painted,
        gate.false_alarm_bound,
        passed,
        f"It paints {painted:,} of {n:,} sentences of ordinary pages likely-false, {share:.2%}: {how} the bound of "
        f"{gate.false_alarm_bound:.2%}.",
    )


def not_counted(is_silent: bool, gate: Gate) -> FalseAlarms:
    """Decide without ordinary pages: only a challenger that never says likely-false keeps the bound then."""
    says = (
        "There are no ordinary pages to read, and it never calls anything likely-false: it cannot raise a false alarm."
        if is_silent
        else "There are no ordinary pages to count false alarms on: get the set `pages`."
    )
    return FalseAlarms(0, None, None, 0, gate.false_alarm_bound, is_silent, says)


def _judge(
    difference: Figure | None, delong_p: float, more_right: int, mcnemar_p: float, gate: Gate
) -> tuple[bool, str]:
    if difference is None:
        return False, "Nothing can be said: the set holds one class only, or too few statements."
    if difference.value < 0 and delong_p < gate.significance:
        return False, "Its ranking is worse, and chance does not explain it."
    if more_right < 0 and mcnemar_p < gate.significance:
        return False, "It decides fewer statements rightly, and chance does not explain it."
    if difference.low < -gate.margin:
        return (
            False,
            f"It may be worse by more than {gate.margin:g} of AUC: there is too little evidence that it is not.",
        )
    if difference.value > 0 and delong_p < gate.significance:
        return True, "Its ranking is better, and chance does not explain it."
    return True, f"It is not worse by more than {gate.margin:g} of AUC; that it is better is not shown."
