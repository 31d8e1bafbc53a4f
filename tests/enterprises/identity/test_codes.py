"""A firm keeps its id; its codes and names have their days, and a code is of one firm on any day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Answered

from ..conftest import NOON, Enterprises
from ..reports import FIRM, OTHER, TOWNSHIP, firm

USCC, SECOND, THIRD = "91330604XXXX00019D", "91330604XXXX00043X", "91330604XXXX002110"
REGISTRATION = "330682000012345"
DAY = timedelta(days=1)


def code(value=USCC, **more):
    report = {"enterprise_id": FIRM, "kind": "uscc", "value": value, "valid_from": "2015-10-01"}
    return report | {"reported_on": "2023-08-01"} | more


def mistyped(value, **more):
    return code(value, mistyped=True, valid_from=None, reported_on="2023-08-02") | more


def codes(enterprises, enterprise_id=FIRM):
    held = enterprises.read("get_firm_identity", enterprise_id=enterprise_id)["codes"]
    return [(each["value"], each["valid_from"], each["valid_to"]) for each in held]


def find(enterprises, value=USCC, **asked):
    return enterprises.read("find_enterprise", code=value, **asked)


def disputes(enterprises):
    names = ("firm_code_disputed", "firm_code_settled")
    return [(n, data["enterprise_id"]) for n, data in enterprises.facts if n in names]


# --- which codes there are


@pytest.mark.parametrize(
    "genuine",
    [
        "914403001922038216",
        "9144030071526726XG",
        "91440300192317458F",
        "91330000733796106P",
        "91100000100003962T",
        "91350900587527783P",
        "91350100M000100Y43",
        "91330604XXXX00019D",
        "91330604XXXX00043X",
        "91330604XXXX002110",  # the sum is 0 modulo 31
        "N2330604MF0000001W",  # a rural collective: no digit first
        "ｎ2330604ｍf0000001w",
    ],
)
def test_a_genuine_credit_code_is_taken_and_found(enterprises, genuine):
    enterprises.tell("code_reported", code(genuine))
    assert find(enterprises, genuine)["held_by"] == FIRM


@pytest.mark.parametrize("wrong", ["91350100M000100Y4Z", "914403001922038217", "9133060", "N1"])
def test_a_wrong_credit_code_is_refused_unless_it_is_said_to_be_mistyped(enterprises, wrong):
    with pytest.raises(Answered, match="USCC_"):
        enterprises.tell("code_reported", code(wrong))
    assert enterprises.tell("code_reported", mistyped(wrong)) is None
    [found] = find(enterprises, wrong)["found_firms"]
    assert (found["mistyped"], found["on_that_day"]) == (True, False)


@pytest.mark.parametrize(
    ("kind", "value", "note"),
    [
        ("registration_number", REGISTRATION, None),
        ("registration_number", "3306821001234", None),
        ("registration_number", "企独浙绍总字第001号", "13 or 15 digits"),
        ("organisation_code", "19220382-1", None),
        ("organisation_code", "192203821", None),
        ("organisation_code", "19220382-2", "typing error"),
        ("uscc", "N2330604MF0000001W", "characters 9 to 17"),
    ],
)
def test_a_doubtful_code_is_kept_with_a_note(enterprises, kind, value, note):
    said = enterprises.tell("code_reported", code(value, kind=kind))
    assert said is None if note is None else note in said
    assert value not in (said or "")
    assert find(enterprises, value)["held_by"] == FIRM


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"value": "11010519491231002X", "kind": "registration_number"}, "INVALID"),
        ({"value": "1234", "kind": "organisation_code"}, "ORGANISATION_CODE_FORM"),
        ({"valid_from": None}, "FIRST_DAY_MISSING"),
        ({"valid_to": "2015-09-30"}, "INVALID"),
        ({"reported_on": "2023-08-23"}, "NOT_YET"),
        ({"enterprise_id": "330604001-E9"}, "NOT_YOUR_TOWNSHIP"),
    ],
)
def test_what_cannot_be_is_refused(enterprises, wrong, reason):
    with pytest.raises(Answered) as caught:
        enterprises.tell("code_reported", code() | wrong)
    assert [each.code for each in caught.value.reasons] == [reason]
    assert "11010519491231002X" not in str(caught.value)


# --- their days


def test_a_code_ends_before_the_next_one_of_its_kind_begins(enterprises):
    enterprises.tell(
        "code_reported", code(REGISTRATION, kind="registration_number", valid_from="2009-04-01")
    )
    enterprises.tell("code_reported", code(SECOND, valid_from="2019-01-01"))
    enterprises.tell("code_reported", code())
    assert codes(enterprises) == [
        (REGISTRATION, "2009-04-01", None),
        (USCC, "2015-10-01", "2018-12-31"),
        (SECOND, "2019-01-01", None),
    ]


def test_a_code_that_the_firms_report_names_holds_from_that_day_unless_it_was_dated(enterprises):
    enterprises.report(firm())
    assert codes(enterprises) == [(USCC, "2023-08-21", None)]
    enterprises.tell("code_reported", code())
    assert codes(enterprises) == [(USCC, "2015-10-01", None)]


def test_a_code_that_was_mistyped_and_corrected_later_never_was_the_firms_own(enterprises):
    enterprises.report(firm(uscc=SECOND))
    enterprises.report(firm(), at=NOON + DAY)
    assert find(enterprises, SECOND, on="2023-08-21")["held_by"] == FIRM
    enterprises.tell("code_reported", mistyped(SECOND))
    assert find(enterprises, SECOND, on="2023-08-21")["held_by"] is None
    assert codes(enterprises) == [(SECOND, None, None), (USCC, "2023-08-22", None)]


@pytest.mark.parametrize(
    ("on", "held_by"),
    [
        ("2015-09-30", None),
        ("2015-10-01", FIRM),
        ("2018-12-31", FIRM),
        ("2019-01-01", OTHER),
    ],
)
def test_which_firm_had_a_code_on_a_day(enterprises, on, held_by):
    enterprises.tell("code_reported", code(valid_to="2018-12-31"))
    enterprises.tell("code_reported", code(enterprise_id=OTHER, valid_from="2019-01-01"))
    found = find(enterprises, on=on)
    assert (found["held_by"], found["question"], found["firms_found"]) == (held_by, None, 2)
    assert disputes(enterprises) == []


# --- two firms with one code


def test_a_code_that_two_firms_claim_is_a_question_and_no_merge(enterprises):
    enterprises.report(firm())
    note = enterprises.tell("code_reported", code(enterprise_id=OTHER, valid_from="2020-01-01"))
    assert FIRM in note
    found = find(enterprises)
    assert found["held_by"] is None
    assert FIRM in found["question"]
    assert OTHER in found["question"]
    assert USCC not in str(found)
    assert disputes(enterprises) == [("firm_code_disputed", OTHER), ("firm_code_disputed", FIRM)]


def test_a_correction_settles_it_and_both_are_told(enterprises):
    enterprises.tell("code_reported", code())
    enterprises.tell("code_reported", code(enterprise_id=OTHER))
    enterprises.tell("code_reported", mistyped(USCC, enterprise_id=OTHER))
    assert find(enterprises)["held_by"] == FIRM
    told = enterprises.facts_named("firm_code_disputed")
    settled = enterprises.facts_named("firm_code_settled")
    assert {each["dispute_id"] for each in told} == {each["dispute_id"] for each in settled}
    assert all(USCC not in str(each) for each in [*told, *settled])


@pytest.mark.parametrize(("claimants", "disputed"), [(10, True), (11, False)])
def test_what_very_many_firms_claim_names_none_of_them(enterprises, claimants, disputed):
    for number in range(claimants):
        note = enterprises.tell(
            "code_reported", code(enterprise_id=f"{TOWNSHIP}-M{number}", reported_on="2023-08-01")
        )
    assert ("claims the same" in note) is disputed
    assert ("names none of them" in note) is not disputed
    assert find(enterprises)["held_by"] is None


@pytest.mark.parametrize("second", [THIRD, None])
def test_firms_without_a_code_or_with_their_own_dispute_nothing(enterprises, second):
    enterprises.report(firm())
    enterprises.report(firm(enterprise_id=OTHER, uscc=second))
    assert disputes(enterprises) == []


REPORTS = [
    ("registered", firm(uscc=SECOND)),
    ("registered", firm()),
    ("registered", firm(enterprise_id=OTHER, uscc=SECOND)),
    ("code_reported", mistyped(SECOND)),
    ("code_reported", code()),
    ("code_reported", code(valid_from="2016-10-01", reported_on="2023-07-01")),
    ("code_reported", code(THIRD, valid_from="2023-08-01")),
]


@settings(max_examples=12, deadline=None)
@given(st.permutations([*range(len(REPORTS))] * 2))
def test_in_whatever_order_they_come_the_same_stands(order):
    enterprises = Enterprises()
    for number in order:
        type_, data = REPORTS[number]
        enterprises.tell(type_, data, at=NOON + number * DAY, id=f"e-{number}")
    assert codes(enterprises) == [
        (SECOND, None, None),
        (USCC, "2015-10-01", "2023-07-31"),
        (THIRD, "2023-08-01", None),
    ]
    assert find(enterprises, SECOND)["held_by"] == OTHER
    assert find(enterprises, SECOND)["question"] is None
    told = [name for name, _ in disputes(enterprises)]
    assert told.count("firm_code_disputed") == told.count("firm_code_settled")


def test_a_code_that_one_report_named_by_mistake_does_not_end_the_one_before_it(enterprises):
    enterprises.report(firm())
    enterprises.report(firm(uscc=SECOND), at=NOON + DAY)
    enterprises.report(firm(), at=NOON + 2 * DAY)
    assert codes(enterprises) == [
        (USCC, "2023-08-21", None),
        (SECOND, "2023-08-22", "2023-08-22"),
    ]
    assert find(enterprises)["held_by"] == FIRM


def test_a_code_that_was_corrected_on_the_same_day_is_not_kept_on(enterprises):
    enterprises.report(firm(uscc=SECOND))
    enterprises.report(firm(), at=NOON + DAY / 24)
    assert codes(enterprises) == [
        (USCC, "2023-08-21", None),
        (SECOND, "2023-08-21", "2023-08-21"),
    ]
