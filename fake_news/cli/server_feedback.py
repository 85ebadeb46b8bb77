"""The feedback in the server's own database, for the commands that learn from it."""

from __future__ import annotations

import argparse
import dataclasses
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fake_news.common.errors import PlumblineError
from fake_news.common.user_data import VARIABLE, default_data_folder


def add_feedback_sources(command: argparse.ArgumentParser) -> None:
    """Add the options that name feedback to a command."""
    command.add_argument(
        "--feedback",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="an export of feedback; may be repeated",
    )
    command.add_argument("--server-feedback", action="store_true", help="the feedback in the server's own database")
    command.add_argument(
        "--data-folder",
        type=Path,
        default=default_data_folder(),
        help=f"where the server keeps it ({VARIABLE} names it too; default: %(default)s)",
    )


def server_feedback(folder: Path) -> Iterator[dict[str, Any]]:
    """Every stored feedback as a row.

    Raises
    ------
    PlumblineError
        If no server has kept feedback in ``folder``.
    """
    from fake_news.database.sqlite import FILE_NAME
    from fake_news.database.storage import Storage
    from server.configuration import DATABASE_URL

    url = os.environ.get(DATABASE_URL) or None
    if url is None and not (folder / FILE_NAME).is_file():
        raise PlumblineError(f"No server has kept feedback in {folder}.", "Name its folder with --data-folder.")
    storage = Storage(folder, url)
    try:
        for feedback in storage.database().feedback():
            yield dataclasses.asdict(feedback)
    finally:
        storage.close()
