from __future__ import annotations

import pytest

from park.codes import HALF_WIDTH
from park.masking import (
    holds_identity_number,
    holds_personal_id,
    is_personal_id,
    mask,
    mask_people,
    mask_persons,
)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("信用代码914403001922038216有误", "信用代码****8216有误"),
        ("holder 91330604XXXX00019D.", "holder ****019D."),
        ("n2330604mf0000001w", "****001w"),
        ("地块330604001002GB00017、单元330604001002GB00017W00000000", "地块****0017、单元****0000"),
        ("ID330604199001011234", "ID****1234"),
        ("身份证33060419900101123x（本人）", "身份证****123x（本人）"),
        ("９１３３０６０４ＸＸＸＸ０００１９Ｄ（盖章）", "****019D（盖章）"),
    ],
)
def test_codes_and_personal_ids_are_masked_in_any_text(text, masked):
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "330604006-0231 has 11780.50 m² on 2023-08-01T09:30:00+08:00",
        "7f0f9e0e7d6d123456c39a510c7f6f3b",  # an id of 32 hexadecimal digits
        "20230801093000123456",
    ],
)
def test_ids_dates_and_areas_stay_readable(text):
    assert mask(text) == text


def test_masking_twice_changes_nothing():
    once = mask("914403001922038216")
    assert mask(once) == once


# --- the numbers of identity cards; all of these are made up


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("330604198001010093", True),
        ("11010519491231002X", True),
        ("11010519491231002x", True),
        ("330604198001010094", False),  # its check does not fit
        ("330604198002301235", False),  # nobody was born on 30 February
        ("910604198001011235", False),  # no province begins so, and firms' codes do
        ("91330604XXXX00019D", False),
        ("914403001922038216", False),
    ],
)
def test_a_personal_id_is_known_by_its_day_of_birth_and_its_check(number, is_one):
    assert is_personal_id(number) is is_one


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("王某330604198001010093", "王某****0093"),
        ("330604198001010094", "****0094"),  # with a typing error it is still a person's
        ("330604800101123", "****1123"),
        ("３３０６０４１９８００１０１００９３", "****0093"),
        ("330604801301123", "330604801301123"),  # there is no month 13
        ("91330604XXXX00019D", "91330604XXXX00019D"),
        ("330604001002GB00017", "330604001002GB00017"),
        ("3306041980010100931", "3306041980010100931"),  # a digit too many
    ],
)
def test_only_persons_are_masked_in_what_a_township_gets_back(text, masked):
    assert mask_persons(text) == masked
    assert holds_personal_id(text) is (masked != text)


PERSON = "330604198001010093"  # made up; its check fits


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (f"法人张三{PERSON}不同意", "法人张三****0093不同意"),
        ("ＩＤ：３３０６０４１９８００１０１００９３。", "ＩＤ：****0093。"),
        ("330604 19800101 0093", "****0093"),
        ("330604-1980-0101-0093", "****0093"),
        ("电话13800001111，", "电话****1111，"),
        ("+86 138-0000-1111", "****1111"),
        ("139 0000 2222/13800001111", "****2222/****1111"),
        (f"ID{PERSON}号", "ID****0093号"),
        (f"{PERSON}及13800001111", "****0093及****1111"),
    ],
)
def test_numbers_of_people_in_what_people_write_keep_their_last_characters(written, kept):
    assert mask_people(written).translate(HALF_WIDTH) == kept.translate(HALF_WIDTH)


@pytest.mark.parametrize(
    "text",
    [
        "no number at all",
        "330604198001010094",  # the check does not fit
        "330604198013010097",  # no thirteenth month
        f"9{PERSON}", f"{PERSON}1",
        "330604001002GB00017", "91330604XXXX00019D",
        "12800001111", "138000011112", "213800001111", "1380000111", "13800001111.5", "0.13800001111",
        "WS-13800001111", "0575-82123456", "13,800,001,111", "2023-08-01 09:30",
    ],
)  # fmt: skip
def test_what_is_no_number_of_a_person_stays_as_it_is(text):
    assert mask_people(text) == text


def test_what_is_masked_once_is_masked_for_good():
    once = mask_people(f"{PERSON} 13800001111")

    assert mask_people(once) == once
    assert not holds_identity_number(once)
