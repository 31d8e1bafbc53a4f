"""What stands in the rows that go back, and what reading makes of them."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl import load_workbook

from handin.back import questions
from handin.back.book import Book
from handin.back.ledger import Ledger
from handin.said import Outcome
from handin.template import first_words, templates, words
from services.parcels.completeness.gaps import ASKED, lacks
from services.parcels.register.parcel import Parcel

from .conftest import FIRM_CODE, TODAY, TOWNSHIP

PARCEL = {
    "parcel_id": f"{TOWNSHIP}-0231", "state": "registered", "area_m2": "11781.5", "land_use": "industrial",
    "planned_use": "industrial", "in_zone": True, "surveyed": {"on": "2023-07-20"},
    "identifiers": [], "key_regulated_unit": False,
}  # fmt: skip
HERE = {"parcel_id": f"{TOWNSHIP}-0231", "role": "owner", "from_on": "2019-03-01"}
FIRM = {
    "enterprise_id": f"{TOWNSHIP}-E1", "name": "甲厂", "scale": "below_scale", "standing": "in_operation",
    "premises": [HERE],
}  # fmt: skip


def written(desk, parcels=(), firms=()):
    path = desk.home / "ledger.xlsx"
    with Book() as book:
        ledger = Ledger(book, TOWNSHIP, TODAY)
        ledger.add_parcels(parcels)
        ledger.add_firms(firms)
        book.save(path)
    return path


def rows_of(path, sheet) -> list[dict[str, Any]]:
    titles, *rows = load_workbook(path)[sheet].iter_rows(values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in rows]


def test_whatever_any_edition_asks_for_can_be_answered_in_the_workbook():
    fields = templates()["parcels"].fields
    for edition in ASKED.editions.values():
        for name in edition.asked:
            assert lacks(Parcel.unknown(PARCEL["parcel_id"]), name)
            assert set(questions.ANSWERED_BY[name]) <= fields.keys()


def test_what_is_asked_for_and_has_no_column_is_said():
    asked = questions.of_parcel(PARCEL, ["right_holder", "encumbrances"])

    assert asked.waiting == ("right_holder", "uscc")
    assert asked.why.endswith("Also asked for, without a column here: encumbrances.")


def test_each_word_that_we_write_is_read_as_its_value():
    for topic in ("land_use", "scale", "role", "right_type", "low_efficiency_reasons"):
        for value, word in first_words(topic).items():
            assert words(topic)[word] == value


@pytest.mark.parametrize("state", ["split", "merged", "withdrawn", "announced"])
def test_a_parcel_that_is_none_of_its_own_today_stands_apart(desk, state):
    path = written(desk, [PARCEL | {"state": state}])

    assert rows_of(path, "parcels") == []
    (row,) = rows_of(path, "other_parcels")
    assert (row["（宗地编号）"], row["在册状态"]) == (PARCEL["parcel_id"], state)
    assert row["why"].startswith("Not a parcel in its own right")


def test_what_is_recorded_beside_the_survey_is_shown_and_not_read(desk):
    right = {"right_type": "grant", "term_years": 50, "recorded": {"event_id": "e"}}
    soil = dict.fromkeys(("on_registry", "survey_reviewed", "survey_filed", "case_open"), False)
    path = written(desk, [PARCEL | {"use_right": right, "soil": soil}])

    (row,), (judged,) = rows_of(path, "parcels"), desk.judged(path)

    assert row["在册使用权"] == "right_type grant；term_years 50"
    assert row["在册土壤情况"] == "列入名录 否；调查已评审 否；已备案 否；案件未结 否"
    assert not judged.reports[0].data.keys() & {"use_right", "soil"}


def test_a_firm_stands_in_the_ledger_as_its_list_is_read(desk):
    two = [HERE, HERE | {"parcel_id": f"{TOWNSHIP}-0232"}]
    path = written(desk, firms=[FIRM | {"uscc": FIRM_CODE, "premises": two}])

    (judged,) = desk.judged(path, sheet="firms")

    assert judged.reports[0].data == {
        "enterprise_id": f"{TOWNSHIP}-E1", "name": "甲厂", "uscc": FIRM_CODE, "scale": "below_scale",
        "premises": [
            {"parcel_id": each, "role": "owner", "from": "2019-03-01"}
            for each in (f"{TOWNSHIP}-0231", f"{TOWNSHIP}-0232")
        ],
    }  # fmt: skip


def test_of_a_firm_with_premises_of_several_kinds_nobody_hands_in_half(desk):
    other = HERE | {"parcel_id": f"{TOWNSHIP}-0232", "role": "tenant"}
    path = written(desk, firms=[FIRM | {"premises": [HERE, other]}])

    (row,), (judged,) = rows_of(path, "firms"), desk.judged(path, sheet="firms")

    assert judged.outcome == Outcome.NEEDS_PERSON
    assert "role tenant" in row["用地明细"]


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("land_code X-12 2020-01-01", Outcome.MENDED),
        ("land_code X 12 2020-01-01 2021-12-31\nparcel_code 330604006001GB00231 2022-01-01", Outcome.MENDED),
        ("land_code X-12", Outcome.REFUSED),
        ("X-12 2020-01-01", Outcome.REFUSED),
        ("no_such_kind X-12 2020-01-01", Outcome.REFUSED),
        ("land_code X-12 2020-13-01", Outcome.REFUSED),
        ("parcel_code X-12 2020-01-01", Outcome.REFUSED),
        ("land_code 330604198001010093 2020-01-01", Outcome.NEEDS_PERSON),
    ],
)  # fmt: skip
def test_codes_of_other_kinds_stand_one_on_a_line_with_their_days(desk, line, outcome):
    judged = desk.parcel({"其他编码": line})

    assert judged.outcome == outcome, judged.remarks
    if judged.goes:
        assert len(judged.reports[0].data["identifiers"]) == len(line.splitlines())


@pytest.mark.parametrize(
    ("title", "cell", "m2"),
    [("总建筑面积（㎡）", 0, "0"), ("总建筑面积（万㎡）", 1.2, "12000"), ("总建筑面积（㎡）", "3亩", "2000")],
)  # fmt: skip
def test_the_floor_area_is_handed_in_in_square_metres(desk, title, cell, m2):
    judged = desk.parcel({title: cell})

    assert judged.reports[0].data["buildings"] == {"floor_area_m2": m2}


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"列入土壤污染名录": "否"}, "on_registry"),
        ({"使用权起始日期": "2001-05-01"}, "right_type"),
        ({"现状用途代码": 701}, "land_use_codes"),
        ({"总建筑面积（㎡）": ">1"}, "floor_area"),
    ],
)
def test_half_an_answer_is_refused_with_its_column(desk, more, field):
    judged = desk.parcel(more)

    assert judged.outcome == Outcome.REFUSED
    assert field in [remark.field for remark in judged.remarks if remark.holds_back]
