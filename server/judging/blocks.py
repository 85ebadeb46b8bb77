"""From the blocks of a request to the answer's JSON, by way of the verdict cache and within the time for a request."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext

from fake_news.database.statistics import Statistics
from fake_news.detection.answer import worded
from fake_news.detection.verdict import Verdict
from fake_news.monitoring.traits import observe
from server import limits
from server.errors import answer_too_large, overloaded
from server.judging.live_detector import LiveDetector, Loaded
from server.judging.shadow import Reading, Shadow
from server.judging.verdict_cache import Judged, VerdictCache
from server.monitoring.metrics import Metrics

_BATCH_CHARACTERS = 20_000
"""Judged at once: enough for what is done for many sentences together, little enough to look at the clock between."""


class Judge:
    """Answers checks with the detector in use, and counts what it said.

    Parameters
    ----------
    shadow : Shadow, optional
        Is handed what was judged once the answer is ready; the answer knows nothing of it.
    """

    def __init__(
        self,
        detector: LiveDetector,
        cache: VerdictCache,
        statistics: Statistics,
        metrics: Metrics,
        shadow: Shadow | None = None,
    ) -> None:
        self._detector = detector
        self._cache = cache
        self._statistics = statistics
        self._metrics = metrics
        self._shadow = shadow

    def answer(self, blocks: Sequence[tuple[str, str]], deadline: float) -> str:
        """The JSON of the answer to blocks given as (id, text).

        Raises
        ------
        RequestError
            If it takes until after ``deadline`` (monotonic seconds), or if the answer would be too large.
        """
        with self._shadow.stepping_aside() if self._shadow else nullcontext():
            answer, readings = self._answer(blocks, deadline)
        if self._shadow:
            self._shadow.offer(readings)
        return answer

    def _answer(self, blocks: Sequence[tuple[str, str]], deadline: float) -> tuple[str, list[Reading]]:
        loaded = self._detector.loaded
        source = loaded.source
        keys = [self._cache.key(source, text) for _, text in blocks]
        judged = {key: found for key in keys if (found := self._cache.get(key)) is not None}
        unknown = {key: text for key, (_, text) in zip(keys, blocks, strict=True) if key not in judged}
        self._metrics.count_cache(hits=len(blocks) - len(unknown), misses=len(unknown))
        readings: list[Reading] = []
        room = _Room(keys)
        for key, found in judged.items():
            room.take(key, found)
        for batch in _batches(unknown):
            if time.monotonic() > deadline:
                raise overloaded()
            for key, reading in zip(batch, _read(loaded, list(batch.values())), strict=True):
                judged[key] = found = _judged(reading.text, reading.verdicts)
                room.take(key, found)
                self._cache.put(key, found)
                if self._shadow:
                    readings.append(reading)
        answers = [judged[key] for key in keys]
        observations = [observation for answer in answers for observation in answer.observations]
        self._statistics.count(loaded.detector.fingerprint, observations)
        self._metrics.set_cache(len(self._cache), self._cache.bytes)
        version = loaded.detector.version
        self._metrics.count_statements(version, (observation.label for observation in observations))
        parts = (
            f'{{"id":{json.dumps(block_id)},"statements":{answer.statements_json}}}'
            for (block_id, _), answer in zip(blocks, answers, strict=True)
        )
        detector = loaded.detector
        version, base_rate = json.dumps(detector.version), json.dumps(detector.card["base_rate"])
        fact_checks = json.dumps(dict(detector.fact_checks), separators=(",", ":"))
        head = f'"model":{version},"base_rate":{base_rate},"fact_checks":{fact_checks}'
        return f'{{{head},"blocks":[{",".join(parts)}]}}\n', readings


class _Room:
    """What is left of the largest answer; ``keys`` are those of the request's blocks, of which some may be the same."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._times = Counter(keys)
        self._left = limits.ANSWER_BYTES

    def take(self, key: bytes, judged: Judged) -> None:
        self._left -= self._times[key] * len(judged.statements_json)
        if self._left < 0:
            raise answer_too_large()


def _read(loaded: Loaded, texts: Sequence[str]) -> list[Reading]:
    """Judge texts together; each gets its share of the time by its length."""
    began = time.thread_time()
    judged = loaded.detector.check_many(texts)
    second = (time.thread_time() - began) / max(sum(map(len, texts)), 1)
    return [
        Reading(loaded.detector, text, verdicts, second * len(text))
        for text, verdicts in zip(texts, judged, strict=True)
    ]


def _judged(text: str, verdicts: Sequence[Verdict]) -> Judged:
    found = json.dumps(worded(text, verdicts), separators=(",", ":"))
    return Judged(found, tuple(observe(verdict) for verdict in verdicts))


def _batches(texts: dict[bytes, str]) -> Iterator[dict[bytes, str]]:
    batch: dict[bytes, str] = {}
    size = 0
    for key, text in texts.items():
        if batch and size + len(text) > _BATCH_CHARACTERS:
            yield batch
            batch, size = {}, 0
        batch[key] = text
        size += len(text)
    if batch:
        yield batch


def deadline_for(arrived: float) -> float:
    """Until when a request that arrived then has to be answered."""
    return arrived + limits.REQUEST_SECONDS
