"""What a plant is sold for: the tiers of 温岭 2023, with their bounds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from backbone.errors import Invalid, NotFound
from services.parcels.carriers.vacancy import sale
from services.parcels.carriers.vacancy.rulebook import SALE_TIERS, SaleTiers

from . import reports
from .reports import BUILDING, UNIT

WAN = 10_000


@pytest.mark.parametrize(
    ("revenue_cny", "price", "least", "below"),
    [
        ("0", "4280", None, "2000"),
        ("2000", "4280", None, "2000"),  # yuan, and not 万元
        ("19999999.99", "4280", None, "2000"),
        ("20000000", "3880", "2000", "3500"),
        ("34999999.99", "3880", "2000", "3500"),
        ("35000000", "3780", "3500", "5000"),
        ("49999999.99", "3780", "3500", "5000"),
        ("50000000", "3680", "5000", None),
        ("9000000000", "3680", "5000", None),
    ],
)
def test_the_lower_bound_of_a_tier_is_in_it_and_the_upper_is_not(
    reported, revenue_cny, price, least, below
):
    found = reported.read("sale_price", unit_id=UNIT, buyer_revenue_cny=revenue_cny)

    assert found["price_cny_per_m2"] == price
    assert (found["revenue_from_wan"], found["revenue_below_wan"]) == (least, below)
    assert found["total_cny"] == f"{500 * int(price)}.00"


def test_a_building_is_sold_by_the_area_of_all_its_floors(reported):
    found = reported.read("sale_price", building_id=BUILDING, buyer_revenue_cny="20000000")

    assert (found["area_m2"], found["total_cny"]) == ("6000", "23280000.00")
    assert (found["building_id"], found["unit_id"]) == (BUILDING, None)


def test_a_total_is_told_to_the_fen(reported):
    reported.report(*reports.unit(rentable_area_m2="33.333333", reported_on="2023-02-01"))

    found = reported.read("sale_price", unit_id=UNIT, buyer_revenue_cny="0")

    assert found["total_cny"] == "142666.67"


def test_shangyu_borrows_the_tiers_and_the_answer_says_so(reported):
    found = reported.read("sale_price", unit_id=UNIT, buyer_revenue_cny="0")

    (warning,) = found["warnings"]
    assert (warning["code"], found["place"]) == ("BORROWED_TIERS", "温岭")
    assert (
        warning["source"] == found["source"] == "tiers for the sale of standard plants, 温岭 2023"
    )


def test_a_place_with_a_table_of_its_own_borrows_none(monkeypatch):
    (wenling,) = SALE_TIERS.on(reports_day()).tables
    own = type(wenling)(place="上虞", division="330604", source="s", tiers=wenling.tiers)
    book = SaleTiers(tables=(wenling, own))
    monkeypatch.setattr(sale, "SALE_TIERS", type("Book", (), {"on": lambda self, day: book})())

    found = sale.sale_price("330604006", Decimal(1), Decimal(0), reports_day())
    theirs = sale.sale_price("331081001", Decimal(1), Decimal(0), reports_day())

    assert (found["place"], found["warnings"]) == ("上虞", [])
    assert (theirs["place"], theirs["warnings"]) == ("温岭", [])


def reports_day():
    return min(SALE_TIERS.editions)


@pytest.mark.parametrize("day", SALE_TIERS.editions)
def test_every_table_has_one_tier_for_every_revenue(day):
    for table in SALE_TIERS.editions[day].tables:
        bounds = {b for t in table.tiers for b in (t.from_wan, t.below_wan) if b is not None}
        for revenue in {Decimal(0), *bounds, *(b - 1 for b in bounds), *(b + 1 for b in bounds)}:
            assert len([tier for tier in table.tiers if tier.holds(revenue)]) == 1


def test_what_was_only_announced_has_no_price(parcels, refused):
    parcels.report(*reports.lease())

    with refused("NO_AREA_REPORTED"):
        parcels.read("sale_price", unit_id=UNIT, buyer_revenue_cny="0")


@pytest.mark.parametrize("ids", [{}, {"unit_id": UNIT, "building_id": BUILDING}])
def test_one_thing_is_asked_for_at_a_time(reported, ids):
    with pytest.raises(Invalid) as caught:
        reported.read("sale_price", buyer_revenue_cny="0", **ids)

    assert [reason.field for reason in caught.value.reasons] == ["unit_id"]


@pytest.mark.parametrize("ids", [{"unit_id": "none"}, {"building_id": "none"}])
def test_what_is_not_there_is_not_found(reported, ids):
    with pytest.raises(NotFound) as caught:
        reported.read("sale_price", buyer_revenue_cny="0", **ids)

    assert [caught.value.reasons[0].field] == list(ids)
