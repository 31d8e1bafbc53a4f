"""The release of vacated land: granted, blocked, revoked, granted again, always with a number."""

from __future__ import annotations

import pytest

from .. import reports

OTHER_CASE = "330604006-C18"
BAD = reports.soil(on_registry=True)


def play(parcels, *steps):
    for step in steps:
        parcels.report(*step)


def releases(parcels):
    """What was announced of releases: fact, number, codes of the reasons."""
    return [
        (name, data["release_no"], [reason["code"] for reason in data.get("reasons", [])])
        for name, data in parcels.facts
        if name in ("land_released", "release_blocked", "release_revoked")
    ]


def standing(parcels, parcel_id=reports.PARCEL, case_id=reports.CASE):
    return parcels.read("release_standing", parcel_id=parcel_id, case_id=case_id)


def other_case(step, **more):
    return step(case_id=OTHER_CASE, **more)


def test_released_land_carries_its_terms_and_its_evidence(parcels):
    steps = reports.whole_case()
    play(parcels, reports.survey(soil=reports.soil(), industry_code="C38"), *steps[1:])

    (fact,) = parcels.facts_named("land_released")
    assert fact == {
        "parcel_id": reports.PARCEL,
        "case_id": reports.CASE,
        "township": "330604006",
        "area_m2": "6666.666667",
        "target_use": "industrial",
        "industry_code": "C38",
        "release_no": 1,
        "evidence_ids": ["SOIL-2023-7"],
        "vacated_on": "2023-07-28",
        "released_on": "2023-09-01",
    }
    assert standing(parcels) == {"state": "released", "release_no": 1, "reasons": []}


def test_the_plan_says_what_the_land_is_for(parcels):
    play(parcels, reports.survey(soil=reports.soil()), reports.identified())
    play(parcels, reports.planned(target_use="commercial"), *reports.whole_case()[3:])

    (fact,) = parcels.facts_named("land_released")
    assert fact["target_use"] == "commercial"


@pytest.mark.parametrize("way", ["upgrade_in_place", "merger_restructuring", "function_change"])
def test_a_case_by_which_the_occupant_stays_completes_and_releases_nothing(parcels, way):
    play(parcels, *reports.whole_case(way, vacated_area_m2="0"))

    assert parcels.fact_names[-1] == "remediation_completed"
    assert standing(parcels) == {"state": "none", "release_no": 0, "reasons": []}


def test_when_only_a_tenant_left_nothing_is_released(parcels):
    play(parcels, *reports.whole_case("phase_out", vacated_area_m2="0"))

    assert parcels.fact_names[-1] == "remediation_completed"


def test_registered_soil_blocks_the_release_until_it_is_off_the_registry(parcels):
    play(parcels, reports.survey(soil=BAD), *reports.whole_case()[1:])
    assert standing(parcels)["reasons"][0]["code"] == "ART66_NOT_REMOVED"

    parcels.call("record_soil", **reports.soil_record())

    assert releases(parcels) == [
        ("release_blocked", 1, ["ART66_NOT_REMOVED"]),
        ("land_released", 2, []),
    ]


def test_blocked_land_is_announced_again_when_other_reasons_bar_it(parcels):
    play(parcels, reports.survey(soil=BAD), *reports.whole_case()[1:])

    parcels.call("record_soil", **reports.soil_record("2023-08-20", on_registry=True))
    parcels.call(
        "record_soil", **reports.soil_record("2023-08-21", on_registry=True, case_open=True)
    )
    parcels.call("record_soil", **reports.soil_record("2023-08-22", case_open=True))

    assert releases(parcels) == [
        ("release_blocked", 1, ["ART66_NOT_REMOVED"]),
        ("release_blocked", 2, ["ART66_NOT_REMOVED", "SOIL_CASE_OPEN"]),
        ("release_blocked", 3, ["SOIL_CASE_OPEN"]),
    ]


