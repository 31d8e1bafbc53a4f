"""What the investment team asks: what is free, what becomes free, how full a park is."""

from __future__ import annotations

import pytest

from backbone.errors import NotFound

from ..reports import XIAOYUE
from . import reports
from .reports import BUILDING, FIRM, PARK, UNIT

SMALL, LARGE = f"{UNIT}-S", f"{UNIT}-L"
OTHER_TOWN = "330604001"


def other_town(parcels, **more):
    """A park that is not for small firms, in another township, with a unit of 400 m²."""
    ids = {"park_id": f"{OTHER_TOWN}-P1", "building_id": f"{OTHER_TOWN}-B1"}
    park = reports.park(
        park_id=ids["park_id"], small_firm_park=False, parcel_ids=[], stars=None, stars_from=None
    )
    building = reports.building(**ids, parcel_id=f"{OTHER_TOWN}-1")
    unit = reports.unit(
        unit_id=f"{OTHER_TOWN}-U1",
        building_id=ids["building_id"],
        rentable_area_m2="400",
        **more,
    )
    for each in (park, building, unit):
        parcels.report(*each, township=OTHER_TOWN)


@pytest.fixture
def let(reported):
    """500 m², of which 300 are let from March 2023 to February 2024."""
    reported.report(*reports.lease())
    return reported


def available(parcels, **asked):
    found = parcels.read("units_available", **asked)
    return {each["unit_id"]: each["free_area_m2"] for each in found["units"]}


@pytest.mark.parametrize(
    ("on", "free", "until"),
    [
        ("2023-02-01", "500", "2023-02-28"),
        ("2023-02-28", "500", "2023-02-28"),
        ("2023-03-01", "200", None),
        ("2024-02-29", "200", None),
        ("2024-03-01", "500", None),
    ],
)
def test_a_unit_is_free_as_of_the_day_that_is_asked_about(let, on, free, until):
    (unit,) = let.read("units_available", on=on)["units"]

    assert (unit["free_area_m2"], unit["free_until"]) == (free, until)


def test_a_free_unit_is_told_with_all_that_an_investor_asks_first(let):
    assert let.read("units_available") == {
        "on": "2023-09-01",
        "units_found": 1,
        "free_area_m2": "200",
        "units": [
            {
                "unit_id": UNIT,
                "floor": 3,
                "building_id": BUILDING,
                "building_name": "5号楼",
                "park_id": PARK,
                "park_name": "上虞新时代科创园",
                "operator": "park company",
                "township": XIAOYUE,
                "free_area_m2": "200",
                "free_until": None,
                "fit_out": "basic",
                "asking_rent_cny_per_m2_month": "18.50",
                "deposit_cny": "30000.00",
            }
        ],
    }


@pytest.mark.parametrize(("area", "found"), [("200", [UNIT]), ("200.000001", [])])
def test_the_area_that_is_asked_for_must_be_free(let, area, found):
    assert list(available(let, area_from_m2=area)) == found


@pytest.mark.parametrize(("on", "found"), [("2023-01-31", []), ("2023-02-01", [UNIT])])
def test_a_unit_is_free_from_the_day_on_which_it_opens(reported, on, found):
    assert list(available(reported, on=on)) == found


def test_a_unit_without_such_a_day_is_open_and_one_that_is_let_whole_is_not(reported):
    reported.report(*reports.unit(unit_id=SMALL, rentable_area_m2="90", available_from=None))
    reported.report(*reports.lease(area="500"))

    assert available(reported) == {SMALL: "90"}


def test_units_are_found_by_township_park_and_kind_of_park(reported):
    other_town(reported)
    elsewhere = f"{OTHER_TOWN}-U1"

    assert list(available(reported)) == [elsewhere, UNIT]  # the smallest first
    assert list(available(reported, township=XIAOYUE)) == [UNIT]
    assert list(available(reported, park_id=f"{OTHER_TOWN}-P1")) == [elsewhere]
    assert list(available(reported, small_firm_park=True)) == [UNIT]
    assert list(available(reported, small_firm_park=False)) == [elsewhere]


def test_what_is_over_the_limit_is_counted(reported):
    other_town(reported)

    found = reported.read("units_available", limit=1)

    assert (found["units_found"], found["free_area_m2"], len(found["units"])) == (2, "900", 1)


def test_a_unit_that_is_only_announced_is_not_on_offer(parcels):
    parcels.report(*reports.lease())

    assert available(parcels) == {}


def test_a_park_that_is_not_there_is_not_found(reported):
    for method in ("units_available", "occupancy"):
        with pytest.raises(NotFound) as caught:
            reported.read(method, park_id="nowhere")
        assert caught.value.reasons[0].field == "park_id"


# --- leases that end


@pytest.mark.parametrize(
    ("on", "months", "found"),
    [
        ("2023-08-28", 6, False),  # until 2024-02-28
        ("2023-08-29", 6, True),
        ("2024-02-29", 1, True),
        ("2024-03-01", 1, False),
    ],
)
def test_a_lease_ends_within_so_many_months(let, on, months, found):
    ending = let.read("leases_ending", on=on, within_months=months)

    assert len(ending["leases"]) == found


