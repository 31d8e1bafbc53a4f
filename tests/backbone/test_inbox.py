"""What becomes of messages, down to the outbox: receipts, retries, copies, one commit for many."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from types import SimpleNamespace

import eventlet
import pytest
from greenlet import GreenletExit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marshmallow import Schema, fields
from prometheus_client import REGISTRY, generate_latest
from redis.exceptions import ConnectionError
from structlog.testing import capture_logs

from backbone.amqp.topology import Feed
from backbone.errors import DeadlineExceeded, Permanent, Unavailable
from backbone.inbox.batches import take
from backbone.inbox.inbox import Inbox
from backbone.inbox.incoming import Handler
from backbone.messages.outgoing import OutgoingMessage
from backbone.parking.lot import ParkingLot
from backbone.settings import Settings
from backbone.store.atomic import Commit
from backbone.store.collection import Collection
from backbone.store.redis import connect
from backbone.store.repository import Repository
from backbone.store.unit_of_work import UnitOfWork

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

    def __init__(self, store: UnitOfWork) -> None:
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


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Tracebacks of what is meant to fail take longer to draw than the tests to run."""
    with capture_logs():
        yield


@pytest.fixture
def repository():
    return Repository(
        "mill", connect(f"memory://{uuid.uuid4()}"), [Collection(Silo, key="silo_id")]
    )


@pytest.fixture
def inbox(repository):
    return inbox_of(repository)


