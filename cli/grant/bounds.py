"""How much the queues hold that somebody else declares or fills, how many there may be, and how many
connections a user may have: so whoever stops reading, or never stops calling, fills nobody's disk or memory.
No user lifts what the administrator sets."""

from __future__ import annotations

import re
from typing import Any

from backbone.records import record
from services.access import administrator, zone_of

MOST_QUEUES = 2_000  # of a virtual host; the platform has about a hundred
MOST_BYTES = 500_000_000  # of one queue; a stream is held by this alone
# a program needs one connection, or a few; RabbitMQ refuses more of a user who goes astray
OF_A_USER = {"max-connections": 20, "max-channels": 400}
# each process of a service opens about ten, and there may be several
OF_A_SERVICE = {"max-connections": 100, "max-channels": 2_000}


@record
class Bound:
    """`name` is that of the policy, `pattern` fits the queues that it holds, which let go of their oldest
    messages beyond `most`."""

    name: str
    pattern: str
    most: int

    def definition(self) -> dict[str, int]:
        """As RabbitMQ has it."""
        return {"max-length": self.most, "max-length-bytes": MOST_BYTES}


RECEIPTS = Bound(name="receipts", pattern=r"^receipts-", most=100_000)
# the oldest of so many has nobody who waits for it any more
CALLS = Bound(name="calls", pattern=r"^rpc-", most=10_000)
ANSWERS = Bound(name="answers", pattern=r"^rpc\.reply-", most=10_000)
OF_EVERY_INSTALLATION = (RECEIPTS, CALLS, ANSWERS)


def of_hearer(name: str) -> Bound:
    """Of the queues in which an internal system of this name hears facts."""
    own = rf"^(evt-[a-z]+-[a-z_]+--)?{re.escape(name)}\."
    return Bound(name=f"hears-{name}", pattern=own, most=100_000)


def of_user(name: str) -> dict[str, int]:
    """How many connections and channels RabbitMQ lets a user of this name have; as many as it likes only
    whoever could lift that."""
    _, plain = zone_of(name)
    if plain == administrator().name:
        return {}
    return OF_A_SERVICE if plain.startswith("service-") else OF_A_USER


def parameters(vhost: str) -> list[dict[str, Any]]:
    """What RabbitMQ's definitions say of it for a virtual host."""
    limits = {"component": "vhost-limits", "name": "limits", "value": {"max-queues": MOST_QUEUES}}
    policies = (
        {"component": "operator_policy", "name": each.name, "value": policy(each)}
        for each in OF_EVERY_INSTALLATION
    )
    return [{"vhost": vhost, **each} for each in (limits, *policies)]


def policy(bound: Bound) -> dict[str, Any]:
    """It as a policy."""
    held = {"pattern": bound.pattern, "definition": bound.definition()}
    return {**held, "apply-to": "queues", "priority": 0}
