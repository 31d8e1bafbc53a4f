"""Merging township parks: what stands in them keeps its ids and its terms, and changes its park."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import NotFound

from ..conftest import Parcels
from ..reports import XIAOYUE
from . import reports
from .reports import BUILDING, PARK, UNIT

INTO = f"{XIAOYUE}-P2"
THIRD = f"{XIAOYUE}-P3"
L1 = f"{XIAOYUE}-L1"


def merge(parcels, *sources, **more):
    given = {
        "source_ids": list(sources or [PARK]),
        "into_id": INTO,
        "merged_on": "2023-08-01",
        "operator": "zone company",
        "document_number": "虞园区〔2023〕8号",
    }
    return parcels.call("merge_parks", **given | more)


@pytest.fixture
def two_parks(reported):
    """A park with a building, a unit and a lease, and an empty one."""
    reported.report(*reports.lease())
    reported.report(*reports.park(park_id=INTO, name="合并园", operator="second company"))
    return reported


def test_what_moves_along_is_listed_in_the_answer_and_in_the_fact(two_parks):
    answer = merge(two_parks)

    moved = {
        "park_id": PARK,
        "building_ids": [BUILDING],
        "unit_ids": [UNIT],
        "lease_ids": [L1],
    }
    assert answer["moved"] == [moved]
    assert [answer[f"{name}_before"] for name in ("buildings", "units", "leases")] == [1, 1, 1]
    assert [answer[f"{name}_after"] for name in ("buildings", "units", "leases")] == [1, 1, 1]
    assert two_parks.facts_named("park_merged") == [
        {
            "park_id": INTO,
            "township": XIAOYUE,
            "merged_on": "2023-08-01",
            "operator": "zone company",
            "document_number": "虞园区〔2023〕8号",
            "moved": [moved],
        }
    ]


def test_a_unit_and_its_lease_stay_as_they_are(two_parks):
    before = two_parks.read("get_unit", unit_id=UNIT)

    merge(two_parks)

    assert two_parks.read("get_unit", unit_id=UNIT) == before
    assert two_parks.read("get_park", park_id=PARK)["merged"]["into_id"] == INTO
    merged = two_parks.read("list_parks", filter={"merged_into": INTO})["items"]
    assert [each["park_id"] for each in merged] == [PARK]


@pytest.mark.parametrize(
    ("on", "park_id", "operator", "full", "empty"),
    [
        ("2023-07-31", PARK, "park company", PARK, INTO),
        ("2023-08-01", INTO, "zone company", INTO, PARK),
    ],
)
def test_from_the_day_of_the_merger_the_unit_is_in_the_new_park_under_its_operator(
    two_parks, on, park_id, operator, full, empty
):
    merge(two_parks)

    (unit,) = two_parks.read("units_available", on=on)["units"]
    assert (unit["park_id"], unit["operator"]) == (park_id, operator)
    assert two_parks.read("occupancy", park_id=full, on=on)["units_found"] == 1
    assert two_parks.read("occupancy", park_id=empty, on=on)["units_found"] == 0
    assert len(two_parks.read("units_available", on=on, park_id=full)["units"]) == 1
    assert two_parks.read("units_available", on=on, park_id=empty)["units"] == []
    gone = two_parks.read("occupancy", park_id=PARK, on=on)["merged_into"]
    assert gone == (INTO if full == INTO else None)


def test_what_is_reported_in_the_old_park_after_the_merger_is_in_the_new_one(two_parks):
    merge(two_parks)
    two_parks.report(*reports.building(building_id=f"{BUILDING}b"))

    found = two_parks.read("occupancy", park_id=INTO)["buildings"]

    assert [each["building_id"] for each in found] == [BUILDING, f"{BUILDING}b"]


def test_a_park_that_took_others_in_is_merged_with_all_of_them(two_parks):
    two_parks.report(*reports.park(park_id=THIRD))
    merge(two_parks, merged_on="2023-07-01")
    answer = merge(two_parks, INTO, into_id=THIRD, merged_on="2023-08-01")

    assert answer["moved"][0]["unit_ids"] == [UNIT]
    assert [
        two_parks.read("units_available", on=on)["units"][0]["park_id"]
        for on in ("2023-06-30", "2023-07-01", "2023-08-01")
    ] == [PARK, INTO, THIRD]


def test_a_rated_park_counts_until_it_is_merged(two_parks):
    merge(two_parks)

    assert {
        on: [each["park_id"] for each in two_parks.read("star_rated", on=on)["parks"]]
        for on in ("2023-07-31", "2023-08-01")
    } == {"2023-07-31": [PARK, INTO], "2023-08-01": [INTO]}


def test_a_park_is_merged_once_and_nothing_into_one_that_was(two_parks, refused):
    two_parks.report(*reports.park(park_id=THIRD))
    merge(two_parks)

    with refused("PARK_MERGED"):
        merge(two_parks, PARK, into_id=THIRD)
    with refused("PARK_MERGED"):
        merge(two_parks, INTO, into_id=PARK)


@pytest.mark.parametrize("sources", [(INTO,), (PARK, INTO), (PARK, PARK)])
def test_no_park_is_merged_into_itself_or_named_twice(two_parks, sources, refused):
    with refused("SAME_PARK"):
        merge(two_parks, *sources)


def test_nothing_vanishes_in_a_park_that_was_never_reported(two_parks, refused):
    two_parks.report(*reports.building(building_id=f"{BUILDING}b", park_id=THIRD))

    with refused("PARK_NOT_REPORTED"):
        merge(two_parks, into_id=THIRD)


def test_a_merger_of_a_day_that_has_not_come_is_refused(two_parks, refused):
    with refused("NOT_YET"):
        merge(two_parks, merged_on="2023-09-03")


@pytest.mark.parametrize(
    ("sources", "into", "field"),
    [((THIRD,), INTO, "source_ids"), ((PARK,), THIRD, "into_id")],
)
def test_a_park_that_is_not_there_is_not_found(two_parks, sources, into, field):
    with pytest.raises(NotFound) as caught:
        merge(two_parks, *sources, into_id=into)

    assert caught.value.reasons[0].field == field


PARKS = [f"{XIAOYUE}-P{number}" for number in range(1, 5)]
BUILDINGS = st.lists(st.sampled_from(PARKS), min_size=0, max_size=5)
UNITS = st.lists(st.integers(0, 4), max_size=6)


@settings(max_examples=30, deadline=None)
@given(BUILDINGS, UNITS, st.sets(st.sampled_from(PARKS[1:]), min_size=1))
def test_nothing_is_lost_or_doubled_by_a_merger(homes, places, sources):
    parcels = a_district(homes, places)
    before = {park: parcels.read("occupancy", park_id=park) for park in PARKS}

    answer = merge(parcels, *sorted(sources), into_id=PARKS[0])

    for name in ("buildings", "units", "leases"):
        assert answer[f"{name}_before"] == answer[f"{name}_after"]
    after = {park: parcels.read("occupancy", park_id=park) for park in PARKS}
    then = {park: parcels.read("occupancy", park_id=park, on="2023-07-31") for park in PARKS}
    for figure in ("units_found", "leases_found"):
        gone = sum(before[each][figure] for each in sources)
        assert after[PARKS[0]][figure] == before[PARKS[0]][figure] + gone
        assert {park: each[figure] for park, each in then.items()} == {
            park: each[figure] for park, each in before.items()
        }
        assert all(after[each][figure] == 0 for each in sources)
    moved = [unit for each in answer["moved"] for unit in each["unit_ids"]]
    assert len(moved) == len(set(moved)) == sum(before[each]["units_found"] for each in sources)


def a_district(homes: list[str], places: list[int]) -> Parcels:
    """Four parks, a building for each home, a let unit for each place that is one of these."""
    parcels = Parcels()
    for park in PARKS:
        parcels.report(*reports.park(park_id=park))
    buildings = [f"{XIAOYUE}-B{number}" for number in range(len(homes))]
    for building, park in zip(buildings, homes, strict=True):
        parcels.report(*reports.building(building_id=building, park_id=park))
    for number, place in enumerate(places):
        if place < len(buildings):
            unit_id = f"{XIAOYUE}-U{number}"
            parcels.report(*reports.unit(unit_id=unit_id, building_id=buildings[place]))
            parcels.report(*reports.lease(unit_id=unit_id))
    return parcels