def inbox_of(repository, batch=200, source="farm", kind="sack.sent", feed=FARM, **more):
    handler = Handler(source, kind, Sack(), "store_sack")
    chosen = Settings(attempts=2, batch=batch)
    lot = ParkingLot(repository, chosen)
    return Inbox(
        "mill.inbox.v1", chosen, {(source, kind): handler}, [feed],
        lambda: UnitOfWork(repository), Mill, lot, chance=lambda: 0.5, **more,
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


def outbox(repository):
    return [OutgoingMessage.of(entry) for _, entry in repository.redis.xrange(repository.outbox)]


def outcomes(repository):
    said = [json.loads(p.body)["data"] for p in outbox(repository) if p.exchange == "farm.receipts"]
    return [(data["event_id"], data["outcome"]) for data in said]


def sacks(repository, silo="s"):
    stored = repository.load(Silo, silo).thing
    return stored.sacks if stored else ()


def test_what_arrived_together_is_committed_together_in_order(inbox, repository):
    take(inbox, [message(number) for number in (1, 2, 3)])

    assert sacks(repository) == (1, 2, 3)
    assert [outcome for _, outcome in outcomes(repository)] == ["accepted"] * 3


@pytest.mark.parametrize(
    ("look_at_once", "goes"),
    [
        (1, [1, 2, "1 sent", 3, "heard", "1 sent", 4, "heard", "1 sent", "heard"]),
        (4, [1, 2, 3, "2 sent", 4, "heard", "1 sent", "heard"]),
        (200, [1, 2, 3, 4, "3 sent", "heard"]),
    ],
)
def test_what_is_decided_while_the_store_writes_builds_on_what_that_will_leave(
    repository, monkeypatch, look_at_once, goes
):
    monkeypatch.setattr("backbone.inbox.batches.LOOK_AT_ONCE", look_at_once)
    inbox, done, order = inbox_of(repository, batch=2), [], []
    send = repository.atomic.send

    def sending(batches):
        order.append(f"{len(batches)} sent")
        verdict = send(batches)
        return lambda: order.append("heard") or verdict()

    class Noting(Mill):
        def store_sack(self, event):
            order.append(event.data["number"])
            super().store_sack(event)

    monkeypatch.setattr(repository.atomic, "send", sending)
    inbox.new_service = Noting
    take(inbox, [message(number) for number in (1, 2, 3, 1, 4)], done.append)

    assert sacks(repository) == (1, 2, 3, 4)
    assert order == goes
    assert done == [2, 4, 5]
    assert repository.load(Silo, "s").version == 4
    assert [o for _, o in outcomes(repository)] == ["accepted"] * 3 + ["duplicate", "accepted"]


def test_after_a_clash_what_was_decided_behind_it_is_decided_anew(repository):
    inbox, meanwhile = inbox_of(repository, batch=1), [[message(7)]]

    class Interrupted(Mill):
        def store_sack(self, event):
            super().store_sack(event)
            if event.data["number"] == 2 and meanwhile:
                take(inbox_of(repository), meanwhile.pop())

    inbox.new_service = Interrupted
    take(inbox, [message(number) for number in (1, 2, 3, 4)])

    assert [number for number in sacks(repository) if number != 7] == [1, 2, 3, 4]
    assert 7 in sacks(repository)
    assert [outcome for _, outcome in outcomes(repository)] == ["accepted"] * 5


def test_what_is_looked_for_is_looked_for_where_all_before_it_is_written(repository):
    inbox, found = inbox_of(repository, batch=1), []

    class Looking(Mill):
        def store_sack(self, event):
            found.append(sorted(silo.silo_id for silo in self.store.find(Silo)))
            super().store_sack(event)

    inbox.new_service = Looking
    take(inbox, [message(number, silo=f"s{number}") for number in (1, 2, 3)])

    assert found == [[], ["s1"], ["s1", "s2"]]


@pytest.mark.parametrize("hindrance", [Unavailable("away"), "z" * 300_000])
def test_nothing_that_waits_behind_a_message_that_could_not_be_decided_is_done_before_it(
    repository, monkeypatch, hindrance
):
    monkeypatch.setattr("backbone.inbox.batches.LOOK_AT_ONCE", 2)
    inbox, hindrances = inbox_of(repository, batch=1), [hindrance]

    class Hindered(Mill):
        def store_sack(self, event):
            if event.data["number"] == 1 and isinstance(hindrance, Exception) and hindrances:
                raise hindrances.pop()
            if event.data["number"] == 4:
                self.store.find(Silo)  # all before it is written
            super().store_sack(event)
            if event.data["number"] == 1 and hindrances:  # what follows cannot be told
                self.store.step.outgoing.append(OutgoingMessage("x", "y", hindrance.encode()))

    inbox.new_service = Hindered
    messages = [message(number) for number in (1, 2, 3, 4)]
    if isinstance(hindrance, Exception):
        with pytest.raises(Unavailable):
            take(inbox, messages)
        assert sacks(repository) == ()
    take(inbox, messages)

    assert sacks(repository) == tuple(range(1 if not hindrances else 2, 5))
    assert len(outcomes(repository)) == len({event for event, _ in outcomes(repository)}) == 4


def test_a_second_sending_is_answered_though_what_was_sent_before_it_had_been_done_meanwhile(
    repository,
):
    inbox, meanwhile = inbox_of(repository, batch=1), [[message(1)]]
    take(inbox, [message(9)])

    class Overtaken(Mill):
        def store_sack(self, event):
            if meanwhile:
                take(inbox_of(repository), meanwhile.pop())
            super().store_sack(event)

    inbox.new_service = Overtaken
    take(inbox, [message(1, silo="other"), message(9)])

    assert outcomes(repository)[-1] == ("sack-9", "duplicate")


def test_who_waits_too_long_for_what_was_before_it_fails_alone(repository, monkeypatch):
    inbox, calls, send = inbox_of(repository, batch=1), [], repository.atomic.send

    def slow(batches):
        calls.append(len(batches))
        if len(calls) == 1:
            raise DeadlineExceeded("while the store was asked for what is before the second")
        return send(batches)

    class Looking(Mill):
        def store_sack(self, event):
            if event.data["number"] == 2:
                self.store.find(Silo)
            super().store_sack(event)

    monkeypatch.setattr(repository.atomic, "send", slow)
    inbox.new_service = Looking
    two = [message(1), message(2)]
    with pytest.raises(Unavailable):
        take(inbox, two)
    take(inbox, two)

    assert sacks(repository) == (1, 2)
    assert retries(repository) == []


@given(st.data())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_others_write_meanwhile_and_whichever_answers_are_lost_order_and_effects_hold(
    repository, data
):
    repository.redis.flushall()
    inbox = inbox_of(repository, batch=data.draw(st.sampled_from([1, 2, 200])))
    silos = data.draw(st.lists(st.sampled_from("ab"), min_size=1, max_size=12))
    torn = iter(data.draw(st.lists(st.booleans(), max_size=12)))
    stranger = count(100)

    class Interrupted(Mill):
        def store_sack(self, event):
            super().store_sack(event)
            if next(torn, False):
                take(inbox_of(repository), [message(next(stranger), silo=event.data["silo"])])

    inbox.new_service = Interrupted
    lossy = Lossy(repository, data.draw(st.lists(st.booleans(), max_size=12)))
    rest, over = [message(number, silo=silo) for number, silo in enumerate(silos)], [0]
    while rest:  # as the consumer does, which holds what is not done
        with suppress(Unavailable):
            take(inbox, rest, over.append)
        rest, over = rest[over[-1] :], [0]
    lossy.end()

    for each in "ab":
        ours = [number for number in sacks(repository, each) if number < 100]
        assert ours == [number for number, silo in enumerate(silos) if silo == each]
    accepted = [event for event, outcome in outcomes(repository) if outcome == "accepted"]
    everything = [*range(len(silos)), *range(100, next(stranger))]
    assert sorted(accepted) == sorted(f"sack-{number}" for number in everything)
    assert len(outcomes(repository)) == len(accepted)


def test_what_was_done_alone_before_an_outage_is_called_no_duplicate_after_it(repository):
    inbox, calls, stranger = inbox_of(repository, batch=2), [], count(100)

    class Interrupted(Mill):
        def store_sack(self, event):
            calls.append(event.data["number"])
            if calls.count(2) == 3 and calls[-1] == 2:  # twice with the first, then alone
                raise Unavailable("the store is away for a moment")
            super().store_sack(event)
            if calls in ([1], [1, 2, 1]):
                take(inbox_of(repository), [message(next(stranger))])

    inbox.new_service = Interrupted
    two = [message(1), message(2)]
    with pytest.raises(Unavailable):
        take(inbox, two)
    assert sacks(repository)[-1] == 1, "the first is in"
    take(inbox, two)

    assert sacks(repository)[-2:] == (1, 2)
    assert {outcome for _, outcome in outcomes(repository)} == {"accepted"}


def test_two_copies_that_arrive_together_take_effect_once(inbox, repository):
    take(inbox, [message(1), message(1)])

    assert sacks(repository) == (1,)
    assert outcomes(repository) == [("sack-1", "accepted"), ("sack-1", "duplicate")]


def test_a_copy_that_the_broker_made_is_answered_by_nobody(inbox, repository):
    take(inbox, [message(1)])
    take(inbox, [message(1, redelivered=True)])

    assert outcomes(repository) == [("sack-1", "accepted")]


def test_one_that_fails_leaves_the_others_in_the_batch_applied(inbox, repository):
    take(inbox, [message(1), message(-1), message(2)])

    assert sacks(repository) == (1, 2)
    retry = next(posting for posting in outbox(repository) if posting.delay_s)
    assert (retry.exchange, retry.routing_key) == ("", "mill.inbox.v1")
    assert retry.headers["x-attempt"] == 2
    assert retry.headers["x-routing-key"] == "green.sack.sent"


def test_a_failed_try_that_the_broker_delivers_again_is_not_tried_twice(inbox, repository):
    take(inbox, [message(-1)])
    take(inbox, [message(-1, redelivered=True)])

    assert len(outbox(repository)) == 1


def test_after_the_last_try_it_is_parked_and_a_replay_starts_afresh(inbox, repository):
    take(
        inbox, [message(-1, x_attempt=2, x_exchange="farm.events", x_routing_key="green.sack.sent")]
    )

    entry = inbox.lot.entries()[0]
    assert (entry["attempts"], entry["cause"]) == (2, "RuntimeError")
    inbox.lot.replay(entry["parked_id"], "me")
    replayed = outbox(repository)[-1]
    assert replayed.headers["x-replay"] == 1
    assert replayed.body == message(-1).body


def test_an_event_that_waits_in_the_lot_and_is_sent_again_is_told_so(inbox, repository):
    take(inbox, [message(-2)])
    take(inbox, [message(-2)])

    receipt = json.loads(outbox(repository)[-1].body)["data"]
    assert (receipt["outcome"], receipt["first"]["outcome"]) == ("duplicate", "pending")
    assert len(inbox.lot.entries()) == 1


def test_an_outage_behind_a_handler_writes_nothing_and_is_passed_on(inbox, repository):
    with pytest.raises(Unavailable):
        take(inbox, [message(1), message(-3)])

    assert sacks(repository) == ()
    assert outbox(repository) == []


def test_a_clash_with_somebody_else_is_decided_again_and_loses_nothing(inbox, repository):
    others = inbox_of(repository)
    meanwhile = iter([[message(7)], [], [], []])

    class Interrupted(Mill):
        def store_sack(self, event):
            super().store_sack(event)
            take(others, next(meanwhile) or [message(8, redelivered=True)])

    inbox.new_service = Interrupted
    take(inbox, [message(1), message(2)])

    assert sorted(sacks(repository)) == [1, 2, 7, 8]


def test_nobody_can_claim_what_another_was_answered(inbox, repository):
    take(inbox, [message(1)])
    stranger = message(1)
    stranger.delivery_info["routing_key"] = "moon.sack.sent"

    take(inbox, [stranger])

    assert [outcome for _, outcome in outcomes(repository)] == ["accepted", "refused"]


@given(st.data(), st.lists(st.integers(0, 5), min_size=1, max_size=15))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_however_often_and_in_whatever_batches_they_come_each_takes_effect_once(
    repository, data, numbers
):
    repository.redis.flushall()
    inbox = inbox_of(repository, batch=data.draw(st.sampled_from([1, 2, 200])))
    while numbers:
        size = data.draw(st.integers(1, len(numbers)))
        take(
            inbox,
            [message(number, redelivered=data.draw(st.booleans())) for number in numbers[:size]],
        )
        numbers, before = numbers[size:], numbers
        assert set(before[:size]) <= set(sacks(repository))

    assert len(sacks(repository)) == len(set(sacks(repository)))
    accepted = [event for event, outcome in outcomes(repository) if outcome == "accepted"]
    assert sorted(accepted) == sorted(f"sack-{number}" for number in sacks(repository))


def raw(body=b"{}", headers=None, key="green.sack.sent", content_type="application/json"):
    """A message of any bytes, as it came from a farm."""
    came = {"exchange": "farm.events", "routing_key": key, "redelivered": False}
    return SimpleNamespace(
        body=body, content_type=content_type, headers=headers, delivery_info=came
    )


def binary(number=1, event_id="binary", **more):
    """The same event in binary form; `more` are further headers."""
    headers = {
        "ce-specversion": "1.0",
        "ce-id": event_id,
        "ce-source": "/farms/green",
        "ce-type": "sack.sent",
        "ce-time": "2023-08-01T09:30:00+08:00",
    }
    body = json.dumps({"silo": "s", "number": number}).encode()
    return raw(body, headers | {name.replace("_", "-"): value for name, value in more.items()})


def retries(repository):
    return [posting for posting in outbox(repository) if posting.routing_key == "mill.inbox.v1"]


def come_back(posting):
    """A posting of ours as it arrives after its delay."""
    return SimpleNamespace(
        body=posting.body,
        content_type=posting.content_type,
        headers=posting.headers,
        delivery_info={
            "exchange": "tenglong_celery_delayed_delivery",
            "routing_key": "0.0.1.mill.inbox.v1",
            "redelivered": False,
        },
    )


def counted(name, **labels):
    return REGISTRY.get_sample_value(f"tenglong_{name}_total", {"service": "mill", **labels}) or 0


def test_one_that_fails_among_ten_leaves_nine_applied_in_one_commit(inbox, repository, monkeypatch):
    commits = []
    send = repository.atomic.send
    monkeypatch.setattr(
        repository.atomic, "send", lambda batches: commits.extend(batches) or send(batches)
    )

    take(inbox, [message(-1 if number == 4 else number) for number in range(10)])

    assert sacks(repository) == (0, 1, 2, 3, 5, 6, 7, 8, 9)
    assert len(commits) == 1
    assert (len(retries(repository)), len(outcomes(repository))) == (1, 9)


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (raw(b"\xff\xfe"), "NOT_JSON"),
        (raw(b"[]"), "NOT_A_CLOUDEVENT"),
        (raw(b"{}"), "MISSING_ATTRIBUTE"),
        (raw(b"<x/>", content_type="text/xml"), "UNSUPPORTED_CONTENT_TYPE"),
        (raw(message().body, key="moon.sack.sent"), "UNKNOWN_PUBLISHER"),
        (raw(message().body, key="green.sugar.sent"), "WRONG_TYPE"),
        (raw(message().body, key=""), "UNKNOWN_PUBLISHER"),
        (message("many"), "INVALID"),
        (binary(ce_time="0001-01-01T00:00:00+08:00"), "BAD_TIME"),
        (binary(ce_source="/farms/hill"), "WRONG_SOURCE"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_taken_is_refused_with_its_reason_beside_one_that_can(
    inbox, repository, bad, code
):
    take(inbox, [message(1), bad, message(2)])

    assert sacks(repository) == (1, 2)
    said = [json.loads(posting.body)["data"] for posting in outbox(repository)]
    assert [receipt["outcome"] for receipt in said] == ["accepted", "refused", "accepted"]
    assert said[1]["reasons"][0]["code"] == code
    assert said[1]["body_sha256"] == hashlib.sha256(bad.body).hexdigest()


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (raw(b'{"id": "e", "source": "/farms/green", "type": "sack.sent"}'), ("e", "/farms/green")),
        (raw(b'{"id": 7, "source": "/farms/green"}'), (None, "/farms/green")),
        (binary(ce_specversion="9"), ("binary", "/farms/green")),
        (raw(b"\xff"), (None, None)),
    ],
    ids=["a version is missing", "the id is no text", "of another version", "no JSON"],
)
def test_the_receipt_names_a_broken_event_as_far_as_it_can_be_read(inbox, repository, bad, told):
    take(inbox, [bad])

    receipt = json.loads(outbox(repository)[0].body)["data"]
    assert (receipt["event_id"], receipt["event_source"]) == told


