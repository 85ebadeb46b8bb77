"""``python -m server token``: give a user or a group a token, list who has one, take it back."""

from __future__ import annotations

import argparse
import os
import re
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

from fake_news.common.errors import PlumblineError
from fake_news.common.paths import VARIABLE, default_data_folder
from fake_news.database.storage import DATABASE_URL, Storage
from server.access.users import REFRESH_SECONDS, digest

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}", re.ASCII)
_BYTES = 32


def run(arguments: Sequence[str]) -> int:
    """Do what the command line says and return the exit status."""
    options = _parser().parse_args(arguments)
    storage = Storage(options.data_folder, os.environ.get(DATABASE_URL) or None)
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
        one.add_argument(
            "--data-folder",
            type=Path,
            default=default_data_folder(),
            help=f"the server's ({VARIABLE} names it too; default: %(default)s)",
        )
    return parser


def _add(storage: Storage, options: argparse.Namespace) -> int:
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


def _list(storage: Storage, _: argparse.Namespace) -> int:
    database = storage.database()
    from fake_news.database.database import all_tokens

    for token in all_tokens(database):
        sys.stdout.write(f"{token.created}  {token.name}\n")
    return 0


def _revoke(storage: Storage, options: argparse.Namespace) -> int:
    database = storage.database()
    from fake_news.database.database import delete_token

    if not delete_token(database, options.name):
        raise PlumblineError(f"{options.name} has no token.", "`python -m server token list` says who has one.")
    sys.stdout.write(f"{options.name} has no token any more.\n")
    return 0
