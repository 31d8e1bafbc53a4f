"""What stands against a step of a round. Each rule answers with a reason, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal

from backbone.errors import Reason
from backbone.records import record
from park.rules import Rule

from ..evaluation.grading import TOO_SMALL, too_small
from ..evaluation.scheme import Scheme
from .entry import AREA, AdjustmentKind, Objection, Outcome, Place, RoundFirm
from .law import PROCEDURE, Counting, Grade
from .round import Round, RoundState

S = RoundState
# where a round must stand for each step
STATES: Mapping[str, tuple[RoundState, ...]] = {
    "give_round_figures": (S.COLLECTING, S.AREAS_PUBLICISED),
    "place_firm": (S.COLLECTING, S.AREAS_PUBLICISED),
    "publicise_areas": (S.COLLECTING,),
    "score_round": (S.AREAS_PUBLICISED,),
    "adjust_grade": (S.SCORED, S.PUBLICISED),
    "withdraw_adjustment": (S.SCORED, S.PUBLICISED),
    "publicise_grades": (S.SCORED,),
    "object_to_round": (S.AREAS_PUBLICISED, S.PUBLICISED),
    "review_objection": (S.AREAS_PUBLICISED, S.PUBLICISED),
    "finalise_round": (S.PUBLICISED,),
    "revise_round": (S.FINAL,),
    "withdraw_round": (S.COLLECTING, S.AREAS_PUBLICISED, S.SCORED, S.PUBLICISED, S.FINAL),
}


@record
class Situation:
    """A step that is to be taken on a round, by which role, about which day, and the day in the park.
    `graded_elsewhere` are firms that have a standing grade of the year from another group."""

    step: str
    held: Round
    on: date
    operator_role: str
    today: date
    entries: tuple[RoundFirm, ...] = ()
    graded_elsewhere: tuple[str, ...] = ()


def role_may_take_it(situation: Situation) -> Reason | None:
    """Each step has its roles."""
    return wrong_role(situation.step, situation.operator_role, situation.on)


def wrong_role(step: str, operator_role: str, on: date) -> Reason | None:
    """The reason for a role that may not take the step on that day."""
    procedure = PROCEDURE.on(on)
    allowed = procedure.roles[step]
    if operator_role in allowed:
        return None
    return Reason(
        "WRONG_ROLE",
        f"This step is taken by {' or '.join(allowed)}; operator_role must say so.",
        field="operator_role",
        source=procedure.source,
    )


def round_stands_there(situation: Situation) -> Reason | None:
    """The steps of a round follow one another."""
    allowed = STATES[situation.step]
    if situation.held.state in allowed:
        return None
    return Reason(
        "ROUND_STATE",
        f"The round is {situation.held.state}; this step is for one that is {' or '.join(allowed)}.",
        field="round_id",
    )


def day_has_come(situation: Situation) -> Reason | None:
    """What is entered has happened."""
    return not_yet(situation.on, situation.today)


def not_yet(on: date, today: date) -> Reason | None:
    """The reason for a day that has not come."""
    if on <= today:
        return None
    return Reason("NOT_YET", f"The day {on} has not come; give one up to {today}.", field="on")


def steps_are_in_order(situation: Situation) -> Reason | None:
    """A step is not of a day before the step before it."""
    last = situation.held.last_step_on
    if last is None or last <= situation.on:
        return None
    return Reason(
        "BEFORE_LAST_STEP",
        f"The last step of the round was of {last}; give that day or a later one.",
        field="on",
    )


def publicity_is_over(situation: Situation) -> Reason | None:
    """Objections are heard up to the last day, so nothing builds on it before."""
    published = situation.held.published
    if published is None or published.last < situation.on:
        return None
    return Reason(
        "PUBLICITY_RUNS",
        f"It is published up to {published.last}, that day included; take this step afterwards.",
        field="on",
        source=published.source,
    )


def objections_are_reviewed(situation: Situation) -> Reason | None:
    """Every objection has an answer before anything builds on it."""
    firms = [each.enterprise_id for each in situation.entries if each.open_objections]
    if not firms:
        return None
    return Reason(
        "OBJECTION_OPEN", f"Review the objections of {_some(firms)} first.", field="round_id"
    )


def reopened_firms_are_settled(situation: Situation) -> Reason | None:
    """An objection that was upheld leads to other figures or to an adjustment."""
    firms = [each.enterprise_id for each in situation.entries if each.reopened]
    if not firms:
        return None
    return Reason(
        "FIRM_REOPENED",
        f"An objection of {_some(firms)} was upheld; correct the figures or adjust the grade first.",
        field="round_id",
    )


def somebody_is_evaluated(situation: Situation) -> Reason | None:
    """A round without a firm to evaluate has no result."""
    if any(each.placed is Place.EVALUATED for each in situation.entries):
        return None
    return Reason(
        "NOBODY_EVALUATED",
        "The round has no firm to evaluate; look at its townships, group and data year.",
        field="round_id",
    )


def everybody_is_scored(entries: Iterable[RoundFirm]) -> Reason | None:
    """A warning: firms that lack a figure which the scheme does not fill have no score, and no grade
    unless one is fixed."""
    firms = [
        each.enterprise_id
        for each in entries
        if each.placed is Place.EVALUATED and each.rank is None
    ]
    if not firms:
        return None
    return Reason("NOT_SCORED", f"There is no score for {_some(firms)}; see what they lack.")


def somebody_is_scored(entries: Iterable[RoundFirm]) -> Reason | None:
    """A round in which nobody has a score has no result, and what is scored is frozen (ours): it stays
    where it is until figures are given."""
    evaluated = [each for each in entries if each.placed is Place.EVALUATED]
    if any(each.rank is not None for each in evaluated):
        return None
    lacking = sorted({reason.field or reason.code for each in evaluated for reason in each.missing})
    return Reason(
        "NOBODY_SCORED",
        "No firm of the round would have a score; report or give what is missing first: "
        f"{', '.join(lacking) or 'see what each lacks'}.",
        field="round_id",
    )


def areas_are_known(situation: Situation) -> Reason | None:
    """What is published must be known: the land area of each firm that is evaluated."""
    firms = [
        each.enterprise_id
        for each in situation.entries
        if each.placed is Place.EVALUATED and each.area is None
    ]
    if not firms:
        return None
    return Reason(
        "LAND_AREA_MISSING",
        f"The land area of {_some(firms)} is not known; give it for the round, or place the firm "
        "elsewhere.",
        field="round_id",
    )


def graded_in_one_round(situation: Situation) -> Reason | None:
    """A firm's year has one grade."""
    if not situation.graded_elsewhere:
        return None
    return Reason(
        "GRADED_IN_OTHER_ROUND",
        f"A round of another group graded {_some(situation.graded_elsewhere)} in this year; leave the "
        "firm out of one of them.",
        field="round_id",
    )


