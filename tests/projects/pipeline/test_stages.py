"""A project goes from stage to stage, on land or in rented premises."""

from __future__ import annotations

import re

import pytest

from backbone.errors import Invalid, Refused
from services.projects.leads.lead import Stage
from services.projects.pipeline.rulebook import PIPELINE
from tests.projects.desk import SUPPLY, Desk
from tests.projects.supply.test_applying import refusal

from .desk import PROOF

EARLY = ["negotiating", "under_review", "signed"]
LATE = ["construction_started", "construction_completed", "in_production", "full_capacity"]


def walk(desk, *stages):
    """Each of the stages, a month after the other."""
    return [desk.enter(stage, f"2023-{month:02}-01") for month, stage in enumerate(stages, start=2)]


@pytest.mark.parametrize(
    "way",
    [
        [*EARLY, "landed", "land_acquired", *LATE],
        [*EARLY, "land_acquired", "landed", *LATE],
        [*EARLY, "landed", "premises_leased", *LATE],
        [*EARLY, "premises_leased", "landed", *LATE],
        [*EARLY, "land_acquired", *LATE],
        [*EARLY, "premises_leased", "in_production", "full_capacity"],
        [*EARLY, "premises_leased", "landed", "in_production"],
    ],
)
def test_a_project_comes_to_production_on_land_or_in_premises(desk, way):
    desk.project()
    answers = walk(desk, *way)
    assert [each["warnings"] for each in answers] == [[]] * len(way)
    assert desk.now()["stage"] == way[-1]
    told = desk.facts_named("project_stage_changed")
    assert [each["stage"] for each in told] == ["lead", *way]
    assert told[-1]["entry_no"] == len(way) + 1


@pytest.mark.parametrize(
    ("way", "code"),
    [
        (["landed", "construction_started"], "STAGE_NEEDS_ANOTHER"),
        (["construction_started"], "STAGE_NOT_REACHABLE"),
        (["in_production"], "STAGE_NOT_REACHABLE"),
        (["land_acquired", "construction_completed"], "STAGE_NOT_REACHABLE"),
        (["land_acquired", "landed", "construction_completed"], "STAGE_NEEDS_ANOTHER"),
        (["land_acquired", "landed", "in_production"], "STAGE_NEEDS_ANOTHER"),
        (["land_acquired", "in_production"], "STAGE_NOT_REACHABLE"),
        (["premises_leased", "full_capacity"], "STAGE_NOT_REACHABLE"),
        (["land_acquired", "signed"], "STAGE_NOT_REACHABLE"),
    ],
)
def test_a_stage_follows_one_that_it_may_follow(desk, way, code):
    desk.project()
    before = walk(desk, *way[:-1])
    refusal(lambda: desk.enter(way[-1], "2024-01-01"), code)
    assert len(desk.now()["entries"]) == 1 + len(before)


@pytest.mark.parametrize("on", ["2022-12-31", "2022-01-20"])
def test_a_day_before_the_project_began_is_what_is_refused_and_not_the_stage(desk, on):
    desk.project()
    with pytest.raises(Refused) as caught:
        desk.enter("landed", on)
    [reason] = caught.value.reasons
    assert (reason.code, reason.field) == ("BEFORE_PROJECT_BEGAN", "entered_on")
    assert reason.sentence.startswith("The project began on 2023-01-01 with lead; give a day from")
    desk.enter("lead", on)
    assert desk.enter("landed", on)["project"]["stage"] == "landed"


def test_an_earlier_stage_than_the_first_is_entered_late(desk):
    desk.project(stage="signed")
    desk.enter("under_review", "2022-12-01")
    assert [each["stage"] for each in desk.now()["entries"]] == ["signed", "under_review"]
    refusal(lambda: desk.enter("in_production", "2023-01-01"), "STAGE_NOT_REACHABLE")


def test_stages_that_are_left_out_are_warned_of(desk):
    desk.project()
    [warning] = desk.enter("signed", "2023-03-01")["warnings"]
    assert warning["code"] == "STAGE_SKIPPED"
    assert desk.enter("negotiating", "2023-02-01")["warnings"][0]["code"] == "STAGE_SKIPPED"
    assert desk.enter("under_review", "2023-02-15")["warnings"] == []


@pytest.mark.parametrize("stage", PROOF)
def test_each_stage_is_shown_by_evidence_of_its_own(stage):
    rule = PIPELINE.on(Desk().moment.date()).stages[Stage(stage)]
    assert PROOF[stage] in rule.evidence
    assert len(rule.evidence) == len({*rule.evidence})


@pytest.mark.parametrize(
    "evidence", [[], [{"kind": "visit", "reference": "v"}], [{"kind": "lease", "reference": "v"}]]
)
def test_a_stage_without_its_evidence_is_not_entered(desk, evidence):
    desk.project()
    refusal(lambda: desk.enter("signed", "2023-02-01", evidence=evidence), "EVIDENCE_MISSING")


