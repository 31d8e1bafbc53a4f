"""How reports look: as a workbook, as a PDF, in the terminal, and as JSON for programs."""

from __future__ import annotations

import json
import re
import shlex
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from typer.testing import CliRunner

from backbone.errors import Unavailable
from cli import ask
from cli.app import app
from cli.report import commands, parts
from cli.report.blocks import blocks_of, parts_of
from cli.report.blocks import text_of as text_of_cell
from cli.report.book import REPORT, book_of
from cli.report.pdf import pdf_of

from .. import reports
from .zone import JULY, WEEK, Zone, figures_of

PAGE_OF_DOCS = (Path(__file__).parents[3] / "docs" / "reports.md").read_text("utf-8")
A4 = "9"
DECIDED, WORK = "decision of the meeting [例会议定]", "work of the case [组织实施]"


@pytest.fixture
def zone() -> Zone:
    return Zone().whole_case()


def rows_of(book: Any, name: str) -> list[list[Any]]:
    rows = ([cell for cell in row if cell is not None] for row in book[name].values)
    return [row for row in rows if row]


def read_back(content: bytes) -> Any:
    return load_workbook(BytesIO(content))


def text_of(pdf: bytes) -> str:
    """The text without spaces, and without the noughts that this reader sees before each character."""
    text = "".join(each.extract_text() for each in PdfReader(BytesIO(pdf)).pages)
    return "".join(text.replace("\0", "").split())


def run(monkeypatch: Any, zone: Zone, *arguments: str) -> Any:
    def call(_service: str, method: str, _wait_s: float, **asked: Any) -> Any:
        return zone.read(method, **asked)

    monkeypatch.setattr(commands, "call", call)
    monkeypatch.setattr(ask, "call", call)
    monkeypatch.setattr(parts, "call_if_there", zone.ask)
    return CliRunner().invoke(app, ["report", *arguments])


def test_where_no_report_was_issued_a_sentence_says_so_and_no_table_stands(monkeypatch, zone):
    assert run(monkeypatch, zone, "issued").stdout == "No report was issued yet.\n"


def test_the_workbook_has_every_figure_as_a_number_under_its_section(zone):
    report = zone.draft("weekly", "2023-07-26")
    book = read_back(book_of(report))

    rows = rows_of(book, "report 报告")
    assert rows[0] == [report["title"]]
    assert ["Remediation in the week [本周整治]"] in rows
    for each in figures_of(report).values():
        told = each["told"]
        assert [told["title"], float(Decimal(told["value"])), told["unit"]] in rows


def test_the_sheet_of_parts_adds_up_to_the_figures(zone):
    report = zone.draft("weekly", "2023-07-26")

    rows = rows_of(read_back(book_of(report)), "parts 明细")

    figures = {
        each["told"]["figure"]: each["told"]["value"] for each in figures_of(report).values()
    }
    added = {name: sum(row[3] for row in rows[2:] if row[0] == name) for name in figures}
    assert added == {name: float(value) for name, value in figures.items()}


def visited(zone: Zone) -> None:
    """On a day of July somebody who might invest was visited."""
    zone.land.project("p", "2023-07-01")
    visit = {"visit_id": "v", "project_id": "p", "visit_kind": "to_investor", "place": "Ningbo"}
    zone.land.call("record_visit", **visit, visited_on="2023-07-05", came_of_it="They come.")


@pytest.mark.parametrize("issue", [[], ["--issue"]])
def test_the_parts_of_a_month_add_up_to_its_figures_of_the_overview_too(
    monkeypatch, zone, tmp_path, issue
):
    visited(zone)
    file = tmp_path / "july.xlsx"
    asked = ("monthly", "--on", "2023-07-31", "--file", str(file), "--json", *issue)
    ended = run(monkeypatch, zone, *asked)

    rows = rows_of(read_back(file.read_bytes()), "parts 明细")[2:]
    told = {
        each["told"]["figure"]: each["told"]
        for each in figures_of(json.loads(ended.stdout)).values()
    }
    with_parts = {name for name, each in told.items() if each["parts"] and each["unit"] != "times"}
    added = {name: sum(row[3] for row in rows if row[0] == name) for name in with_parts}
    assert added == {name: float(told[name]["value"]) for name in with_parts}
    assert {"land_remediated", "plots_area", "visits"} <= {*added}


def test_the_parts_of_an_issued_month_are_those_of_when_it_was_issued(monkeypatch, zone, tmp_path):
    assert run(monkeypatch, zone, "monthly", "--on", "2023-07-31", "--issue").exit_code == 0
    zone.day("2023-08-10").report(*reports.turn("reopened", "2023-07-29"))
    file = tmp_path / "july.xlsx"
    assert run(monkeypatch, zone, "issued", JULY, "--file", str(file)).exit_code == 0

    rows = rows_of(read_back(file.read_bytes()), "parts 明细")
    assert ["land_remediated", "case", reports.CASE, 10] in [row[:4] for row in rows]


