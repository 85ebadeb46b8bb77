"""The manifests fit Kubernetes' own schema, each other, and what the README promises of the pods."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "kubernetes"
MANIFESTS = sorted(path.name for path in FOLDER.glob("*.yaml") if path.name != "kustomization.yaml")
OLDEST, NEWEST = "1.32", kubernetes_validate.latest_version()


def read(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def labels(selector: Any) -> Any:
    return selector["matchLabels"]


@pytest.fixture(scope="module")
def pod() -> Any:
    """The pod template of the deployment."""
    return read("deployment.yaml")["spec"]["template"]


@pytest.fixture(scope="module")
def container(pod: Any) -> Any:
    """Its one container."""
    [container] = pod["spec"]["containers"]
    return container


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
@pytest.mark.parametrize("name", MANIFESTS)
def test_manifests_fit_the_schema(name: str, version: str) -> None:
    kubernetes_validate.validate(read(name), version, strict=True)


def test_the_schema_check_refuses_what_is_misspelt() -> None:
    deployment = read("deployment.yaml")
    deployment["spec"]["template"]["spec"]["automountServiceAccountTokens"] = False
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(deployment, NEWEST, strict=True)


def test_every_manifest_is_applied() -> None:
    assert sorted(read("kustomization.yaml")["resources"]) == MANIFESTS


def test_kustomize_puts_them_together(tmp_path: Path) -> None:
    """As `kubectl apply --kustomize` does before it asks a cluster."""
    kubectl = shutil.which("kubectl")
    if kubectl is None:
        pytest.skip("kubectl is not installed")
    folder = shutil.copytree(FOLDER, tmp_path / "kubernetes", ignore=shutil.ignore_patterns("secrets.env"))
    (folder / "secrets.env").write_text("PLUMBLINE_TOKEN=a-token-of-the-tests\n", encoding="utf-8")
    result = subprocess.run([kubectl, "kustomize", str(folder)], capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")
    parts = {part["kind"]: part for part in yaml.safe_load_all(result.stdout)}
    assert set(parts) == {read(name)["kind"] for name in MANIFESTS} | {"Secret"}
    assert {part["metadata"].get("namespace", "plumbline") for part in parts.values()} == {"plumbline"}
    [container] = parts["Deployment"]["spec"]["template"]["spec"]["containers"]
    assert container["envFrom"][0]["secretRef"]["name"] == parts["Secret"]["metadata"]["name"]
    for part in parts.values():
        kubernetes_validate.validate(part, NEWEST, strict=True)


def test_everything_speaks_of_the_same_pods(pod: Any, container: Any) -> None:
    own = pod["metadata"]["labels"]
    assert labels(read("deployment.yaml")["spec"]["selector"]) == own
    assert read("service.yaml")["spec"]["selector"] == own
    assert labels(read("pod-disruption-budget.yaml")["spec"]["selector"]) == own
    assert labels(read("network-policy.yaml")["spec"]["podSelector"]) == own
    assert read("horizontal-pod-autoscaler.yaml")["spec"]["scaleTargetRef"]["name"] == "plumbline"
    [port] = container["ports"]
    assert read("service.yaml")["spec"]["ports"][0]["targetPort"] == port["name"]
    assert read("network-policy.yaml")["spec"]["ingress"][0]["ports"][0]["port"] == port["name"]


def test_the_service_is_a_name_that_the_server_answers_to(container: Any) -> None:
    [names] = [variable["value"] for variable in container["env"] if variable["name"] == "PLUMBLINE_ALLOW_HOSTS"]
    service = read("service.yaml")["metadata"]["name"]
    namespace = read("namespace.yaml")["metadata"]["name"]
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
    policy = read("network-policy.yaml")["spec"]
    assert set(policy["policyTypes"]) == {"Ingress", "Egress"}
    assert {port["port"] for rule in policy["egress"] for port in rule["ports"]} == {53, 5432}
    assert all(rule["to"] for rule in policy["egress"])


def test_a_voluntary_disruption_always_leaves_a_pod() -> None:
    fewest = read("horizontal-pod-autoscaler.yaml")["spec"]["minReplicas"]
    assert 1 <= read("pod-disruption-budget.yaml")["spec"]["minAvailable"] < fewest
    assert read("deployment.yaml")["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    assert "replicas" not in read("deployment.yaml")["spec"]  # or every apply would undo the autoscaler's choice


def test_a_pod_is_given_time_to_finish(
    pod: Any, container: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))  # or it would make one, for this process
    gunicorn: dict[str, Any] = {}
    exec((FOLDER.parent / "gunicorn.conf.py").read_text(encoding="utf-8"), gunicorn)
    needed = container["lifecycle"]["preStop"]["sleep"]["seconds"] + gunicorn["graceful_timeout"]
    assert pod["spec"]["terminationGracePeriodSeconds"] > needed
