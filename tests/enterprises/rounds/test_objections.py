"""Firms object while it is published; an upheld objection reopens one firm and says who else moves."""

from __future__ import annotations

import pytest

from .conftest import AREAS_ON, FINAL_ON, ROUND, firm_id
from .test_the_round import refused


@pytest.fixture
def published(desk):
    desk.until_publicised()
    return desk


@pytest.mark.parametrize(
    ("on", "in_time"),
    [("2023-07-11", True), ("2023-07-17", True), ("2023-07-18", False)],
)
def test_an_objection_is_heard_on_both_days_of_the_publicity_and_not_afterwards(
    published, on, in_time
):
    if in_time:
        assert published.object(4, on) == f"{ROUND}/{firm_id(4)}/1"
    else:
        assert refused(published.object, 4, on) == ["OBJECTION_NOT_IN_TIME"]


def test_an_objection_keeps_the_figures_as_they_were_frozen(published):
    published.figures(4, tax_paid_cny="900000")
    published.object(4, "2023-07-12")

    entry = published.read("get_round_firm", round_firm_id=f"{ROUND}/{firm_id(4)}")
    frozen = {each["name"]: each["value"] for each in entry["objections"][0]["frozen"]}
    assert frozen["tax_paid_cny"] == "100000"


def test_an_upheld_objection_with_figures_moves_its_firm_and_says_who_else_moves(published):
    objection = published.object(4, "2023-07-12")

    answer = published.review(4, objection, "2023-07-13", True, tax_paid_cny="350000")

    assert answer["grade"] == "B"
    assert answer["objection"]["outcome"] == "upheld"
    assert answer["objection"]["reviewed_by"] == "the evaluation desk"
    assert answer["moves"] == [
        {
            "enterprise_id": firm_id(2),
            "rank_before": 2,
            "rank_after": 3,
            "grade_before": "B",
            "grade_after": "C",
        },
        {
            "enterprise_id": firm_id(3),
            "rank_before": 3,
            "rank_after": 4,
            "grade_before": "C",
            "grade_after": "D",
        },
    ]
    assert published.grades() == {"1": "A", "4": "B", "2": "C", "3": "D"}
    assert published.facts_named("objection_reviewed") == [
        {
            "objection_id": objection,
            "round_id": ROUND,
            "enterprise_id": firm_id(4),
            "township": "330604006",
            "upheld": True,
            "reviewed_on": "2023-07-13",
        }
    ]


def test_an_objection_that_is_not_upheld_moves_nobody(published):
    objection = published.object(4, "2023-07-12")

    answer = published.review(4, objection, "2023-07-13", False)

    assert (answer["grade"], answer["moves"]) == ("D", [])
    assert answer["objection"]["outcome"] == "not_upheld"
    published.step("finalise_round", FINAL_ON)


def test_an_upheld_objection_without_figures_keeps_the_round_open_until_the_grade_is_adjusted(
    published,
):
    objection = published.object(4, "2023-07-12")
    published.review(4, objection, "2023-07-13", True)
    assert refused(published.step, "finalise_round", FINAL_ON) == ["FIRM_REOPENED"]

    assert published.adjust(4, "raised", "C", on="2023-07-14")["grade"] == "C"

    published.step("finalise_round", FINAL_ON)
    assert published.grades()["4"] == "C"


def test_what_is_published_is_adjusted_for_a_reopened_firm_only(published):
    assert refused(published.adjust, 1, "lowered", "C", on="2023-07-14") == [
        "ADJUSTED_IN_PUBLICITY"
    ]


def test_an_objection_is_reviewed_once_and_not_before_it_was_made(published):
    objection = published.object(4, "2023-07-13")
    assert refused(published.review, 4, objection, "2023-07-12", True) == ["BEFORE_LAST_STEP"]

    published.review(4, objection, "2023-07-13", False)
    assert refused(published.review, 4, objection, "2023-07-14", True) == ["OBJECTION_REVIEWED"]
    assert refused(published.review, 4, "O-9", "2023-07-14", True) == ["NOT_FOUND"]


def test_a_review_corrects_only_figures_that_count(published):
    objection = published.object(4, "2023-07-13")

    assert refused(published.review, 4, objection, "2023-07-14", True, luck="7") == [
        "FIGURE_NOT_KNOWN"
    ]
    assert refused(published.review, 4, objection, "2023-07-14", False, tax_paid_cny="7") == [
        "FIGURES_NOT_UPHELD"
    ]
    assert refused(published.review, 4, objection, "2023-07-14", True, land_m2="0") == [
        "LAND_AREA_MISSING"
    ]


def test_a_published_area_is_corrected_by_an_objection_and_by_nothing_else(desk):
    desk.step("publicise_areas", AREAS_ON)
    assert refused(desk.give, 1, on="2023-07-02", land_m2="4000") == ["AREA_PUBLISHED"]
    objection = desk.object(1, "2023-07-02")
    assert refused(desk.step, "score_round", "2023-07-09") == ["OBJECTION_OPEN"]

    desk.review(1, objection, "2023-07-03", True, land_m2="1999.99")

    firm = desk.scored()["1"]
    assert firm["placed"] == "left_out"
    assert [reason["code"] for reason in firm["reasons"]] == ["UNDER_LEAST_AREA"]
    assert desk.step("score_round", "2023-07-09")["firms"] == 3


@pytest.fixture
def reopened(desk):
    """The areas are published, and an objection to one was upheld without a figure."""
    desk.step("publicise_areas", AREAS_ON)
    desk.review(1, desk.object(1, "2023-07-02"), "2023-07-03", True)
    assert refused(desk.step, "score_round", "2023-07-09") == ["FIRM_REOPENED"]
    return desk


def test_a_reopened_firm_is_settled_by_its_right_area(reopened):
    reopened.give(1, on="2023-07-04", land_m2="4000")

    reopened.step("score_round", "2023-07-09")
    parts = {each["indicator"]: each["value"] for each in reopened.scored()["1"]["parts"]}
    assert float(parts["tax_per_mu"]) == pytest.approx(40 / 6)


def test_a_reopened_firm_is_settled_when_it_is_left_out(reopened):
    about = {"enterprise_id": firm_id(1), "placed": "left_out", "reason_code": "PUBLIC_UTILITY"}
    reopened.step("place_firm", "2023-07-04", **about)

    assert reopened.step("score_round", "2023-07-09")["firms"] == 3
