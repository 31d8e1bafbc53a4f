"""A wrong split is corrected by a fact of its own day; nothing is written over."""

from __future__ import annotations

import pytest

from backbone.errors import Answered

from .. import reports
from ..land_desk import (
    LEFT,
    MERGED,
    NEXT_DOOR,
    RIGHT,
    WHOLE,
    divide,
    lineage,
    merge,
    parcel,
    part,
    survey,
)

RIGHT_PARTS = (part(LEFT, "3000"), part(RIGHT, "3666.666667"))


@pytest.fixture
def wrong(parcels):
    """2000 m² on the left, where 3000 would be right."""
    survey(parcels)
    divide(parcels)
    return parcels


def correct(parcels, *parts, **more):
    request = {"parcel_id": WHOLE, "reason": "measured wrongly", "corrected_on": "2023-08-20"}
    return parcels.call("correct_split", children=list(parts or RIGHT_PARTS), **request | more)


def undo(parcels, **more):
    request = {"parcel_id": WHOLE, "reason": "the wrong plot", "corrected_on": "2023-08-20"}
    return parcels.call("correct_split", undo=True, **request | more)


def steps(parcels, parcel_id=WHOLE):
    return [
        (step["kind"], step["on"], step["undone"], [each["area_m2"] for each in step["results"]])
        for step in lineage(parcels, parcel_id)["steps"]
    ]


def test_the_parts_get_the_areas_that_are_right(wrong):
    answer = correct(wrong)

    assert answer == parcel(wrong)
    assert answer["child_ids"] == [LEFT, RIGHT]
    assert [parcel(wrong, each)["area_m2"] for each in (LEFT, RIGHT)] == ["3000", "3666.666667"]


def test_the_correction_stands_beside_the_split_with_its_own_day(wrong):
    correct(wrong)

    assert steps(wrong) == [
        ("split", "2023-08-15", False, ["2000", "4666.666667"]),
        ("correction", "2023-08-20", False, ["3000", "3666.666667"]),
    ]
    history = wrong.read("parcel_history", parcel_id=LEFT)
    assert [each["changed"].get("area_m2") for each in history] == ["2000", "3000"]


def test_a_correction_is_announced_and_so_are_the_parts_as_they_are_now(wrong):
    correct(wrong)

    (fact,) = wrong.facts_named("split_corrected")
    assert fact == {
        "parcel_id": WHOLE,
        "township": "330604006",
        "undone": False,
        "children": [{"parcel_id": p["parcel_id"], "area_m2": p["area_m2"]} for p in RIGHT_PARTS],
        "corrected_on": "2023-08-20",
    }
    registered = wrong.facts_named("parcel_registered")[1:]
    assert [(f["parcel_id"], f["area_m2"], f["version"]) for f in registered] == [
        (LEFT, "3000", 2),
        (RIGHT, "3666.666667", 2),
    ]


def test_a_code_that_is_corrected_stands_beside_the_one_before(wrong):
    codes = ["330604001002GB00017", "330604001002GB00018"]
    for number, code in enumerate(codes):
        correct(
            wrong,
            part(LEFT, "2000", parcel_code=code),
            part(RIGHT, "4666.666667"),
            corrected_on=f"2023-08-2{number}",
        )

    found = parcel(wrong, LEFT)["identifiers"]
    assert [(each["value"], each["valid_from"]) for each in found] == [
        (codes[0], "2023-08-20"),
        (codes[1], "2023-08-21"),
    ]
    assert wrong.fact_names.count("parcel_registered") == 1


def test_a_correction_that_is_asked_for_twice_is_done_once(wrong):
    answers = [correct(wrong, request_id="same") for _ in range(2)]

    assert answers[0] == answers[1]
    assert len(steps(wrong)) == 2


def test_a_survey_of_a_part_still_takes_the_place_of_what_was_corrected(wrong):
    correct(wrong)

    survey(wrong, LEFT, area_m2="3001", surveyed_on="2023-08-10")

    assert parcel(wrong, LEFT)["area_m2"] == "3001"


def test_a_split_on_whose_parts_nothing_happened_is_undone(wrong):
    answer = undo(wrong)

    assert (answer["state"], answer["child_ids"]) == ("registered", [])
    left = parcel(wrong, LEFT)
    assert (left["state"], left["parent_id"], left["parent_ids"]) == ("withdrawn", None, [])
    assert steps(wrong) == [
        ("split", "2023-08-15", True, ["2000", "4666.666667"]),
        ("correction", "2023-08-20", True, []),
    ]
    assert steps(wrong, LEFT) == steps(wrong)
    (fact,) = wrong.facts_named("split_corrected")
    assert (fact["undone"], fact["children"]) == (True, [])


def test_nothing_is_reported_of_a_part_that_was_withdrawn(wrong, refused):
    undo(wrong)

    with refused("PARCEL_WITHDRAWN"):
        survey(wrong, LEFT)
    with refused("PARCEL_WITHDRAWN"):
        wrong.report(*reports.identified(parcel_id=LEFT))
    survey(wrong, area_m2="6670", surveyed_on="2023-08-25")
    assert parcel(wrong)["area_m2"] == "6670"


def test_a_parcel_whose_split_was_undone_is_split_again_with_the_same_ids(wrong):
    undo(wrong)

    divide(wrong, *RIGHT_PARTS, split_on="2023-08-21")

    assert parcel(wrong, LEFT)["area_m2"] == "3000"
    assert parcel(wrong, LEFT)["version"] == 2
    assert [kind for kind, *_ in steps(wrong)] == ["split", "correction", "split"]
    correct(wrong, part(LEFT, "3100"), part(RIGHT, "3566.666667"), corrected_on="2023-08-22")
    assert [kind for kind, *_ in steps(wrong)] == ["split", "correction", "split", "correction"]


