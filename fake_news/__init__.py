"""Plumbline's engine: judges the statements of a text and says why."""

from __future__ import annotations

__version__ = "0.1.0"
