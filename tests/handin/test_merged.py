"""Merged cells of a workbook: read as people see them."""

from __future__ import annotations

import pytest
from openpyxl import Workbook, load_workbook

from handin.errorbook import ErrorBook
from handin.said import Outcome

from .conftest import PARCEL, PARCELS, TOWNSHIP

HEAD = ("乡镇街道", *PARCELS)


def book(desk, rows, *merges):
    made = Workbook()
    for row in rows:
        made.active.append(list(row))
    for area in merges:
        made.active.merge_cells(area)
    made.save(desk.home / "merged.xlsx")
    return desk.home / "merged.xlsx"


def parcel(own, town=None, **more):
    return town, *{**dict(zip(PARCELS, PARCEL, strict=True)), "宗地编号": own, **more}.values()


def test_a_cell_over_several_rows_counts_for_each_of_them_and_for_no_other(desk):
    rows = [HEAD, parcel("1", "小越街道"), parcel("2"), parcel("3"), parcel("4")]

    judged = desk.judged(book(desk, rows, "A2:A4"), township="", kind="parcels")

    assert [each.goes for each in judged] == [True, True, True, False]
    assert {each.reports[0].township for each in judged[:3]} == {TOWNSHIP}
    assert any("merged" in remark.why for remark in judged[1].remarks)


def test_two_areas_below_each_other_have_each_its_own_value(desk):
    rows = [PARCELS, *(parcel(str(n))[1:] for n in range(4))]
    rows[1], rows[3] = list(rows[1]), list(rows[3])
    rows[1][2], rows[3][2] = "工业", "仓储"

    judged = desk.judged(book(desk, rows, "C2:C3", "C4:C5"))

    uses = [each.reports[0].data["land_use"] for each in judged]
    assert uses == ["industrial", "industrial", "warehouse", "warehouse"]


def test_one_figure_of_several_rows_needs_a_person_in_each_of_them(desk):
    rows = [PARCELS, *(parcel(str(n))[1:] for n in range(3))]

    judged = desk.judged(book(desk, rows, "B2:B3"))

    assert [each.goes for each in judged] == [False, False, True]
    assert [each.outcome for each in judged[:2]] == [Outcome.NEEDS_PERSON] * 2
    assert any("rows 2 to 3" in each.why for each in judged[1].remarks)


def test_an_id_of_several_rows_is_one_thing_said_twice(desk):
    rows = [PARCELS, parcel("1")[1:], parcel(None)[1:]]

    judged = desk.judged(book(desk, rows, "A2:A3"))

    assert [each.goes for each in judged] == [True, False]


def test_merged_titles_are_titles_and_no_values(desk):
    head = [("上虞区宗地台账",), PARCELS, (None,) * len(PARCELS)]

    judged = desk.judged(book(desk, [*head, parcel("1")[1:]], "A1:F1", "A2:A3", "B2:B3"))

    assert [each.reports[0].thing for each in judged] == [f"{TOWNSHIP}-1"]


@pytest.mark.parametrize("value", ["=1+1", "小越街道"])
def test_a_merged_cell_goes_back_as_what_stands_in_it(desk, value):
    judged = desk.judged(book(desk, [HEAD, parcel("1", value), parcel("2")], "A2:A3"), township="")
    errors = ErrorBook(desk.home / "errors.xlsx", HEAD)

    errors.add(3, judged[1].cells, Outcome.REFUSED, "why", ["A"])
    errors.close()

    _, row = load_workbook(desk.home / "errors.xlsx").active.iter_rows(values_only=True)
    assert row[0] in (value, None)
    assert row[1] == "2"


def test_an_area_without_a_value_is_an_empty_cell(desk):
    rows = [PARCELS, *([*parcel(str(n))[1:]] for n in range(2))]
    for row in rows[1:]:
        row[2] = None

    judged = desk.judged(book(desk, rows, "C2:C3"))

    whys = [[each.why for each in row.remarks if each.holds_back] for row in judged]
    assert whys == [["It is missing, and needed."]] * 2
