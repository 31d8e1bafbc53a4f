"""Indicators as notices print them, in one form."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from services.projects.commitments.indicators import FORMS, in_one_form
from services.projects.listings.notice import CheckStage, Comparison, Indicator

LAW = FORMS.on(date(2025, 1, 1))


def formed(code, op, value, unit):
    return in_one_form(
        Indicator(
            code=code,
            op=Comparison(op),
            value=Decimal(value),
            unit=unit,
            check_stage=CheckStage.FULL_CAPACITY,
        ),
        LAW,
    )


PER_TCE, PER_TONNE = "万元/吨标煤", "万元/吨"
EMISSION = ("value_added_per_emission", ">=", "2000", PER_TONNE)
SAME = ("value_added_per_tce", ">=", "4.1", PER_TCE)
TURNED = ("value_added_per_tce", ">=", "1.9231", PER_TCE)


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        (("invest", ">=", "400", "万元/亩"), ("invest", ">=", "400", "万元/亩")),
        (("固定资产投资强度", ">=", "6568", "万元/公顷"), ("invest", ">=", "437.8667", "万元/亩")),
        (("亩均投资", ">=", "400", "万元/亩"), ("invest", ">=", "400", "万元/亩")),
        (("invest", ">=", "3750", "元/㎡"), ("invest", ">=", "250", "万元/亩")),
        (("output", ">=", "60", "亿元/平方公里"), ("output", ">=", "400", "万元/亩")),
        (("tax", ">=", "195000", "元/亩"), ("tax", ">=", "19.5", "万元/亩")),
        (("value_added_per_tce", ">=", "4.1", "万元/吨标准煤"), SAME),
        (("value_added_per_tce", ">=", "4.1", "万元/tce"), SAME),
        (("energy_per_value_added", "<=", "0.52", "吨标煤/万元"), TURNED),
        (("energy_per_value_added", "<=", "520", "千克标煤 / 万元"), TURNED),
        (("emission_per_value_added", "<=", "0.0005", "吨/万元"), EMISSION),
        (("rd", ">=", "3.03", "％"), ("rd", ">=", "3.03", "%")),
        (("jobs", "=", "120", "人"), ("jobs", "=", "120", "人")),
    ],
)  # fmt: skip
def test_a_printed_indicator_has_one_name_one_unit_and_one_side(printed, canonical):
    found = formed(*printed)
    code, op, value, unit = canonical
    assert (found.code, found.op, found.value, found.unit) == (code, op, Decimal(value), unit)


def test_no_promise_is_missed_by_a_rounding():
    promised = formed("energy_per_value_added", "<=", "0.52", "吨标煤/万元")
    assert promised.value > Fraction(100, 52)  # what is shown is rounded up
    assert promised.met_by(Fraction(100, 52))
    assert not promised.met_by(Fraction(100, 53))


@pytest.mark.parametrize(
    ("op", "met"),
    [(">=", [False, True, True]), ("<=", [True, True, False]), ("=", [False, True, False])],
)
def test_a_figure_stands_to_its_promise_as_the_sign_says(op, met):
    promised = formed("x", op, "2", "y")
    assert [promised.met_by(Fraction(each)) for each in (1, 2, 3)] == met
