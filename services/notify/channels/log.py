"""The log channel: one line per alert, for an installation's own log pipeline."""

from __future__ import annotations

import re

from backbone.errors import Reason
from backbone.logs import digest, log

from ..delivery.message import Message
from ..subscriptions.target import Target
from .settings import ChannelSettings

WORD = re.compile(r"[A-Za-z0-9._-]{0,60}")


def problem(target: Target, settings: ChannelSettings) -> Reason | None:
    """The address is a word that the line carries, for the pipeline to sort by, or nothing."""
    if WORD.fullmatch(target.address):
        return None
    return Reason("BAD_ADDRESS", "The log's address is one word: land-desk.", field="address")


def shown(target: Target) -> str:
    return target.address


def send(target: Target, message: Message, settings: ChannelSettings) -> None:
    """Log the alert without its words, which hold codes: an operator looks it up by `alert_id`."""
    fields = {name: message.alert[name] for name in ("alert_id", "kind", "severity", "township")}
    fields |= {"ref": digest(message.alert["subject"]), "delivery_id": message.delivery_id}
    log.info("alert", **fields, to=target.address)
