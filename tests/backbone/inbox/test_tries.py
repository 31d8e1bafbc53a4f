"""What could not be done is tried again, in its turn, and set aside after the last try."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import datetime

import eventlet
import pytest
from prometheus_client import generate_latest

from backbone.amqp.origin import DEAD_LETTER
from backbone.amqp.topology import DELIVERY
from backbone.errors import Unavailable
from backbone.inbox.batches import take
from backbone.logs import digest
from backbone.store.collection import Collection
from backbone.store.redis import connect
from backbone.store.repository import Repository
from tests.support.logged import NAME, logged

from .mill import Mill, Silo, binary, inbox_of, message, outbox, outcomes, retries, sacks


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


def test_a_handler_that_fails_at_a_name_names_nobody_but_to_whoever_sees_the_parked_message(
    inbox, monkeypatch
):
    def fail(*_):
        raise KeyError(NAME)

    monkeypatch.setattr(Mill, "store_sack", fail)
    again = {"x_attempt": 2, "x_exchange": "farm.events", "x_routing_key": "green.sack.sent"}
    with logged() as written:
        take(inbox, [message(event_id=NAME)])
        take(inbox, [message(event_id=NAME, **again)])

    tried, parked = written()
    assert (tried["event"], parked["event"]) == ("try_failed", "parked")
    assert tried["event_id"] == parked["event_id"] == digest(NAME)
    for entry in (tried, parked):
        assert entry["exception"].splitlines()[-1] == "KeyError"
        assert ", in fail\n" in entry["exception"]
    assert NAME not in str(written())
    assert NAME.split()[0] not in generate_latest().decode()
    assert NAME in inbox.lot.entries()[0]["sentence"]


def test_an_outage_behind_a_handler_writes_nothing_and_is_passed_on(inbox, repository):
    with pytest.raises(Unavailable):
        take(inbox, [message(1), message(-3)])

    assert sacks(repository) == ()
    assert outbox(repository) == []


def test_the_broker_s_own_record_of_a_death_does_not_travel_with_the_next_try(inbox, repository):
    """A broker drops a message that carries one on its way through the delay levels: it takes the
    way that the levels share for a loop."""
    first = message(-1)
    first.headers = {
        "x-exchange": first.delivery_info["exchange"],
        "x-routing-key": first.delivery_info["routing_key"],
        "x-death": [{"queue": "tenglong_celery_delayed_0", "reason": "expired", "count": 1}],
        "x-first-death-queue": "tenglong_celery_delayed_0",
        "x-first-death-reason": "expired",
        "x-first-death-exchange": "tenglong_celery_delayed_27",
        "x-last-death-queue": "tenglong_celery_delayed_0",
        "x-last-death-reason": "expired",
        "x-last-death-exchange": "tenglong_celery_delayed_27",
        "own": "kept",
    }
    first.delivery_info |= {"exchange": DELIVERY, "routing_key": "0.1.mill.inbox.v1"}
    take(inbox, [first])

    headers = retries(repository)[0].headers
    assert headers["own"] == "kept"
    assert [name for name in headers if "death" in name] == []


def test_the_next_try_goes_to_nobody_whom_the_publisher_named_beside_us(inbox, repository):
    """The broker does not take off CC, and would act upon it for whoever publishes the try."""
    first = message(-1)
    first.headers = {"CC": ["0.1.shop.inbox.v1"], "BCC": ["0.1.shop.inbox.v1"], "own": "kept"}
    take(inbox, [first])

    (tried,) = retries(repository)
    assert tried.headers["own"] == "kept"
    assert tried.headers.keys().isdisjoint({"CC", "BCC"})


@pytest.mark.parametrize("deaths", [[{"queue": "q", "reason": "expired", "count": 1}], [], None])
def test_what_was_a_dead_letter_before_it_came_to_us_is_parked(inbox, repository, deaths):
    """Whoever has a queue may have the broker send what it held to any exchange that is open to him, under
    any key."""
    round_about = message(1)
    about = json.loads(round_about.body) | {"subject": "s", "data": {}}
    round_about.body = json.dumps(about).encode()
    round_about.headers = {"x-death": deaths}
    take(inbox, [round_about])

    assert sacks(repository) == ()
    assert [each["exchange"] for each in inbox.lot.entries()] == [DEAD_LETTER]
    take(inbox, [message(2)])  # of the silo that it named, and waits behind nobody
    assert sacks(repository) == (2,)


DELAY = {"queue": "tenglong_celery_delayed_0", "reason": "expired", "count": 1}
OWN = {"queue": "rpc.reply-own", "reason": "expired", "count": 1}


@pytest.mark.parametrize(
    ("deaths", "known"),
    [
        ([DELAY], True),
        ([OWN], False),
        ([DELAY, OWN], False),
        ([DELAY, "x"], False),
        ("x", False),
        ([DELAY | {"queue": ["rpc.reply-own", DELAY["queue"]]}], False),
    ],
    ids=[
        "of the delays alone",
        "of another",
        "of another before",
        "of nobody",
        "no list",
        "of two",
    ],
)
def test_what_a_queue_of_somebodys_own_sends_to_the_end_of_the_delays_is_believed_in_nothing(
    inbox, repository, deaths, known
):
    """A service may send its own tries there, under the names of its own queues; a queue of answers that it
    declares would send dead letters there under those of others."""
    try_of = message(1, **{"x-exchange": "farm.events", "x-routing-key": "green.sack.sent"})
    try_of.delivery_info["exchange"] = DELIVERY
    try_of.headers["x-death"] = deaths
    take(inbox, [try_of])

    assert sacks(repository) == ((1,) if known else ())
    assert [each["exchange"] for each in inbox.lot.entries()] == [DEAD_LETTER] * (not known)


def test_a_copy_of_a_message_to_another_service_is_believed_in_nothing(inbox, repository):
    """As BCC brings one to a queue that its key does not name."""
    copied = message(1, **{"x-exchange": "farm.events", "x-routing-key": "green.sack.sent"})
    copied.delivery_info |= {"exchange": DELIVERY, "routing_key": "0.1.shop.nothing.v1"}
    take(inbox, [copied])

    assert sacks(repository) == ()
    assert [each["exchange"] for each in inbox.lot.entries()] == [DEAD_LETTER]


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
    liar.headers |= {"CC": ["mill.inbox.v1"], "BCC": ["mill.dead.v1"]}

    take(inbox, [liar])

    assert retries(repository)[0].headers["x-attempt"] == 2
    assert retries(repository)[0].headers["x-routing-key"] == "green.sack.sent"
    assert not {"CC", "BCC"} & retries(repository)[0].headers.keys()
    assert inbox.lot.entries() == []


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
