"""Reading what ``GET /metrics`` answers."""

from __future__ import annotations

import re

from tests.server.conftest import Client

SAMPLE = re.compile(r'([a-z_]+)(\{[a-z_]+="[^"\\\n]*"(?:,[a-z_]+="[^"\\\n]*")*\})? (\S+)')


def samples(client: Client) -> dict[str, float]:
    """Every sample by its name and labels; each line must be in Prometheus' format, and each sample declared."""
    answer = client.ask("GET", "/metrics")
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    text = answer.body.decode("utf-8")
    assert text.endswith("\n")
    declared = set()
    found: dict[str, float] = {}
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            declared.add(line.split()[2])
        elif not line.startswith("# HELP "):
            match = SAMPLE.fullmatch(line)
            assert match, line
            name, labels, value = match.groups()
            assert name in declared or re.sub("_(bucket|sum|count)$", "", name) in declared, name
            assert name + (labels or "") not in found
            found[name + (labels or "")] = float(value)
    return found
