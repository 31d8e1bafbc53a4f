"""Formulas are never worked out, and never written: neither those of the file nor those that a text
would become."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from handin.errorbook import DANGEROUS, ErrorBook, safe
from handin.said import Formula, Outcome

from .conftest import PARCEL, PARCELS

PERSON = "330604198001010093"
ATTACKS = ("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", ' =cmd|"/c calc"!A0', "=HYPERLINK(1)")


def with_cached(path: Path, value: str) -> Path:
    """The workbook with a value beside its formula, as a spreadsheet program leaves it."""
    out = path.with_name("cached.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"<v ?/>|<v></v>", f"<v>{value}</v>".encode(), data)
            new.writestr(name, data)
    return out


def test_the_value_that_a_formula_left_is_taken_and_said(desk):
    path = with_cached(desk.workbook([PARCELS, ("0231", "=1+2", *PARCEL[2:])]), "3")

    (judged,) = desk.judged(path)

    assert judged.reports[0].data["area_m2"] == "3"
    assert "the value of a formula was taken" in [each.why for each in judged.remarks]


def test_a_formula_without_a_value_is_refused(desk):
    (judged,) = desk.judged(desk.workbook([PARCELS, ("0231", "=1+2", *PARCEL[2:])]))

    assert judged.outcome == Outcome.REFUSED
    assert "without a value" in judged.remarks[-1].why


@pytest.mark.parametrize("text", ["=1+2", " =1+2", "'=1+2"])
def test_a_formula_in_a_csv_is_refused(desk, text):
    head = ",".join(PARCELS)

    (judged,) = desk.judged(desk.csv(f"{head}\n0231,{text},工业,工业,是,2023-01-05\n"))

    assert judged.outcome == Outcome.REFUSED


def test_a_text_of_digits_that_a_spreadsheet_wrapped_is_a_text(desk):
    head = ",".join(PARCELS)

    (judged,) = desk.judged(desk.csv(f'{head}\n"=""0231""",17,工业,工业,是,2023-01-05\n'))

    assert judged.reports[0].thing.endswith("-0231")


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_that_goes_back_is_a_formula(tmp_path, attack):
    book = ErrorBook(tmp_path / "errors.xlsx", ["编号", attack])
    book.add(2, (attack, Formula(attack)), Outcome.REFUSED, attack, ["A"])
    assert book.close()

    for row in load_workbook(tmp_path / "errors.xlsx").active.iter_rows():
        for cell in row:
            assert cell.data_type != "f"
            assert not str(cell.value).lstrip().startswith(DANGEROUS)


@given(st.text() | st.from_regex(r"[ \t]*[=+@\-].*"))
def test_a_text_that_goes_back_begins_as_no_formula_does(text):
    assert not safe(text).startswith(DANGEROUS)
    assert not safe(text).lstrip().startswith(DANGEROUS)


@pytest.mark.parametrize(
    "cell", [PERSON, f"王某 {PERSON}", "330604 19800101 0093", int(PERSON), float(PERSON)]
)
def test_a_persons_number_goes_back_without_its_digits(cell):
    assert "19800101" not in re.sub(r"\s", "", str(safe(cell)))
    assert "****" in safe(cell)


@pytest.mark.parametrize(
    "cell", ["91330604XXXX00019D", "330604001002GB00017", 11781.5, None, "小越街道"]
)
def test_everything_else_goes_back_as_it_came(cell):
    assert safe(cell) == cell


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=25,
)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "name": st.text("0123456789AZaz._", min_size=1, max_size=20),
                "area": st.decimals("0.01", "99999", places=2),
                "day": st.dates(date(1955, 1, 1), date(2024, 1, 1)),
                "zone": st.booleans(),
            }
        ),
        max_size=20,
        unique_by=lambda each: each["name"],
    )
)
def test_clean_parcels_written_to_a_workbook_are_read_back_the_same(desk, parcels):
    rows = [
        (
            each["name"],
            float(each["area"]),
            "工业",
            "仓储",
            "是" if each["zone"] else "否",
            each["day"],
        )
        for each in parcels
    ]

    judged = desk.judged(desk.workbook([PARCELS, *rows]), kind="parcels")

    assert all(each.goes for each in judged)
    read = [each.reports[0].data for each in judged]
    assert [
        (r["parcel_id"][10:], float(r["area_m2"]), r["surveyed_on"], r["in_zone"]) for r in read
    ] == [(p["name"], float(p["area"]), p["day"].isoformat(), p["zone"]) for p in parcels]
