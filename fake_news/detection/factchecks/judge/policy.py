"""Policies: what a language model may do to a verdict, and the measured records that earn each policy."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from fake_news.common.errors import PlumblineError

RECORDS_FOLDER = "judges"
"""Where they lie in the folder of a reader's own data."""
FEWEST_SENTENCES = 500
"""On which a policy is earned; fewer show whether it works at all."""
LEAST_ANSWERED = 0.95
"""Share of the questions that got a usable answer."""
_FORMAT = 1


class Policy(StrEnum):
    """What a language model may do with a verdict.

    ``EXPLAIN``: its sentence is shown and nothing changes. ``VETO``: a link that it disputes falls to related.
    ``DECIDE``: it may also link another of the rulings that were found.
    """

    EXPLAIN = "explain"
    VETO = "veto"
    DECIDE = "decide"


@dataclass(frozen=True)
class Change:
    """How a share moves when the model reads too, on the same sentences, with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class PolicyEffect:
    """What a policy does to the verdicts of a test: to those that are right, and to rulings wrongly carried over."""

    recall: Change
    wrong: Change


@dataclass(frozen=True)
class Record:
    """One evaluation of one model.

    Attributes
    ----------
    model, digest, prompt : its name, its weights, and the digest of how it was asked
    checkpoint : fingerprint of the detector that it was measured beside
    sentences : how many
    answered : share of the questions that got a usable answer
    seconds : for an answer, the mean
    policies : by name
    """

    model: str
    digest: str | None
    prompt: str
    checkpoint: str
    sentences: int
    answered: float
    seconds: float
    policies: dict[str, PolicyEffect]

    def refusal(self, policy: Policy) -> str:
        """Why a policy is not earned; empty if it is.

        Wrong carry-overs must not rise, and recall must. A veto can add nothing: there wrong carry-overs must fall, and
        recall must not.
        """
        if policy is Policy.EXPLAIN:
            return ""
        if self.digest is None:
            return "its server does not tell which weights it uses"
        if self.sentences < FEWEST_SENTENCES:
            return f"it was measured on {self.sentences} sentences, fewer than {FEWEST_SENTENCES}"
        if self.answered < LEAST_ANSWERED:
            return f"it gave a usable answer to {self.answered:.0%} of the questions"
        measured = self.policies.get(policy.value)
        if measured is None:
            return "that was not measured"
        if policy is Policy.DECIDE:
            if measured.wrong.value > 0:
                return f"wrong carry-overs rise by {measured.wrong.value:.4f}"
            return "" if measured.recall.low > 0 else "recall does not rise beyond chance"
        if measured.recall.value < 0:
            return f"recall falls by {-measured.recall.value:.4f}"
        return "" if measured.wrong.high < 0 else "wrong carry-overs do not fall beyond chance"

    def write(self, folder: Path) -> Path:
        """Keep it in a folder, in place of an earlier one of the same model, prompt and checkpoint."""
        path = folder / f"{_name(self.model, self.digest, self.prompt, self.checkpoint)}.json"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.write_text(json.dumps({"format": _FORMAT, **asdict(self)}, indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            raise PlumblineError(
                f"{path} cannot be written ({error.strerror}).", "Make the folder writable."
            ) from error
        return path


def read_record(folder: Path, model: str, digest: str | None, prompt: str, checkpoint: str) -> Record | None:
    """The record of just this model, asked in just this way beside just this checkpoint; ``None`` if there is none.

    Raises
    ------
    PlumblineError
        If there is one that cannot be read.
    """
    path = folder / f"{_name(model, digest, prompt, checkpoint)}.json"
    if not path.is_file():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content.pop("format") != _FORMAT:
            raise ValueError("another format")
        policies = {Policy(name).value: _measured(one) for name, one in content.pop("policies").items()}
        record = Record(policies=policies, **content)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise PlumblineError(f"{path} is no record of this version.", "Measure again, and remove it.") from error
    same = (record.model, record.digest, record.prompt, record.checkpoint) == (model, digest, prompt, checkpoint)
    return record if same else None


def _measured(content: dict[str, Any]) -> PolicyEffect:
    return PolicyEffect(Change(**content["recall"]), Change(**content["wrong"]))


def _name(model: str, digest: str | None, prompt: str, checkpoint: str) -> str:
    return hashlib.sha256(json.dumps([model, digest, prompt, checkpoint]).encode()).hexdigest()[:24]
