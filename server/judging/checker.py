"""From the blocks of a request to the answer's JSON, by way of the verdict cache and within the time for a request."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext

from fake_news.database.verdict_counts import VerdictCounts
from fake_news.detection.answer import answer_json, statements_json
from fake_news.detection.detector import Detector
from fake_news.detection.verdict import Verdict
from fake_news.monitoring.traits import observe
from server import limits
from server.errors import answer_too_large, overloaded
from server.judging.live_detector import LiveDetector
from server.judging.shadow import JudgedText, Shadow
from server.judging.verdict_cache import TextVerdicts, VerdictCache
from server.monitoring.metrics import Metrics

_BATCH_CHARACTERS = 20_000
"""Characters judged together: enough to encode sentences in batches, few enough to check the deadline in between."""


class Checker:
    """Answers checks with the detector in use, and counts what it said.

    Parameters
    ----------
    shadow : Shadow, optional
        Receives the verdicts once the answer is ready; it cannot change the answer.
    """

    def __init__(
        self,
        detector: LiveDetector,
        cache: VerdictCache,
        statistics: VerdictCounts,
        metrics: Metrics,
        shadow: Shadow | None = None,
    ) -> None:
        self._detector = detector
        self._cache = cache
        self._statistics = statistics
        self._metrics = metrics
        self._shadow = shadow

    def answer(self, blocks: Sequence[tuple[str, str]], deadline: float) -> str:
        """Answer blocks, given as (id, text), as JSON.

        Raises
        ------
        RequestError
            If it takes until after ``deadline`` (monotonic seconds), or if the answer would be too large.
        """
        with self._shadow.stepping_aside() if self._shadow else nullcontext():
            answer, judged_texts = self._answer(blocks, deadline)
        if self._shadow:
            self._shadow.offer(judged_texts)
        return answer

    def _answer(self, blocks: Sequence[tuple[str, str]], deadline: float) -> tuple[str, list[JudgedText]]:
        loaded = self._detector.loaded
        detector, source = loaded.detector, loaded.source
        keys = [self._cache.key(source, text) for _, text in blocks]
        judged = {key: found for key in keys if (found := self._cache.get(key)) is not None}
        unknown = {key: text for key, (_, text) in zip(keys, blocks, strict=True) if key not in judged}
        self._metrics.count_cache(hits=len(blocks) - len(unknown), misses=len(unknown))
        judged_texts: list[JudgedText] = []
        room = _Room(keys)
        for key, found in judged.items():
            room.take(key, found)
        for batch in _batches(unknown):
            if time.monotonic() > deadline:
                raise overloaded()
            for key, judged_text in zip(batch, _judge(detector, list(batch.values())), strict=True):
                judged[key] = found = _text_verdicts(judged_text.text, judged_text.verdicts)
                room.take(key, found)
                self._cache.put(key, found)
                if self._shadow:
                    judged_texts.append(judged_text)
        answers = [judged[key] for key in keys]
        observations = [observation for answer in answers for observation in answer.observations]
        self._statistics.count(detector.fingerprint, observations)
        self._metrics.set_cache(len(self._cache), self._cache.bytes)
        self._metrics.count_statements(detector.version, (observation.label for observation in observations))
        written = ((block_id, answer.statements_json) for (block_id, _), answer in zip(blocks, answers, strict=True))
        return answer_json(detector, written), judged_texts


class _Room:
    """Bytes left of the largest answer; ``keys`` are those of the request's blocks, some of which may be equal."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._times = Counter(keys)
        self._left = limits.ANSWER_BYTES

    def take(self, key: bytes, verdicts: TextVerdicts) -> None:
        self._left -= self._times[key] * len(verdicts.statements_json)
        if self._left < 0:
            raise answer_too_large()


def _judge(detector: Detector, texts: Sequence[str]) -> list[JudgedText]:
    """Judge texts together; each gets its share of the time by its length."""
    began = time.thread_time()
    judged = detector.check_many(texts)
    second = (time.thread_time() - began) / max(sum(map(len, texts)), 1)
    return [
        JudgedText(detector, text, verdicts, second * len(text)) for text, verdicts in zip(texts, judged, strict=True)
    ]


def _text_verdicts(text: str, verdicts: Sequence[Verdict]) -> TextVerdicts:
    return TextVerdicts(statements_json(text, verdicts), tuple(observe(verdict) for verdict in verdicts))


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
    """Compute the deadline of a request that arrived then (monotonic seconds)."""
    return arrived + limits.REQUEST_SECONDS
