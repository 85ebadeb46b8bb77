"""Reading settings from TOML: checked against a model, with errors that name the file, the key and what is allowed."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, Strict, TypeAdapter, ValidationError

from fake_news.common.errors import PlumblineError

STRICT = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)
"""How a table is checked; a dataclass has it as ``__pydantic_config__``."""

Number = Annotated[float, Strict()]
Count = Annotated[int, Strict(), Field(ge=1)]
Positive = Annotated[float, Strict(), Field(gt=0)]
Share = Annotated[float, Strict(), Field(gt=0, lt=1)]

_MOST_SAID = 3

Model = TypeVar("Model")


class Settings(BaseModel):
    """A table of settings."""

    model_config = STRICT


def read_settings(
    path: Path,
    model: type[Model],
    *,
    option: str = "",
    example: str = "",
    error: type[PlumblineError] = PlumblineError,
) -> Model:
    """Read a TOML file.

    Parameters
    ----------
    model : what the file holds, a Pydantic model or a dataclass
    option : how another file is named, such as ``--config``
    example : a file to compare with, such as ``config/detector.toml``
    error : what to raise

    Raises
    ------
    PlumblineError
        Or ``error``: if the file is missing or not TOML in UTF-8, lacks a setting, or has one that is unknown or not
        allowed.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as failure:
        hint = f"Name another with {option}." if option else ""
        raise error(f"{path} cannot be read ({failure.strerror}).", hint) from failure
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as failure:
        raise error(f"{path} is not TOML: {failure}.", "Correct the file.") from failure
    return settings_of(tables, model, where=str(path), example=example, error=error)


def settings_of(
    tables: Mapping[str, Any],
    model: type[Model],
    *,
    where: str,
    example: str = "",
    error: type[PlumblineError] = PlumblineError,
) -> Model:
    """Check settings that were read already, from ``where``; see :func:`read_settings`."""
    try:
        return TypeAdapter(model).validate_python(tables)
    except ValidationError as failure:
        faults = [_fault(one, model) for one in failure.errors(include_url=False)]
        faults.sort(key=lambda fault: "is unknown" not in fault)  # a misspelled name explains a missing one
        more = f"; and {len(faults) - _MOST_SAID} more" if len(faults) > _MOST_SAID else ""
        hint = f"Compare with {example}." if example else "Correct it."
        raise error(f"{where}: {'; '.join(faults[:_MOST_SAID])}{more}.", hint) from failure


def _fault(fault: Any, model: Any) -> str:
    key = ".".join(map(str, fault["loc"])) or "the file"
    if fault["type"] == "missing":
        return f"{key} is missing"
    if fault["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        known = _names(model, fault["loc"][:-1])
        return f"{key} is unknown" + (f" (known are {', '.join(known)})" if known else "")
    message = str(fault["msg"]).removeprefix("Value error, ").removeprefix("Input ")
    value = fault["input"]
    if fault["type"] in ("dataclass_type", "model_type"):
        return f"{key} is {value!r}, and should be a table"
    if isinstance(value, Mapping) or fault["type"] == "value_error":
        return f"{key}: {message}"
    return f"{key} is {value!r}, and {message}"


def _names(model: Any, table: Sequence[int | str]) -> list[str]:
    """List the settings that a table may have."""
    for part in table:
        model = get_type_hints(model).get(str(part)) if isinstance(model, type) else None
    if dataclasses.is_dataclass(model):
        return [field.name for field in dataclasses.fields(model)]
    fields = getattr(model, "model_fields", {})
    return [field.alias or name for name, field in fields.items()]
