"""What can be said of the extension without a browser: its manifest, its size, and what its sources hold."""

from __future__ import annotations

import re
from pathlib import Path

from tests.extension.browsers.browser import content_script_files, manifest_of

MOST_BYTES = 24_000
# what Chrome for Windows and Linux does with Alt and Shift, and macOS with Control and Shift in a text
TAKEN_BY_CHROME = set("ABCINPRTWXZ")
TAKEN_BY_MACOS = set("ABEFNPV")


def test_the_scripts_of_every_page_are_small(root: Path) -> None:
    assert sum((root / path).stat().st_size for path in content_script_files(root)) < MOST_BYTES


def test_the_manifest_lists_every_content_script_once(root: Path) -> None:
    """A part that the manifest does not name cannot be loaded; one that is there twice is read twice."""
    (listed,) = (one["resources"] for one in manifest_of(root)["web_accessible_resources"])
    content = {path.relative_to(root).as_posix() for path in (root / "extension" / "content").rglob("*.js")}
    shared = {f"extension/shared/{name}.js" for name in ("translations", "addresses", "settings", "vocabulary")}
    assert sorted(listed) == sorted({*content, *shared} - set(content_script_files(root)))


def test_the_manifest_suggests_keys_that_are_free_and_no_more_than_chrome_takes(root: Path) -> None:
    commands = manifest_of(root)["commands"]
    assert sorted(commands) == ["check-selection", "hide-marks", "next-finding", "previous-finding", "toggle-site"]
    keys = [command["suggested_key"] for command in commands.values() if "suggested_key" in command]
    assert len(keys) == 4
    for key in keys:
        assert key["default"].removeprefix("Alt+Shift+") not in TAKEN_BY_CHROME
        assert key["mac"].startswith("MacCtrl+Shift+"), "Option and Shift type a character"
        assert key["mac"].removeprefix("MacCtrl+Shift+") not in TAKEN_BY_MACOS
    assert len({key["default"] for key in keys} | {key["mac"] for key in keys}) == 8


def test_there_is_no_animation(root: Path) -> None:
    """Who wants less motion needs no rule of ours: there is none, and jumping to a finding does not scroll smoothly."""
    moving = re.compile(r"\b(transition|animation|@keyframes|smooth)\b|\.animate\(")
    sources = [path for path in (root / "extension").rglob("*") if path.suffix in (".css", ".js", ".html")]
    assert sources
    assert {path.name: found for path in sources if (found := moving.findall(path.read_text(encoding="utf-8")))} == {}
