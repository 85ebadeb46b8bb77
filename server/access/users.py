"""Users and groups who may ask besides the administrator, each with a token that can be revoked.

A token is 256 random bits, so that nobody can guess it from its plain SHA-256. ``python -m server token`` adds, lists
and revokes tokens.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import os
import re
import secrets
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from threading import Lock

from fake_news.common.errors import PlumblineError
from fake_news.common.paths import add_data_folder
from fake_news.database.lazy_database import DATABASE_URL, DatabaseError, LazyDatabase

logger = logging.getLogger(__name__)

REFRESH_SECONDS = 5.0
"""How long a revoked token may still be accepted; every process reads the tokens itself."""


def digest(token: str) -> str:
    """Compute the SHA-256 by which a token is stored and looked up."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


class Users:
    """Maps tokens to the names of users.

    Parameters
    ----------
    storage : LazyDatabase
        The storage with the tokens.
    now : callable
        A monotonic clock.
    """

    def __init__(self, storage: LazyDatabase, now: Callable[[], float] = time.monotonic) -> None:
        self._storage = storage
        self._now = now
        self._lock = Lock()
        self._names: Mapping[str, str] = {}
        self._next_look: float | None = None

    def name(self, token: str) -> str | None:
        """Look up the user of a token; ``None`` if it is unknown."""
        with self._lock:
            if self._next_look is None or self._now() >= self._next_look:
                self._look()
            return self._names.get(digest(token))

    def _look(self) -> None:
        """Read the tokens; while the database cannot be used, the earlier ones stay valid."""
        self._next_look = self._now() + REFRESH_SECONDS
        try:
            database = self._storage.database()
            from fake_news.database.database import all_tokens

            self._names = {token.digest: token.name for token in all_tokens(database)}
        except DatabaseError as error:
            logger.warning("Tokens of users cannot be read now: %s", error)


_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}", re.ASCII)
_BYTES = 32


def run_token_command(arguments: Sequence[str]) -> int:
    """Run ``python -m server token`` and return the exit status."""
    options = _parser().parse_args(arguments)
    storage = LazyDatabase(options.data_folder, os.environ.get(DATABASE_URL) or None)
    try:
        return int(options.run(storage, options))
    except PlumblineError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    finally:
        storage.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m server token",
        description=f"Tokens for those who share a server, in its data folder or where {DATABASE_URL} says.",
    )
    actions = parser.add_subparsers(required=True, metavar="action")
    for action, what in (
        ("add", "make a token for a user or a group, and print it: it is kept nowhere else"),
        ("list", "who has a token, and since when"),
        ("revoke", f"take a token back; no server answers it after {REFRESH_SECONDS:g} s"),
    ):
        one = actions.add_parser(action, help=what, description=what)
        one.set_defaults(run={"add": _add, "list": _list, "revoke": _revoke}[action])
        if action != "list":
            one.add_argument("name", help="of the user or the group: letters, digits and . _ @ + -")
        add_data_folder(one, "the server's")
    return parser


def _add(storage: LazyDatabase, options: argparse.Namespace) -> int:
    database = storage.database()
    from fake_news.database.database import add_token

    if not _NAME.fullmatch(options.name):
        raise PlumblineError(f"{options.name!r} is not a valid token name.", "Use letters, digits and . _ @ + - only.")
    token = secrets.token_urlsafe(_BYTES)
    if not add_token(database, options.name, digest(token)):
        raise PlumblineError(
            f"{options.name} has a token already.", f"For another one: python -m server token revoke {options.name}"
        )
    sys.stdout.write(f"{token}\n")
    return 0


def _list(storage: LazyDatabase, _: argparse.Namespace) -> int:
    database = storage.database()
    from fake_news.database.database import all_tokens

    for token in all_tokens(database):
        sys.stdout.write(f"{token.created}  {token.name}\n")
    return 0


def _revoke(storage: LazyDatabase, options: argparse.Namespace) -> int:
    database = storage.database()
    from fake_news.database.database import delete_token

    if not delete_token(database, options.name):
        raise PlumblineError(f"{options.name} has no token.", "`python -m server token list` says who has one.")
    sys.stdout.write(f"{options.name} has no token any more.\n")
    return 0
