"""The chat channel: chats with a host of their own, as apprise speaks them (DingTalk 钉钉, WeCom 企业微信,
Feishu 飞书, Slack, …).

The address is an apprise URL. Apprise knows far more: what calls any host that its address names, looks the
name up once more, follows redirects, or reads a file or a page that an option names. None of that is
here. It does not say why a message was not taken, so every failure counts as one that may pass.
"""

from __future__ import annotations

from typing import Any

from backbone.errors import Reason

from ..delivery.message import ChannelError, Message
from ..subscriptions.target import Target
from .addresses import BadAddress
from .aside import imported
from .deadline import within
from .settings import ChannelSettings

CHATS = (
    "dingtalk",
    "discord",
    "feishu",
    "gchat",
    "lark",
    "slack",
    "tgram",
    "wecombot",
    "wxteams",
)  # each is called at hosts that the library names, over TLS
OTHER = (
    f"A chat's address begins with one of {', '.join(f'{chat}://' for chat in CHATS)}; what is on a host of "
    "your own is told by a webhook."
)
OPTIONS = "A chat's address has no options: leave out the ? and what follows it."
UNREADABLE = "A chat's address is an apprise URL, such as dingtalk://token or wecombot://key."


def problem(target: Target, settings: ChannelSettings) -> Reason | None:
    try:
        _service(target.address)
    except BadAddress as bad:
        return Reason("BAD_ADDRESS", str(bad), field="address")
    return None


def shown(target: Target) -> str:
    """The kind of chat only: the rest of the URL is its token."""
    return f"{target.address.partition('://')[0]}://…"


def send(target: Target, message: Message, settings: ChannelSettings) -> None:
    """Raises `ChannelError`."""
    try:
        chat = _library().Apprise(_service(target.address))
    except BadAddress as bad:
        raise ChannelError(True, str(bad)) from None
    text = f"{message.text}\n{message.delivery_id}"  # chats drop no copies; a reader can tell one
    with within(settings.timeout_s, "The chat service"):
        taken = chat.notify(body=text, title=message.title, body_format="text")
    if not taken:
        raise ChannelError(False, "The chat service did not take the message.")


def _service(address: str) -> Any:
    """The chat behind an apprise URL. Nothing is sent, and nobody looked up. Raises `BadAddress`."""
    scheme, _, rest = address.partition("://")
    if scheme.lower() not in CHATS:
        raise BadAddress(OTHER)
    if "?" in rest:
        raise BadAddress(OPTIONS)
    service = _library().Apprise.instantiate(address, suppress_exceptions=True)
    if service is None:
        raise BadAddress(UNREADABLE)
    service.redirects = False
    return service


def _library() -> Any:
    return imported("apprised")
