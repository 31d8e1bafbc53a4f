"""The way to the broker is encrypted, and both ends know each other."""

from __future__ import annotations

import json
import ssl
from datetime import date

import pytest

from backbone.amqp import tls
from backbone.amqp.connection import CONNECTION_ERRORS, connection
from backbone.settings import Unusable
from client import Park, Unavailable
from tests.support.authority import Authority
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


def test_a_service_works_over_tls_and_answers_a_client_over_tls(guarded, certified):
    notify = guarded.services["notify"]
    store = (guarded.secrets / "notify" / "redis-url").read_text().strip()
    uri = guarded.over_tls(guarded.uri("notify"), **certified)
    notify.stop()
    over_tls = ServiceProcess(["notify"], uri, store)
    try:
        over_tls.wait_ready()
        granted = guarded.grant("system", "over-tls", "--calls", "notify.list_alerts", "--json")
        uri = json.loads(granted.stdout)["amqp_uri"]
        with Park(guarded.over_tls(uri, **certified)) as park:
            assert "items" in park.notify.list_alerts(limit=1)
    finally:
        over_tls.discard()
        notify.start()
        notify.wait_ready()


@pytest.mark.parametrize(
    "what", ["another authority", "no certificate", "the system's authorities"]
)
def test_who_cannot_show_who_it_is_gets_no_connection(guarded, certified, what, tmp_path):
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


def test_a_broker_without_options_is_held_against_the_authorities_of_the_system():
    assert tls.split("amqps://h:5671/v?heartbeat=10") == (
        "amqps://h:5671/v?heartbeat=10",
        {"ssl": {"cert_reqs": ssl.CERT_REQUIRED, "server_hostname": "h"}},
    )
