"""Counters for ``GET /metrics``, in Prometheus' text format, without text of readers and without addresses.

Where ``PROMETHEUS_MULTIPROC_DIR`` names a folder, as in deploy/gunicorn.conf.py, the processes that share a port write
their figures into files there, and the one that answers adds them up.
https://prometheus.github.io/client_python/multiprocess/
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from threading import Lock
from types import MappingProxyType

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from fake_news.detection.verdict import Label

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_SHADOW = {
    "statements": ("statements", "Statements that champion and shadow both judged."),
    "agreeing": ("agreements", "Statements to which both gave the same label."),
    "unaligned": ("unaligned", "Statements that only one of the two found."),
    "dropped": ("dropped", "Texts that the shadow did not get to."),
    "failed": ("failures", "Texts that the shadow failed on."),
    "champion_seconds": ("champion_cpu_seconds", "The champion's processor time on these texts."),
    "shadow_seconds": ("cpu_seconds", "The shadow's processor time on these texts."),
}
_CHECKPOINTS = {
    "model": "The checkpoint in use.",
    "shadow": "The checkpoint in shadow deployment.",
    "challenger": "The checkpoint that judges for a share of the installations.",
}
disable_created_metrics()  # type: ignore[no-untyped-call]  # they would double the output


class Metrics:
    """Counts what this server has done since it started.

    Parameters
    ----------
    has_shadow : bool
        Whether there is a shadow deployment.
    has_challenger : bool
        Whether a second checkpoint judges for a share of the installations.
    """

    def __init__(self, has_shadow: bool = False, has_challenger: bool = False) -> None:
        self._registry = registry = CollectorRegistry()
        self._started = time.time()
        self._lock = Lock()
        self._processor = (os.getpid(), 0.0)
        self._requests = Counter(
            "plumbline_requests", "Requests answered.", ("route", "method", "status"), registry=registry
        )
        self._seconds = Histogram(
            "plumbline_request_seconds", "Time from arrival to answer.", ("route",), buckets=_BUCKETS, registry=registry
        )
        self._statements = Counter(
            "plumbline_statements", "Statements answered, by label.", ("label",), registry=registry
        )
        for label in Label:
            self._statements.labels(label.value)
        self._hits = Counter("plumbline_cache_hits", "Blocks whose verdicts were known.", registry=registry)
        self._misses = Counter("plumbline_cache_misses", "Blocks that had to be judged.", registry=registry)
        self._entries = _sum("plumbline_cache_entries", "Blocks whose verdicts are kept.", registry)
        self._bytes = _sum("plumbline_cache_bytes", "Memory that the kept verdicts take, approximately.", registry)
        self._in_flight = _sum("plumbline_checks_in_flight", "Checks that are judged or wait for it.", registry)
        self._turned_away = Counter(
            "plumbline_checks_turned_away", "Checks refused at once, as too many wait.", registry=registry
        )
        self._cpu = Counter("process_cpu_seconds", "Processor time used.", registry=registry)
        self._shadow = {
            key: Counter(f"plumbline_shadow_{name}", text, registry=registry)
            for key, (name, text) in (_SHADOW if has_shadow else {}).items()
        }

        self._models = (
            Counter(
                "plumbline_model_statements", "Statements answered, by checkpoint.", ("version",), registry=registry
            )
            if has_challenger
            else None
        )

    def count_request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count an answered request; ``route`` is the rule that matched, never the path as it was sent."""
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)
        self._count_processor_time()

    def count_cache(self, hits: int, misses: int) -> None:
        """Count the blocks of a check by whether their verdicts were known."""
        self._hits.inc(hits)
        self._misses.inc(misses)

    def set_cache(self, entries: int, size: int) -> None:
        """Set how much this process has cached."""
        self._entries.set(entries)
        self._bytes.set(size)

    def count_in_flight(self, more: int) -> None:
        """Count a check that begins to wait or to be judged (1), or no longer does (-1)."""
        self._in_flight.inc(more)

    def count_turned_away(self) -> None:
        """Count a check that was refused at once."""
        self._turned_away.inc()

    def count_statements(self, version: str, labels: Iterable[Label]) -> None:
        """Count the statements of a checkpoint's answer by label, and by checkpoint where two of them answer."""
        for label in labels:
            self._statements.labels(label.value).inc()
            if self._models:
                self._models.labels(version).inc()

    def count_shadow(self, more: Mapping[str, float]) -> None:
        """Count what the shadow has done, by the names of ``server.judging.shadow.Tally``."""
        for key, amount in more.items():
            self._shadow[key].inc(amount)

    def text(self, model: str, others: Mapping[str, str] = MappingProxyType({})) -> bytes:
        """All metrics in Prometheus' text format, with the versions of the checkpoint in use and the other ones."""
        self._count_processor_time()
        about = CollectorRegistry()
        about.register(_About(self._started, model, others))
        counted = self._registry
        if os.environ.get(FOLDER_VARIABLE):
            counted = CollectorRegistry()
            MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
        return generate_latest(counted) + generate_latest(about)

    def _count_processor_time(self) -> None:
        now = time.process_time()
        with self._lock:
            process, before = self._processor
            self._processor = (os.getpid(), now)
        self._cpu.inc(max(0.0, now - (before if process == os.getpid() else 0.0)))


class _About(Collector):
    """Metrics that are the same in every process."""

    def __init__(self, started: float, model: str, others: Mapping[str, str]) -> None:
        self._started = started
        self._versions = {"model": model, **others}

    def collect(self) -> Iterator[GaugeMetricFamily]:
        text = "When the server started, Unix time."
        yield GaugeMetricFamily("process_start_time_seconds", text, value=self._started)
        for name, version in self._versions.items():
            info = GaugeMetricFamily(f"plumbline_{name}_info", _CHECKPOINTS[name], labels=("version",))
            info.add_metric((version,), 1)
            yield info


def _sum(name: str, text: str, registry: CollectorRegistry) -> Gauge:
    return Gauge(name, text, registry=registry, multiprocess_mode="livesum")
