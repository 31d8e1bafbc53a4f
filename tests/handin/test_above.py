"""What stands above a header and in its titles: the year of a table, its units; and which kind it is."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from handin.errorbook import ErrorBook
from handin.said import FileRefused, Outcome

from .conftest import PARCEL, PARCELS

YEAR = ("企业编号", "实缴税金", "综合能耗", "建筑面积")
FIGURES = ("E9", 26.5, 310.5, 3)
TITLE = "上虞区规上工业企业2022年度亩均效益数据表"
UNITS = "单位：万元、吨标煤、亩"
TAX = {"source_class": "税务"}


def read(desk, *rows, **asked):
    sheet = desk.opened(desk.workbook(rows), **{"given": TAX} | asked)
    (judged,) = sheet.judged()
    return sheet, judged


def test_the_year_and_the_units_above_the_header_hold_for_all_rows(desk):
    sheet, judged = read(desk, (TITLE,), (None, None, UNITS), YEAR, FIGURES)

    data = judged.reports[0].data
    assert (data["data_year"], float(data["tax_paid_cny"]), data["energy_tce"]) == (
        2022, 265_000, "310.5"
    )  # fmt: skip
    assert float(data["floor_area_m2"]) == 2000
    assert "data_year is 2022, which stands above the rows" in sheet.said


@pytest.mark.parametrize(
    "titles",
    [
        ("企业编号", "2022年实缴税金", "2022年度综合能耗", "建筑面积"),
        ("企业编号", "2022年全年实缴税金（万元）", "综合能耗", "建筑面积"),
    ],
)
def test_the_year_may_stand_in_the_titles(desk, titles):
    _, judged = read(desk, (UNITS,), titles, FIGURES)

    assert judged.reports[0].data["data_year"] == 2022


@pytest.mark.parametrize(
    "above", ["2021年度和2022年度数据", "制表日期：2023年2月1日", "2022", "第2022号"]
)
def test_two_years_a_day_or_a_bare_number_above_the_header_are_no_year_of_the_rows(desk, above):
    with pytest.raises(FileRefused, match="data_year"):
        read(desk, (above,), (UNITS,), YEAR, FIGURES, kind="figures")


def test_a_column_of_years_and_a_year_that_was_said_go_before_that_of_the_title(desk):
    _, judged = read(desk, (TITLE,), (UNITS,), (*YEAR, "年度"), (*FIGURES, 2021))
    assert judged.reports[0].data["data_year"] == 2021

    _, judged = read(desk, (TITLE,), (UNITS,), YEAR, FIGURES, given=TAX | {"data_year": "2020"})
    assert judged.reports[0].data["data_year"] == 2020


def test_what_stood_above_goes_back_with_the_rows_that_failed_and_is_read_again(desk):
    sheet, judged = read(desk, (TITLE,), (UNITS,), YEAR, (*FIGURES[:1], "x", *FIGURES[2:]))
    errors = ErrorBook(desk.home / "errors.xlsx", sheet.header.titles, sheet.given)
    errors.add(4, judged.cells, judged.outcome, "why", ["B"])
    errors.close()
    book = load_workbook(desk.home / "errors.xlsx")
    book.active["B2"] = 26.5
    book.save(desk.home / "corrected.xlsx")

    (again,) = desk.judged(desk.home / "corrected.xlsx")

    _, whole = read(desk, (TITLE,), (UNITS,), YEAR, FIGURES)
    assert again.reports == whole.reports


@pytest.mark.parametrize("units", ["单位：万元、元、吨标煤、亩", "填报单位：万元", "单位：元/亩"])
def test_units_that_leave_it_open_are_none(desk, units):
    _, judged = read(desk, (TITLE,), (units,), YEAR, FIGURES)

    assert judged.outcome == Outcome.REFUSED


@pytest.mark.parametrize("units", ["单位：亩", "（单位：亩）", "计量单位:亩", "面积单位：亩"])
def test_the_unit_above_a_list_of_parcels_holds_where_its_title_names_none(desk, units):
    head = ["面积" if title.startswith("面积") else title for title in PARCELS]

    _, judged = read(desk, (units,), head, (PARCEL[0], 17.67, *PARCEL[2:]), given={})
    assert judged.reports[0].data["area_mu"] == "17.67"

    _, judged = read(desk, (units,), PARCELS, PARCEL, given={})
    assert judged.reports[0].data["area_m2"] == "11781.5"


def test_a_list_of_firms_that_has_figures_besides_is_a_list_of_firms(desk):
    row = {"企业名称": "甲厂", "企业编号": "E1", "企业规模": "规下", "税收（万元）": 3, "占地面积（亩）": 2,
           "营业收入（万元）": 9, "用电量（万千瓦时）": 1}  # fmt: skip

    sheet, judged = read(desk, row, row.values(), given={})

    assert sheet.header.template.kind == "firms"
    assert judged.goes


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("5层", "counts floors"), ("5 of 9 floors", "counts floors"), ("5/9", "Two figures"),
        ("3.2万", "without what it counts"), ("约21,000", "no number"), ("11.780,5", "no number"),
    ],
)  # fmt: skip
def test_what_is_no_area_says_why(desk, cell, why):
    judged = desk.parcel({"总建筑面积（㎡）": cell})

    assert not judged.goes
    assert why in "".join(each.why for each in judged.remarks)
