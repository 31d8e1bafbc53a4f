"""What stands in real lists, and how it is read: mended, left to a person, or refused; never guessed."""

from __future__ import annotations

from datetime import datetime

import pytest

from handin.said import Outcome

from .conftest import FIRM_CODE

AREA, DAY, CODE, HOLDER = "面积（㎡）", "测绘日期", "统一社会信用代码", "权利人"
PERSON = "330604198001010093"  # made up; it would also pass for a credit code
FIRM_OF_31 = "91330604XXXX002110"


def data_of(judged):
    (report,) = judged.reports
    return report.data


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2023-07-20", "2023-07-20"),
        ("2023年1月5日", "2023-01-05"),
        ("2023/1/5", "2023-01-05"),
        ("2023.1.5", "2023-01-05"),
        ("２０２３年１月５日", "2023-01-05"),
        ("20230105", "2023-01-05"),
        (20230105, "2023-01-05"),
        (44931, "2023-01-05"),
        ("44931", "2023-01-05"),
        (datetime.fromisoformat("2023-01-05"), "2023-01-05"),
        (datetime.fromisoformat("2023-01-05T09:30"), "2023-01-05"),
        ("2023-01-05 00:00:00", "2023-01-05"),
        ("2023/1/5 9:30", "2023-01-05"),
        ("2023年1月5号", "2023-01-05"),
        ("31-12-2017", "2017-12-31"),
        ("12/31/2017", "2017-12-31"),
        ("05-05-2017", "2017-05-05"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_a_day_is_read_in_every_form_that_can_be_read_in_one_way(desk, written, day):
    judged = desk.parcel({DAY: written})

    assert judged.goes, judged
    assert data_of(judged)["surveyed_on"] == day


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2017-12-32", "no day 32"),
        ("2017-12-33", "dragged down"),
        ("31-06-2017", "June 2017 has 30 days"),
        ("2023-02-29", "February 2023 has 28 days"),
        ("208-12-12", "year has not four digits"),
        ("2023-13-01", "no such month"),
        ("2023年1月", "no day of a year, a month and a day"),
        (2023, "no day of a year, a month and a day"),
        (44931.5, "no day"),
        ("soon", "no day of a year, a month and a day"),
        ("2024-06-02", "future"),
        (True, "no day"),
    ],
)
def test_a_day_that_there_was_not_is_refused_with_its_reason(desk, written, why):
    judged = desk.parcel({DAY: written})

    assert judged.outcome == Outcome.REFUSED
    assert [each.field for each in judged.remarks if why in each.why] == ["surveyed_on"]
    assert not judged.reports


def test_a_day_and_a_month_that_may_change_places_need_a_person(desk):
    assert desk.parcel({DAY: "05-06-2017"}).outcome == Outcome.NEEDS_PERSON


def test_the_days_of_a_workbook_from_a_mac_count_from_1904(desk):
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    head = ("宗地编号", AREA, "土地用途", "规划用途", "是否在开发区内", DAY)
    row = ("0231", 11781.5, "工业", "工业", "是", 43469)
    path = desk.workbook([head, row], epoch=CALENDAR_MAC_1904)

    (judged,) = desk.judged(path)

    assert data_of(judged)["surveyed_on"] == "2023-01-05"


