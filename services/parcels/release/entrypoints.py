"""Releases: what a case has vacated may be offered, or the reasons that bar it are announced."""

from __future__ import annotations

from typing import Any

from backbone import query

from ..register.entrypoints import Reporting
from ..register.parcel import Parcel
from ..remediation.case import Case
from ..remediation.cases import cases_of_land, cases_on
from . import facts, schemas
from .review import reviewed, reviewed_with_holder, standing

EMITTED = facts.EMITTED


class Releases(Reporting):
    """Grants, bars and revokes the release of vacated land."""

    @query(schemas.ReleaseStanding, answers=schemas.Standing)
    def release_standing(self, request: dict[str, Any]) -> Any:
        """Whether the land that a case has vacated is released: state, release_no, reasons."""
        case = self.store.require(Case, request["case_id"], "case_id")
        return standing(case, request["parcel_id"])

    def review_releases(self, parcel_id: str) -> None:
        """Look at the release of what each case has vacated on this parcel. Of land that has a
        holder by its contract only the soil registry is looked at."""
        parcel = self.store.require(Parcel, parcel_id)
        beside = cases_of_land(parcel, self.store)
        supplied = {each.case_id for each in parcel.supplies if each.stands}
        for case in cases_on(parcel, self.store):
            look = reviewed_with_holder if case.case_id in supplied else reviewed
            after, *announced = look(case, parcel, beside, self.store.today)
            self.store.save(after)
            self.store.announce(*announced)
