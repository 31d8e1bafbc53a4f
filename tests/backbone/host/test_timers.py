"""Timers: once a tick, by whoever holds the lease, tried again when they fail."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import SimpleNamespace

import eventlet
import pytest
from redis.exceptions import ResponseError
from structlog.testing import capture_logs

from backbone.host.timers import Timers
from backbone.settings import Settings
from backbone.store.collection import Collection
from backbone.store.redis import connect
from backbone.store.repository import Repository
from backbone.store.unit_of_work import UnitOfWork
from tests.support.eventually import eventually
from tests.support.logged import NAME, logged

NOON = 1_690_862_400.0  # a whole multiple of 60 s


@dataclass(frozen=True, slots=True, kw_only=True)
class Wheel:
    wheel_id: str
    turned: tuple[int, ...] = ()


class Mill:
    """Its wheel is turned once a minute. `breaks` is how often that fails."""

    def __init__(self, store_url):
        self.repository = Repository(
            "mill", connect(store_url), [Collection(Wheel, key="wheel_id")]
        )
        self.now, self.breaks, self.oiled = NOON, 0, 0
        self.meanwhile = lambda: None

    def timers(self):
        return Timers(
            self.repository, Settings(), {"turn": 60}, lambda: UnitOfWork(self.repository), self._service,
            clock=lambda: self.now,
        )  # fmt: skip

    def _service(self, store):
        def turn(tick):
            if self.breaks:
                self.breaks -= 1
                raise RuntimeError("the wheel is stuck")
            wheel = store.get(Wheel, "w") or Wheel(wheel_id="w")
            store.save(replace(wheel, turned=(*wheel.turned, int(tick.time.timestamp() - NOON))))
            self.meanwhile()

        def oil(tick):
            self.oiled += 1

        return SimpleNamespace(turn=turn, oil=oil)

    def turned(self):
        wheel = self.repository.load(Wheel, "w").thing
        return wheel.turned if wheel else ()


@pytest.fixture
def mill(store_url):
    return Mill(store_url)


def test_a_timer_is_due_at_each_whole_interval_however_often_one_looks(mill):
    timers = mill.timers()
    for second in range(0, 150, 5):
        mill.now = NOON + second
        timers.look()

    assert mill.turned() == (0, 60, 120)


def test_of_two_processes_one_does_a_tick_and_the_other_takes_over_when_it_is_gone(mill):
    one, other = mill.timers(), mill.timers()
    one.look()
    other.look()
    mill.now = NOON + 60
    one.leave()
    other.look()
    one.look()

    assert mill.turned() == (0, 60)


def test_one_that_stood_still_in_the_middle_of_a_tick_does_nothing_twice(mill):
    one, other = mill.timers(), mill.timers()

    def its_lease_passes():
        mill.meanwhile = lambda: None
        mill.repository.redis.delete(one.lease.key)
        other.look()

    mill.meanwhile = its_lease_passes
    one.look()

    assert mill.turned() == (0,)


def test_a_tick_that_fails_is_logged_by_its_place_and_names_nobody(mill):
    def stick():
        raise LookupError(NAME)

    mill.meanwhile = stick
    with logged() as written:
        mill.timers().look()

    [entry] = [each for each in written() if each["event"] == "tick_failed"]
    assert entry["exception"].endswith(", in stick\nLookupError")
    assert NAME not in str(written())


def test_a_tick_that_fails_is_tried_again_until_it_is_done(mill):
    timers, mill.breaks = mill.timers(), 2
    with capture_logs() as said:
        for second in range(4):
            mill.now = NOON + second
            timers.look()

    assert mill.turned() == (0,)
    assert [line["timer"] for line in said if line["event"] == "tick_failed"] == ["turn", "turn"]


def test_of_missed_ticks_only_the_last_is_made_up_for(mill):
    timers = mill.timers()
    timers.look()
    mill.now = NOON + 600
    timers.look()

    assert mill.turned() == (0, 600)


def test_one_that_fails_leaves_the_tick_to_another(mill, monkeypatch):
    broken, sound = mill.timers(), mill.timers()
    mill.breaks = 1
    with capture_logs():
        assert not broken.look()
    broken.leave()  # as `run` does
    assert sound.look()

    assert mill.turned() == (0,)


def test_a_timer_that_fails_does_not_hold_up_another(mill):
    timers = mill.timers()
    timers.every_s = {"turn": 60, "oil": 60}
    timers._done = {"turn": 0, "oil": 0}
    mill.breaks = 100
    with capture_logs():
        assert not timers.look()
        assert not timers.look()

    assert mill.oiled == 1


def test_a_defect_does_not_stop_the_clock(mill, monkeypatch):
    monkeypatch.setattr("backbone.host.timers.LOOK_EVERY_S", 0.01)
    timers, states = mill.timers(), []
    timers.on_state = states.append
    lead, failing = mill.repository.atomic.lead, [ResponseError("of a kind that nobody knows")]
    monkeypatch.setattr(
        mill.repository.atomic,
        "lead",
        lambda *said: _raise(failing.pop()) if failing else lead(*said),
    )
    with capture_logs():
        running = eventlet.spawn(timers.run)
        eventually(lambda: mill.turned() == (0,))
        eventually(lambda: states[-1] is None)
        running.kill()

    assert "the timers failed" in states[0]


def _raise(problem):
    raise problem
