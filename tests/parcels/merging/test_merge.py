"""Several adjacent parcels become one new parcel."""

from __future__ import annotations

import pytest

from backbone.errors import Answered

from .. import reports
from ..land_desk import LEFT, MERGED, NEXT_DOOR, RIGHT, WHOLE, divide, merge, parcel, survey


@pytest.fixture
def two(parcels):
    """Two parcels of 10 mu side by side."""
    survey(parcels)
    survey(parcels, NEXT_DOOR)
    return parcels


def test_the_new_parcel_takes_the_place_of_its_sources(two):
    answer = merge(two)

    assert answer == parcel(two, MERGED)
    assert (answer["state"], answer["area_m2"]) == ("registered", "13333.333333")
    assert (answer["land_use"], answer["planned_use"], answer["in_zone"]) == (
        "industrial",
        "industrial",
        True,
    )
    assert (answer["parent_ids"], answer["parent_id"]) == ([WHOLE, NEXT_DOOR], None)
    for source in (parcel(two), parcel(two, NEXT_DOOR)):
        assert (source["state"], source["child_ids"]) == ("merged", [MERGED])
        assert source["area_m2"] == "6666.666667"


def test_a_merge_is_announced(two):
    merge(two)

    (fact,) = two.facts_named("parcels_merged")
    assert fact == {
        "parcel_id": MERGED,
        "township": "330604006",
        "area_m2": "13333.333333",
        "land_use": "industrial",
        "in_zone": True,
        "sources": [
            {"parcel_id": WHOLE, "area_m2": "6666.666667"},
            {"parcel_id": NEXT_DOOR, "area_m2": "6666.666667"},
        ],
        "merged_on": "2023-08-16",
    }


def test_a_merge_that_is_asked_for_twice_is_done_once(two):
    answers = [merge(two, request_id="same") for _ in range(2)]

    assert answers[0] == answers[1]
    assert two.fact_names.count("parcels_merged") == 1


def test_the_new_parcel_gets_its_own_parcel_code(two):
    merge(two, parcel_code="330604001002GB00018")

    (code,) = parcel(two, MERGED)["identifiers"]
    assert (code["value"], code["valid_from"]) == ("330604001002GB00018", "2023-08-16")


def test_a_parcel_that_was_merged_gets_no_survey_and_no_new_case(two, refused):
    merge(two)

    with refused("PARCEL_MERGED"):
        survey(two, surveyed_on="2023-08-20")
    with refused("PARCEL_MERGED"):
        two.report(*reports.identified())


def test_a_survey_of_the_new_parcel_takes_the_place_of_what_it_took_over(two):
    merge(two)

    survey(two, MERGED, area_m2="13340", surveyed_on="2023-01-02")

    assert parcel(two, MERGED)["area_m2"] == "13340"
    assert parcel(two, MERGED)["parent_ids"] == [WHOLE, NEXT_DOOR]


def test_a_survey_of_the_new_parcel_that_came_before_the_merge_is_kept(two):
    survey(two, MERGED, area_m2="13334", industry_code="C38")

    merge(two)

    new = parcel(two, MERGED)
    assert (new["area_m2"], new["industry_code"]) == ("13334", "C38")
    assert new["parent_ids"] == [WHOLE, NEXT_DOOR]


def test_a_case_that_waited_for_the_new_parcel_comes_into_force_with_the_merge(two):
    two.report(*reports.identified(parcel_id=MERGED))

    merge(two)

    assert two.read("get_case", case_id=reports.CASE)["state"] == "identified"


def test_the_new_parcel_has_the_holder_and_the_industry_of_all_its_sources(parcels):
    holder = {"name": "an example works", "uscc": None}
    survey(parcels, right_holder=holder, industry_code="C38")
    survey(parcels, NEXT_DOOR, right_holder=holder, industry_code="C39", key_regulated_unit=True)

    new = merge(parcels)

    assert (new["right_holder"], new["industry_code"]) == (holder, None)
    assert new["key_regulated_unit"] is True


def test_the_soil_of_the_new_parcel_is_as_good_as_the_worst(two):
    assert merge_with_soil(two, NEXT_DOOR)["survey_filed"] is False


def merge_with_soil(two, unsurveyed):
    two.call("record_soil", **reports.soil_record())
    two.call(
        "record_soil",
        **reports.soil_record("2023-08-21", parcel_id=unsurveyed, survey_filed=False),
    )
    soil = merge(two)["soil"]
    assert (soil["survey_reviewed"], soil["recorded"]["on"]) == (True, "2023-08-21")
    return soil


def test_soil_of_which_nothing_is_on_record_counts_as_not_surveyed(two):
    two.call("record_soil", **reports.soil_record())

    assert merge(two)["soil"]["survey_reviewed"] is False


@pytest.mark.parametrize(
    ("area", "fits"),
    [
        ({"area_mu": "20"}, True),
        ({"area_mu": "20.01"}, True),
        ({"area_mu": "19.99"}, True),
        ({"area_mu": "20.011"}, False),
        ({"area_mu": "19.989"}, False),
    ],
)
def test_the_area_is_conserved_within_a_hundredth_of_a_mu(two, refused, area, fits):
    if fits:
        assert merge(two, **area)["state"] == "registered"
        return
    with refused("AREA_NOT_CONSERVED"):
        merge(two, **area)
    assert parcel(two)["state"] == "registered"


