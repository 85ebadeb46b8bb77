"""``GET /metrics``: what was done, in numbers, and no word of what was asked."""

from __future__ import annotations

import re
from collections.abc import Callable

from fake_news.detection.verdict import Label
from tests.conftest import RunningServer
from tests.server.conftest import Client
from tests.server.metric_samples import samples


def test_what_is_done_is_counted(start_server: Callable[..., RunningServer]) -> None:
    client = Client(start_server().port)
    text = "Thank you all for coming. Taxes rose by 4 percent in 2020."
    for _ in range(3):
        client.check_text(text)
    client.check({"blocks": [{"id": "b", "text": 7}]})
    client.ask("GET", "/api/v1/the/thief%20of%20Baghdad?text=secret")
    client.ask("BREW", "/api/v1/check")
    client.ask("GET", "/api/v1/health", headers={"Host": "evil.example"})
    found = samples(client)
    assert found['plumbline_requests_total{method="POST",route="/api/v1/check",status="200"}'] == 3
    assert found['plumbline_requests_total{method="POST",route="/api/v1/check",status="422"}'] == 1
    assert found['plumbline_requests_total{method="GET",route="/api/v1/health",status="403"}'] == 1
    assert found['plumbline_requests_total{method="GET",route="other",status="404"}'] == 1
    assert found['plumbline_requests_total{method="other",route="other",status="405"}'] == 1
    assert found['plumbline_request_seconds_count{route="/api/v1/check"}'] == 4
    assert found['plumbline_request_seconds_bucket{le="+Inf",route="/api/v1/check"}'] == 4
    assert found['plumbline_statements_total{label="no-claim"}'] == 3
    assert sum(found[f'plumbline_statements_total{{label="{label}"}}'] for label in Label) == 6
    assert (found["plumbline_cache_misses_total"], found["plumbline_cache_hits_total"]) == (1, 2)
    assert found["plumbline_cache_entries"] == 1
    assert found["plumbline_cache_bytes"] > 0
    assert not [name for name in found if "secret" in name or "thief" in name]


def test_buckets_add_up(client: Client) -> None:
    client.check_text("Taxes rose by 4 percent in 2020.")
    found = samples(client)
    of_checks = re.compile(r'plumbline_request_seconds_bucket\{le="[^"]+",route="/api/v1/check"\}')
    buckets = [value for name, value in found.items() if of_checks.fullmatch(name)]
    assert buckets == sorted(buckets)
    assert buckets[-1] == found['plumbline_request_seconds_count{route="/api/v1/check"}']
