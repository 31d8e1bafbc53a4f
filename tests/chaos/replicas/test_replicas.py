"""Three processes of each service on one broker and store: counts stay exact, another takes over, and
one that wakes up after it was given up does no harm."""

from __future__ import annotations

import time
import uuid

import pytest

from backbone.store.collection import Collection
from backbone.store.repository import Repository
from tests.chaos.houses import flour
from tests.chaos.ledger import Sender
from tests.support import sample
from tests.support.eventually import eventually
from tests.support.replicas import Replicas, metric

TRIES = 4
LEASE_S = 2
HEARTBEAT_S = 1  # a process that stands still for longer than twice this has lost its messages
QUICK = {
    "ATTEMPTS": str(TRIES),
    "RETRY_LONGEST_S": "1",
    "RELAY_LEASE_S": str(LEASE_S),
    "HEARTBEAT_S": str(HEARTBEAT_S),
    "BATCH": "5",
}
CALM = QUICK | {
    "HEARTBEAT_S": "10"
}  # where none is to stand still, and a busy machine holds one up
# those that wait for a lease ask about three times within it; and what a busy machine takes beside
TAKEN_OVER_S = LEASE_S * 1.4 + 10


@pytest.fixture(scope="module")
def street(rabbitmq, redis_server):
    """Three replicas, the relays of which can be made to stand still."""
    rabbitmq.ensure_up()
    redis_server.ensure_up()
    uri, url = rabbitmq.new_vhost(), redis_server.new_url()
    with Replicas(3, uri, url, "tests.chaos.replicas.stalling_services", **QUICK) as replicas:
        yield replicas


@pytest.fixture
def kind():
    return uuid.uuid4().hex[:8]


def batches(kind, first, last):
    return [f"{kind}-{number:03}" for number in range(first, last + 1)]


def all_told(street, kind, wanted):
    """The shop has exactly these, in this order; every farm's event has its one answer."""
    eventually(lambda: len(street.repository(kind)) >= len(wanted), 60)
    eventually(lambda: street.outbox() == 0, 30)
    assert street.repository(kind) == wanted
    assert {each: street.receipts(each) for each in wanted} == {
        each: ["accepted"] for each in wanted
    }


# --- how often a message is tried


@pytest.mark.parametrize("count", [1, 3])
def test_a_failing_message_is_tried_as_often_by_three_replicas_as_by_one_and_parked_once(
    count, amqp_uri, redis_url
):
    failing, hopeless = batches("failing", 1, 5), batches("hopeless", 1, 5)
    with Replicas(count, amqp_uri, redis_url, **CALM) as street:
        street.deliver("rye", failing, fails=100)
        street.deliver("oats", hopeless, never=True)

        parked = eventually(lambda: _parked(street, 10))

        assert {each: street.tried(each) for each in failing} == dict.fromkeys(failing, TRIES)
        assert {each: street.tried(each) for each in hopeless} == dict.fromkeys(hopeless, 1)
        assert parked == dict.fromkeys(failing, TRIES) | dict.fromkeys(hopeless, 1)
        # each is counted once its commit was answered, which another process may have seen before
        eventually(lambda: street.total("tenglong_parked_total") == len(parked))
        assert street.total("tenglong_retried_total") == len(failing) * (TRIES - 1)


def test_the_tries_are_counted_on_when_every_try_is_made_by_another_replica(amqp_uri, redis_url):
    with Replicas(TRIES, amqp_uri, redis_url, **CALM) as street:
        street.deliver("rye", ["failing"], fails=100)
        for _ in range(TRIES - 1):
            tried = eventually(lambda: _who_tried(street))
            tried.kill()

        parked = eventually(lambda: _parked(street, 1))

        assert parked == {"failing": TRIES}
        assert street.tried("failing") == TRIES


def _parked(street, count):
    """The batches that are parked with their number of tries, once there are as many and no try of
    another waits."""
    found = street.awake()[0].call("bakery", "list_parked")
    assert len(found) == count, found
    return {each["event_id"]: each["attempts"] for each in found}


def _who_tried(street):
    return next((h for h in street.awake() if metric(h, "tenglong_retried_total")), None)


# --- the relay's lease


def test_when_the_one_that_publishes_is_killed_another_goes_on_and_no_fact_is_lost(street):
    kinds = [uuid.uuid4().hex[:8] for _ in range(10)]
    farm = Sender(street.uri, "farm", list(flour("green", kinds, 60)), seed=1, per_s=100)
    farm.start()
    eventually(lambda: len(farm.sent) > 100, 30)

    leader = eventually(street.leader)
    leader.kill()
    killed_at = time.monotonic()
    eventually(street.leader, TAKEN_OVER_S)
    took_s = time.monotonic() - killed_at

    farm.join()
    leader.start()
    print(f"\nanother took over within {took_s:.1f} s of a lease of {LEASE_S} s")
    for kind in kinds:
        wanted = [batch_id for each, batch_id in farm.sent if each == kind]
        eventually(lambda k=kind, w=wanted: street.repository(k) == w, 60)
        assert list(dict.fromkeys(street.facts(kind))) == wanted


