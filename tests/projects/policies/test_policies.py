"""A policy is recorded, revised and ended; its ends are told in time, and taken back when it is prolonged."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Invalid, NotFound, Refused

from ..platforms.test_platforms import refused
from .calls import AN_EXCEPTION, BUILDING, LARGE, MATERIALS, REVIEW
from .office import Office


@pytest.fixture
def office() -> Office:
    return Office()


def codes(reasons: list[dict[str, Any]]) -> list[str]:
    return [each["code"] for each in reasons]


def test_a_policy_is_told_once_and_again_when_it_says_something_else(office):
    office.policy()
    office.policy()
    office.policy(amount_cny="900000")
    told = office.facts_named("policy_recorded")
    assert [each["record_no"] for each in told] == [1, 2]
    assert (told[0]["valid_from"], told[0]["ends_on"]) == ("2025-06-01", "2025-12-31")
    kept = office.read("get_policy", policy_id="policy-12")
    assert [each["amount_cny"] for each in kept["records"]] == ["1000000.00", "900000.00"]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"gives_kind": "candles"}, ["POLICY_GIFT_UNKNOWN"]),
        ({"review": REVIEW | {"reviewed_on": "2025-07-02"}}, ["NOT_YET"]),
        ({"review": REVIEW | {"reviewed_on": "2025-07-01"}}, []),
        ({"valid_to": "2025-06-01"}, []),
    ],
)
def test_a_policy_that_cannot_be_is_refused(office, changes, refusal):
    if refusal:
        assert refused(office.policy, **changes) == refusal
    else:
        office.policy(**changes)
    with pytest.raises(Invalid, match="valid_to"):
        office.policy(valid_to="2025-05-31")


def test_a_revision_holds_from_its_day_on(office):
    office.policy()
    office.revise(revised_on="2025-06-15", condition=[], valid_to=None)
    assert office.against("2025-06-09") == ["CRITERION_NOT_MET stage"]
    office.project("q")
    assert office.against("2025-06-14", "q") != []
    assert office.against("2025-06-15", "q") == []
    assert refused(office.revise, valid_to="2025-05-01") == ["INVALID"]
    with pytest.raises(NotFound, match="policy_id"):
        office.revise(policy_id="elsewhere")


@pytest.mark.parametrize(
    ("valid_from", "changes", "warned"),
    [
        ("2025-06-01", {}, []),
        ("2025-06-01", {"review": None}, ["POLICY_NOT_REVIEWED"]),
        ("2024-07-31", {"review": None}, []),
        ("2024-08-01", {"review": None}, ["POLICY_NOT_REVIEWED"]),
        (
            "2025-06-01",
            {"review": REVIEW | {"conclusion": "breaks_the_rules"}},
            ["POLICY_BREAKS_THE_RULES"],
        ),
        ("2025-06-01", AN_EXCEPTION, []),
        (
            "2025-06-01",
            {"review": REVIEW | {"conclusion": "exception"}},
            [
                "CONCLUSION_REASONS",
                "EXCEPTION_GROUND",
                "EXCEPTION_MILDER_WAY",
                "EXCEPTION_TERM",
            ],
        ),
    ],
)
def test_a_policy_without_a_review_that_holds_is_warned_of_by_the_law_of_its_day(
    office, valid_from, changes, warned
):
    kept = office.policy(valid_from=valid_from, **changes)
    assert codes(kept["warnings"]) == warned
    assert [codes(each["reasons"]) for each in office.facts_named("policy_warned")] == (
        [warned] if warned else []
    )


def test_a_warning_is_told_once_and_taken_back_by_a_review(office):
    office.policy(review=None)
    office.policy(review=None, title="laboratories")
    office.revise(review=REVIEW)
    told = [(name, data["warning_no"]) for name, data in office.facts if "policy_warn" in name]
    assert told == [("policy_warned", 1), ("policy_warning_lifted", 2)]


def test_an_old_policy_is_held_to_the_law_of_its_revision(office):
    assert office.policy(valid_from="2023-01-01", review=None)["warnings"] == []
    kept = office.revise(revised_on="2024-08-01")
    assert codes(kept["warnings"]) == ["POLICY_NOT_REVIEWED"]


def test_its_clause_is_asked_what_the_rules_of_fair_competition_ask(office):
    clause = "按企业缴纳税收地方留存部分的50%给予奖励"
    assert office.policy()["questions"] == []
    assert codes(office.policy(clause=clause)["questions"]) == ["REWARD_BY_TAX_PAID"]
    assert office.policy(clause=clause, valid_from="2023-01-01")["questions"] == []


# --- ends


def test_an_end_is_told_sixty_days_before_and_when_it_is_over_once_each(office):
    office.policy()
    office.on("2025-10-31 23:59")
    assert office.ends() == []
    office.on("2025-11-01 00:00").on("2025-11-01 01:00").on("2025-12-31 23:59")
    ending = ("policy_ending", "policy", 1, "2025-12-31")
    assert office.ends() == [ending]
    office.on("2026-01-01 00:00").on("2026-03-01")
    assert office.ends() == [ending, ("policy_ended", "policy", 2, "2025-12-31")]


def test_an_end_that_is_near_when_it_is_recorded_is_told_at_once(office):
    office.policy(valid_to="2025-08-30")
    assert office.ends() == [("policy_ending", "policy", 1, "2025-08-30")]
    office.policy(valid_to="2025-06-30")
    assert office.ends()[1:] == [("policy_ended", "policy", 2, "2025-06-30")]


@pytest.mark.parametrize("over", [False, True])
def test_a_policy_that_is_prolonged_takes_its_end_back(office, over):
    office.policy()
    office.on("2025-12-01")
    if over:
        office.on("2026-01-02")
    office.revise()
    office.revise()
    assert office.ends()[-1] == ("policy_ending_lifted", "policy", 2 + over, None)
    assert len(office.ends()) == 2 + over
    office.on("2026-11-01")
    assert office.ends()[-1] == ("policy_ending", "policy", 3 + over, "2026-12-31")
    assert office.read("policy_overview", on="2026-02-01")["policies"][0]["ends_on"] == "2026-12-31"


def test_a_policy_that_is_prolonged_by_little_is_told_anew(office):
    office.policy()
    office.on("2025-12-01")
    office.revise(valid_to="2026-01-15")
    assert office.ends()[1:] == [("policy_ending", "policy", 2, "2026-01-15")]


def test_an_exception_ends_for_itself_where_its_policy_goes_on(office):
    exception = AN_EXCEPTION["exception"] | {"ends_on": "2025-08-15"}
    office.policy(review=AN_EXCEPTION["review"], exception=exception)
    assert office.ends() == [("policy_ending", "exception", 1, "2025-08-15")]
    office.on("2025-08-16")
    assert office.ends()[1:] == [("policy_ended", "exception", 2, "2025-08-15")]
    office.policy(**AN_EXCEPTION)
    assert office.ends()[2:] == [("policy_ending_lifted", "exception", 3, None)]


def test_a_policy_that_is_ended_holds_to_its_last_day_and_on_when_that_is_taken_back(office):
    office.policy()
    office.end()
    assert office.against("2025-09-30") == []
    assert office.against("2025-10-01") == ["POLICY_NOT_IN_FORCE on"]
    office.on("2025-09-30 12:00").on("2025-10-01")
    assert office.ends()[-1] == ("policy_ended", "policy", 2, "2025-09-30")
    office.end(decided_on="2025-10-01", withdrawn=True)
    assert office.ends()[-1] == ("policy_ending_lifted", "policy", 3, None)
    assert office.against("2025-10-01") == []
    assert refused(office.end, decided_on="2025-10-02") == ["NOT_YET"]


def test_a_policy_ends_by_its_terms_though_a_later_end_was_decided(office):
    office.policy()
    office.end(ends_on="2026-05-31")
    assert office.against("2026-01-01") == ["POLICY_NOT_IN_FORCE on"]


def test_a_policy_that_is_prolonged_after_its_end_did_not_hold_in_between(office):
    office.policy()  # to the end of the year
    office.revise(revised_on="2026-02-01", valid_to="2026-12-31")

    days = ("2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01", "2026-12-31", "2027-01-01")
    holds = [office.against(day) == [] for day in days]
    assert holds == [True, False, False, True, True, False]


def test_a_policy_that_is_cut_short_by_a_revision_held_until_the_day_of_that(office):
    office.policy()
    office.revise(revised_on="2025-10-10", valid_to="2025-09-30")

    assert [office.against(f"2025-10-{day}") == [] for day in ("09", "10")] == [True, False]


def test_a_policy_without_an_end_is_told_of_by_none(office):
    office.policy(valid_to=None)
    office.on("2031-01-01")
    assert office.ends() == []


SAID: list[tuple[str, dict[str, Any]]] = [
    ("revise", {"revised_on": "2025-06-20", "valid_to": "2025-08-31", "title": "a"}),
    ("revise", {"revised_on": "2025-06-25", "valid_to": "2026-12-31"}),
    ("revise", {"revised_on": "2025-06-28", "review": REVIEW, "amount_cny": "7"}),
    ("end", {"decided_on": "2025-06-21", "ends_on": "2025-07-10"}),
    ("end", {"decided_on": "2025-06-22", "withdrawn": True}),
    ("claim", {}),
    ("claim", {"policy_claim_id": "claim-2", "claimed_cny": "7"}),
]


def outcome(office: Office) -> Any:
    """What stands in the end, without what is counted; and of each end, what was told last."""
    policy = office.read("get_policy", policy_id="policy-12")
    told = {each["what_ends"]: (each["end_stage"], each["ends_on"]) for each in policy["told"]}
    line = office.read("policy_overview", on="2025-07-01")
    near = {what: said for what, said in told.items() if said[0]}
    return near, policy["warned_of"], line["policies"], office.claimants()


def played(order: Any) -> Any:
    office = Office()
    office.policy(review=None)
    for act, how in order:
        getattr(office, act)(**how)
    return outcome(office.on("2025-07-02"))


@cache
def in_order() -> Any:
    return played(SAID)


@settings(max_examples=10, deadline=None)
@given(st.permutations([*SAID, *SAID[:2]]))
def test_what_is_said_of_a_policy_in_any_order_and_twice_ends_the_same(said):
    assert played(said) == in_order()


@pytest.mark.parametrize(
    ("criterion", "code", "field", "said"),
    [
        (MATERIALS | {"fact": "sektor"}, "FACT_UNKNOWN", "fact", "did you mean sector?"),
        (LARGE | {"fact": "zzz"}, "FACT_UNKNOWN", "fact", "zzz is none. Ask"),
        (LARGE | {"test": "reached"}, "TEST_DOES_NOT_FIT", "test", "not tested by reached, but by"),
        (LARGE | {"words": ["x"]}, "CRITERION_VALUE", "figure", "no words for investment_wan_cny"),
        (MATERIALS | {"figure": "1"}, "CRITERION_VALUE", "words", "no figure for sector"),
        (
            MATERIALS | {"words": ["equipment", "new_material"]},
            "CRITERION_WORD_UNKNOWN",
            "words",
            "new_material is none; did you mean new_materials?",
        ),
    ],
)
def test_what_is_wrong_with_a_condition_says_which_criterion_and_which_word(
    office, criterion, code, field, said
):
    with pytest.raises(Refused) as caught:
        office.policy(condition=[BUILDING, criterion])
    [reason] = caught.value.reasons
    assert (reason.code, reason.field) == (code, f"condition.1.{field}")
    assert said in reason.sentence
