"""What the schemes of any rulebook make of the firms of a round that was scored, and what that would tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from backbone.errors import Invalid, Reason
from park.time import day_of
from park.verdicts.compared import Ruling, Rulings

from ..evaluation.scheme import Scheme
from ..rounds.entry import RoundFirm
from ..rounds.facts import grade_facts_of
from ..rounds.grades import FirmGrades, YearGrade
from ..rounds.law import Grade
from ..rounds.ranking import scored_round
from ..rounds.round import Round, RoundState, round_id_of

SCORED = (RoundState.SCORED, RoundState.PUBLICISED, RoundState.FINAL)


def by_scheme(
    held: Round,
    firms: Sequence[RoundFirm],
    scheme: Scheme | None,
    elsewhere: Mapping[str, Grade | None],
) -> tuple[Rulings, list[RoundFirm]]:
    """The grade of each firm by that scheme, from the figures by which the round was scored, and the firms
    so graded. Without a scheme nobody has one. Raises `Invalid` for a scheme that cannot score them."""
    name = f"grade {held.round_id}"
    if scheme is None:
        gone = Ruling(says=None, reason=_no_scheme(held))
        graded = [replace(each, grade=None, rank=None) for each in firms]
        return {(each.enterprise_id, name): gone for each in firms}, graded
    graded = scored_round(firms, scheme, elsewhere)
    ranked = sum(1 for each in graded if each.rank)
    return {(e.enterprise_id, name): _ruling(e, scheme, ranked) for e in graded}, graded


def not_applied(before: Mapping[str, Scheme], after: Mapping[str, Scheme], field: str) -> None:
    """Raise `Invalid` for entries that nobody would score by, of which there were none before."""
    reasons = [
        Reason("INVALID", f"Nothing is scored by {note} of {id_}.", f"{field}.{id_}.{note}")
        for id_, scheme in after.items()
        if id_ in before
        for note in sorted(set(scheme.notes) - set(before[id_].notes))
    ]
    if reasons:
        raise Invalid(reasons)


def _ruling(firm: RoundFirm, scheme: Scheme, ranked: int) -> Ruling:
    return Ruling(
        says=firm.grade.value if firm.grade else None,
        figure=firm.total,
        unit="points",
        reason=_why(firm, ranked),
        source=scheme.source,
    )


def _why(firm: RoundFirm, ranked: int) -> Reason | None:
    if firm.grade is not firm.scored_grade and firm.follows is None:
        return Reason("ADJUSTED", "The grade by its rank was adjusted by a document.")
    if firm.follows:
        return Reason("OF_HOLDER", "It takes the grade of the holder of its plot.")
    if firm.rank:
        return Reason("BY_RANK", f"It has place {firm.rank} of {ranked}.")
    return next(iter(firm.reasons), None)


def _no_scheme(held: Round) -> Reason:
    return Reason("SCHEME_UNKNOWN", f"The rulebook has no scheme {held.scheme}.")


def told(
    held: Round,
    before: Iterable[RoundFirm],
    after: Iterable[RoundFirm],
    known: Mapping[str, FirmGrades],
    now: datetime,
) -> Iterator[Any]:
    """The facts if the next version of a final round were made final with these grades today. Each firm is on
    the plots that were told with its grade."""
    if held.state is not RoundState.FINAL:
        return
    was = {each.enterprise_id: each.grade for each in before}
    for entry in after:
        firm = known.get(entry.enterprise_id)
        year = firm.of(held.data_year) if firm else None
        if firm and year and entry.grade is not was[entry.enterprise_id]:
            yield from grade_facts_of(firm, firm.with_final(_final(held, entry, firm, year, now)))


def _final(
    held: Round, entry: RoundFirm, firm: FirmGrades, year: YearGrade, now: datetime
) -> YearGrade:
    next_id = round_id_of(held.place, held.data_year, held.group, held.version + 1)
    return YearGrade(
        data_year=held.data_year,
        revision=1,
        grade=entry.grade,
        previous_grade=firm.grade_of(held.data_year - 1),
        final_on=day_of(now),
        round_id=next_id,
        scheme=held.scheme,
        parcels=year.parcels,
        known_at=now,
    )