def test_one_that_is_woken_after_its_lease_has_passed_publishes_nothing_that_others_have(
    street, kind
):
    leader = lead_apart(street)
    street.freeze(leader)
    street.deliver(kind, batches(kind, 1, 5))  # the frozen one is handed the first of their facts
    eventually(street.leader, TAKEN_OVER_S)
    eventually(lambda: len(street.facts(kind)) >= 5)
    street.deliver(kind, batches(kind, 6, 10))
    eventually(lambda: len(street.facts(kind)) >= 10)

    street.wake(leader)
    street.deliver(kind, batches(kind, 11, 12))

    all_told(street, kind, batches(kind, 1, 12))
    assert street.facts(kind) == batches(kind, 1, 12)


@pytest.mark.parametrize("moment", ["publishing", "forgetting"])
def test_one_that_is_woken_in_the_middle_of_its_work_takes_nothing_off_the_outbox(
    street, kind, moment
):
    leader = lead_apart(street)
    relayed = street.total("tenglong_relayed_total")
    street.freeze_when(moment, leader)
    street.deliver(kind, batches(kind, 1, 5))
    street.noticed(leader)
    eventually(street.leader, TAKEN_OVER_S)
    street.deliver(kind, batches(kind, 6, 10))
    eventually(lambda: set(street.facts(kind)) == set(batches(kind, 1, 10)))

    street.wake(leader)
    street.deliver(kind, batches(kind, 11, 12))

    all_told(street, kind, batches(kind, 1, 12))
    # what it was just about to publish it may publish once more; never before what comes earlier
    assert list(dict.fromkeys(street.facts(kind))) == batches(kind, 1, 12)
    # a fact and a receipt for each batch, each taken off by one who held the lease
    eventually(lambda: street.total("tenglong_relayed_total") == relayed + 2 * 12)


def lead_apart(street):
    """The one that publishes, when it is another than the one that takes the events."""
    eventually(lambda: street.outbox() == 0 and street.leader(), 30)
    taker = taker_of(street)
    if street.leader() is taker:
        street.freeze(taker)
        street.store.delete("{bakery}:relay")  # as if its time had passed
        eventually(street.leader, TAKEN_OVER_S)
        street.wake(taker)
        eventually(lambda: not metric(taker, "tenglong_relay_leader"))
    eventually(lambda: street.outbox() == 0)
    return eventually(street.leader)


def taker_of(street):
    """The one that takes the events."""
    before = {host: metric(host, "tenglong_handled_total") for host in street.awake()}
    street.deliver("probe", [f"probe-{uuid.uuid4().hex}"])

    def took():
        return next((h for h, n in before.items() if metric(h, "tenglong_handled_total") > n), None)

    return eventually(took, 30)


# --- the one active consumer


def test_each_replica_says_whether_it_is_the_one_that_takes_the_events_and_another_does_after_it(
    street,
):
    taker = taker_of(street)
    eventually(lambda: active(street) == [taker])

    taker.kill()
    successor = taker_of(street)
    eventually(lambda: active(street) == [successor])
    taker.start()
    assert active(street) == [successor]


def active(street):
    return [host for host in street.awake() if metric(host, "tenglong_inbox_active")]


@pytest.mark.parametrize("when", ["it waited", "it worked"])
def test_one_that_is_woken_after_its_messages_went_to_another_applies_nothing(street, kind, when):
    freezing = {"freezes": True} if when == "it worked" else {}
    taker = taker_of(street)
    if when == "it waited":
        street.freeze(taker)
    street.deliver(kind, batches(kind, 1, 2))
    street.deliver(kind, batches(kind, 3, 3), **freezing)
    street.deliver(kind, batches(kind, 4, 10))
    street.noticed(taker)
    eventually(lambda: len(street.repository(kind)) >= 10, 60)
    street.deliver(kind, batches(kind, 11, 15))
    eventually(lambda: len(street.repository(kind)) >= 15, 30)

    taken_away = street.taken_away(taker)
    street.wake(taker)
    eventually(lambda: street.taken_away(taker) > taken_away)
    street.deliver(kind, batches(kind, 16, 17))

    all_told(street, kind, batches(kind, 1, 17))


def test_two_that_have_the_same_message_in_hand_apply_it_once_and_in_order(street, kind):
    taker = taker_of(street)
    street.deliver(kind, batches(kind, 1, 2))
    street.deliver(kind, batches(kind, 3, 3), freezes=True, sleeps_s=2)
    street.deliver(kind, batches(kind, 4, 7))
    street.noticed(taker)
    eventually(lambda: street.tried(f"{kind}-003") >= 2, 60)  # the other one is in the middle of it

    taken_away = street.taken_away(taker)
    street.wake(taker)
    eventually(lambda: street.taken_away(taker) > taken_away)
    street.deliver(kind, batches(kind, 8, 12))

    all_told(street, kind, batches(kind, 1, 12))


# --- timers


def test_a_timer_strikes_once_a_second_though_each_of_three_replicas_is_killed(amqp_uri, redis_url):
    with Replicas(3, amqp_uri, redis_url, services=("tower",), RELAY_LEASE_S="1") as street:
        bells = Repository("tower", street.store, [Collection(sample.Bell, key="bell_id")])

        def struck():
            bell = bells.load(sample.Bell, "great").thing
            return bell.struck if bell else ()

        for host in street.hosts:
            before = len(struck())
            host.kill()
            eventually(lambda n=before: len(struck()) >= n + 3)
            host.start()
        seconds = struck()

    assert list(seconds) == sorted(set(seconds)), "no second twice, and in order"
    assert len(seconds) >= (seconds[-1] - seconds[0]) / 2, "it goes on soon after each blow"