def test_fitting_out_is_evidence_in_rented_premises_alone(desk):
    fitting = [{"kind": "fitting_out_started", "reference": "photo"}]
    for project_id, place in (("land", "land_acquired"), ("rent", "premises_leased")):
        desk.project(project_id)
        desk.enter(place, "2023-02-01", project_id, unit_id="330604001-B2-301")
    desk.enter("construction_started", "2023-03-01", "rent", evidence=fitting)
    assert desk.now("rent")["unit_id"] == "330604001-B2-301"
    on_land = ("construction_started", "2023-03-01", "land")
    refusal(lambda: desk.enter(*on_land, evidence=fitting), "EVIDENCE_MISSING")


@pytest.mark.parametrize(("on", "is_taken"), [("2026-01-01", True), ("2026-01-02", False)])
def test_a_stage_has_happened(desk, on, is_taken):
    desk.project()
    if is_taken:
        assert desk.enter("negotiating", on)["project"]["stage"] == "negotiating"
    else:
        refusal(lambda: desk.enter("negotiating", on), "NOT_YET")


def test_the_same_record_again_tells_nobody(desk):
    desk.project()
    for _ in range(2):
        desk.enter("negotiating", "2023-02-01")
    assert len(desk.facts_named("project_stage_changed")) == 2


def test_a_corrected_day_takes_the_place_of_the_first_one_and_both_are_kept(desk):
    desk.project()
    walk(desk, "negotiating", "under_review")
    desk.enter("negotiating", "2023-01-15")
    days = [each["entered_on"] for each in desk.now()["entries"] if each["stage"] == "negotiating"]
    assert days == ["2023-02-01", "2023-01-15"]
    refusal(lambda: desk.enter("negotiating", "2023-04-01"), "STAGE_NOT_REACHABLE")


def test_a_stage_that_was_not_entered_is_withdrawn(desk):
    desk.project()
    walk(desk, *EARLY)
    refusal(
        lambda: desk.call("withdraw_stage", project_id="p", stage="landed"), "STAGE_NOT_ENTERED"
    )
    desk.call("withdraw_stage", project_id="p", stage="signed")
    assert desk.now()["stage"] == "under_review"
    [withdrawn] = desk.facts_named("project_stage_withdrawn")
    assert (withdrawn["stage"], withdrawn["current_stage"]) == ("signed", "under_review")
    refusal(
        lambda: desk.call("withdraw_stage", project_id="p", stage="signed"), "STAGE_NOT_ENTERED"
    )


def test_a_stage_on_which_another_rests_is_not_withdrawn(desk):
    desk.project()
    walk(desk, "land_acquired", "landed", "construction_started")
    ask = {"project_id": "p", "stage": "land_acquired"}
    refusal(lambda: desk.call("withdraw_stage", **ask), "STAGE_NEEDS_ANOTHER")


def test_the_only_stage_stays(desk):
    desk.project()
    refusal(lambda: desk.call("withdraw_stage", project_id="p", stage="lead"), "STAGE_NOT_ENTERED")


# --- lost projects


def test_a_lost_project_says_why_and_to_whom(desk):
    desk.project()
    refusal(lambda: desk.lose("2023-02-01", reason="bad luck"), "LOST_REASON_UNKNOWN")
    desk.lose("2023-02-01")
    assert desk.now()["entries"][-1]["lost_to"] == "another city"
    [lost] = desk.facts_named("project_terminated")
    assert (lost["lost_reason"], lost["entered_on"]) == ("other_place", "2023-02-01")


def test_nothing_follows_the_end_but_what_was_before_it_is_entered_late(desk):
    desk.project()
    desk.lose("2023-06-01")
    refusal(lambda: desk.enter("negotiating", "2023-06-02"), "STAGE_NOT_REACHABLE")
    desk.enter("negotiating", "2023-05-01")
    assert desk.now()["stage"] == "terminated"


def test_a_project_that_was_not_lost_after_all_goes_on(desk):
    desk.project()
    desk.lose("2023-06-01")
    desk.call("withdraw_stage", project_id="p", stage="terminated")
    desk.enter("negotiating", "2023-06-02")
    assert desk.now()["stage"] == "negotiating"


# --- projects, leads and land


def test_what_is_newly_known_is_added_and_what_is_left_out_stays(desk):
    desk.project(investment_wan_cny="12000", won_against=["another city"])
    after = desk.call("enter_project", project_id="p", planned_start_year=2025)
    assert (after["investment_wan_cny"], after["planned_start_year"]) == ("12000", 2025)
    assert (after["name"], after["won_against"]) == ("separators", ["another city"])
    assert len(desk.facts_named("project_stage_changed")) == 1


def test_a_project_that_is_known_is_warned_of_with_what_the_call_changed(desk):
    assert desk.project()["warnings"] == []
    given = {"name": "cells", "planned_start_year": 2025, "opened_on": "2022-01-01"}
    after = desk.project(stage="signed", **given)
    [warning] = after["warnings"]
    assert (warning["code"], warning["field"]) == ("PROJECT_KNOWN", "project_id")
    assert "p is known as separators, since 2023-01-01." in warning["sentence"]
    assert "changed name, planned_start_year; `opened_on` and `stage`" in warning["sentence"]
    assert (after["name"], after["stage"], len(after["entries"])) == ("cells", "lead", 1)
    [warning] = desk.project(**given)["warnings"]
    assert "is known as cells" in warning["sentence"]
    assert "This call changed nothing;" in warning["sentence"]
    assert "warnings" not in desk.now()


