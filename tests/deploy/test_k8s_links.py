"""What the schemas of Kubernetes do not see: whatever a manifest names is there."""

from __future__ import annotations

import re
from functools import cache
from ipaddress import ip_address, ip_network
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
import yaml

from tests.support.authority import Authority

from .test_k8s import EXAMPLES, GUIDE, OVERLAYS, RENDERED, Manifest, _name, _pods
from .test_k8s_prod import granted

# the pods that the operator of RabbitMQ makes of a RabbitmqCluster
OF_THE_OPERATOR = {
    "app.kubernetes.io/name": "rabbitmq",
    "app.kubernetes.io/component": "rabbitmq",
    "app.kubernetes.io/part-of": "rabbitmq",
}
ITS_PORTS = {
    "epmd": 4369,
    "amqp": 5672,
    "management": 15672,
    "prometheus": 15692,
    "cluster": 25672,
    "amqps": 5671,
    "management-tls": 15671,
    "prometheus-tls": 15691,
    "rabbitmqctl": 35672,
}
LINK_LOCAL = {"0.0.0.0/0": "169.254.0.0/16", "::/0": "fe80::/10"}
NODE_LOCAL_DNS = "169.254.20.10/32"
METADATA = ["169.254.169.254", "100.100.100.200", "fd00:ec2::254"]  # of clouds
# files of a mounted folder that are there when somebody adds them
ADDED = {"management-url", "smtp-url"}

overlays = pytest.mark.parametrize("overlay", OVERLAYS)


class Pod(NamedTuple):
    name: str
    labels: dict[str, str]
    ports: dict[str, int]


@cache
def pods(overlay: str) -> list[Pod]:
    """Every pod of an overlay, those of the broker's operator included."""
    found = []
    for name, template in _pods(overlay).items():
        served = [each for c in template["spec"]["containers"] for each in c.get("ports", [])]
        ports = {each["name"]: each["containerPort"] for each in served}
        found.append(Pod(name, template["metadata"]["labels"], ports))
    if kinds(overlay, "RabbitmqCluster"):
        found.append(Pod("RabbitmqCluster-rabbitmq", OF_THE_OPERATOR, ITS_PORTS))
    return found


def kinds(overlay: str, *names: str) -> list[Manifest]:
    return [each for each in RENDERED[overlay] if each["kind"] in names]


def selected(overlay: str, selector: dict[str, Any]) -> list[Pod]:
    """The pods that a selector means; of its lists of values each has to mean one."""
    asked = selector.get("matchExpressions", [])
    for each in asked:
        assert each["operator"] == "In"
        there = {pod.labels.get(each["key"]) for pod in pods(overlay)}
        assert set(each["values"]) <= there, f"{set(each['values']) - there} is no pod's"
    wanted = selector.get("matchLabels", {}).items()
    return [
        pod
        for pod in pods(overlay)
        if wanted <= pod.labels.items()
        and all(pod.labels.get(each["key"]) in each["values"] for each in asked)
    ]


@overlays
def test_whatever_selects_pods_selects_some(overlay: str) -> None:
    for each in kinds(overlay, "Service"):
        if each["spec"].get("selector"):
            assert selected(overlay, {"matchLabels": each["spec"]["selector"]}), _name(each)
    for each in kinds(overlay, "PodDisruptionBudget", "PodMonitor"):
        assert selected(overlay, each["spec"]["selector"]), _name(each)
    for each in kinds(overlay, "NetworkPolicy"):
        assert selected(overlay, each["spec"]["podSelector"]), _name(each)
    for each in kinds(overlay, "Deployment", "StatefulSet"):
        labels = _pods(overlay)[_name(each)]["metadata"]["labels"]
        assert each["spec"]["selector"]["matchLabels"] == labels, _name(each)
        spread = each["spec"]["template"]["spec"].get("topologySpreadConstraints", [])
        assert all(one["labelSelector"]["matchLabels"] == labels for one in spread), _name(each)
    for each in kinds(overlay, "ScaledObject"):
        target = each["spec"]["scaleTargetRef"]["name"]
        assert f"Deployment-{target}" in _pods(overlay), _name(each)


@overlays
def test_no_two_kinds_of_pods_have_one_name(overlay: str) -> None:
    labels = [tuple(sorted(pod.labels.items())) for pod in pods(overlay)]
    assert len(set(labels)) == len(labels)


