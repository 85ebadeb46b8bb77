"""Run Plumbline's tests on any machine: python3 scripts/test.py [--quick] [arguments for pytest]

Makes .venv, gets the browsers and the JavaScript tools where it can, and runs the whole suite, as many tests at a time
as there are processors. --quick leaves out what needs those programs, the life cycle, and whatever else is slow.
"""

import sys

from python_version import require_python

require_python()

import os  # noqa: E402  (from here on the syntax and the library of today's Python)
import subprocess  # noqa: E402
from io import TextIOWrapper  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import cast  # noqa: E402

from environment import REQUIREMENTS, ROOT, TEST_REQUIREMENTS, Environment, SetupError  # noqa: E402
from programs import install_javascript_tools, install_programs  # noqa: E402

# Tests that share a browser, a server or a trained model stand side by side: a worker takes half of what there is, and
# one that is done takes half of what another has left.
IN_PARALLEL = ("-n", "logical", "--maxprocesses", "8", "--dist", "worksteal")
WITHOUT_XDIST = {"no:xdist", "-pno:xdist"}


def pytest_arguments(arguments: list[str]) -> list[str]:
    """Make the arguments for pytest: of two values of an option the last one counts, and so the caller's."""
    return arguments if WITHOUT_XDIST.intersection(arguments) else [*IN_PARALLEL, *arguments]


def main(arguments: list[str]) -> int:
    """Set up, run pytest, and return its exit status."""
    environment = Environment(requirements=(REQUIREMENTS, TEST_REQUIREMENTS))
    is_quick = "--quick" in arguments  # tests/conftest.py leaves out what needs more than Python
    try:
        if not is_quick:
            install_programs()
        environment.make_ready()
        if not is_quick:
            install_javascript_tools(ROOT / "tests" / "extension")
    except (SetupError, OSError) as error:
        print(f"The tests cannot run: {error}", file=sys.stderr)
        return 2
    variables = dict(os.environ)
    if variables.get("CI", "").lower() in ("1", "true"):
        variables["PLUMBLINE_REQUIRE_PROGRAMS"] = "1"  # tests/conftest.py: a test without its browser fails
    command: list[str | Path] = [environment.python, "-m", "pytest", *pytest_arguments(arguments)]
    return subprocess.run(command, cwd=ROOT, env=variables).returncode


if __name__ == "__main__":
    # An old Windows console lacks some characters; in a pipe our lines must stay before those of what we run.
    cast(TextIOWrapper, sys.stdout).reconfigure(errors="replace", line_buffering=True)
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
