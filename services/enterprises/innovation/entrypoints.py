"""Innovation platforms, talents and results: recorded one by one, beside the figures that were stated."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from backbone import Collection, command, query, reads
from park.rules import broken, refuse

from ..firms.enterprise import Enterprise
from ..indicators.definitions import INDICATORS
from ..indicators.entrypoints import Indicators
from ..indicators.figures import FigureKind, StandingFigure
from ..indicators.rules import basis_problem
from . import schemas
from .innovation import INNOVATION, Count, InnovationRecord, InnovationReport, counted
from .rules import RECORD_RULES, Situation

KEPT = (
    Collection(
        InnovationRecord,
        key="innovation_id",
        filters=("kind", "township", "enterprise_id"),
        history=False,  # every report is kept in the thing itself
    ),
)
MOST_RECORDS = 20_000  # far more than a zone has
MOST_IDS = 200  # that an answer names


class Innovation(Indicators):
    """Counts what is recorded, and shows it beside what was stated."""

    list_innovation_records = reads(InnovationRecord)[1]

    @command(schemas.RecordInnovation, answers=InnovationRecord)
    def record_innovation(self, request: dict[str, Any]) -> Any:
        """Record a platform, a talent or a converted result, or correct it."""
        innovation_id, kind = request["innovation_id"], request["kind"]
        now = {"known_at": self.store.now, "report_id": self.store.cause.id}
        report = InnovationReport(**request["report"], **now)
        known = self.store.get(InnovationRecord, innovation_id)
        situation = Situation(kind=kind, report=report, known=known, today=self.store.today)
        refuse(*broken(RECORD_RULES, situation))
        self._require_named(report)
        record = known or InnovationRecord(innovation_id=innovation_id, kind=kind)
        after = record.with_report(report)
        self.store.save(after)
        return self.store.dump(after)

    @query(schemas.OverviewAsked, answers=schemas.InnovationOverview)
    def innovation_overview(self, request: dict[str, Any]) -> Any:
        """How many platforms, talents and converted results there are on a day, as known at a moment: by
        the records, and beside that as stated."""
        on, known_at = request["on"] or self.store.today, request["known_at"] or self.store.now
        township, basis = request["township"], request["basis"]
        refuse(basis_problem(basis, INDICATORS.on(on)))
        only = {"township": township} if township else {}
        records = self.store.find(InnovationRecord, MOST_RECORDS, **only)
        found = schemas.InnovationOverview(
            on=on,
            known_at=known_at,
            basis=basis,
            township=township,
            counts=[
                self._innovation_count(each, records, basis, on, known_at)
                for each in INNOVATION.on(on).counts
            ],
        )
        return self.store.dump(found)

    def _innovation_count(
        self,
        count: Count,
        records: Iterable[InnovationRecord],
        basis: str,
        on: date,
        known_at: datetime,
    ) -> schemas.CountOn:
        ids = counted(count, records, on, known_at)
        stated = (
            self.indicator_figure_on(count.stated, basis, on, known_at) if count.stated else None
        )
        return schemas.CountOn(
            name=count.name,
            title=INNOVATION.on(on).kinds[count.kind].title,
            counted=len(ids),
            innovation_ids=list(ids[:MOST_IDS]),
            stated=stated,
            fits=_fits(len(ids), stated),
        )

    def _require_named(self, report: InnovationReport) -> None:
        """Whatever a record names has been recorded."""
        if report.enterprise_id:
            self.store.require(Enterprise, report.enterprise_id, "enterprise_id")
        if report.host_id:
            self.store.require(InnovationRecord, report.host_id, "host_id")
        for member_id in report.member_ids:
            if self.store.get(Enterprise, member_id) is None:
                self.store.require(InnovationRecord, member_id, "member_ids")


def _fits(found: int, stated: StandingFigure | None) -> bool | None:
    if stated is None:
        return None
    if stated.figure_kind is FigureKind.EXACT:
        return found == stated.value
    if stated.figure_kind is FigureKind.AT_LEAST:
        return found >= stated.value
    return found > stated.value
