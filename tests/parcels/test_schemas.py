"""What a township writes wrongly is refused with a sentence that says what would be right."""

from __future__ import annotations

import pytest

from backbone.errors import Invalid

from . import reports


def problems(parcels, step):
    with pytest.raises(Invalid) as invalid:
        parcels.report(*step)
    return {reason.field: reason.sentence for reason in invalid.value.reasons}


@pytest.mark.parametrize(
    ("step", "field", "hint"),
    [
        (reports.survey(area_mu="10", area_m2="6666"), "data.area_m2", "either area_m2, area_mu"),
        (reports.survey(area_m2="10亩"), "data.area_m2", "plain decimal"),
        (reports.survey(parcel_id="0231"), "data.parcel_id", "330604006-0231"),
        (reports.survey(land_use="工业"), "data.land_use", "industrial"),
        (reports.survey(in_zone="yes"), "data.in_zone", "true or false"),
        (reports.survey(surveyed_on="2023年1月5日"), "data.surveyed_on", "YYYY-MM-DD"),
        (reports.survey(industry_code="C12"), "data.industry_code", "13 to 43"),
        (reports.survey(owner="x"), "data.owner", "no such field"),
        (reports.survey(soil={"on_registry": False}), "data.soil.case_open", "required"),
        (reports.identified(low_efficiency_reasons=[]), "data.low_efficiency_reasons", "1 and 20"),
        (reports.planned("收储"), "data.disposal_way", "land_reserve"),
        (reports.progressed(101), "data.percent", "0 to 100"),
        (reports.progressed(60.5), "data.percent", "whole number"),
        (reports.completed(vacated_area_m2="-1"), "data.vacated_area_m2", "0 or more"),
        (
            reports.completed(vacated_area_m2="1", vacated_area_mu="1"),
            "data.vacated_area_m2",
            "either",
        ),
    ],
)
def test_a_wrong_field_is_named_with_what_would_be_right(parcels, step, field, hint):
    assert hint in problems(parcels, step)[field]


def test_a_completion_without_an_area_is_refused(parcels):
    type_, data = reports.completed()
    del data["vacated_area_mu"]

    assert "either" in problems(parcels, (type_, data))["data.vacated_area_m2"]


def test_a_missing_area_is_told_together_with_all_else_that_is_missing(parcels):
    type_, data = reports.survey()
    bare = {"parcel_id": data["parcel_id"]}

    missing = problems(parcels, (type_, bare))

    assert "either" in missing.pop("data.area_m2")
    assert missing.keys() == {
        "data.in_zone", "data.land_use", "data.planned_use", "data.surveyed_on"
    }  # fmt: skip
    assert set(missing.values()) == {"It is missing, and required."}


def test_an_area_that_cannot_be_read_is_not_called_missing_besides(parcels):
    type_, data = reports.survey(area_mu="ten")

    assert list(problems(parcels, (type_, data))) == ["data.area_mu"]


@pytest.mark.parametrize(
    ("kind", "value", "ok"),
    [
        ("parcel_code", "３３０６０４００１００２gb00017", True),
        ("parcel_code", "330604001002GB0001", False),
        ("property_unit_code", "330604001002GB00017W00000000", True),
        ("property_unit_code", "330604001002GB00017", False),
        ("land_code", "XY-0231", True),
        ("pre_assigned_code", "2023预0007", True),
    ],
)
def test_the_states_codes_are_held_against_their_form(parcels, kind, value, ok):
    step = reports.survey(identifiers=[{"kind": kind, "value": value, "valid_from": "2020-01-01"}])

    if ok:
        parcels.report(*step)
    else:
        assert "data.identifiers.0.value" in problems(parcels, step)


def test_a_personal_id_in_the_code_column_is_refused_and_not_repeated(parcels):
    person = "330604199001011234"
    step = reports.survey(right_holder={"name": "a person", "uscc": person})

    found = problems(parcels, step)

    assert "data.right_holder.uscc" in found
    assert person not in str(found)


def test_a_call_with_a_wrong_part_says_which(parcels):
    with pytest.raises(Invalid) as invalid:
        parcels.call(
            "split_parcel",
            parcel_id=reports.PARCEL,
            case_id=reports.CASE,
            split_on="2023-08-15",
            children=[
                {"parcel_id": f"{reports.PARCEL}-A", "area_m2": "1", "vacated": True},
                {"parcel_id": f"{reports.PARCEL}-B", "vacated": False},
            ],
        )
    assert [reason.field for reason in invalid.value.reasons] == ["children.1.area_m2"]
