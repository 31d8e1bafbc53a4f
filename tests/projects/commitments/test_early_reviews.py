"""A review before its day: it is noted, and the review that is due is still to be done."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Refused
from tests.projects.desk import SUPPLY, TAX

from .test_standing import START, YEARLY, invested, review, signed, stood

COMPLETION = START | {"check_stage": "completion"}
OUTPUT = [{"code": "output", "value": "600", "unit": "万元/亩"}]


def found(desk):
    """The state of the first promise, whether the land has a breach, and what was told of reviews."""
    land = desk.read("get_land_commitments", contract_id=SUPPLY)
    told = [name for name, _ in desk.facts if name.startswith("commitment_")]
    broken = desk.read("list_land_commitments", filter={"has_breach": True})["items"]
    return land["commitments"][0]["state"], broken != [], told


def warned(answer):
    return [(each["code"], each["field"]) for each in answer["warnings"]]


@pytest.mark.parametrize(
    ("stage", "promise", "figures", "early_on", "due_on"),
    [
        ("start", START, invested("299"), "2024-03-07", "2024-04-08"),
        ("completion", COMPLETION, invested("299"), "2026-03-07", "2026-06-08"),
        ("completion", COMPLETION, invested("300"), "2026-03-07", "2026-06-08"),
        ("full_capacity", TAX, None, "2028-03-07", "2028-03-08"),
    ],
)
def test_a_look_before_the_day_breaks_nothing_is_told_to_nobody_and_the_step_stays_due(
    stage, promise, figures, early_on, due_on
):
    desk = signed(promise)
    more = {"figures": figures} if figures else {}
    answer = review(desk, "3", on=early_on, check_stage=stage, **more)
    assert warned(answer) == [("REVIEW_EARLY", "reviewed_on")]
    assert f"is due by {due_on}" in answer["warnings"][0]["sentence"]
    assert "still to be done" in answer["warnings"][0]["sentence"]
    assert found(desk) == ("pending", False, [])
    step = desk.step(f"{stage}_review")
    assert (step["due_on"], step["done_on"]) == (due_on, None)
    assert stood(desk, early_on) == [("A works", "open")]


@pytest.mark.parametrize(
    ("stage", "promise", "figures", "on"),
    [
        ("start", START, invested("299"), "2024-03-08"),
        ("completion", COMPLETION, invested("299"), "2026-03-08"),
        ("full_capacity", TAX, None, "2028-03-08"),
    ],
)
def test_a_review_on_its_day_breaks_is_told_and_closes_the_step(stage, promise, figures, on):
    desk = signed(promise)
    more = {"figures": figures} if figures else {}
    answer = review(desk, "3", on=on, check_stage=stage, **more)
    assert answer["warnings"] == []
    assert found(desk) == ("breached", True, ["commitment_breached"])
    assert desk.step(f"{stage}_review")["done_on"] == on


def test_a_start_that_is_met_early_is_kept_with_a_warning_and_its_step_is_done():
    desk = signed(START)
    answer = review(desk, on="2023-12-01", check_stage="start", figures=invested("300"))
    assert warned(answer) == [("REVIEW_EARLY", "reviewed_on")]
    assert "stays met" in answer["warnings"][0]["sentence"]
    assert found(desk) == ("kept", False, ["commitment_verified"])
    assert desk.step("start_review")["done_on"] == "2023-12-01"


def test_figures_of_one_early_look_are_warned_of_once():
    desk = signed(TAX, TAX | {"code": "output", "value": "540"})
    figures = [{"code": "tax", "value": "3", "unit": "万元/亩"}, *OUTPUT]
    assert len(review(desk, on="2026-06-30", figures=figures)["warnings"]) == 1


def test_an_early_look_reminds_as_if_nobody_had_looked():
    desk = signed()
    review(desk, "31", on="2026-06-30")
    assert "review_due" in desk.tick_on("2028-03-09")


# --- yearly figures


@pytest.mark.parametrize(
    ("year", "on", "said"),
    [
        (2022, "2023-09-10", "before the contract: the first is 2023, to be reviewed from 2024-01-01 on"),
        (2022, "2026-06-30", "2022 is before the contract: give a year from 2023 to 2025"),
        (2022, "2024-06-30", "2022 is before the contract: give a year from 2023 to 2023"),
        (2023, "2023-12-31", "2023 is not over by then: the first is 2023"),
        (2030, "2023-09-11", "2030 is not over by then"),
        (2028, "2028-12-31", "2028 is not over by then: give a year from 2023 to 2027"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "promise", [YEARLY, TAX | {"code": "output", "value": "540", "years_running": 3}]
)
def test_the_figure_of_a_year_before_the_contract_or_not_over_is_no_review(promise, year, on, said):
    desk = signed(promise)
    with pytest.raises(Refused) as refused:
        review(desk, on=on, data_year=year, check_stage=promise["check_stage"], figures=OUTPUT)
    [reason] = refused.value.reasons
    assert (reason.code, reason.field) == ("YEAR_NOT_REVIEWABLE", "data_year")
    assert said in reason.sentence
    assert found(desk)[0] == "pending"


@pytest.mark.parametrize(
    ("year", "on", "early"),
    [(2023, "2024-01-01", True), (2027, "2029-03-07", True), (2028, "2029-01-01", False)],
)
def test_a_yearly_review_counts_once_the_year_of_the_first_is_over(year, on, early):
    desk = signed(YEARLY)
    answer = review(desk, on=on, data_year=year, check_stage="annual", figures=OUTPUT)
    assert [each["sentence"][:51] for each in answer["warnings"]] == (
        ["The review of annual is due by 2029-03-08 and count"] if early else []
    )
    assert desk.step("annual_review")["done_on"] == (None if early else on)
    assert desk.step("annual_review", 3)["done_on"] is None


# --- what turns early, or is so no more


def test_a_correction_of_the_day_lifts_the_breach_for_those_who_were_told():
    desk = signed()
    review(desk, "3", on="2028-03-08")
    review(desk, "3", on="2028-03-07")
    assert found(desk) == ("pending", False, ["commitment_breached", "commitment_breach_lifted"])
    assert desk.step("full_capacity_review")["done_on"] is None


BUILT = {"contract_id": SUPPLY, "started_on": "2023-12-01", "completed_on": "2025-01-01"}
RECORDS = [
    lambda desk: review(desk, "3", on="2027-01-01"),
    lambda desk: desk.call("record_construction", **BUILT),
    lambda desk: review(desk, "31", on="2026-12-31", review_id="R2"),
]


@settings(deadline=None, max_examples=8)
@given(st.permutations(RECORDS))
def test_building_that_is_heard_of_before_or_after_its_review_ends_the_same(records):
    """Complete on 1 January 2025, and so reviewed from 1 January 2027 on."""
    desk = signed()
    for record in records:
        record(desk)
    assert found(desk) == ("breached", True, ["commitment_breached"])
    assert desk.step("full_capacity_review")["done_on"] == "2027-01-01"
    assert stood(desk, "2027-01-01") == [("A works", "breached")]
