"""The verdict cache: right answers, from what is remembered too, in a bounded room."""

from __future__ import annotations

import gc
import json
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fake_news.detection.answer import answer
from fake_news.detection.detector import Detector
from fake_news.detection.verdict import Label
from fake_news.monitoring.traits import Observation
from server import limits
from server.configuration import Configuration
from server.errors import RequestError
from server.judging.verdict_cache import TextVerdicts, VerdictCache
from server.service import Service

BLOCKS = [
    ("b1", "Taxes rose by 4 percent in 2020. Is that wise?"),
    ('b\ud800"2', "💥 Café Zoë sold 12,000 meals in 2019 \ud83d."),
    ("b3", "Taxes rose by 4 percent in 2020. Is that wise?"),
    ("b4", ""),
]


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    service = Service(Configuration(data_folder=tmp_path))
    yield service
    service.stop()


def ask(service: Service, blocks: list[tuple[str, str]]) -> Any:
    return json.loads(service.checker.answer(blocks, time.monotonic() + 60))


def test_a_remembered_answer_is_the_answer(service: Service) -> None:
    detector = service.champion
    expected = json.loads(json.dumps(answer(detector, BLOCKS)))
    assert ask(service, BLOCKS) == expected
    assert len(service.cache) == 3
    assert ask(service, BLOCKS) == expected
    assert ask(service, BLOCKS[::-1])["blocks"] == expected["blocks"][::-1]


def test_what_is_remembered_is_not_judged_again(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(service, BLOCKS)
    judged: list[str] = []
    check_many = Detector.check_many

    def remember(detector: Detector, texts: list[str]) -> object:
        judged.extend(texts)
        return check_many(detector, texts)

    monkeypatch.setattr(Detector, "check_many", remember)
    ask(service, [*BLOCKS, ("new", "A new one."), ("same", "A new one.")])
    assert judged == ["A new one."]


def test_remembered_statements_are_counted_as_often_as_they_are_shown(service: Service) -> None:
    for _ in range(3):
        ask(service, [("b1", "Thank you all for coming.")])
    [day] = service.statistics.days(service.champion.fingerprint)
    assert day.labels[Label.NO_CLAIM] == 3


def test_a_long_page_looks_at_the_clock(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was judged until then is kept: the next attempt gets further."""
    page = [(f"b{number}", f"{number} taxes rose. " * 1000) for number in range(10)]
    clock = iter(range(1000))
    monkeypatch.setattr("server.judging.checker.time.monotonic", lambda: next(clock))
    with pytest.raises(RequestError) as told:
        service.checker.answer(page, deadline=4.5)
    assert (told.value.status, told.value.code) == (503, "overloaded")
    assert len(service.cache) == 5
    assert len(json.loads(service.checker.answer(page, deadline=100))["blocks"]) == 10


def test_it_keeps_within_its_room_and_forgets_the_longest_unused() -> None:
    cache = VerdictCache(10_000)
    keys = [cache.key("model", str(number)) for number in range(100)]
    for key in keys:
        cache.put(key, TextVerdicts("x" * 500, (Observation(Label.UNSURE, 10, 3, 0, 1, 0),)))
        cache.get(keys[0])
        assert cache.bytes <= 10_000
    assert 5 < len(cache) < 20
    assert cache.get(keys[0]) is not None
    assert cache.get(keys[-1]) is not None
    assert cache.get(keys[1]) is None


@pytest.mark.parametrize("statements", [1, 4, 20])
def test_the_room_is_what_the_memory_loses(statements: int) -> None:
    """By tracemalloc, which the tuples that CPython keeps for the next time must not escape."""
    cache = VerdictCache(limits.CACHE_BYTES)
    kept_for_the_next_time = [(number, number) for number in range(5_000)]
    gc.collect()
    tracemalloc.start()
    try:
        for number in range(1_000):
            observations = tuple(Observation(Label.UNSURE, i, 3, number % 9, 1, 0) for i in range(statements))
            cache.put(
                cache.key("model", str(number)), TextVerdicts("x" * (300 * statements + number % 7), observations)
            )
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(kept_for_the_next_time) == 5_000
    assert taken == pytest.approx(cache.bytes, rel=0.15)


def test_the_same_again_takes_no_more_room() -> None:
    cache = VerdictCache(10_000)
    cache.put(b"key", TextVerdicts("[]", ()))
    room = cache.bytes
    cache.put(b"key", TextVerdicts("[]", ()))
    assert (len(cache), cache.bytes) == (1, room)


def test_the_key_depends_on_text_and_source() -> None:
    key = VerdictCache.key
    assert len({key("a", "b"), key("a", "c"), key("c", "b"), key("ab", ""), key("", "ab"), key("a", "\ud800")}) == 6


def test_a_whole_day_s_reading_fits(service: Service) -> None:
    """The room is for some thousand paragraphs of real answers, not for a handful."""
    ask(service, [("b", "The council has closed 14 of its 20 libraries since 2015, and taxes rose by 4 percent. " * 3)])
    assert limits.CACHE_BYTES / service.cache.bytes > 2_000