@overlays
def test_a_policy_lets_in_who_is_there_at_ports_that_are_there(overlay: str) -> None:
    for policy in kinds(overlay, "NetworkPolicy"):
        into = selected(overlay, policy["spec"]["podSelector"])
        for rule in policy["spec"].get("ingress", []):
            assert rule["from"], _name(policy)
            for peer in rule["from"]:
                if "podSelector" in peer:
                    assert selected(overlay, peer["podSelector"]), _name(policy)
                if "namespaceSelector" in peer:
                    (space,) = peer["namespaceSelector"]["matchLabels"].values()
                    assert f"`{space}`" in GUIDE, space
            for port in rule["ports"]:
                served = [each for pod in into for each in pod.ports.items()]
                assert any(port["port"] in each for each in served), (_name(policy), port)


@overlays
def test_a_policy_lets_nobody_out_to_a_clouds_metadata_nor_near_the_node_but_for_names(
    overlay: str,
) -> None:
    for policy in kinds(overlay, "NetworkPolicy"):
        for rule in policy["spec"].get("egress", []):
            for block in (peer["ipBlock"] for peer in rule["to"] if "ipBlock" in peer):
                if block == {"cidr": NODE_LOCAL_DNS}:
                    assert {each["port"] for each in rule["ports"]} == {53}, _name(policy)
                    continue
                assert LINK_LOCAL[block["cidr"]] in block["except"], _name(policy)
                kept = [ip_network(each) for each in (block["cidr"], *block["except"])]
                for address in map(ip_address, METADATA):
                    inside, *left_out = (address in each for each in kept)
                    assert any(left_out) or not inside, (_name(policy), address)


@overlays
def test_a_policy_lets_out_to_pods_that_are_there(overlay: str) -> None:
    for policy in kinds(overlay, "NetworkPolicy"):
        for rule in policy["spec"].get("egress", []):
            for peer in (each for each in rule["to"] if "podSelector" in each):
                assert selected(overlay, peer["podSelector"]), _name(policy)


def test_where_the_park_works_pods_get_out_to_brokers_stores_and_a_collector_that_are_named() -> (
    None
):
    (policy,) = (e for e in kinds("prod", "NetworkPolicy") if _name(e) == "NetworkPolicy-tenglong")
    names, broker, store, collector = policy["spec"]["egress"]
    assert {each["port"] for each in names["ports"]} == {53}
    for rule, wanted in ((broker, {"rabbitmq"}), (store, {"redis", "redis-sentinel"})):
        (peer,) = rule["to"]
        assert set(peer) == {"podSelector"}
        found = selected("prod", peer["podSelector"])
        assert {pod.labels["app.kubernetes.io/name"] for pod in found} == wanted
    assert {each["port"] for each in broker["ports"]} == {5671, 5672, 15671, 15672}
    assert {6379, 26379} <= {each["port"] for each in store["ports"]}
    (peer,) = collector["to"]
    (space,) = peer["namespaceSelector"]["matchLabels"].values()
    assert f"`{space}`" in GUIDE


@overlays
def test_every_pod_is_behind_a_policy_for_who_reaches_it(overlay: str) -> None:
    held = {
        pod.name
        for policy in kinds(overlay, "NetworkPolicy")
        if "Ingress" in policy["spec"]["policyTypes"]
        for pod in selected(overlay, policy["spec"]["podSelector"])
    }
    assert held == {pod.name for pod in pods(overlay)}


@overlays
def test_every_port_that_is_named_is_a_ports_name(overlay: str) -> None:
    for each in kinds(overlay, "Service"):
        for pod in selected(overlay, {"matchLabels": each["spec"]["selector"]}):
            for port in each["spec"]["ports"]:
                assert port["targetPort"] in pod.ports, (_name(each), port)
    for each in kinds(overlay, "PodMonitor"):
        for pod in selected(overlay, each["spec"]["selector"]):
            for end in each["spec"]["podMetricsEndpoints"]:
                assert end["port"] in pod.ports, (_name(each), pod.name)
    for name, template in _pods(overlay).items():
        for container in template["spec"]["containers"]:
            names = {each["name"] for each in container.get("ports", [])}
            for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
                asked = container.get(probe, {})
                port = (asked.get("httpGet") or asked.get("tcpSocket") or {}).get("port")
                assert port is None or port in names, (name, probe)


@cache
def given(overlay: str) -> dict[str, set[str]]:
    """The Secrets of an overlay with their keys: its own, or those that the guide has somebody make."""
    if overlay == "dev":
        return {each["metadata"]["name"]: set(each["data"]) for each in kinds("dev", "Secret")}
    with TemporaryDirectory() as home:
        over_tls = ("--tls-ca", str(Authority(Path(home)).ca)) if overlay == "ours" else ()
        folder = granted(Path(home) / "secrets", *over_tls)
        ((names, command),) = re.findall(r"for name in ([a-z ]+); do (kubectl.+?); done", GUIDE)
        assert "tenglong-$name --from-file=secrets/$name" in command
        found = {
            f"tenglong-{name}": {each.name for each in (folder / name).iterdir()}
            for name in names.split()
        }
        console = re.findall(r"secret generic (tenglong-console) --from-file=secrets/(\S+)", GUIDE)
        found |= {name: {e.name for e in (folder / of).iterdir()} for name, of in console}
    certificates = {each["spec"]["secretName"] for each in _certificates()}
    return found | {name: {"ca.crt", "tls.crt", "tls.key"} for name in certificates}


