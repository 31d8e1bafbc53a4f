"""Investment projects: where each began, who was visited for it, how far it came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ..codes import BODIES, firm_name
from ..coming import Coming, at, between, call_at_once
from ..land.sites import ranks_of
from ..plan import Plan, printed

OPENED = (date(2022, 10, 8), date(2022, 12, 20))
OPENED_BY_WINNERS = (
    date(2022, 10, 8),
    date(2022, 11, 18),
)  # signed before the first plot is awarded
VISITED = (date(2023, 1, 4), date(2023, 7, 28))
ON_LAND = (date(2023, 4, 24), date(2023, 5, 8))
SOURCES = ("fund_led", "adviser_led", "travelling_team", "talent_contest", "firm_referral")
CITIES = ("虚城甲", "虚城乙", "虚城丙")
CAME_OF_IT = ("They come to look.", "They ask for a plot.", "Nothing as yet.")
TEAMS = ("team 1", "team 2", "team 3")
STAGES = (
    ("lead", "contact", 0),
    ("negotiating", "visit", 10),
    ("under_review", "joint_review", 40),
    ("signed", "formal_agreement", 75),
)
AWARDED = "land_acquired"


def project_id(plan: Plan, number: int) -> str:
    return f"year-{plan.seed}.project-{number:03}"


def pipeline(plan: Plan) -> Iterator[Coming]:
    """The projects of the year. The first ones win the plots that are granted."""
    wanted = plan.scaled(printed()["visits"]["projects"])
    for number in range(max(wanted, ranks_of(plan).granted)):
        yield from _project(plan, number)
        if number < wanted:
            yield from _visit(plan, number)


def _project(plan: Plan, number: int) -> Iterator[Coming]:
    chance, own = plan.draw("project", number), project_id(plan, number)
    wins = number < ranks_of(plan).granted
    opened = between(*(OPENED_BY_WINNERS if wins else OPENED), chance)
    needs = chance.randint(2, 12) * 2000
    wish = {"min_area_m2": str(needs), "max_area_m2": str(needs * 3)}
    lead = {"lead_id": own, "name": f"project {number}", "source": chance.choice(SOURCES)}
    yield call_at_once(plan, at(opened), "projects", "register_lead", own, **lead, wish=wish)
    about = {
        "project_id": own,
        "name": f"project {number}",
        "investor_name": firm_name(plan, BODIES // 4 + number),
        "investment_wan_cny": str(chance.randint(30, 900) * 100),
        "opened_on": opened.isoformat(),
    }
    yield call_at_once(plan, at(opened, 600), "projects", "enter_project", own, **about)
    handed = opened + timedelta(days=1)
    team = {"project_id": own, "team": chance.choice(TEAMS), "handed_on": handed.isoformat()}
    yield call_at_once(plan, at(handed), "projects", "hand_over_project", own, **team)
    yield from _stages(plan, number, opened)


def _stages(plan: Plan, number: int, opened: date) -> Iterator[Coming]:
    """Those that win land are signed before; of the others each comes as far as it comes."""
    chance, own = plan.draw("stages", number), project_id(plan, number)
    wins = number < ranks_of(plan).granted
    reached = len(STAGES) if wins else chance.randint(1, len(STAGES))
    for stage, proof, days in STAGES[:reached]:
        on = opened + timedelta(days=days)
        yield _entered(plan, own, stage, on, proof)


def _entered(plan: Plan, own: str, stage: str, on: date, proof: str) -> Coming:
    evidence = [{"kind": proof, "reference": f"{stage}-{own}"}]
    said = {"project_id": own, "stage": stage, "entered_on": on.isoformat(), "evidence": evidence}
    return call_at_once(plan, at(on, 630), "projects", "enter_stage", f"{own}/{stage}", **said)


def _visit(plan: Plan, number: int) -> Iterator[Coming]:
    """Of the first projects was spoken on visits to firms and parks elsewhere, as many as were printed; of
    the others at a meeting here."""
    chance, own, of_page = plan.draw("visit", number), project_id(plan, number), printed()["visits"]
    on, away = between(*VISITED, chance), number < plan.scaled(of_page["sites"])
    visit = {
        "project_id": own,
        "visit_id": f"year-{plan.seed}.visit-{number:03}",
        "visit_kind": "to_investor" if away else "meeting",
        "visited_on": on.isoformat(),
        "place": CITIES[number % of_page["cities"]] if away else None,
        "came_of_it": chance.choice(CAME_OF_IT),
    }
    yield call_at_once(plan, at(on, 840), "projects", "record_visit", own, **visit)
