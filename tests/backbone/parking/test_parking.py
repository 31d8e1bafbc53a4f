"""The parking lot: shown, sent back or given up; each once, and each on record."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from marshmallow import Schema, fields

from backbone.amqp.origin import DEAD_LETTER
from backbone.amqp.topology import Feed
from backbone.errors import Damaged, Invalid, NotFound, Permanent, Refused
from backbone.host.host import ServiceHost
from backbone.inbox import admin
from backbone.inbox.batches import take
from backbone.inbox.inbox import Inbox
from backbone.inbox.incoming import Handler, IncomingMessage
from backbone.messages.envelope import Event
from backbone.messages.foreign import plain
from backbone.messages.outgoing import OutgoingMessage
from backbone.parking.lot import ParkingLot
from backbone.parking.parked import Parked
from backbone.rpc import admin as operations
from backbone.settings import Settings
from backbone.store.redis import connect
from backbone.store.repository import Repository
from backbone.store.unit_of_work import UnitOfWork

NOON = datetime(2023, 8, 1, 4, tzinfo=UTC)
FARM = Feed(name="farm", source="/farms/", keeper="mill", knows=lambda code, _: code == "green")
QUEUE = "mill.inbox.v1"


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def repository(store_url):
    return Repository("mill", connect(store_url), [])


@pytest.fixture
def lot(repository, clock):
    return ParkingLot(repository, Settings(), clock=clock)


def parked(body=b"\xff no text", at=NOON, **more):
    known = {
        "parked_id": hashlib.sha256(body).hexdigest()[:16],
        "parked_at": at,
        "queue": QUEUE,
        "exchange": "farm.events",
        "routing_key": "green.sack.sent",
        "body": base64.b64encode(body).decode(),
        "content_type": "application/json",
        "cause": "RuntimeError",
        "sentence": "the belt tore",
        "attempts": 6,
    }
    return Parked(**known | more)


def put(lot, *messages):
    for message in messages:
        work = UnitOfWork(lot.repository)
        work.begin(Event(id="1", source="/farms/green", type="sack.sent"))
        lot.put(work, message)
        work.close_step(None)
        work.commit()


def outbox(repository):
    return [OutgoingMessage.of(entry) for _, entry in repository.redis.xrange(repository.outbox)]


def test_what_is_parked_is_listed_oldest_first_without_its_bytes(lot):
    put(lot, parked(b"late", NOON + timedelta(hours=1)), parked(b"early"))

    first, second = lot.entries()
    assert first["parked_at"] < second["parked_at"]
    assert not {"body", "headers"} & first.keys()
    assert [entry["parked_id"] for entry in lot.entries(1)] == [first["parked_id"]]


def test_a_parked_message_is_shown_to_the_byte_and_as_text(lot):
    message = parked(b"caf\xc3\xa9 \xff")
    put(lot, message)

    shown = lot.show(message.parked_id)
    assert base64.b64decode(shown["body"]) == b"caf\xc3\xa9 \xff"
    assert shown["text"].startswith("café ")


def test_what_is_not_parked_is_not_found(lot):
    for act in (lot.show, lambda name: lot.replay(name, "me"), lot.get):
        with pytest.raises(NotFound):
            act("0" * 16)


def test_a_replay_sends_the_bytes_back_to_the_queue_with_where_they_came_from(lot, repository):
    message = parked(headers={"ce-id": "1", "x-own": "kept"}, replays=1)
    put(lot, message)

    lot.replay(message.parked_id, "me")

    posting = outbox(repository)[0]
    assert (posting.exchange, posting.routing_key, posting.body) == ("", QUEUE, message.bytes)
    assert posting.headers == {
        "ce-id": "1",
        "x-own": "kept",
        "x-exchange": "farm.events",
        "x-routing-key": "green.sack.sent",
        "x-replay": 2,
    }
    assert lot.entries() == []


def test_two_operators_cannot_both_send_it_back(lot, repository):
    message = parked()
    put(lot, message)
    get, others = lot.get, iter([lambda: lot.replay(message.parked_id, "first")])

    def get_while_another_is_quicker(parked_id):
        found = get(parked_id)
        next(others, lambda: None)()
        return found

    lot.get = get_while_another_is_quicker
    with pytest.raises(NotFound):
        lot.replay(message.parked_id, "second")

    assert len(outbox(repository)) == 1
    assert [deed["by"] for deed in lot.audit()] == ["first"]


def test_what_is_given_up_is_gone_and_the_reason_stays_on_record(lot, repository):
    message = parked()
    put(lot, message)

    lot.discard(message.parked_id, "me", "spoilt")

    assert lot.audit() == [
        {
            "at": "2023-08-01T04:00:00+00:00",
            "parked_id": message.parked_id,
            "action": "discarded",
            "by": "me",
            "reason": "spoilt",
        }
    ]
    assert lot.entries() == outbox(repository) == []


def test_deeds_are_listed_newest_first(lot):
    for number, body in enumerate((b"a", b"b")):
        put(lot, parked(body))
        lot.discard(parked(body).parked_id, str(number), "spoilt")

    assert [deed["by"] for deed in lot.audit()] == ["1", "0"]
    assert [deed["by"] for deed in lot.audit(1)] == ["1"]


def test_a_message_may_be_sent_back_for_thirty_days_and_not_a_second_longer(lot, clock, repository):
    put(lot, parked(b"a"), parked(b"b"))
    clock.now = NOON + timedelta(days=30)
    lot.replay(parked(b"a").parked_id, "me")
    clock.now += timedelta(seconds=1)

    with pytest.raises(Refused) as refusal:
        lot.replay(parked(b"b").parked_id, "me")

    assert refusal.value.reasons[0].code == "TOO_OLD"
    assert [entry["parked_id"] for entry in lot.entries()] == [parked(b"b").parked_id]
    lot.discard(parked(b"b").parked_id, "me", "too old")
    assert len(outbox(repository)) == 1


def test_what_the_contract_still_refuses_is_not_sent_back(repository):
    def check(_):
        raise Refused([])

    lot = ParkingLot(repository, Settings(), check)
    put(lot, parked(at=datetime.now(UTC)))

    with pytest.raises(Refused):
        lot.replay(parked().parked_id, "me")

    assert len(lot.entries()) == 1
    assert outbox(repository) == lot.audit() == []


def test_the_same_message_parked_again_later_is_one_entry_and_leaves_nothing_behind(lot):
    put(lot, parked(), parked(at=NOON + timedelta(hours=1)))

    assert len(lot.entries()) == 1
    lot.discard(parked().parked_id, "me", "spoilt")
    assert lot.repository.redis.zcard(lot.index) == 0


@pytest.mark.parametrize(
    "value",
    [1, "x", None, True, NOON, b"\xff", [1, b"x"], {"a": {"b": NOON}}, float("nan"), "\ud800"],
    ids=repr,
)
def test_any_header_that_a_broker_hands_over_can_be_kept(value):
    kept = plain({"x": value})

    assert json.loads(json.dumps(kept).encode("utf-8")) == kept


def test_an_operator_says_who_he_is_and_why(lot):
    service_host = SimpleNamespace(lot=lot)
    with pytest.raises(Invalid) as problem:
        operations.discard_parked(service_host, parked_id="x", by=" ", reason="")

    assert [reason.field for reason in problem.value.reasons] == ["by", "reason"]
    with pytest.raises(Invalid):
        operations.replay_parked(service_host, parked_id="x", by="")


def test_a_damaged_message_says_so_on_the_lot_and_hides_no_other(lot):
    put(lot, parked(b"one"), parked(b"two"))
    damaged, whole = parked(b"one").parked_id, parked(b"two").parked_id
    key = "{mill}:parked:message:" + damaged
    lot.repository.redis.set(key, b"1 {")

    said = {entry["parked_id"]: entry["sentence"] for entry in lot.entries()}
    assert said.keys() == {damaged, whole}
    assert f"The parked message {damaged} cannot be read" in said[damaged]
    assert key in said[damaged]
    with pytest.raises(Damaged, match=damaged):
        lot.show(damaged)


# --- a service_host with two lanes, for what takes inbox and lot together


class Sack(Schema):
    number = fields.Int(required=True)


class Mill:
    def __init__(self, store: UnitOfWork) -> None:
        self.store = store

    def store_sack(self, event):
        raise Permanent("no sack at all")


@pytest.fixture
def service_host(repository, clock):
    """Two lanes that hear sacks; every one of them is parked."""
    found = ServiceHost()
    found.service = "mill"
    found.lot = ParkingLot(repository, Settings(), found.check, clock)
    handler = Handler("farm", "sack.sent", Sack(), "store_sack")
    for queue in ("mill.other.v1", QUEUE):
        found.inboxes[queue] = Inbox(
            queue,
            Settings(),
            {("farm", "sack.sent"): handler},
            [FARM],
            lambda: UnitOfWork(repository, clock=clock),
            Mill,
            found.lot,
        )
    return found


def arrived(number=1, headers=None, **came):
    event = {
        "specversion": "1.0",
        "id": str(uuid.uuid4()),
        "source": "/farms/green",
        "type": "sack.sent",
        "time": "2023-08-01T09:30:00+08:00",
        "data": {"number": number},
    }
    at = {"exchange": "farm.events", "routing_key": "green.sack.sent", "redelivered": False}
    return SimpleNamespace(
        body=json.dumps(event).encode(),
        content_type="application/json",
        headers=headers or {},
        delivery_info=at | came,
    )


def only(lot):
    (entry,) = lot.entries()
    return lot.get(entry["parked_id"])


def test_the_contract_of_today_is_held_against_what_was_parked_yesterday(service_host):
    take(service_host.inboxes[QUEUE], [arrived()])
    for inbox in service_host.inboxes.values():
        key = ("farm", "sack.sent")
        inbox.decoder.handlers[key] = replace(
            inbox.decoder.handlers[key], schema=Schema.from_dict({"weight": fields.Int()})()
        )

    with pytest.raises(Invalid):
        service_host.lot.replay(only(service_host.lot).parked_id, "me")

    assert len(service_host.lot.entries()) == 1


def test_the_publisher_of_a_discarded_message_is_told_and_told_again_when_it_sends_it_again(
    service_host, repository
):
    message = arrived()
    take(service_host.inboxes[QUEUE], [message])
    admin.discard(
        service_host.lot, service_host.inboxes, only(service_host.lot).parked_id, "me", "spoilt"
    )
    take(service_host.inboxes[QUEUE], [message])

    refused, again = (json.loads(p.body)["data"] for p in outbox(repository))
    assert (refused["outcome"], refused["reasons"][0]["sentence"]) == ("refused", "spoilt")
    assert (again["outcome"], again["first"]["outcome"]) == ("duplicate", "refused")


def dead(first_queue=QUEUE, exchange="farm.events", key="green.sack.sent", more=(), **headers):
    """A message as it lies in the dead queue: the broker gave it up."""
    died = {"queue": QUEUE, "reason": "delivery_limit", "exchange": exchange, "routing-keys": [key]}
    known = {"x-death": [died, *more], "x-first-death-queue": first_queue, **headers}
    return arrived(headers=known, exchange="", routing_key="mill.dead.v1")


def test_a_message_that_was_delivered_too_often_is_parked_with_where_it_came_from(service_host):
    service_host._park_dead([dead()])

    entry = only(service_host.lot)
    assert (entry.cause, entry.queue) == ("DELIVERY_LIMIT", QUEUE)
    assert (entry.exchange, entry.routing_key) == ("farm.events", "green.sack.sent")


def test_two_replicas_that_are_given_the_same_dead_message_park_it_once(service_host, monkeypatch):
    message, put, is_first = dead(), service_host.lot.put, [True]

    def put_when_the_other_has(*said):
        if is_first and is_first.pop():
            service_host._park_dead([message])
        put(*said)

    monkeypatch.setattr(service_host.lot, "put", put_when_the_other_has)
    service_host._park_dead([message])

    assert only(service_host.lot).cause == "DELIVERY_LIMIT"


def test_an_event_that_the_broker_gave_up_and_that_is_sent_again_is_told_that_it_is_pending(
    service_host, repository
):
    given_up = dead()
    again = arrived()
    again.body = given_up.body
    service_host._park_dead([given_up])
    service_host._park_dead([given_up])  # the broker may bring it twice
    take(service_host.inboxes[QUEUE], [again])

    only(service_host.lot)
    ((_, entry),) = repository.redis.xrange(repository.outbox)
    said = json.loads(OutgoingMessage.of(entry).body)["data"]
    assert (said["outcome"], said["first"]["outcome"]) == ("duplicate", "pending")


def test_a_message_that_was_delivered_too_often_in_a_later_try_can_still_be_sent_back(service_host):
    """Its first death was in a delay level, and its last way led from there."""
    levels = {"queue": "tenglong_celery_delayed_0", "reason": "expired"}
    service_host._park_dead(
        [
            dead(
                first_queue="tenglong_celery_delayed_0",
                exchange="tenglong_celery_delayed_delivery",
                key="0.0.1.mill.inbox.v1",
                more=[levels],
                **{"x-exchange": "farm.events", "x-routing-key": "green.sack.sent"},
            )
        ]
    )

    entry = only(service_host.lot)
    assert (entry.exchange, entry.routing_key) == ("farm.events", "green.sack.sent")
    assert entry.queue == QUEUE


def test_a_message_that_was_delivered_too_often_after_a_replay_keeps_where_it_came_from(
    service_host,
):
    came = {"x-exchange": "farm.events", "x-routing-key": "green.sack.sent", "x-replay": 1}
    service_host._park_dead([dead(exchange="", key=QUEUE, **came)])

    entry = only(service_host.lot)
    assert (entry.exchange, entry.routing_key) == ("farm.events", "green.sack.sent")


@pytest.mark.parametrize("way", ["farm.events", "tenglong_celery_delayed_delivery"])
def test_what_came_round_the_entrance_and_was_given_up_is_not_parked_as_if_it_had_come_by_it(
    service_host, way
):
    own = {"queue": "receipts-green.own", "reason": "expired"}
    service_host._park_dead([dead(exchange=way, more=[own], **{"x-exchange": "farm.events"})])

    assert only(service_host.lot).exchange == DEAD_LETTER


def test_a_death_that_is_there_twice_names_no_exchange(service_host):
    given_up = dead(**{"x-exchange": "farm.events", "x-routing-key": "hill.sack.sent"})
    given_up.headers["x-death"] = [given_up.headers["x-death"], []]  # as it is read
    service_host._park_dead([given_up])

    assert only(service_host.lot).exchange == DEAD_LETTER


def test_a_publisher_cannot_name_the_queue_that_its_message_died_in(service_host):
    service_host._park_dead([dead(first_queue="nowhere")])

    assert only(service_host.lot).queue == QUEUE


def test_a_message_that_the_broker_delivers_twice_to_the_dead_queue_is_parked_once(
    service_host, clock
):
    message = dead()
    service_host._park_dead([message])
    clock.now += timedelta(seconds=1)
    service_host._park_dead([message])

    assert len(service_host.lot.entries()) == 1
    assert IncomingMessage.of(message, "mill").body == only(service_host.lot).bytes


def test_a_message_that_was_done_before_it_was_given_up_is_not_parked(
    service_host, repository, clock
):
    """Its process was killed between the commit and the acknowledgement, again and again."""
    service_host.inboxes[QUEUE].new_service = lambda store: SimpleNamespace(
        store_sack=lambda event: None
    )
    done = arrived()
    take(service_host.inboxes[QUEUE], [done])
    died = dead()
    died.body = done.body

    service_host._park_dead([died])

    assert service_host.lot.entries() == []


def test_a_message_of_a_queue_that_nobody_works_on_is_not_sent_back_there(service_host):
    service_host.inboxes["mill.old.v1"] = service_host.inboxes.pop(QUEUE)
    take(service_host.inboxes["mill.old.v1"], [arrived()])
    entry = only(service_host.lot)
    service_host.inboxes["mill.new.v2"] = service_host.inboxes.pop("mill.old.v1")

    with pytest.raises(Refused, match="QUEUE_RETIRED"):
        service_host.lot.replay(entry.parked_id, "me")

    admin.discard(service_host.lot, service_host.inboxes, entry.parked_id, "me", "of no use")
    assert service_host.lot.entries() == []


def test_a_header_s_name_is_no_longer_than_the_broker_can_take_back(service_host):
    take(service_host.inboxes[QUEUE], [arrived(headers={"填报" * 60: "x"})])

    (name,) = only(service_host.lot).headers
    assert len(name.encode()) <= 255
