"""One process passes the outbox on; who lost the lease removes nothing."""

from __future__ import annotations

import time
from types import SimpleNamespace

import eventlet

from tests.support.eventually import eventually

from .passing_on import commit, fill, kept, relay_of


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


def test_a_relay_that_does_not_lead_is_handed_nothing(repository):
    relay = relay_of(repository)
    commit(repository, b"1")
    assert not relay._ahead

    relay._lead()
    relay._flush()
    assert [posting.body for posting in relay.publisher.taken] == [b"1"]


def test_whose_lease_has_passed_keeps_nothing_of_what_another_publishes(repository):
    relay = relay_of(repository)
    fill(repository, b"heard")

    def passes():
        repository.redis.hset(relay.lease.key, "token", 99)

    relay.publisher.meanwhile = passes
    relay._leads()
    relay._pass_on()
    assert kept(repository) == []


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


def test_a_relay_that_waits_long_for_a_confirm_keeps_the_outbox(repository, at_work):
    token, until = at_work.lease.token, time.monotonic() + 1.4 * at_work.lease.lifetime_s
    other = relay_of(repository)
    while time.monotonic() < until:
        assert not other._lead()
        eventlet.sleep(0.05)

    assert at_work.lease.token == token


def test_a_relay_that_hangs_for_too_long_loses_the_outbox_though_its_process_lives(
    repository, at_work
):
    at_work._came_by -= at_work.settings.relay_lease_s

    assert eventually(relay_of(repository)._lead)


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


def test_a_relay_that_does_not_lead_publishes_nothing_when_it_stops(repository):
    leader, other = relay_of(repository), relay_of(repository)
    leader._lead()
    fill(repository, b"1")

    other.stop()

    assert other.publisher.taken == []
    assert repository.redis.xlen(repository.outbox) == 1
