"""What is committed goes out, in order, once more rather than once less."""

from __future__ import annotations

import eventlet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prometheus_client import REGISTRY

from backbone.amqp.topology import delayed
from backbone.errors import Unavailable
from backbone.host.host import ServiceHost
from backbone.host.runner import Running
from backbone.messages.outgoing import OutgoingMessage
from backbone.settings import Settings
from backbone.store.atomic import Reading
from tests.support.eventually import eventually
from tests.support.sample import CLASSES, installation

from .passing_on import commit, fill, relay_of


def test_a_broker_that_is_too_slow_for_many_facts_at_once_is_given_fewer(repository, monkeypatch):
    """Else the same batch would come too late again and again, and nothing would ever go out."""
    monkeypatch.setattr("backbone.outbox.relay.READING", Reading(step=2, most=1000, bytes=100_000))
    fill(repository, *[str(number).encode() for number in range(100)])
    relay, late = relay_of(repository), []
    take = relay.publisher.publish

    def take_in_time(postings):
        if len(postings) > 20:
            late.append(len(postings))
            raise Unavailable("no confirm in time")
        return take(postings)

    relay.publisher.publish = take_in_time
    while repository.redis.xlen(repository.outbox) and len(late) < 5:
        try:
            relay._flush()
        except Unavailable:
            relay._start_over()

    assert [posting.body for posting in relay.publisher.taken] == [
        str(number).encode() for number in range(100)
    ]
    assert len(late) == 2, "each time it had come further"


def test_long_facts_are_read_a_few_at_a_time(repository, monkeypatch):
    monkeypatch.setattr("backbone.outbox.relay.READING", Reading(step=2, most=10, bytes=5000))
    fill(repository, *[bytes([48 + number]) * 3000 for number in range(9)])
    relay = relay_of(repository)
    read = []
    while relay._leads() and relay._pass_on():
        read.append(len(relay._ahead))
    assert [posting.body[:1] for posting in relay.publisher.taken] == [
        bytes([48 + number]) for number in range(9)
    ]
    assert read == [2, 2, 2, 1, 0]
    assert repository.redis.xlen(repository.outbox) == 0


def test_facts_go_out_in_the_order_of_their_commits_and_leave_the_outbox(repository):
    relay = relay_of(repository)
    fill(repository, b"1", b"2", b"3")

    assert relay._lead()
    relay._flush()

    assert [posting.body for posting in relay.publisher.taken] == [b"1", b"2", b"3"]
    assert repository.redis.xlen(repository.outbox) == 0


def test_what_the_broker_did_not_confirm_stays(repository):
    relay = relay_of(repository)
    fill(repository, b"1")
    relay.publisher.away = True

    relay._lead()
    with pytest.raises(Unavailable):
        relay._flush()

    assert repository.redis.xlen(repository.outbox) == 1


def test_a_fact_whose_queue_is_gone_stays_and_the_queue_is_declared_again(repository):
    declared: list[int] = []
    relay = relay_of(repository, declared)
    fill(repository, b"1")
    relay.publisher.unheard = ["ground"]

    relay._lead()
    with pytest.raises(Unavailable):
        relay._flush()

    assert declared == [1]
    assert repository.redis.xlen(repository.outbox) == 1


def test_a_delayed_fact_comes_back_to_the_lane_in_which_it_is_heard(repository):
    relay = relay_of(repository)
    fill(repository, b"1", delay_s=5)

    relay._lead()
    relay._flush()

    posting = relay.publisher.taken[0]
    assert posting.exchange.startswith("tenglong_celery_delayed_")
    assert posting.routing_key.endswith("1.0.1.mill.deliveries.v1")
    assert posting.headers["x-exchange"] == "mill.events"


def test_what_its_own_process_commits_is_published_without_being_read(repository, monkeypatch):
    relay = relay_of(repository)
    relay._lead()
    commit(repository, b"1", b"2")
    commit(repository, b"3")
    monkeypatch.setattr(repository, "call", lambda *_, **__: pytest.fail("the store was asked"))
    while relay._pass_on(block_ms=0) and relay._ahead:
        pass

    assert [posting.body for posting in relay.publisher.taken] == [b"1", b"2", b"3"]
    assert repository.redis.xlen(repository.outbox) == 0


