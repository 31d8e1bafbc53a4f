"""Reports of carriers come late, twice and in any order, between the work of the desk: what is let in
the end is the same, and never more than can be rented."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Answered

from ..conftest import Parcels
from ..reports import XIAOYUE, event
from . import reports
from .reports import BUILDING, PARK, UNIT

FIRST = date(2023, 1, 1)
STORY = [
    reports.park(),
    reports.park(stars=5, stars_from="2023-07-01", operator="b", reported_on="2023-07-02"),
    reports.building(),
    reports.building(floors=4, reported_on="2023-03-01"),
    reports.unit(),
    reports.unit(rentable_area_m2="450", reported_on="2023-06-01"),
    reports.lease("L1", "300", signed_on="2023-02-20"),
    reports.lease("L2", "250", signed_on="2023-02-21"),
    reports.lease("L3", "200", signed_on="2023-02-22"),
    reports.lease("L3", "190", signed_on="2023-02-23"),
    reports.lease(
        "L4", "500", starts_on="2024-03-01", ends_on="2024-12-31", signed_on="2023-05-01"
    ),
]
EVENTS = [event(type_, data, number) for number, (type_, data) in enumerate(STORY)]


@st.composite
def deliveries(draw: st.DrawFn) -> list[Any]:
    """The reports in any order, each once to three times, every copy under an id of its own."""
    copies = [
        event(each["type_"], each["data"], number + len(EVENTS) * copy)
        for number, each in enumerate(EVENTS)
        for copy in range(draw(st.integers(1, 3)))
    ]
    return draw(st.permutations(copies))


def play(events: list[Any]) -> Parcels:
    parcels = Parcels()
    for each in events:
        parcels.handle(each)
    return parcels


def outcome(parcels: Parcels) -> Any:
    """What the register says, without which copy it heard last."""
    return [
        bare(parcels.read("get_park", park_id=PARK)),
        bare(parcels.read("get_building", building_id=BUILDING)),
        bare(parcels.read("get_unit", unit_id=UNIT)),
        parcels.read("units_available", on="2023-09-01"),
        parcels.read("carrier_findings"),
    ]


def bare(thing: Any) -> Any:
    if isinstance(thing, dict):
        return {k: bare(each) for k, each in thing.items() if k not in ("at", "event_id")}
    return [bare(each) for each in thing] if isinstance(thing, list | tuple) else thing


EXPECTED = outcome(play(EVENTS))


def test_the_story_has_every_way_a_lease_can_go():
    leases = {each["lease_id"]: each["state"] for each in EXPECTED[2]["leases"]}

    assert [leases[f"{XIAOYUE}-L{n}"] for n in (1, 2, 3, 4)] == [
        "in_force",
        "set_aside",
        "in_force",
        "in_force",
    ]
    assert [each["code"] for each in EXPECTED[2]["findings"]] == ["RENTABLE_BELOW_LEASED"]


@settings(max_examples=30, deadline=None)
@given(deliveries())
def test_the_order_and_the_number_of_copies_make_no_difference(events):
    assert outcome(play(events)) == EXPECTED


@settings(max_examples=30, deadline=None)
@given(st.permutations(EVENTS))
def test_the_last_word_on_each_lease_is_the_same(events):
    facts = play(events).facts

    last = {}
    for name, fact in facts:
        last[fact["lease_id"]] = (name, fact.get("area_m2"))
    assert {lease_id[-2:]: said for lease_id, said in last.items()} == {
        "L1": ("unit_let", "300"),
        "L2": ("lease_set_aside", None),
        "L3": ("unit_let", "190"),
        "L4": ("unit_let", "500"),
    }


# --- townships and the desk, at random


def days(least: int, most: int) -> st.SearchStrategy[str]:
    return st.integers(least, most).map(lambda n: (FIRST + timedelta(days=n)).isoformat())


@st.composite
def a_lease(draw: st.DrawFn) -> dict[str, Any]:
    starts = draw(st.integers(0, 40))
    ends = starts + draw(st.integers(0, 20))
    return reports.terms(
        f"L{draw(st.integers(1, 6))}",
        str(draw(st.integers(1, 60))),
        starts_on=(FIRST + timedelta(days=starts)).isoformat(),
        ends_on=(FIRST + timedelta(days=ends)).isoformat(),
        signed_on=draw(days(0, 30)),
    )


LEASE_IDS = st.integers(1, 6).map(lambda n: f"{XIAOYUE}-L{n}")
REPORTED = st.tuples(st.just("report"), a_lease())
LET = st.tuples(st.just("lease_unit"), a_lease())
ENDED = st.tuples(
    st.just("end_lease"),
    st.fixed_dictionaries(
        {"unit_id": st.just(UNIT), "lease_id": LEASE_IDS, "ended_on": days(0, 60)}
    ),
)
RENEWED = st.tuples(
    st.just("renew_lease"),
    st.fixed_dictionaries(
        {
            "unit_id": st.just(UNIT),
            "lease_id": LEASE_IDS,
            "new_lease_id": LEASE_IDS,
            "signed_on": days(0, 60),
            "ends_on": days(0, 90),
        }
    ),
)
STEPS = st.lists(REPORTED | LET | ENDED | RENEWED, max_size=14)


def taken(parcels: Parcels, steps: list[Any]) -> Iterable[Parcels]:
    """The service after each step; what the desk is refused changes nothing."""
    for kind, data in steps:
        if kind == "report":
            parcels.report("carrier.unit_leased", data)
        else:
            with suppress(Answered):
                parcels.call(kind, **data)
        yield parcels


def overlet_days(unit: Any) -> list[str]:
    """The days on which more is let than can be rented, counted plainly, a day at a time."""
    found = []
    for number in range(100):
        day = (FIRST + timedelta(days=number)).isoformat()
        let = [
            Decimal(each["area_m2"])
            for each in unit["leases"]
            if each["state"] == "in_force" and each["starts_on"] <= day <= last_day(each)
        ]
        if sum(let) > Decimal(unit["rentable_area_m2"]):
            found.append(day)
    return found


def last_day(lease: Any) -> str:
    return lease["ended"]["last_day"] if lease["ended"] else lease["ends_on"]


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_on_no_day_is_more_let_than_can_be_rented(steps):
    parcels = Parcels()
    parcels.report(*reports.unit(rentable_area_m2="100"))
    for after in taken(parcels, steps):
        unit = after.read("get_unit", unit_id=UNIT)
        assert overlet_days(unit) == []
        assert unit["findings"] == []


@settings(max_examples=40, deadline=None)
@given(STEPS, st.integers(1, 99))
def test_an_area_that_shrinks_is_a_finding_just_where_it_is_too_small(steps, area):
    parcels = Parcels()
    parcels.report(*reports.unit(rentable_area_m2="100", reported_on="2022-12-01"))
    for _ in taken(parcels, steps):
        pass
    parcels.report(*reports.unit(rentable_area_m2=str(area), reported_on="2023-01-01"))

    unit = parcels.read("get_unit", unit_id=UNIT)
    codes = [each["code"] for each in unit["findings"]]
    assert (codes == ["RENTABLE_BELOW_LEASED"]) == bool(overlet_days(unit))


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_what_was_announced_is_what_stands(steps):
    parcels = Parcels()
    parcels.report(*reports.unit(rentable_area_m2="100"))
    for _ in taken(parcels, steps):
        pass

    unit = parcels.read("get_unit", unit_id=UNIT)
    last = {}
    for name, fact in parcels.facts:
        last[fact["lease_id"]] = name
    word = {"set_aside": "lease_set_aside", "in_force": "unit_let"}
    ended = "unit_vacated"
    for lease in unit["leases"]:
        said = ended if lease["ended"] and lease["state"] == "in_force" else word[lease["state"]]
        assert last.pop(lease["lease_id"]) == said
    assert last == {}
