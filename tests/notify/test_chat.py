"""The chat channel: apprise, against a real web server that stands in for DingTalk's."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import orjson
import pytest
import requests
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.lark import NotifyLark
from requests.adapters import HTTPAdapter

from services.notify.channels import chat
from services.notify.channels.settings import ChannelSettings
from services.notify.delivery.message import ChannelError
from services.notify.subscriptions.target import Target

from .servers import free_port, on_loopback, raw_server, website
from .test_webhook import MESSAGE

DINGTALK = "dingtalk://T0KEN12345"
SLACK = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"
KNOWN = {
    DINGTALK: "oapi.dingtalk.com",
    "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js": "discord.com",
    "feishu://T0KEN12345": "open.feishu.cn",
    "gchat://workspace/key/T0KEN12345": "chat.googleapis.com",
    "lark://T0KEN-12345": "open.larksuite.com",
    SLACK: "hooks.slack.com",
    "slack://xoxb-1234-1234-4ddbc191d40ee098cbaae6f3523ada2d/#desk": "slack.com",
    "tgram://123456789:abcdefg_hijklmnop/12315544": "api.telegram.org",
    "wecombot://T0KEN-12345": "qyapi.weixin.qq.com",
    f"wxteams://{'a' * 80}": "api.ciscospark.com",
}
ON_A_HOST = [
    "json://127.0.0.1:8080/x",
    "jsons://93.184.216.34/T0KEN",
    "jsons://chat.park.example/T0KEN",
    "xml://[::1]/x",
    "mmosts://169.254.169.254/T0KEN",
    "ntfys://chat.park.example/desk",
    "mailto://user:T0KEN@mail.example/",
    "bluesky://handle:T0KEN@chat.park.example",
    "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ",
]


def target(address: str) -> Target:
    return Target(subscription_id="desk", address=address)


@pytest.fixture
def dingtalk_at(monkeypatch):
    """Has DingTalk's interface stand at an address of this test."""
    return lambda url: monkeypatch.setattr(NotifyDingTalk, "notify_url", url + "/send?key={token}")


def test_a_chat_service_gets_the_words_of_the_alert(dingtalk_at) -> None:
    with website((200, {})) as site:
        dingtalk_at(site.url)
        chat.send(target(DINGTALK), MESSAGE, ChannelSettings())
    [(path, _, body)] = site.seen
    assert path == "/send?key=T0KEN12345"
    said = orjson.loads(body)["text"]["content"]
    assert said == f"{MESSAGE.title}\r\n{MESSAGE.text}\n{MESSAGE.delivery_id}"


def test_a_message_that_was_not_taken_may_be_taken_later(dingtalk_at) -> None:
    with website((400, {})) as site:
        dingtalk_at(site.url)
        with pytest.raises(ChannelError) as refused:
            chat.send(target(DINGTALK), MESSAGE, ChannelSettings())
    assert not refused.value.permanent
    assert "T0KEN" not in str(refused.value)
    assert len(site.seen) == 1, "the tries are ours, not those of the library"


@pytest.mark.parametrize("status", [307, 308])
def test_a_chat_follows_no_redirect(status: int, dingtalk_at) -> None:
    with (
        website((200, {})) as inside,
        website((status, {"Location": f"{inside.url}/inside"})) as site,
    ):
        dingtalk_at(site.url)
        with pytest.raises(ChannelError, match="did not take"):
            chat.send(target(DINGTALK), MESSAGE, on_loopback())
    assert inside.seen == []
    assert len(site.seen) == 1


@pytest.mark.parametrize(("address", "host"), KNOWN.items())
def test_each_chat_is_called_over_tls_at_its_own_host_and_nowhere_else(
    address: str, host: str, monkeypatch
) -> None:
    called = []

    def send(_adapter, request, verify, **_how):
        called.append((urlsplit(request.url).scheme, urlsplit(request.url).netloc, bool(verify)))
        answer = requests.Response()
        answer.status_code, answer.request, answer.url = 307, request, request.url
        answer.headers["Location"] = "http://127.0.0.2/inside"
        answer.raw, answer._content = None, b"{}"
        return answer

    monkeypatch.setattr(HTTPAdapter, "send", send)
    monkeypatch.setattr(NotifyLark, "request_rate_per_sec", 0)  # else it waits 5.5 s at its end
    assert chat.problem(target(address), ChannelSettings()) is None
    assert chat.shown(target(address)) == f"{address.partition('://')[0]}://…"
    with pytest.raises(ChannelError, match="did not take"):
        chat.send(target(address), MESSAGE, ChannelSettings())
    assert set(called) == {("https", host, True)}


