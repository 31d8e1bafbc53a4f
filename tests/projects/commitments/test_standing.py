"""How promises stand on a day: kept, late, breached, open or moved; and by whom, under which policy."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from park.time import PARK_TIME
from tests.projects.desk import SUPPLY, TAX, Desk, at
from tests.projects.examples import LEAD

START = TAX | {"code": "invest", "value": "300", "check_stage": "start"}
YEARLY = TAX | {"code": "output", "value": "540", "check_stage": "annual"}
EVERY_YEAR_FROM = "2029-03-08"  # 36 months after the last day for the completion


def signed(*indicators, **more) -> Desk:
    """Signed on 8 September 2023: start until 2024-03-08, completion until 2026-03-08."""
    desk = Desk(indicators=list(indicators or (TAX,)))
    desk.sign(**more)
    return desk.on("2032-01-01")


def review(desk, value="31", on="2028-03-08", review_id="R1", **more):
    given_ = {
        "contract_id": SUPPLY,
        "review_id": review_id,
        "check_stage": "full_capacity",
        "reviewed_on": on,
        "figures": [{"code": "tax", "value": value, "unit": "万元/亩"}],
        "evidence_ids": ["doc-1"],
    }
    return desk.call("review_commitments", **given_ | more)


def invested(value):
    return [{"code": "invest", "value": value, "unit": "万元/亩"}]


def sell(desk, on, to="B works"):
    given_ = {"contract_id": SUPPLY, "transfer_kind": "transfer", "transferred_on": on}
    desk.call("transfer_contract", holders=[{"name": to}], **given_)


def standing(desk, on="2030-01-01", **more):
    return desk.read("commitment_standing", on=on, **more)


def stood(desk, on="2030-01-01", **more):
    rows = standing(desk, on, **more)["commitments"]
    return [(each["bearers"][0]["name"], each["standing"]) for each in rows]


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2023-09-07", None), ("2023-09-08", "open"), ("2028-03-08", "open"), ("2028-03-09", "late")],
)
def test_a_promise_without_a_review_is_late_the_day_after_the_review_was_due(on, expected):
    assert stood(signed(), on) == ([("A works", expected)] if expected else [])


@pytest.mark.parametrize(("value", "expected"), [("30", "kept"), ("29.9", "breached")])
def test_a_review_decides_from_its_day_on(value, expected):
    desk = signed()
    review(desk, value, on="2028-03-08")
    assert stood(desk, "2028-03-07") == [("A works", "open")]
    assert stood(desk, "2028-03-08") == [("A works", expected)]


@pytest.mark.parametrize("value", ["29.9", "30"])
def test_a_look_before_the_day_leaves_a_yearly_figure_open_and_then_late(value):
    desk = signed()
    review(desk, value, on="2028-03-07")
    assert stood(desk, "2028-03-08") == [("A works", "open")]
    assert standing(desk, "2028-03-08")["totals"]["breached"] == 0
    assert stood(desk, "2028-03-09") == [("A works", "late")]
    review(desk, "30", on="2028-06-01", review_id="R2")
    assert stood(desk, "2028-06-01") == [("A works", "kept")]


def test_what_stays_met_is_kept_from_the_day_on_which_it_was_found():
    desk = signed(START)
    review(desk, on="2023-12-01", check_stage="start", figures=invested("300"))
    assert stood(desk, "2023-11-30") == [("A works", "open")]
    assert stood(desk, "2023-12-01") == [("A works", "kept")]


@pytest.mark.parametrize(("on", "expected"), [("2024-03-07", "open"), ("2024-03-08", "breached")])
def test_a_start_is_due_on_its_own_day_and_not_a_month_later(on, expected):
    desk = signed(START)
    review(desk, on=on, check_stage="start", figures=invested("299"))
    assert stood(desk, "2024-03-08") == [("A works", expected)]


@pytest.mark.parametrize(
    ("year", "held_on", "on", "expected"),
    [
        (2028, "2029-01-01", "2028-12-31", "open"),
        (2028, "2029-01-01", "2029-01-01", "breached"),
        (2027, "2028-02-01", "2029-03-08", "open"),
    ],
    ids=["the year runs", "the year is over", "a year before the first"],
)
def test_a_figure_of_a_year_is_breached_once_its_year_is_over(year, held_on, on, expected):
    desk = signed(YEARLY)
    figures = [{"code": "output", "value": "1", "unit": "万元/亩"}]
    review(desk, on=held_on, data_year=year, check_stage="annual", figures=figures)
    assert stood(desk, on) == [("A works", expected)]


def test_who_sells_keeps_the_breach_and_who_buys_has_the_promise_open():
    desk = signed()
    review(desk, "3")
    sell(desk, "2028-06-01")
    assert stood(desk, "2028-03-07") == [("A works", "open")]
    assert stood(desk, "2028-06-01") == [("A works", "breached"), ("B works", "open")]
    review(desk, "31", on="2028-07-01", review_id="R2")
    assert stood(desk) == [("A works", "breached"), ("B works", "kept")]
    assert standing(desk)["totals"]["kept_share"] == {
        "numerator": 1, "denominator": 2, "ratio": "0.5000",
    }  # fmt: skip


def test_a_promise_that_nobody_looked_at_moves_with_the_land_and_is_late_with_the_buyer():
    desk = signed()
    sell(desk, "2027-06-01")
    assert stood(desk, "2028-03-09") == [("A works", "moved"), ("B works", "late")]
    assert standing(desk, "2028-03-09")["totals"]["kept_share"]["denominator"] == 1


def test_what_was_kept_once_and_for_all_does_not_move():
    desk = signed()
    review(desk)
    sell(desk, "2028-06-01")
    assert stood(desk) == [("A works", "kept")]


def test_what_is_looked_at_every_year_moves_on_and_is_late_when_a_year_is_missing():
    desk = signed(YEARLY)
    figures = [{"code": "output", "value": "600", "unit": "万元/亩"}]
    yearly = {"check_stage": "annual", "figures": figures}
    review(desk, on="2029-02-01", data_year=2028, **yearly)
    sell(desk, "2029-06-01")
    assert stood(desk, "2029-07-01") == [("A works", "kept"), ("B works", "kept")]
    assert stood(desk, "2030-03-09") == [("A works", "kept"), ("B works", "late")]
    review(desk, on="2030-03-08", data_year=2029, review_id="R2", **yearly)
    assert stood(desk, "2030-03-09") == [("A works", "kept"), ("B works", "kept")]


def test_a_figure_of_three_years_is_kept_with_the_third_and_needs_no_more():
    desk = signed(TAX | {"years_running": 3})
    for year in (2027, 2028, 2029):
        review(desk, on=f"{year + 1}-03-01", data_year=year, review_id=f"R{year}")
    assert stood(desk, "2029-04-01") == [("A works", "open")]
    assert stood(desk, "2031-12-31") == [("A works", "kept")]


def test_a_void_contract_promises_nothing():
    desk = Desk(indicators=[TAX])
    desk.sign()
    desk.void("2023-09-20")
    assert stood(desk, "2023-09-19") == [("A works", "open")]
    assert stood(desk, "2023-09-20") == []


def test_what_was_found_later_does_not_count_in_what_was_known():
    desk = signed().on("2028-06-01")
    review(desk, "3")
    then = at("2028-06-02").astimezone(PARK_TIME).isoformat()
    desk.on("2028-07-01")
    review(desk, "31")  # the same review, corrected
    assert stood(desk, "2028-06-02") == [("A works", "kept")]
    assert stood(desk, "2028-06-02", known_at=then) == [("A works", "breached")]
    before = at("2023-09-01").isoformat()
    assert stood(desk, "2028-06-02", known_at=before) == []


def test_promises_are_counted_by_sector_team_policy_and_indicator():
    desk = Desk(indicators=[TAX, START])
    lead_id = desk.call("register_lead", **LEAD)["lead_id"]
    desk.hear_itself()
    desk.call("hand_over_project", project_id=lead_id, team="team 2", handed_on="2023-08-01")
    desk.apply("A", lead_id=lead_id)
    desk.bond("A")
    desk.close(("A", "470", "08-25 10:00"))
    desk.sign(policy_code="SY-2023-12", industry_code="C3841")
    review(desk.on("2028-03-08"), "3", on="2028-03-08")

    found = standing(desk, "2028-03-08")

    for by, group in (("sector", "C38"), ("team", "team 2"), ("policy", "SY-2023-12")):
        [only] = found[f"by_{by}"]
        assert (only["group"], only["breached"], only["late"]) == (group, 1, 1)
    assert [(each["group"], each["late"]) for each in found["by_indicator"]] == [
        ("invest", 1), ("tax", 0),
    ]  # fmt: skip
    assert standing(desk, "2028-02-01", township="330604001")["commitments"] == []


def test_what_nobody_recorded_is_counted_as_unknown():
    found = standing(signed(), "2025-01-01")
    assert [found[f"by_{by}"][0]["group"] for by in ("team", "policy")] == ["unknown"] * 2
    assert found["totals"]["kept_share"] == {"numerator": 0, "denominator": 0, "ratio": None}


RECORDS = [
    lambda desk: review(desk, "3", on="2028-03-08", review_id="R1"),
    lambda desk: review(desk, "31", on="2028-05-01", review_id="R2"),
    lambda desk: review(desk, "2", on="2028-08-01", review_id="R3"),
    lambda desk: review(desk, "31", on="2028-03-07", review_id="R4"),
]


@settings(deadline=None, max_examples=12)
@given(st.permutations(RECORDS))
def test_reviews_that_come_late_end_the_same_in_any_order(records):
    desk = signed()
    sell(desk, "2028-06-01")
    for record in (*records, records[0]):
        record(desk)
    assert stood(desk) == [("A works", "kept"), ("B works", "breached")]


# --- the days of reviews


def test_each_review_is_a_step_that_is_due_and_is_done_by_a_review_of_all_that_it_is_about():
    more = TAX | {"code": "output", "value": "540"}
    desk = signed(TAX, more, START, YEARLY)
    days = {
        (kind, number): desk.step(kind, number)["due_on"]
        for kind, number in (
            ("start_review", 1), ("full_capacity_review", 1), ("annual_review", 1),
            ("annual_review", 3),
        )
    }  # fmt: skip
    assert list(days.values()) == ["2024-04-08", "2028-03-08", EVERY_YEAR_FROM, "2031-03-08"]

    review(desk, "31")
    assert desk.step("full_capacity_review")["done_on"] is None
    figures = [{"code": "output", "value": "500", "unit": "万元/亩"}]
    review(desk, figures=figures, on="2028-03-09", review_id="R2")
    assert desk.step("full_capacity_review")["done_on"] == "2028-03-09"


def test_building_that_began_earlier_is_reviewed_earlier_and_later_never():
    desk = signed(START)
    record = {"contract_id": SUPPLY, "started_on": "2023-12-01"}
    desk.call("record_construction", **record)
    assert desk.step("start_review")["due_on"] == "2024-01-01"
    desk.call("record_construction", **record | {"started_on": "2025-12-01"})
    assert desk.step("start_review")["due_on"] == "2024-04-08"


def test_a_review_that_is_not_done_reminds_and_goes_under_supervision_until_it_is():
    desk = signed()
    levels = {}
    for day in ("2028-02-06", "2028-02-07", "2028-03-08", "2028-03-09", "2028-04-07", "2028-04-08"):
        desk.tick_on(day)
        levels[day] = [each["level"] for each in desk.facts_named("review_due")]
    assert list(levels.values()) == [
        [], ["ahead"], ["ahead"], ["ahead", "reminder"], ["ahead", "reminder"],
        ["ahead", "reminder", "supervised"],
    ]  # fmt: skip
    review(desk)
    assert desk.step("full_capacity_review")["done_on"] == "2028-03-08"


def test_a_void_contract_is_not_reviewed():
    desk = Desk(indicators=[TAX])
    desk.sign()
    desk.void()
    assert desk.step("full_capacity_review")["dropped"] is True
    assert "review_due" not in desk.tick_on("2028-04-08")


def test_without_a_day_for_building_no_review_is_due_before_it_is_built():
    desk = Desk(indicators=[TAX], contract_terms={})
    desk.sign()
    assert stood(desk, "2040-01-01") == [("A works", "open")]
    desk.on("2032-01-01")
    record = {"contract_id": SUPPLY, "started_on": "2024-01-01", "completed_on": "2025-01-01"}
    desk.call("record_construction", **record)
    assert desk.step("full_capacity_review")["due_on"] == "2027-01-01"
    assert stood(desk, "2027-01-02") == [("A works", "late")]
