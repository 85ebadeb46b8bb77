"""A language model's opinion on one statement, given the rulings that were found for it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus
from threading import BoundedSemaphore
from typing import Any

from fake_news.common.language_model.client import SECONDS, LanguageModel, answers
from fake_news.common.language_model.endpoint import LanguageModelError, remote_notice
from fake_news.detection.answer import statement_list
from fake_news.detection.factchecks.language_model_judge.policy import Policy
from fake_news.detection.factchecks.language_model_judge.question import (
    MOST_RULINGS,
    NearRuling,
    Question,
    may_ask,
    prompt_digest,
    question_about,
)
from fake_news.detection.factchecks.language_model_judge.reply import Reply, ReplyError, parse_reply
from fake_news.detection.factchecks.language_model_judge.second_opinion import apply_reply
from fake_news.detection.verdict import Verdict
from server.errors import RequestError, overloaded
from server.judging.live_detector import LoadedDetector
from server.judging.verdict_cache import TextVerdicts, VerdictCache
from server.language_model.admission import Admission
from server.language_model.settings import JudgeSettings
from server.schemas.statement import place_of

logger = logging.getLogger(__name__)

AT_ONCE = 2
"""Questions that may wait for the model at once; a local one answers them one after the other anyway."""
_CACHE_BYTES = 2 * 1024 * 1024


class LanguageModelJudge:
    """Asks one language model about statements, and caches its answers.

    Parameters
    ----------
    settings : the model, and its policy
    judging : the detectors whose verdicts it is asked about

    Raises
    ------
    PolicyError
        If the model has not earned its policy.
    """

    def __init__(self, settings: JudgeSettings, judging: Iterable[LoadedDetector]) -> None:
        self.endpoint = settings.endpoint
        self._model = LanguageModel(settings.endpoint)
        self._admission = Admission(settings)
        for loaded in judging:
            self._admission.check(loaded.detector.fingerprint)
        self._cache = VerdictCache(_CACHE_BYTES)
        self._places = BoundedSemaphore(AT_ONCE)
        if notice := remote_notice(settings.endpoint):
            logger.warning("%s", notice)

    def state(self, loaded: LoadedDetector) -> dict[str, Any]:
        """Return the model, its address, its policy with a detector, and whether it answers."""
        is_there = answers(self.endpoint)
        try:
            policy = self._admission.policy(loaded.detector.fingerprint)
        except LanguageModelError:
            policy = Policy.EXPLAIN
        return {**self._who(), "policy": policy.value, "is_there": is_there}

    def ask(self, loaded: LoadedDetector, text: str, start: int, end: int, is_wanted: Callable[[], bool]) -> str:
        """Ask the model about a statement in a text, as JSON; offsets count UTF-16 code units.

        Raises
        ------
        RequestError
            If the text has no such statement, or the model gives no answer.
        """
        verdicts = loaded.detector.check(text)
        place = place_of(text, verdicts, start, end)
        try:
            policy = self._admission.policy(loaded.detector.fingerprint)
        except LanguageModelError:
            raise _unavailable() from None
        key = self._cache.key(f"{self._source(loaded)} {policy} {start} {end}", text)
        known = self._cache.get(key)
        if known is None:
            known = TextVerdicts(self._opinion(loaded, text, verdicts, place, policy, is_wanted), ())
            self._cache.put(key, known)
        return known.statements_json

    def _opinion(
        self,
        loaded: LoadedDetector,
        text: str,
        verdicts: Sequence[Verdict],
        place: int,
        policy: Policy,
        is_wanted: Callable[[], bool],
    ) -> str:
        verdict = verdicts[place]
        statement = text[verdict.start : verdict.end]
        candidates = loaded.detector.near_rulings(statement, MOST_RULINGS) if may_ask(verdict) else ()
        explanation = ""
        if candidates:
            reading = self._reading(question_about(text, verdicts, place, candidates), is_wanted)
            verdict = apply_reply(policy, verdict, statement, candidates, reading.relations)
            explanation = reading.explanation
        answer = {
            "judge": {**self._who(), "policy": policy.value},
            "explanation": explanation,
            "readings": _readings(candidates, reading) if candidates else [],
            "is_changed": verdict != verdicts[place],
            "statement": statement_list(text, [verdict])[0],
        }
        return json.dumps(answer, separators=(",", ":")) + "\n"

    def _reading(self, question: Question, is_wanted: Callable[[], bool]) -> Reply:
        if not self._places.acquire(blocking=False):
            raise overloaded()
        try:
            written = self._model.ask(question.messages(), question.schema(), seconds=SECONDS, is_wanted=is_wanted)
            return parse_reply(written, question)
        except (LanguageModelError, ReplyError) as error:
            # neither error holds text of the page or of the model
            logger.info("The language model gave no answer (%s).", type(error).__name__)
            raise _unavailable() from None
        finally:
            self._places.release()

    def _who(self) -> dict[str, Any]:
        return {
            "model": self.endpoint.model,
            "address": self.endpoint.origin,
            "is_here": self.endpoint.is_loopback,
        }

    def _source(self, loaded: LoadedDetector) -> str:
        return f"{self.endpoint.address} {self.endpoint.model} {prompt_digest()} {loaded.source}"


def _readings(candidates: Sequence[NearRuling], reading: Reply) -> list[dict[str, str]]:
    return [
        {"url": one.evidence.url, "title": one.claim, "relation": answered.value}
        for one, answered in zip(candidates, reading.relations, strict=True)
    ]


def _unavailable() -> RequestError:
    """Make an error without details of what the model's server said, which could quote the page."""
    return RequestError(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "judge-unavailable",
        "The language model gave no usable answer.",
        "The verdict stands without it. `python -m server doctor` with the same options says more.",
    )
