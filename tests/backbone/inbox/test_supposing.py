"""What would follow is what follows, and nothing of it happens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import fields

from backbone import Collection, Store, command, hears, reads
from backbone.amqp.topology import Feed
from backbone.errors import Permanent, Reason, Refused
from backbone.inbox.supposing import Report
from backbone.messages.contract import Contract, Fact
from backbone.messages.envelope import Event
from backbone.testing import Rehearsal

A, B = {"subject": "a"}, {"subject": "b"}
NOON = datetime(2023, 8, 21, 4, 0, tzinfo=UTC)
FARM = Feed(name="farm", source="/farms/", keeper="mill", knows=lambda code, _day: code == "green")


@dataclass(frozen=True, kw_only=True)
class Silo:
    silo_id: str
    sacks: int = 0
    grain: str = "rye"


@dataclass(frozen=True, kw_only=True)
class SackStored:
    silo_id: str


@dataclass(frozen=True, kw_only=True)
class GrainCounted:
    grain: str
    silos: int


class Sack(Contract):
    silo_id = fields.Str(required=True)
    grain = fields.Str(load_default="rye")


class Stored(Fact):
    silo_id = fields.Str(required=True)


class Mill:
    name = "mill"
    store = Store(
        Collection(Silo, key="silo_id", filters=("grain",), orders=("sacks",)),
        emits=(SackStored, GrainCounted),
    )
    get_silo, list_silos, silo_history = reads(Silo)

    @hears("farm", "sack.sent", Sack)
    def store_sack(self, event: Any) -> str:
        silo_id, grain = event.data["silo_id"], event.data["grain"]
        if grain == "sand":
            raise Refused([Reason("NO_GRAIN", "Send grain.", "data.grain")])
        if grain == "stone":
            raise Permanent("the mill stands still")
        silo = self.store.get(Silo, silo_id) or Silo(silo_id=silo_id)
        self.store.save(replace(silo, sacks=silo.sacks + 1, grain=grain))
        self.store.announce(SackStored(silo_id=silo_id))
        return "stored"

    @command(Sack)
    def add_sack(self, request: dict[str, Any]) -> None:
        silo = self.store.get(Silo, request["silo_id"]) or Silo(silo_id=request["silo_id"])
        self.store.save(replace(silo, sacks=silo.sacks + 1))

    @hears("mill", "sack_stored", Stored)
    def count(self, event: Any) -> None:
        silo = self.store.require(Silo, event.data["silo_id"])
        found = self.store.find(Silo, grain=silo.grain)
        self.store.announce(GrainCounted(grain=silo.grain, silos=len(found)))

    @hears("shop", "sack_returned", Sack)
    def take_back(self, event: Any) -> None:
        self.store.save(Silo(silo_id=event.data["silo_id"], grain=event.data["grain"]))


def mill() -> Rehearsal:
    return Rehearsal(Mill, feeds=[FARM], clock=lambda: NOON)


def sack(silo_id: str = "a", grain: str = "rye") -> Report:
    return Report("sack.sent", {"silo_id": silo_id, "grain": grain}, "green")


def added(request_id: str) -> Report:
    data = {"silo_id": "a", "grain": "rye"}
    act = lambda service: Mill.add_sack.decides(service, data)  # noqa: E731
    return Report("add_sack", id=request_id, act=act)


def happen(there: Rehearsal, *reports: Report) -> None:
    for each in reports:
        there.hear("farm", each.type, each.data, each.publisher)
        there.hear_itself()


def holds(there: Rehearsal) -> dict[bytes, Any]:
    """All that the store holds, byte by byte."""
    call = there.repository.call
    return {key: call("dump", key) for key in call("keys", "*")}


def test_a_field_that_would_change_is_told_with_what_it_is_and_would_be():
    there = mill()
    happen(there, sack())
    would = there.suppose(sack())

    assert would.reports == [
        {"type": "sack.sent", "outcome": "accepted", "note": "stored", "reasons": []}
    ]
    assert would.changes == [
        {"thing": "silo", "id": "a", "field": "sacks", "before": 1, "after": 2, "is_new": False}
    ]


def test_of_a_thing_that_would_be_new_each_field_is_told():
    changes = mill().suppose(sack()).changes

    assert {each["field"]: each["after"] for each in changes} == {
        "silo_id": "a", "sacks": 1, "grain": "rye",
    }  # fmt: skip
    assert all(each["is_new"] and each["before"] is None for each in changes)


def test_what_the_service_hears_of_itself_follows_and_finds_what_would_be_there():
    there = mill()
    happen(there, sack("a"), sack("b", "oats"))
    facts = there.suppose(sack("c"), sack("b"), sack("a", "oats")).facts

    counted = [each["data"] for each in facts if each["type"] == "mill.grain_counted"]
    assert counted == [
        {"grain": "rye", "silos": 2},
        {"grain": "rye", "silos": 3},
        {"grain": "oats", "silos": 1},
    ]


def test_what_would_be_refused_says_why_and_leads_to_nothing():
    would = mill().suppose(sack(grain="sand"), sack("b"))

    assert would.reports[0]["outcome"] == "refused"
    assert would.reports[0]["reasons"][0]["code"] == "NO_GRAIN"
    assert {each["id"] for each in would.changes} == {"b"}


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (Report("sack.sent", {}, "green"), "INVALID"),
        (Report("sack.sent", {"silo_id": "a"}, "blue"), "UNKNOWN_PUBLISHER"),
        (Report("sack.lost", {"silo_id": "a"}, "green"), "UNKNOWN_TYPE"),
    ],
)
def test_a_report_that_breaks_its_contract_is_refused_as_it_would_be(report, code):
    (said,) = mill().suppose(report).reports

    assert said["outcome"] == "refused"
    assert said["reasons"][0]["code"] == code


def test_a_fact_that_would_be_parked_is_told_so():
    said = mill().suppose(Report("shop.sack_returned", {}), sack(grain="stone")).reports

    assert [each["outcome"] for each in said] == ["parked", "refused"]


def test_a_fact_of_a_neighbour_is_supposed_too():
    would = mill().suppose(Report("shop.sack_returned", {"silo_id": "z"}))

    assert {each["id"] for each in would.changes} == {"z"}


def test_what_was_done_before_would_be_a_duplicate_and_changes_nothing():
    there = mill()
    there.hear("farm", "sack.sent", sack().data, "green", id="S-1")
    again = there.suppose(replace(sack(), id="S-1"))

    assert [each["outcome"] for each in again.reports] == ["duplicate"]
    assert again.changes == again.facts == []
    assert there.hear("farm", "sack.sent", sack().data, "green", id="S-1").outcome == "duplicate"


def test_of_two_reports_with_one_id_the_second_would_be_a_duplicate():
    twice = mill().suppose(replace(sack(), id="S-1"), replace(sack(), id="S-1"))

    assert [each["outcome"] for each in twice.reports] == ["accepted", "duplicate"]
    assert [each["after"] for each in twice.changes if each["field"] == "sacks"] == [1]


def test_a_report_would_wait_behind_one_of_its_subject_that_is_parked():
    there = mill()
    assert (
        there.hear("farm", "sack.sent", sack(grain="stone").data, "green", **A).outcome == "parked"
    )
    would = there.suppose(replace(sack(), attributes=A), replace(sack("b"), attributes=B))

    assert [each["outcome"] for each in would.reports] == ["waits", "accepted"]
    assert {each["id"] for each in would.changes} == {"b"}
    really = there.hear("farm", "sack.sent", sack().data, "green", **A)
    assert (really.outcome, really.codes) == ("parked", ["WAITS_BEHIND"])


def test_a_call_whose_request_id_was_used_would_change_nothing():
    there = mill()
    there.call("add_sack", silo_id="a", request_id="R-1")
    again = there.suppose(added("R-1"), added("R-2"))

    assert [each["outcome"] for each in again.reports] == ["duplicate", "accepted"]
    assert [each["after"] for each in again.changes] == [2]


reports = st.lists(
    st.builds(sack, st.sampled_from("abc"), st.sampled_from(["rye", "oats", "sand"])), max_size=5
)


@given(reports, reports)
@settings(deadline=None, max_examples=50)
def test_what_would_follow_is_what_follows_and_nothing_of_it_happened(before, supposed):
    there = mill()
    for each in before:
        if each.data["grain"] != "sand":
            happen(there, each)
    untouched, told = holds(there), len(there.facts)
    would = there.suppose(*supposed)

    assert holds(there) == untouched
    for each in supposed:
        if each.data["grain"] != "sand":
            happen(there, each)
    assert [(f"mill.{name}", data) for name, data in there.facts[told:]] == [
        (each["type"], each["data"]) for each in would.facts
    ]
    for change in would.changes:
        assert there.read("get_silo", silo_id=change["id"])[change["field"]] == change["after"]


def test_work_that_supposes_refuses_to_commit():
    work = mill().inbox.new_work()
    work.supposes = True
    work.begin(Event(id="e", source="/x", type="t"))
    work.save(Silo(silo_id="a"))
    work.close_step(None)

    with pytest.raises(RuntimeError, match="never committed"):
        work.commit()


def test_a_field_that_its_kind_hides_is_not_shown():
    there = mill()
    there.repository.collections[Silo] = replace(
        there.repository.collections[Silo], hidden=("sacks",)
    )
    happen(there, sack())
    (change,) = there.suppose(sack()).changes

    assert (change["field"], change["before"], change["after"]) == ("sacks", "****", "****")
