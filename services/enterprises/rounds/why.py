"""Why a firm has its grade in a round: figures, weights, total, place, cut, and what was set against it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from backbone.errors import Reason
from park.why.said import RuleOutcome, RuleSaid, all_said, said

from ..evaluation.scheme import Scheme
from .entry import Adjustment, Place, RoundFirm, entry_id_of
from .grades import FirmGrades, YearGrade
from .inputs import STATISTICS_LAW
from .law import POLICIES
from .ranking import scheme_of
from .round import Round, RoundState
from .rules import everybody_is_scored, group_is_small

FOLLOWS = RuleOutcome.FOLLOWS


def rules_of_round(held: Round, entries: Collection[RoundFirm]) -> Iterator[RuleSaid]:
    """By which scheme, cuts and publicity the round judges, and what is warned of."""
    scheme, group = scheme_of(held), held.group_on(held.opened_on)
    source = scheme.source or held.procedure.source
    evaluated = sum(each.placed is Place.EVALUATED for each in entries)
    told = f"{len(entries)} firms of {held.group}, {evaluated} of them evaluated."
    yield said(Reason("GROUP", told, field="group"), FOLLOWS, group.source)
    yield said(Reason("SCHEME", _weights(scheme), field="scheme"), FOLLOWS, source)
    if cuts := _cuts(scheme):
        yield said(Reason("CUTS", f"Grades are cut at {cuts}.", field="cuts"), FOLLOWS, source)
    for period in filter(None, (held.areas_published, held.grades_published)):
        told = f"Published from {period.first} to {period.last}, by the rule of {period.place}."
        is_open = period == held.published
        outcome = RuleOutcome.OPEN if is_open else RuleOutcome.KEPT
        yield said(Reason("PUBLICITY", told), outcome, period.source, due_on=period.last)
    if held.superseded_by:
        told = f"{held.superseded_by} took its place."
        yield said(Reason("SUPERSEDED", told, field="state"), FOLLOWS, held.procedure.source)
    if held.state is not RoundState.COLLECTING:
        warnings = filter(None, (group_is_small(scheme, entries), everybody_is_scored(entries)))
        yield from all_said(warnings, RuleOutcome.WARNS, source)


def rules_of_firm(entry: RoundFirm, held: Round, ranked: int) -> Iterator[RuleSaid]:
    """The way from its figures to its grade. `ranked` are the places that the round gave."""
    scheme, procedure = scheme_of(held), held.procedure
    source = scheme.source or procedure.source
    yield from all_said(entry.reasons, RuleOutcome.BARS, procedure.source)
    for figure in entry.frozen:
        document = f", {figure.document_id}" if figure.document_id else ""
        told = f"{figure.name} is {figure.value:f}, from {figure.figure_source}{document}."
        reason = Reason("FIGURE_USED", told, field=f"frozen.{figure.name}")
        yield said(reason, FOLLOWS, procedure.sources_source)
    yield from all_said(entry.missing, RuleOutcome.BARS, STATISTICS_LAW)
    weights = {each.code: each for each in scheme.indicators}
    for part in entry.parts:
        made = "no figure" if part.value is None else f"{part.value:f}"
        points = "no points" if part.score is None else f"{part.score:f} points"
        rule = weights.get(part.indicator)
        weighed = f" at weight {rule.weight:f}" if rule and rule.weight is not None else ""
        told = f"{part.indicator}: {made} makes {points}{weighed}."
        yield said(Reason("SCORED", told, field=f"parts.{part.indicator}"), FOLLOWS, source)
    if entry.total is not None:
        told = f"Total {entry.total:f}, place {entry.rank} of {ranked}: grade {entry.scored_grade}."
        cuts = f" Grades are cut at {_cuts(scheme)}."
        yield said(Reason("GRADE_BY_SCORE", told + cuts, field="scored_grade"), FOLLOWS, source)
    if entry.placed is Place.FOLLOWS_HOLDER and entry.follows:
        told = f"A tenant takes the grade of the holder of its plot, {entry.follows}."
        of = ("round_firm", entry_id_of(held.round_id, entry.follows))
        group = held.group_on(held.opened_on)
        yield said(Reason("FOLLOWS_HOLDER", told, field="follows"), FOLLOWS, group.source, of=of)
    yield from map(_adjusted, entry.adjustments)
    for each in entry.open_objections:
        told = f"The objection {each.objection_id} of {each.on} is not reviewed yet."
        yield said(Reason("OBJECTION_OPEN", told), RuleOutcome.OPEN, procedure.source)


def rules_of_grades(firm: FirmGrades, today: date) -> Iterator[RuleSaid]:
    """Which round decided what stands of each year, and what follows the grade of today."""
    yield from (of_year(firm, each) for each in firm.years)
    by = firm.on(today)
    for each in POLICIES.on(today).of(by.grade, today) if by and by.grade else ():
        doubt = "" if each.confirmed else " (not confirmed)"
        reason = Reason(f"POLICY_{each.lever.upper()}", f"{each.measure}{doubt}")
        yield said(reason, FOLLOWS, each.source)


def of_year(firm: FirmGrades, year: YearGrade) -> RuleSaid:
    """What stands of one year."""
    round_id, on = year.decided_by or year.round_id, year.decided_on or year.final_on
    told = (
        f"Grade {year.grade or 'none'} of {year.data_year}, since {year.first_day}, was decided on {on} by "
        f"{round_id}; the year before it was {year.previous_grade or 'none'}."
    )
    of = ("round_firm", entry_id_of(round_id, firm.enterprise_id))
    return said(Reason("GRADE", told, field="years"), FOLLOWS, f"round {round_id}", of=of)


def _adjusted(each: Adjustment) -> RuleSaid:
    kind, taken_back = each.kind.upper(), each.withdrawn_on
    told = f"{each.reason}: {each.kind} to {each.target_grade} on {each.on}"
    told += f", withdrawn on {taken_back}." if taken_back else "."
    outcome = RuleOutcome.KEPT if taken_back else FOLLOWS
    return said(Reason(f"GRADE_{kind}", told, field="adjustments"), outcome, each.document_id)


def _weights(scheme: Scheme) -> str:
    """The indicators of a scheme with their weights, as a sentence."""
    shown = (
        f"{e.code}{f' {e.weight:f}' if e.weight is not None else ''}" for e in scheme.indicators
    )
    return f"{scheme.id} scores {', '.join(shown)}."


def _cuts(scheme: Scheme) -> str:
    return ", ".join(f"{each.grade} {each.by} {each.value:f}" for each in scheme.cuts)
