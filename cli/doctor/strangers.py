"""Exchanges and queues that are none of ours and lead to one of ours, or from it.

RabbitMQ lets whoever may declare an exchange or a queue under a name of his own lead it on to what he may
publish to. What comes by them is parked or refused, and is looked at all the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from backbone.amqp import rights, topology
from backbone.amqp.management import Link
from backbone.amqp.origin import OF_DELAYS
from backbone.amqp.topology import RPC_EXCHANGE
from backbone.host.installation import Installation
from services.installation import TOWNSHIPS

from .finding import Finding

SUBJECT = "strangers"
SHOWN = 10
REMEDY = (
    "What comes by it is parked or refused. Ask whose it is, and have it deleted: "
    "docs/security.md#what-leads-round-the-entrance"
)
REMAKE = (
    "Delete {} as the administrator, and declare it with `tenglong topology`; `tenglong grant list` names "
    "whom an earlier release let do this."
)
REST = "Delete those that are named; the rest is named then."
SYSTEM = "system-"


def strangers(
    there: Installation, found: Iterable[Link], sent_on: Iterable[Link], users: frozenset[str]
) -> Iterator[Finding]:
    """Those of them that are no queue of receipts or of answers, nor one in which a system of these `users`
    hears. `found` are the bindings, `sent_on` what alternate exchanges and dead letters lead to."""
    found = list(found)
    queues = {link.destination for link in found if not link.source}
    exchanges = {*there.exchanges(), topology.DELIVERY, *topology.DELAYS}
    led = defaultdict(set)
    for link in (*found, *sent_on):
        to = link.destination or link.key  # by the default exchange a key is the name of a queue
        leads_to_us = to in exchanges or _is_our_queue(there, to)
        if link.source in exchanges:
            if not leads_to_us and not (to in queues and _is_usual(link, users)):
                led[to].add(f"gets what goes to {link.source}")
        elif link.source and leads_to_us and not _is_our_queue(there, link.source):
            led[link.source].add(f"leads on to {to}")
    for name, said in sorted(led.items())[:SHOWN]:
        yield Finding(SUBJECT, "look", f"{name}, none of ours, {'; '.join(sorted(said))}", REMEDY)
    if len(led) > SHOWN:
        yield Finding(SUBJECT, "look", f"{len(led) - SHOWN} more lead to ours, or from it", REST)


def replaced(there: Installation, kinds: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """What stands in the place of an exchange of ours, by these `kinds`, and is no topic exchange, at which
    users are held to keys."""
    keyed = {*there.exchanges(), topology.DELIVERY, *topology.DELAYS}
    keyed -= {feed.strays for feed in there.feeds}
    for name, kind in sorted(kinds):
        if name in keyed and kind != "topic":
            said = f"{name} is a {kind} exchange, where nobody is held to what he was granted"
            yield Finding(SUBJECT, "broken", said, REMAKE.format(name))


def _is_our_queue(there: Installation, name: str) -> bool:
    """Whether it is called as queues of ours are, of whatever release: a service may declare none so."""
    services = "|".join(map(re.escape, there.services))
    ours = rf"({services})\.(?!store\.)[a-z]+\.v[0-9]+|rpc-({services})|{OF_DELAYS}.*"
    return re.fullmatch(ours, name) is not None


def _is_usual(link: Link, users: frozenset[str]) -> bool:
    """Whether a queue is there to have answers, receipts, or facts that its user was granted. On a broker
    that is open to all, without `users`, any may have receipts and facts."""
    queue, source = link.destination, link.source
    if source == RPC_EXCHANGE:
        return re.search(rights.REPLY_KEY, link.key) is not None
    is_receipts, is_facts = source == TOWNSHIPS.receipts, source.endswith(".events")
    if source == TOWNSHIPS.exchange or not (is_receipts or is_facts):
        return False
    if is_receipts or not users:
        return not users or queue.startswith(rights.receipts_queue(""))
    systems = (each.removeprefix(SYSTEM) for each in users if each.startswith(SYSTEM))
    hears = queue.partition("--")[2] if queue.startswith("evt-") else queue
    return hears.startswith(tuple(f"{each}." for each in systems))
