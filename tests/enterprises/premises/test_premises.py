"""Where a firm is on a day: owner or tenant, on parcels and in units of carriers, many to many."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Invalid, NotFound

from ..conftest import NOON, Enterprises
from ..reports import FIRM, OTHER, PARCEL, TOWNSHIP, firm, premises

UNIT, LEASE, BUILDING = f"{TOWNSHIP}-U1", f"{TOWNSHIP}-L1", f"{TOWNSHIP}-B5"


def plot(parcel_id=PARCEL, **more):
    fact = {"parcel_id": parcel_id, "township": parcel_id[:9], "area_m2": "11781"}
    return fact | {"land_use": "industrial", "in_zone": True, "version": 1} | more


def let(**more):
    fact = {"unit_id": UNIT, "lease_id": LEASE, "building_id": BUILDING, "township": TOWNSHIP}
    terms = {"enterprise_id": FIRM, "area_m2": "800", "use": "production", "renews": None}
    return fact | terms | {"starts_on": "2023-01-01", "ends_on": "2025-12-31"} | more


def ended(on="2023-06-30"):
    return let() | {"ended_on": on, "free_from": "2023-07-01"}


def aside():
    about = ("unit_id", "lease_id", "building_id", "township", "enterprise_id")
    return {name: let()[name] for name in about} | {"reasons": []}


def hear(enterprises, name, data, hour=0):
    enterprises._heard("parcels", name, data, at=NOON + timedelta(hours=hour))


def where(enterprises, **asked):
    return enterprises.read("premises_of", enterprise_id=FIRM, **asked)


def units(enterprises, on="2023-08-21"):
    return [each["unit_id"] for each in where(enterprises, on=on)["in_units"]]


def in_unit(enterprises, **asked):
    found = enterprises.read("firms_in_unit", unit_id=UNIT, **asked)["firms_in_unit"]
    return [(each["enterprise_id"], each["role"]) for each in found]


def test_a_firm_is_on_several_parcels_and_several_firms_are_on_one(enterprises):
    other_parcel = f"{TOWNSHIP}-0240"
    enterprises.report(firm(premises(), premises("tenant", other_parcel, to="2023-08-21")))
    enterprises.report(firm(premises("tenant"), enterprise_id=OTHER))
    hear(enterprises, "parcel_registered", plot())
    found = where(enterprises)["on_parcels"]
    assert [(each["parcel_id"], each["role"], each["area_m2"]) for each in found] == [
        (PARCEL, "owner", "11781"),
        (other_parcel, "tenant", None),
    ]
    assert len(where(enterprises, on="2023-08-22")["on_parcels"]) == 1
    there = enterprises.read("firms_on_parcel", parcel_id=PARCEL)["firms"]
    assert {each["enterprise_id"] for each in there} == {FIRM, OTHER}


@pytest.mark.parametrize(
    ("on", "there"),
    [
        ("2022-12-31", []),
        ("2023-01-01", [UNIT]),
        ("2025-12-31", [UNIT]),
        ("2026-01-01", []),
    ],
)
def test_the_lessee_of_a_unit_has_premises_there_without_reporting_them(enterprises, on, there):
    enterprises.report(firm())
    hear(enterprises, "unit_let", let())
    assert units(enterprises, on) == there
    assert in_unit(enterprises, on=on) == [(FIRM, "tenant")] * len(there)


@pytest.mark.parametrize(("on", "there"), [("2023-06-30", [UNIT]), ("2023-07-01", [])])
def test_a_lease_that_was_ended_early_ends_there(enterprises, on, there):
    enterprises.report(firm())
    hear(enterprises, "unit_let", let())
    hear(enterprises, "unit_vacated", ended(), 1)
    assert units(enterprises, on) == there


def test_a_lease_that_is_set_aside_is_no_premises_until_it_is_let_again(enterprises):
    enterprises.report(firm())
    hear(enterprises, "unit_let", let())
    hear(enterprises, "lease_set_aside", aside(), 1)
    assert units(enterprises) == []
    hear(enterprises, "unit_let", let(), 2)
    assert units(enterprises) == [UNIT]


def test_a_lessee_who_is_named_in_words_is_no_firm(enterprises):
    hear(enterprises, "unit_let", let(enterprise_id=None))
    assert in_unit(enterprises) == []


def test_a_firm_may_own_its_unit_and_let_it(enterprises):
    enterprises.report(firm(premises() | {"unit_id": UNIT}))
    hear(enterprises, "unit_let", let(enterprise_id=OTHER))
    assert in_unit(enterprises) == [(OTHER, "tenant"), (FIRM, "owner")]
    assert in_unit(enterprises, on="2014-12-31") == []


def test_a_tenant_of_a_unit_is_told_once_however_it_is_known(enterprises):
    enterprises.report(firm(premises("tenant") | {"unit_id": UNIT}))
    assert in_unit(enterprises) == [(FIRM, "tenant")]
    hear(enterprises, "unit_let", let())
    assert in_unit(enterprises) == [(FIRM, "tenant")]


def test_a_unit_has_an_id_of_its_township(enterprises):
    with pytest.raises(Invalid, match="9-digit code"):
        enterprises.report(firm(premises() | {"unit_id": "5"}))


def test_a_firm_that_nobody_reported_is_not_found(enterprises):
    with pytest.raises(NotFound):
        where(enterprises)


FACTS = [
    ("unit_let", let(ends_on="2024-12-31", enterprise_id=OTHER)),
    ("lease_set_aside", aside()),
    ("unit_let", let()),
    ("unit_vacated", ended("2023-05-31")),
    ("unit_vacated", ended()),
    ("parcel_registered", plot(area_m2="1")),
    ("parcel_registered", plot(version=2)),
]


@settings(max_examples=15, deadline=None)
@given(st.permutations([*range(len(FACTS))] * 2))
def test_in_whatever_order_parcels_is_heard_the_same_stands(order):
    enterprises = Enterprises()
    enterprises.report(firm())
    for number in order:
        hear(enterprises, *FACTS[number], number)
    assert units(enterprises, "2023-06-30") == [UNIT]
    assert units(enterprises, "2023-07-01") == []
    assert where(enterprises)["on_parcels"][0]["area_m2"] == "11781"
