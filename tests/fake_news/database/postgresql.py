"""A PostgreSQL of the tests' own: in a folder that is deleted afterwards, as an account that is not root."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ACCOUNT = "postgres"  # made by Debian's package
PASSWORD = "correct-horse-42"


class PostgresqlMissingError(Exception):
    """PostgreSQL's programs are not installed, or may not be run here."""


class Postgresql:
    """A cluster that can be stopped and started again."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self._folder = folder
        self._account = ACCOUNT if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])

    @property
    def url(self) -> str:
        """Where it is, with name and password."""
        return f"postgresql://plumbline:{PASSWORD}@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        """Make the cluster; who connects must know the password."""
        password = self._folder / "password"
        password.write_text(PASSWORD, encoding="ascii")
        if self._account:
            user = pwd.getpwnam(self._account)
            for path in (self._folder, password):
                os.chown(path, user.pw_uid, user.pw_gid)
        options = ("--username=plumbline", f"--pwfile={password}", "--auth=scram-sha-256", "--encoding=UTF8")
        self._run("initdb", "--pgdata", self._cluster, *options, "--locale=C", "--no-sync")

    def start(self) -> None:
        """Start it and wait until it answers."""
        settings = f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories={self._folder}"
        log = str(self._folder / "log")
        self._run("pg_ctl", "start", "--wait", "--pgdata", self._cluster, "--log", log, "--options", settings)

    def stop(self) -> None:
        """Stop it at once, connections or not."""
        self._run("pg_ctl", "stop", "--wait", "--mode=fast", "--pgdata", self._cluster)

    @property
    def _cluster(self) -> str:
        return str(self._folder / "cluster")

    def _run(self, program: str, *arguments: str) -> None:
        # to a file: the server that pg_ctl leaves behind would hold a pipe open
        with (self._folder / "output").open("ab") as output:
            subprocess.run(
                [self._programs / program, *arguments],
                cwd=self._folder,
                user=self._account,
                check=True,
                stdout=output,
                stderr=subprocess.STDOUT,
            )


def find_programs() -> Path:
    """The folder of PostgreSQL's programs; Debian keeps them off the path.

    Raises
    ------
    PostgresqlMissingError
        If there is none.
    """
    on_path = shutil.which("initdb")
    folders = [Path(on_path).parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if all((folder / program).exists() for program in ("initdb", "pg_ctl", "postgres")):
            return folder
    raise PostgresqlMissingError("PostgreSQL is not installed (Debian: apt install postgresql)")


@contextmanager
def running_postgresql() -> Iterator[Postgresql]:
    """A running cluster with nothing in it."""
    programs = find_programs()
    if os.geteuid() == 0 and ACCOUNT not in (account.pw_name for account in pwd.getpwall()):
        raise PostgresqlMissingError(f"PostgreSQL does not run as root, and there is no account {ACCOUNT}")
    # Not pytest's own temporary folder: nobody but root gets into that one.
    with tempfile.TemporaryDirectory(prefix="plumbline-postgresql-", ignore_cleanup_errors=True) as folder:
        cluster = Postgresql(programs, Path(folder))
        cluster.make()
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
