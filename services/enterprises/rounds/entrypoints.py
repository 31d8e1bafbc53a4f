"""Rounds: the desk opens one, collects figures, publishes areas, and hears objections to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from backbone import Collection, command, reads
from backbone.errors import NotFound
from park.rules import broken, refuse

from ..evaluation.inputs import inputs_of
from ..evaluation.kept import kept
from ..evaluation.scheme import Scheme, scorable
from ..figures.firm_figures import FirmFigures
from ..firms.enterprise import Enterprise
from ..firms.entrypoints import Sites
from ..premises.places import Plot
from ..words import Role
from . import facts, rules, schemas
from .entry import AREA, Figure, Place, Placement, PlotArea, RoundFirm, entry_id_of, merged
from .grades import FirmGrades
from .inputs import known_names, offered, used, wanted
from .law import PROCEDURE
from .members import Candidate, is_of_group, is_scored, land_share, placed, plots_on, with_holders
from .ranking import as_cuts, scheme_of
from .round import (
    Period,
    Round,
    RoundState,
    Taken,
    hinting,
    no_such_round,
    period,
    round_id_of,
)

MOST = 100_000  # firms: far more than a district has
KEPT = (
    Collection(
        Round,
        key="round_id",
        filters=("place", "data_year", "group", "state"),
        orders=("data_year",),
    ),
    Collection(
        RoundFirm,
        key="round_firm_id",
        filters=("round_id", "enterprise_id", "township", "placed", "grade", "follows"),
    ),
    Collection(FirmGrades, key="enterprise_id"),
)
EMITTED = facts.EMITTED


class RoundKeeping(Sites):
    """What the steps and the questions of a round need."""

    def _round(self, round_id: str) -> Round:
        found = self.store.get(Round, round_id)
        if found is None:
            raise NotFound([no_such_round(round_id, self._opened())])
        return found  # type: ignore[no-any-return]

    def _opened(self) -> list[str]:
        return [each.round_id for each in self.store.find(Round, MOST)]

    def _next_version(self, place: str, data_year: int, group: str) -> tuple[int, Round | None]:
        """The number of the next version of a round, and the newest that there is."""
        version, last = 1, None
        while known := self.store.get(Round, round_id_of(place, data_year, group, version)):
            version, last = version + 1, known
        return version, last

    def _entries(self, held: Round) -> list[RoundFirm]:
        found: list[RoundFirm] = self.store.find(RoundFirm, MOST, round_id=held.round_id)
        return found

    def _entry(self, held: Round, enterprise_id: str) -> RoundFirm:
        """The firm in the round. While it collects, any firm of its townships is in reach."""
        found = self.store.get(RoundFirm, entry_id_of(held.round_id, enterprise_id))
        if found is None and held.state is RoundState.COLLECTING:
            found = _new_entry(held, self.store.require(Enterprise, enterprise_id, "enterprise_id"))
        if found is None:
            raise NotFound.of("firm in the round", "enterprise_id")
        return found  # type: ignore[no-any-return]

    def _taken(self, held: Round, step: str, request: dict[str, Any], *entries: RoundFirm) -> Taken:
        """The step, unless something stands against it: then all of that is said at once."""
        refuse(*self._against(held, step, request, entries))
        return self._as_taken(step, request)

    def _as_taken(self, step: str, request: dict[str, Any]) -> Taken:
        return Taken(
            step=step,
            on=request["on"],
            operator_role=request["operator_role"],
            entered_at=self.store.now,
        )

    def _against(
        self, held: Round, step: str, request: dict[str, Any], entries: Iterable[RoundFirm]
    ) -> tuple[Any, ...]:
        found = tuple(entries)
        situation = rules.Situation(
            step=step,
            held=held,
            on=request["on"],
            operator_role=request["operator_role"],
            today=self.store.today,
            entries=found,
            graded_elsewhere=self._graded_elsewhere(held, found)
            if step == "finalise_round"
            else (),
        )
        return broken(rules.rules_of(step), situation)

    def _graded_elsewhere(self, held: Round, entries: Iterable[RoundFirm]) -> tuple[str, ...]:
        ours = round_id_of(held.place, held.data_year, held.group, 0).removesuffix("0")
        graded = [each for each in entries if each.grade is not None]
        known = [self.store.get(FirmGrades, each.enterprise_id) for each in graded]
        standing = [(firm, firm.of(held.data_year)) for firm in known if firm]
        return tuple(
            firm.enterprise_id
            for firm, year in standing
            if year and year.grade is not None and not year.round_id.startswith(ours)
        )

    def _drafted(self, held: Round, on: date) -> list[RoundFirm]:
        """Every firm of the round as it would be placed on that day, with the area of its land."""
        group, procedure = held.group_on(on), PROCEDURE.on(on)
        known = {each.enterprise_id: each for each in self._entries(held)}
        firms = [
            firm
            for township in held.townships
            for firm in self.store.find(Enterprise, MOST, township=township)
        ]
        drafts = [self._draft(held, firm, known.get(firm.enterprise_id)) for firm in firms]
        candidates = {candidate.firm.enterprise_id: candidate for _, candidate in drafts}
        found = [
            placed(entry, candidate, group, procedure)
            for entry, candidate in drafts
            if is_of_group(candidate, group) or entry.placement
        ]
        return with_holders(found, candidates)

    def _draft(
        self, held: Round, firm: Enterprise, known: RoundFirm | None
    ) -> tuple[RoundFirm, Candidate]:
        land = self._land(*firm.parcel_ids)
        candidate = Candidate(
            firm=firm,
            held=plots_on(firm, Role.OWNER, held.year_end, land),
            rented=plots_on(firm, Role.TENANT, held.year_end, land),
            area_m2=None,
        )
        entry = replace(
            known or _new_entry(held, firm), plots=self._plots(held, firm, candidate.held)
        )
        known_now = used(offered(None, entry.plots, entry.given, 0), held.procedure)
        area = next((each for each in known_now if _is_area(each)), None)
        frozen = merged(entry.frozen, [area]) if area else ()
        area_m2 = area.value if area else None
        return replace(entry, frozen=frozen), replace(candidate, area_m2=area_m2)

    def _plots(self, held: Round, firm: Enterprise, parcel_ids: Iterable[str]) -> Any:
        grounds = {each: self.store.get(Plot, each) for each in parcel_ids}
        return tuple(
            PlotArea(
                parcel_id=parcel_id,
                area_m2=ground.area_m2 if ground else None,
                land_share=land_share(firm, parcel_id, held.year_end),
            )
            for parcel_id, ground in grounds.items()
        )

    def _figures_now(self, held: Round, entry: RoundFirm) -> tuple[Figure, ...]:
        """What the firm would bring today."""
        return used(self._offered(held, entry), held.procedure)

    def _offered(self, held: Round, entry: RoundFirm) -> list[Figure]:
        """All that there is of the firm's year today, one figure of each source."""
        reported = self.store.get(FirmFigures, entry.enterprise_id)
        firm = self.store.require(Enterprise, entry.enterprise_id)
        plots = self._plots(held, firm, (each.parcel_id for each in entry.plots))
        return offered(reported, plots, entry.given, held.data_year)

    def _placed_again(self, held: Round, entry: RoundFirm, on: date) -> RoundFirm:
        """The firm where the desk's new word or its corrected area puts it."""
        firm = self.store.require(Enterprise, entry.enterprise_id)
        _, candidate = self._draft(held, firm, entry)
        area_m2 = entry.area.value if entry.area else candidate.area_m2
        after = placed(
            entry, replace(candidate, area_m2=area_m2), held.group_on(on), PROCEDURE.on(on)
        )
        return after if after.placed is not Place.FOLLOWS_HOLDER else replace(after, follows=None)

    def _scheme(self, held: Round, schemes: Mapping[str, Scheme] | None = None) -> Scheme:
        return scheme_of(held, schemes)

    def _wanted(self, held: Round) -> frozenset[str]:
        return wanted(inputs_of(held.data_year), self._scheme(held).codes)

    def _known_names(self, held: Round) -> frozenset[str]:
        return known_names(inputs_of(held.data_year), self._scheme(held).codes)

    def _step_answer(
        self, held: Round, entries: Iterable[RoundFirm], *warnings: Any, published: Period | None
    ) -> Any:
        return self.store.dump(
            schemas.RoundStep(
                round_id=held.round_id,
                state=held.state,
                published_first=published.first if published else None,
                published_last=published.last if published else None,
                firms=sum(1 for each in entries if is_scored(each)),
                warnings=[each for each in warnings if each],
            )
        )


