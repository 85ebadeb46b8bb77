"""Which policy a record earns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fake_news.common.errors import PlumblineError
from fake_news.detection.factchecks.language_model_judge.policy import Change, Policy, PolicyEffect, Record, read_record

BETTER, SAME, WORSE = Change(0.05, 0.02, 0.08), Change(0.0, 0.0, 0.0), Change(-0.05, -0.08, -0.02)
PERHAPS = Change(0.01, -0.01, 0.03)
RECORD = Record(
    "small", "ollama:abc", "prompt", "checkpoint", 2015, 0.99, 1.5,
    {"veto": PolicyEffect(SAME, WORSE), "decide": PolicyEffect(BETTER, SAME)},
)  # fmt: skip


def with_policy(policy: Policy, recall: Change, wrong: Change) -> Record:
    return replace(RECORD, policies={**RECORD.policies, policy.value: PolicyEffect(recall, wrong)})


def test_a_better_model_earns_both() -> None:
    assert [RECORD.refusal(policy) for policy in Policy] == ["", "", ""]


@pytest.mark.parametrize(
    ("policy", "recall", "wrong", "why"),
    [
        (Policy.DECIDE, BETTER, Change(0.001, -0.01, 0.01), "carry-overs rise"),
        (Policy.DECIDE, SAME, WORSE, "recall does not rise"),
        (Policy.DECIDE, PERHAPS, SAME, "recall does not rise"),
        (Policy.VETO, SAME, SAME, "do not fall"),
        (Policy.VETO, SAME, Change(-0.01, -0.02, 0.0), "do not fall"),
        (Policy.VETO, Change(-0.001, -0.01, 0.0), WORSE, "recall falls"),
    ],
)
def test_a_policy_without_enough_evidence_is_not_earned(
    policy: Policy, recall: Change, wrong: Change, why: str
) -> None:
    assert why in with_policy(policy, recall, wrong).refusal(policy)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"digest": None}, "which weights"),
        ({"sentences": 100}, "100 sentences"),
        ({"answered": 0.5}, "50%"),
        ({"policies": {}}, "not measured"),
    ],
)
def test_a_policy_that_cannot_be_checked_is_not_earned(other: dict[str, object], why: str) -> None:
    record = replace(RECORD, **other)  # type: ignore[arg-type]
    for policy in (Policy.VETO, Policy.DECIDE):
        assert why in record.refusal(policy)
    assert record.refusal(Policy.EXPLAIN) == ""


def test_a_record_is_of_one_model_one_prompt_and_one_checkpoint(tmp_path: Path) -> None:
    RECORD.write(tmp_path / "judges")
    just = ("small", "ollama:abc", "prompt", "checkpoint")
    assert read_record(tmp_path / "judges", *just) == RECORD
    for place in range(4):
        other = [*just[:place], "another", *just[place + 1 :]]
        assert read_record(tmp_path / "judges", *other) is None


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": 2}', '{"format": 1, "policies": {"rule": {}}}'])
def test_a_damaged_record_is_reported(tmp_path: Path, content: str) -> None:
    RECORD.write(tmp_path).write_text(content)
    with pytest.raises(PlumblineError, match="not a record of this version"):
        read_record(tmp_path, "small", "ollama:abc", "prompt", "checkpoint")
