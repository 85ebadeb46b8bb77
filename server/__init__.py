"""Plumbline's local server: the engine behind HTTP, for the programs of the machine it runs on."""

from __future__ import annotations

import os

from fake_news import __version__ as __version__

# Before NumPy is imported: its matrix products here are small, and threads that wait for each other cost more than they
# save, under load many times more.
for _variable in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ.setdefault(_variable, "1")
