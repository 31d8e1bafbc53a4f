"""The e-mail channel against a real mail server."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import time
from dataclasses import replace
from email.header import decode_header, make_header
from email.parser import BytesParser
from email.policy import default
from urllib.parse import urlencode

import pytest
from aiosmtpd.smtp import AuthResult

from backbone import certificates
from backbone.metrics import certificate_ends
from backbone.tls import Tls
from services.notify.channels import email
from services.notify.channels.settings import ChannelSettings, SmtpServer, from_environment
from services.notify.delivery.message import ChannelError
from services.notify.subscriptions.target import Target
from tests.support.authority import Authority

from .servers import MailServer, free_port, mail_server, raw_server
from .test_webhook import MESSAGE

DESK = Target(subscription_id="desk", address="land.desk@example.org")


def settings(port: int, **more: str) -> ChannelSettings:
    smtp = SmtpServer(host="127.0.0.1", port=port, sender="notify@park.example.org", **more)
    return ChannelSettings(smtp=smtp, timeout_s=5)


def send(server: MailServer) -> None:
    email.send(DESK, MESSAGE, settings(server.port))


def test_the_desk_gets_a_letter_that_it_can_read() -> None:
    with mail_server() as server:
        send(server)
    [letter] = server.letters
    assert letter["To"] == "land.desk@example.org"
    assert letter["From"] == "notify@park.example.org"
    assert str(make_header(decode_header(letter["Subject"]))) == MESSAGE.title
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content_charset() == "utf-8"
    body = letter.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert body.decode().strip() == MESSAGE.text


TITLES = [
    "杭州湾 示例地块 开发区 工业用地 工业用地 杭州湾 挂牌",
    "Listing published [已挂牌]: 杭州湾 示例地块 开发区 工业用地 工业用地 杭州湾 挂牌",
    "地" * 300,
    "地 " * 100 + "块",
    "a" * 300,
    "word " * 60 + "end",
    "two  spaces,　a wide one,\ta tab",
    " at both ends ",
    "=?utf-8?b?5Zyw?= is no code here",
    "plain",
    "🏭 𠀀" * 30,
    "e\u0301" * 60,
    'comma, semicolon; "quotes" <angle> (round) @ : \\',
    "",
]


@pytest.mark.parametrize("title", TITLES)
def test_the_subject_is_the_title_letter_for_letter(title: str) -> None:
    message = replace(MESSAGE, title=title)
    with mail_server() as server:
        email.send(DESK, message, settings(server.port))
    [raw] = server.raw
    [letter] = server.letters
    assert str(make_header(decode_header(letter["Subject"]))) == title
    assert BytesParser(policy=default).parsebytes(raw)["Subject"] == title
    assert max(map(len, raw.split(b"\r\n"))) <= 998  # RFC 5322 section 2.1.1


def test_every_try_has_the_same_message_id() -> None:
    with mail_server() as server:
        send(server)
        send(server)
    ids = {letter["Message-ID"] for letter in server.letters}
    assert ids == {f"<{MESSAGE.delivery_id}@park.example.org>"}


@pytest.mark.parametrize(
    ("answer", "permanent", "code"),
    [
        ("450 4.2.1 land.desk@example.org is busy", False, 450),
        ("451 4.3.0 later", False, 451),
        ("550 5.1.1 no land.desk@example.org here", True, 550),
        ("554 5.7.1 no", True, 554),
        ("rcpt 450 4.2.1 land.desk@example.org is busy", False, 450),
        ("rcpt 550 5.1.1 no land.desk@example.org here", True, 550),
    ],
)
def test_4xx_may_pass_5xx_will_not_and_the_servers_words_are_not_repeated(
    answer: str, permanent: bool, code: int
) -> None:
    with mail_server(answer) as server, pytest.raises(ChannelError) as refused:
        send(server)
    assert refused.value.permanent is permanent
    assert str(refused.value) == f"The mail server answered {code}."


def test_a_busy_server_takes_the_letter_later() -> None:
    with mail_server("450 4.2.1 busy") as server:
        with pytest.raises(ChannelError):
            send(server)
        send(server)
    assert len(server.letters) == 1


@pytest.mark.parametrize(
    ("said", "drips"), [(b"220-", b"x"), (b"220 mail ESMTP\r\n250-", b"x"), (b"", b"220-x\r\n")]
)
def test_a_server_that_drips_its_words_has_one_timeout_for_all_of_them(said, drips) -> None:
    started = time.monotonic()
    with raw_server(said, then_drip=drips) as server, pytest.raises(ChannelError) as refused:
        email.send(DESK, MESSAGE, replace(settings(server.port), timeout_s=0.4))
    assert 0.3 <= time.monotonic() - started < 20  # it drips without end
    assert not refused.value.permanent
    assert str(refused.value) == "The mail server took longer than 0.4 s."


def test_a_letter_that_was_taken_is_sent_whatever_the_server_says_at_parting() -> None:
    with mail_server() as server:
        server.is_silent_at_parting = True
        email.send(DESK, MESSAGE, replace(settings(server.port), timeout_s=4))
    assert len(server.letters) == 1


@pytest.mark.parametrize("name", [".", "a..b", ".a", "a.", "!#$%&'*+/=?^_`{|}~-", "x" * 64])
def test_a_desk_of_any_name_gets_its_letter(name: str) -> None:
    desk = replace(DESK, address=f"{name}@example.org")
    with mail_server() as server:
        email.send(desk, MESSAGE, settings(server.port))
    assert server.recipients == [desk.address]


def test_a_server_that_is_down_may_come_back() -> None:
    with pytest.raises(ChannelError) as refused:
        email.send(DESK, MESSAGE, settings(free_port()))
    assert not refused.value.permanent


def test_without_a_mail_server_the_letter_waits() -> None:
    with pytest.raises(ChannelError, match="SMTP_URL") as refused:
        email.send(DESK, MESSAGE, ChannelSettings())
    assert not refused.value.permanent


def test_a_password_never_travels_in_the_clear() -> None:
    asked = []

    def careless(_server, _session, _envelope, _mechanism, login) -> AuthResult:
        asked.append(login.password)
        return AuthResult(success=True)

    with (
        mail_server(authenticator=careless, auth_require_tls=False) as server,
        pytest.raises(ChannelError) as refused,
    ):
        email.send(DESK, MESSAGE, settings(server.port, user="notify", password="hush-hush"))
    assert (server.letters, asked) == ([], [])
    assert not refused.value.permanent
    assert "hush-hush" not in str(refused.value)


@pytest.fixture
def tls(tmp_path, monkeypatch) -> ssl.SSLContext:
    """TLS of a server on this host, whose certificate the operating system trusts."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not here to make a certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    request = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1"
    names = ["-addext", "subjectAltName=IP:127.0.0.1"]
    made = ["openssl", *request.split(), *names, "-keyout", key, "-out", certificate]
    subprocess.run(made, check=True, capture_output=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return context


def knows(_server, _session, _envelope, _mechanism, login) -> AuthResult:
    return AuthResult(success=login.password == b"hush-hush", handled=False)


def test_a_password_is_given_once_the_line_is_encrypted(tls) -> None:
    with mail_server(tls_context=tls, require_starttls=True, authenticator=knows) as server:
        email.send(DESK, MESSAGE, settings(server.port, user="notify", password="hush-hush"))
    assert len(server.letters) == 1


def test_a_server_with_tls_from_the_first_byte_gets_its_letter(tls) -> None:
    with mail_server(ssl_context=tls, auth_require_tls=False) as server:
        encrypted = replace(settings(server.port).smtp, tls=True)
        email.send(DESK, MESSAGE, ChannelSettings(smtp=encrypted, timeout_s=5))
    assert len(server.letters) == 1


def test_a_wrong_password_is_ours_to_mend_so_the_letter_waits(tls) -> None:
    with (
        mail_server(tls_context=tls, require_starttls=True, authenticator=knows) as server,
        pytest.raises(ChannelError) as refused,
    ):
        email.send(DESK, MESSAGE, settings(server.port, user="notify", password="wrong-one"))
    assert not refused.value.permanent
    assert str(refused.value) == "The mail server refused our login."


def test_a_server_with_a_certificate_of_nobody_gets_no_letter(tls, monkeypatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with mail_server(tls_context=tls) as server, pytest.raises(ChannelError) as refused:
        send(server)
    assert server.letters == []
    assert not refused.value.permanent


@pytest.fixture
def private(tmp_path):
    """A mail server certified by an authority that the system does not know, which asks for a certificate of
    that authority; and what SMTP_URL says of it."""
    authority = Authority(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=authority.ca)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain(*authority.certify("mail", days=20))
    certificate, key = authority.certify("notify")
    said = {"ssl_ca_certs": authority.ca, "ssl_certfile": certificate, "ssl_keyfile": key}
    return context, {name: str(file) for name, file in said.items()}


def named(scheme: str, port: int, **more: str) -> ChannelSettings:
    query = urlencode({"from": "notify@park.example.org", **more})
    return from_environment({"SMTP_URL": f"{scheme}://127.0.0.1:{port}?{query}"})


def test_a_private_authority_and_our_certificate_are_named_in_the_url(private) -> None:
    context, said = private
    with mail_server(tls_context=context, require_starttls=True) as server:
        email.send(DESK, MESSAGE, named("smtp", server.port, **said))
        assert len(server.letters) == 1
        for less in ({}, {"ssl_ca_certs": said["ssl_ca_certs"]}):
            with pytest.raises(ChannelError) as refused:
                email.send(DESK, MESSAGE, named("smtp", server.port, **less))
            assert not refused.value.permanent
    assert len(server.letters) == 1
    with mail_server(ssl_context=context) as server:
        email.send(DESK, MESSAGE, named("smtps", server.port, **said))
    assert len(server.letters) == 1


@pytest.mark.parametrize(
    ("scheme", "how"), [("smtp", "tls_context"), ("smtps", "ssl_context")], ids=["later", "at once"]
)
def test_when_the_certificates_of_a_letters_way_end_is_a_metric(
    private, tmp_path, monkeypatch, scheme, how
):
    context, said = private
    monkeypatch.setattr(certificates, "_shown", {})
    certificate_ends.clear()
    with mail_server() as server:
        send(server)
    assert next(iter(certificate_ends.collect())).samples == []

    with mail_server(**{how: context}) as server:
        email.send(DESK, MESSAGE, named(scheme, server.port, **said))
        assert len(server.letters) == 1

    (page,) = certificate_ends.collect()
    ends = {each.labels["whose"]: each.value for each in page.samples}
    files = {"server": tmp_path / "mail.pem", "ours": said["ssl_certfile"]}
    for whose, file in files.items():
        (end,) = certificates.ends("", Tls(certfile=str(file)))
        assert ends[whose] == end.at.timestamp()
    assert ends.keys() == {*files, "authority"}
    assert {each.labels["to"] for each in page.samples} == {"smtp"}


def test_a_server_that_has_to_be_certified_gets_no_letter_in_the_clear(private) -> None:
    _, said = private
    with mail_server() as server, pytest.raises(ChannelError) as refused:
        email.send(DESK, MESSAGE, named("smtp", server.port, **said))
    assert server.letters == []
    assert not refused.value.permanent


def test_another_mail_server_is_read_from_its_file_with_the_next_letter(tmp_path) -> None:
    file = tmp_path / "smtp-url"
    chosen = from_environment({"SMTP_URL_FILE": str(file)})
    with pytest.raises(ChannelError, match="No mail server is set"):
        email.send(DESK, MESSAGE, chosen)
    for _ in range(2):
        with mail_server() as server:
            file.write_text(f"smtp://127.0.0.1:{server.port}?from=notify@park.example.org\n")
            email.send(DESK, MESSAGE, chosen)
        assert len(server.letters) == 1
    file.write_text("smtp://u:hush-hush@127.0.0.1")
    with pytest.raises(ChannelError, match="SMTP_URL must read like") as refused:
        email.send(DESK, MESSAGE, chosen)
    assert not refused.value.permanent
    assert "hush" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    ["", "desk", "desk@", "@example.org", "a@b", "a b@example.org", "a@example.org\nBcc: b@c.org"],
)
def test_an_address_that_is_none_is_refused_at_once(address: str) -> None:
    reason = email.problem(replace(DESK, address=address), ChannelSettings())
    assert reason
    assert reason.code == "BAD_ADDRESS"


def test_an_address_is_shown_without_the_person() -> None:
    assert email.problem(DESK, ChannelSettings()) is None
    assert email.shown(DESK) == "l…@example.org"
