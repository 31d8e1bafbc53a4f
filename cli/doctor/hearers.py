"""Whether somebody would be told when the platform is not well, or a township falls silent, and whether
what notify sends arrives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from backbone.amqp.connection import CONNECTION_ERRORS

from ..ask import AT_ONCE, REFUSALS
from .finding import Finding

TO_NOBODY = "log"  # the channel that reaches no person
TOLD = {"alarm_raised": "an alarm of operations", "feed_silent": "a township that fell silent"}
SUBSCRIBE = (
    "`tenglong call notify subscribe request_id=operations name=operations "
    """kinds='["alarm_raised", "feed_silent"]' channel=email address=operations@example.org`, with your """
    "own address: docs/operations.md#the-first-subscription"
)
NOT_ARRIVED = "docs/when-things-break.md#an-alert-does-not-arrive"


def hearers(notify: Any) -> Finding:
    """Whether some person hears of each, of all townships, and nothing lies that could not be sent; `notify`
    is the service as its callers see it."""
    try:
        active = list(_active(notify))
        late = notify.list_deliveries(filter={"state": "retrying"}, limit=1)["items"]
    except (*REFUSALS, *CONNECTION_ERRORS, TimeoutError):
        remedy = "Let the operator ask: `tenglong grant operator`, again."
        return Finding("subscriptions", "look", "notify does not tell us who is told", remedy)
    if unheard := _unheard(each for each in active if each["channel"] != TO_NOBODY):
        said = " or ".join(f"{TOLD[kind]} ({kind})" for kind in unheard)
        logged = len(_unheard(active)) < len(unheard)
        alone = ": what goes to a log alone reaches no person" if logged else ""
        return Finding("subscriptions", "look", f"nobody would be told of {said}{alone}", SUBSCRIBE)
    if late:
        said = f"a message by {late[0]['channel']} is tried again: {late[0]['last_error']}"
        return Finding("subscriptions", "look", said, NOT_ARRIVED)
    return Finding("subscriptions", "well", f"somebody is told of {' and '.join(TOLD.values())}")


def _unheard(active: Iterable[dict[str, Any]]) -> list[str]:
    """The kinds that nobody hears of all townships: an alarm names none, and is for such people alone."""
    everywhere = [each["kinds"] for each in active if not each["townships"]]
    return [kind for kind in TOLD if not any(not kinds or kind in kinds for kinds in everywhere)]


def _active(notify: Any) -> Iterator[dict[str, Any]]:
    cursor = None
    while True:
        page = notify.list_subscriptions(filter={"state": "active"}, limit=AT_ONCE, cursor=cursor)
        yield from page["items"]
        cursor = page["cursor"]
        if not cursor:
            return
