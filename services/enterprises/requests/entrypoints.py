"""The service desk: townships and the desk report what happens to a request; the clock presses it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from backbone import Collection, command, every, hears, query, reads
from backbone.messages.envelope import Event
from backbone.plain import digest_of
from park import calendar
from park.rules import broken, refuse

from . import facts, schemas
from .contact import Contact, Reading
from .course import course_of
from .entries import Entry
from .levels import DESK, Repeated
from .pains import LATEST, PainPointsTold, RepeatedPainPoint, repeated_pain_points
from .request import TOWNSHIP_DIGITS, ServiceRequest, closing_time, due_first
from .rules import SAYING_RULES, Saying, deadline_is_known, received_once
from .words import WAITS_FOR_RECEIPT, EntryKind

LOOK_EVERY_S = 300
SETTLE_EVERY_S = 3600
DAY_S = 86_400
AT_ONCE = 200  # the others at the next tick
MOST = 100_000  # far more than a zone has in years
CONTACT_DAYS = 730
KEPT = (
    Collection(
        ServiceRequest,
        key="service_request_id",
        filters=("township", "state", "holder", "topic", "enterprise_id", "is_open", "is_watched"),
        orders=("due_on", "tell_on", "received_on"),
    ),
    Collection(PainPointsTold, key="look_id", history=False),
    Collection(
        Contact,
        key="service_request_id",
        history=False,
        lifetime_days=CONTACT_DAYS,
        hidden=("contact_name", "contact_phone"),
    ),
)
EMITTED = facts.EMITTED


class Keeping:
    """What every handler of the desk needs: one more entry, and what follows from it."""

    store: Any  # within a handler, the unit of work

    def _request_from_township(self, event: Event, kind: EntryKind) -> str | None:
        said_at = event.time or self.store.now
        data = dict(event.data)
        request_id, contact = data.pop("service_request_id"), data.pop("contact", None)
        entry = self._request_entry(kind, event.publisher, data, said_at)
        self._hold_request_entry(request_id, entry)
        request = self._held_request(request_id)
        after = self._keep_request(request, request.with_entry(entry))
        self._keep_request_contact(request_id, entry, contact)
        if after.receipt is None:
            return WAITS_FOR_RECEIPT
        aside = [each for each in after.aside if (each.kind, each.at) == (kind, entry.at)]
        return " ".join(why["sentence"] for each in aside for why in each.reasons)[:500] or None

    def _request_from_desk(self, request: dict[str, Any], kind: EntryKind) -> Any:
        """The desk is told at once what speaks against an entry; nothing of it is kept then."""
        data = dict(request)
        request_id, contact = data.pop("service_request_id"), data.pop("contact", None)
        entry = self._request_entry(kind, "desk", data, self.store.now)
        self._hold_request_entry(request_id, entry)
        before = self._held_request(request_id)
        refuse(received_once(entry, before.receipt))
        if entry.receipt is None:
            self.store.require(ServiceRequest, request_id, "service_request_id")
            earlier = tuple(each for each in before.entries if each.receipt or each.at <= entry.at)
            course = course_of(earlier)
            refuse(*(course.refusals(entry) if course else ()))
        self._keep_request_contact(request_id, entry, contact)
        return self.store.dump(self._keep_request(before, before.with_entry(entry)))

    def _request_entry(self, kind: EntryKind, by: str, data: dict[str, Any], said_at: Any) -> Entry:
        at = data.pop("at") or said_at
        times = {"at": at, "said_at": said_at, "known_at": self.store.now}
        return Entry(kind=kind, by=by, **times, **data)

    def _hold_request_entry(self, request_id: str, entry: Entry) -> None:
        saying = Saying(service_request_id=request_id, entry=entry, today=self.store.today)
        refuse(*broken(SAYING_RULES, saying))

    def _held_request(self, request_id: str) -> ServiceRequest:
        known = self.store.get(ServiceRequest, request_id)
        return known or ServiceRequest.unknown(request_id)

    def _keep_request(self, before: ServiceRequest, after: ServiceRequest) -> ServiceRequest:
        self.store.save(after)
        self.store.announce(*facts.facts_of(before, after))
        return after

    def _keep_request_contact(
        self, request_id: str, entry: Entry, contact: tuple[str, str] | None
    ) -> None:
        """A receipt without a contact leaves the one that is known."""
        if contact is None or not any(contact):
            return
        name, phone = contact
        given = Contact(
            service_request_id=request_id,
            contact_name=name,
            contact_phone=phone,
            given_at=entry.said_at,
        )
        self.store.save(given.newer_of(self.store.get(Contact, request_id)))


class TownshipRequests(Keeping):
    """What townships report of the requests of their firms, in any order."""

    @hears(
        "township", "request.received", schemas.RequestReceived, in_order_of="service_request_id"
    )
    def report_request(self, event: Event) -> str | None:
        """A firm asked its township for something."""
        return self._request_from_township(event, EntryKind.RECEIVED)

    @hears(
        "township",
        "request.handed_over",
        schemas.RequestHandedOver,
        in_order_of="service_request_id",
    )
    def report_hand_over(self, event: Event) -> str | None:
        """The township handed the request to other offices."""
        return self._request_from_township(event, EntryKind.HANDED_OVER)

    @hears(
        "township", "request.extended", schemas.RequestExtended, in_order_of="service_request_id"
    )
    def report_extension(self, event: Event) -> str | None:
        """The step that runs was given more time."""
        return self._request_from_township(event, EntryKind.EXTENDED)

    @hears(
        "township", "request.answered", schemas.RequestAnswered, in_order_of="service_request_id"
    )
    def report_answer(self, event: Event) -> str | None:
        """An office answered."""
        return self._request_from_township(event, EntryKind.ANSWERED)

    @hears("township", "request.rated", schemas.RequestRated, in_order_of="service_request_id")
    def report_rating(self, event: Event) -> str | None:
        """The firm said whether the answer helped."""
        return self._request_from_township(event, EntryKind.RATED)

    @hears("township", "request.reopened", schemas.RequestTurned, in_order_of="service_request_id")
    def report_reopening(self, event: Event) -> str | None:
        """The answer did not help; the request is open again."""
        return self._request_from_township(event, EntryKind.REOPENED)

    @hears("township", "request.withdrawn", schemas.RequestTurned, in_order_of="service_request_id")
    def report_withdrawal(self, event: Event) -> str | None:
        """The firm does not want it any more."""
        return self._request_from_township(event, EntryKind.WITHDRAWN)


class DeskRequests(Keeping):
    """What the desk enters itself."""

    @command(schemas.ReceiveRequest, answers=ServiceRequest)
    def receive_request(self, request: dict[str, Any]) -> Any:
        """A firm asked the desk for something. Without an id, the request gets one."""
        township = request["receipt"].enterprise_id[:TOWNSHIP_DIGITS]
        own_id = f"{township}-R{digest_of(self.store.cause.id)[:12]}"
        given = request["service_request_id"] or own_id
        return self._request_from_desk(request | {"service_request_id": given}, EntryKind.RECEIVED)

    @command(schemas.RequestHandedOver, answers=ServiceRequest)
    def hand_over_request(self, request: dict[str, Any]) -> Any:
        """Hand a request to one office, or to several of which one leads."""
        return self._request_from_desk(request, EntryKind.HANDED_OVER)

    @command(schemas.RequestExtended, answers=ServiceRequest)
    def extend_request(self, request: dict[str, Any]) -> Any:
        """Give the step that runs more time, with the reason, up to the most of its clock."""
        return self._request_from_desk(request, EntryKind.EXTENDED)

    @command(schemas.RequestAnswered, answers=ServiceRequest)
    def answer_request(self, request: dict[str, Any]) -> Any:
        """Enter the answer of an office. That of the one that leads ends the clock."""
        return self._request_from_desk(request, EntryKind.ANSWERED)

    @command(schemas.RequestRated, answers=ServiceRequest)
    def rate_request(self, request: dict[str, Any]) -> Any:
        """Enter how satisfied the firm is."""
        return self._request_from_desk(request, EntryKind.RATED)

    @command(schemas.RequestTurned, answers=ServiceRequest)
    def reopen_request(self, request: dict[str, Any]) -> Any:
        """Take an answered request up again: its last step begins anew."""
        return self._request_from_desk(request, EntryKind.REOPENED)

    @command(schemas.RequestTurned, answers=ServiceRequest)
    def withdraw_request(self, request: dict[str, Any]) -> Any:
        """The firm does not want it any more."""
        return self._request_from_desk(request, EntryKind.WITHDRAWN)

    @command(schemas.ReadRequestContact, answers=schemas.RequestContact)
    def read_request_contact(self, request: dict[str, Any]) -> Any:
        """Whom to call. Who reads it, and what for, is kept beside it."""
        held = self.store.require(Contact, request["service_request_id"], "service_request_id")
        about = {name: request[name] for name in ("reader", "purpose")}
        reading = Reading(**about, read_at=self.store.now)
        self.store.save(replace(held, readings=(*held.readings, reading)))
        names = ("service_request_id", "contact_name", "contact_phone")
        return self.store.dump(
            schemas.RequestContact(**{name: getattr(held, name) for name in names})
        )


class ServiceDesk(TownshipRequests, DeskRequests):
    """Answers what is due and what repeats, and presses what is late."""

    get_service_request, list_service_requests, service_request_history = reads(ServiceRequest)

    @every(LOOK_EVERY_S)
    def escalate_requests(self, _: Event) -> None:
        """Announce each request that has become late, once for each level."""
        today = self.store.today
        for request in self.store.find(ServiceRequest, AT_ONCE, "tell_on", is_watched=True):
            after, told = request.escalated(today)
            if told:
                self.store.save(after)
                self.store.announce(facts.escalated_of(after, told))

    @every(SETTLE_EVERY_S)
    def settle_request_clocks(self, _: Event) -> None:
        """Give each clock that waits for a year its last day, once the year is there."""
        for request in self.store.find(ServiceRequest, MOST, is_open=True):
            self._keep_request(request, request.settled())

    @query(schemas.RequestsDue, answers=schemas.DueRequests)
    def requests_due(self, request: dict[str, Any]) -> Any:
        """What is due by so many days from today on, the first first; and what waits for a calendar."""
        today = self.store.today
        until = today + timedelta(days=request["within_days"])
        asked = {name: request[name] for name in ("holder", "township") if request[name]}
        found = self.store.find(ServiceRequest, MOST, is_open=True)
        due = [
            schemas.due_request_of(each, today)
            for each in due_first(found)
            if (each.due_on is None or each.due_on <= until)
            and all(getattr(each, name) == value for name, value in asked.items())
        ]
        return self.store.dump(schemas.DueRequests(on=today, until=until, requests=tuple(due)))

    @query(schemas.RequestAt, answers=schemas.RequestThen)
    def service_request_at(self, request: dict[str, Any]) -> Any:
        """A request as it stood at a moment: who held it, which step ran, and until when."""
        request_id = request["service_request_id"]
        held = self.store.require(ServiceRequest, request_id, "service_request_id")
        at: Any = request["at"] or closing_time(held)
        refuse(deadline_is_known(at))
        known_at = request["known_at"] or self.store.now
        then = held.as_of(at, known_at)
        return self.store.dump(schemas.RequestThen(at=at, known_at=known_at, request=then))

    @query(schemas.RepeatedPainPoints, answers=schemas.PainPoints)
    def repeated_pain_points(self, request: dict[str, Any]) -> Any:
        """Topics that many firms raised within a short time, over all townships."""
        to_on = request["to_on"] or self.store.today
        rule = DESK.on(to_on).repeated
        rule = Repeated(
            firms=request["least_firms"] or rule.firms, days=request["within_days"] or rule.days
        )
        from_on = request["from_on"] or _first_day(to_on, rule)
        answer = schemas.PainPoints(
            from_on=from_on,
            to_on=to_on,
            least_firms=rule.firms,
            within_days=rule.days,
            pain_points=tuple(self._points_repeated(from_on, to_on, rule)),
        )
        return self.store.dump(answer)

    @every(DAY_S)
    def tell_pain_points(self, _: Event) -> None:
        """Announce each topic that repeats now and did not at the last look."""
        today = self.store.today
        rule = DESK.on(today).repeated
        found = self._points_repeated(_first_day(today, rule), today, rule)
        before = self.store.get(PainPointsTold, LATEST) or PainPointsTold()
        self.store.save(PainPointsTold(topics=tuple(sorted({each.topic for each in found}))))
        new = [each for each in found if each.topic not in before.topics]
        self.store.announce(*map(facts.repeated_of, new))

    def _points_repeated(
        self, from_on: date, to_on: date, rule: Repeated
    ) -> list[RepeatedPainPoint]:
        known = self.store.find(ServiceRequest, MOST)
        asked = [
            each for each in known if each.received_on and from_on <= each.received_on <= to_on
        ]
        return repeated_pain_points(asked, rule)

    @query(schemas.WorkingDays, answers=schemas.WorkingDaysCounted)
    def working_days(self, request: dict[str, Any]) -> Any:
        """The last of so many working days. A year without a calendar is `CALENDAR_MISSING`."""
        last_on = calendar.add_working_days(request["from_on"], request["days"])
        answer = schemas.WorkingDaysCounted(**request, last_on=last_on, years=calendar.years())
        return self.store.dump(answer)


def _first_day(to_on: date, rule: Repeated) -> date:
    """The first of as many days as the rule has, up to `to_on`."""
    return to_on - min(timedelta(days=rule.days - 1), to_on - date.min)
