"""Set Plumbline up and start it: python3 scripts/start.py [arguments for the server]

Makes .venv and installs requirements.txt the first time; after that it only starts the server.
"""

import sys

from python_version import require_python

require_python()

import argparse  # noqa: E402  (from here on the syntax and the library of today's Python)
import http.client  # noqa: E402
import json  # noqa: E402
import signal  # noqa: E402
import subprocess  # noqa: E402
from io import TextIOWrapper  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import cast  # noqa: E402

from environment import ROOT, Environment, SetupError  # noqa: E402

DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 8642
ANNOUNCEMENT = "Plumbline is listening on "
STEPS = f"""
To load the extension in Chrome, Chromium or Edge:
  1. Open chrome://extensions and switch on "Developer mode".
  2. Click "Load unpacked" and choose the folder {ROOT}
  3. Select a sentence on any page: its verdict appears beside it.

To load it in Firefox:
  1. Open about:debugging#/runtime/this-firefox
  2. Click "Load Temporary Add-on…" and choose {ROOT / "manifest.json"}
  3. Select a sentence on any page: its verdict appears beside it.
"""


def who_listens(host: str, port: int) -> str | None:
    """Find out what answers at an address: None for nothing, else words for the person at the terminal."""
    connection = http.client.HTTPConnection(host, port, timeout=3)
    try:
        connection.connect()
    except (OSError, ValueError, OverflowError):  # nothing there, or no such address: the server's message is better
        return None
    try:
        connection.request("GET", "/api/v1/health")
        health = json.loads(connection.getresponse().read())
        if health["name"] == "plumbline":
            return f"Plumbline is running already on port {port} of {host} (model {health['model']})."
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError):
        pass  # whatever it is, it is not Plumbline
    finally:
        connection.close()
    return (
        f"Port {port} is taken by another program: stop that, or choose another port with --port "
        "and give it to the extension in its options."
    )


def serve(environment: Environment, arguments: list[str]) -> int:
    """Run the server until it ends; once it listens, say how the extension is loaded."""
    command: list[str | Path] = [environment.python, "-m", "server", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8") as server:

        def stop(*_: object) -> None:
            if sys.platform != "win32":  # there the console tells the server by itself, and terminate() would be a kill
                server.terminate()

        signal.signal(signal.SIGINT, stop)
        signal.signal(signal.SIGTERM, stop)
        assert server.stdout is not None  # a pipe was asked for
        for line in server.stdout:
            print(line, end="")
            if line.startswith(ANNOUNCEMENT):
                print(STEPS)
    return server.returncode


def main(arguments: list[str]) -> int:
    """Set up, start, and return the exit status."""
    parser = argparse.ArgumentParser(
        prog="start.py",
        description="Set Plumbline up and start it.",
        epilog="Every other argument goes to `python -m server` (--checkpoint, --allow-origin, --log-level).",
        allow_abbrev=False,
    )
    parser.add_argument("--host", default=DEFAULT_HOST, help="default: %(default)s")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="default: %(default)s")
    address, _ = parser.parse_known_args(arguments)
    taken = who_listens(address.host, address.port) if address.port else None
    if taken:
        print(taken, file=sys.stderr)
        return 1
    environment = Environment()
    try:
        environment.make_ready()
        return serve(environment, arguments)
    except (SetupError, OSError) as error:
        print(f"Plumbline cannot start: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted before everything was installed; the next start goes on from here.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    # An old Windows console lacks some characters; in a pipe our lines must stay before those of what we run.
    cast(TextIOWrapper, sys.stdout).reconfigure(errors="replace", line_buffering=True)
    sys.exit(main(sys.argv[1:]))
