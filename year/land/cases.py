"""The remediation case of a plot, step by step, each by the office in charge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from services.parcels.rulebook import ROLES, WAYS, Vacates
from services.parcels.words import DisposalWay

from ..coming import Coming, Meant, between, corrected, reported
from ..firms.homes import firm_id
from ..plan import Plan, shares
from .sites import Fate, Site, first_of_way

REASONS = ("use_strength", "benefit", "safety", "environment", "idle_buildings")
GRANTED_BY = (
    date(2023, 1, 9),
    date(2023, 2, 17),
)  # accepted so early that the land is granted by July
ACCEPTED = (date(2023, 3, 1), date(2023, 7, 31))
OPENED = (date(2023, 3, 1), date(2023, 10, 31))
LAST_OF_PAGE = date(2023, 7, 31)
AREA_LATER = date(2023, 9, 5)  # what was said then of 31 July
Days = dict[str, date]
Said = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """What every report of the case names, and what chance has in store for it."""

    plan: Plan
    site: Site
    way: DisposalWay
    chance: Random

    def report(self, step: str, day: date, data: Said, own: str = "") -> Iterator[Coming]:
        key = self.site.case_id + own
        said = self.said(step, day, data)
        yield from reported(
            self.plan, f"remediation.{step}", day, said, key, in_time=self.is_in_time
        )

    def said(self, step: str, day: date, data: Said) -> Said:
        about = {"case_id": self.site.case_id, "parcel_id": self.site.parcel_id}
        return about | {"operator_role": self._role(step, day)} | data

    def _role(self, step: str, day: date) -> str:
        of_way = WAYS.on(day)[self.way].approved_by
        return (of_way if step == "approved" else getattr(ROLES.on(day), step))[0]

    @property
    def is_in_time(self) -> bool:
        """The desk that offers the land builds on it."""
        return self.site.fate is Fate.GRANTED

    @property
    def firms(self) -> dict[str, list[str]]:
        owner = self.site.owner_no
        return {"enterprise_ids": [firm_id(self.plan, owner)]} if owner is not None else {}


def case_of(plan: Plan, site: Site) -> Iterator[Coming]:
    """Every report of the plot's case, if it has one."""
    if site.way is None:
        return
    case = Case(plan, site, site.way, plan.draw("case", site.number))
    if site.fate is Fate.OPEN:
        yield from _open(case)
        return
    days = _days_before(accepted_on(plan, site), case.chance)
    yield from _begun(case, days)
    yield from _worked(case, days)
    yield from _accepted(case, days)


def accepted_on(plan: Plan, site: Site) -> date:
    """The first plot that is upgraded is accepted on the last day of the page."""
    chance = plan.draw("accepted", site.number)
    if site.fate is Fate.GRANTED:
        return between(*GRANTED_BY, chance)
    return LAST_OF_PAGE if _is_last_of_page(plan, site) else between(*ACCEPTED, chance)


def _is_last_of_page(plan: Plan, site: Site) -> bool:
    return site.rank == first_of_way(plan, DisposalWay.UPGRADE_IN_PLACE)


def _days_before(accepted_on: date, chance: Random) -> Days:
    requested = accepted_on - timedelta(days=chance.randint(4, 12))
    approved = requested - timedelta(days=chance.randint(50, 95))
    planned = approved - timedelta(days=chance.randint(8, 25))
    return {
        "identified": planned - timedelta(days=chance.randint(10, 30)),
        "planned": planned,
        "approved": approved,
        "requested": requested,
        "accepted": accepted_on,
        "planned_end": accepted_on + timedelta(days=chance.randint(-20, 40)),
    }


def _begun(case: Case, days: Days) -> Iterator[Coming]:
    """Identified, planned and approved. Some plans had the wrong last day at first."""
    plan, way, chance = case.plan, case.way.value, case.chance
    why = sorted(chance.sample(REASONS, chance.randint(1, 3)))
    found: Said = {"low_efficiency_reasons": why, "identified_on": days["identified"].isoformat()}
    yield from case.report("identified", days["identified"], found | case.firms)
    last, planned = days["planned_end"], days["planned"]
    told = {"disposal_way": way, "target_use": "industrial", "planned_on": planned.isoformat()}
    said = case.said("planned", planned, told | {"planned_end_on": last.isoformat()})
    wrong = {"planned_end_on": (last + timedelta(days=365)).isoformat()}
    own, in_time = case.site.case_id, case.is_in_time
    yield from corrected(plan, "remediation.planned", planned, said, wrong, own, in_time=in_time)
    on, number = days["approved"], f"虚整治〔{days['approved'].year}〕{case.site.number}号"
    approval = {"disposal_way": way, "approved_on": on.isoformat(), "document_number": number}
    yield from case.report("approved", on, approval)