ANY_STEP: tuple[Rule[Situation], ...] = (
    role_may_take_it,
    round_stands_there,
    day_has_come,
    steps_are_in_order,
)
OF_STEP: Mapping[str, tuple[Rule[Situation], ...]] = {
    "publicise_areas": (somebody_is_evaluated, areas_are_known),
    "score_round": (publicity_is_over, objections_are_reviewed, reopened_firms_are_settled),
    "publicise_grades": (reopened_firms_are_settled,),
    "finalise_round": (
        publicity_is_over,
        objections_are_reviewed,
        reopened_firms_are_settled,
        graded_in_one_round,
    ),
}


def rules_of(step: str) -> tuple[Rule[Situation], ...]:
    """All that a step is held against."""
    return (*ANY_STEP, *OF_STEP.get(step, ()))


# --- what one firm's step is held against


def objection_in_time(held: Round, on: date) -> Reason | None:
    """Objections are heard while it is published, both days included."""
    published = held.published
    if published is None or published.covers(on):
        return None
    return Reason(
        "OBJECTION_NOT_IN_TIME",
        f"Objections are heard from {published.first} to {published.last}.",
        field="on",
        source=published.source,
    )


def figures_are_known(names: Iterable[str], known: Collection[str]) -> Reason | None:
    """A figure of another name would judge nothing."""
    if unknown := sorted(set(names) - set(known)):
        return Reason(
            "FIGURE_NOT_KNOWN",
            f"No indicator uses {', '.join(unknown)}; there are {', '.join(sorted(known))}.",
            field="figures",
        )
    return None


