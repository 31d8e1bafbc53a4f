from __future__ import annotations

import pytest

from park.masking import holds_personal_id, is_personal_id, mask, mask_persons


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
