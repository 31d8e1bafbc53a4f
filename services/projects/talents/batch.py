"""Who had applied to a batch at a moment: at its deadline, unless another one is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from backbone.records import record

from .application import TalentApplication
from .plan import TalentBatch, TalentState

GONE = (TalentState.WITHDRAWN, TalentState.REJECTED)


@record
class BatchApplicant:
    """`known_later`: it was there at the moment, but became known only afterwards."""

    talent_application_id: str
    talent_category: str
    township: str | None
    submitted_at: datetime
    talent_state: TalentState
    known_later: bool


@record
class BatchOn:
    """Those who had applied `at` the moment and neither withdrawn nor been rejected then, by all that was
    known at `known_at`; `gone_ids` had."""

    talent_plan_id: str
    talent_batch: str
    closes_at: datetime
    at: datetime
    known_at: datetime
    batch_applicants: tuple[BatchApplicant, ...]
    by_category: dict[str, int]
    gone_ids: tuple[str, ...]


def batch_on(
    plan_id: str,
    batch: TalentBatch,
    applications: Iterable[TalentApplication],
    at: datetime,
    known_at: datetime,
) -> BatchOn:
    wanted = (plan_id, batch.talent_batch)
    found = [each for app in applications if (each := _applicant(app, wanted, at, known_at))]
    found.sort(key=lambda each: (each.submitted_at, each.talent_application_id))
    there = tuple(each for each in found if each.talent_state not in GONE)
    return BatchOn(
        talent_plan_id=plan_id,
        talent_batch=batch.talent_batch,
        closes_at=batch.closes_at,
        at=at,
        known_at=known_at,
        batch_applicants=there,
        by_category=dict(sorted(Counter(each.talent_category for each in there).items())),
        gone_ids=tuple(each.talent_application_id for each in found if each not in there),
    )


def _applicant(
    application: TalentApplication, wanted: tuple[str, str], at: datetime, known_at: datetime
) -> BatchApplicant | None:
    report = application.known(known_at)
    path = application.path(by=at, known_at=known_at)
    if report is None or not path or (report.talent_plan_id, report.talent_batch) != wanted:
        return None
    then = application.path(by=at, known_at=min(at, known_at))
    return BatchApplicant(
        talent_application_id=application.talent_application_id,
        talent_category=report.talent_category,
        township=report.township,
        submitted_at=report.submitted_at,
        talent_state=path[-1].talent_state,
        known_later=not then,
    )
