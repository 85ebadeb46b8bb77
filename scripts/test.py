"""Run Plumbline's tests on any machine: python3 scripts/test.py [arguments for pytest]

Makes .venv, gets the browsers and the JavaScript tools where it can, and runs the whole suite.
"""

import sys

from python_version import require_python

require_python()

import os  # noqa: E402  (from here on the syntax and the library of today's Python)
import subprocess  # noqa: E402

from environment import REQUIREMENTS, ROOT, TEST_REQUIREMENTS, Environment, SetupError  # noqa: E402
from programs import install_javascript_tools, install_programs  # noqa: E402


def main(arguments: list[str]) -> int:
    """Set up, run pytest, and return its exit status."""
    environment = Environment(requirements=(REQUIREMENTS, TEST_REQUIREMENTS))
    try:
        install_programs()
        environment.make_ready()
        install_javascript_tools(ROOT / "tests" / "extension")
    except (SetupError, OSError) as error:
        print(f"The tests cannot run: {error}", file=sys.stderr)
        return 2
    variables = dict(os.environ)
    if variables.get("CI", "").lower() in ("1", "true"):
        variables["PLUMBLINE_REQUIRE_PROGRAMS"] = "1"  # tests/conftest.py: a test without its browser fails
    return subprocess.run([environment.python, "-m", "pytest", *arguments], cwd=ROOT, env=variables).returncode


if __name__ == "__main__":
    # An old Windows console lacks some characters; in a pipe our lines must stay before those of what we run.
    sys.stdout.reconfigure(errors="replace", line_buffering=True)
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
