"""Where a reader's own data are kept: feedback, counts, imported fact-checks."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

VARIABLE = "PLUMBLINE_HOME"


def default_data_folder() -> Path:
    """The folder that PLUMBLINE_HOME names, or the one that this system provides for a program's data."""
    named = os.environ.get(VARIABLE)
    return Path(named).expanduser() if named else user_data_path("plumbline", appauthor=False)
