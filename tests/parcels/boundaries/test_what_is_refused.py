"""A boundary that cannot be right is refused with what would be right, and at its place."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from marshmallow import ValidationError

from backbone.errors import Answered, Invalid, Refused
from backbone.messages.exact import loads
from park.rules import broken
from services.parcels.boundaries import positions
from services.parcels.boundaries.rulebook import MEASURES
from services.parcels.boundaries.rules import REPORT_RULES, Located
from services.parcels.words import WAITS_FOR_PARCEL

from . import plots
from .plots import corners, outlined, pointed, polygon, position, rectangle

IN = [120.83, 30.03]
GOOD = rectangle(0, 0)["coordinates"][0]
COORDINATES = "data.geometry.coordinates"
PARTS = [rectangle(0, 0)["coordinates"], rectangle(100, 0)["coordinates"]]


def reasons(parcels, step):
    with pytest.raises(Answered) as told:
        parcels.report(*step)
    return [(reason.code, reason.field) for reason in told.value.reasons], str(told.value)


def ring(*positions):
    return {"type": "Polygon", "coordinates": [list(positions)]}


@pytest.mark.parametrize(
    ("geometry", "field", "says"),
    [
        (ring(*GOOD[:4]), f"{COORDINATES}.0", "Close the ring"),
        (ring(GOOD[0], GOOD[1], GOOD[0]), f"{COORDINATES}.0", "4 or more positions"),
        (ring(*GOOD[:2], ["120.83", 30.03], *GOOD[3:]), f"{COORDINATES}.0.2.0", "as a number"),
        (ring(*GOOD[:2], [120.83, None], *GOOD[3:]), f"{COORDINATES}.0.2.1", "as a number"),
        (ring(*GOOD[:2], [120.83, True], *GOOD[3:]), f"{COORDINATES}.0.2.1", "as a number"),
        (ring(*GOOD[:2], [120.83], *GOOD[3:]), f"{COORDINATES}.0.2", "[longitude, latitude]"),
        (ring(*GOOD[:2], [*IN, 7.5], *GOOD[3:]), f"{COORDINATES}.0.2", "without a height"),
        (ring(*GOOD[:2], "120.83,30.03", *GOOD[3:]), f"{COORDINATES}.0.2", "[longitude, latitude]"),
        ({"type": "Polygon", "coordinates": []}, COORDINATES, "a list of rings"),
        ({"type": "Polygon", "coordinates": [[]]}, f"{COORDINATES}.0", "4 or more positions"),
        ({"type": "Polygon", "coordinates": GOOD}, f"{COORDINATES}.0", "4 or more positions"),
        ({"type": "MultiPolygon", "coordinates": []}, COORDINATES, "a list of polygons"),
        ({"type": "MultiPolygon", "coordinates": [[]]}, f"{COORDINATES}.0", "a list of rings"),
        ({"type": "LineString", "coordinates": GOOD}, "data.geometry.type", "Polygon or MultiPolygon"),
        ({"type": ["Polygon"], "coordinates": [GOOD]}, "data.geometry.type", "Polygon or MultiPolygon"),
        ({"type": "Polygon"}, "data.geometry", "and nothing else"),
        ({"type": "Polygon", "coordinates": [GOOD], "bbox": []}, "data.geometry", "and nothing else"),
        ("POLYGON ((120 30))", "data.geometry", "and nothing else"),
        (None, "data.geometry", "null"),
    ],
)  # fmt: skip
def test_a_form_that_is_wrong_is_named_at_its_place(parcels, geometry, field, says):
    with pytest.raises(Invalid) as invalid:
        parcels.report(*outlined(1, geometry))

    told = {reason.field: reason.sentence for reason in invalid.value.reasons}
    assert says in told[field]


def test_each_mistake_of_an_outline_is_told_at_once(parcels):
    found, _ = reasons(parcels, outlined(1, ring(["a", 30.0], IN, [120.83], ["a", 30.0])))

    places = ["0.0.0", "0.2", "0.3.0"]
    assert found == [("INVALID", f"{COORDINATES}.{place}") for place in places]


def test_2000_positions_are_enough_for_a_parcel(parcels):
    def stairs(count):
        """An outline of that many positions, which goes up in steps."""
        steps = [(n / 10, (n + m) / 10) for n in range((count - 3) // 2) for m in (0, 1)]
        return polygon([*steps, (150, 300), (-10, 300)][: count - 1])

    assert len(stairs(2001)["coordinates"][0]) == 2001
    parcels.report(*outlined(1, stairs(1999)))
    found, told = reasons(parcels, outlined(1, stairs(2001)))

    assert found == [("INVALID", COORDINATES)]
    assert "2,000 positions" in told


@pytest.mark.parametrize(
    ("crs", "says"), [("GCJ-02", "100 to 700 m off"), ("BD-09", "100 to 700 m off"), (None, "null")]
)
def test_the_shifted_systems_of_vendors_maps_are_refused(parcels, crs, says):
    found, told = reasons(parcels, outlined(1, rectangle(0, 0), crs=crs))

    assert found == [("INVALID", "data.crs")]
    assert says in told


def test_degrees_without_a_reference_system_are_not_guessed(parcels):
    type_, data = outlined(1, rectangle(0, 0))
    del data["crs"]

    assert reasons(parcels, (type_, data))[0] == [("INVALID", "data.crs")]


def test_either_an_outline_or_a_point_is_given(parcels):
    both = outlined(1, rectangle(0, 0), point=IN)
    neither = {name: value for name, value in both[1].items() if name not in ("geometry", "point")}

    for step in (both, (both[0], neither)):
        found, told = reasons(parcels, step)
        assert found == [("INVALID", "data.geometry")]
        assert "either geometry or point" in told


# Positions as real tables have them, and what is said of each.
TABLE = [
    ("a survey of 2019 in Cao'e", [120.831517, 30.034687], None),
    ("one in Baiguan", [120.865465, 30.043390], None),
    ("a place in Xinchang", [120.929014, 29.477483], "OUTSIDE_DISTRICT"),
    ("the same, latitude first", [30.034687, 120.831517], "AXES_SWAPPED"),
    ("metres in the second column", [120.831517, 3571052.46], "NOT_DEGREES"),
    ("metres in both", [580201.91, 3324240.20], "NOT_DEGREES"),
    ("metres with the number of the zone", [40580201.91, 3324240.20], "NOT_DEGREES"),
    ("nothing, written as zeros", [0, 0], "OUTSIDE_DISTRICT"),
    ("the south-western corner", [120.6, 29.7], None),
    ("the north-eastern corner", [121.1, 30.3], None),
    ("a step beyond it", [121.100001, 30.3], "OUTSIDE_DISTRICT"),
    ("a step before the other", [120.6, 29.699999], "OUTSIDE_DISTRICT"),
    ("that corner, latitude first", [29.7, 120.6], "AXES_SWAPPED"),
    ("the far side of the earth", [-180, 180], "OUTSIDE_DISTRICT"),
    ("a step beyond that", [-180.1, 30.03], "NOT_DEGREES"),
    ("as much to the north", [120.83, 180.1], "NOT_DEGREES"),
]


@pytest.mark.parametrize(("what", "at", "code"), TABLE, ids=[row[0] for row in TABLE])
def test_a_position_is_in_the_district_in_degrees_and_longitude_first(parcels, what, at, code):
    if code is None:
        assert parcels.report(*pointed(1, at)) == WAITS_FOR_PARCEL
    else:
        assert reasons(parcels, pointed(1, at))[0] == [(code, "data.point")]


WRONG = [row for row in TABLE if row[2]]


@pytest.mark.parametrize(("what", "at", "code"), WRONG, ids=[row[0] for row in WRONG])
def test_a_corner_is_named_by_its_number(parcels, what, at, code):
    found, _ = reasons(parcels, outlined(1, ring(*GOOD[:2], at, *GOOD[3:])))

    assert found == [(code, f"{COORDINATES}.0.2")]


def test_a_position_that_is_refused_is_not_repeated(parcels):
    _, told = reasons(parcels, pointed(1, [580201.91, 3324240.2]))

    assert "580201" not in told
    assert "3324240" not in told


def test_degrees_minutes_and_seconds_are_refused_with_the_way_to_write_them(parcels):
    found, told = reasons(parcels, pointed(1, ["120°55′44.449″E", "29°28′38.937″N"]))

    assert found == [("INVALID", "data.point.0"), ("INVALID", "data.point.1")]
    assert "120 + 55 / 60 + 44.45 / 3600" in told
    assert round(120 + 55 / 60 + 44.449 / 3600, 6) == 120.929014


def test_mistakes_of_several_kinds_are_told_at_once_each_at_its_first_place(parcels):
    mixed = [GOOD[0], [30.03, 120.83], [0, 0], [580201.9, 3324240.2], [0, 0], GOOD[0]]

    found, _ = reasons(parcels, outlined(1, ring(*mixed)))

    assert found == [
        ("NOT_DEGREES", f"{COORDINATES}.0.3"),
        ("AXES_SWAPPED", f"{COORDINATES}.0.1"),
        ("OUTSIDE_DISTRICT", f"{COORDINATES}.0.2"),
    ]


BOW = polygon([(0, 0), (100, 50), (100, 0), (0, 50)])


def test_an_outline_that_crosses_itself_is_refused_with_the_place(parcels):
    found, told = reasons(parcels, outlined(1, BOW))

    assert found == [("SELF_CROSSING", "data.geometry")]
    place = [float(digits) for digits in re.findall(r"\d+\.\d+", told)]
    assert place == pytest.approx(position(50, 25), abs=2e-6)


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (ring(IN, [120.831, 30.03], [120.832, 30.03], IN), "SELF_CROSSING"),
        (polygon([(0, 0), (9, 0), (9, 9), (5, 9), (5, 20), (5, 9), (0, 9)]), "SELF_CROSSING"),
        ({"type": "MultiPolygon", "coordinates": PARTS}, "SELF_CROSSING"),
        (polygon(corners(0, 0, 100, 50), corners(200, 10, 10, 10)), "RINGS_DO_NOT_FIT"),
        ({"type": "MultiPolygon", "coordinates": [PARTS[0], rectangle(10, 10, 5, 5)["coordinates"]]},
         "RINGS_DO_NOT_FIT"),
        (ring(GOOD[0], GOOD[1], GOOD[0], GOOD[0]), "RINGS_DO_NOT_FIT"),
    ],
    ids=["a line", "a spike", "parts with a common side", "a hole outside", "a part within", "two corners"],
)  # fmt: skip
def test_rings_that_enclose_no_land_are_refused(parcels, geometry, code):
    assert reasons(parcels, outlined(1, geometry))[0] == [(code, "data.geometry")]


def test_a_polygon_with_a_hole_and_two_parts_side_by_side_are_good(parcels):
    parcels.report(*outlined(1, polygon(corners(0, 0, 100, 50), corners(10, 10, 20, 20))))
    parts = [rectangle(200, 0)["coordinates"], rectangle(310, 0)["coordinates"]]
    parcels.report(*outlined(2, {"type": "MultiPolygon", "coordinates": parts}))

    areas = [each["outline_area_m2"] for each in parcels.read("boundary_findings")["items"]]
    assert [round(Decimal(each)) for each in areas] == [4600, 10000]


def test_an_outline_is_no_wider_than_a_plot_can_be():
    widest = MEASURES.on(plots.DAY).tolerance.widest_degrees

    def codes(east, north):
        west, south = 120.75, 29.75
        box = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        located = Located.of({"geometry": plots.loaded(ring(*box))}, plots.DAY)
        return [reason.code for reason in broken(REPORT_RULES, located)]

    assert widest == 0.0625
    assert codes(120.75 + widest, 29.75 + widest) == []
    assert codes(120.75 + 0.062501, 29.76) == ["TOO_WIDE"]
    assert codes(120.76, 29.75 + 0.062501) == ["TOO_WIDE"]


def test_a_corner_far_off_makes_an_outline_too_wide(parcels):
    found, _ = reasons(parcels, outlined(1, ring(*GOOD[:2], [120.65, 29.75], *GOOD[3:])))

    assert ("TOO_WIDE", "data.geometry") in found


def test_a_township_reports_its_own_boundaries_alone(parcels, refused):
    with refused("NOT_YOUR_TOWNSHIP"):
        parcels.report(*outlined(1, rectangle(0, 0)), township="330604001")
    with refused("NOT_YET"):
        parcels.report(*outlined(1, rectangle(0, 0), surveyed_on="2023-09-03"))


def test_what_is_refused_leaves_nothing_behind(parcels):
    with pytest.raises(Refused):
        parcels.report(*outlined(1, BOW))

    assert parcels.read("list_parcels")["items"] == []
    assert parcels.read("boundary_findings")["items"] == []


def test_a_number_comes_back_with_each_digit_or_is_refused():
    def read(written):
        return positions.position(loads(written))

    assert read(b"[120.831517, 30.03]") == [120.831517, 30.03]
    assert read(b"[120.83250000000001, 30]") == [
        120.83250000000001,
        30,
    ]  # as programs write doubles
    assert repr(read(b"[120.8315170, 30.034687]")[0]) == "120.831517"
    for no_double in (b"[120.83151700000000123, 30]", b"[1e400, 30]", b"[9007199254740993, 30]"):
        with pytest.raises(ValidationError, match=r"15 digits|as a number"):
            read(no_double)
