"""In whatever order firms, figures and surveys are heard, a round comes to the same scores."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from ..conftest import NOON
from ..reports import TOWNSHIP, firm, premises
from .conftest import Desk, firm_id, plot_id


def report(number, *where, **more):
    return "enterprise.registered", firm(*where, enterprise_id=firm_id(number), uscc=None, **more)


def figures(number, tax, source="tax"):
    about = {"enterprise_id": firm_id(number), "data_year": 2022, "source_class": source}
    return "enterprise.figures_reported", about | {"tax_paid_cny": tax}


def survey(number, area_m2, version):
    fact = {"parcel_id": plot_id(number), "township": TOWNSHIP, "area_m2": area_m2}
    return "parcel_registered", fact | {
        "land_use": "industrial",
        "in_zone": True,
        "version": version,
    }


def at(number, role="owner"):
    return premises(role, parcel_id=plot_id(number))


HEARD = [
    report(1, at(1)),
    report(2, at(2)),
    report(2, at(2), at(1)),
    report(3, at(3)),
    report(4, at(3, "tenant")),
    figures(1, "400000"),
    figures(2, "300000"),
    figures(3, "1"),
    figures(3, "900000"),
    figures(3, "2", "declared"),
    survey(1, "6000", 1),
    survey(1, "2000", 2),
    survey(2, "2000", 1),
    survey(3, "2000", 1),
]


def played(order):
    desk = Desk()
    for number in order:
        type_, data = HEARD[number]
        at = NOON + timedelta(minutes=number)
        source = "parcels" if type_ == "parcel_registered" else "township"
        how = {"publisher": TOWNSHIP} if source == "township" else {}
        desk._heard(source, type_, data, at=at, id=f"e-{number}", **how)
    desk.open()
    for number in (1, 2, 3):
        desk.give(number, electricity_kwh="1000000")
    desk.until_final()
    return desk.scored(), desk.facts_named("grade_final")


IN_ORDER = played(range(len(HEARD)))


@settings(max_examples=25, deadline=None)
@given(st.permutations([*range(len(HEARD))] * 2))
def test_in_whatever_order_and_number_they_come_the_grades_are_the_same(order):
    assert played(order) == IN_ORDER


def test_the_grades_in_order_are_those_of_the_newest_reports():
    firms, _ = IN_ORDER

    units = {number: each["unit"] for number, each in firms.items()}
    assert units == {"1": firm_id(1), "2": firm_id(1), "3": firm_id(3), "4": None}
    assert (firms["3"]["rank"], firms["1"]["rank"], firms["4"]["grade"]) == (1, 2, "B")
