"""A list of yearly figures: each column in its unit, and what a row becomes."""

from __future__ import annotations

import pytest

from handin.compare import changes
from handin.said import Outcome

from .conftest import FIRM_CODE, TOWNSHIP

YEAR = {
    "企业编号": "E9", "企业名称": "上虞示例机械有限公司", "数据年度": "2022年", "数据来源": "税务",
    "实缴税金（万元）": 26.5, "工业总产值（亿元）": "0.084", "增加值（元）": "1,900,000",
    "综合能耗（吨标煤）": 310.5, "年平均职工人数（人）": "60人", "建筑面积（亩）": 14.7,
}  # fmt: skip
SAID = {
    "enterprise_id": f"{TOWNSHIP}-E9", "data_year": 2022, "source_class": "tax",
    "tax_paid_cny": "265000.00", "gross_output_cny": "8400000.00", "value_added_cny": "1900000.00",
    "energy_tce": "310.5", "employees": "60", "floor_area_m2": "9800",
}  # fmt: skip


def judged_of(desk, more, kind="figures", **asked):
    row = {name: value for name, value in (YEAR | more).items() if value != "gone"}
    (judged,) = desk.judged(desk.workbook([row, row.values()]), kind=kind, **asked)
    return judged


def said_by(desk, more, **asked):
    (report,) = judged_of(desk, more, **asked).reports
    return report.data


def held_back(desk, more, **asked):
    judged = judged_of(desk, more, **asked)
    assert not judged.goes, judged
    return judged.outcome, "\n".join(each.why for each in judged.remarks if each.holds_back)


def numbers(data):
    return {name: float(value) if name.endswith(("_cny", "_tce", "_m2")) else value
            for name, value in data.items()}  # fmt: skip


def test_a_row_becomes_the_figures_of_a_year_whatever_units_its_columns_have(desk):
    judged = judged_of(desk, {}, kind="")

    (report,) = judged.reports
    assert report.type == "enterprise.figures_reported"
    assert numbers(report.data) == numbers(SAID)


@pytest.mark.parametrize(
    ("title", "cell", "field", "figure"),
    [
        ("实缴税金（元）", "-1,200.5", "tax_paid_cny", -1200.5),
        ("实缴税金", "26.5万元", "tax_paid_cny", 265_000),
        ("税收（千元）", 265, "tax_paid_cny", 265_000),
        ("总产值（百万元）", 8.4, "gross_output_cny", 8_400_000),
        ("综合能耗（万吨标准煤）", 0.03105, "energy_tce", 310.5),
        ("能耗", "310.5tce", "energy_tce", 310.5),
        ("综合能耗（千克标准煤）", 310_500, "energy_tce", 310.5),
        ("总建筑面积（万㎡）", 0.98, "floor_area_m2", 9800),
        ("建筑面积（公顷）", "9800㎡", "floor_area_m2", 9800),
    ],
)
def test_each_column_has_its_unit_in_its_title_or_its_cells(desk, title, cell, field, figure):
    data = said_by(desk, dict.fromkeys(list(YEAR)[4:], "gone") | {title: cell})

    assert float(data[field]) == figure


def test_a_figure_without_a_unit_is_refused_until_somebody_names_one(desk):
    more = {"实缴税金（万元）": "gone", "实缴税金": 26.5}

    assert held_back(desk, more)[0] == Outcome.REFUSED
    data = said_by(desk, more, units={"tax_paid_cny": "万元"})
    assert float(data["tax_paid_cny"]) == 265_000


@pytest.mark.parametrize(
    ("title", "cell"),
    [("实缴税金（亩）", 26.5), ("综合能耗（万元）", 1), ("建筑面积（吨标煤）", 1), ("税金", "3人")],
)
def test_a_unit_of_another_kind_is_refused(desk, title, cell):
    assert held_back(desk, {"实缴税金（万元）": "gone", "综合能耗（吨标煤）": "gone",
                            "建筑面积（亩）": "gone", title: cell})[0] == Outcome.REFUSED  # fmt: skip


def test_electricity_is_counted_as_energy_at_its_equivalent_value_and_this_is_said(desk):
    judged = judged_of(desk, {"综合能耗（吨标煤）": "gone", "综合能耗（万千瓦时）": 100})

    assert judged.reports[0].data["energy_tce"] == "122.9"
    assert [each.why for each in judged.remarks if "1.229 吨标煤" in each.why]


def test_electricity_in_a_column_of_its_own_is_no_energy_of_the_firm(desk):
    data = said_by(desk, {"综合能耗（吨标煤）": "gone", "用电量（万千瓦时）": 100})

    assert "energy_tce" not in data


@pytest.mark.parametrize("cell", ["≥26.5", ">26.5", "不低于26.5", "26.5以上", "26.5万元及以上"])
def test_a_figure_that_is_a_bound_is_handed_in_as_one(desk, cell):
    data = said_by(desk, {"实缴税金（万元）": cell})

    assert (float(data["tax_paid_cny"]), data["at_least"]) == (265_000, ["tax_paid_cny"])


@pytest.mark.parametrize("cell", ["<26.5", "不超过26.5", "26.5以下"])
def test_a_figure_of_which_only_a_ceiling_is_known_needs_a_person(desk, cell):
    assert held_back(desk, {"实缴税金（万元）": cell})[0] == Outcome.NEEDS_PERSON


