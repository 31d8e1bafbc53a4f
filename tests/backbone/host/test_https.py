"""Probes, metrics and alarms are answered over TLS where there is a certificate, to whom we know."""

from __future__ import annotations

import shutil
import ssl
from http.client import HTTPSConnection

import eventlet
import pytest
import requests

from backbone.host import https
from backbone.settings import Settings, Unusable
from tests.support.authority import Authority


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def first(authority):
    return authority.certify("first")


@pytest.fixture(scope="module")
def second(authority):
    return authority.certify("second")


def alive(_environ, start):
    start("200 OK", [("Content-Length", "5")])
    return [b"alive"]


@pytest.fixture
def answering(first, tmp_path):
    """Answers with a certificate of its own files; gives where, and the files."""
    running = []

    def start(ca=""):
        files = [shutil.copy(each, tmp_path) for each in first]
        chosen = Settings(http_cert_file=files[0], http_key_file=files[1], http_ca_file=str(ca))
        listener = https.listen("127.0.0.1", 0)
        shown = https.certificate(chosen.checked())
        running.append(eventlet.spawn(https.answer, listener, alive, shown))
        return listener.getsockname()[1], files

    yield start
    for each in running:
        each.kill()


def ask(port, authority, certificate=None):
    with requests.Session() as session:
        session.trust_env = False  # no proxy stands between us and ourselves
        session.verify, session.cert = str(authority.ca), certificate
        session.headers["Connection"] = "close"
        return session.get(f"https://127.0.0.1:{port}/livez", timeout=10).text


def test_it_is_answered_over_tls_and_not_without(answering, authority):
    port, _ = answering()

    assert ask(port, authority) == "alive"
    with pytest.raises(requests.ConnectionError):
        requests.get(f"http://127.0.0.1:{port}/livez", timeout=10)
    assert ask(port, authority) == "alive"


def test_who_shows_no_certificate_of_the_authority_is_not_answered(answering, authority, second):
    port, _ = answering(ca=authority.ca)

    with pytest.raises(requests.ConnectionError):
        ask(port, authority)
    assert ask(port, authority, tuple(map(str, second))) == "alive"


def shown_at(port, authority):
    trusting = ssl.create_default_context(cafile=authority.ca)
    asking = HTTPSConnection("127.0.0.1", port, timeout=10, context=trusting)
    asking.connect()
    certificate = asking.sock.getpeercert(binary_form=True)
    asking.request("GET", "/livez", headers={"Connection": "close"})
    assert asking.getresponse().read() == b"alive"
    return ssl.DER_cert_to_PEM_cert(certificate)


def test_a_renewed_certificate_is_shown_without_a_restart(answering, authority, first, second):
    port, files = answering()
    assert shown_at(port, authority) == first[0].read_text()

    shutil.copy(second[0], files[0])
    assert shown_at(port, authority) == first[0].read_text()  # its key has not come yet
    shutil.copy(second[1], files[1])
    assert shown_at(port, authority) == second[0].read_text()


@pytest.mark.parametrize(
    "given",
    [{"http_cert_file": "/c"}, {"http_key_file": "/k"}, {"http_ca_file": "/a"}],
)
def test_a_certificate_has_its_key(given):
    with pytest.raises(Unusable, match="HTTP_CERT_FILE and HTTP_KEY_FILE are given together"):
        Settings(**given).checked()


def test_a_certificate_that_cannot_be_read_is_told_before_anything_starts(tmp_path):
    with pytest.raises(Unusable, match=r"cannot be: .*No such file"):
        https.certificate(Settings(http_cert_file=str(tmp_path / "c"), http_key_file="/k"))
