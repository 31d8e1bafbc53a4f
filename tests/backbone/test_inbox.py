"""What becomes of messages, down to the outbox: receipts, retries, copies, one commit for many."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, replace
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marshmallow import Schema, fields

from backbone.errors import Permanent, Unavailable
from backbone.inbox import Handler, Inbox
from backbone.parking import Lot
from backbone.settings import Settings
from backbone.store import Kept, Shelf, connect
from backbone.topology import Feed
from backbone.work import Posting, Work

FARM = Feed(name="farm", source="/farms/", keeper="mill", knows=lambda code, _: code == "green")


@dataclass(frozen=True, slots=True, kw_only=True)
class Silo:
    silo_id: str
    sacks: tuple[int, ...] = ()


class Sack(Schema):
    silo = fields.Str(required=True)
    number = fields.Int(required=True)


class Mill:
    """A service with one handler; numbers below 0 fail as their names say."""

    def __init__(self, store: Work) -> None:
        self.store = store

    def store_sack(self, event):
        number = event.data["number"]
        if number == -1:
            raise RuntimeError("the belt tore")
        if number == -2:
            raise Permanent("no sack at all")
        if number == -3:
            raise Unavailable("Redis is away")
        silo = self.store.get(Silo, event.data["silo"]) or Silo(silo_id=event.data["silo"])
        self.store.save(replace(silo, sacks=(*silo.sacks, number)))


@pytest.fixture
def shelf():
    return Shelf("mill", connect(f"memory://{uuid.uuid4()}"), [Kept(Silo, key="silo_id")])


@pytest.fixture
def inbox(shelf):
    return inbox_of(shelf)


def inbox_of(shelf):
    handler = Handler("farm", "sack.sent", Sack(), "store_sack")
    chosen = Settings(attempts=2)
    lot = Lot(shelf, chosen)
    return Inbox(
        "mill.inbox.v1", chosen, {("farm", "sack.sent"): handler}, {"farm": FARM},
        lambda: Work(shelf), Mill, lot, chance=lambda: 0.5,
    )  # fmt: skip


def message(number=1, event_id=None, silo="s", redelivered=False, **headers):
    event = {
        "specversion": "1.0",
        "id": event_id or f"sack-{number}",
        "source": "/farms/green",
        "type": "sack.sent",
        "time": "2023-08-01T09:30:00+08:00",
        "data": {"silo": silo, "number": number},
    }
    came = {
        "exchange": "" if headers else "farm.events",
        "routing_key": "mill.inbox.v1" if headers else "green.sack.sent",
        "redelivered": redelivered,
    }
    return SimpleNamespace(
        body=json.dumps(event).encode(),
        content_type="application/json",
        headers=headers and {name.replace("_", "-"): value for name, value in headers.items()},
        delivery_info=came,
    )


def outbox(shelf):
    return [Posting.of(entry) for _, entry in shelf.redis.xrange(shelf.outbox)]


def outcomes(shelf):
    said = [json.loads(p.body)["data"] for p in outbox(shelf) if p.exchange == "farm.receipts"]
    return [(data["event_id"], data["outcome"]) for data in said]


def sacks(shelf, silo="s"):
    stored = shelf.load(Silo, silo).thing
    return stored.sacks if stored else ()


def test_what_arrived_together_is_committed_together_in_order(inbox, shelf):
    inbox.take([message(number) for number in (1, 2, 3)])

    assert sacks(shelf) == (1, 2, 3)
    assert [outcome for _, outcome in outcomes(shelf)] == ["accepted"] * 3


def test_two_copies_that_arrive_together_take_effect_once(inbox, shelf):
    inbox.take([message(1), message(1)])

    assert sacks(shelf) == (1,)
    assert outcomes(shelf) == [("sack-1", "accepted"), ("sack-1", "duplicate")]


def test_a_copy_that_the_broker_made_is_answered_by_nobody(inbox, shelf):
    inbox.take([message(1)])
    inbox.take([message(1, redelivered=True)])

    assert outcomes(shelf) == [("sack-1", "accepted")]


def test_one_that_fails_leaves_the_others_in_the_batch_applied(inbox, shelf):
    inbox.take([message(1), message(-1), message(2)])

    assert sacks(shelf) == (1, 2)
    retry = next(posting for posting in outbox(shelf) if posting.delay_s)
    assert (retry.exchange, retry.routing_key) == ("", "mill.inbox.v1")
    assert retry.headers["x-attempt"] == 2
    assert retry.headers["x-routing-key"] == "green.sack.sent"


def test_a_failed_try_that_the_broker_delivers_again_is_not_tried_twice(inbox, shelf):
    inbox.take([message(-1)])
    inbox.take([message(-1, redelivered=True)])

    assert len(outbox(shelf)) == 1


def test_after_the_last_try_it_is_parked_and_a_replay_starts_afresh(inbox, shelf):
    inbox.take(
        [message(-1, x_attempt=2, x_exchange="farm.events", x_routing_key="green.sack.sent")]
    )

    entry = inbox.lot.entries()[0]
    assert (entry["attempts"], entry["cause"]) == (2, "RuntimeError")
    inbox.lot.replay(entry["parked_id"], "me")
    replayed = outbox(shelf)[-1]
    assert replayed.headers["x-replay"] == 1
    assert replayed.body == message(-1).body


def test_an_event_that_waits_in_the_lot_and_is_sent_again_is_told_so(inbox, shelf):
    inbox.take([message(-2)])
    inbox.take([message(-2)])

    receipt = json.loads(outbox(shelf)[-1].body)["data"]
    assert (receipt["outcome"], receipt["first"]["outcome"]) == ("duplicate", "pending")
    assert len(inbox.lot.entries()) == 1


def test_an_outage_behind_a_handler_writes_nothing_and_is_passed_on(inbox, shelf):
    with pytest.raises(Unavailable):
        inbox.take([message(1), message(-3)])

    assert sacks(shelf) == ()
    assert outbox(shelf) == []


def test_a_clash_with_somebody_else_is_decided_again_and_loses_nothing(inbox, shelf):
    others = inbox_of(shelf)
    meanwhile = iter([[message(7)], [], [], []])

    class Interrupted(Mill):
        def store_sack(self, event):
            super().store_sack(event)
            others.take(next(meanwhile) or [message(8, redelivered=True)])

    inbox.new_service = Interrupted
    inbox.take([message(1), message(2)])

    assert sorted(sacks(shelf)) == [1, 2, 7, 8]


def test_nobody_can_claim_what_another_was_answered(inbox, shelf):
    inbox.take([message(1)])
    stranger = message(1)
    stranger.delivery_info["routing_key"] = "moon.sack.sent"

    inbox.take([stranger])

    assert [outcome for _, outcome in outcomes(shelf)] == ["accepted", "refused"]


@given(st.data(), st.lists(st.integers(0, 5), min_size=1, max_size=15))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_however_often_and_in_whatever_batches_they_come_each_takes_effect_once(
    shelf, data, numbers
):
    shelf.redis.flushall()
    inbox = inbox_of(shelf)
    while numbers:
        size = data.draw(st.integers(1, len(numbers)))
        inbox.take(
            [message(number, redelivered=data.draw(st.booleans())) for number in numbers[:size]]
        )
        numbers, before = numbers[size:], numbers
        assert set(before[:size]) <= set(sacks(shelf))

    assert len(sacks(shelf)) == len(set(sacks(shelf)))
    accepted = [event for event, outcome in outcomes(shelf) if outcome == "accepted"]
    assert sorted(accepted) == sorted(f"sack-{number}" for number in sacks(shelf))
