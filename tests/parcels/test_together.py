"""The things of the land register beside each other: whatever is reported of the same parcels, in any
order and with the land desk's work in between, ends the same and fits together."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.parcels.boundaries.boundary import Boundary
from services.parcels.register.identifiers import Code
from services.parcels.register.parcel import Parcel
from services.parcels.screening.plot import Plot
from services.parcels.screening.suspicion import Suspicion
from services.parcels.soil.record import SoilRecord

from .conftest import Parcels
from .land_desk import NEXT_DOOR, WHOLE
from .mixed import (
    LAND_DESK,
    SAID,
    SIZES,
    act,
    cells,
    done_to,
    everything,
    known,
    listed,
    play,
    said_of,
)


@st.composite
def orders(draw: st.DrawFn) -> list[int]:
    """Everything in any order, some of it twice."""
    twice = draw(st.sets(st.integers(0, len(SAID) - 1), max_size=6))
    return draw(st.permutations([*range(len(SAID)), *(each + len(SAID) for each in twice)]))


@pytest.fixture(scope="module")
def in_order() -> Any:
    return everything(play(range(len(SAID))))


@settings(max_examples=10, deadline=None)
@given(order=orders())
def test_whatever_is_said_of_two_parcels_ends_the_same_in_any_order(in_order, order):
    assert everything(play(order)) == in_order


ids = st.sampled_from(list(SIZES))
acts = st.one_of(
    st.sampled_from(LAND_DESK),
    ids.flatmap(lambda each: st.sampled_from(done_to(each))),
    ids.flatmap(lambda each: st.sampled_from(said_of(each))),
)


def standing(parcels: Parcels) -> dict[str, Parcel]:
    return {each.parcel_id: each for each in listed(parcels, Parcel)}


def totals_are_those_of_a_walk(parcels: Parcels) -> None:
    walk: dict[str, list[Decimal]] = {}
    for each in standing(parcels).values():
        walk.setdefault(str(each.state), []).append(each.area_m2 or Decimal(0))
    groups = parcels.read("totals", by=["state"])["groups"]
    kept = {each["of"]["state"]: (each["count"], Decimal(each["area_m2"])) for each in groups}
    assert kept == {state: (len(areas), sum(areas)) for state, areas in walk.items()}


def what_is_gone_claims_nothing(parcels: Parcels) -> None:
    """No code, no place in the grid, no clock, no suspicion."""
    there = {key for key, each in standing(parcels).items() if not each.is_gone}
    claims = [claim for code in listed(parcels, Code) for claim in code.claims]
    assert all(claim.ceased is (claim.parcel_id not in there) for claim in claims)
    lying = {each.parcel_id for cell in cells(parcels) for each in cell.lying}
    outlined = {each.parcel_id for each in listed(parcels, Boundary) if each.outline}
    assert lying == outlined & there
    clocks = {
        each.parcel_id for each in listed(parcels, Plot) if each.clock_runs or each.idle_since_on
    }
    assert clocks <= there
    open_ = ("screened", "verified", "objected", "answered")
    suspected = {each.parcel_id for each in listed(parcels, Suspicion) if each.state in open_}
    assert suspected <= there


def what_lies_on_land_goes_with_it(parcels: Parcels) -> None:
    """A part and a merged parcel have what lay on those whose place they took, and their soil."""
    there, records = standing(parcels), {e.parcel_id: e for e in listed(parcels, SoilRecord)}
    for each in there.values():
        wholes = [there[whole] for whole in each.parents]
        for whole in wholes:
            assert each.parcel_id in whole.child_ids
            lay, lies = whole.encumbrances, each.encumbrances
            assert lay is None or {*lay.entries} <= {*lies.entries}
        if len(wholes) == 1 and (record := records.get(wholes[0].parcel_id)):
            theirs = {report.soil_report_id for report in records[each.parcel_id].reports}
            assert {report.soil_report_id for report in record.reports} <= theirs


FITS = (totals_are_those_of_a_walk, what_is_gone_claims_nothing, what_lies_on_land_goes_with_it)


@settings(max_examples=20, deadline=None)
@given(st.lists(acts, min_size=3, max_size=10))
def test_the_land_desk_s_work_in_between_leaves_nothing_that_does_not_fit(steps):
    parcels = known(WHOLE, NEXT_DOOR)
    for each in steps:
        act(parcels, each)

    for fits in FITS:
        fits(parcels)
    for parcel_id in standing(parcels):
        assert parcels.read("lineage", parcel_id=parcel_id)["parcel_id"] == parcel_id
