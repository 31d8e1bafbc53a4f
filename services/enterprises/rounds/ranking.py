"""From frozen figures to grades: the firms of a round scored by its scheme, and who moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from backbone.errors import Reason
from backbone.records import record
from park.units import tidy

from ..evaluation.inputs import inputs_of
from ..evaluation.kept import kept
from ..evaluation.scheme import Scheme
from ..evaluation.scoring import Score, scored
from ..evaluation.terms import Cut, cuts_of
from .entry import Part, Place, RoundFirm, adjusted
from .inputs import added_up, values
from .law import Grade
from .round import GradeCut, Round


@record
class RankMove:
    """How a firm's place changes through a correction of another."""

    enterprise_id: str
    rank_before: int | None
    rank_after: int | None
    grade_before: Grade | None
    grade_after: Grade | None


def scored_round(
    entries: Iterable[RoundFirm], scheme: Scheme, others: Mapping[str, Grade | None]
) -> list[RoundFirm]:
    """Every firm with its score, rank and grade, by the frozen figures. A tenant that follows the holder
    of its plot takes the holder's grade; `others` has those of holders outside this round. Raises
    `Invalid` for what the scheme cannot score."""
    entries, inputs = list(entries), inputs_of(scheme.data_year)
    figures = {
        unit: added_up(firms, inputs, scheme.codes)
        for unit, firms in sorted(_units(entries).items())
    }
    rows = [{"firm": unit} | each for unit, each in figures.items()]
    scores = {each.firm: each for each in scored(scheme, rows)} if rows else {}
    made = {unit: values(each, inputs, scheme.codes) for unit, each in figures.items()}
    graded = [
        _with_score(each, scores.get(each.unit or ""), made.get(each.unit or "", {}))
        for each in entries
    ]
    grades = dict(others) | {each.enterprise_id: each.grade for each in graded}
    return [_with_holder(entry, grades) for entry in graded]


def scheme_of(held: Round, schemes: Mapping[str, Scheme] | None = None) -> Scheme:
    """The scheme of the round, of those that are kept or of others, with the cuts of the round if it has
    any."""
    scheme = (kept() if schemes is None else schemes)[held.scheme]
    return replace(scheme, cuts=as_cuts(held.cuts)) if held.cuts else scheme


def as_cuts(cuts: Iterable[GradeCut]) -> tuple[Cut, ...]:
    """The cuts as a scheme has them. Raises `Invalid` for cuts that do not add up."""
    return cuts_of([(each.grade.value, each.by, each.value) for each in cuts], "cuts")


def moved(
    before: Iterable[RoundFirm], after: Iterable[RoundFirm], but: str | None = None
) -> tuple[RankMove, ...]:
    """Whose rank or grade is another than before, but for the firm `but` that was corrected itself."""
    was = {each.enterprise_id: each for each in before}
    found = (_move(was[each.enterprise_id], each) for each in after if each.enterprise_id != but)
    return tuple(
        each
        for each in found
        if (each.rank_before, each.grade_before) != (each.rank_after, each.grade_after)
    )


def _units(entries: Iterable[RoundFirm]) -> dict[str, list[RoundFirm]]:
    found: dict[str, list[RoundFirm]] = {}
    for entry in entries:
        if entry.unit is not None:
            found.setdefault(entry.unit, []).append(entry)
    return found


def _with_score(entry: RoundFirm, score: Score | None, made: Mapping[str, Decimal]) -> RoundFirm:
    if score is None:
        grade = adjusted(None, entry.adjustments)
        return replace(entry, parts=(), total=None, rank=None, scored_grade=None, grade=grade)
    scored_grade = Grade(score.grade) if score.grade else None
    excluded = Reason("NOT_SCORED", f"It has no score: {score.excluded}.")
    return replace(
        entry,
        parts=tuple(
            Part(indicator=name, value=_plain(made.get(name)), score=_plain(score.parts.get(name)))
            for name in sorted({*score.parts, *made})
        ),
        total=_plain(score.total),
        rank=score.rank,
        reasons=(excluded,) if score.excluded else (),
        scored_grade=scored_grade,
        grade=adjusted(scored_grade, entry.adjustments),
    )


def _plain(number: Decimal | None) -> Decimal | None:
    """As it is kept and shown: to a millionth, and never with an exponent."""
    return None if number is None else tidy(number)


def _with_holder(entry: RoundFirm, grades: Mapping[str, Grade | None]) -> RoundFirm:
    if entry.placed is not Place.FOLLOWS_HOLDER or entry.follows is None:
        return entry
    return replace(entry, grade=adjusted(grades.get(entry.follows), entry.adjustments))


def _move(before: RoundFirm, after: RoundFirm) -> RankMove:
    return RankMove(
        enterprise_id=after.enterprise_id,
        rank_before=before.rank,
        rank_after=after.rank,
        grade_before=before.grade,
        grade_after=after.grade,
    )
