"""The firm that the page names as its example: what the first stage of its remediation made of its floor
area and its output. The second stage is a case of the year like any other, so that the campaign of the year,
and all that was accepted up to now, come to the same figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from services.parcels.words import DisposalWay

from ..coming import Coming, reported
from ..firms.homes import firm_id
from ..plan import Plan, printed, shares
from .cases import Case
from .sites import Site, example_rank

HANDED_IN = date(2022, 9, 13)  # the first step, and each further one a day later
BEFORE, AFTER = 2020, 2022  # the year before the finding, and the one after the acceptance
REPORTED = {BEFORE: date(2022, 9, 26), AFTER: date(2023, 3, 20)}
WAY = DisposalWay.UPGRADE_IN_PLACE
STEPS: dict[str, dict[str, Any]] = {
    "identified": {
        "low_efficiency_reasons": ["use_strength"],
        "identified_on": "2021-01-18",
    },
    "planned": {
        "disposal_way": WAY.value,
        "target_use": "industrial",
        "planned_on": "2021-02-08",
        "planned_end_on": "2021-12-31",
    },
    "approved": {
        "disposal_way": WAY.value,
        "approved_on": "2021-03-01",
        "document_number": "虚整治〔2021〕1号",
    },
    "progressed": {"percent": 80, "reported_on": "2021-09-30"},
    "acceptance_requested": {"requested_on": "2021-11-22", "request_no": 1},
    "completed": {
        "disposal_way": WAY.value,
        "completed_on": "2021-12-10",
        "acceptance_number": "虚验2021-1",
        "vacated_area_m2": "0",
    },
}


def example_of(plan: Plan, site: Site) -> Iterator[Coming]:
    """The steps of its first stage, handed in when the register begins, and the years before and after it."""
    if site.rank == example_rank(plan):
        yield from _first_stage(plan, site)
        yield from _years(plan, site)


def first_stage_id(site: Site) -> str:
    return f"{site.parcel_id}.1"


def _first_stage(plan: Plan, site: Site) -> Iterator[Coming]:
    case, case_id = Case(plan, site, WAY, plan.draw("example")), first_stage_id(site)
    of_step: dict[str, dict[str, Any]] = {
        "identified": case.firms,
        "completed": case.firms | {"remediated_area_m2": str(site.area_m2)},
    }
    for number, (step, said) in enumerate(STEPS.items()):
        day = HANDED_IN + timedelta(days=number)
        data = case.said(step, day, {"case_id": case_id, **said, **of_step.get(step, {})})
        yield from reported(plan, f"remediation.{step}", day, data, case_id, in_time=True)


def _years(plan: Plan, site: Site) -> Iterator[Coming]:
    """What it declared of both years. Of the output after it was printed only that it is no less."""
    page, ours = printed()["example"], shares()["example"]
    floor_m2 = site.area_m2 * ours["floor_percent_before"] // 100
    output_cny = site.area_m2 * ours["output_cny_per_m2_before"]
    times = {BEFORE: (1, 1), AFTER: (page["floor_area_times"], page["output_times_at_least"])}
    firm = {"enterprise_id": firm_id(plan, site.firm_no), "source_class": "declared"}
    for year, (floor_times, output_times) in times.items():
        said: dict[str, Any] = {
            **firm,
            "data_year": year,
            "parcels": [{"parcel_id": site.parcel_id}],
            "floor_area_m2": str(floor_m2 * floor_times),
            "gross_output_cny": str(output_cny * output_times),
        }
        bound = {"at_least": ["gross_output_cny"]} if year == AFTER else {}
        own = f"{firm['enterprise_id']}/{year}/example"
        yield from reported(
            plan, "enterprise.figures_reported", REPORTED[year], said | bound, own, in_time=True
        )
