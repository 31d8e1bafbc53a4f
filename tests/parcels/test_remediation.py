"""A case from its identification to its acceptance."""

from __future__ import annotations

import msgspec
import pytest

from services.parcels.case import CaseState

from . import said
from .register import event

CHAIN = [
    "parcel_registered",
    "remediation_identified",
    "remediation_planned",
    "remediation_approved",
    "remediation_progressed",
    "remediation_completed",
    "land_released",
]


def state(register):
    return register.read("get_case", case_id=said.CASE)["state"]


def test_each_report_moves_the_case_one_step_and_is_announced(register):
    states = []
    for step in said.whole():
        assert register.tell(*step) is None
        states += [state(register)] if step[0] != "parcel.registered" else []

    assert states == [each.value for each in CaseState if each is not CaseState.ANNOUNCED]
    assert register.names() == CHAIN


def test_a_case_need_not_report_its_progress(register):
    for step in said.whole():
        if step[0] != "remediation.progressed":
            register.tell(*step)

    assert state(register) == "accepted"
    assert "remediation_progressed" not in register.names()


def test_a_completion_before_the_approval_waits_and_takes_effect_with_it(register):
    parcel, identified, planned, approved, _, completed = said.whole()
    for step in (parcel, identified, planned):
        register.tell(*step)

    assert register.tell(*completed) == "waits for the approval of its plan"
    assert state(register) == "plan_drafted"

    before = len(register.facts())
    assert register.tell(*approved) is None
    assert register.names()[before:] == [
        "remediation_approved",
        "remediation_completed",
        "land_released",
    ]


@pytest.mark.parametrize(
    ("known", "note"),
    [
        ([], "waits for the registration of its parcel"),
        ([said.identified()], "waits for the registration of its parcel"),
        ([said.parcel()], "waits for its identification"),
        ([said.parcel(), said.identified()], "waits for its plan"),
        ([said.parcel(), said.identified(), said.planned()], "waits for the approval of its plan"),
        ([said.parcel(), said.identified(), said.approved()], "waits for its plan"),
    ],
)
def test_the_receipt_of_an_early_report_says_what_it_waits_for(register, known, note):
    for step in known:
        register.tell(*step)

    assert register.tell(*said.progressed()) == note


def test_a_parcel_is_known_as_announced_when_its_case_is_reported_first(register):
    register.tell(*said.identified())

    parcel = register.read("get_parcel", parcel_id=said.PARCEL)
    assert (parcel["state"], list(parcel["case_ids"])) == ("announced", [said.CASE])
    assert state(register) == "announced"
    assert register.facts() == []


def test_a_case_that_was_complete_before_its_parcel_is_released_with_the_registration(register):
    for step in said.whole()[1:]:
        register.tell(*step)
    assert register.facts() == []

    register.tell(*said.parcel())

    assert register.names() == CHAIN


def test_only_the_latest_progress_counts(register):
    for step in said.whole()[:4]:
        register.tell(*step)
    register.tell(*said.progressed(60, reported_on="2023-05-31"))

    note = register.tell(*said.progressed(30, reported_on="2023-04-30"))
    register.tell(*said.progressed(80, reported_on="2023-06-30"))

    assert note == "a later report of this kind stands"
    assert [fact["percent"] for fact in register.announced("remediation_progressed")] == [60, 80]


def test_a_plan_that_is_corrected_is_announced_again(register):
    for step in said.whole()[:4]:
        register.tell(*step)

    register.tell(*said.planned(planned_end_on="2023-12-31"))

    ends = [fact["planned_end_on"] for fact in register.announced("remediation_planned")]
    assert ends == ["2023-07-31", "2023-12-31"]
    assert state(register) == "plan_approved"


def test_before_its_approval_a_plan_may_turn_to_another_way(register):
    for step in (said.parcel(), said.identified(), said.planned("upgrade_in_place")):
        register.tell(*step)

    register.tell(*said.planned("land_reserve"))

    case = register.read("get_case", case_id=said.CASE)
    assert case["disposal_way"] == "land_reserve"