@pytest.mark.parametrize(("on", "is_taken"), [("2023-08-19", False), ("2023-08-20", True)])
@pytest.mark.parametrize("how", ["split", "merge"])
def test_a_parcel_is_split_or_merged_again_on_the_day_on_which_it_was_whole_again_or_later(
    wrong, refused, how, on, is_taken
):
    undo(wrong)
    survey(wrong, NEXT_DOOR)
    days = {"split": (divide, {"split_on": on}), "merge": (merge, {"merged_on": on})}
    act, day = days[how]

    if is_taken:
        assert act(wrong, **day)["state"] in ("split", "registered")
    else:
        with refused("NOT_THERE_YET"):
            act(wrong, **day)


@pytest.fixture
def for_a_case(parcels):
    """2000 m² were vacated and split off, and may not be released: the soil is bad."""
    for step in reports.whole_case(vacated_area_m2="2000"):
        parcels.report(*step)
    parcels.call("record_soil", **reports.soil_record(on_registry=True))
    vacated = part(LEFT, "2000", vacated=True)
    divide(parcels, vacated, part(RIGHT, "4666.666667"), case_id=reports.CASE)
    return parcels


def test_when_a_split_is_undone_its_case_is_one_of_the_whole_again(for_a_case):
    undo(for_a_case)

    case = for_a_case.read("get_case", case_id=reports.CASE)
    assert case["vacated_parcel_id"] == WHOLE
    codes = {reason["code"] for reason in case["release"]["reasons"]}
    assert codes == {"ART66_NOT_REMOVED", "PARTIAL_NOT_SPLIT"}
    assert parcel(for_a_case, LEFT)["case_ids"] == []


def test_the_part_that_was_vacated_stays_as_large_as_the_case_says(for_a_case, refused):
    with refused("VACATED_PART"):
        correct(for_a_case)

    correct(for_a_case, part(LEFT, "2000.5"), part(RIGHT, "4666.166667"))
    assert parcel(for_a_case, LEFT)["area_m2"] == "2000.5"


def test_a_split_is_not_undone_under_land_that_is_released(for_a_case, refused):
    clean = reports.soil_record("2023-08-21", parcel_id=LEFT)
    for_a_case.call("record_soil", **clean)

    with refused("PART_IS_USED", "PART_RELEASED"):
        undo(for_a_case)


@pytest.mark.parametrize(
    "happened",
    [
        lambda parcels: parcels.report(*reports.identified(parcel_id=RIGHT)),
        lambda parcels: parcels.call("record_soil", **reports.soil_record(parcel_id=RIGHT)),
    ],
)
def test_a_split_is_not_undone_when_something_has_happened_on_a_part(wrong, refused, happened):
    happened(wrong)

    with refused("PART_IS_USED"):
        undo(wrong)
    correct(wrong)
    assert parcel(wrong, LEFT)["area_m2"] == "3000"


def test_what_was_surveyed_by_itself_is_corrected_by_a_survey(wrong, refused):
    survey(wrong, LEFT, area_m2="2000", surveyed_on="2023-08-16")

    with refused("PART_SURVEYED"):
        correct(wrong)
    with refused("PART_SURVEYED"):
        undo(wrong)
    correct(wrong, part(LEFT, "2000"), part(RIGHT, "4666.67"))
    assert parcel(wrong, RIGHT)["area_m2"] == "4666.67"


def test_a_split_whose_part_was_split_or_merged_itself_is_not_corrected(wrong, refused):
    survey(wrong, NEXT_DOOR)
    merge(wrong, source_ids=[RIGHT, NEXT_DOOR], area_m2="11333.333334")

    with refused("PART_IS_GONE"):
        correct(wrong)
    with refused("PART_IS_GONE"):
        undo(wrong)
    with pytest.raises(Answered, match=f"{RIGHT} is merged into {MERGED}"):
        undo(wrong)


@pytest.mark.parametrize(
    ("parts", "more", "codes"),
    [
        ((part(LEFT, "3000"), part(RIGHT, "3000")), {}, "AREA_NOT_CONSERVED"),
        ((part(LEFT, "6666.67"),), {}, "ALL_PARTS"),
        ((part(LEFT, "3000"), part(LEFT, "3666.67")), {}, "ALL_PARTS"),
        ((), {"corrected_on": "2023-08-14"}, "BEFORE_SPLIT"),
        ((), {"corrected_on": "2023-09-03"}, "NOT_YET"),
        ((), {"undo": True}, "UNDONE_WITH_PARTS"),
        ((), {"reason": ""}, "INVALID"),
    ],
)
def test_a_correction_that_is_none_is_refused(wrong, refused, parts, more, codes):
    with refused(*codes.split()):
        correct(wrong, *parts, **more)
    assert parcel(wrong, LEFT)["area_m2"] == "2000"


def test_a_correction_on_the_day_of_the_split_is_taken(wrong):
    assert correct(wrong, corrected_on="2023-08-15")["state"] == "split"


def test_neither_parts_nor_undo_is_refused(wrong, refused):
    with refused("ALL_PARTS", "AREA_NOT_CONSERVED"):
        wrong.call("correct_split", parcel_id=WHOLE, reason="r", corrected_on="2023-08-20")


def test_a_parcel_that_was_not_split_has_no_split_to_correct(parcels, refused):
    survey(parcels)

    with refused("NOT_SPLIT"):
        undo(parcels)
