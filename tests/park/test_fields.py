from __future__ import annotations

from decimal import Decimal

import pytest
from marshmallow import Schema, ValidationError

from park.fields import (
    AreaM2,
    Day,
    Figure,
    Id,
    IndustryCode,
    Moment,
    MoneyCny,
    Text,
    TownshipCode,
    Uscc,
    WholeNumber,
    WithArea,
)


class Form(Schema):
    id = Id()
    township = TownshipCode()
    name = Text(10)
    day = Day()
    uscc = Uscc()
    industry = IndustryCode()
    price_cny = MoneyCny()
    vacated_m2 = AreaM2(zero=True)
    percent = WholeNumber()
    note = Text(50, lines=True)
    figure = Figure()
    at = Moment()


def refusal(**given):
    with pytest.raises(ValidationError) as refused:
        Form().load(given)
    return str(refused.value.messages)


@pytest.mark.parametrize("given", [{"area_m2": "1000"}, {"area_m2": 1000}, {"area_mu": 1.5}])
def test_an_area_is_given_in_either_unit_and_kept_in_square_metres(given):
    assert WithArea().load(given) == {"area_m2": Decimal(1000)}


@pytest.mark.parametrize("given", [{}, {"area_m2": 1000, "area_mu": "1.5"}])
def test_an_area_in_no_unit_or_in_both_is_refused(given):
    with pytest.raises(ValidationError, match="either area_m2 or area_mu"):
        WithArea().load(given)


@pytest.mark.parametrize(
    "area",
    ["0", -5, "NaN", "Infinity", "1e999999", "-1e999999", "10亩", True, None, "", [1], 0.0000001],
)
def test_what_is_no_area_is_refused(area):
    with pytest.raises(ValidationError):
        WithArea().load({"area_m2": area})


def test_an_amount_is_never_rounded():
    assert "at most 6 decimal places" in refusal(vacated_m2="10000.1234567")
    assert "at most 2 decimal places" in refusal(price_cny="4700000.005")
    assert Form().load({"vacated_m2": "10000.1234560", "price_cny": "4700000.500"}) == {
        "vacated_m2": Decimal("10000.123456"),
        "price_cny": Decimal("4700000.50"),
    }


@pytest.mark.parametrize("given", [60, "60", "0060"])
def test_a_whole_number_may_be_a_text(given):
    assert Form().load({"percent": given}) == {"percent": 60}


@pytest.mark.parametrize("given", ["60.5", 60.0, True, "", "６０", "1" * 13, None])
def test_what_is_no_whole_number_is_refused(given):
    with pytest.raises(ValidationError):
        Form().load({"percent": given})


def test_nothing_vacated_is_an_area_too_where_the_form_says_so():
    assert Form().load({"vacated_m2": "0"}) == {"vacated_m2": 0}


def test_codes_are_cleaned():
    given = {"uscc": "９1330000733796106p", "industry": " c3841 ", "name": "　张三厂 "}
    assert Form().load(given) == {
        "uscc": "91330000733796106P",
        "industry": "C3841",
        "name": "张三厂",
    }


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ({"id": "0231"}, "330604006-0231"),
        ({"id": "330604006-0231\n"}, "330604006-0231"),
        ({"township": "330604"}, "9-digit"),
        ({"day": "2023年8月1日"}, "YYYY-MM-DD"),
        ({"day": 45139}, "YYYY-MM-DD"),
        ({"name": "  "}, "1 to 10"),
        ({"price_cny": "4.7万"}, "yuan"),
        ({"price_cny": "1000000000000000"}, "check the unit"),
        ({"industry": "C12"}, "13 to 43"),
    ],
)
def test_a_refusal_says_what_would_be_right(given, hint):
    assert hint in refusal(**given)


def test_a_refusal_never_repeats_a_personal_id():
    assert "330604199001011234" not in refusal(uscc="330604199001011234")


@pytest.mark.parametrize(
    "day",
    [
        "20230720", "2023-W29", "2023-W29-4", "2023W294", "2015W01", "2023-201", "2023-7-20",
        "2023/07/20",
        "２０２３-０７-２０", "2023-07-20T00:00:00", "2023-07-20 ", "2023-07-20\n", "+2023-07-20",
        "2023-07", "", 20230720, 1.5, True, [], {},
    ],
)  # fmt: skip
def test_a_day_has_one_form(day):
    assert "Give the day as YYYY-MM-DD" in refusal(day=day)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-02-30", "There is no such day; the last of its month is 2026-02-28."),
        ("2026-13-01", "There is no such month."),
        ("0000-01-01", "There is no such month."),
    ],
)
def test_of_a_day_that_its_month_does_not_have_the_last_one_is_said_and_no_other_form(day, said):
    assert refusal(day=day) == str({"day": [said]})


