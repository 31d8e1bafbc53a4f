from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from backbone.messages.envelope import OPTIONAL, Event
from backbone.testing import Rehearsal
from services.notify.channels import Outlets
from services.notify.channels.settings import ChannelSettings
from services.notify.delivery.message import Message
from services.notify.service import NotifyService
from services.notify.subscriptions.target import Target

from .facts import NOON


class Postman(Outlets):
    """Channels that reach nobody: what was sent is in `sent`. `answers` are met one a try; when
    they are used up, everything is taken."""

    def __init__(self, *answers: Exception | None) -> None:
        super().__init__(ChannelSettings())
        self.answers = list(answers)
        self.sent: list[tuple[str, Target, Message]] = []
        self.counted: list[tuple[str, str]] = []

    def send(self, channel: str, target: Target, message: Message) -> None:
        answer = self.answers.pop(0) if self.answers else None
        if answer:
            raise answer
        self.sent.append((channel, target, message))

    def count(self, channel: str, state: str) -> None:
        self.counted.append((channel, state))


class Notify(Rehearsal):
    """The service an hour after noon. A copy of what it has heard before is handled anew, so that no
    test leans on what the inbox remembers."""

    def __init__(self, channels: Outlets | None = None) -> None:
        self.channels, self.now = channels or Postman(), NOON + timedelta(hours=1)
        super().__init__(NotifyService, clock=lambda: self.now, channels=self.channels)

    def hear_facts(self, *facts: Event) -> None:
        """Facts of the other services, as `facts.fact` makes them."""
        for fact in facts:
            self.forget()
            named = {name: getattr(fact, field) for name, field in OPTIONAL.items()}
            given = {name: value for name, value in named.items() if value is not None}
            self.hear(*parts_of(fact), id=fact.id, time=fact.time, **given).or_raise()

    def alerts(self, **filters: Any) -> list[dict[str, Any]]:
        return self.read("list_alerts", filter=filters)["items"]

    def deliveries(self, **filters: Any) -> list[dict[str, Any]]:
        return self.read("list_deliveries", filter=filters)["items"]


def parts_of(fact: Event) -> tuple[str, str, Any]:
    """Who says it, what it is called there, and its data."""
    source, _, name = fact.type.partition(".")
    return source, name, fact.data


def desk(name: str = "land-desk", **terms: Any) -> dict[str, Any]:
    """A subscription of a desk that reads the log, unless the terms say otherwise."""
    return {"subscription_id": name, "name": name, "channel": "log"} | terms


@pytest.fixture
def postman() -> Postman:
    return Postman()


@pytest.fixture
def notify(postman: Postman) -> Notify:
    return Notify(postman)
