"""The gate: a challenger fails where it is worse or nothing is shown, and passes where it is alike or better."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fake_news.common.errors import PlumblineError
from fake_news.data.statements import Statement
from fake_news.retraining.gate import DEFAULT_GATE, FrozenSet, Gate, compare, false_alarms, read_gate

GATE = Gate(margin=0.01, significance=0.05, false_alarm_bound=0.005)


def frozen_set(size: int, champion_noise: float, challenger_noise: float, shared: bool = False) -> FrozenSet:
    """A frozen set with the scores of two models, the noisier the worse; shared noise makes them the same."""
    random = np.random.default_rng(3)
    true = random.random(size) < 0.5
    noise = random.normal(size=size)

    def scores(spread: float) -> Any:
        own = noise if shared else random.normal(size=size)
        return 1 / (1 + np.exp(-(2.0 * true - 1.0 + spread * own)))

    statements = [Statement(str(number), "true" if one else "false", "") for number, one in enumerate(true)]
    return FrozenSet("set", "how", statements, scores(champion_noise), scores(challenger_noise))


def test_a_better_challenger_passes() -> None:
    found = compare(frozen_set(1500, 2.0, 0.8), GATE)
    assert (found.passed, found.delong_p < 0.01) == (True, True)
    assert "is better" in found.says
    assert found.only_challenger_right > found.only_champion_right


def test_a_worse_challenger_does_not_pass() -> None:
    found = compare(frozen_set(1500, 0.8, 2.0), GATE)
    assert (found.passed, "is worse" in found.says) == (False, True)


def test_an_equal_challenger_passes() -> None:
    found = compare(frozen_set(300, 1.0, 1.0, shared=True), GATE)
    assert (found.passed, found.delong_p, found.mcnemar_p) == (True, 1.0, 1.0)


def test_too_little_evidence_does_not_pass() -> None:
    found = compare(frozen_set(60, 1.0, 1.0), GATE)
    assert (found.passed, "too little evidence" in found.says) == (False, True)


def test_a_challenger_that_ranks_as_well_and_decides_worse_does_not_pass() -> None:
    frozen = frozen_set(1500, 0.8, 0.8, shared=True)
    found = compare(replace(frozen, challenger=0.5 * frozen.challenger), GATE)  # the same ranks, below a half all
    assert (found.delong_p, found.passed) == (1.0, False)
    assert "decides fewer" in found.says


def test_statements_of_one_class_show_nothing() -> None:
    frozen = frozen_set(100, 1.0, 1.0)
    of_one = [row for row, one in enumerate(frozen.statements) if one.is_true]
    found = compare(
        FrozenSet(
            "s", "h", [frozen.statements[row] for row in of_one], frozen.champion[of_one], frozen.challenger[of_one]
        ),
        GATE,
    )
    assert (found.passed, "one class only" in found.says) == (False, True)


@pytest.mark.parametrize(("painted", "passed"), [(6, True), (7, False)])
def test_false_alarms_have_a_bound(painted: int, passed: bool) -> None:
    assert false_alarms(1233, painted, None, None, GATE).passed is passed


def test_the_gate_is_a_file(tmp_path: Path) -> None:
    assert read_gate(DEFAULT_GATE) == GATE
    path = tmp_path / "gate.toml"
    for content, said in (
        ("[gate]\nmargin = 2\nsignificance = 0.1\nfalse_alarm_bound = 0.1\n", "margin is 2"),
        ("", "gate is missing"),
        ("[gate]\nmargin = true\nsignificance = 0.1\nfalse_alarm_bound = 0.1\n", "margin is True"),
    ):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(PlumblineError, match=said):
            read_gate(path)
