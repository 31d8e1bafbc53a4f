"""Bulletins, issued by the clock, and the list and the decisions of the regular meeting."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from backbone import Collection, command, every, query, reads
from backbone.messages.envelope import Event
from park.overview import known
from park.rules import refuse
from park.time import end_of
from park.townships import codes

from ..remediation.case import Case
from ..remediation.course import CaseState
from ..remediation.entrypoints import MOST_CASES
from . import facts, schemas
from .bulletin import RHYTHM, Bulletin, corrections, issued
from .figures import figures_of
from .meeting import Decision, decided, late_cases, next_meeting
from .period import PeriodKind, periods_due
from .rules import due_after_meeting, has_met

KEPT = (
    Collection(
        Bulletin,
        key="bulletin_id",
        filters=("township", "kind", "period_id"),
        orders=("last",),
    ),
    Collection(Decision, key="decision_id", filters=("case_id", "township"), orders=("met_on",)),
)
EMITTED = facts.EMITTED
HOUR_S = 3600
UNDER_WAY = tuple({*CaseState} - {CaseState.ANNOUNCED, CaseState.ACCEPTED})


class Bulletins:
    """Issues each township's weekly and quarterly bulletin, and serves the regular meeting."""

    store: Any  # within a handler, the unit of work

    get_bulletin, list_bulletins, bulletin_history = reads(Bulletin)
    get_decision, list_decisions, decision_history = reads(Decision)

    @every(HOUR_S)
    def issue_bulletins(self, tick: Event) -> None:
        """Issue what is due. A bulletin that is there already stays as it is."""
        for township in sorted(codes(self.store.today)):
            for kind in PeriodKind:
                self._issue(township, kind)

    @query(schemas.OfBulletin, answers=schemas.Corrections)
    def bulletin_corrections(self, request: dict[str, Any]) -> Any:
        """What has been corrected since the bulletin was issued, with the cases concerned."""
        bulletin = self.store.require(Bulletin, request["bulletin_id"], "bulletin_id")
        now = figures_of(self._cases(township=bulletin.township), bulletin.period)
        found = corrections(bulletin.figures, now)
        return self.store.dump(
            schemas.Corrections(bulletin_id=bulletin.bulletin_id, corrections=found)
        )

    @query(schemas.OfMeeting, answers=schemas.MeetingList)
    def meeting_list(self, request: dict[str, Any]) -> Any:
        """The late cases for the regular meeting of a day, as they were on record when it ended, with
        the last word and the last decision on each."""
        on = request["on"] or self.store.today
        as_of = min(request["as_of"] or end_of(on), self.store.now).astimezone(UTC)
        of_township = {"township": request["township"]} if request["township"] else {}
        then, later = self._on_record(as_of, on, of_township)
        found = self.store.find(Decision, MOST_CASES, **of_township)
        late = late_cases([*then, *later], decided(found, on, as_of), on)
        unknown = {case.case_id for case in later}
        return self.store.dump(
            schemas.MeetingList(
                on=on,
                as_of=as_of,
                next_meeting_on=next_meeting(on),
                cases=late,
                entered_later=tuple(e.case_id for e in late if e.case_id in unknown),
            )
        )

    @command(schemas.Decide, answers=Decision)
    def decide_case(self, request: dict[str, Any]) -> Any:
        """Enter what a meeting decided of a case; its township is told."""
        case = self.store.require(Case, request["case_id"], "case_id")
        refuse(
            has_met(request["met_on"], self.store.today),
            due_after_meeting(request["met_on"], request["due_on"]),
        )
        decision = Decision(
            **request,
            decision_id=self.store.cause.id,
            township=case.township,
            entered_at=self.store.now,
        )
        self.store.save(decision)
        self.store.announce(facts.meeting_decided_of(decision))
        return self.store.dump(decision)

    def _issue(self, township: str, kind: PeriodKind) -> None:
        today = self.store.today
        of_kind = {"township": township, "kind": kind}
        last = self.store.find(Bulletin, 1, "-last", **of_kind)
        grace = RHYTHM.on(today).days_of_grace[kind]
        for period in periods_due(kind, grace, last[0].last if last else None, today):
            cases = self._cases(township=township)
            if not cases:  # nothing was ever reported there
                return
            figures = figures_of(cases, period)
            bulletin = issued(township, period, figures, today)
            self.store.save(bulletin)
            self.store.announce(facts.bulletin_issued_of(bulletin))

    def _on_record(
        self, as_of: datetime, on: date, of_township: dict[str, str]
    ) -> tuple[list[Case], list[Case]]:
        """The cases as they were on record at a moment, and those that were not, as they are now."""
        if as_of == self.store.now and on >= self.store.today:
            return [c for state in UNDER_WAY for c in self._cases(state=state, **of_township)], []
        now = self._cases(**of_township)
        if as_of == self.store.now:
            return now, []
        then = [*known(self.store, Case, as_of, **of_township)]
        ids = {case.case_id for case in then}
        return then, [case for case in now if case.case_id not in ids]

    def _cases(self, **filters: Any) -> list[Case]:
        found: list[Case] = self.store.find(Case, MOST_CASES, **filters)
        return found
