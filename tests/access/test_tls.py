"""The way to broker, store and probes is encrypted, and both ends know each other."""

from __future__ import annotations

import json
import ssl
from datetime import date

import pytest
import redis

from backbone.amqp import tls
from backbone.amqp.connection import CONNECTION_ERRORS, connection
from backbone.amqp.management import Unreachable, links_at, url_of
from backbone.errors import Unavailable as StoreUnavailable
from backbone.settings import Settings, Unusable
from backbone.store.redis import connect, reaching_redis
from cli.doctor import checks, probes
from cli.grant.broker import Broker, NoAdministrator
from client import Park, Unavailable
from tests.support.authority import Authority
from tests.support.eventually import eventually
from tests.support.processes import ServiceProcess

from .conftest import tenglong


@pytest.fixture(scope="module")
def certified(guarded) -> dict[str, object]:
    """What a client needs: our authority, and a certificate of its own."""
    certificate, key = guarded.authority.certify("client")
    return {
        "ssl_ca_certs": guarded.authority.ca,
        "ssl_certfile": certificate,
        "ssl_keyfile": key,
    }


def test_a_service_works_over_tls_and_answers_a_client_over_tls(guarded, certified, tmp_path):
    """Broker, store, management API and probes: each end shows a certificate of the private authority."""
    written = {
        "AMQP_URI_FILE": guarded.uri("notify"),
        "REDIS_URL_FILE": guarded.store("notify"),
        "MANAGEMENT_URL_FILE": guarded.management("notify"),
    }
    files = {name: tmp_path / name for name in written}
    for name, url in written.items():
        files[name].write_text(guarded.over_tls(url, **certified) + "\n")
    shown = {
        "HTTP_CERT_FILE": certified["ssl_certfile"],
        "HTTP_KEY_FILE": certified["ssl_keyfile"],
        "HTTP_CA_FILE": certified["ssl_ca_certs"],
    }
    env = {name: str(file) for name, file in (files | shown).items()}
    guarded.services["notify"].stop()
    over_tls = ServiceProcess(["notify"], "", "", **env)
    try:
        over_tls.wait_ready()
        granted = guarded.grant("system", "over-tls", "--calls", "notify.list_alerts", "--json")
        uri = json.loads(granted.stdout)["amqp_uri"]
        with Park(guarded.over_tls(uri, **certified)) as park:
            assert "items" in park.notify.list_alerts(limit=1)
        assert _doors(guarded, "service-notify") == {guarded.tls_ports["redis"]}
        told = {(to, whose) for to in ENCRYPTED for whose in ("ours", "authority", "server")}
        told -= {(to, "server") for to in ("management", "probes")}
        eventually(lambda: _ends(over_tls.metrics("notify")) == told)
    finally:
        over_tls.discard()
        guarded.services["notify"].start()
        guarded.services["notify"].wait_ready()


ENCRYPTED = ("broker", "store", "management", "probes")


def _ends(page: str) -> set[tuple[str, str]]:
    """Whose certificates, of which connections, end on a day that is told."""
    name = 'tenglong_certificate_ends_timestamp_seconds{service="notify",to="'
    told = (each.removeprefix(name).split('"') for each in page.splitlines() if name in each)
    return {(to, whose) for to, _, whose, *_ in told}


def _doors(guarded, user: str) -> set[int]:
    """The ports of the store by which this user is connected."""
    with redis.Redis.from_url(guarded.store("administrator")) as client:
        found = [each["laddr"] for each in client.client_list() if each["user"] == user]
    return {int(each.rpartition(":")[2]) for each in found}


def test_a_store_opens_to_nobody_without_a_certificate(guarded, certified):
    only_the_authority = {"ssl_ca_certs": certified["ssl_ca_certs"]}
    url = guarded.over_tls(guarded.store("notify"), **only_the_authority)
    with pytest.raises(StoreUnavailable, match="does not answer"), reaching_redis():
        connect(url).get("{notify}:birth")


def test_users_are_granted_over_tls(guarded, certified):
    urls = {
        "AMQP_URI": guarded.uri("administrator"),
        "REDIS_URL": guarded.store("administrator"),
        "MANAGEMENT_URL": guarded.rabbitmq.management_url,
    }
    over = {name: guarded.over_tls(url, **certified) for name, url in urls.items()}

    granted = tenglong("grant", "operator", "li", "--json", **over)

    assert granted.returncode == 0, granted.stderr
    url = json.loads(granted.stdout)["redis_url"]
    assert url.startswith("rediss://operator-li:")
    with redis.Redis.from_url(url) as client:
        assert client.ping()
    assert tenglong("grant", "revoke", "operator-li", **over).returncode == 0


