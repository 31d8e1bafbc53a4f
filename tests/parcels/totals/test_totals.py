"""How many parcels and mu there are: by township, state, use and zone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from services.parcels.register.parcel import ParcelState
from services.parcels.totals.totals import By, Tally, ZoneBy, totals_of
from services.parcels.totals.zone import ZONE, Zone

from .. import reports
from ..land_desk import NEXT_DOOR, WHOLE, divide, merge, survey

XIAOYUE, YONGHE, BAIGUAN = "330604006", "330604107", "330604001"
HERE = Zone(townships=(XIAOYUE,), source="a list", confirmed=True)
DAY, NOW = date(2023, 9, 1), datetime(2023, 9, 1, 4, tzinfo=UTC)


@pytest.fixture
def district(parcels):
    """Two parcels of 小越 in the zone, one of 永和 that is not, one of a township that is no member."""
    survey(parcels)
    survey(parcels, NEXT_DOOR, land_use="warehouse", area_mu="5")
    elsewhere = [(YONGHE, {"in_zone": False, "area_mu": "3"}), (BAIGUAN, {"area_mu": "2"})]
    for township, of_it in elsewhere:
        parcel_id = f"{township}-0001"
        parcels.report(*reports.survey(parcel_id=parcel_id, **of_it), township=township)
    return parcels


def totals(parcels, *by, **more):
    return parcels.read("totals", **({"by": list(by)} if by else {}), **more)


def in_mu(parcels, *by, **more):
    """The groups as a table: the words, the parcels, the mu."""
    groups = totals(parcels, *by, **more)["groups"]
    return [(*g["of"].values(), g["count"], g["area_mu"]) for g in groups]


def test_the_totals_are_by_township_unless_something_else_is_asked_for(district):
    assert in_mu(district) == [(BAIGUAN, 1, "2"), (XIAOYUE, 2, "15"), (YONGHE, 1, "3")]


def test_the_totals_are_by_any_words_together(district):
    assert in_mu(district, "land_use", "in_zone") == [
        ("industrial", False, 1, "3"),
        ("industrial", True, 2, "12"),
        ("warehouse", True, 1, "5"),
    ]
    assert in_mu(district, "zone_township") == [(False, 1, "2"), (True, 3, "18")]


def test_without_words_all_is_one_group(district):
    (group,) = district.read("totals", by=[])["groups"]

    assert (group["of"], group["count"], group["area_m2"]) == ({}, 4, "13333.333333")


def test_zone_and_district_stand_side_by_side(district):
    found = totals(district)

    assert found["district"] == {"count": 4, "area_m2": "13333.333333", "area_mu": "20"}
    zone = found["zone"]
    assert (zone["by_survey"]["count"], zone["by_survey"]["area_mu"]) == (3, "17")
    assert (zone["by_membership"]["count"], zone["by_membership"]["area_mu"]) == (3, "18")
    assert (zone["townships"], zone["confirmed"]) == ([XIAOYUE, YONGHE], False)


@pytest.mark.parametrize(
    ("zone", "townships"), [("survey", [BAIGUAN, XIAOYUE]), ("membership", [XIAOYUE, YONGHE])]
)
def test_the_groups_are_of_the_zone_alone_by_the_reading_that_is_asked_for(
    district, zone, townships
):
    assert [row[0] for row in in_mu(district, zone=zone)] == townships


def test_the_totals_are_of_now_whatever_the_day_of_the_membership(district):
    found = totals(district, on="2020-01-01")

    assert (found["on"], found["as_known_at"]) == ("2020-01-01", "2023-09-01T04:00:00Z")
    assert totals(district)["on"] == "2023-09-01"
    assert found["district"]["count"] == 4


def test_the_members_of_the_zone_are_those_of_the_day():
    tally = Tally(
        township=YONGHE,
        state=ParcelState.REGISTERED,
        land_use="industrial",
        in_zone=True,
        count=1,
        area_m2=Decimal(2000),
    )
    found = totals_of([tally], (By.ZONE_TOWNSHIP,), None, HERE, DAY, NOW)

    assert (found.zone.by_survey.count, found.zone.by_membership.count) == (1, 0)
    assert found.groups[0].of == {"zone_township": False}
    assert totals_of([tally], (), ZoneBy.MEMBERSHIP, HERE, DAY, NOW).groups == ()
    assert found.zone.confirmed
    assert found.zone.source == "a list"


def test_the_zone_has_the_townships_that_reports_name_and_is_not_confirmed():
    zone = ZONE.on(DAY)

    assert zone.townships == (XIAOYUE, YONGHE)
    assert not zone.confirmed


def test_land_that_was_split_or_merged_counts_once_and_by_its_state_if_that_is_asked_for(parcels):
    survey(parcels)
    survey(parcels, NEXT_DOOR)
    merge(parcels)
    divide(parcels, *halves(), parcel_id="330604006-0240", split_on="2023-08-16")
    parcels.report(*reports.identified(parcel_id="330604006-0999"))

    assert in_mu(parcels) == [(XIAOYUE, 2, "20")]
    assert in_mu(parcels, "state") == [
        ("announced", 1, "0"),
        ("merged", 2, "20"),
        ("registered", 2, "20"),
        ("split", 1, "20"),
    ]
    assert totals(parcels)["district"]["count"] == 2


def halves():
    return [{"parcel_id": f"{WHOLE}-{side}", "area_mu": "10"} for side in "LR"]


def test_a_parcel_that_was_never_surveyed_has_no_use_and_lies_nowhere(parcels):
    parcels.report(*reports.identified())

    assert in_mu(parcels, "state", "land_use", "in_zone") == [("announced", None, None, 1, "0")]


def test_a_survey_that_changes_the_area_changes_the_totals(parcels):
    survey(parcels)
    survey(parcels, area_mu="11", surveyed_on="2023-05-01")

    assert in_mu(parcels) == [(XIAOYUE, 1, "11")]


@pytest.mark.parametrize("by", [["colour"], "township", ["township"] * 6])
def test_words_that_the_register_does_not_count_by_are_refused(district, by, refused):
    with refused("INVALID"):
        district.read("totals", by=by)
