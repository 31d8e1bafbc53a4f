"""A table of notices is read row by row, as people write it; what cannot be read is told."""

from __future__ import annotations

from datetime import datetime

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from backbone.errors import Invalid
from backbone.messages.contract import load
from cli.app import app
from cli.notices.moments import when
from services.projects.notices.schemas import Draft

from .test_printed_notices import HERE, said_by


def test_a_row_that_cannot_be_read_says_why_and_the_others_go_on(tmp_path):
    file = tmp_path / "plots.csv"
    file.write_text(
        "id,price_printed,price_unit,area_m2,sale_from\n"
        "a,1361,万元,20016,2025-04-08T09:00\n"
        "b,much,万元/斤,-5,soon\n"
        'c,"1,361",万元,２００１６,2025年4月8日\n',
        "utf-8-sig",
    )
    code, (a, b, c) = said_by(str(file))

    assert code == 2
    assert {each["field"] for each in b["errors"]} == {
        "price_printed", "price_unit", "area_m2", "sale_from"
    }  # fmt: skip
    assert a["derived"] == c["derived"]


def test_a_table_for_people_names_each_plot_and_what_is_to_be_looked_at():
    done = CliRunner().invoke(app, ["notices", "check", str(HERE / "printed.csv")])

    assert "1361 万元 · 679.96 元/㎡" in done.stdout
    assert "LISTING_TOO_SHORT" in done.stdout


def test_a_file_without_prices_is_told_what_its_first_row_needs(tmp_path):
    file = tmp_path / "plots.csv"
    file.write_text("id,area_m2\na,5\n")
    done = CliRunner().invoke(app, ["notices", "check", str(file)])

    assert done.exit_code == 2
    assert "price_printed" in done.output


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2025年5月1日", "2025-05-01"),
        ("2025年5月1日16:00", "2025-05-01T16:00"),
        ("2025年5月1日 16时", "2025-05-01T16:00"),
        ("2025年5月1日9时30分", "2025-05-01T09:30"),
        ("2025 年 5 月 1 日 上午 9：00", "2025-05-01T09:00"),
        ("2025年5月1日下午3点", "2025-05-01T15:00"),
        ("2025年5月1日下午12:30", "2025-05-01T12:30"),
        ("2025年5月1日17:00时止", "2025-05-01T17:00"),
        ("２０２５/５/１ 9:05", "2025-05-01T09:05"),
        ("2025.5.1 16:00:00", "2025-05-01T16:00"),
        ("2025-05-01 23:59", "2025-05-01T23:59"),
        ("2025-05-01T09:00+08:00", "2025-05-01T09:00+08:00"),
        ("2025年5月1日24时", "2025-05-01"),  # the end of the day
        ("2025-05-01 24:00", "2025-05-01"),
        ("2025年5月1日25时", "2025年5月1日25时"),
        ("2025年5月1日16时60分", "2025年5月1日16时60分"),
        ("2025年2月30日9时", "2025年2月30日9时"),
        ("2025-5-116:00", "2025-5-116:00"),
        (datetime.fromisoformat("2025-05-01T09:00"), "2025-05-01T09:00"),
        (datetime.fromisoformat("2025-05-01"), "2025-05-01"),
        (45778, "2025-05-01"),
    ],
)
def test_a_day_with_an_hour_is_read_as_notices_print_it(written, read):
    assert when(written) == read


def test_an_hour_in_a_table_is_compared_and_not_dropped(tmp_path):
    file = tmp_path / "plots.csv"
    file.write_text(
        "id,price_printed,bond_wan,apply_to,bond_to,released_on\n"
        "a,1361,300万元,2025/5/1 17:00,2025年5月1日16时,2025/3/1 9:00\n"
    )
    code, (found,) = said_by(str(file))

    assert code == 1
    assert [each["code"] for each in found["findings"] if each["outcome"] == "broken"] == [
        "APPLICATION_AFTER_BOND"
    ]


def test_a_column_that_is_left_alone_is_named_and_a_row_without_an_id_goes_by_its_number(tmp_path):
    file = tmp_path / "plots.csv"
    file.write_text("id,price_printed,sale_form\n,much,2025-04-03\n,,\n")
    done = CliRunner().invoke(app, ["notices", "check", str(file)])

    assert "columns left alone: sale_form" in done.stderr
    assert "row 2  cannot be read" in done.stdout
    assert done.exit_code == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "first row is empty"), ("id,price_printed\n", "no row of a plot")],
)
def test_a_table_with_nothing_in_it_is_told_so(tmp_path, text, said):
    file = tmp_path / "plots.csv"
    file.write_text(text)
    done = CliRunner().invoke(app, ["notices", "check", str(file)])

    assert done.exit_code == 2
    assert said in done.stderr


def test_a_day_of_the_rules_that_is_none_is_told_how_to_write_it():
    done = CliRunner().invoke(
        app, ["notices", "check", str(HERE / "printed.csv"), "--on", "2025年"]
    )

    assert done.exit_code == 2
    assert "YYYY-MM-DD" in done.stderr


@pytest.mark.parametrize("field", ["released_on", "published_on", "sale_to"])
@pytest.mark.parametrize("day", ["1899-12-31", "2201-01-01", "9999-12-31"])
def test_a_day_that_nobody_means_is_refused_by_its_field(field, day):
    with pytest.raises(Invalid) as problem:
        load(Draft(), {field: day}, path="")

    assert [(each.field, each.sentence) for each in problem.value.reasons] == [
        (field, "Give a day from 1900 to 2200.")
    ]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("much", "Give the figure as a plain decimal, in digits 0 to 9 with at most one point: 11780.5."),
        ("0", "Give more than 0."),
        ("10000000000001", "Give at most 10000000000000; check the unit."),
    ],
)  # fmt: skip
def test_a_price_that_cannot_be_read_is_told_in_a_whole_sentence(given, sentence):
    with pytest.raises(Invalid) as problem:
        load(Draft(), {"price_printed": given}, path="")

    assert [each.sentence for each in problem.value.reasons] == [sentence]


