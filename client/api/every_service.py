"""What every service answers to operators.

Written by `tenglong contracts write`; change the contracts, not this file.
"""
# mypy: no-warn-return-any

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, NotRequired, TypedDict

from ..values import LEFT_OUT, Day, Figure, Moment
from ..service import Service


class AnnouncedAgain(TypedDict):
    announced: int  # How many facts were sent, one for each queue by which the service hears it.


class Discarded(TypedDict):
    discarded: str  # The id of the message that was given up.


class Edited(TypedDict):
    edited: str  # The id that the message had before its body was replaced.
    parked_id: str  # The id of a parked message.


class FollowedFact(TypedDict):
    about: str | None  # The id of what the fact is about; none if it names nothing.
    type: str  # The type of the fact, with the service's name before it.


class AcceptedSince(TypedDict):
    accepted_at: datetime | None  # When it was accepted; none if the days for which that is remembered were changed since.
    facts: list[FollowedFact]  # The facts that the service announced because of it, as far as it keeps them still.
    note: str | None  # What its receipt added.


class ReasonTold(TypedDict):
    code: str  # The reason for programs; it stays the same.
    field: str | None  # The field that was wrong.
    sentence: str  # What was wrong, and what would be right.
    source: str | None  # The rule that it rests on.


class KeptReceipt(TypedDict):
    accepted: AcceptedSince | None  # That an event of the same id was accepted since, and what followed; none if none was, or that is forgotten.
    body_sha256: str  # The SHA-256 of the bytes that were sent, in hexadecimal, to match a receipt by.
    event_id: str | None  # The id of the event, as its publisher gave it; none if it could not be read.
    event_source: str | None  # The source of the event, as its publisher gave it; none if it could not be read.
    event_type: str  # The type of the event; of one that cannot be read, what its routing key says.
    outcome: str  # What became of the event.
    reasons: list[ReasonTold]  # Why the answer is no: each with its code, a sentence, and perhaps field and source.
    received_at: datetime  # When the event was taken.
    received_by: str  # The service that answers.
    routing_key: str  # The routing key under which the message came.


class ChangedBy(TypedDict):
    caller: str | None  # The broker's user who called; null for an event, and for a call that does not say it.
    id: str  # The id of that event, or the request_id of the call.
    source: str  # Who sent that event, or which method was called.
    time: datetime | None  # When that event says that it was so; null for a call, and for what was kept before this was.
    type: str  # The type of that event, or rpc. and the name of the method.


class ExplainedField(TypedDict):
    at: datetime | None  # When it got that value; none for a kind of thing without a history.
    by: ChangedBy | None  # The event or the call that gave it that value.
    field: str  # The name of the field.
    value: Any  # Its value.


class ExplainedThing(TypedDict):
    fields: list[ExplainedField]  # All fields of the thing.
    id: str  # The id of the thing.
    thing: str  # The kind of the thing.


class ParkedJudged(TypedDict):
    note: str | None  # What its receipt would add, or why not more is known.
    outcome: str  # accepted; duplicate: it was done meanwhile; refused: its publisher would be told no, and it would be over; parked: it would fail again; waits: an earlier one of its line is parked; kept: a replay refuses it; gone: it is not parked any more.
    parked_id: str  # The id of a parked message.
    reasons: list[ReasonTold]  # Why it would not be taken.
    waits_for: str | None  # The id of the earlier message of its line that holds it up; none if it waits for nobody.


class AnnouncedFact(TypedDict):
    about: str | None  # The subject of the fact; none for one that has none.
    due_at: datetime  # When it was to be heard: later, for a fact that the service announced to itself with a delay.
    heard_by: list[str]  # The services that hear it.
    id: str  # The id of the fact, as its CloudEvent has it.
    position: str  # Where the fact stands among those that the service keeps; announce_again takes it.
    published_at: datetime  # When the broker had taken it.
    type: str  # The type of the fact.


class AnnouncedPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[AnnouncedFact]  # The facts, oldest first.


class HeardFact(TypedDict):
    at: datetime  # When it was heard.
    id: str  # The id of the fact.
    thing: str  # The kind of the thing that was changed.
    thing_id: str  # The id of the thing that was changed.
    type: str  # The type of the fact.


class HeardPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[HeardFact]  # The facts, each with a thing that was changed.


class MissingFact(TypedDict):
    id: str  # The id of the fact.
    is_parked: bool  # Whether it is parked: it was heard, and is to be replayed or discarded.


