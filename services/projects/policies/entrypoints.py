"""Policies: what they say, when they end, who meets them, and what is claimed and granted under them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from backbone import Collection, command, every, query, reads
from backbone.errors import NotFound
from backbone.messages.envelope import Event
from park.rules import broken, refuse

from ..clauses.check import Clause
from ..clauses.law import DocumentKind
from ..clauses.questions import checked_clauses
from ..funds.fund import Fund
from ..leads.lead import Lead
from ..pipeline.project import Project
from . import facts, schemas
from .claimants import PolicyClaimants, Zone, claimants, reasons_against
from .endings import news
from .marks import ProjectMark, ProjectMarks
from .overview import overview, warnings_of
from .policy import Policy, PolicyClaim, PolicyEnd, PolicyGrant, PolicyRevision, PolicyTerms, added
from .rules import (
    CLAIM_RULES,
    POLICY_RULES,
    Claiming,
    PolicySaid,
    before_the_claim,
    granted_over_the_most,
    mark_is_listed,
    not_yet,
    over_the_claim,
    over_the_most,
)

LOOK_EVERY_S = 3600
TOLD_AT_ONCE = 200  # the others at the next tick
MOST = 100_000  # projects, leads and policies: far more than a zone has
KEPT = (
    Collection(Policy, key="policy_id", filters=("gives_kind",), orders=("look_on",)),
    Collection(ProjectMarks, key="project_id"),
)
EMITTED = facts.EMITTED


class PolicyKeeping:
    """Keeps what policies say, and tells what speaks against one, and that one ends."""

    store: Any  # within a handler, the unit of work

    get_policy, list_policies, policy_history = reads(Policy)

    @command(schemas.RecordPolicy, answers=schemas.PolicyKept)
    def record_policy(self, request: dict[str, Any]) -> Any:
        """Record what a policy says, or correct what was recorded of it."""
        policy_id = request["policy_id"]
        before = self.store.get(Policy, policy_id) or Policy(policy_id=policy_id)
        terms = PolicyTerms(**request["said"], known_at=self.store.now)
        return self._said(before, replace(before, records=added(before.records, terms)))

    @command(schemas.RevisePolicy, answers=schemas.PolicyKept)
    def revise_policy(self, request: dict[str, Any]) -> Any:
        """Record what a policy says otherwise from a day on, such as a later last day."""
        before = self.store.require(Policy, request["policy_id"], "policy_id")
        revision = PolicyRevision(**request["said"], known_at=self.store.now)
        revisions = added(before.revisions, revision, "revised_on")
        return self._said(before, replace(before, revisions=revisions))

    @command(schemas.EndPolicy, answers=schemas.PolicyKept)
    def end_policy(self, request: dict[str, Any]) -> Any:
        """Record that a policy was ended, with its last day; or that it was not after all."""
        before = self.store.require(Policy, request["policy_id"], "policy_id")
        end = PolicyEnd(**request["said"], known_at=self.store.now)
        self._has_come(end.decided_on, "decided_on")
        return self._said(before, replace(before, ends=added(before.ends, end, "decided_on")))

    @every(LOOK_EVERY_S)
    def look_for_ending_policies(self, _: Event) -> None:
        """Announce each policy, and each exception, that ends soon or has ended, once."""
        for policy in self.store.find(Policy, TOLD_AT_ONCE, "look_on"):
            if policy.look_on > self.store.today:
                return
            self._tell_ends(policy)

    def _said(self, before: Policy, after: Policy) -> Any:
        """Keep what is newly said of a policy, and tell it and what follows from it."""
        terms = after.terms() or after.records[-1]
        refuse(*broken(POLICY_RULES, PolicySaid(terms=terms, today=self.store.today)))
        if after != before:
            self.store.announce(facts.recorded_of(after))
        reasons = warnings_of(after)
        warned = after.with_warnings(tuple(each.code for each in reasons))
        if warned != after:
            self.store.announce(facts.warned_of(warned, reasons))
        kept = self._tell_ends(warned)
        questions = self._asked_of(kept, terms)
        return self.store.dump({"policy": kept, "warnings": reasons, "questions": questions})

    def _tell_ends(self, policy: Policy) -> Policy:
        """Keep the policy, and tell of its ends what is news."""
        told = tuple(news(policy.endings(), policy.told, self.store.today))
        after = policy.with_told(*told)
        self.store.save(after)
        self.store.announce(*(facts.told_of(after, each) for each in told))
        return after

    def _asked_of(self, policy: Policy, terms: PolicyTerms) -> Any:
        found = checked_clauses(
            clauses=[Clause(text=terms.clause)],
            document_kind=DocumentKind.POLICY,
            reviewed_on=terms.review.reviewed_on if terms.review else None,
            on=policy.judged_on(),
        )
        return found["clauses"][0]["questions"]

    def _has_come(self, day: date, field: str) -> None:
        refuse(not_yet(field, self.store.today) if day > self.store.today else None)


class Policies(PolicyKeeping):
    """Keeps who claims what under a policy, and finds the projects that meet one."""

    get_project_marks, list_project_marks, project_marks_history = reads(ProjectMarks)

    @command(schemas.ClaimPolicy, answers=schemas.ClaimKept)
    def claim_policy(self, request: dict[str, Any]) -> Any:
        """Record what a project claims under a policy, or correct it. What speaks against it is a warning."""
        before = self.store.require(Policy, request["policy_id"], "policy_id")
        claim = PolicyClaim(**request["said"], known_at=self.store.now)
        project = self.store.require(Project, claim.project_id, "project_id")
        refuse(*broken(CLAIM_RULES, Claiming(claim=claim, policy=before, today=self.store.today)))
        after = replace(before, claims=added(before.claims, claim, "policy_claim_id"))
        against = reasons_against(
            after, self._zone(project), project, claim.claimed_on, self.store.now
        )
        over = over_the_most(after, claim)
        warnings = (*against, *((over,) if over else ()), *warnings_of(after))
        if after != before:
            self.store.announce(facts.claimed_of(after, claim, warnings))
        self.store.save(after)
        return self.store.dump({"policy": after, "warnings": warnings})

    @command(schemas.GrantPolicyClaim, answers=schemas.ClaimKept)
    def grant_policy_claim(self, request: dict[str, Any]) -> Any:
        """Record what was granted to a claim, or correct it."""
        before = self.store.require(Policy, request["policy_id"], "policy_id")
        grant = PolicyGrant(**request["said"], known_at=self.store.now)
        claim = before.claim(grant.policy_claim_id)
        if claim is None:
            raise NotFound.of("claim", "policy_claim_id")
        self._has_come(grant.granted_on, "granted_on")
        refuse(before_the_claim(claim, grant))
        after = replace(before, grants=added(before.grants, grant, "policy_claim_id"))
        over = (over_the_claim(claim, grant.granted_cny), granted_over_the_most(after, claim))
        warnings = tuple(each for each in over if each)
        if after != before:
            self.store.announce(facts.granted_of(after, claim, grant, warnings))
        self.store.save(after)
        return self.store.dump({"policy": after, "warnings": warnings})

    @command(schemas.MarkProject, answers=ProjectMarks)
    def mark_project(self, request: dict[str, Any]) -> Any:
        """Record a mark of a project that policies may ask for, as its sector or an award; or correct it."""
        mark = ProjectMark(**request["mark"], known_at=self.store.now)
        project = self.store.require(Project, request["project_id"], "project_id")
        self._has_come(mark.from_on, "from_on")
        refuse(mark_is_listed(mark.mark_kind, mark.word, mark.from_on))
        project_id = project.project_id
        before = self.store.get(ProjectMarks, project_id) or ProjectMarks(project_id=project_id)
        after = before.with_mark(mark)
        self.store.save(after)
        if after != before:
            self.store.announce(facts.marked_of(after, mark))
        return self.store.dump(after)

    @query(schemas.PolicyAsked, answers=PolicyClaimants)
    def policy_claimants(self, request: dict[str, Any]) -> Any:
        """Which projects meet a policy on a day, as known at a moment, and why the others do not."""
        policy = self.store.require(Policy, request["policy_id"], "policy_id")
        known_at = min(request["known_at"] or self.store.now, self.store.now)
        if policy.terms(known_at=known_at) is None:
            raise NotFound.of("policy", "known_at")
        on = request["on"] or self.store.today
        return self.store.dump(claimants(policy, self._zone(), on, known_at))

    @query(schemas.PoliciesAsked, answers=schemas.PolicyOverview)
    def policy_overview(self, request: dict[str, Any]) -> Any:
        """The policies in force on a day, as known at a moment, with what was claimed and granted."""
        known_at = min(request["known_at"] or self.store.now, self.store.now)
        on = request["on"] or self.store.today
        return self.store.dump(overview(self.store.find(Policy, MOST), on, known_at))

    def _zone(self, project: Project | None = None) -> Zone:
        """What is known of all projects, or of one."""
        only = project and project.project_id
        leads = [self.store.get(Lead, only)] if only else self.store.find(Lead, MOST)
        marks = (
            [self.store.get(ProjectMarks, only)] if only else self.store.find(ProjectMarks, MOST)
        )
        return Zone(
            projects=(project,) if project else tuple(self.store.find(Project, MOST)),
            leads={each.lead_id: each for each in leads if each},
            funds=tuple(self.store.find(Fund, MOST)),
            marks={each.project_id: each for each in marks if each},
        )
