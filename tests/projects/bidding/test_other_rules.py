"""What no place asks for today is data too: other places may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from park.time import PARK_TIME
from services.projects.bidding.judge import judged
from services.projects.bidding.model import Offered, PriceBid
from services.projects.bidding.rulebook import BIDDING_LAWS, Choice, Number

LAWS = BIDDING_LAWS.on(date(2025, 4, 10))
FUJIAN = LAWS.of("福建")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"2025-04-{text.replace(' ', 'T')}").replace(tzinfo=PARK_TIME)


def judge(law, *bids):
    offered = Offered(
        law=law, start_cny=Decimal(100), step_cny=Decimal(10), ends_at=moment("10 10:00")
    )
    law_bids = [
        PriceBid(bidder=name, price_cny=Decimal(price), bid_at=moment(at))
        for name, at, price in bids
    ]
    return judged(offered, law_bids)


def coarse(law, **changes):
    return replace(law, smallest_cny=Number(value=Decimal(1), source="a test"), **changes)


TWO = [("A", "10 09:00", 100), ("B", "10 09:30", 110)]


@pytest.mark.parametrize(("enough", "outcome"), [(1, "sold"), (2, "unsold")])
def test_where_two_bidders_are_asked_one_is_too_few(enough, outcome):
    law = coarse(FUJIAN, enough_bidders=Number(value=Decimal(enough), source="a test"))
    found = judge(law, TWO[0])

    assert found.outcome == outcome
    assert found.path[-1].code == ("ONE_BIDDER" if enough == 1 else "TOO_FEW_BIDDERS")
    assert (found.winner is None) is (enough == 2)


@pytest.mark.parametrize(("counts", "refused"), [(True, []), (False, ["BID_AFTER_END"])])
def test_whether_a_bid_at_the_very_end_counts_is_data(counts, refused):
    law = coarse(FUJIAN, bid_at_the_end_counts=Choice(value=counts, source="a test"))

    assert [each.reason.code for each in judge(law, ("A", "10 10:00", 100)).refused] == refused


@pytest.mark.parametrize(
    ("counts", "confirmed", "outcome", "said"),
    [
        (True, False, "auction", "there is no auction"),
        (False, False, "sold", "there is an auction"),
        (True, True, "auction", None),
        (False, True, "sold", None),
    ],
)
def test_whether_the_first_moment_belongs_to_the_last_hour_is_data(
    counts, confirmed, outcome, said
):
    choice = Choice(value=counts, source="a test", confirmed=confirmed)
    hour = replace(FUJIAN.last_hour, its_first_moment_counts=choice)
    found = judge(coarse(FUJIAN, last_hour=hour), *TWO)
    told = [each.sentence for each in found.path if each.code == "LAST_HOUR_BOUNDARY"]

    assert found.outcome == outcome
    assert [said in each for each in told if said] == ([True] if said else [])
    assert bool(told) is (said is not None)


@pytest.mark.parametrize("day", sorted(BIDDING_LAWS.editions))
def test_the_rules_that_stand_in_are_among_those_of_the_day(day):
    laws = BIDDING_LAWS.on(day)

    assert laws.of(laws.default)
    assert laws.of(laws.tried_by)
    assert all(law.last_hour is None or law.auction for law in laws.places)
