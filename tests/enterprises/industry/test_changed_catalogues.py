"""Where other catalogues would place firms: asked, and never done."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.enterprises.industry.catalogues import CATALOGUES
from tests.support.rulebooks import compared, in_force

from ..conftest import Enterprises
from ..reports import FIRM, firm

TODAY = date(2023, 8, 21)
CODES = "catalogues.three_plus_one.entries.{}.codes"


def bearings() -> Enterprises:
    enterprises = Enterprises()
    enterprises.report(firm(industry_code="C3451"))
    return enterprises


@pytest.fixture(scope="module")
def known():
    return bearings()


def test_a_code_that_moves_to_another_entry_moves_its_firms(known):
    changes = {CODES.format("equipment"): ["C35"], CODES.format("urban_industry"): ["C34"]}
    sides, facts = compared(known, "catalogues", changes)

    verdict = (FIRM, "catalogue three_plus_one")
    assert (sides, facts) == ({verdict: ("equipment", "urban_industry")}, [])


SOME = st.lists(st.sampled_from(["C34", "C345", "C35", "C"]), unique=True, max_size=2)


@settings(max_examples=20, deadline=None)
@given(SOME, SOME)
def test_the_places_are_those_that_the_service_names_once_the_edition_is_there(known, one, other):
    changes = {CODES.format("equipment"): one, CODES.format("urban_industry"): other}
    sides, _ = compared(known, "catalogues", changes)
    with in_force(CATALOGUES, TODAY, changes):
        assert compared(known, "catalogues", changes) == ({}, [])
        places = known.read("industry_of", enterprise_id=FIRM)["catalogue_places"]

    now = ", ".join(e["entry"] for e in places if e["catalogue"] == "three_plus_one") or "none"
    was = ("equipment", "equipment")
    assert sides.get((FIRM, "catalogue three_plus_one"), was) == ("equipment", now)
