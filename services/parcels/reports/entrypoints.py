"""Reports that are put together from the facts of all services, and frozen when they are issued."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import eventlet

from backbone import Collection, command, query, reads
from backbone.errors import NotFound
from park.dues.asked import DueQuestion
from park.dues.due import Asked, DuePage, page_of
from park.overview import (
    Clocks,
    FigureRule,
    Overview,
    OverviewExplained,
    OverviewPart,
    known,
    period_clocks,
)
from park.rulebook import Rulebook
from park.rules import refuse
from park.why.then import kept_at

from ..bulletins.meeting import Decision, decided, next_meeting
from ..bulletins.period import Span
from ..ledger.entrypoints import Ledger
from ..overview.entrypoints import LONGEST_S, Overviews
from ..register.parcel import Parcel
from ..remediation.case import Case
from ..remediation.entrypoints import MOST_CASES
from ..rulebook import FOLDER
from . import schemas
from .asking import HISTORIES, Answers, Question, due_asked, questions_of
from .corrections import CorrectionCause, ReportCorrection, causes_of, corrections
from .lists import coming_list, due_list
from .meeting import Papers
from .page import report_of, with_change, with_parts
from .reckonings import PeriodReckonings
from .report import (
    REPORTS,
    ReportFigure,
    ReportKind,
    ReportList,
    ReportPeriod,
    ZoneReport,
    period_of,
)
from .rules import issued_once, period_is_over

KEPT = (Collection(ZoneReport, key="zone_report_id", filters=("report_kind",), orders=("last",)),)
PERIOD_FIGURES = Rulebook(FOLDER / "period_figures", dict[str, FigureRule])
OWN = "parcels"
TIMERS = "/timers/"  # they remind; nobody said anything of the thing
OWN_THINGS = {"case": Case, "parcel": Parcel}
Told = tuple[list[ReportFigure], dict[str, ReportList]]


class Reports(Overviews, Ledger):
    """Writes the weekly and the monthly report and the papers of the meeting, and keeps what was issued."""

    get_zone_report, list_zone_reports, zone_report_history = reads(ZoneReport)

    @query(schemas.PeriodAsked, answers=list[OverviewExplained])
    def period_figures(self, request: dict[str, Any]) -> Any:
        """The cases that were opened, accepted and released in a period, and stood open or late at its end,
        with what adds up to each figure."""
        clocks = period_clocks(request, self.store.now)
        return self.store.dump(self._period_figures(request["since"], clocks))

    @query(schemas.DraftReport, answers=ZoneReport)
    def draft_report(self, request: dict[str, Any]) -> Any:
        """A report as the facts have it, asked of every service; nothing is kept. A service that does not
        answer is named, and its part is missing."""
        period = period_of(
            request["report_kind"], request["on"] or self.store.today, self.store.today
        )
        known_at = min(request["known_at"] or self.store.now, self.store.now)
        return self.store.dump(self._draft(period, known_at))

    @command(schemas.IssueReport, answers=ZoneReport)
    def issue_report(self, request: dict[str, Any]) -> Any:
        """Freeze a report as it is known now. It is refused while a service does not answer; the same call
        may be made again."""
        kind, today = request["report_kind"], self.store.today
        period = period_of(kind, request["on"], today)
        before = self.store.get(ZoneReport, period.report_id)
        refuse(
            period_is_over(period.ends_on, today, of_a_day=kind is ReportKind.MEETING),
            issued_once(before.issued_on if before else None),
        )
        draft = self._draft(period, self.store.now)
        refuse(*draft.unreachable_reasons)
        issued = replace(draft, issued_on=today)
        self.store.save(issued)
        return self.store.dump(issued)

    @query(schemas.OfReport, answers=schemas.ReportCorrections)
    def report_corrections(self, request: dict[str, Any]) -> Any:
        """What has been corrected since a report was issued: the figures that would read otherwise, and the
        things and events that make them so. Lists are not compared."""
        was = self.store.require(ZoneReport, request["zone_report_id"], "zone_report_id")
        period = period_of(was.report_kind, was.last, self.store.today)
        now = self._draft(period, self.store.now)
        is_month = was.report_kind is ReportKind.MONTHLY
        found = corrections(was, now, period.day_before if is_month else None)
        return self.store.dump(
            schemas.ReportCorrections(
                zone_report_id=was.zone_report_id,
                issued_known_at=was.known_at,
                known_at=now.known_at,
                corrections=tuple(self._with_causes(each, was, now) for each in found),
                unreachable=now.unreachable,
                unreachable_reasons=now.unreachable_reasons,
            )
        )

    # --- the draft

    def _draft(self, period: ReportPeriod, known_at: datetime) -> ZoneReport:
        clocks = Clocks(on=period.last, known_at=known_at, rules=period.last)
        answers = self._ask_all(questions_of(period, clocks, self._due_asked(period, known_at)))
        tell = {
            ReportKind.WEEKLY: self._of_week,
            ReportKind.MONTHLY: self._of_month,
            ReportKind.MEETING: self._of_meeting,
        }
        figures, lists = tell[period.report_kind](period, clocks, answers)
        return replace(
            report_of(period, known_at, figures, lists),
            unreachable=tuple(sorted(answers.silent)),
            unreachable_reasons=answers.reasons,
        )

    def _of_week(self, period: ReportPeriod, clocks: Clocks, answers: Answers) -> Told:
        told = {OWN: self._period_figures(period.first, clocks), **answers.by_service("figures")}
        own = self._own_due(self._due_asked(period, clocks.known_at))
        dues = [own, *answers.by_service("due").values()]
        return _all_with_parts(told), {"due": coming_list(dues)}

    def _of_month(self, period: ReportPeriod, clocks: Clocks, answers: Answers) -> Told:
        before = replace(clocks, on=period.day_before)
        told = {OWN: self._figures_of(clocks).figures(clocks), **answers.by_service("figures")}
        was = {OWN: self._figures_of(before).figures(before), **answers.by_service("before")}
        figures = [f for name in told for f in with_change(name, told[name], was.get(name, ()))]
        return [*figures, *_all_with_parts(answers.by_service("starts"))], {}

    def _of_meeting(self, period: ReportPeriod, clocks: Clocks, answers: Answers) -> Told:
        on, known_at = period.last, clocks.known_at
        cases = known(self.store, Case, known_at)
        made = decided(self.store.find(Decision, MOST_CASES), on, known_at)
        papers = Papers(cases, made, next_meeting(on), on)
        own = self._own_due(self._due_asked(period, known_at))
        dues = [own, *answers.by_service("due").values()]
        return with_parts(OWN, papers.figures(clocks)), {**papers.lists, "due": due_list(dues)}

    def _period_figures(self, since: date, clocks: Clocks) -> list[OverviewExplained]:
        cases = known(self.store, Case, clocks.known_at)
        reckonings = PeriodReckonings(cases, Span(first=since, last=clocks.on))
        return Overview(PERIOD_FIGURES, reckonings.by_name).explained(clocks)

    def _due_asked(self, period: ReportPeriod, known_at: datetime) -> dict[str, Any]:
        """What is on record now is read as it is, without its history."""
        within = REPORTS.on(period.last)[period.report_kind].due_within_days
        return due_asked(period, within, known_at if known_at < self.store.now else None)

    def _own_due(self, asked: dict[str, Any]) -> DuePage:
        question = Asked(**DueQuestion().load(asked))
        return page_of(self._all_due(kept_at(self.store, question.known_at), question), question)

    def _ask_all(self, questions: list[Question]) -> Answers:
        """What the other services answer, all asked at one time."""
        asking = [eventlet.spawn(self._ask_one, each) for each in questions]
        return Answers.of(questions, [each.wait() for each in asking])

    def _ask_one(self, question: Question) -> Any:
        """What the service answers, or the problem."""
        return self._answer(
            getattr(self, question.service),
            schemas.Read(question.read_as),
            lambda service: getattr(service, question.method)(**question.arguments),
            LONGEST_S,
        )

    # --- what was corrected

    def _with_causes(
        self, correction: ReportCorrection, was: ZoneReport, now: ZoneReport
    ) -> ReportCorrection:
        """With the parts that made a figure of the overview another one, and what was said of each since."""
        service, _, figure = correction.figure.partition(".")
        causes: Iterable[CorrectionCause] = correction.causes
        if not causes:
            clocks = Clocks(on=correction.on, known_at=was.known_at, rules=was.last)
            then = self._overview_parts(service, figure, clocks)
            since = self._overview_parts(service, figure, replace(clocks, known_at=now.known_at))
            causes = causes_of(then, since)
        found = tuple(self._with_event(service, each, was.known_at) for each in causes)
        return replace(correction, causes=found)

    def _overview_parts(
        self, service: str, figure: str, clocks: Clocks
    ) -> tuple[OverviewPart, ...]:
        """What counts in a figure of the overview; nothing if it is none, or nobody answers."""
        if service == OWN:
            try:
                return _all_of(self._figures_of(clocks).explain(figure, clocks))
            except NotFound:
                return ()
        asked = {
            "figure": figure,
            "on": clocks.on.isoformat(),
            "known_at": clocks.known_at.isoformat(),
            "rules": clocks.rules.isoformat(),
        }
        found = self._ask_one(_question(service, "explain_overview", asked, OverviewExplained))
        return _all_of(found) if isinstance(found, OverviewExplained) else ()

    def _with_event(self, service: str, cause: CorrectionCause, since: datetime) -> CorrectionCause:
        """What was said of the thing since the report was issued: what its part names, if that is of then,
        else what changed the thing last. Nothing is other than before where the history is not kept."""
        if service == OWN:
            kind = OWN_THINGS.get(cause.thing)
            history = kind and self.store.repository.history(kind, cause.thing_id)
        elif cause.thing not in HISTORIES[service]:
            return cause
        else:
            asked = {f"{cause.thing}_id": cause.thing_id}
            history = self._ask_one(_question(service, f"{cause.thing}_history", asked, list[Any]))
        if not isinstance(history, list):
            return cause
        later = [
            each["by"]["id"]
            for each in history
            if datetime.fromisoformat(each["at"]) > since
            and not each["by"]["source"].startswith(TIMERS)
        ]
        known_already = cause.event_id in later or not later
        return cause if known_already else replace(cause, event_id=later[-1])


def _all_with_parts(told: dict[str, list[OverviewExplained]]) -> list[ReportFigure]:
    return [each for name, figures in told.items() for each in with_parts(name, figures)]


def _all_of(found: OverviewExplained) -> tuple[OverviewPart, ...]:
    """Also what did not say how much."""
    return (*found.parts, *found.without_amount)


def _question(service: str, method: str, asked: dict[str, Any], read_as: Any) -> Question:
    return Question(name=method, service=service, method=method, arguments=asked, read_as=read_as)
