"""What every service answers to an operator, by RPC and so by `tenglong parked …`."""

from __future__ import annotations

import difflib
import inspect
import os
import socket
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from functools import cache, wraps
from pathlib import Path
from typing import Any, TypedDict, get_type_hints

from marshmallow import fields, validate

from ..amqp.topology import INBOX, queue_name
from ..errors import Invalid, NotFound, Reason
from ..host.host import ServiceHost
from ..inbox import admin
from ..messages.contract import Contract, arguments
from ..messages.fields import Moment, Text, WholeNumber
from ..messages.structured import LONGEST
from ..parking.pages import page
from ..parking.parked import Parked
from .call import Call, ChangedBy

OPERATIONS: dict[str, Callable[..., Any]] = {}
FOR_EVERYBODY = "describe"  # of these; the others are meant for operators
MOST_LISTED = 100_000
MOST_LISTED_AT_ONCE = 200
FROM_TO = "Give a whole number from {min} to {max}."
MOST_REPORTS = 1_000  # supposed at once
MOST_JUDGED = 200  # at once
MOST_PUBLISHERS = 200  # likewise
SOME = validate.Length(1, error="Give a text.")
LIMIT = WholeNumber(
    load_default=100,
    validate=validate.Range(1, MOST_LISTED, error=FROM_TO),
)
PARKED_ID = fields.Str(required=True, validate=SOME)
LONGEST_BY = 100
BY = Text(LONGEST_BY, required=True)
PARKED_IDS = fields.List(
    fields.Str(validate=SOME), required=True, validate=validate.Length(1, MOST_JUDGED)
)
REASON = Text(2000, lines=True, required=True)


class SupposedRequest(Contract):
    """Something that might be reported; or, as `method`, called, with `data` as its arguments."""

    type = Text(100, load_default="")
    publisher = Text(40, load_default="")
    method = Text(100, load_default="")
    id = Text(200, load_default="")
    attributes = fields.Dict(keys=fields.Str(), load_default=dict)
    data = fields.Dict(keys=fields.Str(), required=True)


PAGE_LIMIT = WholeNumber(
    load_default=50, validate=validate.Range(1, MOST_LISTED_AT_ONCE, error=FROM_TO)
)
CURSOR = fields.Str(load_default=None, allow_none=True)
REPORTS = fields.List(
    fields.Nested(SupposedRequest), required=True, validate=validate.Length(1, MOST_REPORTS)
)
SHOWN = get_type_hints(Parked)
LISTED = {name: kind for name, kind in SHOWN.items() if name not in ("body", "headers")}
ParkedListed = TypedDict("ParkedListed", LISTED)  # type: ignore[misc]  # the fields of Parked
ParkedShown = TypedDict("ParkedShown", SHOWN | {"text": str})  # type: ignore[misc]  # likewise
IN_LINE = LISTED | {"waits_for": str | None, "waiting": int}
ParkedInLine = TypedDict("ParkedInLine", IN_LINE)  # type: ignore[misc]  # likewise


class ParkedPage(TypedDict):
    """Some of them, and where the next page begins."""

    items: list[ParkedInLine]
    cursor: str | None


class Replayed(TypedDict):
    replayed: str


class Edited(TypedDict):
    edited: str
    parked_id: str


class Discarded(TypedDict):
    discarded: str