def test_an_event_whose_queue_is_missing_is_sent_on_to_it_and_not_refused(repository):
    declared = []
    strays = Inbox(
        "mill.strays.v1", Settings(), {}, [FARM], lambda: UnitOfWork(repository), Mill,
        ParkingLot(repository, Settings()), types={"farm": ["sack.sent"]}, declare=lambda: declared.append(1),
    )  # fmt: skip
    event, unknown = message(1), raw(message(2).body, key="green.sugar.sent")

    take(strays, [event, unknown])
    take(strays, [event])  # it is none that was done before

    assert declared == [1, 1]
    first, refusal, second = outbox(repository)
    assert (first.exchange, first.routing_key, first.body) == (
        "farm.events", "green.sack.sent", event.body
    )  # fmt: skip
    assert second == first
    assert json.loads(refusal.body)["data"]["outcome"] == "refused"


def test_a_type_that_nobody_hears_is_answered_with_those_that_are_heard(repository):
    strays = Inbox(
        "mill.strays.v1", Settings(), {}, [FARM], lambda: UnitOfWork(repository), Mill,
        ParkingLot(repository, Settings()), types={"farm": ["flour.sent", "sack.sent"]},
    )  # fmt: skip
    body = message(1).body.replace(b"sack.sent", b"sugar.sent")

    take(strays, [raw(body, key="green.sugar.sent")])

    (reason,) = json.loads(outbox(repository)[0].body)["data"]["reasons"]
    assert (reason["code"], reason["field"]) == ("UNKNOWN_TYPE", "type")
    assert "there are flour.sent, sack.sent." in reason["sentence"]
    assert reason["sentence"].endswith("Did you mean sack.sent or flour.sent?")


