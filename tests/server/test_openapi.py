"""The contract in writing is the contract that is kept: whatever is asked, the document names the answer."""

from __future__ import annotations

import json
import urllib.parse
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from server.app import create_app
from server.configuration import Configuration
from server.openapi import description
from server.service import Service
from tests.server.conftest import Answer, Client
from tests.server.schema_values import values

CONTRACT = description()
OPERATIONS = [
    (method, path, operation) for path, methods in CONTRACT["paths"].items() for method, operation in methods.items()
]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=[])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def assert_is_in_the_contract(answer: Answer, operation: dict[str, Any]) -> None:
    described = operation["responses"].get(str(answer.status))
    assert described is not None, (answer.status, answer.body)
    assert answer.status < 500, answer.body
    media_type = answer.headers["Content-Type"].partition(";")[0]
    assert media_type in described["content"], answer.headers["Content-Type"]
    schema = described["content"][media_type].get("schema")
    if schema:
        Draft202012Validator({**schema, "components": CONTRACT["components"]}).validate(answer.json())


def test_it_is_the_committed_document(root: Path) -> None:
    committed = (root / "docs" / "openapi.json").read_text(encoding="utf-8")
    assert json.loads(committed) == CONTRACT, "python -m server.openapi > docs/openapi.json"


def test_it_is_what_the_server_hands_out(client: Client) -> None:
    assert client.ask("GET", "/openapi.json").json() == CONTRACT


def test_it_names_every_route_and_no_other(tmp_path: Path) -> None:
    app = create_app(Service(Configuration(data_folder=tmp_path)))
    routes = {
        (method.lower(), rule.rule.split("<")[0] + "".join(f"{{{name}}}" for name in sorted(rule.arguments)))
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if method not in ("HEAD", "OPTIONS") and not rule.endpoint.startswith("dashboard.")
    }
    assert routes == {(method, path) for method, path, _ in OPERATIONS}


def test_every_error_has_the_one_shape() -> None:
    for _, _, operation in OPERATIONS:
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                schema = answer["content"]["application/json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/ErrorAnswer"}


@pytest.mark.parametrize(
    ("method", "path", "operation"), OPERATIONS, ids=[f"{method} {path}" for method, path, _ in OPERATIONS]
)
def test_whatever_is_asked_the_answer_is_in_the_contract(
    client: Client, method: str, path: str, operation: dict[str, Any]
) -> None:
    """Bodies and parameters as the document has them, nearly so, and not at all so."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    bodies = st.just(b"")
    if content:
        fitting = values(content["schema"], CONTRACT)
        documents = fitting | json_values | st.tuples(fitting, json_values).map(lambda pair: nearly(*pair))
        bodies = documents.map(lambda document: json.dumps(document).encode()) | st.binary(max_size=50)
    parameters = operation.get("parameters", [])
    queries = st.fixed_dictionaries(
        {},
        optional={
            parameter["name"]: values(parameter["schema"], CONTRACT).map(str) | st.text(max_size=20)
            for parameter in parameters
            if parameter["in"] == "query"
        },
    )
    numbers = st.integers(min_value=0, max_value=2**70) | st.just(0)

    @settings(max_examples=60 if content or parameters else 3, deadline=None, derandomize=True, database=None)
    @given(body=bodies, query=queries, number=numbers)
    def ask(body: bytes, query: dict[str, str], number: int) -> None:
        target = path.replace("{feedback_id}", str(number))
        if query:
            target += "?" + urllib.parse.urlencode(query, errors="surrogatepass")
        headers = {"Content-Type": "application/json"} if content else {}
        answer = client.ask(method.upper(), target, body=body if content else None, headers=headers)
        assert_is_in_the_contract(answer, operation)

    ask()


def nearly(document: Any, stray: Any) -> Any:
    """A document with one value exchanged."""
    if isinstance(document, dict) and document:
        name = sorted(document)[0]
        return {**document, name: stray}
    return stray
