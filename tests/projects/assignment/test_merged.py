"""A lead hears of plots that are too small alone and large enough merged with a neighbour."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.projects.assignment.merged import (
    completable,
    merged_as_dict,
    pairs_of,
    smallest_of,
    suffice,
    too_small_alone,
)
from services.projects.listings.listing import Result
from tests.projects.examples import TOWNSHIP, revocation

from .land import OTHER, lead, plot

WISH = {"min_area_m2": "20000"}


def merged(wish, *plots, side_by_side=None, had=None):
    """The plots that are named together; all lie side by side and can be had unless a test says which."""
    wish = lead(**wish).wish
    small = completable(wish, too_small_alone(wish, plots))
    ids = [each.listing_id for each in plots]
    parcels = {each.listing_id: each.parcel_id for each in plots}
    sides = {(a, b) for a in ids for b in ids if a != b} if side_by_side is None else side_by_side
    beside = {a: [parcels[d] for c, d in sides if c == a] for a, _ in sides}
    pairs = smallest_of(pairs_of(wish, small, beside), ids if had is None else had)
    return [tuple(each.listing_id for each in pair) for pair in pairs]


@pytest.mark.parametrize(
    ("area_m2", "wish", "expected"),
    [
        (10_000, WISH, [("p", "q")]),  # exactly what is needed
        (9_999, WISH, [("p", "q")]),  # a hundredth of a mu is no miss
        ("9993.333333", WISH, [("p", "q")]),
        ("9993.333332", WISH, []),
        (5_000, WISH, []),
        (10_000, WISH | {"max_area_m2": "20000"}, [("p", "q")]),
        (10_007, WISH | {"max_area_m2": "20000"}, []),
        (19_993, WISH, [("q", "p")]),
        (19_994, WISH, []),  # large enough alone
        (10_000, {}, []),
        (10_000, {"min_area_m2": "10000"}, []),
        (10_000, {"max_area_m2": "9000"}, []),
    ],
)
def test_two_plots_are_named_when_together_and_only_together_they_have_the_area(
    area_m2, wish, expected
):
    assert merged(wish, plot("p"), plot("q", area_m2)) == expected


@pytest.mark.parametrize(
    ("wish", "land", "expected"),
    [
        ({}, {"township": OTHER}, []),
        ({}, {"target_use": "commercial"}, []),
        ({}, {"industry_code": "C38"}, [("p", "q")]),
        ({"industry_codes": ("C27",)}, {"industry_code": "C2710"}, [("p", "q")]),
        ({"industry_codes": ("C27",)}, {"industry_code": "C38"}, []),
        ({"townships": (OTHER,)}, {}, []),
        ({"townships": (TOWNSHIP,)}, {}, [("p", "q")]),
    ],
)
def test_both_are_of_one_township_and_use_and_suit_the_lead_in_all_but_their_area(
    wish, land, expected
):
    assert merged(WISH | wish, plot("p"), plot("q", **land)) == expected


@pytest.mark.parametrize("land", [{"township": OTHER}, {"target_use": "commercial"}])
def test_neighbours_of_two_kinds_are_not_merged_though_each_has_another_of_its_kind(land):
    plots = [plot("p"), plot("p2"), plot("q", **land), plot("q2", **land)]
    assert merged(WISH, *plots, side_by_side={("p", "q")}) == []


def test_land_that_is_not_on_offer_is_merged_with_nothing():
    withdrawn = plot("q").with_revocation(revocation())
    awarded = plot("r").with_result(Result.AWARDED)
    assert merged(WISH, plot("p"), withdrawn, awarded) == []


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        ({("p", "q"), ("q", "p")}, [("p", "q")]),
        ({("p", "q")}, [("p", "q")]),
        ({("q", "p")}, [("p", "q")]),
        (set(), []),
        ({("p", "p")}, []),
        ({("p", "r")}, []),
    ],
)
def test_only_plots_that_lie_side_by_side_are_merged(sides, expected):
    plots = [plot("p"), plot("q"), plot("r", 4_000)]
    assert merged(WISH, *plots, side_by_side=sides) == expected


def test_each_plot_is_named_with_the_smallest_neighbour_that_can_be_had_and_suffices():
    plots = [plot("a", 15_000), plot("b", 12_000), plot("c", 9_000), plot("d", 4_000)]
    assert merged(WISH, *plots) == [("b", "c"), ("a", "c")]
    assert merged(WISH, *plots, had="abd") == [("a", "b")]
    assert merged(WISH, *plots, had="bcd") == [("b", "c")]
    assert merged(WISH, *plots, had="acd") == [("a", "c")]
    assert merged(WISH, *plots, had="b") == []


def test_only_plots_that_another_would_complete_are_worth_a_question():
    wish = lead(**WISH).wish
    plots = [plot("a", 12_000), plot("b", 8_000), plot("c", 7_900), plot("d", 12_000, OTHER)]
    small = too_small_alone(wish, plots)
    assert [each.listing_id for each in small] == ["a", "d", "b", "c"]
    assert [each.listing_id for each in completable(wish, small)] == ["a", "b"]


def test_two_listings_of_one_parcel_are_no_neighbours():
    one, other = plot("p"), plot("q")
    wish = lead(**WISH).wish
    same = type(other).unknown(one.parcel_id, "another case", TOWNSHIP)
    same = same.with_release(other.release)
    assert completable(wish, too_small_alone(wish, [one, same])) == []


def test_the_answer_names_both_plots_their_area_together_and_why():
    wish, pair = lead(**WISH).wish, (plot("p", 12_000), plot("q", "8000.50"))
    told = merged_as_dict(wish, pair, {"p": (), "q": ()})
    assert [each["listing_id"] for each in told["plots"]] == ["p", "q"]
    assert [each["rule"]["sentence"] for each in told["plots"]] == [
        "The land has 18.00 mu, the lead needs 30.00.",
        "The land has 12.00 mu, the lead needs 30.00.",
    ]
    assert told["area_m2"] == Decimal("20000.5")
    assert [each["code"] for each in told["reasons"]] == ["LARGE_ENOUGH_MERGED", "TWO_LISTINGS"]
    assert told["reasons"][0]["sentence"] == (
        "Each alone is too small; merged they have 30.00 mu, the lead needs 30.00."
    )


AREAS = st.lists(st.integers(1, 30), min_size=2, max_size=7)


@given(AREAS, st.integers(2, 40), st.integers(0, 20), st.data())
def test_what_is_named_suffices_and_no_smaller_one_was_enough(areas, least, more, data):
    wish = lead(min_area_m2=str(least * 100), max_area_m2=str((least + more) * 100)).wish
    plots = {str(n): plot(str(n), area * 100) for n, area in enumerate(areas)}
    pairs = [(a, b) for a in plots for b in plots if a < b]
    beside = set(data.draw(st.lists(st.sampled_from(pairs), unique=True)))
    had = data.draw(st.sets(st.sampled_from(sorted(plots))))
    found = merged(
        {"min_area_m2": wish.min_area_m2, "max_area_m2": wish.max_area_m2},
        *plots.values(),
        side_by_side=beside,
        had=had,
    )

    def area(pair):
        return sum(plots[each].area_m2 for each in pair)

    small = {each.listing_id for each in too_small_alone(wish, plots.values())}
    enough = [
        pair
        for pair in beside
        if {*pair} <= had & small and suffice(wish, (plots[pair[0]], plots[pair[1]]))
    ]
    for pair in found:
        assert tuple(sorted(pair)) in enough
        assert wish.min_area_m2 <= area(pair) + 7
        assert all(plots[each].area_m2 < wish.min_area_m2 for each in pair)
        assert any(
            area(pair) == min(area(other) for other in enough if each in other) for each in pair
        )
    for each in {each for pair in enough for each in pair}:
        smallest = min(area(pair) for pair in enough if each in pair)
        assert smallest in [area(pair) for pair in found if each in pair]
