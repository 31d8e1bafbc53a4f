"""RabbitMQ and Redis servers of our own: on 127.0.0.1, on free ports, with data in a new directory."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import socket
import subprocess
import time
import uuid
from pathlib import Path
from typing import Any

import requests

from .children import HOST, Child
from .eventually import eventually
from .server import DidNotStart, NotInstalled, Server

ERL_CALL = "/usr/bin/erl_call"  # of erlang-base, on which RabbitMQ's package rests
RABBITMQ = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")  # /usr/sbin's wrapper changes the user
LARGEST_TAKEN = 2_097_152  # bytes of a message, as in docker-compose.yml
ONCE = (  # as deploy/rabbitmq.conf has it
    "definitions.import_backend = local_filesystem\n"
    "definitions.local.path = {}\n"
    "definitions.skip_if_unchanged = true\n"
)
QUORUM_KEPT_S = (
    1.5  # until the list of quorum queues, which is written each half second, has a new one
)
LED_WITHIN_S = 10  # every queue, after a node has come back
COUNTS_AFTER_S = 2  # so long after its start the broker still says 0 of a quorum queue that is full


def ask(port: int, question: bytes, answer: bytes) -> bool:
    try:
        with socket.create_connection((HOST, port), 2) as connection:
            connection.sendall(question)
            return connection.recv(len(answer)) == answer
    except OSError:
        return False


class RedisServer(Server):
    """Redis with an append-only file that is written through at every commit. A database per caller.

    Options replace those of its command line: `RedisServer(appendonly="no")`.
    """

    name = "redis"
    ports_needed = 1
    starts_within_s = 60

    def __init__(self, **options: str) -> None:
        super().__init__()
        self._options = {name.replace("_", "-"): value for name, value in options.items()}
        self._databases = itertools.count(1)

    @property
    def url(self) -> str:
        return f"redis://{HOST}:{self.ports[0]}/0"

    def new_url(self) -> str:
        """The URL of an empty database."""
        return f"redis://{HOST}:{self.ports[0]}/{next(self._databases)}"

    def launch(self) -> list[Child]:
        program = shutil.which("redis-server")
        if program is None:
            raise NotInstalled("redis-server")
        options = {
            "port": self.ports[0],
            "bind": HOST,
            "dir": self.home,
            "databases": 5000,
            "appendonly": "yes",
            "appendfsync": "always",
            "save": "",
            **self._options,
        }
        given = [str(part) for name, value in options.items() for part in (f"--{name}", value)]
        return [Child([program, *given], os.environ, self.home / "output")]

    def answers(self) -> bool:
        answers = (b"+PONG", b"-NOAUTH")  # the second where nobody is let in without a name
        return any(ask(self.ports[0], b"PING\r\n", each) for each in answers)


class RabbitMQ(Server):
    """A RabbitMQ node with its own name server (epmd). A virtual host per caller."""

    name = "rabbitmq"
    ports_needed = 5
    starts_within_s = 240  # on a machine that has other things to do
    node = "tests@localhost"

    def __init__(self) -> None:
        super().__init__()
        self.definitions: Path | None = None  # users and rights to start with, instead of guest
        self.more_config: list[str] = []
        self.vhosts: set[str] = set()  # URIs of those that go with who made them
        self._http = requests.Session()
        self._http.trust_env = False  # no proxy stands between us and ourselves
        self.administrator("guest", "guest")

    def administrator(self, user: str, password: str) -> None:
        """As whom we manage it from now on."""
        self._http.auth = user, password
        self._login = f"{user}:{password}"

    def uri(self, vhost: str) -> str:
        return f"amqp://{self._login}@{HOST}:{self.ports[0]}/{vhost}"

    @property
    def management_url(self) -> str:
        return f"http://{self._login}@{HOST}:{self.ports[1]}"

    def restart(self) -> None:
        super().restart()
        self._up_since = time.monotonic()

    def new_vhost(self, *, lasting: bool = False) -> str:
        """Make a virtual host. Answers its URI. One that is to be `lasting` is not deleted with the test or
        fixture that makes it."""
        vhost = f"test-{uuid.uuid4().hex[:12]}"
        self._manage("PUT", f"vhosts/{vhost}")
        if not lasting:
            self.vhosts.add(self.uri(vhost))
        return self.uri(vhost)

    def user_who_may(self, uri: str, **patterns: str) -> str:
        """Make a user with these permissions (`configure`, `write`, `read`) on the virtual host of
        this URI. Answers the user's URI."""
        name = f"user-{uuid.uuid4().hex[:8]}"
        self._manage("PUT", f"users/{name}", {"password": name, "tags": ""})
        self._manage("PUT", f"permissions/{_vhost(uri)}/{name}", patterns)
        return self.uri(_vhost(uri)).replace(self._login, f"{name}:{name}")

    def at(self, path: str) -> Any:
        """What the management API answers under this path."""
        return json.loads(self._manage("GET", path))

    def delete_vhost(self, uri: str) -> None:
        self._manage("DELETE", f"vhosts/{_vhost(uri)}")
        self.vhosts = {each for each in self.vhosts if _vhost(each) != _vhost(uri)}

    def queues(self, uri: str) -> dict[str, int]:
        """How many messages each queue of the virtual host holds, handed out and not yet
        acknowledged ones included. Half a second old for quorum queues."""
        time.sleep(max(0.0, self._up_since + COUNTS_AFTER_S - time.monotonic()))
        found = self._manage(
            "GET", f"queues/{_vhost(uri)}?disable_stats=true&enable_queue_totals=true"
        )
        return {queue["name"]: queue.get("messages", 0) for queue in json.loads(found)}

    def memory_is_full(self, full: bool) -> None:
        """Raise the broker's memory alarm, or end it. While it lasts, nobody can publish. As `rabbitmqctl
        set_vm_memory_high_watermark` does, which takes a minute of a busy machine."""
        limit = '{absolute,"1MB"}' if full else "0.4"
        self._within(f"vm_memory_monitor set_vm_memory_high_watermark [{limit}]")
        # a node that has just started does not say it yet
        eventually(lambda: self.at("nodes")[0].get("mem_alarm") is full, 30)

    def write_down(self) -> None:
        """Have it on its disk what was declared until now. It holds that back for up to two seconds, and
        one that is killed meanwhile forgets the queue, its content or a binding."""
        self._within("mnesia sync_log []")
        time.sleep(QUORUM_KEPT_S)

    def _within(self, asked: str) -> None:
        """Have the node call a function: `module function [arguments]`."""
        subprocess.run(
            [ERL_CALL, "-n", self.node, "-a", asked],
            env=self._environment(),
            check=True,
            capture_output=True,
            timeout=60,
        )

    def control(self, *command: str) -> None:
        """A command of `rabbitmqctl`."""
        program = str(RABBITMQ.with_name("rabbitmqctl"))
        subprocess.run(
            [program, *command],
            env=self._environment(),
            check=True,
            capture_output=True,
            timeout=120,
        )

    def strand(self, uri: str, queue: str) -> None:
        """Leave a quorum queue without a leader until the node is started again, as RabbitMQ does by
        itself when workers of its dead-lettering fail in a row (rabbitmq-server#16652)."""
        self.control("eval", "supervisor:terminate_child(rabbit_sup, rabbit_fifo_dlx_sup).")
        self.control("eval", f"exit(whereis('{_vhost(uri)}_{queue}'), kill).")
        eventually(lambda: not self.at(f"queues/{_vhost(uri)}/{queue}").get("leader"), 30)

    def mend(self) -> None:
        """Start the node again if a queue stays without a leader, as docs/when-things-break.md has it."""
        until = time.monotonic() + LED_WITHIN_S
        while leaderless := [
            each["name"] for each in self._quorum_queues() if not each.get("leader")
        ]:
            if time.monotonic() > until:
                print(f"RabbitMQ is started again: {leaderless} stay without a leader")
                self.restart()
                return
            time.sleep(0.2)

    def _quorum_queues(self) -> list[dict[str, Any]]:
        found = self.at("queues?columns=name,type,leader")
        return [each for each in found if each["type"] == "quorum"]

    def standing(self, uri: str) -> str:
        """Where everything stands in the virtual host: what its queues hold, who takes from them, what leads
        to them, and what the broker wrote last. For whoever reads why a test waited in vain."""
        queues = ("name", "messages", "consumers", "state", "leader")
        links = ("source", "routing_key", "destination")
        lines = [
            " ".join(str(each.get(column)) for column in columns)
            for what, columns in (("queues", queues), ("bindings", links))
            for each in self.at(f"{what}/{_vhost(uri)}?columns={','.join(columns)}")
        ]
        return "\n".join([*lines, self.children[-1].tail()])

    def listed(self, what: str, uri: str) -> list[dict[str, Any]]:
        """The "connections", "channels" or "queues" of the virtual host, as the broker sees them."""
        path = f"queues/{_vhost(uri)}" if what == "queues" else f"vhosts/{_vhost(uri)}/{what}"
        found: list[dict[str, Any]] = json.loads(self._manage("GET", path))
        return found

    def launch(self) -> list[Child]:
        if not RABBITMQ.exists():
            raise NotInstalled("rabbitmq-server")
        env = self._environment()
        output = self.home / "output"
        epmd = Child(["epmd"], env, output)
        # before the broker, which would start a name server of its own
        eventually(lambda: not epmd.alive or self._names_are_served())
        if not epmd.alive:  # somebody else took its port meanwhile
            raise DidNotStart(f"epmd: {epmd.tail()}")
        return [epmd, Child([str(RABBITMQ)], env, output)]

    def _names_are_served(self) -> bool:
        return ask(self.ports[3], b"\x00\x01n", self.ports[3].to_bytes(4, "big"))

    def answers(self) -> bool:
        connection_start = b"\x01\x00\x00"  # a method frame on channel 0
        return ask(self.ports[0], b"AMQP\x00\x00\x09\x01", connection_start) and ask(
            self.ports[1], b"GET / HTTP/1.0\r\n\r\n", b"HTTP"
        )

    def _environment(self) -> dict[str, str]:
        amqp, http, distribution, epmd, metrics = map(str, self.ports)
        config = self._config(amqp, http, metrics)
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),  # holds the cookie
            "LANG": "C.UTF-8",
            "ERL_EPMD_ADDRESS": HOST,
            "ERL_EPMD_PORT": epmd,
            "RABBITMQ_NODENAME": self.node,
            "RABBITMQ_NODE_PORT": amqp,
            "RABBITMQ_DIST_PORT": distribution,
            "RABBITMQ_CONFIG_FILE": str(config),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(self.home / "advanced.config"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.home / "enabled_plugins"),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_MNESIA_BASE": str(self.home),
            "RABBITMQ_LOG_BASE": str(self.home / "log"),
            "RABBITMQ_LOGS": "-",  # to its output: the last lines say why it does not start
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
                "-start_epmd false -kernel inet_dist_use_interface {127,0,0,1}"
            ),
            "RUNNING_UNDER_SYSTEMD": "1",  # the process that we start becomes the broker itself
        }

    def _config(self, amqp: str, http: str, metrics: str) -> Path:
        config = self.home / "rabbitmq.conf"
        config.write_text(
            f"listeners.tcp.1 = {HOST}:{amqp}\n"
            f"management.tcp.ip = {HOST}\n"
            f"management.tcp.port = {http}\n"
            f"prometheus.tcp.ip = {HOST}\n"
            f"prometheus.tcp.port = {metrics}\n"
            + (ONCE.format(self.definitions) if self.definitions else "")
            + "".join(f"{line}\n" for line in self.more_config)
        )
        # counts of quorum queues are renewed each tick, every 5 s unless told otherwise
        (self.home / "advanced.config").write_text(
            f"[{{rabbit, [{{quorum_tick_interval, 500}}, {{max_message_size, {LARGEST_TAKEN}}}]}}]."
        )
        (self.home / "enabled_plugins").write_text("[rabbitmq_management, rabbitmq_prometheus].")
        cookie = self.home / ".erlang.cookie"
        if not cookie.exists():
            cookie.write_text(uuid.uuid4().hex)
            cookie.chmod(0o400)
        return config

    def _manage(self, method: str, path: str, body: Any = None) -> str:
        url = f"http://{HOST}:{self.ports[1]}/api/{path}"
        answer = self._http.request(method, url, json=body, timeout=30)
        answer.raise_for_status()
        return answer.text


def _vhost(uri: str) -> str:
    return uri.rsplit("/", 1)[-1]
