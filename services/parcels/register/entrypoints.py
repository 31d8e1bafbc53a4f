"""The land register: surveys, with what they say of the soil."""

from __future__ import annotations

from datetime import date
from typing import Any

from backbone import Collection, command, every, hears, query, reads
from backbone.errors import Reason
from backbone.messages.envelope import Event
from park.codes import clean
from park.rules import refuse
from park.time import day_of

from ..words import Said
from . import facts, schemas
from .identifiers import Claim, Code, HeldCodes, IdentifierKind, code_id_of, touched
from .land_code import other_code, tidied
from .parcel import Parcel, Soil, Survey
from .report import doubts, encumbrances_of, parts_of
from .rights.rights import EncumberedLand
from .rules import (
    gone_parcel,
    not_yet,
    not_your_township,
    older_than,
    placeholder,
    survey_of_gone_parcel,
)

KEPT = (
    Collection(
        Parcel,
        key="parcel_id",
        filters=("township", "state"),
        orders=("area_m2",),
        totals=("township", "state", "land_use", "in_zone"),
        sums=("area_m2",),
    ),
    Collection(HeldCodes, key="parcel_id", history=False),
    Collection(Code, key="code_id", history=False),
    Collection(EncumberedLand, key="parcel_id", orders=("due_on",), history=False),
)
MOST_AT_ONCE = 200  # parcels that one tick looks at; the next one goes on
EMITTED = facts.EMITTED
LATER_STANDS = (
    "a later survey stands: the one of the later day counts, of one day's the one whose event has the "
    "later time, and of one time the one with the greater id"
)


class Reporting:
    """What the handlers of every thing need: the parcel of a report, its day, and what follows."""

    store: Any  # within a handler, the unit of work

    def parcel_changed(self, parcel_id: str) -> None:
        """Everything that looks at a parcel looks at it again. The service says what that is."""
        raise NotImplementedError

    def soil_said(self, parcel_id: str, soil: Soil) -> None:
        """Keep what was said of all the soil of a parcel at once. The soil is a thing of its own."""
        raise NotImplementedError

    def _parcel(self, event: Event) -> Parcel:
        parcel_id = event.data["parcel_id"]
        parcel = self.store.get(Parcel, parcel_id) or Parcel.unknown(parcel_id)
        refuse(not_your_township(event.publisher, parcel.township, "data.parcel_id"))
        return parcel

    def _with_heirs(self, parcel_id: str, *found: str) -> tuple[str, ...]:
        """The parcel and all that have taken its place, each after those whose place it took. `found`
        are those that come after."""
        for child_id in self.store.require(Parcel, parcel_id).child_ids:
            if child_id not in found:
                found = self._with_heirs(child_id, *found)
        return (parcel_id, *found)

    def _said(self, event: Event, field: str) -> Said:
        at = event.time or self.store.now
        said = Said(on=event.data["on"] or day_of(at), at=at, event_id=event.id)
        refuse(not_yet(said, self.store.today, field))
        return said


