"""What other rules of notices, terms, periods, prices and bonds would say of a notice that is out: asked, and
never done."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Answered
from services.projects.handbook.rulebook import HANDBOOK
from services.projects.listings.listing import Listing
from services.projects.notices.bonds import PLACE_BONDS
from services.projects.notices.published import printed_of
from services.projects.notices.rulebook import FLOOR_PRICES, NOTICE_LAW
from services.projects.notices.rules import findings
from services.projects.periods.counting import PERIODS
from services.projects.rulebook import LISTING_LAW
from tests.projects.desk import Desk
from tests.support.rulebooks import compared, in_force, turned

STARTS = date(2023, 8, 1)
PLACE = HANDBOOK.on(STARTS).floor.place


@pytest.fixture(scope="module")
def desk():
    return Desk()


def said(desk):
    """What the rules of its first day say of the notice, by code."""
    [listing] = desk.repository.page(Listing, {}).items
    plot = printed_of(listing.notice, listing.release, PLACE)
    return {each.code: each.outcome.value for each in findings(plot, STARTS)}


def test_a_dearer_place_warns_of_the_start_price_with_its_table(desk):
    grades = [{"grade": "x", "yuan_per_m2": 9999, "places": [f"{PLACE}市"]}]
    sides, facts = compared(desk, "floor_prices", {"grades": grades})

    [(verdict, (_, after))] = turned(sides).items()
    assert (verdict, facts) == ("START_PRICE_BELOW_FLOOR", [])
    assert after.startswith("warned")


RULEBOOKS = {
    "notices": (NOTICE_LAW, st.just({})),
    "listings": (
        LISTING_LAW,
        st.fixed_dictionaries({"term_years.years.industrial": st.integers(30, 70)}),
    ),
    "periods": (
        PERIODS,
        st.fixed_dictionaries(
            {"notice_before_listing.days": st.integers(10, 30), "listing.days": st.integers(5, 15)}
        ),
    ),
    "floor_prices": (
        FLOOR_PRICES,
        st.integers(1, 900).map(
            lambda price: {
                "grades": [{"grade": "x", "yuan_per_m2": price, "places": [f"{PLACE}市"]}]
            }
        ),
    ),
    "bonds": (
        PLACE_BONDS,
        st.sampled_from(["0.1", "1", "1.5"]).map(
            lambda share: {"places": {PLACE: {"share": share, "source": "a notice"}}}
        ),
    ),
}


@pytest.mark.parametrize("topic", RULEBOOKS)
@settings(max_examples=12, deadline=None)
@given(st.data())
def test_each_rule_says_what_was_foretold_once_the_edition_is_there(desk, topic, data):
    rulebook, editions = RULEBOOKS[topic]
    changes, was = data.draw(editions), said(desk)
    sides, facts = compared(desk, topic, changes)
    with in_force(rulebook, STARTS, changes):
        assert compared(desk, topic, changes) == ({}, [])
        now = said(desk)

    assert facts == []
    assert set(turned(sides)) == {code for code in now if now[code] != was[code]}
    for code, (_, after) in turned(sides).items():
        assert after.partition(" (")[0].replace(" ", "_") == now[code]


def test_an_edition_without_a_period_that_a_notice_is_held_to_is_refused(desk):
    written = PERIODS.written(PERIODS.first_day(STARTS))
    del written["listing"]

    with pytest.raises(Answered, match="an edition has listing"):
        desk.read("compare_rules", topic="periods", after={"edition": written})
