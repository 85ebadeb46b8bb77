"""Optional packages: all that an action lacks is said at once, before it begins."""

from __future__ import annotations

import importlib.util

from fake_news.common.errors import PlumblineError
from fake_news.common.installation import how_to_install


def require_packages(what: str, *packages: str) -> None:
    """Refuse to begin without packages.

    Raises
    ------
    PlumblineError
        Naming all that are missing, and the one command that installs them.
    """
    if missing := [package for package in dict.fromkeys(packages) if not _is_there(package)]:
        raise PlumblineError(
            f"{what} needs {' and '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not installed.",
            f"Install what it needs: {how_to_install(*missing)}",
        )


def _is_there(package: str) -> bool:
    try:
        return importlib.util.find_spec(package) is not None
    except ValueError:  # what `sys.modules` says is not there
        return False
