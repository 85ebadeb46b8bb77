"""Settings of the language model for second opinions: which one, and what it may do."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from fake_news.common.errors import PlumblineError
from fake_news.common.language_model.endpoint import Endpoint, add_endpoint_options, endpoint_from
from fake_news.detection.factchecks.language_model_judge.policy import RECORDS_FOLDER, Policy


@dataclass(frozen=True)
class JudgeSettings:
    """The settings of the language model.

    Attributes
    ----------
    endpoint : the model and its address
    policy : what it may do once it has earned that
    records : the folder of evaluation records
    """

    endpoint: Endpoint
    policy: Policy
    records: Path


def add_judge_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the language model to a parser."""
    add_endpoint_options(parser)
    parser.add_argument(
        "--judge-policy",
        choices=[policy.value for policy in Policy],
        default=Policy.EXPLAIN.value,
        help="explain (default): its sentence is shown; veto: links that it disputes fall; decide: it may add links. "
        "The last two have to be earned: python -m fake_news evaluate --only evidence --judge",
    )


def judge_settings(options: argparse.Namespace) -> JudgeSettings | None:
    """Read the settings of the language model from the options; ``None`` if they name no model.

    Raises
    ------
    PlumblineError
        If an option is invalid, or the model may not be asked.
    """
    endpoint = endpoint_from(options)
    policy = Policy(options.judge_policy)
    if endpoint is None:
        if policy is not Policy.EXPLAIN:
            raise PlumblineError("A policy needs a language model.", "Name it with --judge URL --judge-model NAME.")
        return None
    return JudgeSettings(endpoint, policy, options.data_folder / RECORDS_FOLDER)