def test_a_refused_event_that_is_corrected_may_keep_its_id(inbox, repository):
    take(inbox, [message("many", event_id="e")])
    take(inbox, [message("many", event_id="e"), message(3, event_id="e")])

    assert outcomes(repository) == [("e", "refused"), ("e", "duplicate"), ("e", "accepted")]
    assert sacks(repository) == (3,)


def test_another_body_under_an_accepted_id_is_told_that_the_first_stands(inbox, repository):
    take(inbox, [message(1, event_id="e")])
    take(inbox, [message(1, event_id="e")])
    take(inbox, [message(2, event_id="e")])

    _, same, other = (json.loads(posting.body)["data"] for posting in outbox(repository))
    assert (same["outcome"], other["outcome"]) == ("duplicate", "duplicate")
    assert "note" not in same
    assert "Another body was accepted under this id" in other["note"]
    assert sacks(repository) == (1,)


def test_an_event_of_a_day_on_which_its_publisher_was_not_known_is_told_of_its_time(repository):
    since_2024 = replace(FARM, knows=lambda code, day: code == "green" and day.year >= 2024)
    inbox = inbox_of(repository, feed=since_2024)

    take(inbox, [message(1)])

    (reason,) = json.loads(outbox(repository)[0].body)["data"]["reasons"]
    assert (reason["code"], reason["field"]) == ("UNKNOWN_PUBLISHER", "time")
    assert "was not on 2023-08-01" in reason["sentence"]


