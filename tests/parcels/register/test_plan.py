"""The area as it came in, what stands on a parcel, its uses by code, and what the plan allows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.parcels.register.parcel import NEVER
from services.parcels.register.plan.plan import USE_CODES, Buildings, Classification, plot_ratio

from .. import reports
from ..conftest import Parcels
from ..reports import PARCEL, event


def survey(**more):
    """A survey whose area is given in no other way."""
    type_, data = reports.survey(**more)
    return type_, {name: value for name, value in data.items() if name != "area_m2"}


def parcel(parcels):
    return parcels.read("get_parcel", parcel_id=PARCEL)


# --- the area


@pytest.mark.parametrize(
    ("value", "unit", "area_m2"),
    [
        ("11781", "m2", "11781"),
        ("17.67", "mu", "11780"),
        ("1.1781", "hectare", "11781"),
        ("1.1781", "wan_m2", "11781"),
        ("0.000001", "hectare", "0.01"),
        ("100000", "hectare", "1000000000"),
    ],
)
def test_an_area_is_kept_in_its_unit_and_in_square_metres(parcels, value, unit, area_m2):
    given_ = {"value": value, "unit": unit}

    parcels.report(*survey(area_reported=given_))

    assert parcel(parcels)["area_m2"] == area_m2
    assert parcel(parcels)["area_reported"] == given_


@pytest.mark.parametrize(
    ("area", "unit"), [({"area_m2": "11781"}, "m2"), ({"area_mu": "11781"}, "mu")]
)
def test_an_area_in_the_old_fields_keeps_its_unit_too(parcels, area, unit):
    type_, data = survey()

    parcels.report(type_, data | area)

    assert parcel(parcels)["area_reported"] == {"value": "11781", "unit": unit}


@pytest.mark.parametrize(
    "area",
    [
        {},
        {"area_m2": "1", "area_reported": {"value": "1", "unit": "m2"}},
        {"area_mu": "1", "area_reported": {"value": "1", "unit": "mu"}},
        {"area_reported": {"value": "1", "unit": "acre"}},
        {"area_reported": {"value": "0", "unit": "mu"}},
        {"area_reported": {"value": "100000.000001", "unit": "hectare"}},
    ],
)
def test_an_area_is_given_once_and_in_a_unit_that_is_known(parcels, refused, area):
    type_, data = survey()

    with refused("INVALID"):
        parcels.report(type_, data | area)


# --- what stands on it


@pytest.mark.parametrize(
    ("floor_m2", "area_m2", "ratio"),
    [
        ("14137.2", "11781", "1.20"),
        ("0", "11781", "0.00"),
        ("1", "8", "0.13"),  # half up
        ("1", None, None),
        (None, "11781", None),
    ],
)
def test_the_present_plot_ratio_is_floor_area_by_area(floor_m2, area_m2, ratio):
    stands = Buildings(floor_area_m2=Decimal(floor_m2), recorded=NEVER) if floor_m2 else None

    found = plot_ratio(stands, Decimal(area_m2) if area_m2 else None)

    assert found == (Decimal(ratio) if ratio else None)


def test_the_page_of_a_plot_has_its_present_plot_ratio(parcels):
    parcels.report(*reports.survey(area_mu="15", buildings={"floor_area_m2": "12000"}))

    assert parcels.read("resolve_code", code=PARCEL)["plot_ratio"] == "1.20"


@pytest.mark.parametrize(
    ("years", "fits"),
    [
        ({}, True),
        ({"built_from_year": 2006}, True),
        ({"built_from_year": 2006, "built_to_year": 2006}, True),
        ({"built_from_year": 2006, "built_to_year": 2005}, False),
        ({"built_to_year": 2006}, False),
        ({"built_from_year": 1899}, False),
        ({"built_from_year": 1900}, True),
        ({"built_from_year": 2201}, False),
    ],
)
def test_buildings_are_of_one_year_or_of_the_years_from_one_to_another(
    parcels, refused, years, fits
):
    report = reports.survey(buildings={"floor_area_m2": "1", **years})

    if fits:
        assert parcels.report(*report) is None
    else:
        with refused("INVALID"):
            parcels.report(*report)


# --- uses by code


@pytest.mark.parametrize(
    ("classification", "code", "name", "use"),
    [
        ("land_sea", "1001", "工业用地", "industrial"),
        ("land_sea", "100102", "二类工业用地", "industrial"),
        ("land_sea", "0704", "农村社区服务设施用地", "residential"),
        ("land_sea", "0901", "商业用地", "commercial"),
        ("land_sea", "110101", "一类物流仓储用地", "warehouse"),
        ("land_sea", "1303", "供电用地", None),
        ("gb_t_21010", "0601", "工业用地", "industrial"),
        ("gb_t_21010", "0604", "仓储用地", "warehouse"),
        ("gb_t_21010", "0809", "公用设施用地", None),
    ],
)
def test_a_use_code_has_its_name_and_the_word_of_the_register(classification, code, name, use):
    (edition,) = USE_CODES.editions.values()

    found = edition[Classification(classification)][code]

    assert (found.name, found.use) == (name, use)


def test_a_subclass_is_of_the_use_of_its_class():
    (edition,) = USE_CODES.editions.values()
    known = edition[Classification.LAND_SEA]

    assert [
        c for c in known if len(c) == 6 and c[:4] in known and known[c].use != known[c[:4]].use
    ] == []


@pytest.mark.parametrize(
    ("codes", "note"),
    [
        ({"land_use_codes": ["100102"], "planned_use_codes": ["1001"]}, None),
        ({"land_use_codes": ["100102", "0901"]}, None),  # mixed: the main use is first
        ({"compatible_use_codes": ["0901", "110101"]}, None),
        ({"land_use_codes": ["1303"]}, None),  # a use for which the register has no word
        ({"land_use_codes": ["0901"]}, "means commercial, but land_use says industrial"),
        ({"planned_use_codes": ["0701"]}, "means residential, but planned_use says industrial"),
        ({"compatible_use_codes": ["1004"]}, "Not among the use codes known here: 1004"),
        ({"land_use_codes": ["0601"]}, "Not among the use codes known here: 0601"),
        ({"classification": "gb_t_21010", "land_use_codes": ["0601"]}, None),
    ],
)
def test_codes_are_kept_and_what_is_doubtful_about_them_is_noted(parcels, codes, note):
    told = parcels.report(*reports.survey(coded_uses=codes))

    kept = parcel(parcels)["coded_uses"]
    assert {name: kept[name] for name in codes} == codes
    assert (told is None) if note is None else (note in told)


@pytest.mark.parametrize("code", ["10", "100", "10010", "1001022", "M1", "一二三四"])
def test_a_use_code_has_four_digits_or_six(parcels, refused, code):
    with refused("INVALID"):
        parcels.report(*reports.survey(coded_uses={"land_use_codes": [code]}))


# --- what the plan allows, as notices print it

NOTICES = {
    "绍兴 2025 G3": {
        "plot_ratio": ("2", "2.5"),
        "density_pct": ("30", "50"),
        "green_rate_pct": ("10", "20"),
    },
    "江苏 2025-25": {
        "plot_ratio": ("2", None),
        "building_coefficient_pct": ("40", None),
        "office_land_pct": (None, "7"),
    },
    "北海 2023": {
        "plot_ratio": ("0.7", "1.8"),
        "density_pct": ("35", "65"),
        "green_rate_pct": (None, "20"),
        "office_land_pct": (None, "7"),
    },
    "宁海 2021": {
        "plot_ratio": ("1.2", None),
        "density_pct": (None, "55"),
        "green_rate_pct": (None, "20"),
        "height_m": (None, "24"),
    },
}


@pytest.mark.parametrize("notice", NOTICES)
def test_the_conditions_of_real_notices_are_kept_as_they_are_printed(parcels, notice):
    printed = {
        name: {"minimum": low, "maximum": high} for name, (low, high) in NOTICES[notice].items()
    }

    parcels.report(*reports.survey(plan_conditions=printed))

    kept = parcel(parcels)["plan_conditions"]
    assert {name: value for name, value in kept.items() if value and name != "recorded"} == printed


@pytest.mark.parametrize(
    ("name", "bounds", "fits"),
    [
        ("plot_ratio", {}, False),
        ("plot_ratio", {"minimum": None, "maximum": None}, False),
        ("plot_ratio", {"minimum": "2", "maximum": "2"}, True),
        ("plot_ratio", {"minimum": "2", "maximum": "1.9"}, False),
        ("plot_ratio", {"minimum": "0"}, True),
        ("plot_ratio", {"maximum": "100.1"}, False),
        ("density_pct", {"maximum": "100"}, True),
        ("density_pct", {"maximum": "100.01"}, False),
        ("height_m", {"maximum": "-1"}, False),
    ],
)
def test_a_condition_has_a_bound_and_its_bounds_are_in_order(parcels, refused, name, bounds, fits):
    report = reports.survey(plan_conditions={name: bounds})

    if fits:
        parcels.report(*report)
    else:
        with refused("INVALID"):
            parcels.report(*report)


# --- in any order

SURVEYS = [
    reports.survey(
        buildings={"floor_area_m2": "1"}, plan_conditions={"plot_ratio": {"minimum": "1"}}
    ),
    reports.survey(coded_uses={"land_use_codes": ["1001"]}, surveyed_on="2023-02-01"),
    reports.survey(buildings={"floor_area_m2": "2"}, surveyed_on="2023-03-01"),
    survey(area_reported={"value": "1", "unit": "hectare"}, surveyed_on="2023-04-01"),
]
EVENTS = [event(*each, number) for number, each in enumerate(SURVEYS)]


@settings(max_examples=24, deadline=None)
@given(st.permutations(EVENTS))
def test_each_part_is_as_the_newest_report_that_spoke_of_it_says(order):
    parcels = Parcels()
    for each in order:
        parcels.handle(each)

    found = parcel(parcels)
    assert found["buildings"]["floor_area_m2"] == "2"
    assert found["plan_conditions"]["plot_ratio"]["minimum"] == "1"
    assert found["coded_uses"]["land_use_codes"] == ["1001"]
    assert found["area_reported"] == {"value": "1", "unit": "hectare"}
