"""The boundary of a parcel: which one stands, what is doubtful about it, and what may be asked of it."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from decimal import Decimal

import pytest
import shapely
from shapely.geometry import shape

from backbone.errors import Answered, Invalid, NotFound
from services.parcels.boundaries.doubts import Measured, area_differs
from services.parcels.boundaries.findings import BoundaryFindings
from services.parcels.boundaries.grid import cells_of
from services.parcels.register.entrypoints import LATER_STANDS
from services.parcels.register.parcel import Parcel

from .. import reports
from ..conftest import NOON
from . import plots
from .plots import corners, outlined, parcel_id, pointed, polygon, position, rectangle, to_degrees

PARCEL = parcel_id(231)
assert PARCEL == reports.PARCEL


def findings(parcels, number):
    items = parcels.read("boundary_findings")["items"]
    return next((each for each in items if each["parcel_id"] == parcel_id(number)), None)


def codes(parcels, number):
    return [reason["code"] for reason in findings(parcels, number)["reasons"]]


def boundary(parcels, number):
    return parcels.read("get_boundary", parcel_id=parcel_id(number))


def at(parcels, x, y):
    lon, lat = position(x, y)
    return parcels.read("parcels_at", lon=lon, lat=lat)["parcel_ids"]


# --- which one stands


def test_an_outline_comes_back_as_it_was_given(parcels):
    given = polygon(corners(0, 0, 100, 50), corners(10, 10, 20, 20)[::-1])

    parcels.report(*outlined(1, given))

    kept = boundary(parcels, 1)
    assert json.dumps(kept["outline"]["geometry"]) == json.dumps(given)
    assert kept["outline"]["crs"] == "CGCS2000"
    assert kept["outline"]["surveyed"]["on"] == "2023-01-10"
    assert kept["township"] == "330604006"


def test_a_receipt_says_that_an_outline_waits_for_the_registration_of_its_parcel(parcels):
    early = parcels.report(*outlined(231, rectangle(100, 100)))
    parcels.report(*reports.survey())
    later = parcels.report(*outlined(231, rectangle(100, 100), surveyed_on="2023-08-02"))

    assert (early, later) == ("waits for the registration of its parcel", None)


def test_rings_are_turned_as_the_rfc_asks(parcels):
    outer, hole = corners(0, 0, 100, 50), corners(10, 10, 20, 20)
    parcels.report(*outlined(1, polygon(outer[::-1], hole)))
    parts = [polygon(outer[::-1])["coordinates"], polygon(corners(200, 0, 9, 9))["coordinates"]]
    parcels.report(*outlined(2, {"type": "MultiPolygon", "coordinates": parts}))

    turned = boundary(parcels, 1)["outline"]["geometry"]["coordinates"]
    assert turned == [ring[::-1] for ring in polygon(outer[::-1], hole)["coordinates"]]
    several = boundary(parcels, 2)["outline"]["geometry"]["coordinates"]
    assert several == [[parts[0][0][::-1]], parts[1]]


def test_the_outline_of_the_later_survey_stands(parcels):
    parcels.report(*outlined(1, rectangle(0, 0), surveyed_on="2023-05-01"))

    note = parcels.report(*outlined(1, rectangle(500, 0), surveyed_on="2023-01-10"))

    assert note == LATER_STANDS
    assert at(parcels, 50, 25) == [parcel_id(1)]
    assert at(parcels, 550, 25) == []
    parcels.report(*outlined(1, rectangle(900, 0), surveyed_on="2023-05-02"))
    assert at(parcels, 50, 25) == []
    assert at(parcels, 950, 25) == [parcel_id(1)]
    changes = parcels.read("boundary_history", parcel_id=parcel_id(1))
    assert [change["version"] for change in changes] == [1, 2]
    as_of = parcels.read("get_boundary", parcel_id=parcel_id(1), as_of=NOON.isoformat())
    assert as_of == boundary(parcels, 1)


def test_a_cell_of_the_grid_that_nothing_lies_in_any_more_is_forgotten_after_a_day(parcels):
    (cell,) = cells_of(plots.loaded(rectangle(0, 0)).box())
    key = parcels.repository.key("grid_cell", cell)
    parcels.report(*outlined(1, rectangle(0, 0)))
    assert parcels.repository.call("ttl", key) == -1

    parcels.report(*outlined(1, rectangle(2000, 2000), surveyed_on="2023-05-01"))

    assert 0 < parcels.repository.call("ttl", key) <= 86_400
    parcels.report(*outlined(2, rectangle(0, 0)))
    assert parcels.repository.call("ttl", key) == -1


def test_a_point_stands_beside_an_outline_whichever_came_later(parcels):
    parcels.report(*outlined(1, rectangle(0, 0)))
    parcels.report(*pointed(1, position(50, 25), surveyed_on="2023-05-01"))
    note = parcels.report(*pointed(1, position(51, 26)))

    kept = boundary(parcels, 1)
    assert note == LATER_STANDS
    assert kept["point"]["position"] == position(50, 25)
    assert kept["outline"]["geometry"] == rectangle(0, 0)
    assert codes(parcels, 1) == []


def test_a_boundary_may_come_before_the_survey_of_its_parcel(parcels):
    parcels.report(*outlined(231, rectangle(0, 0)))

    assert parcels.read("get_parcel", parcel_id=PARCEL)["state"] == "announced"
    parcels.report(*reports.survey(area_m2="5000"))
    assert parcels.read("get_parcel", parcel_id=PARCEL)["state"] == "registered"
    assert parcels.fact_names == ["parcel_registered"]


def test_of_what_was_never_reported_there_is_no_boundary(parcels):
    with pytest.raises(NotFound):
        boundary(parcels, 1)


# --- what is doubtful


@pytest.mark.parametrize(
    ("registered_m2", "is_doubtful"),
    [
        ("5000", False),
        ("5050.5", False),  # a hundredth of it is 50.505
        ("5050.6", True),
        ("4950.5", False),
        ("4950.4", True),
        ("6666.666667", True),
    ],
)
def test_the_area_differs_by_more_than_a_hundredth(parcels, registered_m2, is_doubtful):
    parcels.report(*outlined(231, rectangle(0, 0, 100, 50)))
    parcels.report(*reports.survey(area_m2=registered_m2))

    assert codes(parcels, 231) == (["AREA_DIFFERS"] if is_doubtful else [])


@pytest.mark.parametrize(("registered_m2", "found"), [("119.9", []), ("120.1", ["AREA_DIFFERS"])])
def test_20_m2_more_or_less_are_no_matter_for_a_small_plot(parcels, registered_m2, found):
    parcels.report(*reports.survey(area_m2=registered_m2))
    parcels.report(*outlined(231, rectangle(0, 0, 10, 10)))

    assert codes(parcels, 231) == found


@pytest.mark.parametrize(
    ("registered_m2", "outline_m2", "differs"),
    [
        ("5000", "5050.00", False),
        ("5000", "5050.01", True),
        ("5000", "4950.00", False),
        ("5000", "4949.99", True),
        ("2000", "2020.00", False),
        ("1000", "1020.00", False),
        ("1000", "1020.01", True),
        ("1000", "979.99", True),
    ],
)
def test_what_is_allowed_is_a_hundredth_of_the_register_and_20_m2_at_the_least(
    registered_m2, outline_m2, differs
):
    parcel = replace(Parcel.unknown(PARCEL), area_m2=Decimal(registered_m2))
    findings = replace(
        BoundaryFindings.unknown(PARCEL),
        outline_area_m2=Decimal(outline_m2),
        surveyed_on=plots.DAY,
    )

    reason = area_differs(Measured(findings=findings, parcel=parcel))
    assert (reason is not None) == differs


def test_both_figures_are_told_and_a_corrected_register_clears_the_doubt(parcels):
    parcels.report(*outlined(231, rectangle(0, 0)))
    parcels.report(*reports.survey(area_m2="6000"))

    [doubtful] = parcels.facts_named("boundary_doubtful")
    [reason] = doubtful.pop("reasons")
    assert doubtful == {"parcel_id": PARCEL, "township": "330604006", "finding_no": 1}
    assert "5,000.00 m²" in reason["sentence"]
    assert "6,000 m²" in reason["sentence"]
    parcels.report(*reports.survey(area_m2="5001", surveyed_on="2023-05-01"))
    assert parcels.facts[-1] == (
        "boundary_cleared",
        {"parcel_id": PARCEL, "township": "330604006", "finding_no": 2},
    )


def test_an_overlap_is_found_on_both_sides_with_one_figure(parcels):
    parcels.report(*outlined(1, rectangle(0, 0)))
    assert parcels.facts == []

    parcels.report(*outlined(2, rectangle(90, 0)))

    assert codes(parcels, 1) == codes(parcels, 2) == ["OVERLAPS"]
    [one], [other] = findings(parcels, 1)["overlaps"], findings(parcels, 2)["overlaps"]
    assert (one["parcel_id"], other["parcel_id"]) == (parcel_id(2), parcel_id(1))
    assert one["area_m2"] == other["area_m2"] == "500.00"
    assert [each["parcel_id"] for each in parcels.facts_named("boundary_doubtful")] == [
        parcel_id(1),
        parcel_id(2),
    ]


def test_a_sentence_names_five_overlaps_and_counts_the_others(parcels):
    for number in range(1, 8):
        parcels.report(*outlined(number, rectangle(110 * number, 0)))
    parcels.report(*outlined(8, rectangle(0, 0, 900, 50)))

    [reason] = findings(parcels, 8)["reasons"]
    assert len(findings(parcels, 8)["overlaps"]) == 7
    assert f"5,000.00 m² with {parcel_id(5)}, and with 2 more." in reason["sentence"]
    assert parcel_id(6) not in reason["sentence"]


def test_an_overlap_over_the_border_of_two_townships_is_found(parcels):
    parcels.report(*outlined(1, rectangle(0, 0)))
    theirs = parcel_id(1, "330604001")
    parcels.report(*outlined(2, rectangle(50, 0), parcel_id=theirs), township="330604001")

    assert [each["parcel_id"] for each in findings(parcels, 1)["overlaps"]] == [theirs]
    found = parcels.read("boundary_findings", filter={"township": "330604001"})["items"]
    assert [each["overlaps"][0]["parcel_id"] for each in found] == [parcel_id(1)]


def test_a_corrected_outline_clears_both_sides(parcels):
    parcels.report(*outlined(1, rectangle(0, 0)))
    parcels.report(*outlined(2, rectangle(90, 0)))

    parcels.report(*outlined(2, rectangle(100, 0), surveyed_on="2023-05-01"))

    assert codes(parcels, 1) == codes(parcels, 2) == []
    assert parcels.fact_names[2:] == ["boundary_cleared"] * 2


def test_a_neighbour_that_moves_from_one_overlap_into_another_is_told_to_all_three(parcels):
    parcels.report(*outlined(1, rectangle(0, 0)))
    parcels.report(*outlined(2, rectangle(300, 0)))
    parcels.report(*outlined(3, rectangle(50, 0)))

    parcels.report(*outlined(3, rectangle(250, 0), surveyed_on="2023-05-01"))

    assert codes(parcels, 1) == []
    assert [each["parcel_id"] for each in findings(parcels, 2)["overlaps"]] == [parcel_id(3)]
    assert [each["parcel_id"] for each in findings(parcels, 3)["overlaps"]] == [parcel_id(2)]


def test_neighbours_that_share_a_side_or_a_corner_do_not_overlap(parcels):
    for number, (x, y) in enumerate(itertools.product((0, 100), (0, 50)), start=1):
        parcels.report(*outlined(number, rectangle(x, y)))

    assert [codes(parcels, number) for number in (1, 2, 3, 4)] == [[], [], [], []]
    assert at(parcels, 100, 50) == [parcel_id(number) for number in (1, 2, 3, 4)]
    assert at(parcels, 99, 49) == [parcel_id(1)]


@pytest.mark.parametrize(("wide_m", "found"), [(0.49, []), (0.51, ["OVERLAPS"])])
def test_a_strip_that_is_nowhere_wider_than_half_a_metre_is_no_overlap(parcels, wide_m, found):
    parcels.report(*outlined(1, rectangle(0, 0)))
    parcels.report(*outlined(2, rectangle(100 - wide_m, 0)))

    assert codes(parcels, 1) == codes(parcels, 2) == found


def test_a_parcel_within_the_hole_of_another_does_not_overlap_it(parcels):
    hole = corners(20, 10, 30, 30)
    parcels.report(*outlined(1, polygon(corners(0, 0, 100, 50), hole)))
    parcels.report(*outlined(2, polygon(hole)))

    assert codes(parcels, 1) == codes(parcels, 2) == []
    assert at(parcels, 30, 20) == [parcel_id(2)]


def test_a_hole_that_crosses_a_long_side_in_metres_alone_does_no_harm(parcels):
    """1 mm beside the middle of a side of 960 m, which lies 1 cm further north on the projection."""
    west, south, close = 120.93, 30.07, 1e-8
    east, north, middle = west + 0.01, south + 0.001, west + 0.005
    outer = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    tip = [middle, south + close]
    hole = [tip, [middle - 0.001, south + 0.0005], [middle + 0.001, south + 0.0005], tip]
    whole = {"type": "Polygon", "coordinates": [outer, hole]}
    assert not shapely.transform(shape(whole), to_metres, interleaved=False).is_valid

    parcels.report(*outlined(1, whole))
    parcels.report(*outlined(2, {"type": "Polygon", "coordinates": [outer]}))

    [one] = findings(parcels, 1)["overlaps"]
    assert Decimal(one["area_m2"]) == pytest.approx(
        Decimal(findings(parcels, 1)["outline_area_m2"]), abs=5
    )


def to_metres(lon, lat):
    return to_degrees().transform(lon, lat, direction="INVERSE")


def test_a_point_outside_the_outline_is_doubtful(parcels):
    parcels.report(*pointed(1, position(101, 25)))
    parcels.report(*outlined(1, rectangle(0, 0)))

    assert codes(parcels, 1) == ["POINT_OUTSIDE"]
    parcels.report(*pointed(1, position(99, 25), surveyed_on="2023-05-01"))
    assert codes(parcels, 1) == []
    assert parcels.fact_names == ["boundary_doubtful", "boundary_cleared"]


def test_the_same_report_again_announces_nothing(parcels):
    for _ in range(2):
        parcels.report(*outlined(1, rectangle(0, 0)))
        parcels.report(*outlined(2, rectangle(90, 0)))

    assert parcels.fact_names == ["boundary_doubtful"] * 2


def test_two_outlines_that_are_laid_at_one_moment_find_each_other(parcels):
    steps = [outlined(1, rectangle(0, 0)), outlined(2, rectangle(90, 0))]

    again = parcels.hear_at_once(*(("township", *step, reports.XIAOYUE) for step in steps))

    assert again == 1
    assert codes(parcels, 1) == codes(parcels, 2) == ["OVERLAPS"]


def test_no_fact_says_where_a_parcel_lies(parcels):
    parcels.report(*reports.survey())
    parcels.report(*outlined(231, rectangle(0, 0)))
    parcels.report(*outlined(2, rectangle(90, 0)))

    told = json.dumps(parcels.facts)
    assert parcels.facts_named("boundary_doubtful")
    assert "120.9" not in told
    assert "30.0" not in told


# --- a split


def split(parcels):
    """Parcel 231 of 5,000 m², of which a case has vacated the western 2,000."""
    parcels.report(*reports.survey(area_m2="5000"))
    for step in reports.whole_case("state_capital_operation", vacated_area_m2="2000")[1:]:
        parcels.report(*step)
    parcels.call(
        "split_parcel",
        parcel_id=PARCEL,
        case_id=reports.CASE,
        split_on="2023-08-15",
        children=[
            {"parcel_id": parcel_id(232), "area_m2": "2000", "vacated": True},
            {"parcel_id": parcel_id(233), "area_m2": "3000", "vacated": False},
        ],
    )


def test_a_parcel_that_was_split_gives_its_place_to_its_children(parcels):
    parcels.report(*outlined(231, rectangle(0, 0)))
    parcels.report(*outlined(1, rectangle(90, 0)))
    split(parcels)

    assert codes(parcels, 231) == codes(parcels, 1) == []
    parcels.report(*outlined(232, rectangle(0, 0, 40, 50)))
    parcels.report(*outlined(233, rectangle(40, 0, 60, 50)))
    assert codes(parcels, 232) == []
    assert [each["parcel_id"] for each in findings(parcels, 1)["overlaps"]] == [parcel_id(233)]
    assert at(parcels, 30, 20) == [parcel_id(232)]
    assert boundary(parcels, 231)["outline"]["geometry"] == rectangle(0, 0)


def test_a_parcel_that_was_split_takes_no_boundary(parcels, refused):
    split(parcels)

    with refused("PARCEL_SPLIT"):
        parcels.report(*outlined(231, rectangle(0, 0)))


# --- what may be asked


def test_the_findings_are_listed_by_township_and_kind(parcels):
    parcels.report(*reports.survey(area_m2="9000"))
    parcels.report(*outlined(231, rectangle(0, 0)))
    parcels.report(*outlined(2, rectangle(90, 0)))
    parcels.report(*outlined(3, rectangle(500, 0)))

    def listed(**filters):
        found = parcels.read("boundary_findings", filter=filters)["items"]
        return [each["parcel_id"] for each in found]

    assert listed(finding="OVERLAPS") == [parcel_id(2), PARCEL]
    assert listed(finding="AREA_DIFFERS", township="330604006") == [PARCEL]
    assert listed(finding="OVERLAPS", township="330604001") == []
    with pytest.raises(Invalid, match="AREA_DIFFERS, OVERLAPS, POINT_OUTSIDE"):
        listed(finding="DOUBTFUL")


@pytest.mark.parametrize(
    ("lon", "lat", "reasons"),
    [
        (30.03, 120.83, [("AXES_SWAPPED", "lon")]),
        (120.929014, 29.477483, [("OUTSIDE_DISTRICT", "lon")]),
        (580201.91, 3324240.2, [("NOT_DEGREES", "lon")]),
        ("120.83", 30.03, [("INVALID", "lon")]),
    ],
)
def test_a_question_about_a_place_that_cannot_be_is_refused(parcels, lon, lat, reasons):
    with pytest.raises(Answered) as told:
        parcels.read("parcels_at", lon=lon, lat=lat)

    assert [(reason.code, reason.field) for reason in told.value.reasons] == reasons


def test_the_boundaries_of_a_township_are_read_page_by_page_as_geojson(parcels):
    numbers = range(1, 6)
    for number in numbers:
        parcels.report(*outlined(number, rectangle(200 * number, 0)))
    parcels.report(*outlined(3, rectangle(790, 0), surveyed_on="2023-05-01"))
    parcels.report(*pointed(6, position(5, 5), crs="WGS84"))

    pages, cursor = [], None
    while not pages or cursor:
        page = parcels.read("boundaries_geojson", township="330604006", limit=4, cursor=cursor)
        pages.append(page)
        cursor = page["cursor"]

    assert [page["type"] for page in pages] == ["FeatureCollection"] * 2
    features = [feature for page in pages for feature in page["features"]]
    assert [each["id"] for each in features] == [parcel_id(number) for number in (*numbers, 6)]
    assert features[0]["geometry"] == rectangle(200, 0)
    assert features[0]["properties"]["area_m2"] == "5000.00"
    assert features[-1]["geometry"] == {"type": "Point", "coordinates": position(5, 5)}
    assert features[-1]["properties"]["crs"] == "WGS84"
    assert features[-1]["properties"]["area_m2"] is None
    assert features[2]["properties"]["surveyed_on"] == "2023-05-01"
    told = [[reason["code"] for reason in each["properties"]["reasons"]] for each in features]
    assert told == [[], [], ["OVERLAPS"], ["OVERLAPS"], [], []]
    assert parcels.read("boundaries_geojson", township="330604001")["features"] == []


def test_the_area_of_a_hole_is_no_part_of_the_outline(parcels):
    parcels.report(*outlined(1, polygon(corners(0, 0, 100, 50), corners(20, 10, 30, 30))))

    assert Decimal(findings(parcels, 1)["outline_area_m2"]) == Decimal(4100)
    assert plots.DAY.isoformat() == findings(parcels, 1)["surveyed_on"]