def test_every_chat_that_is_taken_is_tried_here() -> None:
    assert {address.partition("://")[0] for address in KNOWN} == set(chat.CHATS)


@pytest.mark.parametrize("address", ON_A_HOST)
@pytest.mark.parametrize("settings", [ChannelSettings(), on_loopback()], ids=["shut", "open"])
def test_a_chat_on_a_host_that_its_address_names_is_refused_and_not_even_looked_up(
    address: str, settings: ChannelSettings, monkeypatch
) -> None:
    """So no name can lead outside when it is subscribed, and inside when it is called."""
    looked_up = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **_: looked_up.append(asked))
    reason = chat.problem(target(address), settings)
    assert reason
    assert (reason.code, reason.field) == ("BAD_ADDRESS", "address")
    assert "told by a webhook" in reason.sentence
    assert "T0KEN" not in reason.sentence
    with pytest.raises(ChannelError, match="told by a webhook") as refused:
        chat.send(target(address), MESSAGE, settings)
    assert refused.value.permanent
    assert looked_up == []


def test_a_chat_whose_address_names_a_host_is_never_called_in_the_clear() -> None:
    """Neither in a network that is listed, nor by way of a redirect from there."""
    with (
        website((200, {})) as inside,
        website((307, {"Location": f"{inside.url}/inside"})) as site,
        pytest.raises(ChannelError) as refused,
    ):
        chat.send(target(f"json://127.0.0.1:{site.port}/x"), MESSAGE, on_loopback())
    assert refused.value.permanent
    assert (site.seen, inside.seen) == ([], [])


@pytest.mark.parametrize(
    "option",
    ["template=/etc/passwd", "template=http://127.0.0.1/x", "verify=no", "redirect=yes", "retry=3"],
)
def test_an_option_that_would_have_a_file_read_or_a_certificate_ignored_is_refused(
    option: str,
) -> None:
    for address in (f"{SLACK}?{option}", f"{SLACK}/#desk/?format=text&{option}"):
        reason = chat.problem(target(address), ChannelSettings())
        assert reason
        assert "has no options" in reason.sentence
        with pytest.raises(ChannelError, match="has no options") as refused:
            chat.send(target(address), MESSAGE, ChannelSettings())
        assert refused.value.permanent


@pytest.mark.parametrize("address", ["", "T0KEN", "https://host/x", "nochat://T0KEN", "slack://"])
def test_an_address_that_is_no_chat_is_refused(address: str) -> None:
    reason = chat.problem(target(address), ChannelSettings())
    assert reason
    assert "T0KEN" not in reason.sentence
    with pytest.raises(ChannelError) as refused:
        chat.send(target(address), MESSAGE, on_loopback())
    assert refused.value.permanent


@pytest.mark.parametrize("address", ["dingtak://T0KEN12345", DINGTALK])
def test_the_library_writes_no_token_to_the_log(address: str, dingtalk_at, caplog) -> None:
    dingtalk_at(f"http://127.0.0.1:{free_port()}")
    caplog.set_level("DEBUG")
    with pytest.raises(ChannelError):
        chat.send(target(address), MESSAGE, on_loopback())
    assert not [record for record in caplog.records if record.name.startswith("apprise")]


def test_a_chat_that_drips_its_answer_has_one_timeout_for_all_of_it(dingtalk_at) -> None:
    said = b"HTTP/1.1 200 OK\r\nX-A: "
    with raw_server(said, then_drip=b"a") as server:
        dingtalk_at(server.url)
        with pytest.raises(ChannelError) as refused:
            chat.send(target(DINGTALK), MESSAGE, ChannelSettings(timeout_s=0.4))
    assert not refused.value.permanent
    assert str(refused.value) == "The chat service took longer than 0.4 s."
