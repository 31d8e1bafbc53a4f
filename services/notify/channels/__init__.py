"""The ways out of the platform. Each module has `problem` (may this be a target?), `shown` (the
target without its secrets) and `send`, which raises `ChannelError`."""

from __future__ import annotations

import itertools
import os
from typing import Any

from environs import FileAwareEnv
from nameko.extensions import DependencyProvider

from backbone import logs
from backbone.errors import Invalid
from backbone.metrics import deliveries

from ..delivery.delivery import DeliveryState
from ..delivery.message import Message
from ..subscriptions.target import Target
from . import chat, email, log, webhook
from .settings import MAIL, NAMES, ChannelSettings, from_environment

BY_NAME: dict[str, Any] = {"log": log, "webhook": webhook, "email": email, "chat": chat}


class Outlets:
    """Every channel, by its name."""

    def __init__(self, settings: ChannelSettings) -> None:
        self.settings = settings
        for channel, state in itertools.product(BY_NAME, DeliveryState):
            deliveries.labels(
                channel, state
            )  # from now on it is 0, and the first failure is a rise

    def accept(self, channel: str, target: Target) -> str:
        """The target as it may be shown. Raises `Invalid` when nothing can be sent there."""
        problem = BY_NAME[channel].problem(target, self.settings)
        if problem:
            raise Invalid([problem])
        shown: str = BY_NAME[channel].shown(target)
        return shown

    def send(self, channel: str, target: Target, message: Message) -> None:
        BY_NAME[channel].send(target, message, self.settings)

    def count(self, channel: str, state: str) -> None:
        """One more try, by the state that it led to."""
        deliveries.labels(channel, state).inc()


class Channels(DependencyProvider):  # type: ignore[misc]  # nameko has no types
    """Gives a service its `Outlets`, with the settings of the environment."""

    def setup(self) -> None:
        env = FileAwareEnv(strip_whitespace=True)
        given = {name: env.str(name, "") for name in NAMES}
        mail = {name: os.environ.get(name, "") for name in MAIL}  # of which the file is read again
        settings = from_environment(given | mail)
        if settings.smtp_file and not settings.mail_server():
            logs.log.warning("no_mail_server", file=str(settings.smtp_file))
        self.outlets = Outlets(settings)
        for channel in BY_NAME:
            for state in DeliveryState:
                deliveries.labels(channel, state.value)  # from now on it is 0, and can rise

    def get_dependency(self, worker_ctx: Any) -> Outlets:
        return self.outlets