def test_a_release_is_revoked_for_bad_soil_and_granted_again_for_clean_soil(parcels):
    play(parcels, *reports.whole_case())

    parcels.call("record_soil", **reports.soil_record("2023-08-20", on_registry=True))
    parcels.call("record_soil", **reports.soil_record("2023-08-21"))

    assert releases(parcels) == [
        ("land_released", 1, []),
        ("release_revoked", 2, ["ART66_NOT_REMOVED"]),
        ("land_released", 3, []),
    ]
    assert parcels.facts_named("land_released")[-1]["evidence_ids"] == ["SOIL-2023-7"]


def test_new_evidence_for_released_land_is_kept_and_announces_nothing(parcels):
    play(parcels, *reports.whole_case())
    before = parcels.facts

    parcels.call("record_soil", **reports.soil_record())

    assert parcels.facts == before
    release = parcels.read("get_case", case_id=reports.CASE)["release"]
    assert list(release["evidence_ids"]) == ["SOIL-2023-7"]


def test_land_of_a_key_regulated_unit_waits_for_its_survey(parcels):
    play(parcels, reports.survey(key_regulated_unit=True), *reports.whole_case()[1:])

    parcels.call("record_soil", **reports.soil_record())

    assert releases(parcels) == [
        ("release_blocked", 1, ["ART67_NO_SURVEY"]),
        ("land_released", 2, []),
    ]


def test_land_that_is_surveyed_for_another_use_is_released_anew_on_its_new_terms(parcels):
    play(parcels, *reports.whole_case())

    play(parcels, reports.survey(planned_use="warehouse", surveyed_on="2023-08-10"))
    play(parcels, reports.survey(planned_use="residential", surveyed_on="2023-08-11"))

    assert releases(parcels) == [
        ("land_released", 1, []),
        ("land_released", 2, []),
        ("release_revoked", 3, ["ART59_NO_SURVEY"]),
    ]


def test_a_new_survey_that_finds_less_land_than_was_released_revokes_the_release(parcels):
    play(parcels, *reports.whole_case())

    play(parcels, reports.survey(area_m2="6000", surveyed_on="2023-08-10"))

    assert releases(parcels)[-1] == ("release_revoked", 2, ["VACATES_MORE_THAN_PARCEL"])
    assert parcels.read("get_case", case_id=reports.CASE)["state"] == "accepted"


# --- two cases on one parcel


def test_land_is_not_released_while_another_case_is_open_on_it(parcels):
    play(parcels, other_case(reports.identified), *reports.whole_case())
    assert releases(parcels) == [("release_blocked", 1, ["OTHER_CASE_OPEN"])]

    play(parcels, other_case(reports.planned, way="upgrade_in_place"))
    play(parcels, other_case(reports.approved, way="upgrade_in_place"))
    play(parcels, other_case(reports.completed, way="upgrade_in_place", vacated_area_m2="0"))

    assert releases(parcels)[-1] == ("land_released", 2, [])


def test_a_new_case_on_released_land_revokes_the_release(parcels):
    play(parcels, *reports.whole_case())

    play(parcels, other_case(reports.identified))

    assert releases(parcels)[-1] == ("release_revoked", 2, ["OTHER_CASE_OPEN"])


def test_land_that_was_vacated_twice_is_released_once(parcels):
    play(parcels, *reports.whole_case())
    later = other_case(reports.completed, completed_on="2023-08-15")

    play(
        parcels,
        *(other_case(s) for s in (reports.identified, reports.planned, reports.approved)),
        later,
    )

    assert standing(parcels)["state"] == "revoked"
    assert standing(parcels, case_id=OTHER_CASE)["state"] == "released"


def test_a_case_id_that_was_mistyped_holds_up_no_land(parcels):
    play(parcels, other_case(reports.progressed), *reports.whole_case())

    assert releases(parcels) == [("land_released", 1, [])]


def test_a_release_is_asked_for_by_the_parcel_that_was_vacated(parcels, refused):
    play(parcels, *reports.whole_case())

    assert standing(parcels, parcel_id="330604006-0999")["state"] == "none"
    with refused("NOT_FOUND"):
        standing(parcels, case_id="330604006-C99")
