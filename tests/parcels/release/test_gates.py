"""The gates before a release, each with the law that it follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from park.rules import broken
from services.parcels.register.parcel import NEVER, Parcel, Soil
from services.parcels.release.gates import GATES, Vacancy
from services.parcels.remediation.case import Case, CaseState
from services.parcels.remediation.reports import Completed
from services.parcels.rulebook import SOIL_LAW, SoilLaw
from services.parcels.words import DisposalWay, LandUse, Said

LAW = SOIL_LAW.on(date(2023, 8, 1))
CLEAN = Soil(survey_reviewed=True, survey_filed=True, recorded=NEVER)
PARCEL = Parcel.unknown("330604006-0231")
CASE = Case.unknown("330604006-C17", "330604006-0231")


def accepted(day: int, area_m2: str = "6000", case: Case = CASE) -> Case:
    """The case, completed on that day of July."""
    said = Said(on=date(2023, 7, day), at=datetime(2023, 7, day, tzinfo=UTC), event_id="event-1")
    completed = Completed(
        operator_role="task_force",
        said=said,
        disposal_way=DisposalWay.LAND_RESERVE,
        vacated_area_m2=Decimal(area_m2),
        acceptance_number="2023-9",
    )
    return replace(case, state=CaseState.ACCEPTED, completed=completed)


def vacancy(
    soil: Soil = CLEAN,
    use: LandUse = LandUse.INDUSTRIAL,
    area_m2: str = "6000",
    parcel: Parcel = PARCEL,
    others: tuple[Case, ...] = (),
    law: SoilLaw = LAW,
) -> Vacancy:
    """A parcel of 6000 m², vacated as a whole for industry, with clean soil."""
    case = accepted(28, area_m2)
    assert case.completed
    return Vacancy(
        case=case,
        completed=case.completed,
        parcel=parcel,
        parcel_area_m2=Decimal(6000),
        soil=soil,
        target_use=use,
        others=others,
        soil_law=law,
    )


def codes(land: Vacancy) -> list[str]:
    return [reason.code for reason in broken(GATES, land)]


SENSITIVE = [LandUse.RESIDENTIAL, LandUse.PUBLIC]
OTHER = [LandUse.INDUSTRIAL, LandUse.WAREHOUSE, LandUse.COMMERCIAL]


def test_clean_land_that_was_vacated_as_a_whole_passes():
    assert codes(vacancy()) == []


@pytest.mark.parametrize("use", SENSITIVE)
def test_registered_land_cannot_become_residential_or_public(use):
    bad = replace(CLEAN, on_registry=True)
    assert codes(vacancy(bad, use)) == ["ART61_REGISTERED_SENSITIVE", "ART66_NOT_REMOVED"]


@pytest.mark.parametrize("use", OTHER)
def test_registered_land_is_not_released_for_any_use(use):
    assert codes(vacancy(replace(CLEAN, on_registry=True), use)) == ["ART66_NOT_REMOVED"]


def test_a_policy_that_keeps_to_the_letter_releases_registered_land_to_industry():
    letter = replace(LAW, registered_soil_bars_release=False)
    bad = replace(CLEAN, on_registry=True)

    assert codes(vacancy(bad, law=letter)) == []
    assert codes(vacancy(bad, LandUse.PUBLIC, law=letter)) == ["ART61_REGISTERED_SENSITIVE"]


@pytest.mark.parametrize("use", SENSITIVE)
def test_a_change_to_a_sensitive_use_needs_a_reviewed_survey(use):
    assert codes(vacancy(replace(CLEAN, survey_reviewed=False), use)) == ["ART59_NO_SURVEY"]


@pytest.mark.parametrize("use", OTHER)
def test_industry_to_industry_needs_no_survey(use):
    assert codes(vacancy(Soil(recorded=NEVER), use)) == []


def test_land_of_a_key_regulated_unit_needs_a_filed_survey():
    key = replace(PARCEL, key_regulated_unit=True)

    assert codes(vacancy(replace(CLEAN, survey_filed=False), parcel=key)) == ["ART67_NO_SURVEY"]
    assert codes(vacancy(CLEAN, parcel=key)) == []


def test_an_open_soil_case_bars_the_release():
    assert codes(vacancy(replace(CLEAN, case_open=True))) == ["SOIL_CASE_OPEN"]


def test_land_that_is_bad_in_every_way_names_every_soil_gate():
    worst = Soil(on_registry=True, case_open=True, recorded=NEVER)
    key = replace(PARCEL, key_regulated_unit=True)

    assert codes(vacancy(worst, LandUse.RESIDENTIAL, parcel=key)) == [
        "ART61_REGISTERED_SENSITIVE",
        "ART66_NOT_REMOVED",
        "ART59_NO_SURVEY",
        "ART67_NO_SURVEY",
        "SOIL_CASE_OPEN",
    ]


@pytest.mark.parametrize(
    ("area_m2", "expected"),
    [
        ("5993.333333", []),  # 0.01 mu less
        ("5993.333332", ["PARTIAL_NOT_SPLIT"]),
        ("6006.666667", []),  # 0.01 mu more
        ("6006.666668", ["VACATES_MORE_THAN_PARCEL"]),
    ],
)
def test_what_was_vacated_is_the_whole_parcel_within_a_hundredth_of_a_mu(area_m2, expected):
    assert codes(vacancy(area_m2=area_m2)) == expected


def test_another_open_case_bars_the_release():
    other = replace(Case.unknown("330604006-C18", PARCEL.parcel_id), state=CaseState.PLAN_DRAFTED)
    (reason,) = broken(GATES, vacancy(others=(other,)))

    assert reason.code == "OTHER_CASE_OPEN"
    assert other.case_id in reason.sentence


def test_a_case_that_was_only_announced_or_is_closed_bars_nothing():
    other = Case.unknown("330604006-C18", PARCEL.parcel_id)
    assert codes(vacancy(others=(other, accepted(29, "0", other)))) == []


def test_land_that_was_vacated_twice_is_released_by_the_later_case_alone():
    other = Case.unknown("330604006-C18", PARCEL.parcel_id)

    assert codes(vacancy(others=(accepted(27, case=other),))) == []
    assert codes(vacancy(others=(accepted(29, case=other),))) == ["VACATED_AGAIN"]


@pytest.mark.parametrize(("case_id", "bars"), [("C16", False), ("C17", False), ("C18", True)])
def test_of_two_cases_that_vacated_land_on_one_day_the_greater_id_releases_it(case_id, bars):
    other = accepted(28, case=Case.unknown(f"330604006-{case_id}", PARCEL.parcel_id))

    assert codes(vacancy(others=(other,))) == (["VACATED_AGAIN"] if bars else [])


def test_a_case_that_vacated_another_parcel_is_no_rival():
    other = replace(
        Case.unknown("330604006-C18", PARCEL.parcel_id), vacated_parcel_id="330604006-0231-A"
    )
    assert codes(vacancy(others=(accepted(29, case=other),))) == []


def test_every_gate_of_the_soil_law_cites_its_article():
    worst = Soil(on_registry=True, case_open=True, recorded=NEVER)
    key = replace(PARCEL, key_regulated_unit=True)

    for reason in broken(GATES, vacancy(worst, LandUse.PUBLIC, parcel=key)):
        assert reason.source
        assert reason.source.startswith("土壤污染防治法 (2018)")
    assert len(GATES) == len(set(GATES))
