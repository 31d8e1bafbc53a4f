from __future__ import annotations

from decimal import Decimal

import pytest
from marshmallow import Schema, ValidationError

from park.fields import (
    AreaM2,
    Day,
    Id,
    IndustryCode,
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
        ({"price_cny": "1e15"}, "check the unit"),
        ({"industry": "C12"}, "13 to 43"),
    ],
)
def test_a_refusal_says_what_would_be_right(given, hint):
    assert hint in refusal(**given)


def test_a_refusal_never_repeats_a_personal_id():
    assert "330604199001011234" not in refusal(uscc="330604199001011234")
