"""A merged parcel whose sources were surveyed on different terms wants a survey of all its land."""

from __future__ import annotations

import pytest

from .. import reports as land
from ..land_desk import MERGED, NEXT_DOOR, WHOLE, divide, merge, survey
from . import reports as soil

SENSITIVE = {"land_use": "industrial", "planned_use": "residential"}
ART_59, ART_67 = "土壤污染防治法 (2018) art. 59", "土壤污染防治法 (2018) art. 67"


def two(parcels, **more):
    survey(parcels, **more)
    survey(parcels, NEXT_DOOR, **more)


def surveyed(parcels, parcel_id, **more):
    method, data = soil.survey(soil_report_id=f"DC-{parcel_id}", **more)
    parcels.call(method, **data | {"parcel_id": parcel_id})


def wanted(parcels, parcel_id=MERGED):
    found = parcels.read("get_soil", parcel_id=parcel_id)["survey_wanted"]
    assert {each["code"] for each in found} <= {"SURVEY_WANTED"}
    return [each["source"] for each in found]


def by_limits(standard):
    return {"findings": [{"medium": "soil", "substance": "lead", "exceeded": False} | standard]}


CLASS_1, CLASS_2 = (by_limits({"standard": f"gb36600_class_{n}"}) for n in (1, 2))


def test_one_source_that_was_surveyed_is_no_survey_of_the_whole(parcels):
    two(parcels, **SENSITIVE)
    surveyed(parcels, WHOLE)
    merge(parcels)

    (reason,) = parcels.read("get_soil", parcel_id=MERGED)["survey_wanted"]
    assert reason["source"] == ART_59
    assert f"the survey of {WHOLE} was reviewed, of {NEXT_DOOR} none" in reason["sentence"]
    (duty,) = parcels.read("soil_duties", parcel_id=MERGED)
    assert (duty["done"], duty["warnings"]) == (False, [reason["sentence"]])
    listed = parcels.read("list_soil", filter={"wants_survey": True})["items"]
    assert [each["parcel_id"] for each in listed] == [MERGED]


@pytest.mark.parametrize(
    ("planned_use", "key_unit", "articles"),
    [
        ("residential", False, [ART_59]),
        ("public", False, [ART_59]),
        ("industrial", False, []),
        ("industrial", True, [ART_67]),
        ("residential", True, [ART_59, ART_67]),
    ],
)
def test_it_is_said_where_a_gate_needs_the_survey(parcels, planned_use, key_unit, articles):
    two(parcels, planned_use=planned_use, key_regulated_unit=key_unit)
    surveyed(parcels, WHOLE)
    merge(parcels)

    assert wanted(parcels) == articles


def test_a_survey_that_was_reviewed_and_not_filed_is_none_of_a_key_unit_s(parcels):
    two(parcels, planned_use="residential", key_regulated_unit=True)
    surveyed(parcels, WHOLE, filed_on=None)
    surveyed(parcels, NEXT_DOOR)
    merge(parcels)

    assert wanted(parcels) == [ART_67]


def test_sources_on_the_same_terms_want_nothing(parcels):
    two(parcels, **SENSITIVE)
    for each in (WHOLE, NEXT_DOOR):
        surveyed(parcels, each)
    merge(parcels)

    assert wanted(parcels) == []


def test_sources_of_which_none_was_surveyed_leave_it_to_the_gate(parcels):
    two(parcels, **SENSITIVE)
    surveyed(parcels, WHOLE, reviewed_on=None, filed_on=None)
    merge(parcels)

    assert wanted(parcels) == []


@pytest.mark.parametrize(
    ("first", "second", "articles"),
    [
        (CLASS_1, CLASS_2, [ART_59]),
        (CLASS_2, CLASS_1, [ART_59]),
        (CLASS_1, CLASS_1, []),
        (CLASS_2, CLASS_2, []),
    ],
)
def test_surveys_by_the_limits_of_different_classes_are_none_of_the_whole(
    parcels, first, second, articles
):
    two(parcels, **SENSITIVE)
    surveyed(parcels, WHOLE, **first)
    surveyed(parcels, NEXT_DOOR, **second)
    merge(parcels)

    assert wanted(parcels) == articles


def test_a_survey_of_the_merged_parcel_itself_ends_it(parcels):
    two(parcels, **SENSITIVE)
    surveyed(parcels, WHOLE)
    merge(parcels)
    surveyed(parcels, MERGED, concluded_on="2023-08-25", reviewed_on="2023-08-26")

    assert wanted(parcels) == []


@pytest.mark.parametrize(("limits", "first"), [(CLASS_2, CLASS_1), ({}, None)])
def test_what_the_ecology_desk_says_of_the_whole_ends_it(parcels, limits, first):
    two(parcels, **SENSITIVE)
    surveyed(parcels, WHOLE, **limits)
    if first:
        surveyed(parcels, NEXT_DOOR, **first)
    merge(parcels)
    parcels.call("record_soil", **land.soil_record("2023-08-25", parcel_id=MERGED))

    assert wanted(parcels) == []


def test_a_source_that_is_surveyed_after_the_merge_ends_it(parcels):
    two(parcels, **SENSITIVE)
    surveyed(parcels, WHOLE)
    merge(parcels)
    surveyed(parcels, NEXT_DOOR)

    assert wanted(parcels) == []


def test_another_plan_of_the_merged_parcel_makes_it_wanting(parcels):
    two(parcels)
    surveyed(parcels, WHOLE)
    merge(parcels)
    assert wanted(parcels) == []
    survey(parcels, MERGED, area_m2="13333.333333", surveyed_on="2023-08-20", **SENSITIVE)

    assert wanted(parcels) == [ART_59]


def test_a_part_of_a_split_wants_nothing_of_the_kind(parcels):
    survey(parcels, **SENSITIVE)
    surveyed(parcels, WHOLE)
    divide(parcels)

    assert wanted(parcels, f"{WHOLE}-L") == []
