"""An installation whose users were written by `tenglong grant installation`: nobody else is let in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from typer.testing import CliRunner

from backbone.settings import Settings
from cli.app import app
from services.installation import HOMES, installation
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
        (home / "tls").mkdir()
        self.authority = Authority(home / "tls")
        self.tls_ports = dict(zip(("amqp", "redis", "http"), free_ports(3), strict=True))
        certified = self.authority.certify("server")
        self.rabbitmq = RabbitMQ()
        self.rabbitmq.ports = free_ports(RabbitMQ.ports_needed)
        self.rabbitmq.more_config = self._encrypted_broker(*certified)
        users = str(self.secrets / "redis" / "users.acl")
        self.redis = RedisServer(aclfile=users, **self._encrypted_store(*certified))
        self.redis.ports = free_ports(1)
        amqp, management, *_ = self.rabbitmq.ports
        where = ["--broker", f"{HOST}:{amqp}", "--management", f"{HOST}:{management}"]
        where += ["--store", f"{HOST}:{self.redis.ports[0]}", "--vhost", "zone"]
        written = tenglong("grant", "installation", str(self.secrets), *where)
        assert written.returncode == 0, written.stderr
        self.rabbitmq.definitions = self.secrets / "rabbitmq" / "definitions.json"
        self.rabbitmq.administrator(*self.login("administrator"))
        self.services: dict[str, ServiceProcess] = {}

    def start(self) -> None:
        self.rabbitmq.restart()
        self.redis.restart()
        self.bounds_at_first = {
            each["name"]: each["definition"] for each in self.rabbitmq.at("operator-policies/zone")
        }
        self.limits_at_first = self.rabbitmq.at("vhost-limits/zone")
        self.users_at_first = {each["name"] for each in self.rabbitmq.at("users")}
        self.limits_of_users_at_first = {
            each["user"]: each["value"] for each in self.rabbitmq.at("user-limits")
        }
        declared = tenglong("topology", AMQP_URI=self.uri("installer"))
        assert declared.returncode == 0, declared.stderr
        self.services = {name: self._started(name) for name in HOMES}
        for process in self.services.values():
            process.wait_ready()

    def _encrypted_broker(self, certificate: Path, key: Path) -> list[str]:
        """The broker and its management API speak TLS on other ports, and ask for a certificate of our
        authority."""
        at = {
            "management.ssl.ip": HOST,
            "management.ssl.port": self.tls_ports["http"],
            "listeners.ssl.1": f"{HOST}:{self.tls_ports['amqp']}",
        }
        shown = {
            "cacertfile": self.authority.ca,
            "certfile": certificate,
            "keyfile": key,
            "verify": "verify_peer",
            "fail_if_no_peer_cert": "true",
        }
        for part in ("ssl_options", "management.ssl"):
            at |= {f"{part}.{name}": value for name, value in shown.items()}
        return [f"{name} = {value}" for name, value in at.items()]

    def _encrypted_store(self, certificate: Path, key: Path) -> dict[str, str]:
        """So does Redis, which asks for certificates unless it is told otherwise."""
        files = {"cert": certificate, "key": key, "ca_cert": self.authority.ca}
        options = {f"tls_{name}_file": str(file) for name, file in files.items()}
        return options | {"tls_port": str(self.tls_ports["redis"])}

    def over_tls(self, url: str, **options: Path) -> str:
        """This user's URL of broker, store or management API at the port that speaks TLS."""
        where = urlsplit(url)
        login = where.netloc.rpartition("@")[0]
        scheme = {"amqp": "amqps", "redis": "rediss", "http": "https"}[where.scheme]
        at = f"{login}@{HOST}:{self.tls_ports[where.scheme]}"
        return where._replace(scheme=scheme, netloc=at, query=urlencode(options)).geturl()

    def _started(self, name: str) -> ServiceProcess:
        files = {"AMQP_URI_FILE": "amqp-uri", "REDIS_URL_FILE": "redis-url"}
        return ServiceProcess(
            [name],
            "",
            "",
            MANAGEMENT_URL=self.management(name),
            **{each: str(self.secrets / name / file) for each, file in files.items()},
        )

    def management(self, name: str) -> str:
        """The management API for a user."""
        administrator, user = (":".join(self.login(each)) for each in ("administrator", name))
        return self.rabbitmq.management_url.replace(administrator, user)

    def store(self, user: str) -> str:
        return (self.secrets / user / "redis-url").read_text().strip()

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
            "REDIS_URL": self.store("administrator"),
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


@pytest.fixture(scope="session")
def empty_zone(guarded: Guarded) -> str:
    """A virtual host with everything declared, where nothing runs, as the administrator reaches it."""
    guarded.rabbitmq._manage("PUT", "vhosts/cells")
    permissions = {"configure": ".*", "write": ".*", "read": ".*"}
    guarded.rabbitmq._manage("PUT", "permissions/cells/administrator", permissions)
    administrator = guarded.rabbitmq.uri("cells")
    installation(Settings(amqp_uri=administrator)).declare()
    return administrator
