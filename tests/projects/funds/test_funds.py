"""Funds of a day, as they were known at a moment, and what speaks against one."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Invalid, NotFound
from backbone.testing import Rehearsal
from services.projects.funds.fund import PartnerRatio, shares_of
from services.projects.service import ProjectsService

from ..conftest import LandRegister
from ..desk import at
from ..platforms.calls import MONEY, TALENT
from ..platforms.test_platforms import refused

PREPARING = {
    "fund_id": "c41",
    "name": "C41合作基金",
    "fund_kind": "co_operation",
    "fund_state": "preparing",
    "purposes": ["investment_promotion"],
    "document": "report of July 2023",
    "reported_on": "2023-07-31",
}


class FundDesk(Rehearsal):
    def __init__(self) -> None:
        self.moment = at("2026-09-01")
        super().__init__(ProjectsService, clock=lambda: self.moment, parcels=LandRegister())

    def fund(self, **changes: Any) -> Any:
        return self.call("record_fund", **TALENT | changes)

    def commit(self, **changes: Any) -> Any:
        return self.call("commit_fund", **MONEY | changes)

    def overview(self, on: str = "2023-08-01", **asked: Any) -> Any:
        return self.read("fund_overview", on=on, **asked)

    def warned(self, on: str = "2026-09-01") -> list[str]:
        [found] = self.overview(on)["funds"]
        return [each["code"] for each in found["warnings"]]


@pytest.fixture
def desk() -> FundDesk:
    return FundDesk()


def test_the_overview_shows_what_funds_have_and_what_they_put_into_projects(desk):
    desk.fund()
    desk.call("record_fund", **PREPARING)
    desk.commit()
    found = desk.overview()
    c41, talent = found["funds"]
    assert (found["total_cny"], found["committed_cny"]) == ("500000000.00", "20000000.00")
    assert found["total_unknown"] == ["c41"]
    assert (c41["left_cny"], c41["report"]["fund_state"]) == (None, "preparing")
    assert talent["left_cny"] == "480000000.00"
    assert Decimal(talent["first_tranche_share"]) == Decimal("0.1")
    paid = [each["of_first_tranche_cny"] for each in talent["partner_shares"]]
    assert paid == ["30000000.00", "20000000.00"]
    [made] = talent["fund_commitments"]
    assert (made["project_id"], made["committed_on"]) == ("P1", "2023-07-01")
    assert (c41["warnings"], talent["warnings"]) == ([], [])


def test_a_fund_is_there_from_its_first_report_on(desk):
    desk.call("record_fund", **PREPARING)
    desk.fund()
    assert [each["fund_id"] for each in desk.overview("2023-07-30")["funds"]] == ["qing-ke-chuang"]
    assert desk.overview("2023-06-07")["funds"] == []
    assert len(desk.overview("2023-07-31", fund_id="c41")["funds"]) == 1
    with pytest.raises(NotFound, match="fund_id"):
        desk.overview(fund_id="elsewhere")


def test_a_correction_is_known_from_its_moment_on(desk):
    desk.fund(total_cny="400000000")
    desk.commit()
    desk.moment = at("2026-09-02")
    desk.fund()
    desk.commit(amount_cny="30000000")
    before = desk.overview(known_at="2026-09-01T23:00:00+08:00")
    now = desk.overview(known_at="2099-01-01T00:00:00+08:00")
    assert (before["total_cny"], before["committed_cny"]) == ("400000000.00", "20000000.00")
    assert (now["total_cny"], now["committed_cny"]) == ("500000000.00", "30000000.00")
    desk.commit(withdrawn=True)
    assert desk.overview()["committed_cny"] == "0"
    assert desk.overview("2023-06-30")["committed_cny"] == "0"


def test_what_is_said_again_is_no_news(desk):
    desk.fund()
    desk.fund()
    desk.commit()
    desk.commit()
    assert desk.fact_names == ["fund_reported", "fund_committed"]
    assert desk.read("list_funds", filter={"fund_state": "established"})["items"]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"first_tranche_cny": "500000000"}, []),
        ({"first_tranche_cny": "500000000.01"}, ["FIRST_TRANCHE_OVER_TOTAL"]),
        ({"first_tranche_cny": "500000000.01", "total_cny": None}, []),
        ({"paid_in_cny": "500000000"}, []),
        ({"paid_in_cny": "500000000.01"}, ["PAID_IN_OVER_TOTAL"]),
        ({"partners": [{"partner": "A", "ratio": "1"}]}, []),
        ({"partners": [{"partner": "A", "ratio": "0.999999"}]}, ["PARTNER_RATIOS"]),
        ({"partners": [{"partner": n, "ratio": "0.5"} for n in "ABC"]}, ["PARTNER_RATIOS"]),
        ({"partners": [{"partner": "A", "ratio": "0.5"}] * 2}, ["PARTNER_RATIOS"]),
        ({"partners": []}, []),
        ({"fund_kind": "piggy_bank"}, ["FUND_KIND_UNKNOWN"]),
        ({"purposes": ["fun"]}, ["FUND_PURPOSE_UNKNOWN"]),
        ({"set_up_on": None}, ["SET_UP_DAY_MISSING"]),
        ({"set_up_on": None, "fund_state": "agreement_signed"}, []),
        ({"set_up_on": "2023-06-09"}, ["NOT_YET"]),
        ({"reported_on": "2026-09-01"}, []),
        ({"reported_on": "2026-09-02"}, ["NOT_YET"]),
    ],
)
def test_a_report_that_cannot_be_true_is_refused(desk, changes, codes):
    if codes:
        assert refused(desk.fund, **changes) == codes
        assert desk.facts == []
    else:
        desk.fund(**changes)
        assert desk.fact_names == ["fund_reported"]


def test_money_is_committed_with_evidence_on_a_day_that_has_come(desk):
    with pytest.raises(NotFound, match="fund_id"):
        desk.commit()
    desk.fund()
    desk.commit()
    assert refused(desk.commit, committed_on="2026-09-02") == ["NOT_YET"]
    desk.commit(fund_commitment_id="of-today", committed_on="2026-09-01")
    assert refused(desk.commit, project_id="P2") == ["COMMITMENT_OF_OTHER_PROJECT"]
    with pytest.raises(Invalid, match="evidence_ids"):
        desk.commit(evidence_ids=[])


@pytest.mark.parametrize(
    ("set_up_on", "purposes", "codes"),
    [
        ("2023-06-08", ["investment_promotion"], []),
        ("2025-01-06", ["investment_promotion"], []),
        ("2025-01-07", ["investment_promotion"], ["FUND_FOR_INVESTMENT_PROMOTION"]),
        ("2025-01-07", ["industry", "investment_promotion"], ["FUND_FOR_INVESTMENT_PROMOTION"]),
        ("2025-01-07", ["industry"], []),
    ],
)
def test_no_fund_is_set_up_to_attract_investment_since_2025(desk, set_up_on, purposes, codes):
    said = {"set_up_on": set_up_on, "reported_on": "2025-06-01", "approval_level": "city"}
    desk.fund(**said, purposes=purposes)
    assert desk.warned() == codes
    assert len(desk.facts_named("fund_warned")) == len(codes)
    [told] = desk.facts_named("fund_reported")
    assert [each["code"] for each in told["warnings"]] == codes
    if codes:
        assert told["warnings"][0]["source"] == "国办发〔2025〕1号, item 17"


@pytest.mark.parametrize(
    ("reported_on", "codes"),
    [("2025-01-06", []), ("2025-01-07", ["FUND_FOR_INVESTMENT_PROMOTION"])],
)
def test_a_fund_in_preparation_is_judged_by_the_day_of_its_report(desk, reported_on, codes):
    desk.call("record_fund", **PREPARING | {"reported_on": reported_on})
    assert desk.warned() == codes


@pytest.mark.parametrize(
    ("set_up_on", "changes", "codes"),
    [
        ("2025-01-06", {"reinvestment_multiple": "1.5"}, []),
        ("2025-01-07", {"reinvestment_multiple": "1.5"}, ["REINVESTMENT_CONDITION"]),
        ("2025-01-07", {"reinvestment_multiple": "0"}, []),
        ("2025-01-06", {"approval_level": "county"}, []),
        ("2025-01-07", {"approval_level": "county"}, ["FUND_OF_LIMITED_LEVEL"]),
        ("2025-01-07", {"approval_level": None}, []),
    ],
)
def test_conditions_and_levels_are_warned_of_for_funds_set_up_since_2025(
    desk, set_up_on, changes, codes
):
    said = {"set_up_on": set_up_on, "reported_on": "2025-06-01", "approval_level": "city"}
    desk.fund(**said | changes)
    assert desk.warned() == codes


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"amount_cny": "500000000"}, []),
        ({"amount_cny": "500000000.01"}, ["COMMITTED_OVER_TOTAL"]),
        ({"committed_on": "2023-06-08"}, []),
        ({"committed_on": "2023-06-07"}, ["COMMITTED_BEFORE_SET_UP"]),
    ],
)
def test_money_that_a_fund_does_not_have_or_was_not_there_to_give_is_warned_of(
    desk, changes, codes
):
    desk.fund()
    desk.commit(**changes)
    assert desk.warned() == codes


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ("county", "county"),
        ("district", "county"),
        ("provincial", "province"),
        ("national", "state"),
    ],
)
def test_the_level_of_a_fund_is_taken_in_the_words_of_talent_plans_too(desk, word, level):
    [*_, report] = desk.fund(approval_level=word)["reports"]
    assert report["approval_level"] == level


def test_money_that_is_committed_is_answered_with_a_sentence_for_each_warning(desk):
    desk.fund()
    [warning] = desk.commit(amount_cny="500000000.01")["warnings"]
    assert (warning["code"], warning["field"]) == ("COMMITTED_OVER_TOTAL", "total_cny")
    assert "It committed 500000000.01 yuan" in warning["sentence"]
    more = desk.commit(fund_commitment_id="money-2", amount_cny="1")
    assert "It committed 500000001.01 yuan" in more["warnings"][0]["sentence"]
    assert len(desk.facts_named("fund_warned")) == 1, "the same warning is told once"
    assert desk.fund(total_cny="600000000", reported_on="2023-06-09")["warnings"] == []


def test_what_speaks_against_a_fund_is_told_once_and_taken_back_when_that_was_an_error(desk):
    said = {"set_up_on": "2025-02-01", "reported_on": "2025-02-01", "approval_level": "city"}
    promotion = said | {"purposes": ["investment_promotion"]}
    desk.fund(**promotion)
    desk.fund(**promotion, paid_in_cny="1")
    desk.fund(**promotion, paid_in_cny="1", reinvestment_multiple="2")
    desk.fund(**said)
    desk.commit(committed_on="2025-01-31")
    told = [(data["warning_no"], name) for name, data in desk.facts if "fund_warn" in name]
    assert told == [
        (1, "fund_warned"),
        (2, "fund_warned"),
        (3, "fund_warning_lifted"),
        (4, "fund_warned"),
    ]
    [*_, last] = desk.facts_named("fund_warned")
    assert [each["code"] for each in last["reasons"]] == ["COMMITTED_BEFORE_SET_UP"]


def test_a_report_of_an_earlier_day_that_comes_late_warns_of_nothing_that_has_passed(desk):
    desk.fund(reported_on="2023-07-01")
    desk.fund(reported_on="2023-06-30", total_cny="1", first_tranche_cny=None)
    desk.commit()
    assert desk.facts_named("fund_warned") == []


@given(
    fen=st.integers(0, 10**15),
    cuts=st.lists(st.integers(1, 999_999), min_size=1, max_size=6, unique=True),
)
@settings(max_examples=60, deadline=None)
def test_what_partners_pay_adds_up_to_the_tranche(fen, cuts):
    edges = [0, *sorted(cuts), 1_000_000]
    parts = [Decimal(b - a) / 1_000_000 for a, b in pairwise(edges)]
    amount = Decimal(fen) / 100
    shares = shares_of(amount, tuple(PartnerRatio(partner="A", ratio=each) for each in parts))
    assert sum(shares) == amount
    assert all(abs(s - amount * p) < Decimal("0.08") for s, p in zip(shares, parts, strict=True))


@settings(max_examples=15, deadline=None)
@given(
    st.permutations(
        [("2023-06-08", "5"), ("2023-12-31", "7"), ("2024-06-30", "9"), ("2023-12-31", "7")]
    )
)
def test_reports_of_several_days_may_come_in_any_order(reports):
    desk = FundDesk()
    for day, total in reports:
        desk.fund(reported_on=day, total_cny=total, first_tranche_cny=None)
    days = ("2023-12-30", "2023-12-31", "2026-09-01")
    assert [desk.overview(day)["total_cny"] for day in days] == ["5.00", "7.00", "9.00"]
