"""The HTTP that two servers of language models speak, written down from what they document and send.

Ollama: docs/openai.md, docs/api.md (``/api/tags``) and the shapes in its openai package. llama.cpp:
tools/server/README.md, and the bytes that a server of October 2026 sent for a question with a schema, whole and
streamed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

DIGEST = "a80c4f17acd55265feec403c7aef86be0c25983ab279d83f3bcd3abbcb5b8b72"
_CREATED = 1795907114
_USAGE = {"prompt_tokens": 20, "completion_tokens": 70, "total_tokens": 90}


class Ollama:
    """``ollama serve``."""

    server = "Ollama"

    def paths(self, model: str) -> dict[str, Any]:
        """What is got at which path."""
        details = {"format": "gguf", "family": "llama", "parameter_size": "3.2B", "quantization_level": "Q4_K_M"}
        tag = {"name": f"{model}:latest", "model": f"{model}:latest", "size": 2019393189, "digest": DIGEST}
        return {
            "/api/tags": {"models": [tag | {"modified_at": "2026-10-02T10:00:00Z", "details": details}]},
            "/v1/models": {
                "object": "list",
                "data": [{"id": f"{model}:latest", "object": "model", "created": _CREATED, "owned_by": "library"}],
            },
        }

    def whole(self, model: str, written: str) -> dict[str, Any]:
        """One answer."""
        choice = {"index": 0, "message": {"role": "assistant", "content": written}, "finish_reason": "stop"}
        return _Head(model, "chat.completion", "fp_ollama").of(choice) | {"usage": _USAGE}

    def events(self, model: str, written: str) -> Iterator[str]:
        """The same word by word."""
        head = _Head(model, "chat.completion.chunk", "fp_ollama")
        for word in _pieces(written):
            delta = {"role": "assistant", "content": word}
            yield _event(head.of({"index": 0, "delta": delta, "finish_reason": None}))
        last = {"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": "stop"}
        yield _event(head.of(last))
        yield "data: [DONE]\n\n"

    def not_found(self) -> tuple[int, dict[str, Any]]:
        """The answer about a model that is not there."""
        error = {
            "message": 'model "x" not found, try pulling it first',
            "type": "api_error",
            "param": None,
            "code": None,
        }
        return 404, {"error": error}


class LlamaCpp:
    """``llama-server``. It names the file of its weights, no digest."""

    server = "llama.cpp"

    def __init__(self, weights: str = "/models/small.gguf") -> None:
        self._weights = weights

    def paths(self, model: str) -> dict[str, Any]:
        """What is got at which path."""
        meta = {"vocab_type": 2, "n_vocab": 49152, "n_ctx_train": 8192, "n_params": 134515008, "size": 96576768}
        one = {"id": model, "object": "model", "created": _CREATED, "owned_by": "llamacpp", "meta": meta}
        return {
            "/health": {"status": "ok"},
            "/props": {"total_slots": 1, "model_alias": model, "model_path": self._weights, "build_info": "b0-unknown"},
            "/v1/models": {"models": [{"name": model, "model": model, "digest": ""}], "object": "list", "data": [one]},
        }

    def whole(self, model: str, written: str) -> dict[str, Any]:
        """One answer."""
        choice = {"finish_reason": "stop", "index": 0, "message": {"role": "assistant", "content": written}}
        answer = _Head(model, "chat.completion", "b0-unknown").of(choice)
        return answer | {"usage": _USAGE, "timings": {"prompt_n": 20, "predicted_n": 70}}

    def events(self, model: str, written: str) -> Iterator[str]:
        """The same word by word: the first event has no content, the last no delta."""
        head = _Head(model, "chat.completion.chunk", "b0-unknown")
        yield _event(head.of({"finish_reason": None, "index": 0, "delta": {"role": "assistant", "content": None}}))
        yield ": ping\n\n"
        for word in _pieces(written):
            yield _event(head.of({"finish_reason": None, "index": 0, "delta": {"content": word}}))
        yield _event(head.of({"finish_reason": "stop", "index": 0, "delta": {}}) | {"timings": {"prompt_n": 20}})
        yield _event(head.of() | {"usage": _USAGE})
        yield "data: [DONE]\n\n"

    def not_found(self) -> tuple[int, dict[str, Any]]:
        """The answer while no model is loaded."""
        return 503, {"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}}


class _Head:
    """What every answer and every event begins with."""

    def __init__(self, model: str, kind: str, fingerprint: str) -> None:
        self._known = {"id": "chatcmpl-1", "object": kind, "created": _CREATED, "model": model}
        self._known["system_fingerprint"] = fingerprint

    def of(self, *choices: dict[str, Any]) -> dict[str, Any]:
        return {**self._known, "choices": list(choices)}


def _pieces(written: str) -> list[str]:
    return [written[at : at + 4] for at in range(0, len(written), 4)]


def _event(content: dict[str, Any]) -> str:
    return f"data: {json.dumps(content)}\n\n"
