"""Plumbline's local server: the engine behind HTTP, for the programs of the machine it runs on."""

from __future__ import annotations

__version__ = "0.1.0"