@pytest.mark.parametrize(
    ("written", "given"),
    [
        (11781.5, {"area_m2": "11781.5"}),
        (17.669999999999998, {"area_m2": "17.67"}),
        ("447,370", {"area_m2": "447370"}),
        ("3,514", {"area_m2": "3514"}),
        ("1,048,464.25", {"area_m2": "1048464.25"}),
        ("１１７８１．５", {"area_m2": "11781.5"}),
        ("　11781.5　", {"area_m2": "11781.5"}),
        ("17.67亩", {"area_mu": "17.67"}),
        ("1.2 公顷", {"area_m2": "12000.0"}),
        ("3万㎡", {"area_m2": "30000"}),
    ],
)
def test_a_number_is_read_as_it_was_meant(desk, written, given):
    data = data_of(desk.parcel({AREA: written}))

    assert {name: value for name, value in data.items() if name.startswith("area")} == given


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ("447,37", Outcome.REFUSED),
        ("4,47370", Outcome.REFUSED),
        (">1", Outcome.REFUSED),
        ("≥380", Outcome.REFUSED),
        ("1427.6043≥380", Outcome.REFUSED),
        ("约100", Outcome.REFUSED),
        ("9096/7092", Outcome.NEEDS_PERSON),
        ("9096、7092", Outcome.NEEDS_PERSON),
        ("9096 7092", Outcome.NEEDS_PERSON),
        ("9096\n7092", Outcome.NEEDS_PERSON),
        ("1.234,5", Outcome.REFUSED),
        ("1O.5", Outcome.REFUSED),
        ("17.67亩（1.178公顷）", Outcome.NEEDS_PERSON),
        ("17亩6分", Outcome.NEEDS_PERSON),
        ("17.67丈", Outcome.REFUSED),
        ("100万元", Outcome.REFUSED),
        (0, Outcome.REFUSED),
        (-5, Outcome.REFUSED),
        ("#REF!", Outcome.REFUSED),
        (True, Outcome.REFUSED),
        ("1e3", Outcome.REFUSED),
    ],
)
def test_what_is_no_number_is_not_made_one(desk, written, outcome):
    judged = desk.parcel({AREA: written})

    assert judged.outcome == outcome
    assert "area" in [each.field for each in judged.remarks]


def test_the_text_that_was_no_number_is_kept_for_the_person_who_mends_it(desk):
    (remark,) = [each for each in desk.parcel({AREA: ">1"}).remarks if each.field == "area"]

    assert (remark.was, remark.column) == (">1", "B")


@pytest.mark.parametrize("nothing", ["/", "-", "—", "无", "", "　", None, "N/A"])
def test_a_word_for_nothing_is_missing(desk, nothing):
    judged = desk.parcel({HOLDER: nothing, CODE: nothing})

    assert judged.goes
    assert "right_holder" not in data_of(judged)


def test_what_is_needed_and_missing_is_refused(desk):
    judged = desk.parcel({AREA: "/"})

    assert [
        (each.field, each.why) for each in judged.remarks if each.outcome == Outcome.REFUSED
    ] == [("area", "It is missing, and needed.")]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (FIRM_CODE, FIRM_CODE),
        (FIRM_CODE.lower(), FIRM_CODE),
        ("91330604XXXXOOO19D", FIRM_CODE),
        ("9I33O6O4XXXX000I9D", FIRM_CODE),
        ("９１３３０６０４ＸＸＸＸ０００１９Ｄ", FIRM_CODE),
        (f" {FIRM_CODE}（1/1）", FIRM_CODE),
        ("91330604 XXXX0001 9D", FIRM_CODE),
        ("91330604XXXXO0Z11O", FIRM_OF_31),
        ("N2330604MF0000001W", "N2330604MF0000001W"),
    ],
)
def test_a_credit_code_is_mended_where_its_check_character_proves_it(desk, written, code):
    data = data_of(desk.parcel({HOLDER: "上虞示例厂", CODE: written}))

    assert data["right_holder"] == {"name": "上虞示例厂", "uscc": code}


@pytest.mark.parametrize(
    ("written", "outcome", "why"),
    [
        (FIRM_CODE[:-1], Outcome.NEEDS_PERSON, "17 of 18"),
        ("733796106", Outcome.NEEDS_PERSON, "organisation code"),
        ("73379610-6", Outcome.NEEDS_PERSON, "organisation code"),
        (f"{FIRM_CODE}、{FIRM_OF_31}", Outcome.NEEDS_PERSON, "Several codes"),
        (PERSON, Outcome.NEEDS_PERSON, "identity card"),
        ("330604 19800101 0093", Outcome.NEEDS_PERSON, "identity card"),
        ("330604800101123", Outcome.NEEDS_PERSON, "identity card"),
        (PERSON[:-1] + "6", Outcome.NEEDS_PERSON, "identity card"),
        ("91330604XXXX00019E", Outcome.REFUSED, "does not fit"),
        ("91330604XXXXOOO19E", Outcome.REFUSED, "18 digits"),
        ("91330604XXXX0001SD", Outcome.REFUSED, "18 digits"),
        (9.1330604e17, Outcome.REFUSED, "lost its last digits"),
        ("9.1330604E+17", Outcome.REFUSED, "lost its last digits"),
    ],
)
def test_a_code_that_may_be_another_is_not_mended(desk, written, outcome, why):
    judged = desk.parcel({HOLDER: "上虞示例厂", CODE: written})

    assert judged.outcome == outcome
    assert [each.field for each in judged.remarks if why in each.why] == ["uscc"]


