"""The e-mail channel: plain text over SMTP (`smtp.py`)."""

from __future__ import annotations

import re

from backbone.errors import Reason

from ..delivery.message import Message
from ..subscriptions.target import Target
from .aside import imported
from .settings import ChannelSettings

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def problem(target: Target, settings: ChannelSettings) -> Reason | None:
    if ADDRESS.fullmatch(target.address):
        return None
    return Reason("BAD_ADDRESS", "An e-mail address reads like desk@example.org.", field="address")


def shown(target: Target) -> str:
    """Only the first letter of who it is: an address can be a person's."""
    name, _, domain = target.address.partition("@")
    return f"{name[:1]}…@{domain}"


def send(target: Target, message: Message, settings: ChannelSettings) -> None:
    """Raises `ChannelError` when no mail server takes it."""
    imported("smtp").send(target, message, settings)
