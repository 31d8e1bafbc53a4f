"""A parcel that was vacated in part is split, and the vacated part is released."""

from __future__ import annotations

import pytest

from .. import reports

VACATED, KEPT = f"{reports.PARCEL}-A", f"{reports.PARCEL}-B"


def part(parcel_id, area_m2, vacated=False, **more):
    return {"parcel_id": parcel_id, "area_m2": area_m2, "vacated": vacated, **more}


PARTS = (part(VACATED, "2000", vacated=True), part(KEPT, "4666.666667"))


def split(parcels, *parts, **more):
    request = {
        "parcel_id": reports.PARCEL,
        "case_id": reports.CASE,
        "split_on": "2023-08-15",
        **more,
    }
    return parcels.call("split_parcel", children=list(parts or PARTS), **request)


def parcel(parcels, parcel_id):
    return parcels.read("get_parcel", parcel_id=parcel_id)


@pytest.fixture
def vacated_in_part(parcels):
    """2000 of 6666.67 m² were vacated."""
    for step in reports.whole_case(vacated_area_m2="2000"):
        parcels.report(*step)
    return parcels


def test_a_part_is_blocked_until_it_is_a_parcel_of_its_own(vacated_in_part):
    (blocked,) = vacated_in_part.facts_named("release_blocked")
    assert [reason["code"] for reason in blocked["reasons"]] == ["PARTIAL_NOT_SPLIT"]

    split(vacated_in_part)

    assert vacated_in_part.fact_names[-2:] == ["parcel_split", "land_released"]
    (released,) = vacated_in_part.facts_named("land_released")
    assert (released["parcel_id"], released["area_m2"]) == (VACATED, "2000")
    assert released["release_no"] == 2


def test_the_children_take_the_place_of_the_parcel(vacated_in_part):
    vacated_in_part.call("record_soil", **reports.soil_record())

    answer = split(vacated_in_part)

    assert (answer["state"], list(answer["child_ids"])) == ("split", [VACATED, KEPT])
    child, kept = parcel(vacated_in_part, VACATED), parcel(vacated_in_part, KEPT)
    assert (child["state"], child["parent_id"], child["area_m2"]) == (
        "registered",
        reports.PARCEL,
        "2000",
    )
    assert child["soil"] == answer["soil"]
    assert (child["land_use"], child["in_zone"]) == ("industrial", True)
    assert (list(child["case_ids"]), list(kept["case_ids"])) == ([reports.CASE], [])


def test_a_part_gets_its_own_parcel_code(vacated_in_part):
    code = "330604001002GB00018"

    split(vacated_in_part, part(VACATED, "2000", True, parcel_code=code), PARTS[1])

    (identifier,) = parcel(vacated_in_part, VACATED)["identifiers"]
    assert identifier == {
        "kind": "parcel_code",
        "value": code,
        "valid_from": "2023-08-15",
        "valid_to": None,
    }


def test_soil_that_turns_bad_on_the_vacated_part_revokes_its_release(vacated_in_part):
    split(vacated_in_part)

    vacated_in_part.call("record_soil", **reports.soil_record(parcel_id=VACATED, on_registry=True))

    (revoked,) = vacated_in_part.facts_named("release_revoked")
    assert (revoked["parcel_id"], revoked["release_no"]) == (VACATED, 3)
    standing = vacated_in_part.read("release_standing", parcel_id=VACATED, case_id=reports.CASE)
    assert standing["state"] == "revoked"


def test_soil_that_turns_bad_on_the_other_part_changes_nothing(vacated_in_part):
    split(vacated_in_part)
    before = vacated_in_part.facts

    vacated_in_part.call("record_soil", **reports.soil_record(parcel_id=KEPT, on_registry=True))

    assert vacated_in_part.facts == before


def test_a_plan_that_is_corrected_after_the_split_changes_the_terms_of_the_part(vacated_in_part):
    split(vacated_in_part)

    vacated_in_part.report(*reports.planned(target_use="warehouse"))

    released = vacated_in_part.facts_named("land_released")[-1]
    assert (released["parcel_id"], released["target_use"]) == (VACATED, "warehouse")


def test_a_survey_of_a_part_takes_the_place_of_what_it_took_over(vacated_in_part):
    split(vacated_in_part)

    vacated_in_part.report(
        *reports.survey(parcel_id=KEPT, area_m2="4660", surveyed_on="2023-08-10")
    )

    assert parcel(vacated_in_part, KEPT)["area_m2"] == "4660"
    assert parcel(vacated_in_part, KEPT)["parent_id"] == reports.PARCEL


