"""Asks a language model something of which the answer does not matter, to see whether it gives a usable one."""

from __future__ import annotations

import time

from fake_news.common.language_model.client import LanguageModel
from fake_news.common.language_model.endpoint import Endpoint
from fake_news.detection.factchecks.judge.near_ruling import NearRuling
from fake_news.detection.factchecks.judge.question import Question
from fake_news.detection.factchecks.judge.reply import read_reply
from fake_news.detection.verdict import Evidence, Label, Relation


def try_out(endpoint: Endpoint) -> float:
    """How many seconds an answer takes.

    Raises
    ------
    PlumblineError
        If there is none, or none that can be used.
    """
    ruling = Evidence(
        Relation.RELATED, "A Paper", "False", Label.FALSE, "", "2021-03-04", "", 0.5, claim="The bridge fell in 2019."
    )
    question = Question("The bridge did not fall in 2019.", "", "", (NearRuling(ruling),))
    began = time.monotonic()
    read_reply(LanguageModel(endpoint).ask(question.messages(), question.schema()), question)
    return time.monotonic() - began
