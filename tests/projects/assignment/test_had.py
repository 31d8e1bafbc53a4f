"""Rankings, assignments and near misses name land that can be had, and say of the rest why it cannot."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.projects.assignment.best import best_of
from tests.projects.handbook.desk import PLOTS, Desk, listing_of, parcel_of

from .land import lead, plot, scale

OVER = "08-29 00:00"


def letters(rows: list[dict[str, Any]]) -> list[str]:
    return [PLOTS[each["listing_id"]] for each in rows]


def codes(row: dict[str, Any]) -> list[str]:
    return [each["code"] for each in row["reasons"]]


def made(desk: Desk) -> set[tuple[str, str]]:
    pairs = desk.read("best_assignment")["pairs"]
    return {(each["lead_id"], PLOTS[each["listing_id"]]) for each in pairs}


# Of the two plots `a` is out of reach for lead-2: how that came, and what is said of it.
WAYS = [
    (lambda desk: desk.hold("a", "lead-1"), "HELD"),
    (lambda desk: desk.hold("a", "lead-1", hold_kind="in_talks"), "IN_TALKS"),
    (lambda desk: desk.publish("a") and desk.on(OVER), "APPLICATIONS_OVER"),
]


@pytest.mark.parametrize(("happens", "code"), WAYS)
def test_a_plot_that_cannot_be_had_is_left_out_of_the_ranking_and_named_with_why(happens, code):
    desk = Desk("a", "b")
    happens(desk)
    found = desk.read("rank_plots", lead_id="lead-2")
    assert letters(found["plots"]) == ["b"]
    [free], [barred] = found["plots"], found["not_to_be_had"]
    assert (free["can_be_had"], [each["code"] for each in free["remarks"]]) == (
        True,
        ["NOTICE_NOT_OUT"],
    )
    assert (letters([barred]), codes(barred), found["left_out"]) == (["a"], [code], 1)
    assert (barred["can_be_had"], barred["score"] > 0) == (False, True)
    said = desk.availability("a", lead_id="lead-2")
    assert (barred["reasons"], barred["remarks"]) == (said["reasons"], said["remarks"])


def test_a_plot_that_is_held_for_the_lead_is_ranked_for_it_and_says_so():
    desk = Desk("a")
    desk.hold("a", "lead-1")
    [found] = desk.read("rank_plots", lead_id="lead-1")["plots"]
    assert [each["code"] for each in found["remarks"]] == ["NOTICE_NOT_OUT", "HELD_FOR_YOU"]


def test_no_more_plots_that_cannot_be_had_are_named_than_plots_were_asked_for():
    desk = Desk("a", "b", "c")
    for each in "abc":
        desk.hold(each, "lead-1")
    found = desk.read("rank_plots", lead_id="lead-2", most=2)
    assert (found["plots"], found["left_out"], len(found["not_to_be_had"])) == ([], 3, 2)


def test_a_plot_that_cannot_be_had_still_counts_among_the_prices_of_its_use():
    desk = Desk("a", "b")
    desk.publish("a")
    desk.publish("b", listing_number="虞土工告[2023]13号", start_price_cny="9400000.00")
    before = desk.read("rank_plots", lead_id="lead-2")["plots"]
    score = {PLOTS[each["listing_id"]]: each["score"] for each in before}
    desk.hold("a", "lead-1")
    [after] = desk.read("rank_plots", lead_id="lead-2")["plots"]
    assert (after["score"], score["a"] > score["b"]) == (score["b"], True)


def test_land_that_is_over_is_assigned_to_nobody():
    desk = Desk("a")
    desk.publish("a")
    assert len(made(desk)) == 1
    found = desk.on(OVER).read("best_assignment")
    assert (found["pairs"], found["plots_left"], found["best_first"]["pairs"]) == ([], [], [])
    assert (codes(found["not_to_be_had"][0]), found["left_out"]) == (["APPLICATIONS_OVER"], 1)
    assert [each["fitting_plots"] for each in found["leads_left"]] == [0, 0]
    assert "that can be had" in found["leads_left"][0]["sentence"]


@pytest.mark.parametrize("holder", ["lead-1", "lead-2"])
def test_a_plot_that_is_held_goes_to_the_lead_it_is_held_for_or_to_nobody(holder):
    desk = Desk("a")
    desk.hold("a", holder)
    assert made(desk) == {(holder, "a")}
    found = desk.read("best_assignment")
    assert (found["left_out"], found["not_to_be_had"]) == (0, [])
    assert (found["pairs"][0]["can_be_had"], found["pairs"][0]["remarks"][-1]["code"]) == (
        True,
        "HELD_FOR_YOU",
    )


def test_a_plot_that_is_held_for_one_who_looks_no_more_is_assigned_to_nobody():
    desk = Desk("a")
    desk.call("enter_project", project_id="other", name="n", opened_on="2023-08-01")
    desk.call("hold_plot", listing_id=listing_of("a"), project_id="other", team="team 2")
    found = desk.read("best_assignment")
    assert (found["pairs"], found["plots_left"]) == ([], [])
    assert codes(found["not_to_be_had"][0]) == ["HELD"]


def test_a_plot_that_is_held_for_a_lead_it_does_not_fit_says_why_it_is_left():
    [left] = best_of(
        [lead("one", min_area_m2="50000"), lead("two")], [plot("p")], scale(), {"p": "one"}
    )["plots_left"]
    assert (left["fitting_leads"], left["sentence"]) == (
        0,
        "It is held for a lead that it does not fit.",
    )


def test_near_misses_that_cannot_be_had_come_last_and_say_why():
    desk = Desk("a", "b")
    desk.call(
        "register_lead",
        lead_id="lead-3",
        name="n",
        source="fund_led",
        wish={"min_area_m2": "12000"},
    )
    desk.release("b", 2, area_m2="11000")
    near = desk.read("near_misses", lead_id="lead-3")["plots"]
    assert [(*letters([each]), each["can_be_had"], each["reasons"]) for each in near] == [
        ("a", True, []),
        ("b", True, []),
    ]
    desk.hold("a", "lead-1")
    near = desk.read("near_misses", lead_id="lead-3")["plots"]
    assert [(*letters([each]), each["can_be_had"], codes(each)) for each in near] == [
        ("b", True, []),
        ("a", False, ["HELD"]),
    ]
    assert [each["code"] for each in near[1]["remarks"]] == ["NOTICE_NOT_OUT"]


def test_what_projects_knows_is_told_without_a_question_to_the_land_register():
    desk = Desk("a", "b")
    desk.hold("a", "lead-1")
    desk.read("rank_plots", lead_id="lead-2")
    desk.read("best_assignment")
    assert desk.register.asked == []


@pytest.mark.parametrize(
    ("parcel", "why"),
    [
        ({}, ["HELD"]),
        ({"plan_conditions": None}, ["HELD", "NO_PLAN_CONDITIONS"]),
        ({"soil": {"on_registry": True}}, ["HELD", "ON_SOIL_REGISTRY"]),
    ],
)
def test_a_hold_hides_nothing_else_that_speaks_against_the_plot(parcel, why):
    desk = Desk("a")
    desk.hold("a", "lead-1")
    desk.register.parcels[parcel_of("a")] = parcel
    assert desk.why_not("a") == why
    assert desk.why_not("a", lead_id="lead-1") == why[1:]


def test_while_the_land_register_is_silent_a_hold_is_told_beside_that():
    desk = Desk("a")
    desk.hold("a", "lead-1")
    desk.register.away = True
    assert desk.why_not("a") == ["HELD", "NO_ANSWER"]


IDS = st.sampled_from("pqrs")
KEPT = st.dictionaries(IDS, st.sampled_from([None, "one", "two", "three"]))


@given(kept_for=KEPT, leads=st.sets(st.sampled_from(["one", "two", "three"])))
def test_no_plot_goes_to_a_lead_that_cannot_have_it(kept_for, leads):
    plots = [plot(each, 10_000 + 100 * n) for n, each in enumerate("pqrs")]
    found = best_of([lead(each) for each in leads], plots, scale(), kept_for)
    for pair in (*found["pairs"], *found["best_first"]["pairs"]):
        assert kept_for.get(pair["listing_id"], pair["lead_id"]) == pair["lead_id"]
    barred = {each for each, who in kept_for.items() if who is None}
    named = {each["listing_id"] for each in (*found["pairs"], *found["plots_left"])}
    assert named == set("pqrs") - barred