@pytest.mark.parametrize(
    "given",
    [
        "1E+3", "1e3", "1_000", "１１７８１", "١٢", "+1", " 1", "1 ", "1\n", "1,0",
        "1.", ".5", "1.2.3", "0x10",
        "1/2", "NaN", "Infinity", "--1", "-", "", "1e999999", float("nan"), float("inf"), True, [], {},
    ],
)  # fmt: skip
@pytest.mark.parametrize("field", ["vacated_m2", "price_cny", "figure"])
def test_a_decimal_is_plain_in_every_field_that_has_one(field, given):
    assert "plain decimal, in digits 0 to 9" in refusal(**{field: given})


@pytest.mark.parametrize(
    "given", ["1E+3", "1_0", "６０", "+6", " 6", "6\n", "6.0", 1.5, 6.0, True, [], {}]
)
def test_a_percent_is_as_plain_as_an_area(given):
    assert "Give a whole number" in refusal(percent=given)


@pytest.mark.parametrize("given", ["-19.5", "0", 3, "999999999999999.000001"])
def test_a_figure_may_be_of_any_sign(given):
    assert Form().load({"figure": given}) == {"figure": Decimal(given)}


def test_a_figure_is_never_rounded_nor_without_bounds():
    assert "15 digits" in refusal(figure="1" * 16)
    assert "15 digits" in refusal(figure=1e300)
    assert "at most 6 decimal places" in refusal(figure="-0.0000001")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("\0", "U+0000"), ("张\0三", "U+0000"), ("\u200b", "U+200B"), ("张\u200b三", "U+200B"),
        ("\u202e张三\u202c", "U+202E"), ("\u2066张三\u2069", "U+2066"), ("\ufeff张三", "U+FEFF"),
        ("张三\u200d", "U+200D"), ("\u200c张三", "U+200C"), ("张三\u00ad", "U+00AD"), ("\x1b[31m", "U+001B"),
        ("a\nb", "U+000A"), ("a\tb", "U+0009"), ("a\x85", "U+0085"), ("\x1ca", "U+001C"),
        ("a\u2028b", "U+2028"),
        ("\U000e0041", "U+E0041"), ("a\uffff", "U+FFFF"), ("\u2065a", "U+2065"),
        ("\u3164", "can be read"), ("\u2800\u2800", "can be read"), ("\u0301", "can be read"),
        ("\ufe0f", "can be read"), ("\u034f", "can be read"), ("\u00a0", "1 to 10"), ("\u3000\n",
        "1 to 10"),
    ],
)  # fmt: skip
def test_a_name_has_something_to_read_and_nothing_that_hides(name, says):
    assert says in refusal(name=name)


@pytest.mark.parametrize(
    "name",
    [
        "张三厂",
        "A·B (小越)",
        "e\u0301tude",
        "می\u200cخواهم",
        "👩\u200d🔬",
        "❤\ufe0f\u200d🔥",
        "𠮷野",
    ],
)
def test_names_of_every_script_are_kept_as_they_are(name):
    assert Form().load({"name": name}) == {"name": name}


def test_a_note_may_have_lines_and_still_hides_nothing():
    assert Form().load({"note": "one\r\n\ttwo\n"}) == {"note": "one\r\n\ttwo"}
    assert "U+202E" in refusal(note="one\n\u202etwo")


@pytest.mark.parametrize(
    "at",
    [
        "9999-12-31T23:59:59-08:00", "0001-01-01T00:00:00+14:00", "1899-12-31T00:00:00Z",
        "3000-01-01T00:00:00Z",
        "2023-08-31T15:00:00", "2023-08-31", "20230831T150000Z", "2023-W35-4T15:00:00Z",
        "2023-08-31 15:00:00Z",
        "２０２３-08-31T15:00:00Z", "2023-08-31T25:00:00Z",
        "2023-08-31T15:00:00+99:00", "", 1693465200, True, [], {},
    ],
)  # fmt: skip
def test_a_moment_has_an_offset_and_a_day_in_every_zone(at):
    assert "Give " in refusal(at=at)
    assert "a moment of a year" in refusal(at=at) or "offset" in refusal(at=at)
