"""A township reports its firms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Invalid, Refused
from services.enterprises.firms.enterprise import reported, with_report
from services.enterprises.firms.rules import organisation_code_doubt
from services.installation import TOWNSHIPS

from .conftest import NOON, Enterprises
from .reports import FIRM, PARCEL, TOWNSHIP, firm, premises

HOUR = timedelta(hours=1)


def get(enterprises, enterprise_id=FIRM):
    return enterprises.read("get_enterprise", enterprise_id=enterprise_id)


def test_a_firm_that_a_township_reports_is_registered(enterprises):
    assert enterprises.report(firm()) is None
    assert get(enterprises)["standing"] == "in_operation"
    assert enterprises.facts_named("enterprise_registered") == [
        {"enterprise_id": FIRM, "township": TOWNSHIP, "scale": "below_scale"}
    ]


def test_a_persons_number_in_the_name_of_a_firm_is_kept_masked_and_the_receipt_says_so(enterprises):
    note = enterprises.report(firm(name="张三 330604198001010093"))

    assert get(enterprises)["name"] == "张三 ****0093"
    assert "kept masked in name" in note


def test_the_number_of_an_identity_card_is_no_credit_code_though_it_would_pass_for_one(enterprises):
    with pytest.raises(Invalid) as caught:
        enterprises.report(firm(uscc="330604198001010093"))

    [reason] = caught.value.reasons
    assert (reason.field, "person has no credit code" in reason.sentence) == ("data.uscc", True)


def test_a_firm_of_another_township_is_refused(enterprises):
    with pytest.raises(Refused) as refusal:
        enterprises.report(firm(), publisher="330604001")
    [reason] = refusal.value.reasons
    assert (reason.code, reason.field) == ("NOT_YOUR_TOWNSHIP", "data.enterprise_id")
    assert enterprises.read("list_enterprises")["items"] == []


def test_a_township_whose_code_begins_another_one_is_another_one():
    enterprises = Enterprises(replace(TOWNSHIPS, knows=lambda *_: True))
    with pytest.raises(Refused):
        enterprises.report(firm(), publisher="33060400")


def test_a_firm_may_work_in_two_townships(enterprises):
    enterprises.report(firm(premises(), premises("tenant", "330604001-7")))
    assert len(get(enterprises)["premises"]) == 2


def test_a_newer_report_takes_the_place_of_the_older_one(enterprises):
    enterprises.report(firm())
    enterprises.report(firm(name="新名机械有限公司", scale="above_scale"), at=NOON + HOUR)
    assert (get(enterprises)["name"], get(enterprises)["scale"]) == (
        "新名机械有限公司",
        "above_scale",
    )


def test_an_older_report_that_comes_late_changes_nothing(enterprises):
    enterprises.report(firm(scale="above_scale"), at=NOON + HOUR)
    enterprises.report(firm(scale="below_scale"), at=NOON)
    assert get(enterprises)["scale"] == "above_scale"
    assert len(enterprises.facts_named("enterprise_registered")) == 1


def test_a_corrected_code_is_kept_beside_the_wrong_one_with_their_days(enterprises):
    enterprises.report(firm(uscc="91330604XXXX00043X"))
    enterprises.report(firm(), at=NOON + 24 * HOUR)
    assert get(enterprises)["uscc"] == "91330604XXXX00019D"
    assert [(each["value"], each["valid_from"]) for each in get(enterprises)["identifiers"]] == [
        ("91330604XXXX00043X", "2023-08-21"),
        ("91330604XXXX00019D", "2023-08-22"),
    ]


REPORTS = [
    reported(
        firm(
            name=name,
            uscc=uscc,
            industry_code=None,
            premises=(),
        ),
        TOWNSHIP,
        NOON + hours * HOUR,
        f"report-{number}",
    )
    for number, (name, uscc, hours) in enumerate(
        [
            ("甲", "91330604XXXX00019D", 0),
            ("乙", "91330604XXXX00043X", 30),
            ("丙", "91330604XXXX00019D", 60),
            ("丁", None, 60),
        ]
    )
]


def after(reports):
    known = None
    for report in reports:
        known = with_report(known, report)
    return known


@given(st.permutations(REPORTS), st.lists(st.sampled_from(REPORTS)))
def test_reports_in_any_order_with_any_repetition_make_the_same_firm(reports, again):
    assert after([*reports, *again]) == after(REPORTS)


@given(st.permutations(REPORTS))
def test_a_code_is_dated_by_the_first_report_of_it(reports):
    dated = {each.value: each.valid_from for each in after(reports).identifiers}
    assert dated["91330604XXXX00019D"] == date(2023, 8, 21)


# --- codes


@pytest.mark.parametrize(
    "uscc",
    ["914403001922038216", "9144030071526726XG", "91350100M000100Y43", None],
)
def test_a_code_whose_parts_fit_raises_no_doubt(uscc):
    assert organisation_code_doubt(uscc) is None


def test_a_code_with_a_doubtful_part_is_accepted_with_a_warning(enterprises):
    note = enterprises.report(firm(uscc="N2330604MF0000001W"))
    assert "characters 9 to 17" in note
    assert "N2330604" not in note
    assert get(enterprises)["uscc"] == "N2330604MF0000001W"


@settings(max_examples=30)
@given(st.integers(8, 15), st.integers(1, 9))
def test_a_slip_in_one_digit_of_the_organisation_code_is_doubted(place, step):
    genuine = "914403001922038216"
    wrong = str((int(genuine[place]) + step) % 10)
    assert organisation_code_doubt(genuine[:place] + wrong + genuine[place + 1 :])


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"enterprise_id": "E9"}, "enterprise_id", "9-digit code"),
        ({"uscc": "914403001922038217"}, "uscc", "typing error"),
        ({"uscc": "330602199001011234"}, "uscc", "social credit code"),
        ({"industry_code": "C12"}, "industry_code", "Section C"),
        ({"scale": "huge"}, "scale", "above_scale"),
        ({"premises": [premises("guest")]}, "premises.0.role", "owner"),
        ({"premises": [premises(to="2014-12-31")]}, "premises.0.to", "before the first"),
        ({"premises": [premises(to="soon")]}, "premises.0.to", "YYYY-MM-DD"),
        ({"phone": "1"}, "phone", "no such field"),
    ],
)
def test_a_report_that_cannot_be_read_is_answered_with_what_would_be_right(
    enterprises, changes, field, said
):
    with pytest.raises(Invalid, match=said) as problem:
        enterprises.report(firm() | changes)
    assert problem.value.reasons[0].field == f"data.{field}"


def test_the_firms_of_a_parcel_are_those_who_are_there_on_the_day(enterprises):
    enterprises.report(firm(premises("tenant", to="2023-06-30")))
    there = enterprises.read("firms_on_parcel", parcel_id=PARCEL, on="2023-06-30")
    assert there["firms"] == [{"enterprise_id": FIRM, "role": "tenant", "standing": "in_operation"}]
    assert enterprises.read("firms_on_parcel", parcel_id=PARCEL) == {
        "on": "2023-08-21",
        "firms": [],
        "perhaps": [],
        "became_ids": [],
    }