class FactNamed(TypedDict):
    type: str  # The type of the fact.
    id: str  # The id of the fact.


class ParkedListed(TypedDict):
    attempts: int  # How often it was tried. (tries)
    cause: str  # The code of the reason, or the name of the error, for which it was parked.
    content_type: str | None  # The content type of the message.
    event_id: str | None  # The id of the event, as its publisher gave it; none if it could not be read.
    event_source: str | None  # The source of the event, as its publisher gave it; none if it could not be read.
    exchange: str  # The exchange to which the message was published.
    line_id: str | None  # The line of messages of one subject in which it stands; none if it holds up no other.
    parked_at: datetime  # When the message was parked.
    parked_id: str  # The id of a parked message.
    queue: str  # The queue from which the message was taken.
    replays: int  # How often an operator sent it back to its queue. (times)
    routing_key: str  # The routing key under which the message came.
    sentence: str  # Why the message was parked.


class ParkedInLine(TypedDict):
    attempts: int  # How often it was tried. (tries)
    cause: str  # The code of the reason, or the name of the error, for which it was parked.
    content_type: str | None  # The content type of the message.
    event_id: str | None  # The id of the event, as its publisher gave it; none if it could not be read.
    event_source: str | None  # The source of the event, as its publisher gave it; none if it could not be read.
    exchange: str  # The exchange to which the message was published.
    line_id: str | None  # The line of messages of one subject in which it stands; none if it holds up no other.
    parked_at: datetime  # When the message was parked.
    parked_id: str  # The id of a parked message.
    queue: str  # The queue from which the message was taken.
    replays: int  # How often an operator sent it back to its queue. (times)
    routing_key: str  # The routing key under which the message came.
    sentence: str  # Why the message was parked.
    waiting: int  # How many messages of its line wait behind it. (messages)
    waits_for: str | None  # The id of the earlier message of its line that holds it up; none if it waits for nobody.


class ParkedPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[ParkedInLine]  # The parked messages of this page.


class Replayed(TypedDict):
    replayed: str  # The id of the message that was sent back to its queue.


class Running(TypedDict):
    process: str  # The process that answers: its host, which is the pod in Kubernetes, and its number there.
    version: str  # The version of its code.


class StoreOrigin(TypedDict):
    announced_since: datetime | None  # When the oldest of the facts was published that the service keeps as announced; none, if it keeps none.
    born_at: datetime | None  # When the store was new; none for a store without a birth mark.
    copied_at: datetime | None  # If the store was put back from a copy: at which moment all of it was so. What came later is not in it.
    hears_from_outside: list[str]  # The types of events from outside that the service hears.
    restored_at: datetime | None  # If the store was put back from a copy: when.


class ParkedShown(TypedDict):
    attempts: int  # How often it was tried. (tries)
    body: str  # The bytes of the message, in Base64.
    cause: str  # The code of the reason, or the name of the error, for which it was parked.
    content_type: str | None  # The content type of the message.
    event_id: str | None  # The id of the event, as its publisher gave it; none if it could not be read.
    event_source: str | None  # The source of the event, as its publisher gave it; none if it could not be read.
    exchange: str  # The exchange to which the message was published.
    headers: dict[str, Any]  # The headers of the message.
    line_id: str | None  # The line of messages of one subject in which it stands; none if it holds up no other.
    parked_at: datetime  # When the message was parked.
    parked_id: str  # The id of a parked message.
    queue: str  # The queue from which the message was taken.
    replays: int  # How often an operator sent it back to its queue. (times)
    routing_key: str  # The routing key under which the message came.
    sentence: str  # Why the message was parked.
    text: str  # The bytes of the message as text; what is none is replaced.


class ChangedField(TypedDict):
    after: Any  # Its value at the second moment.
    at: datetime  # When it was last changed up to the second moment.
    before: Any  # Its value at the first moment; none for a thing that was not there.
    by: ChangedBy  # The event or the call that changed it last.
    field: str  # The field that is another one.


class ChangedThing(TypedDict):
    fields: list[ChangedField]  # The fields that are other ones.
    id: str  # The id of the thing.
    is_new: bool  # Whether the thing was not there at the first moment.
    thing: str  # The kind of the thing.


class ChangedPage(TypedDict):
    cursor: str | None  # The place where the next page begins, as the page before gave it; none on the last page.
    items: list[ChangedThing]  # The things of this page.


