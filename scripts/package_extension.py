"""Write the extension's packages for the stores: python3 scripts/package_extension.py [--output dist]

One zip for Chrome and one for Firefox. Only what is listed here goes in, always in the same order and with the same
times and rights: the same sources make the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = {"extension": (".js", ".html", ".css", ".png"), "_locales": (".json",)}
FILES = ("LICENSE",)
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can name
READABLE = 0o100644 << 16

BY_HAND = "unpacked"  # what a person unpacks and loads: the repository's manifest, by whose key the server knows it

# Keys that only the other browser knows; both would merely warn of them.
NOT_FOR_CHROME = ("key", "browser_specific_settings")  # the store signs with a key of its own
NOT_FOR_FIREFOX = ("key", "minimum_chrome_version")


def main() -> None:
    """Write the packages and print their names and hashes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    version = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))["version"]
    parser.add_argument("--version", action="version", version=f"Plumbline {version}")
    parser.add_argument("--output", type=Path, default=ROOT / "dist", help="the folder to write to (default: dist)")
    output: Path = parser.parse_args().output
    output.mkdir(parents=True, exist_ok=True)
    for browser in ("chrome", "firefox", BY_HAND):
        manifest = manifest_for(browser)
        package = output / f"plumbline-{manifest['version']}-{browser}.zip"
        write_package(package, manifest)
        print(f"{hashlib.sha256(package.read_bytes()).hexdigest()}  {package}")


def manifest_for(browser: str) -> dict[str, Any]:
    """Return the manifest as one browser's store wants it, or as it is, to be loaded by hand in any."""
    manifest: dict[str, Any] = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    if browser == BY_HAND:
        return manifest
    for key in NOT_FOR_CHROME if browser == "chrome" else NOT_FOR_FIREFOX:
        del manifest[key]
    # Chrome knows a service worker alone, Firefox a page with scripts alone
    del manifest["background"]["scripts" if browser == "chrome" else "service_worker"]
    return manifest


def packed_files() -> Iterator[Path]:
    """List what goes into a package besides the manifest, in a fixed order."""
    for name in FILES:
        yield ROOT / name
    for folder, endings in FOLDERS.items():
        yield from sorted(path for path in (ROOT / folder).rglob("*") if path.suffix in endings)


def write_package(package: Path, manifest: dict[str, Any]) -> None:
    """Write one zip."""
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        _add(archive, "manifest.json", json.dumps(manifest, indent=2, ensure_ascii=False).encode())
        for path in packed_files():
            _add(archive, path.relative_to(ROOT).as_posix(), path.read_bytes())


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.create_system = 3  # Unix, also where it is packed on Windows
    entry.external_attr = READABLE
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)


if __name__ == "__main__":
    main()
