"""The access token: what a server that other machines reach demands of everyone.

Jupyter put it into the URL, from where it got into logs and Referer headers (CVE-2026-86049); here it travels in the
Authorization header alone. https://datatracker.ietf.org/doc/html/rfc6750
"""

from __future__ import annotations

import hmac
import os
import secrets
import sys
from http import HTTPStatus
from pathlib import Path

from flask import g

from fake_news.common.errors import PlumblineError
from server.access.private_file import drawn_once
from server.access.users import Users
from server.errors import RequestError

VARIABLE = "PLUMBLINE_TOKEN"
FILE_NAME = "token"
_BYTES = 32
FEWEST_CHARACTERS = 22
"""128 bits in base64."""
FOR_WHOEVER_RUNS_IT = ("feedback.page", "feedback.export", "feedback.delete", "feedback.delete_all", "service.metrics")


def access_token(data_folder: Path) -> tuple[str, str]:
    """The token, made at the first call, and where it is to be found.

    Raises
    ------
    PlumblineError
        If it is too short, other accounts may read it, or it cannot be made.
    """
    named = os.environ.get(VARIABLE)
    if named is not None:
        return _long_enough(named.strip(), VARIABLE), f"the environment variable {VARIABLE}"
    path = data_folder / FILE_NAME
    try:
        drawn_once(path, lambda: secrets.token_urlsafe(_BYTES))
        if sys.platform != "win32" and path.stat().st_mode & 0o077:
            raise PlumblineError(f"Other accounts may read the access token in {path}.", f"Run: chmod 600 {path}")
        return _long_enough(path.read_text(encoding="ascii").strip(), str(path)), str(path)
    except (OSError, UnicodeDecodeError) as error:
        raise PlumblineError(
            f"There is no access token: {path} cannot be used ({type(error).__name__}).",
            f"Make the folder writable, choose another with --data-folder, or set {VARIABLE}.",
        ) from None


def check_token(authorization: str | None, token: str, users: Users | None = None) -> str | None:
    """Refuse a request without the token, or a token of a user's; the user's name, if it is one.

    Raises
    ------
    RequestError
        With 401 ``token-required``.
    """
    is_known, name = holder(authorization, token, users)
    if not is_known:
        raise RequestError(
            HTTPStatus.UNAUTHORIZED,
            "token-required",
            "This Plumbline is shared by several machines and answers only with its access token.",
            "Send the header Authorization: Bearer and the token, which whoever runs the server has.",
            {"WWW-Authenticate": "Bearer"},
        )
    return name


def holder(authorization: str | None, token: str, users: Users | None) -> tuple[bool, str | None]:
    """Whether a request shows a token that is good, and the user's name, if it is one of a user's."""
    scheme, _, given = (authorization or "").partition(" ")
    # compare_digest takes as long for a near miss as for a far one
    right = hmac.compare_digest(given.strip().encode("utf-8", "replace"), token.encode())
    is_bearer = scheme.lower() == "bearer"
    if is_bearer and right:
        return True, None
    # by its digest, whose characters nobody chooses: how long the look-up takes tells nothing of a token
    name = users.name(given.strip()) if users and is_bearer and len(given) >= FEWEST_CHARACTERS else None
    return name is not None, name


def asking_user() -> str | None:
    """Whose token the request shows; None where it is the one of whoever runs the server, or none is needed."""
    user: str | None = g.user
    return user


def check_right(endpoint: str | None, user: str | None) -> None:
    """Refuse to a user what is for whoever runs the server: other people's feedback, and the figures.

    Raises
    ------
    RequestError
        With 403 ``not-for-users``.
    """
    if user is not None and endpoint in FOR_WHOEVER_RUNS_IT:
        raise RequestError(
            HTTPStatus.FORBIDDEN,
            "not-for-users",
            "This token has text judged and gives feedback; it neither reads nor deletes what others gave.",
            "Whoever runs the server has the token that does.",
        )


def _long_enough(token: str, place: str) -> str:
    if len(token) < FEWEST_CHARACTERS or not token.isascii() or not token.isprintable() or " " in token:
        raise PlumblineError(
            f"The access token in {place} is no good: it needs {FEWEST_CHARACTERS} characters or more, without spaces.",
            'Make one with: python -c "import secrets; print(secrets.token_urlsafe(32))"',
        )
    return token
