"""What a file may look like: its encoding, its header, its sheets, its blank rows."""

from __future__ import annotations

import re
import zipfile

import pytest
from openpyxl import Workbook

from handin import reading
from handin.said import FileRefused, Outcome
from handin.template import templates

from .conftest import PARCEL, PARCELS, TOWNSHIP

HEAD = "宗地编号,面积（亩）,土地用途,规划用途,是否在开发区内,测绘日期\n"
ROW = "0231,17.67,工业,工业,是,2023-01-05\n"


def refusal(desk, path, **asked):
    with pytest.raises(FileRefused) as refused:
        desk.judged(path, **asked)
    return str(refused.value)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8,"),
        ("utf-8-sig", "UTF-8 with a byte order mark"),
        ("gb18030", "GB18030"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16 without a byte order mark"),
        ("utf-16-be", "UTF-16 without a byte order mark"),
    ],
)
def test_the_encoding_of_a_csv_is_found_and_said(desk, encoding, name):
    sheet = desk.opened(desk.csv(HEAD + ROW, encoding))

    assert name in sheet.said[0]
    assert [judged.goes for judged in sheet.judged()] == [True]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_name_with_a_zero_in_its_low_byte_does_not_turn_the_bytes_of_utf16_round(desk, encoding):
    text = (HEAD + ROW).replace("0231", "一" * 60)
    assert "UTF-16" in desk.opened(desk.csv(text, encoding)).said[0]


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\0\n",  # a zero among bytes
        b"\0" * 64,
        b"\1\0\2\0\3\0",  # controls
        "a,b\n".encode("utf-16-le")[:-1],  # broken off
        b"\0\xd8a\0,\0",  # half a pair
    ],
)
def test_what_holds_zeros_and_is_no_text_in_utf16_is_refused_with_what_would_be_right(
    desk, content
):
    path = desk.home / "file.csv"
    path.write_bytes(content)
    assert "save it as .xlsx, or as a CSV in UTF-8" in refusal(desk, path)


def test_the_mark_before_a_csv_in_gb18030_is_no_part_of_its_first_title(desk):
    sheet = desk.opened(desk.csv("\ufeff" + HEAD + ROW, "gb18030"))

    assert "GB18030 with a byte order mark" in sheet.said[0]
    assert [judged.goes for judged in sheet.judged()] == [True]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_is_divided_by_commas_semicolons_or_tabs(desk, mark):
    assert desk.judged(desk.csv((HEAD + ROW).replace(",", mark)))[0].goes


def test_what_a_file_is_its_bytes_say_and_not_its_name(desk):
    book = desk.workbook([PARCELS, PARCEL], name="parcels.csv")
    text = desk.csv(HEAD + ROW, name="parcels.xlsx")

    assert desk.judged(book)[0].goes
    assert desk.judged(text)[0].goes


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old form"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"<html><table>", "neither a workbook"),
        (b"%PDF-1.7", "neither a workbook"),
        (b"a\0b", "neither a workbook"),
        (b"\xff\xff\x80,\x80", "neither in UTF-8 nor in GB18030"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_one_reason(desk, data, why):
    path = desk.home / "file"
    path.write_bytes(data)

    assert why in refusal(desk, path)


def test_a_file_that_is_not_there_is_called_so(desk):
    assert "cannot be read" in refusal(desk, desk.home / "none.csv")


@pytest.mark.parametrize("above", [0, 1, 5, 18])
def test_the_header_is_found_below_titles_and_blank_rows(desk, above):
    path = desk.csv("上虞区宗地台账,,,\n" * bool(above) + "\n" * max(0, above - 1) + HEAD + ROW)

    sheet = desk.opened(path)

    assert sheet.header.last_row == above + 1
    assert [each.number for each in sheet.judged()] == [above + 2]


def test_a_header_below_row_20_is_not_looked_for(desk):
    assert "No header" in refusal(desk, desk.csv("x\n" * 20 + HEAD + ROW))


@pytest.mark.parametrize(
    "title",
    [
        "统一社会信用代码",
        "统一社会\n信用代码",
        "　统一社会信用代码　",
        "5.统一社会信用代码",
        "（5）统一社会信用代码",
        "统一社会信用代码1",
        "*统一社会信用代码（必填）",
        "USCC",
        "ＵＳＣＣ",
        "社会统一信用代码",
    ],
)
def test_a_title_is_known_however_it_is_written(desk, title):
    sheet = desk.opened(desk.workbook([(*PARCELS, title), PARCEL]))

    assert sheet.header.columns[-1].field.name == "uscc"


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("占地面积（亩）", "亩"),
        ("占地面积(㎡)", "㎡"),
        ("占地面积（单位：公顷）", "公顷"),
        ("占地面积\n（万㎡）", "万㎡"),
        ("占地面积/亩", "亩"),
        ("占地面积亩", "亩"),
        ("area_m2", "m2"),
        ("area_mu", "mu"),
        ("占地面积【平方米】", "平方米"),
    ],
)
def test_the_unit_of_a_column_stands_in_its_title(desk, title, unit):
    head = [title if name.startswith("面积") else name for name in PARCELS]

    (column,) = [
        each
        for each in desk.opened(desk.workbook([head, PARCEL]), kind="parcels").header.columns
        if each.field.name == "area"
    ]

    assert column.unit.name == unit


