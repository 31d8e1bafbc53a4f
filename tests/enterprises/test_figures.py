"""Yearly figures of firms: the later report stands, and those of statistics judge nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Answered

from .conftest import NOON, Enterprises
from .reports import FIRM, PARCEL, TOWNSHIP, firm, premises

OTHER_PARCEL = f"{TOWNSHIP}-0240"


def figures(**more):
    given = {"enterprise_id": FIRM, "data_year": 2022, "source_class": "declared"}
    return given | {"tax_paid_cny": "265000"} | more


def on(*parcels):
    return [{"parcel_id": parcel_id, "share": share} for parcel_id, share in parcels]


@pytest.fixture
def report(enterprises):
    hours = iter(range(1000))

    def tell(data, publisher=TOWNSHIP):
        at = NOON + timedelta(hours=next(hours))
        return enterprises._heard(
            "township", "enterprise.figures_reported", data, publisher=publisher, at=at
        )

    return tell


def told(enterprises):
    return enterprises.facts_named("yearly_figures_reported")


def test_figures_are_announced_with_the_parcel_on_which_the_firm_was(enterprises, report):
    enterprises.report(firm())
    assert report(figures(employees=60, energy_tce="310.5")) is None

    assert told(enterprises) == [
        {
            "enterprise_id": FIRM,
            "township": TOWNSHIP,
            "data_year": 2022,
            "version": 1,
            "industry_code": "C34",
            "parcels": [{"parcel_id": PARCEL, "share": "1"}],
            "tax_paid_cny": "265000",
            "gross_output_cny": None,
            "value_added_cny": None,
            "energy_tce": "310.5",
            "employees": "60",
            "floor_area_m2": None,
            "at_least": [],
            "statistics_only": [],
        }
    ]


def test_a_firm_that_is_reported_later_brings_its_parcel_and_industry(enterprises, report):
    report(figures())
    enterprises.report(firm())

    first, last = told(enterprises)
    assert (first["parcels"], first["industry_code"]) == ([], None)
    assert (last["parcels"], last["industry_code"]) == (on((PARCEL, "1")), "C34")


def test_the_same_report_again_says_nothing_new(enterprises, report):
    enterprises.report(firm())
    report(figures())
    report(figures())

    assert len(told(enterprises)) == 1


@pytest.mark.parametrize(
    ("days", "there"),
    [
        ({"from": "2015-01-01", "to": "2021-12-31"}, False),
        ({"from": "2015-01-01", "to": "2022-01-01"}, True),
        ({"from": "2022-12-31"}, True),
        ({"from": "2023-01-01"}, False),
    ],
)
def test_only_a_parcel_on_which_it_was_in_that_year_counts(enterprises, report, days, there):
    enterprises.report(firm(premises() | days))
    report(figures())

    assert told(enterprises)[0]["parcels"] == (on((PARCEL, "1")) if there else [])


def test_of_a_firm_on_several_parcels_nobody_guesses_the_shares(enterprises, report):
    enterprises.report(firm(premises(), premises(parcel_id=OTHER_PARCEL)))
    report(figures())
    report(figures(parcels=on((PARCEL, "0.25"), (OTHER_PARCEL, "0.75"))))

    guessed, said = (each["parcels"] for each in told(enterprises))
    assert guessed == on((PARCEL, None), (OTHER_PARCEL, None))
    assert said == on((PARCEL, "0.25"), (OTHER_PARCEL, "0.75"))


def test_a_parcel_that_is_named_no_more_keeps_nothing(enterprises, report):
    report(figures(parcels=on((PARCEL, "1"))))
    report(figures(parcels=on((OTHER_PARCEL, "1"))))

    assert told(enterprises)[-1]["parcels"] == on((PARCEL, "0"), (OTHER_PARCEL, "1"))
    assert [each["version"] for each in told(enterprises)] == [1, 2]


def test_a_report_of_another_class_without_parcels_leaves_them(enterprises, report):
    report(figures(parcels=on((PARCEL, "0.5"))))
    report(figures(source_class="tax", tax_paid_cny="1"))

    assert told(enterprises)[-1]["parcels"] == on((PARCEL, "0.5"))


def test_an_older_report_that_comes_late_changes_nothing(enterprises):
    def at(hour, **more):
        how = {"publisher": TOWNSHIP, "at": NOON + timedelta(hours=hour)}
        return enterprises._heard("township", "enterprise.figures_reported", figures(**more), **how)

    at(2, tax_paid_cny="2")
    assert at(1, tax_paid_cny="1") == "a later report stands"
    assert [each["tax_paid_cny"] for each in told(enterprises)] == ["2"]


def test_a_figure_of_the_tax_office_goes_before_a_declared_one(enterprises, report):
    report(figures(source_class="tax", tax_paid_cny="200000"))
    bounds = ["tax_paid_cny", "gross_output_cny"]
    report(figures(gross_output_cny="5", tax_paid_cny="300000", at_least=bounds))

    last = told(enterprises)[-1]
    assert (last["tax_paid_cny"], last["gross_output_cny"]) == ("200000", "5.00")
    assert last["at_least"] == ["gross_output_cny"]


def test_a_figure_of_statistics_is_named_and_not_told(enterprises, report):
    report(figures(source_class="statistics", value_added_cny="7", tax_paid_cny="8"))
    report(figures(tax_paid_cny="9"))

    first, last = told(enterprises)
    assert (first["value_added_cny"], first["tax_paid_cny"]) == (None, None)
    assert first["statistics_only"] == ["tax_paid_cny", "value_added_cny"]
    assert (last["tax_paid_cny"], last["statistics_only"]) == ("9", ["value_added_cny"])
    held = enterprises.read("get_firm_figures", enterprise_id=FIRM)
    assert held["reports"][1]["figures"]["value_added_cny"] == "7"


def test_the_desk_lists_the_firms_of_a_year(enterprises, report):
    report(figures())
    report(figures(data_year=2021))

    def listed(year):
        found = enterprises.read("list_firm_figures", filter={"data_years": year})
        return [each["enterprise_id"] for each in found["items"]]

    assert (listed(2021), listed(2020)) == ([FIRM], [])


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"data_year": 2023}, "YEAR_NOT_OVER"),
        ({"tax_paid_cny": None}, "NO_FIGURE"),
        ({"at_least": ["employees"]}, "BOUND_WITHOUT_FIGURE"),
        ({"parcels": on((PARCEL, "0.6"), (OTHER_PARCEL, "0.41"))}, "SHARES_DO_NOT_ADD_UP"),
        ({"parcels": on((PARCEL, "0.1"), (PARCEL, "0.1"))}, "SHARES_DO_NOT_ADD_UP"),
        ({"source_class": "hearsay"}, "INVALID"),
        ({"data_year": 1999}, "INVALID"),
        ({"energy_tce": "-1"}, "INVALID"),
    ],
)
def test_what_cannot_be_is_refused(report, wrong, code):
    with pytest.raises(Answered) as caught:
        report(figures(**wrong))

    assert [reason.code for reason in caught.value.reasons] == [code]


def test_what_is_just_right_is_taken(report):
    assert report(figures(parcels=on((PARCEL, "0.6"), (OTHER_PARCEL, "0.4")))) is None
    assert report(figures(tax_paid_cny="-5.5")) is None


def test_a_township_reports_its_own_firms_only(report):
    with pytest.raises(Answered, match="NOT_YOUR_TOWNSHIP"):
        report(figures(), publisher="330604105")


REPORTS = [
    ("enterprise.registered", firm(premises(), premises(parcel_id=OTHER_PARCEL))),
    ("enterprise.figures_reported", figures()),
    ("enterprise.figures_reported", figures(tax_paid_cny="1", parcels=on((PARCEL, "0.5")))),
    ("enterprise.figures_reported", figures(source_class="tax", tax_paid_cny="2")),
    ("enterprise.figures_reported", figures(source_class="statistics", employees=3)),
    ("enterprise.figures_reported", figures(data_year=2021)),
    ("enterprise.registered", firm(premises(), industry_code="C35")),
]


@settings(max_examples=40, deadline=None)
@given(st.permutations([*range(len(REPORTS))] * 2))
def test_in_whatever_order_they_come_the_same_stands(order):
    enterprises = Enterprises()
    for number in order:
        type_, data = REPORTS[number]
        at = NOON + timedelta(hours=number)
        enterprises._heard("township", type_, data, publisher=TOWNSHIP, at=at, id=f"e-{number}")

    last = {each["data_year"]: each for each in told(enterprises)}
    shares = {p["parcel_id"]: p["share"] for p in last[2022]["parcels"]}
    assert shares.pop(OTHER_PARCEL, "0") == "0"
    assert shares == {PARCEL: "0.5"}
    assert (last[2022]["tax_paid_cny"], last[2022]["industry_code"]) == ("2", "C35")
    assert last[2022]["statistics_only"] == ["employees"]
    left = {p["parcel_id"]: p["share"] for p in last[2021]["parcels"]}
    assert left.pop(OTHER_PARCEL, "0") == "0"
    assert left == {PARCEL: "1"}
    for year in (2021, 2022):
        versions = [each["version"] for each in told(enterprises) if each["data_year"] == year]
        assert versions == list(range(1, len(versions) + 1))
