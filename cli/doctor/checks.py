"""What can be wrong with an installation, each looked at by a function that answers with findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Literal
from urllib.parse import urlsplit

import eventlet
from amqp.exceptions import AccessRefused, NotFound
from nameko.exceptions import BadRequest, RemoteError
from redis.exceptions import RedisError

from backbone.amqp import topology
from backbone.amqp.connection import CONNECTION_ERRORS, connection
from backbone.amqp.management import Unreachable
from backbone.host.durability import FORGETS, RISKS, risks
from backbone.host.installation import Installation
from backbone.rpc.caller import Caller
from backbone.settings import Settings, masked
from backbone.store.redis import connect
from park import calendar
from services.installation import HOMES

from ..ask import REFUSALS

State = Literal["well", "look", "broken"]
OLDEST_BROKER = (3, 10)
LOOPBACK = ("localhost", "127.0.0.1", "::1")
LISTED = 1_000
ASKED = 4  # times which process answers: the broker gives the calls to each in turn
SILENT = "one that does not say"  # the version of a process that is older than this question
ANSWER_WITHIN_S = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """`state` is `well`, `look` for what works and should be seen to, or `broken`; `remedy` what to do."""

    subject: str
    state: State
    said: str
    remedy: str = ""


def broker(settings: Settings) -> Iterator[Finding]:
    """Whether RabbitMQ answers, is new enough, and is spoken to as a user of our own."""
    uri = settings.amqp_uri
    try:
        with connection(uri) as opened:
            told = getattr(opened.connection, "server_properties", {})
    except CONNECTION_ERRORS as problem:
        remedy = "Start it, or set AMQP_URI right; a wrong password is ACCESS_REFUSED."
        yield Finding("broker", "broken", f"{masked(uri)}: {problem}", remedy)
        return
    product, version = told.get("product", "broker"), str(told.get("version", ""))
    if product == "RabbitMQ" and _numbers(version) < OLDEST_BROKER:
        oldest = ".".join(map(str, OLDEST_BROKER))
        yield Finding("broker", "broken", f"RabbitMQ {version}", f"It has to be {oldest} or newer.")
    else:
        yield Finding("broker", "well", f"{product} {version} answers at {masked(uri)}")
    yield from _user(uri)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2] if part.isdecimal())


def _user(uri: str) -> Iterator[Finding]:
    where = urlsplit(uri)
    if where.hostname in LOOPBACK:
        return
    if where.scheme != "amqps":
        remedy = "Use amqps:// unless the network between is yours alone."
        yield Finding(
            "broker", "look", "passwords and facts go over the network unencrypted", remedy
        )
    if where.username in (None, "guest"):
        yield Finding(
            "broker", "look", "the user is guest", "Give each its own user: docs/security.md."
        )


def declared(there: Installation) -> Iterator[Finding]:
    """Whether the broker has the exchanges, queues and bindings of the installation."""
    remedy = "Start the services, or `tenglong topology`; what a deleted queue held is lost."
    try:
        with connection(there.settings.amqp_uri) as opened:
            queues = topology.look_for(opened, there.services, there.feeds, there.heard)
    except NotFound as problem:
        yield Finding("topology", "broken", str(problem.reply_text), remedy)
        return
    except AccessRefused as problem:
        yield Finding("topology", "look", f"our user may not look: {problem.reply_text}")
        return
    yield Finding("topology", "well", f"its exchanges and {len(queues)} work queues are there")
    yield from _bindings(there, remedy)


def _bindings(there: Installation, remedy: str) -> Iterator[Finding]:
    try:
        missing = there.missing_bindings()
    except Unreachable as problem:
        can = "Set MANAGEMENT_URL, and give its user the tag management: else lost bindings are not seen."
        yield Finding("bindings", "look", str(problem), can)
        return
    for link in missing:
        said = f"{link.source} → {link.destination} ({link.key}) is missing"
        yield Finding("bindings", "broken", said, remedy)
    if not missing:
        yield Finding("bindings", "well", "all are there")


def services(settings: Settings) -> Iterator[Finding]:
    """Whether each service answers a call, and what is parked there; all are asked at once."""
    found = list(eventlet.GreenPool().imap(partial(_service, settings), HOMES))
    yield from found
    there = [each.subject for each in found if each.state != "broken"]
    yield _versions(dict(eventlet.GreenPool().imap(partial(_running, settings), there)))


def _running(settings: Settings, name: str) -> tuple[str, Counter[str]]:
    """How many processes of each version answer for a service; those of the older ones are not told apart."""
    versions: dict[str, str] = {}
    for _ in range(ASKED):
        try:
            told = Caller(settings.amqp_uri, name, ANSWER_WITHIN_S).running()
            versions[told["process"]] = told["version"]
        except (BadRequest, RemoteError):  # it knows no such call
            versions[SILENT] = SILENT
        except (*REFUSALS, *CONNECTION_ERRORS, TimeoutError):
            break
    return name, Counter(versions.values())


def _versions(found: dict[str, Counter[str]]) -> Finding:
    said = "; ".join(
        f"{name}: {', '.join(f'{count} of {version}' for version, count in sorted(each.items()))}"
        for name, each in found.items()
    )
    versions = {version for each in found.values() for version in each}
    if not versions:
        remedy = "Let the operator ask: `tenglong grant operator`, again."
        return Finding("versions", "look", "no process tells us of which version it is", remedy)
    if len(versions) == 1:
        return Finding("versions", "well", said)
    remedy = "Finish the upgrade, or go back: docs/operations.md#upgrade."
    return Finding("versions", "look", f"two versions side by side: {said}", remedy)


def _service(settings: Settings, name: str) -> Finding:
    try:
        parked = Caller(settings.amqp_uri, name, ANSWER_WITHIN_S).list_parked(limit=LISTED)
    except (*REFUSALS, *CONNECTION_ERRORS, TimeoutError) as problem:
        remedy = f"Its /readyz on port {HOMES[name][2]} says why; is it running?"
        return Finding(name, "broken", f"{type(problem).__name__}: {problem}", remedy)
    return _parked(name, len(parked))


def _parked(name: str, count: int) -> Finding:
    if not count:
        return Finding(name, "well", "answers; nothing is parked")
    many = f"{LISTED} or more" if count == LISTED else str(count)
    remedy = f"`tenglong parked list {name} --by-cause`"
    return Finding(name, "look", f"answers; {many} messages wait for a person", remedy)


def store(settings: Settings) -> Iterator[Finding]:
    """Whether Redis answers and keeps what it is given; if not, services refuse it unless `STORE_AT_RISK`
    says otherwise."""
    url = settings.redis_url
    if url.startswith("memory://"):
        yield Finding(
            "store", "look", "REDIS_URL is not set here", "Set it to have Redis looked at, too."
        )
        return
    try:
        found = sorted(risks(connect(url, 5), url))
    except (RedisError, OSError) as problem:
        remedy = "Start it, or set REDIS_URL right."
        yield Finding("store", "broken", f"{masked(url)}: {problem}", remedy)
        return
    for risk in found:
        said, _, remedy = RISKS[risk].partition(". ")
        is_refused = risk in FORGETS and settings.store_at_risk == "refuse"
        yield Finding("store", "broken" if is_refused else "look", said, remedy)
    if not found:
        yield Finding("store", "well", f"{masked(url)} answers and keeps what it is given")


def working_days(today: date) -> Iterator[Finding]:
    """Whether the working days of this year are known, and from November on, when the State Council tells
    them, those of the next."""
    wanted = {today.year, today.year + 1} if today.month >= 11 else {today.year}
    missing = sorted(wanted - set(calendar.years()))
    if missing:
        remedy = (
            f"Put {missing[0]}.toml into CALENDAR_FOLDER; deadlines in working days wait for it."
        )
        yield Finding("calendar", "look", f"the working days of {missing[0]} are not known", remedy)
    else:
        yield Finding("calendar", "well", f"working days are known up to {max(calendar.years())}")


def all_of(settings: Settings, there: Installation, today: date) -> Iterator[Finding]:
    """Every check, one after the other; what rests on the broker is left out without it."""
    about_broker = list(broker(settings))
    yield from about_broker
    if all(each.state != "broken" for each in about_broker):
        yield from declared(there)
        yield from services(settings)
    yield from store(settings)
    yield from working_days(today)


def as_json(finding: Finding) -> dict[str, Any]:
    return {
        "subject": finding.subject,
        "state": finding.state,
        "said": finding.said,
        "remedy": finding.remedy or None,
    }
