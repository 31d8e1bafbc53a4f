"""What ends soon by today's date: a policy, and the term in which the winner of a contest settles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.projects.contests.calls import CONTEST, ENTRY
from tests.projects.policies.calls import POLICY, REVISION

if TYPE_CHECKING:
    from .life import Life


def policy(life: Life) -> None:
    """A policy ends in a month, and is prolonged."""
    about = {"policy_id": f"ending-{life.plot.run}"}
    life.write("projects", "record_policy", **POLICY | about | {"valid_to": life.in_days(30)})
    life.until(lambda: life.is_told("policy_ending", about["policy_id"]))
    longer = {"revised_on": life.in_days(-9), "valid_to": life.in_days(400)}
    life.write("projects", "revise_policy", **REVISION | about | longer)


def settlement(life: Life) -> None:
    """The winner of a contest is to settle in three weeks; the prize was another one, without that."""
    contest = {"contest_id": f"near-{life.plot.run}", "begins_on": life.in_days(-400)}
    months = [CONTEST["prizes"][0] | {"settle_within_months": 1}, CONTEST["prizes"][1]]
    life.write("projects", "record_contest", **CONTEST | contest | {"prizes": months})
    entry = {"contest_id": contest["contest_id"], "contest_entry_id": f"N-{life.plot.run}"}
    entry |= {"person_id": f"N-{life.plot.run}", "won_on": life.in_days(-9)}
    nobody = {"talent_application_id": None, "project_id": None}
    life.write("projects", "record_contest_entry", **ENTRY | entry | nobody)
    life.until(lambda: life.is_told("settlement_due", entry["contest_entry_id"]))
    thanks = {"prize": "thanks"}
    life.write("projects", "record_contest_entry", **ENTRY | entry | nobody | thanks)