class Rounds(RoundKeeping):
    """Opens rounds, and collects what the firms are scored by."""

    get_round, list_rounds, round_history = hinting("round_id", *reads(Round))
    get_round_firm, list_round_firms, round_firm_history = hinting(
        "round_firm_id", *reads(RoundFirm)
    )

    @command(schemas.OpenRound, answers=Round)
    def open_round(self, request: dict[str, Any]) -> Any:
        """Open the round of a place, data year and group: figures are collected from now on."""
        key = (request["place"], request["data_year"], request["group"])
        version, last = self._next_version(*key)
        scheme = kept().get(request["scheme"])
        if scheme and request["cuts"]:
            scheme = replace(scheme, cuts=as_cuts(request["cuts"]))
        refuse(
            rules.wrong_role("open_round", request["operator_role"], request["on"]),
            rules.not_yet(request["on"], self.store.today),
            rules.year_is_over(request["data_year"], request["on"]),
            rules.group_is_known(request["group"], request["on"]),
            rules.scheme_is_known(request["scheme"], kept()),
            rules.scheme_grades(scheme),
            rules.is_new(last),
        )
        scorable(kept()[request["scheme"]])
        taken = self._as_taken("open_round", request)
        names = ("place", "data_year", "group", "scheme", "cuts")
        about = {name: request[name] for name in names}
        townships = tuple(sorted(set(request["townships"])))
        held = Round(
            round_id=round_id_of(*key, version=version),
            **about,
            townships=townships,
            version=version,
            steps=(taken,),
        )
        self.store.save(held)
        return self.store.dump(held)

    @command(schemas.FiguresGiven, answers=RoundFirm)
    def give_round_figures(self, request: dict[str, Any]) -> Any:
        """Enter figures of a firm for this round, with the document that says so."""
        held = self._round(request["round_id"])
        entry = self._entry(held, request["enterprise_id"])
        given = {each.name: each.value for each in request["figures"]}
        refuse(
            *self._against(held, "give_round_figures", request, ()),
            rules.figures_are_known(given, self._known_names(held)),
            rules.land_is_more_than_nothing(given),
            rules.area_is_not_published(held, entry, given),
        )
        after = entry.with_given(request["figures"])
        if entry.reopened:
            after = self._placed_again(
                held, entry.with_corrected(request["figures"]), request["on"]
            )
        self.store.save(after)
        return self.store.dump(after)

    @command(schemas.PlaceFirm, answers=RoundFirm)
    def place_firm(self, request: dict[str, Any]) -> Any:
        """Leave a firm out, with its reason; or say that it is evaluated, whatever the register says."""
        held = self._round(request["round_id"])
        entry = self._entry(held, request["enterprise_id"])
        about = {name: request[name] for name in ("placed", "reason_code", "document_id", "on")}
        refuse(
            *self._against(held, "place_firm", request, ()),
            rules.placement_has_its_reason(**about),
        )
        after = replace(entry, placement=Placement(**about), reopened=False)
        if held.state is RoundState.AREAS_PUBLICISED:
            after = self._placed_again(held, after, request["on"])
        self.store.save(after)
        return self.store.dump(after)

    @command(schemas.Publicise, answers=schemas.RoundStep)
    def publicise_areas(self, request: dict[str, Any]) -> Any:
        """Publish the land area of each firm, before anything is scored. They stand from now on."""
        held = self._round(request["round_id"])
        entries = self._drafted(held, request["on"])
        taken = self._taken(held, "publicise_areas", request, *entries)
        publicity = PROCEDURE.on(taken.on).areas
        published = period(publicity, taken.on, request["days"])
        after = replace(held.after(taken, RoundState.AREAS_PUBLICISED), areas_published=published)
        self.store.save(after, *entries)
        warnings = (
            rules.publicity_is_short(request["days"], publicity.rule),
            rules.scheme_is_of_the_year(self._scheme(held), held.data_year),
            rules.group_is_small(self._scheme(held), entries),
        )
        return self._step_answer(after, entries, *warnings, published=published)


def _new_entry(held: Round, firm: Enterprise) -> RoundFirm:
    return RoundFirm(
        round_firm_id=entry_id_of(held.round_id, firm.enterprise_id),
        round_id=held.round_id,
        enterprise_id=firm.enterprise_id,
        township=firm.township,
    )


def _is_area(figure: Figure) -> bool:
    return figure.name == AREA
