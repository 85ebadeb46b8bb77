"""Reading a TOML file of settings, with errors that say what to do."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from fake_news.common.errors import PlumblineError


def read_toml(path: Path, elsewhere: str, error: type[PlumblineError] = PlumblineError) -> dict[str, Any]:
    """The tables of a file.

    Parameters
    ----------
    elsewhere : what to do where it cannot be read, such as naming another

    Raises
    ------
    PlumblineError
        Or the kind named: if the file is missing or not TOML in UTF-8.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as failure:
        raise error(f"{path} cannot be read ({failure.strerror}).", elsewhere) from failure
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as failure:
        raise error(f"{path} is not TOML: {failure}.", "Mend the file.") from failure
