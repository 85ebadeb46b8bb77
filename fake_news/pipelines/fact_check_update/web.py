"""Requests to web servers: allowed redirects, waiting for busy servers, and errors for refusals."""

from __future__ import annotations

import email.utils
import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from fake_news.common.errors import PlumblineError


class UpdateError(PlumblineError):
    """Fact-checks cannot be fetched; what was imported before is unchanged."""


def not_written(path: Path, error: OSError) -> UpdateError:
    """The error of a file or folder that cannot be written."""
    return UpdateError(
        f"{path} cannot be written ({error.strerror}).", "Free some disk space, or make its folder writable."
    )


_AGENT = "plumbline (fact-check update; asked for by a reader)"
_TIMEOUT = 30.0
_MOST_SECONDS_TO_WAIT = 120.0
_MOST_TRIES = 3
_BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
_LEFT_TO_CALLER = (HTTPStatus.NOT_MODIFIED, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
_HEAD_UNSUPPORTED = (HTTPStatus.FORBIDDEN, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED)

Pause = Callable[[float], None]


class Web:
    """Sends requests, through the proxy that the environment names, if any.

    Parameters
    ----------
    pause : sleeps so many seconds
    """

    def __init__(self, pause: Pause = time.sleep) -> None:
        self._pause = pause
        self._opener = urllib.request.build_opener(_SameHostRedirects)

    def ask(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        """Send a request; wait for a busy server as long as it asks, within limits.

        Raises
        ------
        urllib.error.HTTPError
            If the answer is 304 or 416, or HEAD is not supported: the caller handles these.
        UpdateError
            If it refuses, redirects to another host, or stays busy.
        OSError
            If it cannot be reached.
        """
        request.add_header("User-Agent", _AGENT)
        for left in reversed(range(_MOST_TRIES)):
            try:
                answer: http.client.HTTPResponse = self._opener.open(request, timeout=_TIMEOUT)
            except urllib.error.HTTPError as error:
                if error.code in _LEFT_TO_CALLER or (
                    error.code in _HEAD_UNSUPPORTED and request.get_method() == "HEAD"
                ):
                    raise
                with error:
                    seconds = _seconds_to_wait(error.headers.get("Retry-After")) if error.code in _BUSY else None
                    if seconds is None or seconds > _MOST_SECONDS_TO_WAIT or not left:
                        raise _refused(request, error, seconds) from error
                self._pause(seconds)
            else:
                return answer
        raise AssertionError  # pragma: no cover  # the last attempt returns or raises


class _SameHostRedirects(urllib.request.HTTPRedirectHandler):
    """Follows no redirect to another host, nor from https to http: the reader agreed to one address."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        before, after = urlsplit(req.full_url), urlsplit(newurl)
        is_same = _host(before.hostname) == _host(after.hostname) and (before.port == after.port or not after.port)
        if not is_same or (before.scheme == "https" and after.scheme != "https"):
            raise UpdateError(
                f"{without_query(req.full_url)} leads to {without_query(newurl)}, which was not agreed to.",
                "If that is where you want to fetch from, name it with --from.",
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def without_query(address: str) -> str:
    """An address without its query, which may be long or private."""
    return address.partition("?")[0]


def unreachable(address: str, error: Exception) -> UpdateError:
    """The error of a server that cannot be reached."""
    reason = getattr(error, "reason", None) or error
    return UpdateError(
        f"{without_query(address)} cannot be reached ({reason}).",
        "Is there a network? A proxy is taken from the environment (HTTPS_PROXY).",
    )


def _host(name: str | None) -> str:
    return (name or "").removeprefix("www.")


def _seconds_to_wait(retry_after: str | None) -> float:
    """Seconds to wait by Retry-After, a number or a date; one second without it."""
    if not retry_after:
        return 1.0
    if retry_after.isdigit():
        return float(retry_after)
    try:
        until = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return 1.0
    return max(0.0, (until - datetime.now(tz=UTC)).total_seconds())


def _refused(request: urllib.request.Request, error: urllib.error.HTTPError, seconds: float | None) -> UpdateError:
    message = f"{without_query(request.full_url)} answers {error.code} {error.reason}."
    if seconds is not None:
        return UpdateError(message, f"It asks to wait {seconds:,.0f} seconds: try again then.")
    if error.code in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return UpdateError(message, "Is the key right, and allowed to use this interface?" if _has_key(request) else "")
    if error.code in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return UpdateError(message, "It may have moved: update Plumbline, or name another address with --from.")
    return UpdateError(message, "Try again later: it continues where it stopped.")


def _has_key(request: urllib.request.Request) -> bool:
    return request.has_header("X-goog-api-key")
