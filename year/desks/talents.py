"""Talents, innovation and the indicators of the statistics desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from ..coming import Coming, at, between, call, call_at_once
from ..firms.homes import firm_id
from ..plan import Plan, printed, shares
from .pipeline import project_id

PLAN = {
    "name": "名士之乡英才计划",
    "plan_level": "city",
    "talent_categories": [
        {"talent_category": "leader_project", "category_name": "领军人才创业项目"},
        {"talent_category": "leader_team", "category_name": "领军创业团队项目"},
    ],
    "talent_batches": [
        {
            "talent_batch": "2023",
            "batch_year": 2023,
            "opens_on": "2023-06-01",
            "closes_at": "2023-07-31T17:00:00+08:00",
        }
    ],
    "document": "notice of 2023",
}
CONFERENCE: dict[str, Any] = {
    "name": "talent conference",
    "contest_kind": "conference",
    "contest_year": 2023,
    "begins_on": "2023-06-08",
    "cities": ["绍兴"],
    "guests_kind": "at_least",
    "document": "page of 2023",
}
CHECKED = ("formally_checked", "formal_check", date(2023, 8, 14))
LAST_OF_PAGE = date(2023, 7, 31)
SINCE = (date(2018, 1, 1), date(2023, 6, 30))
LEVELS = {
    "enterprise_institute": ("provincial",),
    "talent": ("national", "provincial", "municipal"),
}
MONTHS = (1, 2, 3, 4, 5, 6)
INVESTED = "fixed_asset_investment"  # whose figure of July was corrected on 5 September


def talents(plan: Plan) -> Iterator[Coming]:
    """The plan of the city with its batch, who applied, and the conference."""
    plan_id = f"year-{plan.seed}.celebrities"
    given = PLAN | {"talent_plan_id": plan_id}
    yield call_at_once(
        plan, at(date(2023, 5, 15)), "projects", "record_talent_plan", "celebrities", **given
    )
    guests = {
        "contest_id": f"year-{plan.seed}.conference",
        "guests": printed()["talents"]["guests"],
    }
    on = date.fromisoformat(CONFERENCE["begins_on"])
    yield call_at_once(
        plan, at(on, 600), "projects", "record_contest", "conference", **CONFERENCE | guests
    )
    for category in ("leader_project", "leader_team"):
        for number in range(1, printed()["talents"][category] + 1):
            yield from _application(plan, plan_id, category, number)


def _application(plan: Plan, plan_id: str, category: str, number: int) -> Iterator[Coming]:
    chance = plan.draw("applies", category, number)
    own = {"talent_application_id": f"year-{plan.seed}.{category}-{number}"}
    applied = at(between(date(2023, 6, 5), date(2023, 7, 28), chance), chance.randint(540, 960))
    said = own | {
        "talent_plan_id": plan_id,
        "talent_batch": "2023",
        "talent_category": category,
        "person_id": f"T-{plan.seed}-{category}-{number}",
        "township": chance.choice(list(shares()["townships"])),
        "submitted_at": applied.isoformat(),
        "evidence_ids": [f"form-{category}-{number}"],
    }
    if category == "leader_project":
        said["project_id"] = project_id(plan, number - 1)
    else:
        said["enterprise_id"] = firm_id(plan, chance.randrange(plan.firms))
    key = f"{category}/{number}"
    yield call_at_once(plan, applied, "projects", "apply_for_talent_plan", key, **said)
    state, kind, on = CHECKED
    step: dict[str, Any] = own | {
        "talent_state": state,
        "entered_on": on.isoformat(),
        "evidence_kind": kind,
    }
    step |= {"evidence_ids": [f"check-{category}-{number}"]}
    yield call_at_once(plan, at(on), "projects", "enter_talent_state", key, **step)


def innovation(plan: Plan) -> Iterator[Coming]:
    """A record of each platform, talent and result that was printed."""
    for kind, count in printed()["innovation"].items():
        for number in range(1, plan.scaled(count) + 1):
            chance = plan.draw(kind, number)
            township = chance.choice(list(shares()["townships"]))
            given: dict[str, Any] = {
                "innovation_id": f"{township}-Y{plan.seed}.{kind}.{number:04}",
                "kind": kind,
                "from_on": between(*SINCE, chance).isoformat(),
                "document": "list of 2023",
            }
            if kind in LEVELS:
                given["level"] = chance.choice(LEVELS[kind])
            if kind == "enterprise_institute":
                given["enterprise_id"] = firm_id(plan, chance.randrange(plan.firms))
            moment = at(between(date(2023, 7, 3), date(2023, 7, 28), chance), 480 + number % 500)
            how = call if "enterprise_id" in given else call_at_once  # its township reports a firm
            yield how(plan, moment, "enterprises", "record_innovation", f"{kind}/{number}", **given)


def indicators(plan: Plan) -> Iterator[Coming]:
    """The figures of the statistics desk, month by month, each from January on; the investment of January to
    July was entered wrong, and corrected on 5 September."""
    for name, whole in printed()["stated"].items():
        value = plan.scaled(whole)
        chance = plan.draw("indicator", name)
        for month in MONTHS:
            share = month / 7 * chance.uniform(0.93, 1)
            yield _figure(
                plan, name, month, round(value * share), _last(month) + timedelta(days=12)
            )
        entered = date(2023, 8, 10)
        if name == INVESTED:
            yield _figure(plan, name, 7, value * 24 // 25, entered, "first")
            entered = date(2023, 9, 5)
        yield _figure(plan, name, 7, value, entered)
    for name, (value, kind) in printed()["stated_stock"].items():
        said = _said(name, LAST_OF_PAGE, plan.scaled(value)) | {"figure_kind": kind}
        yield call_at_once(
            plan, at(date(2023, 8, 10), 660), "enterprises", "record_indicator", name, **said
        )


def _figure(plan: Plan, name: str, month: int, value: int, entered: date, own: str = "") -> Coming:
    said = _said(name, _last(month), value) | {"period_start": "2023-01-01"}
    if entered == date(2023, 9, 5):
        said |= {"reason": "one site was counted late"}
    moment = at(entered, 600)
    key = f"{name}/{month}{own}"
    return call_at_once(plan, moment, "enterprises", "record_indicator", key, **said)


def _said(name: str, last: date, value: int) -> dict[str, Any]:
    about = {"indicator": name, "basis": "zone", "period_end": last.isoformat()}
    return about | {"value": str(value), "document": f"report {last.month}/2023"}


def _last(month: int) -> date:
    return date(2023, month + 1, 1) - timedelta(days=1)
