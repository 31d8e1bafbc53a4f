"""Splitting: the parts of a parcel become parcels of their own, one that a case has vacated as well."""

from __future__ import annotations

from typing import Any

from backbone import command
from park.rules import broken, refuse

from ..lineage.entrypoints import Lineages
from ..lineage.succession import Succession
from ..register.facts import facts_of
from ..register.parcel import Parcel
from ..register.rules import not_yet
from ..remediation.case import Case
from ..remediation.entrypoints import cases_on
from ..soil.record import SoilRecord
from ..words import Said
from . import correction as corrections
from . import facts, schemas
from .children import carried_out, succession_of
from .correction import Correction
from .correction_rules import CORRECTION_RULES
from .split import Split

EMITTED = facts.EMITTED


class Splitting(Lineages):
    """Splits parcels for the land desk."""

    @command(schemas.SplitParcel, answers=Parcel)
    def split_parcel(self, request: dict[str, Any]) -> Any:
        """The land desk divides a parcel, or splits off the part of it that a case has vacated."""
        split = self._split(request)
        early = self._not_there_yet([split.parcel], split.said.on, "split_on")
        refuse(not_yet(split.said, self.store.today, "split_on"), *early)
        parcels, cases = carried_out(split)
        succession_id = self._next_succession_id(split.parcel.parcel_id)
        self.store.save(*parcels, *cases, succession_of(split, succession_id))
        self.store.announce(facts.parcel_split_of(split))
        for parcel in parcels:
            self.parcel_changed(parcel.parcel_id)
        return self.store.dump(parcels[0])

    @command(schemas.CorrectSplit, answers=Parcel)
    def correct_split(self, request: dict[str, Any]) -> Any:
        """The land desk corrects a wrong split: other areas or codes of its parts, or none of it."""
        correction = self._correction(request)
        said, parcel_id = correction.said, request["parcel_id"]
        refuse(
            not_yet(said, self.store.today, "corrected_on"), *broken(CORRECTION_RULES, correction)
        )
        self.store.save(*corrections.carried_out(correction))
        if correction.undoes:
            self._give_soil_back(correction)
        self.store.announce(facts.split_corrected_of(correction))
        for child in correction.children:
            self.store.announce(*facts_of(child, correction.corrected(child)))
        for each in (parcel_id, *correction.parcel.child_ids):
            self.parcel_changed(each)
        return self.store.dump(self.store.require(Parcel, parcel_id))

    def _give_soil_back(self, correction: Correction) -> None:
        """What the parts have of the soil of the whole is the whole's alone: their ids may be given to
        other land."""
        parcel = correction.parcel
        whole = self.store.get(SoilRecord, parcel.parcel_id) or SoilRecord.of(parcel)
        for part in correction.children:
            if record := self.store.get(SoilRecord, part.parcel_id):
                self.store.save(record.without_reports_of(whole))

    def _split(self, request: dict[str, Any]) -> Split:
        parcel = self.store.require(Parcel, request["parcel_id"], "parcel_id")
        ids = [part.parcel_id for part in request["children"]]
        known = {each: self.store.get(Parcel, each) for each in ids}
        case_id = request["case_id"]
        others = [each for each in parcel.case_ids if each != case_id]
        return Split(
            parcel=parcel,
            case=case_id and self.store.require(Case, case_id, "case_id"),
            parts=request["children"],
            known={each: found for each, found in known.items() if found},
            others=tuple(self.store.require(Case, each) for each in others),
            said=Said(on=request["split_on"], at=self.store.now, event_id=self.store.cause.id),
        )

    def _correction(self, request: dict[str, Any]) -> Correction:
        parcel = self.store.require(Parcel, request["parcel_id"], "parcel_id")
        cases = cases_on(parcel, self.store)
        return Correction(
            parcel=parcel,
            split=self._standing_split(parcel),
            children=tuple(self.store.require(Parcel, each) for each in parcel.child_ids),
            case=next((c for c in cases if c.vacated_parcel_id in parcel.child_ids), None),
            undoes=request["undo"],
            parts=request["children"],
            reason=request["reason"],
            said=Said(on=request["corrected_on"], at=self.store.now, event_id=self.store.cause.id),
        )

    def _standing_split(self, parcel: Parcel) -> Succession | None:
        """The record of the split; none of one that is older than the records."""
        ended = (each for each in self._successions(parcel.parcel_id) if not each.is_undone)
        return next((each for each in ended if each.ended({parcel.parcel_id})), None)
