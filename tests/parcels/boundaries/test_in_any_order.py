"""Boundaries come late, twice and in any order: what is found in the end is the same, and it is what
comparing each with each would find."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.parcels.boundaries.boundary import Boundary, Crs, shared_m2
from services.parcels.boundaries.grid import CELL_DEGREES, Box, cells_of
from services.parcels.words import Said

from .. import reports
from ..conftest import NOON, Parcels
from . import plots
from .plots import outlined, parcel_id, pointed, position, rectangle

STORY = [
    reports.survey(area_m2="5000"),
    outlined(231, rectangle(0, 0)),
    outlined(231, rectangle(60, 0), surveyed_on="2023-05-01"),
    pointed(231, position(20, 20)),
    pointed(231, position(100, 20), surveyed_on="2023-03-01"),
    outlined(2, rectangle(100, 0)),
    outlined(3, rectangle(160, 0)),
    outlined(3, rectangle(160, 50), surveyed_on="2023-02-01"),
    outlined(4, rectangle(-90, 0, 160, 50)),
]


@st.composite
def deliveries(draw: st.DrawFn) -> list[Any]:
    """The reports in any order, each once to three times, every copy under an id of its own."""
    copies = [
        reports.event(*step, number + len(STORY) * copy)
        for number, step in enumerate(STORY)
        for copy in range(draw(st.integers(1, 3)))
    ]
    return draw(st.permutations(copies))


def outcome(parcels: Parcels) -> Any:
    """The findings and where each parcel lies, without how often that changed."""
    found = parcels.read("boundary_findings")["items"]
    features = parcels.read("boundaries_geojson", township="330604006")["features"]
    return [{name: each[name] for name in each if name != "finding_no"} for each in found], features


@settings(max_examples=40, deadline=None)
@given(deliveries())
def test_the_order_and_the_number_of_copies_make_no_difference(events):
    expected, played = Parcels(), Parcels()
    for number, step in enumerate(STORY):
        expected.handle(reports.event(*step, number))
    for event in events:
        played.handle(event)

    assert outcome(played) == outcome(expected)
    doubtful = {
        each["parcel_id"]: [reason["code"] for reason in each["reasons"]]
        for each in outcome(played)[0]
    }
    assert doubtful == {
        parcel_id(2): ["OVERLAPS"],
        parcel_id(3): [],
        parcel_id(4): ["OVERLAPS"],
        parcel_id(231): ["OVERLAPS"],
    }
    numbers = [f["finding_no"] for f in by_parcel(played, parcel_id(231))]
    assert numbers == list(range(1, len(numbers) + 1))


def by_parcel(parcels: Parcels, parcel: str) -> list[dict[str, Any]]:
    told = parcels.facts_named("boundary_doubtful", "boundary_cleared")
    return [each for each in told if each["parcel_id"] == parcel]


COUNT = 7
PLACES = st.tuples(*[st.integers(0, 12) for _ in range(2)], *[st.integers(1, 9) for _ in range(2)])


@settings(max_examples=60, deadline=None)
@given(st.lists(PLACES, min_size=2, max_size=COUNT), st.sampled_from([3, 30, 120]))
def test_the_grid_finds_what_comparing_each_with_each_finds(places, step_m):
    """Rectangles on a raster of 3 to 120 m, which share land, sides, corners or nothing."""
    outlines = [rectangle(*(step_m * each for each in place)) for place in places]
    parcels = Parcels()
    for number, outline in enumerate(outlines):
        parcels.report(*outlined(number, outline))

    found = {
        (each["parcel_id"], other["parcel_id"])
        for each in parcels.read("boundary_findings")["items"]
        for other in each["overlaps"]
    }
    boundaries = [boundary(number, outline) for number, outline in enumerate(outlines)]
    each_with_each = {
        (one.parcel_id, other.parcel_id)
        for one, other in itertools.permutations(boundaries, 2)
        if shared_m2(one, other) is not None
    }
    assert found == each_with_each
    assert found == {
        (parcel_id(one), parcel_id(other))
        for one, other in itertools.permutations(range(len(places)), 2)
        if share_land(places[one], places[other])
    }


def share_land(one: Any, other: Any) -> bool:
    (x, y, width, height), (u, v, wide, high) = one, other
    return x < u + wide and u < x + width and y < v + high and v < y + height


def boundary(number: int, outline: dict[str, Any]) -> Boundary:
    said = Said(on=plots.DAY, at=NOON, event_id="event")
    data = {"geometry": plots.loaded(outline), "crs": Crs.CGCS2000}
    return Boundary.unknown(parcel_id(number)).with_survey(data, said)


DEGREES = st.floats(120.6, 120.65)
BOXES = st.builds(
    lambda a, b, c, d: Box(min(a, b), min(c, d), max(a, b), max(c, d)),
    *[DEGREES for _ in range(4)],
)
ON_THE_LINES = st.builds(
    lambda a, b, c, d: Box(*(each * CELL_DEGREES for each in (a, b, a + c, b + d))),
    *[st.integers(24120, 24125) for _ in range(2)],
    *[st.integers(0, 2) for _ in range(2)],
)


@settings(max_examples=300, deadline=None)
@given(BOXES | ON_THE_LINES, BOXES | ON_THE_LINES)
def test_two_boxes_that_meet_have_a_cell_in_common(one, other):
    assert one.meets(other) == other.meets(one)
    if one.meets(other):
        assert cells_of(one) & cells_of(other)


def test_a_plot_touches_a_few_cells_and_the_widest_outline_less_than_two_hundred():
    assert len(cells_of(Box(120.8301, 30.0301, 120.8311, 30.0309))) == 1
    assert len(cells_of(Box(120.8299, 30.0299, 120.8301, 30.0301))) == 4
    assert len(cells_of(Box(120.8001, 30.0001, 120.8626, 30.0626))) == 169
