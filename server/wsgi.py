"""Plumbline for an organisation: ``gunicorn 'server.wsgi:create_from_environment()'``; see deploy/README.md."""

from __future__ import annotations

import atexit

from flask import Flask

from server.app import create_app
from server.configuration import from_environment
from server.service import Service


def create_from_environment() -> Flask:
    """Make the WSGI application with the settings of the environment variables.

    Raises
    ------
    PlumblineError
        If it cannot be made.
    """
    service = Service(from_environment())
    atexit.register(service.stop)
    return create_app(service)