@pytest.mark.parametrize(
    "written", [PERSON, "330604 19800101 0093", "３３０６０４１９８００１０１００９３"]
)
def test_a_persons_number_is_nowhere_in_what_is_said_of_its_row(desk, written):
    judged = desk.parcel({HOLDER: f"王某{PERSON}", CODE: written})

    said = str(judged.remarks)
    assert "0093" in said
    assert PERSON not in said
    assert "19800101" not in said
    assert judged.outcome == Outcome.NEEDS_PERSON


@pytest.mark.parametrize("number", [PERSON, "330604 19800101 0093", "330604-19800101-0093"])
def test_a_persons_number_in_a_name_is_not_handed_in_with_it(desk, number):
    judged = desk.parcel({HOLDER: f"王某 {number}"})

    assert judged.outcome == Outcome.NEEDS_PERSON
    assert "identity card" in str(judged.remarks)
    assert "19800101" not in str(judged.remarks)


@pytest.mark.parametrize(
    ("written", "kind", "code"),
    [
        ("330604001002GB00017", "parcel_code", "330604001002GB00017"),
        ("330604001002gb00017 ", "parcel_code", "330604001002GB00017"),
        ("330604001002GB00017W00000000", "property_unit_code", "330604001002GB00017W00000000"),
    ],
)
def test_a_parcel_code_becomes_an_identifier(desk, written, kind, code):
    (identifier,) = data_of(desk.parcel({"宗地代码": written}))["identifiers"]

    assert (identifier["kind"], identifier["value"]) == (kind, code)


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ("33O604001002GB00017", Outcome.NEEDS_PERSON),  # it has no check character
        ("330604001002GB0O0I7", Outcome.NEEDS_PERSON),
        ("330604001002GB00017、330604001002GB00018", Outcome.NEEDS_PERSON),
        ("330604001002GX0001", Outcome.REFUSED),
        ("330604001002KB00017", Outcome.REFUSED),
    ],
)
def test_a_parcel_code_has_no_check_and_is_not_mended(desk, written, outcome):
    assert desk.parcel({"宗地代码": written}).outcome == outcome


@pytest.mark.parametrize(
    "holders",
    [
        "甲厂、乙厂",
        "甲厂等",
        "甲厂等3户",
        "甲厂等三家",
        "甲厂，乙厂",
        "张三等人",
        "甲厂等单位",
        "甲厂等三家企业",
        "甲厂等（共3户）",
        "甲厂/乙厂",
        "甲厂\n乙厂",
        "甲有限公司 乙有限公司",
        "甲厂及其他",
    ],
)
def test_several_holders_need_a_person(desk, holders):
    assert desk.parcel({HOLDER: holders}).outcome == Outcome.NEEDS_PERSON


@pytest.mark.parametrize(
    "name",
    [
        "平等机械厂",
        "高等装备有限公司",
        "上虞平等公司",
        "甲有限公司 上虞分公司",
        "等离子科技（绍兴）有限公司",
        "Example Co., Ltd.",
    ],
)
def test_a_name_with_the_same_characters_is_one_holder(desk, name):
    judged = desk.parcel({HOLDER: name})

    assert data_of(judged)["right_holder"]["name"] == name


def test_a_name_is_written_in_ordinary_letters_digits_and_spaces(desk):
    judged = desk.parcel({HOLDER: "　示例（绍兴）Ａ１\n有限公司　"})

    assert data_of(judged)["right_holder"]["name"] == "示例（绍兴）A1 有限公司"


