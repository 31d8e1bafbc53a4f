"""What the rows of each kind of file become; real columns, with 亩 and 公顷 on one row."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from handin.cells.measures import converted, measure_of, unit_of
from handin.said import Outcome, Refused

from .conftest import FIRM_CODE, TOWNSHIP

LOW_EFFICIENCY_FIRM = {
    "区县名称": "上虞区", "年份": "2023", "企业名称": "上虞示例机械有限公司", "开发区名称": "示例开发区",
    "社会统一信用代码": FIRM_CODE, "占地面积（亩）": 30, "坐落": "示例路1号",
    "上年度亩均税收": "6.5万元/亩", "上上年度亩均税收": "97.5万元/公顷", "现状用途": "工业",
    "低效类型": "用地效益、权属", "处置方式": "收储", "当前状态": "整治中", "详细进展": "/",
    "处置面积（公顷）": 2, "计划实施单位": "小越街道", "问题类型": "/", "问题详细描述": "/", "备注": "/",
}  # fmt: skip
LAND_BY_TOWN = {
    "县名称": "上虞区", "片区编号": "P1", "项目名称": "示例", "乡镇代码": 330604006, "乡镇名称": "小越",
    "地块编号": "D-7", "地块面积": 1.2, "大类代码": "06", "大类名称": "工矿", "小类代码": "0601",
    "小类名称": "工业", "现状用途": "工业用地", "现状容积率": 0.8, "现状建筑密度": "28.8%",
    "规划用途": "工业用地", "规划容积率": 2, "规划建筑密度": "50%", "开发潜力": "高", "再开发时序": "近期",
    "片区面积": 3,
}  # fmt: skip
CASE = {
    "案件编号": "C17", "宗地编号": "0231", "低效类型": "开发利用强度、用地效益", "认定日期": "2023年2月1日",
    "认定单位": "专班",
}  # fmt: skip
PLAN = {"处置方式": "收储", "计划完成日期": "2030-07-31", "计划上报单位": "街道"}
FIRM = {"企业编号": "E9", "企业名称": "上虞示例机械有限公司", "企业规模": "规下"}
SET = {"in_zone": "是", "surveyed_on": "2023-07-20"}


def judged_of(desk, row, **asked):
    (judged,) = desk.judged(desk.workbook([row, row.values()]), **asked)
    return judged


def test_a_low_efficiency_firm_becomes_a_firm_with_an_id_made_of_its_code(desk):
    judged = judged_of(desk, LOW_EFFICIENCY_FIRM, given={"scale": "规下"})

    (report,) = judged.reports
    assert report.type == "enterprise.registered"
    assert report.data["name"] == "上虞示例机械有限公司"
    assert report.thing.startswith(f"{TOWNSHIP}-u")
    assert FIRM_CODE not in report.thing


@pytest.mark.parametrize(
    ("mu", "hectares", "outcome"),
    [(30, 2, Outcome.FINE), (30, 2.0001, Outcome.NEEDS_PERSON), (29.99, 2, Outcome.NEEDS_PERSON)],
)
def test_what_is_dealt_with_is_at_most_what_the_firm_has_in_whatever_units(
    desk, mu, hectares, outcome
):
    row = LOW_EFFICIENCY_FIRM | {"占地面积（亩）": mu, "处置面积（公顷）": hectares}

    judged = judged_of(desk, row, given={"scale": "规下"})

    assert (judged.outcome == Outcome.NEEDS_PERSON) == (outcome == Outcome.NEEDS_PERSON)


def test_low_efficiency_land_becomes_parcels_of_the_township_on_each_row(desk):
    path = desk.workbook([LAND_BY_TOWN, LAND_BY_TOWN.values()])

    (judged,) = desk.judged(
        path, township="", given=SET, units={"area": "公顷", "redevelopment_area_size": "公顷"}
    )

    (report,) = judged.reports
    assert (report.type, report.thing) == ("parcel.registered", f"{TOWNSHIP}-D-7")
    assert Decimal(report.data["area_m2"]) == 12_000


def test_a_firm_names_its_parcels_in_one_cell(desk):
    more = {
        "宗地编号": "0231、0240",
        "用地方式": "租赁",
        "入驻日期": "2019年3月1日",
        "退出日期": "/",
    }

    (report,) = judged_of(desk, FIRM | more).reports

    assert report.data["premises"] == [
        {"parcel_id": f"{TOWNSHIP}-{number}", "role": "tenant", "from": "2019-03-01"}
        for number in ("0231", "0240")
    ]


def test_a_mark_between_ids_alone_is_refused_and_the_rows_below_are_read(desk):
    path = desk.workbook([FIRM | {"宗地编号": ""}, (*FIRM.values(), "、"), (*FIRM.values(), "")])

    first, second = desk.judged(path)

    assert first.outcome == Outcome.REFUSED
    assert [each.field for each in first.remarks if each.holds_back] == ["parcel_ids"]
    assert second.goes


def test_a_firm_on_a_parcel_without_its_role_needs_a_person(desk):
    assert judged_of(desk, FIRM | {"宗地编号": "0231"}).outcome == Outcome.NEEDS_PERSON


def test_a_firm_without_an_id_and_a_code_needs_a_person(desk):
    row = FIRM | {"企业编号": "/", "统一社会信用代码": "/"}

    assert judged_of(desk, row).outcome == Outcome.NEEDS_PERSON


def test_a_case_is_identified_with_its_reasons(desk):
    (report,) = judged_of(desk, CASE).reports

    assert report.type == "remediation.identified"
    assert report.data == {
        "case_id": f"{TOWNSHIP}-C17",
        "parcel_id": f"{TOWNSHIP}-0231",
        "operator_role": "task_force",
        "low_efficiency_reasons": ("use_strength", "benefit"),
        "identified_on": "2023-02-01",
    }


def test_a_case_with_a_plan_is_planned_too(desk):
    _, planned = judged_of(desk, CASE | PLAN).reports

    assert planned.type == "remediation.planned"
    assert (planned.data["disposal_way"], planned.data["operator_role"]) == (
        "land_reserve",
        "township",
    )


@pytest.mark.parametrize("missing", PLAN)
def test_a_plan_that_is_there_in_part_needs_a_person(desk, missing):
    row = CASE | {name: value for name, value in PLAN.items() if name != missing}

    judged = judged_of(desk, row)

    # who reports a plan says nothing of one
    assert judged.outcome == Outcome.NEEDS_PERSON


def test_a_reason_that_nobody_knows_is_not_guessed(desk):
    assert judged_of(desk, CASE | {"低效类型": "用地效益、风水"}).outcome == Outcome.NEEDS_PERSON


def test_the_same_row_says_the_same_under_the_same_id_whenever_it_is_handed_in(desk):
    (report,) = judged_of(desk, CASE).reports
    (same,) = judged_of(desk, CASE).reports
    (other,) = judged_of(desk, CASE | {"认定日期": "2023-02-02"}).reports
    now, later = datetime(2024, 6, 1, tzinfo=UTC), datetime(2024, 6, 2, tzinfo=UTC)

    assert report.event(now).id == same.event(later).id
    assert report.event(now).id != other.event(now).id
    assert report.event(now).id != report.event(now, "b").id
    assert report.event(now).source == f"/townships/{TOWNSHIP}"


@pytest.mark.parametrize(
    ("written", "into", "read"),
    [
        ("6568万元/公顷", "万元/亩", "437.8667 万元/亩"),
        ("≤0.52吨标煤/万元", "万元/吨标煤", ">= 1.9231 万元/吨标煤"),
        ("0.52吨标煤/万元", "万元/吨标煤", "1.9231 万元/吨标煤"),
        (">30万元/亩", "万元/公顷", "> 450 万元/公顷"),
        ("1.5亿元", "万元", "15000 万元"),
        ("2公顷", "亩", "30 亩"),
        ("58000亩", "㎡", "38666666.6667 ㎡"),
        ("3万㎡", "公顷", "3 公顷"),
    ],
)
def test_a_figure_is_converted_and_a_bound_turned_with_its_ratio(written, into, read):
    assert str(converted(measure_of(written), unit_of(into))) == read


@pytest.mark.parametrize(
    ("written", "into"), [("5万元", "亩"), ("5万元/亩", "万元"), ("0万元/亩", "亩/万元")]
)
def test_a_figure_of_another_kind_is_refused(written, into):
    with pytest.raises(Refused):
        converted(measure_of(written), unit_of(into))