def operation(
    answers: Any = Any, **takes: fields.Field[Any]
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """One of them, with the type of its answer and the fields of its arguments. Raises `Invalid` for
    any other argument."""
    contract = Contract.from_dict(dict(takes), name="OperatorRequest")()

    def decorate(act: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(act)
        def answer(service_host: ServiceHost, /, *args: Any, **kwargs: Any) -> Any:
            return act(service_host, **arguments(contract, args, kwargs))

        answer.call = Call(contract, answers)  # type: ignore[attr-defined]
        OPERATIONS[act.__name__] = answer
        return answer

    return decorate


@operation(dict[str, Any])
def describe(service_host: ServiceHost) -> Any:
    """The contract of this service: what it hears, announces and answers, field by field."""
    return _contract_of(service_host.container.service_cls, service_host.installation.dictionary)


@cache
def _contract_of(service_cls: Any, dictionary: tuple[Path, ...]) -> dict[str, Any]:
    # late, for the contracts read what stands here, and few ask for them
    from ..contracts.dictionary import Dictionary
    from ..contracts.service import ServiceContract

    return ServiceContract(service_cls, Dictionary.of(dictionary)).as_json()


class Running(TypedDict):
    """One process of a service."""

    process: str
    version: str


@operation(Running)
def running(service_host: ServiceHost) -> Any:
    """Which process answers, and of which version it is. Of several processes of a service any may answer
    a call."""
    here = f"{socket.gethostname()}:{os.getpid()}"
    return {"process": here, "version": service_host.installation.version}


@operation(list[ParkedListed], limit=LIMIT)
def list_parked(service_host: ServiceHost, limit: int) -> Any:
    """What is parked for a person, oldest first, without the bytes."""
    return service_host.lot.entries(limit)


@operation(
    ParkedPage, cause=Text(200, load_default=None, allow_none=True), limit=PAGE_LIMIT, cursor=CURSOR
)
def page_parked(
    service_host: ServiceHost, cause: str | None, limit: int, cursor: str | None
) -> Any:
    """The same page by page, of one cause or of all, each with what it waits for and how many wait behind
    it. A page may hold fewer than `limit`, or none, and still have a cursor."""
    items, after = page(service_host.lot, cause, limit, cursor)
    return {"items": items, "cursor": after}


@operation(ParkedShown, parked_id=PARKED_ID)
def show_parked(service_host: ServiceHost, parked_id: str) -> Any:
    """One parked message with its bytes, headers and cause."""
    return service_host.lot.show(parked_id)


@operation(Replayed, parked_id=PARKED_ID, by=BY)
def replay_parked(service_host: ServiceHost, parked_id: str, by: str) -> Any:
    """Send a parked message back to its queue as it was. `by` stays on record."""
    service_host.lot.replay(parked_id, by)
    return {"replayed": parked_id}


@operation(
    Edited, parked_id=PARKED_ID, body=fields.Str(required=True, validate=SOME), by=BY, reason=REASON
)
def edit_parked(service_host: ServiceHost, parked_id: str, body: str, by: str, reason: str) -> Any:
    """Replace the body of a parked message, which keeps its place. `by`, `reason` and the old bytes
    stay on record."""
    edited = admin.edit(service_host.lot, service_host.inboxes, parked_id, body, by, reason)
    return {"edited": parked_id, "parked_id": edited}


@operation(Discarded, parked_id=PARKED_ID, by=BY, reason=REASON)
def discard_parked(service_host: ServiceHost, parked_id: str, by: str, reason: str) -> Any:
    """Give a parked message up. `by` and `reason` stay on record; an outside publisher is told."""
    admin.discard(service_host.lot, service_host.inboxes, parked_id, by, reason)
    return {"discarded": parked_id}


class ReasonTold(TypedDict):
    """Why something is refused."""

    code: str
    sentence: str
    field: str | None
    source: str | None


class ParkedJudged(TypedDict):
    """What would become of a parked message."""

    parked_id: str
    outcome: str
    note: str | None
    waits_for: str | None
    reasons: list[ReasonTold]


@operation(list[ParkedJudged], parked_ids=PARKED_IDS)
def judge_parked(service_host: ServiceHost, parked_ids: list[str]) -> Any:
    """What would become of parked messages if they were sent back now: by the contract of today, and by
    what their handlers would decide. Nothing is written or sent. It answers in their order, and as many as
    can be judged within some seconds: ask again for the rest."""
    from ..inbox.judging import judge  # late, for few ask

    return judge(service_host.lot, service_host.inboxes, parked_ids)


class SupposedReport(TypedDict):
    """Whether a report would be taken, and what would be answered."""

    type: str
    outcome: str
    note: str | None
    reasons: list[ReasonTold]


class SupposedChange(TypedDict):
    """A field that would be another one; of a thing that would be new, each field."""

    thing: str
    id: str
    field: str
    before: Any
    after: Any
    is_new: bool


class SupposedFact(TypedDict):
    """A fact that would be announced, so many seconds later, and the services that hear it."""

    id: str
    type: str
    data: dict[str, Any]
    attributes: dict[str, Any]
    delay_s: float
    heard_by: list[str]


class WouldFollow(TypedDict):
    """What would follow in one service."""

    reports: list[SupposedReport]
    changes: list[SupposedChange]
    facts: list[SupposedFact]


@operation(WouldFollow, reports=REPORTS)
def what_if(service_host: ServiceHost, reports: list[dict[str, Any]]) -> Any:
    """What would follow here if these things were reported, one after the other: a township's event
    with its `publisher`, or a service's fact; or if a `method` of this service were called. Nothing is
    written or sent. What other services would make of the facts is asked of those, with the facts as
    reports. What a method asks of others they answer as things are."""
    from ..inbox.supposing import suppose  # late, for few ask

    inbox = service_host.inboxes[queue_name(service_host.service, INBOX)]
    found = suppose(inbox, [_supposed(service_host, each) for each in reports])
    heard = service_host.installation.heard
    for fact in found.facts:
        source, _, name = fact["type"].partition(".")
        by = {each.service for each in heard if each.source == source and each.type in (name, "#")}
        fact["heard_by"] = sorted(by)
    return asdict(found)


def _supposed(service_host: ServiceHost, given: dict[str, Any]) -> Any:
    """What was given, as a report; raises `Invalid` for what is neither a report nor a call that
    writes."""
    from ..inbox.supposing import Report

    method, data = given["method"], given["data"]
    if bool(method) == bool(given["type"]):
        raise Invalid(
            [Reason("INVALID", "Give the type of a report, or a method.", "reports.type")]
        )
    if not method:
        return Report(given["type"], data, given["publisher"], given["id"], given["attributes"])
    command = getattr(service_host.container.service_cls, method, None)
    call = getattr(command, "call", None)
    if not call or not call.writes:
        raise NotFound([_no_such_method(service_host.container.service_cls, method)])

    def act(service: Any) -> Any:
        return command.decides(service, arguments(call.contract, (), data))  # type: ignore[union-attr]

    return Report(method, id=given["id"], act=act)


class ExplainedField(TypedDict):
    """A field with its value, and what gave it that value."""

    field: str
    value: Any
    at: datetime | None
    by: ChangedBy | None


class ExplainedThing(TypedDict):
    """A thing, field by field."""

    thing: str
    id: str
    fields: list[ExplainedField]


@operation(
    ExplainedThing,
    thing=Text(100, required=True),
    id=Text(200, required=True),
    as_of=Moment(load_default=None),
)
def explain_thing(service_host: ServiceHost, thing: str, id: str, as_of: datetime | None) -> Any:
    """A thing that this service keeps, now or as the store held it at `as_of`: each field with its value
    and the event or call that gave it that value."""
    from ..store.differences import explained, nearest_ids

    repository = service_host.lot.repository
    kinds = {each.name: each for each in repository.collections.values()}
    if thing not in kinds:
        raise Invalid([Reason("INVALID", f"Give one of {', '.join(sorted(kinds))}.", "thing")])
    if as_of and not kinds[thing].history:
        said = f"Of a {thing.replace('_', ' ')} no history is kept; ask for it as it is now."
        raise Invalid([Reason("INVALID", said, "as_of")])
    found = explained(repository, kinds[thing], id, as_of)
    if not found:
        if as_of and explained(repository, kinds[thing], id, None):
            said = f"It was not on record yet at {as_of.isoformat()}; later it was."
            raise NotFound([Reason("NOT_FOUND", said, "as_of")])
        raise _not_there(thing, nearest_ids(repository, kinds[thing], id))
    return {"thing": thing, "id": id, "fields": found}


def _no_such_method(service_cls: Any, method: str) -> Reason:
    """That nothing follows of it, since it writes nothing or is none."""
    members = inspect.getmembers(service_cls, lambda each: hasattr(each, "call"))
    writing = [name for name, each in members if each.call.writes]
    near = difflib.get_close_matches(method, writing, 3)
    hint = f" Did you mean {', '.join(near)}?" if near else ""
    said = f"{service_cls.name} has no method {method} that writes, of which something would follow.{hint}"
    return Reason("NOT_FOUND", said, "reports.method")


def _not_there(thing: str, near: list[str]) -> NotFound:
    """That there is none of the id, or was none then, and those that look like it."""
    [reason] = NotFound.of(thing.replace("_", " "), "id").reasons
    hint = f" Nearest: {', '.join(near)}." if near else " None is kept yet."
    return NotFound([replace(reason, sentence=f"{reason.sentence}{hint}")])


class FollowedFact(TypedDict):
    """A fact that was announced because of an event: its type, and the id of what it is about."""

    type: str
    about: str | None


class AcceptedSince(TypedDict):
    """That an event of the id of a refused one was accepted, and what followed: the facts that are kept."""

    accepted_at: datetime | None
    note: str | None
    facts: list[FollowedFact]


class KeptReceipt(TypedDict):
    """What the receipt of a refused event said, and whether the same id was accepted since."""

    outcome: str
    event_id: str | None
    event_source: str | None
    event_type: str
    routing_key: str
    body_sha256: str
    received_by: str
    received_at: datetime
    reasons: list[ReasonTold]
    accepted: AcceptedSince | None


@operation(
    list[KeptReceipt],
    event_id=Text(LONGEST, required=True),
    publishers=fields.List(Text(40), required=True, validate=validate.Length(1, MOST_PUBLISHERS)),
)
def explain_refusal(service_host: ServiceHost, event_id: str, publishers: list[str]) -> Any:
    """Why this service last refused an event of that id, of each of these publishers that sent one: what its
    receipt said. Of an event whose id could not be read, `event_id` is the `body_sha256` of its receipt. It
    is kept for 45 days (`INBOX_DAYS`); what was accepted since under the same id is told beside it."""
    from ..inbox.accepted import accepted_since
    from ..inbox.refused import find

    repository, feeds = service_host.lot.repository, service_host.installation.feeds
    lifetime = timedelta(days=service_host.settings.inbox_days)
    found = find(repository, event_id, publishers)
    for each in found:
        publisher = each["routing_key"].partition(".")[0]
        sources = [f"{feed.source}{publisher}" for feed in feeds]
        each["accepted"] = accepted_since(repository, each, sources, service_host.inboxes, lifetime)
    return found


class ChangedField(TypedDict):
    """A field that the store held otherwise at the second moment, and what last changed it by then."""

    field: str
    before: Any
    after: Any
    at: datetime
    by: ChangedBy


class ChangedThing(TypedDict):
    """A thing that was changed between two moments."""

    thing: str
    id: str
    is_new: bool
    fields: list[ChangedField]


class ChangedPage(TypedDict):
    """Some of them, and where the next page begins."""

    items: list[ChangedThing]
    cursor: str | None


@operation(
    ChangedPage,
    since=Moment(required=True),
    until=Moment(load_default=None),
    thing=Text(100, load_default=""),
    limit=PAGE_LIMIT,
    cursor=CURSOR,
)
def what_changed(
    service_host: ServiceHost,
    since: datetime,
    until: datetime | None,
    thing: str,
    limit: int,
    cursor: str | None,
) -> Any:
    """Every thing that this service held otherwise at `until` (now, if it is left out) than at `since`,
    field by field, and the event or call that changed it; of one kind of `thing`, or of all."""
    from ..store.differences import changed

    now = datetime.now(UTC)
    if since >= (until or now):
        sentence = "Give a moment before the other one, which is now if it is left out."
        raise Invalid([Reason("INVALID", sentence, "since")])
    repository = service_host.lot.repository
    found, after = changed(repository, since, until or now, thing, limit, cursor)
    return {"items": found, "cursor": after}


@operation(list[dict[str, str]], limit=LIMIT)
def parked_audit(service_host: ServiceHost, limit: int) -> Any:
    """What operators did here, newest first: with parked messages, and because a store was put back."""
    return service_host.lot.audit(limit)