@pytest.mark.parametrize(
    ("written", "parcel_id"),
    [
        ("0231", "330604006-0231"),
        ("330604006-0231", "330604006-0231"),
        (231, "330604006-231"),
        (231.0, "330604006-231"),
        (" 0231 ", "330604006-0231"),
        ("330604006—0231", "330604006-0231"),
        ("330604006－0231", "330604006-0231"),
        ("330604006 - 0231", "330604006-0231"),
    ],
)
def test_an_id_of_the_townships_own_begins_with_its_code(desk, written, parcel_id):
    assert data_of(desk.parcel({"宗地编号": written}))["parcel_id"] == parcel_id


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ("330604007-0231", Outcome.NEEDS_PERSON),
        ("0231 0232", Outcome.NEEDS_PERSON),
        ("0231\n0232", Outcome.NEEDS_PERSON),
        ("地块一", Outcome.REFUSED),
        (datetime.fromisoformat("2023-02-28"), Outcome.REFUSED),
    ],
)
def test_an_id_that_is_none_of_the_townships_is_not_taken(desk, written, outcome):
    assert desk.parcel({"宗地编号": written}).outcome == outcome


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("小越街道", "330604006"),
        ("小越", "330604006"),
        ("小越镇", "330604006"),
        ("绍兴市上虞区小越街道", "330604006"),
        ("上虞区小越街道办事处", "330604006"),
        ("章镇", "330604104"),
        ("章镇镇", "330604104"),
        ("丁宅", "330604202"),
        ("330604112", "330604112"),
        ("330604112000", "330604112"),
        (330604112, "330604112"),
        ("上浦镇", "330604102"),
    ],
)
def test_a_township_is_known_by_its_names(desk, written, code):
    judged = desk.parcel({"所属镇街": written}, township="")

    assert judged.reports[0].township == code, judged
    assert data_of(judged)["parcel_id"] == f"{code}-0231"


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ("上望", Outcome.NEEDS_PERSON),
        ("街道", Outcome.NEEDS_PERSON),
        ("330604999", Outcome.REFUSED),
    ],
)
def test_a_township_that_nobody_knows_is_not_guessed(desk, written, outcome):
    assert desk.parcel({"所属镇街": written}, township="").outcome == outcome


def test_a_row_of_another_township_is_refused(desk):
    assert desk.parcel({"所属镇街": "曹娥"}).outcome == Outcome.REFUSED


@pytest.mark.parametrize(
    ("written", "code"),
    [("C38", "C38"), ("38", "C38"), (3841, "C3841"), ("c3841", "C3841"), ("Ｃ３８", "C38")],
)
def test_an_industry_gets_the_letter_of_its_section(desk, written, code):
    assert data_of(desk.parcel({"行业代码": written}))["industry_code"] == code


@pytest.mark.parametrize("written", ["C12", "99", "CC", "机械"])
def test_an_industry_that_there_is_not_is_refused(desk, written):
    assert desk.parcel({"行业代码": written}).outcome == Outcome.REFUSED


def test_degrees_that_have_changed_places_are_called_so(desk):
    judged = desk.parcel({"经度": 30.01, "纬度": 120.86})

    assert "changed places" in str(judged.remarks)


@pytest.mark.parametrize("column", ["经度", "纬度"])
def test_metres_in_a_column_of_degrees_are_called_so(desk, column):
    judged = desk.parcel({column: 3571052.46})

    assert judged.goes  # it is not handed in
    assert "metres of a projection" in str(judged.remarks)


@pytest.mark.parametrize(
    ("column", "written", "outcome"),
    [
        ("土地用途", "厂房", Outcome.NEEDS_PERSON),
        ("规划用途", "M1", Outcome.NEEDS_PERSON),
        ("是否在开发区内", "部分", Outcome.NEEDS_PERSON),
        ("是否在开发区内", "无", Outcome.FINE),
        ("是否在开发区内", 1, Outcome.FINE),
        ("是否在开发区内", True, Outcome.FINE),
    ],
)
def test_a_word_that_is_not_known_is_not_guessed(desk, column, written, outcome):
    remarks = desk.parcel({column: written, "宗地编号": "330604006-0231"}).remarks

    assert ([each.outcome for each in remarks] or [Outcome.FINE]) == [outcome]


def test_a_letter_typed_for_a_digit_is_named(desk):
    said = [each.why for each in desk.parcel({AREA: "1O.5"}).remarks if each.holds_back]

    assert said == ["A letter stands where a digit belongs (O, I, l or Z)."]


def test_a_number_that_the_workbook_of_errors_hid_does_not_become_part_of_a_name(desk):
    assert desk.parcel({HOLDER: "王某****0093"}).outcome == Outcome.NEEDS_PERSON