def test_a_routing_key_without_a_type_is_one_mistake_and_not_four(inbox, repository):
    take(inbox, [raw(message().body, key="green")])

    (reason,) = json.loads(outbox(repository)[0].body)["data"]["reasons"]
    assert (reason["code"], reason["field"]) == ("UNKNOWN_PUBLISHER", "routing_key")


def test_a_receipt_is_routed_by_the_code_of_the_publisher_and_need_not_be_heard(inbox, repository):
    take(inbox, [message(1)])

    (receipt,) = outbox(repository)
    assert (receipt.exchange, receipt.routing_key) == ("farm.receipts", "green")
    assert receipt.mandatory is False
    data = json.loads(receipt.body)["data"]
    assert (data["event_source"], data["event_type"]) == ("/farms/green", "sack.sent")
    assert data["received_by"] == "mill"


def test_a_handler_may_leave_a_note_in_the_receipt_and_a_copy_is_told_it_too(inbox, repository):
    class Noting(Mill):
        def store_sack(self, event):
            super().store_sack(event)
            return "the silo is full now"

    inbox.new_service = Noting
    take(inbox, [message(1)])
    take(inbox, [message(1)])

    first, again = (json.loads(posting.body)["data"] for posting in outbox(repository))
    assert first["note"] == again["first"]["note"] == "the silo is full now"


def test_a_retry_that_fails_again_is_parked_with_its_tries_counted(inbox, repository):
    take(inbox, [message(-1)])
    take(inbox, [come_back(retries(repository)[0])])

    entry = inbox.lot.entries()[0]
    assert (entry["attempts"], entry["routing_key"]) == (2, "green.sack.sent")
    assert inbox.lot.get(entry["parked_id"]).bytes == message(-1).body
    assert len(retries(repository)) == 1


def test_the_broker_s_own_record_of_a_death_does_not_travel_with_the_next_try(inbox, repository):
    """A broker drops a message that carries one on its way through the delay levels: it takes the
    way that the levels share for a loop."""
    first = message(-1)
    first.headers = {
        "x-death": [{"queue": "tenglong_celery_delayed_0", "reason": "expired", "count": 1}],
        "x-first-death-queue": "tenglong_celery_delayed_0",
        "x-first-death-reason": "expired",
        "x-first-death-exchange": "tenglong_celery_delayed_27",
        "x-last-death-queue": "tenglong_celery_delayed_0",
        "x-last-death-reason": "expired",
        "x-last-death-exchange": "tenglong_celery_delayed_27",
        "own": "kept",
    }
    take(inbox, [first])

    headers = retries(repository)[0].headers
    assert headers["own"] == "kept"
    assert [name for name in headers if "death" in name] == []


def test_the_broker_s_own_record_of_a_death_does_not_travel_with_a_replay(inbox, repository):
    parked = message(-2)
    parked.headers = {"x-death": [{"queue": "q", "reason": "expired", "count": 1}]}
    take(inbox, [parked])

    inbox.lot.replay(inbox.lot.entries()[0]["parked_id"], "me")

    assert "x-death" not in retries(repository)[-1].headers


@pytest.mark.parametrize("number", [1, -1, -2], ids=["good", "failing", "parked"])
@pytest.mark.parametrize(
    "odd",
    [
        {"own": float("nan")},
        {"own": float("inf")},
        {"own": "\ud800"},
        {"own": b"\xff"},
        {"own": {"deep": [datetime(2023, 8, 1), b"x", {"a": None}]}},  # noqa: DTZ001 - as amqp reads it
        {"own\ud800": 1},
        {"ce_correlationid": "\ud800"},
        {"ce_subject": "\ud800"},
        {"ce_id": "\ud800"},
        {"ce_source": "\ud800"},
        {"ce_type": "\ud800"},
        {"ce_id": {"a": 1}},
    ],
    ids=ascii,
)
def test_no_header_of_a_publisher_can_hold_up_the_messages_beside_it(
    inbox, repository, odd, number
):
    """A client may write any bytes into a header; the AMQP library hands over even such text as
    no encoder takes."""
    take(inbox, [message(1), binary(number, **odd), message(2)])

    assert (
        next(event for event, outcome in outcomes(repository) if outcome == "accepted") == "sack-1"
    )
    assert {1, 2} <= set(sacks(repository))


