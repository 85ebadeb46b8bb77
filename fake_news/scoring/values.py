"""Values of columns in formats that have fewer kinds of them."""

from __future__ import annotations

import json
import math
from typing import Any


def as_text(value: Any) -> str | None:
    """A value as a field of text; lists and objects as JSON."""
    value = known(value)
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict | bool) else str(value)


def known(value: Any) -> Any:
    """The value; ``None`` for not-a-number."""
    return None if isinstance(value, float) and math.isnan(value) else value
