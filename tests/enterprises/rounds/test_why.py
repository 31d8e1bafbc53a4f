"""Why a firm has its grade in a round, and what follows it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from .conftest import FINAL_ON, PUBLICISED_ON, ROUND, Desk, firm_id

ENTRY = f"{ROUND}/{firm_id(4)}"


def rules(desk: Desk, thing: str, identity: str) -> list[dict[str, Any]]:
    found = desk.read("rules_of", thing=thing, id=identity)
    assert all(each["source"] for each in found)
    return found


def by_code(desk: Desk, thing: str, identity: str) -> dict[str, dict[str, Any]]:
    return {each["code"]: each for each in rules(desk, thing, identity)}


def test_a_firm_in_a_round_says_its_figures_points_total_place_and_cut(desk):
    desk.until_scored()
    found = rules(desk, "round_firm", ENTRY)
    entry = desk.read("get_round_firm", round_firm_id=ENTRY)

    used = [each["field"] for each in found if each["code"] == "FIGURE_USED"]
    assert used == [f"frozen.{each['name']}" for each in entry["frozen"]]
    scored = [each for each in found if each["code"] == "SCORED"]
    assert len(scored) == len(entry["parts"])
    assert all("at weight" in each["sentence"] for each in scored if "no points" not in each)
    [graded] = [each for each in found if each["code"] == "GRADE_BY_SCORE"]
    assert f"Total {entry['total']}, place 4 of 4: grade D." in graded["sentence"]
    assert "D last 25" in graded["sentence"]


def test_a_grade_that_was_set_against_the_score_says_by_which_document(desk):
    desk.until_scored()
    desk.adjust(4, "raised", "B")
    raised = by_code(desk, "round_firm", ENTRY)["GRADE_RAISED"]

    assert (raised["rule_outcome"], raised["source"]) == ("follows", "D-7")
    assert "to B on" in raised["sentence"]


def test_a_round_says_its_scheme_cuts_and_publicity(desk):
    desk.until_publicised()
    found = by_code(desk, "round", ROUND)

    assert {"GROUP", "SCHEME", "CUTS", "PUBLICITY"} <= found.keys()
    assert (
        found["PUBLICITY"]["rule_outcome"] == "open"
    )  # that of the grades, which is the later one
    assert found["PUBLICITY"]["due_on"] == "2023-07-17"


def test_final_grades_say_which_round_decided_them_and_what_follows(desk):
    desk.until_final()
    found = by_code(desk, "firm_grades", firm_id(4))

    assert (found["GRADE"]["thing"], found["GRADE"]["thing_id"]) == ("round_firm", ENTRY)
    assert "Grade D of 2022" in found["GRADE"]["sentence"]
    assert any(code.startswith("POLICY_") for code in found)
    assert "GRADE" in by_code(desk, "enterprise", firm_id(4))


def test_of_a_moment_a_round_its_firm_and_the_firm_say_what_they_said_then(desk):
    desk.until_scored()
    of = {"round": ROUND, "round_firm": ENTRY, "enterprise": firm_id(4)}
    moment = desk.now.isoformat()
    before = {thing: rules(desk, thing, identity) for thing, identity in of.items()}
    desk.now += timedelta(days=1)
    desk.adjust(4, "raised", "B")
    desk.step("publicise_grades", PUBLICISED_ON)
    desk.step("finalise_round", FINAL_ON)

    now = {thing: rules(desk, thing, identity) for thing, identity in of.items()}
    assert all(now[thing] != before[thing] for thing in of)
    then = {
        t: desk.read("rules_of", thing=t, id=identity, as_of=moment) for t, identity in of.items()
    }
    assert then == before