class SupposedChange(TypedDict):
    after: Any  # The value that it would have.
    before: Any  # Its value now; none for a thing that would be new.
    field: str  # The field that would be another one.
    id: str  # The id of the thing.
    is_new: bool  # Whether the thing is not there yet.
    thing: str  # The kind of the thing.


class SupposedFact(TypedDict):
    attributes: dict[str, Any]  # The other attributes of the CloudEvent that it would be.
    data: dict[str, Any]  # What the fact would say.
    delay_s: float  # How many seconds after the rest it would be announced.
    heard_by: list[str]  # The services that would hear it.
    id: str  # The id of the fact; of a report with an id it is the one that the fact would have.
    type: str  # The type of the fact, with the service's name before it.


class SupposedReport(TypedDict):
    note: str | None  # What the receipt would add, or the warnings of a call.
    outcome: str  # accepted; refused with reasons; parked: a fact that the service could not take; duplicate: it was done before; waits: an earlier one of its subject is parked; not_heard.
    reasons: list[ReasonTold]  # Why it would not be taken.
    type: str  # The type of the report, or the method.


class WouldFollow(TypedDict):
    changes: list[SupposedChange]  # The fields that would be other ones, of every thing.
    facts: list[SupposedFact]  # The facts that would be announced.
    reports: list[SupposedReport]  # Whether each report would be taken.


class SupposedRequest(TypedDict):
    type: NotRequired[str]  # The type of a township's event, or of a service's fact with the service's name before it.
    publisher: NotRequired[str]  # Who would report it: the code of a township; nobody for a fact of a service.
    method: NotRequired[str]  # A method of the service that would be called; then there is no type.
    id: NotRequired[str]  # The id that the event would have, or the request_id of the call; so that what follows has its true ids.
    attributes: NotRequired[dict[str, Any]]  # Other attributes of the CloudEvent, such as those of a fact that another service would announce.
    data: dict[str, Any]  # What the event or the fact would say, or the arguments of the call.


