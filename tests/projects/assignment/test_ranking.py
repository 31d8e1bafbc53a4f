"""Plots that fit a lead are ranked by what the team lets count, with what speaks for each."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.projects.assignment.rulebook import ASSIGNMENT_LAW
from services.projects.assignment.scoring import Market, ranked
from tests.projects.examples import TOWNSHIP

from .land import OTHER, lead, plot, scale


def points(wish: dict[str, object], *plots: object) -> dict[str, int]:
    """The points of the first plot, thing by thing."""
    found = ranked(lead(**wish), Market.of(plots or [plot("a")]), scale())
    [first] = [each for each in found if each["listing_id"] == "a"]
    return {why["criterion"]: why["points"] for why in first["reasons"]}


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ({}, 500),
        ({"min_area_m2": "10000"}, 1000),
        ({"min_area_m2": "5000"}, 500),
        ({"max_area_m2": "20000"}, 500),
        ({"min_area_m2": "9000", "max_area_m2": "11000"}, 1000),
        ({"min_area_m2": "10000", "max_area_m2": "15000"}, 800),
        ({"min_area_m2": "9999"}, 999),
    ],
)
def test_land_suits_best_when_it_is_as_large_as_wished(wish, expected):
    assert points(wish)["area"] == expected


@pytest.mark.parametrize(
    ("wish", "expected"), [({}, 500), ({"townships": (OTHER, TOWNSHIP)}, 1000)]
)
def test_a_township_that_was_wished_for_counts(wish, expected):
    assert points(wish)["township"] == expected


@pytest.mark.parametrize(
    ("codes", "code", "expected"),
    [
        ((), "C27", 500),
        (("C27",), None, 500),
        (("C38", "C27"), "C27", 1000),
        (("C2710",), "C27", 800),
        (("C27",), "C2710", 800),
    ],
)
def test_land_for_the_very_industry_suits_best(codes, code, expected):
    assert points({"industry_codes": codes}, plot("a", industry_code=code))["industry"] == expected


@pytest.mark.parametrize(
    ("price_cny", "expected"), [(None, 500), (2_000_000, 1000), (4_000_000, 500), (3_000_000, 666)]
)
def test_the_cheapest_open_land_of_its_use_suits_best(price_cny, expected):
    others = [
        plot("b", 20_000, price_cny=4_000_000),
        plot("c", price_cny=1, target_use="residential"),
        plot("d"),
    ]
    assert points({}, plot("a", price_cny=price_cny), *others)["price"] == expected


def test_land_that_has_its_price_alone_is_the_cheapest():
    assert points({}, plot("a", price_cny=9))["price"] == 1000


def test_the_best_comes_first_and_of_equals_the_lower_id():
    plots = [plot("c", 12_000), plot("b"), plot("a"), plot("d", 11_000)]
    found = ranked(lead(min_area_m2="10000"), Market.of(plots), scale())
    assert [each["listing_id"] for each in found] == ["a", "b", "d", "c"]


def test_land_that_does_not_fit_is_not_ranked():
    plots = [plot("a", 9_000), plot("b", township=OTHER), plot("c")]
    wish = {"min_area_m2": "10000", "townships": (TOWNSHIP,)}
    found = ranked(lead(**wish), Market.of(plots), scale())
    assert [each["listing_id"] for each in found] == ["c"]


def test_the_score_is_what_its_reasons_add():
    [found] = ranked(lead(min_area_m2="8000"), Market.of([plot("a")]), scale(area=10, price=0))
    adds = {why["criterion"]: why["adds"] for why in found["reasons"]}
    assert adds == {"area": 8000, "township": 12_500, "industry": 12_500, "price": 0}
    assert found["score"] == 33_000


def test_the_reasons_say_what_the_land_has_and_what_the_lead_wishes():
    wish = {"min_area_m2": "8000", "townships": (TOWNSHIP,), "industry_codes": ("C2710",)}
    land = plot("a", industry_code="C27", price_cny=3_000_000)
    [found] = ranked(lead(**wish), Market.of([land]), scale())
    assert [why["sentence"] for why in found["reasons"]] == [
        "The land has 15.00 mu, the lead wishes for about 12.00.",
        "The land lies in 330604006, which the lead wishes for.",
        "The land is for C27, the lead is of C2710.",
        "The start price is 300.00 yuan for each m²; the cheapest open land of this use costs 300.00.",
    ]


def test_the_reasons_say_what_is_not_named_or_not_known():
    [open_land] = ranked(lead(), Market.of([plot("a")]), scale())
    [kept] = ranked(lead(), Market.of([plot("a", industry_code="C27")]), scale())
    assert [why["sentence"] for why in open_land["reasons"]] == [
        "The land has 15.00 mu; the lead names no area.",
        "The land lies in 330604006; the lead names no township.",
        "The land is for any industry.",
        "The start price is not known before the notice.",
    ]
    assert kept["reasons"][2]["sentence"] == "The land is for C27, the lead names none."


def test_another_weight_makes_another_order():
    plots = [plot("near", 10_000, price_cny=9_000_000), plot("cheap", 14_000, price_cny=1_400_000)]
    wish = lead(min_area_m2="10000")
    by_area = ranked(wish, Market.of(plots), scale())
    by_price = ranked(wish, Market.of(plots), scale(price=100))
    assert [each["listing_id"] for each in by_area] == ["near", "cheap"]
    assert [each["listing_id"] for each in by_price] == ["cheap", "near"]


def test_no_land_scores_more_than_the_best_that_a_lead_could_think_of():
    wishes = [
        {},
        {"min_area_m2": "10000"},
        {"townships": (TOWNSHIP,)},
        {"industry_codes": ("C27",)},
    ]
    best = [scale().best_score(lead(**wish)) for wish in wishes]
    perfect = Market.of([plot("a", industry_code="C27", price_cny=1)])
    assert best == [55_000, 75_000, 67_500, 67_500]
    assert [ranked(lead(**wish), perfect, scale())[0]["score"] for wish in wishes] == best


def test_every_edition_says_where_its_figures_are_from():
    for law in ASSIGNMENT_LAW.editions.values():
        assert law.source
        assert law.weights.best_score > 0
        assert Decimal(0) < law.near.area_share < 1