def test_the_same_report_under_another_id_changes_nothing(register):
    for step in said.whole():
        register.tell(*step)
    before = register.facts()

    for step in said.whole():
        assert register.tell(*step) is None

    assert register.facts() == before


# --- reports that do not fit


def test_an_approval_of_another_way_than_the_planned_one_is_refused(register, refused):
    for step in (said.parcel(), said.identified(), said.planned("land_reserve")):
        register.tell(*step)

    with refused("WAY_NOT_PLANNED"):
        register.tell(*said.approved("vacate_relocate"))


def test_a_completion_of_another_way_than_the_approved_one_is_refused(register, refused):
    for step in said.whole()[:5]:
        register.tell(*step)

    with refused("WAY_NOT_APPROVED"):
        register.tell(*said.completed("vacate_relocate"))


def test_an_approved_plan_cannot_turn_to_another_way(register, refused):
    for step in said.whole()[:4]:
        register.tell(*step)

    with refused("WAY_ALREADY_APPROVED"):
        register.tell(*said.planned("upgrade_in_place"))


def test_an_acceptance_with_other_figures_than_the_first_is_refused(register, refused):
    for step in said.whole():
        register.tell(*step)

    with refused("ALREADY_COMPLETED"):
        register.tell(*said.completed(vacated_area_m2="5000"))


@pytest.mark.parametrize("hours", [0, -1], ids=["of the same moment", "of an earlier moment"])
def test_an_acceptance_is_final_whenever_the_other_one_happened(register, refused, hours):
    steps = said.whole()
    for step in steps[:-1]:
        register.tell(*step)
    first = event(*steps[-1], 20)
    register.hear(first)
    other = event(*said.completed(vacated_area_m2="5000"), 20 + hours)
    other = msgspec.structs.replace(other, id="another")

    with refused("ALREADY_COMPLETED"):
        register.hear(other)


def test_no_more_than_a_hundredth_of_a_mu_above_the_parcels_area_can_be_vacated(register, refused):
    register.tell(*said.parcel())

    with refused("VACATES_MORE_THAN_PARCEL"):
        register.tell(*said.completed(vacated_area_m2="6673.333335"))
    assert register.tell(*said.completed(vacated_area_m2="6673.333334"))


def test_a_waiting_completion_that_names_another_way_than_the_approval_is_set_aside(register):
    for step in (said.parcel(), said.identified(), said.planned("upgrade_in_place")):
        register.tell(*step)
    register.tell(*said.completed("land_reserve"))

    register.tell(*said.approved("upgrade_in_place"))

    assert state(register) == "plan_approved"
    (fact,) = register.announced("remediation_contradicted")
    assert fact["report"] == "remediation.completed"
    assert [reason["code"] for reason in fact["reasons"]] == ["WAY_NOT_APPROVED"]
    case = register.read("get_case", case_id=said.CASE)
    assert case["completed"] is None
    assert case["set_aside"][0]["event_id"] == "event-4"


def test_a_waiting_completion_that_vacates_more_than_the_surveyed_area_is_set_aside(register):
    for step in said.whole()[1:]:
        register.tell(*step)

    register.tell(*said.parcel(area_m2="5000"))

    (fact,) = register.announced("remediation_contradicted")
    assert [reason["code"] for reason in fact["reasons"]] == ["VACATES_MORE_THAN_PARCEL"]
    assert state(register) == "in_progress"


def test_a_corrected_completion_takes_the_place_of_the_one_that_was_set_aside(register):
    for step in said.whole()[1:]:
        register.tell(*step)
    register.tell(*said.parcel(area_m2="5000"))

    register.tell(*said.completed(vacated_area_m2="5000"))

    assert state(register) == "accepted"
    assert len(register.announced("remediation_contradicted")) == 1


def test_a_refused_report_leaves_no_trace(register, refused):
    with refused("WRONG_ROLE"):
        register.tell(*said.identified(operator_role="township"))

    with refused("NOT_FOUND"):
        register.read("get_case", case_id=said.CASE)
    with refused("NOT_FOUND"):
        register.read("get_parcel", parcel_id=said.PARCEL)