@pytest.mark.parametrize(
    ("cell", "yuan", "rounded"),
    [
        (12.3456785, "123456.79", True),
        (12.3456784, "123456.78", True),
        (12.34565, "123456.5", False),
    ],
)
def test_money_beyond_the_fen_is_rounded_and_said(desk, cell, yuan, rounded):
    judged = judged_of(desk, {"实缴税金（万元）": cell})

    assert judged.reports[0].data["tax_paid_cny"] == yuan
    assert any(each.why == "rounded to the fen" for each in judged.remarks) is rounded


@pytest.mark.parametrize(
    ("year", "goes"), [("2023年度", True), (2022, True), ("2024", False), ("2025", False), ("22", False)]
)  # fmt: skip
def test_a_year_is_reported_when_it_is_over(desk, year, goes):
    assert judged_of(desk, {"数据年度": year}).goes is goes


@pytest.mark.parametrize(
    ("source", "class_"),
    [("统计", "statistics"), ("税务局", "tax"), ("企业申报", "declared"), ("declared", "declared")],
)
def test_the_class_of_the_source_is_a_column_or_said_for_all_rows(desk, source, class_):
    gone = {"数据来源": "gone"}

    assert said_by(desk, {"数据来源": source})["source_class"] == class_
    assert said_by(desk, gone, given={"source_class": source})["source_class"] == class_


def test_a_class_of_sources_that_is_not_known_is_not_guessed(desk):
    assert held_back(desk, {"数据来源": "听说"})[0] == Outcome.NEEDS_PERSON


def test_a_row_without_any_figure_is_refused(desk):
    outcome, why = held_back(desk, dict.fromkeys(list(YEAR)[4:], "/"))

    assert (outcome, why) == (Outcome.REFUSED, "The row gives no figure of the year.")


@pytest.mark.parametrize(
    ("parcels", "shares", "said"),
    [
        ("0231", "/", [("0231", 1)]),
        ("0231", "40%", [("0231", 0.4)]),
        ("0231、0240", "60%、40%", [("0231", 0.6), ("0240", 0.4)]),
        ("0231\n0240", "0.6\n0.4", [("0231", 0.6), ("0240", 0.4)]),
    ],
)
def test_the_figures_are_shared_out_among_parcels(desk, parcels, shares, said):
    data = said_by(desk, {"宗地编号": parcels, "宗地占比": shares})

    found = [(each["parcel_id"], float(each["share"])) for each in data["parcels"]]
    assert found == [(f"{TOWNSHIP}-{own}", share) for own, share in said]


@pytest.mark.parametrize(
    ("parcels", "shares", "outcome"),
    [
        ("0231、0240", "/", Outcome.NEEDS_PERSON),
        ("0231、0240", "60%", Outcome.NEEDS_PERSON),
        ("0231、0231", "60%、40%", Outcome.NEEDS_PERSON),
        ("/", "60%", Outcome.NEEDS_PERSON),
        ("0231", "60", Outcome.NEEDS_PERSON),
        ("0231、0240", "60%、40.1%", Outcome.REFUSED),
        ("0231", "101%", Outcome.REFUSED),
        ("0231", "-1%", Outcome.REFUSED),
    ],
)
def test_shares_that_do_not_fit_their_parcels_wait(desk, parcels, shares, outcome):
    assert held_back(desk, {"宗地编号": parcels, "宗地占比": shares})[0] == outcome


@pytest.mark.parametrize("cell", ["60.5", "60万元", "六十"])
def test_a_number_of_persons_is_whole(desk, cell):
    assert held_back(desk, {"年平均职工人数（人）": cell})[0] == Outcome.REFUSED


def test_a_firm_without_an_id_has_the_one_that_the_list_of_firms_gives_it(desk):
    firm = {"企业名称": "甲", "统一社会信用代码": FIRM_CODE, "企业规模": "规下"}
    (judged,) = desk.judged(desk.workbook([firm, firm.values()], name="firms.xlsx"), kind="firms")

    data = said_by(desk, {"企业编号": "gone", "统一社会信用代码": FIRM_CODE})

    assert data["enterprise_id"] == judged.reports[0].thing


def test_two_years_and_two_sources_of_one_firm_are_no_doubles(desk):
    rows = [
        YEAR,
        YEAR | {"数据年度": 2021},
        YEAR | {"数据来源": "统计"},
        YEAR | {"实缴税金（万元）": 1},
    ]

    judged = desk.judged(desk.workbook([YEAR, *(row.values() for row in rows)]))

    assert [each.goes for each in judged] == [True, True, True, False]


def held(**more):
    figures = {name: SAID[name] for name in SAID if name.endswith(("_cny", "_tce", "_m2"))}
    figures |= {"employees": "60", "at_least": []}
    report = {"data_year": 2022, "source_class": "tax", "parcels": [], "figures": figures | more}
    return {"enterprise_id": SAID["enterprise_id"], "reports": [report]}


def test_check_says_which_figures_would_change(desk):
    (report,) = judged_of(desk, {}).reports

    assert changes(report, held()) == ()
    assert changes(report, held(tax_paid_cny="1.00")) == ("tax_paid_cny",)
    assert changes(report, held(at_least=["tax_paid_cny"])) == ("at_least",)
    assert changes(report, None) is None
    other_year = held() | {"reports": [held()["reports"][0] | {"data_year": 2021}]}
    assert changes(report, other_year) is None
