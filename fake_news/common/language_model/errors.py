"""What goes wrong when a language model is asked."""

from __future__ import annotations

from fake_news.common.errors import PlumblineError


class LanguageModelError(PlumblineError):
    """A language model that cannot be asked, or that gives no usable answer."""


class NoLongerWantedError(LanguageModelError):
    """Nobody waits for the answer any more."""

    def __init__(self) -> None:
        super().__init__("Nobody waits for the language model's answer any more.")
