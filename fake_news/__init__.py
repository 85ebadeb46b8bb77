"""Plumbline's engine: judges the statements of a text and says why."""
