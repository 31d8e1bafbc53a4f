"""What a service announced is kept, found missing elsewhere, and announced again: on real servers."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import redis
from marshmallow import fields

from backbone import Collection, Store, hears, reads
from backbone.amqp.topology import Feed
from backbone.errors import Permanent
from backbone.messages.contract import Contract
from tests.support.doorway import Host, Refusal
from tests.support.eventually import eventually

FARMS = ("green", "hill")
FARM = Feed(name="farm", source="/farms/", keeper="bakery", knows=lambda code, _day: code in FARMS)


class Flour(Contract):
    batch_id = fields.Str(required=True)
    loaves = fields.Int(load_default=1)


@dataclass(frozen=True, kw_only=True)
class BreadBaked:
    batch_id: str
    loaves: int


@dataclass(frozen=True, kw_only=True)
class OvenCooled:
    batch_id: str


@dataclass(frozen=True, kw_only=True)
class Oven:
    oven_id: str


@dataclass(frozen=True, kw_only=True)
class Shelf:
    batch_id: str
    loaves: int = 0


class Bakery:
    """Bakes what farms deliver; that its oven cooled down, nobody hears."""

    name = "bakery"
    store = Store(Collection(Oven, key="oven_id"), emits=(BreadBaked, OvenCooled))
    get_oven, list_ovens, oven_history = reads(Oven)

    @hears("farm", "flour.delivered", Flour)
    def bake(self, event: Any) -> None:
        self.store.announce(BreadBaked(**event.data), OvenCooled(batch_id=event.data["batch_id"]))


class Shop:
    """Puts loaves on the shelf; no shelf bears a hundred."""

    name = "shop"
    store = Store(Collection(Shelf, key="batch_id"))
    get_shelf, list_shelves, shelf_history = reads(Shelf)

    @hears("bakery", "bread_baked", Flour)
    def stock(self, event: Any) -> None:
        if event.data["loaves"] >= 100:
            raise Permanent("the shelf breaks")
        batch_id = event.data["batch_id"]
        shelf = self.store.get(Shelf, batch_id) or Shelf(batch_id=batch_id)
        self.store.save(replace(shelf, loaves=shelf.loaves + event.data["loaves"]))


@pytest.fixture(scope="module")
def street(rabbitmq, redis_server) -> Iterator[tuple[Host, Any]]:
    rabbitmq.ensure_up()
    redis_server.ensure_up()
    uri, url = rabbitmq.new_vhost(), redis_server.new_url()
    with Host(__name__, ["bakery", "shop"], uri, url) as host:
        yield host, redis.Redis.from_url(url)


def deliver(host: Host, loaves: int = 1) -> str:
    """Flour of a batch that is baked, and whose bread the broker has."""
    batch_id = uuid.uuid4().hex
    host.publish("green", "flour.delivered", {"batch_id": batch_id, "loaves": loaves})
    eventually(lambda: announced(host, batch_id))
    return batch_id


def announced(host: Host, batch_id: str) -> list[dict[str, Any]]:
    since = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    found, cursor = [], None
    while True:
        page = host.call("bakery", "list_announced", since=since, limit=2, cursor=cursor)
        found += page["items"]
        cursor = page["cursor"]
        if cursor is None:
            return [each for each in found if each["about"] == batch_id]


def missing(host: Host, fact: dict[str, Any]) -> list[dict[str, Any]]:
    return host.call("shop", "list_missing", facts=[{"type": fact["type"], "id": fact["id"]}])


def forget(client: Any, batch_id: str) -> None:
    """The shop's store is one of an hour ago: it has neither the shelf nor the marks."""
    gone = {f"{{shop}}:shelf:{batch_id}", f"{{shop}}:changes:shelf:{batch_id}"}
    client.delete(*gone, *client.scan_iter("{shop}:done:*"))


def on_shelf(host: Host, batch_id: str) -> int:
    return int(host.call("shop", "get_shelf", batch_id=batch_id)["loaves"])


def test_what_a_service_announced_and_somebody_hears_is_kept_and_nothing_else(street):
    host, client = street
    batch_id = deliver(host)

    (fact,) = announced(host, batch_id)
    assert (fact["type"], fact["heard_by"]) == ("bakery.bread_baked", ["shop"])
    assert fact["due_at"] == fact["published_at"]
    eventually(lambda: client.xlen("{bakery}:outbox") == 0)
    (told,) = eventually(
        lambda: [each for each in host.facts("bakery.bread_baked") if each["id"] == fact["id"]]
    )
    assert told["data"]["batch_id"] == batch_id