def test_whose_parts_of_a_month_are_missing_on_the_sheet_is_named(monkeypatch, zone, tmp_path):
    visited(zone)
    assert run(monkeypatch, zone, "monthly", "--on", "2023-07-31", "--issue").exit_code == 0
    zone.others["projects"].problem = Unavailable("away")
    ended = run(monkeypatch, zone, "issued", JULY, "--file", str(tmp_path / "july.xlsx"))

    assert (ended.exit_code, "projects does not answer" in ended.stderr) == (3, True)


def test_every_sheet_prints_on_a4_as_wide_as_the_page(zone):
    for sheet in read_back(book_of(zone.draft("weekly", "2023-07-26"))):
        assert str(sheet.page_setup.paperSize) == A4
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_the_workbook_of_a_month_draws_the_start_curve(zone):
    zone.land.on("08-01 09:00").publish()
    zone.land.sign()
    zone.day("2024-05-05")

    book = read_back(book_of(zone.draft("monthly", "2024-04-01")))

    assert len(book["report 报告"]._charts) == 1
    rows = rows_of(book, "report 报告")
    assert next(row for row in rows if row[0] == "2024-03")[:4] == ["2024-03", 1, 0, 1]


def test_a_text_that_a_spreadsheet_would_reckon_with_stays_a_text(zone):
    report = zone.draft("weekly", "2023-07-26") | {"title": "=1+1"}

    assert read_back(book_of(report))["report 报告"]["A1"].value == "'=1+1"


def test_the_weekly_report_is_a_pdf_of_one_a4_page(zone):
    printed = pdf_of(zone.draft("weekly", "2023-07-26"))

    [page] = PdfReader(BytesIO(printed)).pages
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
    text = text_of(printed)
    for said in ("周报", "本周整治", "landremediated[整治提升]10mu", "下周到期", "None[无]"):
        assert said in text


def test_a_pdf_draws_the_start_curve_of_a_month_and_lists_what_was_corrected_since(zone):
    zone.land.on("08-01 09:00").publish()
    zone.land.sign()
    zone.day("2024-05-05")
    assert "—begun[实际开工]" in text_of(pdf_of(zone.draft("monthly", "2024-04-01")))

    zone.issue("weekly", "2023-07-26")
    report = zone.read("get_zone_report", zone_report_id=WEEK)
    zone.day("2024-05-06").report(*reports.turn("reopened", "2023-07-29"))
    corrected = zone.read("report_corrections", zone_report_id=WEEK)
    text = text_of(pdf_of(report, corrected))

    assert "签发后更正" in text
    assert all(
        cause["event_id"] in text for each in corrected["corrections"] for cause in each["causes"]
    )
    assert corrected["corrections"]


def test_what_a_meeting_decided_stands_in_its_words_wherever_it_is_due():
    """In the next week's list, and in the papers of the next meeting; a step that is due is in words, too."""
    zone = Zone()
    for report in reports.survey(), reports.identified(), reports.planned(), reports.approved():
        zone.report(*report)
    said = {"case_id": reports.CASE, "met_on": "2023-08-01", "decision": "empty both workshops"}
    zone.call("decide_case", **said, due_on="2023-08-09")
    weekly = zone.draft("weekly", "2023-08-03")
    meeting = zone.day("2023-08-18").draft("meeting", "2023-08-18")

    for report in weekly, meeting:
        [row] = [each for each in rows_of(read_back(book_of(report)), REPORT) if DECIDED in each]
        assert row[-1] == "empty both workshops"
        assert re.fullmatch(f"case {reports.CASE}\ndecision .+", row[-2])
        assert "".join(DECIDED.split()) in text_of(pdf_of(report))
        assert "emptybothworkshops" in text_of(pdf_of(report))
    overdue = [each for each in rows_of(read_back(book_of(meeting)), REPORT) if WORK in each]
    assert [row[-1] for row in overdue] == ["paths: work"]


def test_a_figure_without_a_value_says_why(zone):
    text = text_of(pdf_of(zone.draft("monthly", "2023-07-01")))

    assert "Bythatmomentnobodyhadreportedafigure" in text
    assert "None" not in text


