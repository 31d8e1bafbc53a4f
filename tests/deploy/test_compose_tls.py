"""docker-compose.tls.yml: what it makes of docker-compose.yml, and whether real servers take it."""

from __future__ import annotations

import json
import re
import socket
import ssl
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from backbone.store.redis import connect
from services.installation import MORE_SETTINGS
from tests.access.conftest import tenglong
from tests.support.authority import Authority
from tests.support.brokers import RabbitMQ, RedisServer
from tests.support.children import HOST, free_ports

from .test_compose import COMPOSE, ROOT

OVER: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.tls.yml").read_text())
CONF = (ROOT / "deploy/rabbitmq.tls.conf").read_text()
PAGE = (ROOT / "docs/security.md").read_text("utf-8")
SERVERS = {"rabbitmq", "redis"}
PASSWORD = re.compile(r"(?<=:)[\w-]{20,}(?=@)|(?<=: \")[\w-]{20,}")
FOLDER = "${TLS_FOLDER:-./tls}"
AUTHORITY = "/etc/authority"


def merged(below: Any, above: Any, name: str = "") -> Any:
    """As Compose puts one file above another: commands and single values are replaced, lists go on."""
    if isinstance(below, dict) and isinstance(above, dict):
        both = {
            each: merged(below[each], above[each], each) for each in below.keys() & above.keys()
        }
        return {**below, **above, **both}
    if isinstance(below, list) and name not in ("command", "entrypoint", "test"):
        return [*below, *above]
    return above


MERGED: dict[str, Any] = merged(COMPOSE["services"], OVER["services"])


def _places(name: str) -> list[str]:
    """Where in the container something is mounted."""
    volumes = MERGED[name].get("volumes", [])
    return [v["target"] if isinstance(v, dict) else v.rsplit(":", 2)[-2 if v.endswith(":ro") else -1]
            for v in volumes]  # fmt: skip


def test_it_changes_containers_that_there_are_and_mounts_nothing_over_anything_nor_to_be_written() -> (
    None
):
    assert OVER["services"].keys() <= COMPOSE["services"].keys()
    for name, service in OVER["services"].items():
        assert len(set(_places(name))) == len(_places(name)), name
        assert all(each.endswith(":ro") for each in service.get("volumes", [])), name


def test_what_docker_compose_says_of_durability_and_users_holds_with_it_too() -> None:
    for name in ("redis", "secrets"):
        told = COMPOSE["services"][name]["command"]
        assert MERGED[name]["command"][: len(told)] == told
    kept = MERGED["redis"]["healthcheck"]
    assert {**kept, "test": []} == {**COMPOSE["services"]["redis"]["healthcheck"], "test": []}
    assert f"redis-cli --tls --cacert {AUTHORITY}/ca.pem" in kept["test"][-1]


def test_each_key_is_seen_by_its_server_alone() -> None:
    for name, service in OVER["services"].items():
        folders = {
            each.split(":/")[0].removeprefix(f"{FOLDER}/") for each in service.get("volumes", [])
        }
        assert not folders & (SERVERS - {name}), name
    assert "/tls/" in (ROOT / ".gitignore").read_text().splitlines()


def test_notify_may_be_told_of_authorities_of_its_own() -> None:
    assert f"{FOLDER}/authority:{AUTHORITY}:ro" in MERGED["notify"]["volumes"]
    assert "REQUESTS_CA_BUNDLE" in MORE_SETTINGS
    assert MERGED["notify"]["environment"]["REQUESTS_CA_BUNDLE"] == "${WEBHOOK_AUTHORITIES:-}"


def test_whoever_plays_the_story_finds_the_authority_where_its_uri_names_it() -> None:
    assert f"{FOLDER}/authority:/run/secrets/tenglong:ro" in MERGED["demo"]["volumes"]


@pytest.mark.parametrize("server", sorted(SERVERS))
def test_the_commands_of_the_page_make_certificates_that_name_the_servers(
    by_the_page: Path, server: str
) -> None:
    for name in (server, "localhost"):
        asks = ["-x509_strict", "-verify_hostname", name, f"tls/{server}/certificate.pem"]
        command = ["openssl", "verify", "-CAfile", "tls/authority/ca.pem", *asks]
        held = subprocess.run(command, cwd=by_the_page, capture_output=True, text=True)
        assert held.returncode == 0, held.stderr
    key = ["openssl", "pkey", "-noout", "-in", f"tls/{server}/key.pem"]
    assert subprocess.run(key, cwd=by_the_page).returncode == 0


@pytest.fixture(scope="module")
def by_the_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("page")
    (commands,) = re.findall(r"```sh\n(mkdir -p tls/.*?)```", PAGE, re.DOTALL)
    smaller = commands.replace("rsa:3072", "rsa:2048")  # which are quicker made
    subprocess.run(["sh", "-euc", smaller], cwd=home, check=True, capture_output=True, timeout=60)
    return home


def test_users_of_a_plain_installation_change_over_to_those_that_one_over_tls_would_have(
    tmp_path: Path, by_the_page: Path
) -> None:
    plain, over_tls = tmp_path / "plain", tmp_path / "over-tls"
    told, ca = ["grant", "installation"], f"{AUTHORITY}/ca.pem"
    of_tls = [word.replace(ca, str(by_the_page / "tls/authority/ca.pem"))
              for word in MERGED["secrets"]["command"][3:]]  # fmt: skip
    for folder, more in ((plain, []), (over_tls, of_tls)):
        assert tenglong(*told, str(folder), *more).returncode == 0
    (script,) = re.findall(r"--entrypoint sh secrets -c '\n(.*?)\n'\n", PAGE, re.DOTALL)
    here = script.replace("cd /secrets", f"cd {plain}").replace(
        AUTHORITY, str(by_the_page / "tls/authority")
    )

    subprocess.run(["sh", "-euc", here], check=True, timeout=60)

    changed = written(plain)
    for name, text in written(over_tls).items():
        assert changed[name] == text, name


