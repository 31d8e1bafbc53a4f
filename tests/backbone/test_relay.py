"""The relay: in order, removed after the confirm, and only by the one who holds the lease."""

from __future__ import annotations

import time
from dataclasses import replace
from types import SimpleNamespace

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
from backbone.outbox.relay import Relay
from backbone.settings import Settings
from backbone.store.atomic import Commit, Reading
from backbone.store.commit_group import CommitGroup
from backbone.store.redis import connect
from backbone.store.repository import Repository
from tests.support.eventually import eventually
from tests.support.sample import CLASSES, installation


class Broker:
    """Takes postings, or fails as it is told."""

    def __init__(self) -> None:
        self.taken: list[OutgoingMessage] = []
        self.away = False
        self.unheard: list[str] = []
        self.meanwhile = lambda: None

    def publish(self, postings):
        if self.away:
            raise Unavailable("away")
        self.taken += postings
        self.meanwhile()
        return self.unheard

    def beat(self):
        pass

    def close(self):
        self.away = True


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    monkeypatch.setattr("backbone.outbox.relay.READING", Reading(step=2, most=2, bytes=1000))


@pytest.fixture
def repository(store_url):
    return Repository("mill", connect(store_url), [])


def relay_of(repository, declared=None):
    relay = Relay(
        repository,
        Settings(),
        lambda _: None,
        lambda: declared.append(1),
        lambda _: "deliveries",
    )
    relay.publisher = Broker()
    repository.on_posted = relay.hear
    return relay


def commit(repository, *bodies):
    """As a work of this process does it."""
    batch = Commit(outbox=repository.outbox)
    for body in bodies:
        batch.append(repository.outbox, OutgoingMessage("mill.events", "ground", body).entry())
    CommitGroup(repository).add(batch).wait()


def fill(repository, *bodies, **more):
    """As another process does it."""
    for body in bodies:
        repository.redis.xadd(
            repository.outbox, OutgoingMessage("mill.events", "ground", body, **more).entry()
        )


def test_a_lease_that_was_long_in_coming_is_asked_for_again_at_once(repository, monkeypatch):
    """It may run from the moment of the asking; who reckons from the answer believes too long in it."""
    now, asked = [100.0], []
    clock = SimpleNamespace(monotonic=lambda: now[0], time=time.time)
    monkeypatch.setattr("backbone.outbox.lease.time", clock)
    relay = relay_of(repository)
    lead = relay.repository.atomic.lead

    def slow(*given):
        asked.append(now[0])
        now[0] += relay.settings.relay_lease_s / 2
        return lead(*given)

    monkeypatch.setattr(relay.repository.atomic, "lead", slow)
    assert relay._leads()
    assert relay._leads()
    assert len(asked) == 2


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


def test_one_process_leads_and_another_takes_over_when_it_is_gone(repository):
    first, second = relay_of(repository), relay_of(repository)

    assert first._lead()
    assert not second._lead()
    first.stop()
    assert second._lead()
    assert second.lease.token > first.lease.token


def test_a_relay_that_lost_its_lease_while_it_published_removes_nothing(repository):
    relay, other = relay_of(repository), relay_of(repository)
    fill(repository, b"1")
    relay._lead()

    def lose():
        repository.redis.delete(relay.lease.key)
        assert other._lead()

    relay.publisher.meanwhile = lose
    relay._flush()

    assert repository.redis.xlen(repository.outbox) == 1
    other._flush()
    assert repository.redis.xlen(repository.outbox) == 0


def test_a_relay_that_stood_still_after_it_read_its_outbox_publishes_nothing_of_it(
    repository, monkeypatch
):
    relay, other = relay_of(repository), relay_of(repository)
    fill(repository, b"1")
    relay._lead()
    read = relay._oldest

    def stand_still(block_ms=None):
        found = read(block_ms)
        relay.lease._renew_at = 0  # so much time has passed
        repository.redis.delete(relay.lease.key)
        assert other._lead()
        other._flush()
        return found

    monkeypatch.setattr(relay, "_oldest", stand_still)
    relay._flush()

    assert [posting.body for posting in other.publisher.taken] == [b"1"]
    assert relay.publisher.taken == []


def test_a_relay_that_stood_still_after_it_removed_some_publishes_nothing_that_it_saw_behind_them(
    repository,
):
    relay, other = relay_of(repository), relay_of(repository)
    fill(repository, b"1", b"2", b"3")
    relay._lead()
    relay._pass_on()  # and is told of the third
    assert [posting.body for posting in relay.publisher.taken] == [b"1", b"2"]

    repository.redis.delete(relay.lease.key)
    assert other._lead()
    other._flush()
    other.stop()
    relay.lease._renew_at = 0
    fill(repository, b"4")
    relay._flush()

    assert [posting.body for posting in other.publisher.taken] == [b"3"]
    assert [posting.body for posting in relay.publisher.taken] == [b"1", b"2", b"4"]


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


def test_a_relay_that_does_not_lead_is_handed_nothing(repository):
    relay = relay_of(repository)
    commit(repository, b"1")
    assert not relay._ahead

    relay._lead()
    relay._flush()
    assert [posting.body for posting in relay.publisher.taken] == [b"1"]


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
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
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


def kept(repository):
    found = repository.redis.xrange(repository.announced)
    return [OutgoingMessage.of(entry).body for _, entry in found]