def test_a_figure_that_is_at_least_is_marked_and_what_did_not_say_how_much_is_named():
    report = Zone().whole_case(remediated=None).draft("weekly", "2023-07-26")
    unknown = read_back(book_of(report))["report 报告"]
    assert "landremediated[整治提升]notknown[不详]mu" in text_of(pdf_of(report))
    assert "not known [不详]" in [cell.value for row in unknown.iter_rows() for cell in row]
    figures_of(report)["parcels.area_remediated"]["told"]["value"] = "62"

    text = text_of(pdf_of(report))
    assert "landremediated[整治提升]≥62mu" in text
    assert f"landremediated[整治提升]:atleast[不少于];notsaid[未报]:case{reports.CASE}" in text
    book = read_back(book_of(report))
    cells = {cell.value: cell for row in book["report 报告"].iter_rows() for cell in row}
    title = cells["land remediated [整治提升]"]
    shown = [cell for cell in book["report 报告"][title.row] if cell.value == 62]
    assert [cell.number_format for cell in shown] == ['"≥ "#,##0']
    parts = rows_of(book, "parts 明细")
    assert ["area_remediated", "case", reports.CASE, "not said [未报]"] in [e[:4] for e in parts]


def test_the_case_without_an_amount_is_in_the_workbook_of_a_month_too(monkeypatch, tmp_path):
    file = tmp_path / "july.xlsx"
    zone = Zone().whole_case(remediated=None)
    assert (
        run(monkeypatch, zone, "monthly", "--on", "2023-07-31", "--file", str(file)).exit_code == 0
    )

    rows = rows_of(read_back(file.read_bytes()), "parts 明细")
    assert ["land_remediated", "case", reports.CASE, "not said [未报]"] in [e[:4] for e in rows]


def test_of_a_ratio_the_case_that_is_only_no_less_is_marked_on_the_sheet_of_parts():
    figure = {"told": {"figure": "times_output"}, "without_amount": []}
    part = {
        "thing": "case", "thing_id": reports.CASE, "adds": None, "before": "20000000",
        "after": "60000000", "about_on": None, "event_id": None, "overview_kind": "at_least",
    }  # fmt: skip
    exact = part | {"thing_id": "330604006-C30", "overview_kind": "exact"}
    report = {"sections": [{"figures": [figure | {"parts": [part, exact]}]}]}

    block = parts_of(report)

    assert block is not None
    assert [[text_of_cell(cell) for cell in row[3:6]] for row in block.rows] == [
        ["", "20,000,000", "≥ 60,000,000"],
        ["", "20,000,000", "60,000,000"],
    ]


def test_a_corrected_figure_says_whether_it_was_and_is_exact(monkeypatch, tmp_path):
    zone = Zone().whole_case(remediated=None)
    assert run(monkeypatch, zone, "weekly", "--on", "2023-07-26", "--issue").exit_code == 0
    zone.day("2023-08-10").report(*reports.completed(remediated_area_mu="10"))

    file = tmp_path / "week.xlsx"
    asked = ("issued", WEEK, "--file", str(file), "--json")
    found = json.loads(run(monkeypatch, zone, *asked).stdout)
    corrected = {each["figure"]: each for each in found["corrections"]["corrections"]}
    area = corrected["parcels.area_remediated"]
    assert [area[name] for name in ("value_then", "kind_then", "value_now", "kind_now")] == [
        "0", "at_least", "10", "exact"
    ]  # fmt: skip
    [cause] = area["causes"]
    assert (cause["thing_id"], cause["became"], cause["adds_now"]) == (
        reports.CASE,
        "changed",
        "10",
    )
    sheet = read_back(file.read_bytes())["corrections 更正"]
    row = next(r for r in sheet.iter_rows() if str(r[0].value).startswith(area["figure"]))
    cells = [(each.value, each.number_format) for each in row[1:] if isinstance(each.value, int)]
    assert cells == [(10, "#,##0")]
    assert "not known [不详]" in [each.value for each in row]
    said = "as issued at least [不少于], as known now exact [准确]"
    assert f"parcels.area_remediated, 2023-07-30: {said}" in [each.value for each in sheet["A"]]
    assert "not known" in run(monkeypatch, zone, "issued", WEEK).stdout
    printed = text_of(pdf_of(found["report"], found["corrections"]))
    assert "2023-07-30notknown[不详]10mu" in printed
    assert "".join(said.split()) in printed


def test_what_lies_behind_the_first_lines_is_counted(zone):
    report = zone.draft("meeting", "2023-08-03")
    overdue = report["sections"][-1]
    overdue["listed"]["lines_found"] += 1200

    block = blocks_of(report)[-1]

    assert "1,200 more are not listed [其余未列]." in block.notes


# --- the command


def test_the_command_shows_the_report_and_names_who_is_missing(monkeypatch, zone):
    zone.others["projects"].problem = Unavailable("away")

    ended = run(monkeypatch, zone, "weekly", "--on", "2023-07-26")

    assert ended.exit_code == 3, ended.output
    assert "cases accepted [验收]" in ended.output
    assert "projects could not be reached" in ended.output
    assert "a draft, not issued" in ended.output


