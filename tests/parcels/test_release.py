"""The release of vacated land: granted, blocked, revoked, granted again, always with a number."""

from __future__ import annotations

import pytest

from . import said

OTHER_CASE = "330604006-C18"
BAD = said.soil(on_registry=True)


def play(register, *steps):
    for step in steps:
        register.tell(*step)


def releases(register):
    """What was announced of releases: fact, number, codes of the reasons."""
    return [
        (name, data["release_no"], [reason["code"] for reason in data.get("reasons", [])])
        for name, data in register.facts()
        if name in ("land_released", "release_blocked", "release_revoked")
    ]


def standing(register, parcel_id=said.PARCEL, case_id=said.CASE):
    return register.read("release_standing", parcel_id=parcel_id, case_id=case_id)


def other_case(step, **more):
    return step(case_id=OTHER_CASE, **more)


def test_released_land_carries_its_terms_and_its_evidence(register):
    steps = said.whole()
    play(register, said.parcel(soil=said.soil(), industry_code="C38"), *steps[1:])

    (fact,) = register.announced("land_released")
    assert fact == {
        "parcel_id": said.PARCEL,
        "case_id": said.CASE,
        "township": "330604006",
        "area_m2": "6666.666667",
        "target_use": "industrial",
        "industry_code": "C38",
        "release_no": 1,
        "evidence_ids": ["SOIL-2023-7"],
        "vacated_on": "2023-07-28",
        "released_on": "2023-09-01",
    }
    assert standing(register) == {"state": "released", "release_no": 1, "reasons": []}


def test_the_plan_says_what_the_land_is_for(register):
    play(register, said.parcel(soil=said.soil()), said.identified())
    play(register, said.planned(target_use="commercial"), *said.whole()[3:])

    (fact,) = register.announced("land_released")
    assert fact["target_use"] == "commercial"


@pytest.mark.parametrize("way", ["upgrade_in_place", "merger_restructuring", "function_change"])
def test_a_case_by_which_the_occupant_stays_completes_and_releases_nothing(register, way):
    play(register, *said.whole(way, vacated_area_m2="0"))

    assert register.names()[-1] == "remediation_completed"
    assert standing(register) == {"state": "none", "release_no": 0, "reasons": []}


def test_when_only_a_tenant_left_nothing_is_released(register):
    play(register, *said.whole("phase_out", vacated_area_m2="0"))

    assert register.names()[-1] == "remediation_completed"


def test_registered_soil_blocks_the_release_until_it_is_off_the_registry(register):
    play(register, said.parcel(soil=BAD), *said.whole()[1:])
    assert standing(register)["reasons"][0]["code"] == "ART66_NOT_REMOVED"

    register.call("record_soil", **said.recorded())

    assert releases(register) == [
        ("release_blocked", 1, ["ART66_NOT_REMOVED"]),
        ("land_released", 2, []),
    ]


def test_blocked_land_is_announced_again_when_other_reasons_bar_it(register):
    play(register, said.parcel(soil=BAD), *said.whole()[1:])

    register.call("record_soil", **said.recorded("2023-08-20", on_registry=True))
    register.call("record_soil", **said.recorded("2023-08-21", on_registry=True, case_open=True))
    register.call("record_soil", **said.recorded("2023-08-22", case_open=True))

    assert releases(register) == [
        ("release_blocked", 1, ["ART66_NOT_REMOVED"]),
        ("release_blocked", 2, ["ART66_NOT_REMOVED", "SOIL_CASE_OPEN"]),
        ("release_blocked", 3, ["SOIL_CASE_OPEN"]),
    ]


def test_a_release_is_revoked_when_the_soil_turns_bad_and_granted_again_when_it_is_clean(register):
    play(register, *said.whole())

    register.call("record_soil", **said.recorded("2023-08-20", on_registry=True))
    register.call("record_soil", **said.recorded("2023-08-21"))

    assert releases(register) == [
        ("land_released", 1, []),
        ("release_revoked", 2, ["ART66_NOT_REMOVED"]),
        ("land_released", 3, []),
    ]
    assert register.announced("land_released")[-1]["evidence_ids"] == ["SOIL-2023-7"]


def test_new_evidence_for_released_land_is_kept_and_announces_nothing(register):
    play(register, *said.whole())
    before = register.facts()

    register.call("record_soil", **said.recorded())

    assert register.facts() == before
    release = register.read("get_case", case_id=said.CASE)["release"]
    assert list(release["evidence_ids"]) == ["SOIL-2023-7"]


def test_land_of_a_key_regulated_unit_waits_for_its_survey(register):
    play(register, said.parcel(key_regulated_unit=True), *said.whole()[1:])

    register.call("record_soil", **said.recorded())

    assert releases(register) == [
        ("release_blocked", 1, ["ART67_NO_SURVEY"]),
        ("land_released", 2, []),
    ]


def test_land_that_is_surveyed_for_another_use_is_released_anew_on_its_new_terms(register):
    play(register, *said.whole())

    play(register, said.parcel(planned_use="warehouse", surveyed_on="2023-08-10"))
    play(register, said.parcel(planned_use="residential", surveyed_on="2023-08-11"))

    assert releases(register) == [
        ("land_released", 1, []),
        ("land_released", 2, []),
        ("release_revoked", 3, ["ART59_NO_SURVEY"]),
    ]


def test_a_new_survey_that_finds_less_land_than_was_released_revokes_the_release(register):
    play(register, *said.whole())

    play(register, said.parcel(area_m2="6000", surveyed_on="2023-08-10"))

    assert releases(register)[-1] == ("release_revoked", 2, ["VACATES_MORE_THAN_PARCEL"])
    assert register.read("get_case", case_id=said.CASE)["state"] == "accepted"


# --- two cases on one parcel


def test_land_is_not_released_while_another_case_is_open_on_it(register):
    play(register, other_case(said.identified), *said.whole())
    assert releases(register) == [("release_blocked", 1, ["OTHER_CASE_OPEN"])]

    play(register, other_case(said.planned, way="upgrade_in_place"))
    play(register, other_case(said.approved, way="upgrade_in_place"))
    play(register, other_case(said.completed, way="upgrade_in_place", vacated_area_m2="0"))

    assert releases(register)[-1] == ("land_released", 2, [])


def test_a_new_case_on_released_land_revokes_the_release(register):
    play(register, *said.whole())

    play(register, other_case(said.identified))

    assert releases(register)[-1] == ("release_revoked", 2, ["OTHER_CASE_OPEN"])


def test_land_that_was_vacated_twice_is_released_once(register):
    play(register, *said.whole())
    later = other_case(said.completed, completed_on="2023-08-15")

    play(register, *(other_case(s) for s in (said.identified, said.planned, said.approved)), later)

    assert standing(register)["state"] == "revoked"
    assert standing(register, case_id=OTHER_CASE)["state"] == "released"


def test_a_case_id_that_was_mistyped_holds_up_no_land(register):
    play(register, other_case(said.progressed), *said.whole())

    assert releases(register) == [("land_released", 1, [])]


def test_a_release_is_asked_for_by_the_parcel_that_was_vacated(register, refused):
    play(register, *said.whole())

    assert standing(register, parcel_id="330604006-0999")["state"] == "none"
    with refused("NOT_FOUND"):
        standing(register, case_id="330604006-C99")
