"""What other weights, or another reach of a near miss, would make of leads and open land."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from park.verdicts.compared import changes_between, sides_of
from park.verdicts.editions import EditionAsked
from services.projects.assignment.rulebook import ASSIGNMENT_LAW
from services.projects.assignment.scoring import Market
from services.projects.verdicts.fits import by_assignment
from tests.projects.examples import LEAD, RELEASED

from .land import lead, plot

TODAY = date(2023, 8, 21)
SHARE = ASSIGNMENT_LAW.on(TODAY).near.area_share


def changes(leads, plots, **changed):
    paths = {path.replace("__", "."): value for path, value in changed.items()}
    sides = sides_of(ASSIGNMENT_LAW, None, EditionAsked(changes=paths), TODAY)
    market = Market.of(plots)
    rulings = (by_assignment(leads, market, plots, rules, TODAY) for rules in sides)
    return [*changes_between(*rulings)]


AREAS = st.lists(st.integers(5_000, 20_000), max_size=6)


@settings(max_examples=40, deadline=None)
@given(AREAS, st.integers(6_000, 20_000), st.integers(0, 60))
def test_another_reach_changes_just_the_misses_between_the_two(areas, wished, percent):
    plots = [plot(f"p{number}", area) for number, area in enumerate(areas)]
    seeker, share = lead(min_area_m2=str(wished)), Decimal(percent) / 100

    def is_near(area, reach):
        off = Decimal(wished - area)
        return off > Decimal("6.666667") and off / wished <= reach

    found = changes([seeker], plots, near__area_share=str(share))
    assert {(each.verdict, each.after is not None) for each in found} == {
        (f"near_miss p{number}", is_near(area, share))
        for number, area in enumerate(areas)
        if is_near(area, SHARE) != is_near(area, share)
    }


def test_weights_that_are_as_they_were_change_nothing():
    plots = [plot("near", 10_000, price_cny=9_000_000), plot("cheap", 14_000, price_cny=1_400_000)]
    law = ASSIGNMENT_LAW.on(TODAY)

    assert changes([lead(min_area_m2="10000")], plots, weights__price=law.weights.price) == []


def test_another_weight_makes_another_plot_the_best_and_says_by_which_points():
    plots = [plot("near", 10_000, price_cny=9_000_000), plot("cheap", 14_000, price_cny=1_400_000)]
    [found] = changes([lead(min_area_m2="10000")], plots, weights__price=100)

    assert (found.verdict, found.before.says, found.after.says) == ("best_plot", "near", "cheap")
    assert "price 100000" in found.after.reason.sentence
    assert found.after.source == ASSIGNMENT_LAW.on(TODAY).source
    assert replace(found.before, says="cheap").source == found.after.source


@pytest.fixture
def offered(projects, parcels):
    """A plot on offer that is reserved for a project, and a lead that looks."""
    projects.hear("parcels", "land_released", RELEASED).or_raise()
    listing = projects.read("list_listings")["items"][0]["listing_id"]
    for lead_id in ("lead-1", "lead-2"):
        projects.call("register_lead", lead_id=lead_id, **LEAD, wish={})
    projects.call("hold_plot", listing_id=listing, lead_id="lead-1", team="first")
    return projects, listing


def test_a_plot_that_is_held_can_be_had_where_a_hold_is_no_bar(offered):
    projects, listing = offered
    asked = {"topic": "handbook", "after": {"changes": {"against.HELD.bars": False}}}
    found = projects.read("compare_rules", **asked)

    [change] = found["verdict_changes"]
    assert (change["thing_id"], change["verdict"]) == (listing, "can_be_had")
    assert [change[side]["says"] for side in ("before", "after")] == ["no", "yes"]
    assert change["before"]["reason"]["code"] == "HELD"
    assert found["supposed_facts"] == []


def test_the_leads_that_look_are_judged_page_after_page(offered):
    projects, _ = offered
    asked = {"topic": "assignment", "after": {}, "limit": 1}
    first = projects.read("compare_rules", **asked)
    second = projects.read("compare_rules", **asked, cursor=first["cursor"])

    assert [each["things_judged"] for each in (first, second)] == [1, 1]
    assert [each["verdict_changes"] for each in (first, second)] == [[], []]
