"""Counters for ``GET /metrics``, in Prometheus' text format; no text of anyone's, and no address.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from threading import Lock

from fake_news.verdict import Label
from server.shadow import Shadow

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Metrics:
    """What this process has done since it started."""

    def __init__(self) -> None:
        self._started = time.time()
        self._lock = Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._seconds: dict[str, list[int]] = {}
        self._seconds_sum: defaultdict[str, float] = defaultdict(float)
        self._statements: Counter[Label] = Counter(dict.fromkeys(Label, 0))
        self._cache_hits = 0
        self._cache_misses = 0

    def count_request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count an answered request; ``route`` is the rule that matched, never the path as it was sent."""
        with self._lock:
            self._requests[route, method, status] += 1
            buckets = self._seconds.setdefault(route, [0] * (len(_BUCKETS) + 1))
            buckets[bisect_left(_BUCKETS, seconds)] += 1
            self._seconds_sum[route] += seconds

    def count_cache(self, hits: int, misses: int) -> None:
        """Count the blocks of a check by whether their verdicts were known."""
        with self._lock:
            self._cache_hits += hits
            self._cache_misses += misses

    def count_statements(self, labels: Iterable[Label]) -> None:
        """Count the statements of an answer by label."""
        with self._lock:
            self._statements.update(labels)

    def text(self, model: str, cache_entries: int, cache_bytes: int, shadow: Shadow | None = None) -> str:
        """Everything in Prometheus' text format."""
        with self._lock:
            lines = [*self._lines(model, cache_entries, cache_bytes), *(_shadow_lines(shadow) if shadow else ())]
            return "\n".join((*lines, ""))

    def _lines(self, model: str, cache_entries: int, cache_bytes: int) -> Iterator[str]:
        yield from _head("plumbline_requests_total", "counter", "Requests answered.")
        for (route, method, status), count in sorted(self._requests.items()):
            yield f'plumbline_requests_total{{route="{route}",method="{method}",status="{status}"}} {count}'
        yield from _head("plumbline_request_seconds", "histogram", "Time from arrival to answer.")
        for route, buckets in sorted(self._seconds.items()):
            total = 0
            for bound, count in zip((*_BUCKETS, "+Inf"), buckets, strict=True):
                total += count
                yield f'plumbline_request_seconds_bucket{{route="{route}",le="{bound}"}} {total}'
            yield f'plumbline_request_seconds_sum{{route="{route}"}} {self._seconds_sum[route]:.6f}'
            yield f'plumbline_request_seconds_count{{route="{route}"}} {total}'
        yield from _head("plumbline_statements_total", "counter", "Statements answered, by label.")
        for label, count in self._statements.items():
            yield f'plumbline_statements_total{{label="{label.value}"}} {count}'
        for name, kind, text, value in (
            ("plumbline_cache_hits_total", "counter", "Blocks whose verdicts were known.", self._cache_hits),
            ("plumbline_cache_misses_total", "counter", "Blocks that had to be judged.", self._cache_misses),
            ("plumbline_cache_entries", "gauge", "Blocks whose verdicts are kept.", cache_entries),
            ("plumbline_cache_bytes", "gauge", "Memory that the kept verdicts take, about.", cache_bytes),
            ("process_cpu_seconds_total", "counter", "Processor time used.", time.process_time()),
            ("process_start_time_seconds", "gauge", "When the process started, Unix time.", self._started),
        ):
            yield from _head(name, kind, text)
            yield f"{name} {value}"
        yield from _head("plumbline_model_info", "gauge", "The checkpoint in use.")
        yield f'plumbline_model_info{{version="{model}"}} 1'


def _shadow_lines(shadow: Shadow) -> Iterator[str]:
    tally = shadow.tally
    for name, text, value in (
        ("statements", "Statements that champion and shadow both judged.", tally.statements),
        ("agreements", "Statements to which both gave the same label.", tally.agreeing),
        ("unaligned", "Statements that only one of the two found.", tally.unaligned),
        ("dropped", "Texts that the shadow did not get to.", tally.dropped),
        ("failures", "Texts that the shadow failed on.", tally.failed),
        ("champion_cpu_seconds", "The champion's processor time on these texts.", tally.champion_seconds),
        ("cpu_seconds", "The shadow's processor time on these texts.", tally.shadow_seconds),
    ):
        yield from _head(f"plumbline_shadow_{name}_total", "counter", text)
        yield f"plumbline_shadow_{name}_total {value}"
    yield from _head("plumbline_shadow_info", "gauge", "The checkpoint that reads along.")
    yield f'plumbline_shadow_info{{version="{shadow.detector.version}"}} 1'


def _head(name: str, kind: str, text: str) -> tuple[str, str]:
    return f"# HELP {name} {text}", f"# TYPE {name} {kind}"
