"""The commands of the pipeline on the page of the investment team do what the page says."""

from __future__ import annotations

from tests.projects.test_the_pages import INVESTMENT_TEAM, commands

from .desk import InvestmentDesk


def test_a_project_comes_from_its_first_visit_to_fitting_out_by_the_commands_of_the_page():
    desk = InvestmentDesk()
    desk.on("2023-10-01")
    given = [
        each for each in commands(INVESTMENT_TEAM) if each[1].get("request_id", "p").startswith("p")
    ]
    mine = [each for each in given if hasattr(desk.service(), each[0])]
    start = next(n for n, (method, _) in enumerate(mine) if method == "enter_project")
    answers = {method: getattr(desk.service(), method)(**about) for method, about in mine[start:]}

    project = desk.now("battery-1")
    assert (project["stage"], project["unit_id"]) == ("construction_started", "330604001-B2-301")
    assert project["owners"][0]["person"] == "王**"
    stages = {each["stage"]: each["entered"] for each in answers["pipeline_counts"]["stages"]}
    assert (stages["signed"], stages["lead"]) == (1, 0)
    assert answers["start_curve"]["begun"] == 1
