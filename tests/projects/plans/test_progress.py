"""What was planned, offered, awarded and contracted by a day, as it was known at a moment."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.projects.listings.notice import SupplyWay
from services.projects.plans.plan import PlanLine, PlanVersion, SupplyPlan
from services.projects.plans.plot import PlotEntry, PlotStep, SuppliedPlot
from services.projects.plans.progress import progress
from services.projects.plans.rulebook import PLAN_BOOK

from ..desk import LISTING, at
from ..examples import PARCEL, TOWNSHIP
from .office import CITY, Office

MU = "17.6715"  # 11,781 m²
NOTHING = ("0", "0", "0")


@pytest.fixture
def office() -> Office:
    return Office(document="the plan")


def sold(office: Office) -> Office:
    """Offered on 1 August, awarded on the 31st, contracted on 8 September."""
    office.publish()
    office.sign()
    office.hear_itself()
    return office


@pytest.mark.parametrize(
    ("on", "total"),
    [
        ("2023-07-31", NOTHING),
        ("2023-08-01", (MU, "0", "0")),
        ("2023-08-30", (MU, "0", "0")),
        ("2023-08-31", (MU, MU, "0")),
        ("2023-09-07", (MU, MU, "0")),
        ("2023-09-08", (MU, MU, MU)),
        ("2024-06-01", (MU, MU, MU)),
    ],
)
def test_land_progresses_on_the_days_of_its_notice_its_award_and_its_contract(office, on, total):
    assert sold(office).total(on) == total


@pytest.mark.parametrize(
    ("known_at", "total"),
    [
        ("2023-08-31T15:59:59+08:00", (MU, "0", "0")),
        ("2023-08-31T16:00:01+08:00", (MU, MU, "0")),
        ("2023-09-08T12:00:01+08:00", (MU, MU, MU)),
        ("2099-01-01T00:00:00+08:00", (MU, MU, MU)),
    ],
)
def test_a_day_is_told_by_what_was_known(office, known_at, total):
    assert sold(office).total("2023-12-31", known_at=known_at) == total


def test_each_use_and_way_has_its_own_sums_and_every_share_is_a_ratio_of_sums(office):
    office.publish()
    office.offer(2, "20000", supply_way="auction")
    office.offer(3, "10000.5", use="residential", bond_cny="4700000")
    found = office.progress()
    industrial, homes = found["uses"]
    ways = {each["supply_way"]: each["amounts"] for each in industrial["ways"]}
    assert (ways["listing"]["planned_mu"], ways["listing"]["offered_mu"]) == ("50", MU)
    assert (ways["auction"]["planned_mu"], ways["auction"]["offered_mu"]) == ("20", "30")
    assert ways["auction"]["left_to_offer_mu"] == "-10"
    assert ways["auction"]["offered_share"] == "1.5000"
    amounts = industrial["amounts"]
    assert (amounts["planned_mu"], amounts["offered_mu"]) == ("70", "47.6715")
    assert (amounts["offered_share"], amounts["left_to_offer_mu"]) == ("0.6810", "22.3285")
    assert (industrial["planned_share"], homes["planned_share"]) == ("0.7000", "0.3000")
    assert homes["amounts"]["offered_mu"] == "15.00075"
    [listing] = homes["ways"]
    assert (listing["supply_way"], listing["amounts"]["planned_mu"]) == ("listing", None)
    assert listing["amounts"]["offered_share"] is None
    total = found["total"]
    assert (total["offered_plots"], total["offered_mu"], total["offered_m2"]) == (
        3,
        "62.67225",
        "41781.5",
    )
    assert total["offered_share"] == "0.6267"


def test_of_the_citys_plan_only_the_share_of_the_district_can_progress():
    office = Office()
    office.plan(**CITY)
    office.publish()
    found = office.progress(plan_id="330600-2023")
    shares = {each["district"]: each["amounts"] for each in found["districts"]}
    assert shares["330604"]["planned_mu"] == "9573"
    assert [shares[each]["offered_mu"] for each in shares] == [MU, "0", "0"]
    assert shares["330604"]["offered_share"] == "0.0018"
    assert [each["planned_share"] for each in found["uses"]] == ["0.2153", "0.3579", "0.4268"]


def test_a_quarter_has_what_happened_in_it(office):
    office.plan(quarters=[{"quarter": n, "area_mu": "25"} for n in (2, 3, 4)], document="again")
    found = {e["quarter"]: e["amounts"] for e in sold(office).progress()["quarters"]}
    assert [found[n]["offered_mu"] for n in (2, 3, 4)] == ["0", MU, "0"]
    assert [found[n]["contracted_mu"] for n in (2, 3, 4)] == ["0", MU, "0"]


def test_land_that_nobody_wanted_is_not_on_offer_until_it_is_offered_again(office):
    office.publish()
    office.on("08-31 17:00").close()
    office.hear_itself()
    assert office.total("2023-08-30") == (MU, "0", "0")
    assert office.total("2023-08-31") == NOTHING
    assert office.progress("2023-08-31")["unsold_mu"] == MU
    office.on("09-01")
    days = {
        "notice_start_on": "2023-09-01",
        "notice_end_on": "2023-09-21",
        "application_start_on": "2023-09-01",
        "application_end_on": "2023-09-28",
        "application_ends_at": None,
        "bond_deadline_on": "2023-09-29",
        "listing_start_on": "2023-09-21",
        "listing_end_on": "2023-10-08",
    }
    office.publish(listing_number="again", **days)
    assert office.total("2023-09-01") == (MU, "0", "0")
    assert office.progress("2023-09-01")["unsold_mu"] == "0"


def test_land_that_was_taken_back_is_not_on_offer(office):
    office.publish()
    office.on("08-10").revoke()
    office.hear_itself()
    assert office.total("2023-08-09") == (MU, "0", "0")
    assert office.total("2023-08-10") == NOTHING
    assert office.progress("2023-08-10")["withdrawn_mu"] == MU


def test_a_void_award_never_held_and_its_land_is_free_again(office):
    sold(office).void("2023-09-20")
    assert office.total("2023-09-19") == (MU, MU, MU)
    assert office.total("2023-09-20") == NOTHING
    office.plan(plots=[named()], document="again")
    assert plot_state(office, "2023-09-20") == "released"


def test_an_agreement_that_a_second_party_asks_for_counts_as_a_listing(office):
    office.publish(supply_way="agreement")
    office.apply("A")
    assert [e["supply_way"] for e in office.progress()["ways"]] == [
        "agreement",
        "auction",
        "listing",
    ]
    office.apply("B", "08-11 10:00")
    office.hear_itself()
    ways = {e["supply_way"]: e["amounts"]["offered_mu"] for e in office.progress()["ways"]}
    assert ways == {"auction": "0", "listing": MU}


# --- plots that the plan names, and those that it does not


def named(**changes: Any) -> dict[str, Any]:
    plot = {"parcel_id": PARCEL, "plan_use": "industrial_warehouse", "area_mu": "18"}
    return plot | changes


def plot_state(office: Office, on: str | None = None) -> str | None:
    [plot] = office.progress(on)["plots"]
    return plot["plot_state"]


def test_a_planned_plot_goes_from_its_release_to_its_contract(office):
    office.plan(plots=[named(parcel_id=f"{TOWNSHIP}-9"), named()], document="again")
    nothing, plot = office.progress()["plots"]
    assert (nothing["plot_state"], nothing["listing_id"]) == (None, None)
    assert (plot["plot_state"], plot["planned_mu"], plot["area_mu"]) == ("released", "18", MU)
    assert plot["listing_id"] == LISTING
    office.plan(plots=[named()], document="a third time")
    sold(office)
    days = ["2023-08-01", "2023-08-31", "2023-09-08"]
    assert [plot_state(office, on) for on in days] == ["offered", "awarded", "contracted"]


@pytest.mark.parametrize(
    ("plan", "outside"),
    [
        ({"plots": [named()]}, False),
        ({"plots": [named(parcel_id=f"{TOWNSHIP}-9")]}, True),
        ({"plots": [named(parcel_id=f"{TOWNSHIP}-9")], "names_all_plots": False}, False),
        ({"uses": [{"plan_use": "public", "area_mu": "100"}]}, True),
    ],
)
def test_a_plot_that_the_plan_does_not_have_is_warned_of_and_counts_apart(plan, outside):
    office = Office(**plan)
    office.publish()
    assert ("NOT_IN_SUPPLY_PLAN" in [code for code, _ in office.doubts()]) is outside
    found = office.progress()
    counted = (found["total"]["offered_mu"], found["outside"]["offered_mu"])
    assert counted == (("0", MU) if outside else (MU, "0"))
    told = [(each["parcel_id"], each["plot_state"]) for each in found["outside_plots"]]
    assert told == ([(PARCEL, "offered")] if outside else [])
    departed = office.facts_named("offer_departed")
    assert [each["reasons"][0]["code"] for each in departed] == ["NOT_IN_SUPPLY_PLAN"] * outside


def test_without_a_plan_of_its_year_no_plot_is_outside_of_it():
    office = Office(year=2022)
    office.publish()
    assert "NOT_IN_SUPPLY_PLAN" not in [code for code, _ in office.doubts()]


def test_the_plan_of_the_district_comes_before_that_of_the_city():
    office = Office(uses=[{"plan_use": "public", "area_mu": "100"}])
    office.plan(**CITY)
    office.publish()
    [told] = office.facts_named("offer_departed")
    assert "version 1, has no land for industrial use" in told["reasons"][0]["sentence"]


# --- stock land


@pytest.mark.parametrize(
    ("on", "goal"),
    [
        ("2025-09-25", None),
        ("2025-09-26", (2027, "0.585")),
    ],
)
def test_the_goal_of_stock_land_is_that_of_its_day(on, goal):
    office = Office()
    office.on("2025-09-30")
    office.plan(year=2025, approved_on="2025-03-01", published_on="2025-03-02", stock_mu="60")
    stock = office.progress(on, plan_id="330604-2025")["stock"]
    assert (stock["goal_year"], stock["goal_share"]) == (goal or (None, None))
    assert (stock["planned_stock_share"], stock["reaches_goal"]) == ("0.6000", None)


@pytest.mark.parametrize(
    ("year", "goal_year"), [(2025, 2027), (2027, 2027), (2028, 2030), (2030, 2030), (2031, 2030)]
)
def test_a_year_aims_at_the_next_goal(year, goal_year):
    goal = PLAN_BOOK.on(date(2025, 9, 26)).stock.of(year)
    assert goal.year == goal_year


def stock_of(stock_m2: str, new_m2: str) -> Any:
    """The stock progress of 2026, of one plot of each kind under contract."""
    from services.projects.plans.plan import LandSource, PlannedPlot

    when = at("2026-06-01")
    plots = []
    for name, area in (("S", stock_m2), ("N", new_m2)):
        how = {"known_at": when, "notice_version": 1}
        opened = PlotEntry(
            plot_step=PlotStep.OFFERED,
            on=date(2026, 5, 1),
            area_m2=Decimal(area),
            target_use="industrial",
            **how,
        )
        signed = PlotEntry(plot_step=PlotStep.CONTRACTED, on=date(2026, 6, 1), **how)
        plot = SuppliedPlot(listing_id=name, parcel_id=name, township=TOWNSHIP)
        plots.append(plot.with_entry(opened).with_entry(signed))
    new = PlannedPlot(
        parcel_id="N",
        plan_use="industrial_warehouse",
        land_source=LandSource.NEW,
        area_mu=Decimal(1),
        area_m2=Decimal(1),
    )
    line = PlanLine(plan_use="industrial_warehouse", area_mu=Decimal(9), area_m2=Decimal(6000))
    version = PlanVersion(
        total_mu=Decimal(9),
        total_m2=Decimal(6000),
        lines=(line,),
        plots=(new,),
        names_all_plots=False,
        approved_on=date(2026, 3, 1),
        document="D",
        known_at=at("2026-03-01"),
    )
    plan = SupplyPlan(plan_id="330604-2026", region="330604", year=2026)
    return progress(plan, version, plots, date(2026, 12, 31), at("2026-12-31")).stock


@pytest.mark.parametrize(
    ("stock_m2", "new_m2", "share", "reaches"),
    [
        ("585", "415", "0.5850", True),
        ("584.99", "415.01", "0.5850", False),
        ("1000", "0", "1.0000", True),
    ],
)
def test_the_share_of_stock_land_is_held_against_its_goal_exactly(stock_m2, new_m2, share, reaches):
    stock = stock_of(stock_m2, new_m2)
    assert (str(stock.stock_share), stock.reaches_goal) == (share, reaches)


# --- in whatever order


def sale() -> list[tuple[str, Any]]:
    """The facts of a plot: offered, awarded, void, drafted anew, taken back."""
    office = sold(Office())
    office.void("2023-09-20")
    office.on("09-25").revoke()
    heard = {"listing_drafted", "listing_published", "listing_withdrawn", "listing_awarded"}
    heard |= {"contract_signed", "award_voided"}
    return [(each.routing_key, each.body) for each in office.outbox if each.routing_key in heard]


FACTS = sale()


def told(order: list[int]) -> list[Any]:
    """What a service answers that heard the facts in this order."""
    from backbone.testing.strict_inbox import message

    office = Office(plots=[named()])
    for number in order:
        name, body = FACTS[number]
        office.forget()
        office.inbox.hear(message("projects.events", name, body)).or_raise()
    days = [date(2023, 8, 1) + timedelta(days=n) for n in range(0, 60, 3)]
    office.on("10-01")
    answers = [office.progress(str(day)) for day in days]
    for each in answers:
        each.pop("known_at")
    return answers


ONCE = told(list(range(len(FACTS))))


@settings(max_examples=12, deadline=None)
@given(st.permutations([*range(len(FACTS)), 1, 3]))
def test_the_facts_of_a_plot_may_come_late_twice_and_in_any_order(order):
    assert told(list(order)) == ONCE


STEPS = [
    PlotEntry(plot_step=step, on=on, known_at=at(known), notice_version=version, **more)
    for step, on, known, version, more in [
        (PlotStep.RELEASED, date(2023, 8, 1), "08-01", 0, {"target_use": "industrial"}),
        (PlotStep.OFFERED, date(2023, 8, 1), "08-02", 1, {"area_m2": Decimal(2000)}),
        (PlotStep.UNSOLD, date(2023, 8, 31), "08-31", 1, {}),
        (PlotStep.OFFERED, date(2023, 9, 1), "09-01", 2, {"area_m2": Decimal(2000)}),
        (PlotStep.WAY_CHANGED, date(2023, 9, 5), "09-05", 2, {"supply_way": SupplyWay.AUCTION}),
        (PlotStep.AWARDED, date(2023, 10, 8), "10-08", 2, {}),
    ]
]


@settings(max_examples=60, deadline=None)
@given(st.permutations(STEPS), st.lists(st.sampled_from(STEPS), max_size=4))
def test_a_plot_is_the_same_however_its_steps_come(order, again):
    def made(entries):
        plot = SuppliedPlot(listing_id="L", parcel_id="P", township=TOWNSHIP)
        for entry in entries:
            plot = plot.with_entry(entry)
        return plot

    plot = made(itertools.chain(order, again))
    assert plot == made(STEPS)
    [first, second] = plot.rounds(date(2023, 12, 31), at("12-31"))
    assert (first.ended_by, second.awarded_on) == (PlotStep.UNSOLD, date(2023, 10, 8))
    assert second.supply_way is SupplyWay.AUCTION


@pytest.mark.parametrize(
    ("year", "total"), [(2022, NOTHING), (2023, (MU, MU, "0")), (2024, ("0", "0", MU))]
)
def test_each_step_counts_in_the_year_of_its_own_day(year, total):
    steps = [
        (PlotStep.OFFERED, date(2023, 12, 1)),
        (PlotStep.AWARDED, date(2023, 12, 31)),
        (PlotStep.CONTRACTED, date(2024, 1, 1)),
    ]
    plot = SuppliedPlot(listing_id="L", parcel_id="P", township=TOWNSHIP)
    land = {"area_m2": Decimal(11781), "target_use": "industrial"}
    for step, on in steps:
        entry = PlotEntry(
            plot_step=step, on=on, known_at=at("2024-01-02"), notice_version=1, **land
        )
        plot = plot.with_entry(entry)
    plan = SupplyPlan(plan_id=f"330604-{year}", region="330604", year=year)
    version = PlanVersion(
        total_mu=Decimal(9),
        total_m2=Decimal(6000),
        lines=(
            PlanLine(plan_use="industrial_warehouse", area_mu=Decimal(9), area_m2=Decimal(6000)),
        ),
        approved_on=date(year, 1, 1),
        document="D",
        known_at=at("2024-01-01"),
    )
    found = progress(plan, version, [plot], date(2024, 6, 1), at("2024-06-01")).total
    assert (str(found.offered_mu), str(found.awarded_mu), str(found.contracted_mu)) == total
