"""An installation whose users were written by `tenglong grant installation`: nobody else is let in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from typer.testing import CliRunner

from cli.app import app
from services.installation import HOMES
from tests.support.authority import Authority
from tests.support.brokers import RabbitMQ, RedisServer
from tests.support.children import HOST, free_ports
from tests.support.processes import ServiceProcess


@dataclass
class Done:
    """How a command ended, and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


class Guarded:
    """RabbitMQ and Redis with the users of the files, and the four services, each as itself."""

    def __init__(self, home: Path) -> None:
        self.secrets = home / "secrets"
        self.rabbitmq = RabbitMQ()
        self.rabbitmq.ports = free_ports(RabbitMQ.ports_needed)
        self.redis = RedisServer(aclfile=str(self.secrets / "redis" / "users.acl"))
        self.redis.ports = free_ports(1)
        amqp, management, *_ = self.rabbitmq.ports
        where = ["--broker", f"{HOST}:{amqp}", "--management", f"{HOST}:{management}"]
        where += ["--store", f"{HOST}:{self.redis.ports[0]}", "--vhost", "zone"]
        written = tenglong("grant", "installation", str(self.secrets), *where)
        assert written.returncode == 0, written.stderr
        self.rabbitmq.definitions = self.secrets / "rabbitmq" / "definitions.json"
        self.rabbitmq.administrator(*self.login("administrator"))
        (home / "tls").mkdir()
        self.authority = Authority(home / "tls")
        [self.tls_port] = free_ports(1)
        self.rabbitmq.more_config = self._with_certificates()
        self.services: dict[str, ServiceProcess] = {}

    def start(self) -> None:
        self.rabbitmq.restart()
        self.redis.restart()
        declared = tenglong("topology", AMQP_URI=self.uri("installer"))
        assert declared.returncode == 0, declared.stderr
        self.services = {name: self._started(name) for name in HOMES}
        for process in self.services.values():
            process.wait_ready()

    def _with_certificates(self) -> list[str]:
        """The broker speaks TLS on another port, and asks for a certificate of our authority."""
        certificate, key = self.authority.certify("broker")
        return [
            f"listeners.ssl.1 = {HOST}:{self.tls_port}",
            f"ssl_options.cacertfile = {self.authority.ca}",
            f"ssl_options.certfile = {certificate}",
            f"ssl_options.keyfile = {key}",
            "ssl_options.verify = verify_peer",
            "ssl_options.fail_if_no_peer_cert = true",
        ]

    def over_tls(self, uri: str, **options: Path) -> str:
        """This user's URI at the port that speaks TLS."""
        where = urlsplit(uri)
        login = where.netloc.rpartition("@")[0]
        at = where._replace(scheme="amqps", netloc=f"{login}@{HOST}:{self.tls_port}")
        return at._replace(query=urlencode(options)).geturl()

    def _started(self, name: str) -> ServiceProcess:
        files = {"AMQP_URI_FILE": "amqp-uri", "REDIS_URL_FILE": "redis-url"}
        return ServiceProcess(
            [name],
            "",
            "",
            MANAGEMENT_URL=self.rabbitmq.management_url.replace(
                ":".join(self.login("administrator")), ":".join(self.login(name))
            ),
            **{each: str(self.secrets / name / file) for each, file in files.items()},
        )

    def uri(self, user: str) -> str:
        return (self.secrets / user / "amqp-uri").read_text().strip()

    def login(self, user: str) -> tuple[str, str]:
        name, _, password = self.uri(user).partition("//")[2].partition("@")[0].partition(":")
        return name, password

    def grant(self, *arguments: str) -> Done:
        """`tenglong grant …` as the administrator."""
        administrator = {
            "AMQP_URI": self.uri("administrator"),
            "MANAGEMENT_URL": self.rabbitmq.management_url,
            "REDIS_URL": (self.secrets / "administrator" / "redis-url").read_text().strip(),
        }
        return tenglong("grant", *arguments, **administrator)

    def discard(self) -> None:
        for process in self.services.values():
            process.discard()
        self.rabbitmq.discard()
        self.redis.discard()


def tenglong(*arguments: str, **env: str) -> Done:
    """The command, as an operator types it; in this process, for Python's start takes a second."""
    ended = CliRunner().invoke(app, list(arguments), env=env)
    if ended.exception and not isinstance(ended.exception, SystemExit):
        raise ended.exception
    return Done(ended.exit_code, ended.stdout, ended.stderr)


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    park = Guarded(tmp_path_factory.mktemp("guarded"))
    try:
        park.start()
        yield park
    finally:
        park.discard()
