"""The manifests: what the schema says, and what it cannot say."""

from __future__ import annotations

import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import kubernetes_validate  # type: ignore[import-untyped]  # ships no types
import pytest
import yaml

from backbone.amqp.management import PORT, TLS_PORT
from services.installation import HOMES

BASE = Path(__file__).parents[2] / "deploy" / "k8s" / "base"
OLDEST_CLUSTER, NEWEST_CLUSTER = "1.28", "1.37"
UNITS = {"m": Decimal("0.001"), "Mi": Decimal(2**20), "Gi": Decimal(2**30), "": Decimal(1)}

Manifest = dict[str, Any]


def _manifests() -> list[Manifest]:
    names = yaml.safe_load((BASE / "kustomization.yaml").read_text())["resources"]
    return [
        found for name in names for found in yaml.safe_load_all((BASE / name).read_text()) if found
    ]


def _name(manifest: Manifest) -> str:
    return f"{manifest['kind']}-{manifest['metadata']['name']}"


MANIFESTS = _manifests()


def _kind(kind: str) -> dict[str, Manifest]:
    return {m["metadata"]["name"]: m for m in MANIFESTS if m["kind"] == kind}


def _pod(name: str) -> Manifest:
    template: Manifest = _kind("Deployment")[name]["spec"]["template"]
    return template


def _container(name: str) -> Manifest:
    (container,) = _pod(name)["spec"]["containers"]
    assert isinstance(container, dict)
    return container


def _quantity(text: str) -> Decimal:
    number = text.rstrip("miGM")
    return Decimal(number) * UNITS[text.removeprefix(number)]


services = pytest.mark.parametrize("name", HOMES)


@pytest.mark.parametrize("cluster", [OLDEST_CLUSTER, NEWEST_CLUSTER])
@pytest.mark.parametrize("manifest", MANIFESTS, ids=_name)
def test_a_cluster_takes_every_manifest(manifest: Manifest, cluster: str) -> None:
    kubernetes_validate.validate(manifest, cluster, strict=True)


@pytest.mark.skipif(not shutil.which("kubectl"), reason="this distribution has no kubectl")
def test_kustomize_renders_these_manifests() -> None:
    rendered = subprocess.run(
        ["kubectl", "kustomize", BASE], capture_output=True, text=True, check=True
    )
    found = list(yaml.safe_load_all(rendered.stdout))
    assert sorted(found, key=_name) == sorted(MANIFESTS, key=_name)


def test_every_manifest_of_the_folder_is_part_of_the_base() -> None:
    listed = yaml.safe_load((BASE / "kustomization.yaml").read_text())["resources"]
    there = {each.name for each in BASE.glob("*.yaml")} - {"kustomization.yaml"}
    assert set(listed) == there


def test_every_service_is_deployed_and_nothing_else() -> None:
    for kind in ("Deployment", "Service", "PodDisruptionBudget"):
        assert set(_kind(kind)) == set(HOMES)
    assert {_container(name)["image"] for name in HOMES} == {_container("parcels")["image"]}


@services
def test_a_deployment_runs_its_own_service_on_the_port_where_it_answers(name: str) -> None:
    container = _container(name)
    assert container["args"] == [name]
    assert container["ports"] == [{"name": "http", "containerPort": HOMES[name][2]}]
    (port,) = _kind("Service")[name]["spec"]["ports"]
    assert (port["port"], port["targetPort"]) == (HOMES[name][2], "http")


@services
def test_whatever_selects_pods_selects_the_pods_of_its_service(name: str) -> None:
    labels = _pod(name)["metadata"]["labels"]
    (spread,) = _pod(name)["spec"]["topologySpreadConstraints"]
    assert _kind("Deployment")[name]["spec"]["selector"]["matchLabels"] == labels
    assert _kind("PodDisruptionBudget")[name]["spec"]["selector"]["matchLabels"] == labels
    assert _kind("Service")[name]["spec"]["selector"] == labels
    assert spread["labelSelector"]["matchLabels"] == labels
    assert labels["app.kubernetes.io/name"] == name


