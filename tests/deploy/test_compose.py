"""The compose file: what it opens, what it locks, and that it builds the image that is tested."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml


@pytest.fixture(scope="module")
def compose(root: Path) -> Any:
    """The compose file."""
    return yaml.safe_load((root / "deploy" / "compose.yaml").read_text(encoding="utf-8"))


def test_it_builds_the_dockerfile(compose: Any, root: Path) -> None:
    build = compose["services"]["plumbline"]["build"]
    assert (root / "deploy" / build["context"]).resolve() == root
    assert (root / build["dockerfile"]).is_file()


def test_the_server_can_do_no_more_than_it_must(compose: Any) -> None:
    server = compose["services"]["plumbline"]
    assert server["read_only"] is True
    assert server["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in server["security_opt"]
    assert {mount.partition(":")[0] for mount in server["tmpfs"]} == {"/tmp", "/data"}
    assert "mem_limit" in server
    assert "pids_limit" in server


def test_nothing_is_open_to_the_network(compose: Any) -> None:
    published = [port for service in compose["services"].values() for port in service.get("ports", [])]
    assert published == ["127.0.0.1:8642:8642"]
    assert compose["services"]["database"]["networks"] == ["back"]
    assert compose["networks"]["back"] == {"internal": True}


def test_no_secret_stands_in_it(compose: Any, root: Path) -> None:
    assert compose["services"]["plumbline"]["env_file"] == "secrets.env"
    assert compose["services"]["database"]["env_file"] == "database.env"  # the API's token is none of its business
    for service in compose["services"].values():
        assert not [name for name in service["environment"] if "PASSWORD" in name or "TOKEN" in name]
    assert {"secrets.env", "database.env"} <= set((root / ".gitignore").read_text(encoding="utf-8").splitlines())
