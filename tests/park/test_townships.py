from __future__ import annotations

from datetime import date, timedelta

import pytest

from park import townships
from park.townships import Township

AUGUST = date(2023, 8, 1)


def test_all_twenty_townships_of_shangyu_report():
    codes = townships.codes(AUGUST)
    assert len(codes) == 20
    assert all(code.startswith("330604") and len(code) == 9 for code in codes)


def test_a_township_is_known_by_its_code():
    found = townships.find("330604006", AUGUST)
    assert found is not None
    assert found.name == "小越街道"
    assert townships.find("330604999", AUGUST) is None


def test_a_code_holds_from_its_first_day_to_the_day_before_its_end():
    street = Township("330604999", "旧镇", AUGUST, AUGUST + timedelta(days=2))
    days = [AUGUST + timedelta(days=n) for n in (-1, 0, 1, 2)]
    assert [street.holds(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("小越街道", "330604006"),
        ("小越", "330604006"),
        ("小越镇", "330604006"),  # as it was called before
        ("上虞区小越街道", "330604006"),
        ("浙江省绍兴市上虞区小越街道办事处", "330604006"),
        ("章镇镇", "330604104"),
        ("章镇", "330604104"),
        ("上浦", "330604102"),
        ("陈溪乡人民政府", "330604201"),
    ],
)
def test_a_township_is_found_by_the_names_that_people_give_it(name, code):
    assert townships.named(name, date(2023, 8, 1)).code == code


@pytest.mark.parametrize("name", ["", "街道", "镇", "上虞区", "上望", "小"])
def test_a_name_that_means_none_or_several_means_none(name):
    assert townships.named(name, date(2023, 8, 1)) is None


def test_a_name_that_two_townships_share_means_none_until_it_is_whole(monkeypatch):
    pair = (Township("330604998", "旧镇", AUGUST), Township("330604999", "旧街道", AUGUST))
    monkeypatch.setattr(townships, "_ALL", pair)

    assert townships.named("旧", AUGUST) is None
    assert townships.named("旧街道", AUGUST) == pair[1]