def test_a_network_policy_holds_for_every_pod_and_its_port_is_theirs() -> None:
    policy = _kind("NetworkPolicy")["tenglong"]["spec"]
    wanted = policy["podSelector"]["matchLabels"].items()
    assert all(wanted <= _pod(name)["metadata"]["labels"].items() for name in HOMES)
    assert policy["ingress"] == [{"ports": [{"port": "http", "protocol": "TCP"}]}]
    channels = _kind("NetworkPolicy")["notify-channels"]["spec"]["podSelector"]["matchLabels"]
    assert channels == _pod("notify")["metadata"]["labels"]


def test_a_pod_may_ask_rabbitmq_of_its_bindings_and_is_told_where_when_it_is_elsewhere() -> None:
    (_, backends) = _kind("NetworkPolicy")["tenglong"]["spec"]["egress"]
    assert {PORT, TLS_PORT} <= {each["port"] for each in backends["ports"]}
    for name in HOMES:
        (url,) = (each for each in _container(name)["env"] if each["name"] == "MANAGEMENT_URL")
        assert url["valueFrom"]["secretKeyRef"] == {
            "name": "tenglong-backends",
            "key": "management-url",
            "optional": True,
        }


def test_no_webhook_reaches_the_metadata_service_of_a_cloud() -> None:
    (rule,) = _kind("NetworkPolicy")["notify-channels"]["spec"]["egress"]
    blocks = {each["ipBlock"]["cidr"]: each["ipBlock"]["except"] for each in rule["to"]}
    assert "169.254.0.0/16" in blocks["0.0.0.0/0"]
    assert "fe80::/10" in blocks["::/0"]


@services
def test_a_pod_mounts_what_it_has_and_is_configured_from_what_there_is(name: str) -> None:
    pod, container = _pod(name)["spec"], _container(name)
    mounts = {each["name"]: each["mountPath"] for each in container["volumeMounts"]}
    (source,) = container["envFrom"]
    settings = _kind("ConfigMap")[source["configMapRef"]["name"]]["data"]
    assert set(mounts) == {each["name"] for each in pod["volumes"]}
    (secret,) = (each["secret"] for each in pod["volumes"] if "secret" in each)
    files = {f"{mounts['backends']}/{each['path']}" for each in secret["items"]}
    assert {settings["AMQP_URI_FILE"], settings["REDIS_URL_FILE"]} == files
    assert pod["serviceAccountName"] in _kind("ServiceAccount")


@pytest.mark.parametrize("name", ["enterprises", "projects"])
def test_a_pod_that_counts_working_days_reads_the_years_that_are_added(name: str) -> None:
    mounts = {each["name"]: each["mountPath"] for each in _container(name)["volumeMounts"]}
    (calendar,) = (each for each in _pod(name)["spec"]["volumes"] if each["name"] == "calendar")
    assert mounts["calendar"] == _kind("ConfigMap")["tenglong"]["data"]["CALENDAR_FOLDER"]
    assert calendar["configMap"]["optional"] is True


@services
def test_a_pod_asks_for_no_more_than_it_may_use(name: str) -> None:
    resources = _container(name)["resources"]
    for resource, requested in resources["requests"].items():
        assert 0 < _quantity(requested) <= _quantity(resources["limits"][resource])


@services
def test_a_pod_is_probed_and_given_time_to_start_and_to_drain(name: str) -> None:
    container = _container(name)
    paths = {
        probe: container[probe]["httpGet"]["path"]
        for probe in ("startupProbe", "livenessProbe", "readinessProbe")
    }
    assert paths == {
        "startupProbe": "/livez",
        "livenessProbe": "/livez",
        "readinessProbe": "/readyz",
    }
    assert all(container[probe]["httpGet"]["port"] == "http" for probe in paths)
    assert _pod(name)["spec"]["terminationGracePeriodSeconds"] > _default("drain_s")
    liveness = container["livenessProbe"]
    assert liveness["periodSeconds"] * liveness["failureThreshold"] > _default("handler_deadline_s")


@services
def test_a_pod_is_restricted(name: str) -> None:
    pod = _pod(name)["spec"]
    assert pod["securityContext"]["runAsNonRoot"]
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    assert _container(name)["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }


@services
def test_a_service_of_the_cluster_does_not_overwrite_the_port_setting(name: str) -> None:
    """A Service named parcels would give every pod PARCELS_PORT=tcp://…, which is our setting."""
    assert _pod(name)["spec"]["enableServiceLinks"] is False


def _default(setting: str) -> int:
    from backbone.settings import Settings

    value = getattr(Settings(), setting)
    assert isinstance(value, int)
    return value
