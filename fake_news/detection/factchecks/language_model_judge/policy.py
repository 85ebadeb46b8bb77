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
"""The folder of records within the reader's data folder."""
FEWEST_SENTENCES = 500
"""Sentences needed to earn a policy; fewer only show whether it works at all."""
LEAST_ANSWERED = 0.95
"""Share of the questions that need a usable answer."""
_FORMAT = 1


class Policy(StrEnum):
    """What a language model may do with a verdict.

    ``EXPLAIN``: its sentence is shown and nothing changes. ``VETO``: a ruling that it disputes becomes related.
    ``DECIDE``: it may also let another of the rulings that were found decide.
    """

    EXPLAIN = "explain"
    VETO = "veto"
    DECIDE = "decide"


@dataclass(frozen=True)
class Change:
    """How a share changes with the model, on the same sentences, with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class PolicyEffect:
    """The effect of a policy on the verdicts of a test: on recall, and on rulings wrongly applied."""

    recall: Change
    wrong: Change


@dataclass(frozen=True)
class Record:
    """One evaluation of one model.

    Attributes
    ----------
    model, digest, prompt : its name, the digest of its weights, and the digest of the prompt
    checkpoint : fingerprint of the detector that it was measured with
    sentences : number of sentences
    answered : share of the questions that got a usable answer
    seconds : mean time for an answer
    policies : effects by the name of the policy
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
        """Say why a policy is not earned; empty if it is.

        Wrong carry-overs must not rise, and recall must. A veto cannot add anything: with it, wrong carry-overs must
        fall, and recall must not.
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
        """Write the record into a folder, replacing an earlier one of the same model, prompt and checkpoint."""
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
    """Read the record of this model with this prompt and this checkpoint; ``None`` if there is none.

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
        policies = {Policy(name).value: _policy_effect(one) for name, one in content.pop("policies").items()}
        record = Record(policies=policies, **content)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise PlumblineError(f"{path} is not a record of this version.", "Remove it, and measure again.") from error
    same = (record.model, record.digest, record.prompt, record.checkpoint) == (model, digest, prompt, checkpoint)
    return record if same else None


def _policy_effect(content: dict[str, Any]) -> PolicyEffect:
    return PolicyEffect(Change(**content["recall"]), Change(**content["wrong"]))


def _name(model: str, digest: str | None, prompt: str, checkpoint: str) -> str:
    return hashlib.sha256(json.dumps([model, digest, prompt, checkpoint]).encode()).hexdigest()[:24]