def test_doctor_looks_at_an_installation_over_tls(guarded, certified):
    urls = {
        "AMQP_URI": guarded.uri("operator-first"),
        "REDIS_URL": guarded.store("operator-first"),
        "MANAGEMENT_URL": guarded.management("operator-first"),
    }
    over = {name: guarded.over_tls(url, **certified) for name, url in urls.items()}

    said = json.loads(tenglong("doctor", "--json", **over).stdout)

    states = {each["subject"]: each["state"] for each in said}
    assert {"broker", "topology", "bindings", "store"} <= states.keys()
    assert set(states.values()) <= {"well", "look"}
    assert states["bindings"] == "well"


def test_the_management_api_answers_nobody_without_a_certificate(guarded, certified):
    ca = certified["ssl_ca_certs"]
    url = guarded.over_tls(guarded.management("operator-first"), ssl_ca_certs=ca)
    with pytest.raises(Unreachable):
        links_at(url, guarded.uri("operator-first"))


def test_without_a_url_of_its_own_the_management_api_is_looked_for_with_the_brokers_certificates():
    uri = "amqps://mill:pw@one:5671/v?ssl_ca_certs=%2Fca.pem&heartbeat=10"

    assert url_of(uri) == "https://mill:pw@one:15671?ssl_ca_certs=%2Fca.pem"


def test_what_a_management_url_says_wrongly_of_tls_is_told():
    with pytest.raises(Unreachable, match="MANAGEMENT_URL has ssl_ca_cert as it cannot be"):
        links_at("https://mill:pw@one:15671?ssl_ca_cert=/ca", "amqp://one/")


@pytest.mark.parametrize(
    ("what", "remedy"),
    [
        ("another authority", "name its authority in AMQP_URI (ssl_ca_certs)"),
        # it says that one is required, or hangs up
        ("no certificate", "ssl_certfile and ssl_keyfile in AMQP_URI"),
        ("the system's authorities", "name its authority in AMQP_URI (ssl_ca_certs)"),
    ],
)
def test_who_cannot_show_who_it_is_gets_no_connection(guarded, certified, what, remedy, tmp_path):
    options = dict(certified)
    if what == "another authority":
        options["ssl_ca_certs"] = Authority(tmp_path).ca
    elif what == "no certificate":
        del options["ssl_certfile"], options["ssl_keyfile"]
    else:
        del options["ssl_ca_certs"]
    uri = guarded.over_tls(guarded.uri("installer"), **options)
    with pytest.raises(CONNECTION_ERRORS), connection(uri):
        pass
    (found,) = checks.broker(Settings(amqp_uri=uri))
    assert remedy in found.remedy
    with pytest.raises(Unavailable), Park(uri, timeout=1) as park:
        park.parcels.overview(on=date(2023, 7, 31))


def test_an_operator_works_over_tls(guarded, certified):
    uri = guarded.over_tls(guarded.uri("installer"), **certified)
    declared = tenglong("topology", AMQP_URI=uri)
    assert declared.returncode == 0, declared.stderr


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("amqps://h/?ssl_ca_cert=/a", "ssl_ca_cert as it cannot be"),
        ("amqps://h/?ssl_cert_reqs=optional", "ssl_cert_reqs"),
        ("amqp://h/?ssl_ca_certs=/a", "amqps:// alone"),
    ],
)
def test_what_a_uri_says_wrongly_of_tls_is_told(uri, said):
    with pytest.raises(Unusable, match=said):
        tls.split(uri)


def test_a_file_that_is_not_there_is_named_with_its_setting(tmp_path):
    gone = tmp_path / "ca.pem"
    said = f"ssl_ca_certs={gone}, which cannot be read: No such file"
    with pytest.raises(CONNECTION_ERRORS, match=f"AMQP_URI names {said}"):
        tls.split(f"amqps://127.0.0.1:9/?ssl_ca_certs={gone}")
    with pytest.raises(redis.ConnectionError, match=f"REDIS_URL names {said}"):
        connect(f"rediss://127.0.0.1:9/0?ssl_ca_certs={gone}").ping()
    management = f"https://mill:pw@127.0.0.1:9?ssl_ca_certs={gone}"
    with pytest.raises(Unreachable, match=f"MANAGEMENT_URL names {said}"):
        links_at(management, "amqp://127.0.0.1/")
    with pytest.raises(Unreachable, match=f"AMQP_URI names {said}"):
        links_at("", f"amqps://127.0.0.1/?ssl_ca_certs={gone}")
    with pytest.raises(NoAdministrator, match=f"MANAGEMENT_URL names {said}"):
        Broker(management, "amqp://127.0.0.1/")
    heard = probes.ask(management, "parcels", 9)
    assert f"PROBES_URL names {said}" in heard.silent


def test_a_broker_without_options_is_held_against_the_authorities_of_the_system():
    assert tls.split("amqps://h:5671/v?heartbeat=10") == (
        "amqps://h:5671/v?heartbeat=10",
        {"ssl": {"cert_reqs": ssl.CERT_REQUIRED, "server_hostname": "h"}},
    )
