"""The two platforms of the zone, its fund, and what its policies give."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from ..coming import Coming, at, call_at_once
from ..plan import Plan, printed

# platform, project, kind, day, investment; the first one of the valley began in the first quarter of 2024
HAPPENED = (
    ("eco-park", "neighbourhood-centre", "neighbourhood_centre", "2023-10-18", "130000000"),
    ("eco-park", "phase-1", "infrastructure", "2023-11-22", "300000000"),
    ("youth-valley", "valley-1", "industrial", "2024-02-26", "1600000000"),
)
FUND: dict[str, Any] = {
    "fund_id": "qing-ke-chuang",
    "name": "青科创人才基金",
    "fund_kind": "talent",
    "fund_state": "established",
    "purposes": ["talent_projects"],
    "approval_level": "county",
    "document": "notice of 8 June 2023",
    "partners": [
        {"partner": "A capital", "ratio": "0.6"},
        {"partner": "B capital", "ratio": "0.4"},
    ],
}
COMMITTED = (("2023-07-10", "20000000"), ("2023-09-18", "15000000"), ("2023-12-06", "10000000"))
PAID_IN = date(2023, 12, 29)
# The page does not name its areas; each gives another kind of support, and the services count them by that.
AREAS = {
    "industry": "reward",
    "talents": "subsidy",
    "innovation": "matching",
    "finance": "interest",
    "services": "rent",
}


def named(plan: Plan, thing: dict[str, Any], field: str) -> dict[str, Any]:
    """The thing, under an id of this year."""
    return thing | {field: f"year-{plan.seed}.{thing[field]}"}


def platforms(plan: Plan) -> Iterator[Coming]:
    """Their plans in March 2023, and what became of them up to the first quarter of 2024."""
    for number, platform in enumerate(printed()["platforms"]):
        given, planned = named(plan, platform, "platform_id"), date(2023, 3, 6 + number)
        own = str(platform["platform_id"])
        yield call_at_once(plan, at(planned), "projects", "record_platform", own, **given)
    for platform_id, project, kind, on, investment in HAPPENED:
        for minutes, predicate in enumerate(("landed", "begun")):
            moment = at(date.fromisoformat(on), minutes=720 + minutes)
            own = f"{project}/{predicate}"
            progress = {
                "platform_id": f"year-{plan.seed}.{platform_id}",
                "progress_id": f"{project}-{predicate}",
                "project_id": f"year-{plan.seed}.{project}",
                "project_kind": kind,
                "predicate": predicate,
                "happened_on": on,
                "investment_cny": investment,
                "evidence_ids": [f"report-{project}"],
            }
            yield call_at_once(
                plan, moment, "projects", "record_platform_progress", own, **progress
            )


def funds(plan: Plan) -> Iterator[Coming]:
    """The fund of the talents, and what it puts into projects."""
    of_page = printed()["fund"]
    on = date.fromisoformat(of_page["set_up_on"])
    given = named(plan, FUND, "fund_id") | {
        "set_up_on": on.isoformat(),
        "reported_on": on.isoformat(),
    }
    given |= {name: str(of_page[name]) for name in ("total_cny", "first_tranche_cny")}
    yield call_at_once(plan, at(on), "projects", "record_fund", "talents", **given)
    paid = {"paid_in_cny": str(of_page["first_tranche_cny"]), "reported_on": PAID_IN.isoformat()}
    yield call_at_once(plan, at(PAID_IN), "projects", "record_fund", "talents/paid", **given | paid)
    for number, (day, amount) in enumerate(COMMITTED):
        committed = {
            "fund_id": given["fund_id"],
            "fund_commitment_id": f"M-{number + 1}",
            "project_id": f"year-{plan.seed}.project-{number:03}",
            "amount_cny": amount,
            "committed_on": day,
            "evidence_ids": [f"agreement-{number + 1}"],
        }
        moment = at(date.fromisoformat(day))
        yield call_at_once(plan, moment, "projects", "commit_fund", str(number), **committed)


def policies(plan: Plan) -> Iterator[Coming]:
    """Each article as a policy of its area."""
    counts = printed()["policies"]["areas"]
    for (area, gives), articles in zip(AREAS.items(), counts, strict=True):
        for number in range(1, articles + 1):
            own = f"{area}.{number}"
            chance = plan.draw("policy", own)
            given = {
                "policy_id": f"year-{plan.seed}.{own}",
                "title": f"policy for {area}",
                "clause": f"article {number}",
                "gives_kind": gives,
                "amount_cny": str(chance.randint(1, 50) * 100_000),
                "valid_from": "2023-05-01",
                "valid_to": "2025-12-31",
                "document": f"five policies of 2023, {area}",
            }
            yield call_at_once(
                plan, at(date(2023, 4, 24)), "projects", "record_policy", own, **given
            )
