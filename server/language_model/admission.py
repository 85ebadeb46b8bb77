"""Admission of a language model: its policy takes effect once an evaluation record of the same weights earns it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock

from fake_news.common.errors import PlumblineError
from fake_news.common.language_model.client import digest_of
from fake_news.common.language_model.endpoint import LanguageModelError
from fake_news.detection.factchecks.language_model_judge.policy import Policy, read_record
from fake_news.detection.factchecks.language_model_judge.question import prompt_digest
from server.language_model.settings import JudgeSettings

logger = logging.getLogger(__name__)

_LOOK_SECONDS = 60.0
"""Seconds after which new weights under the same name are noticed."""


class PolicyError(PlumblineError):
    """A policy that no record supports."""


class Admission:
    """Looks up which policy a language model has earned.

    Parameters
    ----------
    settings : the model, and the policy that was asked for
    now : a monotonic clock
    """

    def __init__(self, settings: JudgeSettings, now: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings
        self._now = now
        self._lock = Lock()
        self._looked: tuple[float, str] | None = None
        self._policy = Policy.EXPLAIN

    def check(self, checkpoint: str) -> None:
        """Check that the policy is earned with a checkpoint; a model that does not answer yet is checked later.

        Raises
        ------
        PolicyError
            If it is not earned.
        """
        wanted = self._settings.policy
        if wanted is Policy.EXPLAIN:
            return
        try:
            refusal = self._refusal(checkpoint)
        except LanguageModelError:
            return
        if refusal:
            endpoint = self._settings.endpoint
            raise PolicyError(
                f"--judge-policy {wanted} is not earned by {endpoint.model}: {refusal}.",
                "Measure it: python -m fake_news evaluate --only evidence "
                f"--judge {endpoint.address} --judge-model {endpoint.model}, or start with --judge-policy explain.",
            )

    def policy(self, checkpoint: str) -> Policy:
        """Look up the policy that the model has with a checkpoint, again every minute.

        Raises
        ------
        LanguageModelError
            If no server answers, so that it is unknown.
        """
        wanted = self._settings.policy
        if wanted is Policy.EXPLAIN:
            return wanted
        with self._lock:
            now = self._now()
            if self._looked is None or self._looked[1] != checkpoint or now - self._looked[0] >= _LOOK_SECONDS:
                refusal = self._refusal(checkpoint)
                self._looked = (now, checkpoint)
                self._policy = Policy.EXPLAIN if refusal else wanted
                if refusal:
                    logger.error("The language model only explains now: %s is not earned, as %s.", wanted, refusal)
            return self._policy

    def _refusal(self, checkpoint: str) -> str:
        endpoint, folder = self._settings.endpoint, self._settings.records
        digest = digest_of(endpoint)
        try:
            record = read_record(folder, endpoint.model, digest, prompt_digest(), checkpoint)
        except PlumblineError as error:
            return str(error)
        if record is None:
            return "there is no record of these weights with this prompt and this checkpoint"
        return record.refusal(self._settings.policy)