class EveryService(Service):
    """What every service answers to operators."""

    name = "every_service"

    def announce_again(
        self,
        *,
        positions: list[str],
        to: str,
        by: str,
        timeout: float | None = None,
    ) -> AnnouncedAgain:
        """Announce facts again, for one of the services that hear them, under the ids that they had: what was done already, there or elsewhere, is not done again. `by` stays on record.

        positions: Where the facts stand among those that the service keeps, as list_announced tells.
        to: The service to which they are announced again.
        by: Who does it, a role or a desk; it stays on record.
        """
        return self._ask(
            "announce_again",
            AnnouncedAgain,
            {
                "positions": positions,
                "to": to,
                "by": by,
            },
            timeout,
        )

    def describe(
        self,
        *,
        timeout: float | None = None,
    ) -> dict[str, Any]:
        """The contract of this service: what it hears, announces and answers, field by field."""
        return self._ask(
            "describe",
            dict[str, Any],
            {
            },
            timeout,
        )

    def discard_parked(
        self,
        *,
        parked_id: str,
        by: str,
        reason: str,
        timeout: float | None = None,
    ) -> Discarded:
        """Give a parked message up. `by` and `reason` stay on record; an outside publisher is told.

        parked_id: The id of a parked message.
        by: Who does it, a role or a desk; it stays on record.
        reason: Why it is done; it stays on record.
        """
        return self._ask(
            "discard_parked",
            Discarded,
            {
                "parked_id": parked_id,
                "by": by,
                "reason": reason,
            },
            timeout,
        )

    def edit_parked(
        self,
        *,
        parked_id: str,
        body: str,
        by: str,
        reason: str,
        timeout: float | None = None,
    ) -> Edited:
        """Replace the body of a parked message, which keeps its place. `by`, `reason` and the old bytes stay on record.

        parked_id: The id of a parked message.
        body: The new body of the message, as text.
        by: Who does it, a role or a desk; it stays on record.
        reason: Why it is done; it stays on record.
        """
        return self._ask(
            "edit_parked",
            Edited,
            {
                "parked_id": parked_id,
                "body": body,
                "by": by,
                "reason": reason,
            },
            timeout,
        )

    def explain_refusal(
        self,
        *,
        event_id: str,
        publishers: list[str],
        timeout: float | None = None,
    ) -> list[KeptReceipt]:
        """Why this service last refused an event of that id, of each of these publishers that sent one: what its receipt said. Of an event whose id could not be read, `event_id` is the `body_sha256` of its receipt. It is kept for 45 days (`INBOX_DAYS`); what was accepted since under the same id is told beside it.

        event_id: The id of the event, as its publisher gave it; none if it could not be read.
        publishers: Codes of outside publishers, whose event it may be.
        """
        return self._ask(
            "explain_refusal",
            list[KeptReceipt],
            {
                "event_id": event_id,
                "publishers": publishers,
            },
            timeout,
        )

    def explain_thing(
        self,
        *,
        thing: str,
        id: str,
        as_of: Moment | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ExplainedThing:
        """A thing that this service keeps, now or as the store held it at `as_of`: each field with its value and the event or call that gave it that value.

        thing: The kind of thing that is asked about; all kinds, if it is left out.
        id: The id of the thing.
        as_of: The moment as of which the thing is shown; now if it is left out.
        """
        return self._ask(
            "explain_thing",
            ExplainedThing,
            {
                "thing": thing,
                "id": id,
                "as_of": as_of,
            },
            timeout,
        )

    def judge_parked(
        self,
        *,
        parked_ids: list[str],
        timeout: float | None = None,
    ) -> list[ParkedJudged]:
        """What would become of parked messages if they were sent back now: by the contract of today, and by what their handlers would decide. Nothing is written or sent. It answers in their order, and as many as can be judged within some seconds: ask again for the rest.

        parked_ids: The ids of parked messages.
        """
        return self._ask(
            "judge_parked",
            list[ParkedJudged],
            {
                "parked_ids": parked_ids,
            },
            timeout,
        )

    def list_announced(
        self,
        *,
        since: Moment,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> AnnouncedPage:
        """The facts that this service announced since a moment and that some service hears, oldest first. It keeps them for `ANNOUNCED_DAYS`.

        since: The one moment.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_announced",
            AnnouncedPage,
            {
                "since": since,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_announced(
        self,
        *,
        since: Moment,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[AnnouncedFact]:
        """Each thing of `list_announced`, page after page; `limit` is of one page.

        since: The one moment.
        limit: How many things are wanted at most.
        """
        return self._all(
            "list_announced",
            AnnouncedPage,
            {
                "since": since,
                "limit": limit,
            },
            timeout,
        )

    def list_heard(
        self,
        *,
        source: str,
        since: Moment,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> HeardPage:
        """The facts of a service (`source`) because of which things were changed here after a moment, as their histories have it.

        source: The service whose facts are asked about.
        since: The one moment.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "list_heard",
            HeardPage,
            {
                "source": source,
                "since": since,
                "cursor": cursor,
            },
            timeout,
        )

    def all_heard(
        self,
        *,
        source: str,
        since: Moment,
        timeout: float | None = None,
    ) -> Iterator[HeardFact]:
        """Each thing of `list_heard`, page after page; `limit` is of one page.

        source: The service whose facts are asked about.
        since: The one moment.
        """
        return self._all(
            "list_heard",
            HeardPage,
            {
                "source": source,
                "since": since,
            },
            timeout,
        )

    def list_missing(
        self,
        *,
        facts: list[FactNamed],
        timeout: float | None = None,
    ) -> list[MissingFact]:
        """Which of these facts of services this one has not done. One that is on its way is among them.

        facts: The facts that are asked about.
        """
        return self._ask(
            "list_missing",
            list[MissingFact],
            {
                "facts": facts,
            },
            timeout,
        )

    def list_parked(
        self,
        *,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> list[ParkedListed]:
        """What is parked for a person, oldest first, without the bytes.

        limit: How many things are wanted at most.
        """
        return self._ask(
            "list_parked",
            list[ParkedListed],
            {
                "limit": limit,
            },
            timeout,
        )

    def page_parked(
        self,
        *,
        cause: str | None = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ParkedPage:
        """The same page by page, of one cause or of all, each with what it waits for and how many wait behind it. A page may hold fewer than `limit`, or none, and still have a cursor.

        cause: Only those with this cause; all, if it is left out.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "page_parked",
            ParkedPage,
            {
                "cause": cause,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_page_parked(
        self,
        *,
        cause: str | None = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[ParkedInLine]:
        """Each thing of `page_parked`, page after page; `limit` is of one page.

        cause: Only those with this cause; all, if it is left out.
        limit: How many things are wanted at most.
        """
        return self._all(
            "page_parked",
            ParkedPage,
            {
                "cause": cause,
                "limit": limit,
            },
            timeout,
        )

    def parked_audit(
        self,
        *,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> list[dict[str, str]]:
        """What operators did here, newest first: with parked messages, and because a store was put back.

        limit: How many things are wanted at most.
        """
        return self._ask(
            "parked_audit",
            list[dict[str, str]],
            {
                "limit": limit,
            },
            timeout,
        )

    def replay_parked(
        self,
        *,
        parked_id: str,
        by: str,
        timeout: float | None = None,
    ) -> Replayed:
        """Send a parked message back to its queue as it was. `by` stays on record.

        parked_id: The id of a parked message.
        by: Who does it, a role or a desk; it stays on record.
        """
        return self._ask(
            "replay_parked",
            Replayed,
            {
                "parked_id": parked_id,
                "by": by,
            },
            timeout,
        )

    def running(
        self,
        *,
        timeout: float | None = None,
    ) -> Running:
        """Which process answers, and of which version it is. Of several processes of a service any may answer a call."""
        return self._ask(
            "running",
            Running,
            {
            },
            timeout,
        )

    def settle_restore(
        self,
        *,
        by: str,
        timeout: float | None = None,
    ) -> StoreOrigin:
        """Say that all is done that was to be done because the store was put back from a copy: the service says no more of itself that it was. `by` stays on record.

        by: Who does it, a role or a desk; it stays on record.
        """
        return self._ask(
            "settle_restore",
            StoreOrigin,
            {
                "by": by,
            },
            timeout,
        )

    def show_parked(
        self,
        *,
        parked_id: str,
        timeout: float | None = None,
    ) -> ParkedShown:
        """One parked message with its bytes, headers and cause.

        parked_id: The id of a parked message.
        """
        return self._ask(
            "show_parked",
            ParkedShown,
            {
                "parked_id": parked_id,
            },
            timeout,
        )

    def store_origin(
        self,
        *,
        timeout: float | None = None,
    ) -> StoreOrigin:
        """Where the store of this service comes from: when it was new, and if it was put back from a copy, of when that was and when it was put back; from when on it keeps what it announced; and what it hears from outside, which is to be sent again."""
        return self._ask(
            "store_origin",
            StoreOrigin,
            {
            },
            timeout,
        )

    def what_changed(
        self,
        *,
        since: Moment,
        until: Moment | None = LEFT_OUT,
        thing: str = LEFT_OUT,
        limit: int = LEFT_OUT,
        cursor: str | None = LEFT_OUT,
        timeout: float | None = None,
    ) -> ChangedPage:
        """Every thing that this service held otherwise at `until` (now, if it is left out) than at `since`, field by field, and the event or call that changed it; of one kind of `thing`, or of all.

        since: The one moment.
        until: The other moment; now, if it is left out.
        thing: The kind of thing that is asked about; all kinds, if it is left out.
        limit: How many things are wanted at most.
        cursor: The place where the next page begins, as the page before gave it; none on the last page.
        """
        return self._ask(
            "what_changed",
            ChangedPage,
            {
                "since": since,
                "until": until,
                "thing": thing,
                "limit": limit,
                "cursor": cursor,
            },
            timeout,
        )

    def all_what_changed(
        self,
        *,
        since: Moment,
        until: Moment | None = LEFT_OUT,
        thing: str = LEFT_OUT,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> Iterator[ChangedThing]:
        """Each thing of `what_changed`, page after page; `limit` is of one page.

        since: The one moment.
        until: The other moment; now, if it is left out.
        thing: The kind of thing that is asked about; all kinds, if it is left out.
        limit: How many things are wanted at most.
        """
        return self._all(
            "what_changed",
            ChangedPage,
            {
                "since": since,
                "until": until,
                "thing": thing,
                "limit": limit,
            },
            timeout,
        )

    def what_if(
        self,
        *,
        reports: list[SupposedRequest],
        timeout: float | None = None,
    ) -> WouldFollow:
        """What would follow here if these things were reported, one after the other: a township's event with its `publisher`, or a service's fact; or if a `method` of this service were called. Nothing is written or sent. What other services would make of the facts is asked of those, with the facts as reports. What a method asks of others they answer as things are.

        reports: What might be reported, one after the other.
        """
        return self._ask(
            "what_if",
            WouldFollow,
            {
                "reports": reports,
            },
            timeout,
        )
