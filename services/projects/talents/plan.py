"""A talent plan [人才计划]: its level, its categories with their support, and its batches.

Nothing is written over: each report of a plan is one more, and the last one stands.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from backbone.records import record
from park.rulebook import Rulebook

from ..rulebook import FOLDER


class PlanLevel(StrEnum):
    """Whose plan it is."""

    NATIONAL = "national"  # 国家级
    PROVINCIAL = "provincial"  # 省级
    CITY = "city"  # 市级
    DISTRICT = "district"  # 区级


class TalentState(StrEnum):
    """How far an application has come, in the order of its course."""

    SUBMITTED = "submitted"
    FORMALLY_CHECKED = "formally_checked"
    REVIEWED = "reviewed"
    INTERVIEWED = "interviewed"
    SITE_CHECKED = "site_checked"
    PUBLICISED = "publicised"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


@record
class StateRule:
    """What a state follows, and what shows it; the file of the states explains each field."""

    follows: tuple[TalentState, ...]
    skips: tuple[TalentState, ...] = ()
    evidence: tuple[str, ...]


@record
class TalentBook:
    publicised_days: int
    publicised_source: str
    states: dict[TalentState, StateRule]


TALENT_BOOK = Rulebook(FOLDER / "talents", TalentBook)


@record
class TalentCategory:
    """For whom a plan is, and its support in yuan: so much, or with `support_is_most` up to so much."""

    talent_category: str
    category_name: str
    support_cny: Decimal | None = None
    support_is_most: bool = False


@record
class TalentBatch:
    """Applications of a batch are taken from the day `opens_on` to the moment `closes_at`, both included."""

    talent_batch: str
    batch_year: int
    opens_on: date | None = None
    closes_at: datetime


@record
class PlanReport:
    """`term_months`: so long somebody is a talent of the plan, from the day of the approval on; without it,
    until that is ended. `publicised_days`: as the plan itself says."""

    name: str
    plan_level: PlanLevel
    talent_categories: tuple[TalentCategory, ...]
    talent_batches: tuple[TalentBatch, ...] = ()
    term_months: int | None = None
    publicised_days: int | None = None
    document: str
    known_at: datetime

    def category(self, name: str) -> TalentCategory | None:
        found = (each for each in self.talent_categories if each.talent_category == name)
        return next(found, None)

    def batch(self, name: str) -> TalentBatch | None:
        return next((each for each in self.talent_batches if each.talent_batch == name), None)


@record
class TalentPlan:
    """`plan_reports` are all that was said of it, in the order in which it became known."""

    talent_plan_id: str
    plan_reports: tuple[PlanReport, ...] = ()

    @property
    def plan_level(self) -> PlanLevel:
        return self.plan_reports[-1].plan_level

    def known(self, known_at: datetime) -> PlanReport | None:
        """What stood of it at the moment."""
        said = (each for each in reversed(self.plan_reports) if each.known_at <= known_at)
        return next(said, None)

    def with_report(self, report: PlanReport) -> TalentPlan:
        last = self.plan_reports[-1] if self.plan_reports else None
        if last and replace(last, known_at=report.known_at) == report:
            return self
        return replace(self, plan_reports=(*self.plan_reports, report))
