"""What a township gets back of a park that runs: questions that it can answer, and its whole ledger."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from handin.back.book import OPEN
from park import townships
from tests.support.doorway import Host

from .conftest import FIRM_CODE, TODAY

ROOT = Path(__file__).parents[2]
TOWNSHIPS = iter(sorted(townships.codes(TODAY), reverse=True))
SURVEYED = "2023-07-20"
NAME = "@SUM 上虞示例机械有限公司"  # a spreadsheet would take it for a formula
SOIL = {"on_registry": False, "survey_reviewed": True, "survey_filed": True, "case_open": False}
ANSWERS = {
    "面积（㎡）": "17.67亩", "土地用途": "工业", "规划用途": "工业用地", "是否在开发区内": "否",
    "测绘日期": "2023年7月20日", "宗地代码": "{code}", "土地使用权人": "上虞示例机械有限公司",
    "统一社会信用代码": FIRM_CODE, "行业代码": "C38", "列入土壤污染名录": "否", "土壤调查已评审": "是",
    "土壤调查已备案": "是", "土壤案件未结": "否", "使用权类型": "出让", "使用权起始日期": "2001-05-01",
    "使用权终止日期": "2051-04-30", "总建筑面积（㎡）": 8000.5, "现状用途代码": "100102、1101",
    "规划用途代码": 100102,
}  # fmt: skip


@pytest.fixture(scope="module")
def park(rabbitmq, redis_server):
    rabbitmq.ensure_up()
    redis_server.ensure_up()
    uri, url = rabbitmq.new_vhost(), redis_server.new_url()
    with Host("park", ["parcels", "enterprises"], uri, url) as host:
        yield host


class Office:
    """A township of its own for each test: what it reports, and what somebody types there."""

    def __init__(self, park: Host, home: Path) -> None:
        self.park, self.home, self.township = park, home, next(TOWNSHIPS)

    def id(self, own: str) -> str:
        return f"{self.township}-{own}"

    def code(self, number: int) -> str:
        return f"{self.township}001GB{number:05}"

    def reports(self, type_: str, township: str = "", **data: Any) -> None:
        receipt = self.park.publish(township or self.township, type_, data)
        assert receipt["outcome"] == "accepted", receipt

    def surveys(self, own: str, **more: Any) -> None:
        uses = {"land_use": "industrial", "planned_use": "industrial", "in_zone": True}
        area = {} if "area_mu" in more or "area_reported" in more else {"area_m2": "11781.5"}
        survey = {"parcel_id": self.id(own), "surveyed_on": SURVEYED, **uses, **area, **more}
        self.reports("parcel.registered", **survey)

    def employs(self, own: str, *parcel_ids: str, township: str = "", **more: Any) -> None:
        there = [{"parcel_id": each, "role": "tenant", "from": "2020-01-01"} for each in parcel_ids]
        firm = {"name": NAME, "scale": "below_scale", "premises": there, **more}
        township = township or self.township
        self.reports("enterprise.registered", township, enterprise_id=f"{township}-{own}", **firm)

    def earns(self, own: str, year: int, source: str = "tax", **figures: Any) -> None:
        said = {"enterprise_id": self.id(own), "data_year": year, "source_class": source}
        self.reports("enterprise.figures_reported", **said, **figures)

    def finds(self, case: str, own: str) -> None:
        said = {"low_efficiency_reasons": ["benefit"], "identified_on": "2023-07-01"}
        ids = {"case_id": self.id(case), "parcel_id": self.id(own)}
        self.reports("remediation.identified", operator_role="task_force", **ids, **said)

    def types(self, *words: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "cli", "import", *words],
            env={**os.environ, "AMQP_URI": self.park.env["AMQP_URI"], "COLUMNS": "200"},
            cwd=ROOT, text=True, capture_output=True, timeout=120, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def told(self, *words: str) -> dict[str, Any]:
        """The last line of what a command says as JSON."""
        return json.loads(self.types(*words, "--json").stdout.splitlines()[-1])

    def gets(self, what: str, name: str = "back.xlsx", *more: str) -> Path:
        done = self.types(what, self.township, "--out", str(self.home / name), *more)
        assert done.returncode == 0, done.stderr
        return self.home / name

    def lacking(self) -> dict[str, Any]:
        return self.told("completeness", self.township)


@pytest.fixture
def office(park, tmp_path):
    return Office(park, tmp_path)


def rows_of(path: Path, sheet: str = "parcels") -> list[dict[str, Any]]:
    titles, *rows = load_workbook(path)[sheet].iter_rows(values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in rows]


def test_the_figures_of_the_ledger_are_its_own_when_they_are_handed_in_again(office):
    shared = [{"parcel_id": office.id(own), "share": share} for own, share in
              (("0231", "0.6"), ("0240", "0.25"))]  # fmt: skip
    office.earns("E1", 2022, tax_paid_cny="-1200.5", gross_output_cny="8400000", employees=60,
                 at_least=["employees"], parcels=shared)  # fmt: skip
    office.earns("E1", 2021, "statistics", energy_tce="310.123456", floor_area_m2="9800")
    path = office.gets("ledger")
    assert [(row["数据年度"], row["数据来源"]) for row in rows_of(path, "figures")] == [
        (2021, "统计"), (2022, "税务")
    ]  # fmt: skip

    done = office.told("check", str(path), "--township", office.township, "--sheet", "figures")

    assert (done["summary"]["rows"], done["summary"]["same"]) == (2, 2), done


def test_a_firm_without_figures_of_a_year_is_asked_and_asked_no_more_when_it_has_answered(office):
    office.employs("E1", office.id("0231"), office.id("0240"))
    office.employs("E2", office.id("0231"))
    office.employs("E3")
    office.earns("E3", 2022, tax_paid_cny="1")
    office.earns("E2", 2022, "statistics", employees=3)
    office.earns("E2", 2021, employees=3)
    assert office.told("completeness", office.township, "--year", "2022")[
        "firms_without_figures"
    ] == 2  # fmt: skip
    path = office.gets("questions", "asked.xlsx", "--year", "2022")
    book = load_workbook(path)
    first, second = rows_of(path, "figures")
    assert (first["企业编号"], first["数据年度"]) == (office.id("E1"), 2022)
    assert (bool(first["宗地编号"]), bool(second["宗地编号"])) == (True, False)
    titles = [cell.value for cell in book["figures"][1]]
    for row, share in ((2, "60%、40%"), (3, None)):
        for title, cell in (("数据来源", "企业申报"), ("实缴税金（元）", 5), ("宗地占比", share)):
            book["figures"].cell(row, titles.index(title) + 1, cell)
    book.save(path)

    done = office.told("run", str(path), "--township", office.township, "--sheet", "figures")

    assert done["summary"]["accepted"] == 2, done
    assert office.told("completeness", office.township, "--year", "2022")[
        "firms_without_figures"
    ] == 0  # fmt: skip


def answer(path: Path, office: Office) -> None:
    """Somebody fills in every coloured cell, and touches no other."""
    book = load_workbook(path)
    titles = [cell.value for cell in book["parcels"][1]]
    for number, row in enumerate(book["parcels"].iter_rows(min_row=2)):
        for title, cell in zip(titles, row, strict=True):
            if cell.fill.fgColor.rgb == OPEN:
                said = ANSWERS[title]
                cell.value = office.code(number) if said == "{code}" else said
    book.save(path)


def test_questions_are_answered_handed_in_and_asked_no_more(office):
    office.surveys("0231", industry_code="C33", right_holder={"name": NAME})
    office.finds("C1", "0232")
    office.employs("E1", office.id("0233"))
    path = office.gets("questions")
    asked = {row["宗地编号"].split("-")[1]: row for row in rows_of(path)}
    assert set(asked) == {"0231", "0232", "0233"}
    assert asked["0231"]["行业代码"] == "C33"
    answer(path, office)

    done = office.told("run", str(path), "--township", office.township)

    assert (done["summary"]["rows"], done["summary"]["accepted"]) == (3, 3), done
    found = office.lacking()
    assert (found["registered"], found["complete"], found["not_surveyed"]) == (3, 3, 0)
    kept = office.park.call("parcels", "get_parcel", parcel_id=office.id("0231"))
    assert (kept["industry_code"], kept["right_holder"]["name"]) == ("C33", NAME)
    assert kept["use_right"]["ends_on"] == "2051-04-30"
    assert kept["buildings"]["floor_area_m2"] == "8000.5"
    assert kept["coded_uses"]["land_use_codes"] == ["100102", "1101"]
    assert not office.gets("questions", "again.xlsx").exists()


def test_each_question_says_what_is_asked_and_colours_just_those_cells(office):
    office.surveys("0231", industry_code="C33", right_holder={"name": "甲"}, soil=SOIL)

    book = load_workbook(office.gets("questions"))

    head, row = book["parcels"].iter_rows()
    coloured = [title.value for title, cell in zip(head, row, strict=True)
                if cell.fill.fgColor.rgb == OPEN]  # fmt: skip
    assert coloured == [
        "宗地代码", "使用权类型", "使用权起始日期", "使用权终止日期", "总建筑面积（㎡）", "现状用途代码",
        "规划用途代码",
    ]  # fmt: skip
    assert row[-1].value == (
        "Please fill in 宗地代码、使用权类型、总建筑面积、现状用途代码、规划用途代码."
    )
    notes = {cell.value: cell.comment.text for cell in head if cell.comment}
    assert notes["列入土壤污染名录"] == "是 or 否."
    assert notes["使用权类型"].startswith("One of 出让, 划拨, 租赁")


def test_a_plot_that_a_firm_of_another_township_names_is_asked_for_without_the_firm(office):
    other = next(TOWNSHIPS)
    office.employs("E7", office.id("0900"), township=other)

    (row,) = rows_of(office.gets("questions"))

    assert row["宗地编号"] == office.id("0900")
    assert NAME not in str(row)
    assert other not in str(row)


def test_handing_in_the_ledger_again_changes_nothing(office):
    own = {"kind": "land_code", "value": "x 1", "valid_from": "2020-01-01"}
    old = {"kind": "parcel_code", "value": office.code(1), "valid_from": "2019-01-01"}
    office.surveys("0", right_holder={"name": NAME, "uscc": FIRM_CODE}, industry_code="C38")
    office.surveys("1", identifiers=[old | {"valid_to": "2022-12-31"}, own], area_mu="17.67")
    office.surveys("2", identifiers=[old | {"value": office.code(2), "valid_from": SURVEYED}, own])
    office.surveys("3", area_reported={"value": "1.25", "unit": "wan_m2"}, in_zone=False)
    office.surveys("4", area_m2="987654.123456", key_regulated_unit=True, soil=SOIL)
    office.surveys("5", buildings={"floor_area_m2": "0", "built_from_year": 1999})
    path = office.gets("ledger")
    assert len(rows_of(path)) == 6

    done = office.told("check", str(path), "--township", office.township)

    summary = done["summary"]
    assert (summary["rows"], summary["same"]) == (6, 6), done
    assert (summary["changed"], summary["new"], summary["refused"]) == (0, 0, 0)
    office.told("run", str(path), "--township", office.township)
    kept = office.park.call("parcels", "get_parcel", parcel_id=office.id("5"))
    assert kept["buildings"]["built_from_year"] == 1999
    kept = office.park.call("parcels", "get_parcel", parcel_id=office.id("1"))
    assert kept["area_reported"] == {"value": "17.67", "unit": "mu"}
    assert [each["kind"] for each in kept["identifiers"]] == ["parcel_code", "land_code"]


def test_the_ledger_has_every_parcel_firm_and_case_of_the_township_and_of_no_other(office):
    other = Office(office.park, office.home)
    for each in (office, other):
        each.surveys("0231", right_holder={"name": NAME, "uscc": FIRM_CODE})
        each.employs("E1", each.id("0231"), uscc=FIRM_CODE)
        each.finds("C1", "0231")
        each.finds("C2", "0999")

    path = office.gets("ledger")

    (parcel,), (firm,) = rows_of(path), rows_of(path, "firms")
    cases, (plot,) = rows_of(path, "cases"), rows_of(path, "other_parcels")
    assert (parcel["宗地编号"], parcel["统一社会信用代码"]) == (office.id("0231"), FIRM_CODE)
    assert (firm["企业编号"], firm["宗地编号"]) == (office.id("E1"), office.id("0231"))
    assert (firm["用地方式"], firm["入驻日期"]) == ("租赁", "2020-01-01")
    assert [case["案件编号"] for case in cases] == [office.id("C1"), office.id("C2")]
    assert (cases[0]["低效类型"], cases[0]["认定单位"]) == ("用地效益", "专班")
    assert cases[0]["整治阶段"] == "identified"
    assert cases[0]["下一步骤"]
    assert cases[0]["应完成日期"]
    assert (plot["（宗地编号）"], plot["在册状态"]) == (office.id("0999"), "announced")
    every = "".join(map(str, (row for sheet in load_workbook(path) for row in sheet.values)))
    assert other.township not in every


def test_no_cell_of_the_ledger_or_the_questions_is_a_formula(office):
    office.surveys("0231", right_holder={"name": NAME})
    office.surveys("0232", right_holder={"name": "=1+1"})
    office.employs("E1", office.id("0231"), name="-1+1")

    for what in ("ledger", "questions"):
        book = load_workbook(office.gets(what, f"{what}.xlsx"))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert any(cell.value == f"'{NAME}" for cell in cells)
        assert not [cell for cell in cells if cell.data_type == "f"]
        assert not [cell for cell in cells if str(cell.value).startswith(("=", "+", "-", "@"))]


def test_a_ledger_of_more_than_one_page_has_each_parcel_once(office):
    for number in range(205):
        office.park.publish(
            office.township, "parcel.registered",
            {"parcel_id": office.id(f"{number:03}"), "area_m2": "1", "land_use": "industrial",
             "planned_use": "industrial", "in_zone": True, "surveyed_on": SURVEYED},
        )  # fmt: skip

    ids = [row["宗地编号"] for row in rows_of(office.gets("ledger"))]

    assert ids == [office.id(f"{number:03}") for number in range(205)]


def test_a_name_that_would_be_read_as_another_stands_apart_from_what_is_handed_in(office):
    office.surveys("0231", right_holder={"name": "无"})

    path = office.gets("ledger")

    assert rows_of(path) == []
    (row,) = rows_of(path, "other_parcels")
    assert "correct it by hand" in row["why"]


def test_completeness_says_how_many_parcels_lack_what(office):
    office.surveys("1", industry_code="C33")
    office.surveys("2", right_holder={"name": "甲"})
    office.finds("C1", "0232")

    assert office.lacking() == {
        "township": office.township, "registered": 2, "complete": 0, "not_surveyed": 1,
        "lacking": {"identifiers.parcel_code": 2, "right_holder": 1, "industry_code": 1, "soil": 2,
                    "use_right": 2, "buildings": 2, "coded_uses": 2},
    }  # fmt: skip
    shown = office.types("completeness", office.township).stdout
    assert "lacks right_holder" in shown
    assert "not_surveyed" in shown


@pytest.mark.parametrize("what", ["questions", "ledger"])
def test_a_workbook_with_answers_is_never_written_over(office, what):
    path = office.home / "answers.xlsx"
    path.write_bytes(b"answers")

    done = office.types(what, office.township, "--out", str(path))

    assert done.returncode == 2
    assert "is there already" in done.stderr
    assert path.read_bytes() == b"answers"


@pytest.mark.parametrize("command", [("completeness", "12"), ("ledger", "12", "--out", "x.xlsx")])
def test_a_township_that_there_is_not_is_said(office, command):
    done = office.types(*command)

    assert done.returncode == 2
    assert "No township has this code" in done.stderr


def test_without_the_park_there_is_a_sentence_and_no_workbook(office):
    office.park = type("Nobody", (), {"env": {"AMQP_URI": "amqp://guest:s@127.0.0.1:9/%2F"}})()
    path = office.home / "ledger.xlsx"

    done = office.types("ledger", office.township, "--out", str(path))

    assert done.returncode == 1
    assert "no connection to" in done.stderr
    assert not path.exists()
