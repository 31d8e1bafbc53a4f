"""Indicators: cumulative figures with their bounds, targets and corrections, and what is never added."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from backbone.errors import Answered

from ..conftest import Enterprises

JULY = {"period_start": "2023-01-01", "period_end": "2023-07-31"}
SEVEN = [
    ("fixed_asset_investment", "17.7", "1770000000"),
    ("fiscal_revenue", "33", "3300000000"),
    ("above_scale_output", "312.5", "31250000000"),
    ("above_scale_revenue", "216.5", "21650000000"),
    ("above_scale_profit", "9.2", "920000000"),
    ("trade", "106.2", "10620000000"),
]


class Desk:
    """The statistics desk of the zone, which enters a figure every hour."""

    def __init__(self):
        self.enterprises = Enterprises()

    def wait(self, **how):
        self.enterprises.now += timedelta(**how)
        return self.enterprises.now.isoformat()

    def enter(self, indicator, value, **changes):
        self.wait(hours=1)
        said = {
            "indicator": indicator,
            "basis": "zone",
            "value": value,
            "document": "report 7/2023",
        }
        return self.enterprises.call("record_indicator", **said | JULY | changes)

    def on(self, indicator, on="2023-08-21", **asked):
        return self.enterprises.read("indicator_on", indicator=indicator, on=on, **asked)

    def value(self, indicator, on="2023-08-21", **asked):
        figure = self.on(indicator, on, **asked)["figure"]
        return figure and figure["value"]

    def growth(self, indicator, period_end="2023-07-31", **asked):
        about = {"indicator": indicator, "period_end": period_end}
        return self.enterprises.read("indicator_growth", **about | asked)

    def add(self, *figures, **asked):
        named = [
            {"indicator": indicator, "basis": basis, "period_end": end}
            for indicator, basis, end in figures
        ]
        return self.enterprises.read("sum_indicator", figures=named, **asked)


@pytest.fixture
def desk():
    return Desk()


def refused(act, *args, **how):
    with pytest.raises(Answered) as caught:
        act(*args, **how)
    return [reason.code for reason in caught.value.reasons]


def june(**more):
    return {"period_end": "2023-06-30"} | more


@pytest.mark.parametrize(("indicator", "given", "value"), SEVEN)
def test_the_seven_of_the_zone_are_kept_in_yuan_and_as_they_were_printed(
    desk, indicator, given, value
):
    desk.enter(indicator, given, unit="亿元")

    figure = desk.on(indicator)["figure"]
    assert (figure["value"], figure["as_given"]) == (value, f"{given} 亿元")
    assert (figure["period_start"], figure["period_end"]) == ("2023-01-01", "2023-07-31")
    assert desk.on(indicator)["counting"] == "cumulative"
    assert (figure["figure_kind"], figure["source"]) == ("exact", "report 7/2023")


def test_new_firms_are_counted_and_not_measured(desk):
    desk.enter("new_domestic_firms", 2177)

    assert desk.value("new_domestic_firms") == "2177"
    assert refused(desk.enter, "new_domestic_firms", "2177.5") == ["FIGURE_NOT_WHOLE"]


def test_the_figure_of_a_day_is_that_of_the_newest_period_that_was_over(desk):
    desk.enter("trade", "90", unit="亿元", **june())
    desk.enter("trade", "106.2", unit="亿元")

    assert desk.value("trade", "2023-06-29") is None
    assert desk.value("trade", "2023-06-30") == desk.value("trade", "2023-07-30") == "9000000000"
    assert desk.value("trade", "2023-07-31") == desk.value("trade", "2024-02-01") == "10620000000"


def test_zone_and_district_are_two_answers(desk):
    desk.enter("trade", "1", basis="district")

    assert (desk.value("trade"), desk.value("trade", basis="district")) == (None, "1")


def test_a_correction_shows_what_was_known_before_and_is_announced(desk):
    desk.enter("trade", "10")
    before = desk.wait(minutes=1)
    desk.enter("trade", "12", reason="late customs forms")

    assert (desk.value("trade", known_at=before), desk.value("trade")) == ("10", "12")
    figure = desk.on("trade")["figure"]
    assert (figure["revision"], figure["reason"]) == (2, "late customs forms")
    assert [each["value"] for each in figure["said"]] == ["10", "12"]
    told = desk.enterprises.facts_named("indicator_recorded")
    assert [(each["revision"], each["previous_value"]) for each in told] == [(1, None), (2, "10")]
    assert told[1]["unit"] == "yuan"


def test_a_target_stands_beside_the_figure_and_says_how_much_was_reached(desk):
    year = {"period_end": "2023-12-31", "role": "target", "figure_kind": "at_least"}
    desk.enter("trade", "5", unit="亿元", **year)
    after = {"period_start": "2024-01-01", "period_end": "2024-12-31"}
    desk.enter("trade", "9", unit="亿元", **year | after)
    desk.enter("trade", "2", unit="亿元")

    found = desk.on("trade")
    assert (found["figure"]["value"], found["target"]["value"]) == ("200000000", "500000000")
    assert found["target"]["figure_kind"] == "at_least"
    assert found["target_reached"] == "0.400000"
    assert desk.on("trade", "2022-08-01")["target_reached"] is None


def test_the_target_of_a_period_that_is_over_is_still_the_one_it_is_held_against(desk):
    desk.enter("trade", "4", period_end="2022-12-31", period_start="2022-01-01", role="target")
    desk.enter("trade", "2", period_end="2022-12-31", period_start="2022-01-01")

    assert desk.on("trade", "2023-03-01")["target_reached"] == "0.500000"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"indicator": "gdp"}, "INDICATOR_UNKNOWN"),
        ({"indicator": "above_scale_profit_margin"}, "RATIO_IS_COMPUTED"),
        ({"basis": "county"}, "BASIS_UNKNOWN"),
        ({"basis": "33060400"}, "BASIS_UNKNOWN"),
        ({"period_start": "2023-07-01"}, "PERIOD_NOT_CUMULATIVE"),
        ({"period_start": "2022-01-01"}, "PERIOD_NOT_CUMULATIVE"),
        ({"period_end": "2023-07-30"}, "PERIOD_NOT_CUMULATIVE"),
        ({"period_start": None}, "PERIOD_NOT_CUMULATIVE"),
        ({"period_end": "2023-08-31"}, "NOT_YET"),
        ({"unit": "万美元"}, "UNIT_UNKNOWN"),
        ({"value": "-0.01"}, "FIGURE_BELOW_NOUGHT"),
        ({"value": "much"}, "INVALID"),
        ({"indicator": "high_level_talents"}, "PERIOD_OF_STOCK"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(desk, changes, code):
    said = {"indicator": "trade", "value": "1"} | changes

    assert refused(desk.enter, **said) == [code]


def test_what_is_just_right_is_taken(desk):
    desk.enter("above_scale_profit", "-0.01")
    desk.enter("trade", 0, basis="330604006")
    desk.enter("trade", "1", period_start="2020-01-01", period_end="2020-02-29")
    desk.enter("high_level_talents", 1000, period_start=None, period_end="2023-08-21")


def last_year(**more):
    return {"period_start": "2022-01-01", "period_end": "2022-07-31"} | more


def test_growth_is_measured_on_the_coverage_of_the_period_if_such_a_base_was_entered(desk):
    desk.enter("trade", "100", **last_year())
    desk.enter("trade", "106")
    plain = desk.growth("trade")
    desk.enter("trade", "101", role="comparable_base", reason="without a firm that moved away")

    assert (plain["growth"], plain["comparable"]) == ("0.060000", False)
    assert [each["code"] for each in plain["reasons"]] == ["BASE_NOT_COMPARABLE"]
    found = desk.growth("trade")
    assert (found["growth"], found["comparable"], found["reasons"]) == ("0.049505", True, [])
    assert found["base"]["reason"] == "without a firm that moved away"


def test_growth_follows_a_base_year_that_was_revised(desk):
    desk.enter("trade", "100", **last_year())
    desk.enter("trade", "106")
    known = desk.wait(minutes=1)
    desk.enter("trade", "102", **last_year())

    assert (desk.growth("trade", known_at=known)["growth"], desk.growth("trade")["growth"]) == (
        "0.060000",
        "0.039216",
    )


@pytest.mark.parametrize(
    ("base", "now", "growth", "kind", "code"),
    [
        ({"value": "0"}, {"value": "1"}, None, None, "BASE_NOT_POSITIVE"),
        ({"value": "-1"}, {"value": "1"}, None, None, "BASE_NOT_POSITIVE"),
        (
            {"value": "1", "figure_kind": "at_least"},
            {"value": "1"},
            None,
            None,
            "BASE_IS_A_BOUND",
        ),
        (
            {"value": "1"},
            {"value": "3", "figure_kind": "at_least"},
            "2.000000",
            "at_least",
            "BASE_NOT_COMPARABLE",
        ),
        ({"value": "2"}, {"value": "-1"}, "-1.500000", "exact", "BASE_NOT_COMPARABLE"),
    ],
)
def test_growth_says_no_more_than_its_figures_do(desk, base, now, growth, kind, code):
    desk.enter("above_scale_profit", **base, **last_year())
    desk.enter("above_scale_profit", **now)

    found = desk.growth("above_scale_profit")
    assert (found["growth"], found["figure_kind"]) == (growth, kind)
    assert [each["code"] for each in found["reasons"]] == [code]


@pytest.mark.parametrize(
    ("before", "now"), [("2020-02-29", "2021-02-28"), ("2019-02-28", "2020-02-29")]
)
def test_the_first_two_months_are_compared_also_over_a_leap_year(desk, before, now):
    desk.enter("trade", "10", period_start=f"{before[:4]}-01-01", period_end=before)
    desk.enter("trade", "11", period_start=f"{now[:4]}-01-01", period_end=now)

    assert desk.growth("trade", period_end=now)["growth"] == "0.100000"


def test_without_a_figure_to_compare_there_is_no_growth(desk):
    desk.enter("trade", "106")

    found = desk.growth("trade")
    assert (found["growth"], found["reasons"][0]["code"]) == (None, "FIGURE_MISSING")


def test_a_ratio_is_computed_from_figures_of_one_period(desk):
    desk.enter("above_scale_revenue", "216.5", unit="亿元")
    desk.enter("above_scale_profit", "8", unit="亿元", **june())
    assert desk.on("above_scale_profit_margin")["reasons"][0]["code"] == "FIGURE_MISSING"
    desk.enter("above_scale_profit", "9.2", unit="亿元")

    found = desk.on("above_scale_profit_margin")
    assert (found["computed"], found["figure"]) == ("0.042494", None)
    assert found["period_end"] == "2023-07-31"
    assert desk.growth("above_scale_profit_margin")["growth"] is None


@pytest.mark.parametrize(
    ("revenue", "code"),
    [
        ({"value": "0"}, "RATIO_BY_NOUGHT"),
        ({"value": "5", "figure_kind": "more_than"}, "RATIO_OF_BOUNDS"),
    ],
)
def test_a_ratio_that_says_nothing_is_not_given(desk, revenue, code):
    desk.enter("above_scale_revenue", **revenue)
    desk.enter("above_scale_profit", "9")

    found = desk.on("above_scale_profit_margin")
    assert (found["computed"], found["reasons"][0]["code"]) == (None, code)


XIAOYUE, YONGHE = "330604006", "330604107"
END = "2023-07-31"


@pytest.fixture
def townships(desk):
    desk.enter("trade", "10", basis=XIAOYUE)
    desk.enter("trade", "20", basis=YONGHE, figure_kind="at_least")
    desk.enter("trade", "8", basis=XIAOYUE, **june())
    desk.enter("trade", "100")
    desk.enter("fiscal_revenue", "5", basis=YONGHE)
    return desk


def test_townships_are_added_and_a_bound_stays_a_bound(townships):
    found = townships.add(("trade", XIAOYUE, END), ("trade", YONGHE, END))

    assert (found["value"], found["figure_kind"], found["unit"]) == ("30", "at_least", "yuan")
    assert townships.add(("trade", XIAOYUE, END))["figure_kind"] == "exact"


@pytest.mark.parametrize(
    ("figures", "codes"),
    [
        ([("trade", XIAOYUE, "2023-06-30"), ("trade", YONGHE, END)], ["SUM_OVER_PERIODS"]),
        ([("trade", "zone", END), ("trade", XIAOYUE, END)], ["BASES_OVERLAP"]),
        ([("trade", XIAOYUE, END), ("trade", XIAOYUE, END)], ["BASES_OVERLAP"]),
        ([("trade", XIAOYUE, END), ("fiscal_revenue", YONGHE, END)], ["INDICATORS_DIFFER"]),
        ([("trade", "330604001", END)], ["FIGURE_MISSING"]),
        ([("above_scale_profit_margin", "zone", END)], ["SUM_OF_RATIOS", "FIGURE_MISSING"]),
    ],
)
def test_what_is_no_sum_of_anything_is_refused(townships, figures, codes):
    assert refused(townships.add, *figures) == codes


def test_an_indicator_or_a_basis_that_there_is_not_is_said(desk):
    assert refused(desk.on, "gdp") == ["NOT_FOUND"]
    assert refused(desk.on, "trade", basis="zoen") == ["BASIS_UNKNOWN"]
    assert refused(desk.growth, "trade", basis="zoen") == ["BASIS_UNKNOWN"]
    assert refused(desk.add, ("trade", "zoen", END)) == ["BASIS_UNKNOWN"]


def test_where_nothing_was_entered_it_says_so(desk):
    assert [each["code"] for each in desk.on("trade")["reasons"]] == ["FIGURE_MISSING"]


def test_the_desk_lists_what_was_entered(desk):
    desk.enter("trade", "1")
    found = desk.enterprises.read("list_indicator_years", filter={"basis": "zone"})

    assert [each["indicator_year_id"] for each in found["items"]] == ["zone.trade.2023"]
    assert Decimal(found["items"][0]["figures"][0]["value"]) == 1
