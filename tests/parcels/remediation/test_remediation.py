"""A case from its identification to its acceptance."""

from __future__ import annotations

import pytest

from services.parcels.remediation.case import CaseState

from .. import reports
from ..reports import event

CHAIN = [
    "parcel_registered",
    "remediation_identified",
    "remediation_planned",
    "remediation_approved",
    "remediation_progressed",
    "remediation_completed",
    "land_released",
]


def state(parcels):
    return parcels.read("get_case", case_id=reports.CASE)["state"]


def test_each_report_moves_the_case_one_step_and_is_announced(parcels):
    states = []
    for step in reports.whole_case():
        assert parcels.report(*step) is None
        states += [state(parcels)] if step[0] != "parcel.registered" else []

    assert states == [each.value for each in CaseState if each is not CaseState.ANNOUNCED]
    assert parcels.fact_names == CHAIN


def test_a_case_need_not_report_its_progress(parcels):
    for step in reports.whole_case():
        if step[0] != "remediation.progressed":
            parcels.report(*step)

    assert state(parcels) == "accepted"
    assert "remediation_progressed" not in parcels.fact_names


def test_a_completion_before_the_approval_waits_and_takes_effect_with_it(parcels):
    parcel, identified, planned, approved, _, completed = reports.whole_case()
    for step in (parcel, identified, planned):
        parcels.report(*step)

    assert parcels.report(*completed) == "waits for the approval of its plan"
    assert state(parcels) == "plan_drafted"

    before = len(parcels.facts)
    assert parcels.report(*approved) is None
    assert parcels.fact_names[before:] == [
        "remediation_approved",
        "remediation_completed",
        "land_released",
    ]


@pytest.mark.parametrize(
    ("known", "note"),
    [
        ([], "waits for the registration of its parcel"),
        ([reports.identified()], "waits for the registration of its parcel"),
        ([reports.survey()], "waits for its identification"),
        ([reports.survey(), reports.identified()], "waits for its plan"),
        (
            [reports.survey(), reports.identified(), reports.planned()],
            "waits for the approval of its plan",
        ),
        ([reports.survey(), reports.identified(), reports.approved()], "waits for its plan"),
    ],
)
def test_the_receipt_of_an_early_report_says_what_it_waits_for(parcels, known, note):
    for step in known:
        parcels.report(*step)

    assert parcels.report(*reports.progressed()) == note


def test_a_parcel_is_known_as_announced_when_its_case_is_reported_first(parcels):
    parcels.report(*reports.identified())

    parcel = parcels.read("get_parcel", parcel_id=reports.PARCEL)
    assert (parcel["state"], list(parcel["case_ids"])) == ("announced", [reports.CASE])
    assert state(parcels) == "announced"
    assert parcels.facts == []


def test_a_case_that_was_complete_is_released_when_its_parcel_is_registered(parcels):
    for step in reports.whole_case()[1:]:
        parcels.report(*step)
    assert parcels.facts == []

    parcels.report(*reports.survey())

    assert parcels.fact_names == CHAIN


def test_only_the_latest_progress_counts(parcels):
    for step in reports.whole_case()[:4]:
        parcels.report(*step)
    parcels.report(*reports.progressed(60, reported_on="2023-05-31"))

    note = parcels.report(*reports.progressed(30, reported_on="2023-04-30"))
    parcels.report(*reports.progressed(80, reported_on="2023-06-30"))

    assert note == "a later report of this kind stands"
    assert [fact["percent"] for fact in parcels.facts_named("remediation_progressed")] == [60, 80]


def test_a_plan_that_is_corrected_is_announced_again(parcels):
    for step in reports.whole_case()[:4]:
        parcels.report(*step)

    parcels.report(*reports.planned(planned_end_on="2023-12-31"))

    ends = [fact["planned_end_on"] for fact in parcels.facts_named("remediation_planned")]
    assert ends == ["2023-07-31", "2023-12-31"]
    assert state(parcels) == "plan_approved"


def test_before_its_approval_a_plan_may_turn_to_another_way(parcels):
    for step in (reports.survey(), reports.identified(), reports.planned("upgrade_in_place")):
        parcels.report(*step)

    parcels.report(*reports.planned("land_reserve"))

    case = parcels.read("get_case", case_id=reports.CASE)
    assert case["disposal_way"] == "land_reserve"


