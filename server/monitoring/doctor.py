"""``python -m server doctor``: checks everything that a working Plumbline needs, and says how to repair it."""

from __future__ import annotations

import argparse
import http.client
import json
import logging
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fake_news.common.errors import PlumblineError
from fake_news.common.installation import as_called
from fake_news.common.language_model.client import LanguageModel
from fake_news.common.language_model.endpoint import Endpoint, remote_notice
from fake_news.database.lazy_database import LazyDatabase
from fake_news.detection.detector import Detector
from fake_news.detection.factchecks.language_model_judge.question import NearRuling, Question
from fake_news.detection.factchecks.language_model_judge.reply import parse_reply
from fake_news.detection.verdict import Evidence, Label, Relation
from server.access.security import CHROME_EXTENSION_ID, is_loopback
from server.configuration import Configuration, from_options
from server.http.listener import open_socket
from server.judging.live_detector import LiveDetector
from server.language_model.admission import Admission
from server.language_model.settings import JudgeSettings

_SENTENCE = "Unemployment in the county fell by 4 percent in 2019."
_SECONDS = 5


@dataclass(frozen=True)
class Finding:
    """The result of one check."""

    what: str
    text: str
    is_fine: bool = True


def examine(options: argparse.Namespace) -> int:
    """Print the results of all checks; the exit status is 0 if all is well."""
    logging.disable(logging.CRITICAL)  # printed below instead
    fine = True
    for finding in _findings(options):
        fine &= finding.is_fine
        sys.stdout.write(f"{'ok ' if finding.is_fine else 'BAD'}  {finding.what}: {finding.text}\n")
    sys.stdout.write("All is well.\n" if fine else "What is marked BAD keeps Plumbline from working.\n")
    return 0 if fine else 1


def _findings(options: argparse.Namespace) -> Iterator[Finding]:
    try:
        configuration = from_options(options)
    except PlumblineError as error:
        yield Finding("settings", str(error), is_fine=False)
        return
    yield from _check("checkpoint", lambda: _checkpoint(configuration))
    if (shadow := configuration.shadow) is not None:
        yield from _check("shadow", lambda: f"{Detector.load(shadow).version} is complete.")
    if (challenger := configuration.challenger) is not None:
        yield from _check("challenger", lambda: f"{Detector.load(challenger).version} is complete.")
    if (judge := configuration.judge) is not None:
        yield from _check("judge", lambda: _judge(judge, configuration))
    yield from _check("storage", lambda: _storage(configuration))
    yield from _port(options.host, options.port, configuration)


def _check(what: str, look: Callable[[], str]) -> Iterator[Finding]:
    try:
        yield Finding(what, look())
    except PlumblineError as error:
        yield Finding(what, str(error), is_fine=False)


def _checkpoint(configuration: Configuration) -> str:
    detector: Detector = LiveDetector(configuration.checkpoint).current
    [verdict] = detector.check(_SENTENCE)
    return f"{detector.version} is complete and calls a test sentence {verdict.label.value}."


def _judge(judge: JudgeSettings, configuration: Configuration) -> str:
    detector: Detector = LiveDetector(configuration.checkpoint).current
    Admission(judge).check(detector.fingerprint)
    seconds = _seconds_of_an_answer(judge.endpoint)
    notice = remote_notice(judge.endpoint)
    does = f"{judge.endpoint.model} at {judge.endpoint.origin} answered in {seconds:.1f} s and may {judge.policy}."
    return f"{does} {notice}".strip()


def _seconds_of_an_answer(endpoint: Endpoint) -> float:
    """Ask a language model a question whose answer does not matter, and return how many seconds it took.

    Raises
    ------
    PlumblineError
        If there is no usable answer.
    """
    ruling = Evidence(
        Relation.RELATED, "A Paper", "False", Label.FALSE, "", "2021-03-04", "", 0.5, claim="The bridge fell in 2019."
    )
    question = Question("The bridge did not fall in 2019.", "", "", (NearRuling(ruling),))
    began = time.monotonic()
    parse_reply(LanguageModel(endpoint).ask(question.messages(), question.schema()), question)
    return time.monotonic() - began


def _storage(configuration: Configuration) -> str:
    from fake_news.database.opening import try_writing

    storage = LazyDatabase(configuration.data_folder, configuration.database_url)
    try:
        database = storage.database()
        count = database.feedback_count()
        try_writing(database)
    finally:
        storage.close()
    where = "PostgreSQL" if configuration.database_url else configuration.data_folder
    aside = sorted(configuration.data_folder.glob("*.damaged-*")) if not configuration.database_url else []
    damaged = f" A damaged database lies beside it: {aside[-1].name}." if aside else ""
    return f"{where} opens, can be written and holds feedback on {count} statements.{damaged}"


def _port(host: str, port: int, configuration: Configuration) -> Iterator[Finding]:
    try:
        open_socket(host, port).close()
    except PlumblineError as error:
        if not is_loopback(host):
            yield Finding("port", str(error), is_fine=False)
            return
    else:
        start = as_called("python -m server")
        yield Finding("port", f"{port} of {host} is free; no server runs there. Start one: {start}")
        return
    token = configuration.access.token
    try:
        health = _ask(host, port, {}, token)
    except (OSError, http.client.HTTPException, ValueError):
        health = {}
    if health.get("name") != "plumbline":
        yield Finding(
            "port", f"{port} of {host} is taken by another program. Stop it, or start with --port.", is_fine=False
        )
        return
    yield Finding("port", f"{port} of {host} answers: Plumbline {health['version']}, model {health['model']}.")
    yield _browser(host, port, token)


def _browser(host: str, port: int, token: str | None) -> Finding:
    """Check that the extension's requests pass, and a web page's do not."""
    try:
        extension = _ask(host, port, {"Origin": f"chrome-extension://{CHROME_EXTENSION_ID}"}, token)
        page = _ask(host, port, {"Origin": "https://page.example"}, token)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Finding("browser", f"The server does not answer as a Plumbline does ({error}).", is_fine=False)
    if extension.get("name") != "plumbline":
        return Finding("browser", "The extension's requests are refused. Update Plumbline and it.", is_fine=False)
    if "error" not in page:
        return Finding("browser", "Web pages may ask this server: it is not Plumbline's own. Stop it.", is_fine=False)
    proxies = sorted(name for name in os.environ if name.lower() in ("http_proxy", "all_proxy"))
    note = f" ({', '.join(proxies)} is set: let 127.0.0.1 bypass the proxy in the browser.)" if proxies else ""
    return Finding("browser", f"The extension may ask, web pages may not.{note}")


def _ask(host: str, port: int, headers: dict[str, str], token: str | None) -> dict[str, str]:
    connection = http.client.HTTPConnection(host, port, timeout=_SECONDS)
    try:
        authorization = {"Authorization": f"Bearer {token}"} if token else {}
        connection.request("GET", "/api/v1/health", headers={**headers, **authorization})
        answer = json.loads(connection.getresponse().read())
        return answer if isinstance(answer, dict) else {}
    finally:
        connection.close()