@pytest.mark.parametrize("kind", ["weekly", "monthly", "meeting"])
def test_whoever_writes_it_every_night_sees_by_its_code_that_a_part_is_missing(
    monkeypatch, zone, tmp_path, kind
):
    file = tmp_path / "report.xlsx"
    asked = (kind, "--on", "2023-07-26", "--file", str(file))
    assert run(monkeypatch, zone, *asked).exit_code == 0
    file.unlink()
    zone.others["enterprises"].problem = Unavailable("away")
    ended = run(monkeypatch, zone, *asked)

    assert (ended.exit_code, file.exists()) == (3, True)
    assert "enterprises could not be reached" in " ".join(ended.stderr.split())


def test_what_could_not_be_compared_with_an_issued_report_ends_with_3(monkeypatch, zone):
    assert run(monkeypatch, zone, "weekly", "--on", "2023-07-26", "--issue").exit_code == 0
    zone.others["projects"].problem = Unavailable("away")

    assert run(monkeypatch, zone, "issued", WEEK).exit_code == 3


@pytest.mark.parametrize("name", ["week.xlsx", "week.PDF"])
def test_the_command_writes_the_file_that_its_name_asks_for(monkeypatch, zone, tmp_path, name):
    ended = run(monkeypatch, zone, "weekly", "--on", "2023-07-26", "--file", str(tmp_path / name))

    assert ended.exit_code == 0, ended.output
    content = (tmp_path / name).read_bytes()
    assert content[:2] == (b"PK" if name.endswith("xlsx") else b"%P")


def test_another_ending_is_refused_with_those_that_there_are_and_nothing_is_issued(
    monkeypatch, zone, tmp_path
):
    file = str(tmp_path / "week.docx")
    ended = run(monkeypatch, zone, "weekly", "--on", "2023-07-26", "--issue", "--file", file)

    assert ended.exit_code == 2
    assert ".xlsx or .pdf" in ended.output
    assert zone.read("list_zone_reports")["items"] == []


@pytest.mark.parametrize(
    "given", [["--issue"], ["--issue", "--on", "2023-07-26", "--known-at", "2023-08-01T00:00:00Z"]]
)
def test_nothing_is_issued_by_chance_or_as_known_at_another_moment(monkeypatch, zone, given):
    ended = run(monkeypatch, zone, "weekly", *given)

    assert ended.exit_code == 2
    assert zone.read("list_zone_reports")["items"] == []


def test_an_issued_report_is_shown_with_what_was_corrected_since(monkeypatch, zone, tmp_path):
    assert run(monkeypatch, zone, "weekly", "--on", "2023-07-26", "--issue").exit_code == 0
    zone.day("2023-08-10").report(*reports.turn("reopened", "2023-07-29"))

    file = tmp_path / "week.xlsx"
    ended = run(monkeypatch, zone, "issued", WEEK, "--file", str(file), "--json")

    assert ended.exit_code == 0, ended.output
    found = json.loads(ended.output[ended.output.index("{") :])
    assert found["report"]["issued_on"] == "2023-08-03"
    rows = rows_of(read_back(file.read_bytes()), "corrections 更正")
    [row] = [each for each in rows if str(each[0]).startswith("parcels.cases_open")]
    assert row[1:4] == ["2023-07-30", 0, 1]
    assert row[-1] == f"came [新增]: case {reports.CASE} (event-7)"
    listed = run(monkeypatch, zone, "issued")
    assert WEEK in listed.output


def test_all_reports_that_were_issued_are_listed_however_many_pages_they_fill(monkeypatch, zone):
    for on in ("2023-07-12", "2023-07-19", "2023-07-26"):
        assert run(monkeypatch, zone, "weekly", "--on", on, "--issue").exit_code == 0
    monkeypatch.setattr(ask, "AT_ONCE", 2)

    found = json.loads(run(monkeypatch, zone, "issued", "--json").stdout)
    weeks = [each["zone_report_id"] for each in found["items"]]
    assert (weeks, found["cursor"]) == ([WEEK, "weekly-2023-W29", "weekly-2023-W28"], None)
    listed = run(monkeypatch, zone, "issued").output
    assert all(each in listed for each in weeks)


def test_the_commands_of_the_page_run_as_they_are_printed(monkeypatch, zone, tmp_path):
    monkeypatch.chdir(tmp_path)
    zone.day("2023-09-01")
    printed = re.findall(r"^tenglong report (.*)$", PAGE_OF_DOCS, re.M)

    assert len(printed) >= 5
    for line in printed:
        ended = run(monkeypatch, zone, *shlex.split(line))
        assert ended.exit_code == 0, (line, ended.output)
