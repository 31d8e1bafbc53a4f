"""Which projects meet a policy on a day, and why the others do not."""

from __future__ import annotations

import pytest

from backbone.errors import NotFound

from ..desk import at
from ..platforms.calls import MONEY, TALENT
from ..platforms.test_platforms import refused
from .calls import BUILDING, LARGE, MATERIALS
from .office import Office


@pytest.fixture
def office() -> Office:
    office = Office()
    office.policy()
    return office


def test_a_project_that_has_all_that_is_asked_meets_the_policy(office):
    assert office.claimants()["p"]["meets"] is True
    assert office.against() == []


@pytest.mark.parametrize(
    ("on", "against"),
    [
        ("2025-05-31", ["POLICY_NOT_IN_FORCE on", "CRITERION_NOT_MET stage"]),
        ("2025-06-01", ["CRITERION_NOT_MET stage"]),
        ("2025-06-09", ["CRITERION_NOT_MET stage"]),
        ("2025-06-10", []),
        ("2025-12-31", []),
        ("2026-01-01", ["POLICY_NOT_IN_FORCE on"]),
    ],
)
def test_who_meets_it_follows_the_day(office, on, against):
    assert office.against(on) == against
    found = office.read("policy_claimants", policy_id="policy-12", on=on)
    assert found["in_force"] is ("2025-06-01" <= on <= "2025-12-31")


def test_a_project_hears_everything_that_stands_against_it(office):
    office.project("q", investment_wan_cny=None, investment_wan_usd="900")
    assert office.against(project_id="q") == [
        "CRITERION_NOT_MET stage",
        "FACT_NOT_KNOWN investment_wan_cny",
        "CRITERION_NOT_MET sector",
    ]
    sentences = [each["sentence"] for each in office.claimants()["q"]["why_not"]]
    assert sentences[0] == "It asks for stage reached construction_started; there is lead."
    assert sentences[2] == "It asks for sector one_of new_materials, equipment; there is none."


def test_a_project_that_was_given_up_or_not_yet_there_claims_nothing(office):
    office.enter("p", "terminated", "2025-06-20", lost_reason="funding", lost_to="another city")
    assert office.against("2025-06-19") == []
    assert office.against("2025-06-20") == ["PROJECT_GIVEN_UP stage"]
    office.project("late", opened_on="2025-07-01")
    assert sorted(office.claimants("2025-06-30")) == ["p"]


@pytest.mark.parametrize(
    ("test", "figure", "meets"),
    [
        ("at_least", "5000", True),
        ("at_least", "5000.000001", False),
        ("more_than", "5000", False),
        ("more_than", "4999.999999", True),
        ("at_most", "5000", True),
        ("at_most", "4999.999999", False),
        ("less_than", "5000", False),
        ("less_than", "5000.000001", True),
    ],
)
def test_a_figure_is_compared_exactly(office, test, figure, meets):
    office.policy(condition=[LARGE | {"test": test, "figure": figure}])
    assert office.claimants()["p"]["meets"] is meets


@pytest.mark.parametrize(
    ("fact", "test", "words", "against"),
    [
        ("lead_source", "one_of", ["fund_led"], []),
        ("lead_source", "none_of", ["fund_led"], ["CRITERION_NOT_MET lead_source"]),
        ("industry", "one_of", ["C38"], []),
        ("industry", "one_of", ["C3841"], []),
        ("industry", "one_of", ["C3842"], ["CRITERION_NOT_MET industry"]),
        ("township", "one_of", ["330604006"], ["FACT_NOT_KNOWN township"]),
        ("township", "none_of", ["330604006"], ["FACT_NOT_KNOWN township"]),
        ("contest_award", "none_of", ["first prize"], []),
    ],
)
def test_words_are_those_that_are_known_of_the_project(office, fact, test, words, against):
    wish = {"industry_codes": ["C3841"]}
    office.call("register_lead", lead_id="l", name="n", source="fund_led", wish=wish)
    office.hear_itself()
    office.policy(condition=[{"fact": fact, "test": test, "words": words}])
    assert office.against(project_id="l") == against


def test_money_of_a_fund_counts_from_its_day_on(office):
    office.policy(condition=[{"fact": "fund_cny", "test": "at_least", "figure": "20000000"}])
    office.call("record_fund", **TALENT)
    office.call("commit_fund", **MONEY | {"project_id": "p", "committed_on": "2025-06-05"})
    assert office.against("2025-06-04") == ["CRITERION_NOT_MET fund_cny"]
    assert office.against("2025-06-05") == []


def test_a_mark_counts_while_the_project_has_it(office):
    office.mark(to_on="2025-06-30")
    assert office.against("2025-06-30") == []
    assert office.against("2025-07-01") == ["CRITERION_NOT_MET sector"]
    office.moment = at("2025-07-02")
    office.mark(withdrawn=True)
    assert office.against("2025-06-30") == ["CRITERION_NOT_MET sector"]
    assert office.against("2025-06-30", known_at="2025-07-01T23:00:00+08:00") == []


def test_what_became_known_later_does_not_count(office):
    office.moment = at("2025-08-02")
    office.project("q")
    office.build("q", on="2025-06-15")
    office.mark(project_id="q")
    assert office.claimants("2025-06-20")["q"]["meets"] is True
    assert "q" not in office.claimants("2025-06-20", known_at="2025-08-01T12:00:00+08:00")
    with pytest.raises(NotFound, match="known_at"):
        office.claimants(known_at="2025-06-30T00:00:00+08:00")


@pytest.mark.parametrize(
    ("criterion", "code"),
    [
        ({"fact": "colour", "test": "one_of", "words": ["red"]}, "FACT_UNKNOWN"),
        (BUILDING | {"test": "one_of"}, "TEST_DOES_NOT_FIT"),
        (LARGE | {"test": "reached"}, "TEST_DOES_NOT_FIT"),
        (LARGE | {"figure": None}, "CRITERION_VALUE"),
        (LARGE | {"words": ["5000"]}, "CRITERION_VALUE"),
        (MATERIALS | {"words": []}, "CRITERION_VALUE"),
        (MATERIALS | {"figure": "1"}, "CRITERION_VALUE"),
        (MATERIALS | {"words": ["new_materials", "candles"]}, "CRITERION_WORD_UNKNOWN"),
        (BUILDING | {"words": ["begun"]}, "CRITERION_WORD_UNKNOWN"),
    ],
)
def test_a_condition_that_nobody_can_meet_or_read_is_refused(office, criterion, code):
    assert refused(office.policy, condition=[criterion]) == [code]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"mark_kind": "colour"}, "MARK_UNKNOWN"),
        ({"word": "candles"}, "MARK_WORD_UNKNOWN"),
        ({"from_on": "2025-07-02"}, "NOT_YET"),
    ],
)
def test_a_mark_that_no_policy_asks_for_is_refused(office, changes, code):
    assert refused(office.mark, **changes) == [code]
    office.mark(mark_id="mark-2", mark_kind="contest_award", word="third prize of 2022")
    with pytest.raises(NotFound, match="project_id"):
        office.mark(project_id="nobody")
