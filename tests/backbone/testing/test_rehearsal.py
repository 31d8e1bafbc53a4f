"""A rehearsal answers what a running service would, and tells the test what went wrong."""

from __future__ import annotations

import gc
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from marshmallow import fields
from nameko.extensions import DependencyProvider

from backbone import Collection, Store, command, every, hears, reads
from backbone.amqp.topology import Feed
from backbone.errors import Permanent, Reason, Refused, Unavailable
from backbone.messages.contract import Contract, Fact
from backbone.store import redis
from backbone.store.commit_group import Conflict
from backbone.store.unit_of_work import UnitOfWork
from backbone.testing import Rehearsal

NOON = datetime(2023, 8, 21, 4, 0, tzinfo=UTC)
FARM = Feed(name="farm", source="/farms/", keeper="mill", knows=lambda code, _day: code == "green")


@dataclass(frozen=True, kw_only=True)
class Silo:
    silo_id: str
    sacks: int = 0
    turned: tuple[datetime, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SackStored:
    silo_id: str


class Sack(Contract):
    silo_id = fields.Str(required=True)
    problem = fields.Str(load_default="")


class Stored(Fact):
    silo_id = fields.Str(required=True)


class Wind(DependencyProvider):
    """Says how strong the wind is."""


class Mill:
    name = "mill"
    store = Store(Collection(Silo, key="silo_id"), emits=(SackStored,))
    wind = Wind()
    get_silo, list_silos, silo_history = reads(Silo)

    @hears("farm", "sack.sent", Sack)
    @hears("shop", "sack_returned", Sack)
    def store_sack(self, event):
        PROBLEMS.get(event.data["problem"], lambda: None)()
        silo = self.store.get(Silo, event.data["silo_id"]) or Silo(silo_id=event.data["silo_id"])
        self.store.save(replace(silo, sacks=silo.sacks + 1))
        self.store.announce_later(SackStored(silo_id=silo.silo_id), 60)
        return self.wind

    @hears("mill", "sack_stored", Stored)
    def count_again(self, event):
        silo = self.store.require(Silo, event.data["silo_id"])
        self.store.save(replace(silo, sacks=silo.sacks + 10))

    @command(Sack)
    def empty(self, request):
        silo_id = request.pop("silo_id")  # as any method may
        self.store.save(Silo(silo_id=silo_id))
        return {"silo_id": silo_id, "at": self.store.now}

    @every(60)
    def turn(self, tick):
        silo = self.store.get(Silo, "s") or Silo(silo_id="s")
        self.store.save(replace(silo, turned=(*silo.turned, tick.time)))


def _raise(problem):
    raise problem


PROBLEMS = {
    "rule": lambda: _raise(Refused([Reason("SILO_FULL", "Take another silo.", "data.silo_id")])),
    "defect": lambda: _raise(ZeroDivisionError("the belt tore")),
    "away": lambda: _raise(Unavailable("Redis is away")),
    "never": lambda: _raise(Permanent("no sack at all")),
}


@pytest.fixture
def mill():
    return Rehearsal(Mill, feeds=[FARM], clock=lambda: NOON, wind="a calm day")


def sent(mill, problem="", publisher="green", **attributes):
    data = {"silo_id": "s", "problem": problem}
    return mill.hear("farm", "sack.sent", data, publisher=publisher, **attributes)


def sacks(mill):
    return mill.read("get_silo", silo_id="s")["sacks"]


def test_what_is_heard_takes_effect_and_is_announced(mill):
    heard = sent(mill)

    assert (heard.outcome, heard.note) == ("accepted", "a calm day")
    assert sacks(mill) == 1
    assert mill.facts == [("sack_stored", {"silo_id": "s"})]


def test_a_copy_is_a_duplicate_until_it_is_forgotten(mill):
    outcomes = [sent(mill, id="one").outcome, sent(mill, id="one").outcome]
    mill.forget()
    outcomes.append(sent(mill, id="one").outcome)

    assert outcomes == ["accepted", "duplicate", "accepted"]
    assert sacks(mill) == 2


def test_a_copy_of_a_fact_is_a_duplicate_too(mill):
    data = {"silo_id": "s"}

    outcomes = [mill.hear("shop", "sack_returned", data, id="one").outcome for _ in range(2)]

    assert outcomes == ["accepted", "duplicate"]
    assert sacks(mill) == 1


@pytest.mark.parametrize(
    ("how", "codes"),
    [
        ({"problem": "rule"}, ["SILO_FULL"]),
        ({"problem": None}, ["INVALID"]),
        ({"publisher": "moon"}, ["UNKNOWN_PUBLISHER"]),
        ({"source": "/farms/hill"}, ["WRONG_SOURCE"]),
        ({"time": NOON + timedelta(days=1)}, ["NOT_YET"]),
        ({"specversion": "0.3"}, ["BAD_ATTRIBUTE"]),
    ],
)
def test_an_outside_event_is_refused_as_its_receipt_says(mill, how, codes):
    heard = sent(mill, **how)

    assert (heard.outcome, heard.codes) == ("refused", codes)
    assert mill.facts == []
    with pytest.raises(type(heard.problem)):
        heard.or_raise()


def test_what_waits_behind_a_parked_event_of_its_subject_is_parked_too(mill):
    sent(mill, "never")

    heard = sent(mill)

    assert (heard.outcome, heard.codes) == ("parked", ["WAITS_BEHIND"])


def test_a_fact_of_a_service_is_parked_where_an_event_from_outside_is_refused(mill):
    heard = mill.hear("shop", "sack_returned", {"silo_id": "s", "problem": "rule"})

    assert (heard.outcome, heard.codes) == ("parked", ["SILO_FULL"])
    with pytest.raises(Refused):
        heard.or_raise()


def test_what_no_try_can_help_is_parked(mill):
    heard = sent(mill, "never")

    assert (heard.outcome, heard.codes) == ("parked", ["Permanent"])


@pytest.mark.parametrize(
    ("problem", "raised"), [("defect", ZeroDivisionError), ("away", Unavailable)]
)
def test_what_would_be_tried_again_is_raised_and_the_next_try_may_succeed(mill, problem, raised):
    with pytest.raises(raised):
        sent(mill, problem, id="one")

    assert mill.outbox == []
    assert sent(mill, id="one").outcome == "accepted"


def test_the_service_hears_its_own_facts_once_and_late_copies_when_asked(mill):
    sent(mill)

    assert [mill.hear_itself(), mill.hear_itself()] == [[60], []]
    assert sacks(mill) == 11
    assert mill.hear_itself(again=True) == [60]
    assert sacks(mill) == 21


def test_a_service_that_hears_all_of_its_own_facts_hears_no_receipt():
    class Echo:
        name = "echo"
        store = Store(Collection(Silo, key="silo_id"), emits=(SackStored,))

        @hears("farm", "sack.sent", Sack)
        def store_sack(self, event):
            self.store.announce(SackStored(silo_id="s"), SackStored(silo_id="t"))

        @hears("echo", "#", Stored)
        def keep(self, event):
            self.store.save(Silo(silo_id=event.data["silo_id"]))

    echo = Rehearsal(Echo, feeds=[replace(FARM, keeper="echo")])
    echo.hear("farm", "sack.sent", {"silo_id": "s"}, publisher="green")

    assert echo.hear_itself() == [0, 0]


def test_of_two_processes_that_decide_at_once_one_decides_again(mill):
    sack = ("farm", "sack.sent", {"silo_id": "s"}, "green")

    assert mill.hear_at_once(sack, sack) == 1
    assert sacks(mill) == 2


def test_a_write_has_a_request_id_of_its_own_unless_it_is_given_one(mill):
    answer = mill.call("empty", silo_id="s", request_id="one")

    assert answer == {"silo_id": "s", "at": str(NOON).replace(" ", "T")}
    assert mill.call("empty", silo_id="s", request_id="one") == answer
    with pytest.raises(Refused, match="REQUEST_ID_USED"):
        mill.call("empty", silo_id="t", request_id="one")
    assert mill.call("empty", silo_id="t")["silo_id"] == "t"


def test_a_write_that_meets_another_is_decided_again_by_all_that_it_was_given(mill, monkeypatch):
    commit, met = UnitOfWork.commit, []

    def meets(work):
        if not met:
            met.append(work)
            raise Conflict
        commit(work)

    monkeypatch.setattr(UnitOfWork, "commit", meets)

    assert mill.call("empty", silo_id="s")["silo_id"] == "s"
    assert met


def test_a_timer_does_each_tick_once(mill):
    mill.tick("turn")
    mill.tick("turn")
    mill.clock = lambda: NOON + timedelta(seconds=61)
    mill.tick("turn")

    turned = mill.read("get_silo", silo_id="s")["turned"]
    assert turned == ["2023-08-21T04:00:00Z", "2023-08-21T04:01:00Z"]


@pytest.mark.parametrize("given", [{}, {"wind": "w", "rain": "r"}, {"wnd": "w"}])
def test_a_dependency_that_is_missing_or_unknown_is_named(given):
    with pytest.raises(TypeError, match=r"Mill needs one Store, and here wind=…"):
        Rehearsal(Mill, **given)


def test_a_publisher_of_what_is_no_feed_is_told_to_the_test():
    mill = Rehearsal(Mill, wind="w")
    with pytest.raises(TypeError, match="farm is no feed here"):
        sent(mill)


def test_a_rehearsal_that_is_over_leaves_no_store_behind():
    before = set(redis._memory)
    mill = Rehearsal(Mill, feeds=[FARM], wind="w")
    (its_own,) = set(redis._memory) - before

    del mill
    gc.collect()

    assert its_own not in redis._memory