def test_an_area_without_a_unit_is_refused_until_somebody_names_one(desk):
    path = desk.csv(HEAD.replace("（亩）", "") + ROW)

    assert "no unit" in str(desk.judged(path)[0].remarks) or "names a unit" in str(
        desk.judged(path)[0].remarks
    )
    (judged,) = desk.judged(path, units={"area": "亩"})
    assert judged.reports[0].data["area_mu"] == "17.67"


def test_a_header_on_two_rows_is_joined(desk):
    upper = ("宗地编号", "面积", None, "用途", None, "是否在开发区内", "测绘日期")
    lower = (None, "宗地面积（亩）", "建筑", "现状用途", "规划用途", None, None)
    path = desk.workbook([upper, lower, ("0231", 17.67, 3, "工业", "工业", "是", "2023-01-05")])

    sheet = desk.opened(path)

    assert sheet.header.last_row == 2
    assert [each.goes for each in sheet.judged()] == [True]


def test_units_on_a_row_of_their_own_belong_to_the_header(desk):
    units = (None, "（亩）", None, None, None, None)
    head = [name.split("（")[0] for name in PARCELS]

    (judged,) = desk.judged(desk.workbook([head, units, PARCEL]))

    assert judged.reports[0].data["area_mu"] == "11781.5"


def test_a_row_of_data_is_never_taken_for_a_second_row_of_the_header(desk):
    path = desk.workbook([(*PARCELS, "备注"), (*PARCEL, "行业代码")])

    sheet = desk.opened(path)

    assert sheet.header.last_row == 1
    assert len(list(sheet.judged())) == 1


def test_a_sheet_that_lies_on_its_side_is_refused_with_one_reason(desk):
    across = [PARCEL, ("0232", *PARCEL[1:]), ("0233", *PARCEL[1:])]
    rows = [(name, *values) for name, *values in zip(PARCELS, *across, strict=True)]

    assert "turn the table" in refusal(desk, desk.workbook(rows))


def test_a_sheet_without_a_header_is_refused_with_one_reason(desk):
    assert "No header" in refusal(desk, desk.workbook([PARCEL, PARCEL]))


def test_a_header_without_data_is_accepted_with_no_rows(desk):
    assert desk.judged(desk.csv(HEAD)) == []
    assert desk.judged(desk.workbook([PARCELS])) == []


def test_a_column_that_is_needed_and_not_there_is_named_once(desk):
    why = refusal(desk, desk.csv("宗地编号,面积（亩）,土地用途\n0231,1,工业\n"), kind="parcels")

    assert "planned_use (规划用途), in_zone" in why
    assert "--set" in why


def test_where_no_kind_fits_it_is_said_what_was_found_which_kind_is_nearest_and_what_it_lacks(desk):
    why = refusal(desk, desk.csv("宗地编号,面积（亩）,土地用途,测绘日期,镇长签字\n0231,1,工业,,\n"))

    assert "No kind fits; the nearest is parcels 宗地台账" in why
    assert "row 1 lacks planned_use (规划用途), in_zone (是否在开发区内)." in why
    assert "A 宗地编号 = parcel_id, B 面积（亩） = area" in why.replace("(亩)", "（亩）")
    assert "Not known are 镇长签字." in why


def test_one_title_that_is_known_says_which_kind_is_near(desk):
    why = refusal(desk, desk.csv("姓名,案件编号,电话\n甲,1,2\n"))

    assert (
        "of row 1 only 案件编号 is known; the nearest kind, cases, lacks 宗地编号、低效类型" in why
    )
    assert "姓名" not in why


def test_of_kinds_that_fit_as_well_the_one_that_lacks_nothing_is_meant(desk):
    path = desk.csv("企业名称,企业编号,企业规模\n甲厂,E1,规下\n")

    assert desk.opened(path).header.template.kind == "firms"


def test_a_value_for_all_rows_stands_in_for_a_column(desk):
    path = desk.csv("宗地编号,面积（亩）,土地用途,规划用途\n0231,1,工业,工业\n")

    (judged,) = desk.judged(path, given={"in_zone": "是", "surveyed_on": "2023年7月20日"})

    assert judged.reports[0].data["surveyed_on"] == "2023-07-20"
    assert "no field zone" in refusal(desk, path, given={"zone": "1"})


