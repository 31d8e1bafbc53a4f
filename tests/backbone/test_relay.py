"""The relay: in order, removed after the confirm, and only by the one who holds the lease."""

from __future__ import annotations

import pytest

from backbone.errors import Unavailable
from backbone.relay import Relay
from backbone.settings import Settings
from backbone.store import Shelf, connect
from backbone.work import Posting


class Broker:
    """Takes postings, or fails as it is told."""

    def __init__(self) -> None:
        self.taken: list[Posting] = []
        self.away = False
        self.unheard: list[str] = []
        self.meanwhile = lambda: None

    def publish(self, postings):
        if self.away:
            raise Unavailable("away")
        self.taken += postings
        self.meanwhile()
        return self.unheard

    def close(self):
        self.away = True


@pytest.fixture
def shelf(store_url):
    return Shelf("mill", connect(store_url), [])


def relay_of(shelf, declared=None):
    relay = Relay(
        shelf,
        Settings(batch=2),
        lambda _: None,
        lambda: declared.append(1),
        lambda _: "deliveries",
    )
    relay.publisher = Broker()
    return relay


def fill(shelf, *bodies, **more):
    for body in bodies:
        shelf.redis.xadd(shelf.outbox, Posting("mill.events", "ground", body, **more).entry())


def test_facts_go_out_in_the_order_of_their_commits_and_leave_the_outbox(shelf):
    relay = relay_of(shelf)
    fill(shelf, b"1", b"2", b"3")

    assert relay._lead()
    relay._flush()

    assert [posting.body for posting in relay.publisher.taken] == [b"1", b"2", b"3"]
    assert shelf.redis.xlen(shelf.outbox) == 0


def test_what_the_broker_did_not_confirm_stays(shelf):
    relay = relay_of(shelf)
    fill(shelf, b"1")
    relay.publisher.away = True

    relay._lead()
    with pytest.raises(Unavailable):
        relay._flush()

    assert shelf.redis.xlen(shelf.outbox) == 1


def test_one_process_leads_and_another_takes_over_when_it_is_gone(shelf):
    first, second = relay_of(shelf), relay_of(shelf)

    assert first._lead()
    assert not second._lead()
    first.stop()
    assert second._lead()
    assert second.token > first.token


def test_a_relay_that_lost_its_lease_while_it_published_removes_nothing(shelf):
    relay, other = relay_of(shelf), relay_of(shelf)
    fill(shelf, b"1")
    relay._lead()

    def lose():
        shelf.redis.delete(relay.lease)
        assert other._lead()

    relay.publisher.meanwhile = lose
    relay._flush()

    assert shelf.redis.xlen(shelf.outbox) == 1
    other._flush()
    assert shelf.redis.xlen(shelf.outbox) == 0


def test_a_fact_whose_queue_is_gone_stays_and_the_queue_is_declared_again(shelf):
    declared: list[int] = []
    relay = relay_of(shelf, declared)
    fill(shelf, b"1")
    relay.publisher.unheard = ["ground"]

    relay._lead()
    with pytest.raises(Unavailable):
        relay._flush()

    assert declared == [1]
    assert shelf.redis.xlen(shelf.outbox) == 1


def test_a_delayed_fact_comes_back_to_the_lane_in_which_it_is_heard(shelf):
    relay = relay_of(shelf)
    fill(shelf, b"1", delay_s=5)

    relay._lead()
    relay._flush()

    posting = relay.publisher.taken[0]
    assert posting.exchange.startswith("tenglong_celery_delayed_")
    assert posting.routing_key.endswith("1.0.1.mill.deliveries.v1")
    assert posting.headers["x-exchange"] == "mill.events"