def test_a_workbook_is_read_as_it_shows_its_figures_and_days(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(
        ["id", "price_printed", "price_unit", "area_m2", "term_years", "sale_from", "use_printed"]
    )
    opens = datetime.fromisoformat("2025-04-24T09:00")
    sheet.append(["a", 0.1 + 0.2, "万元/亩", 12345, 50.0, opens, "工业用地"])
    book.save(tmp_path / "plots.xlsx")
    code, (found,) = said_by(str(tmp_path / "plots.xlsx"))

    assert code == 0
    assert found["derived"]["start_price_wan_total"] == "5.55525"


@pytest.mark.parametrize(
    ("column", "cell", "right"),
    [
        ("sale_from", "2026年6月31日", "There is no such day; the last of its month is 2026-06-30"),
        ("sale_from", "2026年2月29日9时", "the last of its month is 2026-02-28"),
        ("sale_from", "2026-13-01", "There is no such month"),
        ("sale_from", "2026年6月31日", "2026年6月30日"),
        ("sale_from", "二〇二六年六月三十日", "in the digits 0 to 9"),
        ("sale_from", "next week", "2026年6月30日9时30分"),
        ("released_on", "2026年6月31日", "the last of its month is 2026-06-30. Give a day"),
        ("term_years", "about 50", "Give the years as a whole number: 50."),
        ("bond_wan", "about 272", ""),
        ("method", "抽签", "Give one of these: listing"),
        ("price_unit", "美元", "万元"),
    ],
)
def test_a_cell_that_cannot_be_read_is_quoted_with_its_row_and_column(
    tmp_path, column, cell, right
):
    file = tmp_path / "plots.csv"
    file.write_text(f"id,price_printed,{column}\nA,1361,\nB,1361,{cell}\n", "utf-8")
    code, (_, found) = said_by(str(file))
    [wrong] = found["errors"]
    assert (code, wrong["row"], wrong["column"], wrong["cell"]) == (2, 3, column, cell)
    assert right in wrong["sentence"]
    done = CliRunner().invoke(app, ["notices", "check", str(file)], env={"COLUMNS": "300"})
    assert f"row 3, {column}, “{cell}”: " in done.stdout


def test_a_number_of_a_person_in_a_wrong_cell_is_not_repeated(tmp_path):
    file = tmp_path / "plots.csv"
    file.write_text("id,price_printed\nA,11010519491231002X\n", "utf-8")
    _, [found] = said_by(str(file))
    assert "11010519491231002X" not in str(found)


@pytest.mark.parametrize("word", ["挂牌", "listing"])
def test_a_call_takes_the_words_that_a_table_takes(word):
    plot = load(
        Draft(), {"method": word, "use_printed": "工业用地", "price_unit": "万元/亩"}, path=""
    )
    assert plot.method == "listing"


def test_a_call_with_another_word_says_which_are_taken():
    with pytest.raises(Invalid, match="one of these: listing"):
        load(Draft(), {"method": "抽签"}, path="")


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        ("sale_from", "2026年6月31日", "the last of its month is 2026-06-30"),
        ("sale_from", "二〇二六年六月三十日", "in the digits 0 to 9"),
        ("sale_from", "2026年6月30日", "Write the day as 2026-06-30. "),
        ("released_on", "2026.6.30", "Write the day as 2026-06-30. "),
        ("released_on", "2026-06-31", "the last of its month is 2026-06-30"),
        ("released_on", "soon", "Give the day as YYYY-MM-DD"),
        ("method", "划拨", "挂牌, 拍卖, 招标, 协议"),
    ],
)
def test_a_call_says_what_a_day_lacks_and_how_a_call_takes_it(field, given, said):
    with pytest.raises(Invalid) as problem:
        load(Draft(), {field: given}, path="")
    [wrong] = problem.value.reasons
    assert wrong.field == field
    assert said in wrong.sentence
    assert "{" not in wrong.sentence


@pytest.mark.parametrize("given", [50, "50", "50年", "50 年"])
def test_a_term_is_taken_as_it_is_printed(given, tmp_path):
    assert load(Draft(), {"term_years": given}, path="").term_years == 50
    file = tmp_path / "plots.csv"
    file.write_text(f"id,price_printed,term_years,use_printed\nA,1361,{given},工业用地\n", "utf-8")
    assert said_by(str(file))[0] == 0


@pytest.mark.parametrize("given", ["50年年", "年", "about 50", "0年", "101年"])
def test_a_term_that_is_none_is_refused(given):
    with pytest.raises(Invalid):
        load(Draft(), {"term_years": given}, path="")


def test_a_row_of_which_nothing_could_be_judged_is_no_pass(tmp_path):
    file = tmp_path / "plots.csv"
    file.write_text("id,方式,price_printed\nA,挂牌,1361\n", "utf-8")
    done = CliRunner().invoke(app, ["notices", "check", str(file)], env={"COLUMNS": "300"})
    assert done.exit_code == 2
    assert "nothing could be judged" in done.stdout
    assert "columns left alone: 方式; known are" in done.stderr
    assert ", method, " in done.stderr
    assert said_by(str(file))[1][0]["judged"] == 0