def test_an_ending_lease_says_who_where_how_much_and_how_soon(let):
    ending = let.read("leases_ending", within_months=6)

    (lease,) = ending["leases"]
    assert (ending["on"], ending["until"]) == ("2023-09-01", "2024-03-01")
    assert (lease["enterprise_id"], lease["unit_id"], lease["area_m2"]) == (FIRM, UNIT, "300")
    assert (lease["last_day"], lease["days_left"]) == ("2024-02-29", 181)
    assert (lease["building_name"], lease["operator"]) == ("5号楼", "park company")
    assert let.read("leases_ending", within_months=6, township=OTHER_TOWN)["leases"] == []
    assert len(let.read("leases_ending", within_months=6, park_id=PARK)["leases"]) == 1


def test_a_lease_that_was_renewed_or_set_aside_does_not_end(let):
    let.report(*reports.lease("L2", "400", signed_on="2023-02-21"))
    let.call(
        "renew_lease",
        unit_id=UNIT,
        lease_id=f"{XIAOYUE}-L1",
        new_lease_id=f"{XIAOYUE}-L3",
        signed_on="2023-08-01",
        ends_on="2026-02-28",
    )

    assert let.read("leases_ending", within_months=6)["leases"] == []


def test_of_many_leases_the_first_to_end_are_named_and_all_are_counted(let):
    let.report(*reports.lease("L2", "100", ends_on="2023-12-31"))

    for method, named in (("leases_ending", "leases"), ("relocation_matches", "relocations")):
        found = let.read(method, within_months=6, limit=1)
        (first,) = found[named]
        assert found["leases_found"] == 2
        assert first.get("lease", first)["last_day"] == "2023-12-31"


def test_an_early_end_is_the_one_that_counts(let):
    let.call("end_lease", unit_id=UNIT, lease_id=f"{XIAOYUE}-L1", ended_on="2023-10-31")

    (lease,) = let.read("leases_ending", within_months=2)["leases"]

    assert lease["last_day"] == "2023-10-31"


def test_leases_that_end_are_held_against_units_that_open_the_day_after(let):
    let.report(*reports.unit(unit_id=LARGE, floor=4, available_from="2024-03-01"))
    let.report(*reports.unit(unit_id=SMALL, floor=2, rentable_area_m2="299.9"))
    late = f"{UNIT}-late"
    let.report(*reports.unit(unit_id=late, floor=1, available_from="2024-03-02"))
    other_town(let)

    (match,) = let.read("relocation_matches", within_months=6)["relocations"]

    assert match["lease"]["unit_id"] == UNIT
    assert [each["unit_id"] for each in match["units"]] == [LARGE, f"{OTHER_TOWN}-U1"]
    (match,) = let.read("relocation_matches", within_months=6, most=1)["relocations"]
    assert [each["unit_id"] for each in match["units"]] == [LARGE]


def test_a_unit_that_another_lease_frees_in_time_is_a_place_to_go(let):
    let.report(*reports.unit(unit_id=LARGE, floor=4))
    let.report(*reports.lease("L2", "500", unit_id=LARGE, ends_on="2024-02-29"))

    matches = let.read("relocation_matches", within_months=6, park_id=PARK)["relocations"]

    assert [[each["unit_id"] for each in match["units"]] for match in matches] == [[LARGE], [UNIT]]


# --- how full a park is


def test_a_park_tells_how_full_it_is_by_building(let):
    found = let.read("occupancy", park_id=PARK)

    assert (found["rentable_area_m2"], found["leased_area_m2"]) == ("500", "300")
    assert (found["vacant_area_m2"], found["occupied_percent"]) == ("200", "60.0")
    assert (found["units_found"], found["leases_found"], found["stars"]) == (1, 1, 4)
    assert (found["operator"], found["merged_into"]) == ("park company", None)
    assert found["buildings"] == [
        {
            "building_id": BUILDING,
            "building_name": "5号楼",
            "units_found": 1,
            "rentable_area_m2": "500",
            "leased_area_m2": "300",
        }
    ]


def test_a_park_is_as_full_as_it_was_on_the_day(let):
    let.report(*reports.unit(rentable_area_m2="400", reported_on="2023-06-01"))

    assert let.read("occupancy", park_id=PARK, on="2023-02-28")["occupied_percent"] == "0.0"
    assert let.read("occupancy", park_id=PARK, on="2023-05-31")["occupied_percent"] == "60.0"
    assert let.read("occupancy", park_id=PARK, on="2023-06-01")["occupied_percent"] == "75.0"


def test_a_park_without_units_has_no_share(parcels):
    parcels.report(*reports.park())

    assert parcels.read("occupancy", park_id=PARK)["occupied_percent"] is None


# --- stars


@pytest.mark.parametrize(("stars", "found"), [(3, []), (4, [PARK]), (5, [PARK])])
def test_small_firm_parks_of_four_stars_are_in_the_scope_of_the_evaluation(parcels, stars, found):
    parcels.report(*reports.park(stars=stars))

    rated = parcels.read("star_rated")

    assert [each["park_id"] for each in rated["parks"]] == found
    assert (rated["least_stars"], "遂昌" in rated["source"]) == (4, True)


def test_stars_count_from_their_day_and_for_small_firm_parks_alone(parcels):
    parcels.report(*reports.park())
    other = f"{XIAOYUE}-P2"
    parcels.report(*reports.park(park_id=other, small_firm_park=False, stars=5))

    assert parcels.read("star_rated", on="2022-12-31")["parks"] == []
    (park,) = parcels.read("star_rated", on="2023-01-01")["parks"]
    assert (park["park_id"], park["stars"]) == (PARK, 4)
    assert parcels.read("star_rated", least_stars=5)["parks"] == []
    assert len(parcels.read("star_rated", least_stars=0)["parks"]) == 1
