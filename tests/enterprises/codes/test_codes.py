"""A firm's codes: what follows from grades and figures, who hears of it, and how a day is looked at."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Answered, NotFound
from park.rulebook import Rulebook
from services.enterprises.codes import answers, entrypoints, kinds, reporting_rules
from services.enterprises.codes.printed import printed_code

from ..conftest import NOON, Enterprises
from ..reports import FIRM, TOWNSHIP
from .reports import MEAN, NEXT_YEAR, Firm, carbon, grade, risk


@pytest.fixture
def firm():
    return Firm()


@pytest.fixture
def next_year(firm):
    firm.enterprises.now = NEXT_YEAR
    return firm


def test_a_final_grade_is_the_grade_code_with_its_colour_and_what_follows_from_it(firm):
    firm.graded("C")

    found = firm.codes()["grade_code"]
    assert (found["value"], found["colour"], found["period"]) == ("C", "yellow", "2022")
    assert found["valid_from"] == "2023-07-20"
    assert "quotas limited" in found["consequences"]
    assert found["reasons"][0]["code"] == "CODE_GIVEN"
    assert found["source"] == "round permu-2022 黄岩 2022"
    assert found["printed_code"] == f"{FIRM}/G72"


def test_a_change_of_the_grade_code_is_announced(firm):
    firm.graded("B")

    assert firm.enterprises.facts_named("code_changed") == [
        {
            "code_id": f"{FIRM}:grade_code:2022",
            "enterprise_id": FIRM,
            "township": TOWNSHIP,
            "kind": "grade_code",
            "period": "2022",
            "value": "B",
            "colour": "blue",
            "told_value": None,
            "previous_value": None,
            "corrected": False,
            "reason_code": "CODE_GIVEN",
            "rules_from": "2023-08-01",
            "change_no": 1,
        }
    ]


def test_the_same_grade_in_the_next_year_is_no_news(firm):
    firm.graded("B", 2020)
    firm.graded("B", 2021)

    assert firm.told() == [("B", 1)]
    assert firm.codes()["grade_code"]["period"] == "2021"


def test_of_a_grade_that_dropped_the_round_tells_and_the_code_only_that_it_changed(firm):
    firm.graded("A", 2021)
    firm.graded("B", 2022)

    last = firm.enterprises.facts_named("code_changed")[-1]
    assert (last["value"], last["previous_value"], last["corrected"]) == ("B", "A", False)
    assert firm.told("code_worsened") == []


def test_where_last_years_grade_was_never_heard_the_one_that_the_round_names_counts(firm):
    firm.graded("B", previous_grade="B")

    assert firm.told() == []


def test_a_corrected_grade_recolours_the_code_and_is_announced_again(firm):
    firm.graded("D")
    firm.graded("B", revision=2, final_on="2023-08-21")

    last = firm.enterprises.facts_named("code_changed")[-1]
    assert (last["value"], last["told_value"], last["corrected"]) == ("B", "D", True)
    assert last["change_no"] == 2
    assert firm.codes()["grade_code"]["valid_from"] == "2023-07-20"  # the correction is about 2022


def test_a_grade_that_is_withdrawn_leaves_no_code_and_says_so(firm):
    firm.graded("D")
    firm.graded(None, revision=2)

    found = firm.codes()["grade_code"]
    assert (found["value"], found["colour"], found["consequences"]) == (None, None, [])
    assert found["reasons"][0]["code"] == "CODE_WITHDRAWN"
    assert firm.told() == [("D", 1), (None, 2)]


def test_an_older_revision_that_comes_late_changes_nothing(firm):
    firm.graded("B", revision=2)
    firm.graded("D", revision=1)

    assert firm.value() == "B"
    assert firm.told() == [("B", 1)]


def test_a_revision_that_was_heard_before_adds_nothing(firm):
    firm.graded("B")
    firm.graded("B")

    assert len(firm.codes()["grade_code"]["past"]) == 1


def test_the_codes_of_an_earlier_day_are_those_of_then(firm):
    firm.graded("A", 2020)
    firm.graded("C", 2021)

    assert firm.value(on="2021-07-19") is None
    assert firm.value(on="2021-07-20") == "A"
    assert firm.value(on="2022-07-19") == "A"
    assert firm.value(on="2022-07-20") == "C"


def test_what_was_known_at_a_moment_is_shown_as_it_was_known(firm):
    firm.graded("D")
    before = firm.now.isoformat()
    firm.graded("B", revision=2)

    day = {"on": "2023-08-01"}
    assert (firm.value(**day, known_at=before), firm.value(**day)) == ("D", "B")
    past = firm.codes()["grade_code"]["past"]
    assert [(each["value"], each["revision"]) for each in past] == [("D", 1), ("B", 2)]
    assert len(firm.codes(known_at=before)["grade_code"]["past"]) == 1


def test_a_carbon_code_follows_from_figures_and_the_mean_whichever_comes_first(next_year):
    next_year.enterprises.call("record_carbon_mean", **MEAN)
    next_year.record(carbon("60"))

    found = next_year.codes()["carbon_code"]
    assert (found["value"], found["level"], found["colour"]) == ("1", "low", "green")
    assert found["figures"] == {
        "emission_tco2": "60",
        "value_added_cny": "1000000",
        "intensity_l": "0.600000",
        "industry_mean": "1",
        "ratio_k": "0.600000",
    }
    assert next_year.told() == [("1", 1)]


def test_a_mean_that_comes_later_or_is_corrected_recolours_every_firm_that_it_measures(next_year):
    next_year.record(carbon("100"))
    assert next_year.told() == []
    next_year.enterprises.call("record_carbon_mean", **MEAN)
    next_year.wait(hours=1)
    known = next_year.now.isoformat()
    next_year.wait(hours=1)
    next_year.enterprises.call("record_carbon_mean", **MEAN | {"mean_tco2_per_wan": "0.5"})

    assert next_year.told() == [("3", 1), ("4", 2)]
    assert next_year.value("carbon_code", known_at=known) == "3"


def test_a_mean_of_another_year_or_industry_measures_nobody_else(next_year):
    next_year.record(carbon("100"))
    for other in ({"data_year": 2021}, {"industry_code": "C35"}):
        next_year.enterprises.call("record_carbon_mean", **MEAN | other)

    assert next_year.value("carbon_code") is None


def test_a_carbon_code_that_gets_worse_is_told_as_such(next_year):
    next_year.enterprises.call("record_carbon_mean", **MEAN)
    next_year.enterprises.call("record_carbon_mean", **MEAN | {"data_year": 2021})
    next_year.record(carbon("60", data_year=2021))
    next_year.record(carbon("240"))

    (fact,) = next_year.enterprises.facts_named("code_worsened")
    assert (fact["kind"], fact["value"], fact["previous_value"]) == ("carbon_code", "5", "1")


def test_there_is_no_carbon_code_before_its_standard_was_in_force(next_year):
    assert "carbon_code" not in next_year.codes(on="2024-01-14")
    assert "carbon_code" in next_year.codes(on="2024-01-15")


def test_the_risk_code_of_the_newest_day_stands(firm):
    firm.record(risk(1))
    firm.record(risk(0, 2, valid_from="2023-08-20"))

    assert firm.value("risk_code") == "yellow"
    assert firm.value("risk_code", on="2023-08-19") == "red"
    firm.record(risk(valid_from="2023-08-10"))
    assert firm.value("risk_code", on="2023-08-19") == "green"
    assert firm.told() == [("red", 1), ("yellow", 1), ("green", 2), ("yellow", 2)]
    assert firm.told("code_worsened") == [("yellow", 2)]


def test_figures_may_be_taken_back(firm):
    firm.record(risk(1))
    firm.record(risk() | {"figures": {}})

    assert firm.codes()["risk_code"]["reasons"][0]["code"] == "CODE_WITHDRAWN"


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (risk(kind="grade_code"), "CODE_KIND_NOT_IN_FORCE"),
        (risk(kind="carbon_code"), "CODE_KIND_NOT_IN_FORCE"),  # not yet, in 2023
        (risk(valid_from="2023-08-22"), "NOT_YET"),
        (risk(data_year=2022), "PERIOD_OF_CODE"),
        (risk(figures={"major_hazards_open": 1}), "FIGURES_OF_CODE"),
        (risk(industry_code="C34"), "INDUSTRY_OF_CODE"),
        (risk(source_class="statistics"), "STATISTICS_JUDGE_NOBODY"),
        (risk(figures={"major_hazards_open": "many"}), "INVALID"),
    ],
)
def test_figures_that_cannot_be_are_refused(firm, entry, code):
    with pytest.raises(Answered) as caught:
        firm.enterprises.call("record_code_figures", **entry)

    assert [reason.code for reason in caught.value.reasons] == [code]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"data_year": None}, "PERIOD_OF_CODE"),
        ({"data_year": 2024}, "PERIOD_OF_CODE"),
        ({"industry_code": None}, "INDUSTRY_OF_CODE"),
        ({"industry_code": "C"}, "INDUSTRY_OF_CODE"),
    ],
)
def test_a_carbon_code_is_of_a_year_that_is_over_and_of_an_industry(next_year, changes, code):
    with pytest.raises(Answered) as caught:
        next_year.record(carbon(**changes))

    assert [reason.code for reason in caught.value.reasons] == [code]


def test_the_last_year_that_is_over_is_taken(next_year):
    next_year.record(carbon(data_year=2023))


def test_figures_of_today_are_taken(firm):
    firm.record(risk(1, valid_from="2023-08-21"))

    assert firm.value("risk_code") == "red"


def test_figures_of_a_firm_that_nobody_reported_are_refused(firm):
    with pytest.raises(NotFound):
        firm.record(risk(enterprise_id=f"{TOWNSHIP}-E77"))


def test_a_firm_of_a_narrower_class_is_measured_by_the_mean_of_its_division(next_year):
    next_year.enterprises.call("record_carbon_mean", **MEAN)
    next_year.record(carbon("100", industry_code="C3411"))

    assert next_year.value("carbon_code") == "3"
    with pytest.raises(Answered, match="MEAN_OF_NO_DIVISION"):
        next_year.enterprises.call("record_carbon_mean", **MEAN | {"industry_code": "C3411"})


def test_a_mean_is_above_nought(firm):
    with pytest.raises(Answered, match="above 0"):
        firm.enterprises.call("record_carbon_mean", **MEAN | {"mean_tco2_per_wan": "0"})


def test_a_printed_code_leads_to_the_codes_of_its_firm(firm):
    firm.graded("B")
    printed = firm.codes()["risk_code"]["printed_code"]

    found = firm.enterprises.read("look_up_code", text=f" {printed} ")
    assert (found["enterprise_id"], found["looked_up"]) == (FIRM, "risk_code")
    assert found["codes"][0]["value"] == "B"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{FIRM}/G73", "FIRM_CODE_CHECK"),
        (FIRM, "FIRM_CODE_FORM"),
        (printed_code(f"{TOWNSHIP}-E77", "G"), "NOT_FOUND"),
        (printed_code(FIRM, "X"), "NOT_FOUND"),
    ],
)
def test_a_code_that_leads_nowhere_says_why(firm, text, code):
    with pytest.raises(Answered) as caught:
        firm.enterprises.read("look_up_code", text=text)

    assert [reason.code for reason in caught.value.reasons] == [code]


def test_a_firm_without_any_mark_has_no_code_yet(firm):
    found = firm.codes()["grade_code"]

    assert (found["value"], found["reasons"][0]["code"]) == (None, "NO_CODE_YET")
    with pytest.raises(NotFound):
        firm.enterprises.read("get_codes", enterprise_id=f"{TOWNSHIP}-E77")


def test_the_desk_lists_the_firms_of_a_colour(firm):
    firm.graded("A", 2021)
    firm.graded("C", 2022)

    def listed(current):
        found = firm.enterprises.read("list_firm_codes", filter={"current": current})
        return [each["enterprise_id"] for each in found["items"]]

    assert (listed("grade_code=C"), listed("grade_code=A")) == ([FIRM], [])


@pytest.fixture
def new_rules(tmp_path, monkeypatch):
    """From 2023-09-01 on a C is orange and nothing follows from it."""
    old = (kinds.FOLDER / "codes" / "2023-08-01.toml").read_text("utf-8")
    new = old.replace('"yellow"', '"orange"').replace('"quotas limited"', '"quotas as usual"')
    (tmp_path / "2023-08-01.toml").write_text(old, "utf-8")
    (tmp_path / "2023-09-01.toml").write_text(new, "utf-8")
    rulebook = Rulebook(tmp_path, dict[str, kinds.Kind])
    for each in (kinds, answers, entrypoints, reporting_rules):
        monkeypatch.setattr(each, "CODES", rulebook)


@pytest.mark.usefixtures("new_rules")
def test_a_day_is_read_by_the_rules_of_that_day_or_of_another_one(firm):
    firm.graded("C")
    firm.wait(days=760)

    def read(**asked):
        found = firm.codes(**asked)["grade_code"]
        return found["colour"], found["consequences"][0]

    assert read(on="2023-08-31") == ("yellow", "quotas limited")
    assert read(on="2023-09-01") == ("orange", "quotas as usual")
    assert read(on="2023-08-31", rules_of="2023-09-01") == ("orange", "quotas as usual")
    asked = firm.enterprises.read("get_codes", enterprise_id=FIRM, on="2023-08-31")
    assert asked["rules_from"] == "2023-08-01"


@pytest.mark.usefixtures("new_rules")
def test_when_new_rules_come_into_force_what_is_another_code_is_told(firm):
    firm.graded("C")
    firm.enterprises.tick("follow_code_rules")
    assert firm.told() == [("C", 1)]
    firm.wait(days=11)
    firm.enterprises.tick("follow_code_rules")

    assert firm.told() == [("C", 1), ("C", 2)]
    last = firm.enterprises.facts_named("code_changed")[-1]
    assert (last["colour"], last["rules_from"]) == ("orange", "2023-09-01")
    firm.wait(days=1)
    firm.enterprises.tick("follow_code_rules")
    assert len(firm.told()) == 2


FACTS = [
    grade("A", 2020),
    grade("D", 2021),
    grade("B", 2021, revision=2, final_on="2022-09-01"),
    grade("C", 2022),
    grade(None, 2022, revision=2),
    grade("B", 2022, revision=3),
]


@settings(max_examples=15, deadline=None)
@given(st.permutations([*range(len(FACTS))] * 2))
def test_in_whatever_order_grades_come_the_same_codes_stand(order):
    enterprises = Enterprises()
    for copy, number in enumerate(order):
        at = NOON + timedelta(minutes=copy)
        enterprises._heard("enterprises", "grade_final", FACTS[number], at=at)

    def value(day):
        found = enterprises.read("get_codes", enterprise_id=FIRM, on=day)
        return found["codes"][0]["value"]

    assert [value(f"{year}-08-01") for year in (2020, 2021, 2022, 2023)] == [None, "A", "B", "B"]
    told = enterprises.facts_named("code_changed")
    last = {each["period"]: each["value"] for each in told}
    assert (last["2020"], last["2021"], last.get("2022", "B")) == ("A", "B", "B")
    for period in last:
        numbers = [each["change_no"] for each in told if each["period"] == period]
        assert numbers == list(range(1, len(numbers) + 1))


@settings(max_examples=15, deadline=None)
@given(st.permutations([("01", 0), ("05", 1), ("09", 0), ("15", 0)]))
def test_in_whatever_order_inspections_are_entered_the_same_days_are_red(order):
    firm = Firm()
    for day, major in order:
        firm.record(risk(major, valid_from=f"2023-08-{day}"))

    seen = [firm.value("risk_code", on=f"2023-08-{day}") for day in ("04", "05", "09", "15")]
    assert seen == ["green", "red", "green", "green"]
    held = firm.enterprises.read("list_firm_codes")["items"][0]["told"]
    assert {key[-2:]: each["fell"] for key, each in held.items()} == {
        "01": False,
        "05": True,
        "09": False,
        "15": False,
    }