def test_the_same_report_under_another_id_changes_nothing(parcels):
    for step in reports.whole_case():
        parcels.report(*step)
    before = parcels.facts

    for step in reports.whole_case():
        assert parcels.report(*step) is None

    assert parcels.facts == before


# --- reports that do not fit


def test_an_approval_of_another_way_than_the_planned_one_is_refused(parcels, refused):
    for step in (reports.survey(), reports.identified(), reports.planned("land_reserve")):
        parcels.report(*step)

    with refused("WAY_NOT_PLANNED"):
        parcels.report(*reports.approved("vacate_relocate"))


def test_a_completion_of_another_way_than_the_approved_one_is_refused(parcels, refused):
    for step in reports.whole_case()[:5]:
        parcels.report(*step)

    with refused("WAY_NOT_APPROVED"):
        parcels.report(*reports.completed("vacate_relocate"))


def test_an_approved_plan_cannot_turn_to_another_way(parcels, refused):
    for step in reports.whole_case()[:4]:
        parcels.report(*step)

    with refused("WAY_ALREADY_APPROVED"):
        parcels.report(*reports.planned("upgrade_in_place"))


def test_an_acceptance_with_other_figures_than_the_first_is_refused(parcels, refused):
    for step in reports.whole_case():
        parcels.report(*step)

    with refused("ALREADY_COMPLETED"):
        parcels.report(*reports.completed(vacated_area_m2="5000"))


@pytest.mark.parametrize("hours", [0, -1], ids=["of the same moment", "of an earlier moment"])
def test_an_acceptance_is_final_whenever_the_other_one_happened(parcels, refused, hours):
    steps = reports.whole_case()
    for step in steps[:-1]:
        parcels.report(*step)
    first = event(*steps[-1], 20)
    parcels.handle(first)
    other = event(*reports.completed(vacated_area_m2="5000"), 20 + hours)

    with refused("ALREADY_COMPLETED"):
        parcels.handle(other | {"id": "another"})


def test_no_more_than_a_hundredth_of_a_mu_above_the_parcels_area_can_be_vacated(parcels, refused):
    parcels.report(*reports.survey())

    with refused("VACATES_MORE_THAN_PARCEL"):
        parcels.report(*reports.completed(vacated_area_m2="6673.333335"))
    assert parcels.report(*reports.completed(vacated_area_m2="6673.333334"))


def test_a_waiting_completion_that_names_another_way_than_the_approval_is_set_aside(parcels):
    for step in (reports.survey(), reports.identified(), reports.planned("upgrade_in_place")):
        parcels.report(*step)
    parcels.report(*reports.completed("land_reserve"))

    parcels.report(*reports.approved("upgrade_in_place"))

    assert state(parcels) == "plan_approved"
    (fact,) = parcels.facts_named("remediation_contradicted")
    assert fact["report"] == "remediation.completed"
    assert [reason["code"] for reason in fact["reasons"]] == ["WAY_NOT_APPROVED"]
    case = parcels.read("get_case", case_id=reports.CASE)
    assert case["completed"] is None
    assert case["set_aside"][0]["event_id"] == "event-4"


def test_a_waiting_completion_that_vacates_more_than_the_surveyed_area_is_set_aside(parcels):
    for step in reports.whole_case()[1:]:
        parcels.report(*step)

    parcels.report(*reports.survey(area_m2="5000"))

    (fact,) = parcels.facts_named("remediation_contradicted")
    assert [reason["code"] for reason in fact["reasons"]] == ["VACATES_MORE_THAN_PARCEL"]
    assert state(parcels) == "in_progress"


def test_a_corrected_completion_takes_the_place_of_the_one_that_was_set_aside(parcels):
    for step in reports.whole_case()[1:]:
        parcels.report(*step)
    parcels.report(*reports.survey(area_m2="5000"))

    parcels.report(*reports.completed(vacated_area_m2="5000"))

    assert state(parcels) == "accepted"
    assert len(parcels.facts_named("remediation_contradicted")) == 1


def test_a_refused_report_leaves_no_trace(parcels, refused):
    with refused("WRONG_ROLE"):
        parcels.report(*reports.identified(operator_role="township"))

    with refused("NOT_FOUND"):
        parcels.read("get_case", case_id=reports.CASE)
    with refused("NOT_FOUND"):
        parcels.read("get_parcel", parcel_id=reports.PARCEL)
