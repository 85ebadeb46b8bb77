"""Asking a language model: in the protocols of Ollama and llama.cpp, and of servers that answer badly."""

from __future__ import annotations

import hashlib
import socket
from pathlib import Path

import pytest

from fake_news.common.language_model import responses
from fake_news.common.language_model.client import LanguageModel, digest_of
from fake_news.common.language_model.endpoint import (
    Endpoint,
    LanguageModelError,
    NoLongerWantedError,
    check_permission,
    remote_notice,
)
from tests.language_models.faults import FAULTS
from tests.language_models.protocols import DIGEST, LlamaCpp, Ollama
from tests.language_models.stub import MODEL, language_model

MESSAGES = [{"role": "system", "content": "Answer."}, {"role": "user", "content": '{"rulings": {}}'}]
SCHEMA = {"type": "object"}
WORDS = '{"explanation": "Größer als – “so”.", "relations": {}}'
PROTOCOLS = [Ollama(), LlamaCpp()]


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda protocol: protocol.server)
@pytest.mark.parametrize("streams", [True, False], ids=["streaming", "whole"])
@pytest.mark.parametrize("server_streams", [True, False], ids=["server streams", "server does not"])
def test_both_protocols_are_read_streamed_and_whole(
    protocol: Ollama | LlamaCpp, streams: bool, server_streams: bool
) -> None:
    with language_model(lambda _: WORDS, protocol, streams=server_streams) as stub:
        model = LanguageModel(Endpoint.of(stub.address, MODEL, "secret"), streams=streams)
        assert model.ask(MESSAGES, SCHEMA) == WORDS
    [question] = stub.questions
    assert question["messages"] == MESSAGES
    assert question["response_format"]["json_schema"]["schema"] == SCHEMA
    assert (question["stream"], question["temperature"], question["model"]) == (streams, 0, MODEL)
    assert stub.keys == ["Bearer secret"]


@pytest.mark.parametrize("streams", [True, False], ids=["streaming", "whole"])
@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_a_server_does_it_ends_in_an_error(fault: str, streams: bool) -> None:
    with language_model(lambda _: WORDS, fault=FAULTS[fault]) as stub:
        model = LanguageModel(Endpoint.of(stub.address, MODEL), streams=streams)
        with pytest.raises(LanguageModelError) as raised:
            model.ask(MESSAGES, SCHEMA, seconds=1.0)
    assert not isinstance(raised.value, NoLongerWantedError)
    assert str(raised.value).isprintable()


def test_nothing_that_answers() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        endpoint = Endpoint.of(f"http://127.0.0.1:{taken.getsockname()[1]}/v1", MODEL)
        with pytest.raises(LanguageModelError, match="Nothing answers"):
            LanguageModel(endpoint).ask(MESSAGES, SCHEMA)


def test_a_model_that_the_server_does_not_have() -> None:
    with (
        language_model(lambda _: WORDS) as stub,
        pytest.raises(LanguageModelError, match=r"404: model .* not found"),
    ):
        LanguageModel(Endpoint.of(stub.address, "another")).ask(MESSAGES, SCHEMA)


@pytest.mark.parametrize("fault", ["silence", "slow_bytes", "endless_stream"])
def test_what_nobody_wants_any_more_is_dropped_and_the_server_notices(fault: str) -> None:
    with language_model(lambda _: WORDS, fault=FAULTS[fault]) as stub:
        model = LanguageModel(Endpoint.of(stub.address, MODEL))
        with pytest.raises(NoLongerWantedError):
            model.ask(MESSAGES, SCHEMA, is_wanted=lambda: not stub.asked.is_set())
        assert stub.was_left.wait(30)


def test_words_beyond_what_was_asked_for_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(responses, "MOST_CHARACTERS", 20)
    for streams in (True, False):
        with (
            language_model(lambda _: WORDS) as stub,
            pytest.raises(LanguageModelError, match="writes more"),
        ):
            LanguageModel(Endpoint.of(stub.address, MODEL), streams=streams).ask(MESSAGES, SCHEMA)


def test_a_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with language_model(lambda _: WORDS) as stub:
        assert LanguageModel(Endpoint.of(stub.address, MODEL)).ask(MESSAGES, SCHEMA) == WORDS


class TestDigest:
    def test_ollama_names_it(self) -> None:
        with language_model(lambda _: WORDS) as stub:
            assert digest_of(Endpoint.of(stub.address, MODEL)) == f"ollama:{DIGEST}"
            assert digest_of(Endpoint.of(stub.address, "another")) is None

    def test_of_llama_cpp_the_file_is_hashed(self, tmp_path: Path) -> None:
        weights = tmp_path / "small.gguf"
        weights.write_bytes(b"GGUF weights")
        with language_model(lambda _: WORDS, LlamaCpp(str(weights))) as stub:
            endpoint = Endpoint.of(stub.address, MODEL)
            assert digest_of(endpoint) == f"file:{hashlib.sha256(b'GGUF weights').hexdigest()}"
            weights.write_bytes(b"GGUF other weights")
            assert digest_of(endpoint) == f"file:{hashlib.sha256(b'GGUF other weights').hexdigest()}"

    def test_a_server_that_names_no_file_of_this_machine_has_none(self) -> None:
        with language_model(lambda _: WORDS, LlamaCpp("/nowhere/small.gguf")) as stub:
            assert digest_of(Endpoint.of(stub.address, MODEL)) is None


class TestEndpoint:
    @pytest.mark.parametrize(
        "address",
        [
            "",
            "11434",
            "ftp://127.0.0.1/v1",
            "http://",
            "http://user:password@127.0.0.1/v1",
            "http://127.0.0.1/v1?key=x",
            "http://127.0.0.1:0/v1",
            "http://127.0.0.1:99999/v1",
            "http://127.0.0.1\n/v1",
            "file:///etc/passwd",
        ],
    )
    def test_text_that_is_not_an_address_is_refused(self, address: str) -> None:
        with pytest.raises(LanguageModelError, match="not the address"):
            Endpoint.of(address, MODEL)

    def test_a_model_needs_a_name(self) -> None:
        with pytest.raises(LanguageModelError, match="--judge-model"):
            Endpoint.of("http://127.0.0.1:11434/v1", " ")

    def test_this_machine_needs_no_permission(self) -> None:
        for address in ("http://127.0.0.1:11434/v1", "http://localhost:1/v1/", "http://[::1]:8080/v1"):
            endpoint = Endpoint.of(address, MODEL)
            assert check_permission(endpoint, []) is endpoint
            assert remote_notice(endpoint) == ""

    @pytest.mark.parametrize(
        "host", ["192.168.0.7", "models.example", "127.0.0.1.models.example", "localhost.models.example", "0.0.0.0"]
    )
    def test_another_machine_needs_it_by_its_exact_origin(self, host: str) -> None:
        endpoint = Endpoint.of(f"http://{host}:8443/v1", MODEL)
        for allowed in ([], [f"http://{host}"], [f"https://{host}:8443"], ["*"], [host]):
            with pytest.raises(LanguageModelError, match="--allow-judge"):
                check_permission(endpoint, allowed)
        assert check_permission(endpoint, [f"http://{host}:8443"]) is endpoint
        assert "NOT encrypted" in remote_notice(endpoint)

    def test_the_key_is_not_in_its_words(self) -> None:
        assert "secret" not in repr(Endpoint.of("http://127.0.0.1:11434/v1", MODEL, "secret"))
