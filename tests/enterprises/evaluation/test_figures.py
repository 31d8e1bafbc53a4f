"""What is read of figures and schemes, what is refused, and with which words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from backbone.errors import Answered
from services.enterprises.evaluation.inputs import added_up, inputs_of
from services.enterprises.evaluation.reading import figure
from services.enterprises.evaluation.scheme import Scheme

from .examples import QUARTERS, row, scores, simple

INPUTS = inputs_of(2022)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("24.097", "24.097"),
        ("２４．０９７", "24.097"),
        ("－３", "-3"),
        ("−3", "-3"),
        (" 8 ", "8"),
        ("1,234,567.8", "1234567.8"),
        ("+8", "8"),
        (8, "8"),
        (0.1, "0.1"),
        (1e-05, "0.00001"),
        (Decimal("8.5"), "8.5"),
    ],
)
def test_a_figure_is_read_exactly(given, read):
    assert figure(given) == Decimal(read)


@pytest.mark.parametrize("given", [None, "", "  ", "/", "-", "—", "——", "－"])
def test_an_empty_figure_is_missing_and_not_0(given):
    assert figure(given) is None


@pytest.mark.parametrize(
    "given",
    ["abc", "12,34", "1.2.3", "3.02%", "≥380", "30万元/亩", "1e3", "٣", "NaN", "8 9", "1_000",
     True, [], {}, float("nan"), float("inf"), 10**15, "9" * 16, 1e300],
)  # fmt: skip
def test_what_is_no_figure_is_refused_at_its_place(given):
    with pytest.raises(Answered) as said:
        scores(simple(), [row("a", 1), row("b", given)])

    [reason] = said.value.reasons
    assert (reason.code, reason.field) == ("INVALID", "figures.1.x")


def test_all_that_is_wrong_with_the_figures_is_said_at_once():
    with pytest.raises(Answered) as said:
        scores(
            simple(indicators=["x", "y"]),
            [row("a", "x", y="z"), 5, {"x": 1}, row("b", 1), row("b", 2)],
        )

    assert [(each.code, each.field) for each in said.value.reasons] == [
        ("INVALID", "figures.0.x"),
        ("INVALID", "figures.0.y"),
        ("INVALID", "figures.1"),
        ("INVALID", "figures.2.firm"),
        ("FIRM_TWICE", "figures.4.firm"),
    ]


def test_what_the_scheme_does_not_use_is_not_read():
    assert scores(simple(), [row("a", 1, works="the red one", remark="12,34")])["a"].total == 1


def test_no_more_than_twenty_things_are_said():
    with pytest.raises(Answered) as said:
        scores(simple(), [row(each, "x") for each in range(100)])
    assert len(said.value.reasons) == 20


@pytest.mark.parametrize(
    ("marks", "field"),
    [
        ({"outside": "T"}, "outside"),
        ({"in_small_firm_park": "yes"}, "in_small_firm_park"),
        ({"bonus": "-1"}, "bonus"),
        ({"malus": "much"}, "malus"),
        ({"adjustments": "veto"}, "adjustments"),
        ({"source_class": "hearsay"}, "source_class"),
        ({"source_class": []}, "source_class"),
        ({"sources": ["tax"]}, "sources"),
        ({"sources": {"x": "hearsay"}}, "sources.x"),
    ],
)
def test_a_mark_that_cannot_be_read_is_refused(marks, field):
    with pytest.raises(Answered) as said:
        scores(simple(), [row("a", 1, **marks)])
    assert [reason.field for reason in said.value.reasons] == [f"figures.0.{field}"]


def test_figures_of_statistics_judge_nobody_unless_the_scheme_states_a_basis():
    firms = [row("a", 1, source_class="tax"), row("b", 2, sources={"x": "statistics"})]
    withheld = scores(simple(), firms)["b"]

    assert (withheld.rank, withheld.missing[0].why) == (None, "held for statistics only")
    assert scores(simple(statistics_basis="the firms' written consent"), firms)["b"].rank == 1


def test_a_scheme_may_say_that_the_figures_of_an_indicator_are_statistics():
    scheme = simple(indicators=[{"code": "x", "source_class": "statistics"}])
    found = scores(scheme, [row("a", 1), row("b", 2, sources={"x": "declared"})])

    assert (found["a"].missing[0].why, found["a"].rank) == ("held for statistics only", None)
    assert found["b"].rank == 1


def test_an_indicator_follows_from_what_it_is_made_of():
    scheme = simple(data_year=2022, indicators=["tax_per_mu", "value_added_per_tce", "rd_ratio"])
    given = {"tax_paid_cny": "8,000,000", "land_m2": "66666.666667", "value_added_cny": "3000000"}
    given |= {"energy_tce": 100, "rd_cny": 35000, "revenue_cny": 1000000}
    [score] = scores(scheme, [{"firm": "a", **given}]).values()

    assert score.parts["tax_per_mu"].quantize(Decimal("0.0001")) == 8
    assert score.parts["value_added_per_tce"] == 3
    assert score.parts["rd_ratio"] == Decimal("0.035")


def test_a_figure_that_is_given_goes_before_one_that_could_be_made():
    scheme = simple(indicators=["tax_per_mu"])
    given = {"firm": "a", "tax_per_mu": 9, "tax_cny": 80000, "land_mu": 1}

    assert scores(scheme, [given])["a"].total == 9


@pytest.mark.parametrize("land", [0, -1, None])
def test_nothing_is_divided_by_what_is_not_above_0(land):
    scheme = simple(indicators=["tax_per_mu"])
    found = scores(scheme, [{"firm": "a", "tax_cny": 80000, "land_mu": land}])

    assert found["a"].excluded == "there is no figure of tax_per_mu"


def on_plot(name, tax, land, **more):
    return {"firm": name, "plot": "p", "tax_cny": tax, "land_mu": land, **more}


SHARING = simple(indicators=["tax_per_mu"], cuts=QUARTERS, sharing="data added up, grade shared")


def test_firms_on_one_plot_are_added_up_and_share_what_comes_of_it():
    firms = [
        on_plot("a", 900_000, 10),
        on_plot("b", 100_000, 10),
        {"firm": "c", "tax_per_mu": "5.1"},
    ]
    found = scores(SHARING, firms)

    assert found["a"].total == found["b"].total == 5  # 100 by 20, and not the mean of 9 and 1
    assert (found["a"].rank, found["a"].of, found["c"].rank) == (2, 2, 1)
    assert found["a"].shared_with == ("b",)


def test_ratios_of_several_firms_are_not_added_up():
    firms = [on_plot("a", 900_000, 10, tax_per_mu=9), on_plot("b", 100_000, 10)]

    with pytest.raises(Answered, match="RATIOS_DO_NOT_ADD_UP"):
        scores(SHARING, firms)
    with pytest.raises(Answered, match="tax_per_mu: a ratio of several firms"):
        added_up([{"tax_per_mu": Decimal(9)}], INPUTS)


def test_the_mean_of_a_group_is_a_ratio_of_sums():
    firms = [{"tax_cny": Decimal(900_000), "land_mu": Decimal(10)},
             {"tax_cny": Decimal(100_000), "land_m2": Decimal(20_000)}]  # fmt: skip
    sums = added_up(firms, INPUTS)

    assert sums == {"tax_cny": 1_000_000, "land_mu": 40}
    assert INPUTS.indicator("tax_per_mu", sums) == Decimal("2.5")


def test_a_firm_with_a_plot_of_its_own_may_give_its_ratio():
    assert scores(SHARING, [row("a", plot="p", tax_per_mu=3)])["a"].total == 3


def test_without_the_rule_firms_on_one_plot_stand_for_themselves():
    firms = [on_plot("a", 900_000, 10), on_plot("b", 100_000, 10)]
    found = scores(SHARING | {"sharing": None}, firms)

    assert [each.total for each in found.values()] == [9, 1]


RATIO = {"code": "x", "weight": "30", "baseline": "10"}


def ratio(**more):
    return simple(rule="ratio", indicators=[RATIO | more])


@pytest.mark.parametrize(
    ("more", "x", "expected"),
    [
        ({}, 20, 60),
        ({"cap": 45}, 20, 45),
        ({"cap_times_weight": "1.5"}, 20, 45),
        ({"cap": 45}, 15, 45),
        ({"floor": 0}, -1, 0),
        ({}, -1, -3),
        ({"missing": "zero"}, None, 0),
        ({"missing": "-3"}, None, -3),
        ({"rule": "inverse"}, 5, 45),
        ({"rule": "share_of_points"}, "0.5", 15),
        ({"rule": "as_is"}, 5, 5),
        ({"rule": "min_max", "min": 0, "max": 10}, 5, 18),
    ],
)
def test_points_of_one_figure(more, x, expected):
    assert scores(ratio(**more), [row("a", x)])["a"].total == expected


def test_a_capped_score_goes_into_the_mean_as_it_is_capped():
    found = scores(ratio(cap=45, missing="mean_score"), [row("a", 100), row("b", 5), row("c")])

    assert found["c"].total == 30  # of 45 and 15


def test_of_a_figure_that_nobody_has_there_is_no_mean():
    found = scores(ratio(missing="mean_score"), [row("a"), row("b")])

    assert found["a"].excluded == "nobody of the group has a figure of x"
    assert found["a"].parts == {}


def test_bonus_and_malus_count_where_the_rule_has_them():
    given = row("a", 10, bonus=5, malus="2")

    assert scores(ratio(), [given])["a"].total == 30
    with_bonus = ratio() | {"rule": "sum(x/baseline*weight) + bonus - malus"}
    assert scores(with_bonus, [given])["a"].total == 33


@pytest.mark.parametrize(
    ("scheme", "code", "field"),
    [
        (5, "INVALID", "scheme"),
        ({}, "SCHEME_INCOMPLETE", "scheme.indicators"),
        (simple(indicators=[]), "SCHEME_INCOMPLETE", "scheme.indicators"),
        (simple(indicators="x"), "INVALID", "scheme.indicators"),
        (simple(indicators=[5]), "INVALID", "scheme.indicators.0"),
        (simple(indicators=[{"weight": 5}]), "INVALID", "scheme.indicators.0.code"),
        (simple(indicators=["x", "x"]), "INDICATOR_TWICE", "scheme.indicators.1.code"),
        (simple(rule="sum(x*y)"), "UNKNOWN_RULE", "scheme.rule"),
        (simple(rule=["ratio"]), "UNKNOWN_RULE", "scheme.rule"),
        (simple(rule=None), "SCHEME_INCOMPLETE", "scheme.rule"),
        (simple(rule="ratio"), "SCHEME_INCOMPLETE", "scheme.indicators.0.weight"),
        (ratio(baseline=0), "BASELINE_NOT_ABOVE_0", "scheme.indicators.0.baseline"),
        (ratio(baseline="-1"), "BASELINE_NOT_ABOVE_0", "scheme.indicators.0.baseline"),
        (ratio(baseline="ten"), "INVALID", "scheme.indicators.0.baseline"),
        (ratio(baseline=None), "SCHEME_INCOMPLETE", "scheme.indicators.0.baseline"),
        (ratio(weight=0), "WEIGHT_NOT_ABOVE_0", "scheme.indicators.0.weight"),
        (ratio(weight=True), "INVALID", "scheme.indicators.0.weight"),
        (ratio(cap=1, floor=2), "INVALID", "scheme.indicators.0.cap"),
        (ratio(min=2, max=2), "NO_SPREAD", "scheme.indicators.0.max"),
        (ratio(missing="guess"), "INVALID", "scheme.indicators.0.missing"),
        (ratio(missing=["zero"]), "INVALID", "scheme.indicators.0.missing"),
        (ratio(rule="cubic"), "UNKNOWN_RULE", "scheme.indicators.0.rule"),
        (simple(ties="middle"), "INVALID", "scheme.ties"),
        (simple(data_year="last"), "INVALID", "scheme.data_year"),
        (simple(place=5), "INVALID", "scheme.place"),
        (simple(sharing="as agreed"), "INVALID", "scheme.sharing"),
        (simple(tenant_rule="as agreed"), "INVALID", "scheme.tenant_rule"),
        (simple(outside=["T"]), "INVALID", "scheme.outside"),
        (simple(outside={"T": None}), "INVALID", "scheme.outside.T"),
        (ratio(source_class="hearsay"), "INVALID", "scheme.indicators.0.source_class"),
        (simple(data_year="0000"), "INVALID", "scheme.data_year"),
        (simple(exclusions="T"), "INVALID", "scheme.exclusions"),
        (simple(adjustments=["T"]), "INVALID", "scheme.adjustments"),
        (simple(adjustments={"t": {"step": "up"}}), "INVALID", "scheme.adjustments.t.step"),
        (simple(costs=["C"]), "INVALID", "scheme.costs"),
        (simple(costs={"Z": {}}), "INVALID", "scheme.costs.Z"),
        (simple(costs={"C": {"electricity_kwh": "x"}}), "INVALID", "scheme.costs.C.electricity_kwh"),
    ],
)  # fmt: skip
def test_a_scheme_that_nobody_can_be_judged_by_is_refused_at_its_field(scheme, code, field):
    with pytest.raises(Answered) as said:
        scores(scheme, [row("a", 1)])

    [reason] = said.value.reasons
    assert (reason.code, reason.field) == (code, field)
    assert reason.sentence.endswith(".")


def test_what_a_scheme_says_beside_its_rules_is_kept_as_a_note():
    assert Scheme.load(simple(first_publicity={"first": "2023-05-25"})).notes == {
        "first_publicity": {"first": "2023-05-25"}
    }
