from __future__ import annotations

import pytest

from park.codes import (
    clean,
    industry_code_problem,
    parcel_code_problem,
    property_unit_code_problem,
    uscc_check,
    uscc_problem,
)

GENUINE = [
    "914403001922038216",
    "9144030071526726XG",
    "91440300192317458F",
    "91330000733796106P",
    "91100000100003962T",
    "91350900587527783P",
    "91350100M000100Y43",
    "91330604XXXX00019D",
    "91330604XXXX00043X",
    "91330604XXXX002110",  # the weighted sum is 0 modulo 31
    "N2330604MF0000001W",  # a village co-operative
]


def code_of(problem):
    return problem and problem.code


@pytest.mark.parametrize("code", GENUINE)
def test_a_genuine_credit_code_passes(code):
    assert uscc_problem(code) is None
    assert uscc_check(code[:17]) == code[17]


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("91350100M000100Y4Z", "USCC_FORM"),  # Z is not in the alphabet
        ("914403001922038217", "USCC_CHECK"),
        ("91440300192203821", "USCC_FORM"),  # 17 characters
        ("91440300192203821O", "USCC_FORM"),  # O for 0
        ("192203821", "USCC_FORM"),  # an old organisation code
        ("914403001922038216(1/1)", "USCC_FORM"),
        ("914403001922038216\n", "USCC_FORM"),
        ("91440300192203821٦", "USCC_FORM"),  # a digit, but not of ours
    ],
)
def test_a_mistyped_credit_code_is_told_from_a_genuine_one(code, problem):
    assert code_of(uscc_problem(code)) == problem


def test_any_single_wrong_character_is_found():
    code = GENUINE[0]
    wrong = [
        code[:i] + c + code[i + 1 :] for i in range(8, 17) for c in "0123456789" if c != code[i]
    ]
    assert {code_of(uscc_problem(each)) for each in wrong} == {"USCC_CHECK"}


def test_full_width_lower_case_and_wide_spaces_are_cleaned():
    assert clean("　９１３３００００７３３７９６１０６ｐ ") == "91330000733796106P"


def test_a_parcel_code_has_nineteen_characters_and_a_unit_code_twenty_eight():
    assert parcel_code_problem("330604001002GB00017") is None
    assert property_unit_code_problem("330604001002GB00017W00000000") is None
    assert code_of(parcel_code_problem("330604001002GB0001")) == "PARCEL_CODE_FORM"
    assert code_of(parcel_code_problem("330604001002XB00017")) == "PARCEL_CODE_FORM"
    assert code_of(property_unit_code_problem("330604001002GB00017")) == "PROPERTY_UNIT_CODE_FORM"


@pytest.mark.parametrize("code", ["C", "C13", "C43", "C384", "C3841", "B12", "T97"])
def test_an_industry_is_a_letter_with_digits_of_its_own_section(code):
    assert industry_code_problem(code) is None


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("C12", "INDUSTRY_CODE_SECTION"),  # 12 is mining, letter B
        ("C44", "INDUSTRY_CODE_SECTION"),
        ("38", "INDUSTRY_CODE_FORM"),
        ("C3", "INDUSTRY_CODE_FORM"),
        ("U97", "INDUSTRY_CODE_FORM"),
    ],
)
def test_an_industry_of_the_wrong_section_is_refused(code, problem):
    assert code_of(industry_code_problem(code)) == problem
