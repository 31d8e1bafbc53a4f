"""Keeps the firms as townships report them, and what remediation makes of each.

Written by `tenglong contracts write`; change the contracts, not this file.
"""
# mypy: no-warn-return-any

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, NotRequired, TypedDict

from ..values import LEFT_OUT, Day, Figure, Moment
from .every_service import EveryService


AdjustGradePlace = Literal['evaluated', 'follows_holder', 'left_out']


class Placement(TypedDict):
    placed: AdjustGradePlace  # Whether the firm is evaluated, takes the grade of the holder of its plot, or is left out.
    on: date  # The day that it is about.
    reason_code: str | None  # Why the firm is left out, by the list of the rulebook.
    document_id: str | None  # The document that says so, by its id.


FigureSource = Literal['declared', 'desk', 'register', 'tax']


class AdjustGradeFigure(TypedDict):
    name: str  # The input or the indicator by its code.
    value: Decimal  # The figure, in the unit of its name.
    figure_source: FigureSource  # Where the figure comes from.
    document_id: str | None  # The document that says so, by its id.
    at_least: bool  # Whether the figure is known only to be no less.


AdjustGradePlaceToo = Literal['evaluated', 'follows_holder', 'left_out']


class Reason(TypedDict):
    code: str  # The stable name of the rule, for programs.
    sentence: str  # What was wrong and what would be right.
    field: str | None  # The path of the field that is to blame, where one is.
    source: str | None  # The law or the notice that the rule comes from.


class PlotArea(TypedDict):
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    area_m2: Decimal | None  # The area of the land. (m²)
    land_share: Decimal | None  # The part of the parcel's land that the firm declares as its own, more than 0 and up to 1; none if nobody said, and then the whole.


class Part(TypedDict):
    indicator: str  # The indicator by its code.
    value: Decimal | None  # The figure, in the unit of its name.
    score: Decimal | None  # The points of the indicator; none without a figure.


AdjustGradeGrade = Literal['A', 'B', 'C', 'D']


AdjustmentKind = Literal['fixed', 'lowered', 'raised', 'veto']


AdjustGradeGradeToo = Literal['A', 'B', 'C', 'D']


class Adjustment(TypedDict):
    adjustment_id: str  # The id of the adjustment.
    kind: AdjustmentKind  # How the grade is set: fixed, raised, lowered or by a veto.
    target_grade: AdjustGradeGradeToo  # The grade that the adjustment sets, raises or lowers to.
    reason: str  # Why the grade is set so.
    document_id: str  # The document that says so, by its id.
    on: date  # The day that it is about.
    withdrawn_on: date | None  # The day on which the adjustment was taken back; none while it is in force.


AdjustGradeOutcome = Literal['not_upheld', 'open', 'upheld']


class Objection(TypedDict):
    objection_id: str  # The id of the objection.
    text: str  # What the firm objects to.
    on: date  # The day that it is about.
    frozen: list[AdjustGradeFigure]  # The figures as they were frozen.
    outcome: AdjustGradeOutcome  # What became of the objection.
    reviewed_by: str | None  # Which office reviewed the objection.
    reviewed_on: date | None  # The day on which the objection was reviewed.
    why: str | None  # The reason, in a sentence.


class RoundFirm(TypedDict):
    round_firm_id: str  # The firm in the round.
    round_id: str  # The round: its place, data year, group and version.
    enterprise_id: str  # The township's own id of the firm.
    township: str  # The 9-digit division code of the township.
    placement: Placement | None  # The desk's word on whether the firm is evaluated.
    given: list[AdjustGradeFigure]  # The figures that the desk gave for this round.
    placed: AdjustGradePlaceToo | None  # Whether the firm is evaluated, takes the grade of the holder of its plot, or is left out.
    reasons: list[Reason]  # Why the answer is no: each with its code, a sentence, and perhaps field and source.
    plots: list[PlotArea]  # The plots that the firm holds on the last day of the data year.
    unit: str | None  # The firms that share a result, by the first of them.
    follows: str | None  # The holder of the plot that the tenant rents, whose grade it takes.
    frozen: list[AdjustGradeFigure]  # The figures as they were frozen.
    missing: list[Reason]  # Why each input that is missing is not there.
    parts: list[Part]  # The score by indicator.
    total: Decimal | None  # The score in all.
    rank: int | None  # The place of the firm in its round; firms that share a result share it.
    scored_grade: AdjustGradeGrade | None  # The grade by the score alone, before adjustments.
    grade: AdjustGradeGrade | None  # The grade of the per-mu evaluation.
    adjustments: list[Adjustment]  # The grades that were set against the score [调档], those that were withdrawn among them.
    objections: list[Objection]  # What the firm objected to, with the answers.
    reopened: bool  # Whether an objection of the firm was upheld, and nothing came of it as yet.


EntryKind = Literal['answered', 'extended', 'handed_over', 'rated', 'received', 'reopened', 'withdrawn']


RequestKind = Literal['blockage', 'difficulty', 'pain_point']


class Receipt(TypedDict):
    enterprise_id: str  # The township's own id of the firm.
    kind: RequestKind  # What the firm meets with [难点、堵点、痛点].
    topic: str  # What it is about, a word of the desk's list.
    summary: str  # What the firm asks for, without phone and identity numbers.
    clock: str  # The clock that runs, a word of the list of clocks.
    counted_from: date | None  # The day from which the first step of the clock counts, if that is not the day of the request: formal acceptance [正式受理], delivery [交付].
    contact_name: str | None  # Whom to call; masked but where the contact itself is asked for.
    contact_phone: str | None  # The number to call; masked but where the contact itself is asked for.


Satisfaction = Literal['dissatisfied', 'partly_satisfied', 'satisfied']


class Entry(TypedDict):
    kind: EntryKind  # What was reported.
    at: datetime  # When it happened.
    said_at: datetime  # When it was reported last.
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    by: str  # Who reported it: a township by its code, or the desk.
    receipt: Receipt | None  # What the firm asks for, by the report in force.
    lead: str | None  # The office that answers for all of them.
    departments: list[str]  # The offices that hold it, or townships by code.
    department: str | None  # The office that answers.
    until_on: date | None  # The last day that the extended step may take.
    approved: bool  # Whether the head of the office approved the extension.
    satisfaction: Satisfaction | None  # How satisfied the firm is with the answer.
    text: str | None  # What was written about it, without phone and identity numbers.


RequestState = Literal['announced', 'answered', 'handed_over', 'received', 'reopened', 'withdrawn']


class Aside(TypedDict):
    kind: EntryKind  # What was reported.
    at: datetime  # When it happened.
    reasons: list[dict[str, str]]  # Why the entry has no effect.


AnswerRequestLevel = Literal['reminder', 'supervised']


class AnswerRequestTold(TypedDict):
    round: int  # 1, and one more for each time that it was reopened.
    step: str  # The step of the clock.
    due_on: date  # The last day of the step; none if nothing is to be done, or as long as a calendar is missing.
    level: AnswerRequestLevel  # How hard it is pressed.
    told_on: date  # The day on which it was told.


class Waited(TypedDict):
    round: int  # 1, and one more for each time that it was reopened.
    step: str  # The step of the clock.
    year: int  # The year whose working days are not known, or were not.


AnswerRequestLevelToo = Literal['reminder', 'supervised']


class ServiceRequest(TypedDict):
    service_request_id: str  # The id of the request; it begins with the code of the township of its firm.
    township: str  # The 9-digit division code of the township.
    entries: list[Entry]  # All that was reported of it, as it happened.
    state: RequestState  # Where it stands; `announced` before its receipt.
    received_at: datetime | None  # When the firm asked.
    receipt: Receipt | None  # What the firm asks for, by the report in force.
    holder: str  # The office that answers for it, or a township by its code.
    departments: list[str]  # The offices that hold it, or townships by code.
    heard: list[str]  # The offices that gave their part.
    round: int  # 1, and one more for each time that it was reopened.
    step: str | None  # The step of the clock.
    begun_on: date | None  # The day after which the step counts.
    due_on: date | None  # The last day of the step; none if nothing is to be done, or as long as a calendar is missing.
    waits_for_year: int | None  # The year without whose calendar the step has no last day.
    answered_at: datetime | None  # When the office that leads answered last.
    answer: str | None  # The answer of the office that leads, without phone and identity numbers.
    days_late: int | None  # How many days the answer was late; none if its last day is not known.
    satisfaction: Satisfaction | None  # How satisfied the firm is with the answer.
    aside: list[Aside]  # Entries without effect, and why.
    told: list[AnswerRequestTold]  # What was told of it when it was late.
    waited: list[Waited]  # The calendars of which it was told that a step waits for them.
    tell_on: date | None  # The day on which it will be told that the step is late, unless something changes.
    tell_level: AnswerRequestLevelToo | None  # The level at which it will be told next.


class CapitalDueWithinDue(TypedDict):
    code: str  # The reason, for a program.
    sentence: str  # The reason, for a person.
    due_on: date | None  # The last day on which it can be done; none if no day is known.
    source: str  # The law.


class FirmDue(TypedDict):
    due: CapitalDueWithinDue  # What is due of this firm.
    enterprise_id: str  # The township's own id of the firm.
    township: str  # The 9-digit division code of the township.


class CapitalDue(TypedDict):
    firms_due: list[FirmDue]  # What is due of which firm, the earliest first.
    on: date  # The day that the answer is about.
    until: date  # The last day that was looked at.


CapitalKind = Literal['paid_in', 'registered', 'subscribed']


class Said(TypedDict):
    on: date  # The day that the report is about.
    at: datetime  # When the event happened.
    event_id: str  # The id of the event that reported it.


class Capital(TypedDict):
    kind: CapitalKind  # Which capital it is; paid_in is all that was paid by its day.
    amount: Decimal  # The amount, in the currency beside it.
    currency: str  # The currency by its three letters.
    valid_from: date  # The day from which the amount holds.
    said: Said  # When it was reported, and by which event.
    pay_by: date | None  # The last day by the articles of the company on which what was subscribed is paid.


class CapitalOf(TypedDict):
    capital_due: list[CapitalDueWithinDue]  # What is due of the capital, or doubtful about it, by the law of the day.
    enterprise_id: str  # The township's own id of the firm.
    on: date  # The day that the answer is about.
    paid_in: Capital | None  # What was paid in by the day; none if nothing was said.
    registered: Capital | None  # The registered capital that holds on the day; none if nothing was said.
    subscribed: Capital | None  # The subscribed capital that holds on the day; none if nothing was said.
    unpaid: Decimal | None  # What is subscribed and not paid, in the currency of both; none if it is not known.


class CodeCard(TypedDict):
    colour: str | None  # The colour of the value.
    content: str  # The SVG itself, or the PNG in base64.
    enterprise_id: str  # The township's own id of the firm.
    kind: str  # The kind of code, a word of the rulebook.
    media_type: str  # What the content is.
    on: date  # The day that the card is of.
    printed_code: str  # The code as it is printed: the firm, the letter of the kind and two check digits.
    value: str | None  # The value of the code; none where there is none.


class FollowingFact(TypedDict):
    data: dict[str, Any]  # The fact, as it would be announced.
    type: str  # The type of the fact with the service that would announce it.


class Ruling(TypedDict):
    says: str | None  # The verdict in a word: the verdict of a criterion, a standing, a grade, a listing; none where there is none, say no grade.
    figure: Decimal | None  # The figure behind it, if there is one. (see `unit`)
    bar: Decimal | None  # The bar to which the figure was held, if it is held to one. (see `unit`)
    unit: str | None  # The unit of figure and bar.
    reason: Reason | None  # Why it says so, where more than a figure and a bar says it; or what is missing.
    source: str | None  # Where the rule comes from, by the rulebook of that side.


class VerdictChange(TypedDict):
    thing_id: str  # The thing, by its id.
    verdict: str  # Which verdict of the thing, and what it is about after the first word: the criterion with its place and year, the grade of a round, the term of an honour.
    before: Ruling | None  # What the one side says; none where it does not judge so.
    after: Ruling | None  # What the other side says; none where it does not judge so.


