"""Past one machine: a RabbitMQ of three nodes, and several Redis with Sentinels, all on 127.0.0.1."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

import redis

from .authority import Authority
from .brokers import RABBITMQ, RabbitMQ, RedisServer, ask
from .children import HOST, Child, free_ports
from .eventually import eventually
from .server import NotInstalled, Server

NODES = 3
NAME = "park"  # what the Sentinels call the master
DOWN_AFTER_MS = 1_000  # a master that does not answer for so long is replaced
COOKIE = uuid.uuid4().hex


class Node(RabbitMQ):
    """One node of a cluster. All of them are known by one name server (epmd), which is not theirs."""

    starts_within_s = 180  # it waits for the others, too

    def __init__(self, number: int, names_port: int) -> None:
        super().__init__()
        self.node, self.names_port = f"n{number}@localhost", names_port
        cookie = self.home / ".erlang.cookie"
        cookie.write_text(COOKIE)
        cookie.chmod(0o400)
        formation = "cluster_formation"
        self.more_config = [
            f"{formation}.peer_discovery_backend = classic_config",
            f"{formation}.randomized_startup_delay_range.min = 0",
            f"{formation}.randomized_startup_delay_range.max = 0",
            "cluster_partition_handling = pause_minority",
            *(
                f"{formation}.classic_config.nodes.{n} = n{n}@localhost"
                for n in range(1, NODES + 1)
            ),
        ]

    def launch(self) -> list[Child]:
        if not RABBITMQ.exists():
            raise NotInstalled("rabbitmq-server")
        self.ports[3] = self.names_port
        return [Child([str(RABBITMQ)], self._environment(), self.home / "output")]


class RabbitCluster:
    """Three nodes, any of which may be killed. Stands where one `RabbitMQ` may stand."""

    def __init__(self) -> None:
        self.names_port = free_ports(1)[0]
        self.nodes = [Node(number, self.names_port) for number in range(1, NODES + 1)]
        self.home = Path(tempfile.mkdtemp(prefix="tenglong-names-"))

    def start(self) -> Self:
        env = {
            "PATH": "/usr/bin:/bin",
            "ERL_EPMD_ADDRESS": HOST,
            "ERL_EPMD_PORT": str(self.names_port),
        }
        self.names = Child(["epmd"], env, self.home / "output")
        first, *others = self.nodes
        eventually(lambda: ask(self.names_port, b"\x00\x01n", self.names_port.to_bytes(4, "big")))
        first.start()
        for node in others:
            node.start()
        eventually(lambda: len(first.at("nodes")) == NODES)
        return self

    def up(self) -> Node:
        """One that runs."""
        return next(node for node in self.nodes if node.children and node.children[-1].alive)

    def new_vhost(self) -> str:
        """Make a virtual host. Answers its URI, which names each node."""
        return self.uri(self.up().new_vhost().rsplit("/", 1)[-1])

    def uri(self, vhost: str) -> str:
        hosts = ",".join(f"{HOST}:{node.ports[0]}" for node in self.nodes)
        return f"amqp://guest:guest@{hosts}/{vhost}"

    def queues(self, uri: str) -> dict[str, int]:
        return self.up().queues(uri)

    def leader_of(self, uri: str, queue: str) -> Node | None:
        """The node that leads a queue, or on which it lives; none while there is none that runs."""
        listed = self.up().listed("queues", uri)
        found = next((each for each in listed if each["name"] == queue), {})
        name = found.get("leader") or found.get("node")
        return next(
            (node for node in self.nodes if node.node == name and node.children[-1].alive), None
        )

    def mend(self) -> None:
        """Start again what was killed."""
        for node in self.nodes:
            if not node.children[-1].alive:
                node.restart()

    def ensure_up(self) -> None:
        self.mend()
        for node in self.nodes:
            node.ensure_up()

    def discard(self) -> None:
        for node in self.nodes:
            node.discard()
        self.names.kill()
        shutil.rmtree(self.home, ignore_errors=True)


@dataclass(frozen=True)
class Lock:
    """What a group asks of whoever comes: a certificate of our authority, and passwords, those of the
    Sentinels and those of the Redis."""

    authority: Authority
    password: str = "of-redis"
    sentinels: str = "of-sentinels"

    def files(self) -> dict[str, Path]:
        certificate, key = self.authority.home / "redis.pem", self.authority.home / "redis.key"
        if not certificate.exists():
            self.authority.certify("redis")
        return {"ca-cert": self.authority.ca, "cert": certificate, "key": key}

    def lines(self, port: int) -> dict[str, Any]:
        """Of the file of a Redis or a Sentinel."""
        files = {f"tls-{name}-file": file for name, file in self.files().items()}
        return {"port": 0, "tls-port": port, "tls-replication": "yes", **files}

    def login(self, password: str) -> dict[str, Any]:
        """For a client of redis-py."""
        return {"password": password, "ssl": True, **self.words()}

    def words(self) -> dict[str, str]:
        """For a URL."""
        files = self.files()
        names = {"ssl_ca_certs": "ca-cert", "ssl_certfile": "cert", "ssl_keyfile": "key"}
        return {name: str(files[of]) for name, of in names.items()}


class Member(RedisServer):
    """One Redis of a group, which keeps what Sentinels make of it in its own file."""

    def __init__(
        self, master: Member | None = None, lock: Lock | None = None, **options: str
    ) -> None:
        super().__init__()
        self.master, self.lock, self.options = master, lock, options
        self.login = lock.login(lock.password) if lock else {}

    def launch(self) -> list[Child]:
        program, file = shutil.which("redis-server"), self.home / "redis.conf"
        if program is None:
            raise NotInstalled("redis-server")
        if not file.exists():
            lines = {
                "port": self.ports[0], "bind": HOST, "dir": self.home, "databases": 5000,
                "appendonly": "yes", "appendfsync": "always", "save": '""',
                "repl-diskless-sync-delay": 0, "repl-ping-replica-period": 1,
                **({"replicaof": f"{HOST} {self.master.ports[0]}"} if self.master else {}),
                **{name.replace("_", "-"): value for name, value in self.options.items()},
                **self._locked(),
            }  # fmt: skip
            file.write_text("".join(f"{name} {value}\n" for name, value in lines.items()))
        return [Child([program, str(file)], {"PATH": "/usr/bin:/bin"}, self.home / "output")]

    def _locked(self) -> dict[str, Any]:
        if self.lock is None:
            return {}
        password = self.lock.password
        words = {"requirepass": password, "masterauth": password}
        return self.lock.lines(self.ports[0]) | words

    def answers(self) -> bool:
        return bool(self.replication())

    def replication(self) -> dict[str, Any]:
        """What this Redis says of its role; nothing while it does not answer."""
        try:
            with redis.Redis(HOST, self.ports[0], socket_timeout=2, **self.login) as client:
                found: dict[str, Any] = client.info("replication")
                return found
        except redis.RedisError:
            return {}


class Sentinel(Server):
    """One that watches the master of a group, and with the others names another when it is gone."""

    name = "sentinel"
    ports_needed = 1
    starts_within_s = 60

    def __init__(self, master: Member, quorum: int, lock: Lock | None = None) -> None:
        super().__init__()
        self.master, self.quorum, self.lock = master, quorum, lock
        self.login = lock.login(lock.sentinels) if lock else {}

    def launch(self) -> list[Child]:
        program, file = shutil.which("redis-server"), self.home / "sentinel.conf"
        if program is None:
            raise NotInstalled("redis-server")
        if not file.exists():
            file.write_text(
                f"bind {HOST}\ndir {self.home}\n"
                f"sentinel monitor {NAME} {HOST} {self.master.ports[0]} {self.quorum}\n"
                f"sentinel down-after-milliseconds {NAME} {DOWN_AFTER_MS}\n"
                f"sentinel failover-timeout {NAME} 5000\n" + self._doors()
            )
        return [
            Child(
                [program, str(file), "--sentinel"], {"PATH": "/usr/bin:/bin"}, self.home / "output"
            )
        ]

    def _doors(self) -> str:
        if self.lock is None:
            return f"port {self.ports[0]}\n"
        lines = self.lock.lines(self.ports[0]) | {"requirepass": self.lock.sentinels}
        lines |= {"sentinel auth-pass": f"{NAME} {self.lock.password}"}
        return "".join(f"{name} {value}\n" for name, value in lines.items())

    def answers(self) -> bool:
        return bool(self.state())

    def state(self) -> dict[str, Any]:
        """What it knows of the master; nothing while it does not answer."""
        try:
            with redis.Redis(HOST, self.ports[0], socket_timeout=2, **self.login) as client:
                found: dict[str, Any] = client.sentinel_master(NAME)
                return found
        except redis.RedisError:
            return {}


class RedisGroup:
    """A master, its replicas and three Sentinels. Stands where one `RedisServer` may stand; what befalls
    it befalls the master. Options are lines of each Redis' own file; with a lock it is not open."""

    def __init__(self, replicas: int = 2, lock: Lock | None = None, **options: str) -> None:
        first = Member(lock=lock, **options)
        self.lock = lock
        self.members = [first, *(Member(first, lock, **options) for _ in range(replicas))]
        self.sentinels = [Sentinel(first, 2, lock) for _ in range(3)]
        self._databases = iter(range(1, 5000))

    def start(self) -> Self:
        for each in (*self.members, *self.sentinels):
            each.start()
        self.settle()
        return self

    def new_url(self) -> str:
        """The URL of an empty database of whoever is the master."""
        hosts = ",".join(f"{HOST}:{each.ports[0]}" for each in self.sentinels)
        at = f"{hosts}/{NAME}/{next(self._databases)}"
        if self.lock is None:
            return f"redis+sentinel://{at}"
        query = urlencode(self.lock.words() | {"sentinel_password": self.lock.sentinels})
        return f"rediss+sentinel://:{self.lock.password}@{at}?{query}"

    def master(self) -> Member | None:
        """The one that most Sentinels name, if it answers as one."""
        ports = [each.state().get("port") for each in self.sentinels]
        port = max(set(ports), key=ports.count)
        found = next((each for each in self.members if each.ports[0] == port), None)
        is_master = found is not None and found.replication().get("role") == "master"
        return found if is_master else None

    def settle(self, within_s: float = 60) -> Member:
        """Wait until all replicas follow the master, and all Sentinels see them. Answers the master."""
        eventually(self._is_settled, within_s)
        return eventually(self.master)  # type: ignore[return-value]  # one that is there

    def _is_settled(self) -> bool:
        master, replicas = self.master(), len(self.members) - 1
        if master is None:
            return False
        for each in (sentinel.state() for sentinel in self.sentinels):
            seen = each.get("num-slaves"), each.get("num-other-sentinels"), each.get("flags")
            assert seen == (replicas, len(self.sentinels) - 1, "master"), seen
        said = master.replication()
        online = [said[f"slave{n}"]["state"] for n in range(said["connected_slaves"])]
        return online == ["online"] * replicas

    def kill(self) -> None:
        """SIGKILL for the master."""
        eventually(self.master).kill()  # type: ignore[union-attr]  # one that is there

    def restart(self) -> None:
        """Start again what was killed, once another has taken over."""
        down = [each for each in self.members if not each.children[-1].alive]
        if down:
            eventually(lambda: self.master() not in (None, *down), 60)
        for each in down:
            each.restart()

    def ensure_up(self) -> None:
        self.restart()
        for each in (*self.members, *self.sentinels):
            each.ensure_up()
        self.settle()

    def discard(self) -> None:
        for each in (*self.sentinels, *self.members):
            each.discard()
