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

from services.notify.channels import webhook
from services.notify.channels.settings import ChannelSettings
from services.notify.message import ChannelError, Message, Target

from .listeners import free_port, website

SECRET = "a secret of the investors' own system"
SETTINGS = ChannelSettings(timeout_s=5)
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
    assert 290 < refusal((503, {"Retry-After": moment})).retry_after_s <= 300
    assert refusal((503, {"Retry-After": "soon"})).retry_after_s == 0


def test_a_redirect_is_not_followed() -> None:
    with website(OK) as other, website((302, {"Location": f"{other.url}/x"})) as site:
        with pytest.raises(ChannelError) as refused:
            send(site.url)
        assert refused.value.permanent
        assert other.seen == []


def test_a_silent_server_holds_nobody_up_for_long() -> None:
    started = time.monotonic()
    with website(OK, silent=True) as site, pytest.raises(ChannelError) as refused:
        send(site.url, ChannelSettings(timeout_s=0.3))
    assert 0.3 <= time.monotonic() - started < 5
    assert not refused.value.permanent


def test_a_server_that_is_down_may_come_back_and_its_token_is_not_repeated() -> None:
    with pytest.raises(ChannelError) as refused:
        send(f"http://127.0.0.1:{free_port()}/hooks/T0KEN")
    assert not refused.value.permanent
    assert str(refused.value) == "The webhook could not be reached (ConnectionError)."
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    "address",
    ["", "host/path", "ftp://host/x", "http://", "https:///x", "http://host:port/", "http://a b/"],
)
def test_an_address_that_is_none_is_refused_at_once(address: str) -> None:
    target = Target(subscription_id="desk", address=address, secret=SECRET)
    reason = webhook.problem(target)
    assert reason
    assert (reason.code, reason.field) == ("BAD_ADDRESS", "address")


@pytest.mark.parametrize("secret", [None, "", "x" * 23, "whsec_AAAA", "whsec_" + "!" * 40])
def test_a_secret_that_is_too_short_is_refused(secret: str | None) -> None:
    target = Target(subscription_id="desk", address="https://host/x", secret=secret)
    reason = webhook.problem(target)
    assert reason
    assert (reason.code, reason.field) == ("SECRET_TOO_SHORT", "secret")


@pytest.mark.parametrize("secret", ["x" * 24, "whsec_" + "A" * 32])
def test_a_secret_of_just_24_bytes_is_taken(secret: str) -> None:
    assert (
        webhook.problem(Target(subscription_id="desk", address="https://host/x", secret=secret))
        is None
    )


def test_a_good_target_is_shown_without_its_token() -> None:
    address = "https://user:pw@hooks.example.org:8443/services/T0KEN?key=T0KEN"
    target = Target(subscription_id="desk", address=address, secret=SECRET)
    assert webhook.problem(target) is None
    assert webhook.shown(target) == "https://hooks.example.org:8443/…"
