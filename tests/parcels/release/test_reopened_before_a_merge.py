"""A case that is reopened on a parcel that is gone is open on the land that took its place."""

from __future__ import annotations

import pytest

from .. import reports
from ..land_desk import LEFT, MERGED, NEXT_DOOR, RIGHT, divide, merge, survey
from ..reports import CASE

LATER = f"{CASE}-2"
IN_PLACE = "upgrade_in_place"


def release(parcels):
    found = parcels.read("get_case", case_id=LATER)["release"]
    return found["state"], [reason["code"] for reason in found["reasons"]]


def upgraded(parcels):
    survey(parcels)
    survey(parcels, NEXT_DOOR)
    for report in [
        reports.identified(),
        reports.planned(IN_PLACE),
        reports.approved(IN_PLACE),
        reports.completed(IN_PLACE, vacated_area_m2="0"),
    ]:
        parcels.report(*report)


def vacated(parcels, parcel_id, area_m2):
    about = {"case_id": LATER, "parcel_id": parcel_id}
    for report in [
        reports.identified(**about, identified_on="2023-08-17"),
        reports.planned(**about),
        reports.approved(**about, approved_on="2023-08-18"),
        reports.completed(**about, vacated_area_m2=area_m2, completed_on="2023-08-25"),
    ]:
        parcels.report(*report)


@pytest.fixture(params=["merged", "split", "both"])
def later(request, parcels):
    """Land of a parcel that is gone was vacated by a case of what took its place, and released."""
    upgraded(parcels)
    if request.param == "split":
        divide(parcels)
        vacated(parcels, LEFT, "2000")
    elif request.param == "merged":
        merge(parcels)
        vacated(parcels, MERGED, "13333.333333")
    else:
        divide(parcels)
        merge(parcels, source_ids=[RIGHT, NEXT_DOOR], area_m2="11333.333334")
        vacated(parcels, MERGED, "11333.333334")
    assert release(parcels) == ("released", [])
    return parcels


def test_its_release_is_taken_back_until_the_reopened_case_is_accepted_again(later):
    later.report(*reports.turn("reopened", "2023-08-26"))
    assert release(later) == ("revoked", ["OTHER_CASE_OPEN"])

    again = {"completed_on": "2023-08-30", "reopened_on": "2023-08-26", "acceptance_number": "2"}
    later.report(*reports.completed(IN_PLACE, vacated_area_m2="0", **again))
    assert release(later) == ("released", [])


def test_a_case_of_other_land_is_in_nobodys_way(parcels):
    upgraded(parcels)
    divide(parcels)
    vacated(parcels, NEXT_DOOR, "6666.666667")
    parcels.report(*reports.turn("reopened", "2023-08-26"))

    assert release(parcels) == ("released", [])