class RulesCompared(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    supposed_facts: list[FollowingFact]  # What the service would announce if the one side took the place of the other, each as a report for `what_if`; nothing is announced. Where no verdict leads to a fact, none.
    thing: str  # The kind of the things that were judged.
    things_judged: int  # How many things the page judged, whether a verdict is another one or not.
    topic: str  # The rulebook by which was judged.
    verdict_changes: list[VerdictChange]  # Each verdict of the page that says something else on the two sides, or for another reason. Another figure or bar alone is no change.


class EditionGiven(TypedDict):
    first_day: NotRequired[Day | None]  # A day on which the edition that is meant, or that is changed, is in force; of a whole edition its first day. Today if it is left out.
    edition: NotRequired[dict[str, Any] | None]  # A whole edition, as its file in the rulebook would have it: tables, lists, texts and numbers by their names.
    changes: NotRequired[dict[str, Any]]  # What is to stand at a path of the edition. An entry of a list is named by its number from 0, or by a text that it alone has.


class ComparedFirm(TypedDict):
    change: Decimal | None  # By how many points the total changes.
    cost_after_cny: Decimal | None  # What the grade by that scheme costs the firm; none if that is not known. (yuan)
    cost_before_cny: Decimal | None  # What the grade by that scheme costs the firm; none if that is not known. (yuan)
    excluded_after: str | None  # Why the firm is not ranked by that scheme; none if it is.
    excluded_before: str | None  # Why the firm is not ranked by that scheme; none if it is.
    firm: str  # The firm, as the figures call it.
    grade_after: str | None  # The grade by the second scheme.
    grade_before: str | None  # The grade by the first scheme.
    moved: str | None  # How the grade changes: better, worse or same.
    parts_change: dict[str, Decimal]  # By how many points each part changes.
    rank_after: int | None  # The rank by the second scheme.
    rank_before: int | None  # The rank by the first scheme.
    total_after: Decimal | None  # The points by the second scheme.
    total_before: Decimal | None  # The points by the first scheme.


class Move(TypedDict):
    firms: int  # How many firms.
    grade_after: str | None  # The grade by the second scheme.
    grade_before: str | None  # The grade by the first scheme.


class Compared(TypedDict):
    after: str  # The id of the second scheme.
    before: str  # The id of the first scheme.
    better: int  # How many firms have a better grade by the second scheme.
    compared: list[ComparedFirm]  # The firms, in the order in which they were given.
    cost_change_cny: Decimal | None  # What the change of grades costs all firms, as far as the schemes and the figures say it. (yuan)
    losers: int  # How many firms have fewer points by the second scheme.
    moves: list[Move]  # How many firms went from which grade to which.
    winners: int  # How many firms have more points by the second scheme.
    worse: int  # How many firms have a worse grade by the second scheme.


Counting = Literal['calendar_days', 'months', 'named', 'working_days']


class Reminded(TypedDict):
    level: str  # Which reminder it is, in the words of the service.
    on: date | None  # The day of the reminder; none where only that it was sent is kept.


class DueDue(TypedDict):
    service: str  # The service whose thing it is.
    thing: str  # What kind of thing it is of that service.
    thing_id: str  # The id of the thing, by which the service is asked for it.
    what: str  # What is to be done, or ends, in the words of the service.
    due_on: date | None  # The last day on which it can be done; none if no day is known.
    rule: str  # The rule that makes the day: its topic and entry, or the field that names the day.
    counting: Counting  # How the day was found.
    source: str  # The law.
    decision: str | None  # What the meeting decided, in its words; none of what no meeting decided.
    about_id: str | None  # The parcel, case, unit, firm or project that it is about; none if it is about none.
    enterprise_ids: list[str]  # The firms that it is of, as far as the park knows them by an id; who bears the duties of a contract on that day, for one.
    holder: str | None  # The office, role or team that has to act; a township by its code.
    township: str | None  # The township that it belongs to; none if it belongs to none.
    days_late: int  # How many days it is late on the day of the question; 0 if it is not. (days)
    stands_still: bool  # Whether its day stands still, because what it belongs to is suspended; nobody is reminded then.
    length: int | None  # How many days or months of that kind the rule of its day gives; none where the day was named.
    reminded: list[Reminded]  # The reminders of this day that were sent, in their order.
    next_reminder: Reminded | None  # The next reminder; none if none is left.
    state_at_deadline: str | None  # How it stood when its day was over, frozen; none before that, and of what was not on record then.


class DuePage(TypedDict):
    on: date  # The day from which lateness and days ahead were counted.
    until: date  # The last day that was looked at.
    dues_found: int  # How many things are due, over all pages.
    late_found: int  # How many of them are late.
    dues: list[DueDue]  # What is due, in the order of its days; what has no day yet comes last.
    cursor: str | None  # What opens the next page; none on the last.
    due_holders: list[str]  # Who has something of what was asked for, where the holder who was asked for has nothing.


DueOutcomesOutcome = Literal['late', 'met', 'missed', 'not_known']


class DueOutcome(TypedDict):
    service: str  # The service whose thing it is.
    thing: str  # What kind of thing it is of that service.
    thing_id: str  # The id of the thing, by which the service is asked for it.
    what: str  # What was to be done, in the words of the service.
    due_on: date  # The day by which it was due, by what is on record now.
    outcome: DueOutcomesOutcome  # What became of it by the day of the asking.
    met_on: date | None  # The day on which it was met; none if it was not, or if nobody knows.
    days_late: int | None  # How many days late it was met, or is by the day of the asking if it was missed; none if nobody knows. (days)
    rule: str  # The rule that makes the day: its topic and entry, or the field that names the day.
    counting: Counting  # How the day was found.
    source: str  # Where the rule comes from.
    decision: str | None  # What the meeting decided, in its words; none of what no meeting decided.
    run_no: int  # Which time the thing was in this step: the period of a report, the round of a request, the submission of a plan.
    about_id: str | None  # The parcel, case, firm or project that it is about; none if it is about none.
    enterprise_ids: list[str]  # The firms that it is of, as far as the park knows them by an id; who bears the duties of a contract on that day, for one.
    holder: str | None  # The office, role or team that had to act; a township by its code.
    township: str | None  # The township that it belongs to; none if it belongs to none.
    length: int | None  # How many days or months of that kind the rule of its day gives; none where the day was named.
    state_at_deadline: str | None  # How it stood when its day was over, frozen; none before that, and of what was not on record then.


class NotCovered(TypedDict):
    what: str  # The deadlines, in the words of the service.
    sentence: str  # Why nothing is told of what became of them.


class DueOutcomePage(TypedDict):
    from_on: date  # The first of the days on which it was due.
    to_on: date  # The last of them.
    met_found: int  # How many were met by their day, over all pages.
    met_late_found: int  # How many were met after their day.
    missed_found: int  # How many are over and were not met by now.
    not_known_found: int  # Of how many nobody knows.
    outcomes: list[DueOutcome]  # What became of each, in the order of their days.
    cursor: str | None  # What opens the next page; none on the last.
    not_covered: list[NotCovered]  # The kinds of the service's deadlines of which no outcome is told, and why.
    due_holders: list[str]  # Who has something of what was asked for, where the holder who was asked for has nothing.


class ChangedBy(TypedDict):
    caller: str | None  # The broker's user who called; null for an event, and for a call that does not say it.
    id: str  # The id of that event, or the request_id of the call.
    source: str  # Who sent that event, or which method was called.
    time: datetime | None  # When that event says that it was so; null for a call, and for what was kept before this was.
    type: str  # The type of that event, or rpc. and the name of the method.


class Change(TypedDict):
    at: datetime  # When the change was put on record.
    by: ChangedBy  # The event or the call that changed it.
    changed: dict[str, Any]  # The fields that changed, with their values after the change.
    facts: list[str]  # The facts that tell of the change, by their names.
    version: int  # The number of the change; a thing's first one is 1.


OverviewKind = Literal['at_least', 'at_most', 'cumulative', 'exact', 'more_than', 'target']


CountedFrom = Literal['records', 'statement']


class OverviewFigure(TypedDict):
    figure: str  # The name of the figure; after a colon which one, where there are several of a kind.
    title: str  # What the figure is, for people.
    value: Decimal | None  # The sum of the parts, or the ratio of two sums of them; none if `reason` says why.
    unit: str  # The unit of the value.
    overview_kind: OverviewKind  # How much the figure says; cumulative is from `since_on` on, a target is what is to be.
    counting_rule: str  # The name of the rule by which it is counted.
    counts: str  # What counts, in words.
    rules_from: date  # The first day of the edition of the rules by which it is counted.
    about_on: date  # The day that the figure is about; of a period, its last day.
    since_on: date | None  # The first day of the period of the figure; none if it is of one day.
    source: str  # Where the rule is from; of a reported figure, who reported it.
    parts: int  # How many parts add up to it.
    counted_from: CountedFrom  # Whether the figure was counted from records, or reported as it is.
    as_known_now: bool  # Whether the figure is as it is known now, whatever moment was asked for.
    reason: Reason | None  # Why there is no value: code and sentence; none if there is one.
    without_amount_found: int  # How many count and did not say how much: they are no parts of it, and for them it is at least, or not known where it has no part.


class OverviewPart(TypedDict):
    thing: str  # What kind of thing it is.
    thing_id: str  # The id of the thing.
    adds: Decimal | None  # How much it adds, in the unit of the figure; none of a ratio.
    before: Decimal | None  # Of a ratio: how much there was before; none of a sum.
    after: Decimal | None  # Of a ratio: how much there was after; none of a sum.
    about_on: date | None  # The day of what adds: of a survey, an acceptance, an award; none if it has none.
    event_id: str | None  # The id of the event or the call that said so; none if nobody kept it.
    overview_kind: OverviewKind  # How much it says; of a ratio at least where what came after is only known to be no less, at most where that is so of what was before.


class OverviewExplained(TypedDict):
    figure: OverviewFigure  # The figure that is explained.
    parts: list[OverviewPart]  # What adds up to it.
    without_amount: list[OverviewPart]  # What counts and did not say how much: it adds nothing, and for it the figure is at least.


RoundState = Literal['areas_publicised', 'collecting', 'final', 'publicised', 'scored', 'superseded', 'withdrawn']


class RoundStep(TypedDict):
    firms: int  # How many firms are evaluated.
    published_first: date | None  # The first day of the publicity that runs.
    published_last: date | None  # The last day of the publicity that runs; objections are heard up to it.
    round_id: str  # The round: its place, data year, group and version.
    state: RoundState  # Where the round stands.
    warnings: list[Reason]  # What is unusual about the step, and bars nothing.


class FoundFirm(TypedDict):
    enterprise_id: str  # The township's own id of the firm.
    matched: str  # What fits: the code, masked to its last four characters, or the name.
    matched_as: str  # Which kind of code fits, or that a name does.
    mistyped: bool  # Whether the code was only written down by mistake, and never was the firm's own.
    name_now: str | None  # The newest name of the firm.
    on_that_day: bool  # Whether it was the firm's own on the day.
    township: str  # The 9-digit division code of the township.
    valid_from: date | None  # The first day on which it is the firm's own; none of a code that was mistyped.
    valid_to: date | None  # The last day on which it is; none if it still is.


class FoundFirms(TypedDict):
    firms_found: int  # How many firms fit.
    found_firms: list[FoundFirm]  # The firms that fit, those of the day first, up to the limit.
    held_by: str | None  # The one firm that had the code on the day; none if nobody had it, or several claim it.
    on: date  # The day that the answer is about.
    question: str | None  # What has to be answered before anything is certain; none if nothing has to.


class FirmsOnLand(TypedDict):
    count: int  # How many firms, by the rule beside it.
    counting_rule: str  # How it was counted, in words.
    use_unknown: int  # How many firms are on land whose use is not known, and on no industrial land; not in the count.


class NewlyRegistered(TypedDict):
    count: int  # How many firms, by the rule beside it.
    counting_rule: str  # How it was counted, in words.
    domestic: int  # How many of them are domestic [内资].
    from_on: date  # The first day of the period.
    to_on: date  # The last day of the period.


class RegisteredFirms(TypedDict):
    count: int  # How many firms, by the rule beside it.
    counting_rule: str  # How it was counted, in words.
    establishment_unknown: int  # How many of the count have no day of establishment.


class Populations(TypedDict):
    firms_on_industrial_land: FirmsOnLand  # The firms on industrial land.
    in_both: int  # How many firms are in both populations.
    newly_registered: NewlyRegistered  # The firms that were established within the period.
    on: date  # The day that the answer is about.
    on_land_unregistered: list[str]  # The firms on industrial land that are not registered on the day.
    registered_firms: RegisteredFirms  # The firms that are registered.
    source: str  # Where the rules are from.
    township: str | None  # The 9-digit division code of the township.


Role = Literal['owner', 'tenant']


class FirmInUnit(TypedDict):
    enterprise_id: str  # The township's own id of the firm.
    lease_id: str | None  # The lease; none of a firm that said itself that it is there.
    role: Role  # What the firm is on the parcel: it holds the use right, or it rents.


class FirmsInUnit(TypedDict):
    firms_in_unit: list[FirmInUnit]  # The firms in the unit on the day.
    on: date  # The day that the answer is about.
    unit_id: str  # The township's own id of the unit [单元].


FirmsOnParcelStanding = Literal['bought_out', 'converted', 'in_operation', 'phased_out', 'relocated', 'renewed', 'restructured', 'under_remediation', 'upgraded']


class Occupant(TypedDict):
    enterprise_id: str  # The township's own id of the firm.
    role: Role  # What the firm is on the parcel: it holds the use right, or it rents.
    standing: FirmsOnParcelStanding  # How the firm stands in all, or through one case.


class PerhapsOccupant(TypedDict):
    candidate_ids: list[str]  # The parcels on which the firm perhaps works; it is on one or more of them.
    enterprise_id: str  # The township's own id of the firm.
    reported_parcel_id: str  # The parcel on which the firm was reported.
    role: Role  # What the firm is on the parcel: it holds the use right, or it rents.
    standing: FirmsOnParcelStanding  # How the firm stands in all, or through one case.


class Occupants(TypedDict):
    became_ids: list[str]  # The parcels that had taken the place of this one by that day; none if it stands.
    firms: list[Occupant]  # The firms that are on the parcel on that day.
    on: date  # The day that the answer is about.
    perhaps: list[PerhapsOccupant]  # The firms that perhaps work here; their township has to say on which of the parcels.


class Need(TypedDict):
    indicator: str  # The indicator.
    more: Decimal | None  # How much that is more than today; below 0 where less is better.
    needed: Decimal | None  # The first figure that reaches the grade; none if no figure does.
    now: Decimal | None  # The figure of today; none if there is none.
    rank: int | None  # The rank among those that are ranked together; firms of one total share the best.
    total: Decimal | None  # The points in all.
    why: str | None  # Why no figure is named.


class Forecast(TypedDict):
    firm: str  # The firm, as the figures call it.
    grade: str | None  # The grade; none if the firm is not graded.
    needs: list[Need]  # What of each indicator the firm needs, all else equal.
    rank: int | None  # The rank among those that are ranked together; firms of one total share the best.
    total: Decimal | None  # The points in all.
    wanted: str | None  # The grade that is aimed at; none if the firm has it already.


class PastCode(TypedDict):
    colour: str | None  # The colour of the value.
    known_at: datetime  # When it became known here.
    period: str  # What the figures are about: a year, or a day.
    revision: int  # The revision of the value; the highest one stands.
    source: str  # Where it comes from.
    valid_from: date  # The day from which the code holds.
    value: str | None  # The value of the code; none where there is none.


class CodeOn(TypedDict):
    kind: str  # The kind of code, a word of the rulebook.
    title: str  # The name of the kind of code.
    printed_code: str  # The code as it is printed: the firm, the letter of the kind and two check digits.
    confirmed: bool  # Whether the zone has confirmed the kind, its colours and consequences.
    period: str | None  # What the figures are about: a year, or a day.
    valid_from: date | None  # The day from which the code holds.
    decided_on: date | None  # The day on which whoever decides the code decided it; none for one that is figured here.
    value: str | None  # The value of the code; none where there is none.
    colour: str | None  # The colour of the value.
    meaning: str | None  # What the value means.
    level: str | None  # How much carbon the firm emits beside all industry; only for a carbon code.
    consequences: list[str]  # What follows from the value.
    reasons: list[dict[str, str]]  # Why the code is this one, or why there is none.
    figures: dict[str, Decimal]  # The figures of the code by their names, or those that led to it.
    source: str | None  # Where it comes from.
    past: list[PastCode]  # Everything that was said of the code, the oldest first.


class CodesOn(TypedDict):
    enterprise_id: str  # The township's own id of the firm.
    on: date  # The day that the codes are of.
    known_at: datetime  # What was known at this moment counted.
    rules_from: date  # The day of the rulebook that the code follows from.
    codes: list[CodeOn]  # Every kind of code that there is, with the firm's.
    looked_up: str | None  # The kind of the printed code that was looked up; none if the firm was asked for.


GetEnterpriseScale = Literal['above_scale', 'below_scale']


class Identifier(TypedDict):
    valid_from: date  # The first day on which it is valid.
    kind: str  # Which code of the firm it is.
    value: str  # The code itself.


class NameSeen(TypedDict):
    valid_from: date  # The first day on which the firm was reported under this name.
    name: str  # A name under which the firm was reported.


class Premises(TypedDict):
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    role: Role  # What the firm is on the parcel: it holds the use right, or it rents.
    from_on: date  # The first day on which the firm is there.
    to_on: date | None  # The last day on which the firm is there; none if it still is.
    land_share: Decimal | None  # The part of the parcel's land that the firm declares as its own, more than 0 and up to 1; none if nobody said, and then the whole.
    unit_id: str | None  # The unit of a carrier in which the firm is on the parcel; none if it is in no unit.


class CaseStanding(TypedDict):
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    standing: FirmsOnParcelStanding  # How the firm stands in all, or through one case.
    since: date  # The day since which it stands so.
    reopened_on: date | None  # The reopening that the acceptance answers; none if it answers none.
    change_id: str | None  # The id of a change of standing: that of the firm, of the case, the standing and its first day.


class OpenPremises(TypedDict):
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    role: Role  # What the firm is on the parcel: it holds the use right, or it rents.
    candidate_ids: list[str]  # The parcels on which the firm perhaps works; it is on one or more of them.
    since_on: date  # The first day on which it is open where the firm works.
    case_ids: list[str]  # The cases through which the standing of the firm depends on it.


class Enterprise(TypedDict):
    enterprise_id: str  # The township's own id of the firm.
    township: str  # The 9-digit division code of the township.
    name: str  # The name of the firm.
    scale: GetEnterpriseScale  # Whether its yearly revenue is 20 million yuan or more.
    reported_at: datetime  # When the newest report of the firm happened.
    report_id: str  # The id of the newest report of the firm.
    uscc: str | None  # The unified social credit code [统一社会信用代码] of a firm, 18 characters with its check digit.
    identifiers: list[Identifier]  # Codes of the thing, which are no identity, each from the day on which it is valid.
    names_seen: list[NameSeen]  # Every name under which the firm was reported, from the first day of each.
    industry_code: str | None  # The industry by GB/T 4754-2017 [国民经济行业分类]: its letter, or letter and digits.
    premises: list[Premises]  # Where the firm works; a report names all of them.
    standing: FirmsOnParcelStanding  # How the firm stands in all, or through one case.
    standings: dict[str, CaseStanding]  # How the firm stands through each case, by the id of the case.
    open_premises: list[OpenPremises]  # Premises of which only the township can say where they are since a split or a merge.


SourceClass = Literal['declared', 'statistics', 'tax']


FigureName = Literal['employees', 'energy_tce', 'floor_area_m2', 'gross_output_cny', 'tax_paid_cny', 'value_added_cny']


class Figures(TypedDict):
    tax_paid_cny: Decimal | None  # The tax that was paid [实缴税金]; negative if more was refunded. (yuan)
    gross_output_cny: Decimal | None  # The gross output [总产值]. (yuan)
    value_added_cny: Decimal | None  # The value added [增加值]. (yuan)
    energy_tce: Decimal | None  # The energy used [综合能耗], in tonnes of standard coal. (tce)
    employees: Decimal | None  # The mean number of employees of the year.
    floor_area_m2: Decimal | None  # The floor area of the buildings [建筑面积], all floors together: of a firm, of those that it uses. (m²)
    at_least: list[FigureName]  # Names the figures of which it is known only that they are no less.


class ParcelShare(TypedDict):
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    share: Decimal | None  # How much of the firm's figures belongs to the parcel, 0 to 1; none if nobody said.


class YearReport(TypedDict):
    data_year: int  # The year of the figures.
    source_class: SourceClass  # Where the figures come from: those of `statistics` judge no firm and are told to nobody.
    figures: Figures  # The figures of the year.
    reported_at: datetime  # When the newest report of the firm happened.
    report_id: str  # The id of the newest report of the firm.
    parcels: list[ParcelShare]  # The parcels to which the figures belong, each with its share.


class YearlyFigures(TypedDict):
    data_year: int  # The year of the figures.
    figures: Figures  # The figures of the year.
    version: int  # Grows by one with each change of the year.
    industry_code: str | None  # The industry by GB/T 4754-2017 [国民经济行业分类]: its letter, or letter and digits.
    parcels: list[ParcelShare]  # The parcels to which the figures belong, each with its share.
    statistics_only: list[FigureName]  # Names the figures that are held for statistics alone (统计法 (2024) art. 28).


class FirmFigures(TypedDict):
    enterprise_id: str  # The township's own id of the firm.
    township: str  # The 9-digit division code of the township.
    reports: list[YearReport]  # The newest report of each year and class of sources.
    years: list[YearlyFigures]  # What stands of each year.


GetFirmHonoursLevel = Literal['county', 'municipal', 'national', 'provincial']


class Honour(TypedDict):
    honour: str  # The honour, by its word in the rulebook; another one may be given in plain words.
    level: GetFirmHonoursLevel  # Who grants the honour.
    year: int  # The year of the batch in which it was granted.
    granted_on: date  # The first day of the honour.
    said: Said  # When it was reported, and by which event.
    expires_on: date | None  # Its last day as it was reported; none if it was not.
    recheck_due_on: date | None  # The day by which the honour has to be re-checked [复核]; none if it was not said.
    withdrawn_on: date | None  # The day from which the honour stands no more; none if it was not withdrawn.


class FirmHonours(TypedDict):
    enterprise_id: str  # The township's own id of the firm.
    township: str  # The 9-digit division code of the township.
    honours: list[Honour]  # Every honour of the firm.


CodeKind = Literal['organisation_code', 'registration_number', 'uscc']


class CodeReported(TypedDict):
    kind: CodeKind  # Which code of the firm it is.
    value: str  # The code itself.
    said: Said  # When it was reported, and by which event.
    valid_from: date | None  # The first day on which the code is the firm's own; not needed of one that was mistyped.
    valid_to: date | None  # The last day on which it is; without it, the day before the next code of its kind.
    mistyped: bool  # Whether the code was only written down by mistake, and never was the firm's own.


class NameReported(TypedDict):
    name: str  # The name of the firm from that day on.
    valid_from: date  # The first day on which the firm has this name.
    said: Said  # When it was reported, and by which event.


class CodeHeld(TypedDict):
    kind: CodeKind  # Which code of the firm it is.
    value: str  # The code itself.
    valid_from: date | None  # The first day on which the code is the firm's own; none of one that was mistyped.
    valid_to: date | None  # The last day on which it is; none if it still is.
    mistyped: bool  # Whether the code was only written down by mistake, and never was the firm's own.


class NameHeld(TypedDict):
    name: str  # A name of the firm.
    valid_from: date  # The first day on which the firm has this name.
    valid_to: date | None  # The last day on which it has it; none if it still has.


class FirmIdentity(TypedDict):
    enterprise_id: str  # The township's own id of the firm.
    township: str  # The 9-digit division code of the township.
    codes_reported: list[CodeReported]  # The codes that were reported by themselves.
    names_reported: list[NameReported]  # The names that were reported by themselves.
    codes: list[CodeHeld]  # Every code of the firm with its days, as it follows from all reports.
    names: list[NameHeld]  # Every name of the firm with its days, as it follows from all reports.


Funding = Literal['domestic', 'foreign', 'hong_kong_macao_taiwan']


class Registration(TypedDict):
    said: Said  # When it was reported, and by which event.
    established_on: date | None  # The day on which the firm was established.
    deregistered_on: date | None  # The last day on which the firm was registered; none if it still is.
    funding: Funding | None  # Where the money of the firm is from.
    legal_representative: str | None  # The legal representative [法定代表人]; masked before anything is kept.
    contact_name: str | None  # Whom to ask; masked before anything is kept.
    contact_phone: str | None  # The number of that person; masked before anything is kept.


class Revenue(TypedDict):
    data_year: int  # The year of the figures.
    source_class: SourceClass  # Where the figures come from: those of `statistics` judge no firm and are told to nobody.
    main_revenue_cny: Decimal  # The main revenue [主营业务收入] of the year. (yuan)
    said: Said  # When it was reported, and by which event.


class FirmProfile(TypedDict):
    enterprise_id: str  # The township's own id of the firm.
    township: str  # The 9-digit division code of the township.
    registration: Registration | None  # What the newest report says of days and persons; none without one.
    capital: list[Capital]  # Every amount of capital, from its day on.
    revenues: list[Revenue]  # The main revenue of each year and class of sources.


class Bearer(TypedDict):
    enterprise_id: str | None  # The township's own id of the firm.
    uscc: str | None  # The unified social credit code [统一社会信用代码] of a firm, 18 characters with its check digit.
    share: Decimal | None  # The share, of 1; none where nobody said.


class Held(TypedDict):
    change_no: int  # Counts what was told of who holds the land.
    from_on: date  # The first day on which they do.
    holders: list[Bearer]  # Who holds the land.
    bearers: list[Bearer]  # Who has the duties.
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.


class Instalment(TypedDict):
    instalment_no: int  # The number of the instalment, or of the yearly review, from 1; 1 for any other step.
    due_on: date  # The day by which the step should be done; later by the days of each suspension within it.
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    amount_cny: Decimal | None  # An amount of money. (CNY)


class Payment(TypedDict):
    instalment_no: int  # The number of the instalment, or of the yearly review, from 1; 1 for any other step.
    paid_on: date  # The day on which the whole instalment was paid.
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.


class Promise(TypedDict):
    commitment_id: str  # The id of a commitment: that of the contract, a dot, and the number of the indicator.
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    indicator: str | None  # Which indicator it is; none if only that there is a promise was told.
    check_stage: str | None  # When it is checked.
    op: str | None  # How the actual figure must stand to the value.
    required: Decimal | None  # The value that was promised.
    unit: str | None  # The unit of the value.
    years_running: int  # In how many years running it is to be met.


class Finding(TypedDict):
    commitment_id: str  # The id of a commitment: that of the contract, a dot, and the number of the indicator.
    review_id: str  # The land desk's id of a review; the same id again corrects it.
    reviewed_on: date  # The day on which the survey was reviewed [评审], as art. 59 asks.
    met: bool  # Whether the indicator is met.
    actual: Decimal  # The figure that was found, in the unit of the commitment.
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    data_year: int | None  # The year of the figures.
    bearers: list[Bearer]  # Who had the duties on the day of the review; a breach stays theirs.


class Lifted(TypedDict):
    commitment_id: str  # The id of a commitment: that of the contract, a dot, and the number of the indicator.
    review_id: str  # The land desk's id of a review; the same id again corrects it.
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.


class LandObligations(TypedDict):
    contract_id: str  # The id of a contract: that of the supply that it ends.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    township: str  # The 9-digit division code of the township.
    held: list[Held]  # Who holds the land and has its duties, from which day on.
    instalments: list[Instalment]  # The parts of the price, each with its day.
    payments: list[Payment]  # Which instalments were paid, and when; the later word of one counts.
    promises: list[Promise]  # What the contract promises of its land.
    findings: list[Finding]  # What reviews found of the promises; of one review the later word counts.
    lifted: list[Lifted]  # Which breaches were taken back by a correction.
    void_known_at: datetime | None  # The moment from which it is known that the contract is void; none if it is not.


class GradeCut(TypedDict):
    grade: AdjustGradeGradeToo  # The grade of the per-mu evaluation.
    by: str  # By what the grade is cut: `<=` percent, cumulative; the `last` percent; a `count` of firms; `>=` points.
    value: Decimal  # Percent, firms or points, as `by` says.


class Taken(TypedDict):
    step: str  # A step of a round, by the name of its call.
    on: date  # The day that it is about.
    operator_role: str  # Who takes the step, as a role; the rulebook says which may, and any other is refused with `WRONG_ROLE`.
    entered_at: datetime  # When the step was entered.


class Period(TypedDict):
    first: date  # The first day, on which it is published already.
    last: date  # The last day, on which it is still published.
    place: str  # The place whose scheme or rule it is.
    source: str  # Where that can be read.


class Round(TypedDict):
    round_id: str  # The round: its place, data year, group and version.
    place: str  # The place whose scheme or rule it is.
    data_year: int  # The year whose figures are evaluated.
    group: str  # The group of firms, which has its own formula: above_scale 规上, below_scale 规下.
    scheme: str  # The scheme by which the firms are scored.
    townships: list[str]  # The townships whose firms are evaluated, by their codes.
    cuts: list[GradeCut]  # Where the grades are cut; without any, as the scheme has it.
    version: int  # 1, and one more with each correction of a final round.
    state: RoundState  # Where the round stands.
    steps: list[Taken]  # The steps that were taken, in order.
    areas_published: Period | None  # How long the land areas were published [公示].
    grades_published: Period | None  # How long the grades were published [公示].
    final_on: date | None  # The day from which the grade, or the round, is final.
    supersedes: str | None  # The version whose place it takes when it is final.
    superseded_by: str | None  # The later version that took its place.
    why: str | None  # The reason, in a sentence.


class GivenFigure(TypedDict):
    name: str  # The input or the indicator by its code.
    value: Figure  # The figure, in the unit of its name.


class YearGrade(TypedDict):
    data_year: int  # The year whose figures are evaluated.
    revision: int  # Grows by one each time the grade of the year is made final anew.
    grade: AdjustGradeGrade | None  # The grade of the per-mu evaluation.
    previous_grade: AdjustGradeGrade | None  # The grade of the data year before; none if there was none.
    final_on: date  # The day from which the grade, or the round, is final.
    round_id: str  # The round: its place, data year, group and version.
    scheme: str  # The scheme by which the firms are scored.
    parcels: list[str]  # The plots on which the firm is on the day on which the grade is final.
    since: date | None  # The day from which the grade of the year holds, on which the first of that year was final; a revision corrects the year from there on.
    decided_on: date | None  # The day on which this grade was decided; a later version of the round may have left it as it is.
    decided_by: str | None  # The round that decided this grade, by its id; `round_id` is the one in force.
    known_at: datetime | None  # The moment at which it was entered; none in what was kept from before there was one.


class GradesAnswer(TypedDict):
    enterprise_id: str  # The township's own id of the firm.
    revisions: list[YearGrade]  # Every grade that was final, in the order in which it became so.
    years: list[YearGrade]  # The grade that stands of each year.


class Arrear(TypedDict):
    contract_id: str  # The id of a contract: that of the supply that it ends.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    instalment_no: int  # The number of the instalment, or of the yearly review, from 1; 1 for any other step.
    due_on: date  # The day by which the step should be done; later by the days of each suspension within it.
    days_late: int  # How many days it is late on the day of the question. (days)
    amount_cny: Decimal | None  # An amount of money. (CNY)
    owed_cny: Decimal | None  # The part of it that the firms of the group owe; none if nobody can say. (yuan)
    enterprise_ids: list[str]  # The firms of the group that owe it.
    why: str | None  # Why the part is not known; none if it is.


class GroupCase(TypedDict):
    case_id: str  # The township's own id of the remediation case [整治].
    enterprise_ids: list[str]  # The firms of the group that the case concerns.
    is_open: bool  # Whether the case is open.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.


GroupOverviewStanding = Literal['bought_out', 'converted', 'in_operation', 'phased_out', 'relocated', 'renewed', 'restructured', 'under_remediation', 'upgraded']


class GroupFirm(TypedDict):
    enterprise_id: str  # The township's own id of the firm.
    firm_name: str | None  # The name of the firm; none if no township reported it.
    group_share: Decimal | None  # What the group is known to hold of it; none of the head.
    owners_doubt: Reason | None  # Why it may not be of the group: what all its owners hold together cannot be right; none if it can.
    share_unknown: bool  # Whether nobody said how much one of them holds.
    standing: GroupOverviewStanding | None  # How the firm stands on the day; none if no township reported it.
    steps: int  # How many steps the firm is from the head of the group.
    through: list[str]  # The firms of the group that hold shares of it.


class GroupPlot(TypedDict):
    area_m2: Decimal | None  # The area of the whole parcel; none until its survey was heard of. (m²)
    enterprise_ids: list[str]  # The firms of the group on the parcel.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    role: Role  # What the firm is on the parcel: it holds the use right, or it rents.


PromiseState = Literal['broken', 'kept', 'open']


class PromiseStanding(TypedDict):
    contract_id: str  # The id of a contract: that of the supply that it ends.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    commitment_id: str  # The id of a commitment: that of the contract, a dot, and the number of the indicator.
    indicator: str | None  # Which indicator it is; none if only that there is a promise was told.
    check_stage: str | None  # When it is checked.
    op: str | None  # How the actual figure must stand to the value.
    required: Decimal | None  # The value that was promised.
    unit: str | None  # The unit of the value.
    promise_state: PromiseState  # How the promise stands with the firms of the group.
    actual: Decimal | None  # The figure that was found, in the unit of the commitment.
    reviewed_on: date | None  # The day of the review that decided; none while it is open.
    enterprise_ids: list[str]  # The firms of the group whose it is.


class Holding(TypedDict):
    enterprise_id: str  # The township's own id of the firm.
    through: list[str]  # The firms of the group that hold shares of it.
    share: Decimal  # What the group is known to hold, 0 to 1.
    share_unknown: bool  # Whether nobody said how much one of them holds.
    owners_doubt: Reason | None  # Why it may not be of the group: what all its owners hold together cannot be right; none if it can.


class NotAttributed(TypedDict):
    amount_cny: Decimal | None  # An amount of money. (CNY)
    contract_id: str  # The id of a contract: that of the supply that it ends.
    instalment_no: int | None  # The number of the instalment, or of the yearly review, from 1; 1 for any other step.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    promises: int  # How many promises of the contract are meant.
    why: Reason  # Why it cannot be said whose it is, and what would settle it.


class StandingCount(TypedDict):
    firms: int  # How many firms stand so.
    standing: FirmsOnParcelStanding  # How the firm stands in all, or through one case.


class GroupOverview(TypedDict):
    area_unknown: int  # How many of the parcels have no known area.
    arrears_cny: Decimal | None  # What the group owes of the prices of its land, as far as it can be attributed. (yuan)
    broken_promises: int  # How many promises reviews found broken while the group had the duty.
    control_more_than: Decimal  # From which share on, not included, a group controls a firm.
    control_source: str  # Where that share is from.
    enterprise_id: str  # The township's own id of the firm.
    group_arrears: list[Arrear]  # The instalments of land prices that are late and owed by firms of the group.
    group_cases: list[GroupCase]  # The remediation cases that concern the group, each once.
    group_firms: list[GroupFirm]  # The firms of the group, the head first.
    group_plots: list[GroupPlot]  # The parcels on which the group is, each once.
    group_promises: list[PromiseStanding]  # The promises of the group, each with how it stands.
    kept_promises: int  # How many promises the group kept, by the last word of the reviews.
    known_at: datetime  # The moment of which the answer is.
    minority_holdings: list[Holding]  # What the group holds of firms that it does not control.
    not_attributed: list[NotAttributed]  # What cannot be said to be the group's or not.
    not_kept_here: list[str]  # The fields that are none because another service keeps them: nothing any more.
    on: date  # The day that the answer is about.
    open_cases: int  # How many of the cases are open.
    open_promises: int | None  # How many promises of the group no review has decided yet.
    owned_area_m2: Decimal  # The known area of the parcels that the group owns. (m²)
    rented_area_m2: Decimal  # The known area of the parcels on which it only rents. (m²)
    rented_units: int  # How many leases in carriers the group has.
    rented_units_area_m2: Decimal  # Their area. (m²)
    standing_counts: list[StandingCount]  # How many firms of the group stand how.


class HonourCount(TypedDict):
    firms: int  # How many firms have it on the day; one that was granted it twice counts once.
    honour: str  # The honour, by its word in the rulebook; another one may be given in plain words.
    level: GetFirmHonoursLevel  # Who grants the honour.


class HonourCounts(TypedDict):
    honour_counts: list[HonourCount]  # How many firms have each honour.
    on: date  # The day that the answer is about.


class Deadline(TypedDict):
    honour: str  # The honour, by its word in the rulebook; another one may be given in plain words.
    level: GetFirmHonoursLevel  # Who grants the honour.
    year: int  # The year of the batch in which it was granted.
    due: str  # Whether the honour ends, or has to be re-checked.
    due_on: date  # The last day.
    days_left: int  # How many days are left; below 0 it is overdue.
    inferred: bool  # Whether the day follows from the term of the kind, and was not reported.


class FirmDeadline(TypedDict):
    deadline: Deadline  # What is due of this firm.
    enterprise_id: str  # The township's own id of the firm.
    township: str  # The 9-digit division code of the township.


class HonoursExpiring(TypedDict):
    deadlines: list[FirmDeadline]  # What is due of which firm, the earliest first.
    on: date  # The day that the answer is about.
    until: date  # The last day that was looked at.


class HonourHeld(TypedDict):
    expires_on: date | None  # Its last day, as it was reported or by the term of its kind; none if neither is known.
    granted_on: date  # The first day of the honour.
    honour: str  # The honour, by its word in the rulebook; another one may be given in plain words.
    honour_name: str | None  # Its name; none if it is not in the list.
    inferred: bool  # Whether the day follows from the term of the kind, and was not reported.
    level: GetFirmHonoursLevel  # Who grants the honour.
    recheck_due_on: date | None  # The day by which the honour has to be re-checked [复核]; none if it was not said.
    stands: bool  # Whether the honour stands on the day.
    withdrawn_on: date | None  # The day from which the honour stands no more; none if it was not withdrawn.
    year: int  # The year of the batch in which it was granted.


class HonoursOf(TypedDict):
    enterprise_id: str  # The township's own id of the firm.
    honours: list[HonourHeld]  # Every honour of the firm, and whether it stands on the day.
    on: date  # The day that the answer is about.


IndicatorGrowthFigureKind = Literal['at_least', 'exact', 'more_than']


FigureRole = Literal['actual', 'comparable_base', 'target']


class IndicatorFigure(TypedDict):
    period_start: date | None  # The first day of the period; none for what there is at its end.
    period_end: date  # The last day of the period.
    role: FigureRole  # Whether it was so, is to be so, or is the figure of the year before on the coverage of this period.
    figure_kind: IndicatorGrowthFigureKind  # How much the figure says: so much, at least so much, or more than so much.
    value: Decimal  # The figure, in the unit of the indicator; as it is entered, in the unit that is given.
    as_given: str  # The number and the unit in which it came.
    source: str  # The document that it stands in.
    known_at: datetime  # When it became known here.
    report_id: str  # The id of the newest report of the firm.
    reason: str | None  # Why it is another figure than before, or what a comparable base covers.


class StandingFigure(TypedDict):
    period_start: date | None  # The first day of the period; none for what there is at its end.
    period_end: date  # The last day of the period.
    figure_kind: IndicatorGrowthFigureKind  # How much the figure says: so much, at least so much, or more than so much.
    value: Decimal  # The figure, in the unit of the indicator; as it is entered, in the unit that is given.
    as_given: str  # The number and the unit in which it came.
    source: str  # The document that it stands in.
    reason: str | None  # Why it is another figure than before, or what a comparable base covers.
    revision: int  # 1 for the first figure of the period; each correction is the next.
    known_at: datetime  # When it became known here.
    said: list[IndicatorFigure]  # Every figure that was said of the period, the oldest first.


IndicatorGrowthFigureKindToo = Literal['at_least', 'exact', 'more_than']


class Growth(TypedDict):
    base: StandingFigure | None  # The figure that it is compared with.
    basis: str  # What the figure is of: the zone, the district, or a township by its code.
    comparable: bool  # Whether the base covers what the figure covers.
    figure: StandingFigure | None  # The figure that stands.
    figure_kind: IndicatorGrowthFigureKindToo | None  # How much the figure says: so much, at least so much, or more than so much.
    growth: Decimal | None  # How much more it is than its base, as a share: 0.05 is 5 %.
    indicator: str  # The indicator, a word of the rulebook.
    known_at: datetime  # What was known at this moment counted.
    reasons: list[dict[str, str]]  # Why there is no figure, or what to look at.


IndicatorCounting = Literal['cumulative', 'ratio', 'stock']


class IndicatorOn(TypedDict):
    basis: str  # What the figure is of: the zone, the district, or a township by its code.
    computed: Decimal | None  # A ratio that follows from the figures of one period.
    counting: IndicatorCounting  # How it counts.
    figure: StandingFigure | None  # The figure that stands.
    indicator: str  # The indicator, a word of the rulebook.
    known_at: datetime  # What was known at this moment counted.
    on: date  # The day that the answer is about.
    period_end: date | None  # The last day of the period.
    reasons: list[dict[str, str]]  # Why there is no figure, or what to look at.
    target: StandingFigure | None  # The target that comes next after the figure.
    target_reached: Decimal | None  # The share of the target that was reached: 0.4 is 40 %.
    title: str  # The name of the indicator.
    unit: str  # The unit of the indicator.


class CataloguePlace(TypedDict):
    catalogue: str  # The catalogue of the park.
    entry: str  # The line of the catalogue.
    name: str  # The name of the line.
    confirmed: bool  # Whether the zone has said that this industry belongs there; else it was inferred from the code.


Mapping = Literal['mapped', 'question', 'unlisted']


IndustryOfEdition = Literal['2011', '2017']


class Industry(TypedDict):
    kind: Mapping  # Whether the code is certain, a question with several candidates, or not known.
    by: str  # What it follows from: a statement of the industry, or the newest report of the firm.
    code_2017: str | None  # The code of GB/T 4754-2017; none while it is a question or unknown.
    stated_code: str | None  # The code that was stated, in the edition of the statement.
    stated_edition: IndustryOfEdition | None  # The edition of the statement; none without one.
    candidates: list[str]  # All codes that it may be, each with its section's letter.


class IndustryOf(TypedDict):
    catalogue_places: list[CataloguePlace]  # Where the industry stands in the park's own catalogues of the day.
    enterprise_id: str  # The township's own id of the firm.
    industry: Industry  # The industry of the firm on that day.
    on: date  # The day that the answer is about.
    question: str | None  # What has to be answered before anything is certain; none if nothing has to.


class FirmQuestion(TypedDict):
    candidates: list[str]  # All codes that it may be, each with its section's letter.
    enterprise_id: str  # The township's own id of the firm.
    stated_code: str  # The code that was stated, in the edition of the statement.


class IndustryQuestions(TypedDict):
    industry_questions: list[FirmQuestion]  # The firms whose industry is a question, each with its candidates.
    on: date  # The day that the answer is about.


class Classes(TypedDict):
    divisions: int  # How many divisions [大类].
    groups: int  # How many groups [中类].
    classes: int  # How many small classes [小类].


IndustryStandardEdition = Literal['2011', '2017']


class SectionCount(TypedDict):
    counted: Classes  # How many codes the list has, counted from it.
    section: str  # The letter of a section [门类].


class Standard(TypedDict):
    counted: Classes  # How many codes the list has, counted from it.
    edition: IndustryStandardEdition  # The edition of GB/T 4754, by its year.
    merged_codes: int  # How many codes of 2017 came of several of 2011.
    sections: list[SectionCount]  # The sections [门类] of the edition, each with its counts.
    split_codes: int  # How many codes of 2011 became several of 2017.


class CountOn(TypedDict):
    counted: int  # How many records count.
    fits: bool | None  # Whether the records bear the stated figure out; none where nothing was stated.
    innovation_ids: list[str]  # The ids of the records that were counted, 200 at most.
    name: str  # What is counted.
    stated: StandingFigure | None  # What somebody reported of the same; it is never added to the records.
    title: str  # The kind of record that is counted.


class InnovationOverview(TypedDict):
    basis: str  # What the stated figures are of.
    counts: list[CountOn]  # Each line of the overview.
    known_at: datetime  # What was known at this moment counted.
    on: date  # The day that the answer is about.
    township: str | None  # The 9-digit division code of the township.


class ListEnterprisesPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[Enterprise]  # The things of this page.


class EnterpriseFilter(TypedDict):
    township: NotRequired[str]  # The 9-digit division code of the township.
    standing: NotRequired[FirmsOnParcelStanding]  # How the firm stands in all, or through one case.
    scale: NotRequired[GetEnterpriseScale]  # Whether its yearly revenue is 20 million yuan or more.
    industry_code: NotRequired[str | None]  # The industry by GB/T 4754-2017 [国民经济行业分类]: its letter, or letter and digits.
    uscc: NotRequired[str | None]  # The unified social credit code [统一社会信用代码] of a firm, 18 characters with its check digit.
    parcel_ids: NotRequired[str]  # A parcel on which the firm has premises.
    is_unplaced: NotRequired[Literal['false', 'true'] | bool]  # Whether it is open where the firm works.
    unit_ids: NotRequired[str]  # A unit of a carrier in which the firm said that it has premises.


class Mark(TypedDict):
    kind: str  # The kind of code, a word of the rulebook.
    period: str  # What the figures are about: a year, or a day.
    valid_from: date  # The day from which the code holds.
    source: str  # Where it comes from.
    said_at: datetime  # When it was said; of two the later one stands.
    known_at: datetime  # When it became known here.
    report_id: str  # The id of the newest report of the firm.
    value: str | None  # The value of the code; none where there is none.
    previous_value: str | None  # The value of the period before.
    figures: dict[str, Decimal]  # The figures of the code by their names, or those that led to it.
    industry_code: str | None  # The industry by GB/T 4754-2017 [国民经济行业分类]: its letter, or letter and digits.
    decided_on: date | None  # The day on which another body decided the value, as a round did of the grade; none where we judge ourselves.
    revision: int  # The revision of the value; the highest one stands.


class IndustryMean(TypedDict):
    industry_code: str  # The industry by GB/T 4754-2017 [国民经济行业分类]: its letter, or letter and digits.
    data_year: int  # The year of the figures.
    mean_tco2_per_wan: Decimal  # The mean carbon intensity of the industry, in tonnes of CO₂ per 10,000 yuan of value added. (t/万元)
    source: str  # Where it comes from.
    said_at: datetime  # When it was said; of two the later one stands.
    known_at: datetime  # When it became known here.
    report_id: str  # The id of the newest report of the firm.


class ListFirmCodesTold(TypedDict):
    kind: str  # The kind of code, a word of the rulebook.
    period: str  # What the figures are about: a year, or a day.
    value: str | None  # The value of the code; none where there is none.
    colour: str | None  # The colour of the value.
    previous_value: str | None  # The value of the period before.
    fell: bool  # Whether the code is told as a fall.
    reason_code: str  # Why the code is this one, or why there is none.
    change_no: int  # Grows by one with each change of the standing that is announced.


class FirmCodes(TypedDict):
    enterprise_id: str  # The township's own id of the firm.
    marks: list[Mark]  # Every figure and value that was ever said of the firm's codes.
    means: list[IndustryMean]  # The means that the carbon codes of the firm are measured by.
    told: dict[str, ListFirmCodesTold]  # What was told last, by code.
    rules_from: str  # The day of the rulebook that the code follows from.


class ListFirmCodesPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[FirmCodes]  # The things of this page.


class FirmCodesFilter(TypedDict):
    township: NotRequired[str]  # The 9-digit division code of the township.
    current: NotRequired[str]  # A kind with the value of its newest period.
    rules_from: NotRequired[str]  # The day of the rulebook that the code follows from.


class ListFirmFiguresPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[FirmFigures]  # The things of this page.


class FirmFiguresFilter(TypedDict):
    township: NotRequired[str]  # The 9-digit division code of the township.
    data_years: NotRequired[int]  # A year of which figures are held.


class ListFirmHonoursPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[FirmHonours]  # The things of this page.


class FirmHonoursFilter(TypedDict):
    township: NotRequired[str]  # The 9-digit division code of the township.


class ListFirmIdentitiesPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[FirmIdentity]  # The things of this page.


class FirmIdentityFilter(TypedDict):
    township: NotRequired[str]  # The 9-digit division code of the township.
    code_values: NotRequired[str]  # A code that the firm has, had, or was said to have.


class ListFirmProfilesPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[FirmProfile]  # The things of this page.


class FirmProfileFilter(TypedDict):
    township: NotRequired[str]  # The 9-digit division code of the township.


class IndicatorYear(TypedDict):
    indicator_year_id: str  # The basis, the indicator and the year.
    indicator: str  # The indicator, a word of the rulebook.
    basis: str  # What the figure is of: the zone, the district, or a township by its code.
    data_year: int  # The year of the figures.
    figures: list[IndicatorFigure]  # Every figure that was ever said, in the order in which it was.


class ListIndicatorYearsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[IndicatorYear]  # The things of this page.


class IndicatorYearFilter(TypedDict):
    indicator: NotRequired[str]  # The indicator, a word of the rulebook.
    basis: NotRequired[str]  # What the figure is of: the zone, the district, or a township by its code.
    data_year: NotRequired[int]  # The year of the figures.


class InnovationReport(TypedDict):
    from_on: date  # The first day on which it counts.
    source: str  # The document that it stands in.
    known_at: datetime  # When it became known here.
    report_id: str  # The id of the newest report of the firm.
    level: str | None  # The level at which it is recognised.
    name: str | None  # The name of a platform or of a result; none of a person.
    enterprise_id: str | None  # The township's own id of the firm.
    host_id: str | None  # The platform that it belongs to or comes from.
    member_ids: list[str]  # The firms and platforms of a consortium.
    amount_cny: Decimal | None  # The value of the contract by which a result was converted. (yuan)
    to_on: date | None  # The last day on which it counts.
    withdrawn: bool  # Whether it never was.


class InnovationRecord(TypedDict):
    innovation_id: str  # The id of the record.
    kind: str  # What it is, a word of the rulebook.
    reports: list[InnovationReport]  # All that was said of it, the last one stands.


class ListInnovationRecordsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[InnovationRecord]  # The things of this page.


class InnovationRecordFilter(TypedDict):
    kind: NotRequired[str]  # What it is, a word of the rulebook.
    township: NotRequired[str]  # The 9-digit division code of the township.
    enterprise_id: NotRequired[str | None]  # The township's own id of the firm.


class ListLandObligationsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[LandObligations]  # The things of this page.


class LandObligationsFilter(TypedDict):
    enterprise_ids: NotRequired[str]  # A firm that the contract names.
    usccs: NotRequired[str]  # The credit code of somebody whom the contract names by nothing else.
    parcel_id: NotRequired[str]  # The township's own id of the parcel [地块]; it stays when codes change.
    township: NotRequired[str]  # The 9-digit division code of the township.
    names_no_firm: NotRequired[Literal['false', 'true'] | bool]  # Whether somebody of the contract has neither id nor credit code.


class ListRoundFirmsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[RoundFirm]  # The things of this page.


class RoundFirmFilter(TypedDict):
    round_id: NotRequired[str]  # The round: its place, data year, group and version.
    enterprise_id: NotRequired[str]  # The township's own id of the firm.
    township: NotRequired[str]  # The 9-digit division code of the township.
    placed: NotRequired[AdjustGradePlaceToo | None]  # Whether the firm is evaluated, takes the grade of the holder of its plot, or is left out.
    grade: NotRequired[AdjustGradeGrade | None]  # The grade of the per-mu evaluation.
    follows: NotRequired[str | None]  # The holder of the plot that the tenant rents, whose grade it takes.


class ListRoundsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[Round]  # The things of this page.


class RoundFilter(TypedDict):
    place: NotRequired[str]  # The place whose scheme or rule it is.
    data_year: NotRequired[int]  # The year whose figures are evaluated.
    group: NotRequired[str]  # The group of firms, which has its own formula: above_scale 规上, below_scale 规下.
    state: NotRequired[RoundState]  # Where the round stands.


class KeptScheme(TypedDict):
    data_year: int | None  # The year of the figures that it judges.
    grade_names: list[str]  # The grades by its cuts, the best first.
    group: str | None  # The firms that it judges.
    indicators: list[str]  # The indicators by which it scores.
    place: str | None  # The place that published it.
    scheme_id: str  # The id of the scheme.
    source: str | None  # Where it was published.


class SchemesKept(TypedDict):
    schemes: list[KeptScheme]  # The schemes that are kept.


class ListServiceRequestsPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[ServiceRequest]  # The things of this page.


class ServiceRequestFilter(TypedDict):
    township: NotRequired[str]  # The 9-digit division code of the township.
    state: NotRequired[RequestState]  # Where it stands; `announced` before its receipt.
    holder: NotRequired[str]  # The office that answers for it, or a township by its code.
    topic: NotRequired[str | None]  # What it is about, a word of the desk's list.
    enterprise_id: NotRequired[str | None]  # The township's own id of the firm.
    is_open: NotRequired[Literal['false', 'true'] | bool]  # Whether something is still to be done.
    is_watched: NotRequired[Literal['false', 'true'] | bool]  # Whether something is to be told of it on a day to come.


class IndustryMapped(TypedDict):
    candidates: list[str]  # All codes that it may be, each with its section's letter.
    catalogue_places: list[CataloguePlace]  # Where the industry stands in the park's own catalogues of the day.
    code: str  # The code that was asked about, with its section's letter.
    edition: IndustryStandardEdition  # The edition of GB/T 4754, by its year.
    kind: Mapping  # Whether the code is certain, a question with several candidates, or not in the list.
    mapped_code: str | None  # The code in the edition of the answer; none unless it is certain.
    on: date  # The day whose catalogues were asked.
    question: str | None  # What has to be answered before anything is certain; none if nothing has to.
    to: IndustryStandardEdition  # The edition of the answer.


class OwnFigures(TypedDict):
    enterprise_id: str  # The township's own id of the firm.
    grade: AdjustGradeGrade | None  # The grade of the per-mu evaluation.
    missing: list[Reason]  # Why each input that is missing is not there.
    objections: list[Objection]  # What the firm objected to, with the answers.
    own_figures: list[AdjustGradeFigure]  # The figures of the firm that asks.
    placed: AdjustGradePlaceToo | None  # Whether the firm is evaluated, takes the grade of the holder of its plot, or is left out.
    published_first: date | None  # The first day of the publicity that runs.
    published_last: date | None  # The last day of the publicity that runs; objections are heard up to it.
    rank: int | None  # The place of the firm in its round; firms that share a result share it.
    reasons: list[Reason]  # Why the answer is no: each with its code, a sentence, and perhaps field and source.
    round_id: str  # The round: its place, data year, group and version.
    shared_with: int  # How many firms share the result, itself among them.
    state: RoundState  # Where the round stands.
    total: Decimal | None  # The score in all.


class Cut(TypedDict):
    grade: Literal['A', 'B', 'C', 'D']  # The grade of the per-mu evaluation.
    by: Literal['<=', 'last', 'count', '>=']  # By what the grade is cut: `<=` percent, cumulative; the `last` percent; a `count` of firms; `>=` points.
    value: Figure  # Percent, firms or points, as `by` says.


class Owner(TypedDict):
    from_on: date  # The first day on which it holds the share.
    owner_id: str  # The firm that owns; one outside the park has an id that its township gave it.
    owner_name: str | None  # Its name; none if no township reported it.
    share: Decimal | None  # The share that it holds; none if it is not known.
    to_on: date | None  # The last day on which it does; none if it still does.


class OwnersOf(TypedDict):
    enterprise_id: str  # The township's own id of the firm.
    heads: list[str]  # The last owners up the chain that control the firm, each with its group together.
    in_a_ring: bool  # Whether the firm is among its own owners, over others.
    known_share: Decimal  # How much of the firm the owners are known to hold together.
    on: date  # The day that the answer is about.
    owners: list[Owner]  # Who owns the firm on the day.
    warning: str | None  # What cannot be right; none if nothing is wrong.


class Policy(TypedDict):
    lever: str  # What the policy acts on: the price of electricity or water, the land-use tax, quotas, finance.
    grades: list[AdjustGradeGrade]  # The grades that it follows.
    measure: str  # What the policy does.
    place: str  # The place whose scheme or rule it is.
    since: date  # The first day on which it is in force.
    source: str  # Where that can be read.
    confirmed: bool  # Whether a document was read that says so.
    until: date | None  # The last day on which it is in force; none if it still is.
    amount: Decimal | None  # How much, in `unit`; none where the measure is no figure.
    unit: str | None  # The firms that share a result, by the first of them.


class PoliciesAnswer(TypedDict):
    data_year: int | None  # The year whose figures are evaluated.
    decided_by: str | None  # The round that decided this grade, by its id; `round_id` is the one in force.
    decided_on: date | None  # The day on which this grade was decided; none without one.
    enterprise_id: str  # The township's own id of the firm.
    grade: AdjustGradeGrade | None  # The grade of the per-mu evaluation.
    grade_then: AdjustGradeGrade | None  # The grade that stood decided on the day, whatever corrected it later; none where none had been.
    known_at: datetime  # The moment as of which the grades count that were known.
    on: date  # The day that it is about.
    policies: list[Policy]  # What follows the grade [差别化政策].
    round_id: str | None  # The round: its place, data year, group and version.
    since: date | None  # The day from which the grade of the year holds; none without one.
    warnings: list[Reason]  # That the grade was decided after the day; it bars nothing.


class InUnit(TypedDict):
    area_m2: Decimal | None  # The area of the lease. (m²)
    building_id: str | None  # The township's own id of the building [楼宇].
    from_on: date | None  # The first day on which the firm is there.
    lease_id: str  # The township's own id of the lease contract; of one contract for several units each unit has a lease of this id.
    to_on: date | None  # The last day on which the firm is there; none if it still is.
    unit_id: str  # The township's own id of the unit [单元].


class OnParcel(TypedDict):
    area_m2: Decimal | None  # The area of the whole parcel; none until its survey was heard of. (m²)
    from_on: date  # The first day on which the firm is there.
    land_use: str | None  # The registered use of the parcel; none until its survey was heard of.
    parcel_id: str  # The township's own id of the parcel [地块]; it stays when codes change.
    role: Role  # What the firm is on the parcel: it holds the use right, or it rents.
    to_on: date | None  # The last day on which the firm is there; none if it still is.
    unit_id: str | None  # The unit of a carrier on the parcel; none if it is in no unit.


class PremisesOf(TypedDict):
    enterprise_id: str  # The township's own id of the firm.
    in_units: list[InUnit]  # The leases of the firm in carriers.
    on: date  # The day that the answer is about.
    on_parcels: list[OnParcel]  # The premises of the firm on land.


class RequestContact(TypedDict):
    service_request_id: str  # The id of the request; it begins with the code of the township of its firm.
    contact_name: str  # Whom to call; masked but where the contact itself is asked for.
    contact_phone: str  # The number to call; masked but where the contact itself is asked for.


class CarbonMean(TypedDict):
    carbon_mean_id: str  # The industry and the year of the mean.
    industry_code: str  # The industry by GB/T 4754-2017 [国民经济行业分类]: its letter, or letter and digits.
    data_year: int  # The year of the figures.
    means: list[IndustryMean]  # Every mean that was entered, the newest last.
    enterprise_ids: list[str]  # The firms that the case is about [涉及企业].


class RepeatedPainPoint(TypedDict):
    topic: str  # What it is about, a word of the desk's list.
    first_on: date  # The day of the first of these requests.
    last_on: date  # The day of the last of these requests.
    firms: int  # How many firms raised it.
    enterprise_ids: list[str]  # The firms that raised it.
    townships: list[str]  # The townships of these firms.
    service_request_ids: list[str]  # The requests that raised it.


class PainPoints(TypedDict):
    from_on: date  # The first day of the requests that are looked at.
    to_on: date  # The last day of the requests that are looked at.
    least_firms: int  # How many firms at least make a repeated pain point.
    within_days: int  # How many days are looked at.
    pain_points: list[RepeatedPainPoint]  # The repeated pain points [共性问题], the one of most firms first.


class Spread(TypedDict):
    counted: int  # How many reports were counted.
    median_s: int  # Half of the reports took at most so long. (seconds)
    most_s: int  # Nine of ten reports took at most so long. (seconds)
    longest_s: int  # The slowest report took so long. (seconds)


class WaitingReport(TypedDict):
    report: str  # The type of the report.
    event_id: str | None  # The id of its event; none where it is not kept.
    thing: str  # What kind of thing it is about.
    thing_id: str  # The id of the thing that it is about.
    sent_at: datetime  # The moment that its event names as its own.
    waiting_s: int  # How long it has waited since. (seconds)
    waits_for: str  # What it waits for, as its receipt says.


class ReportTimes(TypedDict):
    township: str  # The 9-digit division code of the township.
    since: datetime  # The first moment whose reports were counted.
    until: datetime  # The moment of the answer.
    reports_found: int  # How many reports of the township were received and changed something.
    sent_unknown: int  # How many of them do not say, in what is kept, when they were sent; no time counts them.
    to_receipt: Spread | None  # From the moment that the event names as its own to the commit of its receipt; none of no report.
    to_effect: Spread | None  # From the moment that the event names as its own to its effect, of reports that have one: one that waited for another has it later than its receipt.
    waiting_found: int  # How many reports wait today, whenever they were received.
    waiting: list[WaitingReport]  # Those that wait longest.


class DueRequest(TypedDict):
    service_request_id: str  # The id of the request; it begins with the code of the township of its firm.
    township: str  # The 9-digit division code of the township.
    enterprise_id: str | None  # The township's own id of the firm.
    topic: str | None  # What it is about, a word of the desk's list.
    holder: str  # The office that answers for it, or a township by its code.
    step: str | None  # The step of the clock.
    round: int  # 1, and one more for each time that it was reopened.
    due_on: date | None  # The last day of the step; none if nothing is to be done, or as long as a calendar is missing.
    days_left: int | None  # How many days are left to the last one; below 0 if it is late.
    waits_for_year: int | None  # The year without whose calendar the step has no last day.


class DueRequests(TypedDict):
    on: date  # The day of the question.
    until: date  # The last day that is looked at.
    requests: list[DueRequest]  # What is due, the first first.


class RankMove(TypedDict):
    enterprise_id: str  # The township's own id of the firm.
    rank_before: int | None  # The rank before the correction.
    rank_after: int | None  # The rank after the correction.
    grade_before: AdjustGradeGrade | None  # The grade before the correction.
    grade_after: AdjustGradeGrade | None  # The grade after the correction.


class ReviewAnswer(TypedDict):
    grade: AdjustGradeGrade | None  # The grade of the per-mu evaluation.
    moves: list[RankMove]  # The other firms whose rank or grade changes.
    objection: Objection  # The objection with its answer.


class ChangedFigure(TypedDict):
    enterprise_id: str  # The township's own id of the firm.
    figure_now: AdjustGradeFigure  # The figure as it is now.
    frozen_figure: AdjustGradeFigure  # The figure by which the firm was scored.


class FigureSetAside(TypedDict):
    enterprise_id: str  # The township's own id of the firm.
    other_figure: AdjustGradeFigure  # What another source says.
    used_figure: AdjustGradeFigure  # The figure that is used.
    why: Reason  # Why it is not used: by the order of the sources, or because another was frozen before.


class RoundChanges(TypedDict):
    changed_figures: list[ChangedFigure]  # The figures that would be others if they were frozen now.
    figures_set_aside: list[FigureSetAside]  # The figures of other sources that differ from those that are used.
    round_id: str  # The round: its place, data year, group and version.


class RankedFirm(TypedDict):
    changed: list[str]  # The names of the figures that would be others if they were frozen now.
    enterprise_id: str  # The township's own id of the firm.
    follows: str | None  # The holder of the plot that the tenant rents, whose grade it takes.
    grade: AdjustGradeGrade | None  # The grade of the per-mu evaluation.
    missing: list[Reason]  # Why each input that is missing is not there.
    parts: list[Part]  # The score by indicator.
    placed: AdjustGradePlaceToo | None  # Whether the firm is evaluated, takes the grade of the holder of its plot, or is left out.
    rank: int | None  # The place of the firm in its round; firms that share a result share it.
    reasons: list[Reason]  # Why the answer is no: each with its code, a sentence, and perhaps field and source.
    scored_grade: AdjustGradeGrade | None  # The grade by the score alone, before adjustments.
    total: Decimal | None  # The score in all.
    unit: str | None  # The firms that share a result, by the first of them.


class RoundScores(TypedDict):
    round_id: str  # The round: its place, data year, group and version.
    scored_firms: list[RankedFirm]  # The evaluated firms by rank, then the others.
    state: RoundState  # Where the round stands.


class NotCompared(TypedDict):
    topic: str  # The name of the rulebook.
    why: str  # Why nothing is compared by it, in words.


class KeptRules(TypedDict):
    editions: list[date]  # The first days of its editions.
    in_force: date  # The first day of the edition that is in force today.
    judges: str  # What is judged by it, in words.
    thing: str  # The kind of the things that are judged by it.
    topic: str  # The name of the rulebook.


class RulesKept(TypedDict):
    not_compared: list[NotCompared]  # The other rulebooks of the service, by which nothing is compared.
    rulebooks: list[KeptRules]  # The rulebooks by which the service can compare things.


RuleOutcome = Literal['bars', 'broken', 'follows', 'kept', 'late', 'open', 'warns']


class RuleSaid(TypedDict):
    code: str  # The rule, or what it found.
    rule_outcome: RuleOutcome  # What the rule comes to: it is kept; what it asks for is open, or late; it is broken; it bars what would come next; it warns; or the value of the thing follows from it.
    sentence: str  # What it says, for a person.
    source: str  # The article, document or practice that it rests on.
    field: str | None  # The field of the thing that it is about; none where it is about the whole.
    due_on: date | None  # The day by which it asks for something; none where it names no day.
    thing: str | None  # The kind of another thing through which it speaks; none where it speaks of the thing itself.
    thing_id: str | None  # The id of that other thing.


ScaleOfScale = Literal['above_scale', 'below_scale']


class ScaleOf(TypedDict):
    declared_scale: ScaleOfScale | None  # What the newest report of the firm says; none without one.
    enterprise_id: str  # The township's own id of the firm.
    on: date  # The day that the answer is about.
    revenue_year: int | None  # The year of that revenue.
    scale_by_revenue: ScaleOfScale | None  # What its latest revenue makes of it by the threshold of the day; none without a revenue.
    source: str  # Where the threshold is from.
    threshold_cny: Decimal  # From which main revenue a firm is above scale on that day. (yuan)
    warning: str | None  # What does not fit; none if both say the same.


class RequestThen(TypedDict):
    at: datetime  # When it happened.
    known_at: datetime  # When it was first heard of here; of a question, as far as was known then.
    request: ServiceRequest  # The request as it stood.


class Doubt(TypedDict):
    code: str  # The kind of doubt.
    sentence: str  # The doubt in a sentence.


class Missing(TypedDict):
    indicator: str  # The indicator.
    why: str  # Why there is no figure.
    filled_by: str  # What was taken instead.
    points: Decimal | None  # The points that were taken instead; none if there are none.


class Step(TypedDict):
    step: str  # What was done: percentile, fixed [定档], raised [提档], lowered [降档], veto [一票否决], or tenant.
    grade: str | None  # The grade after the step.
    reason: str  # Why the grade is what it is after the step.


class ScoredFirm(TypedDict):
    excluded: str | None  # Why the firm is not ranked; none if it is.
    firm: str  # The firm, as the figures call it.
    grade: str | None  # The grade; none if the firm is not graded.
    missing: list[Missing]  # The indicators for which the firm has no figure.
    of: int | None  # How many are ranked together.
    parts: dict[str, Decimal]  # The points by indicator.
    percentile: Decimal | None  # The rank in percent of those that are ranked together.
    rank: int | None  # The rank among those that are ranked together; firms of one total share the best.
    shared_with: list[str]  # The firms on the same plot, whose figures were added up.
    steps: list[Step]  # What led to the grade, in its order.
    total: Decimal | None  # The points in all.


class Simulated(TypedDict):
    data_year: int | None  # The year of the figures.
    doubts: list[Doubt]  # What to look at before the outcome is believed.
    firms: int  # How many firms were given.
    grades: dict[str, int]  # How many firms have each grade.
    ranked: int  # How many firms have a rank.
    scheme_id: str  # The id of the scheme.
    scores: list[ScoredFirm]  # The firms, in the order in which they were given.
    ties: str  # Which rank counts for firms of one total that lie over a cut: best_rank or worst_rank.
    unused: list[str]  # Names in the figures of which the scheme makes nothing.


class IndicatorSum(TypedDict):
    figure_kind: IndicatorGrowthFigureKind  # How much the figure says: so much, at least so much, or more than so much.
    figures: list[StandingFigure]  # The figures that were added.
    known_at: datetime  # What was known at this moment counted.
    unit: str  # The unit of the indicator.
    value: Decimal  # The figure, in the unit of the indicator; as it is entered, in the unit that is given.


class FigureNamed(TypedDict):
    indicator: str  # The indicator, a word of the rulebook.
    basis: str  # What the figure is of: the zone, the district, or a township by its code.
    period_end: Day  # The last day of the period.


class StepAnswer(TypedDict):
    reasons: list[Reason]  # Why the answer is no: each with its code, a sentence, and perhaps field and source.
    round_id: str  # The round: its place, data year, group and version.
    step: str  # A step of a round, by the name of its call.
    warnings: list[Reason]  # What is unusual about the step, and bars nothing.


class WorkingDaysCounted(TypedDict):
    from_on: date  # The day before the first that was counted.
    days: int  # How many working days. (days)
    last_on: date  # The last of the working days.
    years: list[int]  # The years whose working days are known.


class Enterprises(EveryService):
    """Keeps the firms as townships report them, and what remediation makes of each."""

    name = "enterprises"

    def adjust_grade(
        self,
        *,
        round_id: str,
        on: Day,
        operator_role: str,
        enterprise_id: str,
        kind: Literal['fixed', 'raised', 'lowered', 'veto'],
        target_grade: Literal['A', 'B', 'C', 'D'],
        reason: str,
        document_id: str,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> RoundFirm:
        """Set a grade against the score [定档, 提档, 降档, 一票否决], by a document.

        round_id: The round: its place, data year, group and version.
        on: The day that it is about.
        operator_role: Who takes the step, as a role; the rulebook says which may, and any other is refused with `WRONG_ROLE`.
        enterprise_id: The township's own id of the firm.
        kind: How the grade is set: fixed, raised, lowered or by a veto.
        target_grade: The grade that the adjustment sets, raises or lowers to.
        reason: Why the grade is set so.
        document_id: The document that says so, by its id.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "adjust_grade",
            RoundFirm,
            {
                "round_id": round_id,
                "on": on,
                "operator_role": operator_role,
                "enterprise_id": enterprise_id,
                "kind": kind,
                "target_grade": target_grade,
                "reason": reason,
                "document_id": document_id,
            },
            timeout, request_id,
        )

    def answer_request(
        self,
        *,
        service_request_id: str,
        department: str,
        text: str,
        at: Moment | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> ServiceRequest:
        """Enter the answer of an office. That of the one that leads ends the clock.

        service_request_id: The id of the request; it begins with the code of the township of its firm.
        department: The office that answers.
        text: What was written about it, without phone and identity numbers.
        at: When it happened.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "answer_request",
            ServiceRequest,
            {
                "service_request_id": service_request_id,
                "department": department,
                "text": text,
                "at": at,
            },
            timeout, request_id,
        )

    def capital_due_within(
        self,
        *,
        within_days: int = LEFT_OUT,
        township: str | None = LEFT_OUT,
        on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> CapitalDue:
        """Whose capital has to be paid, or whose term adjusted, within so many days, or already had to.

        within_days: How many days to look ahead.
        township: The 9-digit division code of the township.
        on: The day of the question; today if it is left out.
        """
        return self._ask(
            "capital_due_within",
            CapitalDue,
            {
                "within_days": within_days,
                "township": township,
                "on": on,
            },
            timeout,
        )

    def capital_of(
        self,
        *,
        enterprise_id: str,
        on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> CapitalOf:
        """The capital of a firm on a day, and what is due of it by the law of that day.

        enterprise_id: The township's own id of the firm.
        on: The day of the question; today if it is left out.
        """
        return self._ask(
            "capital_of",
            CapitalOf,
            {
                "enterprise_id": enterprise_id,
                "on": on,
            },
            timeout,
        )

    def code_card(
        self,
        *,
        enterprise_id: str,
        kind: str,
        form: Literal['svg', 'png'] = LEFT_OUT,
        on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> CodeCard:
        """A card with a code of a firm to be put up, as an SVG, or its QR code alone as a PNG.

        enterprise_id: The township's own id of the firm.
        kind: The kind of code, a word of the rulebook.
        form: The whole card as an SVG, or its QR code as a PNG.
        on: The day of the question; today if it is left out.
        """
        return self._ask(
            "code_card",
            CodeCard,
            {
                "enterprise_id": enterprise_id,
                "kind": kind,
                "form": form,
                "on": on,
            },
            timeout,
        )

    def compare_rules(
        self,
        *,
        topic: str,
        after: EditionGiven,
        before: EditionGiven | None = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> RulesCompared:
        """A page of things by two rulebooks: the verdicts that are other ones, and what would be announced; of a final round what a new version of it would. A round that was not scored yet, or stands no more, has no verdicts.

        topic: The rulebook, as `rules_kept` names those by which things can be compared.
        after: The edition of the other side. Without `before` it has the place of the edition that it changes, or of its first day, in the rulebook as it is; with `before` it alone judges there.
        before: The edition of the one side, which alone judges there. If it is left out, the one side is the rulebook as it is.
        limit: How many things are judged for a page at most; by `evaluation` always the firms of one round, which are ranked together.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "compare_rules",
            RulesCompared,
            {
                "topic": topic,
                "after": after,
                "before": before,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def compare_schemes(
        self,
        *,
        scheme: dict[str, Any] | str,
        against: dict[str, Any] | str,
        figures: list[dict[str, Any]],
        timeout: float | None = None,
    ) -> Compared:
        """The same firms by two schemes: winners and losers, changed grades, and what it costs.

        scheme: The scheme that holds now, in its published form or by the id of one that is kept.
        against: The scheme that would take its place.
        figures: The figures by firm: indicators, or the inputs of which they are made, and what marks the firm.
        """
        return self._ask(
            "compare_schemes",
            Compared,
            {
                "scheme": scheme,
                "against": against,
                "figures": figures,
            },
            timeout,
        )

    def due(
        self,
        *,
        holder: str | None = LEFT_OUT,
        township: str | None = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        late: bool = LEFT_OUT,
        within_days: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> DuePage:
        """What is due of requests, honours, capital and publicities, and what of it is late.

        holder: Only what this office, role or team has to do; none for anybody's.
        township: Only what is of this township, or held by it; none for all of them.
        limit: How many things a page has at most.
        cursor: The cursor of the page before. Its order is the same in every service, so that each takes that of any other.
        on: The day from which lateness and days ahead are counted; today if it is left out.
        known_at: Only what was on record at that moment counts; now if it is left out.
        late: Whether only what is late is wanted.
        within_days: How many days ahead of `on` are looked at; what is late is told in any case.
        """
        return self._ask(
            "due",
            DuePage,
            {
                "holder": holder,
                "township": township,
                "limit": limit,
                "cursor": cursor,
                "on": on,
                "known_at": known_at,
                "late": late,
                "within_days": within_days,
            },
            timeout,
        )

    def due_outcomes(
        self,
        *,
        from_on: Day,
        to_on: Day,
        holder: str | None = LEFT_OUT,
        township: str | None = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> DueOutcomePage:
        """What became of the steps of requests, of capital to be paid and of terms to be adjusted, that were due in a period: met, late or missed, and how each stood on its day.

        from_on: The first day on which the firm is there.
        to_on: The last day on which the firm is there; none if it still is.
        holder: The role that holds the case in this step, as in `operator_role`.
        township: The 9-digit division code of the township.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "due_outcomes",
            DueOutcomePage,
            {
                "from_on": from_on,
                "to_on": to_on,
                "holder": holder,
                "township": township,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def enterprise_history(
        self,
        *,
        enterprise_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one enterprise, oldest first.

        enterprise_id: The township's own id of the firm.
        """
        return self._ask(
            "enterprise_history",
            list[Change],
            {
                "enterprise_id": enterprise_id,
            },
            timeout,
        )

    def explain_overview(
        self,
        *,
        figure: str,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        rules: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> OverviewExplained:
        """A figure of enterprises, and what adds up to it.

        figure: The name of the figure, as the overview says it.
        on: The day that is asked for; today if it is left out.
        known_at: Only what was known at that moment counts; now if it is left out.
        rules: The day whose rules count; the day `on` if it is left out.
        """
        return self._ask(
            "explain_overview",
            OverviewExplained,
            {
                "figure": figure,
                "on": on,
                "known_at": known_at,
                "rules": rules,
            },
            timeout,
        )

    def extend_request(
        self,
        *,
        service_request_id: str,
        until_on: Day,
        text: str,
        at: Moment | None = LEFT_OUT,
        approved: bool = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> ServiceRequest:
        """Give the step that runs more time, with the reason, up to the most of its clock.

        service_request_id: The id of the request; it begins with the code of the township of its firm.
        until_on: The last day that the extended step may take.
        text: What was written about it, without phone and identity numbers.
        at: When it happened.
        approved: Whether the head of the office approved the extension.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "extend_request",
            ServiceRequest,
            {
                "service_request_id": service_request_id,
                "until_on": until_on,
                "text": text,
                "at": at,
                "approved": approved,
            },
            timeout, request_id,
        )

    def finalise_round(
        self,
        *,
        round_id: str,
        on: Day,
        operator_role: str,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> RoundStep:
        """The grades are final; everybody is told. The version before is superseded.

        round_id: The round: its place, data year, group and version.
        on: The day that it is about.
        operator_role: Who takes the step, as a role; the rulebook says which may, and any other is refused with `WRONG_ROLE`.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "finalise_round",
            RoundStep,
            {
                "round_id": round_id,
                "on": on,
                "operator_role": operator_role,
            },
            timeout, request_id,
        )

    def find_enterprise(
        self,
        *,
        code: str | None = LEFT_OUT,
        name: str | None = LEFT_OUT,
        on: Day | None = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> FoundFirms:
        """The firms that have or had a code or a name, those of the day first; codes are masked.

        code: A code of any kind, new or old.
        name: A part of a name, new or old.
        on: The day of the question; today if it is left out.
        limit: How many things are wanted at most.
        """
        return self._ask(
            "find_enterprise",
            FoundFirms,
            {
                "code": code,
                "name": name,
                "on": on,
                "limit": limit,
            },
            timeout,
        )

    def firm_figures_history(
        self,
        *,
        enterprise_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one firm figures, oldest first.

        enterprise_id: The township's own id of the firm.
        """
        return self._ask(
            "firm_figures_history",
            list[Change],
            {
                "enterprise_id": enterprise_id,
            },
            timeout,
        )

    def firm_honours_history(
        self,
        *,
        enterprise_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one firm honours, oldest first.

        enterprise_id: The township's own id of the firm.
        """
        return self._ask(
            "firm_honours_history",
            list[Change],
            {
                "enterprise_id": enterprise_id,
            },
            timeout,
        )

    def firm_identity_history(
        self,
        *,
        enterprise_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one firm identity, oldest first.

        enterprise_id: The township's own id of the firm.
        """
        return self._ask(
            "firm_identity_history",
            list[Change],
            {
                "enterprise_id": enterprise_id,
            },
            timeout,
        )

    def firm_populations(
        self,
        *,
        township: str | None = LEFT_OUT,
        on: Day | None = LEFT_OUT,
        new_from: Day | None = LEFT_OUT,
        new_to: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Populations:
        """How many firms are registered, and how many are on industrial land: two numbers, each with the rule by which it was counted.

        township: The 9-digit division code of the township.
        on: The day of the question; today if it is left out.
        new_from: The first day of the period of the newly registered; the first of January if it is left out.
        new_to: The last day of that period; the day of the question if it is left out.
        """
        return self._ask(
            "firm_populations",
            Populations,
            {
                "township": township,
                "on": on,
                "new_from": new_from,
                "new_to": new_to,
            },
            timeout,
        )

    def firm_profile_history(
        self,
        *,
        enterprise_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one firm profile, oldest first.

        enterprise_id: The township's own id of the firm.
        """
        return self._ask(
            "firm_profile_history",
            list[Change],
            {
                "enterprise_id": enterprise_id,
            },
            timeout,
        )

    def firms_in_unit(
        self,
        *,
        unit_id: str,
        on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> FirmsInUnit:
        """The firms in a unit of a carrier on a day: by its leases, and by what the firms reported.

        unit_id: The township's own id of the unit [单元].
        on: The day of the question; today if it is left out.
        """
        return self._ask(
            "firms_in_unit",
            FirmsInUnit,
            {
                "unit_id": unit_id,
                "on": on,
            },
            timeout,
        )

    def firms_on_parcel(
        self,
        *,
        parcel_id: str,
        on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Occupants:
        """The firms that work on a parcel on a day, each with its role and standing; those that perhaps do, as it was split or merged; and what took its place.

        parcel_id: The township's own id of the parcel [地块]; it stays when codes change.
        on: The day of the question; today if it is left out.
        """
        return self._ask(
            "firms_on_parcel",
            Occupants,
            {
                "parcel_id": parcel_id,
                "on": on,
            },
            timeout,
        )

    def forecast_grade(
        self,
        *,
        scheme: dict[str, Any] | str,
        figures: list[dict[str, Any]],
        firm: str,
        grade: str | None = LEFT_OUT,
        unit: Figure = LEFT_OUT,
        timeout: float | None = None,
    ) -> Forecast:
        """How much more of each indicator, all else equal, takes a firm to a better grade.

        scheme: The scheme, in its published form or by the id of one that is kept.
        figures: The figures by firm: indicators, or the inputs of which they are made, and what marks the firm.
        firm: The firm, as the figures call it.
        grade: The grade that is aimed at; the next better one if it is left out.
        unit: The smallest step of a figure.
        """
        return self._ask(
            "forecast_grade",
            Forecast,
            {
                "scheme": scheme,
                "figures": figures,
                "firm": firm,
                "grade": grade,
                "unit": unit,
            },
            timeout,
        )

    def get_codes(
        self,
        *,
        enterprise_id: str,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        rules_of: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> CodesOn:
        """The codes of a firm on a day, as known at a moment, under the rules of a day, each with its colour, reason, figures, consequences and past.

        enterprise_id: The township's own id of the firm.
        on: The day of the question; today if it is left out.
        known_at: Only what was known at this moment counts; now if it is left out.
        rules_of: The day whose rules read the figures; the day `on` if it is left out.
        """
        return self._ask(
            "get_codes",
            CodesOn,
            {
                "enterprise_id": enterprise_id,
                "on": on,
                "known_at": known_at,
                "rules_of": rules_of,
            },
            timeout,
        )

    def get_enterprise(
        self,
        *,
        enterprise_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Enterprise:
        """The enterprise now, or as it was at `as_of`.

        enterprise_id: The township's own id of the firm.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_enterprise",
            Enterprise,
            {
                "enterprise_id": enterprise_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_firm_figures(
        self,
        *,
        enterprise_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> FirmFigures:
        """The firm figures now, or as it was at `as_of`.

        enterprise_id: The township's own id of the firm.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_firm_figures",
            FirmFigures,
            {
                "enterprise_id": enterprise_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_firm_honours(
        self,
        *,
        enterprise_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> FirmHonours:
        """The firm honours now, or as it was at `as_of`.

        enterprise_id: The township's own id of the firm.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_firm_honours",
            FirmHonours,
            {
                "enterprise_id": enterprise_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_firm_identity(
        self,
        *,
        enterprise_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> FirmIdentity:
        """The firm identity now, or as it was at `as_of`.

        enterprise_id: The township's own id of the firm.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_firm_identity",
            FirmIdentity,
            {
                "enterprise_id": enterprise_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_firm_profile(
        self,
        *,
        enterprise_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> FirmProfile:
        """The firm profile now, or as it was at `as_of`.

        enterprise_id: The township's own id of the firm.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_firm_profile",
            FirmProfile,
            {
                "enterprise_id": enterprise_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_land_obligations(
        self,
        *,
        contract_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> LandObligations:
        """The land obligations now, or as it was at `as_of`.

        contract_id: The id of a contract: that of the supply that it ends.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_land_obligations",
            LandObligations,
            {
                "contract_id": contract_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_round(
        self,
        *,
        round_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Round:
        """The round now, or as it was at `as_of`.

        round_id: The round: its place, data year, group and version.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_round",
            Round,
            {
                "round_id": round_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_round_firm(
        self,
        *,
        round_firm_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> RoundFirm:
        """The round firm now, or as it was at `as_of`.

        round_firm_id: The firm in the round.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_round_firm",
            RoundFirm,
            {
                "round_firm_id": round_firm_id,
                "as_of": as_of,
            },
            timeout,
        )

    def get_service_request(
        self,
        *,
        service_request_id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ServiceRequest:
        """The service request now, or as it was at `as_of`.

        service_request_id: The id of the request; it begins with the code of the township of its firm.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "get_service_request",
            ServiceRequest,
            {
                "service_request_id": service_request_id,
                "as_of": as_of,
            },
            timeout,
        )

    def give_round_figures(
        self,
        *,
        round_id: str,
        on: Day,
        operator_role: str,
        enterprise_id: str,
        document_id: str,
        figures: list[GivenFigure],
        source_class: Literal['tax', 'declared', 'desk'] = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> RoundFirm:
        """Enter figures of a firm for this round, with the document that says so.

        round_id: The round: its place, data year, group and version.
        on: The day that it is about.
        operator_role: Who takes the step, as a role; the rulebook says which may, and any other is refused with `WRONG_ROLE`.
        enterprise_id: The township's own id of the firm.
        document_id: The document that says so, by its id.
        figures: The figures, each by its name.
        source_class: Where the figures come from; those of statistics judge no firm, and cannot be given.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "give_round_figures",
            RoundFirm,
            {
                "round_id": round_id,
                "on": on,
                "operator_role": operator_role,
                "enterprise_id": enterprise_id,
                "document_id": document_id,
                "figures": figures,
                "source_class": source_class,
            },
            timeout, request_id,
        )

    def grades_of(
        self,
        *,
        enterprise_id: str,
        timeout: float | None = None,
    ) -> GradesAnswer:
        """A firm's final grades over the years, and every revision of them.

        enterprise_id: The township's own id of the firm.
        """
        return self._ask(
            "grades_of",
            GradesAnswer,
            {
                "enterprise_id": enterprise_id,
            },
            timeout,
        )

    def group_overview(
        self,
        *,
        enterprise_id: str,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> GroupOverview:
        """What a firm and all that it controls come to on a day, as known at a moment: plots, units, cases, standings, what is late of the prices of land, and promises.

        enterprise_id: The township's own id of the firm.
        on: The day of the question; today if it is left out.
        known_at: Answer by what was known at this moment; now if it is left out.
        """
        return self._ask(
            "group_overview",
            GroupOverview,
            {
                "enterprise_id": enterprise_id,
                "on": on,
                "known_at": known_at,
            },
            timeout,
        )

    def hand_over_request(
        self,
        *,
        service_request_id: str,
        departments: list[str],
        at: Moment | None = LEFT_OUT,
        lead: str | None = LEFT_OUT,
        text: str | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> ServiceRequest:
        """Hand a request to one office, or to several of which one leads.

        service_request_id: The id of the request; it begins with the code of the township of its firm.
        departments: The offices that hold it, or townships by code.
        at: When it happened.
        lead: The office that answers for all of them.
        text: What was written about it, without phone and identity numbers.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "hand_over_request",
            ServiceRequest,
            {
                "service_request_id": service_request_id,
                "departments": departments,
                "at": at,
                "lead": lead,
                "text": text,
            },
            timeout, request_id,
        )

    def honour_counts(
        self,
        *,
        township: str | None = LEFT_OUT,
        on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> HonourCounts:
        """How many firms have each honour on a day.

        township: The 9-digit division code of the township.
        on: The day of the question; today if it is left out.
        """
        return self._ask(
            "honour_counts",
            HonourCounts,
            {
                "township": township,
                "on": on,
            },
            timeout,
        )

    def honours_expiring(
        self,
        *,
        within_days: int = LEFT_OUT,
        township: str | None = LEFT_OUT,
        honour: str | None = LEFT_OUT,
        on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> HonoursExpiring:
        """Whose honour ends, or has to be re-checked, within so many days; overdue re-checks are first.

        within_days: How many days to look ahead.
        township: The 9-digit division code of the township.
        honour: The honour, by its word in the rulebook; another one may be given in plain words.
        on: The day of the question; today if it is left out.
        """
        return self._ask(
            "honours_expiring",
            HonoursExpiring,
            {
                "within_days": within_days,
                "township": township,
                "honour": honour,
                "on": on,
            },
            timeout,
        )

    def honours_of(
        self,
        *,
        enterprise_id: str,
        on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> HonoursOf:
        """Every honour of a firm, and whether it stands on a day.

        enterprise_id: The township's own id of the firm.
        on: The day of the question; today if it is left out.
        """
        return self._ask(
            "honours_of",
            HonoursOf,
            {
                "enterprise_id": enterprise_id,
                "on": on,
            },
            timeout,
        )

    def indicator_growth(
        self,
        *,
        indicator: str,
        period_end: Day,
        basis: str = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> Growth:
        """The growth of a period over the same one of the year before, on a base of the same coverage if one was entered.

        indicator: The indicator, a word of the rulebook.
        period_end: The last day of the period.
        basis: What the figure is of: the zone, the district, or a township by its code.
        known_at: Only what was known at this moment counts; now if it is left out.
        """
        return self._ask(
            "indicator_growth",
            Growth,
            {
                "indicator": indicator,
                "period_end": period_end,
                "basis": basis,
                "known_at": known_at,
            },
            timeout,
        )

    def indicator_on(
        self,
        *,
        indicator: str,
        basis: str = LEFT_OUT,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> IndicatorOn:
        """An indicator on a day, as known at a moment: the newest figure and the next target.

        indicator: The indicator, a word of the rulebook.
        basis: What the figure is of: the zone, the district, or a township by its code.
        on: The day of the question; today if it is left out.
        known_at: Only what was known at this moment counts; now if it is left out.
        """
        return self._ask(
            "indicator_on",
            IndicatorOn,
            {
                "indicator": indicator,
                "basis": basis,
                "on": on,
                "known_at": known_at,
            },
            timeout,
        )

    def industry_of(
        self,
        *,
        enterprise_id: str,
        on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> IndustryOf:
        """The industry of a firm on a day, or the question that is open about it.

        enterprise_id: The township's own id of the firm.
        on: The day of the question; today if it is left out.
        """
        return self._ask(
            "industry_of",
            IndustryOf,
            {
                "enterprise_id": enterprise_id,
                "on": on,
            },
            timeout,
        )

    def industry_questions(
        self,
        *,
        township: str | None = LEFT_OUT,
        on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> IndustryQuestions:
        """The firms whose industry of the day is a question, for their townships to answer.

        township: The 9-digit division code of the township.
        on: The day of the question; today if it is left out.
        """
        return self._ask(
            "industry_questions",
            IndustryQuestions,
            {
                "township": township,
                "on": on,
            },
            timeout,
        )

    def industry_standard(
        self,
        *,
        edition: Literal['2011', '2017'] = LEFT_OUT,
        timeout: float | None = None,
    ) -> Standard:
        """How many codes the list of an edition has, counted from it, and how many were split.

        edition: The edition of GB/T 4754, by its year.
        """
        return self._ask(
            "industry_standard",
            Standard,
            {
                "edition": edition,
            },
            timeout,
        )

    def innovation_overview(
        self,
        *,
        basis: str = LEFT_OUT,
        township: str | None = LEFT_OUT,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> InnovationOverview:
        """How many platforms, talents and converted results there are on a day, as known at a moment: by the records, and beside that as stated.

        basis: What the stated figures are of.
        township: The 9-digit division code of the township.
        on: The day of the question; today if it is left out.
        known_at: Only what was known at this moment counts; now if it is left out.
        """
        return self._ask(
            "innovation_overview",
            InnovationOverview,
            {
                "basis": basis,
                "township": township,
                "on": on,
                "known_at": known_at,
            },
            timeout,
        )

    def land_obligations_history(
        self,
        *,
        contract_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one land obligations, oldest first.

        contract_id: The id of a contract: that of the supply that it ends.
        """
        return self._ask(
            "land_obligations_history",
            list[Change],
            {
                "contract_id": contract_id,
            },
            timeout,
        )

    def list_enterprises(
        self,
        *,
        filter: EnterpriseFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'name', '-name', 'reported_at', '-reported_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListEnterprisesPage:
        """Things of the kind enterprise, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_enterprises",
            ListEnterprisesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_enterprises(
        self,
        *,
        filter: EnterpriseFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'name', '-name', 'reported_at', '-reported_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[Enterprise]:
        """Each thing of `list_enterprises`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_enterprises",
            ListEnterprisesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_firm_codes(
        self,
        *,
        filter: FirmCodesFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListFirmCodesPage:
        """Things of the kind firm codes, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_firm_codes",
            ListFirmCodesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_firm_codes(
        self,
        *,
        filter: FirmCodesFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[FirmCodes]:
        """Each thing of `list_firm_codes`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_firm_codes",
            ListFirmCodesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_firm_figures(
        self,
        *,
        filter: FirmFiguresFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListFirmFiguresPage:
        """Things of the kind firm figures, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_firm_figures",
            ListFirmFiguresPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_firm_figures(
        self,
        *,
        filter: FirmFiguresFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[FirmFigures]:
        """Each thing of `list_firm_figures`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_firm_figures",
            ListFirmFiguresPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_firm_honours(
        self,
        *,
        filter: FirmHonoursFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListFirmHonoursPage:
        """Things of the kind firm honours, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_firm_honours",
            ListFirmHonoursPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_firm_honours(
        self,
        *,
        filter: FirmHonoursFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[FirmHonours]:
        """Each thing of `list_firm_honours`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_firm_honours",
            ListFirmHonoursPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_firm_identities(
        self,
        *,
        filter: FirmIdentityFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListFirmIdentitiesPage:
        """Things of the kind firm identity, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_firm_identities",
            ListFirmIdentitiesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_firm_identities(
        self,
        *,
        filter: FirmIdentityFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[FirmIdentity]:
        """Each thing of `list_firm_identities`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_firm_identities",
            ListFirmIdentitiesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_firm_profiles(
        self,
        *,
        filter: FirmProfileFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListFirmProfilesPage:
        """Things of the kind firm profile, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_firm_profiles",
            ListFirmProfilesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_firm_profiles(
        self,
        *,
        filter: FirmProfileFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[FirmProfile]:
        """Each thing of `list_firm_profiles`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_firm_profiles",
            ListFirmProfilesPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_indicator_years(
        self,
        *,
        filter: IndicatorYearFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListIndicatorYearsPage:
        """Things of the kind indicator year, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_indicator_years",
            ListIndicatorYearsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_indicator_years(
        self,
        *,
        filter: IndicatorYearFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[IndicatorYear]:
        """Each thing of `list_indicator_years`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_indicator_years",
            ListIndicatorYearsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_innovation_records(
        self,
        *,
        filter: InnovationRecordFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListInnovationRecordsPage:
        """Things of the kind innovation record, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_innovation_records",
            ListInnovationRecordsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_innovation_records(
        self,
        *,
        filter: InnovationRecordFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[InnovationRecord]:
        """Each thing of `list_innovation_records`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_innovation_records",
            ListInnovationRecordsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_land_obligations(
        self,
        *,
        filter: LandObligationsFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListLandObligationsPage:
        """Things of the kind land obligations, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_land_obligations",
            ListLandObligationsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_land_obligations(
        self,
        *,
        filter: LandObligationsFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[LandObligations]:
        """Each thing of `list_land_obligations`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_land_obligations",
            ListLandObligationsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_round_firms(
        self,
        *,
        filter: RoundFirmFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListRoundFirmsPage:
        """Things of the kind round firm, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_round_firms",
            ListRoundFirmsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_round_firms(
        self,
        *,
        filter: RoundFirmFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[RoundFirm]:
        """Each thing of `list_round_firms`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_round_firms",
            ListRoundFirmsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_rounds(
        self,
        *,
        filter: RoundFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'data_year', '-data_year'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListRoundsPage:
        """Things of the kind round, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_rounds",
            ListRoundsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_rounds(
        self,
        *,
        filter: RoundFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'data_year', '-data_year'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[Round]:
        """Each thing of `list_rounds`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_rounds",
            ListRoundsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def list_schemes(
        self,
        *,
        place: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> SchemesKept:
        """The published schemes that are kept, with their source; those of a place, if one is given.

        place: The place that published it.
        """
        return self._ask(
            "list_schemes",
            SchemesKept,
            {
                "place": place,
            },
            timeout,
        )

    def list_service_requests(
        self,
        *,
        filter: ServiceRequestFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'due_on', '-due_on', 'tell_on', '-tell_on', 'received_on', '-received_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ListServiceRequestsPage:
        """Things of the kind service request, a page at a time, by filter and order.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_service_requests",
            ListServiceRequestsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_service_requests(
        self,
        *,
        filter: ServiceRequestFilter = LEFT_OUT,
        order: Literal['key', '-key', 'updated_at', '-updated_at', 'due_on', '-due_on', 'tell_on', '-tell_on', 'received_on', '-received_on'] = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[ServiceRequest]:
        """Each thing of `list_service_requests`, page after page; `limit` is of one page.

        filter: Values that the fields of the listed things must have; of a list, one of its values.
        order: The field by which the list is sorted; a - before it turns the order.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_service_requests",
            ListServiceRequestsPage,
            {
                "filter": filter,
                "order": order,
                "limit": limit,
            },
            timeout,
        )

    def look_up_code(
        self,
        *,
        text: str,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        rules_of: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> CodesOn:
        """The codes of the firm that a printed code names.

        text: A printed code.
        on: The day of the question; today if it is left out.
        known_at: Only what was known at this moment counts; now if it is left out.
        rules_of: The day whose rules read the figures; the day `on` if it is left out.
        """
        return self._ask(
            "look_up_code",
            CodesOn,
            {
                "text": text,
                "on": on,
                "known_at": known_at,
                "rules_of": rules_of,
            },
            timeout,
        )

    def map_industry(
        self,
        *,
        code: str,
        edition: Literal['2011', '2017'],
        to: Literal['2011', '2017'] = LEFT_OUT,
        on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> IndustryMapped:
        """What a code of one edition is in the other: a code, or a question with its candidates.

        code: The code to be mapped, 2 to 4 digits, with its section's letter or without.
        edition: The edition of GB/T 4754, by its year.
        to: The edition of the answer.
        on: The day whose catalogues are asked; today if it is left out.
        """
        return self._ask(
            "map_industry",
            IndustryMapped,
            {
                "code": code,
                "edition": edition,
                "to": to,
                "on": on,
            },
            timeout,
        )

    def my_figures(
        self,
        *,
        round_id: str,
        enterprise_id: str,
        asked_by: str,
        timeout: float | None = None,
    ) -> OwnFigures:
        """What a firm sees of itself in a round: its figures with their sources, what is missing, its objections, and from the publicity on its score. Nothing of any other firm.

        round_id: The round: its place, data year, group and version.
        enterprise_id: The township's own id of the firm.
        asked_by: The firm that asks.
        """
        return self._ask(
            "my_figures",
            OwnFigures,
            {
                "round_id": round_id,
                "enterprise_id": enterprise_id,
                "asked_by": asked_by,
            },
            timeout,
        )

    def object_to_round(
        self,
        *,
        round_id: str,
        on: Day,
        operator_role: str,
        enterprise_id: str,
        text: str,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Objection:
        """A firm objects to what is published of it; its figures are kept as they are frozen.

        round_id: The round: its place, data year, group and version.
        on: The day that it is about.
        operator_role: Who takes the step, as a role; the rulebook says which may, and any other is refused with `WRONG_ROLE`.
        enterprise_id: The township's own id of the firm.
        text: What the firm objects to.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "object_to_round",
            Objection,
            {
                "round_id": round_id,
                "on": on,
                "operator_role": operator_role,
                "enterprise_id": enterprise_id,
                "text": text,
            },
            timeout, request_id,
        )

    def open_round(
        self,
        *,
        place: str,
        data_year: int,
        group: str,
        scheme: str,
        townships: list[str],
        on: Day,
        operator_role: str,
        cuts: list[Cut] = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Round:
        """Open the round of a place, data year and group: figures are collected from now on.

        place: The place whose scheme or rule it is.
        data_year: The year whose figures are evaluated.
        group: The group of firms, which has its own formula: above_scale 规上, below_scale 规下.
        scheme: The scheme by which the firms are scored.
        townships: The townships whose firms are evaluated, by their codes.
        on: The day that it is about.
        operator_role: Who takes the step, as a role; the rulebook says which may, and any other is refused with `WRONG_ROLE`.
        cuts: Where the grades are cut; without any, as the scheme has it.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "open_round",
            Round,
            {
                "place": place,
                "data_year": data_year,
                "group": group,
                "scheme": scheme,
                "townships": townships,
                "on": on,
                "operator_role": operator_role,
                "cuts": cuts,
            },
            timeout, request_id,
        )

    def overview_figures(
        self,
        *,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        rules: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> list[OverviewFigure]:
        """The figures that enterprises owns.

        on: The day that is asked for; today if it is left out.
        known_at: Only what was known at that moment counts; now if it is left out.
        rules: The day whose rules count; the day `on` if it is left out.
        """
        return self._ask(
            "overview_figures",
            list[OverviewFigure],
            {
                "on": on,
                "known_at": known_at,
                "rules": rules,
            },
            timeout,
        )

    def owners_of(
        self,
        *,
        enterprise_id: str,
        on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> OwnersOf:
        """Who owns a firm on a day, and who controls it in the end.

        enterprise_id: The township's own id of the firm.
        on: The day of the question; today if it is left out.
        """
        return self._ask(
            "owners_of",
            OwnersOf,
            {
                "enterprise_id": enterprise_id,
                "on": on,
            },
            timeout,
        )

    def period_figures(
        self,
        *,
        from_: Day,
        to: Day,
        known_at: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> list[OverviewExplained]:
        """The requests of firms in a period and at its end, with what adds up to each figure.

        from_: The first day of the period.
        to: The last day of the period, by whose rules is counted.
        known_at: Only what was known at that moment counts; now if it is left out.
        """
        return self._ask(
            "period_figures",
            list[OverviewExplained],
            {
                "from": from_,
                "to": to,
                "known_at": known_at,
            },
            timeout,
        )

    def place_firm(
        self,
        *,
        round_id: str,
        on: Day,
        operator_role: str,
        enterprise_id: str,
        placed: Literal['evaluated', 'follows_holder', 'left_out'],
        reason_code: str | None = LEFT_OUT,
        document_id: str | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> RoundFirm:
        """Leave a firm out, with its reason; or say that it is evaluated, whatever the register says.

        round_id: The round: its place, data year, group and version.
        on: The day that it is about.
        operator_role: Who takes the step, as a role; the rulebook says which may, and any other is refused with `WRONG_ROLE`.
        enterprise_id: The township's own id of the firm.
        placed: Whether the firm is evaluated, takes the grade of the holder of its plot, or is left out.
        reason_code: Why the firm is left out, by the list of the rulebook.
        document_id: The document that says so, by its id.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "place_firm",
            RoundFirm,
            {
                "round_id": round_id,
                "on": on,
                "operator_role": operator_role,
                "enterprise_id": enterprise_id,
                "placed": placed,
                "reason_code": reason_code,
                "document_id": document_id,
            },
            timeout, request_id,
        )

    def policies_for(
        self,
        *,
        enterprise_id: str,
        on: Day | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> PoliciesAnswer:
        """What follows the firm's grade of a day [差别化政策] as known at a moment, each with its source and whether that was confirmed.

        enterprise_id: The township's own id of the firm.
        on: The day that it is about.
        known_at: The moment as of which the grades count that were known; now, without one.
        """
        return self._ask(
            "policies_for",
            PoliciesAnswer,
            {
                "enterprise_id": enterprise_id,
                "on": on,
                "known_at": known_at,
            },
            timeout,
        )

    def premises_of(
        self,
        *,
        enterprise_id: str,
        on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> PremisesOf:
        """Where a firm is on a day, as owner or tenant, on parcels and in units of carriers.

        enterprise_id: The township's own id of the firm.
        on: The day of the question; today if it is left out.
        """
        return self._ask(
            "premises_of",
            PremisesOf,
            {
                "enterprise_id": enterprise_id,
                "on": on,
            },
            timeout,
        )

    def publicise_areas(
        self,
        *,
        round_id: str,
        on: Day,
        operator_role: str,
        days: int | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> RoundStep:
        """Publish the land area of each firm, before anything is scored. They stand from now on.

        round_id: The round: its place, data year, group and version.
        on: The day that it is about.
        operator_role: Who takes the step, as a role; the rulebook says which may, and any other is refused with `WRONG_ROLE`.
        days: For how many days it is published; as long as the rule has it if left out.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "publicise_areas",
            RoundStep,
            {
                "round_id": round_id,
                "on": on,
                "operator_role": operator_role,
                "days": days,
            },
            timeout, request_id,
        )

    def publicise_grades(
        self,
        *,
        round_id: str,
        on: Day,
        operator_role: str,
        days: int | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> RoundStep:
        """Publish the grades [公示]; objections are heard up to the last day.

        round_id: The round: its place, data year, group and version.
        on: The day that it is about.
        operator_role: Who takes the step, as a role; the rulebook says which may, and any other is refused with `WRONG_ROLE`.
        days: For how many days it is published; as long as the rule has it if left out.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "publicise_grades",
            RoundStep,
            {
                "round_id": round_id,
                "on": on,
                "operator_role": operator_role,
                "days": days,
            },
            timeout, request_id,
        )

    def rate_request(
        self,
        *,
        service_request_id: str,
        satisfaction: Literal['satisfied', 'partly_satisfied', 'dissatisfied'],
        at: Moment | None = LEFT_OUT,
        text: str | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> ServiceRequest:
        """Enter how satisfied the firm is.

        service_request_id: The id of the request; it begins with the code of the township of its firm.
        satisfaction: How satisfied the firm is with the answer.
        at: When it happened.
        text: What was written about it, without phone and identity numbers.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "rate_request",
            ServiceRequest,
            {
                "service_request_id": service_request_id,
                "satisfaction": satisfaction,
                "at": at,
                "text": text,
            },
            timeout, request_id,
        )

    def read_request_contact(
        self,
        *,
        service_request_id: str,
        reader: str,
        purpose: str,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> RequestContact:
        """Whom to call. Who reads it, and what for, is kept beside it.

        service_request_id: The id of the request; it begins with the code of the township of its firm.
        reader: Who reads it, by an account or a role.
        purpose: What it is read for.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "read_request_contact",
            RequestContact,
            {
                "service_request_id": service_request_id,
                "reader": reader,
                "purpose": purpose,
            },
            timeout, request_id,
        )

    def receive_request(
        self,
        *,
        enterprise_id: str,
        topic: str,
        summary: str,
        service_request_id: str | None = LEFT_OUT,
        at: Moment | None = LEFT_OUT,
        kind: Literal['difficulty', 'blockage', 'pain_point'] = LEFT_OUT,
        clock: str = LEFT_OUT,
        counted_from: Day | None = LEFT_OUT,
        contact_name: str | None = LEFT_OUT,
        contact_phone: str | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> ServiceRequest:
        """A firm asked the desk for something. Without an id, the request gets one.

        enterprise_id: The township's own id of the firm.
        topic: What it is about, a word of the desk's list.
        summary: What the firm asks for, without phone and identity numbers.
        service_request_id: The id of the request; it begins with the code of the township of its firm.
        at: When it happened.
        kind: What the firm meets with [难点、堵点、痛点].
        clock: The clock that runs, a word of the list of clocks.
        counted_from: The day from which the first step of the clock counts, if that is not the day of the request: formal acceptance [正式受理], delivery [交付].
        contact_name: Whom to call; masked but where the contact itself is asked for.
        contact_phone: The number to call; masked but where the contact itself is asked for.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "receive_request",
            ServiceRequest,
            {
                "enterprise_id": enterprise_id,
                "topic": topic,
                "summary": summary,
                "service_request_id": service_request_id,
                "at": at,
                "kind": kind,
                "clock": clock,
                "counted_from": counted_from,
                "contact_name": contact_name,
                "contact_phone": contact_phone,
            },
            timeout, request_id,
        )

    def record_carbon_mean(
        self,
        *,
        industry_code: str,
        data_year: int,
        mean_tco2_per_wan: Figure,
        document: str,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> CarbonMean:
        """The statistics desk enters the mean carbon intensity of an industry in a year; the carbon code of each firm that it measures follows.

        industry_code: The industry by GB/T 4754-2017 [国民经济行业分类]: its letter, or letter and digits.
        data_year: The year of the figures.
        mean_tco2_per_wan: The mean carbon intensity of the industry, in tonnes of CO₂ per 10,000 yuan of value added.
        document: The document that the figures stand in.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_carbon_mean",
            CarbonMean,
            {
                "industry_code": industry_code,
                "data_year": data_year,
                "mean_tco2_per_wan": mean_tco2_per_wan,
                "document": document,
            },
            timeout, request_id,
        )

    def record_code_figures(
        self,
        *,
        enterprise_id: str,
        kind: str,
        valid_from: Day,
        figures: dict[str, Figure],
        source_class: Literal['statistics', 'tax', 'declared'],
        document: str,
        data_year: int | None = LEFT_OUT,
        industry_code: str | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> CodesOn:
        """A desk enters the figures of a code, or corrects them; the code follows, and whoever was told is told again.

        enterprise_id: The township's own id of the firm.
        kind: The kind of code, a word of the rulebook.
        valid_from: The day from which the code holds.
        figures: The figures of the code by their names, or those that led to it.
        source_class: Where the figures come from: those of `statistics` judge no firm and are told to nobody.
        document: The document that the figures stand in.
        data_year: The year of the figures.
        industry_code: The industry by GB/T 4754-2017 [国民经济行业分类]: its letter, or letter and digits.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_code_figures",
            CodesOn,
            {
                "enterprise_id": enterprise_id,
                "kind": kind,
                "valid_from": valid_from,
                "figures": figures,
                "source_class": source_class,
                "document": document,
                "data_year": data_year,
                "industry_code": industry_code,
            },
            timeout, request_id,
        )

    def record_indicator(
        self,
        *,
        indicator: str,
        basis: str,
        period_end: Day,
        value: Figure,
        document: str,
        period_start: Day | None = LEFT_OUT,
        role: Literal['actual', 'target', 'comparable_base'] = LEFT_OUT,
        figure_kind: Literal['exact', 'at_least', 'more_than'] = LEFT_OUT,
        unit: str | None = LEFT_OUT,
        reason: str | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> IndicatorYear:
        """The statistics desk enters a figure, a target or a comparable base, or corrects one.

        indicator: The indicator, a word of the rulebook.
        basis: What the figure is of: the zone, the district, or a township by its code.
        period_end: The last day of the period.
        value: The figure, in the unit of the indicator; as it is entered, in the unit that is given.
        document: The document that it stands in.
        period_start: The first day of the period; none for what there is at its end.
        role: Whether it was so, is to be so, or is the figure of the year before on the coverage of this period.
        figure_kind: How much the figure says: so much, at least so much, or more than so much.
        unit: The unit in which it is given; that of the indicator if it is left out.
        reason: Why it is another figure than before, or what a comparable base covers.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_indicator",
            IndicatorYear,
            {
                "indicator": indicator,
                "basis": basis,
                "period_end": period_end,
                "value": value,
                "document": document,
                "period_start": period_start,
                "role": role,
                "figure_kind": figure_kind,
                "unit": unit,
                "reason": reason,
            },
            timeout, request_id,
        )

    def record_innovation(
        self,
        *,
        innovation_id: str,
        kind: str,
        from_on: Day,
        document: str,
        level: str | None = LEFT_OUT,
        name: str | None = LEFT_OUT,
        enterprise_id: str | None = LEFT_OUT,
        host_id: str | None = LEFT_OUT,
        member_ids: list[str] = LEFT_OUT,
        amount_cny: Figure | None = LEFT_OUT,
        to_on: Day | None = LEFT_OUT,
        withdrawn: bool = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> InnovationRecord:
        """Record a platform, a talent or a converted result, or correct it.

        innovation_id: The id of the record.
        kind: What it is, a word of the rulebook.
        from_on: The first day on which it counts.
        document: The document that it stands in.
        level: The level at which it is recognised.
        name: The name of a platform or of a result; none of a person.
        enterprise_id: The township's own id of the firm.
        host_id: The platform that it belongs to or comes from.
        member_ids: The firms and platforms of a consortium.
        amount_cny: The value of the contract by which a result was converted.
        to_on: The last day on which it counts.
        withdrawn: Whether it never was.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "record_innovation",
            InnovationRecord,
            {
                "innovation_id": innovation_id,
                "kind": kind,
                "from_on": from_on,
                "document": document,
                "level": level,
                "name": name,
                "enterprise_id": enterprise_id,
                "host_id": host_id,
                "member_ids": member_ids,
                "amount_cny": amount_cny,
                "to_on": to_on,
                "withdrawn": withdrawn,
            },
            timeout, request_id,
        )

    def reopen_request(
        self,
        *,
        service_request_id: str,
        text: str,
        at: Moment | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> ServiceRequest:
        """Take an answered request up again: its last step begins anew.

        service_request_id: The id of the request; it begins with the code of the township of its firm.
        text: What was written about it, without phone and identity numbers.
        at: When it happened.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "reopen_request",
            ServiceRequest,
            {
                "service_request_id": service_request_id,
                "text": text,
                "at": at,
            },
            timeout, request_id,
        )

    def repeated_pain_points(
        self,
        *,
        from_on: Day | None = LEFT_OUT,
        to_on: Day | None = LEFT_OUT,
        least_firms: int | None = LEFT_OUT,
        within_days: int | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> PainPoints:
        """Topics that many firms raised within a short time, over all townships.

        from_on: The first day of the requests that are looked at.
        to_on: The last day of the requests that are looked at.
        least_firms: How many firms at least make a repeated pain point.
        within_days: How many days are looked at.
        """
        return self._ask(
            "repeated_pain_points",
            PainPoints,
            {
                "from_on": from_on,
                "to_on": to_on,
                "least_firms": least_firms,
                "within_days": within_days,
            },
            timeout,
        )

    def report_times(
        self,
        *,
        township: str,
        since: Moment | None = LEFT_OUT,
        most_waiting: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> ReportTimes:
        """How long a township's reports of firms and requests took from their sending to their receipt and to their effect, and which wait for what.

        township: The 9-digit division code of the township.
        since: The first moment whose reports count; 30 days ago if it is left out.
        most_waiting: How many of the reports that wait longest are named.
        """
        return self._ask(
            "report_times",
            ReportTimes,
            {
                "township": township,
                "since": since,
                "most_waiting": most_waiting,
            },
            timeout,
        )

    def requests_due(
        self,
        *,
        within_days: int = LEFT_OUT,
        holder: str | None = LEFT_OUT,
        township: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> DueRequests:
        """What is due by so many days from today on, the first first; and what waits for a calendar.

        within_days: How many days are looked at.
        holder: The office whose requests are asked for; without it, all.
        township: The 9-digit division code of the township.
        """
        return self._ask(
            "requests_due",
            DueRequests,
            {
                "within_days": within_days,
                "holder": holder,
                "township": township,
            },
            timeout,
        )

    def review_objection(
        self,
        *,
        round_id: str,
        on: Day,
        operator_role: str,
        enterprise_id: str,
        objection_id: str,
        upheld: bool,
        why: str,
        reviewed_by: str,
        document_id: str | None = LEFT_OUT,
        figures: list[GivenFigure] = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> ReviewAnswer:
        """Uphold an objection or not. Other figures come into force at once, and the answer says who else moves; upheld without figures, the firm is open until its grade is adjusted.

        round_id: The round: its place, data year, group and version.
        on: The day that it is about.
        operator_role: Who takes the step, as a role; the rulebook says which may, and any other is refused with `WRONG_ROLE`.
        enterprise_id: The township's own id of the firm.
        objection_id: The id of the objection.
        upheld: Whether the objection is right.
        why: The reason, in a sentence.
        reviewed_by: Which office reviewed the objection.
        document_id: The document that says so, by its id.
        figures: The figures, each by its name.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "review_objection",
            ReviewAnswer,
            {
                "round_id": round_id,
                "on": on,
                "operator_role": operator_role,
                "enterprise_id": enterprise_id,
                "objection_id": objection_id,
                "upheld": upheld,
                "why": why,
                "reviewed_by": reviewed_by,
                "document_id": document_id,
                "figures": figures,
            },
            timeout, request_id,
        )

    def revise_round(
        self,
        *,
        round_id: str,
        on: Day,
        operator_role: str,
        why: str,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Round:
        """Begin a new version of a final round, with the figures as they are now. The old one stands until the new one is final.

        round_id: The round: its place, data year, group and version.
        on: The day that it is about.
        operator_role: Who takes the step, as a role; the rulebook says which may, and any other is refused with `WRONG_ROLE`.
        why: The reason, in a sentence.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "revise_round",
            Round,
            {
                "round_id": round_id,
                "on": on,
                "operator_role": operator_role,
                "why": why,
            },
            timeout, request_id,
        )

    def round_changes(
        self,
        *,
        round_id: str,
        timeout: float | None = None,
    ) -> RoundChanges:
        """The figures that were corrected since they were frozen, which a new version of the round uses; and those of other sources that differ from the used ones, with the reason.

        round_id: The round: its place, data year, group and version.
        """
        return self._ask(
            "round_changes",
            RoundChanges,
            {
                "round_id": round_id,
            },
            timeout,
        )

    def round_firm_history(
        self,
        *,
        round_firm_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one round firm, oldest first.

        round_firm_id: The firm in the round.
        """
        return self._ask(
            "round_firm_history",
            list[Change],
            {
                "round_firm_id": round_firm_id,
            },
            timeout,
        )

    def round_history(
        self,
        *,
        round_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one round, oldest first.

        round_id: The round: its place, data year, group and version.
        """
        return self._ask(
            "round_history",
            list[Change],
            {
                "round_id": round_id,
            },
            timeout,
        )

    def round_scores(
        self,
        *,
        round_id: str,
        timeout: float | None = None,
    ) -> RoundScores:
        """The firms of a round with score, rank and grade, and those that it leaves out with the reason. While it collects, the firms as they would be placed today.

        round_id: The round: its place, data year, group and version.
        """
        return self._ask(
            "round_scores",
            RoundScores,
            {
                "round_id": round_id,
            },
            timeout,
        )

    def rules_kept(
        self,
        *,
        timeout: float | None = None,
    ) -> RulesKept:
        """The rulebooks by which things can be compared, with the first days of their editions; of each other one, why nothing is."""
        return self._ask(
            "rules_kept",
            RulesKept,
            {
            },
            timeout,
        )

    def rules_of(
        self,
        *,
        thing: str,
        id: str,
        as_of: Moment | None = LEFT_OUT,
        on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> list[RuleSaid]:
        """What the rules say of a thing today, or said of it at `as_of`; by the day `on`, where one is given: each with its code and its source. Nothing of a kind of which no rule speaks.

        thing: The kind of the thing, as the service keeps it.
        id: The id of the thing.
        as_of: The moment as of which the thing is shown; now if it is left out.
        on: The day on which the rules judge it, by their editions of that day; that of `as_of` if it is left out, or today.
        """
        return self._ask(
            "rules_of",
            list[RuleSaid],
            {
                "thing": thing,
                "id": id,
                "as_of": as_of,
                "on": on,
            },
            timeout,
        )

    def scale_of(
        self,
        *,
        enterprise_id: str,
        on: Day | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ScaleOf:
        """Whether a firm is above scale on a day, as it was reported and by its revenue.

        enterprise_id: The township's own id of the firm.
        on: The day of the question; today if it is left out.
        """
        return self._ask(
            "scale_of",
            ScaleOf,
            {
                "enterprise_id": enterprise_id,
                "on": on,
            },
            timeout,
        )

    def score_round(
        self,
        *,
        round_id: str,
        on: Day,
        operator_role: str,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> RoundStep:
        """Freeze the figures of every firm and score them. What is corrected later moves no score.

        round_id: The round: its place, data year, group and version.
        on: The day that it is about.
        operator_role: Who takes the step, as a role; the rulebook says which may, and any other is refused with `WRONG_ROLE`.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "score_round",
            RoundStep,
            {
                "round_id": round_id,
                "on": on,
                "operator_role": operator_role,
            },
            timeout, request_id,
        )

    def service_request_at(
        self,
        *,
        service_request_id: str,
        at: Moment | None = LEFT_OUT,
        known_at: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> RequestThen:
        """A request as it stood at a moment: who held it, which step ran, and until when.

        service_request_id: The id of the request; it begins with the code of the township of its firm.
        at: When it happened.
        known_at: When it was first heard of here; of a question, as far as was known then.
        """
        return self._ask(
            "service_request_at",
            RequestThen,
            {
                "service_request_id": service_request_id,
                "at": at,
                "known_at": known_at,
            },
            timeout,
        )

    def service_request_history(
        self,
        *,
        service_request_id: str,
        timeout: float | None = None,
    ) -> list[Change]:
        """Every change of one service request, oldest first.

        service_request_id: The id of the request; it begins with the code of the township of its firm.
        """
        return self._ask(
            "service_request_history",
            list[Change],
            {
                "service_request_id": service_request_id,
            },
            timeout,
        )

    def simulate_scores(
        self,
        *,
        scheme: dict[str, Any] | str,
        figures: list[dict[str, Any]],
        timeout: float | None = None,
    ) -> Simulated:
        """Score and grade firms by a scheme: parts, total, rank, grade, what was missing or excluded.

        scheme: The scheme, in its published form or by the id of one that is kept.
        figures: The figures by firm: indicators, or the inputs of which they are made, and what marks the firm.
        """
        return self._ask(
            "simulate_scores",
            Simulated,
            {
                "scheme": scheme,
                "figures": figures,
            },
            timeout,
        )

    def sum_indicator(
        self,
        *,
        figures: list[FigureNamed],
        known_at: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> IndicatorSum:
        """The sum of figures of one indicator and period over townships. Sums of ratios, over periods and over bases that overlap are refused.

        figures: The figures to be added, each by its indicator, basis and period.
        known_at: Only what was known at this moment counts; now if it is left out.
        """
        return self._ask(
            "sum_indicator",
            IndicatorSum,
            {
                "figures": figures,
                "known_at": known_at,
            },
            timeout,
        )

    def what_stands_against(
        self,
        *,
        round_id: str,
        on: Day,
        operator_role: str,
        step: str,
        timeout: float | None = None,
    ) -> StepAnswer:
        """All that stands against a step of a round, without taking it.

        round_id: The round: its place, data year, group and version.
        on: The day that it is about.
        operator_role: Who takes the step, as a role; the rulebook says which may, and any other is refused with `WRONG_ROLE`.
        step: A step of a round, by the name of its call.
        """
        return self._ask(
            "what_stands_against",
            StepAnswer,
            {
                "round_id": round_id,
                "on": on,
                "operator_role": operator_role,
                "step": step,
            },
            timeout,
        )

    def withdraw_adjustment(
        self,
        *,
        round_id: str,
        on: Day,
        operator_role: str,
        enterprise_id: str,
        adjustment_id: str,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> RoundFirm:
        """Take an adjustment back; it stays on record.

        round_id: The round: its place, data year, group and version.
        on: The day that it is about.
        operator_role: Who takes the step, as a role; the rulebook says which may, and any other is refused with `WRONG_ROLE`.
        enterprise_id: The township's own id of the firm.
        adjustment_id: The id of the adjustment.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "withdraw_adjustment",
            RoundFirm,
            {
                "round_id": round_id,
                "on": on,
                "operator_role": operator_role,
                "enterprise_id": enterprise_id,
                "adjustment_id": adjustment_id,
            },
            timeout, request_id,
        )

    def withdraw_request(
        self,
        *,
        service_request_id: str,
        text: str,
        at: Moment | None = LEFT_OUT,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> ServiceRequest:
        """The firm does not want it any more.

        service_request_id: The id of the request; it begins with the code of the township of its firm.
        text: What was written about it, without phone and identity numbers.
        at: When it happened.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "withdraw_request",
            ServiceRequest,
            {
                "service_request_id": service_request_id,
                "text": text,
                "at": at,
            },
            timeout, request_id,
        )

    def withdraw_round(
        self,
        *,
        round_id: str,
        on: Day,
        operator_role: str,
        why: str,
        request_id: str | None = None,
        timeout: float | None = None,
    ) -> Round:
        """Take a round back. If it was final, its grades are, and everybody who was told is told so.

        round_id: The round: its place, data year, group and version.
        on: The day that it is about.
        operator_role: Who takes the step, as a role; the rulebook says which may, and any other is refused with `WRONG_ROLE`.
        why: The reason, in a sentence.
        request_id: the id of this call, repeated when it is called again; the client makes one if you give none
        """
        return self._write(
            "withdraw_round",
            Round,
            {
                "round_id": round_id,
                "on": on,
                "operator_role": operator_role,
                "why": why,
            },
            timeout, request_id,
        )

    def working_days(
        self,
        *,
        from_on: Day,
        days: int,
        timeout: float | None = None,
    ) -> WorkingDaysCounted:
        """The last of so many working days. A year without a calendar is `CALENDAR_MISSING`.

        from_on: The day before the first that is counted.
        days: How many working days.
        """
        return self._ask(
            "working_days",
            WorkingDaysCounted,
            {
                "from_on": from_on,
                "days": days,
            },
            timeout,
        )
