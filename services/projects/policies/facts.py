"""The facts of policies. Money in yuan, days in the park."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from backbone.errors import Reason
from backbone.records import record

from .endings import EndStage, EndTold, WhatEnds
from .marks import ProjectMark, ProjectMarks
from .policy import Policy, PolicyClaim, PolicyGrant


@record
class PolicyRecorded:
    """`projects.policy_recorded`: what a policy says, with everything that is known of it; a later one takes
    its place. `record_no` counts records, revisions and ends; `ends_on` is its last day."""

    policy_id: str
    record_no: int
    title: str
    gives_kind: str
    valid_from: date
    ends_on: date | None


@record
class PolicyEnding:
    """`projects.policy_ending`: a policy, or the exception of its review, ends soon. `ending_no` counts what
    was told of this end."""

    policy_ending_id: str
    policy_id: str
    what_ends: WhatEnds
    ending_no: int
    ends_on: date


@record
class PolicyEnded:
    """`projects.policy_ended`: its last day is over."""

    policy_ending_id: str
    policy_id: str
    what_ends: WhatEnds
    ending_no: int
    ends_on: date


@record
class PolicyEndingLifted:
    """`projects.policy_ending_lifted`: what was told as ending or ended is not, by what is known now."""

    policy_ending_id: str
    policy_id: str
    what_ends: WhatEnds
    ending_no: int


@record
class PolicyWarned:
    """`projects.policy_warned`: something speaks against a policy as it stands. It takes the place of what
    was told of it before; `warning_no` counts."""

    policy_id: str
    warning_no: int
    reasons: tuple[Reason, ...]


@record
class PolicyWarningLifted:
    """`projects.policy_warning_lifted`: by what is known now nothing speaks against the policy."""

    policy_id: str
    warning_no: int


@record
class PolicyClaimed:
    """`projects.policy_claimed`: a project claims money under a policy; a later one of the same id corrects
    it. `warnings` are what speaks against it."""

    policy_id: str
    policy_claim_id: str
    claim_no: int
    project_id: str
    claimed_cny: Decimal
    claimed_on: date
    withdrawn: bool
    warnings: tuple[Reason, ...]


@record
class PolicyGranted:
    """`projects.policy_granted`: a claim is granted so much; a later one of the same claim corrects it."""

    policy_id: str
    policy_claim_id: str
    grant_no: int
    project_id: str
    granted_cny: Decimal
    granted_on: date
    withdrawn: bool
    warnings: tuple[Reason, ...]


@record
class ProjectMarked:
    """`projects.project_marked`: a project has a mark that policies may ask for; a later one of the same
    `mark_id` corrects it. `mark_no` counts those of the project."""

    project_id: str
    mark_id: str
    mark_no: int
    mark_kind: str
    word: str
    from_on: date
    to_on: date | None
    withdrawn: bool


EMITTED = (
    PolicyRecorded,
    PolicyEnding,
    PolicyEnded,
    PolicyEndingLifted,
    PolicyWarned,
    PolicyWarningLifted,
    PolicyClaimed,
    PolicyGranted,
    ProjectMarked,
)


def recorded_of(policy: Policy) -> PolicyRecorded:
    terms = policy.terms() or policy.records[-1]
    return PolicyRecorded(
        policy_id=policy.policy_id,
        record_no=len(policy.records) + len(policy.revisions) + len(policy.ends),
        title=terms.title,
        gives_kind=terms.gives_kind,
        valid_from=terms.valid_from,
        ends_on=policy.ends_on(),
    )


def told_of(policy: Policy, told: EndTold) -> PolicyEnding | PolicyEnded | PolicyEndingLifted:
    """The fact of an end, or of that it is none any more."""
    ending_id = f"{policy.policy_id}.{told.what_ends.value}"
    if told.end_stage is None or told.ends_on is None:
        return PolicyEndingLifted(
            policy_ending_id=ending_id,
            policy_id=policy.policy_id,
            what_ends=told.what_ends,
            ending_no=told.ending_no,
        )
    fact = PolicyEnded if told.end_stage is EndStage.ENDED else PolicyEnding
    return fact(
        policy_ending_id=ending_id,
        policy_id=policy.policy_id,
        what_ends=told.what_ends,
        ending_no=told.ending_no,
        ends_on=told.ends_on,
    )


def warned_of(policy: Policy, reasons: tuple[Reason, ...]) -> PolicyWarned | PolicyWarningLifted:
    """The fact of what speaks against a policy, or of that nothing does any more."""
    if reasons:
        return PolicyWarned(
            policy_id=policy.policy_id, warning_no=policy.warning_no, reasons=reasons
        )
    return PolicyWarningLifted(policy_id=policy.policy_id, warning_no=policy.warning_no)


def claimed_of(policy: Policy, claim: PolicyClaim, warnings: tuple[Reason, ...]) -> PolicyClaimed:
    return PolicyClaimed(
        policy_id=policy.policy_id,
        policy_claim_id=claim.policy_claim_id,
        claim_no=len(policy.claims),
        project_id=claim.project_id,
        claimed_cny=claim.claimed_cny,
        claimed_on=claim.claimed_on,
        withdrawn=claim.withdrawn,
        warnings=warnings,
    )


def granted_of(
    policy: Policy, claim: PolicyClaim, grant: PolicyGrant, warnings: tuple[Reason, ...]
) -> PolicyGranted:
    return PolicyGranted(
        policy_id=policy.policy_id,
        policy_claim_id=grant.policy_claim_id,
        grant_no=len(policy.grants),
        project_id=claim.project_id,
        granted_cny=grant.granted_cny,
        granted_on=grant.granted_on,
        withdrawn=grant.withdrawn,
        warnings=warnings,
    )


def marked_of(marks: ProjectMarks, mark: ProjectMark) -> ProjectMarked:
    return ProjectMarked(
        project_id=marks.project_id,
        mark_id=mark.mark_id,
        mark_no=len(marks.marks),
        mark_kind=mark.mark_kind,
        word=mark.word,
        from_on=mark.from_on,
        to_on=mark.to_on,
        withdrawn=mark.withdrawn,
    )
