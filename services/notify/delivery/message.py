"""What goes over a channel, and how a channel says that it did not work."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from backbone.records import record


@record
class Message:
    """One message. `delivery_id` is the same at every try, so that a receiver can drop a copy;
    `alert` is the alert for programs, JSON-able; `trace` the headers of the trace that it is part of."""

    delivery_id: str
    title: str
    text: str
    alert: dict[str, Any]
    trace: dict[str, str] = field(default_factory=dict)


class ChannelError(Exception):
    """A message was not taken. `permanent`: no other try can help. `retry_after_s`: the patience
    that the other side asked for. The sentence is stored and shown, so it names no address."""

    def __init__(self, permanent: bool, sentence: str, retry_after_s: float = 0) -> None:
        super().__init__(sentence)
        self.permanent = permanent
        self.retry_after_s = retry_after_s