def test_what_another_process_commits_in_between_keeps_its_place(repository):
    relay = relay_of(repository)
    relay._lead()
    commit(repository, b"1")
    fill(repository, b"2")
    commit(repository, b"3")
    relay._flush()

    assert [posting.body for posting in relay.publisher.taken] == [b"1", b"2", b"3"]


def test_of_what_it_is_handed_it_keeps_a_bounded_part_at_hand(repository, monkeypatch):
    monkeypatch.setattr("backbone.outbox.relay.HANDED_AT_MOST", 300)  # bytes
    relay = relay_of(repository)
    relay._lead()
    for number in range(9):
        commit(repository, b"%d" % number)
    assert 0 < len(relay._ahead) < 5
    relay._flush()

    assert [posting.body for posting in relay.publisher.taken] == [b"%d" % n for n in range(9)]


@given(
    st.lists(
        st.sampled_from(["commit", "another's", "publish", "unconfirmed", "unremoved", "lead"])
    )
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
def test_whoever_commits_and_whatever_fails_all_is_published_in_order(repository, deeds):
    repository.redis.flushdb()
    relay, sent = relay_of(repository), []
    relay._lead()
    for number, deed in enumerate(deeds):
        body = b"%d" % number
        if deed in ("commit", "another's"):
            {"commit": commit, "another's": fill}[deed](repository, body)
            sent.append(body)
        elif deed == "lead":  # its lease ran out, and it takes it again
            repository.redis.delete(relay.lease.key)
            relay._lead()
        else:
            _pass_on(relay, deed)
    relay._flush()

    first = list(dict.fromkeys(posting.body for posting in relay.publisher.taken))
    assert first == sent
    assert repository.redis.xlen(repository.outbox) == 0


def _pass_on(relay, how):
    """One cycle, that fails at the confirm or at the answer of the removal if it is to."""
    broker, forget = relay.publisher, relay.repository.atomic.forget

    def fail(*_):
        raise Unavailable(how)

    if how == "unconfirmed":
        broker.meanwhile = fail
    if how == "unremoved":
        relay.repository.atomic.forget = lambda *said: forget(*said) and fail()
    try:
        relay._pass_on()
    except Unavailable:
        relay._start_over()  # as `run` does
    finally:
        broker.meanwhile, relay.repository.atomic.forget = lambda: None, forget


def test_a_long_outbox_goes_out_in_batches_in_order(repository):
    relay, sizes = relay_of(repository), []
    publish = relay.publisher.publish
    relay.publisher.publish = lambda postings: sizes.append(len(postings)) or publish(postings)
    fill(repository, *(str(number).encode() for number in range(5)))

    relay._lead()
    relay._flush()

    assert sizes == [2, 2, 1]
    assert [posting.body for posting in relay.publisher.taken] == [b"0", b"1", b"2", b"3", b"4"]


def test_after_an_outage_the_rest_goes_out_in_order_and_nothing_is_left_out(repository):
    relay = relay_of(repository)
    fill(repository, b"1", b"2", b"3")
    relay._lead()

    def fail():
        relay.publisher.meanwhile = lambda: None
        raise Unavailable("the confirm got lost")

    relay.publisher.meanwhile = fail
    with pytest.raises(Unavailable):
        relay._flush()
    relay._flush()

    assert [posting.body for posting in relay.publisher.taken] == [b"1", b"2", b"1", b"2", b"3"]
    assert repository.redis.xlen(repository.outbox) == 0


def test_what_is_committed_while_it_publishes_goes_out_too(repository):
    relay = relay_of(repository)
    fill(repository, b"1")
    relay._lead()

    def commit():
        relay.publisher.meanwhile = lambda: None
        fill(repository, b"2")

    relay.publisher.meanwhile = commit
    relay._flush()

    assert [posting.body for posting in relay.publisher.taken] == [b"1", b"2"]


def test_a_relay_that_stops_publishes_what_the_last_commits_left(repository):
    relay, broker = relay_of(repository), None
    broker = relay.publisher
    fill(repository, b"1")

    relay.stop()

    assert [posting.body for posting in broker.taken] == [b"1"]
    assert not repository.redis.exists(relay.lease.key)


def test_a_relay_that_stops_in_the_middle_of_a_batch_hangs_up_before_it_publishes_the_rest(
    repository,
):
    """Else two batches of it were under way at a time."""
    relay, order = relay_of(repository), []
    take = relay.publisher.publish

    def interrupted(_postings):
        relay.publisher.publish = lambda postings: (
            order.append("publishes the rest") or take(postings)
        )
        try:
            order.append("under way")
            eventlet.sleep(60)
        finally:
            eventlet.sleep(0.05)
            order.append("hangs up")

    relay.publisher.publish = interrupted
    fill(repository, b"1")
    relay.start(eventlet.spawn)
    eventually(lambda: order)
    relay.stop()

    assert order == ["under way", "hangs up", "publishes the rest"]
    assert [posting.body for posting in relay.publisher.taken] == [b"1"]


def test_a_retry_goes_back_to_its_own_queue_after_its_delay(repository):
    relay, headers = relay_of(repository), {"x-exchange": "farm.events", "x-attempt": 2}
    again = OutgoingMessage("", "mill.slow.v1", b"1", "", headers, delay_s=4)
    repository.redis.xadd(repository.outbox, again.entry())

    relay._lead()
    relay._flush()

    posting = relay.publisher.taken[0]
    assert (posting.exchange, posting.routing_key) == delayed("mill.slow.v1", 4)
    assert posting.headers == headers
    assert posting.mandatory


def test_the_outbox_is_measured(repository):
    relay = relay_of(repository)
    fill(repository, b"1", b"2", b"3")
    relay._lead()

    relay._oldest()
    depth = {"service": "mill"}
    assert REGISTRY.get_sample_value("tenglong_outbox_depth", depth) == 3
    assert REGISTRY.get_sample_value("tenglong_relay_leader", depth) == 1

    relay._flush()
    assert REGISTRY.get_sample_value("tenglong_outbox_depth", depth) == 0
    assert REGISTRY.get_sample_value("tenglong_outbox_oldest_seconds", depth) == 0


def test_what_a_store_that_was_set_back_is_given_anew_is_published_too(repository):
    """It comes back without its newest entries, and may give their ids again."""
    relay = relay_of(repository)
    relay._lead()
    commit(repository, b"1")
    relay._flush()

    repository.redis.delete(repository.outbox)
    repository.redis.xadd(
        repository.outbox, OutgoingMessage("mill.events", "ground", b"2").entry(), id="1-1"
    )
    relay._flush()
    repository.redis.xadd(
        repository.outbox, OutgoingMessage("mill.events", "ground", b"3").entry(), id="1-2"
    )
    relay._flush()

    assert [posting.body for posting in relay.publisher.taken] == [b"1", b"2", b"3"]


def test_what_is_given_an_old_id_while_others_are_published_is_published_too(repository):
    relay = relay_of(repository)
    relay._lead()
    commit(repository, b"1")

    def set_back():
        relay.publisher.meanwhile = lambda: None
        repository.redis.delete(repository.outbox)
        repository.redis.xadd(
            repository.outbox, OutgoingMessage("mill.events", "ground", b"2").entry(), id="1-1"
        )

    relay.publisher.meanwhile = set_back
    relay._flush()

    assert [posting.body for posting in relay.publisher.taken] == [b"1", b"2"]
    assert repository.redis.xlen(repository.outbox) == 0


def test_a_service_hands_its_relay_what_it_commits(parts, monkeypatch):
    monkeypatch.setattr("backbone.watchdog.start", lambda: None)  # the alarm is pytest's here
    chosen = Settings(amqp_uri=parts.amqp_uri, redis_url=parts.redis_url, http_host="127.0.0.1")
    running = Running([CLASSES["bakery"]], installation(chosen), {"bakery": 0})
    running.start()
    [house] = {each for each in running.containers[0].extensions if isinstance(each, ServiceHost)}
    try:
        assert house.store.repository.on_posted == house.relay.hear
    finally:
        running.stop()
