"""The figures that the zone printed of itself come out of the year: each is read from the overview after the
year was played, with its kind, and of the whole park from the plain list of what comes. What was printed
stands here as a reader of the page has it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import takewhile
from typing import Any

import pytest

from tests.naive import enterprises, parcels
from tests.naive.lines import arrived_in
from tests.naive.town import Town
from tests.support.doorway import Host
from year.desks.pipeline import pipeline
from year.desks.platforms import funds, platforms, policies
from year.desks.supply import supply_of
from year.desks.talents import indicators, talents
from year.land.cases import case_of
from year.land.plots import surveys
from year.land.sites import Fate, sites
from year.land.soil import soil_of
from year.ordered import in_order
from year.plan import of_size
from year.stream import year

from .conftest import PLAN

DAY = "2023-07-31"  # of the page
SEED = 1
VALLEY, ECO_PARK = f"year-{SEED}.youth-valley", f"year-{SEED}.eco-park"
TALENTS = f"year-{SEED}.celebrities"

# What the desks enter and the land that is granted are played of the whole park.
AS_PRINTED: dict[str, tuple[str, str]] = {
    "land_granted_plots": ("8", "exact"),
    "land_granted_area": ("90", "exact"),
    f"platform_planned:{VALLEY}": ("5700000000", "target"),
    f"platform_target_projects:{VALLEY}.projects": ("2", "target"),
    f"platform_target_investment:{VALLEY}.investment": ("3200000000", "target"),
    f"platform_target_investment:{ECO_PARK}.phase-1": ("430000000", "target"),
    "policy_areas": ("5", "exact"),
    "policy_articles": ("16", "exact"),
    "funds_total": ("500000000", "exact"),
    "funds_first_tranche": ("50000000", "exact"),
    "contest_guests": ("100", "at_least"),
    "cities_visited": ("3", "exact"),
    "visits": ("19", "exact"),
    "projects_contacted:stated": ("40", "at_least"),
    "plots_area:stated": ("58000", "at_least"),
    f"talent_applications:{TALENTS}.leader_project": ("3", "exact"),
    f"talent_applications:{TALENTS}.leader_team": ("2", "exact"),
    "fixed_asset_investment": ("1770000000", "cumulative"),
    "new_domestic_firms": ("2177", "cumulative"),
    "fiscal_revenue": ("3300000000", "cumulative"),
    "above_scale_output": ("31250000000", "cumulative"),
    "above_scale_revenue": ("21650000000", "cumulative"),
    "above_scale_profit": ("920000000", "cumulative"),
    "trade": ("10620000000", "cumulative"),
    "applied_universities": ("3", "exact"),
    "university_institutes": ("12", "exact"),
    "provincial_enterprise_institutes": ("31", "exact"),
    "high_level_talents": ("1000", "at_least"),
    "results_converted": ("300", "more_than"),
}
# What is reported or recorded one by one is played of a small park, and is so in proportion.
ONE_BY_ONE: dict[str, tuple[int, str]] = {
    "plots_surveyed": (2595, "exact"),
    "firms_on_land": (4043, "exact"),
    "firms_phased_out": (31, "exact"),
    "firms_upgraded_in_place": (193, "exact"),
    "firms_merged": (2, "exact"),
    "firms_state_capital": (3, "exact"),
    "high_level_talents": (1000, "exact"),  # recorded one by one
    "results_converted": (301, "exact"),
}
COUNTED = {"projects_contacted": ("40", "exact")}  # recorded one by one, beside what is stated
IN_MU = {"plots_area": ("58240", "exact"), "land_remediated": ("14662", "exact")}
TIMES = {"times_floor_area": ("2", "exact"), "times_output": ("3", "at_least")}


def of_the_desks() -> Iterator[str]:
    """The lines of the whole year on which these figures rest, with the plots that are granted."""
    plan = of_size(SEED)
    came = [
        each
        for desk in (pipeline, platforms, funds, policies, talents, indicators)
        for each in desk(plan)
    ]
    for site in takewhile(lambda site: site.fate is Fate.GRANTED, sites(plan)):
        for about in (surveys, case_of, soil_of, supply_of):
            came += about(plan, site)
    return in_order(came)


@pytest.fixture(scope="module")
def desks() -> Town:
    town = Town()
    town.play(of_the_desks())
    return town


def figures_of(page: dict[str, Any]) -> dict[str, dict[str, Any]]:
    assert (page["unreachable"], page["missing"]) == ([], [])
    return {each["figure"]: each for topic in page["topics"] for each in topic["figures"]}


def said(figures: dict[str, dict[str, Any]], names: Any) -> dict[str, tuple[Any, str]]:
    return {name: (figures[name]["value"], figures[name]["overview_kind"]) for name in names}


def test_what_the_desks_enter_is_on_the_page_as_it_was_printed(desks):
    figures = figures_of(desks.services["parcels"].read("overview", on=DAY))

    assert said(figures, AS_PRINTED | COUNTED) == AS_PRINTED | COUNTED
    for name, (_, kind) in AS_PRINTED.items():
        if kind == "cumulative":
            days = figures[name]["since_on"], figures[name]["about_on"]
            assert days == ("2023-01-01", DAY), name


def test_the_fund_is_there_from_the_day_of_its_conference_on(desks):
    before, since = (
        figures_of(desks.services["parcels"].read("overview", on=day))
        for day in ("2023-06-07", "2023-06-08")
    )
    names = ("funds_total", "funds_first_tranche", "contest_guests")

    assert said(since, names) == {name: AS_PRINTED[name] for name in names}
    assert {before[name]["value"] for name in names} == {None}


def test_the_valley_misses_its_targets_and_the_eco_park_meets_its_own(desks):
    figures = figures_of(desks.services["parcels"].read("overview", on="2023-12-31"))

    assert said(figures, ("targets_met", "targets_missed")) == {
        "targets_met": ("1", "exact"),
        "targets_missed": ("2", "exact"),
    }
    titles = {
        name: figures[name]["title"] for name in AS_PRINTED if name.startswith("platform_target")
    }
    states = [title.partition("(")[2] for title in titles.values()]
    assert states == ["missed, 0 landed)", "missed, 0 landed)", "met, 430,000,000.00 begun)"]
    assert {figures[name]["about_on"] for name in titles} == {"2023-12-31"}


def test_the_first_project_of_the_valley_is_counted_from_the_day_on_which_it_landed(desks):
    name = f"platform_target_projects:{VALLEY}.projects"
    before, since = (
        figures_of(desks.services["parcels"].read("overview", on=day))[name]["title"]
        for day in ("2024-02-25", "2024-02-26")
    )

    assert ("(missed, 0 landed)" in before, "(missed, 1 landed)" in since) == (True, True)


def test_what_townships_report_is_on_the_page_in_proportion_to_the_park(park: Host, once):
    figures = figures_of(park.call("parcels", "overview", on=DAY))
    found = said(figures, (*ONE_BY_ONE, *IN_MU, *TIMES))

    assert once.is_whole
    for name, (printed, kind) in ONE_BY_ONE.items():
        assert found[name] == (str(PLAN.scaled(printed)), kind), name
    for name, (mu, kind) in IN_MU.items():
        share = round(Decimal(mu) * PLAN.plots / of_size(SEED).plots, 2)
        assert (Decimal(found[name][0]), found[name][1]) == (share, kind), name
    assert {name: found[name] for name in TIMES} == TIMES


def test_what_townships_report_of_the_whole_park_adds_up_to_what_was_printed():
    """By the plain list: to play so much takes minutes."""
    arrived, on = arrived_in(year(of_size(SEED))), date.fromisoformat(DAY)
    clocks = on, datetime.now(UTC), on
    figures = parcels.figures(arrived["parcels"], *clocks)
    figures |= enterprises.figures(arrived["enterprises"], *clocks)
    one_by_one = {name: (str(value), kind) for name, (value, kind) in ONE_BY_ONE.items()}
    wanted = one_by_one | IN_MU | TIMES

    assert {
        name: (f"{figures[name].value.normalize():f}", figures[name].kind) for name in wanted
    } == wanted


@pytest.mark.parametrize(
    ("known_at", "value"),
    [
        ("2023-08-31T12:00:00+08:00", "1699200000"),
        ("2023-09-10T12:00:00+08:00", "1770000000"),
    ],
)
def test_what_was_corrected_on_5_september_is_known_from_then_on(desks, known_at, value):
    page = desks.services["parcels"].read("overview", on=DAY, known_at=known_at)

    assert figures_of(page)["fixed_asset_investment"]["value"] == value
