"""A platform and a fund for the project of a plot."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .life import Life


def platform(life: Life) -> None:
    about = {"platform_id": f"youth-{life.plot.run}"}
    plan = {"name": "智创青春谷", "township": life.plot.township, "place": "百官街道"}
    area = {"planned_area_mu": "1600", "planned_area_is_about": True, "document": "plan-2023"}
    target = {
        "target_name": "projects",
        "counts": "projects",
        "predicate": "landed",
        "comparison": "at_least",
        "target_value": 2,
        "due_on": "2023-12-31",
        "project_kinds": ["industrial"],
    }
    life.write("projects", "record_platform", **about, **plan, **area, targets=[target])
    landed = {"progress_id": f"p-{life.plot.run}", "project_id": life.lead_id}
    what = {"project_kind": "industrial", "predicate": "landed", "happened_on": "2023-09-15"}
    proof = {"investment_cny": "1600000000", "evidence_ids": ["doc-1"]}
    life.write("projects", "record_platform_progress", **about, **landed, **what, **proof)
    life.until(lambda: life.is_told("platform_target_missed", about["platform_id"]))
    late = landed | {"progress_id": f"q-{life.plot.run}", "project_id": f"other-{life.plot.run}"}
    life.write("projects", "record_platform_progress", **about, **late, **what, **proof)


def fund(life: Life) -> None:
    about = {"fund_id": f"fund-{life.plot.run}"}
    what = {"name": "青科创人才基金", "fund_kind": "talent", "fund_state": "established"}
    how = {"purposes": ["talent_projects"], "approval_level": "county", "document": "notice"}
    money = {"total_cny": "500000000", "first_tranche_cny": "50000000"}
    days = {"set_up_on": "2023-06-08", "reported_on": "2023-06-08"}
    partners = [{"partner": "A capital", "ratio": "1"}]
    given = {**what, **how, **money, **days, "partners": partners}
    life.write("projects", "record_fund", **about, **given)
    put = {"fund_commitment_id": f"m-{life.plot.run}", "project_id": life.lead_id}
    proof = {"committed_on": "2023-07-01", "evidence_ids": ["doc-2"]}
    for amount_cny in ("600000000", "20000000"):  # more than it has, and corrected
        life.write("projects", "commit_fund", **about, **put, **proof, amount_cny=amount_cny)
