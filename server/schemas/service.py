"""What every route may answer, and what the server says about itself."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ErrorContent(_Answer):
    """What happened and what to do."""

    code: str = Field(pattern="^[a-z]+(-[a-z]+)*$", description="Stable, for programs.")
    message: str = Field(min_length=1)
    hint: str = Field(min_length=1)


class ErrorAnswer(_Answer):
    """The one shape of every error."""

    error: ErrorContent


class HealthAnswer(_Answer):
    """That a Plumbline is here, and which."""

    name: Literal["plumbline"]
    version: str
    model: str = Field(description="Version of the checkpoint in use.")
    ready: bool


class ModelCard(BaseModel):
    """What the checkpoint is, how good it is, and where it fails."""

    model_config = ConfigDict(extra="allow")

    name: str
    version: str
