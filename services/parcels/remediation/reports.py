"""The reports that move a remediation case, one of each kind; a later one takes an older one's place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self

from backbone.records import record

from ..words import DisposalWay, LandUse, Said


@record
class Report:
    """`operator_role` says who moved the case. `kind` names the report in a case and on the wire;
    `day` is where an event has the day that the report is about."""

    kind: ClassVar[str]
    day: ClassVar[str]

    operator_role: str
    said: Said

    @property
    def place(self) -> tuple[Any, ...]:
        """Of two reports of one kind the one that sorts later stands."""
        return (self.said,)

    def says_the_same_as(self, other: Self) -> bool:
        """Nothing but the event that brought it differs."""
        return replace(self, said=other.said) == other and self.said.on == other.said.on

    def completed_by(self, _: Self) -> Self:
        """This report, and of another that says the same what this one is silent on."""
        return self


@record
class Identified(Report):
    """The decision of the task force [认定]; `said.on` is its day. `enterprise_ids` are the firms
    concerned, if it says so."""

    kind = "identified"
    day = "data.identified_on"

    low_efficiency_reasons: tuple[str, ...]
    enterprise_ids: tuple[str, ...] = ()


@record
class Planned(Report):
    """The plan [一企一方案]; `said.on` is its day, or that of its event if the report does not say
    `planned_on`. Without a `target_use` the land is used as the parcel's plan says."""

    kind = "planned"
    day = "data.planned_on"

    disposal_way: DisposalWay
    planned_end_on: date
    target_use: LandUse | None = None
    planned_on: date | None = None

    @property
    def place(self) -> tuple[Any, ...]:
        """Most plans have no day of their own, so that the one that was reported later stands."""
        return self.said.at, self.said.event_id


@record
class Approved(Report):
    """The approval of the plan [批复]; `said.on` is its day."""

    kind = "approved"
    day = "data.approved_on"

    disposal_way: DisposalWay
    document_number: str


@record
class Progressed(Report):
    """How far it has come, 0 to 100; `said.on` is the day of the figure."""

    kind = "progressed"
    day = "data.reported_on"

    percent: int
    note: str | None = None


@record
class Completed(Report):
    """The acceptance that closes the case [验收, 销号]; `said.on` is its day. An older sender says
    neither how much land was remediated nor which firms were concerned. The acceptance of a case that
    was reopened names the day of that; the first one names none."""

    kind = "completed"
    day = "data.completed_on"

    disposal_way: DisposalWay
    vacated_area_m2: Decimal
    acceptance_number: str
    remediated_area_m2: Decimal | None = None
    enterprise_ids: tuple[str, ...] = ()
    reopened_on: date | None = None

    def says_the_same_as(self, other: Self) -> bool:
        """Nothing but the event differs, and what one of the two is silent on."""
        ours, theirs = self.completed_by(other), other.completed_by(self)
        return Report.says_the_same_as(ours, theirs)

    def completed_by(self, other: Self) -> Self:
        area = self.remediated_area_m2
        return replace(
            self,
            remediated_area_m2=other.remediated_area_m2 if area is None else area,
            enterprise_ids=self.enterprise_ids or other.enterprise_ids,
        )
