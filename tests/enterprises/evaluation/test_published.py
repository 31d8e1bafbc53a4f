"""The methods that counties published, and what comes of them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from backbone.errors import Answered
from services.enterprises.evaluation.kept import kept, scheme_of
from services.enterprises.evaluation.scoring import scored

from .examples import FOUR, SIX, firm, points, row, scores, simple

BELOW = ("tax_per_mu", "tax_per_electricity")
ABOVE_2022, BELOW_2022 = "huangyan-2022-above", "huangyan-2022-below"


def score_of(scheme, given):
    [score] = scored(scheme_of(scheme), [given])
    return score


@pytest.mark.parametrize(
    ("scheme", "figures", "parts", "total"),
    [
        (
            ABOVE_2022,
            firm("a", "30", "150", "3.0", "6000", "20", "0.035"),
            "37.3490 22.0329 22.2717 12.1709 11.0254 11.5894",
            "116.4393",
        ),
        (BELOW_2022, firm("a", "8", "0.20", codes=BELOW), "34.5030 42.5170", "77.0200"),
        ("huangyan-2021-below", firm("a", "8", "0.20", codes=BELOW), "24.0948 42.2717", "66.3665"),
        (
            ABOVE_2022,  # more refunded than paid, and the notice sets no floor
            firm("a", "-3", "150", "3.0", "6000", "20", "0.035"),
            "-3.7349 22.0329 22.2717 12.1709 11.0254 11.5894",
            "75.3553",
        ),
        (
            ABOVE_2022,  # the means of another city
            firm("a", "18.9", "73.71", "1.14", "611.55", "16.45", "0.0236"),
            "23.5299 10.8270 8.4633 1.2405 9.0684 7.8146",
            "60.9436",
        ),
    ],
)
def test_a_firm_scores_as_published(scheme, figures, parts, total):
    score = score_of(scheme, figures)

    assert [str(points(part)) for part in score.parts.values()] == parts.split()
    assert points(score.total) == Decimal(total)


@pytest.mark.parametrize(
    "scheme", [ABOVE_2022, BELOW_2022, "huangyan-2021-above", "huangyan-2021-below"]
)
def test_a_firm_at_every_baseline_scores_exactly_100(scheme):
    baselines = {each.code: str(each.baseline) for each in scheme_of(scheme).indicators}

    assert score_of(scheme, {"firm": "a", **baselines}).total == 100


def test_a_missing_emission_gets_the_mean_of_scores_of_those_that_have_one():
    found = {each.firm: each for each in scored(scheme_of(ABOVE_2022), FOUR)}

    assert {name: (str(points(each.total)), each.rank) for name, each in found.items()} == {
        "F1": ("116.4393", 1),
        "F2": ("60.0963", 3),
        "F3": ("100.0000", 2),
        "F4": ("22.7904", 4),
    }
    [missing] = found["F2"].missing
    assert missing.indicator == "value_added_per_emission"
    assert missing.filled_by == "the mean score of the 3 firms that have one"


@pytest.mark.parametrize(
    ("weight", "low", "high", "x", "expected"),
    [
        ("45", "2", "22", "12", "27.0000"),
        ("45", "2", "22", "2", "9.0000"),
        ("20", "0.1", "9.9", "1.08", "5.6000"),
        ("30", "-5", "45", "0", "8.4000"),
    ],
)
def test_between_the_lowest_and_the_highest(weight, low, high, x, expected):
    of = kept()["jingde-2022"]
    scheme = {"rule": "w*(20+80*(x-min)/(max-min))/100"}
    scheme["indicators"] = [{"code": "x", "weight": weight}]

    assert of.indicators == ()  # the source gives the formula alone
    found = scores(scheme, [row("low", low), row("high", high), row("it", x)])
    assert points(found["it"].total) == Decimal(expected)


def test_where_all_figures_are_equal_nobody_lies_between():
    scheme = simple(rule="min_max", indicators=[{"code": "x", "weight": "10"}])

    with pytest.raises(Answered, match=r"NO_SPREAD \(scheme.indicators.0\)"):
        scores(scheme, [row("a", 3), row("b", 3)])
    with pytest.raises(Answered, match="NO_SPREAD"):
        scores(scheme, [row("a", 3)])


@pytest.mark.parametrize(
    ("x", "expected"),
    [("0.25", "3"), ("0.5", "2"), ("1.0", "0"), ("3", "0"), (None, "-3")],
)
def test_where_less_is_better(x, expected):
    rule = "(2 - x/baseline)*2, 0 when x >= 2*baseline, -3 when there is no figure"
    scheme = simple(rule=rule, indicators=[{"code": "x", "baseline": "0.5"}])

    assert scores(scheme, [row("a", x)])["a"].total == Decimal(expected)


def test_every_published_scheme_is_kept_with_its_source():
    assert len(kept()) == 11
    assert all(scheme.source for scheme in kept().values())
    assert kept()["huaian-2024"].codes == ("tax_per_mu", "revenue_per_mu", "green")
    assert kept()["huaian-2024"].grades == ("A", "B", "C", "D")
    assert kept()["anhui-gu456"].cuts[1].value == 70
    assert kept()["jingning-2022"].codes == ("tax_per_mu",)
    assert kept()["suichang-2022"].shares_plots
    assert kept()["jiangshan-2023-draft"].tenants_follow
    assert kept()[ABOVE_2022].codes == SIX


@pytest.mark.parametrize(
    ("scheme", "field"),
    [
        ("huaian-2024", "scheme.indicators.0.baseline"),
        ("anhui-gu456", "scheme.rule"),
        ("jingde-2022", "scheme.indicators"),
        ("jiangshan-2023-draft", "scheme.rule"),
        ("suichang-2022", "scheme.indicators"),
    ],
)
def test_a_scheme_of_which_something_was_not_published_scores_nobody(scheme, field):
    with pytest.raises(Answered) as said:
        score_of(scheme, {"firm": "a", "tax_per_mu": "8"})

    [reason] = said.value.reasons
    assert (reason.code, reason.field) == ("SCHEME_INCOMPLETE", field)


def test_a_county_that_ranks_by_tax_alone_does_so():
    found = scored(scheme_of("jingning-2022"), [firm("a", "8", codes=["tax_per_mu"]),
                                                firm("b", "9", codes=["tax_per_mu"])])  # fmt: skip
    assert [(each.firm, each.rank) for each in found] == [("a", 2), ("b", 1)]


@pytest.mark.parametrize(
    ("place", "counts"),
    [
        ("胶州 2018", {"A": 76, "B": 305, "C": 102, "D": 24}),
        ("丽水 2019", {"A": 258, "B": 534, "C": 135, "D": 15}),
        ("天台 2022", {"A": 134, "B": 439, "C": 575, "D": 100}),
        ("景宁 2022", {"A": 11, "B": 21, "C": 7, "D": 0}),
    ],
)
def test_counts_of_grades_come_out_as_published(place, counts):
    scheme = simple(cuts=[[grade, "count", count] for grade, count in counts.items()])
    firms = [row(f"f-{each}", each) for each in range(sum(counts.values()))]
    found = [score.grade for score in scores(scheme, firms).values()]

    assert {grade: found.count(grade) for grade in counts} == counts
