"""The manifests: what the schema says, and what it cannot say."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate  # type: ignore[import-untyped]  # ships no types
import pytest
import yaml

from backbone.amqp.management import PORT, TLS_PORT
from cli.alarms.command import PORT as ALARMS_PORT
from cli.alarms.command import alarms
from cli.grant import files
from cli.heartbeat.command import heartbeat
from services import access, callers, wiring
from services.contracts import contracts
from services.installation import HOMES
from tests.support.brokers import LARGEST_TAKEN

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy" / "k8s"
DASHBOARDS = ROOT / "deploy" / "monitoring" / "dashboards"
OVERLAYS = ("dev", "prod", "ours")  # the last is the example of the guide
GUIDE = (ROOT / "docs/operations.md").read_text()
EXAMPLES = re.findall(r"```yaml\n(.+?)```", GUIDE, re.DOTALL)
OLDEST_CLUSTER, NEWEST_CLUSTER = "1.28", "1.37"
UNITS = {"m": Decimal("0.001"), "Mi": Decimal(2**20), "Gi": Decimal(2**30), "": Decimal(1)}

SPREAD = ("kubernetes.io/hostname", "topology.kubernetes.io/zone")

Manifest = dict[str, Any]
CONTRACTS = [each.as_json() for each in contracts()]


def _rendered(folder: str) -> list[Manifest]:
    """The manifests of a folder, as `kubectl apply -k` would send them, with passwords of this moment."""
    with tempfile.TemporaryDirectory() as home:
        copy = Path(shutil.copytree(DEPLOY.parent, Path(home) / "deploy")) / "k8s"
        users = [access.service(each, wiring.read()) for each in HOMES]
        users += [access.installer(), access.heartbeat(), access.alarms(CONTRACTS)]
        where = {"broker": "rabbitmq:5672", "store": "redis:6379", "management": "rabbitmq:15672"}
        files.write(copy / "overlays" / "dev" / "secrets", users, vhost="/", **where)
        ours = copy / "overlays" / "ours"
        ours.mkdir()
        for name, text in zip(("kustomization.yaml", "outside.yaml"), EXAMPLES, strict=False):
            (ours / name).write_text(text)
        said = subprocess.run(
            ["kubectl", "kustomize", copy / folder], capture_output=True, text=True, check=True
        )
    return [found for found in yaml.safe_load_all(said.stdout) if found]


def _name(manifest: Manifest) -> str:
    return f"{manifest['kind']}-{manifest['metadata']['name']}"


MANIFESTS = _rendered("base")
RENDERED = {name: _rendered(f"overlays/{name}") for name in OVERLAYS}
# kinds of operators, of which Kubernetes has no schema
OF_OPERATORS = yaml.safe_load((Path(__file__).parent / "operators.yaml").read_text())
MEANT_FOR_THEM = [m for m in RENDERED["ours"] if m["kind"] in OF_OPERATORS]


def _kind(kind: str) -> dict[str, Manifest]:
    return {m["metadata"]["name"]: m for m in MANIFESTS if m["kind"] == kind}


def _pod(name: str) -> Manifest:
    template: Manifest = _kind("Deployment")[name]["spec"]["template"]
    return template


def _container(name: str) -> Manifest:
    (container,) = _pod(name)["spec"]["containers"]
    assert isinstance(container, dict)
    return container


def _pods(overlay: str) -> dict[str, Manifest]:
    """What each pod of an overlay is made after, by kind and name of what makes it."""
    found = {}
    for manifest in RENDERED[overlay]:
        spec = manifest.get("spec", {})
        spec = spec.get("jobTemplate", {}).get("spec", spec)
        if manifest["kind"] in ("Deployment", "StatefulSet", "Job", "CronJob"):
            found[_name(manifest)] = spec["template"]
    return found


PODS = [(overlay, name) for overlay in OVERLAYS for name in _pods(overlay)]
WRITE_THEIR_DISK = ("StatefulSet-rabbitmq",)  # its image writes its own settings


def _quantity(text: str) -> Decimal:
    number = text.rstrip("miGM")
    return Decimal(number) * UNITS[text.removeprefix(number)]


def _settings() -> dict[str, str]:
    (settings,) = (each for name, each in _kind("ConfigMap").items() if name != GRANTS)
    data: dict[str, str] = settings["data"]
    return data


GRANTS = "tenglong-grants"
services = pytest.mark.parametrize("name", HOMES)


@pytest.mark.parametrize("cluster", [OLDEST_CLUSTER, NEWEST_CLUSTER])
@pytest.mark.parametrize("manifest", MANIFESTS, ids=_name)
def test_a_cluster_takes_every_manifest(manifest: Manifest, cluster: str) -> None:
    kubernetes_validate.validate(manifest, cluster, strict=True)


@pytest.mark.parametrize("cluster", [OLDEST_CLUSTER, NEWEST_CLUSTER])
@pytest.mark.parametrize("overlay", OVERLAYS)
def test_a_cluster_takes_every_manifest_of_an_overlay(overlay: str, cluster: str) -> None:
    for manifest in RENDERED[overlay]:
        if manifest["kind"] not in OF_OPERATORS:
            kubernetes_validate.validate(manifest, cluster, strict=True)


@pytest.mark.parametrize("manifest", MEANT_FOR_THEM, ids=_name)
def test_an_operator_takes_every_manifest_that_is_meant_for_it(manifest: Manifest) -> None:
    jsonschema.validate(manifest, OF_OPERATORS[manifest["kind"]])


def test_a_slip_in_a_manifest_for_an_operator_is_noticed() -> None:
    assert {m["kind"] for m in MEANT_FOR_THEM} == set(OF_OPERATORS)
    for manifest in MEANT_FOR_THEM:
        slipped = {**manifest, "spec": {**manifest["spec"], "repliccas": 1}}
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(slipped, OF_OPERATORS[manifest["kind"]])


@pytest.mark.parametrize(
    "folder", [path.parent for path in DEPLOY.rglob("kustomization.yaml")], ids=str
)
def test_every_manifest_of_a_folder_is_part_of_it(folder: Path) -> None:
    parts = yaml.safe_load((folder / "kustomization.yaml").read_text())
    listed = [*parts.get("resources", []), *parts.get("configurations", [])]
    listed += [each["path"] for each in parts.get("patches", []) if "path" in each]
    there = {each.name for each in folder.glob("*.yaml")} - {"kustomization.yaml"}
    assert {each for each in listed if "/" not in each} == there


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_an_overlay_has_all_of_the_base_in_a_namespace_of_its_own(overlay: str) -> None:
    there = {_name(each): each for each in RENDERED[overlay]}
    assert {_name(each) for each in MANIFESTS} <= set(there)
    spaces = {
        m["metadata"].get("namespace") for m in there.values() if m["kind"] != "PriorityClass"
    }
    assert len(spaces) == 1
    assert None not in spaces


def test_the_overlay_for_trying_brings_its_own_broker_and_store_with_users_of_their_own() -> None:
    there = {_name(each): each for each in RENDERED["dev"]}
    broker, redis = there["StatefulSet-rabbitmq"], there["StatefulSet-redis"]
    (container,) = broker["spec"]["template"]["spec"]["containers"]
    assert "env" not in container  # which would make a user
    mounted = {each["name"] for each in broker["spec"]["template"]["spec"]["volumes"]}
    assert mounted == {"users", "config"}
    (config,) = (e["data"] for name, e in there.items() if name.startswith("ConfigMap-rabbitmq-"))
    # else each start of the broker undoes `grant rotate` and `grant revoke`
    assert "definitions.skip_if_unchanged = true" in config["tenglong.conf"].splitlines()
    said = " ".join(redis["spec"]["template"]["spec"]["containers"][0]["args"])
    assert "--appendfsync always" in said
    assert "--aclfile /data/users.acl" in said
    assert "deploy/k8s/overlays/dev/secrets/" in (ROOT / ".gitignore").read_text().splitlines()


def test_each_service_is_given_its_own_login_and_no_other() -> None:
    secrets = {m["metadata"]["name"]: m for m in RENDERED["dev"] if m["kind"] == "Secret"}
    pods = {m["metadata"]["name"]: m for m in RENDERED["dev"] if m["kind"] in ("Deployment", "Job")}
    assert set(pods) == {*HOMES, "topology"}
    for name, pod in pods.items():
        volumes = pod["spec"]["template"]["spec"]["volumes"]
        (mounted,) = (each["secret"]["secretName"] for each in volumes if "secret" in each)
        uri = base64.b64decode(secrets[mounted]["data"]["amqp-uri"]).decode()
        user = "installer" if name == "topology" else f"service-{name}"
        assert uri.startswith(f"amqp://{user}:")


def test_the_overlay_for_work_has_three_brokers_that_take_no_more_than_a_service_can() -> None:
    (cluster,) = (m for m in RENDERED["prod"] if m["kind"] == "RabbitmqCluster")
    settings = cluster["spec"]["rabbitmq"]["additionalConfig"].splitlines()
    assert cluster["spec"]["replicas"] == 3
    assert f"max_message_size = {LARGEST_TAKEN}" in settings
    assert "cluster_partition_handling = pause_minority" in settings
    pod = cluster["spec"]["override"]["statefulSet"]["spec"]["template"]["spec"]
    assert pod["priorityClassName"] == _pod("parcels")["spec"]["priorityClassName"]
    (spread,) = pod["topologySpreadConstraints"]
    assert spread["topologyKey"] == "topology.kubernetes.io/zone"
    assert spread["whenUnsatisfiable"] == "DoNotSchedule"  # two in a zone that goes stop all three


def test_the_operators_rules_are_those_of_the_alerts() -> None:
    (rules,) = (m for m in RENDERED["prod"] if m["kind"] == "PrometheusRule")
    written = yaml.safe_load((ROOT / "deploy/monitoring/rules.yaml").read_text())
    assert rules["spec"] == written


def test_a_heartbeat_is_sent_by_a_pod_of_its_own_that_may_do_no_more_than_a_service() -> None:
    (beats,) = (m for m in RENDERED["prod"] if _name(m) == "Deployment-heartbeat")
    pod = beats["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert container["args"] == [heartbeat.__name__]
    assert container["image"] == _container("parcels")["image"]
    assert container["securityContext"] == _container("parcels")["securityContext"]
    assert pod["securityContext"] == _pod("parcels")["spec"]["securityContext"]
    mounts = {each["name"]: each["mountPath"] for each in container["volumeMounts"]}
    (secret,) = (each["secret"] for each in pod["volumes"] if "secret" in each)
    assert secret["secretName"] == f"tenglong-{access.heartbeat().name}"
    file = f"{mounts['backends']}/amqp-uri"
    assert container["env"] == [{"name": "AMQP_URI_FILE", "value": file}]
    labels = beats["spec"]["template"]["metadata"]["labels"]
    assert beats["spec"]["selector"]["matchLabels"] == labels


def test_alarms_are_taken_by_a_pod_with_its_own_user_where_alertmanager_sends_them() -> None:
    rendered = {_name(m): m for m in RENDERED["prod"]}
    pod = rendered["Deployment-alarms"]["spec"]["template"]
    (container,) = pod["spec"]["containers"]
    (served,) = rendered["Service-alarms"]["spec"]["ports"]
    assert container["args"][0] == alarms.__name__
    assert (
        [each["containerPort"] for each in container["ports"]] == [served["port"]] == [ALARMS_PORT]
    )
    assert rendered["Service-alarms"]["spec"]["selector"] == pod["metadata"]["labels"]
    (secret,) = (each["secret"] for each in pod["spec"]["volumes"] if "secret" in each)
    (receiver,) = rendered["AlertmanagerConfig-tenglong"]["spec"]["receivers"]
    (webhook,) = receiver["webhookConfigs"]
    assert webhook["url"] == f"http://alarms:{ALARMS_PORT}/alarms"
    shown = webhook["httpConfig"]["authorization"]["credentials"]
    assert (shown["name"], shown["key"]) == (secret["secretName"], "token")
    assert secret["secretName"] == f"tenglong-{access.alarms(CONTRACTS).name}"


def test_the_dashboards_are_config_maps_that_the_sidecar_of_grafana_finds() -> None:
    maps = [m for m in RENDERED["prod"] if m["metadata"].get("labels", {}).get("grafana_dashboard")]
    shown = {name: text for each in maps for name, text in each["data"].items()}
    assert shown == {file.name: file.read_text() for file in DASHBOARDS.glob("*.json")}
    assert [m["metadata"]["name"] for m in maps] == [Path(name).stem for name in shown]


def test_each_pod_is_scraped_by_itself_as_the_job_that_the_rules_name() -> None:
    monitors = {
        m["metadata"]["name"]: m["spec"] for m in RENDERED["prod"] if m["kind"] == "PodMonitor"
    }
    assert set(monitors["tenglong"]["selector"]["matchExpressions"][0]["values"]) == set(HOMES)
    assert _pod("parcels")["metadata"]["labels"][monitors["tenglong"]["jobLabel"]] == "tenglong"
    watched = yaml.safe_load((ROOT / "deploy/monitoring/prometheus.yml").read_text())
    of_the_broker = [
        (job.get("metrics_path", "/metrics"), job.get("params"))
        for job in watched["scrape_configs"]
        if job["job_name"].startswith("rabbitmq")
    ]
    endpoints = monitors["rabbitmq-queues"]["podMetricsEndpoints"]
    assert [(each["path"], each.get("params")) for each in endpoints] == of_the_broker


def test_a_change_of_a_setting_rolls_the_pods() -> None:
    (settings,) = _kind("ConfigMap").keys() - {GRANTS}
    assert re.fullmatch(r"tenglong-[a-z0-9]{10}", settings)
    for name in HOMES:
        (source,) = _container(name)["envFrom"]
        assert source["configMapRef"]["name"] == settings


@services
def test_who_may_call_on_which_days_is_read_again_without_a_new_pod(name: str) -> None:
    mounts = {each["name"]: each["mountPath"] for each in _container(name)["volumeMounts"]}
    (grants,) = (each for each in _pod(name)["spec"]["volumes"] if each["name"] == "grants")
    file = Path(_settings()["GRANTS_FILE"])
    assert (mounts["grants"], grants["configMap"]) == (str(file.parent), {"name": GRANTS})
    assert callers.lines_of(_kind("ConfigMap")[GRANTS]["data"][file.name]) == {}


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
    hosts, zones = _pod(name)["spec"]["topologySpreadConstraints"]
    assert (hosts["topologyKey"], zones["topologyKey"]) == SPREAD
    assert _pod(name)["spec"]["priorityClassName"] in _kind("PriorityClass")
    assert _kind("Deployment")[name]["spec"]["selector"]["matchLabels"] == labels
    assert _kind("PodDisruptionBudget")[name]["spec"]["selector"]["matchLabels"] == labels
    assert _kind("Service")[name]["spec"]["selector"] == labels
    assert hosts["labelSelector"]["matchLabels"] == labels == zones["labelSelector"]["matchLabels"]
    assert labels["app.kubernetes.io/name"] == name


def test_a_network_policy_holds_for_every_pod_and_its_port_is_theirs() -> None:
    policy = _kind("NetworkPolicy")["tenglong"]["spec"]
    wanted = policy["podSelector"]["matchLabels"].items()
    assert all(wanted <= _pod(name)["metadata"]["labels"].items() for name in HOMES)
    (ingress,) = policy["ingress"]
    assert ingress["ports"] == [{"port": "http", "protocol": "TCP"}]
    assert [set(each) for each in ingress["from"]] == [{"podSelector"}, {"namespaceSelector"}]
    channels = _kind("NetworkPolicy")["notify-channels"]["spec"]["podSelector"]["matchLabels"]
    assert channels == _pod("notify")["metadata"]["labels"]


def test_a_pod_may_ask_rabbitmq_of_its_bindings_and_is_told_where_when_it_is_elsewhere() -> None:
    (_, broker, _, _) = _kind("NetworkPolicy")["tenglong"]["spec"]["egress"]
    assert {PORT, TLS_PORT} <= {each["port"] for each in broker["ports"]}
    for name in HOMES:
        mounts = {each["name"]: each["mountPath"] for each in _container(name)["volumeMounts"]}
        assert _settings()["MANAGEMENT_URL_FILE"] == f"{mounts['backends']}/management-url"


def test_no_secret_is_in_the_environment_of_a_process() -> None:
    for overlay, name in PODS:
        containers = _pods(overlay)[name]["spec"]["containers"]
        given = [each for container in containers for each in container.get("env", [])]
        sources = [each.get("valueFrom", {}) for each in given]
        assert [each for each in sources if "secretKeyRef" in each] == [], name
    mounts = {each["name"]: each["mountPath"] for each in _container("notify")["volumeMounts"]}
    assert _settings()["SMTP_URL_FILE"] == f"{mounts['backends']}/smtp-url"


def test_traces_get_out_to_a_collector() -> None:
    (_, _, _, collector) = _kind("NetworkPolicy")["tenglong"]["spec"]["egress"]
    assert {4317, 4318} == {each["port"] for each in collector["ports"]}  # OTLP, gRPC and HTTP


def test_a_call_that_does_not_say_who_calls_is_refused() -> None:
    assert _settings()["CALLERS"] == "named"


@services
def test_a_pod_mounts_what_it_has_and_is_configured_from_what_there_is(name: str) -> None:
    pod, container = _pod(name)["spec"], _container(name)
    mounts = {each["name"]: each["mountPath"] for each in container["volumeMounts"]}
    (source,) = container["envFrom"]
    settings = _kind("ConfigMap")[source["configMapRef"]["name"]]["data"]
    assert set(mounts) == {each["name"] for each in pod["volumes"]}
    (secret,) = (each["secret"] for each in pod["volumes"] if "secret" in each)
    files = {f"{mounts['backends']}/{each}" for each in ("amqp-uri", "redis-url")}
    assert {settings["AMQP_URI_FILE"], settings["REDIS_URL_FILE"]} == files
    # all that `tenglong grant installation` has for this service is there, and nothing of another
    assert secret == {"secretName": f"tenglong-{name}", "defaultMode": secret["defaultMode"]}
    assert pod["serviceAccountName"] in _kind("ServiceAccount")


@pytest.mark.parametrize("name", ["enterprises", "projects"])
def test_a_pod_that_counts_working_days_reads_the_years_that_are_added(name: str) -> None:
    mounts = {each["name"]: each["mountPath"] for each in _container(name)["volumeMounts"]}
    (calendar,) = (each for each in _pod(name)["spec"]["volumes"] if each["name"] == "calendar")
    assert mounts["calendar"] == _settings()["CALENDAR_FOLDER"]
    assert calendar["configMap"]["optional"] is True


@pytest.mark.parametrize(("overlay", "name"), PODS)
def test_a_pod_asks_for_no_more_than_it_may_use(overlay: str, name: str) -> None:
    for container in _pods(overlay)[name]["spec"]["containers"]:
        asked, most = (container["resources"][each] for each in ("requests", "limits"))
        assert set(asked) == set(most) == {"cpu", "memory"}
        for resource, requested in asked.items():
            assert 0 < _quantity(requested) <= _quantity(most[resource])


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


@pytest.mark.parametrize(("overlay", "name"), PODS)
def test_a_pod_is_restricted(overlay: str, name: str) -> None:
    pod = _pods(overlay)[name]["spec"]
    assert pod["securityContext"]["runAsNonRoot"]
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    assert pod["enableServiceLinks"] is False
    writes = {"readOnlyRootFilesystem": True} if name not in WRITE_THEIR_DISK else {}
    for container in pod["containers"]:
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "capabilities": {"drop": ["ALL"]},
            **writes,
        }


@pytest.mark.parametrize(("overlay", "name"), PODS)
def test_a_pod_that_works_on_goes_last_when_a_node_is_full(overlay: str, name: str) -> None:
    kind, _, short = name.partition("-")
    pod = _pods(overlay)[name]["spec"]
    is_for_good = kind in ("Deployment", "StatefulSet") and overlay != "dev"
    if is_for_good or short in HOMES:
        assert pod["priorityClassName"] in _kind("PriorityClass")


@pytest.mark.parametrize(("overlay", "name"), PODS)
def test_several_pods_of_a_kind_are_spread_over_nodes_and_zones(overlay: str, name: str) -> None:
    short = name.partition("-")[2]
    if short not in (*HOMES, "redis", "redis-sentinel") or overlay == "dev":
        return
    pod = _pods(overlay)[name]
    spread = pod["spec"]["topologySpreadConstraints"]
    assert tuple(each["topologyKey"] for each in spread) == SPREAD
    assert all(each["labelSelector"]["matchLabels"] == pod["metadata"]["labels"] for each in spread)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_whatever_is_disrupted_one_at_a_time_does_not_hold_up_a_node_that_is_drained(
    overlay: str,
) -> None:
    for budget in (m for m in RENDERED[overlay] if m["kind"] == "PodDisruptionBudget"):
        assert budget["spec"]["maxUnavailable"] == 1
        assert budget["spec"]["unhealthyPodEvictionPolicy"] == "AlwaysAllow", _name(budget)


def test_the_job_of_the_topology_waits_for_the_broker_and_goes_when_it_is_done() -> None:
    spec = _kind("Job")["topology"]["spec"]
    assert spec["backoffLimit"] >= 10
    assert 0 < spec["ttlSecondsAfterFinished"] <= 3600  # so that the next release can bring its own
    assert spec["template"]["spec"]["restartPolicy"] == "OnFailure"
    (night,) = _kind("CronJob").values()
    assert night["spec"]["jobTemplate"]["spec"]["backoffLimit"] > 0
    assert night["spec"]["jobTemplate"]["spec"]["activeDeadlineSeconds"] > 0


def _night() -> Manifest:
    """The pod that copies the stores every night."""
    (job,) = _kind("CronJob").values()
    pod: Manifest = job["spec"]["jobTemplate"]["spec"]["template"]
    return pod


def test_every_night_each_service_is_copied_to_a_disk_that_outlives_the_pod() -> None:
    (container,) = _night()["spec"]["containers"]
    (script,) = container["args"]
    named = re.search(r"for service in ([a-z ]+); do", script)
    assert named
    assert set(named[1].split()) == set(HOMES)
    claims = {each["name"]: each for each in _night()["spec"]["volumes"]}
    (folder,) = (
        each["mountPath"] for each in container["volumeMounts"] if each["name"] == "backups"
    )
    assert f'tenglong backup "$service" --file "{folder}/$service-$now.backup"' in script
    assert claims["backups"]["persistentVolumeClaim"]["claimName"] in _kind("PersistentVolumeClaim")


def test_a_copy_that_fails_fails_the_job_and_removes_no_older_one(tmp_path: Path) -> None:
    (script,) = _night()["spec"]["containers"][0]["args"]
    old = tmp_path / "parcels-20230801T000000Z.backup"
    old.touch()
    os.utime(old, (0, 0))
    command = tmp_path / "tenglong"

    def night(said: str) -> int:
        command.write_text(f"#!/bin/sh\n{said}\n")
        command.chmod(0o755)
        path = f"{tmp_path}:{os.environ['PATH']}"
        there = script.replace("/backups", str(tmp_path))
        return subprocess.run(["sh", "-c", there], env={"PATH": path}, check=False).returncode

    assert night('test "$2" != projects') == 1
    assert old.exists()
    assert night('touch "$4"') == 0
    copies = {each.name.partition("-")[0] for each in tmp_path.glob("*.backup")}
    assert copies == set(HOMES)
    assert not old.exists()


def test_the_pod_that_copies_runs_as_the_others_do() -> None:
    (container,) = _night()["spec"]["containers"]
    assert container["image"] == _container("parcels")["image"]
    (volume,) = (each["secret"] for each in _night()["spec"]["volumes"] if "secret" in each)
    assert volume["secretName"] == f"tenglong-{access.copier().name}"
    assert [each["name"] for each in container["env"]] == ["REDIS_URL_FILE"]
    assert container["securityContext"] == _container("parcels")["securityContext"]
    assert _night()["spec"]["securityContext"] == _pod("parcels")["spec"]["securityContext"]
    mounts = {each["name"]: each["mountPath"] for each in container["volumeMounts"]}
    assert set(mounts) == {each["name"] for each in _night()["spec"]["volumes"]}
    assert _settings()["REDIS_URL_FILE"] == f"{mounts['backends']}/redis-url"
    wanted = _kind("NetworkPolicy")["tenglong"]["spec"]["podSelector"]["matchLabels"].items()
    assert wanted <= _night()["metadata"]["labels"].items()


def _default(setting: str) -> int:
    from backbone.settings import Settings

    value = getattr(Settings(), setting)
    assert isinstance(value, int)
    return value
