"""What can be wrong with an installation, each looked at by a function that answers with findings."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from amqp.exceptions import AccessRefused, NotFound
from redis.exceptions import NoPermissionError, RedisError, ResponseError

from backbone.amqp import topology
from backbone.amqp.connection import CONNECTION_ERRORS, connection, refusal
from backbone.amqp.management import Unreachable, alarms_at
from backbone.host.durability import FORGETS, RISKS, SYNC, UNSEEN, look_at
from backbone.host.installation import Installation
from backbone.settings import Settings, masked
from backbone.store.redis import LOGIN_REFUSED, connect, login_refused
from backbone.tls import plainly
from park import calendar
from services import callers

from .bindings import bindings, granted
from .certificates import certificates, reached_by
from .finding import Finding
from .probes import ends
from .sentinels import sentinels
from .services import Asked, is_said_by, services, uncalled

OLDEST_BROKER = (3, 10)
LOOPBACK = ("localhost", "127.0.0.1", "::1")
KINDS = frozenset(
    ("alarms", "heartbeat", "installer", "operator", "service", "system", "township")
)  # of users, of which a file of grants may speak as a whole
SHORT = (
    "Give it more, or see which queue holds it: docs/when-things-break.md#an-alarm-of-the-broker."
)
TRIED = ("ACL", "DRYRUN", "default", "SET", "{parcels}:birth", "1")


def broker(settings: Settings) -> Iterator[Finding]:
    """Whether RabbitMQ answers, is new enough, and is spoken to as a user of our own."""
    uri = settings.amqp_uri
    try:
        with connection(uri) as opened:
            told = getattr(opened.connection, "server_properties", {})
    except CONNECTION_ERRORS as problem:
        said, _, cure = refusal(problem, uri).partition(". ")
        remedy = cure or reached_by("AMQP_URI", problem)
        yield Finding("broker", "broken", f"{masked(uri)}: {said or problem}", remedy)
        return
    product, version = told.get("product", "broker"), str(told.get("version", ""))
    if product == "RabbitMQ" and _numbers(version) < OLDEST_BROKER:
        oldest = ".".join(map(str, OLDEST_BROKER))
        yield Finding("broker", "broken", f"RabbitMQ {version}", f"It has to be {oldest} or newer.")
    else:
        yield Finding("broker", "well", f"{product} {version} answers at {masked(uri)}")
    yield from _alarms(settings)
    yield from _user(uri)


def _alarms(settings: Settings) -> Iterator[Finding]:
    """What a broker is short of that takes nothing from anybody; nothing where it cannot be asked, as is said
    of the bindings."""
    found: frozenset[tuple[str, str]] = frozenset()
    with suppress(Unreachable):
        found = alarms_at(settings.management_url, settings.amqp_uri)
    for resource, node in sorted(found):
        said = f"RabbitMQ lets nobody publish, for {resource} is short on {node}"
        yield Finding("broker", "broken", said, f"Work waits, and nothing is lost. {SHORT}")


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


def declared(there: Installation, today: date) -> Iterator[Finding]:
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
    yield from bindings(there, remedy, today)


def store(settings: Settings) -> Iterator[Finding]:
    """Whether Redis answers and keeps what it is given; if not, services refuse it unless `STORE_AT_RISK`
    says otherwise."""
    url = settings.redis_url
    if url.startswith("memory://"):
        yield Finding(
            "store", "look", "REDIS_URL is not set here", "Set it to have Redis looked at, too."
        )
        return
    client = connect(url, 5)
    try:
        seen = look_at(client, url)
        broken = [*_full(client), *_read_back(client)]
    except LOGIN_REFUSED as problem:
        yield Finding(
            "store", "broken", f"{masked(url)}: {login_refused(problem)}", "Set it right."
        )
        return
    except (RedisError, OSError) as problem:
        remedy = reached_by("REDIS_URL", problem)
        yield Finding("store", "broken", f"{masked(url)}: {problem}", remedy)
        return
    for risk in sorted(seen.risks):
        said, _, remedy = RISKS[risk].partition(". ")
        is_refused = risk in FORGETS and settings.store_at_risk == "refuse"
        yield Finding("store", "broken" if is_refused else "look", said, remedy)
    if not seen.is_whole:
        remedy = "Name an operator's URL of Redis, or the administrator's, in REDIS_URL."
        yield Finding("store", "look", UNSEEN, remedy)
    yield from broken
    if not seen.risks and seen.is_whole and not broken:
        yield Finding("store", "well", f"{masked(url)} answers and keeps what it is given")


def _full(client: Any) -> Iterator[Finding]:
    """Whether Redis has memory for another commit, if it tells us."""
    with suppress(ResponseError):
        said = client.info("memory")
        used, bound = said["used_memory"] - said["mem_not_counted_for_evict"], said["maxmemory"]
        if 0 < bound <= used:
            full = (
                f"Redis is full, and refuses to write: {used:,} bytes, and maxmemory is {bound:,}"
            )
            remedy = "Raise maxmemory, within what its machine has: docs/capacity.md. Work waits meanwhile."
            yield Finding("store", "broken", full, remedy)


def _read_back(client: Any) -> Iterator[Finding]:
    """Whether Redis, which reads its append-only file as the user `default`, may write as that one: it
    leaves out each commit that it may not."""
    try:
        said = client.execute_command(*TRIED)
    except (NoPermissionError, ResponseError):
        remedy = (
            "Give this user the rights of this release (`tenglong grant operator`, with REDIS_URL), or name "
            "the administrator's URL in REDIS_URL."
        )
        lost = "whether Redis reads every commit back at its next start could not be looked at"
        yield Finding("store", "look", lost, remedy)
        return
    if said not in (b"OK", "OK"):
        lost = "Redis reads its file as the user default, who may not write: its next start loses commits"
        remedy = "Do not stop it before that is mended: docs/operations.md#an-acl-file-of-before"
        yield Finding("store", "broken", lost, remedy)


def grants(file: str, settings: Settings) -> Iterator[Finding]:
    """Whether the file of who may call what can be read, if there is one, and names somebody in each of its
    lines."""
    if not file:
        return
    try:
        lines = callers.read(Path(file))
    except (OSError, ValueError) as problem:
        yield Finding(
            "grants", "broken", f"{callers.FILE_SETTING}: {problem}", f"Mend it. {callers.BEFORE}"
        )
        return
    nobody = list(_nobody(lines, settings))
    yield from nobody or [Finding("grants", "well", f"{file} can be read")]


def _nobody(lines: callers.Lines, settings: Settings) -> Iterator[Finding]:
    """The names that lines are of, and no user; none where it cannot be asked who there is."""
    try:
        users = granted(settings)
    except Unreachable:
        return  # as is said of the bindings
    for name in sorted(lines.keys() - users - KINDS):
        near = difflib.get_close_matches(name, users | KINDS, 1)
        remedy = "Let that user in (`tenglong grant`), or take its lines out."
        if near:
            remedy = f"Was {near[0]} meant? {remedy}"
        said = (
            f"[[{name}]] names nobody: no user was let in by that name, and its lines hold for none"
        )
        yield Finding("grants", "look", said, remedy)


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


def all_of(there: Installation, asked: Asked, grants_file: str, now: datetime) -> Iterator[Finding]:
    """Every check, one after the other."""
    yield from map(in_our_words, _looked_at(there, asked, grants_file, now))


def in_our_words(found: Finding) -> Finding:
    """Without what libraries say of their inside."""
    return replace(found, said=plainly(found.said), remedy=plainly(found.remedy))


def _looked_at(
    there: Installation, asked: Asked, grants_file: str, now: datetime
) -> Iterator[Finding]:
    settings = there.settings
    about_broker, about_grants = list(broker(settings)), list(grants(grants_file, settings))
    yield from about_broker
    if all(each.state != "broken" for each in about_broker):
        yield from declared(there, now.date())
        found = services(asked)
    else:
        found = uncalled(asked)
    yield from (each for each in found if not _is_looked_at(each, settings, about_grants))
    yield from sentinels(settings.redis_url)
    yield from store(settings)
    yield from about_grants
    yield from certificates(settings, now, ends(asked.probes_url, asked.ports))
    yield from working_days(now.date())


def _is_looked_at(found: Finding, settings: Settings, about_grants: list[Finding]) -> bool:
    """Whether doctor itself looks at what a service remarks upon: at the file of grants, and at the setting
    of Redis that services may not see, where it is told which Redis."""
    sees_store = not settings.redis_url.startswith("memory://")
    return (found.subject == SYNC and sees_store) or is_said_by(found, about_grants)


def as_json(finding: Finding) -> dict[str, Any]:
    return {
        "subject": finding.subject,
        "state": finding.state,
        "said": finding.said,
        "remedy": finding.remedy or None,
    }
