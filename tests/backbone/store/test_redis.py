"""How Redis is reached, and what becomes of a connection that it closed."""

from __future__ import annotations

import os
import subprocess

import pytest

from backbone.errors import Unavailable
from backbone.store.redis import connect
from backbone.store.repository import Repository
from tests.support.children import Child, free_ports
from tests.support.eventually import eventually

from .plots import KEPT, START, Plot, commit, plot


def test_a_store_in_memory_is_shared_by_its_name_alone():
    one, same, other = (connect(f"memory://{START}{name}") for name in ("a", "a", "b"))
    one.set("k", "v")

    assert same.get("k") == b"v"
    assert other.get("k") is None


def test_a_connection_that_redis_closed_is_opened_anew_and_costs_no_command(redis_url):
    store = connect(redis_url)
    store.set("a", 1)
    assert connect(redis_url).client_kill_filter(_id=store.client_id()) == 1

    assert store.get("a") == b"1"


@pytest.fixture
def guarded(tmp_path):
    """The URLs of a Redis that is reached by TLS, with a password, or through its own socket."""
    key, certificate, local = (tmp_path / name for name in ("key", "certificate", "socket"))
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names,
         "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    (port,) = free_ports(1)
    server = Child(
        ["redis-server", "--port", "0", "--tls-port", str(port), "--tls-auth-clients", "no",
         "--tls-cert-file", str(certificate), "--tls-key-file", str(key),
         "--tls-ca-cert-file", str(certificate), "--requirepass", "secret",
         "--unixsocket", str(local), "--save", ""],
        os.environ, tmp_path / "output",
    )  # fmt: skip
    eventually(local.exists)
    yield {
        "rediss": f"rediss://:secret@localhost:{port}/0?ssl_ca_certs={certificate}",
        "unix": f"unix://:secret@{local}?db=0",
    }
    server.kill()


@pytest.mark.parametrize("scheme", ["rediss", "unix"])
def test_redis_is_reached_by_tls_and_by_its_own_socket(guarded, scheme):
    redis = connect(guarded[scheme])

    commit(Repository("land", redis, [KEPT]), plot())

    assert Repository("land", redis, [KEPT]).load(Plot, "p").thing == plot()


@pytest.mark.parametrize("scheme", ["rediss", "unix"])
def test_such_a_connection_that_redis_closed_costs_no_command_either(guarded, scheme):
    redis = connect(guarded[scheme])
    redis.set("a", 1)
    assert connect(guarded[scheme]).client_kill_filter(_id=redis.client_id()) == 1

    assert redis.get("a") == b"1"


def test_a_database_that_redis_does_not_have_is_waited_for(redis_server):
    """Somebody has to mend the URL; no message is to be parked for it meanwhile."""
    repository = Repository("mill", connect(redis_server.url.removesuffix("/0") + "/99999"), [])

    with pytest.raises(Unavailable, match="DB index is out of range"):
        repository.call("get", "sack")