@pytest.mark.parametrize("number", [1, -1, -2], ids=["good", "failing", "parked"])
@pytest.mark.parametrize("field", ["routing_key", "content_type"])
def test_no_property_of_a_message_can_hold_up_the_messages_beside_it(
    inbox, repository, field, number
):
    odd = binary(number)
    if field == "routing_key":
        odd.delivery_info["routing_key"] = "green.\ud800"
    else:
        odd.content_type = "application/json; \ud800"

    take(inbox, [message(1), odd, message(2)])

    assert {1, 2} <= set(sacks(repository))


class Counting(Mill):
    """Saves without a look at what is there."""

    def store_sack(self, event):
        self.store.save(Silo(silo_id=event.data["silo"], sacks=(event.data["number"],)))
        self.store.save(Silo(silo_id=f"copy of {event.data['silo']}", sacks=(0,)))


def test_what_is_new_is_saved_without_asking_for_it_first(inbox, repository, monkeypatch):
    asked = []
    call = repository.call
    monkeypatch.setattr(repository, "call", lambda *given: asked.append(given[0]) or call(*given))
    inbox.new_service = Counting

    take(inbox, [message(number, silo=f"s{number}") for number in (1, 2, 3)])

    assert asked == ["mget"]
    assert sacks(repository, "copy of s3") == (0,)


def test_what_was_taken_for_new_and_is_not_is_decided_again_with_what_is_there(inbox, repository):
    take(inbox, [message(7, silo="copy of s2")])
    inbox.new_service = Counting

    take(inbox, [message(number, silo=f"s{number}") for number in (1, 2, 3)])

    assert sacks(repository, "copy of s2") == (0,)
    assert repository.load(Silo, "copy of s2").version == 2
    changes = repository.history(Silo, "copy of s2")
    assert [change["changed"]["sacks"] for change in changes] == [[7], [0]]
    assert len(outcomes(repository)) == 4


def test_a_handler_that_computes_too_long_between_reads_counts_as_failed(redis_url):
    """It is most likely in the middle of a read when its time is up: that is no outage."""

    class Slow(Mill):
        def store_sack(self, event):
            until = time.monotonic() + 5
            while time.monotonic() < until:
                self.store.repository.page(Silo, {})

    repository = Repository("mill", connect(redis_url), [Collection(Silo, key="silo_id")])
    inbox = inbox_of(repository)
    inbox.settings = replace(inbox.settings, handler_deadline_s=1)
    inbox.new_service = Slow

    take(inbox, [message(1)])

    assert [posting.headers["x-attempt"] for posting in retries(repository)] == [2]


def test_a_handler_that_waits_too_long_counts_as_failed(inbox, repository):
    class Asleep(Mill):
        def store_sack(self, event):
            eventlet.sleep(60)

    inbox.settings = replace(inbox.settings, handler_deadline_s=1)
    inbox.new_service = Asleep
    take(
        inbox, [message(1, x_attempt=2, x_exchange="farm.events", x_routing_key="green.sack.sent")]
    )

    assert inbox.lot.entries()[0]["cause"] == "DeadlineExceeded"


def test_what_a_publisher_says_of_tries_and_replays_is_not_believed(inbox, repository):
    liar = message(-1)
    liar.headers = {"x-attempt": 99, "x-replay": 7, "x-exchange": "e", "x-routing-key": "k"}

    take(inbox, [liar])

    assert retries(repository)[0].headers["x-attempt"] == 2
    assert retries(repository)[0].headers["x-routing-key"] == "green.sack.sent"
    assert inbox.lot.entries() == []


def test_a_fact_of_a_service_is_answered_by_no_receipt_and_parked_when_it_breaks_the_contract(
    repository,
):
    inbox = inbox_of(repository, source="bakery", kind="sack_sent")
    for number in (1, "many"):
        fact = message(number)
        fact.delivery_info |= {"exchange": "bakery.events", "routing_key": "sack_sent"}
        take(inbox, [fact])

    assert sacks(repository) == (1,)
    assert outbox(repository) == []
    assert [entry["cause"] for entry in inbox.lot.entries()] == ["INVALID"]


def test_a_commit_whose_answer_was_lost_takes_effect_once_and_answers_once(
    inbox, repository, monkeypatch
):
    send, lost = repository.atomic.send, []

    def lose_the_first_answer(batches):
        verdict = send(batches)
        if not lost:
            lost.append(verdict())
            return send(batches)  # as is done when the connection drops
        return verdict

    monkeypatch.setattr(repository.atomic, "send", lose_the_first_answer)
    take(inbox, [message(1), message(2)])

    assert sacks(repository) == (1, 2)
    assert [outcome for _, outcome in outcomes(repository)] == ["accepted", "accepted"]


def test_what_nobody_knows_is_counted_as_unknown(inbox):
    before = counted("refused", publisher="unknown", type="unknown", code="UNKNOWN_PUBLISHER")
    strange = f"x{uuid.uuid4().hex}"

    take(inbox, [raw(message().body, key=f"{strange}.{strange}")])

    after = counted("refused", publisher="unknown", type="unknown", code="UNKNOWN_PUBLISHER")
    assert after == before + 1
    assert strange.encode() not in generate_latest(REGISTRY)


