"""What the other offices of the park do beside the life of a plot: talents, contests, policies, plans,
clauses; each command once, about things of the life's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from demo.story import Plot
from tests.chaos import lives
from tests.projects.clauses.calls import ANSWER
from tests.projects.contests.calls import CONTEST, ENTRY
from tests.projects.plans.office import DISTRICT
from tests.projects.policies import calls as policies
from tests.projects.talents.calls import APPLICATION, PLAN, STEP

if TYPE_CHECKING:
    from .life import Life

FIRST_YEAR = 2023  # of the supply plans: each desk has a year of its own


@dataclass(frozen=True)
class Command:
    service: str
    method: str
    arguments: dict[str, Any]


def commands(life: Life) -> None:
    """All of them, in an order that is possible."""
    for each in _commands(life.plot, life.lead_id, life.desk.part):
        life.write(each.service, each.method, **each.arguments)


def all_reports(life: Life) -> None:
    """Every type of report that there is, of another plot, where the samples are at home."""
    if life.plot.township in lives.TOWNSHIPS:
        for event in lives.life(f"{life.plot.run}x", life.plot.township, life.desk.chance):
            life.desk.send(event)
            life.desk.sent.append((event["type"], event["id"]))


def _commands(plot: Plot, project_id: str, part: int) -> Iterator[Command]:
    run = plot.run
    for method, arguments in (
        *_talents(run),
        *_contest(run, project_id),
        *_policies(run, project_id),
        ("record_supply_plan", DISTRICT | {"year": FIRST_YEAR + part}),
        ("record_clause_answer", ANSWER | {"clause_id": f"policy-{run}.3"}),
    ):
        yield Command("projects", method, arguments)
    yield from _request(plot)


def _talents(run: str) -> Iterator[tuple[str, dict[str, Any]]]:
    plan, own = {"talent_plan_id": f"plan-{run}"}, {"talent_application_id": f"A-{run}"}
    yield "record_talent_plan", PLAN | plan
    yield "apply_for_talent_plan", APPLICATION | plan | own | {"person_id": f"T-{run}"}
    yield "enter_talent_state", STEP | own
    yield "revoke_talent_state", own | {"talent_state": STEP["talent_state"]}


def _contest(run: str, project_id: str) -> Iterator[tuple[str, dict[str, Any]]]:
    contest = {"contest_id": f"contest-{run}"}
    own = {"contest_entry_id": f"E-{run}", "talent_application_id": f"A-{run}"}
    of_whom = {"person_id": f"T-{run}", "project_id": project_id}
    yield "record_contest", CONTEST | contest
    yield "record_contest_entry", ENTRY | contest | own | of_whom


def _policies(run: str, project_id: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """One that is claimed and ended, and one that was never reviewed until it is."""
    policy, project = {"policy_id": f"policy-{run}"}, {"project_id": project_id}
    claim = policy | {"policy_claim_id": f"claim-{run}"}
    yield "record_policy", policies.POLICY | policy
    yield "mark_project", policies.MARK | project | {"mark_id": f"mark-{run}"}
    yield "claim_policy", policies.CLAIM | claim | project
    yield "grant_policy_claim", policies.GRANT | claim
    yield "end_policy", policies.END | policy
    bare = policies.POLICY | {"policy_id": f"bare-{run}"}
    yield "record_policy", bare | {"review": None}
    yield "record_policy", bare


def _request(plot: Plot) -> Iterator[Command]:
    """A request that is extended, answered, opened again and withdrawn."""
    about = {"service_request_id": f"{plot.township}-S{plot.run}"}
    asked = {"enterprise_id": plot.enterprise_id, "topic": "permits", "summary": "None."}
    said = {"department": "construction", "text": "It is there."}
    for method, more in (
        ("receive_request", asked),
        ("hand_over_request", {"departments": ["construction"]}),
        ("answer_request", said),
        ("reopen_request", {"text": "It is not there."}),
        ("withdraw_request", {"text": "It came by itself."}),
    ):
        yield Command("enterprises", method, about | more)
