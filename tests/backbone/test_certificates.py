"""Certificates end, and it is told beforehand: when, of which connection, and whose."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta

import pytest
import redis
from prometheus_client import generate_latest

from backbone import certificates
from backbone.certificates import AUTHORITY, OURS, PROBES, STORE, End
from backbone.host.health import Health
from backbone.host.installation import Installation
from backbone.host.runner import Running
from backbone.settings import Settings
from backbone.tls import Tls
from tests.support.authority import Authority
from tests.support.brokers import RedisServer
from tests.support.children import HOST, free_ports

SOON, LATER, IN_THE_NEXT_CENTURY = 5, 90, 30_000  # days


@pytest.fixture(autouse=True)
def nothing_shown(monkeypatch):
    """No server has shown a certificate to this process yet."""
    monkeypatch.setattr(certificates, "_shown", {})


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"), IN_THE_NEXT_CENTURY)


@pytest.fixture(scope="module")
def certified(authority):
    """Certificates that end in so many days."""
    return {days: authority.certify(f"for-{days}", days=days)[0] for days in (SOON, LATER)}


def said_by_openssl(file):
    asked = ["openssl", "x509", "-in", file, "-noout", "-enddate"]
    said = subprocess.run(asked, check=True, capture_output=True, text=True, timeout=30).stdout
    return datetime.strptime(said.strip(), "notAfter=%b %d %H:%M:%S %Y GMT").replace(tzinfo=UTC)


def test_the_end_is_what_openssl_reads_of_this_century_and_of_the_next(authority, certified):
    told = Tls(ca_certs=str(authority.ca), certfile=str(certified[SOON]))

    assert list(certificates.ends(STORE, told)) == [
        End(STORE, OURS, said_by_openssl(certified[SOON])),
        End(STORE, AUTHORITY, said_by_openssl(authority.ca)),
    ]


def test_a_chain_ends_with_its_first_and_a_file_of_authorities_with_its_last(certified, tmp_path):
    both = tmp_path / "both.pem"
    both.write_text("a comment\n" + "".join(certified[days].read_text() for days in (LATER, SOON)))
    ours, authority = certificates.ends(PROBES, Tls(ca_certs=str(both), certfile=str(both)))

    assert ours.at == said_by_openssl(certified[SOON])
    assert authority.at == said_by_openssl(certified[LATER])


def test_of_each_connection_it_is_told_and_a_file_that_cannot_be_read_hides_no_other(
    authority, certified
):
    settings = Settings(
        amqp_uri="amqps://u:p@one,two/v?ssl_ca_certs=/nowhere.pem",
        redis_url=f"rediss+sentinel://u:p@one:1,two:2/park/0?ssl_ca_certs={authority.ca}",
        management_url=f"https://u:p@one?ssl_certfile={certified[LATER]}",
        http_cert_file=str(certified[SOON]),
    )
    certificates.tell(settings, ["potter"])
    page = generate_latest(Health("potter")).decode()
    told = [each for each in page.splitlines() if each.startswith("tenglong_certificate")]

    ends = {each.rpartition(" ")[0]: float(each.rpartition(" ")[2]) for each in told}
    name = "tenglong_certificate_ends_timestamp_seconds"
    expected = {
        ("store", "authority"): authority.ca,
        ("management", "ours"): certified[LATER],
        ("probes", "ours"): certified[SOON],
    }
    assert ends == {
        f'{name}{{service="potter",to="{to}",whose="{whose}"}}': said_by_openssl(file).timestamp()
        for (to, whose), file in expected.items()
    }


def test_without_tls_nothing_is_told(tmp_path):
    assert [*certificates.connections(Settings())] == [PROBES]
    assert list(certificates.ends(PROBES, certificates.connections(Settings())[PROBES])) == []


def test_a_file_without_a_certificate_is_named(tmp_path):
    empty = tmp_path / "empty.pem"
    empty.touch()
    with pytest.raises(ValueError, match=r"empty\.pem has no certificate in PEM"):
        list(certificates.ends(PROBES, Tls(certfile=str(empty))))


def test_the_ends_lie_ahead(certified):
    (found,) = certificates.ends(PROBES, Tls(certfile=str(certified[LATER])))
    left = found.at - datetime.now(UTC)

    assert timedelta(days=LATER - 1) < left <= timedelta(days=LATER)


def test_a_renewed_certificate_of_redis_is_seen_though_open_connections_stay(authority, tmp_path):
    (port,) = free_ports(1)
    shown = {days: authority.certify(f"redis-{days}", days=days) for days in (SOON, LATER)}
    old, key = shown[SOON]
    server = RedisServer(
        tls_port=str(port), tls_cert_file=str(old), tls_key_file=str(key),
        tls_ca_cert_file=str(authority.ca), tls_auth_clients="no",
    ).start()  # fmt: skip
    url = f"rediss://{HOST}:{port}/0?ssl_ca_certs={authority.ca}"
    running = Running([], Installation(settings=Settings(redis_url=url)), {})
    running.health = {"thatcher": Health("thatcher")}
    try:
        seen = [told_of_redis(running)]
        with redis.Redis.from_url(server.url) as administrator:
            new, key = shown[LATER]
            administrator.config_set("tls-cert-file", str(new), "tls-key-file", str(key))
        seen.append(told_of_redis(running))
    finally:
        server.discard()

    assert seen == [said_by_openssl(each).timestamp() for each in (old, new)]


def told_of_redis(running):
    running._look_at_certificates()
    page = generate_latest(running.health["thatcher"]).decode()
    (line,) = (each for each in page.splitlines() if 'to="store",whose="server"' in each)
    return float(line.rpartition(" ")[2])
