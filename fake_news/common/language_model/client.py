"""Asks one language model: https://github.com/ollama/ollama/blob/main/docs/openai.md and llama.cpp's tools/server."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from fake_news.common.language_model.endpoint import Endpoint
from fake_news.common.language_model.exchange import IsWanted, always_wanted, exchange
from fake_news.common.language_model.replies import read_reply

SECONDS = 20.0
"""For one answer."""
MOST_TOKENS = 500


class LanguageModel:
    """Asks one model; the same question gets the same answer, as far as the model's server keeps its word.

    Parameters
    ----------
    endpoint : where it is
    streams : whether words are asked for as they come, so that a server stops writing when nobody listens any more
    """

    def __init__(self, endpoint: Endpoint, *, streams: bool = True) -> None:
        self.endpoint = endpoint
        self._streams = streams

    def ask(
        self,
        messages: Sequence[Mapping[str, str]],
        schema: Mapping[str, Any],
        *,
        seconds: float = SECONDS,
        is_wanted: IsWanted = always_wanted,
    ) -> str:
        """What the model writes; whether that keeps to the schema is for the caller to look at.

        Raises
        ------
        LanguageModelError
            If it gives no answer, too long a one, or one too late.
        NoLongerWantedError
            If it is no longer wanted.
        """
        question = {
            "model": self.endpoint.model,
            "messages": list(messages),
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "reading", "strict": True, "schema": schema},
            },
            "temperature": 0,
            "seed": 0,
            "max_tokens": MOST_TOKENS,
            "stream": self._streams,
        }
        path = f"{self.endpoint.path}/chat/completions"
        body = json.dumps(question).encode()
        with exchange(self.endpoint, "POST", path, body=body, seconds=seconds, is_wanted=is_wanted) as response:
            return read_reply(response)
