"""Which firms another bar of scale would put above it: asked, and never done."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.enterprises.profile.rulebook import SCALE_BARS
from tests.support.rulebooks import compared, in_force

from ..conftest import Enterprises
from ..reports import FIRM, firm

TODAY = date(2023, 8, 21)
REVENUE = 19_000_000


def below() -> Enterprises:
    """A firm that was reported to be below scale, and has 19 million yuan a year."""
    enterprises = Enterprises()
    enterprises.report(firm(scale="below_scale"))
    revenue = {"data_year": 2022, "source_class": "tax", "main_revenue_cny": str(REVENUE)}
    about = {"enterprise_id": FIRM, "reported_on": "2023-08-01"}
    enterprises.tell("revenue_reported", about | revenue)
    return enterprises


@pytest.fixture(scope="module")
def known():
    return below()


@settings(max_examples=20, deadline=None)
@given(st.integers(REVENUE - 2, REVENUE + 2) | st.just(20_000_000))
def test_the_scale_by_another_bar_is_what_the_service_says_once_it_is_there(known, bar):
    changes = {"main_revenue_cny": str(bar)}
    sides, facts = compared(known, "scale", changes)
    with in_force(SCALE_BARS, TODAY, changes):
        found = known.read("scale_of", enterprise_id=FIRM)
        assert compared(known, "scale", changes) == ({}, [])

    is_above = bar <= REVENUE
    assert (found["scale_by_revenue"] == "above_scale", facts) == (is_above, [])
    assert sides == (
        {
            (FIRM, "scale"): ("below_scale", "above_scale"),
            (FIRM, "as_reported"): ("no doubt", "differs"),
        }
        if is_above
        else {}
    )
    assert bool(found["warning"]) is is_above
