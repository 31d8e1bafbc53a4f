"""The webhook channel against a real web server."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify.channels import webhook
from services.notify.channels.settings import ChannelSettings
from services.notify.delivery.message import ChannelError, Message
from services.notify.delivery.rules import DELIVERY_RULES
from services.notify.subscriptions.target import Target

from .servers import free_port, on_loopback, raw_server, website

SECRET = "a secret of the investors' own system"
SETTINGS = on_loopback()
OK = (204, {})
MESSAGE = Message(
    delivery_id="1b671a64-40d5-591e-99b0-da01ff1f3341",
    title="Land ready for release [可供地]",
    text="小越街道: 17.67 mu",
    alert={"alert_id": "a-1", "kind": "release_ready", "subject": "330604006-C17"},
)


def send(address: str, settings: ChannelSettings = SETTINGS, secret: str = SECRET) -> None:
    target = Target(subscription_id="desk", address=address, secret=secret)
    webhook.send(target, MESSAGE, settings)


def refusal(*answers: tuple[int, dict[str, str]]) -> ChannelError:
    with website(*answers) as site, pytest.raises(ChannelError) as refused:
        send(f"{site.url}/hooks/T0KEN")
    return refused.value


def test_the_receiver_gets_the_whole_alert_as_json() -> None:
    with website(OK) as site:
        send(f"{site.url}/hooks/T0KEN?a=b")
    [(path, headers, body)] = site.seen
    assert path == "/hooks/T0KEN?a=b"
    assert headers["content-type"] == "application/json"
    said = orjson.loads(body)
    assert said["type"] == "alert.release_ready"
    assert said["data"] == {**MESSAGE.alert, "title": MESSAGE.title, "text": MESSAGE.text}


def test_the_receiver_can_check_who_sent_it_as_standard_webhooks_say() -> None:
    with website(OK) as site:
        send(site.url)
    [(_, headers, body)] = site.seen
    assert headers["webhook-id"] == MESSAGE.delivery_id
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = hmac.new(SECRET.encode(), content, hashlib.sha256).digest()
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(digest).decode()}"


def test_the_signature_is_that_of_the_published_example() -> None:
    """The example of the Standard Webhooks specification and its libraries."""
    headers = webhook.signed(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
    )
    expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert headers["webhook-signature"] == expected


def test_a_server_in_trouble_is_tried_again_and_then_has_it() -> None:
    with website((500, {}), OK) as site:
        with pytest.raises(ChannelError) as refused:
            send(site.url)
        assert not refused.value.permanent
        send(site.url)
    first, second = site.seen
    assert first[1]["webhook-id"] == second[1]["webhook-id"]
    assert first[2] == second[2]


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_these_answers_may_pass(status: int) -> None:
    problem = refusal((status, {}))
    assert not problem.permanent
    assert str(problem) == f"The webhook answered {status}."


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 413, 422])
def test_these_answers_will_not_pass(status: int) -> None:
    assert refusal((status, {})).permanent


def test_patience_is_asked_for_in_seconds_or_as_a_moment() -> None:
    assert refusal((429, {"Retry-After": "120"})).retry_after_s == 120
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=300))
    assert 240 < refusal((503, {"Retry-After": moment})).retry_after_s <= 300
    assert refusal((503, {"Retry-After": "soon"})).retry_after_s == 0


@pytest.mark.parametrize(
    "asked",
    [
        b"\xb2",
        b"\xb9\xb3",
        b"-5",
        b"+5",
        b"1e3",
        b"1.5",
        b"0x10",
        b"120, 120",
        b"",
        b"\xff\xfe",
        b"soon",
        b"Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
        b"Mon, 99 Foo 2023 99:99:99 +99999999",
        b"Mon, 21 Aug 2023 12:00:00 GMT",
    ],
)
def test_patience_that_nobody_can_read_or_that_is_over_is_none(asked: bytes) -> None:
    answer = b"HTTP/1.1 503 X\r\nContent-Length: 0\r\nRetry-After: " + asked + b"\r\n\r\n"
    with raw_server(answer) as server, pytest.raises(ChannelError) as refused:
        send(server.url)
    assert str(refused.value) == "The webhook answered 503."
    assert (refused.value.permanent, refused.value.retry_after_s) == (False, 0)


@pytest.mark.parametrize("asked", ["9" * 30, "9" * 5000, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_patience_without_end_is_cut_to_what_the_rules_grant(asked: str) -> None:
    rules = DELIVERY_RULES.on(datetime.now(UTC).date())
    problem = refusal((503, {"Retry-After": asked}))
    assert rules.delay_s(1, 0, problem.retry_after_s) == rules.longest_delay_s


@pytest.mark.parametrize(
    "said",
    [
        b"220 mail.example.org ESMTP\r\n",
        b"HTTP/1.1 099 X\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\n",
        b"HTTP/1.1 2000000 X\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 500 + b"\r\n",
        b"",
    ],
)
def test_an_answer_that_is_no_http_may_be_one_later(said: bytes) -> None:
    with raw_server(said) as server, pytest.raises(ChannelError) as refused:
        send(server.url)
    assert not refused.value.permanent


@pytest.mark.parametrize("place", [b"http://[", b"\xff\xfe", b"//a..b", b""])
def test_a_redirect_to_nowhere_is_an_answer_like_any_other(place: bytes) -> None:
    answer = b"HTTP/1.1 302 X\r\nContent-Length: 0\r\nLocation: " + place + b"\r\n\r\n"
    with raw_server(answer) as server, pytest.raises(ChannelError, match="answered 302") as refused:
        send(server.url)
    assert refused.value.permanent


def test_a_redirect_is_not_followed() -> None:
    with website(OK) as other, website((302, {"Location": f"{other.url}/x"})) as site:
        with pytest.raises(ChannelError) as refused:
            send(site.url)
        assert refused.value.permanent
        assert other.seen == []


def test_a_silent_server_holds_nobody_up_for_long() -> None:
    started = time.monotonic()
    with website(OK, silent=True) as site, pytest.raises(ChannelError) as refused:
        send(site.url, on_loopback(timeout_s=0.3))
    assert 0.3 <= time.monotonic() - started < 9  # it is silent for 10 s
    assert not refused.value.permanent


@pytest.mark.parametrize(
    "said", [b"", b"HTTP/1.1 2", b"HTTP/1.1 200 OK\r\nX-A: ", b"HTTP/1.1 100 Continue\r\nX-A: "]
)
def test_a_server_that_drips_its_answer_has_one_timeout_for_all_of_it(said: bytes) -> None:
    started = time.monotonic()
    with raw_server(said, then_drip=b"a") as server, pytest.raises(ChannelError) as refused:
        send(server.url, on_loopback(timeout_s=0.4))
    assert 0.3 <= time.monotonic() - started < 20  # it drips without end
    assert not refused.value.permanent
    assert str(refused.value) == "The webhook took longer than 0.4 s."


def test_a_server_that_is_down_may_come_back_and_its_token_is_not_repeated() -> None:
    with pytest.raises(ChannelError) as refused:
        send(f"http://127.0.0.1:{free_port()}/hooks/T0KEN")
    assert not refused.value.permanent
    assert str(refused.value) == "The webhook could not be reached (ConnectionError)."
    assert refused.value.__cause__ is None


UNUSABLE = [
    "",
    "host/path",
    "//host/path",
    "ftp://host/x",
    "https://",
    "https:///x",
    "https:host",
    "https://desk..park.example/hook",
    "https://.example.org/x",
    "https://example.org../x",
    "https://desk%2e%2epark.example/",
    f"https://{'a' * 64}.example.org/",
    f"https://{'a.' * 130}org/",
    "https://-desk.example.org/",
    "https://desk-.example.org/",
    "https://desk!.example.org/",
    "https://host:port/",
    "https://host:0/",
    "https://host:65536/",
    "https://host:-1/",
    "https://host:²/",
    "https://a b/",
    "https://host/a b",
    "https://host/a\tb",
    "https://host/a\nb",
    "https://host\\@other/",
    "https://user:pw@/x",
    "https://[::1",
    "https://[::g]/",
    "https://1.2.3.4.5/",
    "https://1.2.3.256/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://地-.example.org/",
    f"https://{'地' * 60}.example.org/",
    "https://⒈.example.org/",
]


@pytest.mark.parametrize("address", UNUSABLE)
def test_an_address_that_cannot_be_used_is_refused_at_once(address: str) -> None:
    target = Target(subscription_id="desk", address=address, secret=SECRET)
    reason = webhook.problem(target, on_loopback())
    assert reason
    assert (reason.code, reason.field) == ("BAD_ADDRESS", "address")


@pytest.mark.parametrize("address", UNUSABLE)
def test_an_address_that_cannot_be_used_and_got_through_fails_for_good(address: str) -> None:
    with pytest.raises(ChannelError) as refused:
        send(address)
    assert refused.value.permanent


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://hooks.example.org", "https://hooks.example.org/…"),
        ("HTTPS://Hooks.Example.ORG./x", "https://hooks.example.org./…"),
        ("https://土地.example.org:8443/通知?to=科", "https://xn--uds8a.example.org:8443/…"),
        ("https://webhook_relay:444/x", "https://webhook_relay:444/…"),
        ("https://93.184.216.34/x", "https://93.184.216.34/…"),
        ("https://[2606:4700::1111]:8443/x", "https://[2606:4700::1111]:8443/…"),
        (f"https://{'a' * 63}.example.org/", f"https://{'a' * 63}.example.org/…"),
    ],
)
def test_an_address_that_can_be_used_is_taken(address: str, shown: str) -> None:
    target = Target(subscription_id="desk", address=address, secret=SECRET)
    assert webhook.problem(target, ChannelSettings()) is None
    assert webhook.shown(target) == shown


LETTERS = st.one_of(st.characters(), st.sampled_from("/:@[]%.-_#?0x地²\\"))


@given(st.sampled_from(["https://", "https://a.", "https://[", ""]), st.text(LETTERS, max_size=40))
def test_any_text_is_an_address_that_can_be_shown_or_is_refused(begin: str, rest: str) -> None:
    target = Target(subscription_id="desk", address=begin + rest, secret=SECRET)
    reason = webhook.problem(target, ChannelSettings())
    assert reason or webhook.shown(target).startswith("https://")
    assert reason is None or reason.code == "BAD_ADDRESS"


def test_user_and_password_of_an_address_are_given_in_any_letters() -> None:
    with website(OK) as site:
        send(site.url.replace("//", "//d%C3%A9sk:密码@"))
    [(_, headers, _)] = site.seen
    login = base64.b64decode(headers["authorization"].removeprefix("Basic ")).decode()
    assert login == "désk:密码"
    assert headers["host"] == f"127.0.0.1:{site.port}"


@pytest.mark.parametrize("secret", [None, "", "x" * 23, "whsec_AAAA", "whsec_" + "!" * 40])
def test_a_secret_that_is_too_short_is_refused(secret: str | None) -> None:
    target = Target(subscription_id="desk", address="https://host/x", secret=secret)
    reason = webhook.problem(target, ChannelSettings())
    assert reason
    assert (reason.code, reason.field) == ("SECRET_TOO_SHORT", "secret")


@pytest.mark.parametrize("secret", ["x" * 24, "whsec_" + "A" * 32])
def test_a_secret_of_just_24_bytes_is_taken(secret: str) -> None:
    target = Target(subscription_id="desk", address="https://host/x", secret=secret)
    assert webhook.problem(target, ChannelSettings()) is None


def test_a_good_target_is_shown_without_its_token() -> None:
    address = "https://user:pw@hooks.example.org:8443/services/T0KEN?key=T0KEN"
    target = Target(subscription_id="desk", address=address, secret=SECRET)
    assert webhook.problem(target, ChannelSettings()) is None
    assert webhook.shown(target) == "https://hooks.example.org:8443/…"
