"""Published surveys of the soil load as they were printed, and say what was guessed or is missing."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from backbone.errors import Invalid
from services.parcels.soil.printed import printed_survey

from .. import reports as land
from .test_soil import answers, record

TABLE = Path(__file__).with_name("printed.csv")
ROWS = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))
TODAY = date(2026, 1, 1)
MONTHS = ["MONTH_ONLY", "MONTH_ONLY"]


def read(number=0, **more):
    return printed_survey(ROWS[number] | more, TODAY)


def flags(printed):
    return [flag.code for flag in printed.flags]


@pytest.mark.parametrize(
    ("number", "area", "use", "lon", "lat", "raised"),
    [
        (0, "38668.6", "residential", "120.831517", "30.034687", [*MONTHS, "PUBLISHED_LATE"]),
        (1, "50669", "residential", "120.865465", "30.043390", [*MONTHS, "PUBLISHED_LATE"]),
        (2, "2299", "residential", None, None, ["COORDINATES_MISSING", "MONTH_ONLY"]),
        (
            3,
            None,
            "public",
            "120.929014",
            "29.477483",
            ["AREA_MISSING", "OUTSIDE_DISTRICT", "OTHER_DISTRICT"],
        ),
    ],
)
def test_area_use_and_place_of_each_plot(number, area, use, lon, lat, raised):
    printed = read(number)

    figures = (printed.area_m2, printed.lon, printed.lat)
    assert figures == tuple(value and Decimal(value) for value in (area, lon, lat))
    assert (printed.planned_use, flags(printed)) == (use, raised)


@pytest.mark.parametrize(
    ("number", "survey"),
    [
        (
            0,
            {
                "phase": "preliminary",
                "conclusion": "met",
                "concluded_on": "2020-01-31",
                "surveyed_from": "2019-04-01",
                "surveyed_to": "2020-01-31",
                "publicity_from": "2025-06-25",
                "publicity_to": "2025-07-09",
                "publicity_days": 15,
                "findings": [{"medium": "groundwater", "substance": "氨氮", "exceeded": True}],
            },
        ),
        (
            1,
            {
                "phase": "preliminary",
                "conclusion": "met",
                "concluded_on": "2019-04-30",
                "surveyed_from": "2019-03-01",
                "surveyed_to": "2019-04-30",
                "publicity_from": "2025-06-24",
                "publicity_to": "2025-07-08",
                "publicity_days": 15,
                "findings": [
                    {"medium": "groundwater", "substance": "高锰酸钾指数", "exceeded": True}
                ],
            },
        ),
        (
            2,
            {
                "phase": "phase_1",
                "conclusion": "phase_1_suffices",
                "concluded_on": "2024-10-31",
                "surveyed_from": "2024-10-01",
                "findings": [],
            },
        ),
        (
            3,
            {
                "phase": "preliminary",
                "conclusion": "met",
                "concluded_on": "2023-08-01",
                "surveyed_from": "2023-06-21",
                "surveyed_to": "2023-08-01",
                "publicity_from": "2023-08-28",
                "publicity_to": "2023-09-11",
                "publicity_days": 15,
                "findings": [],
            },
        ),
    ],
)
def test_each_row_is_the_survey_that_was_printed(number, survey):
    assert read(number).survey == survey


@pytest.mark.parametrize(("shown_on", "is_late"), [("2026-08-01", False), ("2026-08-02", True)])
def test_a_survey_may_be_published_until_three_years_after_it_ended(shown_on, is_late):
    assert ("PUBLISHED_LATE" in flags(read(3, publicity_from=shown_on))) is is_late


def test_a_printed_survey_is_taken_by_the_desk_and_passes_with_its_groundwater(parcels):
    parcels.report(*land.survey())
    ids = {"parcel_id": land.PARCEL, "soil_report_id": "printed-1"}

    answer = parcels.call("record_soil_survey", **ids, **read(0).survey, reviewed_on="2023-06-25")

    assert "more than 3 years ago" in answer["note"]
    assert "days of publicity" not in answer["note"]
    assert record(parcels)["stage"] == "clear"
    assert answers(parcels) == [False, True, False, False]


@pytest.mark.parametrize(
    ("printed", "lon", "lat"),
    [
        ("120°55′44.449E 29°28′38.937N", "120.929014", "29.477483"),
        ("29°28'38.937\"N, 120°55'44.449\"E", "120.929014", "29.477483"),
        ("120.831517° 30.034687°", "120.831517", "30.034687"),
        ("120°30′ 30°", "120.5", "30"),
        ("(masked)", "120.831517", "30.034687"),
    ],
)
def test_coordinates_are_read_as_they_are_written(printed, lon, lat):
    found = read(0, coordinates_as_printed=printed)

    assert (found.lon, found.lat) == (Decimal(lon), Decimal(lat))


@pytest.mark.parametrize(
    ("use", "meant"),
    [
        ("0704 社区服务设施用地", "residential"),
        ("0804", "public"),
        ("090104", "commercial"),
        ("100101 一类工业用地", "industrial"),
        ("社区服务设施用地", "public"),
        ("商住混合用地", "residential"),
        ("商服用地", "commercial"),
        ("9999", None),
    ],
)
def test_a_use_is_read_by_its_code_else_by_its_word(use, meant):
    printed = read(0, planned_use=use)

    assert printed.planned_use == meant
    assert ("USE_UNKNOWN" in flags(printed)) is (meant is None)


@pytest.mark.parametrize(
    ("lon", "inside"), [("120.59", False), ("120.60", True), ("121.11", True), ("121.12", False)]
)
def test_a_place_outside_the_district_is_flagged(lon, inside):
    printed = read(0, coordinates_as_printed="", lon=lon)

    assert ("OUTSIDE_DISTRICT" not in flags(printed)) is inside


@pytest.mark.parametrize(
    ("lat", "inside"), [("29.70", False), ("29.71", True), ("30.28", True), ("30.29", False)]
)
def test_so_is_one_north_or_south_of_it(lat, inside):
    printed = read(0, coordinates_as_printed="", lat=lat)

    assert ("OUTSIDE_DISTRICT" not in flags(printed)) is inside


@pytest.mark.parametrize(
    ("column", "text", "hint"),
    [
        ("phase", "3", "preliminary"),
        ("conclusion", "", "phase_1_suffices"),
        ("surveyed_from", "2019-13", "2019-04"),
        ("publicity_to", "2025-02-30", "2019-04-30"),
        ("publicity_to", "July", "2019-04-30"),
        ("area_m2", "38亩", "38668.6"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_would_be_right(column, text, hint):
    with pytest.raises(Invalid) as refused:
        read(0, **{column: text})

    (reason,) = refused.value.reasons
    assert (reason.field, hint in reason.sentence) == (column, True)


def test_a_survey_without_any_day_cannot_be_dated():
    with pytest.raises(Invalid, match="ended"):
        read(2, surveyed_from="")
