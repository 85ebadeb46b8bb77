"""What `kubectl apply --kustomize` hands to a cluster, with each component: whole, and in every place the same."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from server.monitoring.metrics import Metrics
from tests.deploy.test_kubernetes import DEPLOY, FOLDER, NEWEST, read

COMPONENTS = sorted(path.name for path in (FOLDER / "components").iterdir())
Build = Callable[..., dict[tuple[str, str], Any]]


@pytest.fixture
def put_together(tmp_path: Path) -> Build:
    """What `kubectl apply --kustomize` does before it asks a cluster, with some components, by kind and name."""
    kubectl = shutil.which("kubectl")
    if kubectl is None:
        pytest.skip("kubectl is not installed")

    def build(*components: str, site: str = "", folder: str = "kubernetes") -> dict[tuple[str, str], Any]:
        copy = tmp_path / "deploy"
        for part in (FOLDER, DEPLOY / "kubernetes-trial"):
            shutil.copytree(part, copy / part.name, ignore=shutil.ignore_patterns("*s.env", "database.env"))
        (copy / "kubernetes" / "secrets.env").write_text("PLUMBLINE_TOKEN=a-token-of-the-tests\n", encoding="utf-8")
        (copy / "kubernetes-trial" / "database.env").write_text("POSTGRES_PASSWORD=p\n", encoding="utf-8")
        text = site or (FOLDER / "site.env").read_text(encoding="utf-8")
        (copy / "kubernetes" / "site.env").write_text(text, encoding="utf-8")
        file = copy / "kubernetes" / "kustomization.yaml"
        kustomization = yaml.safe_load(file.read_text(encoding="utf-8"))
        kustomization["components"] = [f"components/{name}" for name in components]
        file.write_text(yaml.safe_dump(kustomization), encoding="utf-8")
        result = subprocess.run([kubectl, "kustomize", str(copy / folder)], capture_output=True, text=True)
        assert (result.returncode, result.stderr) == (0, "")
        shutil.rmtree(copy)
        parts = list(yaml.safe_load_all(result.stdout))
        for part in parts:
            if part["kind"] != "ServiceMonitor":
                kubernetes_validate.validate(part, NEWEST, strict=True)
        return {(part["kind"], part["metadata"]["name"]): part for part in parts}

    return build


def environment(deployment: Any) -> dict[str, Any]:
    [container] = deployment["spec"]["template"]["spec"]["containers"]
    return {variable["name"]: variable for variable in container["env"]}


def test_kustomize_puts_them_together(put_together: Build) -> None:
    parts = put_together()
    [secret] = [name for kind, name in parts if kind == "Secret"]
    [site] = [name for kind, name in parts if kind == "ConfigMap"]
    assert {part["metadata"].get("namespace", "plumbline") for part in parts.values()} == {"plumbline"}
    deployment = parts["Deployment", "plumbline"]
    [container] = deployment["spec"]["template"]["spec"]["containers"]
    assert container["envFrom"][0]["secretRef"]["name"] == secret
    assert environment(deployment)["PUBLIC_HOST"]["valueFrom"]["configMapKeyRef"]["name"] == site
    assert deployment["spec"]["replicas"] == 2


def test_every_component_fits_every_other(put_together: Build) -> None:
    parts = put_together(*COMPONENTS)
    named = (FOLDER / "kustomization.yaml").read_text(encoding="utf-8")
    assert all(f"#   - components/{name} " in named for name in COMPONENTS)
    assert {"Ingress", "ServiceMonitor", "HorizontalPodAutoscaler", "PersistentVolumeClaim", "CronJob"} <= {
        kind for kind, _ in parts
    }


def test_the_ingress_and_the_pods_have_the_host_of_the_site(put_together: Build) -> None:
    parts = put_together("ingress", "external-database", site="HOST=facts.example.net\nDATABASE_CIDR=198.51.100.7/32\n")
    ingress = parts["Ingress", "plumbline"]["spec"]
    assert (ingress["rules"][0]["host"], ingress["tls"][0]["hosts"]) == ("facts.example.net", ["facts.example.net"])
    [site] = [part for (kind, _), part in parts.items() if kind == "ConfigMap"]
    assert site["data"]["HOST"] == "facts.example.net"
    assert environment(parts["Deployment", "plumbline"])["PLUMBLINE_ALLOW_HOSTS"]["value"].startswith("$(PUBLIC_HOST),")
    [rule] = parts["NetworkPolicy", "plumbline-external-database"]["spec"]["egress"]
    assert rule["to"] == [{"ipBlock": {"cidr": "198.51.100.7/32"}}]


def test_prometheus_may_ask_each_pod_with_the_token(put_together: Build) -> None:
    parts = put_together("service-monitor")
    [secret] = [name for kind, name in parts if kind == "Secret"]
    monitor = parts["ServiceMonitor", "plumbline"]["spec"]
    assert monitor["selector"]["matchLabels"] == parts["Service", "plumbline"]["metadata"]["labels"]
    [endpoint] = monitor["endpoints"]
    assert endpoint["port"] == parts["Service", "plumbline"]["spec"]["ports"][0]["name"]
    assert endpoint["authorization"]["credentials"] == {"name": secret, "key": "PLUMBLINE_TOKEN"}
    variables = environment(parts["Deployment", "plumbline"])
    assert variables["POD_IP"]["valueFrom"]["fieldRef"]["fieldPath"] == "status.podIP"
    assert "$(POD_IP)" in variables["PLUMBLINE_ALLOW_HOSTS"]["value"].split(",")
    names = list(variables)  # a variable can be put into those that come after it
    assert names.index("PLUMBLINE_ALLOW_HOSTS") > max(names.index("POD_IP"), names.index("PUBLIC_HOST"))


def test_pods_grow_by_a_figure_that_the_server_has(put_together: Build) -> None:
    parts = put_together("autoscaling")
    assert "replicas" not in parts["Deployment", "plumbline"]["spec"]  # or every apply would undo the choice
    [metric] = parts["HorizontalPodAutoscaler", "plumbline"]["spec"]["metrics"]
    name = metric["pods"]["metric"]["name"]
    assert f"{name} " in Metrics().text("m").decode()
    [rule] = read("components/autoscaling/prometheus-adapter-values.yaml")["rules"]["custom"]
    assert rule["name"]["matches"] == name
    assert rule["seriesQuery"].startswith(f"{name}{{")


def test_a_model_of_a_volume_is_read_and_not_written(put_together: Build) -> None:
    parts = put_together("model-volume", "model-from-bucket")
    deployment = parts["Deployment", "plumbline"]
    [container] = deployment["spec"]["template"]["spec"]["containers"]
    mounts = {mount["name"]: mount for mount in container["volumeMounts"]}
    assert (mounts["model"]["mountPath"], mounts["model"]["readOnly"]) == ("/models", True)
    assert {"temporary", "data"} < set(mounts)
    values = {name: variable.get("value") for name, variable in environment(deployment).items()}
    assert (values["PLUMBLINE_CHECKPOINT"], values["PLUMBLINE_FACT_CHECKS"]) == ("/models", "/models")
    job = parts["CronJob", "plumbline-model"]["spec"]["jobTemplate"]["spec"]["template"]
    assert job["metadata"]["labels"] != deployment["spec"]["selector"]["matchLabels"]  # the pods' way out stays closed


def test_the_trial_has_a_database_that_the_pods_may_reach(put_together: Build) -> None:
    parts = put_together(folder="kubernetes-trial")
    reached = read("base/network-policy.yaml")["spec"]["egress"][1]["to"][0]["podSelector"]["matchLabels"]
    database = parts["Deployment", "database"]["spec"]["template"]
    assert database["metadata"]["labels"] == reached == parts["Service", "database"]["spec"]["selector"]
    [container] = database["spec"]["containers"]
    [passwords] = [name for kind, name in parts if kind == "Secret" and name.startswith("database-")]
    assert container["envFrom"] == [{"secretRef": {"name": passwords}}]  # and not the API's token


def test_the_job_keeps_the_volume_like_the_bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The container's own command, against a server that speaks S3."""
    if shutil.which("aws") is None:
        pytest.skip("aws is not installed: pip install awscli, in an environment of its own")
    server = pytest.importorskip("moto.server").ThreadedMotoServer(port=0)
    server.start()
    try:
        host, port = server.get_host_and_port()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            monkeypatch.setenv(name, "tests")
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        monkeypatch.setenv("MODEL_PLACE", "s3://bucket/plumbline")
        monkeypatch.setenv("MODEL_FOLDER", str(tmp_path / "models"))
        here = tmp_path / "here"
        (here / "first").mkdir(parents=True)
        (here / "first" / "model.json").write_text("{}", encoding="utf-8")
        (here / "current").write_text("first\n", encoding="utf-8")
        subprocess.run(["aws", "s3", "mb", "s3://bucket"], check=True)
        pod = read("components/model-from-bucket/cron-job.yaml")["spec"]["jobTemplate"]["spec"]["template"]["spec"]
        [container] = pod["containers"]
        for name in ("first", "second"):
            (here / name).mkdir(exist_ok=True)
            (here / name / "model.json").write_text(name, encoding="utf-8")
            (here / "current").write_text(f"{name}\n", encoding="utf-8")
            subprocess.run(["aws", "s3", "sync", str(here), "s3://bucket/plumbline"], check=True)
            subprocess.run([*container["command"], *container["args"]], check=True)
            assert (tmp_path / "models" / "current").read_text(encoding="utf-8") == f"{name}\n"
            assert (tmp_path / "models" / name / "model.json").read_text(encoding="utf-8") == name
    finally:
        server.stop()
