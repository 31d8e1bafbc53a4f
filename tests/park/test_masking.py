from __future__ import annotations

import pytest

from park.masking import mask


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
