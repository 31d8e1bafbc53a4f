"""Townships state industries in either edition; what was split is asked, and the answer stands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Answered, NotFound

from ..conftest import NOON, Enterprises
from ..reports import FIRM, OTHER, firm


def stated(code="3419", edition="2011", **more):
    report = {"enterprise_id": FIRM, "edition": edition, "code": code}
    return report | {"valid_from": "2015-01-01", "reported_on": "2023-08-01"} | more


SPLIT = stated("0169")


def industry(enterprises, **asked):
    return enterprises.read("industry_of", enterprise_id=FIRM, **asked)["industry"]


def test_a_code_of_2011_with_one_successor_is_the_industry(enterprises):
    assert enterprises.tell("industry_reported", stated("a0511")) is None
    found = enterprises.read("industry_of", enterprise_id=FIRM)
    assert found["industry"]["code_2017"] == "A0512"
    assert (found["industry"]["stated_code"], found["question"]) == ("A0511", None)


def test_a_split_code_is_asked_about_with_its_candidates(enterprises):
    note = enterprises.tell("industry_reported", SPLIT)
    assert "A0164, A0169" in note
    found = enterprises.read("industry_of", enterprise_id=FIRM)
    assert (found["industry"]["kind"], found["industry"]["code_2017"]) == ("question", None)
    assert "A0164, A0169" in found["question"]
    asked = enterprises.read("industry_questions", township="330604006")["industry_questions"]
    assert asked == [
        {"enterprise_id": FIRM, "stated_code": "A0169", "candidates": ["A0164", "A0169"]}
    ]
    other = enterprises.read("industry_questions", township="330604001")
    assert other["industry_questions"] == []


def test_a_statement_in_the_edition_of_2017_answers_the_question(enterprises):
    enterprises.tell("industry_reported", SPLIT)
    assert enterprises.tell("industry_reported", stated("A0164", "2017")) is None
    assert industry(enterprises)["code_2017"] == "A0164"
    assert enterprises.read("industry_questions")["industry_questions"] == []


@pytest.mark.parametrize(("own", "code"), [("A0169", "A0169"), ("C34", None)])
def test_the_firms_own_code_answers_it_only_as_one_of_the_candidates(enterprises, own, code):
    enterprises.tell("industry_reported", SPLIT)
    enterprises.report(firm(industry_code=own))
    assert industry(enterprises)["code_2017"] == code


@pytest.mark.parametrize(
    ("on", "code"),
    [
        ("2014-12-31", "C34"),
        ("2015-01-01", "A0512"),
        ("2019-12-31", "A0512"),
        ("2020-01-01", "C13"),
    ],
)
def test_the_industry_is_that_of_the_day(enterprises, on, code):
    enterprises.report(firm())  # its report says C34, with no day
    enterprises.tell("industry_reported", stated("C13", "2017", valid_from="2020-01-01"))
    enterprises.tell("industry_reported", stated("0511"))
    assert industry(enterprises, on=on)["code_2017"] == code


def test_of_two_statements_from_one_day_the_later_said_one_stands(enterprises):
    enterprises.tell("industry_reported", stated("0511", reported_on="2023-08-02"))
    assert "later report" in enterprises.tell("industry_reported", stated("0111"))
    assert industry(enterprises)["code_2017"] == "A0512"


def test_a_code_that_the_list_lacks_is_kept_with_a_doubt(enterprises):
    assert "does not have this code" in enterprises.tell("industry_reported", stated("C4399"))
    assert industry(enterprises)["kind"] == "unlisted"
    assert "does not have" in enterprises.tell("industry_reported", stated("C4399", "2017"))
    assert industry(enterprises)["code_2017"] == "C4399"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"code": "C12"}, "INVALID"),
        ({"code": "N79"}, "INVALID"),
        ({"edition": "2002"}, "INVALID"),
        ({"reported_on": "2023-08-23"}, "NOT_YET"),
        ({"enterprise_id": "330604001-E9"}, "NOT_YOUR_TOWNSHIP"),
    ],
)
def test_what_cannot_be_is_refused(enterprises, wrong, code):
    with pytest.raises(Answered) as caught:
        enterprises.tell("industry_reported", stated() | wrong)
    assert [reason.code for reason in caught.value.reasons] == [code]


def test_a_firm_of_which_nothing_is_known_is_not_found(enterprises):
    with pytest.raises(NotFound):
        enterprises.read("industry_of", enterprise_id=OTHER)


def test_anybody_may_ask_what_a_code_became(enterprises):
    found = enterprises.read("map_industry", code="c3589", edition="2011")
    assert (found["kind"], found["mapped_code"], found["question"]) == ("mapped", "C3589", None)
    assert [each["entry"] for each in found["catalogue_places"]] == [
        "equipment",
        "high_end_equipment",
    ]
    found = enterprises.read("map_industry", code="L7291", edition="2017", to="2011")
    assert (found["kind"], len(found["candidates"]), found["catalogue_places"]) == (
        "question",
        3,
        [],
    )


def test_the_standard_is_counted_by_section(enterprises):
    found = enterprises.read("industry_standard")
    assert found["counted"] == {"divisions": 97, "groups": 473, "classes": 1381}
    assert {each["section"]: each["counted"]["classes"] for each in found["sections"]}["C"] == 609
    assert (found["split_codes"], found["merged_codes"]) == (174, 17)


STATEMENTS = [
    SPLIT,
    stated("0511"),
    stated("A0164", "2017", reported_on="2023-07-01"),
    stated("A0169", "2017"),
    stated("0111", valid_from="2020-01-01"),
]


@settings(max_examples=12, deadline=None)
@given(st.permutations([*range(len(STATEMENTS))] * 2))
def test_in_whatever_order_they_come_the_same_stands(order):
    enterprises = Enterprises()
    for number in order:
        at = NOON + timedelta(minutes=number)
        enterprises.tell("industry_reported", STATEMENTS[number], at=at, id=f"e-{number}")
    assert industry(enterprises, on="2019-12-31")["code_2017"] == "A0169"
    assert industry(enterprises, on="2020-01-01")["code_2017"] == "A0111"
