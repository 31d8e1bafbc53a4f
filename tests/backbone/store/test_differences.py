"""What changed between two moments is what the store held otherwise, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import fields

from backbone import Collection, Store, hears
from backbone.amqp.topology import Feed
from backbone.errors import Invalid
from backbone.messages.contract import Contract
from backbone.store.differences import changed, explained, nearest_ids
from backbone.testing import Rehearsal

NOON = datetime(2023, 8, 21, 4, 0, tzinfo=UTC)
FARM = Feed(name="farm", source="/farms/", keeper="mill", knows=lambda code, _day: code == "green")


@dataclass(frozen=True, kw_only=True)
class Silo:
    silo_id: str
    sacks: int = 0
    grain: str = "rye"


@dataclass(frozen=True, kw_only=True)
class Cart:
    cart_id: str
    trips: int = 0


@dataclass(frozen=True, kw_only=True)
class Tally:
    tally_id: str
    sacks: int = 0
    miller: str | None = "Ann Reed"
    mate: str | None = None


class Sack(Contract):
    silo_id = fields.Str(required=True)
    grain = fields.Str(load_default="rye")
    sacks = fields.Int(load_default=1)


class Mill:
    name = "mill"
    store = Store(
        Collection(Silo, key="silo_id"),
        Collection(Cart, key="cart_id"),
        Collection(Tally, key="tally_id", history=False, hidden=("miller", "mate")),
    )

    @hears("farm", "sack.sent", Sack)
    def store_sack(self, event: Any) -> None:
        silo = self.store.get(Silo, event.data["silo_id"]) or Silo(silo_id=event.data["silo_id"])
        self.store.save(replace(silo, grain=event.data["grain"], sacks=event.data["sacks"]))
        cart = self.store.get(Cart, "c") or Cart(cart_id="c")
        self.store.save(replace(cart, trips=cart.trips + 1))
        self.store.save(Tally(tally_id="t", sacks=event.data["sacks"]))


class Clock:
    def __init__(self) -> None:
        self.minute = 0

    def __call__(self) -> datetime:
        return NOON + timedelta(minutes=self.minute)


@pytest.fixture
def mill() -> Rehearsal:
    return Rehearsal(Mill, feeds=[FARM], clock=Clock())


def at(minute: float) -> datetime:
    return NOON + timedelta(minutes=minute)


def sent(mill: Rehearsal, minute: int, silo_id: str = "a", **more: Any) -> None:
    mill.clock.minute = minute
    data = {"silo_id": silo_id, **more}
    mill.hear("farm", "sack.sent", data, "green", id=f"e{minute}-{silo_id}")


def silos(mill: Rehearsal, since: float, until: float) -> dict[str, dict[str, Any]]:
    found, _ = changed(mill.repository, at(since), at(until), "silo")
    return {
        each["id"]: {one["field"]: (one["before"], one["after"]) for one in each["fields"]}
        for each in found
    }


def test_a_field_is_told_with_both_values_and_what_changed_it_last(mill):
    sent(mill, 1)
    sent(mill, 2, sacks=5)
    sent(mill, 3, sacks=7)
    sent(mill, 9, sacks=9)
    (found,), _ = changed(mill.repository, at(1.5), at(4), "silo")

    assert (found["thing"], found["id"], found["is_new"]) == ("silo", "a", False)
    (field,) = found["fields"]
    assert (field["field"], field["before"], field["after"]) == ("sacks", 1, 7)
    assert field["by"]["id"] == "e3-a"
    assert datetime.fromisoformat(field["at"]) == at(3)


def test_a_thing_that_was_not_there_is_new(mill):
    sent(mill, 5)

    (found,), _ = changed(mill.repository, at(4), at(6), "silo")
    assert found["is_new"]
    assert changed(mill.repository, at(0), at(4)) == ([], None)


def test_what_was_changed_back_is_left_out(mill):
    sent(mill, 1)
    sent(mill, 2, grain="oats")
    sent(mill, 3)

    assert silos(mill, 1.5, 4) == {}
    assert silos(mill, 1.5, 2.5) == {"a": {"grain": ("rye", "oats")}}


def test_all_kinds_are_told_a_page_at_a_time(mill):
    for minute, silo_id in enumerate("abcde", 1):
        sent(mill, minute, silo_id)
    found, cursor, pages = [], None, 0
    while cursor is not None or not pages:
        some, cursor = changed(mill.repository, at(0), at(9), limit=2, cursor=cursor)
        found, pages = found + some, pages + 1

    assert [(each["thing"], each["id"]) for each in found] == [
        ("cart", "c"), *(("silo", name) for name in "abcde")
    ]  # fmt: skip
    assert pages > 2


def test_what_is_changed_while_the_pages_are_turned_is_not_missed(mill):
    for minute, silo_id in enumerate("abcde", 1):
        sent(mill, minute, silo_id)
    some, cursor = changed(mill.repository, at(0), at(9), "silo", limit=2)
    sent(mill, 20, "e", sacks=9)
    rest, _ = changed(mill.repository, at(0), at(9), "silo", limit=9, cursor=cursor)

    assert [each["id"] for each in some + rest] == list("abcde")
    assert all(field["after"] != 9 for each in rest for field in each["fields"])


def test_one_call_looks_at_so_many_things_and_says_where_to_go_on(mill, monkeypatch):
    monkeypatch.setattr("backbone.store.differences.LOOK_AT_MOST", 3)
    for minute, silo_id in enumerate("abcdefgh", 1):
        sent(mill, minute, silo_id)
        sent(mill, minute + 10, silo_id, sacks=2)
        sent(mill, minute + 20, silo_id)
    found, cursor = changed(mill.repository, at(9), at(40), "silo", limit=2)

    assert (found, cursor is None) == ([], False)


def test_a_kind_that_is_not_kept_is_refused_with_those_that_are(mill):
    with pytest.raises(Invalid, match="cart, silo"):
        changed(mill.repository, at(0), at(1), "windmill")


steps = st.lists(
    st.tuples(st.sampled_from("ab"), st.integers(0, 2), st.sampled_from(["rye", "oats"])),
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(steps, st.integers(0, 9), st.integers(0, 9))
def test_it_is_what_the_store_held_at_both_moments(steps, first, second):
    mill = Rehearsal(Mill, feeds=[FARM], clock=Clock())
    for minute, (silo_id, sacks, grain) in enumerate(steps, 1):
        sent(mill, minute, silo_id, sacks=sacks, grain=grain)
    since, until = sorted((first, second))
    told = silos(mill, since, until)

    for silo_id in "ab":
        before, after = (mill.repository.as_of(Silo, silo_id, at(m)) for m in (since, until))
        differs = {
            name: (getattr(before, name, None), getattr(after, name))
            for name in ("silo_id", "sacks", "grain")
            if after and getattr(before, name, None) != getattr(after, name)
        }
        assert told.get(silo_id, {}) == differs


def test_a_thing_is_explained_field_by_field_now_and_as_it_was(mill):
    sent(mill, 1)
    sent(mill, 2, sacks=5)
    kind = mill.repository.collections[Silo]
    now = {each["field"]: each for each in explained(mill.repository, kind, "a", None)}
    then = {each["field"]: each for each in explained(mill.repository, kind, "a", at(1.5))}

    assert (now["sacks"]["value"], now["sacks"]["by"]["id"]) == (5, "e2-a")
    assert (now["grain"]["value"], now["grain"]["by"]["id"]) == ("rye", "e1-a")
    assert (then["sacks"]["value"], then["sacks"]["by"]["id"]) == (1, "e1-a")
    assert explained(mill.repository, kind, "a", at(0)) == []
    assert explained(mill.repository, kind, "nobody", None) == []


def test_a_change_has_the_time_of_its_event_beside_the_moment_at_which_it_was_kept(mill):
    mill.hear("farm", "sack.sent", {"silo_id": "a"}, "green", id="e1", time=at(-90))
    kind = mill.repository.collections[Silo]
    [field] = [e for e in explained(mill.repository, kind, "a", None) if e["field"] == "sacks"]

    assert datetime.fromisoformat(field["by"]["time"]) == at(-90)
    assert datetime.fromisoformat(field["at"]) == at(0)


def test_ids_that_look_like_one_that_there_is_not_are_named(mill):
    kind = mill.repository.collections[Silo]
    assert nearest_ids(mill.repository, kind, "a") == []
    for number, silo_id in enumerate(("north-1", "north-2", "south-1", "west"), 1):
        sent(mill, number, silo_id)

    assert nearest_ids(mill.repository, kind, "nort-2")[0] == "north-2"
    assert nearest_ids(mill.repository, kind, "zzz") == ["north-1", "north-2", "south-1"]


def test_of_a_kind_without_a_history_the_values_are_told_alone(mill):
    sent(mill, 1)
    kind = mill.repository.collections[Tally]

    assert explained(mill.repository, kind, "t", None) == [
        {"field": "tally_id", "value": "t", "at": None, "by": None},
        {"field": "sacks", "value": 1, "at": None, "by": None},
        {"field": "miller", "value": "****", "at": None, "by": None},
        {"field": "mate", "value": None, "at": None, "by": None},
    ]