@pytest.mark.parametrize(
    ("of_the_other", "code"),
    [
        ({"land_use": "warehouse"}, "SOURCES_DIFFER"),
        ({"planned_use": "commercial"}, "SOURCES_DIFFER"),
        ({"in_zone": False}, "SOURCES_DIFFER"),
        ({"right_holder": {"name": "another works"}}, "DIFFERENT_HOLDERS"),
        ({"soil": reports.soil(on_registry=True)}, "SOIL_NOT_CLEAR"),
        ({"soil": reports.soil(case_open=True)}, "SOIL_NOT_CLEAR"),
    ],
)
def test_parcels_that_cannot_be_one_are_refused(parcels, refused, of_the_other, code):
    survey(parcels, right_holder={"name": "an example works"})
    survey(parcels, NEXT_DOOR, **of_the_other)

    with refused(code):
        merge(parcels)


def test_a_holder_who_is_not_known_is_in_nobodys_way(parcels):
    survey(parcels, right_holder={"name": "an example works"})
    survey(parcels, NEXT_DOOR)

    assert merge(parcels)["right_holder"] is None


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({"source_ids": [WHOLE, WHOLE]}, "SOURCE_IDS"),
        ({"parcel_id": WHOLE}, "MERGED_ID MERGED_IS_KNOWN"),
        ({"parcel_id": "330604107-0001"}, "MERGED_ID"),
        ({"merged_on": "2023-09-03"}, "NOT_YET"),
        ({"source_ids": [WHOLE, "330604006-0999"]}, "NOT_FOUND"),
    ],
)
def test_a_merge_that_is_asked_for_wrongly_is_refused(two, refused, asked, codes):
    with refused(*codes.split()):
        merge(two, **asked)


def test_parcels_of_two_townships_are_not_merged(two, refused):
    other = "330604107-0001"
    two.report(*reports.survey(parcel_id=other), township="330604107")

    with refused("DIFFERENT_TOWNSHIPS"):
        merge(two, source_ids=[WHOLE, other])


def test_a_parcel_that_was_split_or_merged_is_not_merged_again(two, refused):
    merge(two)

    with refused("NOT_MERGEABLE"):
        merge(two, parcel_id="330604006-0241")
    with pytest.raises(Answered, match=f"{WHOLE} is merged into {MERGED}"):
        merge(two, parcel_id="330604006-0241")
    with pytest.raises(Answered, match=f"{WHOLE} is merged into {MERGED}; only"):
        divide(two)


def test_a_parcel_without_a_survey_is_not_merged(two, refused):
    two.report(*reports.identified(parcel_id="330604006-0999"))

    with refused("NOT_MERGEABLE"):
        merge(two, source_ids=[WHOLE, "330604006-0999"])


def test_a_parcel_that_is_known_otherwise_is_not_the_new_one(two, refused):
    survey(two, MERGED, area_m2="9000")
    with refused("MERGED_IS_KNOWN"):
        merge(two)

    divide(two)
    with refused("MERGED_IS_KNOWN"):
        merge(two, parcel_id=RIGHT, source_ids=[LEFT, NEXT_DOOR], area_m2="8666.666667")


def test_parcels_are_not_merged_while_a_case_is_open_on_one(two, refused):
    two.report(*reports.identified())

    with refused("CASE_OPEN"):
        merge(two)


def test_vacated_land_goes_to_its_release_as_it_is(parcels, refused):
    for step in reports.whole_case():
        parcels.report(*step)
    survey(parcels, NEXT_DOOR)

    with refused("VACATED_LAND"):
        merge(parcels)
    with refused("VACATED_LAND"):
        divide(parcels)


def test_a_case_that_vacated_nothing_is_in_nobodys_way(parcels):
    for step in reports.whole_case(way="upgrade_in_place", vacated_area_m2="0"):
        parcels.report(*step)
    survey(parcels, NEXT_DOOR)

    assert merge(parcels)["state"] == "registered"


def test_a_case_of_which_only_the_id_was_known_releases_no_land_that_is_merged(two):
    survey_and_reports = reports.whole_case()
    two.report(*survey_and_reports[-1])  # completed; it waits for its identification
    merge(two)

    for step in survey_and_reports[1:-1]:
        two.report(*step)

    (blocked,) = two.facts_named("release_blocked")
    assert [reason["code"] for reason in blocked["reasons"]] == ["PARCEL_MERGED"]
    assert not two.facts_named("land_released")


@pytest.mark.parametrize(("merged_on", "is_taken"), [("2023-08-14", False), ("2023-08-15", True)])
def test_parts_are_merged_on_the_day_on_which_they_were_made_or_later(
    two, refused, merged_on, is_taken
):
    divide(two)
    whole = {"source_ids": [LEFT, RIGHT], "area_m2": "6666.666667", "merged_on": merged_on}
    if is_taken:
        assert merge(two, **whole)["state"] == "registered"
    else:
        with refused("NOT_THERE_YET", "NOT_THERE_YET"):  # one for each part
            merge(two, **whole)


def test_land_that_was_merged_has_the_use_of_its_sources_until_its_own_first_survey(two):
    merge(two)
    survey(two, MERGED, land_use="commercial", surveyed_on="2023-08-20")

    fact = two.facts_named("parcel_registered")[-1]
    uses = [(each["from_on"], each["land_use"]) for each in fact["uses"]]
    assert uses == [("2023-01-10", "industrial"), ("2023-08-20", "commercial")]


def test_a_part_has_the_use_of_the_whole_until_its_own_first_survey(parcels):
    survey(parcels)
    divide(parcels)
    survey(parcels, LEFT, land_use="commercial", surveyed_on="2023-08-20")

    fact = parcels.facts_named("parcel_registered")[-1]
    uses = [(each["from_on"], each["land_use"]) for each in fact["uses"]]
    assert uses == [("2023-01-10", "industrial"), ("2023-08-20", "commercial")]
