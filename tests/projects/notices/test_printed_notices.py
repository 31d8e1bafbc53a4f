"""Notices of many places are read as they are printed, and none of them is refused."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from cli.app import app
from park.time import PARK_TIME
from services.projects.findings import Outcome
from services.projects.listings.notice import SupplyWay
from services.projects.notices.check import checked, rules_day
from services.projects.notices.printed import Area, Bounds, Money, Per, Printed, derived
from services.projects.notices.rulebook import FLOOR_PRICES, NOTICE_LAW, Moment
from services.projects.notices.rules import findings, how_the_bond_was_made

HERE = Path(__file__).parent
PRINTED = list(csv.DictReader((HERE / "printed.csv").open()))
INDICATORS = list(csv.DictReader((HERE / "indicators.csv").open()))
FIGURES = ("start_price_wan_total", "price_per_m2_yuan", "price_per_mu_wan", "bond_ratio")
TODAY = date(2025, 3, 1)
WAN = Decimal(10_000)


def said_by(*arguments: str) -> tuple[int, list[dict]]:
    done = CliRunner().invoke(app, ["notices", "check", *arguments, "--json"])
    return done.exit_code, json.loads(done.stdout)


@pytest.fixture(scope="module")
def table() -> dict[str, dict]:
    code, found = said_by(str(HERE / "printed.csv"), "--indicators", str(HERE / "indicators.csv"))
    assert code == 0
    return {each["id"]: each for each in found}


@pytest.mark.parametrize("row", PRINTED, ids=lambda row: row["id"])
def test_each_plot_is_read_as_printed_and_nothing_bars_it(row, table):
    found = table[row["id"]]

    assert [each for each in found["findings"] if each["outcome"] == "broken"] == []
    assert not found["bars"]
    bond = next(e for e in found["findings"] if e["code"] == "BOND_UNUSUAL_FOR_PLACE")
    assert bond["outcome"] in ("kept", "does_not_apply")
    for name in FIGURES:
        expected = Decimal(row[name]) if row[name] else None
        got = found["derived"][name]
        assert (Decimal(got) if got else None) == expected, name


@pytest.mark.parametrize("row", INDICATORS, ids=lambda row: row["notice_id"])
def test_each_indicator_is_brought_into_one_form(row, table):
    plots = {each["id"] for each in PRINTED}
    if row["notice_id"] not in plots:
        return
    forms = [
        (each["indicator"], each["op"], Decimal(each["value"]), each["unit"])
        for each in table[row["notice_id"]]["indicators"]
    ]
    wanted = (
        row["canonical_indicator"],
        row["canonical_op"],
        Decimal(row["canonical_value"]),
        row["canonical_unit"],
    )

    assert wanted in forms


def outcomes(on: date = TODAY, **plot) -> dict[str, Outcome]:
    return {each.code: each.outcome for each in findings(Printed(**plot), on)}


def test_mu_that_were_rounded_make_the_price_that_the_notice_names():
    by_mu = Money(amount_cny=Decimal(380_000), per=Per.MU)
    printed = Printed(price=by_mu, area=Area(m2=Decimal("15527.3"), mu=Decimal("23.291")))
    unprinted = Printed(price=by_mu, area=Area(m2=Decimal("15527.3")))

    assert derived(printed).start_price_wan_total == Decimal("885.058")
    assert derived(unprinted).start_price_wan_total == Decimal("885.0561")


@pytest.mark.parametrize(
    ("sale_from", "expected"),
    [("2025-03-20", "broken"), ("2025-03-21", "kept"), ("2025-04-30", "kept")],
)
@pytest.mark.parametrize("way", ["listing", "auction", "tender"])
def test_every_sale_waits_twenty_days_for_its_notice(way, sale_from, expected):
    found = outcomes(
        method=SupplyWay(way),
        published_on=date(2025, 3, 1),
        sale_from=date.fromisoformat(sale_from),
    )

    assert found["SALE_TOO_EARLY"] == expected


@pytest.mark.parametrize(
    ("sale_to", "expected"),
    [("2025-04-09", "broken"), ("2025-04-10", "warned"), ("2025-04-11", "kept")],
)
def test_ten_days_with_both_ends_are_a_listing_as_published_and_one_day_more_is_safe(
    sale_to, expected
):
    found = outcomes(
        method=SupplyWay.LISTING,
        sale_from=date(2025, 4, 1),
        sale_to=date.fromisoformat(sale_to),
    )

    assert found["LISTING_TOO_SHORT"] == expected


@pytest.mark.parametrize(
    ("sale_from", "law"), [("2020-12-31", "民法通则 art. 154"), ("2021-01-01", "民法典 art. 201")]
)
def test_a_notice_is_counted_by_the_civil_law_of_its_day(sale_from, law):
    opens = date.fromisoformat(sale_from)
    plot = Printed(method=SupplyWay.LISTING, sale_from=opens, sale_to=date(2021, 6, 1))
    sources = {each.code: each.source for each in findings(plot, opens)}

    assert law in sources["LISTING_TOO_SHORT"]


def test_an_auction_takes_one_day():
    found = outcomes(method=SupplyWay.AUCTION, sale_from=date(2025, 4, 1), sale_to=date(2025, 4, 1))

    assert found["LISTING_TOO_SHORT"] == "does_not_apply"


AT_NINE = datetime(2025, 4, 8, 9, tzinfo=PARK_TIME)
AT_TEN = datetime(2025, 4, 8, 10, tzinfo=PARK_TIME)


@pytest.mark.parametrize(
    ("code", "plot", "expected"),
    [
        ("APPLICATION_AFTER_BOND", {"apply_to": AT_TEN, "bond_to": AT_NINE}, "broken"),
        ("APPLICATION_AFTER_BOND", {"apply_to": AT_NINE, "bond_to": AT_NINE}, "kept"),
        ("APPLICATION_AFTER_BOND", {"apply_to": AT_NINE.date(), "bond_to": AT_NINE}, "kept"),
        ("APPLICATION_BEFORE_NOTICE", {"published_on": AT_TEN, "apply_from": AT_NINE}, "broken"),
        ("APPLICATION_ENDS_FIRST", {"apply_from": AT_TEN, "apply_to": AT_NINE}, "broken"),
        ("DOCUMENTS_END_FIRST", {"documents_from": AT_TEN, "documents_to": AT_NINE}, "broken"),
        ("DOCUMENTS_BEFORE_NOTICE", {"published_on": AT_TEN, "documents_from": AT_NINE}, "broken"),
        ("SALE_ENDS_FIRST", {"sale_from": AT_TEN, "sale_to": AT_NINE}, "broken"),
        (
            "BOND_DEADLINE_TOO_LATE",
            {"bond_to": AT_NINE, "sale_to": AT_TEN, "sale_from": date(2025, 4, 1)},
            "broken",
        ),
        ("BOND_DEADLINE_TOO_LATE", {"bond_to": date(2025, 4, 7), "sale_from": AT_TEN}, "kept"),
        (
            "NOTICE_BEFORE_RELEASE",
            {"published_on": date(2025, 4, 1), "released_on": date(2025, 4, 2)},
            "broken",
        ),
        (
            "NOTICE_BEFORE_RELEASE",
            {"published_on": date(2025, 4, 2), "released_on": date(2025, 4, 2)},
            "kept",
        ),
        ("TERM_TOO_LONG", {"use": "二类工业用地", "term_years": 51}, "broken"),
        ("TERM_TOO_LONG", {"use": "二类工业用地", "term_years": 50}, "kept"),
        ("TERM_TOO_LONG", {"use": "商服用地", "term_years": 41}, "broken"),
        ("TERM_TOO_LONG", {"use": "未知", "term_years": 99}, "does_not_apply"),
        ("WAY_NOT_OPEN", {"use": "工业用地", "method": SupplyWay.AGREEMENT}, "warned"),
        ("WAY_NOT_OPEN", {"use": "供电用地", "method": SupplyWay.AGREEMENT}, "kept"),
        (
            "AREAS_DIFFER",
            {"area": Area(m2=Decimal(20016), mu=Decimal("30.024"))},
            "kept",
        ),
        ("AREAS_DIFFER", {"area": Area(m2=Decimal(20016), mu=Decimal("30.1"))}, "warned"),
        (
            "PLOT_RATIO_UPSIDE_DOWN",
            {"plot_ratio": Bounds(least=Decimal(3), most=Decimal(2))},
            "broken",
        ),
        (
            "DENSITY_UPSIDE_DOWN",
            {"density_pct": Bounds(least=Decimal(60), most=Decimal(50))},
            "broken",
        ),
        ("GREEN_UPSIDE_DOWN", {"green_pct": Bounds(least=Decimal(21), most=Decimal(20))}, "broken"),
        ("GREEN_UPSIDE_DOWN", {"green_pct": Bounds(least=Decimal(20), most=Decimal(20))}, "kept"),
    ],
)
def test_each_rule_at_its_boundary(code, plot, expected):
    assert outcomes(**plot)[code] == expected


@pytest.mark.parametrize(
    ("use", "bond_wan", "expected"),
    [
        ("工业用地", 19, "warned"),
        ("工业用地", 20, "kept"),
        ("住宅用地", 19, "broken"),
        ("住宅用地", 20, "kept"),
    ],
)
def test_a_small_bond_bars_real_estate_alone(use, bond_wan, expected):
    price = Money(amount_cny=Decimal("1009999"))

    assert outcomes(use=use, price=price, bond_cny=bond_wan * WAN)["BOND_TOO_SMALL"] == expected


@pytest.mark.parametrize(
    ("place", "bond_wan", "expected"),
    [
        ("绍兴 滨海新区", 20, "kept"),
        ("绍兴 滨海新区", 19, "warned"),
        ("嘉兴 经开", 10, "kept"),
        ("嘉兴 经开", 9, "warned"),
        ("嘉兴 海盐", 10, "kept"),
        ("宁海 岔路镇", 101, "kept"),
        ("宁海 岔路镇", 100, "warned"),
        ("苏州", 1, "does_not_apply"),
    ],
)
def test_a_bond_below_what_its_place_asks_is_warned_of(place, bond_wan, expected):
    price = Money(amount_cny=Decimal("1019999"))
    found = outcomes(place=place, price=price, bond_cny=bond_wan * WAN)
    assert found["BOND_UNUSUAL_FOR_PLACE"] == expected


@pytest.mark.parametrize(("bond_wan", "expected"), [(101, "kept"), (102, "warned")])
def test_a_bond_above_the_price_is_looked_at(bond_wan, expected):
    price = Money(amount_cny=101 * WAN)

    assert outcomes(price=price, bond_cny=bond_wan * WAN)["BOND_ABOVE_PRICE"] == expected


@pytest.mark.parametrize(
    ("place", "yuan_per_m2", "expected"),
    [
        ("上虞 杭州湾", "203.99", "warned"),
        ("绍兴市上虞区", "204", "kept"),
        ("绍兴 滨海新区", "1", "does_not_apply"),  # the city; the table has 绍兴县 and 越城区
        ("绍兴县 柯桥", "251", "warned"),
        ("杭州市下城区", "479", "warned"),
        ("景宁", "101", "warned"),
        ("苏州", "1", "does_not_apply"),
    ],
)
def test_a_price_below_the_floor_of_its_place_warns(place, yuan_per_m2, expected):
    price = Money(amount_cny=Decimal(yuan_per_m2), per=Per.M2)

    assert outcomes(place=place, use="工业用地", price=price)["START_PRICE_BELOW_FLOOR"] == expected


def test_the_floor_of_shangyu_is_204_yuan():
    assert FLOOR_PRICES.on(TODAY).of("上虞").yuan_per_m2 == 204


def test_what_is_broken_bars_a_publication_and_only_warns_of_a_draft():
    plot = Printed(sale_from=AT_TEN, sale_to=AT_NINE)

    assert checked(plot, Moment.PUBLICATION, TODAY)["bars"]
    assert checked(plot, Moment.APPROVAL, TODAY)["bars"]
    assert not checked(plot, Moment.DRAFT, TODAY)["bars"]


@pytest.mark.parametrize(
    ("bond_wan", "made"),
    [
        (Decimal("20.06"), "20%"),
        (Decimal(20), "20%, rounded half up to whole 万元"),
        (Decimal(21), "20%, rounded up to whole 万元"),
        (Decimal(100), "100%, rounded half up to whole 万元"),
        (Decimal(55), None),
    ],
)
def test_how_a_bond_was_made_is_told(bond_wan, made):
    plot = Printed(price=Money(amount_cny=Decimal("1003000")), bond_cny=bond_wan * WAN)

    assert how_the_bond_was_made(plot, TODAY) == made


def test_the_rules_are_those_of_the_first_day_of_the_notice():
    plot = Printed(published_on=AT_NINE)

    assert rules_day(plot, None, TODAY) == AT_NINE.date()
    assert rules_day(plot, date(2020, 1, 1), TODAY) == date(2020, 1, 1)
    assert rules_day(Printed(), None, TODAY) == TODAY


@pytest.mark.parametrize(
    ("code", "plot", "sentence"),
    [
        (
            "SALE_ENDS_FIRST",
            {"sale_from": AT_TEN, "sale_to": AT_NINE},
            "It is 2025-04-08 09:00; right is 2025-04-08 10:00 (sale_from) or later.",
        ),
        (
            "BOND_DEADLINE_TOO_LATE",
            {"bond_to": AT_TEN, "sale_from": AT_TEN.date()},
            "It is 2025-04-08 10:00; right is a day before 2025-04-08, the last of the sale.",
        ),
        (
            "LISTING_TOO_SHORT",
            {"method": SupplyWay.LISTING, "sale_from": AT_TEN, "sale_to": date(2025, 4, 1)},
            "It has 0 of 10 days, the first day not counted; safe is 2025-04-18 or later (the first day not "
            "counted).",
        ),
    ],
)
def test_a_finding_names_what_is_printed_and_what_would_be_right(code, plot, sentence):
    found = {each.code: each.sentence for each in findings(Printed(**plot), TODAY)}

    assert found[code] == sentence


@given(
    mu=st.decimals("0.1", "5000", places=3),
    wan=st.decimals("0.01", "500", places=2),
)
def test_a_price_for_each_mu_comes_back_from_the_whole_price(mu, wan):
    area = Area(mu=mu)
    whole = derived(Printed(price=Money(amount_cny=wan * WAN, per=Per.MU), area=area))
    again = derived(Printed(price=Money(amount_cny=whole.start_price_wan_total * WAN), area=area))

    assert abs(again.price_per_mu_wan - wan) <= Decimal("0.0001")


def test_every_unit_of_a_price_is_told_by_each_of_its_spellings():
    law = NOTICE_LAW.on(TODAY)

    assert law.money_unit("元/m²") == law.money_unit("元/㎡")
    assert law.money_unit("元/斤") is None
