"""Whatever dies between a call and its answer, the call is answered once and takes effect once."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import eventlet
import pytest

from client import Park, Township, Unavailable
from client.calls import Caller
from client.service import Service
from tests.support.doorway import Host
from tests.support.eventually import eventually
from tests.support.torn import Wire

from .scripted import Scripted, yes

LOAVES = {"kind": "rye", "loaves": 1}


class Shop(Service):
    """A service of another installation, called as those of the park are."""

    name = "shop"

    def sell(self, **given: Any) -> Any:
        return self._write("sell", dict[str, Any], given, 30, None)

    def shelf(self) -> Any:
        return self._ask("get_shelf", dict[str, Any], {"kind": "rye"}, 30)


@pytest.fixture
def host(amqp_uri, redis_url):
    with Host("tests.client.mortal", ["bakery", "shop"], amqp_uri, redis_url) as host:
        host.publish("green", "flour.delivered", {"batch_id": "b", "kind": "rye", "loaves": 3})
        yield host


@pytest.fixture
def shop(host, amqp_uri):
    caller = Caller(amqp_uri, timeout=30)
    yield Shop(caller)
    caller.close()


def test_a_service_that_is_killed_before_its_answer_has_sold_once_and_answers_once(host, shop):
    eventually(lambda: host.call("shop", "list_shelves")["items"])
    (Path(host.tries) / "dies").touch()
    sold = eventlet.spawn(shop.sell, **LOAVES)
    eventually(lambda: not host.alive())
    assert not sold.dead, "it waits for the answer"

    host.start()

    assert sold.wait()["loaves"] == 2
    assert shop.shelf()["loaves"] == 2


@pytest.fixture
def wire(amqp_uri):
    wire = Wire(urlsplit(amqp_uri).port)
    yield wire
    wire.close()


@pytest.fixture
def over_the_wire(wire, amqp_uri):
    return amqp_uri.replace(f":{urlsplit(amqp_uri).port}/", f":{wire.port}/")


def test_a_connection_that_broke_is_opened_anew_and_the_call_is_the_same(
    amqp_uri, over_the_wire, wire
):
    with Scripted(amqp_uri, yes([])) as service, Park(over_the_wire) as park:
        wire.lose([b"parcel_history"], answer_only=True)
        assert park.parcels.parcel_history(parcel_id="p") == []
        wire.cut()

        assert park.parcels.parcel_history(parcel_id="p") == []
    assert wire.lost == 1
    assert len(service.asked) >= 3


def test_a_line_that_is_dead_without_a_word_is_found_out(amqp_uri, over_the_wire, wire):
    with Scripted(amqp_uri, yes([])), Park(over_the_wire) as park:
        park.parcels.parcel_history(parcel_id="p")
        wire.swallow()
        waits = eventlet.spawn(park.parcels.parcel_history, parcel_id="p")
        eventlet.sleep(0.2)
        wire._mute = False  # new connections are well; the old one stays dead

        assert waits.wait() == []


def test_a_user_whom_the_broker_does_not_know_is_told_at_once(amqp_uri):
    stranger = amqp_uri.replace("guest:guest", "guest:wrong")
    for ask in (
        lambda: Park(stranger, timeout=60).parcels.list_parcels(),
        lambda: Township(stranger, "330604006", timeout=60).report("parcel.registered", {}),
    ):
        with pytest.raises(Unavailable, match="does not let this user in"):
            ask()
