"""Many messages are one commit: in order, each once, whatever fails among them."""

from __future__ import annotations

import json
from contextlib import suppress
from itertools import count

import pytest
from greenlet import GreenletExit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backbone.errors import DeadlineExceeded, Unavailable
from backbone.inbox.batches import take
from backbone.messages.outgoing import OutgoingMessage
from backbone.store.atomic import Commit

from .mill import Lossy, Mill, Silo, come_back, inbox_of, message, outbox, outcomes, retries, sacks


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
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
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


def test_one_that_fails_leaves_the_others_in_the_batch_applied(inbox, repository):
    take(inbox, [message(1), message(-1), message(2)])

    assert sacks(repository) == (1, 2)
    retry = next(posting for posting in outbox(repository) if posting.delay_s)
    assert (retry.exchange, retry.routing_key) == ("", "mill.inbox.v1")
    assert retry.headers["x-attempt"] == 2
    assert retry.headers["x-routing-key"] == "green.sack.sent"


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


@given(st.data(), st.lists(st.integers(0, 5), min_size=1, max_size=15))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
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


@given(st.data(), st.lists(st.integers(0, 6), min_size=1, max_size=12), st.sets(st.integers(0, 6)))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
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
