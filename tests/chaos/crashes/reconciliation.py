"""Reconciles what a farm sent to the bakery with all that came of it.

Everything is looked at from outside: the store, the queues, and what is told on the exchanges.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import kombu
import redis

from backbone.amqp import topology
from backbone.errors import NotFound
from backbone.messages.outgoing import OutgoingMessage
from backbone.parking.lot import ParkingLot
from backbone.settings import Settings
from backbone.store.collection import Collection
from backbone.store.repository import Repository
from tests.support import sample
from tests.support.brokers import RabbitMQ
from tests.support.eventually import PATIENCE_S, eventually

SOURCE = "/farms/green"
TAPS = {"facts": "bakery.events", "receipts": "farm.receipts"}
NOT_THEIRS = (*TAPS, "rpc.reply-")  # queues of ours, and of callers
COUNTS_ARE_OLD_S = 0.7  # so old may be what the broker says of a quorum queue
COUNTED_AGAIN_S = 10  # within it, on a machine that does other things, too
SERVICES = ("bakery", "shop")


class Reconciliation:
    """One farm, its kinds of bread, and what it may expect: every batch baked once, told once,
    answered once, and on the shelf once, in the order in which it was sent."""

    def __init__(self, rabbitmq: RabbitMQ, amqp_uri: str, redis_url: str) -> None:
        self._rabbitmq, self._uri = rabbitmq, amqp_uri
        self._connection = kombu.Connection(amqp_uri, transport_options={"confirm_publish": True})
        here = sample.installation(Settings())
        topology.declare(self._connection, here.services, here.feeds, here.heard)
        channel = self._connection.default_channel
        self._taps = {name: kombu.Queue(name, channel=channel) for name in TAPS}
        for name, exchange in TAPS.items():
            self._taps[name].declare()
            self._taps[name].bind_to(exchange, routing_key="#")
        client = redis.Redis.from_url(redis_url)
        self.bakery = Repository("bakery", client, [Collection(sample.Batch, key="batch_id")])
        self.shop = Repository("shop", client, [Collection(sample.Shelf, key="kind")])
        self.lots = [ParkingLot(repository, Settings()) for repository in (self.bakery, self.shop)]
        self.sent: dict[str, list[str]] = {}
        self._told: dict[str, list[dict[str, Any]]] = {name: [] for name in TAPS}

    def close(self) -> None:
        self._connection.release()
        self._rabbitmq.delete_vhost(self._uri)

    # --- what the farm does

    def send(self, kind: str, count: int = 1, **flour: Any) -> None:
        """Deliver flour for so many more batches of a kind, one loaf each."""
        for _ in range(count):
            batches = self.sent.setdefault(kind, [])
            batch_id = f"{kind}-{len(batches):03}"
            event = {
                "specversion": "1.0",
                "id": batch_id,
                "source": SOURCE,
                "type": "flour.delivered",
                "time": "2023-08-01T09:30:00+08:00",
                "data": {"batch_id": batch_id, "kind": kind, "loaves": 1, **flour},
            }
            self._connection.Producer().publish(
                event,
                exchange="farm.events",
                routing_key="green.flour.delivered",
                serializer="json",
                delivery_mode="persistent",
            )
            batches.append(batch_id)

    # --- what came of it

    def baked(self, kind: str) -> list[str]:
        return [each for each in self.sent[kind] if self.bakery.load(sample.Batch, each).version]

    def on_shelf(self, kind: str) -> list[str]:
        repository = self.shop.load(sample.Shelf, kind).thing
        return list(repository.batches) if repository else []

    def parked(self) -> list[str]:
        """The batches whose messages are set aside, oldest first; not what leaves meanwhile."""
        found = []
        for lot in self.lots:
            for entry in lot.entries():
                with suppress(NotFound):
                    found.append(_batch(json.loads(lot.show(entry["parked_id"])["text"])))
        return found

    def in_outbox(self, service: str) -> list[OutgoingMessage]:
        repository = {"bakery": self.bakery, "shop": self.shop}[service]
        return [
            OutgoingMessage.of(entry) for _, entry in repository.redis.xrange(repository.outbox)
        ]

    def parked_id(self) -> str:
        """The message that was set aside first."""
        return str(next(entry for lot in self.lots for entry in lot.entries())["parked_id"])

    def told(self, kind: str) -> list[str]:
        """The batches of a kind that a fact or a receipt has told of."""
        return [each for each in map(_batch, self.facts() + self.receipts()) if kind in each]

    def kept(self, kind: str) -> list[str]:
        """The batches of a kind that a fact or a receipt in the outbox is about."""
        return [each for each in map(_batch, self._untold()) if kind in each]

    def _untold(self) -> list[dict[str, Any]]:
        """The facts and receipts in the outbox; messages on their way back to a queue lie there too."""
        waiting = self.in_outbox("bakery")
        return [json.loads(each.body) for each in waiting if each.exchange in TAPS.values()]

    def on_its_way(self, service: str) -> list[str]:
        """The batches of which something in a service's outbox speaks."""
        return [_batch(json.loads(posting.body)) for posting in self.in_outbox(service)]

    def facts(self) -> list[dict[str, Any]]:
        """Every fact of the bakery that the broker was given so far, copies included."""
        return self._collect("facts")

    def receipts(self) -> list[dict[str, Any]]:
        return self._collect("receipts")

    def copies(self) -> int:
        """How often a fact or a receipt was told again under the id that it had."""
        told = [each["id"] for name in TAPS for each in self._collect(name)]
        return len(told) - len(set(told))

    # --- whether it is right

    def halves(self, kind: str) -> dict[str, set[str]]:
        """Batches of which the store holds a part only, at any moment: the state, its history, the
        mark, the fact and the receipt are one. Empty if there are none."""
        every = set(self.sent[kind])
        told = [*self._untold(), *self.facts(), *self.receipts()]
        parts = {
            "state": set(self.baked(kind)),
            "history": {b for b in every if self.bakery.history(sample.Batch, b)},
            "mark": {b for b in every if self._is_marked(self.bakery, f"{SOURCE} {b}")},
            "fact": every & {e["data"].get("batch_id") for e in told},
            "receipt": every & {e["data"].get("event_id") for e in told},
        }
        stocked = {
            "shelf": set(self.on_shelf(kind)),
            "history of the shelf": {fact["data"]["batch_id"] for fact in self._stocked(kind)},
        }
        whole = parts["state"]
        broken = {name: part ^ whole for name, part in parts.items()}
        broken |= {name: part ^ stocked["shelf"] for name, part in stocked.items()}
        return {name: batches for name, batches in broken.items() if batches}

    def _stocked(self, kind: str) -> list[dict[str, Any]]:
        """The facts that the shop has on record as done, by its history and by its marks."""
        known = {fact["id"]: fact for fact in self.facts()}
        by = [change["by"]["id"] for change in self.shop.history(sample.Shelf, kind)]
        marked = [
            each
            for each in known.values()
            if each["data"]["kind"] == kind
            and self._is_marked(self.shop, f"{each['source']} {each['id']}")
        ]
        assert sorted(by) == sorted(each["id"] for each in marked), "history and marks of the shop"
        return marked

    def _is_marked(self, repository: Repository, identity: str) -> bool:
        queue = topology.queue_name(repository.service, topology.INBOX)
        return bool(repository.redis.exists(repository.mark(queue, identity)))

    def come_to_rest(self, timeout: float = PATIENCE_S, parked: int = 0) -> None:
        """Return when nothing waits, and all that was sent is answered and on the shelf; or so many
        messages are set aside, instead."""

        def rests() -> bool:
            unfinished = self._unfinished() if not parked else self.left_over()
            assert unfinished == ({"parked": parked} if parked else {}), unfinished
            return True

        eventually(rests, timeout)

    def stay_at_rest(self, timeout: float = PATIENCE_S) -> None:
        """Come to rest, and nothing comes to wait that the broker had not yet counted."""
        self.come_to_rest(timeout)
        time.sleep(COUNTS_ARE_OLD_S)  # else what was just given back to a queue would not be seen
        self.come_to_rest(timeout)

    def _unfinished(self) -> dict[str, Any]:
        answered = {receipt["data"]["event_id"] for receipt in self.receipts()}
        shown = {batch for kind in self.sent for batch in self.on_shelf(kind)}
        found = {
            "without a receipt": sorted(self._every - answered),
            "not on the shelf": sorted(self._every - shown),
            **self.left_over(),
        }
        return {what: which for what, which in found.items() if which}

    def left_over(self) -> dict[str, Any]:
        """What waits: in queues, in outboxes, on the lot."""
        queues = self._rabbitmq.queues(self._uri)
        found = {f"in {name}": n for name, n in queues.items() if not name.startswith(NOT_THEIRS)}
        found |= {f"in the outbox of {name}": len(self.in_outbox(name)) for name in SERVICES}
        found |= {"parked": len(self.parked())}
        return {what: count for what, count in found.items() if count}

    def _left_for_good(self) -> dict[str, Any]:
        """What still waits when the broker has counted again: what it says is of a moment ago."""
        until = time.monotonic() + COUNTED_AGAIN_S
        while (found := self.left_over()) and time.monotonic() < until:
            time.sleep(0.1)
        return found

    def mistakes(self) -> dict[str, Any]:
        """All that is not as it should be of everything sent so far. Empty if nothing is."""
        receipts = _once(self.receipts())
        found: dict[str, Any] = {
            "without a fact": self._every - self._told_of(self.facts()).keys(),
            "with two facts": _twice(self._told_of(self.facts())),
            "without a receipt": self._every - Counter(r["event_id"] for r in receipts).keys(),
            "with two receipts": _twice(Counter(receipt["event_id"] for receipt in receipts)),
            "not accepted": [receipt for receipt in receipts if receipt["outcome"] != "accepted"],
            **self._left_for_good(),
        }
        for kind, batches in self.sent.items():
            found[f"not baked once, {kind}"] = [b for b in batches if not self._is_baked_once(b)]
            found |= self._mistakes_on_shelf(kind, batches)
        return {what: which for what, which in found.items() if which}

    def _mistakes_on_shelf(self, kind: str, batches: list[str]) -> dict[str, Any]:
        stored, shown = self.shop.load(sample.Shelf, kind), self.on_shelf(kind)
        changes = [change["by"]["id"] for change in self.shop.history(sample.Shelf, kind)]
        loaves = stored.thing.loaves if stored.thing else 0
        return {
            f"lost, {kind}": set(batches) - set(shown),
            f"doubled, {kind}": _twice(Counter(shown)) or (loaves != len(set(shown)) and loaves),
            f"out of order, {kind}": [] if shown == sorted(shown) else shown,
            f"history of {kind}": [] if len(set(changes)) == len(changes) == len(batches) else changes,
        }  # fmt: skip

    def _is_baked_once(self, batch_id: str) -> bool:
        changes = self.bakery.history(sample.Batch, batch_id)
        return self.bakery.load(sample.Batch, batch_id).version == len(changes) == 1

    @property
    def _every(self) -> set[str]:
        return {batch for batches in self.sent.values() for batch in batches}

    def _told_of(self, facts: Iterable[dict[str, Any]]) -> Counter[str]:
        return Counter(data["batch_id"] for data in _once(facts))

    def _collect(self, name: str) -> list[dict[str, Any]]:
        while message := self._taps[name].get(no_ack=True):
            self._told[name].append(json.loads(message.body))
        return self._told[name]


def _batch(event: dict[str, Any]) -> str:
    """What a fact or a receipt is about. A farm's event has its batch's id."""
    return str(event["data"].get("batch_id") or event["data"]["event_id"])


def _once(events: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The data of these events, those of one id once."""
    return list({event["id"]: event["data"] for event in events}.values())


def _twice(counts: Counter[str]) -> list[str]:
    return sorted(each for each, count in counts.items() if count > 1)
