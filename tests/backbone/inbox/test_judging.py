"""An operator sees what holds up what, and what would become of parked messages, before anything is done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from marshmallow import fields, validate
from structlog.testing import capture_logs

from backbone import Collection, Store, hears, reads
from backbone.amqp.topology import Feed, queue_name
from backbone.errors import Invalid, Permanent, Reason, Refused
from backbone.inbox import admin
from backbone.inbox.incoming import Handler, IncomingMessage
from backbone.inbox.judging import ONLY_ITS_CONTRACT, judge
from backbone.messages.contract import Contract
from backbone.parking.pages import page
from backbone.testing import Rehearsal

NOON = datetime(2023, 8, 21, 4, 0, tzinfo=UTC)
FARM = Feed(name="farm", source="/farms/", keeper="mill", knows=lambda code, _day: code == "green")


@dataclass(frozen=True, kw_only=True)
class Silo:
    silo_id: str
    sacks: int = 0


@dataclass(frozen=True, kw_only=True)
class SackStored:
    silo_id: str


class Sack(Contract):
    silo_id = fields.Str(required=True)
    kg = fields.Int(load_default=1)


class SmallSack(Sack):
    kg = fields.Int(load_default=1, validate=validate.Range(max=10, error="Send 10 kg or less."))


class Mill:
    name = "mill"
    store = Store(Collection(Silo, key="silo_id"), emits=(SackStored,))
    get_silo, list_silos, silo_history = reads(Silo)
    stands_still = wet = torn = False

    @hears("farm", "sack.sent", Sack)
    def store_sack(self, event: Any) -> str:
        if Mill.stands_still:
            raise Permanent("the mill stands still")
        if Mill.wet:
            raise Refused([Reason("WET", "Dry the sack.", "data")])
        if Mill.torn:
            raise RuntimeError("the belt tore")
        silo = self.store.get(Silo, event.data["silo_id"]) or Silo(silo_id=event.data["silo_id"])
        self.store.save(replace(silo, sacks=silo.sacks + 1))
        self.store.announce(SackStored(silo_id=silo.silo_id))
        return "stored"


@pytest.fixture(autouse=True)
def _quiet():
    with capture_logs():
        yield


class Desk:
    """A rehearsed mill that stands still at first, and its operator."""

    def __init__(self) -> None:
        self.now = NOON
        self.mill = Rehearsal(Mill, feeds=[FARM], clock=lambda: self.now)
        self.inbox = self.mill.lane
        self.inboxes = {self.inbox.queue: self.inbox}
        self.lot = self.inbox.lot
        self.lot.check = lambda parked: admin.check(admin.inbox_of(self.inboxes, parked), parked)

    def park(self, *silos: str, kg: int = 1) -> list[str]:
        """A sack for each of these silos, which nobody can take. Answers their ids on the lot."""
        before = {each["parked_id"] for each in self.lot.entries()}
        for silo in silos:
            self.now += timedelta(seconds=1)
            data = {"silo_id": silo, "kg": kg}
            self.mill.hear("farm", "sack.sent", data, publisher="green")
        return [e["parked_id"] for e in self.lot.entries() if e["parked_id"] not in before]

    def outcomes(self, *ids: str) -> list[str]:
        return [each["outcome"] for each in judge(self.lot, self.inboxes, ids)]


@pytest.fixture
def desk(monkeypatch):
    for name in ("stands_still", "wet", "torn"):
        monkeypatch.setattr(Mill, name, name == "stands_still")
    return Desk()


# --- the list


def test_each_says_what_it_waits_for_and_how_many_wait_behind_it(desk):
    first, second, third, other = desk.park("a", "a", "a", "b")

    found, cursor = page(desk.lot)

    assert cursor is None
    assert {each["parked_id"]: (each["waits_for"], each["waiting"]) for each in found} == {
        first: (None, 2),
        second: (first, 0),
        third: (first, 0),
        other: (None, 0),
    }
    assert not {"body", "headers"} & found[0].keys()


def test_a_message_that_others_waited_behind_hands_its_place_on(desk):
    first, second, third = desk.park("a", "a", "a")
    desk.lot.discard(first, "me", "torn")  # the next one follows: it is on its way to its queue

    found, _ = page(desk.lot)

    assert [(each["parked_id"], each["waits_for"]) for each in found] == [(third, second)]


def read_all(desk, limit, after_each=lambda _: None):
    """The ids page after page, in no more pages than there can be."""
    seen, cursor = [], None
    for _ in range(1 + len(desk.lot.entries())):
        found, cursor = page(desk.lot, limit=limit, cursor=cursor)
        seen += [each["parked_id"] for each in found]
        if cursor is None:
            break
        after_each(seen[-1])
    return seen


def test_all_are_read_page_by_page_once_each_though_some_go_meanwhile(desk):
    ids = desk.park(*(f"silo-{number}" for number in range(25)))

    assert read_all(desk, 4, lambda last: desk.lot.discard(last, "me", "torn")) == ids


def test_those_of_one_moment_are_told_once_each_too(desk):
    ids = desk.park(*(f"silo-{number}" for number in range(7)))
    redis = desk.lot.repository.redis
    redis.zadd(desk.lot.index, dict.fromkeys(ids, NOON.timestamp()))

    assert read_all(desk, 3) == sorted(ids)


def test_a_page_of_one_cause_has_no_other_and_may_be_empty_without_being_the_last(desk):
    desk.park("a", "a", "a", "b")

    heads, cursor = page(desk.lot, "Permanent", limit=1)
    none, after = page(desk.lot, "Permanent", limit=2, cursor=cursor)
    last, end = page(desk.lot, "Permanent", limit=2, cursor=after)

    assert [len(each) for each in (heads, none, last)] == [1, 0, 1]
    assert {each["cause"] for each in heads + last} == {"Permanent"}
    assert end is None


def test_a_cursor_that_is_none_is_refused(desk):
    with pytest.raises(Invalid) as refusal:
        page(desk.lot, cursor="tomorrow/x")

    assert refusal.value.reasons[0].code == "BAD_CURSOR"


# --- what would become of them


def test_what_would_be_accepted_now_is_told_and_nothing_of_it_happens(desk, monkeypatch):
    ids, before = desk.park("a", "b"), len(desk.mill.outbox)
    monkeypatch.setattr(Mill, "stands_still", False)

    found = judge(desk.lot, desk.inboxes, ids)

    assert [(each["outcome"], each["note"]) for each in found] == [("accepted", "stored")] * 2
    assert desk.mill.read("list_silos")["items"] == []
    assert (len(desk.mill.outbox), len(desk.lot.entries())) == (before, 2)
    assert desk.outcomes(*ids) == ["accepted"] * 2, "and asking leaves no mark"


def test_what_would_fail_again_is_told_with_the_error(desk, monkeypatch):
    ids = desk.park("a")
    assert desk.outcomes(*ids) == ["parked"]

    monkeypatch.setattr(Mill, "stands_still", False)
    monkeypatch.setattr(Mill, "torn", True)
    (found,) = judge(desk.lot, desk.inboxes, ids)

    assert found["outcome"] == "parked"
    assert (found["reasons"][0]["code"], found["reasons"][0]["sentence"]) == (
        "RuntimeError",
        "the belt tore",
    )


def test_a_no_of_the_handler_is_told_with_its_reasons(desk, monkeypatch):
    ids = desk.park("a")
    monkeypatch.setattr(Mill, "stands_still", False)
    monkeypatch.setattr(Mill, "wet", True)

    (found,) = judge(desk.lot, desk.inboxes, ids)

    assert (found["outcome"], found["reasons"][0]["code"]) == ("refused", "WET")


def test_the_contract_of_today_is_held_against_each(desk, monkeypatch):
    small, large = *desk.park("a", kg=5), *desk.park("b", kg=50)
    monkeypatch.setattr(Mill, "stands_still", False)
    handler = Handler("farm", "sack.sent", SmallSack(), "store_sack")
    monkeypatch.setitem(desk.inbox.decoder.handlers, ("farm", "sack.sent"), handler)

    found = judge(desk.lot, desk.inboxes, [small, large])

    assert [each["outcome"] for each in found] == ["accepted", "kept"]
    assert found[1]["reasons"][0]["sentence"] == "Send 10 kg or less."
    with pytest.raises(Invalid):
        desk.lot.replay(large, "me")  # as it was told


def test_what_waits_behind_another_is_told_what_it_waits_for(desk, monkeypatch):
    first, second = desk.park("a", "a")
    monkeypatch.setattr(Mill, "stands_still", False)

    _, found = judge(desk.lot, desk.inboxes, [first, second])

    assert (found["outcome"], found["waits_for"]) == ("waits", first)


def test_what_is_too_old_to_be_sent_back_is_told_so(desk):
    ids = desk.park("a")
    desk.now += timedelta(days=31)

    (found,) = judge(desk.lot, desk.inboxes, ids)

    assert (found["outcome"], found["reasons"][0]["code"]) == ("kept", "TOO_OLD")


def test_what_was_done_meanwhile_or_is_not_there_is_told_so(desk, monkeypatch):
    (parked_id,) = desk.park("a")
    assert desk.outcomes("0" * 16) == ["gone"]

    monkeypatch.setattr(Mill, "stands_still", False)
    incoming = IncomingMessage.of_parked(desk.lot.get(parked_id))
    desk.lot.repository.redis.set(desk.inbox.decoder.read(incoming).marks[0], b"{}")

    assert desk.outcomes(parked_id) == ["duplicate"]


def test_a_damaged_one_says_which_key_is_damaged(desk):
    (parked_id,) = desk.park("a")
    key = "{mill}:parked:message:" + parked_id
    desk.lot.repository.redis.set(key, b"1 {")

    (found,) = judge(desk.lot, desk.inboxes, [parked_id])

    assert found["outcome"] == "kept"
    assert key in found["reasons"][0]["sentence"]


def test_where_a_service_does_what_others_notice_only_the_contract_is_asked(desk, monkeypatch):
    (parked_id,) = desk.park("a")
    monkeypatch.setattr(desk.inbox, "queue", queue_name("mill", "deliveries"))
    desk.inboxes[desk.inbox.queue] = desk.inbox
    parked = replace(desk.lot.get(parked_id), queue=desk.inbox.queue)
    monkeypatch.setattr(desk.lot, "get", lambda _: parked)

    (found,) = judge(desk.lot, desk.inboxes, [parked_id])

    assert (found["outcome"], found["note"]) == ("accepted", ONLY_ITS_CONTRACT)


def test_the_answer_comes_in_time_with_as_many_as_could_be_judged(desk, monkeypatch):
    ids = desk.park("a", "b", "c")
    monkeypatch.setattr("backbone.inbox.judging.JUDGED_WITHIN_S", -1.0)

    assert [each["parked_id"] for each in judge(desk.lot, desk.inboxes, ids)] == ids[:1]
