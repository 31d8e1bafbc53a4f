"""The commands of talents and contests on the page of the investment team do what the page says."""

from __future__ import annotations

from tests.projects.test_the_pages import INVESTMENT_TEAM, commands

from ..pipeline.desk import InvestmentDesk


def test_a_winner_comes_to_an_application_and_a_project_by_the_commands_of_the_page():
    desk = InvestmentDesk()
    desk.on("2023-10-30")
    answers, names = {}, ("talent", "contest", "batch_applicants")
    mine = [each for each in commands(INVESTMENT_TEAM) if any(name in each[0] for name in names)]
    for method, about in mine:
        answers[method] = getattr(desk.service(), method)(**about)
    desk.tick("remind_of_settlements")

    [applicant] = answers["batch_applicants"]["batch_applicants"]
    assert applicant["talent_application_id"] == "talent-7"
    scopes = answers["talent_counts"]["talent_counts"]
    talents = {each["talents_from"]: each["talents"] for each in scopes}
    assert talents == {"records": 1, "statement": 1000}
    [found] = answers["contest_yield"]["contest_yields"]
    [chain] = found["contest_chains"]
    assert (chain["talent_state"], chain["settlement_state"]) == ("formally_checked", "open")
    assert answers["list_contest_entries"]["items"][0]["settle_by_on"] == "2023-11-20"
    assert [name for name in desk.fact_names if name.startswith("settlement")] == ["settlement_due"]
