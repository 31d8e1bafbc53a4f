"""Internal systems call; a call that is sent twice takes effect once; a no says why."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace

import pytest
from marshmallow import fields

from backbone import Collection, Store, command, hears, query, reads
from backbone.amqp.topology import Feed
from backbone.errors import Reason, Refused
from backbone.messages.contract import Contract
from tests.support.doorway import Refusal

FARMS = ("green", "hill")
FARM = Feed(name="farm", source="/farms/", keeper="shop", knows=lambda code, _day: code in FARMS)


class Bread(Contract):
    kind = fields.Str(required=True)
    loaves = fields.Int(required=True)


@dataclass(frozen=True, kw_only=True)
class Shelf:
    kind: str
    farm: str
    loaves: int


class Shop:
    """Sells the bread that farms bake."""

    name = "shop"
    store = Store(Collection(Shelf, key="kind", filters=("farm",), orders=("loaves",)))
    get_shelf, list_shelves, shelf_history = reads(Shelf)

    @hears("farm", "bread.delivered", Bread)
    def stock(self, event):
        self.store.save(Shelf(farm=event.publisher, **event.data))

    @command(Bread)
    def sell(self, sale):
        shelf = self.store.require(Shelf, sale["kind"], "kind")
        if sale["loaves"] > shelf.loaves:
            raise Refused([Reason("NOT_ENOUGH", "There is not so much bread.", "loaves")])
        left = replace(shelf, loaves=shelf.loaves - sale["loaves"])
        self.store.save(left)
        return self.store.dump(left)

    @query(Bread)
    def price(self, sale):
        return sale["loaves"] * 3


def delivered(host, farm="green", loaves=3):
    """Has a farm deliver bread of a kind of its own; answers the kind."""
    kind = f"bread-{uuid.uuid4().hex[:8]}"
    receipt = host.publish(farm, "bread.delivered", {"kind": kind, "loaves": loaves})
    assert receipt["outcome"] == "accepted"
    return kind


@pytest.fixture
def bread(host):
    """A kind of bread of which the shop has three loaves."""
    return delivered(host)


def test_a_write_that_is_sent_twice_takes_effect_once_and_answers_the_same(host, bread):
    request = {"kind": bread, "loaves": 1, "request_id": str(uuid.uuid4())}

    first = host.call("shop", "sell", **request)
    second = host.call("shop", "sell", **request)

    assert first == second
    assert first["loaves"] == 2


def test_a_write_without_a_request_id_is_told_to_bring_one(host, bread):
    with pytest.raises(Refusal) as refusal:
        host.call("shop", "sell", kind=bread, loaves=1)

    assert refusal.value.body["reasons"][0]["field"] == "request_id"


def test_a_rule_that_says_no_is_a_typed_refusal_with_its_code(host, bread):
    with pytest.raises(Refusal) as refusal:
        host.call("shop", "sell", kind=bread, loaves=9, request_id="r")

    assert (refusal.value.body["error"], refusal.value.codes) == ("Refused", ["NOT_ENOUGH"])


def test_a_refused_call_that_is_corrected_may_keep_its_request_id(host, bread):
    request_id = str(uuid.uuid4())
    with pytest.raises(Refusal):
        host.call("shop", "sell", kind=bread, loaves=9, request_id=request_id)

    assert host.call("shop", "sell", kind=bread, loaves=1, request_id=request_id)["loaves"] == 2


def test_an_argument_against_the_contract_is_named(host):
    with pytest.raises(Refusal) as refusal:
        host.call("shop", "price", kind="rye", loafs=1)

    assert {r["field"] for r in refusal.value.body["reasons"]} == {"loafs", "loaves"}


def test_a_method_that_does_not_exist_is_an_error_and_hurts_nobody(host):
    with pytest.raises(Refusal) as refusal:
        host.call("shop", "no_such_method")

    assert "MethodNotFound" in refusal.value.body["error"]
    assert host.call("shop", "price", kind="rye", loaves=2) == 6


def test_a_thing_is_shown_as_it_was_at_any_moment(host, bread):
    host.call("shop", "sell", kind=bread, loaves=1, request_id=str(uuid.uuid4()))
    came, sold = host.call("shop", "shelf_history", kind=bread)

    assert host.call("shop", "get_shelf", kind=bread, as_of=came["at"])["loaves"] == 3
    assert host.call("shop", "get_shelf", kind=bread, as_of=sold["at"])["loaves"] == 2
    assert sold["changed"] == {"loaves": 2}
    assert sold["by"]["type"] == "rpc.sell"


def test_a_list_is_filtered_ordered_and_read_a_page_at_a_time(host):
    for loaves in (5, 1, 3):
        delivered(host, "hill", loaves)
    wanted = {"filter": {"farm": "hill"}, "order": "-loaves", "limit": 2}

    first = host.call("shop", "list_shelves", **wanted)
    rest = host.call("shop", "list_shelves", **wanted, cursor=first["cursor"])

    found = [item["loaves"] for item in first["items"] + rest["items"]]
    assert found == sorted(found, reverse=True)
    assert {item["farm"] for item in first["items"]} == {"hill"}
    assert len(first["items"]) == 2


def test_a_filter_or_an_order_that_does_not_exist_is_named_with_those_that_do(host):
    with pytest.raises(Refusal) as refusal:
        host.call("shop", "list_shelves", filter={"colour": "x"}, order="size")

    reasons = refusal.value.body["reasons"]
    assert [reason["field"] for reason in reasons] == ["filter.colour", "order"]
    assert "farm" in reasons[0]["sentence"]
    assert "loaves" in reasons[1]["sentence"]


def test_a_request_id_that_another_call_had_is_refused(host, bread):
    sale = {"kind": bread, "loaves": 1, "request_id": str(uuid.uuid4())}
    host.call("shop", "sell", **sale)

    with pytest.raises(Refusal) as refusal:
        host.call("shop", "sell", **sale | {"loaves": 2})

    assert refusal.value.codes == ["REQUEST_ID_USED"]


def test_a_service_tells_what_it_hears_announces_and_answers(host):
    shop = host.call("shop", "describe")

    (heard,) = shop["hears"]
    said = (heard["source"], heard["type"], heard["queue"])
    assert said == ("farm", "bread.delivered", "shop.inbox.v1")
    assert heard["data"]["properties"]["loaves"]["type"] == "integer"
    assert shop["announces"] == []
    methods = {method["name"]: method for method in shop["methods"]}
    assert methods["sell"]["request"]["required"] == ["kind", "loaves", "request_id"]
    assert (methods["sell"]["writes"], methods["price"]["writes"]) == (True, False)
