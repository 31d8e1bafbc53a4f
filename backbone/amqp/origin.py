"""By which exchange a message came to a service, for the broker holds whoever publishes there to a key.

It holds nobody to the keys under whom a queue sends dead letters on: who may declare a queue may have the
broker send what it held to any exchange that is open to him. The header `x-death` tells, which the broker
writes. Nor do all of its releases hold the further keys of a message (CC, BCC): it comes to all whom they
name, under the first of them."""

from __future__ import annotations

from typing import Any

from .topology import DELAY_PREFIX

# in place of the exchange of what a queue of somebody's own sent on, say
DEAD_LETTER = "dead-letter"
OF_DELAYS = f"{DELAY_PREFIX}_"  # so begin the exchanges and queues of the delay levels


def came_by(message: Any, service: str) -> str:
    """The exchange that a message was published to, which was delivered to a service; or `DEAD_LETTER`."""
    info, headers = message.delivery_info, message.headers or {}
    return entered(info["exchange"], info["routing_key"], service, headers.get("x-death", ()))


def entered(exchange: str, key: str, service: str, deaths: Any = ()) -> str:
    """The same of an exchange, a routing key, and the deaths on record, if there is a record. At the end of
    the delays a message names a queue of the service, and died in their levels and nowhere else; to the
    default exchange only our own queues send on."""
    if is_ours(exchange):
        is_own_try = key.split(".")[-3:-2] == [service] and _all_in_delays(deaths)
        return exchange if is_own_try or not exchange else DEAD_LETTER
    return str(exchange) if deaths == () else DEAD_LETTER


def is_ours(exchange: str) -> bool:
    """Whether only services publish there, so that what they write on a message is believed."""
    return exchange == "" or exchange.startswith(OF_DELAYS)


def _all_in_delays(deaths: Any) -> bool:
    known = isinstance(deaths, list | tuple)
    return known and all(
        isinstance(each, dict) and str(each.get("queue")).startswith(OF_DELAYS) for each in deaths
    )