def test_what_somebody_hears_is_kept_once_it_is_published_and_receipts_and_the_rest_are_not(
    repository,
):
    relay = relay_of(repository)
    fill(repository, b"heard", b"heard, too")
    fill(repository, b"unheard", mandatory=False)
    receipt = OutgoingMessage("farm.receipts", "green", b"receipt")
    repository.redis.xadd(repository.outbox, receipt.entry())
    relay.publisher.away = True
    with pytest.raises(Unavailable):
        relay._flush()
    assert kept(repository) == []

    relay.publisher.away = False
    relay._flush()
    assert kept(repository) == [b"heard", b"heard, too"]
    assert repository.redis.xlen(repository.outbox) == 0


def test_whose_lease_has_passed_keeps_nothing_of_what_another_publishes(repository):
    relay = relay_of(repository)
    fill(repository, b"heard")

    def passes():
        repository.redis.hset(relay.lease.key, "token", 99)

    relay.publisher.meanwhile = passes
    relay._leads()
    relay._pass_on()
    assert kept(repository) == []


def test_facts_are_kept_for_some_days_and_not_more_than_there_is_room_for(repository, monkeypatch):
    relay = relay_of(repository)
    old = int((time.time() - 8 * 86_400) * 1000)
    entry = OutgoingMessage("mill.events", "ground", b"old").entry()
    for number in range(300):
        repository.redis.xadd(repository.announced, entry, id=f"{old}-{number + 1}")
    fill(repository, b"new")
    relay._flush()
    assert 1 <= len(kept(repository)) < 150  # whole nodes of a stream go, of a hundred each
    assert kept(repository)[-1] == b"new"

    monkeypatch.setattr("backbone.outbox.relay.ANNOUNCED_AT_MOST", 100)
    fill(repository, *[b"%d" % number for number in range(400)])
    relay._flush()
    assert 100 <= len(kept(repository)) <= 200
    assert kept(repository)[-1] == b"399"


def test_who_keeps_facts_for_no_days_keeps_none(repository):
    relay = relay_of(repository)
    relay.settings = replace(relay.settings, announced_days=0)
    fill(repository, b"heard")
    relay._flush()
    assert kept(repository) == []


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


def test_the_leader_keeps_its_token_and_every_new_leader_gets_a_larger_one(repository):
    first, second = relay_of(repository), relay_of(repository)
    first._lead()
    kept = first.lease.token
    first._lead()
    assert first.lease.token == kept

    repository.redis.delete(first.lease.key)
    second._lead()
    repository.redis.delete(second.lease.key)
    first._lead()

    assert kept < second.lease.token < first.lease.token


def test_one_that_lost_its_lease_cannot_give_it_back_for_another(repository):
    first, second = relay_of(repository), relay_of(repository)
    first._lead()
    repository.redis.delete(first.lease.key)
    second._lead()

    repository.atomic.leave(first.lease.key, first.lease.token)

    assert not first._lead()
    assert second._lead()


def test_a_lease_ends_by_itself(repository):
    relay = relay_of(repository)
    relay._lead()

    assert 0 < repository.redis.pttl(relay.lease.key) <= relay.settings.relay_lease_s * 1000


@pytest.fixture
def at_work(repository):
    """A relay with a short lease that leads, is in the midst of something, and has its lease kept."""
    relay = relay_of(repository)
    relay.lease.lifetime_s = 1.5
    relay._lead()
    relay._came_by = time.monotonic()
    keeper = eventlet.spawn(relay.lease.keep, relay._is_at_work)
    yield relay
    keeper.kill()


def test_a_relay_that_waits_long_for_a_confirm_keeps_the_outbox(repository, at_work):
    token, until = at_work.lease.token, time.monotonic() + 2 * at_work.lease.lifetime_s
    other = relay_of(repository)
    while time.monotonic() < until:
        assert not other._lead()
        eventlet.sleep(0.05)

    assert at_work.lease.token == token


def test_a_relay_that_hangs_for_too_long_loses_the_outbox_though_its_process_lives(
    repository, at_work
):
    at_work._came_by -= at_work.settings.relay_lease_s

    assert eventually(relay_of(repository)._lead, 5)


def test_who_notices_beside_its_work_that_another_has_the_lease_removes_nothing(repository):
    relay, other = relay_of(repository), relay_of(repository)
    relay._lead()
    fill(repository, b"1")

    def another_takes_over():
        repository.redis.delete(relay.lease.key)
        other._lead()
        relay.lease.renew()

    relay.publisher.meanwhile = another_takes_over
    relay._pass_on()

    assert relay.lease.token == 0
    assert repository.redis.xlen(repository.outbox) == 1
    other._flush()
    assert [posting.body for posting in other.publisher.taken] == [b"1"]


def test_what_renews_a_lease_never_takes_one_that_was_given_back(repository):
    relay = relay_of(repository)
    relay._lead()
    relay.lease.leave()

    relay.lease.renew()

    assert not repository.redis.exists(relay.lease.key)
    assert not relay.lease.is_fresh


def test_a_late_answer_about_an_old_lease_says_nothing_of_the_new_one(repository, monkeypatch):
    relay = relay_of(repository)
    relay._lead()
    before = relay.lease.token

    def late(*_):
        repository.redis.delete(relay.lease.key)
        relay._lead()  # it had run out, and is taken anew while the answer is on its way
        return False

    monkeypatch.setattr(repository.atomic, "renew", late)
    relay.lease.renew()

    assert relay.lease.token > before


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


def test_a_relay_that_does_not_lead_publishes_nothing_when_it_stops(repository):
    leader, other = relay_of(repository), relay_of(repository)
    leader._lead()
    fill(repository, b"1")

    other.stop()

    assert other.publisher.taken == []
    assert repository.redis.xlen(repository.outbox) == 1


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
