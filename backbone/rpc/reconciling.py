"""What every service answers to an operator who holds the services against each other, after a store was
put back from a copy; by `tenglong reconcile`."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypedDict
from uuid import uuid4

from marshmallow import fields, validate
from msgspec.structs import replace

from ..errors import Invalid, Reason
from ..host.birth import Origin
from ..host.host import ServiceHost
from ..logs import log
from ..messages.contract import Contract
from ..messages.envelope import Event
from ..messages.fields import Moment, Text, WholeNumber
from ..messages.outgoing import OutgoingMessage
from ..plain import digest_of
from ..store import announced
from ..store.unit_of_work import UnitOfWork
from .admin import BY, FROM_TO, operation

MOST_AT_ONCE = 500  # facts
PARKED_AT_MOST = 10_000
POSITION = validate.Regexp(r"^\d{1,16}-\d{1,16}$", error="Give a position of list_announced.")
UP_TO_MOST = validate.Length(1, MOST_AT_ONCE, error="Give {min} to {max} of them.")


class StoreOrigin(TypedDict):
    """Where the store of a service comes from."""

    born_at: datetime | None
    copied_at: datetime | None
    restored_at: datetime | None
    announced_since: datetime | None
    hears_from_outside: list[str]


@operation(StoreOrigin)
def store_origin(service_host: ServiceHost) -> Any:
    """Where the store of this service comes from: when it was new, and if it was put back from a copy, of
    when that was and when it was put back; from when on it keeps what it announced; and what it hears
    from outside, which is to be sent again."""
    repository, installation = service_host.lot.repository, service_host.installation
    mark = repository.call("get", repository.key("birth"))
    origin = asdict(Origin.of(mark)) if mark else dict.fromkeys(Origin.__slots__)
    outside = {feed.name for feed in installation.feeds}
    heard = (each for each in installation.heard if each.service == service_host.service)
    types = sorted({each.type for each in heard if each.source in outside})
    since = announced.kept_since(repository)
    return origin | {"announced_since": since, "hears_from_outside": types}


@operation(StoreOrigin, by=BY)
def settle_restore(service_host: ServiceHost, by: str) -> Any:
    """Say that all is done that was to be done because the store was put back from a copy: the service
    says no more of itself that it was. `by` stays on record."""
    repository = service_host.lot.repository
    key = repository.key("birth")
    mark = repository.call("get", key)
    if mark:
        _put_on_record(service_host, {"action": "restore settled", "by": by})
        repository.call("set", key, b" ".join(mark.split(b" ")[:2]), xx=True)
        log.warning("restore_settled", service=service_host.service)
    return store_origin(service_host)


def _put_on_record(service_host: ServiceHost, deed: dict[str, str]) -> None:
    """Keep what an operator does."""
    work = UnitOfWork(service_host.lot.repository)
    work.begin(Event(id=uuid4().hex, source=f"/services/{service_host.service}", type="operated"))
    service_host.lot.put_on_record(work, deed)
    work.close_step(None)
    work.commit()


class AnnouncedFact(TypedDict):
    """A fact that this service announced, and the services that hear it."""

    position: str
    id: str
    type: str
    about: str | None
    published_at: datetime
    due_at: datetime
    heard_by: list[str]


class AnnouncedPage(TypedDict):
    """Some of them, and where the next page begins."""

    items: list[AnnouncedFact]
    cursor: str | None


@operation(
    AnnouncedPage,
    since=Moment(required=True),
    limit=WholeNumber(
        load_default=MOST_AT_ONCE, validate=validate.Range(1, MOST_AT_ONCE, error=FROM_TO)
    ),
    cursor=fields.Str(load_default=None, allow_none=True, validate=POSITION),
)
def list_announced(
    service_host: ServiceHost, since: datetime, limit: int, cursor: str | None
) -> Any:
    """The facts that this service announced since a moment and that some service hears, oldest first. It
    keeps them for `ANNOUNCED_DAYS`."""
    found, after = announced.announced(service_host.lot.repository, since, limit, cursor)
    for fact in found:
        is_own = fact["due_at"] > fact["published_at"]  # a delay leads to the service itself
        hearers = _hearers(service_host, fact["type"].partition(".")[2])
        fact["heard_by"] = [service_host.service] if is_own else sorted(hearers)
    return {"items": found, "cursor": after}


def _hearers(service_host: ServiceHost, name: str) -> set[str]:
    """The services that hear the fact of this name of this one."""
    return {
        each.service
        for each in service_host.installation.heard
        if each.source == service_host.service and each.type in (name, "#")
    }


class FactNamed(Contract):
    """A fact of another service."""

    type = Text(200, required=True)
    id = Text(200, required=True)


class MissingFact(TypedDict):
    """A fact that this service should have heard, and has not done; or that is parked."""

    id: str
    is_parked: bool


@operation(
    list[MissingFact],
    facts=fields.List(fields.Nested(FactNamed), required=True, validate=UP_TO_MOST),
)
def list_missing(service_host: ServiceHost, facts: list[dict[str, str]]) -> Any:
    """Which of these facts of services this one has not done. One that is on its way is among them."""
    repository = service_host.lot.repository
    marks = {fact["id"]: [*_marks(service_host, fact)] for fact in facts}
    asked = [mark for each in marks.values() for mark in each]
    there = repository.call("mget", asked) if asked else []
    done = {mark for mark, found in zip(asked, there, strict=True) if found is not None}
    missing = [identity for identity, each in marks.items() if not done.issuperset(each)]
    parked = (
        {each["event_id"] for each in service_host.lot.entries(PARKED_AT_MOST)} if missing else ()
    )
    return [{"id": each, "is_parked": each in parked} for each in missing]


def _marks(service_host: ServiceHost, fact: dict[str, str]) -> Iterator[str]:
    """The marks that say that a fact was done, one for each queue that it comes by."""
    source, _, name = fact["type"].partition(".")
    identity = f"/services/{source} {fact['id']}"
    for queue, inbox in service_host.inboxes.items():
        handlers = inbox.decoder.handlers
        if (source, name) in handlers or (source, "#") in handlers:
            yield service_host.lot.repository.mark(queue, identity)


class HeardFact(TypedDict):
    """A fact because of which a thing was changed here."""

    id: str
    type: str
    at: datetime
    thing: str
    thing_id: str


class HeardPage(TypedDict):
    """Some of them, and where the next page begins."""

    items: list[HeardFact]
    cursor: str | None


@operation(
    HeardPage,
    source=Text(100, required=True),
    since=Moment(required=True),
    cursor=fields.Str(load_default=None, allow_none=True),
)
def list_heard(service_host: ServiceHost, source: str, since: datetime, cursor: str | None) -> Any:
    """The facts of a service (`source`) because of which things were changed here after a moment, as their
    histories have it."""
    repository = service_host.lot.repository
    found, after = announced.heard(repository, f"/services/{source}", since, cursor)
    return {"items": found, "cursor": after}


class AnnouncedAgain(TypedDict):
    """How many facts were announced again."""

    announced: int


@operation(
    AnnouncedAgain,
    positions=fields.List(fields.Str(validate=POSITION), required=True, validate=UP_TO_MOST),
    to=Text(100, required=True),
    by=BY,
)
def announce_again(service_host: ServiceHost, positions: list[str], to: str, by: str) -> Any:
    """Announce facts again, for one of the services that hear them, under the ids that they had: what was
    done already, there or elsewhere, is not done again. `by` stays on record."""
    repository = service_host.lot.repository
    if to not in {each.service for each in service_host.installation.heard}:
        raise Invalid([Reason("INVALID", "Give a service that hears something.", "to")])
    again = [
        _as_another_try(message)
        for message in announced.messages(repository, positions)
        if to in _hearers(service_host, message.routing_key)
    ]
    work = UnitOfWork(repository)
    cause = digest_of("again", to, *positions)
    step = work.begin(Event(id=cause, source=f"/services/{service_host.service}", type="again"))
    step.outgoing.extend(again)
    deed = {"action": "announced again", "to": to, "facts": str(len(again)), "by": by}
    service_host.lot.put_on_record(work, deed)
    work.close_step(None)
    work.commit()
    log.warning("announced_again", service=service_host.service, to=to, facts=len(again))
    return {"announced": len(again)}


def _as_another_try(message: OutgoingMessage) -> OutgoingMessage:
    """The fact as it goes out once more: earlier tries of it may be marked as failed."""
    headers = message.headers | {"x-replay": int(time.time())}
    return replace(message, headers=headers, delay_s=0)
