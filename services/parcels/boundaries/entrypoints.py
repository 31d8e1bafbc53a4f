"""Boundaries: the outlines that townships survey, and what is doubtful about them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from backbone import Collection, hears, query, reads
from backbone.messages.envelope import Event
from park.rules import broken, refuse

from ..register.entrypoints import LATER_STANDS, Reporting
from ..register.parcel import Parcel
from ..register.rules import survey_of_gone_parcel
from ..words import WAITS_FOR_PARCEL
from . import facts, schemas
from .boundary import Boundary, are_neighbours, shared_m2
from .doubts import reviewed
from .findings import BoundaryFindings
from .geojson import feature_of
from .grid import Box, GridCell, cells_of
from .rules import POSITION_RULES, REPORT_RULES, Located

KEPT = (
    Collection(Boundary, key="parcel_id", filters=("township",)),
    Collection(BoundaryFindings, key="parcel_id", filters=("township", "finding")),
    Collection(GridCell, key="cell_id", ended_by="is_empty", history=False),
)
EMITTED = facts.EMITTED

NEAR_DEGREES = 0.0001  # some 10 m; a rulebook whose gap is wider needs more


class Boundaries(Reporting):
    """Keeps every boundary, and finds those that do not fit the register or each other."""

    get_boundary, boundary_history = reads(Boundary)[::2]
    boundary_findings = reads(BoundaryFindings)[1]

    @hears("township", "parcel.boundary_surveyed", schemas.ParcelBoundarySurveyed)
    def survey_boundary(self, event: Event) -> str | None:
        """The outline of a parcel was surveyed, or only a point in it."""
        parcel, said = self._parcel(event), self._said(event, "data.surveyed_on")
        located = Located.of(event.data, said.on)
        refuse(survey_of_gone_parcel(parcel), *broken(REPORT_RULES, located))
        before = self.store.get(Boundary, parcel.parcel_id) or Boundary.unknown(parcel.parcel_id)
        after = before.with_survey(event.data, said)
        if said not in after.surveyed:
            return LATER_STANDS
        self.store.save(parcel, after)
        self._lay_outline(before, after)
        self.parcel_changed(parcel.parcel_id)
        return None if parcel.registered else WAITS_FOR_PARCEL

    def review_boundary(self, parcel_id: str) -> None:
        """Hold the boundary against its parcel, if it has one. A parcel that is gone gives its place to
        those that have taken it; one whose split was undone takes it back."""
        findings = self.store.get(BoundaryFindings, parcel_id)
        if findings is None:
            return
        is_gone = self.store.require(Parcel, parcel_id).is_gone
        if is_gone is findings.has_outline:
            known, nowhere = self._boundary_of(parcel_id), Boundary.unknown(parcel_id)
            self._lay_outline(*((known, nowhere) if is_gone else (nowhere, known)))
        self._save_review(self._findings_of(parcel_id))

    @query(schemas.ParcelsAt, answers=schemas.ParcelsFound)
    def parcels_at(self, request: dict[str, Any]) -> Any:
        """The parcels whose outline holds a position; two, if it lies on their common side."""
        lon, lat = request["lon"], request["lat"]
        asked = Located(positions=(("lon", (lon, lat)),), on=self.store.today)
        refuse(*broken(POSITION_RULES, asked))
        near = self._lying_in(Box(lon, lat, lon, lat))
        found = [each for each in near if self._boundary_of(each).holds(lon, lat)]
        return {"parcel_ids": found}

    @query(schemas.NeighboursOf, answers=schemas.ParcelsFound)
    def neighbours_of(self, request: dict[str, Any]) -> Any:
        """The parcels that have a side in common with this one; none of one without an outline."""
        boundary = self.store.get(Boundary, request["parcel_id"])
        if boundary is None or boundary.box is None:
            return {"parcel_ids": []}
        near = self._lying_in(boundary.box.widened(NEAR_DEGREES))
        others = [self._boundary_of(each) for each in near if each != boundary.parcel_id]
        today = self.store.today
        found = [each.parcel_id for each in others if are_neighbours(boundary, each, today)]
        return {"parcel_ids": found}

    @query(schemas.BoundariesGeojson, answers=schemas.FeatureCollection)
    def boundaries_geojson(self, request: dict[str, Any]) -> Any:
        """The boundaries of a township as a FeatureCollection for maps, a page at a time."""
        page = self.store.repository.page(
            Boundary,
            {"township": request["township"]},
            limit=request["limit"],
            cursor=request["cursor"],
        )
        features = [feature_of(each, self._findings_of(each.parcel_id)) for each in page.items]
        found = {"type": "FeatureCollection", "features": features, "cursor": page.cursor}
        return self.store.dump(found)

    def _lay_outline(self, before: Boundary, after: Boundary) -> None:
        """Lay the outline into the grid in place of the one before, and note on both sides what it
        shares with others."""
        self._place_in_grid(before, after)
        findings = self._findings_of(after.parcel_id).of(after)
        shared = self._shared_land(after)
        for other in sorted({*shared, *(each.parcel_id for each in findings.overlaps)}):
            findings = findings.with_overlap(other, shared.get(other))
            theirs = self._findings_of(other).with_overlap(after.parcel_id, shared.get(other))
            self._save_review(theirs)
        self.store.save(findings)

    def _place_in_grid(self, before: Boundary, after: Boundary) -> None:
        was, now = (cells_of(each.box) if each.box else frozenset() for each in (before, after))
        for cell_id in sorted(was | now):
            cell = self.store.get(GridCell, cell_id) or GridCell(cell_id=cell_id)
            box = after.box if cell_id in now else None
            self.store.save(cell.with_parcel(after.parcel_id, box))

    def _shared_land(self, boundary: Boundary) -> dict[str, Decimal]:
        """The parcels that share land with this one, and how much."""
        if boundary.box is None:
            return {}
        near = self._lying_in(boundary.box)
        others = [self._boundary_of(each) for each in near if each != boundary.parcel_id]
        shared = {each.parcel_id: shared_m2(boundary, each) for each in others}
        return {each: area for each, area in shared.items() if area is not None}

    def _lying_in(self, box: Box) -> list[str]:
        """The parcels whose box meets this one."""
        cells = [self.store.get(GridCell, cell_id) for cell_id in cells_of(box)]
        return sorted({each for cell in cells if cell for each in cell.meeting(box)})

    def _save_review(self, findings: BoundaryFindings) -> None:
        after, *announced = reviewed(findings, self.store.require(Parcel, findings.parcel_id))
        self.store.save(after)
        self.store.announce(*announced)

    def _findings_of(self, parcel_id: str) -> BoundaryFindings:
        found = self.store.get(BoundaryFindings, parcel_id)
        return found or BoundaryFindings.unknown(parcel_id)

    def _boundary_of(self, parcel_id: str) -> Boundary:
        boundary: Boundary = self.store.require(Boundary, parcel_id)
        return boundary
