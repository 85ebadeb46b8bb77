"""Where work is done makes no difference to what comes of it, and what is not there is said in one line."""

from __future__ import annotations

import socket

import pytest

from fake_news.common.errors import PlumblineError
from fake_news.common.parallel import Workers, code_fingerprint, workers


def _times(factor: int, number: int) -> int:
    return factor * number


def test_one_process_draws_items_only_as_fast_as_it_works() -> None:
    drawn: list[int] = []

    def items() -> object:
        for number in range(10):
            drawn.append(number)
            yield number

    results = Workers(1).unordered(_times, 3, items())  # type: ignore[arg-type]
    assert next(results) == 0
    assert drawn == [0]
    assert list(results) == [3 * number for number in range(1, 10)]


@pytest.mark.parametrize("backend", ["tcp://127.0.0.1:1", "127.0.0.1:8786"])
def test_a_backend_has_one_form(backend: str) -> None:
    with pytest.raises(PlumblineError, match=r"names no cluster\. Write --backend dask://HOST:PORT"), workers(backend):
        pass


def test_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("fake_news.common.parallel._SECONDS_TO_CONNECT", 0.3)
    with socket.socket() as listener:  # accepts and never answers
        listener.bind(("127.0.0.1", 0))
        backend = f"dask://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(PlumblineError, match=f"no Dask scheduler at {backend}"), workers(backend):
            pass


def test_without_dask_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(PlumblineError, match="pip install dask distributed"), workers("dask://127.0.0.1:1"):
        pass


def test_code_has_one_fingerprint() -> None:
    assert len(code_fingerprint()) == 64
    assert code_fingerprint.__wrapped__() == code_fingerprint()