def test_what_was_done_is_not_missing_and_what_a_store_forgot_is_announced_again_and_done_once(
    street,
):
    host, client = street
    batch_id = deliver(host, loaves=3)
    (fact,) = announced(host, batch_id)
    eventually(lambda: missing(host, fact) == [])

    forget(client, batch_id)
    assert missing(host, fact) == [{"id": fact["id"], "is_parked": False}]
    for _ in range(3):
        told = host.call(
            "bakery", "announce_again", positions=[fact["position"]], to="shop", by="a test"
        )
        assert told == {"announced": 1}
    eventually(lambda: missing(host, fact) == [])
    assert on_shelf(host, batch_id) == 3
    later = deliver(host, loaves=4)  # by then all three copies have been taken
    (last,) = announced(host, later)
    eventually(lambda: missing(host, last) == [])
    assert on_shelf(host, batch_id) == 3
    assert len(announced(host, batch_id)) == 1, "what is announced again is not kept again"
    deeds = host.call("bakery", "parked_audit")[:3]
    assert {(each["action"], each["to"]) for each in deeds} == {("announced again", "shop")}
    assert all(each["by"].endswith("a test") for each in deeds)


def test_a_fact_whose_try_failed_before_the_copy_is_done_when_it_is_announced_again(street):
    host, client = street
    batch_id = deliver(host)
    (fact,) = announced(host, batch_id)
    eventually(lambda: missing(host, fact) == [])
    forget(client, batch_id)
    queue, identity = "shop.inbox.v1", f"/services/bakery {fact['id']}"
    told = client.xrange("{bakery}:announced", fact["position"], fact["position"])
    _mark_as_tried(client, queue, identity, told[0][1])

    host.call("bakery", "announce_again", positions=[fact["position"]], to="shop", by="a test")
    eventually(lambda: missing(host, fact) == [])
    assert on_shelf(host, batch_id) == 1


def _mark_as_tried(client: Any, queue: str, identity: str, entry: Any) -> None:
    from backbone.inbox.incoming import IncomingMessage
    from backbone.messages.outgoing import OutgoingMessage
    from backbone.store.repository import Repository

    sent = OutgoingMessage.of(entry)
    came = IncomingMessage(sent.body, sent.content_type, {}, sent.exchange, sent.routing_key)
    mark = Repository("shop", client, []).mark(queue, identity, came.fingerprint)
    client.set(f"{mark}:0.1", b'{"outcome": "pending"}')


def test_what_is_parked_is_told_apart_from_what_is_missing(street):
    host, _ = street
    batch_id = deliver(host, loaves=100)
    (fact,) = announced(host, batch_id)

    eventually(lambda: missing(host, fact) == [{"id": fact["id"], "is_parked": True}])


def test_facts_because_of_which_something_was_changed_are_found_in_the_histories(street):
    host, _ = street
    before = datetime.now(UTC).isoformat()
    batches = [deliver(host) for _ in range(3)]
    facts = [announced(host, batch_id)[0]["id"] for batch_id in batches]

    def heard(since: str, source: str = "bakery") -> list[Any]:
        found = host.call("shop", "list_heard", source=source, since=since)
        return [(each["id"], each["thing_id"]) for each in found["items"]]

    eventually(lambda: len(heard(before)) == 3)
    assert sorted(heard(before)) == sorted(zip(facts, batches, strict=True))
    assert heard(datetime.now(UTC).isoformat()) == []
    assert heard(before, source="mill") == []


def test_a_store_that_was_always_there_says_when_it_was_new_and_what_is_sent_to_it(street):
    host, _ = street
    origin = host.call("bakery", "store_origin")

    assert datetime.fromisoformat(origin["born_at"]) <= datetime.now(UTC)
    assert (origin["copied_at"], origin["restored_at"]) == (None, None)
    assert origin["hears_from_outside"] == ["flour.delivered"]
    assert host.call("shop", "store_origin")["hears_from_outside"] == []


def test_whoever_hears_nothing_is_no_place_to_announce_to(street):
    host, _ = street
    with pytest.raises(Refusal, match="to"):
        host.call("bakery", "announce_again", positions=["1-0"], to="bank", by="a test")
    with pytest.raises(Refusal, match="position of list_announced"):
        host.call("bakery", "announce_again", positions=["x"], to="shop", by="a test")
