"""What a contract of land says of the stages of the project that the land is for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from ..contracts.contract import Contract
from ..leads.lead import Stage
from .project import Project, StageEntry, StageEvidence


def said_by(contract: Contract, project: Project, now: datetime) -> Iterator[StageEntry]:
    """The records that are new by this contract. What it has said once it does not say again, so that a
    correction of the desk stays; a void contract withdraws what stands by it alone."""
    proof = StageEvidence(kind="land_contract", reference=contract.contract_id)
    if contract.voided_on:
        standing = [each for each in reversed(project.path) if each.evidence == (proof,)]
        yield from (replace(each, withdrawn=True, recorded_at=now) for each in standing)
        return
    said = {(each.stage, each.entered_on) for each in project.entries if proof in each.evidence}
    for stage, day in (
        (Stage.LAND_ACQUIRED, contract.signed_on),
        (Stage.CONSTRUCTION_STARTED, contract.started_on),
        (Stage.CONSTRUCTION_COMPLETED, contract.completed_on),
    ):
        known = project.record_of(stage)
        if day and (stage, day) not in said and (known is None or known.entered_on != day):
            yield StageEntry(stage=stage, entered_on=day, evidence=(proof,), recorded_at=now)