def written(folder: Path) -> dict[str, str]:
    """What URIs and files of authorities say, without the passwords."""
    found = [
        *folder.glob("*/*-ur[il]"),
        *folder.glob("*/ca.pem"),
        folder / "watcher/passwords.json",
    ]
    return {str(each.relative_to(folder)): PASSWORD.sub("", each.read_text()) for each in found}


class Encrypted:
    """RabbitMQ and Redis with the configuration of the file, at other ports and places."""

    def __init__(self, home: Path) -> None:
        self.secrets, self.tls = home / "secrets", home / "tls"
        self.authority = Authority(_made(self.tls / "authority"))
        self.ports = dict(zip(("amqps", "https", "rediss"), free_ports(3), strict=True))
        for server in SERVERS:
            certificate, key = self.authority.certify(server)
            folder = _made(self.tls / server)
            certificate.rename(folder / "certificate.pem")
            key.rename(folder / "key.pem")
        self._make_users()
        self.rabbitmq, self.redis = self._broker(), self._store()

    def _make_users(self) -> None:
        """With the command of the container, and where the servers are here."""
        here = {
            "/secrets": self.secrets,
            f"{AUTHORITY}/ca.pem": self.authority.ca,
            "rabbitmq:5671": f"{HOST}:{self.ports['amqps']}",
        }
        command = [str(here.get(word, word)) for word in MERGED["secrets"]["command"]]
        command += [
            "--store",
            f"{HOST}:{self.ports['rediss']}",
            "--mounted",
            self.tls / "authority",
        ]
        command += ["--management", f"{HOST}:{self.ports['https']}"]
        written = tenglong(*map(str, command))
        assert written.returncode == 0, written.stderr

    def _broker(self) -> RabbitMQ:
        at = {"5671": f"{HOST}:{self.ports['amqps']}", "15671": str(self.ports["https"])}
        lines = [each.partition(" = ") for each in CONF.splitlines() if not each.startswith("#")]
        told = [
            f"{name} = {at.get(value, value.replace('/etc/certified', str(self.tls / 'rabbitmq')))}"
            for name, _, value in lines
        ]
        broker = OverTls()
        broker.at, broker.ca = self.ports["amqps"], self.authority.ca
        broker.ports, broker.more_config = free_ports(RabbitMQ.ports_needed), told
        broker.definitions = self.secrets / "rabbitmq" / "definitions.json"
        return broker

    def _store(self) -> RedisServer:
        words = MERGED["redis"]["command"][1:]
        given = {
            name.removeprefix("--"): value
            for name, value in zip(words[::2], words[1::2], strict=True)
        }
        assert given["tls-port"] == "6379"
        here = {
            "tls-port": str(self.ports["rediss"]),
            "aclfile": str(self.secrets / "redis" / "users.acl"),
            "tls-cert-file": str(self.tls / "redis" / "certificate.pem"),
            "tls-key-file": str(self.tls / "redis" / "key.pem"),
        }
        store = StoreOverTls(**(given | here))
        store.at, store.ca, store.ports = self.ports["rediss"], self.authority.ca, free_ports(1)
        return store

    def told(self, user: str, file: str) -> str:
        return (self.secrets / user / file).read_text().strip()


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


class OverTls(RabbitMQ):
    at: int
    ca: Path

    def answers(self) -> bool:
        return asked(self.at, self.ca, b"AMQP\x00\x00\x09\x01").startswith(b"\x01\x00\x00")


class StoreOverTls(RedisServer):
    at: int
    ca: Path

    def answers(self) -> bool:
        return asked(self.at, self.ca, b"PING\r\n").startswith(b"-NOAUTH")


def asked(port: int, ca: Path, question: bytes) -> bytes:
    """The beginning of the answer over TLS; nothing where there is none."""
    context = ssl.create_default_context(cafile=ca)
    try:
        with (
            socket.create_connection((HOST, port), 2) as plain,
            context.wrap_socket(plain, server_hostname=HOST) as connection,
        ):
            connection.sendall(question)
            return connection.recv(16)
    except OSError:
        return b""


@pytest.fixture
def encrypted(tmp_path: Path) -> Any:
    made = Encrypted(tmp_path)
    try:
        made.redis.restart()
        made.rabbitmq.restart()
        yield made
    finally:
        made.rabbitmq.discard()
        made.redis.discard()


def test_real_servers_take_it_and_the_users_of_the_first_start_get_in_over_tls_and_nobody_plain(
    encrypted: Encrypted,
) -> None:
    uri = encrypted.told("installer", "amqp-uri")
    declared = tenglong("topology", AMQP_URI=uri)
    assert declared.returncode == 0, declared.stderr
    administrator = {
        "AMQP_URI": encrypted.told("administrator", "amqp-uri"),
        "MANAGEMENT_URL": encrypted.told("administrator", "management-url"),
    }
    granted = tenglong("grant", "township", "330604006", "--json", **administrator)
    assert granted.returncode == 0, granted.stderr
    handed = json.loads(granted.stdout)["amqp_uri"]
    assert handed.startswith("amqps://")
    assert handed.endswith(f"?ssl_ca_certs={encrypted.authority.ca}")
    assert connect(encrypted.told("parcels", "redis-url")).ping()
    watched = json.loads(encrypted.told("watcher", "passwords.json"))
    assert {each.partition("//")[0] for each in watched} == {"rediss:"}
    for plain in (encrypted.rabbitmq.ports[0], encrypted.redis.ports[0]):
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((HOST, plain), 2)
