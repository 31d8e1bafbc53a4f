"""nameko's own client and event handlers, as a user that declares none of the park's exchanges."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import kombu
import pytest
from amqp.exceptions import AccessRefused, NotFound

from backbone.amqp.rights import Rights
from cli.grant.broker import Broker
from services import access
from services.contracts import contracts
from tests.support.children import Child
from tests.support.eventually import eventually
from tests.support.internal import calling

SAID = [each.as_json() for each in contracts()]
ROOT = Path(__file__).parents[2]
PASSWORD = "of-this-test"
ATLAS = access.system("atlas", ["projects.get_*"], ["projects.listing_published"], SAID)


@pytest.fixture
def atlas(guarded, empty_zone) -> str:
    """A system that was granted what the example needs, where everything is declared and nothing runs."""
    Broker(guarded.rabbitmq.management_url, empty_zone).put(ATLAS, PASSWORD)
    where = urlsplit(empty_zone)
    host = where.netloc.rpartition("@")[2]
    return urlunsplit(where._replace(netloc=f"{ATLAS.name}:{PASSWORD}@{host}"))


@pytest.fixture
def example(atlas, tmp_path) -> Iterator[Child]:
    """`nameko run` of the example."""
    run = [sys.executable, "-m", "nameko", "run", "--broker", atlas, "examples.nameko_service"]
    child = Child(run, os.environ, tmp_path / "output", cwd=ROOT)
    yield child
    child.kill()


def test_a_service_of_stock_nameko_hears_and_calls_and_declares_no_exchange(empty_zone, example):
    with kombu.Connection(empty_zone) as park:
        eventually(lambda: _listens(park, example), 120)
        fact = {"data": {"listing_id": "L1"}}
        to_hearers = {"exchange": "projects.events", "routing_key": "listing_published"}
        park.Producer().publish(fact, **to_hearers)
        calls = kombu.Queue("rpc-projects", channel=park.channel())
        call = eventually(lambda: calls.get(no_ack=True))
        asked = call.properties
        answer = {"result": {"listing_id": "L1", "state": "published"}, "error": None}
        to_caller = {"exchange": "nameko-rpc", "routing_key": asked["reply_to"]}
        park.Producer().publish(answer, correlation_id=asked["correlation_id"], **to_caller)
        eventually(lambda: "L1 is published" in example.tail())
    assert json.loads(call.body)["kwargs"] == {"listing_id": "L1"}
    assert asked["user_id"] == ATLAS.name  # as CALLERS=named asks for


def _listens(park: kombu.Connection, example: Child) -> bool:
    """Whether its queue of facts is there, and has a consumer."""
    assert example.alive or pytest.fail(example.tail())
    queue = kombu.Queue("evt-projects-listing_published--atlas.show", channel=park.channel())
    try:
        return queue.queue_declare(passive=True).consumer_count > 0
    except NotFound:
        return False


def test_a_stock_nameko_client_that_does_not_know_is_refused_and_breaks_nothing(atlas, monkeypatch):
    with pytest.raises(AccessRefused, match="nameko-rpc"), calling(atlas):
        pass
    monkeypatch.setattr(kombu.Exchange, "passive", True)
    with calling(atlas):
        pass


def test_a_system_that_an_earlier_release_let_declare_is_named_with_what_ends_it(guarded):
    """It could delete the exchange of calls, and declare one that holds nobody to what he was granted."""
    before = access.system("oa", ["parcels.get_parcel"], ["parcels.land_released"], SAID)
    rights = before.rights
    let = rights.configure.removesuffix(")$") + r"|nameko\-rpc|parcels\.events)$"
    old = Rights(configure=let, write=rights.write, read=rights.read, keys=rights.keys)
    administrator = guarded.uri("administrator")
    broker = Broker(guarded.rabbitmq.management_url, administrator)
    broker.put(access.User(name=before.name, rights=old), PASSWORD)

    row = _row(guarded, before.name)
    assert row["rights"] == "others"
    again = "tenglong grant system oa --calls parcels.get_parcel --hears parcels.land_released"
    assert row["remedy"] == again

    assert guarded.grant(*again.split()[2:]).returncode == 0
    assert _row(guarded, before.name)["rights"] == "as granted"
    assert guarded.grant("revoke", before.name).returncode == 0


def _row(guarded, name: str) -> dict[str, str]:
    rows = json.loads(guarded.grant("list", "--json").stdout)
    return next(each for each in rows if each["user"] == name)
