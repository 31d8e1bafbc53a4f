"""Amendments: a notice that is out is supplemented, suspended and resumed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from backbone import command, query

from ..listings.amendment import AmendmentKind, NoticeStep, notice_on, suspension_at
from ..listings.listing import Listing
from ..listings.notice import Notice
from ..supply.entrypoints import SupplyDesk, applicants_of
from ..supply.supply import Supply
from . import facts, schemas
from .course import amended
from .moving import ahead

EMITTED = facts.EMITTED


class Amendments(SupplyDesk):
    """Keeps what became of a notice, and moves its later dates."""

    listing_changed: Any  # the service says who looks at a listing whose dates moved

    @command(schemas.SupplementNotice, answers=Listing)
    def supplement_notice(self, request: dict[str, Any]) -> Any:
        """A supplement [补充公告] changes conditions before the sale begins, or puts dates off."""
        return self._amend(AmendmentKind.SUPPLEMENT, "supplemented_at", request)

    @command(schemas.SuspendNotice, answers=Listing)
    def suspend_notice(self, request: dict[str, Any]) -> Any:
        """The notice is suspended [中止公告]: nobody applies or bids, and its dates stand still."""
        return self._amend(AmendmentKind.SUSPENSION, "suspended_at", request)

    @command(schemas.ResumeNotice, answers=Listing)
    def resume_notice(self, request: dict[str, Any]) -> Any:
        """The notice runs again [恢复公告], if its land may still be offered; its later dates move."""
        self._release_stands(self._listing(request["listing_id"]))
        return self._amend(AmendmentKind.RESUMPTION, "resumed_at", request)

    @query(schemas.AskCourse, answers=schemas.Course)
    def notice_course(self, request: dict[str, Any]) -> Any:
        """What became of a notice, and which dates were in force at a moment, as known at another."""
        listing = self._listing(request["listing_id"])
        supply = self._supply(listing, request["notice_version"])
        now = self.store.now
        at, known_at = request["at"] or now, request["known_at"] or now
        return self.store.dump(_course(supply, at, known_at))

    @query(schemas.AskDeadlines, answers=list[schemas.DeadlineState])
    def frozen_deadlines(self, request: dict[str, Any]) -> Any:
        """Who had applied at each deadline of a notice that has come, those that moved among them."""
        supply = self._supply(self._listing(request["listing_id"]), request["notice_version"])
        still = supply.suspension
        found = [
            self._state_at(
                supply,
                step,
                at,
                notice is not supply.notice or (still is not None and at >= still.amended_at),
            )
            for notice, step, at in _deadlines(supply)
            if at <= self.store.now
        ]
        return self.store.dump(sorted(found, key=lambda each: each["at"]))

    def _state_at(
        self, supply: Supply, step: NoticeStep, at: datetime, moved: bool
    ) -> schemas.DeadlineState:
        then = self._as_known(supply, at)
        return {
            "notice_step": step,
            "at": at,
            "moved": moved,
            "applicants": applicants_of(supply, at, self.store.now),
            "known_then": [each["application_id"] for each in applicants_of(then, at, at)],
        }

    def _amend(self, kind: AmendmentKind, moment: str, request: dict[str, Any]) -> Any:
        listing = self._listing(request["listing_id"])
        change = schemas.change_of(kind, moment, request, self.store.now)
        after = amended(listing, change, self.store.now)
        self.store.save(after)
        self.store.announce(facts.amended_of(listing, after))
        self.listing_changed(after)
        return self.store.dump(after)


def _deadlines(supply: Supply) -> Iterator[tuple[Notice, NoticeStep, datetime]]:
    """Each end that was ever in force, once, as the newest notice with it has it."""
    seen = set()
    for notice in (supply.notice, *(each.before for each in reversed(supply.amendments))):
        for step in (NoticeStep.APPLICATION_END, NoticeStep.BOND_DEADLINE, NoticeStep.LISTING_END):
            at = step.falls_at(notice)
            if at and (step, at) not in seen:
                seen.add((step, at))
                yield notice, step, at


def _course(supply: Supply, at: datetime, known_at: datetime) -> schemas.Course:
    held = tuple(each for each in supply.amendments if each.holds(at, known_at))
    notice = notice_on(supply.notice, supply.amendments, at, known_at)
    first = supply.amendments[0].before if supply.amendments else supply.notice
    suspension = suspension_at(held, at)
    still = ahead(notice, suspension.amended_at) if suspension else {}
    return {
        "supply_id": supply.supply_id,
        "at": at,
        "known_at": known_at,
        "suspended_since": suspension.amended_at if suspension else None,
        "dates": [_date(step, notice, first, step in still) for step in NoticeStep],
        "notice": notice,
        "amendments": list(held),
    }


def _date(step: NoticeStep, notice: Notice, first: Notice, still: bool) -> schemas.StepDate:
    return {
        "notice_step": step,
        "due_on": None if still else step.day(notice),
        "due_at": None if still else step.moment(notice),
        "first_on": step.day(first),
        "stands_still": still,
    }
