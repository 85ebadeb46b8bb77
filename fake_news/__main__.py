"""The program `plumbline`, also called as ``python -m fake_news``: one command a word, ``serve`` among them.

The server sets what NumPy must know before it is imported; so it is started before anything else is.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from fake_news.common.installation import make_server_importable

_OF_THE_SERVER = {"serve": (), "doctor": ("doctor",)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    make_server_importable()
    if words and words[0] in _OF_THE_SERVER:
        from server.__main__ import main as serve

        return serve([*_OF_THE_SERVER[words[0]], *words[1:]])
    from fake_news.cli.command_line import main as run

    return run(words)


if __name__ == "__main__":
    raise SystemExit(main())