def test_facts_that_no_service_announces_are_counted_under_one_label(repository):
    """Who hears whatever a service announces would keep a series for each name that is made up."""
    hears_all = inbox_of(repository, source="barn", kind="#", types={"barn": ["sack_sent"]})
    before, known = counted("handled", type="other"), counted("handled", type="sack_sent")
    strange = [f"x{uuid.uuid4().hex}" for _ in range(3)]

    for number, name in enumerate([*strange, "sack_sent"], 1):
        fact = message(number)
        fact.delivery_info |= {"exchange": "barn.events", "routing_key": name}
        take(hears_all, [fact])

    assert counted("handled", type="other") == before + 3
    assert counted("handled", type="sack_sent") == known + 1
    assert not any(name.encode() in generate_latest(REGISTRY) for name in strange)


def test_an_exchange_that_a_sender_makes_up_is_no_label(inbox):
    strange = f"x{uuid.uuid4().hex}"
    made_up = message(x_exchange=f"{strange}.events", x_routing_key=strange)

    take(inbox, [made_up, made_up])

    assert strange.encode() not in generate_latest(REGISTRY)


def test_each_outcome_is_counted(inbox):
    labels = {"publisher": "green", "type": "sack.sent"}
    names = ("received", "accepted", "duplicate")
    before = [counted(name, **labels) for name in names]

    take(inbox, [message(1), message(1), message(-1), message("many")])

    changed = [counted(name, **labels) - was for name, was in zip(names, before, strict=True)]
    assert changed == [3, 1, 1]  # the one that is tried again is counted when it is dealt with
    assert counted("retried", type="sack.sent") > 0


@given(st.data(), st.lists(st.integers(0, 6), min_size=1, max_size=12), st.sets(st.integers(0, 6)))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_in_any_order_with_copies_and_failed_first_tries_the_end_is_the_same(
    repository, data, numbers, fail_first
):
    """Retries come back in between, as they would, and some of them twice."""
    repository.redis.flushall()
    inbox = inbox_of(repository, batch=data.draw(st.sampled_from([1, 2, 200])))
    tried, waiting = set(), [message(number) for number in numbers]

    class Flaky(Mill):
        def store_sack(self, event):
            number = event.data["number"]
            if number in fail_first and number not in tried:
                tried.add(number)
                raise RuntimeError("the belt tore")
            super().store_sack(event)

    inbox.new_service = Flaky
    fetched = 0
    while waiting:
        waiting = data.draw(st.permutations(waiting))
        size = data.draw(st.integers(1, len(waiting)))
        take(inbox, waiting[:size])
        again = [come_back(posting) for posting in retries(repository)]
        waiting = waiting[size:] + again[fetched:] * data.draw(st.integers(1, 2))
        fetched = len(again)

    assert sorted(sacks(repository)) == sorted(set(numbers))
    accepted = [event for event, outcome in outcomes(repository) if outcome == "accepted"]
    assert sorted(accepted) == sorted({f"sack-{number}" for number in numbers})
    assert inbox.lot.entries() == []


odd_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.binary(max_size=5)
    | st.text(max_size=5)
    | st.text(st.characters(categories=["Cs"]), max_size=2)
    | st.datetimes(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=5,
)
odd_headers = st.dictionaries(
    st.sampled_from(["ce-id", "ce-source", "ce-type", "ce-time", "ce-correlationid", "x-attempt"])
    | st.text(max_size=6),
    odd_values,
    max_size=4,
)


@given(st.sampled_from([1, -1, -2]), odd_headers, st.none() | st.binary(max_size=20))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_a_publisher_sends_is_dealt_with(repository, number, headers, body):
    repository.redis.flushall()
    inbox, odd = inbox_of(repository), binary(number)
    odd.headers |= headers
    odd.body = odd.body if body is None else body

    take(inbox, [odd, message(3)])

    assert 3 in sacks(repository)
    assert len(outbox(repository)) + len(inbox.lot.entries()) == 2


@pytest.mark.parametrize("batch", [1, 2, 200])
def test_what_cannot_be_written_counts_as_failed_and_takes_no_other_along(repository, batch):
    inbox = inbox_of(repository, batch)

    class Scribbling(Mill):
        def store_sack(self, event):
            super().store_sack(event)
            if event.data["number"] == 7:
                self.store.save(Silo(silo_id="half a character: \ud800"))

    inbox.new_service = Scribbling
    take(inbox, [message(1), message(7), message(2)])

    assert sacks(repository) == (1, 2)
    assert [posting.headers["x-attempt"] for posting in retries(repository)] == [2]
    assert len(outcomes(repository)) == 2


def test_no_message_is_blamed_for_what_may_be_due_to_another_that_was_sent_with_it(
    repository, monkeypatch
):
    send, bad = repository.atomic.send, repository.mark("mill.inbox.v1", "/farms/green sack-2")

    def sending(batches):
        if any(bad in each.marks for each in batches):
            raise ValueError("these bytes cannot be sent")
        return send(batches)

    monkeypatch.setattr(repository.atomic, "send", sending)
    take(inbox_of(repository, batch=1), [message(number) for number in (1, 2, 3)])

    assert sacks(repository) == (1, 3)
    assert [json.loads(retry.body)["data"]["number"] for retry in retries(repository)] == [2]


