"""``serve`` and ``doctor``: the local server. ``fake_news/__main__.py`` hands both on; here they are listed."""

from __future__ import annotations

import argparse
from typing import Any


def add(commands: Any) -> None:
    """Add both commands to a parser's, so that ``--help`` names them."""
    for name, does in (("serve", "start the local server"), ("doctor", "find out why the server does not work")):
        commands.add_parser(name, help=does, add_help=False).set_defaults(run=_run, words=[name])


def _run(options: argparse.Namespace) -> int:
    from fake_news.__main__ import main

    return main(options.words)
