"""Which fields another list would find missing of parcels: asked, and never done."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Answered
from services.parcels.completeness.gaps import ASKED
from tests.support.rulebooks import compared, in_force

from .. import reports
from ..conftest import Parcels

TODAY = date(2023, 9, 1)
FIELDS = ["right_holder", "industry_code", "soil", "use_right", "identifiers.parcel_code"]


def register() -> Parcels:
    parcels = Parcels()
    parcels.report(*reports.survey(industry_code="C38"))
    return parcels


@pytest.fixture(scope="module")
def known():
    return register()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(FIELDS), unique=True))
def test_what_is_missing_by_another_list_is_what_the_township_is_told_by_it(known, fields):
    sides, facts = compared(known, "completeness", {"asked": fields})
    asked = {"township": reports.PARCEL[:9]}
    was = known.read("township_completeness", **asked)["gaps"]
    with in_force(ASKED, TODAY, {"asked": fields}):
        gaps = known.read("township_completeness", **asked)["gaps"]
        assert compared(known, "completeness", {"asked": fields}) == ({}, [])

    def says(found):
        return {e["field"]: "missing" if e["parcel_ids"] else "there" for e in found}

    before, after = says(was), says(gaps)
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    assert {verdict: both for (_, verdict), both in sides.items()} == {
        name: (before.get(name), after.get(name)) for name in names
    }
    assert facts == []


def test_a_field_that_no_parcel_has_is_refused(known):
    with pytest.raises(Answered, match="a parcel has no field colour"):
        compared(known, "completeness", {"asked": ["colour"]})
