"""What a language model may change: nothing, unless a recorded evaluation allows it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fake_news.detection.factchecks.language_model_judge.policy import Policy
from fake_news.detection.factchecks.language_model_judge.question import JudgeRelation
from server.language_model.admission import PolicyError
from tests.language_models.scripted_answers import lies, says
from tests.language_models.stub import language_model
from tests.server.language_model.conftest import (
    FALSE,
    Serve,
    record,
)


@pytest.mark.parametrize("answered", JudgeRelation)
def test_explaining_never_changes_a_verdict(serve: Serve, answered: JudgeRelation) -> None:
    with language_model(says(answered.value)) as stub:
        client = serve(stub.address)
        for statement in client.statements():
            assert client.judge(statement).json()["statement"] == statement


def test_a_veto_takes_a_verdict_back(serve: Serve, tmp_path: Path) -> None:
    record(tmp_path)
    with language_model(says("related")) as stub:
        client = serve(stub.address, Policy.VETO)
        _, false, true, _ = client.statements()
        assert (false["label"], true["label"]) == ("false", "true")
        for statement in (false, true):
            answer = client.judge(statement).json()
            assert (answer["is_changed"], answer["statement"]["label"]) == (True, "unsure")
            assert {item["relation"] for item in answer["statement"]["evidence"]} == {"related"}


def test_who_agrees_changes_nothing(serve: Serve, tmp_path: Path) -> None:
    record(tmp_path)
    with language_model(says("same")) as stub:
        client = serve(stub.address, Policy.VETO)
        for statement in client.statements():
            assert client.judge(statement).json()["statement"] == statement


@pytest.mark.parametrize("policy", Policy)
def test_a_liar_turns_no_label_round(serve: Serve, tmp_path: Path, policy: Policy) -> None:
    record(tmp_path)
    with language_model(lies) as stub:
        client = serve(stub.address, policy)
        for statement in client.statements()[1:3]:
            now = client.judge(statement).json()["statement"]
            assert now["label"] in (statement["label"], "unsure")
            is_linked = any(item["relation"] != "related" for item in now["evidence"])
            assert is_linked == (now["label"] != "unsure")


def test_other_numbers_are_not_linked_by_who_calls_everything_the_same(serve: Serve, tmp_path: Path) -> None:
    record(tmp_path)
    with language_model(says("same")) as stub:
        client = serve(stub.address, Policy.DECIDE)
        text = FALSE.replace("forty", "seventy")
        [statement] = client.statements(text)
        assert client.judge(statement, text).json()["statement"] == statement


@pytest.mark.parametrize(
    "other",
    [{"digest": "ollama:0"}, {"prompt": "0"}, {"checkpoint": "0"}, {"model": "another"}, {"sentences": 10}],
    ids=str,
)
def test_a_policy_needs_a_record_of_just_this_model_prompt_and_checkpoint(
    serve: Serve, tmp_path: Path, other: dict[str, Any]
) -> None:
    record(tmp_path, **other)
    with language_model(says("same")) as stub:
        for policy in (Policy.VETO, Policy.DECIDE):
            with pytest.raises(PolicyError, match="--only evidence"):
                serve(stub.address, policy)


def test_other_weights_under_the_same_name_only_explain(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(tmp_path)
    monkeypatch.setattr("server.language_model.admission._LOOK_SECONDS", 0.0)
    with language_model(says("related")) as stub:
        client = serve(stub.address, Policy.VETO)
        assert client.ask("GET", "/api/v1/judge").json()["judge"]["policy"] == "veto"
        monkeypatch.setattr("tests.language_models.protocols.DIGEST", "0" * 64)
        false = client.statements()[1]
        assert client.judge(false).json()["statement"] == false
        assert client.ask("GET", "/api/v1/judge").json()["judge"]["policy"] == "explain"
