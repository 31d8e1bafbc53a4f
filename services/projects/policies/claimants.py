"""Which projects meet the condition of a policy on a day, and why the others do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal

from backbone.errors import Reason
from backbone.records import record

from ..funds.fund import Fund
from ..leads.lead import Lead, Stage
from ..pipeline.project import Project, path_of
from .condition import POLICY_BOOK, ProjectFacts, why_not
from .marks import ProjectMarks
from .policy import Policy


@record
class Zone:
    """Everything that projects knows of projects, leads by their ids and marks by those of their projects.
    Money and place of a project are those that stand now; its stages, marks and funds are of the day."""

    projects: tuple[Project, ...]
    leads: Mapping[str, Lead]
    funds: tuple[Fund, ...]
    marks: Mapping[str, ProjectMarks]

    def facts_of(self, project: Project, on: date, known_at: datetime) -> ProjectFacts:
        stages = [each.stage for each in path_of(project.entries, on=on, known_at=known_at)]
        figures = {
            "investment_wan_cny": project.investment_wan_cny,
            "investment_wan_usd": project.investment_wan_usd,
            "fund_cny": self._from_funds(project.project_id, on, known_at),
        }
        lead, marks = self.leads.get(project.project_id), self.marks.get(project.project_id)
        words: dict[str, tuple[str, ...]] = {"stage": tuple(each.value for each in stages)}
        if project.township:
            words["township"] = (project.township,)
        if lead:
            words["lead_source"] = (lead.source.value,)
        if lead and lead.wish.industry_codes:
            words["industry"] = lead.wish.industry_codes
        for kind in POLICY_BOOK.on(on).marks:
            words[kind] = marks.words(kind, on, known_at) if marks else ()
        return ProjectFacts(
            project_id=project.project_id,
            figures={name: value for name, value in figures.items() if value is not None},
            words=words,
            given_up=Stage.TERMINATED in stages,
        )

    def _from_funds(self, project_id: str, on: date, known_at: datetime) -> Decimal:
        made = (each for fund in self.funds for each in fund.promised(on, known_at))
        return sum((each.amount_cny for each in made if each.project_id == project_id), Decimal(0))


@record
class Claimant:
    """Whether a project meets the condition, and if not, why; what it has claimed and was granted."""

    project_id: str
    meets: bool
    why_not: tuple[Reason, ...]
    claimed_cny: Decimal
    granted_cny: Decimal


@record
class PolicyClaimants:
    """`in_force` says whether the policy holds on the day; without, no project meets it."""

    policy_id: str
    on: date
    known_at: datetime
    in_force: bool
    ends_on: date | None
    claimants: tuple[Claimant, ...]


NOT_IN_FORCE = Reason("POLICY_NOT_IN_FORCE", "The policy does not hold on that day.", "on")


def claimants(policy: Policy, zone: Zone, on: date, known_at: datetime) -> PolicyClaimants:
    """Every project that was there on the day, by its id."""
    there = sorted(_there(zone.projects, on, known_at), key=lambda each: each.project_id)
    return PolicyClaimants(
        policy_id=policy.policy_id,
        on=on,
        known_at=known_at,
        in_force=policy.in_force(on, known_at),
        ends_on=policy.ends_on(known_at),
        claimants=tuple(claimant(policy, zone, each, on, known_at) for each in there),
    )


def claimant(
    policy: Policy, zone: Zone, project: Project, on: date, known_at: datetime
) -> Claimant:
    reasons = reasons_against(policy, zone, project, on, known_at)
    claims = {
        each.policy_claim_id: each.claimed_cny
        for each in policy.claimed(on, known_at)
        if each.project_id == project.project_id
    }
    granted = (
        each.granted_cny for each in policy.granted(on, known_at) if each.policy_claim_id in claims
    )
    return Claimant(
        project_id=project.project_id,
        meets=not reasons,
        why_not=reasons,
        claimed_cny=sum(claims.values(), Decimal(0)),
        granted_cny=sum(granted, Decimal(0)),
    )


def reasons_against(
    policy: Policy, zone: Zone, project: Project, on: date, known_at: datetime
) -> tuple[Reason, ...]:
    """Why a project does not meet a policy on a day; nothing if it does."""
    terms = policy.terms(on, known_at)
    barred = () if policy.in_force(on, known_at) else (NOT_IN_FORCE,)
    if terms is None:
        return barred
    facts = zone.facts_of(project, on, known_at)
    return (*barred, *why_not(terms.condition, facts, POLICY_BOOK.on(on).facts))


def _there(projects: Iterable[Project], on: date, known_at: datetime) -> Iterator[Project]:
    return (each for each in projects if path_of(each.entries, on=on, known_at=known_at))