class Codes(Reporting):
    """Keeps who has which code when, as the parcels say."""

    @query(schemas.FindParcel, answers=schemas.CodeHolders)
    def find_parcel(self, request: dict[str, Any]) -> Any:
        """The parcels that have this code on that day: one, unless it is disputed."""
        on = request["on"] or self.store.today
        held = self._claims(request["code"], on, request["kind"])
        known = self.store.get(Parcel, tidied(request["code"])) is not None
        note = None if held else other_code(request["code"], is_id=known)
        return {
            "on": on.isoformat(),
            "holders": [self._holder(*each) for each in held],
            "note": note and note.as_dict(),
        }

    def _claims(
        self, code: str, on: date, kind: IdentifierKind | None = None
    ) -> list[tuple[IdentifierKind, Claim]]:
        """Who claims the code on that day, of this kind or of any."""
        kinds = [kind] if kind else list(IdentifierKind)
        codes = (self.store.get(Code, code_id_of(each, clean(code))) for each in kinds)
        return [(code.kind, claim) for code in codes if code for claim in code.on(on)]

    def _holder(self, kind: IdentifierKind, claim: Claim) -> Any:
        parcel = self.store.require(Parcel, claim.parcel_id)
        return self.store.dump(
            {
                "parcel_id": parcel.parcel_id,
                "state": parcel.state,
                "kind": kind,
                "valid_from": claim.valid_from,
                "valid_to": claim.valid_to,
                "became_ids": self._became(parcel),
            }
        )

    def _became(self, parcel: Parcel) -> list[str]:
        """The parcels that stand in its place now; none of one that stands itself."""
        children = (self.store.require(Parcel, each) for each in parcel.child_ids)
        found = [self._became(child) or [child.parcel_id] for child in children]
        return list(dict.fromkeys(parcel_id for each in found for parcel_id in each))

    def follow_codes(self, parcel_id: str) -> None:
        """Each code that the parcel claims, or did, is held against those of other parcels."""
        parcel = self.store.require(Parcel, parcel_id)
        after = parcel.held_codes
        before = self.store.get(HeldCodes, parcel_id) or HeldCodes(parcel_id=parcel_id)
        self.store.save(parcel.with_conflicts_about({*before.claims, *after.claims}))
        if after == before or not (before.identifiers or after.identifiers):
            return
        for unclaimed in touched(before, after):
            known = self.store.get(Code, unclaimed.code_id) or unclaimed
            claims = after.claims.get(known.code_id, ())
            self._change_code(known, known.with_claims(parcel_id, claims), parcel_id)
        self.store.save(after)

    def _placeholders(self, parcel: Parcel) -> list[Reason]:
        """What the parcel's survey gives as its codes and is that of many parcels."""
        codes = (self.store.get(Code, each.code_id) for each in parcel.identifiers)
        return [placeholder(code) for code in codes if code and code.is_placeholder]

    def _change_code(self, before: Code, after: Code, changed_id: str) -> None:
        """This parcel claims the code otherwise than before: it and its opponents are marked anew."""
        self.store.save(after)
        opponents = before.disputants_with(changed_id) | after.disputants_with(changed_id)
        if (
            before.is_placeholder is not after.is_placeholder
        ):  # then it is disputed by all or by none
            opponents = before.claimants | after.claimants
        for parcel_id in sorted(opponents | {changed_id} if opponents else ()):
            parcel = self.store.require(Parcel, parcel_id)
            marked = parcel.with_conflicts(after.code_id, after.conflicts_of(parcel_id))
            self.store.save(marked)
            self.store.announce(*facts.disputes_of(parcel, marked))


class Register(Codes):
    """Keeps every parcel as its newest survey and records say."""

    get_parcel, list_parcels, parcel_history = reads(Parcel)

    @hears("township", "parcel.registered", schemas.ParcelRegistered)
    def register_parcel(self, event: Event) -> str | None:
        """Land was surveyed, for the first time or again."""
        parcel, said = self._parcel(event), self._said(event, "data.surveyed_on")
        refuse(survey_of_gone_parcel(parcel))
        survey = Survey(**event.data["survey"], surveyed=said)
        soil = event.data["soil"] and Soil(**event.data["soil"], recorded=said)
        parts = parts_of(event.data, said)
        doubtful = doubts(survey, parts)
        after = parcel.with_survey(survey).with_recorded(**parts)
        self.store.save(after)
        self.store.announce(*facts.facts_of(parcel, after))
        if soil:
            self.soil_said(after.parcel_id, soil)
        self.parcel_changed(after.parcel_id)
        notes = [] if after.surveyed == said else [LATER_STANDS]
        notes += [doubt.sentence for doubt in (*doubtful, *self._placeholders(after))]
        return "; ".join(notes) or None

    @command(schemas.RecordEncumbrances, answers=Parcel)
    def record_encumbrances(self, request: dict[str, Any]) -> Any:
        """The registry desk records the mortgages and seizures of a parcel; releases follow."""
        parcel = self.store.require(Parcel, request["parcel_id"], "parcel_id")
        said = Said(on=request["recorded_on"], at=self.store.now, event_id=self.store.cause.id)
        held = parcel.encumbrances
        refuse(
            gone_parcel(parcel, "parcel_id"),
            not_yet(said, self.store.today, "recorded_on"),
            older_than(held and held.recorded, said),
        )
        lies = encumbrances_of(request["encumbrances"], said)
        after = parcel.with_recorded(encumbrances=lies)
        self.store.save(after)
        self.parcel_changed(after.parcel_id)
        return self.store.dump(after)

    @every(900)
    def look_at_encumbrances(self, _tick: Event) -> None:
        """Something begins today to lie on land, or has ended: its release is looked at again."""
        for land in self.store.find(EncumberedLand, limit=MOST_AT_ONCE, order="due_on"):
            if land.due_on > self.store.today:
                return
            self.parcel_changed(land.parcel_id)

    def follow_encumbrances(self, parcel_id: str) -> None:
        """Remember the next day on which something begins or ends there."""
        held = self.store.require(Parcel, parcel_id).encumbrances
        if held:
            due_on = held.next_change(self.store.today) or date.max
            self.store.save(EncumberedLand(parcel_id=parcel_id, due_on=due_on))
