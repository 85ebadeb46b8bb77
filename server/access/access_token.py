"""The access token that a server demands once other machines can reach it.

Jupyter put it into the URL, from where it leaked into logs and Referer headers (CVE-2026-86049); here it is sent in the
Authorization header only. https://datatracker.ietf.org/doc/html/rfc6750
"""

from __future__ import annotations

import hmac
import os
import secrets
import sys
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from flask import g

from fake_news.common.errors import PlumblineError
from fake_news.common.files import replacing
from server.access.users import Users
from server.errors import RequestError

VARIABLE = "PLUMBLINE_TOKEN"
FILE_NAME = "token"
_BYTES = 32
FEWEST_CHARACTERS = 22
"""128 bits in base64."""
ADMINISTRATOR_ENDPOINTS = (
    "feedback.page",
    "feedback.export",
    "feedback.delete",
    "feedback.delete_all",
    "service.metrics",
)


def access_token(data_folder: Path) -> tuple[str, str]:
    """Return the token, generated at the first call, and where it is stored.

    Raises
    ------
    PlumblineError
        If it is too short, other accounts may read it, or it cannot be stored.
    """
    named = os.environ.get(VARIABLE)
    if named is not None:
        return _long_enough(named.strip(), VARIABLE), f"the environment variable {VARIABLE}"
    path = data_folder / FILE_NAME
    try:
        write_once(path, lambda: secrets.token_urlsafe(_BYTES))
        if sys.platform != "win32" and path.stat().st_mode & 0o077:
            raise PlumblineError(f"Other accounts may read the access token in {path}.", f"Run: chmod 600 {path}")
        return _long_enough(path.read_text(encoding="ascii").strip(), str(path)), str(path)
    except (OSError, UnicodeDecodeError) as error:
        raise PlumblineError(
            f"There is no access token: {path} cannot be used ({type(error).__name__}).",
            f"Make the folder writable, choose another with --data-folder, or set {VARIABLE}.",
        ) from None


def check_token(authorization: str | None, token: str, users: Users | None = None) -> str | None:
    """Refuse a request without a valid token; return the user's name where it is a user's token.

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
            "Send the header Authorization: Bearer and the token; ask the server's administrator for it.",
            {"WWW-Authenticate": "Bearer"},
        )
    return name


def holder(authorization: str | None, token: str, users: Users | None) -> tuple[bool, str | None]:
    """Return whether a request has a valid token, and the user's name where it is a user's token."""
    scheme, _, given = (authorization or "").partition(" ")
    # compare_digest takes the same time however much of a token is right
    right = hmac.compare_digest(given.strip().encode("utf-8", "replace"), token.encode())
    is_bearer = scheme.lower() == "bearer"
    if is_bearer and right:
        return True, None
    # looked up by its digest: the time of the look-up reveals nothing about a token
    name = users.name(given.strip()) if users and is_bearer and len(given) >= FEWEST_CHARACTERS else None
    return name is not None, name


def asking_user() -> str | None:
    """Return the user whose token the request has; ``None`` for the administrator's token, or where none is needed."""
    user: str | None = g.user
    return user


def check_right(endpoint: str | None, user: str | None) -> None:
    """Refuse to users what only the administrator may see: other people's feedback, and the metrics.

    Raises
    ------
    RequestError
        With 403 ``not-for-users``.
    """
    if user is not None and endpoint in ADMINISTRATOR_ENDPOINTS:
        raise RequestError(
            HTTPStatus.FORBIDDEN,
            "not-for-users",
            "This token has text judged and gives feedback; it neither reads nor deletes what others gave.",
            "The administrator's token is needed.",
        )


def _long_enough(token: str, place: str) -> str:
    if len(token) < FEWEST_CHARACTERS or not token.isascii() or not token.isprintable() or " " in token:
        raise PlumblineError(
            f"The access token in {place} is not valid: it needs at least {FEWEST_CHARACTERS} characters, no spaces.",
            'Make one with: python -c "import secrets; print(secrets.token_urlsafe(32))"',
        )
    return token


def write_once(path: Path, draw: Callable[[], str]) -> None:
    """Write what ``draw`` returns to a private file, unless it exists; the file appears complete.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        return
    with replacing(path) as draft:
        draft.touch(mode=0o600, exist_ok=False)
        draft.write_text(draw() + "\n", encoding="ascii")
