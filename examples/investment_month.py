"""A month of the investment team: a project from its lead to rented premises, land for another, counts.

AMQP_URI=amqp://… .venv/bin/python -m examples.investment_month
"""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

from client import Park, Refused
from client.api.projects import PipelineCounts
from examples.story import run

RUN = uuid.uuid4().hex[:8]
BATTERY, SEPARATORS = f"battery-{RUN}", f"separators-{RUN}"
TEAM = "travelling team 2"


def on(day: int) -> date:
    return date(2023, 5, day)


def first_week(park: Park) -> None:
    """A project is found, gets a team, and is visited. Entered twice, it is still one project."""
    desk = park.projects
    for _ in range(2):
        entered = desk.enter_project(project_id=BATTERY, name=f"solid-state batteries {RUN}",
            opened_on=on(2), investment_wan_cny=Decimal(12_000), planned_start_year=2023)  # fmt: skip
        print(f"Entered: {entered['project_id']}, at the stage {entered['stage']}.")
        _note(entered["warnings"])
    desk.hand_over_project(project_id=BATTERY, team=TEAM, handed_on=on(2))
    desk.record_visit(project_id=BATTERY, visit_id="visit-1", visit_kind="by_investor", visited_on=on(4),
        came_of_it="They ask for 3,000 m² of a building.")  # fmt: skip


def second_week(park: Park) -> None:
    """Each stage has its own evidence; without it the stage is not entered, and the reason says what is
    missing."""
    desk = park.projects
    try:
        desk.enter_stage(project_id=BATTERY, stage="signed", entered_on=on(10))
    except Refused as no:
        print("Not signed, for:", *no.reasons, sep="\n  ")
    entered = desk.enter_stage(project_id=BATTERY, stage="signed", entered_on=on(10),
        evidence=[{"kind": "formal_agreement", "reference": "2023-41"}])  # fmt: skip
    print(f"Signed, of {_money(entered['project']['investment_wan_cny'])}.")
    _note(entered["warnings"])


def third_week(park: Park) -> None:
    """The project rents, and begins to fit out; what comes next has a day, or the desk is reminded."""
    desk = park.projects
    unit = f"330604001-B2-{RUN}"
    desk.enter_stage(project_id=BATTERY, stage="premises_leased", entered_on=on(16), unit_id=unit,
        evidence=[{"kind": "lease", "reference": "L-12"}])  # fmt: skip
    desk.enter_stage(project_id=BATTERY, stage="construction_started", entered_on=on(18),
        evidence=[{"kind": "fitting_out_started", "reference": "photo 3"}])  # fmt: skip
    desk.set_next_step(
        project_id=BATTERY, next_step="see the fitting-out", next_step_on=date(2030, 6, 10)
    )


def fourth_week(park: Park) -> None:
    """Another project looks for land: what fits is ranked with its reasons, what misses by one rule is
    named with that rule. The plot that suits it best is kept for it."""
    desk = park.projects
    lead = desk.register_lead(lead_id=SEPARATORS, name=f"separators {RUN}", source="fund_led",
        wish={"min_area_m2": 8000, "max_area_m2": 20_000, "townships": ["330604006"]})  # fmt: skip
    plots = desk.rank_plots(lead_id=lead["lead_id"], most=3)["plots"]
    for plot in plots:
        print(f"Fits: {plot['parcel_id']}, {plot['area_m2']} m², {plot['score']} points.")
    for near in desk.near_misses(lead_id=lead["lead_id"])["plots"]:
        print(f"Would fit but for one rule: {near['parcel_id']}. {near['rule']['sentence']}")
    for plot in plots[:1]:
        if desk.plot_availability(listing_id=plot["listing_id"])["can_be_had"]:
            desk.hold_plot(listing_id=plot["listing_id"], team=TEAM, lead_id=lead["lead_id"])
            print(f"Kept for {lead['lead_id']}: {plot['parcel_id']}.")


def the_end_of_the_month(park: Park) -> PipelineCounts:
    """What the team reports: projects by stage, and the plan of the year. Answers the counts."""
    counts = park.projects.pipeline_counts(on=on(31), from_on=on(1))
    for stage in counts["stages"]:
        if stage["entered"]:
            name = stage["stage"].replace("_", " ")
            print(
                f"{name}: {stage['entered']} came to it in May, {stage['projects']} are at it now, "
                f"of {_money(stage['investment_wan_cny'])}"
            )
    curve = park.projects.start_curve(year=2023, on=on(31))
    print(
        f"Of the projects that are to begin this year {curve['begun']} of {curve['projects']} have."
    )
    return counts


def _note(warnings: list[dict[str, str]]) -> None:
    """What the desk wondered about, and took nevertheless."""
    for each in warnings:
        print(f"  Note: {each['sentence']}")


def _money(wan_cny: Decimal | None) -> str:
    return f"{wan_cny or 0:,} × 10,000 yuan [万元]"


def main(uri: str) -> PipelineCounts:
    with Park(uri) as park:
        for week in (first_week, second_week, third_week, fourth_week):
            week(park)
        return the_end_of_the_month(park)


if __name__ == "__main__":
    run(main)
