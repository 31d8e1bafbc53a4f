"""What changed criteria, or another law of idle land, would make of the plots: asked, and never done."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from park.verdicts.compared import changes_between, sides_of
from park.verdicts.editions import EditionAsked
from services.parcels.register.parcel import Parcel, ParcelState
from services.parcels.screening.figures import FirmYear
from services.parcels.screening.law import CRITERIA
from services.parcels.screening.plot import Plot
from services.parcels.screening.suspicion import Suspicion
from services.parcels.verdicts.plots import KnownPlot, by_criteria, suspicions_told

from .. import reports
from ..conftest import Parcels
from ..reports import PARCEL, XIAOYUE
from .plots import construction, figures, low

TODAY = date(2023, 9, 1)
BAR = "criteria.output_per_mu_below.floor"
OUTPUT = "output_per_mu_below (绍兴) 2022"
THREE_MU_M2 = Decimal(2000)


@cache
def known(number, output_cny):
    """A plot of 3 mu with one firm, and its suspicion as nobody has looked at it yet."""
    parcel_id = f"{XIAOYUE}-{number}"
    firm = FirmYear(
        data_year=2022, enterprise_id=f"E{number}", version=1, share=Decimal(1),
        industry_code="C34", tax_paid_cny=None,
        gross_output_cny=None if output_cny is None else Decimal(output_cny),
        value_added_cny=None, energy_tce=None, employees=None, floor_area_m2=None,
        at_least=(), statistics_only=(),
    )  # fmt: skip
    plot = Plot.unknown(parcel_id).with_figures(firm)
    parcel = Parcel(
        parcel_id=parcel_id,
        township=XIAOYUE,
        state=ParcelState.REGISTERED,
        area_m2=THREE_MU_M2,
    )
    return KnownPlot.of(plot, parcel, [Suspicion.unknown(parcel_id, 2022)])


OUTPUTS = st.lists(st.none() | st.integers(0, 400_000), max_size=8)
BARS = st.decimals(0, 12, places=2)


def plots_of(outputs):
    return [known(number, output) for number, output in enumerate(outputs)]


def sides(bar):
    return sides_of(CRITERIA, None, EditionAsked(changes={BAR: str(bar)}), TODAY)


@settings(max_examples=30, deadline=None)
@given(OUTPUTS)
def test_a_rulebook_that_is_written_anew_and_unchanged_changes_nothing(outputs):
    written = EditionAsked(edition=CRITERIA.written(date(2021, 1, 1)), changes={})
    before, after = sides_of(CRITERIA, None, written, TODAY)
    plots = plots_of(outputs)

    assert before is not after
    assert [*changes_between(by_criteria(plots, before), by_criteria(plots, after))] == []
    assert [*suspicions_told(plots, before, after)] == []


@settings(max_examples=60, deadline=None)
@given(OUTPUTS, BARS)
def test_another_bar_changes_just_the_plots_between_the_two_bars(outputs, bar):
    plots = plots_of(outputs)
    found = changes_between(*(by_criteria(plots, each) for each in sides(bar)))

    def is_low(output_cny, floor):
        return output_cny < floor * 3 * 10_000

    expected = {
        (f"{XIAOYUE}-{number}", OUTPUT, is_low(output, bar))
        for number, output in enumerate(outputs)
        if output is not None and is_low(output, 5) != is_low(output, bar)
    }
    assert {(e.thing_id, e.verdict, e.after.says == "low") for e in found} == expected
    told = [*suspicions_told(plots, *sides(bar))]
    assert {each.parcel_id for each in told} == {each[0] for each in expected}


def test_the_facts_are_those_that_are_told_when_the_bar_is_really_another(parcels, monkeypatch):
    parcels.report(*reports.survey())
    parcels.hear("enterprises", "yearly_figures_reported", figures()).or_raise()
    found = compared(parcels, "criteria", **{BAR: "6"})
    assert parcels.facts_named("low_efficiency_suspected") == []

    real = CRITERIA.on(TODAY)
    first, *others = real.criteria
    changed = {date(2021, 1, 1): sides(6)[1].on(TODAY)}
    monkeypatch.setattr(CRITERIA, "editions", changed)
    parcels.hear("enterprises", "yearly_figures_reported", figures(version=2)).or_raise()

    (fact,) = parcels.facts_named("low_efficiency_suspected")
    assert [each["data"] for each in found["supposed_facts"]] == [fact]
    assert (first.floor, len(others)) == (5, 9)


def compared(parcels: Parcels, topic, first_day=None, **changes):
    after = {"changes": changes, "first_day": first_day}
    return parcels.read("compare_rules", topic=topic, after=after)


def test_a_changed_bar_is_told_with_figure_bar_and_source_and_nothing_is_written(parcels):
    parcels.report(*reports.survey())
    parcels.hear("enterprises", "yearly_figures_reported", low()).or_raise()
    before = {key: parcels.repository.call("dump", key) for key in keys_of(parcels)}
    found = compared(parcels, "criteria", **{BAR: "4"})

    [change] = found["verdict_changes"]
    assert (change["thing_id"], change["verdict"]) == (PARCEL, OUTPUT)
    sides = change["before"], change["after"]
    assert [(each["says"], each["figure"], each["bar"]) for each in sides] == [
        ("low", "4", "5"),
        ("not_low", "4", "4"),
    ]
    assert change["after"]["source"] == "shaoxing.021cf.cn/index.php/post/3823.html"
    assert [each["type"] for each in found["supposed_facts"]] == ["parcels.suspicion_lifted"]
    assert {key: parcels.repository.call("dump", key) for key in keys_of(parcels)} == before


def keys_of(parcels):
    return sorted(parcels.repository.call("keys", "*"))


def test_the_pages_together_are_all_plots_once(parcels):
    ids = [f"{XIAOYUE}-{number:04}" for number in range(5)]
    for parcel_id in ids:
        parcels.report(*reports.survey(parcel_id=parcel_id))
        of = [{"parcel_id": parcel_id, "share": "1"}]
        fact = low(parcels=of, enterprise_id=f"{parcel_id}-E")
        parcels.hear("enterprises", "yearly_figures_reported", fact).or_raise()
    asked = {"topic": "criteria", "after": {"changes": {BAR: "1"}}, "limit": 2}
    found, judged, cursor = [], [], None
    while True:
        page = parcels.read("compare_rules", **asked, cursor=cursor)
        found += [each["thing_id"] for each in page["verdict_changes"]]
        judged.append(page["things_judged"])
        if (cursor := page["cursor"]) is None:
            break

    assert found == ids
    assert sum(judged) == 5
    assert max(judged) == 2


def test_of_a_parcel_that_is_gone_only_what_led_to_a_case_is_judged():
    there = known(1, 200_000)
    gone = Parcel(parcel_id=there.plot.parcel_id, township=XIAOYUE, state=ParcelState.SPLIT)
    held = Suspicion.unknown(there.plot.parcel_id, 2022)

    assert KnownPlot.of(there.plot, gone, [held]).suspicions == ()
    identified = held.settled(date(2023, 2, 1))
    assert KnownPlot.of(there.plot, gone, [identified]).suspicions == (identified,)


@pytest.mark.parametrize(("years", "says"), [("3", "idle_no"), ("1", None), ("2", "idle_1y")])
def test_land_that_was_not_begun_is_idle_later_by_a_milder_law(parcels, years, says):
    parcels.report(*reports.survey())
    parcels.report(*construction(agreed_start_on="2021-06-01", reported_on="2023-07-31"))
    changes = {"not_begun.years": int(years), "take_back.years": int(years) + 1}
    found = compared(parcels, "idle_land", **changes)

    said = [each["after"]["says"] for each in found["verdict_changes"]]
    assert said == ([says] if says else [])
    facts = {"idle_no": "idle_land_ended", "idle_1y": "idle_land_found"}
    told = [each["type"] for each in found["supposed_facts"]]
    assert told == ([f"parcels.{facts[says]}"] if says else [])