@overlays
def test_every_secret_and_every_key_of_it_is_there_or_the_guide_has_somebody_make_it(
    overlay: str,
) -> None:
    there = given(overlay)
    for name, template in _pods(overlay).items():
        for volume in template["spec"].get("volumes", []):
            secret = volume.get("secret", {"optional": True})
            if secret.get("optional"):
                continue
            assert secret["secretName"] in there, name
            keys = {each["key"] for each in secret.get("items", [])}
            assert keys <= there[secret["secretName"]], name
    for each in kinds(overlay, "RabbitmqCluster"):
        assert each["spec"].get("tls", {}).get("secretName") in (None, *there)
    for each in kinds(overlay, "AlertmanagerConfig"):
        (receiver,) = each["spec"]["receivers"]
        (webhook,) = receiver["webhookConfigs"]
        shown = webhook["httpConfig"]["authorization"]["credentials"]
        assert shown["key"] in there[shown["name"]]


def test_the_certificates_of_the_guide_name_every_host_that_is_asked_for() -> None:
    named = {each["spec"]["secretName"]: set(each["spec"]["dnsNames"]) for each in _certificates()}
    of_redis, of_brokers = {"localhost", "redis-sentinel"}, {"rabbitmq"}
    for each in kinds("ours", "StatefulSet"):
        spec = each["spec"]
        of_redis |= {
            f"{each['metadata']['name']}-{n}.{spec['serviceName']}" for n in range(spec["replicas"])
        }
    (cluster,) = kinds("ours", "RabbitmqCluster")
    for n in range(cluster["spec"]["replicas"]):
        of_brokers.add(f"rabbitmq-server-{n}.rabbitmq-nodes")
    assert named["tenglong-redis-tls"] == of_redis
    assert of_brokers < named["tenglong-rabbitmq-tls"]


def _certificates() -> list[Manifest]:
    written = (each for text in EXAMPLES for each in yaml.safe_load_all(text))
    return [each for each in written if each["kind"] == "Certificate"]


@overlays
def test_every_map_and_disk_that_a_pod_names_is_there(overlay: str) -> None:
    maps = {each["metadata"]["name"]: set(each["data"]) for each in kinds(overlay, "ConfigMap")}
    disks = {each["metadata"]["name"] for each in kinds(overlay, "PersistentVolumeClaim")}
    for name, template in _pods(overlay).items():
        pod = template["spec"]
        own = _claims(overlay, name)
        volumes = {each["name"]: each for each in pod.get("volumes", [])}
        for each in volumes.values():
            source = each.get("configMap", {"optional": True})
            assert source.get("optional") or source["name"] in maps, name
            claim = each.get("persistentVolumeClaim", {}).get("claimName")
            assert claim is None or claim in disks, name
        mounted = set()
        for container in pod["containers"]:
            for mount in container.get("volumeMounts", []):
                mounted.add(mount["name"])
                source = volumes.get(mount["name"], {}).get("configMap", {})
                assert "subPath" not in mount or mount["subPath"] in maps[source["name"]], name
            for source in container.get("envFrom", []):
                assert source["configMapRef"]["name"] in maps, name
        assert mounted == {*volumes, *own}, name


def _claims(overlay: str, name: str) -> set[str]:
    (made,) = (each for each in RENDERED[overlay] if _name(each) == name)
    return {each["metadata"]["name"] for each in made["spec"].get("volumeClaimTemplates", [])}


@overlays
def test_every_file_that_a_process_is_told_to_read_is_mounted(overlay: str) -> None:
    maps = {each["metadata"]["name"]: each["data"] for each in kinds(overlay, "ConfigMap")}
    for name, template in _pods(overlay).items():
        volumes = {each["name"]: each for each in template["spec"].get("volumes", [])}
        for container in template["spec"]["containers"]:
            told = {e["name"]: e["value"] for e in container.get("env", []) if "value" in e}
            for source in container.get("envFrom", []):
                told |= maps[source["configMapRef"]["name"]]
            at = {e["mountPath"]: volumes.get(e["name"], {}) for e in container["volumeMounts"]}
            for file in (PurePosixPath(v) for k, v in told.items() if k.endswith("_FILE")):
                volume = at[str(file.parent)]
                secret = volume.get("secret", {}).get("secretName")
                keys = given(overlay)[secret] if secret else maps[volume["configMap"]["name"]]
                assert file.name in {*keys, *ADDED}, (name, file)
