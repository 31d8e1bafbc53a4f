"""The figures of enterprises on a day, as known at a moment: firms, indicators, innovation."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from backbone.messages.envelope import Event
from backbone.store.unit_of_work import UnitOfWork
from services.enterprises.indicators.definitions import INDICATORS
from services.enterprises.innovation.innovation import INNOVATION
from services.enterprises.overview.entrypoints import FIGURES
from services.enterprises.premises.places import Plot

from ...support.overview import figures_of, hold_that_parts_add_up
from ..conftest import NOON, Enterprises
from ..premises.test_populations import plot
from ..reports import FIRM, OTHER, TOWNSHIP, firm, premises

JULY = {"period_start": "2023-01-01", "period_end": "2023-07-31"}
PAGE = {
    "fixed_asset_investment": "1770000000",
    "new_domestic_firms": "2177",
    "fiscal_revenue": "3300000000",
    "above_scale_output": "31250000000",
    "above_scale_revenue": "21650000000",
    "above_scale_profit": "920000000",
    "trade": "10620000000",
}
SEPTEMBER = datetime(2023, 9, 5, 4, tzinfo=UTC)


def state(enterprises: Enterprises, indicator: str, value: str, **changes: Any) -> None:
    said = {"indicator": indicator, "basis": "zone", "value": value, "document": "page of 2023"}
    enterprises.call("record_indicator", **said | JULY | changes)


def record(enterprises: Enterprises, own: str, **changes: Any) -> None:
    said = {"innovation_id": f"{TOWNSHIP}-{own}", "kind": "converted_result"}
    said |= {"from_on": "2022-05-01", "document": "list of 2022"}
    enterprises.call("record_innovation", **said | changes)


def known(moment: datetime) -> dict[str, str]:
    return {"known_at": moment.isoformat()}


@pytest.fixture
def park(enterprises):
    """Two firms on a plot of industrial land; the second has been there since July."""
    enterprises.hear("parcels", "parcel_registered", plot()).or_raise()
    enterprises.report(firm())
    enterprises.report(
        firm(premises("tenant", **{"from": "2023-07-01"}), enterprise_id=OTHER, uscc=None)
    )
    return enterprises


# --- firms


@pytest.mark.parametrize(
    ("on", "count"),
    [("2014-12-31", "0"), ("2015-01-01", "1"), ("2023-06-30", "1"), ("2023-07-01", "2")],
)
def test_firms_are_counted_by_where_they_are_on_the_day(park, on, count):
    assert figures_of(park, on=on)["firms_on_land"]["value"] == count


def test_a_firm_that_moved_out_by_a_later_report_was_there_as_known_before_it(park):
    report = firm(premises(to="2023-06-30"))
    park.report(report, at=SEPTEMBER)

    july = {"on": "2023-07-31"}
    assert figures_of(park, **july)["firms_on_land"]["value"] == "1"
    assert figures_of(park, **july, **known(NOON))["firms_on_land"]["value"] == "2"
    parts = park.read("explain_overview", figure="firms_on_land", **july, **known(NOON))["parts"]
    assert [each["thing_id"] for each in parts] == [OTHER, FIRM]
    assert all(each["event_id"] for each in parts)


def test_a_plot_whose_use_is_not_known_makes_it_at_least(park):
    assert figures_of(park)["firms_on_land"]["overview_kind"] == "exact"
    elsewhere = firm(
        premises(parcel_id=f"{TOWNSHIP}-0999"), enterprise_id=f"{TOWNSHIP}-E11", uscc=None
    )
    park.report(elsewhere)

    assert figures_of(park)["firms_on_land"]["overview_kind"] == "at_least"
    explained = park.read("explain_overview", figure="firms_on_land")
    assert [each["thing_id"] for each in explained["without_amount"]] == [f"{TOWNSHIP}-E11"]


def survey(enterprises: Enterprises, version: int, **uses: str) -> None:
    """The plot has these uses, each since the day of a survey: `industrial="2015-01-01"`."""
    said = [{"from_on": day, "land_use": land_use} for land_use, day in uses.items()]
    about = plot(version=version, land_use=said[-1]["land_use"], uses=said)
    enterprises.hear("parcels", "parcel_registered", about).or_raise()


def on_land(enterprises: Enterprises, on: str, **clock: str) -> tuple[str, str, bool]:
    figure = figures_of(enterprises, on=on, **clock)["firms_on_land"]
    return figure["value"], figure["overview_kind"], figure["as_known_now"]


def test_a_plot_surveyed_as_a_shop_since_august_still_counts_among_industrial_land_in_july(park):
    park.now = SEPTEMBER
    survey(park, 2, industrial="2015-01-01", commercial="2023-08-01")

    assert on_land(park, "2023-07-31") == ("2", "exact", False)
    assert on_land(park, "2023-08-01") == ("0", "exact", False)
    populations = [
        park.read("firm_populations", on=day)["firms_on_industrial_land"]["count"]
        for day in ("2023-07-31", "2023-08-01")
    ]
    assert populations == [2, 0]


def test_a_survey_that_was_corrected_in_september_said_something_else_in_august(enterprises):
    enterprises.report(firm())
    survey(enterprises, 1, industrial="2023-07-01")
    enterprises.now = SEPTEMBER
    survey(enterprises, 2, commercial="2023-07-01")

    assert on_land(enterprises, "2023-07-31", **known(NOON)) == ("1", "exact", False)
    assert on_land(enterprises, "2023-07-31") == ("0", "exact", False)


def test_before_its_first_survey_and_before_that_was_known_the_use_of_land_is_not_known(
    enterprises,
):
    enterprises.report(firm())
    enterprises.now = SEPTEMBER
    survey(enterprises, 1, industrial="2023-07-01")

    assert on_land(enterprises, "2023-07-01") == ("1", "exact", False)
    assert on_land(enterprises, "2023-06-30") == ("0", "at_least", False)
    assert on_land(enterprises, "2023-07-01", **known(NOON)) == ("0", "at_least", False)


def test_an_older_word_that_comes_late_does_not_take_a_newer_word_back(enterprises):
    enterprises.report(firm())
    survey(enterprises, 2, industrial="2023-07-01", commercial="2023-08-01")
    survey(enterprises, 1, industrial="2023-07-01")

    assert on_land(enterprises, "2023-08-01") == ("0", "exact", False)


def test_a_plot_from_before_the_days_of_its_uses_were_kept_counts_as_known_now_and_says_so(
    enterprises,
):
    """An older version wrote it; parcels says more of it with its next survey."""
    enterprises.report(firm())
    written = plot() | {"area_m2": Decimal("11781")}
    work = UnitOfWork(enterprises.repository)
    work.begin(Event(id="earlier", source="/test", type="x"))
    work.save(Plot(**written))
    work.close_step(None)
    work.commit()
    enterprises.now = SEPTEMBER

    assert on_land(enterprises, "2023-07-31", **known(NOON)) == ("1", "exact", True)
    survey(enterprises, 2, industrial="2015-01-01", commercial="2023-07-01")
    assert on_land(enterprises, "2023-07-31", **known(NOON)) == ("1", "exact", True)
    assert on_land(enterprises, "2023-07-31") == ("0", "exact", False)


# --- indicators


def test_the_seven_indicators_of_the_page_are_cumulative_and_as_they_were_stated(enterprises):
    for indicator, value in PAGE.items():
        state(enterprises, indicator, value)
    found = figures_of(enterprises, on="2023-08-15")

    assert {name: found[name]["value"] for name in PAGE} == PAGE
    about = ("overview_kind", "counted_from", "since_on", "about_on", "source", "parts")
    for name in PAGE:
        assert [found[name][each] for each in about] == [
            "cumulative",
            "statement",
            "2023-01-01",
            "2023-07-31",
            "page of 2023",
            1,
        ]


def test_an_indicator_that_was_corrected_in_september_was_another_in_august(enterprises):
    state(enterprises, "trade", "10620000000")
    enterprises.now = SEPTEMBER
    state(enterprises, "trade", "10600000000", reason="a firm was counted twice")

    july = {"on": "2023-07-31"}
    assert figures_of(enterprises, **july, **known(SEPTEMBER))["trade"]["value"] == "10600000000"
    assert figures_of(enterprises, **july, **known(NOON))["trade"]["value"] == "10620000000"


def test_an_indicator_of_a_period_that_was_not_over_is_missing_and_says_why(enterprises):
    state(enterprises, "trade", "10620000000")
    found = figures_of(enterprises, on="2023-07-30")["trade"]

    assert (found["value"], found["parts"], found["reason"]["code"]) == (None, 0, "NOT_STATED_YET")


# --- innovation


def test_a_stated_figure_keeps_its_kind(enterprises):
    about = {"period_start": None}
    state(enterprises, "high_level_talents", "1000", figure_kind="at_least", **about)
    state(enterprises, "results_converted", "300", figure_kind="more_than", **about)
    found = figures_of(enterprises)

    kinds = [found[name]["overview_kind"] for name in ("high_level_talents", "results_converted")]
    assert kinds == ["at_least", "more_than"]
    explained = enterprises.read("explain_overview", figure="results_converted", on="2023-12-31")
    assert [part["overview_kind"] for part in explained["parts"]] == ["more_than"]


def test_records_and_a_statement_stand_side_by_side_and_are_never_added(enterprises):
    record(enterprises, "R1")
    record(enterprises, "R2", from_on="2023-08-01")
    state(enterprises, "results_converted", "300", figure_kind="more_than", period_start=None)
    found = figures_of(enterprises, on="2023-08-21")

    counted, stated = found["results_converted"], found["results_converted:stated"]
    assert (counted["value"], counted["counted_from"], counted["parts"]) == ("2", "records", 2)
    assert (stated["value"], stated["counted_from"]) == ("300", "statement")
    assert figures_of(enterprises, on="2022-04-30")["results_converted"]["value"] == "0"


def test_what_the_zone_states_of_a_figure_that_is_counted_elsewhere_stands_beside_it_with_its_kind(
    enterprises,
):
    assert not {"plots_area:stated", "projects_contacted:stated"} & figures_of(enterprises).keys()
    for indicator, value in (("plots_area", "58000"), ("projects_contacted", "40")):
        state(enterprises, indicator, value, figure_kind="at_least", period_start=None)

    found = figures_of(enterprises, on="2023-07-31")
    about = ("value", "unit", "overview_kind", "counted_from")
    assert [
        [found[f"{name}:stated"][each] for each in about]
        for name in ("plots_area", "projects_contacted")
    ] == [
        ["58000", "mu", "at_least", "statement"],
        ["40", "projects", "at_least", "statement"],
    ]
    assert "plots_area:stated" not in figures_of(enterprises, on="2023-07-30")


def test_what_the_zone_stated_is_read_decades_later_with_the_day_that_it_is_about(enterprises):
    state(enterprises, "plots_area", "58000", period_start=None)
    state(enterprises, "trade", PAGE["trade"])

    for on in ("2032-12-31", "2033-01-01", "2063-07-31"):
        found = figures_of(enterprises, on=on)
        assert (found["plots_area:stated"]["value"], found["trade"]["value"]) == (
            "58000",
            PAGE["trade"],
        )
        assert {found[name]["about_on"] for name in ("plots_area:stated", "trade")} == {
            "2023-07-31"
        }
        shown = enterprises.read("indicator_on", indicator="trade", basis="zone", on=on)
        assert shown["figure"]["period_end"] == "2023-07-31"


def test_without_records_and_statement_it_is_missing_and_not_nought(enterprises):
    found = figures_of(enterprises)["applied_universities"]

    assert (found["value"], found["reason"]["code"]) == (None, "NOT_STATED_YET")


# --- all of them


@pytest.mark.parametrize("on", ["2023-07-31", "2023-08-21", "2022-12-31"])
@pytest.mark.parametrize("moment", [NOON, SEPTEMBER])
def test_the_parts_of_every_figure_add_up_to_it(park, on, moment):
    for indicator, value in PAGE.items():
        state(park, indicator, value)
    for number in range(3):
        record(park, f"R{number}", from_on=f"2023-0{7 + number % 2}-01")
    state(park, "results_converted", "300", figure_kind="more_than", period_start=None)
    park.report(firm(premises(to="2023-06-30")), at=SEPTEMBER)

    assert hold_that_parts_add_up(park, on=on, **known(moment)) > 0


def test_each_figure_has_the_unit_of_what_it_is_reckoned_from():
    for first, rules in FIGURES.editions.items():
        indicators = INDICATORS.on(first).indicators
        counts = {each.name: each for each in INNOVATION.on(first).counts}
        for rule in rules.values():
            if rule.reckoned_by in ("indicator", "statement"):
                assert rule.unit == indicators[rule.of].unit
            if rule.reckoned_by == "innovation":
                assert rule.unit == indicators[counts[rule.of].stated].unit