def year_is_over(data_year: int, on: date) -> Reason | None:
    """A year is evaluated when it is over."""
    if data_year < on.year:
        return None
    return Reason("YEAR_NOT_OVER", f"The year {data_year} is not over.", field="data_year")


def group_is_known(group: str, on: date) -> Reason | None:
    """A group has its own firms and its own formula."""
    groups = PROCEDURE.on(on).groups
    if group in groups:
        return None
    return Reason("GROUP_UNKNOWN", f"Give one of {', '.join(groups)}.", field="group")


def scheme_is_known(name: str, known: Collection[str]) -> Reason | None:
    """Firms are scored by a scheme that is kept."""
    if name in known:
        return None
    return Reason(
        "SCHEME_UNKNOWN",
        f"There is no scheme {name}; give one of {', '.join(known)}.",
        field="scheme",
    )


def scheme_grades(scheme: Scheme | None) -> Reason | None:
    """A round ends with grades from A to D, so it needs cuts for them."""
    if scheme is None or (scheme.grades and set(scheme.grades) <= set(Grade)):
        return None
    return Reason(
        "CUTS_MISSING",
        "The scheme cuts no grades from A to D; give the cuts of this round.",
        field="cuts",
    )


def scheme_is_of_the_year(scheme: Scheme | None, data_year: int) -> Reason | None:
    """A warning, not a bar: a scheme is of one year of data, and its baselines grow old."""
    if scheme is None or scheme.data_year in (None, data_year):
        return None
    sentence = f"The scheme is of {scheme.data_year}; its baselines are those of that year."
    return Reason("SCHEME_OF_OTHER_YEAR", sentence, field="scheme", source=scheme.source)


def group_is_small(scheme: Scheme, entries: Iterable[RoundFirm]) -> Reason | None:
    """A warning, not a bar, as no source bars it: a cut of the scheme is less than one firm. Before they are
    ranked, the firms are counted that will be."""
    evaluated = [each for each in entries if each.placed is Place.EVALUATED]
    ranked = {each.unit for each in evaluated if each.rank} or {e.enterprise_id for e in evaluated}
    sentence = too_small(scheme, len(ranked)) if ranked else None
    return Reason(TOO_SMALL, sentence, source=scheme.source) if sentence else None


def is_new(held: Round | None) -> Reason | None:
    """A place, data year and group have one round; it is revised, not opened again."""
    if held is None or held.state is S.WITHDRAWN:
        return None
    return Reason(
        "ROUND_IS_OPEN",
        f"There is the round {held.round_id} already; revise that when it is final.",
        field="data_year",
    )


def area_is_not_published(held: Round, entry: RoundFirm, figures: Collection[str]) -> Reason | None:
    """A land area that is published is corrected by an objection, so that everybody knows why."""
    if held.state is not S.AREAS_PUBLICISED or AREA not in figures or entry.reopened:
        return None
    return Reason(
        "AREA_PUBLISHED",
        "The land areas are published; one is corrected when an objection to it is upheld.",
        field="figures",
    )


def land_is_more_than_nothing(figures: Mapping[str, Decimal]) -> Reason | None:
    """Nothing can be had per mu of no land."""
    if figures.get(AREA, Decimal(1)) > 0:
        return None
    return Reason("LAND_AREA_MISSING", "Give more than 0 m² of land.", field="figures")


def placement_has_its_reason(
    placed: Place, reason_code: str | None, document_id: str | None, on: date
) -> Reason | None:
    """A firm is left out for a reason of the list, with a document where the list asks for one."""
    exclusions = PROCEDURE.on(on).exclusions
    if reason_code is None and placed is not Place.LEFT_OUT:
        return None
    if reason_code is None or reason_code not in exclusions:
        known = ", ".join(sorted(exclusions))
        return Reason("EXCLUSION_UNKNOWN", f"Give one of {known}.", field="reason_code")
    if exclusions[reason_code].needs_document and document_id is None:
        return Reason(
            "DOCUMENT_MISSING",
            f"{reason_code} needs a document; give its id.",
            field="document_id",
            source=exclusions[reason_code].source,
        )
    return None


