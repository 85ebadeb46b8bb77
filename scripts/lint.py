"""Check the code: python3 scripts/lint.py [check ...]

ruff, format, mypy and imports (import-linter) look at Python, tsc at JavaScript; all of them without arguments. The
settings stand in pyproject.toml and in each jsconfig.json.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from environment import ROOT, continue_inside, find_program
from programs import install_javascript_tools

JAVASCRIPT_TOOLS = ROOT / "tests" / "extension"
JAVASCRIPT_PROJECTS = ("extension", "server/static")
_LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"


def _python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def _tsc() -> list[list[str]]:
    """Return the type check of each project; ends the program where Node.js or the compiler is missing."""
    node = find_program("node")
    if node:
        install_javascript_tools(JAVASCRIPT_TOOLS)
    compiler = JAVASCRIPT_TOOLS / "node_modules" / "typescript" / "bin" / "tsc"
    if not node or not compiler.is_file():
        raise SystemExit("tsc cannot run: install Node.js and npm (on Debian: apt install nodejs npm).")
    projects = [str(Path(project) / "jsconfig.json") for project in JAVASCRIPT_PROJECTS]
    return [[node, str(compiler), "--pretty", "false", "--project", project] for project in projects]


def _commands(check: str) -> list[list[str]]:
    """Return the command lines of a check."""
    if check == "tsc":
        return _tsc()
    return {
        "ruff": [_python("-m", "ruff", "check", ".")],
        "format": [_python("-m", "ruff", "format", "--check", ".")],
        "mypy": [_python("-m", "mypy")],
        "imports": [_python("-c", _LINT_IMPORTS)],
    }[check]


CHECKS = ("ruff", "format", "imports", "mypy", "tsc")


def main(arguments: list[str]) -> int:
    """Run the checks, all of them even if one fails, and return 1 if any did."""
    parser = argparse.ArgumentParser(prog="scripts/lint.py", description="Check the code.")
    version = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))["version"]
    parser.add_argument("--version", action="version", version=f"Plumbline {version}")
    parser.add_argument("checks", nargs="*", metavar="check", help=f"any of: {', '.join(CHECKS)} (default: all)")
    wanted = parser.parse_args(arguments).checks or list(CHECKS)
    unknown = [check for check in wanted if check not in CHECKS]
    if unknown:
        parser.error(f"unknown check {unknown[0]!r}: use any of {', '.join(CHECKS)}")
    failed = []
    for check in wanted:
        print(f"{check} …", flush=True)
        statuses = [subprocess.run(command, cwd=ROOT).returncode for command in _commands(check)]
        if any(statuses):
            failed.append(check)
    if failed:
        print(f"Complaints from: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    continue_inside()
    sys.exit(main(sys.argv[1:]))
