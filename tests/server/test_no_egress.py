"""No outgoing connection, ever: the interpreter refuses every one, and everything works as before.

The hook sees each attempt that Python makes, name look-ups and other programs included, and makes it fail.
https://docs.python.org/3/library/audit_events.html
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server.conftest import Client
from tests.server.starting import started

# Loopback alone is let through: the doctor asks the server's own port, and Windows wakes waitress by a socket pair. To
# look up an address that is a number already, as waitress does, sends nothing.
HOOK = """
import ipaddress
import sys

def is_number(host):
    try:
        return bool(ipaddress.ip_address(host))
    except ValueError:
        return False

def refuse(event, arguments):
    outward = event in ("socket.gethostbyname", "socket.gethostbyaddr", "subprocess.Popen", "os.system", "os.exec",
                        "os.posix_spawn", "ftplib.connect", "smtplib.connect")
    if event == "socket.getaddrinfo":
        outward = arguments[0] != "localhost" and not is_number(arguments[0])
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        outward = (address[0] if isinstance(address, tuple) else address) not in ("127.0.0.1", "::1")
    if outward:
        with open(report, "a") as file:
            file.write(f"{event} {arguments}\\n")
        raise PermissionError(f"{event} {arguments}")

report = sys.argv.pop(1)
sys.addaudithook(refuse)
"""
RUN_MODULE = "import runpy; module = sys.argv.pop(1); runpy.run_module(module, run_name='__main__', alter_sys=True)"
TEXT = "Taxes rose by 4 percent in 2020, see https://example.org/taxes. Is that wise? Das ist ein deutscher Satz."
FEEDBACK = {
    "statement": "Taxes rose.",
    "label": "unsure",
    "correction": "true",
    "source_url": "https://example.org/taxes",
}


def watched(report: Path, module: str) -> tuple[str, ...]:
    """The command that runs a module with the hook."""
    return (sys.executable, "-c", HOOK + RUN_MODULE, str(report), module)


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('192.0.2.1', 9))",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 9))",
        "import urllib.request; urllib.request.urlopen('http://192.0.2.1/')",
        "import os; os.system('true')",
    ],
    ids=["connect", "look up", "datagram", "urllib", "program"],
)
def test_the_hook_would_notice(tmp_path: Path, attempt: str) -> None:
    report = tmp_path / "report"
    result = subprocess.run([sys.executable, "-c", HOOK + attempt, str(report)], capture_output=True)
    assert result.returncode != 0
    assert report.read_text()


def test_the_server_connects_to_nothing(tmp_path: Path) -> None:
    report = tmp_path / "report"
    with started(tmp_path / "data", *watched(report, "server"), "--access-log", "--log-level=debug") as client:
        assert client.check_text(TEXT)
        number = client.send("POST", "/api/v1/feedback", FEEDBACK).json()["id"]
        for path in (
            "/",
            "/docs",
            "/openapi.json",
            "/metrics",
            "/api/v1/health",
            "/api/v1/model",
            "/api/v1/fact-checks",
            "/api/v1/statistics",
            "/api/v1/feedback",
            "/api/v1/feedback/export?format=csv",
        ):
            assert client.ask("GET", path).status == 200, path
        assert client.ask("GET", "/nothing").status == 404
        assert client.post(b"{").status == 400
        assert client.raw(b"NONSENSE\r\n\r\n").status == 400
        assert client.ask("DELETE", f"/api/v1/feedback/{number}").status == 200
        assert client.ask("DELETE", "/api/v1/feedback").status == 200
    assert not report.exists(), report.read_text()


def test_the_command_line_connects_to_nothing(root: Path, tmp_path: Path) -> None:
    report = tmp_path / "report"
    command = (*watched(report, "fake_news"), "check", "--json", TEXT)
    result = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert json.loads(result.stdout)["blocks"], result.stderr
    assert not report.exists(), report.read_text()


def test_fact_checks_of_files_need_no_network(root: Path, tmp_path: Path) -> None:
    report, table = tmp_path / "report", tmp_path / "facts.csv"
    table.write_text("claim,rating,url\nThe ferry sank twice,False,https://facts.example/ferry\n", encoding="utf-8")
    own = ("--data-folder", str(tmp_path / "data"))
    for action in (("import", str(table)), ("update", "--from", str(table)), ("search", "ferry"), ("status",)):
        command = (*watched(report, "fake_news"), "factchecks", *action, *own)
        result = subprocess.run(command, cwd=root, capture_output=True, text=True)
        assert result.returncode == 0, result.stderr
    assert not report.exists(), report.read_text()


def test_the_doctor_asks_this_machine_alone(root: Path, tmp_path: Path, client: Client) -> None:
    report = tmp_path / "report"
    command = (*watched(report, "server"), "doctor", "--port", str(client.port), "--data-folder", str(tmp_path))
    result = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert "All is well." in result.stdout, result.stdout + result.stderr
    assert not report.exists(), report.read_text()
