"""What a contract promises, and what its reviews find."""

from __future__ import annotations

import pytest

from backbone.errors import Invalid, Refused
from tests.projects.desk import SUPPLY, TAX, Desk
from tests.projects.supply.test_applying import refusal

ENERGY = {
    "code": "energy_per_value_added", "op": "<=", "value": "0.52", "unit": "吨标煤/万元",
    "check_stage": "full_capacity",
}  # fmt: skip
SERIES = TAX | {"code": "output", "value": "540", "years_running": 3}


@pytest.fixture
def desk() -> Desk:
    desk = Desk(indicators=[TAX, ENERGY, SERIES])
    desk.sign()
    return desk.on("2031-01-01")


def review(desk, code="亩均税收", value="31", unit="万元/亩", **more):
    given = {
        "contract_id": SUPPLY,
        "review_id": "R1",
        "check_stage": "full_capacity",
        "reviewed_on": "2028-03-08",
        "figures": [{"code": code, "value": value, "unit": unit}],
        "evidence_ids": ["doc-1"],
    }
    return desk.call("review_commitments", **given | more)


def state(desk, number=1):
    found = desk.read("get_land_commitments", contract_id=SUPPLY)["commitments"]
    return found[number - 1]["state"]


def test_a_contract_promises_what_its_notice_printed_in_one_form(desk):
    land = desk.read("get_land_commitments", contract_id=SUPPLY)
    promised = [
        (each["promised"]["code"], each["promised"]["value"]) for each in land["commitments"]
    ]
    assert promised == [("tax", "30"), ("value_added_per_tce", "1.9231"), ("output", "540")]
    assert land["commitments"][1]["printed"]["value"] == "0.52"
    [made] = desk.facts_named("commitments_made")
    assert made["indicators"] == 3


def test_a_contract_without_indicators_promises_nothing():
    desk = Desk(indicators=[])
    desk.sign()
    assert desk.facts_named("commitments_made") == []


def test_of_land_for_one_of_several_industries_the_contract_has_the_row_that_came():
    desk = Desk()
    desk.sign(indicators=[TAX | {"value": "45"}, ENERGY])
    land = desk.read("get_land_commitments", contract_id=SUPPLY)
    assert [each["promised"]["value"] for each in land["commitments"]] == ["45", "1.9231"]


@pytest.mark.parametrize(("value", "met"), [("30", True), ("29.999999", False)])
def test_a_figure_that_misses_its_promise_is_announced_with_both(desk, value, met):
    review(desk, value=value)
    assert state(desk) == ("kept" if met else "breached")
    told = desk.facts_named("commitment_verified" if met else "commitment_breached")
    assert [(each["indicator"], each["check_stage"]) for each in told] == [("tax", "full_capacity")]
    if not met:
        assert (told[0]["required"], told[0]["op"]) == ("30", ">=")
        assert desk.read("list_land_commitments", filter={"has_breach": True})["items"]


@pytest.mark.parametrize(
    ("code", "value", "unit"),
    [
        ("energy_per_value_added", "0.52", "吨标煤/万元"),
        ("value_added_per_tce", "1.923077", "万元/吨标准煤"),
    ],
)
def test_a_figure_may_be_given_from_either_side(desk, code, value, unit):
    review(desk, code, value, unit)
    assert state(desk, 2) == "kept"


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ({2027: "540"}, "pending"),
        ({2027: "540", 2028: "541"}, "pending"),
        ({2027: "540", 2028: "541", 2029: "600"}, "kept"),
        ({2026: "540", 2027: "541", 2029: "600"}, "pending"),
        ({2027: "540", 2028: "539"}, "breached"),
        ({2027: "540", 2028: "539", 2029: "900"}, "breached"),
    ],
)
def test_a_yearly_figure_is_met_in_each_of_three_years_running(desk, years, expected):
    for year, value in years.items():
        more = {"data_year": year, "review_id": f"R{year}", "reviewed_on": f"{year + 1}-01-01"}
        review(desk, "output", value, **more)
    assert state(desk, 3) == expected


def test_a_review_that_is_corrected_lifts_the_breach_for_those_who_were_told(desk):
    review(desk, value="3")
    [breached] = desk.facts_named("commitment_breached")
    review(desk, value="30")
    [lifted] = desk.facts_named("commitment_breach_lifted")
    assert lifted["breach_id"] == breached["breach_id"]
    assert state(desk) == "kept"


