"""Benefit: what remediations made of the figures of their plots."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from backbone import query

from ..lineage.entrypoints import Lineages
from ..register.parcel import Parcel
from ..remediation.case import Case
from ..remediation.entrypoints import MOST_CASES, cases_on
from ..remediation.reports import Completed, Identified
from ..remediation.schemas import OfPeriod
from ..screening.figures import FirmYear
from ..screening.plot import Plot
from . import schemas
from .benefit import FIGURES, Benefit, benefit_of, figures_of_land, summed
from .land import Land


class Benefits(Lineages):
    """Compares the figures of a plot before its remediation and after it."""

    @query(schemas.CaseBenefit, answers=Benefit)
    def case_benefit(self, request: dict[str, Any]) -> Any:
        """The figures of the case's plot before and after it, and how many times as much that is."""
        case = self.store.require(Case, request["case_id"], "case_id")
        return self.store.dump(self._benefit(case))

    @query(OfPeriod, answers=schemas.BenefitOfCampaign)
    def campaign_benefit(self, request: dict[str, Any]) -> Any:
        """The sums over the cases that were completed from one day to another, with each of them."""
        of_township = {"township": request["township"]} if request["township"] else {}
        benefits = [
            self._benefit(case)
            for case in self.store.find(Case, MOST_CASES, **of_township)
            if (done := case.in_force(Completed))
            and request["since"] <= done.said.on <= request["until"]
        ]
        sums = (summed(name, benefits) for name in FIGURES)
        return {
            "township": request["township"],
            "from_on": request["since"],
            "to_on": request["until"],
            "sums": [self.store.dump(each) for each in sums if each],
            "cases": [self.store.dump(each) for each in benefits],
        }

    def identified_days(self, parcel_id: str) -> list[date]:
        """The days on which the cases of a parcel were identified."""
        cases = cases_on(self.store.require(Parcel, parcel_id), self.store)
        found = [case.in_force(Identified) for case in cases if case.parcel_id == parcel_id]
        return [report.said.on for report in found if report]

    def _benefit(self, case: Case) -> Benefit:
        return benefit_of(case, self._figures)

    def _figures(
        self, parcel_id: str, before: int, done: int
    ) -> tuple[Land, tuple[FirmYear, ...], int | None]:
        """What was reported of the land of a parcel, up to the newest year."""
        plot_of = partial(self.store.get, Plot)
        until = date.max.year
        return figures_of_land(parcel_id, before, done, until, plot_of, self._successions)
