"""The investor's project of a plot, and the page on which its prospect sees the plot and one beside it."""

from __future__ import annotations

from services.projects.listings.listing import listing_id_of
from tests.chaos.pages import surveyed_anew

from . import land
from .life import PLAN_CONDITIONS, Life


def pipeline(life: Life) -> None:
    about = {"project_id": life.lead_id}
    team = {"team": f"team {life.desk.part}", "handed_on": life.in_days(0)}
    life.write("projects", "enter_project", **about, investment_wan_cny="12000")
    life.write("projects", "hand_over_project", **about, **team)
    came = {"visit_kind": "by_investor", "visited_on": "2023-08-02", "came_of_it": "They come."}
    life.write("projects", "record_visit", **about, visit_id=f"v-{life.plot.run}", **came)
    step = {"next_step": "call them", "next_step_on": life.in_days(9)}
    life.write("projects", "set_next_step", **about, **step)


def page(life: Life) -> None:
    """A prospect's page shows this plot and one beside it. The release of that one is taken back and
    granted again, and another project keeps it for a while."""
    beside = life.beside("p")
    life.vacate(beside)
    about = {"listing_id": listing_id_of(beside.parcel_id, beside.case_id)}
    listing_id, rival = about["listing_id"], f"rival-{life.plot.run}"
    life.until(lambda: life.ask("projects", "get_listing", **about))
    token = open_page(life, listing_id)
    look_until(life, token, listing_id, shown=True)
    for day, on_registry in ((1, True), (2, False)):
        land.record_soil(life, beside, day, on_registry)
        look_until(life, token, listing_id, shown=not on_registry)
    for report, stands in surveyed_anew(beside, plan_conditions=PLAN_CONDITIONS):
        life.report(*report)
        look_until(life, token, listing_id, shown=stands)
    entry = {"name": "a rival", "opened_on": "2023-08-01", "investment_wan_cny": "9000"}
    life.write("projects", "enter_project", project_id=rival, **entry)
    life.write("projects", "hold_plot", **about, project_id=rival, team="the rival's")
    look_until(life, token, listing_id, shown=False)
    life.write("projects", "release_hold", **about)
    look_until(life, token, listing_id, shown=True)
    life.write("projects", "hold_plot", **about, project_id=rival, team="the rival's")
    look_until(life, token, listing_id, shown=False)


def open_page(life: Life, listing_id: str) -> str:
    """The token of a page. It is told once: without that answer another page is opened."""
    about = {"lead_id": life.lead_id, "listing_ids": [life.listing_id, listing_id]}
    while True:
        request_id = life.next_id()
        opened = life.ask("projects", "open_prospect_page", request_id=request_id, **about)
        life.desk.sent.append(("projects.open_prospect_page", request_id))
        if token := opened["token"]:
            life.desk.pages.opened(token, about["listing_ids"])
            return str(token)


def look_until(life: Life, token: str, listing_id: str, *, shown: bool) -> None:
    def is_so() -> bool:
        page = life.desk.pages.look(life.desk.caller.call, token)
        on_it = {each["listing_id"] for each in page["plots"]}
        return not page["unreachable"] and (listing_id in on_it) is shown

    life.until(is_so)


def next_steps(life: Life) -> None:
    """Nothing was planned for a project for years, and then something is."""
    about = {"project_id": f"left-{life.plot.run}"}
    life.write("projects", "enter_project", **about, name="separators", opened_on="2023-01-01")
    team = {"team": f"team {life.desk.part}", "handed_on": "2023-01-02"}
    life.write("projects", "hand_over_project", **about, **team)
    life.until(lambda: life.is_told("next_step_missing", about["project_id"]))
    step = {"next_step": "call them", "next_step_on": life.in_days(9)}
    life.write("projects", "set_next_step", **about, **step)


def given_up(life: Life) -> None:
    """Two teams have one investor in hand, and one of them loses it."""
    ids = [f"{name}-{life.plot.run}" for name in ("mine", "yours")]
    investor = {"name": "separators", "investor_name": f"{life.plot.run}电池有限公司"}
    for project_id in ids:
        about = {"project_id": project_id}
        life.write("projects", "enter_project", **about, **investor, opened_on="2023-01-01")
        team = {"team": f"the team of {project_id}", "handed_on": "2023-01-02"}
        life.write("projects", "hand_over_project", **about, **team)
    lost = {"stage": "terminated", "entered_on": "2023-06-01", "evidence": []}
    why = {"lost_reason": "other_place", "lost_to": "another city"}
    life.write("projects", "enter_stage", project_id=ids[0], **lost, **why)
