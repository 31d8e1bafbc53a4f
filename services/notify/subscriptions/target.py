"""Where the messages of a subscription go."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from backbone.records import record

SUBSCRIPTIONS = UUID("0b0d8a5e-5a0f-5b0e-8f3c-3d1f4b2c7a12")


@record
class Target:
    """Where the messages of a subscription go. It holds the secrets (a webhook's key, the token in
    a chat's URL), so it is kept apart from the subscription: no call reads it, and it has no
    history."""

    subscription_id: str
    address: str = ""
    secret: str | None = None


def target_of(request: dict[str, Any]) -> Target:
    """Where the messages are to go, with its secrets. Who gives no id of the subscription has one
    for each address, and changes its terms by subscribing that address again."""
    whose = f"{request['name']}|{request['channel']}|{request['address']}"
    identity = request["subscription_id"] or str(uuid5(SUBSCRIPTIONS, whose))
    return Target(subscription_id=identity, address=request["address"], secret=request["secret"])
