"""A firm is found by a code or a name, of today or of before, and nobody reads a whole code off it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Answered
from services.enterprises.service import EnterprisesService

from ..conftest import NOON, Enterprises
from ..reports import FIRM, OTHER, firm

DAY = timedelta(days=1)


def renamed(name="上虞旧名机械厂", valid_from="2009-04-01", **more):
    report = {"enterprise_id": FIRM, "name": name, "valid_from": valid_from}
    return report | {"reported_on": "2023-08-01"} | more


def names(enterprises):
    held = enterprises.read("get_firm_identity", enterprise_id=FIRM)["names"]
    return [(each["name"], each["valid_from"], each["valid_to"]) for each in held]


def found(enterprises, **asked):
    return [each["enterprise_id"] for each in _find(enterprises, **asked)["found_firms"]]


def _find(enterprises, **asked):
    return enterprises.read("find_enterprise", **asked)


def test_a_firm_is_found_by_its_old_name_and_by_a_part_of_it(enterprises):
    enterprises.report(firm())
    enterprises.tell("name_reported", renamed())
    [hit] = _find(enterprises, name="旧名")["found_firms"]
    assert (hit["enterprise_id"], hit["matched"]) == (FIRM, "上虞旧名机械厂")
    assert (hit["name_now"], hit["on_that_day"]) == ("上虞示例机械有限公司", False)
    assert (hit["valid_from"], hit["valid_to"]) == ("2009-04-01", "2023-08-20")
    assert _find(enterprises, name="旧名", on="2020-01-01")["found_firms"][0]["on_that_day"]


@pytest.mark.parametrize("asked", ["abc (浙江)", "ABC（浙江）", "ＡＢＣ(浙江)电池", "c（浙江）电"])
def test_brackets_widths_spaces_and_capitals_make_no_difference(enterprises, asked):
    enterprises.report(firm(name="Abc（浙江）电池有限公司"))
    assert found(enterprises, name=asked) == [FIRM]


def test_who_has_the_name_on_the_day_comes_first_and_the_limit_does_not_hide_how_many(enterprises):
    enterprises.report(firm(enterprise_id=OTHER, name="乙公司"))
    enterprises.report(firm(name="丙公司", uscc=None))
    enterprises.tell("name_reported", renamed("丁公司", "2023-08-22"))
    assert found(enterprises, name="公司", on="2023-08-22") == [OTHER, FIRM]
    enterprises.tell("name_reported", renamed("乙公司", "2023-08-23", enterprise_id=FIRM))
    assert found(enterprises, name="丙", on="2023-08-21") == [FIRM]
    answer = _find(enterprises, name="公司", limit=1)
    assert (answer["firms_found"], len(answer["found_firms"])) == (2, 1)


def test_a_code_and_a_name_together_must_both_fit(enterprises):
    enterprises.report(firm())
    code = "91330604XXXX00019D"
    assert found(enterprises, code=code, name="示例") == [FIRM]
    assert found(enterprises, code=code, name="另外") == []
    assert found(enterprises, code="91330604XXXX00043X", name="示例") == []


def test_codes_are_answered_masked(enterprises):
    enterprises.report(firm(name="上虞某厂 11010519491231002X"))
    [hit] = _find(enterprises, code="91330604xxxx00019d")["found_firms"]
    assert (hit["matched"], hit["matched_as"]) == ("****019D", "uscc")
    assert "11010519491231002X" not in str(_find(enterprises, name="上虞某厂"))


def test_a_question_without_code_and_name_is_refused(enterprises):
    with pytest.raises(Answered, match="NOTHING_ASKED"):
        _find(enterprises, on="2023-08-01")


def test_a_name_that_the_firms_reports_change_has_its_days(enterprises):
    enterprises.report(firm(name="甲"))
    enterprises.report(firm(name="乙"), at=NOON + 2 * DAY)
    enterprises.report(firm(name="甲"), at=NOON + 5 * DAY)
    assert names(enterprises) == [
        ("甲", "2023-08-21", "2023-08-22"),
        ("乙", "2023-08-23", "2023-08-25"),
        ("甲", "2023-08-26", None),
    ]


REPORTS = [
    ("registered", firm(name="甲")),
    ("registered", firm(name="乙")),
    ("registered", firm(name="甲")),
    ("registered", firm(name="丙")),
    ("name_reported", renamed("甲", "2009-04-01")),
    ("name_reported", renamed("乙", "2015-04-01", reported_on="2023-07-01")),
    ("name_reported", renamed("丁", "2015-04-01")),
]


@settings(max_examples=12, deadline=None)
@given(st.permutations([*range(len(REPORTS))] * 2))
def test_in_whatever_order_they_come_the_same_names_stand(order):
    enterprises = Enterprises()
    for number in order:
        type_, data = REPORTS[number]
        enterprises.tell(type_, data, at=NOON + number * DAY, id=f"e-{number}")
    assert names(enterprises) == [
        ("甲", "2009-04-01", "2015-03-31"),
        ("丁", "2015-04-01", "2023-08-21"),
        ("乙", "2023-08-22", "2023-08-23"),
        ("丙", "2023-08-24", None),
    ]


def test_a_firm_that_was_kept_before_identities_were_is_found_all_the_same(
    enterprises, monkeypatch
):
    monkeypatch.setattr(EnterprisesService, "review_identity", lambda *_: None)
    enterprises.report(firm())
    assert found(enterprises, code="91330604XXXX00019D") == [FIRM]
    assert found(enterprises, name="示例") == [FIRM]
    monkeypatch.undo()
    enterprises.tell("name_reported", renamed())
    assert found(enterprises, code="91330604XXXX00019D") == [FIRM]
    assert found(enterprises, name="上虞") == [FIRM]


@pytest.mark.parametrize("first", ["甲", "乙"])
def test_of_two_names_on_one_day_the_newest_is_its_name_from_that_day_on(enterprises, first):
    second = {"甲": "乙", "乙": "甲"}[first]
    enterprises.report(firm(name=first))
    enterprises.report(firm(name=second), at=NOON + timedelta(hours=1))
    assert names(enterprises) == [(second, "2023-08-21", None)]
