"""The manifests fit Kubernetes' own schema, each other, and what the README promises of the pods."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from server import limits

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
FOLDER = DEPLOY / "kubernetes"
OLDEST, NEWEST = "1.32", kubernetes_validate.latest_version()
# What Kubernetes itself does not define: kustomize's files, a custom resource, the values of somebody else's chart;
# and a patch, which is not a whole manifest
OTHERS = {"kustomization.yaml", "service-monitor.yaml", "names.yaml", "prometheus-adapter-values.yaml"}
PATCH = FOLDER / "components" / "model-volume" / "deployment.yaml"
FILES = sorted(
    path
    for folder in (FOLDER, DEPLOY / "kubernetes-trial")
    for path in folder.rglob("*.yaml")
    if path.name not in OTHERS and path != PATCH
)


def documents(path: Path) -> list[Any]:
    return list(yaml.safe_load_all(path.read_text(encoding="utf-8")))


def read(name: str) -> Any:
    [document] = documents(FOLDER / name)
    return document


def labels(selector: Any) -> Any:
    return selector["matchLabels"]


@pytest.fixture(scope="module")
def pod() -> Any:
    """The pod template of the deployment."""
    return read("base/deployment.yaml")["spec"]["template"]


@pytest.fixture(scope="module")
def container(pod: Any) -> Any:
    """Its one container."""
    [container] = pod["spec"]["containers"]
    return container


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(DEPLOY).as_posix())
def test_manifests_fit_the_schema(path: Path, version: str) -> None:
    for document in documents(path):
        kubernetes_validate.validate(document, version, strict=True)


def test_the_schema_check_refuses_what_is_misspelt() -> None:
    deployment = read("base/deployment.yaml")
    deployment["spec"]["template"]["spec"]["automountServiceAccountTokens"] = False
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(deployment, NEWEST, strict=True)


@pytest.mark.parametrize("folder", sorted({path.parent for path in FILES}), ids=lambda folder: folder.name)
def test_every_manifest_is_applied(folder: Path) -> None:
    [kustomization] = documents(folder / "kustomization.yaml")
    named = {*kustomization["resources"], *(patch.get("path") for patch in kustomization.get("patches", ()))}
    assert {path.name for path in folder.glob("*.yaml")} - OTHERS <= named


def test_everything_speaks_of_the_same_pods(pod: Any, container: Any) -> None:
    own = pod["metadata"]["labels"]
    assert labels(read("base/deployment.yaml")["spec"]["selector"]) == own
    assert read("base/service.yaml")["spec"]["selector"] == own
    assert labels(read("base/pod-disruption-budget.yaml")["spec"]["selector"]) == own
    assert labels(read("base/network-policy.yaml")["spec"]["podSelector"]) == own
    assert (
        read("components/autoscaling/horizontal-pod-autoscaler.yaml")["spec"]["scaleTargetRef"]["name"] == "plumbline"
    )
    [port] = container["ports"]
    assert read("base/service.yaml")["spec"]["ports"][0]["targetPort"] == port["name"]
    assert read("base/network-policy.yaml")["spec"]["ingress"][0]["ports"][0]["port"] == port["name"]


def test_the_service_is_a_name_that_the_server_answers_to(container: Any) -> None:
    [names] = [variable["value"] for variable in container["env"] if variable["name"] == "PLUMBLINE_ALLOW_HOSTS"]
    service = read("base/service.yaml")["metadata"]["name"]
    namespace = read("base/namespace.yaml")["metadata"]["name"]
    assert {service, f"{service}.{namespace}.svc"} <= set(names.split(","))


def test_pods_cannot_do_more_than_they_must(pod: Any, container: Any) -> None:
    assert pod["spec"]["automountServiceAccountToken"] is False
    assert pod["spec"]["securityContext"]["runAsNonRoot"] is True
    assert pod["spec"]["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert set(container["resources"]["limits"]) == {"memory"}
    assert set(container["resources"]["requests"]) == {"cpu", "memory"}


def test_text_cannot_leave() -> None:
    """Whatever the server did: out of the pod lead only name look-ups and the database."""
    policy = read("base/network-policy.yaml")["spec"]
    assert set(policy["policyTypes"]) == {"Ingress", "Egress"}
    assert {port["port"] for rule in policy["egress"] for port in rule["ports"]} == {53, 5432}
    assert all(rule["to"] for rule in policy["egress"])


def test_a_voluntary_disruption_always_leaves_a_pod() -> None:
    fewest = read("components/autoscaling/horizontal-pod-autoscaler.yaml")["spec"]["minReplicas"]
    assert 1 <= read("base/pod-disruption-budget.yaml")["spec"]["minAvailable"] < fewest
    assert read("base/deployment.yaml")["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    assert read("base/deployment.yaml")["spec"]["replicas"] == fewest


@pytest.fixture
def gunicorn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The settings of gunicorn."""
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))  # or it would make one, for this process
    settings: dict[str, Any] = {}
    exec((FOLDER.parent / "gunicorn.conf.py").read_text(encoding="utf-8"), settings)
    return settings


def test_gunicorn_has_room_for_all_that_may_wait_and_writes_no_socket(gunicorn: dict[str, Any]) -> None:
    assert gunicorn["threads"] > limits.JUDGED_AT_ONCE + limits.WAITING_REQUESTS
    assert gunicorn["control_socket_disable"] is True  # it would lie in a home that the image does not have


def test_a_pod_is_given_time_to_finish(pod: Any, container: Any, gunicorn: dict[str, Any]) -> None:
    needed = container["lifecycle"]["preStop"]["sleep"]["seconds"] + gunicorn["graceful_timeout"]
    assert pod["spec"]["terminationGracePeriodSeconds"] > needed
