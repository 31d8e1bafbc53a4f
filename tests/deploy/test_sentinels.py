"""Redis and its Sentinels as the overlay for work starts them, with its own scripts and users: each pod is an
address of this machine here, and a folder is its disk."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import redis
from typer.testing import CliRunner

from backbone.store.sentinel import Named
from cli.app import app
from cli.grant import commands, stores
from tests.support.authority import Authority
from tests.support.children import Child, free_ports
from tests.support.eventually import eventually
from tests.support.watching import RedisExporter

from .test_dashboards import BOARDS
from .test_k8s import RENDERED, _name

OVERLAY = Path(__file__).parents[2] / "deploy/k8s/overlays/prod"
NET = f"127.{random.randrange(2, 250)}.{random.randrange(250)}"
REDIS, SENTINELS = [f"{NET}.1", f"{NET}.2"], [f"{NET}.11", f"{NET}.12", f"{NET}.13"]
DOWN_AFTER_MS = 1_000
OF_DASHBOARDS = set(re.findall(r"\bredis_\w+", json.dumps(BOARDS["tenglong-servers"])))
OF_DASHBOARDS -= {"redis_exporter"}  # which its text speaks of
OF_SENTINELS = {f"redis_sentinel_master_{each}" for each in ("status", "ok_sentinels", "ok_slaves")}
WITHIN_S = 60  # on a machine that has other things to do


class Pods:
    """What would run in the pods of both StatefulSets; with an authority, over TLS."""

    def __init__(self, home: Path, authority: Authority | None = None) -> None:
        self.home, (self.port, self.sentinel_port) = home, free_ports(2)
        hosts = ",".join(f"{each}:{self.sentinel_port}" for each in SENTINELS)
        command = ["grant", "installation", str(home / "secrets"), "--store", f"{hosts}/park"]
        self.overlay, self.encrypted = "prod", {}
        if authority:
            self.overlay = "ours"
            self.encrypted = {"ssl": True, "ssl_ca_certs": str(authority.ca)}
            mount(authority, home / "tls")
            command += ["--tls-ca", str(authority.ca), "--mounted", str(home / "secrets/parcels")]
        assert CliRunner().invoke(app, command).exit_code == 0
        self.running: dict[str, Child] = {}

    def start(self, *pods: str) -> None:
        """Start the pods at these addresses, with the disks that they have."""
        for pod in pods:
            self._start(pod)

    def _start(self, pod: str) -> None:
        disk, config = self.home / pod, self.home / f"{pod}.config"
        for folder in (disk, config):
            folder.mkdir(exist_ok=True)
        for name in ("redis.conf", "redis.sh", "sentinel.sh"):
            (config / name).write_text(self._here((OVERLAY / name).read_text(), disk, config))
        script = config / ("redis.sh" if pod in REDIS else "sentinel.sh")
        env = {"POD": pod, "PATH": os.environ["PATH"]}
        self.running[pod] = Child(["sh", str(script)], env, self.home / f"{pod}.output")

    def _here(self, text: str, disk: Path, config: Path) -> str:
        """What is written for the pods, with the names, ports and folders of this machine."""
        for there, here in {
            "26379": str(self.sentinel_port),
            "6379": str(self.port),
            "-h redis-sentinel": f"-h {SENTINELS[0]}",
            "$POD.redis-sentinel": "$POD",
            "$POD.redis": "$POD",
            "redis-0.redis": REDIS[0],
            "after-milliseconds park 5000": f"after-milliseconds park {DOWN_AFTER_MS}",
            "failover-timeout park 30000": "failover-timeout park 5000",
            "protected-mode no\ndir": "protected-mode no\nbind $POD\ndir",  # of a Sentinel
            '"$@" --replica': '"$@" --bind "$me" --replica',
            "/data": str(disk),
            "/etc/redis": str(config),
            "/run/secrets/redis": str(self.home / "secrets" / "redis"),
            "/run/secrets/sentinels": str(self.home / "sentinels"),
            "/run/secrets/tls": str(self.home / "tls"),
        }.items():
            text = text.replace(there, here)
        return text

    def kill(self, *pods: str) -> None:
        for pod in pods:
            self.running[pod].kill()

    def lose_disk(self, pod: str) -> None:
        shutil.rmtree(self.home / pod)

    def client(self, user: str, at: str) -> redis.Redis:
        """A connection to one Redis as a user of the first start."""
        named = Named.of((self.home / "secrets" / user / "redis-url").read_text().strip())
        return redis.Redis.from_url(named.at(at, self.port), socket_timeout=3)

    def state(self, at: str = SENTINELS[1], **login: str) -> dict[str, Any]:
        """What a Sentinel knows of the master; nothing while it does not answer."""
        try:
            with self.sentinel(at, **login) as client:
                found: dict[str, Any] = client.sentinel_master("park")
                return found
        except redis.RedisError:
            return {}

    def sentinel(self, at: str, **login: str) -> redis.Redis:
        """A connection to one Sentinel."""
        return redis.Redis(at, self.sentinel_port, socket_timeout=2, **self.encrypted, **login)

    def exporter(self, at: str) -> RedisExporter:
        """The exporter beside this Redis or Sentinel, as the manifests run it."""
        kind = "redis" if at in REDIS else "redis-sentinel"
        (pod,) = (m for m in RENDERED[self.overlay] if _name(m) == f"StatefulSet-{kind}")
        _, exporter = pod["spec"]["template"]["spec"]["containers"]
        folder, passwords = self.home / "secrets" / "watcher", self.home / f"{at}.json"

        def here(text: str) -> str:
            text = text.replace("localhost:26379", f"{at}:{self.sentinel_port}")
            text = text.replace("localhost:6379", f"{at}:{self.port}")
            return text.replace("/run/secrets/tenglong", str(folder))

        passwords.write_text(here((folder / "passwords.json").read_text()))
        env = {each["name"]: here(each["value"]) for each in exporter["env"]}
        return RedisExporter(**env | {"REDIS_PASSWORD_FILE": str(passwords)}).start()

    def settled(self, master: str, **login: str) -> bool:
        """Whether every Sentinel names this master, sees its replica, and the others."""
        other = next(each for each in REDIS if each != master)
        for each in SENTINELS:
            found = self.state(each, **login)
            seen = {name: found.get(name) for name in ("ip", "num-slaves", "num-other-sentinels")}
            assert seen == {"ip": master, "num-slaves": 1, "num-other-sentinels": 2}, seen
        return bool(self.replication(other).get("master_link_status") == "up")

    def replication(self, at: str) -> dict[str, Any]:
        """What a Redis says of its role; nothing while it does not answer."""
        try:
            with self.client("administrator", at) as client:
                found: dict[str, Any] = client.info("replication")
                return found
        except redis.RedisError:
            return {}


def mount(authority: Authority, folder: Path) -> None:
    """The Secret of a certificate that names every pod."""
    certificate, key = authority.certify("pods", *REDIS, *SENTINELS)
    folder.mkdir()
    for name, file in {"ca.crt": authority.ca, "tls.crt": certificate, "tls.key": key}.items():
        (folder / name).write_text(file.read_text())


@contextmanager
def started(home: Path, authority: Authority | None = None) -> Iterator[Pods]:
    found = Pods(home, authority)
    found.start(*REDIS)
    eventually(lambda: found.replication(REDIS[1]).get("master_link_status") == "up", WITHIN_S)
    found.start(*SENTINELS)  # which see the replica at once now, and else ten seconds later
    yield found
    found.kill(*found.running)


@pytest.fixture(scope="module")
def pods(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pods]:
    with started(tmp_path_factory.mktemp("pods")) as found:
        yield found


@pytest.fixture
def encrypted_pods(tmp_path: Path) -> Iterator[Pods]:
    with started(tmp_path, Authority(tmp_path)) as found:
        yield found


KEY = "{parcels}:test"


def test_a_master_that_lost_its_disk_follows_the_other_and_takes_nothing_along(pods: Pods) -> None:
    first, second = REDIS
    eventually(lambda: pods.settled(first), WITHIN_S)
    with pods.client("parcels", first) as client:
        client.set(KEY, "kept")
        assert client.wait(1, 5_000) == 1

    pods.kill(first)
    pods.lose_disk(first)
    pods.start(first)

    eventually(lambda: pods.settled(second), WITHIN_S)
    assert "waits until they name another" in pods.running[first].tail()
    for each in REDIS:
        assert pods.client("parcels", each).get(KEY) == b"kept"


def test_all_of_them_are_after_a_power_cut_what_they_were_before(pods: Pods) -> None:
    master = str(eventually(lambda: pods.state().get("ip"), WITHIN_S))
    eventually(lambda: pods.settled(master), WITHIN_S)
    pods.kill(*pods.running)

    pods.start(*REDIS, *SENTINELS)

    eventually(lambda: pods.settled(master), WITHIN_S)
    assert pods.replication(master)["role"] == "master"


@pytest.mark.parametrize(
    ("at", "asked"),
    [(REDIS[0], OF_DASHBOARDS), (REDIS[1], OF_DASHBOARDS), (SENTINELS[0], OF_SENTINELS)],
    ids=["a Redis", "the other", "a Sentinel"],
)
def test_the_exporter_beside_each_tells_prometheus_what_it_is_asked(
    pods: Pods, at: str, asked: set[str]
) -> None:
    master = str(eventually(lambda: pods.state().get("ip"), WITHIN_S))
    eventually(lambda: pods.settled(master), WITHIN_S)
    exporter = pods.exporter(at)
    told = exporter.told()
    exporter.discard()
    assert asked <= set(re.findall(r"^(redis_\w+)", told, re.MULTILINE))


def test_a_service_does_not_see_the_replicas_password_and_an_operator_looks_at_the_setting_beside_it(
    pods: Pods,
) -> None:
    with pods.client("parcels", REDIS[0]) as service:
        assert service.info("persistence")["aof_enabled"]
        for setting in ("masterauth", "appendfsync", "*"):
            with pytest.raises(redis.exceptions.NoPermissionError):
                service.config_get(setting)
    with pods.client("operator-first", REDIS[0]) as operator:
        assert operator.config_get("appendfsync") == {"appendfsync": "always"}


def test_a_service_that_is_granted_again_loses_the_sight_of_settings_that_it_had(
    pods: Pods, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pods.client("administrator", REDIS[0]) as administrator:
        administrator.execute_command("ACL", "SETUSER", "service-parcels", "+config|get")
    url = (pods.home / "secrets" / "administrator" / "redis-url").read_text().strip()
    monkeypatch.setenv("REDIS_URL", url)

    with pods.client("parcels", REDIS[0]) as service:
        assert service.config_get("masterauth")
    user, at = commands._in_redis("service-parcels") or pytest.fail("Redis knows services")
    assert stores.renew(at, user)

    with (
        pods.client("parcels", REDIS[0]) as service,
        pytest.raises(redis.exceptions.NoPermissionError),
    ):
        service.config_get("masterauth")


def test_sentinels_ask_for_the_password_of_their_secret_once_there_is_one(pods: Pods) -> None:
    master = str(eventually(lambda: pods.state().get("ip"), WITHIN_S))
    pods.kill(*SENTINELS)
    (pods.home / "sentinels").mkdir()
    (pods.home / "sentinels" / "password").write_text("another")

    pods.start(*SENTINELS)

    eventually(lambda: pods.settled(master, password="another"), WITHIN_S)
    assert pods.state() == {}


@pytest.mark.parametrize("user", ["replica", "sentinel"])
def test_their_own_users_read_and_write_nothing_of_the_park(pods: Pods, user: str) -> None:
    password = (pods.home / "secrets" / "redis" / user).read_text()
    with redis.Redis(REDIS[0], pods.port, username=user, password=password) as client:
        assert client.ping()
        for command in (("GET", KEY), ("SET", KEY, "x"), ("KEYS", "*"), ("ACL", "LIST")):
            with pytest.raises(redis.exceptions.NoPermissionError):
                client.execute_command(*command)


def test_whoever_watches_a_sentinel_changes_nothing_there(pods: Pods) -> None:
    told = json.loads((pods.home / "secrets" / "watcher" / "passwords.json").read_text())
    login = {"username": "watcher", "password": told["redis://watcher@localhost:26379"]}
    with pods.sentinel(SENTINELS[1], **login) as client:
        assert client.ping()
        for asked in (
            "FAILOVER park",
            "RESET *",
            "REMOVE park",
            "SET park quorum 1",
            "CONFIG GET *",
        ):
            with pytest.raises(redis.exceptions.NoPermissionError):
                client.execute_command("SENTINEL", *asked.split())


def test_over_tls_a_replica_takes_over_from_a_master_that_is_gone(encrypted_pods: Pods) -> None:
    pods, (first, second) = encrypted_pods, REDIS
    eventually(lambda: pods.settled(first), WITHIN_S)
    with pods.client("parcels", first) as client:
        client.set(KEY, "kept")
        assert client.wait(1, 5_000) == 1

    pods.kill(first)

    eventually(lambda: pods.state().get("ip") == second, WITHIN_S)
    eventually(lambda: pods.replication(second).get("role") == "master", WITHIN_S)
    assert pods.client("parcels", second).get(KEY) == b"kept"
    for at, port in ((second, pods.port), (SENTINELS[0], pods.sentinel_port)):
        with redis.Redis(at, port) as plain, pytest.raises(redis.ConnectionError):
            plain.ping()
        pods.exporter(at).discard()  # it has told that Redis answers
