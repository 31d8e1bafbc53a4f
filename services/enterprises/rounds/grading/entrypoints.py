"""From scores to final grades: adjustments, the publicity, objections, and what becomes final."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from backbone import command
from backbone.errors import NotFound
from park.rules import refuse

from ...figures.firm_figures import FirmFigures
from ...firms.enterprise import Enterprise
from .. import facts, rules, schemas
from ..entry import Adjustment, Objection, Outcome, Place, RoundFirm, adjusted, entry_id_of, merged
from ..entrypoints import MOST, RoundKeeping
from ..grades import FirmGrades, YearGrade
from ..inputs import lacking
from ..law import PROCEDURE, Grade, Sharing
from ..members import in_units, is_scored
from ..ranking import RankMove, moved, scored_round
from ..round import Round, RoundState, period, round_id_of

SAME = ("place", "data_year", "group", "scheme", "cuts", "townships")  # in every version of a round


class Scoring(RoundKeeping):
    """Freezes the figures, and scores the firms by them."""

    @command(schemas.StepOfRound, answers=schemas.RoundStep)
    def score_round(self, request: dict[str, Any]) -> Any:
        """Freeze the figures of every firm and score them. What is corrected later moves no score."""
        held = self._round(request["round_id"])
        entries = self._entries(held)
        taken = self._taken(held, "score_round", request, *entries)
        scored = self._as_scored(held, entries, taken.on)
        refuse(rules.somebody_is_scored(scored))
        after = held.after(taken, RoundState.SCORED)
        self.store.save(after, *scored)
        small = rules.group_is_small(self._scheme(held), scored)
        unscored = rules.everybody_is_scored(scored)
        return self._step_answer(after, scored, unscored, small, published=None)

    @command(schemas.AdjustGrade, answers=RoundFirm)
    def adjust_grade(self, request: dict[str, Any]) -> Any:
        """Set a grade against the score [定档, 提档, 降档, 一票否决], by a document."""
        held = self._round(request["round_id"])
        entry = self._entry(held, request["enterprise_id"])
        kind, target = request["kind"], request["target_grade"]
        refuse(
            *self._against(held, "adjust_grade", request, ()),
            rules.adjusted_after_an_objection(held, entry),
            rules.is_evaluated(entry),
            rules.target_fits(kind, entry.grade, target),
        )
        adjustment = Adjustment(
            adjustment_id=f"{entry.round_firm_id}/A{len(entry.adjustments) + 1}",
            **{
                name: request[name]
                for name in ("kind", "target_grade", "reason", "document_id", "on")
            },
        )
        return self._readjusted(held, entry.with_adjustment(adjustment))

    @command(schemas.WithdrawAdjustment, answers=RoundFirm)
    def withdraw_adjustment(self, request: dict[str, Any]) -> Any:
        """Take an adjustment back; it stays on record."""
        held = self._round(request["round_id"])
        entry = self._entry(held, request["enterprise_id"])
        refuse(
            *self._against(held, "withdraw_adjustment", request, ()),
            rules.adjusted_after_an_objection(held, entry),
        )
        of_id = [a for a in entry.adjustments if a.adjustment_id == request["adjustment_id"]]
        if not of_id:
            raise NotFound.of("adjustment", "adjustment_id")
        withdrawn = replace(of_id[0], withdrawn_on=of_id[0].withdrawn_on or request["on"])
        return self._readjusted(held, entry.with_adjustment(withdrawn))

    def _as_scored(self, held: Round, entries: Iterable[RoundFirm], on: date) -> list[RoundFirm]:
        """The firms with the figures of now, and what they come to."""
        shares = self._scheme(held).shares_plots
        sharing = Sharing.MERGED if shares else PROCEDURE.on(on).sharing
        frozen = [self._frozen(held, entry) for entry in entries]
        return self._scored(held, in_units(frozen, sharing))

    def _frozen(self, held: Round, entry: RoundFirm) -> RoundFirm:
        """The firm with the figures of now, and the land area that was published."""
        if not is_scored(entry):
            return entry
        now = self._figures_now(held, entry)
        frozen = merged(now, [entry.area] if entry.area else [])
        reported = self.store.get(FirmFigures, entry.enterprise_id)
        missing = lacking(reported, frozen, self._wanted(held), held.data_year)
        return replace(entry, frozen=frozen, missing=missing)

    def _scored(self, held: Round, entries: Sequence[RoundFirm]) -> list[RoundFirm]:
        return scored_round(entries, self._scheme(held), self._grades_elsewhere(held, entries))

    def _grades_elsewhere(
        self, held: Round, entries: Iterable[RoundFirm]
    ) -> Mapping[str, Grade | None]:
        """The grades of holders whose tenants are in this round, and who are not."""
        here = {each.enterprise_id for each in entries}
        holders = sorted({each.follows for each in entries if each.follows} - here)
        known = {each: self.store.get(FirmGrades, each) for each in holders}
        return {each: firm.grade_of(held.data_year) for each, firm in known.items() if firm}

    def _readjusted(self, held: Round, entry: RoundFirm) -> Any:
        """The firm with the grade that follows, and with it the tenants that take it."""
        after = replace(entry, grade=adjusted(self._unadjusted(held, entry), entry.adjustments))
        self.store.save(after)
        for each in self._entries(held):
            if each.follows == after.enterprise_id:
                self.store.save(replace(each, grade=adjusted(after.grade, each.adjustments)))
        return self.store.dump(after)

    def _unadjusted(self, held: Round, entry: RoundFirm) -> Grade | None:
        if entry.placed is not Place.FOLLOWS_HOLDER or entry.follows is None:
            return entry.scored_grade
        holder = self.store.get(RoundFirm, entry_id_of(held.round_id, entry.follows))
        if holder:
            return holder.grade  # type: ignore[no-any-return]
        return self._grades_elsewhere(held, [entry]).get(entry.follows)


class Publishing(Scoring):
    """Publishes the grades, hears the firms, and says who moves when one of them was right."""

    @command(schemas.Publicise, answers=schemas.RoundStep)
    def publicise_grades(self, request: dict[str, Any]) -> Any:
        """Publish the grades [公示]; objections are heard up to the last day."""
        held = self._round(request["round_id"])
        entries = self._entries(held)
        taken = self._taken(held, "publicise_grades", request, *entries)
        publicity = PROCEDURE.on(taken.on).grades
        published = period(publicity, taken.on, request["days"])
        after = replace(held.after(taken, RoundState.PUBLICISED), grades_published=published)
        self.store.save(after)
        graded = sum(1 for each in entries if each.grade)
        self.store.announce(facts.publicised_of(after, graded))
        short = rules.publicity_is_short(request["days"], publicity.rule)
        small = rules.group_is_small(self._scheme(held), entries)
        return self._step_answer(after, entries, short, small, published=published)

    @command(schemas.ObjectToRound, answers=Objection)
    def object_to_round(self, request: dict[str, Any]) -> Any:
        """A firm objects to what is published of it; its figures are kept as they are frozen."""
        held = self._round(request["round_id"])
        entry = self._entry(held, request["enterprise_id"])
        refuse(
            *self._against(held, "object_to_round", request, ()),
            rules.objection_in_time(held, request["on"]),
        )
        objection = Objection(
            objection_id=f"{entry.round_firm_id}/{len(entry.objections) + 1}",
            text=request["text"],
            on=request["on"],
            frozen=entry.frozen,
        )
        self.store.save(entry.with_objection(objection))
        return self.store.dump(objection)

    @command(schemas.ReviewObjection, answers=schemas.ReviewAnswer)
    def review_objection(self, request: dict[str, Any]) -> Any:
        """Uphold an objection or not. Other figures come into force at once, and the answer says who
        else moves; upheld without figures, the firm is open until its grade is adjusted."""
        held = self._round(request["round_id"])
        entry = self._entry(held, request["enterprise_id"])
        objection = self._objection(entry, request["objection_id"])
        names = [each.name for each in request["figures"]]
        refuse(
            *self._against(held, "review_objection", request, ()),
            rules.reviewed_once(objection),
            rules.figures_come_with_right(request["upheld"], names),
            rules.reviewed_afterwards(objection, request["on"]),
            rules.figures_are_known(names, self._known_names(held)),
            rules.land_is_more_than_nothing({e.name: e.value for e in request["figures"]}),
        )
        reviewed = replace(
            objection,
            outcome=Outcome.UPHELD if request["upheld"] else Outcome.NOT_UPHELD,
            reviewed_by=request["reviewed_by"],
            reviewed_on=request["on"],
            why=request["why"],
        )
        after = entry.with_objection(reviewed)
        moves = self._corrected(held, after, request) if request["upheld"] else self._unmoved(after)
        self.store.announce(facts.reviewed_of(after, reviewed))
        now = self.store.get(RoundFirm, entry.round_firm_id)
        return self.store.dump(
            schemas.ReviewAnswer(objection=reviewed, grade=now.grade, moves=list(moves))
        )

    def _objection(self, entry: RoundFirm, objection_id: str) -> Objection:
        found = [each for each in entry.objections if each.objection_id == objection_id]
        if not found:
            raise NotFound.of("objection", "objection_id")
        return found[0]

    def _unmoved(self, entry: RoundFirm) -> tuple[RankMove, ...]:
        self.store.save(entry)
        return ()

    def _corrected(
        self, held: Round, entry: RoundFirm, request: dict[str, Any]
    ) -> tuple[RankMove, ...]:
        """One firm is reopened, and with other figures the round is ranked anew."""
        if not request["figures"]:
            return self._unmoved(replace(entry, reopened=True))
        after = entry.with_corrected(request["figures"])
        if held.state is RoundState.AREAS_PUBLICISED:
            return self._unmoved(self._placed_again(held, after, request["on"]))
        before = self._entries(held)
        entries = [after if each.enterprise_id == entry.enterprise_id else each for each in before]
        ranked = self._scored(held, entries)
        self.store.save(*ranked)
        return moved(before, ranked, entry.enterprise_id)


class Finalising(Publishing):
    """Makes grades final, and has a later version take their place."""

    @command(schemas.StepOfRound, answers=schemas.RoundStep)
    def finalise_round(self, request: dict[str, Any]) -> Any:
        """The grades are final; everybody is told. The version before is superseded."""
        held = self._round(request["round_id"])
        entries = self._entries(held)
        taken = self._taken(held, "finalise_round", request, *entries)
        after = replace(held.after(taken, RoundState.FINAL), final_on=taken.on)
        self.store.save(after)
        self._supersede(after)
        graded = [each for each in entries if each.placed is not Place.LEFT_OUT and each.grade]
        for entry in graded:
            self._make_final(after, entry, entry.grade, taken.on)
        self._take_back(after, {each.enterprise_id for each in graded}, taken.on)
        return self._step_answer(after, entries, published=None)

    @command(schemas.ReviseRound, answers=Round)
    def revise_round(self, request: dict[str, Any]) -> Any:
        """Begin a new version of a final round, with the figures as they are now. The old one stands
        until the new one is final."""
        held = self._round(request["round_id"])
        version, last = self._next_version(held.place, held.data_year, held.group)
        refuse(
            *self._against(held, "revise_round", request, ()),
            rules.no_version_is_open(held, last),
        )
        new = Round(
            **{name: getattr(held, name) for name in SAME},
            round_id=round_id_of(held.place, held.data_year, held.group, version),
            version=version,
            steps=(self._as_taken("revise_round", request),),
            supersedes=held.round_id,
            why=request["why"],
        )
        self.store.save(new, *(_carried(new, each) for each in self._entries(held)))
        return self.store.dump(new)

    @command(schemas.ReviseRound, answers=Round)
    def withdraw_round(self, request: dict[str, Any]) -> Any:
        """Take a round back. If it was final, its grades are, and everybody who was told is told so."""
        held = self._round(request["round_id"])
        taken = self._taken(held, "withdraw_round", request)
        after = replace(held.after(taken, RoundState.WITHDRAWN), why=request["why"])
        self.store.save(after)
        if held.state is RoundState.FINAL:
            for entry in self._entries(held):
                self._withdraw(after, entry, taken.on)
        return self.store.dump(after)

    def _supersede(self, new: Round) -> None:
        if new.supersedes:
            old = self._round(new.supersedes)
            self.store.save(replace(old, state=RoundState.SUPERSEDED, superseded_by=new.round_id))

    def _take_back(self, new: Round, graded: set[str], on: date) -> None:
        """Firms that the version before graded, and this one does not, have no grade any more."""
        if new.supersedes:
            for entry in self._entries(self._round(new.supersedes)):
                if entry.enterprise_id not in graded:
                    self._withdraw(new, entry, on)

    def _withdraw(self, held: Round, entry: RoundFirm, on: date) -> None:
        known = self.store.get(FirmGrades, entry.enterprise_id)
        if known and known.grade_of(held.data_year):
            self._make_final(held, entry, None, on)

    def _make_final(self, held: Round, entry: RoundFirm, grade: Grade | None, on: date) -> None:
        firm = self.store.require(Enterprise, entry.enterprise_id)
        land = self._land(*firm.parcel_ids)
        known = self.store.get(FirmGrades, entry.enterprise_id)
        before = known or FirmGrades(enterprise_id=firm.enterprise_id, township=firm.township)
        after = before.with_final(
            YearGrade(
                data_year=held.data_year,
                revision=1,
                grade=grade,
                previous_grade=before.grade_of(held.data_year - 1),
                final_on=on,
                round_id=held.round_id,
                scheme=held.scheme,
                parcels=tuple(p for p in sorted(land.sites) if firm.role_on(p, [on], land)),
                known_at=self.store.now,
            )
        )
        self.store.save(after)
        self.store.announce(*facts.grade_facts_of(before, after))
        self._make_followers_final(held, entry, grade, on)

    def _make_followers_final(
        self, held: Round, holder: RoundFirm, grade: Grade | None, on: date
    ) -> None:
        """Its tenants whose round is final already take the grade too, whichever round ended first."""
        for entry in self.store.find(RoundFirm, MOST, follows=holder.enterprise_id):
            of = self._round(entry.round_id)
            if of.round_id != held.round_id and _is_final_of(of, held.data_year):
                after = replace(entry, grade=adjusted(grade, entry.adjustments))
                self.store.save(after)
                self._make_final(of, after, after.grade, on)


def _is_final_of(held: Round, data_year: int) -> bool:
    return held.state is RoundState.FINAL and held.data_year == data_year


def _carried(new: Round, entry: RoundFirm) -> RoundFirm:
    """What the desk said of the firm, carried on into the new version. Its plots, scores and objections
    come anew."""
    return RoundFirm(
        round_firm_id=entry_id_of(new.round_id, entry.enterprise_id),
        round_id=new.round_id,
        enterprise_id=entry.enterprise_id,
        township=entry.township,
        placement=entry.placement,
        given=entry.given,
        adjustments=entry.adjustments,
    )
