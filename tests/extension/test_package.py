"""The packages for the stores: the same bytes each time, nothing that does not belong, and a linter content."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.extension.programs import node_or_skip

ALLOWED = ("manifest.json", "LICENSE", "extension/", "_locales/")


def package(root: Path, folder: Path) -> dict[str, Path]:
    command = [sys.executable, str(root / "scripts" / "package_extension.py"), "--output", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return {path.stem.rsplit("-", 1)[-1]: path for path in folder.glob("*.zip")}


@pytest.fixture(scope="module")
def packages(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return package(root, tmp_path_factory.mktemp("packages"))


def test_the_same_sources_make_the_same_bytes(root: Path, packages: dict[str, Path], tmp_path: Path) -> None:
    again = package(root, tmp_path)
    assert sorted(again) == ["chrome", "firefox", "unpacked"]
    for browser, path in packages.items():
        assert again[browser].read_bytes() == path.read_bytes()


@pytest.mark.parametrize("browser", ["chrome", "firefox", "unpacked"])
def test_a_package_contains_exactly_what_its_manifest_names(packages: dict[str, Path], browser: str) -> None:
    with zipfile.ZipFile(packages[browser]) as archive:
        names = archive.namelist()
        manifest = json.loads(archive.read("manifest.json"))
        pages = {name: archive.read(name).decode() for name in names if name.endswith(".html")}
    assert [name for name in names if not name.startswith(ALLOWED)] == []
    assert [name for name in names if name.endswith((".ts", "jsconfig.json", ".map"))] == []
    assert {path for script in manifest["content_scripts"] for path in script["js"]} <= set(names)
    assert {manifest["action"]["default_popup"], manifest["options_ui"]["page"], *manifest["icons"].values()} <= set(
        names
    )
    for name, html in pages.items():
        sources = [part.split('"')[0] for part in html.split('src="')[1:]]
        assert {(Path("/") / name).parent.joinpath(source).resolve() for source in sources} <= {
            Path("/") / other for other in names
        }


def test_each_store_gets_its_own_manifest(packages: dict[str, Path]) -> None:
    manifests = {}
    for browser, path in packages.items():
        with zipfile.ZipFile(path) as archive:
            manifests[browser] = json.loads(archive.read("manifest.json"))
    assert "key" not in manifests["chrome"] | manifests["firefox"]
    assert list(manifests["chrome"]["background"]) == ["service_worker", "type"]
    assert list(manifests["firefox"]["background"]) == ["scripts", "type"]
    assert manifests["firefox"]["browser_specific_settings"]["gecko"]["data_collection_permissions"]


@pytest.mark.node
def test_the_firefox_linter_reports_nothing(root: Path, packages: dict[str, Path], tmp_path: Path) -> None:
    node = node_or_skip()
    linter = root / "tests" / "extension" / "node_modules" / "web-ext" / "bin" / "web-ext.js"
    if not linter.is_file():
        pytest.skip("web-ext is not installed: python3 scripts/test.py installs it, or `npm ci` in tests/extension")
    with zipfile.ZipFile(packages["firefox"]) as archive:
        archive.extractall(tmp_path)
    command = [node, str(linter), "lint", "--source-dir", str(tmp_path), "--output", "json", "--no-config-discovery"]
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    report = json.loads(result.stdout[result.stdout.index("{") :])
    assert (report["errors"], report["warnings"]) == ([], [])
    assert report["summary"] == {"errors": 0, "notices": 0, "warnings": 0}
    assert report["metadata"]["name"]
