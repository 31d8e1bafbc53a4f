"""The chat channel: whatever apprise speaks (DingTalk 钉钉, WeCom 企业微信, Feishu 飞书, Slack, …).

The address is an apprise URL. Apprise does not say why a message was not taken, so every failure
counts as one that may pass.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from backbone.errors import Reason

from ..delivery.message import ChannelError, Message
from ..subscriptions.target import Target
from .addresses import LOOK_UP_S, BadAddress, allowed_ips
from .aside import imported
from .deadline import within
from .settings import ChannelSettings

NAMES_A_HOST = (
    "A chat on a host that its address names is reached only where WEBHOOK_NETWORKS is set; give the URL of "
    "a chat with a host of its own, such as dingtalk://token, or a webhook."
)


def problem(target: Target, settings: ChannelSettings) -> Reason | None:
    service = _service(target.address)
    if service is None:
        sentence = "A chat's address is an apprise URL, such as dingtalk://token or wecombot://key."
        return Reason("BAD_ADDRESS", sentence, field="address")
    try:
        with suppress(OSError, UnicodeError, ChannelError), within(LOOK_UP_S, "DNS"):
            _check_host(service, settings)
    except BadAddress as bad:
        return Reason("BAD_ADDRESS", str(bad), field="address")
    return None


def shown(target: Target) -> str:
    """The kind of chat only: the rest of the URL is its token."""
    return f"{target.address.partition('://')[0]}://…"


def send(target: Target, message: Message, settings: ChannelSettings) -> None:
    service = _service(target.address)
    if service is None:
        raise ChannelError(True, "The chat's address is none that can be used.")
    # an address may ask for tries of its own, or that a failure be called a success: not here
    service.retry, service.optional = 0, False
    chat = _library().Apprise(service)
    text = f"{message.text}\n{message.delivery_id}"  # chats drop no copies; a reader can tell one
    try:
        with within(settings.timeout_s, "The chat service"):
            with suppress(OSError, UnicodeError):  # apprise says what it makes of an unknown name
                _check_host(service, settings)
            taken = chat.notify(body=text, title=message.title, body_format="text")
    except BadAddress as bad:
        raise ChannelError(True, str(bad)) from None
    if not taken:
        raise ChannelError(False, "The chat service did not take the message.")


def _check_host(service: Any, settings: ChannelSettings) -> None:
    """Hold a host that the address itself names against the networks that may be reached; the chats
    of the park have hosts of their own. The library looks the name up once more and follows where the answer
    leads, so such an address is taken only where WEBHOOK_NETWORKS says what is inside and may be reached.
    Raises `BadAddress`."""
    if service.host and any("{host}" in template for template in service.templates):
        if not settings.networks:
            raise BadAddress(NAMES_A_HOST)
        allowed_ips(service.host, service.port or 443, settings)


def _service(address: str) -> Any:
    """The chat behind an apprise URL, or none. Nothing is sent."""
    return _library().Apprise.instantiate(address, suppress_exceptions=True)


def _library() -> Any:
    return imported("apprised")
