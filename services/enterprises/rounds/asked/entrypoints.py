"""What may be asked of rounds: scores, a firm's own figures, grades over the years, and policies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from backbone import query
from park.rules import refuse

from ...figures.firm_figures import FirmFigures
from ...firms.enterprise import Enterprise
from .. import rules, schemas
from ..entry import Figure, RoundFirm
from ..grades import FirmGrades, decided_later
from ..grading.entrypoints import Scoring
from ..inputs import changed, lacking, set_aside
from ..law import POLICIES
from ..members import is_scored
from ..round import Round, RoundState

SHOWN = (RoundState.PUBLICISED, RoundState.FINAL, RoundState.SUPERSEDED)
DRAFTED = (RoundState.COLLECTING,)


class RoundsAsked(Scoring):
    """Answers for rounds and grades."""

    @query(schemas.StepCheck, answers=schemas.StepAnswer)
    def what_stands_against(self, request: dict[str, Any]) -> Any:
        """All that stands against a step of a round, without taking it."""
        held, step = self._round(request["round_id"]), request["step"]
        refuse(rules.step_is_known(step))
        firms = self._firms(held)
        reasons = [*self._against(held, step, request, firms)]
        if step == "score_round" and held.state is RoundState.AREAS_PUBLICISED:
            unscored = rules.somebody_is_scored(self._as_scored(held, firms, request["on"]))
            reasons += [unscored] if unscored else []
        small = rules.group_is_small(self._scheme(held), firms)
        warnings = [small] if small else []
        return self.store.dump(
            schemas.StepAnswer(
                round_id=held.round_id, step=step, reasons=reasons, warnings=warnings
            )
        )

    @query(schemas.OfRound, answers=schemas.RoundScores)
    def round_scores(self, request: dict[str, Any]) -> Any:
        """The firms of a round with score, rank and grade, and those that it leaves out with the reason.
        While it collects, the firms as they would be placed today."""
        held = self._round(request["round_id"])
        firms = sorted(self._firms(held), key=_by_rank)
        found = [self._scored_firm(held, each) for each in firms]
        return self.store.dump(
            schemas.RoundScores(round_id=held.round_id, state=held.state, scored_firms=found)
        )

    @query(schemas.OfRound, answers=schemas.RoundChanges)
    def round_changes(self, request: dict[str, Any]) -> Any:
        """The figures that were corrected since they were frozen, which a new version of the round uses;
        and those of other sources that differ from the used ones, with the reason."""
        held = self._round(request["round_id"])
        found = [
            schemas.ChangedFigure(
                enterprise_id=entry.enterprise_id, frozen_figure=was, figure_now=now
            )
            for entry in self._entries(held)
            for was, now in self._changed(held, entry).values()
        ]
        aside = [
            schemas.FigureSetAside(
                enterprise_id=entry.enterprise_id, used_figure=mine, other_figure=other, why=why
            )
            for entry in self._firms(held)
            if is_scored(entry)
            for mine, other, why in set_aside(
                self._own(held, entry), self._offered(held, entry), held.procedure
            )
        ]
        return self.store.dump(
            schemas.RoundChanges(
                round_id=held.round_id, changed_figures=found, figures_set_aside=aside
            )
        )

    @query(schemas.MyFigures, answers=schemas.OwnFigures)
    def my_figures(self, request: dict[str, Any]) -> Any:
        """What a firm sees of itself in a round: its figures with their sources, what is missing, its
        objections, and from the publicity on its score. Nothing of any other firm."""
        refuse(rules.asks_for_itself(request["enterprise_id"], request["asked_by"]))
        held = self._round(request["round_id"])
        entry = self._seen(held, request["enterprise_id"])
        shown, published = held.state in SHOWN, held.published
        return self.store.dump(
            schemas.OwnFigures(
                round_id=held.round_id,
                enterprise_id=entry.enterprise_id,
                state=held.state,
                placed=entry.placed,
                reasons=list(entry.reasons),
                own_figures=list(self._own(held, entry)),
                missing=list(self._missing(held, entry)),
                shared_with=self._shared_with(held, entry),
                total=entry.total if shown else None,
                rank=entry.rank if shown else None,
                grade=entry.grade if shown else None,
                published_first=published.first if published else None,
                published_last=published.last if published else None,
                objections=list(entry.objections),
            )
        )

    @query(schemas.GradesOf, answers=schemas.GradesAnswer)
    def grades_of(self, request: dict[str, Any]) -> Any:
        """A firm's final grades over the years, and every revision of them."""
        firm = self._graded(request["enterprise_id"])
        return self.store.dump(
            schemas.GradesAnswer(
                enterprise_id=firm.enterprise_id,
                years=list(firm.years),
                revisions=list(firm.revisions),
            )
        )

    @query(schemas.PoliciesFor, answers=schemas.PoliciesAnswer)
    def policies_for(self, request: dict[str, Any]) -> Any:
        """What follows the firm's grade of a day [差别化政策] as known at a moment, each with its source and
        whether that was confirmed."""
        on, known_at = request["on"] or self.store.today, request["known_at"] or self.store.now
        firm = self._graded(request["enterprise_id"])
        by, then = firm.on(on, known_at), firm.decided_by(on)
        grade, later = by.grade if by else None, decided_later(by, then, on)
        return self.store.dump(
            schemas.PoliciesAnswer(
                enterprise_id=firm.enterprise_id,
                on=on,
                data_year=by.data_year if by else None,
                grade=grade,
                round_id=by.round_id if by else None,
                policies=list(POLICIES.on(on).of(grade, on)) if grade else [],
                known_at=known_at,
                since=by.first_day if by else None,
                decided_on=by.decided_on or by.final_on if by else None,
                decided_by=by.decided_by or by.round_id if by else None,
                grade_then=then.grade if then else None,
                warnings=[later] if later else [],
            )
        )

    def _firms(self, held: Round) -> list[RoundFirm]:
        if held.state in DRAFTED:
            return self._drafted(held, self.store.today)
        return self._entries(held)

    def _seen(self, held: Round, enterprise_id: str) -> RoundFirm:
        if held.state not in DRAFTED:
            return self._entry(held, enterprise_id)
        drafted = {each.enterprise_id: each for each in self._drafted(held, self.store.today)}
        return drafted.get(enterprise_id) or self._entry(held, enterprise_id)

    def _graded(self, enterprise_id: str) -> FirmGrades:
        firm = self.store.require(Enterprise, enterprise_id, "enterprise_id")
        known: FirmGrades | None = self.store.get(FirmGrades, enterprise_id)
        return known or FirmGrades(enterprise_id=enterprise_id, township=firm.township)

    def _own(self, held: Round, entry: RoundFirm) -> tuple[Figure, ...]:
        """The frozen figures; before they are, those of today."""
        frozen = held.state not in (RoundState.COLLECTING, RoundState.AREAS_PUBLICISED)
        return entry.frozen if frozen else self._figures_now(held, entry)

    def _missing(self, held: Round, entry: RoundFirm) -> Iterable[Any]:
        reported = self.store.get(FirmFigures, entry.enterprise_id)
        return lacking(reported, self._own(held, entry), self._wanted(held), held.data_year)

    def _shared_with(self, held: Round, entry: RoundFirm) -> int:
        return sum(1 for e in self._entries(held) if entry.unit and e.unit == entry.unit) or 1

    def _changed(self, held: Round, entry: RoundFirm) -> dict[str, tuple[Figure, Figure]]:
        if not is_scored(entry) or held.state is RoundState.COLLECTING:
            return {}
        return changed(entry.frozen, self._figures_now(held, entry))

    def _scored_firm(self, held: Round, entry: RoundFirm) -> schemas.RankedFirm:
        return schemas.RankedFirm(
            enterprise_id=entry.enterprise_id,
            placed=entry.placed,
            unit=entry.unit,
            follows=entry.follows,
            parts=list(entry.parts),
            total=entry.total,
            rank=entry.rank,
            scored_grade=entry.scored_grade,
            grade=entry.grade,
            reasons=list(entry.reasons),
            missing=list(entry.missing),
            changed=sorted(self._changed(held, entry)),
        )


def _by_rank(entry: RoundFirm) -> tuple[bool, int, str]:
    return entry.rank is None, entry.rank or 0, entry.enterprise_id