def test_a_new_project_is_named_and_has_begun(desk):
    with pytest.raises(Invalid, match="name"):
        desk.call("enter_project", project_id="p")
    refusal(lambda: desk.project(opened_on="2026-01-02"), "NOT_YET")


def lead(desk, **more):
    given = {"lead_id": "p", "name": "separators", "source": "fund_led"}
    return desk.call("register_lead", **given | more)


@pytest.mark.parametrize("is_heard_first", [True, False])
def test_a_lead_is_a_project_whichever_is_heard_first(desk, is_heard_first):
    lead(desk, stage="negotiating")
    if is_heard_first:
        desk.hear_itself()
    entered = desk.call("enter_project", project_id="p", investment_wan_usd="500")
    assert "p is known as separators, since 2026-01-01." in entered["warnings"][0]["sentence"]
    desk.hear_itself(again=True)
    project = desk.now()
    assert (project["stage"], project["investment_wan_usd"]) == ("negotiating", "500")
    assert [each["entered_on"] for each in project["entries"]] == ["2026-01-01"]


def test_a_lead_in_rented_premises_looks_for_no_land(desk):
    lead(desk)
    desk.hear_itself()
    desk.enter("premises_leased", "2026-01-01")
    assert desk.read("get_lead", lead_id="p")["stage"] == "premises_leased"
    assert desk.read("list_leads", filter={"is_looking": True})["items"] == []


def test_a_project_that_was_there_before_its_lead_takes_it_along(desk):
    desk.project(stage="signed")
    lead(desk)
    desk.hear_itself()
    assert desk.read("get_lead", lead_id="p")["stage"] == "signed"


@pytest.fixture
def land() -> Desk:
    """Land that was awarded, and contracted on 8 September 2023, for the lead p."""
    desk = Desk()
    lead(desk, stage="signed")
    desk.apply("A", lead_id="p")
    desk.bond("A")
    desk.close(("A", "470", "08-25 10:00"))
    desk.sign()
    return desk


def stages(desk):
    return [
        (each["stage"], each["entered_on"], each["withdrawn"])
        for each in desk.read("get_project", project_id="p")["entries"]
    ]


def test_a_contract_of_land_enters_the_stages_of_its_project(land):
    build = {"contract_id": SUPPLY, "started_on": "2023-12-01", "completed_on": "2024-06-01"}
    land.on("2024-06-02").call("record_construction", **build)
    assert stages(land) == [
        ("signed", "2023-08-01", False),
        ("land_acquired", "2023-09-08", False),
        ("construction_started", "2023-12-01", False),
        ("construction_completed", "2024-06-01", False),
    ]
    assert land.read("get_lead", lead_id="p")["contract_ids"] == [SUPPLY]


def test_what_the_desk_corrected_the_contract_does_not_say_again(land):
    award = {"evidence": [{"kind": "award", "reference": "doc"}], "entered_on": "2023-09-01"}
    land.call("enter_stage", project_id="p", stage="land_acquired", **award)
    land.call("record_payment", contract_id=SUPPLY, instalment_no=1, paid_on="2023-09-08")
    assert [each[1] for each in stages(land)] == ["2023-08-01", "2023-09-08", "2023-09-01"]


def test_a_void_contract_takes_the_land_from_the_project(land):
    land.void()
    assert stages(land)[-1] == ("land_acquired", "2023-09-08", True)
    assert land.read("get_project", project_id="p")["stage"] == "signed"


# --- owners


def test_a_project_is_handed_over_and_the_person_is_masked(desk):
    desk.project()
    desk.entrust("fund desk", person="王小明")
    desk.entrust("team 2", "2023-05-01", person="李四")
    desk.entrust("team 3", "2023-04-01")
    project = desk.now()
    assert project["team"] == "team 2"
    assert [each["person"] for each in project["owners"]] == ["王**", "李**", None]
    told = desk.facts_named("project_handed_over")
    assert [(each["previous_team"], each["team"]) for each in told] == [
        (None, "fund desk"),
        ("fund desk", "team 2"),
        ("team 2", "team 3"),
    ]
    assert not re.search("王|李", str(desk.facts))
    refusal(lambda: desk.entrust("team 4", "2026-01-02"), "NOT_YET")


def test_nobody_has_a_project_in_hand_before_it_began(desk):
    desk.project()
    with pytest.raises(Refused, match=r"BEFORE_PROJECT_BEGAN \(handed_on\): .* on 2023-01-01 "):
        desk.entrust("fund desk", "2022-12-31")
    assert desk.entrust("fund desk", "2023-01-01")["team"] == "fund desk"
