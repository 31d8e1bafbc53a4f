"""A round goes from collecting to final, step by step, and says at once what stands against a step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from backbone.errors import Answered, NotFound
from services.enterprises.evaluation.kept import kept
from services.enterprises.evaluation.terms import cuts_of
from services.enterprises.rounds.entry import Place, RoundFirm
from services.enterprises.rounds.law import PROCEDURE, Counting
from services.enterprises.rounds.round import no_such_round, period
from services.enterprises.rounds.rules import group_is_small, publicity_is_short

from ..reports import TOWNSHIP
from .conftest import (
    AREAS_ON,
    BELOW,
    FINAL_ON,
    PUBLICISED_ON,
    QUARTERS,
    ROUND,
    SCORED_ON,
    firm_id,
    four_firms,
    plot_id,
)


def codes(caught):
    return [reason.code for reason in caught.value.reasons]


def refused(act, *args, **more):
    with pytest.raises(Answered) as caught:
        act(*args, **more)
    return codes(caught)


def test_a_round_goes_from_collecting_to_final_and_tells_each_grade(desk):
    assert desk.step("publicise_areas", AREAS_ON) == {
        "round_id": ROUND,
        "state": "areas_publicised",
        "published_first": "2023-07-01",
        "published_last": "2023-07-08",
        "firms": 4,
        "warnings": [],
    }
    assert desk.step("score_round", "2023-07-09")["state"] == "scored"
    published = desk.step("publicise_grades", PUBLICISED_ON)
    days = published["published_first"], published["published_last"]
    assert days == ("2023-07-11", "2023-07-17")
    assert desk.facts_named("grade_final") == []
    assert desk.step("finalise_round", FINAL_ON)["state"] == "final"

    finals = desk.facts_named("grade_final")
    assert [each["grade"] for each in finals] == ["A", "B", "C", "D"]
    assert finals[0] == {
        "enterprise_id": firm_id(1),
        "township": "330604006",
        "data_year": 2022,
        "grade": "A",
        "previous_grade": None,
        "revision": 1,
        "final_on": FINAL_ON,
        "round_id": ROUND,
        "scheme": BELOW,
        "parcels": [plot_id(1)],
        "change_id": f"{firm_id(1)}:2022:1",
        "corrects": None,
        "decided_on": FINAL_ON,
    }
    held = desk.read("get_round", round_id=ROUND)
    assert [taken["step"] for taken in held["steps"]] == [
        "open_round",
        "publicise_areas",
        "score_round",
        "publicise_grades",
        "finalise_round",
    ]
    assert held["final_on"] == FINAL_ON
    assert len(desk.read("round_history", round_id=ROUND)) == 5


def test_the_publicity_of_grades_is_announced_with_its_last_day(desk):
    desk.until_publicised()

    assert desk.facts_named("grades_publicised") == [
        {
            "round_id": ROUND,
            "data_year": 2022,
            "group": "below_scale",
            "first": "2023-07-11",
            "last": "2023-07-17",
            "firms": 4,
        }
    ]


def test_everything_that_stands_against_a_step_is_said_at_once(desk):
    desk.until_publicised()
    desk.object(1, "2023-07-17")

    found = refused(desk.step, "finalise_round", "2023-07-17", operator_role="township")
    assert found == ["WRONG_ROLE", "PUBLICITY_RUNS", "OBJECTION_OPEN"]


def test_what_stands_against_a_step_can_be_asked_beforehand(desk):
    def asked(step, on):
        about = {"round_id": ROUND, "step": step, "on": on, "operator_role": "enterprise_desk"}
        found = desk.read("what_stands_against", **about)
        return [reason["code"] for reason in found["reasons"]]

    assert asked("publicise_areas", AREAS_ON) == []
    assert asked("score_round", AREAS_ON) == ["ROUND_STATE"]
    desk.step("publicise_areas", AREAS_ON)
    assert asked("score_round", "2023-07-08") == ["PUBLICITY_RUNS"]
    assert asked("score_round", "2023-07-09") == []
    assert refused(asked, "sing", AREAS_ON) == ["STEP_UNKNOWN"]


@pytest.mark.parametrize(
    ("step", "on", "code"),
    [
        ("score_round", SCORED_ON, "ROUND_STATE"),
        ("publicise_areas", "2023-06-19", "BEFORE_LAST_STEP"),
        ("publicise_areas", "2023-08-22", "NOT_YET"),
    ],
)
def test_a_step_has_its_place_and_its_day(desk, step, on, code):
    assert refused(desk.step, step, on) == [code]


def test_the_days_of_a_step_include_those_of_the_last_step_and_of_today(desk):
    desk.step("publicise_areas", "2023-06-20")
    desk.step("score_round", "2023-08-21")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"operator_role": "township"}, "WRONG_ROLE"),
        ({"data_year": 2023}, "YEAR_NOT_OVER"),
        ({"group": "giants"}, "GROUP_UNKNOWN"),
        ({"scheme": "by lot"}, "SCHEME_UNKNOWN"),
        ({"on": "2023-08-22"}, "NOT_YET"),
        ({"cuts": []}, "CUTS_MISSING"),
        ({"cuts": QUARTERS[:3] + QUARTERS[:1]}, "INVALID"),
        ({"cuts": QUARTERS[1::-1]}, "CUTS_DO_NOT_ADD_UP"),
        ({"scheme": "huaian-2024", "cuts": []}, "SCHEME_INCOMPLETE"),
        ({"townships": []}, "INVALID"),
    ],
)
def test_a_round_is_opened_for_a_year_that_is_over_by_a_known_scheme(empty, changes, code):
    assert refused(empty.open, **changes) == [code]


def test_a_scheme_of_another_year_is_a_warning_and_no_bar(desk):
    desk.round_id = "黄岩区:2021:below_scale:1"
    desk.open(data_year=2021)

    published = desk.step("publicise_areas", AREAS_ON)

    assert [each["code"] for each in published["warnings"]] == ["SCHEME_OF_OTHER_YEAR"]


def test_the_published_example_of_the_scheme_scores_as_its_county_computes(empty):
    empty.survey(1)
    empty.firm(1)
    empty.figures(1, tax_paid_cny="800000")  # 80,000 yuan per mu on 10 mu, 0.20 yuan per kWh
    empty.open()
    empty.give(1, electricity_kwh="4000000")
    empty.until_scored()

    assert round(Decimal(empty.scored()["1"]["total"]), 4) == Decimal("77.0200")


@pytest.mark.parametrize(
    ("tax", "value", "total"),
    [("2000000", "20", "511.427529"), ("0", "0", "0"), ("-1", "-0.00001", "-0.000256")],
)
def test_a_score_is_a_plain_decimal_also_when_it_is_round_or_nothing_or_below_it(
    empty, tax, value, total
):
    empty.survey(1)
    empty.firm(1)
    empty.figures(1, tax_paid_cny=tax)
    empty.open()
    empty.give(1, electricity_kwh="1000000")
    empty.until_scored()

    firm = empty.scored()["1"]

    values = {part["indicator"]: part["value"] for part in firm["parts"]}
    assert (values["tax_per_mu"], firm["total"]) == (value, total)


def test_a_firm_that_lacks_a_figure_has_no_score_and_the_step_says_so(desk):
    desk.survey(5)
    desk.firm(5)
    desk.step("publicise_areas", AREAS_ON)

    scored = desk.step("score_round", SCORED_ON)

    assert [each["code"] for each in scored["warnings"]] == ["NOT_SCORED"]
    firm = desk.scored()["5"]
    assert (firm["rank"], [each["code"] for each in firm["reasons"]]) == (None, ["NOT_SCORED"])


def test_a_round_in_which_nobody_would_have_a_score_stays_open_for_figures(empty):
    empty.survey(1)
    empty.firm(1)
    empty.figures(1, tax_paid_cny="800000")
    empty.open()
    empty.step("publicise_areas", AREAS_ON)

    asked = {"step": "score_round", "on": SCORED_ON, "operator_role": "enterprise_desk"}
    found = empty.read("what_stands_against", round_id=empty.round_id, **asked)
    beforehand = [reason["code"] for reason in found["reasons"]]
    with pytest.raises(Answered, match="electricity_kwh") as said:
        empty.step("score_round", SCORED_ON)
    assert [each.code for each in said.value.reasons] == ["NOBODY_SCORED"] == beforehand

    empty.give(1, electricity_kwh="4000000", on=SCORED_ON)
    warned = empty.step("score_round", SCORED_ON)["warnings"]
    assert [each["code"] for each in warned] == ["GROUP_TOO_SMALL"]


def test_a_round_is_opened_once_and_again_when_it_was_withdrawn(desk):
    assert refused(desk.open) == ["ROUND_IS_OPEN"]

    desk.step("withdraw_round", "2023-06-21", why="the wrong townships")
    again = desk.open(on="2023-06-22")

    assert (again["round_id"], again["version"]) == ("黄岩区:2022:below_scale:2", 2)


def test_a_round_without_firms_is_not_published(empty):
    empty.open()
    assert refused(empty.step, "publicise_areas", AREAS_ON) == ["NOBODY_EVALUATED"]


def test_the_same_request_again_takes_one_step(desk):
    first = desk.step("publicise_areas", AREAS_ON, request_id="r-1")
    assert desk.step("publicise_areas", AREAS_ON, request_id="r-1") == first


def test_an_unknown_round_or_firm_is_not_found(desk):
    desk.step("publicise_areas", AREAS_ON)
    with pytest.raises(NotFound):
        desk.object(9, AREAS_ON)
    with pytest.raises(NotFound):
        desk.read("round_scores", round_id="nowhere:2022:below_scale:1")


# Published periods, with how many days they lasted.
PERIODS = [
    ("2025-08-14", 7, "2025-08-20"),
    ("2023-08-23", 7, "2023-08-29"),
    ("2023-05-25", 8, "2023-06-01"),
    ("2022-06-29", 6, "2022-07-04"),
    ("2024-09-06", 8, "2024-09-13"),
    ("2024-02-28", 3, "2024-03-01"),
]


@pytest.mark.parametrize(("first", "days", "last"), PERIODS)
def test_both_days_of_a_publicity_count(first, days, last):
    grades = PROCEDURE.on(date.fromisoformat(first)).grades

    found = period(grades, date.fromisoformat(first), days)

    assert found.last.isoformat() == last
    assert found.covers(found.first)
    assert found.covers(found.last)


@pytest.mark.parametrize(("both_ends", "last"), [(True, "2023-08-03"), (False, "2023-08-04")])
def test_a_place_may_count_without_the_first_day(both_ends, last):
    rule = Counting(days=3, both_ends=both_ends, place="anywhere", source="a table")

    assert rule.last(date(2023, 8, 1)).isoformat() == last


@pytest.mark.parametrize(("days", "warned"), [(None, False), (6, True), (7, False), (30, False)])
def test_a_short_publicity_is_a_warning_and_no_bar(desk, days, warned):
    desk.until_scored()

    published = desk.step("publicise_grades", PUBLICISED_ON, days=days)

    assert [each["code"] for each in published["warnings"]] == ["PUBLICITY_SHORT"] * warned
    rule = PROCEDURE.on(date(2023, 7, 1)).grades.rule
    assert bool(publicity_is_short(days, rule)) is warned


def test_the_rule_in_force_must_be_there():
    with pytest.raises(ValueError, match="in_force names"):
        type(PROCEDURE.on(date(2023, 7, 1)).grades)(in_force="nowhere", rules=())


TENTHS = [
    {"grade": "A", "by": "<=", "value": "10"},
    {"grade": "B", "by": "<=", "value": "60"},
    {"grade": "C", "by": "<=", "value": "90"},
    {"grade": "D", "by": "last", "value": "10"},
]


def too_small(answer):
    return [each["sentence"] for each in answer["warnings"] if each["code"] == "GROUP_TOO_SMALL"]


@pytest.mark.parametrize(("cuts", "warned"), [(QUARTERS, 0), (TENTHS, 1)])
def test_a_round_of_fewer_firms_than_a_cut_needs_is_warned_of_it_in_every_step(empty, cuts, warned):
    desk = four_firms(empty, cuts=cuts)
    about = {"round_id": ROUND, "operator_role": "enterprise_desk", "on": AREAS_ON}
    before = desk.read("what_stands_against", step="publicise_areas", **about)
    assert before["reasons"] == []
    answers = [
        before,
        desk.step("publicise_areas", AREAS_ON),
        desk.step("score_round", SCORED_ON),
        desk.step("publicise_grades", PUBLICISED_ON),
    ]
    assert [len(too_small(each)) for each in answers] == [warned] * 4
    if warned:
        (said,) = too_small(answers[2])
        assert said.startswith("Of 4 firms 10 % are less than one;")
        codes = ["SCHEME_OF_OTHER_YEAR", "GROUP_TOO_SMALL"]
        assert {each["code"] for each in answers[1]["warnings"]} <= set(codes)


@pytest.mark.parametrize(("firms", "warned"), [(9, True), (10, False)])
def test_ten_firms_are_enough_for_a_cut_of_ten_percent(firms, warned):
    entries = [
        RoundFirm(
            round_firm_id=f"r/{n}",
            round_id="r",
            enterprise_id=str(n),
            township=TOWNSHIP,
            placed=Place.EVALUATED,
            unit=str(n),
            rank=n,
        )
        for n in range(1, firms + 1)
    ]
    left_out = replace(entries[0], enterprise_id="x", placed=Place.LEFT_OUT, rank=None)
    cuts = cuts_of([(e["grade"], e["by"], Decimal(e["value"])) for e in TENTHS], "cuts")
    scheme = replace(kept()["huangyan-2022-below"], cuts=cuts)
    assert bool(group_is_small(scheme, [*entries, left_out])) is warned
    assert group_is_small(scheme, [left_out]) is None


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        (ROUND[:-1] + "2", [ROUND]),  # another version
        (ROUND[:-2], [ROUND]),  # none
        ("黄岩区:2022:above_scale:1", [ROUND]),
        ("路桥区:2023:below_scale:1", ["路桥区:2023:above_scale:1"]),
        ("2022", [ROUND]),
        (ROUND.replace(":", "："), [ROUND]),  # full-width
    ],
)
def test_a_wrong_id_of_a_round_is_answered_with_those_that_are_nearest(asked, named):
    opened = [ROUND, "路桥区:2023:above_scale:1", "路桥区:2021:above_scale:1"]
    sentence = no_such_round(asked, opened).sentence
    assert [each for each in opened if each in sentence] == named


@pytest.mark.parametrize(("asked", "opened"), [("r-17", [ROUND]), (ROUND, [])])
def test_an_id_that_is_like_none_is_answered_with_how_ids_look(asked, opened):
    reason = no_such_round(asked, opened)
    assert (reason.code, reason.field) == ("NOT_FOUND", "round_id")
    assert "place:data_year:group:version" in reason.sentence


@pytest.mark.parametrize("method", ["round_scores", "round_changes", "what_stands_against"])
def test_the_questions_of_a_round_say_which_rounds_there_are(desk, method):
    step = {"step": "score_round", "on": SCORED_ON, "operator_role": "enterprise_desk"}
    with pytest.raises(NotFound) as caught:
        desk.read(
            method,
            round_id=ROUND[:-1] + "2",
            **(step if method == "what_stands_against" else {}),
        )
    assert f"There is {ROUND}." in caught.value.reasons[0].sentence


@pytest.mark.parametrize("method", ["get_round", "round_history"])
@pytest.mark.parametrize("asked", [ROUND[:-1] + "2", ROUND.replace(":", "：")])
def test_who_looks_up_a_round_by_a_wrong_id_is_told_which_there_are(desk, method, asked):
    with pytest.raises(NotFound) as caught:
        desk.read(method, round_id=asked)
    [reason] = caught.value.reasons
    assert (reason.code, reason.field) == ("NOT_FOUND", "round_id")
    assert reason.sentence == f"There is no round of that id. There is {ROUND}."


@pytest.mark.parametrize("method", ["get_round_firm", "round_firm_history"])
def test_who_looks_up_a_firm_of_a_wrong_round_is_told_which_there_are(desk, method):
    with pytest.raises(NotFound) as caught:
        desk.read(method, round_firm_id=f"{ROUND[:-1]}2/330604006-E1")
    [reason] = caught.value.reasons
    assert reason.field == "round_firm_id"
    assert reason.sentence.endswith(f"There is {ROUND}.")


def test_a_round_that_was_not_open_yet_at_the_moment_needs_no_hint(desk):
    with pytest.raises(NotFound) as caught:
        desk.read("get_round", round_id=ROUND, as_of="2020-01-01T00:00:00Z")
    assert "There is no round of that id." in [each.sentence for each in caught.value.reasons]


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ([2021], "There is 甲:2021:g:1."),
        ([2021, 2022], "There is 甲:2021:g:1 and 甲:2022:g:1."),
        ([2021, 2022, 2023], "There is 甲:2021:g:1, 甲:2022:g:1 and 甲:2023:g:1."),
    ],
)
def test_the_rounds_that_are_near_read_as_a_list(years, said):
    opened = [f"甲:{year}:g:1" for year in years]
    assert no_such_round("甲", opened).sentence.endswith(said)
