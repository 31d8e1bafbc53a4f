"""A park, its buildings and its units, reported in any order."""

from __future__ import annotations

import pytest

from backbone.errors import Invalid

from ..reports import PARCEL
from . import reports
from .reports import BUILDING, PARK, UNIT


def test_a_park_is_kept_with_its_operator_its_stars_and_their_days(reported):
    park = reported.read("get_park", park_id=PARK)

    assert (park["state"], park["name"]) == ("reported", "上虞新时代科创园")
    assert (park["small_firm_park"], park["parcel_ids"]) == (True, [PARCEL])
    assert [(each["since"], each["name"]) for each in park["operators"]] == [
        ("2023-01-10", "park company")
    ]
    assert [(each["since"], each["stars"]) for each in park["ratings"]] == [("2023-01-01", 4)]


def test_a_building_and_a_unit_are_found_by_what_they_are_in(reported):
    (building,) = reported.read("list_buildings", filter={"park_id": PARK})["items"]
    (unit,) = reported.read("list_units", filter={"building_id": BUILDING})["items"]

    assert (building["building_id"], building["name"]) == (BUILDING, "5号楼")
    assert (unit["unit_id"], unit["floor"], unit["rentable_area_m2"]) == (UNIT, 3, "500")
    assert unit["asking_rent_cny_per_m2_month"] == "18.50"


def test_what_is_reported_before_the_thing_that_it_is_in_announces_that(parcels):
    parcels.report(*reports.unit())
    building = parcels.read("get_building", building_id=BUILDING)
    parcels.report(*reports.building())
    park = parcels.read("get_park", park_id=PARK)

    assert (building["state"], building["park_id"]) == ("announced", None)
    assert (park["state"], park["name"]) == ("announced", None)
    assert parcels.read("get_building", building_id=BUILDING)["state"] == "reported"
    assert parcels.read("get_parcel", parcel_id=PARCEL)["state"] == "announced"


def test_a_receipt_says_what_a_building_or_a_unit_waits_for(parcels):
    early = [parcels.report(*each()) for each in (reports.unit, reports.building, reports.park)]
    later = [
        parcels.report(*each(reported_on="2023-02-02")) for each in (reports.unit, reports.building)
    ]

    assert early == [
        "waits for the report of its building",
        "waits for the report of its park",
        None,
    ]
    assert later == [None, None]


def test_a_floor_is_no_larger_than_all_floors_together(parcels):
    building = reports.building(storey_area_m2="6000.01")

    heard = parcels.hear("township", *building, publisher="330604006")

    assert [reason.field for reason in heard.reasons] == ["data.storey_area_m2"]
    parcels.report(*reports.building(storey_area_m2="6000"))


@pytest.mark.parametrize(
    ("make", "get", "key", "field", "older", "newer"),
    [
        (reports.park, "get_park", "park_id", "name", "old", "new"),
        (reports.building, "get_building", "building_id", "floors", 4, 6),
        (reports.unit, "get_unit", "unit_id", "floor", 1, 2),
    ],
)
def test_the_report_of_the_later_day_stands(parcels, make, get, key, field, older, newer):
    parcels.report(*make(reported_on="2023-08-01", **{field: newer}))

    note = parcels.report(*make(reported_on="2023-07-01", **{field: older}))

    thing_id = make()[1][key]
    assert note.startswith("a later report stands")
    assert parcels.read(get, **{key: thing_id})[field] == newer


def test_a_rating_of_an_older_report_is_kept_with_its_day(parcels):
    parcels.report(*reports.park(stars=5, stars_from="2023-07-01", reported_on="2023-08-01"))
    parcels.report(*reports.park(stars=3, stars_from="2022-01-01", reported_on="2022-02-01"))

    park = parcels.read("get_park", park_id=PARK)

    assert [each["stars"] for each in park["ratings"]] == [3, 5]


def test_stars_come_with_their_day(parcels):
    with pytest.raises(Invalid) as caught:
        parcels.report(*reports.park(stars_from=None))

    assert [reason.field for reason in caught.value.reasons] == ["data.stars_from"]


def test_more_units_than_a_floor_holds_are_doubtful_and_accepted(reported):
    note = reported.report(*reports.unit(unit_id=f"{UNIT}b", rentable_area_m2="700.1"))

    (found,) = reported.read("carrier_findings")["findings"]
    assert "floor 3 have 1200.1 m²" in note
    assert (found["carrier_id"], found["reason"]["code"]) == (BUILDING, "FLOOR_OVERFULL")


@pytest.mark.parametrize(("floor", "doubtful"), [(5, False), (6, True), (-1, False)])
def test_a_unit_above_the_last_floor_is_doubtful_and_accepted(parcels, floor, doubtful):
    order = [reports.building(floors=5), reports.unit(floor=floor)]

    for each in order:
        note = parcels.report(*each)

    codes = [each["reason"]["code"] for each in parcels.read("carrier_findings")["findings"]]
    assert codes == ["FLOOR_NOT_THERE"] * doubtful
    assert (f"floor {floor}, the building has 5" in (note or "")) is doubtful


def test_a_unit_above_a_last_floor_that_was_reported_later_is_found_as_well(parcels):
    for each in [reports.unit(floor=6), reports.building(floors=5)]:
        parcels.report(*each)

    (found,) = parcels.read("carrier_findings")["findings"]
    assert (found["carrier_id"], found["reason"]["code"]) == (UNIT, "FLOOR_NOT_THERE")


def test_a_floor_may_be_full_to_its_last_square_metre(reported):
    note = reported.report(*reports.unit(unit_id=f"{UNIT}b", rentable_area_m2="700"))

    assert note is None
    assert reported.read("carrier_findings") == {"findings": []}


def test_the_largest_floor_counts_where_it_was_reported(parcels):
    for each in [reports.building(storey_area_m2="400"), reports.unit()]:
        parcels.report(*each)

    (found,) = parcels.read("carrier_findings", township="330604006")["findings"]

    assert found["reason"]["code"] == "FLOOR_OVERFULL"
    assert parcels.read("carrier_findings", township="330604001")["findings"] == []


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: reports.park(park_id="330604001-P1"), "data.park_id"),
        (lambda: reports.park(parcel_ids=["330604001-7"]), "data.parcel_ids"),
        (lambda: reports.building(building_id="330604001-B"), "data.building_id"),
        (lambda: reports.building(park_id="330604001-P"), "data.park_id"),
        (lambda: reports.building(parcel_id="330604001-7"), "data.parcel_id"),
        (lambda: reports.unit(unit_id="330604001-U"), "data.unit_id"),
        (lambda: reports.unit(building_id="330604001-B"), "data.building_id"),
        (lambda: reports.lease(unit_id="330604001-U"), "data.unit_id"),
        (lambda: reports.lease(lease_id="330604001-L"), "data.lease_id"),
    ],
)
def test_a_township_reports_its_own_carriers_only(parcels, make, field, refused):
    with refused("NOT_YOUR_TOWNSHIP"):
        parcels.report(*make())

    heard = parcels.hear("township", *make(), publisher="330604006")
    assert [reason.field for reason in heard.reasons] == [field]


@pytest.mark.parametrize("make", [reports.park, reports.building, reports.unit])
def test_a_day_that_has_not_come_is_refused(parcels, make, refused):
    parcels.report(*make(reported_on="2023-09-02"))  # noon of 1 September, and a day's grace

    with refused("NOT_YET"):
        parcels.report(*make(reported_on="2023-09-03"))
