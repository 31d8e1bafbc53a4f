"""The figures of parcels, reckoned once more from a plain list of what arrived when: late, corrected, twice,
and in any order they come out the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ...support.overview import figures_of
from .. import reports
from ..reports import XIAOYUE, event, turn
from .desk import Register, noon

FIRST = date(2023, 7, 1)
PLOTS = (1, 2)
ACCEPTED, REOPENED, AGAIN = FIRST + timedelta(3), FIRST + timedelta(6), FIRST + timedelta(9)
WAYS = {"land_remediated": "remediated", "firms_phased_out": "firms"}


@dataclass(frozen=True)
class Said:
    """A report about a plot: its number, as which event it was said, its kind, its day, how many mu."""

    plot: int
    number: int
    kind: str
    on: date
    mu: int = 0


@dataclass(frozen=True)
class Arrived:
    said: Said
    day: date


def ids(plot: int) -> dict[str, str]:
    return {"parcel_id": f"{XIAOYUE}-{plot}", "case_id": f"{XIAOYUE}-C{plot}"}


def report_of(said: Said) -> reports.Report:
    own = ids(said.plot)
    if said.kind == "survey":
        given = {"surveyed_on": said.on.isoformat(), "area_mu": str(said.mu)}
        return reports.survey(parcel_id=own["parcel_id"], **given)
    if said.kind == "reopened":
        return turn("reopened", said.on.isoformat(), **own)
    given = {"completed_on": said.on.isoformat(), "remediated_area_mu": str(said.mu)}
    given |= {"vacated_area_m2": "0", "enterprise_ids": [f"{XIAOYUE}-E{said.plot}"]}
    if said.kind == "again":
        given["reopened_on"] = REOPENED.isoformat()
    return reports.completed("phase_out", **own | given)


def begun(register: Register, plot: int) -> None:
    """Everything of the case that comes before its acceptance."""
    way, own = "phase_out", ids(plot)
    register.report(*reports.identified(**own))
    register.report(*reports.planned(way, **own))
    register.report(*reports.approved(way, **own))


days = st.integers(0, 12).map(lambda number: FIRST + timedelta(number))
courses = st.sampled_from(
    [(), ("completed",), ("completed", "reopened"), ("completed", "reopened", "again")]
)
DAY_OF = {"completed": ACCEPTED, "reopened": REOPENED, "again": AGAIN}


@st.composite
def arrivals(draw: Any) -> list[Arrived]:
    """Surveys of several days, corrections of the same day, and a case of each plot, in any order, some
    of them twice."""
    said: list[Said] = []
    for plot in PLOTS:
        for on in draw(st.lists(days, min_size=1, max_size=3)):
            said.append(Said(plot, len(said), "survey", on, draw(st.integers(20, 30))))
        for kind in draw(courses):
            said.append(Said(plot, len(said), kind, DAY_OF[kind], draw(st.integers(1, 9))))
    twice = draw(st.lists(st.sampled_from(said), max_size=2))
    came = draw(st.permutations([*said, *twice]))
    later = sorted(draw(st.lists(st.integers(45, 60), min_size=len(came), max_size=len(came))))
    return [
        Arrived(each, FIRST + timedelta(number)) for each, number in zip(came, later, strict=True)
    ]


def naive(arrived: list[Arrived], on: date, known: date) -> dict[str, Decimal]:
    """By the list alone: what had arrived by the one day and is about days up to the other."""
    there = {each.said for each in arrived if each.day <= known}
    found = dict.fromkeys(("plots_surveyed", "plots_area", *WAYS), Decimal(0))
    for plot in PLOTS:
        of_plot = [each for each in there if each.plot == plot]
        surveys = [each for each in of_plot if each.kind == "survey" and each.on <= on]
        if surveys:
            newest = max(surveys, key=lambda each: (each.on, each.number))
            found["plots_surveyed"] += 1
            found["plots_area"] += newest.mu
        surveyed = any(each.kind == "survey" for each in of_plot)
        kinds = {each.kind: each for each in of_plot if each.on <= on}
        standing = kinds.get("completed") if surveyed else None
        if standing and "reopened" in kinds:
            standing = kinds.get("again")
        if standing:
            found["land_remediated"] += standing.mu
            found["firms_phased_out"] += 1
    return found


@settings(max_examples=12, deadline=None)
@given(arrived=arrivals(), data=st.data())
def test_late_corrected_and_repeated_reports_give_the_figures_of_a_plain_list(arrived, data):
    register = Register().day("2023-08-10")
    for plot in PLOTS:
        begun(register, plot)
    for each in arrived:
        register.moment = noon(each.day.isoformat())
        type_, said = report_of(each.said)
        register.handle(event(type_, said, 100 + each.said.number))
    register.day("2023-09-01")

    for _ in range(4):
        on = data.draw(days)
        known = data.draw(st.integers(44, 61).map(lambda number: FIRST + timedelta(number)))
        asked = {"on": on.isoformat(), "known_at": noon(known.isoformat()).isoformat()}
        figures = figures_of(register, **asked)
        expected = naive(arrived, on, known)
        assert {name: Decimal(figures[name]["value"]) for name in expected} == expected