def test_a_part_that_was_surveyed_before_the_split_keeps_its_survey(vacated_in_part):
    vacated_in_part.report(*reports.survey(parcel_id=VACATED, area_m2="2001", industry_code="C38"))

    split(vacated_in_part)

    child = parcel(vacated_in_part, VACATED)
    assert (child["area_m2"], child["parent_id"]) == ("2001", reports.PARCEL)
    assert vacated_in_part.facts_named("land_released")[-1]["industry_code"] == "C38"


def test_a_case_that_waited_for_a_part_comes_into_force_with_the_split(vacated_in_part):
    case_id = "330604006-C18"
    vacated_in_part.report(*reports.identified(case_id=case_id, parcel_id=KEPT))

    split(vacated_in_part)

    assert vacated_in_part.read("get_case", case_id=case_id)["state"] == "identified"


def test_a_parcel_that_was_split_gets_no_survey_and_no_new_case(vacated_in_part, refused):
    split(vacated_in_part)

    with refused("PARCEL_SPLIT"):
        vacated_in_part.report(*reports.survey(surveyed_on="2023-08-20"))
    with refused("PARCEL_SPLIT"):
        vacated_in_part.report(*reports.identified(case_id="330604006-C18"))


def test_a_call_that_is_repeated_splits_once(vacated_in_part):
    service = vacated_in_part.service()
    request = {"parcel_id": reports.PARCEL, "case_id": reports.CASE, "split_on": "2023-08-15"}

    answers = [
        service.split_parcel(children=list(PARTS), request_id="same", **request) for _ in range(2)
    ]

    assert answers[0]["child_ids"] == tuple(answers[1]["child_ids"]) == (VACATED, KEPT)
    assert len(vacated_in_part.facts_named("parcel_split")) == 1


@pytest.mark.parametrize(
    ("parts", "codes"),
    [
        ((PARTS[0], part(KEPT, "4600")), "AREA_NOT_CONSERVED"),
        ((part(VACATED, "2000"), PARTS[1]), "ONE_PART_VACATED"),
        ((PARTS[0], part(KEPT, "4666.67", vacated=True)), "ONE_PART_VACATED"),
        ((part(VACATED, "2500", True), part(KEPT, "4166.67")), "ONE_PART_VACATED"),
        ((PARTS[0], part(VACATED, "4666.67")), "PART_IDS"),
        ((PARTS[0], part(reports.PARCEL, "4666.67")), "PART_IDS PART_IS_KNOWN"),
        ((PARTS[0], part("330604107-1", "4666.67")), "PART_IDS"),
    ],
)
def test_parts_that_do_not_make_up_the_parcel_are_refused(vacated_in_part, refused, parts, codes):
    with refused(*codes.split()):
        split(vacated_in_part, *parts)

    assert parcel(vacated_in_part, reports.PARCEL)["state"] == "registered"


def test_a_part_that_is_registered_with_another_area_is_refused(vacated_in_part, refused):
    vacated_in_part.report(*reports.survey(parcel_id=KEPT, area_m2="3000"))

    with refused("PART_IS_KNOWN"):
        split(vacated_in_part)


def test_a_parcel_is_not_split_twice(vacated_in_part, refused):
    split(vacated_in_part)

    with refused("NOT_SPLITTABLE", "NO_PART_VACATED", "PART_IS_KNOWN"):
        split(vacated_in_part)


def test_a_parcel_that_was_vacated_as_a_whole_is_not_split(parcels, refused):
    for step in reports.whole_case():
        parcels.report(*step)

    with refused("NO_PART_VACATED", "ONE_PART_VACATED"):
        split(parcels)


def test_a_parcel_is_not_split_for_a_case_that_is_not_complete(parcels, refused):
    for step in reports.whole_case()[:5]:
        parcels.report(*step)

    with refused("NO_PART_VACATED"):
        split(parcels)


def test_a_parcel_is_not_split_while_another_case_is_open_on_it(vacated_in_part, refused):
    vacated_in_part.report(*reports.identified(case_id="330604006-C18"))

    with refused("OTHER_CASE_OPEN"):
        split(vacated_in_part)


def test_a_split_on_a_day_that_has_not_come_is_refused(vacated_in_part, refused):
    with refused("NOT_YET"):
        split(vacated_in_part, split_on="2023-09-03")