def test_a_township_that_there_is_not_is_named_before_anything_is_read(desk):
    assert "--township" in refusal(desk, desk.csv(HEAD + ROW), township="330604999")


def test_one_field_in_two_columns_is_refused(desk):
    assert "both give area" in refusal(desk, desk.workbook([(*PARCELS, "占地面积（亩）"), PARCEL]))


def test_a_header_that_fits_two_kinds_asks_which(desk):
    why = refusal(desk, desk.csv("企业名称,统一社会信用代码\nA,/\n"))

    assert "firms" in why
    assert "--kind" in why


def test_blank_lines_after_the_data_do_not_count(desk):
    book = Workbook()
    book.active.append(PARCELS)
    book.active.append(PARCEL)
    book.active.cell(1_048_464, 1).value = "  "
    book.save(desk.home / "blank.xlsx")

    sheet = desk.opened(desk.home / "blank.xlsx")

    assert [judged.goes for judged in sheet.judged()] == [True]
    assert "stopped reading at row 10,002" in sheet.source.said[-1]


def test_blank_lines_in_a_csv_do_not_count_either(desk, monkeypatch):
    monkeypatch.setattr(reading, "BLANK_ROWS", 50)
    path = desk.csv(HEAD + ROW + ",,,,,\n" * 20 + ROW.replace("0231", "0232") + "\n" * 60 + "x\n")

    sheet = desk.opened(path)

    assert [judged.number for judged in sheet.judged()] == [2, 23]
    assert any(each.startswith("stopped") for each in sheet.source.said)


def test_a_sheet_is_chosen_by_its_header_or_by_its_name(desk):
    book = Workbook()
    book.active.append(("说明", "请勿修改"))
    for name in ("一", "二"):
        sheet = book.create_sheet(name)
        sheet.append(PARCELS)
        sheet.append((f"{name}".replace("一", "1").replace("二", "2"), *PARCEL[1:]))
    book.create_sheet("hidden").sheet_state = "hidden"
    path = desk.home / "sheets.xlsx"
    book.save(path)

    assert desk.opened(path).name == "一"
    assert desk.judged(path, sheet="二")[0].reports[0].thing == f"{TOWNSHIP}-2"
    assert "There is no sheet hidden" in refusal(desk, path, sheet="hidden")


def test_a_title_that_no_field_has_is_named_and_not_read(desk):
    sheet = desk.opened(desk.workbook([(*PARCELS, "联系电话"), (*PARCEL, "1")]))

    assert "does not read 联系电话" in sheet.said


def test_a_csv_with_an_open_quotation_mark_is_refused(desk):
    path = desk.csv(HEAD + ROW + '"' + "x" * 200_000 + "\n")

    assert "quotation mark" in refusal(desk, path)


def test_a_workbook_that_unpacks_into_more_than_can_be_held_is_refused(desk, monkeypatch):
    """A few kilobytes may be gigabytes of texts that cells share, and all of them are read at once."""
    whole, large = desk.workbook([PARCELS, PARCEL]), desk.home / "large.xlsx"
    with (
        zipfile.ZipFile(whole) as read,
        zipfile.ZipFile(large, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for part in read.infolist():
            written.writestr(part, read.read(part) if "sharedStrings" not in part.filename else b"")
        written.writestr("xl/sharedStrings.xml", b"x" * 1_000_001)
    monkeypatch.setattr(reading, "LARGEST_SHARED", 1_000_000)

    assert "more text than can be read at once" in refusal(desk, large)


def test_a_workbook_whose_parts_are_nested_without_end_is_read_all_the_same(desk):
    """The cells of a row stand where they stood; what else is in it is nobody's."""
    whole, deep = desk.workbook([PARCELS, PARCEL]), desk.home / "deep.xlsx"
    with (
        zipfile.ZipFile(whole) as read,
        zipfile.ZipFile(deep, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for part in read.infolist():
            nested = b"<x>" * 20_000 + b"</x>" * 20_000 + b"</row>"
            written.writestr(part, read.read(part).replace(b"</row>", nested))

    assert desk.judged(deep)[0].reports == desk.judged(whole)[0].reports != ()


def test_every_template_reads_its_own_titles():
    """Each name of each field leads back to the field, and no name to two."""
    for template in templates().values():
        names = [name for field in template.fields.values() for name in field.names]
        assert len(names) == len(set(names)), template.kind


def test_a_parcel_that_an_earlier_row_names_is_refused_with_that_row(desk):
    path = desk.csv(HEAD + ROW + ROW + ROW.replace("17.67", "18"))

    first, same, other = desk.judged(path)

    assert first.outcome == Outcome.MENDED
    assert [each.outcome for each in (same, other)] == [Outcome.REFUSED] * 2
    assert "Row 2 says the same" in same.remarks[-1].why
    assert re.search("Row 2 says something else", other.remarks[-1].why)
