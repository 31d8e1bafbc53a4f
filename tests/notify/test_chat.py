"""The chat channel: apprise, against a real web server."""

from __future__ import annotations

from ipaddress import ip_network

import orjson
import pytest

from services.notify.channels import chat
from services.notify.channels.settings import ChannelSettings
from services.notify.delivery.message import ChannelError
from services.notify.subscriptions.target import Target

from .servers import on_loopback, raw_server, website
from .test_webhook import MESSAGE


def target(address: str) -> Target:
    return Target(subscription_id="desk", address=address)


def test_a_chat_service_gets_the_words_of_the_alert() -> None:
    with website((200, {})) as site:
        chat.send(target(f"json://127.0.0.1:{site.port}/T0KEN"), MESSAGE, on_loopback())
    [(path, _, body)] = site.seen
    assert path == "/T0KEN"
    said = orjson.loads(body)
    assert said["title"] == MESSAGE.title
    assert said["message"] == f"{MESSAGE.text}\n{MESSAGE.delivery_id}"


@pytest.mark.parametrize("asked", ["", "?optional=yes", "?retry=3&wait=5"])
def test_a_message_that_was_not_taken_may_be_taken_later(asked: str) -> None:
    with website((400, {})) as site, pytest.raises(ChannelError) as refused:
        chat.send(target(f"json://127.0.0.1:{site.port}/T0KEN{asked}"), MESSAGE, on_loopback())
    assert not refused.value.permanent
    assert "T0KEN" not in str(refused.value)
    assert len(site.seen) == 1, "the tries are ours, not those of the address"


@pytest.mark.parametrize("address", ["", "T0KEN", "https://host/x", "nochat://T0KEN", "slack://"])
def test_an_address_that_apprise_does_not_know_is_refused(address: str) -> None:
    reason = chat.problem(target(address), ChannelSettings())
    assert reason
    assert "T0KEN" not in reason.sentence
    with pytest.raises(ChannelError) as refused:
        chat.send(target(address), MESSAGE, on_loopback())
    assert refused.value.permanent


@pytest.mark.parametrize("address", ["dingtak://T0KEN12345", "json://127.0.0.1:9/T0KEN12345"])
def test_the_library_writes_no_token_to_the_log(address: str, caplog) -> None:
    caplog.set_level("DEBUG")
    with pytest.raises(ChannelError):
        chat.send(target(address), MESSAGE, on_loopback())
    assert not [record for record in caplog.records if record.name.startswith("apprise")]


@pytest.mark.parametrize("address", ["dingtalk://T0KEN12345", "wecombot://T0KEN-12345"])
def test_the_chats_of_the_park_are_known_and_shown_without_their_token(address: str) -> None:
    assert chat.problem(target(address), ChannelSettings()) is None
    assert "T0KEN" not in chat.shown(target(address))


@pytest.mark.parametrize(
    "address", ["json://127.0.0.1/x", "xml://[::1]/x", "jsons://169.254.169.254/x"]
)
def test_a_chat_on_a_host_inside_is_refused_and_never_called(address: str) -> None:
    elsewhere = ChannelSettings(networks=(ip_network("10.20.0.0/16"),))
    assert chat.problem(target(address), elsewhere)
    reason = chat.problem(target(address), ChannelSettings())
    assert reason
    assert (reason.code, reason.field) == ("BAD_ADDRESS", "address")
    with pytest.raises(ChannelError, match="WEBHOOK_NETWORKS") as refused:
        chat.send(target(address), MESSAGE, ChannelSettings())
    assert refused.value.permanent


def test_a_chat_on_a_host_that_its_address_names_is_taken_only_where_it_was_said_what_is_inside() -> (
    None
):
    outside = target("jsons://93.184.216.34/T0KEN")
    reason = chat.problem(outside, ChannelSettings())
    assert reason
    assert "WEBHOOK_NETWORKS is set" in reason.sentence
    assert chat.problem(outside, on_loopback()) is None
    with pytest.raises(ChannelError, match="WEBHOOK_NETWORKS is set") as refused:
        chat.send(outside, MESSAGE, ChannelSettings())
    assert refused.value.permanent


def test_a_chat_that_drips_its_answer_has_one_timeout_for_all_of_it() -> None:
    said = b"HTTP/1.1 200 OK\r\nX-A: "
    with raw_server(said, then_drip=b"a") as server, pytest.raises(ChannelError) as refused:
        chat.send(target(f"json://127.0.0.1:{server.port}/x"), MESSAGE, on_loopback(timeout_s=0.4))
    assert not refused.value.permanent
    assert str(refused.value) == "The chat service took longer than 0.4 s."
