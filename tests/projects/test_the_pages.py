"""The commands on the pages of the land desk and the investment team do what the pages say."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from cli.given import argument_of

from .desk import LISTING, Desk, at

HERE = Path(__file__).parents[2]
# calls of other days than the others
DAYS = {"publish_listing": "08-01 09:00", "record_clause_answer": "2025-07-01"}
INVESTMENT_TEAM = (HERE / "docs" / "investment-team.md").read_text("utf-8")
LAND_DESK = (HERE / "docs" / "land-desk.md").read_text("utf-8")


def commands(*pages: str) -> list[tuple[str, dict[str, object]]]:
    """Every call of projects on these pages: its method and its arguments."""
    blocks = "".join(re.findall(r"```sh\n(.*?)```", "".join(pages), re.S)).replace("\\\n", " ")
    written = re.split(r"\n(?=tenglong )", blocks)  # a quoted argument may go over several lines
    lines = [shlex.split(line.replace("$L", LISTING)) for line in written]
    calls = [line[3:] for line in lines if line[:3] == ["tenglong", "call", "projects"]]
    return [(method, dict(map(argument_of, given))) for method, *given in calls]


INTERRUPTING = ("suspend_notice", "resume_notice", "notice_course", "frozen_deadlines")


def test_the_land_desk_comes_from_the_notice_to_the_contract_by_the_commands_of_the_pages():
    desk = Desk(noticed=False)
    answers = {}
    for method, given in commands(INVESTMENT_TEAM, LAND_DESK):
        if method in INTERRUPTING or "suspensions" in given:
            continue
        desk.moment = at(DAYS.get(method, "09-20"))
        answers[method] = getattr(desk.service(), method)(**given)

    assert desk.contract()["contract_number"] == "2023-21"
    assert [each["bond_paid"] for each in answers["applicants"]["applicants"]] == [True]
    assert answers["list_due_steps"]["items"][0]["due_on"] == "2023-09-14"
    assert [each["listing_id"] for each in answers["rank_plots"]["plots"]] == [LISTING]
    assert [each["lead_id"] for each in answers["best_assignment"]["pairs"]] == ["lead-17"]
    assert answers["near_misses"]["plots"] == []
    [target] = answers["platform_standing"]["standings"]
    assert (target["target_state"], target["reached"]) == ("open", "1")
    assert answers["fund_overview"]["committed_cny"] == "20000000.00"
    [reward] = answers["check_clauses"]["clauses"]
    assert [each["code"] for each in reward["questions"]] == ["REWARD_BY_TAX_PAID"]
    assert answers["record_clause_answer"]["answers"][0]["conclusion"] == "struck_out"
    meets = {each["project_id"]: each["meets"] for each in answers["policy_claimants"]["claimants"]}
    assert meets == {"battery-1": True}
    [policy] = answers["policy_overview"]["policies"]
    assert (policy["ends_on"], policy["granted_cny"]) == ("2024-10-31", "700000.00")
    assert "policy_ending_lifted" in desk.fact_names
    assert [each["what"] for each in answers["due"]["dues"]] == ["result_publicity", "delivery"]
    assert at("09-20") == desk.moment
    assert answers["check_notice"]["bond_made"] == "20%, rounded half up to whole 万元"
    assert answers["earliest_dates"]["steps"][0]["day"].isoformat() == "2025-03-05"


def test_a_notice_stands_still_and_goes_on_by_the_commands_of_the_page():
    desk = Desk().on("09-20")
    answers = {
        method: getattr(desk.service(), method)(**given)
        for method, given in commands(LAND_DESK)
        if method in INTERRUPTING or "suspensions" in given
    }

    assert answers["resume_notice"]["notice"]["listing_end_on"] == "2023-09-25"
    assert answers["notice_course"]["suspended_since"] is not None
    assert len(answers["frozen_deadlines"]) == 3
    days = {each["step"]: each["day"] for each in answers["earliest_dates"]["steps"]}
    assert days["sale_from"].isoformat() == "2025-03-30"


@pytest.mark.parametrize(
    "said", ["the lease was signed", "that have the code on that day", "the survey was reviewed"]
)
def test_what_the_page_says_of_a_contract_is_said_of_no_lease_code_or_survey(said):
    page = (HERE / "docs" / "contracts" / "projects.md").read_text("utf-8")

    assert "The day on which the contract was signed." in page
    assert said not in page


def test_the_table_on_the_page_gives_the_figures_that_the_page_says(tmp_path):
    [table] = re.findall(r"```csv\n(.*?)```", LAND_DESK, re.S)
    file = tmp_path / "plots.csv"
    file.write_text(table, "utf-8")
    done = CliRunner().invoke(app, ["notices", "check", str(file)])

    assert done.exit_code == 0
    assert "592.56 万元 · 480.00 元/㎡ · 32.0000 万元/亩" in done.stdout
    assert "(20%, rounded half up to whole 万元) · 6 of 20 rules judged" in done.stdout
    assert [line.split()[:2] for line in done.stdout.splitlines() if line.startswith("  ")] == [
        ["warned", "LISTING_TOO_SHORT"]
    ]
