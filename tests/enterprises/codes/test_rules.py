"""Which value a code has, at each limit, and what a printed code must be."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enterprises.codes.kinds import CODES
from services.enterprises.codes.marks import Mark
from services.enterprises.codes.printed import ALPHABET, printed_code, problem_of, read
from services.enterprises.codes.rules import falls, judged

NOON = datetime(2024, 3, 1, 4, 0, tzinfo=UTC)
KINDS = CODES.on(date(2024, 3, 1))


def mark(kind, value=None, **figures):
    return Mark(
        kind=kind,
        period="2022",
        valid_from=date(2024, 2, 1),
        value=value,
        figures={name: Decimal(figure) for name, figure in figures.items()},
        source="declared, form 3",
        said_at=NOON,
        known_at=NOON,
        report_id="r-1",
    )


def carbon(emission, added_wan, mean):
    added = Decimal(added_wan) * 10_000
    said = mark("carbon_code", emission_tco2=emission, value_added_cny=added)
    return judged(KINDS["carbon_code"], said, mean and Decimal(mean))


@pytest.mark.parametrize(
    ("emission", "added_wan", "mean", "level", "value"),
    [
        ("60", "100", "1", "low", "1"),  # K and L at 0.6
        ("60.000001", "100", "1", "mid", "2"),
        ("80", "100", "1", "mid", "2"),
        ("80.000001", "100", "1", "mid", "3"),
        ("120", "100", "1", "mid", "3"),
        ("120.000001", "100", "1", "mid", "4"),
        ("200", "100", "1", "mid", "4"),  # L at 2.0
        ("200.000001", "100", "1", "high", "5"),
        ("200.01", "100", "2.5", "high", "3"),  # K is 0.80004, shown and compared unrounded
        ("50", "100", "0.9", "low", "1"),
        ("0", "100", "0.9", "low", "1"),
    ],
)
def test_the_carbon_code_follows_from_the_mean_of_the_industry(
    emission, added_wan, mean, level, value
):
    found = carbon(emission, added_wan, mean)

    assert (found.level, found.value, found.reason.code) == (level, value, "CODE_BY_FIGURES")
    assert found.reason.source == "DB33/T 1347-2023"


@pytest.mark.parametrize(
    ("figures", "shown"),
    [
        (("200.01", "100", "2.5"), ("2.000100", "0.800040")),
        (("50", "100", "0.9"), ("0.500000", "0.555556")),
    ],
)
def test_what_led_to_a_carbon_code_is_shown_to_six_places(figures, shown):
    found = carbon(*figures).figures

    assert (str(found["intensity_l"]), str(found["ratio_k"])) == shown


@pytest.mark.parametrize("added", ["0", "-5"])
def test_without_a_value_added_above_nought_there_is_no_carbon_code(added):
    found = carbon("100", added, "1")

    assert (found.value, found.level, found.reason.code) == (None, None, "NO_VALUE_ADDED")


def test_without_the_mean_of_the_industry_the_carbon_code_waits():
    found = carbon("60", "100", None)

    assert (found.value, found.level, found.reason.code) == (None, "low", "NO_INDUSTRY_MEAN")


@pytest.mark.parametrize(
    ("major", "overdue", "value"),
    [("0", "0", "green"), ("0", "1", "yellow"), ("1", "0", "red"), ("1", "9", "red")],
)
def test_a_risk_code_is_the_best_one_whose_bars_are_kept(major, overdue, value):
    said = mark("risk_code", major_hazards_open=major, hazards_overdue=overdue)

    assert judged(KINDS["risk_code"], said, None).value == value


@pytest.mark.parametrize(
    ("grade", "value", "code"),
    [
        ("A", "A", "CODE_GIVEN"),
        ("E", None, "CODE_VALUE_UNKNOWN"),
        (None, None, "CODE_WITHDRAWN"),
    ],
)
def test_a_grade_comes_as_it_was_decided(grade, value, code):
    found = judged(KINDS["grade_code"], mark("grade_code", grade), None)

    assert (found.value, found.reason.code) == (value, code)


@pytest.mark.parametrize(
    ("kind", "value", "previous", "told"),
    [
        ("grade_code", "B", "A", True),
        ("grade_code", "B", "B", False),
        ("grade_code", "A", "B", False),
        ("grade_code", "B", None, False),
        ("grade_code", "C", "D", False),
        ("grade_code", "D", None, False),
        ("grade_code", None, "A", False),
        ("carbon_code", "4", "3", True),
        ("carbon_code", "5", "5", False),
        ("carbon_code", "5", None, False),
    ],
)
def test_a_code_falls_when_it_is_worse_than_in_the_period_before(kind, value, previous, told):
    assert falls(KINDS[kind], value, previous) is told


def test_each_edition_can_be_read_without_doubt():
    for kinds in CODES.editions.values():
        assert len({kind.mark for kind in kinds.values()}) == len(kinds)
        for kind in kinds.values():
            assert len({each.value for each in kind.values}) == len(kind.values)
            assert kind.rule == "given" or not kind.values[-1].at_most


def test_a_printed_code_names_its_firm_and_kind():
    printed = printed_code("330604006-E9", "G")

    assert printed == "330604006-E9/G72"
    assert (problem_of(printed), read(printed)) == (None, ("330604006-E9", "G"))
    assert read(" 330604006-E9／G72 ") == ("330604006-E9", "G")


@pytest.mark.parametrize(
    "text", ["", "330604006-E9", "330604006-E9/67", "330604006-E9/G7", "330604006-E9/g72"]
)
def test_what_has_another_form_is_no_code_of_a_firm(text):
    assert problem_of(text).code == "FIRM_CODE_FORM"


@given(st.text(ALPHABET, min_size=1, max_size=40), st.data())
def test_one_wrong_character_is_always_noticed(own, data):
    printed = printed_code(f"330604006-{own}", "C")
    at = data.draw(st.integers(10, 9 + len(own)))
    wrong = data.draw(st.sampled_from(ALPHABET).filter(lambda char: char != printed[at]))

    assert problem_of(printed[:at] + wrong + printed[at + 1 :]).code == "FIRM_CODE_CHECK"