def test_a_later_review_decides_and_the_breach_before_it_is_not_forgotten(desk):
    review(desk, value="3")
    review(desk, value="30", review_id="R2", reviewed_on="2031-01-01")  # today
    assert state(desk) == "kept"
    assert desk.facts_named("commitment_breach_lifted") == []
    [first, _] = desk.read("get_land_commitments", contract_id=SUPPLY)["commitments"][0]["reviews"]
    assert first["met"] is False


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"code": "jobs"}, ["FIGURE_NOT_PROMISED"]),
        ({"check_stage": "completion"}, ["FIGURE_NOT_PROMISED"]),
        ({"unit": "万元/人"}, ["UNIT_DIFFERS"]),
        ({"code": "output"}, ["YEAR_MISSING"]),
        ({"reviewed_on": "2031-01-02"}, ["NOT_YET"]),
        ({"reviewed_on": "2023-09-07"}, ["BEFORE_CONTRACT"]),
    ],
)
def test_what_was_not_promised_or_cannot_be_compared_is_no_review(desk, changes, codes):
    refusal(lambda: review(desk, **changes), *codes)
    assert state(desk) == "pending"


def test_each_figure_that_was_not_promised_is_named_beside_what_was(desk):
    figures = [
        {"code": "亩均工资", "value": "1", "unit": "万元/亩"},
        {"code": "亩均税收", "value": "31", "unit": "万元/亩"},
        {"code": "jobs", "value": "1", "unit": "人"},
    ]
    with pytest.raises(Refused) as refused:
        review(desk, figures=figures, data_year=2025)
    first, second = refused.value.reasons
    assert [first.field, second.field] == ["figures.0", "figures.2"]
    assert "'亩均工资'" in first.sentence
    assert "'jobs'" in second.sentence
    for each in (first, second):
        assert "亩均税收 (or tax, tax_per_mu)" in each.sentence
        assert "亩均产出 (or output, output_per_mu, 土地产出率)" in each.sentence
    assert state(desk) == "pending"


def test_what_is_wrong_of_the_whole_review_is_said_once(desk):
    figures = [{"code": name, "value": "31", "unit": "万元/亩"} for name in ("tax", "亩均税收")]
    with pytest.raises(Refused) as refused:
        review(desk, figures=figures, reviewed_on="2031-01-02")
    assert [each.code for each in refused.value.reasons] == ["NOT_YET"]


def test_a_review_may_be_of_the_day_of_the_contract(desk):
    review(desk, value="30", reviewed_on="2023-09-08")
    [found] = desk.read("get_land_commitments", contract_id=SUPPLY)["commitments"][0]["reviews"]
    assert (found["met"], found["early"], state(desk)) == (True, True, "pending")


def test_a_figure_of_nought_has_no_other_side(desk):
    with pytest.raises(Invalid, match=r"figures\.0\.value"):
        review(desk, "energy_per_value_added", "0", "吨标煤/万元")


def test_a_review_is_proved(desk):
    with pytest.raises(Invalid, match="evidence_ids"):
        review(desk, evidence_ids=[])


# --- land that changes hands


def transfer(desk, kind="transfer", on="2029-01-01"):
    given = {"contract_id": SUPPLY, "transfer_kind": kind, "transferred_on": on}
    return desk.call("transfer_contract", holders=[{"name": "B works"}], **given)


def bearers(desk):
    [commitment, *_] = desk.read("get_land_commitments", contract_id=SUPPLY)["commitments"]
    return [[who["name"] for who in each["bearers"]] for each in commitment["reviews"]]


@pytest.mark.parametrize("kind", ["transfer", "lease"])
def test_duties_move_with_the_land_and_a_breach_stays_with_whoever_had_them(desk, kind):
    review(desk, value="3", reviewed_on="2028-12-31")
    transfer(desk, kind)
    land = desk.read("get_land_commitments", contract_id=SUPPLY)
    assert [each["name"] for each in land["duty_bearers"]] == ["B works"]
    review(desk, value="31", review_id="R2", reviewed_on="2029-01-01")
    assert bearers(desk) == [["A works"], ["B works"]]
    assert land["commitments"][0]["reviews"][0]["met"] is False


def test_a_review_of_before_that_is_entered_after_the_transfer_is_the_transferors(desk):
    transfer(desk)
    review(desk, value="3", reviewed_on="2028-12-31")
    assert bearers(desk) == [["A works"]]


def test_a_void_contract_promises_nothing_any_more(desk):
    desk.void("2027-12-31")
    assert desk.read("get_land_commitments", contract_id=SUPPLY)["ended"] is True
    refusal(lambda: review(desk), "CONTRACT_VOID")
