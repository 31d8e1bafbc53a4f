"""A webhook goes to public hosts, or to networks that the installation has listed."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from ipaddress import ip_address, ip_network

import pytest

from backbone.errors import Invalid
from services.notify.channels import Outlets, addresses
from services.notify.channels.addresses import is_allowed
from services.notify.channels.settings import ChannelSettings
from services.notify.delivery.message import ChannelError

from .conftest import Notify, desk
from .facts import fact
from .servers import on_loopback, website
from .test_webhook import OK, SECRET, send

INSIDE = [
    "127.0.0.1",
    "127.8.9.1",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.8",
    "198.18.0.1",
    "224.0.0.251",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "fe80::1",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "ff0e::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::1",
    "2001::1",
    "100::1",
]


@pytest.fixture
def resolver(monkeypatch):
    """Answers each question for a name with the next of these lists, the last one for ever."""
    answers: list[list[str]] = []
    truly = socket.getaddrinfo

    def look_up(host, port, *how, **more):
        if not host.endswith(".org"):
            return truly(host, port, *how, **more)
        now = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in now]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", look_up)
    return answers


@pytest.mark.parametrize("ip", INSIDE)
def test_an_address_inside_is_for_no_webhook(ip: str) -> None:
    assert not is_allowed(ip_address(ip), ())


@pytest.mark.parametrize(
    "ip",
    ["93.184.216.34", "2606:4700::1111", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"],
)
def test_a_public_address_is_for_every_webhook(ip: str) -> None:
    assert is_allowed(ip_address(ip), ())


@pytest.mark.parametrize("ip", ["10.20.7.1", "::ffff:10.20.7.1"])
def test_a_network_that_is_listed_may_be_reached_and_its_neighbour_may_not(ip: str) -> None:
    listed = (ip_network("10.20.0.0/16"),)
    assert is_allowed(ip_address(ip), listed)
    assert not is_allowed(ip_address("10.21.0.1"), listed)
    assert not is_allowed(ip_address("127.0.0.1"), listed)


@pytest.mark.parametrize(
    "address",
    [
        "http://hooks.example.org/x",
        "https://127.0.0.1:9/x",
        "https://localhost/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/x",
        "https://[::ffff:10.0.0.1]/x",
        "https://[fe80::1%25eth0]/x",
        "https://0.0.0.0/",
    ],
)
def test_nobody_can_subscribe_an_address_inside_or_without_tls(address: str) -> None:
    notify = Notify(Outlets(ChannelSettings()))
    with pytest.raises(Invalid) as refused:
        notify.call("subscribe", **desk(channel="webhook", address=address, secret=SECRET))
    [reason] = refused.value.reasons
    assert (reason.code, reason.field) == ("BAD_ADDRESS", "address")


def test_a_name_that_leads_inside_cannot_be_subscribed(resolver) -> None:
    resolver.append(["10.0.0.7"])
    notify = Notify(Outlets(ChannelSettings()))
    terms = desk(channel="webhook", address="https://intranet.example.org/x", secret=SECRET)
    with pytest.raises(Invalid, match="WEBHOOK_NETWORKS"):
        notify.call("subscribe", **terms)


def test_a_name_that_led_outside_and_now_leads_inside_is_not_followed(resolver) -> None:
    """DNS rebinding."""
    notify = Notify(Outlets(ChannelSettings(plain_http=True)))
    with website(OK) as site:
        resolver.extend([["93.184.216.34"], ["127.0.0.1"]])
        address = f"http://hooks.example.org:{site.port}/x"
        notify.call("subscribe", **desk(channel="webhook", address=address, secret=SECRET))
        notify.hear_facts(fact("parcels.land_released"))
        notify.hear_itself()
    [delivery] = notify.deliveries(state="failed")
    assert "WEBHOOK_NETWORKS" in delivery["last_error"]
    assert "example.org" not in delivery["last_error"]
    assert site.seen == []


def test_the_connection_goes_to_the_address_that_was_checked(resolver) -> None:
    """Asked once, for a second answer could be another one."""
    with website(OK) as site:
        resolver.extend([["127.0.0.1"], ["192.0.2.1"]])
        send(f"http://hooks.example.org:{site.port}/x")
    [(path, headers, _)] = site.seen
    assert (path, headers["host"]) == ("/x", f"hooks.example.org:{site.port}")


def test_of_several_addresses_those_inside_are_left_out_and_dead_ones_passed_by(resolver) -> None:
    with website(OK) as site:
        resolver.append(["10.0.0.1", "127.0.0.9", "127.0.0.1"])
        send(f"http://hooks.example.org:{site.port}/x")
    assert len(site.seen) == 1


def test_a_name_that_nobody_knows_today_may_be_known_tomorrow() -> None:
    with pytest.raises(ChannelError) as refused:
        send("https://hooks.example.org/x")
    assert not refused.value.permanent
    assert "example.org" not in str(refused.value)


@pytest.fixture
def tls(tmp_path, monkeypatch) -> ssl.SSLContext:
    """TLS of hooks.example.org, with a certificate that webhooks trust."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not here to make a certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    request = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=hooks.example.org"
    names = ["-addext", "subjectAltName=DNS:hooks.example.org"]
    made = ["openssl", *request.split(), *names, "-keyout", key, "-out", certificate]
    subprocess.run(made, check=True, capture_output=True)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return context


def test_the_certificate_is_held_against_the_name_and_not_the_ip(resolver, tls) -> None:
    resolver.append(["127.0.0.1"])
    with website(OK, tls=tls) as site:
        send(f"https://hooks.example.org:{site.port}/x")
        with pytest.raises(ChannelError, match="SSLError"):
            send(f"https://other.example.org:{site.port}/x")
    assert len(site.seen) == 1


def test_an_installation_that_says_so_has_webhooks_on_its_own_machine() -> None:
    notify = Notify(Outlets(on_loopback()))
    with website(OK) as site:
        notify.call("subscribe", **desk(channel="webhook", address=site.url, secret=SECRET))
        notify.hear_facts(fact("parcels.land_released"))
        notify.hear_itself()
    assert notify.deliveries(state="delivered")
    assert len(site.seen) == 1