def test_an_event_that_is_too_long_is_refused_unread(inbox, repository):
    long = message(1)
    long.body = long.body.replace(b"sack-1", b"x" * 1_048_576)

    take(inbox, [long, message(2)])

    assert sacks(repository) == (2,)
    refused = json.loads(outbox(repository)[0].body)["data"]
    assert refused["reasons"][0]["code"] == "TOO_LARGE"


@pytest.mark.parametrize("levels", [40, 300, 60_000], ids="{} levels".format)
@pytest.mark.parametrize("where", ["body", "data_base64"])
def test_an_event_that_is_nested_too_deep_is_refused_and_holds_up_nobody(
    inbox, repository, levels, where
):
    deep, nested = message(1), b"[" * levels + b"]" * levels
    data = b"%b" % nested if where == "body" else b'"%b"' % base64.b64encode(nested)
    named = b"data" if where == "body" else where.encode()
    deep.body = re.sub(rb'"data": {.*?}', b'"%b": %b' % (named, data), deep.body)

    take(inbox, [deep, message(2)])

    assert sacks(repository) == (2,)
    refused = json.loads(outbox(repository)[0].body)["data"]
    assert [(each["code"], each["field"]) for each in refused["reasons"]] == [("TOO_DEEP", where)]
    assert "more than 32 deep" in refused["reasons"][0]["sentence"]


def test_the_receipt_of_an_event_that_is_nested_too_deep_says_which_it_was(inbox, repository):
    deep = message(1)
    deep.body = deep.body.replace(b'"s"', b"[" * 100 + b"]" * 100)

    take(inbox, [deep])

    refused = json.loads(outbox(repository)[0].body)["data"]
    assert (refused["event_id"], refused["outcome"]) == ("sack-1", "refused")


class Lossy:
    """Redis does what it is told; of its answers to commits those are lost that are said to be."""

    def __init__(self, repository, losses=(True,)):
        self.pool, self.losses, self.lost = repository.redis.connection_pool, iter(losses), []
        self.get, self.pool.get_connection = self.pool.get_connection, self.get_one

    def get_one(self, *said):
        connection = self.get(*said)
        if "read_response" not in vars(connection):
            connection.read_response = self.lose(connection.read_response)
        return connection

    def lose(self, read):
        def losing(*said, **more):
            answer = read(*said, **more)
            is_commit = isinstance(answer, list) and answer[0] and answer[0][0] == b"done"
            if is_commit and next(self.losses, False):
                self.lost.append(answer)
                raise ConnectionError("the answer was lost")
            return answer

        return losing

    def end(self):
        del self.pool.get_connection
        for connection in self.pool._available_connections:
            vars(connection).pop("read_response", None)


def test_a_duplicate_is_told_once_though_the_answer_of_its_commit_was_lost(inbox, repository):
    take(inbox, [message(1)])
    Lossy(repository)
    again = message(1)
    with pytest.raises(Unavailable):
        take(inbox, [again])
    take(inbox, [again])  # as the consumer does, which holds it

    assert [outcome for _, outcome in outcomes(repository)] == ["accepted", "duplicate"]


def test_an_event_is_accepted_once_though_the_answer_of_its_commit_was_lost(inbox, repository):
    take(inbox, [message(1)])  # from then on Redis knows the script
    lossy = Lossy(repository)
    take(inbox, [message(2)])

    assert lossy.lost
    assert sacks(repository) == (1, 2)
    assert [outcome for _, outcome in outcomes(repository)] == ["accepted"] * 2


def test_an_outage_that_did_not_touch_a_duplicate_does_not_silence_it(repository, monkeypatch):
    inbox = inbox_of(repository, batch=1)
    take(inbox, [message(1)])
    send, away = repository.atomic.send, [True]

    def sending(batches):
        if away:
            raise Unavailable("Redis is away")
        return send(batches)

    monkeypatch.setattr(repository.atomic, "send", sending)
    two = [message(2), message(1)]
    with pytest.raises(Unavailable):
        take(inbox, two)
    away.clear()
    take(inbox, two)

    assert [o for _, o in outcomes(repository)] == ["accepted", "accepted", "duplicate"]


@pytest.mark.parametrize("problem", [TimeoutError("frozen"), GreenletExit(), ValueError("no text")])
def test_no_connection_is_lost_from_the_pool_by_a_commit_that_could_not_be_sent(
    inbox, repository, monkeypatch, problem
):
    take(inbox, [message(1)])
    pool = repository.redis.connection_pool

    def fail(*_):
        raise problem

    for connection in pool._available_connections:
        monkeypatch.setattr(connection, "send_command", fail)
    with pytest.raises(type(problem)):
        repository.atomic.send([Commit()])
    assert not pool._in_use_connections


@pytest.mark.parametrize("document", [b"rubbish", b"1 2023-08-01 {", b"1 2023-08-01 {}"])
def test_a_message_about_a_damaged_thing_is_parked_at_once_and_names_its_key(
    inbox, repository, document
):
    repository.redis.set("{mill}:silo:s", document)
    take(inbox, [message(1), message(2, silo="t")])

    [parked] = inbox.lot.entries()
    assert (parked["cause"], parked["attempts"]) == ("Damaged", 1)
    assert "The silo s cannot be read" in parked["sentence"]
    assert "{mill}:silo:s" in parked["sentence"]
    assert repository.redis.get("{mill}:silo:s") == document
    assert sacks(repository, "t") == (2,)
