"""Yearly figures: townships report them, and everybody hears what stands."""

from __future__ import annotations

from backbone import Collection, hears, reads
from backbone.messages.envelope import Event
from park.rules import broken, refuse

from ..firms.enterprise import Enterprise
from ..firms.entrypoints import Sites
from . import facts, schemas
from .firm_figures import FirmFigures, YearReport
from .rules import FIGURE_RULES, Situation

KEPT = (Collection(FirmFigures, key="enterprise_id", filters=("township", "data_years")),)
EMITTED = facts.EMITTED


class YearlyReports(Sites):
    """Keeps what is reported of each firm's years, and announces what stands."""

    get_firm_figures, list_firm_figures, firm_figures_history = reads(FirmFigures)

    @hears("township", "enterprise.figures_reported", schemas.FiguresReported)
    def report_figures(self, event: Event) -> str | None:
        """A township reported the figures of a firm's year."""
        enterprise_id = event.data["enterprise_id"]
        at = self._time(event)
        report = YearReport(**event.data["report"], reported_at=at, report_id=event.id)
        situation = Situation(
            enterprise_id=enterprise_id,
            publisher=event.publisher,
            report=report,
            today=self.store.today,
        )
        refuse(*broken(FIGURE_RULES, situation))
        known = self.store.get(FirmFigures, enterprise_id)
        held = known or FirmFigures(enterprise_id=enterprise_id, township=event.publisher)
        self._settle(held, held.with_report(report))
        return None if report in held.with_report(report).reports else "a later report stands"

    def review_figures(self, enterprise_id: str) -> None:
        """Let the figures follow where the firm works and in which industry."""
        if held := self.store.get(FirmFigures, enterprise_id):
            self._settle(held, held)

    def _settle(self, before: FirmFigures, reported: FirmFigures) -> None:
        firm = self.store.get(Enterprise, reported.enterprise_id)
        after = reported.with_firm(firm)
        self.store.save(after)
        self.store.announce(*facts.facts_of(before, after))
