"""Which language model may be asked: one on this machine, or one that a person allowed by its exact origin."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from fake_news.common.key_file import read_key_file
from fake_news.common.language_model.endpoint import Endpoint
from fake_news.common.language_model.errors import LanguageModelError


def add_endpoint_options(parser: ArgumentParser) -> None:
    """The options that name a language model, the same for every command."""
    parser.add_argument(
        "--judge", metavar="URL", help="a language model for second opinions, such as http://127.0.0.1:11434/v1"
    )
    parser.add_argument("--judge-model", metavar="NAME", default="", help="what the model is called there")
    parser.add_argument(
        "--judge-key-file", type=Path, metavar="FILE", help="the key that it asks for, in a file of mode 0600"
    )
    parser.add_argument(
        "--allow-judge",
        action="append",
        default=[],
        metavar="ORIGIN",
        help="send statements to this exact origin on another machine, such as https://models.example:8443",
    )


def endpoint_from(options: Namespace) -> Endpoint | None:
    """The language model that the options name; ``None`` where they name none.

    Raises
    ------
    PlumblineError
        If they name one that cannot be, or may not be asked.
    """
    if not options.judge:
        if options.judge_model or options.judge_key_file:
            raise LanguageModelError("A language model needs its address.", "Name it with --judge URL.")
        return None
    key = read_key_file(options.judge_key_file) if options.judge_key_file else ""
    return permitted(Endpoint.of(options.judge, options.judge_model, key), options.allow_judge)


def permitted(endpoint: Endpoint, allowed: Sequence[str]) -> Endpoint:
    """The endpoint, if it may be asked.

    Raises
    ------
    LanguageModelError
        If it is on another machine that nobody allowed.
    """
    if not endpoint.is_loopback and endpoint.origin not in [origin.rstrip("/").lower() for origin in allowed]:
        raise LanguageModelError(
            f"{endpoint.origin} is not this machine: what you read would be sent there.",
            f"If you want that, say so: --allow-judge {endpoint.origin}",
        )
    return endpoint


def standing_notice(endpoint: Endpoint) -> str:
    """What is said as long as a language model on another machine is asked; empty for one on this machine."""
    if endpoint.is_loopback:
        return ""
    way = "encrypted" if endpoint.address.startswith("https:") else "NOT encrypted"
    return f"Statements that you ask about are sent to another machine, {endpoint.origin}, {way}."
