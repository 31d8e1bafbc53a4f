"""Internal systems call; a call that is sent twice takes effect once; a no says why."""

from __future__ import annotations

import uuid

import pytest

from tests.support.doorway import Refusal

from .test_1_the_way_of_a_fact import flour, loaves


@pytest.fixture
def bread(street):
    """A kind of bread of which the shop has three loaves."""
    delivery = flour()
    street.publish("green", "flour.delivered", delivery)
    assert loaves(street, delivery["kind"]) == 3
    return delivery["kind"]


def test_a_write_that_is_sent_twice_takes_effect_once_and_answers_the_same(street, bread):
    request = {"kind": bread, "loaves": 1, "request_id": str(uuid.uuid4())}

    first = street.call("shop", "sell", **request)
    second = street.call("shop", "sell", **request)

    assert first == second
    assert first["loaves"] == 2


def test_a_write_without_a_request_id_is_told_to_bring_one(street, bread):
    with pytest.raises(Refusal) as refusal:
        street.call("shop", "sell", kind=bread, loaves=1)

    assert refusal.value.body["reasons"][0]["field"] == "request_id"


def test_a_rule_that_says_no_is_a_typed_refusal_with_its_code(street, bread):
    with pytest.raises(Refusal) as refusal:
        street.call("shop", "sell", kind=bread, loaves=9, request_id="r")

    assert (refusal.value.body["error"], refusal.value.codes) == ("Refused", ["NOT_ENOUGH"])


def test_a_refused_call_that_is_corrected_may_keep_its_request_id(street, bread):
    request_id = str(uuid.uuid4())
    with pytest.raises(Refusal):
        street.call("shop", "sell", kind=bread, loaves=9, request_id=request_id)

    assert street.call("shop", "sell", kind=bread, loaves=1, request_id=request_id)["loaves"] == 2


def test_an_argument_against_the_contract_is_named(street):
    with pytest.raises(Refusal) as refusal:
        street.call("shop", "price", kind="rye", loafs=1)

    assert {r["field"] for r in refusal.value.body["reasons"]} == {"loafs", "loaves"}


def test_a_method_that_does_not_exist_is_an_error_and_hurts_nobody(street):
    with pytest.raises(Refusal) as refusal:
        street.call("shop", "no_such_method")

    assert "MethodNotFound" in refusal.value.body["error"]
    assert street.call("shop", "price", kind="rye", loaves=2) == 6


def test_a_thing_is_shown_as_it_was_at_any_moment(street, bread):
    street.call("shop", "sell", kind=bread, loaves=1, request_id=str(uuid.uuid4()))
    baked, sold = street.call("shop", "shelf_history", kind=bread)

    assert street.call("shop", "get_shelf", kind=bread, as_of=baked["at"])["loaves"] == 3
    assert street.call("shop", "get_shelf", kind=bread, as_of=sold["at"])["loaves"] == 2
    assert sold["changed"] == {"loaves": 2}
    assert sold["by"]["type"] == "rpc.sell"


def test_a_list_is_filtered_ordered_and_read_a_page_at_a_time(street):
    for loaves_ in (5, 1, 3):
        street.publish("hill", "flour.delivered", flour(loaves=loaves_))
    wanted = {"filter": {"farm": "hill"}, "order": "-loaves", "limit": 2}

    first = street.call("bakery", "list_batches", **wanted)
    rest = street.call("bakery", "list_batches", **wanted, cursor=first["cursor"])

    found = [item["loaves"] for item in first["items"] + rest["items"]]
    assert found == sorted(found, reverse=True)
    assert {item["farm"] for item in first["items"]} == {"hill"}
    assert len(first["items"]) == 2


def test_a_filter_or_an_order_that_does_not_exist_is_named_with_those_that_do(street):
    with pytest.raises(Refusal) as refusal:
        street.call("bakery", "list_batches", filter={"colour": "x"}, order="size")

    reasons = refusal.value.body["reasons"]
    assert [reason["field"] for reason in reasons] == ["filter.colour", "order"]
    assert "farm" in reasons[0]["sentence"]
    assert "loaves" in reasons[1]["sentence"]


def test_a_request_id_that_another_call_had_is_refused(street, bread):
    sale = {"kind": bread, "loaves": 1, "request_id": str(uuid.uuid4())}
    street.call("shop", "sell", **sale)

    with pytest.raises(Refusal) as refusal:
        street.call("shop", "sell", **sale | {"loaves": 2})

    assert refusal.value.codes == ["REQUEST_ID_USED"]


def test_a_service_tells_what_it_hears_announces_and_answers(street):
    bakery, shop = street.call("bakery", "describe"), street.call("shop", "describe")

    (heard,) = bakery["hears"]
    assert (heard["source"], heard["type"], heard["queue"]) == (
        "farm",
        "flour.delivered",
        "bakery.inbox.v1",
    )
    assert heard["data"]["properties"]["loaves"] == {"type": "integer", "minimum": 1}
    assert [fact["type"] for fact in bakery["announces"]] == ["bakery.bread_baked"]
    methods = {method["name"]: method for method in shop["methods"]}
    assert methods["sell"]["request"]["required"] == ["kind", "loaves", "request_id"]
    assert (methods["sell"]["writes"], methods["price"]["writes"]) == (True, False)
