"""Which weights answer under a name: the name alone does not say, as it can be pulled or created again."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from fake_news.common.language_model.endpoint import Endpoint
from fake_news.common.language_model.errors import LanguageModelError
from fake_news.common.language_model.exchange import exchange
from fake_news.common.language_model.replies import json_of

_SECONDS = 5.0
_CHUNK = 1 << 20
_OK = 200


def digest_of(endpoint: Endpoint) -> str | None:
    """The SHA-256 of a model's weights or manifest; ``None`` where its server tells no such thing.

    Ollama names a digest (``/api/tags``). llama.cpp names the file it reads (``/props``), which is hashed if it lies on
    this machine. LM Studio names neither.

    Raises
    ------
    LanguageModelError
        If nothing answers.
    """
    root = endpoint.path.removesuffix("/v1")
    tags = _json(endpoint, f"{root}/api/tags")
    models = tags.get("models") if isinstance(tags, dict) else None
    for model in models if isinstance(models, list) else []:
        if isinstance(model, dict) and model.get("name") in (endpoint.model, f"{endpoint.model}:latest"):
            digest = model.get("digest")
            return f"ollama:{digest}" if isinstance(digest, str) and digest.isalnum() else None
    props = _json(endpoint, f"{root}/props")
    place = props.get("model_path") if isinstance(props, dict) else None
    return _digest_of_file(place) if isinstance(place, str) and endpoint.is_loopback else None


def answers(endpoint: Endpoint) -> bool:
    """Whether a server of the protocol answers there now."""
    try:
        return _json(endpoint, f"{endpoint.path}/models") is not None
    except LanguageModelError:
        return False


def _json(endpoint: Endpoint, path: str) -> Any:
    """The JSON at a path; ``None`` where there is none."""
    with exchange(endpoint, "GET", path, seconds=_SECONDS) as response:
        if response.status != _OK or response.headers.get_content_type() != "application/json":
            return None
        return json_of(response)


def _digest_of_file(place: str) -> str | None:
    path = Path(place)
    try:
        if not path.is_absolute() or not path.is_file():
            return None
        status = path.stat()
        return f"file:{_hashed(path, status.st_size, status.st_mtime_ns)}"
    except OSError as error:
        raise LanguageModelError(f"{path} cannot be read ({error.strerror}).", "May this account read it?") from error


@lru_cache(maxsize=8)
def _hashed(path: Path, _size: int, _changed: int) -> str:
    with path.open("rb") as file:
        digest = hashlib.sha256()
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
        return digest.hexdigest()
