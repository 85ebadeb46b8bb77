"""The options that name a language model: permission, key, refusals, and what the doctor says of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.language_models.hostile_answers import NO_ANSWERS
from tests.language_models.scripted_answers import says
from tests.language_models.stub import MODEL, language_model
from tests.server.language_model.conftest import (
    Serve,
)

ELSEWHERE = "http://192.0.2.1:9/v1"


def test_the_server_does_not_start_without_permission(tmp_path: Path) -> None:
    result = run_server("--judge", ELSEWHERE, "--judge-model", MODEL, folder=tmp_path)
    assert result.returncode == 2
    assert "--allow-judge http://192.0.2.1:9" in result.stderr


def test_text_goes_there_only_for_who_names_it(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    client = serve(ELSEWHERE)
    assert "sent to another machine" in caplog.text
    false = client.statements()[1]
    for named in ({}, {"judge": "http://192.0.2.2:9"}, {"judge": "http://127.0.0.1:9"}):
        assert client.judge(false, **named).error_code() == "other-judge"


def test_others_can_read_the_key(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("secret\n")
    key.chmod(0o644)
    options = ("--judge", "http://127.0.0.1:9/v1", "--judge-model", MODEL, "--judge-key-file", str(key))
    result = run_server(*options, folder=tmp_path)
    assert result.returncode == 2
    assert "chmod 600" in result.stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--judge-policy", "veto"), "--judge URL"),
        (("--judge-model", MODEL), "--judge URL"),
        (("--judge", "http://127.0.0.1:9/v1"), "--judge-model"),
        (("--judge", "nonsense", "--judge-model", MODEL), "is not the address"),
    ],
    ids=["policy alone", "name alone", "address alone", "no address"],
)
def test_options_that_cannot_be(tmp_path: Path, options: tuple[str, ...], words: str) -> None:
    result = run_server(*options, folder=tmp_path)
    assert result.returncode == 2
    assert words in result.stderr


def run_server(*options: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A server that is to refuse its options."""
    command = [sys.executable, "-m", "server", "--port", "0", "--data-folder", str(folder), *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240)


def doctor_line(stub_address: str, folder: Path, *options: str) -> str:
    command = [sys.executable, "-m", "server", "doctor", "--port", "0", "--data-folder", str(folder)]
    judge = ("--judge", stub_address, "--judge-model", MODEL, *options)
    result = subprocess.run([*command, *judge], cwd=ROOT, capture_output=True, text=True, timeout=240)
    return next(line for line in result.stdout.splitlines() if line[5:].startswith("judge:"))


def test_one_that_answers(tmp_path: Path) -> None:
    with language_model(says("opposite")) as stub:
        found = doctor_line(stub.address, tmp_path)
    assert found.startswith("ok ")
    assert "may explain" in found


def test_one_that_writes_nonsense_and_a_policy_not_earned(tmp_path: Path) -> None:
    with language_model(NO_ANSWERS["a word"]) as stub:
        assert doctor_line(stub.address, tmp_path).startswith("BAD")
        found = doctor_line(stub.address, tmp_path, "--judge-policy", "veto")
    assert found.startswith("BAD")
    assert "not earned" in found
