"""Shadow deployment: a second checkpoint judges what the champion has answered, and only their agreement is counted.

It works in its own thread, while no request is being answered, on texts from a bounded queue in memory; texts that do
not fit are dropped and counted. No text is stored or logged.
"""

from __future__ import annotations

import logging
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Condition, Thread

from fake_news.database.records import Agreement
from fake_news.database.verdict_counts import VerdictCounts
from fake_news.detection.detector import Detector
from fake_news.detection.verdict import Label, Verdict
from server.monitoring.metrics import Metrics

logger = logging.getLogger(__name__)

MOST_WAITING_CHARACTERS = 1_000_000
"""Enough for several dozen pages."""

_TEN_THOUSANDTHS = 10_000


@dataclass(frozen=True, slots=True)
class JudgedText:
    """A text as the champion judged it, and the processor time that took."""

    champion: Detector
    text: str
    verdicts: Sequence[Verdict]
    seconds: float


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of what the shadow has done since the server started.

    Attributes
    ----------
    statements : that both found at the same place, so that they could be compared
    agreeing : those that got the same label
    unaligned : statements that only one of the two found, as they split the text differently
    dropped, failed : texts that did not fit, and texts that the shadow failed on
    champion_seconds, shadow_seconds : processor time of either, on the texts that the shadow read
    """

    statements: int = 0
    agreeing: int = 0
    unaligned: int = 0
    dropped: int = 0
    failed: int = 0
    champion_seconds: float = 0.0
    shadow_seconds: float = 0.0


class Shadow:
    """Compares a checkpoint with the champion on what the champion answers.

    Parameters
    ----------
    detector : the shadow's detector
    statistics : counts agreement
    metrics : counts work
    """

    def __init__(self, detector: Detector, statistics: VerdictCounts, metrics: Metrics) -> None:
        self.detector = detector
        self._metrics = metrics
        self._statistics = statistics
        self._changed = Condition()
        self._waiting: deque[JudgedText] = deque()
        self._characters = 0
        self._answering = 0
        self._tally = Tally()
        self._is_reported = False

    def start(self) -> None:
        """Start the thread."""
        Thread(target=self._run, name="shadow", daemon=True).start()

    @property
    def tally(self) -> Tally:
        """What the shadow has done so far."""
        with self._changed:
            return self._tally

    @contextmanager
    def stepping_aside(self) -> Iterator[None]:
        """Keep the shadow from starting a text while a request is answered."""
        with self._changed:
            self._answering += 1
        try:
            yield
        finally:
            with self._changed:
                self._answering -= 1
                self._changed.notify_all()

    def offer(self, judged_texts: Iterable[JudgedText]) -> None:
        """Queue what the champion judged; never blocks."""
        with self._changed:
            for judged_text in judged_texts:
                if self._characters + len(judged_text.text) > MOST_WAITING_CHARACTERS:
                    self._count(dropped=1)
                else:
                    self._waiting.append(judged_text)
                    self._characters += len(judged_text.text)
            self._changed.notify_all()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting and not self._answering)
                judged_text = self._waiting.popleft()
                self._characters -= len(judged_text.text)
            try:
                self._compare(judged_text)
            except Exception as error:  # noqa: BLE001  # a fault of the shadow must not affect the champion
                with self._changed:
                    self._count(failed=1)
                if not self._is_reported:
                    self._is_reported = True
                    logger.error("The shadow %s failed on a text (%s).", self.detector.version, type(error).__name__)

    def _compare(self, judged_text: JudgedText) -> None:
        began = time.thread_time()
        verdicts = self.detector.check(judged_text.text)
        seconds = time.thread_time() - began
        pairs, unaligned = _pairs(judged_text.verdicts, verdicts)
        self._statistics.count_agreement(
            judged_text.champion.fingerprint, self.detector.fingerprint, _agreements(pairs)
        )
        with self._changed:
            self._count(
                statements=len(pairs),
                agreeing=sum(mine.label is theirs.label for mine, theirs in pairs),
                unaligned=unaligned,
                champion_seconds=judged_text.seconds,
                shadow_seconds=seconds,
            )

    def _count(self, **more: float) -> None:
        self._metrics.count_shadow(more)
        self._tally = replace(self._tally, **{name: getattr(self._tally, name) + n for name, n in more.items()})


def _pairs(champion: Sequence[Verdict], shadow: Sequence[Verdict]) -> tuple[list[tuple[Verdict, Verdict]], int]:
    """Pair verdicts on the same part of the text, and count those without a counterpart."""
    theirs = {(verdict.start, verdict.end): verdict for verdict in shadow}
    pairs = [(mine, theirs[place]) for mine in champion if (place := (mine.start, mine.end)) in theirs]
    return pairs, len(champion) + len(shadow) - 2 * len(pairs)


def _agreements(pairs: Iterable[tuple[Verdict, Verdict]]) -> list[Agreement]:
    counts = Counter[tuple[Label, Label]]()
    compared = Counter[tuple[Label, Label]]()
    differences = Counter[tuple[Label, Label]]()
    for mine, theirs in pairs:
        labels = (mine.label, theirs.label)
        counts[labels] += 1
        if mine.probability is not None and theirs.probability is not None:
            compared[labels] += 1
            differences[labels] += round(_TEN_THOUSANDTHS * abs(mine.probability - theirs.probability))
    return [Agreement(*labels, n, compared[labels], differences[labels]) for labels, n in counts.items()]


def mean_difference(agreements: Sequence[Agreement]) -> float | None:
    """Mean absolute difference of the two probabilities, where both gave one."""
    compared = sum(one.compared for one in agreements)
    return sum(one.difference for one in agreements) / compared / _TEN_THOUSANDTHS if compared else None
