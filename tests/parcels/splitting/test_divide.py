"""The land desk divides a plot for which there is no case."""

from __future__ import annotations

import pytest

from .. import reports
from ..land_desk import LEFT, RIGHT, WHOLE, divide, parcel, part, survey


def test_a_plot_is_divided_without_a_case(parcels):
    survey(parcels, right_holder={"name": "an example works"})

    answer = divide(parcels)

    assert (answer["state"], answer["child_ids"]) == ("split", [LEFT, RIGHT])
    left = parcel(parcels, LEFT)
    assert (left["state"], left["area_m2"], left["case_ids"]) == ("registered", "2000", [])
    assert (left["parent_id"], left["parent_ids"]) == (WHOLE, [WHOLE])
    assert left["right_holder"]["name"] == "an example works"
    assert parcels.fact_names[-1] == "parcel_split"


def test_without_a_case_no_part_is_the_vacated_one(parcels, refused):
    survey(parcels)

    with refused("NO_CASE_VACATED_IT"):
        divide(parcels, part(LEFT, "2000", vacated=True), part(RIGHT, "4666.666667"))


def test_a_part_that_a_case_has_vacated_is_split_off_for_that_case(parcels, refused):
    for step in reports.whole_case(vacated_area_m2="2000"):
        parcels.report(*step)

    with refused("VACATED_LAND"):
        divide(parcels)


def test_a_plot_is_not_divided_while_a_case_is_open_on_it(parcels, refused):
    survey(parcels)
    parcels.report(*reports.identified())

    with refused("OTHER_CASE_OPEN"):
        divide(parcels)


@pytest.mark.parametrize("parts", [("2000", "4659.9"), ("2000", "4673.4")])
def test_a_plot_that_is_divided_keeps_its_area(parcels, refused, parts):
    survey(parcels)

    with refused("AREA_NOT_CONSERVED"):
        divide(parcels, part(LEFT, parts[0]), part(RIGHT, parts[1]))


@pytest.mark.parametrize(("split_on", "is_taken"), [("2023-08-14", False), ("2023-08-15", True)])
def test_a_part_is_divided_on_the_day_on_which_it_was_made_or_later(
    parcels, refused, split_on, is_taken
):
    survey(parcels)
    divide(parcels)
    again = {"parcel_id": LEFT, "split_on": split_on}
    parts = part("330604006-L1", "500"), part("330604006-L2", "1500")
    if is_taken:
        assert divide(parcels, *parts, **again)["state"] == "split"
    else:
        with refused("NOT_THERE_YET"):
            divide(parcels, *parts, **again)
