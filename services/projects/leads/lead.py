"""A lead [线索]: an investment project that may look for land, and what land it wishes for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID, uuid5

from backbone.errors import Reason, Refused
from backbone.records import record

from .facts import LeadRegistered

LEADS = UUID("7b1f9c3e-0f4e-5d0b-8a53-5e2d9c4a7f10")


class LeadSource(StrEnum):
    """Where it came from: fund, adviser and travelling-team promotion [基金, 顾问, 背包招商], talent
    contests, and firms that bring firms [以商招商]."""

    FUND_LED = "fund_led"
    ADVISER_LED = "adviser_led"
    TRAVELLING_TEAM = "travelling_team"
    TALENT_CONTEST = "talent_contest"
    FIRM_REFERRAL = "firm_referral"


class Stage(StrEnum):
    """The pipeline, from lead [线索] to full capacity [达产]."""

    LEAD = "lead"
    NEGOTIATING = "negotiating"
    UNDER_REVIEW = "under_review"
    SIGNED = "signed"
    LANDED = "landed"
    LAND_ACQUIRED = "land_acquired"
    PREMISES_LEASED = "premises_leased"
    CONSTRUCTION_STARTED = "construction_started"
    CONSTRUCTION_COMPLETED = "construction_completed"
    IN_PRODUCTION = "in_production"
    FULL_CAPACITY = "full_capacity"
    TERMINATED = "terminated"


LOOKING = {Stage.LEAD, Stage.NEGOTIATING, Stage.UNDER_REVIEW, Stage.SIGNED, Stage.LANDED}


@record
class Wish:
    """The land that it wishes for; what is not named is open. Industries are GB/T 4754 codes."""

    min_area_m2: Decimal | None = None
    max_area_m2: Decimal | None = None
    townships: tuple[str, ...] = ()
    industry_codes: tuple[str, ...] = ()


@record
class Lead:
    lead_id: str
    name: str
    source: LeadSource
    stage: Stage
    wish: Wish
    registered_at: datetime
    contract_ids: tuple[str, ...] = ()  # of the land that it has

    @property
    def is_looking(self) -> bool:
        """It has no land or premises yet, and has not been given up."""
        return self.stage in LOOKING and not self.contract_ids

    def with_land(self, contract_id: str, *, held: bool) -> Lead:
        """It has the land of this contract, or has it no longer."""
        others = {*self.contract_ids} - {contract_id}
        return replace(self, contract_ids=tuple(sorted({*others, contract_id} if held else others)))


def lead_id_of(request_id: str) -> str:
    """The id of a lead whose caller gave it none: the same request makes the same lead."""
    return str(uuid5(LEADS, request_id))


def register(known: Lead | None, lead: Lead) -> tuple[Lead, LeadRegistered]:
    """Enter a lead. Raises `Refused` when there is one of that id."""
    if known:
        raise Refused([_known(lead)])
    return lead, LeadRegistered(lead_id=lead.lead_id)


def _known(lead: Lead) -> Reason:
    return Reason(
        "LEAD_KNOWN",
        f"There is a lead {lead.lead_id} already; give a new lead an id of its own, or none.",
        field="lead_id",
    )
