"""Redis and its Sentinels as the overlay for work starts them, with its own scripts and users: each pod is an
address of this machine here, and a folder is its disk."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from typer.testing import CliRunner

from backbone.store.sentinel import Named
from cli.app import app
from tests.support.children import Child, free_ports
from tests.support.eventually import eventually

OVERLAY = Path(__file__).parents[2] / "deploy/k8s/overlays/prod"
NET = f"127.{random.randrange(2, 250)}.{random.randrange(250)}"
REDIS, SENTINELS = [f"{NET}.1", f"{NET}.2"], [f"{NET}.11", f"{NET}.12", f"{NET}.13"]
DOWN_AFTER_MS = 1_000
WITHIN_S = 60  # on a machine that has other things to do


class Pods:
    """What would run in the pods of both StatefulSets."""

    def __init__(self, home: Path) -> None:
        self.home, (self.port, self.sentinel_port) = home, free_ports(2)
        hosts = ",".join(f"{each}:{self.sentinel_port}" for each in SENTINELS)
        command = ["grant", "installation", str(home / "secrets"), "--store", f"{hosts}/park"]
        assert CliRunner().invoke(app, command).exit_code == 0
        self.running: dict[str, Child] = {}

    def start(self, pod: str) -> None:
        """Start the pod at this address, with the disk that it has."""
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
        begins = "exec redis-server $conf "
        for there, here in {
            "26379\n": f"{self.sentinel_port}\nbind $POD\n",  # of a Sentinel's own file
            "26379": str(self.sentinel_port),
            "6379": str(self.port),
            "-h redis-sentinel": f"-h {SENTINELS[0]}",
            "$POD.redis-sentinel": "$POD",
            "$POD.redis": "$POD",
            "redis-0.redis": REDIS[0],
            "after-milliseconds park 5000": f"after-milliseconds park {DOWN_AFTER_MS}",
            "failover-timeout park 30000": "failover-timeout park 5000",
            begins + "--replica": f'{begins}--bind "$me" --port {self.port} --replica',
            "/data": str(disk),
            "/etc/redis": str(config),
            "/run/secrets/redis": str(self.home / "secrets" / "redis"),
            "/run/secrets/sentinels": str(self.home / "sentinels"),
        }.items():
            text = text.replace(there, here)
        return text

    def start_all(self) -> None:
        for pod in (*REDIS, *SENTINELS):
            self.start(pod)

    def kill(self, *pods: str) -> None:
        for pod in pods:
            self.running[pod].kill()

    def lose_disk(self, pod: str) -> None:
        shutil.rmtree(self.home / pod)

    def client(self, user: str, at: str) -> redis.Redis:
        """A connection to one Redis as a user of the first start."""
        named = Named.of((self.home / "secrets" / user / "redis-url").read_text().strip())
        return redis.Redis.from_url(named.at(at, self.port), socket_timeout=3)

    def state(self, sentinel: str = SENTINELS[1], **login: str) -> dict[str, Any]:
        """What a Sentinel knows of the master; nothing while it does not answer."""
        try:
            with redis.Redis(sentinel, self.sentinel_port, socket_timeout=2, **login) as client:
                found: dict[str, Any] = client.sentinel_master("park")
                return found
        except redis.RedisError:
            return {}

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


@pytest.fixture(scope="module")
def pods(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pods]:
    found = Pods(tmp_path_factory.mktemp("pods"))
    found.start_all()
    yield found
    found.kill(*found.running)


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

    pods.start_all()

    eventually(lambda: pods.settled(master), WITHIN_S)
    assert pods.replication(master)["role"] == "master"


def test_sentinels_ask_for_the_password_of_their_secret_once_there_is_one(pods: Pods) -> None:
    master = str(eventually(lambda: pods.state().get("ip"), WITHIN_S))
    pods.kill(*SENTINELS)
    (pods.home / "sentinels").mkdir()
    (pods.home / "sentinels" / "password").write_text("another")

    for each in SENTINELS:
        pods.start(each)

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
