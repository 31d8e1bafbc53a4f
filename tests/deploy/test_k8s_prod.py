"""The overlay for work: a broker, a store and replicas that outlive the loss of a machine."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from backbone.settings import Settings
from backbone.store.sentinel import Named
from cli.app import app
from cli.grant.bounds import OF_A_SERVICE
from services.installation import HOMES

from .test_k8s import DEPLOY, GUIDE, RENDERED, ROOT, _name

PROD: dict[str, Any] = {_name(each): each for each in RENDERED["prod"]}
RULES = ROOT / "deploy/monitoring/rules.yaml"
WHO_NEEDS_REDIS = {*HOMES, "backup", "console", "redis", "redis-sentinel"}
PLATFORM = {"app.kubernetes.io/part-of": "tenglong"}


def _pod(name: str) -> Any:
    return PROD[f"StatefulSet-{name}"]["spec"]["template"]


# --- Redis and its Sentinels


def test_redis_has_a_replica_and_enough_sentinels_to_name_another_master() -> None:
    redis, sentinels = (PROD[f"StatefulSet-{each}"]["spec"] for each in ("redis", "redis-sentinel"))
    assert redis["replicas"] == Settings().replicas_confirm + 1
    assert sentinels["replicas"] == 3
    quorum = re.search(r"sentinel monitor park redis-0.redis 6379 (\d)", _script("sentinel.sh"))
    assert quorum
    assert int(quorum[1]) == 2
    for each in (redis, sentinels):
        assert each["podManagementPolicy"] == "Parallel"
        hosts, _ = each["template"]["spec"]["topologySpreadConstraints"]
        assert (
            hosts["whenUnsatisfiable"] == "DoNotSchedule"
        )  # else one node takes two of them along


def test_redis_keeps_what_it_is_given() -> None:
    said = _script("redis.conf").splitlines()
    assert {"appendonly yes", "appendfsync always", "maxmemory-policy noeviction"} <= set(said)


@pytest.mark.parametrize("name", ["redis", "redis-sentinel"])
def test_each_of_them_has_a_name_and_a_disk_of_its_own(name: str) -> None:
    service = PROD[f"Service-{name}"]["spec"]
    labels = _pod(name)["metadata"]["labels"]
    assert PROD[f"StatefulSet-{name}"]["spec"]["serviceName"] == name
    assert service["clusterIP"] == "None"
    assert service["publishNotReadyAddresses"] is True  # a master that loads has a name already
    assert service["selector"] == labels
    assert PROD[f"PodDisruptionBudget-{name}"]["spec"]["selector"]["matchLabels"] == labels
    (claim,) = PROD[f"StatefulSet-{name}"]["spec"]["volumeClaimTemplates"]
    container, _ = _pod(name)["spec"]["containers"]
    mounts = {each["name"]: each["mountPath"] for each in container["volumeMounts"]}
    assert mounts[claim["metadata"]["name"]] == "/data"
    (settings,) = (
        e["configMap"]["name"] for e in _pod(name)["spec"]["volumes"] if "configMap" in e
    )
    script = Path(container["command"][1])
    assert script.name in PROD[f"ConfigMap-{settings}"]["data"]
    assert str(script.parent) == mounts["config"]


@pytest.mark.parametrize("name", ["redis", "redis-sentinel"])
def test_nobody_reaches_them_but_who_needs_redis(name: str) -> None:
    policy = PROD[f"NetworkPolicy-{name}"]["spec"]
    assert policy["podSelector"]["matchLabels"] == _pod(name)["metadata"]["labels"]
    rule, watching = policy["ingress"]
    (among,) = rule["from"]
    names, ours = among["podSelector"]["matchExpressions"]
    assert set(names["values"]) == WHO_NEEDS_REDIS
    assert ours["values"] == ["tenglong"]
    (port,) = rule["ports"]
    container, exporter = _pod(name)["spec"]["containers"]
    assert port["port"] == container["ports"][0]["containerPort"]
    assert [set(each) for each in watching["from"]] == [{"namespaceSelector"}]
    assert [each["port"] for each in watching["ports"]] == [exporter["ports"][0]["name"]]
    # and they are let out to each other by the policy of all the platform's pods
    out = PROD["NetworkPolicy-tenglong"]["spec"]
    assert out["podSelector"]["matchLabels"].items() <= _pod(name)["metadata"]["labels"].items()
    assert port in out["egress"][2]["ports"]


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return granted(tmp_path_factory.mktemp("grant") / "secrets")


def granted(folder: Path, *more: str) -> Path:
    """The files that the guide has `tenglong grant installation` write for this overlay."""
    (store,) = re.findall(r"redis-sentinel-0\S+/park\b", GUIDE)
    command = ["grant", "installation", str(folder), "--store", store, *more]
    assert CliRunner().invoke(app, command).exit_code == 0
    return folder


def test_a_service_asks_the_sentinels_of_the_overlay(secrets: Path) -> None:
    named = Named.of((secrets / "parcels" / "redis-url").read_text().strip())
    spec = PROD["StatefulSet-redis-sentinel"]["spec"]
    at = [f"redis-sentinel-{n}.{spec['serviceName']}" for n in range(spec["replicas"])]
    assert named.sentinels == [(host, 26379) for host in at]
    assert f"sentinel monitor {named.name} " in _script("sentinel.sh")


@pytest.mark.parametrize("name", ["redis", "redis-sentinel"])
def test_what_their_pods_mount_is_what_a_grant_has_written(secrets: Path, name: str) -> None:
    (named,) = re.findall(r"for name in ([a-z ]+); do kubectl", GUIDE)
    volumes = {each["name"]: each for each in _pod(name)["spec"]["volumes"]}
    secret = volumes["users"]["secret"]
    folder = secret["secretName"].removeprefix("tenglong-")
    assert folder in named.split()
    there = {each.name for each in (secrets / folder).iterdir()}
    assert {each["key"] for each in secret["items"]} <= there
    assert volumes["sentinels"]["secret"]["optional"] is True


@pytest.mark.parametrize("name", ["redis", "redis-sentinel"])
def test_each_of_them_has_the_exporter_of_compose_beside_it_which_every_scrape_finds(
    secrets: Path, name: str
) -> None:
    server, exporter = _pod(name)["spec"]["containers"]
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    assert exporter["image"] == compose["redis-exporter"]["image"]
    env = {each["name"]: each["value"] for each in exporter["env"]}
    (port,) = server["ports"]
    assert env["REDIS_ADDR"] == f"redis://localhost:{port['containerPort']}"
    passwords = json.loads((secrets / "watcher" / "passwords.json").read_text())
    assert passwords[env["REDIS_ADDR"].replace("://", f"://{env['REDIS_USER']}@")]
    monitored = PROD["PodMonitor-redis"]["spec"]
    (names,) = monitored["selector"]["matchExpressions"]
    assert name in names["values"]
    (asked,) = monitored["podMetricsEndpoints"]
    assert asked["port"] == exporter["ports"][0]["name"]


def test_redis_and_its_sentinels_speak_tls_where_there_are_certificates_and_never_else() -> None:
    over_tls = {_name(each): each for each in RENDERED["ours"]}
    for name in ("redis", "redis-sentinel"):
        pod = over_tls[f"StatefulSet-{name}"]["spec"]["template"]["spec"]
        server, exporter = pod["containers"]
        (secret,) = (each["secret"] for each in pod["volumes"] if each["name"] == "tls")
        assert "optional" not in secret  # it waits for it, and does not speak plain meanwhile
        (at,) = (each["mountPath"] for each in server["volumeMounts"] if each["name"] == "tls")
        script = Path(server["command"][1]).name
        assert f"tls={at}\n" in _script(script)
        assert "if [ -d $tls ]" in _script(script)
        assert "tls" not in {each["name"] for each in exporter["volumeMounts"]}  # it is no server
    redis = over_tls["StatefulSet-redis"]["spec"]["template"]["spec"]["containers"][0]
    for probe in ("startupProbe", "readinessProbe"):
        assert "redis-cli --tls --cacert" in redis[probe]["exec"]["command"][-1]
    assert "tls" in over_tls["RabbitmqCluster-rabbitmq"]["spec"]


def _script(name: str) -> str:
    return (DEPLOY / "overlays" / "prod" / name).read_text()


# --- RabbitMQ


def test_the_brokers_are_reached_by_the_platform_each_other_and_who_watches_them() -> None:
    policy = PROD["NetworkPolicy-rabbitmq"]["spec"]
    (monitored,) = PROD["PodMonitor-rabbitmq-queues"]["spec"]["selector"]["matchLabels"].items()
    assert dict([monitored]) == policy["podSelector"]["matchLabels"]
    platform, brokers, watching, operator = policy["ingress"]
    assert platform["from"] == [{"podSelector": {"matchLabels": PLATFORM}}]
    assert {5672, 15672} <= {each["port"] for each in platform["ports"]}
    assert brokers["from"] == [{"podSelector": policy["podSelector"]}]
    assert {4369, 25672} <= {each["port"] for each in brokers["ports"]}
    assert all(
        set(each) == {"namespaceSelector"} for each in (*watching["from"], *operator["from"])
    )
    assert [each["port"] for each in watching["ports"]] == ["prometheus"]


# --- as many replicas as the waiting work needs


@pytest.mark.parametrize("name", HOMES)
def test_a_service_gets_replicas_while_its_calls_wait(name: str) -> None:
    scaled = PROD[f"ScaledObject-{name}"]["spec"]
    deployment = PROD[f"Deployment-{scaled['scaleTargetRef']['name']}"]
    assert deployment["metadata"]["name"] == name
    assert "replicas" not in deployment["spec"]  # or each `kubectl apply` would end those there are
    assert 2 == scaled["minReplicaCount"] < scaled["maxReplicaCount"]
    asked = [each["metadata"]["query"] for each in scaled["triggers"]]
    of_notify = ["tenglong:deliveries_wait:seconds"] if name == "notify" else []
    assert asked == [f'tenglong:calls_wait:seconds{{service="{name}"}}', *of_notify]
    recorded = {r["record"] for g in _groups() for r in g["rules"] if "record" in r}
    assert {re.split(r"\{", each)[0] for each in asked} <= recorded
    # the time is that of all replicas, and not one to be divided by their number
    assert all(each["metricType"] == "Value" for each in scaled["triggers"])


@pytest.mark.parametrize("name", HOMES)
def test_rabbitmq_lets_as_many_replicas_connect_as_there_may_be(name: str) -> None:
    measured = tomllib.loads((ROOT / "bench/capacity.toml").read_text())
    (of_each_service,) = _found(measured, "connections")
    of_a_process = of_each_service / len(HOMES)
    most = PROD[f"ScaledObject-{name}"]["spec"]["maxReplicaCount"] + 1  # while they roll
    assert 1.5 * most * of_a_process < OF_A_SERVICE["max-connections"]


def _found(table: Any, key: str) -> Iterator[int]:
    for name, value in table.items():
        if name == key:
            yield value
        elif isinstance(value, dict):
            yield from _found(value, key)


def _groups() -> Any:
    return yaml.safe_load(RULES.read_text())["groups"]


READY, SERVED, TRIED = (
    'rabbitmq_detailed_queue_messages_ready{queue="%s"}',
    'tenglong_rpc_served_total{service="parcels",method="m%d",result="ok"}',
    'tenglong_deliveries_total{channel="email",state="delivered"}',
)
UP = 'tenglong_ready{service="parcels",instance="a"}'
CALLS, DELIVERIES = (
    'tenglong:calls_wait:seconds{service="parcels"}',
    "tenglong:deliveries_wait:seconds",
)


@pytest.mark.parametrize(
    ("asked", "series", "seconds"),
    [
        # 300 wait, and 60 a second are done: five seconds
        (
            CALLS,
            {READY % "rpc-parcels": "300x30", SERVED % 1: "0+1800x30", SERVED % 2: "0+1800x30"},
            5,
        ),
        (CALLS, {READY % "rpc-parcels": "0x30", SERVED % 1: "0+1800x30"}, 0),
        (CALLS, {READY % "rpc-parcels": "40x30", UP: "1x30"}, 40),  # nothing is done
        (CALLS, {READY % "rpc-parcels": "1x30", SERVED % 1: "0+1x30"}, 1),  # nothing much to do
        (CALLS, {READY % "parcels.inbox.v1": "9000x30", SERVED % 1: "0+60x30"}, None),
        (DELIVERIES, {READY % "notify.deliveries.v1": "120x30", TRIED: "0+120x30"}, 60),
        (DELIVERIES, {READY % "notify.deliveries.v1": "3x30"}, 15),
    ],
)
def test_the_seconds_that_work_waits_are_what_waits_by_what_is_done(
    tmp_path: Path, asked: str, series: dict[str, str], seconds: int | None
) -> None:
    labels = asked if "{" in asked else f"{asked}{{}}"
    expected = [] if seconds is None else [{"labels": labels, "value": seconds}]
    test = {
        "interval": "1m",
        "input_series": [{"series": name, "values": values} for name, values in series.items()],
        "promql_expr_test": [{"expr": asked, "eval_time": "20m", "exp_samples": expected}],
    }
    file = tmp_path / "test.yaml"
    file.write_text(
        yaml.safe_dump({"rule_files": [str(RULES)], "evaluation_interval": "1m", "tests": [test]})
    )
    ran = subprocess.run(["promtool", "test", "rules", file], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