def _worked(case: Case, days: Days) -> Iterator[Coming]:
    """So far, further, and the township asks for the acceptance; some are sent back once."""
    work = (days["requested"] - days["approved"]).days
    for percent in (30, 70):
        on = days["approved"] + timedelta(days=work * percent // 100)
        said = {"percent": percent + case.chance.randint(-10, 10), "reported_on": on.isoformat()}
        yield from case.report("progressed", on, said, f".{percent}")
    asked = days["requested"]
    if case.chance.random() < shares()["cases"]["returned"]:
        first, back = asked - timedelta(days=14), asked - timedelta(days=9)
        yield from _asked(case, first, 1)
        said = {"missing": ["the list of what was moved out"], "request_no": 1}
        yield from case.report("returned", back, said | {"returned_on": back.isoformat()})
        yield from _asked(case, asked, 2)
    else:
        yield from _asked(case, asked, 1)


def _asked(case: Case, on: date, number: int) -> Iterator[Coming]:
    said = {"requested_on": on.isoformat(), "request_no": number}
    yield from case.report("acceptance_requested", on, said, f".{number}")


def _accepted(case: Case, days: Days) -> Iterator[Coming]:
    """Accepted; of some the area is reported later, some are reopened and accepted again, and some are
    looked at once more."""
    on, chance, share = days["accepted"], case.chance, shares()["cases"]
    area = {"remediated_area_m2": str(case.site.area_m2)}
    said: Said = {"completed_on": on.isoformat(), "acceptance_number": f"虚验{case.site.number}"}
    said |= {"disposal_way": case.way.value, "vacated_area_m2": str(_vacated(case, on))}
    said |= case.firms
    later = _is_last_of_page(case.plan, case.site) or chance.random() < share["area_later"]
    yield from case.report("completed", on, said if later else said | area)
    if later:
        told = on + timedelta(days=chance.randint(3, 30))
        last = AREA_LATER if _is_last_of_page(case.plan, case.site) else told
        yield from _area_told(case, last, said | area)
    elif _reopens(case, on):
        yield from _reopened(case, on, said | area)
    elif chance.random() < share["followed_up"]:
        seen = on + timedelta(days=chance.randint(60, 120))
        well = {"followed_up_on": seen.isoformat(), "all_is_well": True}
        yield from case.report("followed_up", seen, well)


def _vacated(case: Case, on: date) -> int:
    return case.site.area_m2 if WAYS.on(on)[case.way].vacates is Vacates.YES else 0


def _area_told(case: Case, last: date, said: Said) -> Iterator[Coming]:
    """The same acceptance with its area, as it was corrected on that day."""
    data = case.said("completed", last, said)
    key = f"{case.site.case_id}.area"
    yield from reported(case.plan, "remediation.completed", last, data, key, meant=Meant.CORRECTED)


def _reopens(case: Case, on: date) -> bool:
    early = on < date(2023, 6, 1) and case.way is DisposalWay.UPGRADE_IN_PLACE
    return early and case.chance.random() < shares()["cases"]["reopened"]


def _reopened(case: Case, on: date, said: Said) -> Iterator[Coming]:
    back = on + timedelta(days=case.chance.randint(10, 25))
    again = back + timedelta(days=case.chance.randint(10, 30))
    found = {"findings": ["the old line runs again"], "reopened_on": back.isoformat()}
    yield from case.report("reopened", back, found)
    anew = {"completed_on": again.isoformat(), "reopened_on": back.isoformat()}
    anew |= {"acceptance_number": f"{said['acceptance_number']}-2"}
    yield from case.report("completed", again, said | anew, ".2")


def _open(case: Case) -> Iterator[Coming]:
    """A case that is not accepted in the year: it stops at some step, is suspended or given up."""
    chance, share = case.chance, shares()["cases"]
    first = between(*OPENED, chance)
    days = _days_before(first + timedelta(days=200), chance)
    steps = list(_begun(case, days))
    yield from steps[: chance.randint(1, len(steps))]
    stop = days["approved"] + timedelta(days=chance.randint(5, 40))
    fate = chance.random()
    if fate < share["cancelled"]:
        said = {"reason": "the plot is taken for a road", "cancelled_on": stop.isoformat()}
        yield from case.report("cancelled", stop, said)
    elif fate < share["cancelled"] + share["suspended"]:
        said = {"reason": "the owner is insolvent", "suspended_on": stop.isoformat()}
        yield from case.report("suspended", stop, said)
        if chance.random() < share["resumed"]:
            again = stop + timedelta(days=chance.randint(30, 90))
            said = {"reason": "the administrator agrees", "resumed_on": again.isoformat()}
            yield from case.report("resumed", again, said)
