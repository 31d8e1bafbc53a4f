"""A contract promises what its notice prints, or more; never less."""

from __future__ import annotations

import pytest

from backbone.errors import Answered
from tests.projects.desk import LISTING, TAX, Desk
from tests.projects.supply.test_applying import refusal

INVEST = {
    "code": "investment_per_mu",
    "op": ">=",
    "value": "400",
    "unit": "万元/亩",
    "check_stage": "completion",
}
ENERGY = INVEST | {
    "code": "单位能耗标准",
    "op": "<=",
    "value": "0.5",
    "unit": "吨标煤/万元",
}


def signing(noticed, *agreed):
    desk = Desk(indicators=[noticed])
    desk.award()
    desk.on("09-01").call("confirm_award", listing_id=LISTING, confirmed_on="2023-09-01")
    return desk, {
        "listing_id": LISTING,
        "contract_number": "3306042023A21001",
        "signed_on": "2023-09-01",
        "indicators": list(agreed),
    }


@pytest.mark.parametrize(
    ("noticed", "changes"),
    [
        (INVEST, {"value": "1"}),
        (INVEST, {"value": "399.9999"}),
        (INVEST, {"code": "固定资产投资强度", "value": "5999", "unit": "万元/公顷"}),
        (INVEST, {"op": "=", "value": "399"}),
        (INVEST | {"op": "="}, {"value": "401", "op": "="}),
        (ENERGY, {"value": "0.51"}),
        (ENERGY, {"code": "单位能耗增加值", "op": ">=", "value": "1.99", "unit": "万元/吨标煤"}),
        (INVEST | {"check_stage": "annual", "years_running": 3}, {"years_running": 2}),
    ],
)
def test_a_contract_that_promises_less_than_its_notice_is_refused(noticed, changes):
    desk, given = signing(noticed, noticed | changes)
    reason = refusal(lambda: desk.call("sign_contract", **given), "PROMISE_BELOW_NOTICE")
    assert reason.field == "indicators"
    asked = f"{noticed['code']}: the notice asks for {noticed['op']} {noticed['value']} "
    assert reason.sentence.startswith(asked)


@pytest.mark.parametrize(
    ("noticed", "changes"),
    [
        (INVEST, {"value": "400"}),
        (INVEST, {"value": "500"}),
        (INVEST, {"code": "固定资产投资强度", "value": "6000", "unit": "万元/公顷"}),
        (INVEST, {"op": "=", "value": "400"}),
        (ENERGY, {"code": "单位能耗增加值", "op": ">=", "value": "2", "unit": "万元/吨标煤"}),
        (INVEST | {"check_stage": "annual", "years_running": 3}, {"years_running": 4}),
    ],
)
def test_a_figure_that_is_as_strict_takes_the_place_of_the_notices(noticed, changes):
    desk, given = signing(noticed, noticed | changes)
    [promise] = desk.call("sign_contract", **given)["indicators"]
    assert (promise["op"], promise["value"]) == tuple(
        (noticed | changes)[name] for name in ("op", "value")
    )


@pytest.mark.parametrize(
    "other",
    [
        TAX,
        INVEST | {"check_stage": "annual", "value": "1"},
        INVEST | {"op": "<=", "value": "900"},
        INVEST | {"unit": "USD", "value": "1"},
    ],
)
def test_another_figure_is_promised_beside_those_of_the_notice(other):
    desk, given = signing(INVEST, other)
    found = desk.call("sign_contract", **given)["indicators"]
    assert [each["value"] for each in found] == ["400", other["value"]]


NOUGHT = {"code": "单位增加值能耗", "op": "<=", "value": "0", "unit": "吨标煤/万元"}


def test_nothing_by_nought_is_promised_by_a_contract():
    desk, given = signing(TAX, ENERGY | NOUGHT)
    with pytest.raises(Answered) as caught:
        desk.call("sign_contract", **given)
    [why] = caught.value.reasons
    assert (why.code, why.field) == ("INDICATOR_OF_NOUGHT", "indicators.0.value")
    assert "0 吨标煤/万元" in why.sentence


def test_nothing_by_nought_is_asked_by_a_notice():
    with pytest.raises(Answered) as caught:
        Desk(indicators=[TAX, ENERGY | NOUGHT])
    [why] = caught.value.reasons
    assert (why.code, why.field) == ("INDICATOR_OF_NOUGHT", "indicators.1.value")


def test_nought_of_what_is_not_counted_by_another_is_a_figure():
    assert Desk(indicators=[TAX | {"value": "0"}]).listing()["state"] == "notice_published"