def adjusted_after_an_objection(held: Round, entry: RoundFirm) -> Reason | None:
    """What is published is changed for a firm whose objection was upheld, and for no other."""
    if held.state is not S.PUBLICISED or entry.reopened:
        return None
    return Reason(
        "ADJUSTED_IN_PUBLICITY",
        "The grades are published; one is adjusted only after an objection of the firm was upheld.",
        field="enterprise_id",
    )


def asks_for_itself(enterprise_id: str, asked_by: str) -> Reason | None:
    """A firm sees its own figures, and only its own."""
    if enterprise_id == asked_by:
        return None
    return Reason(
        "NOT_YOUR_FIGURES", "A firm is shown its own figures only.", field="enterprise_id"
    )


def publicity_is_short(days: int | None, rule: Counting) -> Reason | None:
    """A warning and no bar: no law was found that says how long it must be."""
    if days is None or days >= rule.days:
        return None
    return Reason(
        "PUBLICITY_SHORT",
        f"It is published for {days} days; {rule.place} publishes for {rule.days}.",
        field="days",
        source=rule.source,
    )


def reviewed_once(objection: Objection) -> Reason | None:
    """An objection has one answer; a firm that learns more objects again."""
    if objection.outcome is Outcome.OPEN:
        return None
    return Reason("OBJECTION_REVIEWED", "The objection has its answer already.", "objection_id")


def figures_come_with_right(upheld: bool, figures: Collection[object]) -> Reason | None:
    """Who was not right gets no other figures."""
    if upheld or not figures:
        return None
    return Reason(
        "FIGURES_NOT_UPHELD",
        "The objection is not upheld; leave its figures out, or uphold it.",
        field="figures",
    )


def reviewed_afterwards(objection: Objection, on: date) -> Reason | None:
    """The answer is not older than the objection."""
    if on >= objection.on:
        return None
    sentence = f"The objection is of {objection.on}; give that day or a later one."
    return Reason("BEFORE_LAST_STEP", sentence, field="on")


def no_version_is_open(held: Round, last: Round | None) -> Reason | None:
    """A round is corrected by one version at a time."""
    if last is None or last.round_id == held.round_id or last.state is S.WITHDRAWN:
        return None
    return Reason("REVISION_OPEN", f"There is {last.round_id} already; carry that on.", "round_id")


def step_is_known(step: str) -> Reason | None:
    """What can be asked for is a step of a round."""
    if step in STATES:
        return None
    return Reason("STEP_UNKNOWN", f"Give one of {', '.join(STATES)}.", field="step")


def is_evaluated(entry: RoundFirm) -> Reason | None:
    """A firm that is left out gets no grade, whatever is adjusted."""
    if entry.placed is not Place.LEFT_OUT:
        return None
    return Reason("FIRM_LEFT_OUT", "The firm is left out of the round.", field="enterprise_id")


def target_fits(kind: AdjustmentKind, grade: Grade | None, target: Grade) -> Reason | None:
    """A raise names a better grade, a lowering a worse one, and both need one; else they would do
    nothing and be thought done."""
    if kind is AdjustmentKind.FIXED or (grade and kind is AdjustmentKind.VETO):
        return None
    if grade is None:
        sentence = "The firm has no grade that could be moved; fix one."
        return Reason("TARGET_GRADE", sentence, field="kind")
    raised = kind is AdjustmentKind.RAISED
    if (target < grade) if raised else (target > grade):
        return None
    word = "better" if raised else "worse"
    return Reason(
        "TARGET_GRADE", f"The grade is {grade} now; give a {word} one.", field="target_grade"
    )


def _some(firms: Collection[str]) -> str:
    """Who, as far as a sentence can hold it."""
    named = ", ".join(sorted(firms)[:5])
    return named if len(firms) <= 5 else f"{named} and {len(firms) - 5} more"
