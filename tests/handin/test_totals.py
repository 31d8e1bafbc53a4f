"""What stands in a list and is none of its rows: totals, titles once more, notes below the table."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from cli.handin.commands import app
from handin.said import Outcome

from .conftest import FIRM_CODE, PARCEL, PARCELS, TOWNSHIP

YEARS = (
    "企业编号",
    "企业名称",
    "数据年度",
    "数据来源",
    "实缴税金（万元）",
    "职工人数",
    "用地面积（亩）",
)


def year(own, tax=10, employees=20, mu=3.5):
    return own, "甲厂", 2022, "税务", tax, employees, mu


def total(word, tax=None, employees=None, mu=None):
    return word, None, None, None, tax, employees, mu


def told(desk, *rows, head=YEARS, **asked):
    sheet = desk.opened(desk.workbook([head, *rows]), **asked)
    return list(sheet.judged()), sheet.said_at_the_end


@pytest.mark.parametrize(
    "word",
    [
        "合计",
        "合　计",
        "总计",
        "合计：",
        "小计",
        "合计（2户）",
        "小越街道小计",
        "本页合计",
        "其中：小计",
        "共计",
    ],
)
def test_a_total_is_said_and_handed_in_by_nobody(desk, word):
    judged, said = told(desk, year("E1"), year("E2"), total(word, 20, 40, 7))

    assert [each.apart for each in judged] == ["", "", "total"]
    assert judged[2].reports == ()
    assert said == ["Row 4 is a total, and not handed in: its figures agree with its rows."]


@pytest.mark.parametrize("cells", [(1, "E1"), ("合计", "E1"), (None, "合计")])
def test_a_total_may_stand_in_any_of_the_first_columns(desk, cells):
    head = ("序号", *YEARS)
    last = cells[0], cells[1] if cells[1] == "合计" else None, *year("E1")[1:]
    rows = [(1, *year("E1")), last]

    judged, _ = told(desk, *rows, head=head)

    assert bool(judged[1].apart) is ("合计" in cells)


@pytest.mark.parametrize(
    ("name", "apart"),
    [
        ("上海合计科技有限公司", False),
        ("总计算机厂", False),
        ("合计", True),
        ("东关街道合计", True),
    ],
)
def test_a_firm_whose_name_holds_the_word_is_a_firm(desk, name, apart):
    (judged,), _ = told(desk, (None, name, *year("E1")[2:]))

    assert bool(judged.apart) is apart


def test_a_row_with_a_credit_code_is_no_total_whatever_else_stands_in_it(desk):
    head = ("企业名称", "统一社会信用代码", "企业规模")

    (judged,), _ = told(desk, ("合计", FIRM_CODE, "规下"), head=head, kind="firms")

    assert judged.goes
    assert not judged.apart


@pytest.mark.parametrize(
    ("sums", "wrong"),
    [
        ((20, 40, 7), []),
        ((20.01, 40, 7), ["E 实缴税金(万元) says 20.01, its rows (2) come to 20"]),
        ((20, 41, 7), ["F 职工人数 says 41, its rows (2) come to 40"]),
        ((30, 40, 9.5), ["says 30", "says 9.5, its rows (2) come to 7"]),
        (("30万元", 40, "4666.67㎡"), ["says 30, its rows (2) come to 20"]),
    ],
)
def test_a_total_is_held_against_its_rows_column_by_column(desk, sums, wrong):
    _, said = told(desk, year("E1"), year("E2"), total("合计", *sums))

    assert len(said) == 1
    assert all(each in said[0] for each in wrong)
    assert ("agree" in said[0]) is (not wrong)


def test_what_was_rounded_in_each_row_may_differ_by_as_much(desk):
    rows = [year(f"E{n}", mu=1.33) for n in range(3)]

    for mu, agrees in (
        (4, True),
        (4.01, True),
        (4.02, False),
        (3.97, True),
        (3.96, False),
        (5, False),
    ):
        _, said = told(desk, *rows, total("合计", 30, 60, mu))
        assert ("agree" in said[0]) is agrees, mu


def test_subtotals_are_of_their_own_rows_and_the_total_is_of_all(desk):
    _, said = told(
        desk, year("E1"), year("E2"), total("小计", 20), year("E3"), total("小计", 10), total("合计", 30)
    )  # fmt: skip

    assert len(said) == 3
    assert all("agree" in each for each in said)


def test_a_total_of_one_page_may_be_called_so_too(desk):
    _, said = told(desk, year("E1"), total("合计", 10), year("E2"), total("合计", 10))

    assert all("agree" in each for each in said)


def test_totals_may_stand_above_their_rows(desk):
    _, said = told(
        desk, total("合计", 30), total("小计", 20), year("E1"), year("E2"), total("小计", 11), year("E3")
    )  # fmt: skip

    assert ["agree" in each for each in said] == [True, False, True]
    assert "Row 6" in said[1]


def test_a_row_that_is_refused_counts_in_the_sum_of_what_the_list_says(desk):
    judged, said = told(desk, year("E1"), year("E2", employees="x"), total("合计", 20))

    assert judged[1].outcome == Outcome.REFUSED
    assert "agree" in said[0]


def test_a_total_of_nothing_that_can_be_read_says_so(desk):
    _, said = told(desk, year("E1"), total("合计", "见附件"))

    assert said == ["Row 3 is a total, and not handed in: nothing in it could be compared."]


@pytest.mark.parametrize(
    "text",
    ["注：本表数据为快报数", "填表人：张三    审核人：李四", "备 注:", "填报日期：2023年2月1日"],
)
def test_what_stands_below_the_table_is_no_row(desk, text):
    judged, _ = told(desk, year("E1"), (text,))

    assert [each.apart for each in judged] == ["", "below"]


def test_titles_that_stand_there_once_more_are_no_row(desk):
    judged, _ = told(desk, year("E1"), YEARS, year("E2"))

    assert [each.apart for each in judged] == ["", "heading", ""]


def test_check_counts_totals_apart_and_ends_well(desk):
    rows = [PARCELS, PARCEL, ("合计", 11781.5), ("制表：张三",)]
    path = desk.workbook(rows)

    done = CliRunner().invoke(
        app, ["check", str(path), "--township", TOWNSHIP, "--json", "--no-compare"]
    )

    assert done.exit_code == 0, done.output
    *_, last = map(json.loads, done.stdout.splitlines())
    assert (last["summary"]["rows"], last["summary"]["total"], last["summary"]["below"]) == (
        1,
        1,
        1,
    )
    assert "agree" in last["said"][0]
    assert "张三" not in done.output
