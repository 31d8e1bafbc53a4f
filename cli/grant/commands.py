"""`tenglong grant`: users with the least rights, and what to hand over, once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import quote, urlsplit, urlunsplit

import redis
import typer
from rich.table import Column, Table

from backbone import settings
from backbone.amqp.rights import NOTHING, Keys, Rights, receipts_links, receipts_queue
from backbone.amqp.topology import RPC_EXCHANGE
from backbone.errors import Answered
from backbone.store.sentinel import is_named
from park.time import PARK_TIME, day_of
from services import access, wiring
from services.access import User
from services.installation import HOMES, TOWNSHIPS

from ..console import err, out
from ..reach import broker_uri
from . import bounds, files, stores
from .broker import Broker, Known, NoAdministrator
from .days import days, still_dated
from .installation import installation
from .reaching import AsJson, Management, broker_at, contracts_of_all, management_of, told

app = typer.Typer(
    help="Users of broker and stores, each with the least rights: a township's system, an internal system, "
    "an operator, a service. What is printed of a new one is printed once. docs/security.md has all that "
    "each may.",
    no_args_is_help=True,
)
app.command()(installation)
app.command()(days)
Named = Annotated[
    str,
    typer.Argument(
        help="as `tenglong grant list` has it; or backup, watcher, replica, sentinel, whom Redis alone knows"
    ),
]
FORGETS_USERS = (
    "Redis keeps this in memory only, and with its next start is as before: it has no ACL file (aclfile), or "
    "one that it cannot write."
)


@app.command()
def township(
    code: Annotated[str, typer.Argument(help="its 9 digits, 330604006")],
    management: Management = "",
    as_json: AsJson = False,
) -> None:
    """Let the system of a township in: it publishes reports under its own code and reads the receipts for
    them, which a queue of its own keeps while it is away."""
    with told():
        user = access.township(code, _today())
        broker = broker_at(management)
        more = {
            "publish_to": TOWNSHIPS.exchange,
            "routing_key": f"{code}.<type>",
            "receipts": receipts_queue(code),
        }
        broker.keep(receipts_links(TOWNSHIPS, code))
        _put(broker, user, as_json, more)


@app.command()
def system(
    name: Annotated[str, typer.Argument(help="small letters, such as gis")],
    calls: Annotated[
        list[str] | None,
        typer.Option(help="methods that it calls, parcels.get_*; again for more"),
    ] = None,
    hears: Annotated[
        list[str] | None,
        typer.Option(help="facts that it hears, parcels.land_released; again for more"),
    ] = None,
    management: Management = "",
    as_json: AsJson = False,
) -> None:
    """Let an internal system in: it calls the methods and hears the facts that are named here. One that uses
    nameko's own client sets `kombu.Exchange.passive = True` first (examples/nameko_service.py)."""
    with told():
        user = access.system(name, calls or [], hears or [], contracts_of_all())
        broker = broker_at(management)
        if hears:
            broker.hold(bounds.of_hearer(name))
        _put(broker, user, as_json)


@app.command()
def operator(
    name: Annotated[str, typer.Argument(help="small letters, such as wang")],
    calls: Annotated[
        list[str] | None, typer.Option(help="methods besides those that read; again for more")
    ] = None,
    management: Management = "",
    as_json: AsJson = False,
) -> None:
    """Let an operator in: everything that is read, and what services answer to operators (parked messages,
    say)."""
    with told():
        user = access.operator(name, calls or [], contracts_of_all())
        _put(broker_at(management), user, as_json, store=settings.from_environment().redis_url)


@app.command()
def service(
    name: Annotated[str, typer.Argument(help=f"one of {', '.join(HOMES)}")],
    management: Management = "",
    as_json: AsJson = False,
) -> None:
    """Let a service in, at the broker and at the Redis that REDIS_URL names: it hears, announces and calls
    what it is wired to, and reaches the keys of its own store."""
    with told():
        url = settings.from_environment().redis_url
        user = access.service(name, wiring.read(), has_replicas=is_named(url))
        _put(broker_at(management), user, as_json, store=url)


@app.command()
def installer(management: Management = "", as_json: AsJson = False) -> None:
    """Let the installer in, which declares exchanges, queues and bindings (`tenglong topology`)."""
    with told():
        _put(broker_at(management), access.installer(), as_json)


@app.command()
def heartbeat(management: Management = "", as_json: AsJson = False) -> None:
    """Let the platform's own heartbeat in (`tenglong heartbeat`)."""
    with told():
        _put(broker_at(management), access.heartbeat(), as_json)


@app.command()
def alarms(management: Management = "", as_json: AsJson = False) -> None:
    """Let in what brings Alertmanager's alarms to notify (`tenglong alarms`)."""
    with told():
        _put(broker_at(management), access.alarms(contracts_of_all()), as_json)


@app.command("list")
def list_users(management: Management = "", as_json: AsJson = False) -> None:
    """Who is let in, and whether each has the rights that this release gives."""
    with told():
        known = broker_at(management).known().values()
    rows = [_row(each) for each in sorted(known, key=lambda each: each.name)]
    if as_json:
        out.print_json(data=rows)
        return
    table = Table(Column("User", no_wrap=True), "Rights", "To do")
    for row in rows:
        table.add_row(row["user"], row["rights"], row["remedy"])
    out.print(table)


@app.command()
def revoke(name: Named, management: Management = "") -> None:
    """Take a user away, at the broker and in Redis, and end its connections. A township's queue of receipts
    stays."""
    if name == files.ADMINISTRATOR.name:
        raise typer.BadParameter("nobody could let others in any more; give it another password")
    with told():
        broker, kept = _where(name, management)
        if kept:  # first, so that the command can be given again where Redis is away
            stores.delete(kept[1], name)
        ended = broker.delete(name) if broker else 0
    out.print(f"{name} is gone; {ended} of its connections to the broker were ended")
    if still := still_dated(access.zone_of(name)[1]):
        err.print(still, highlight=False, markup=False)


@app.command()
def rotate(name: Named, management: Management = "", as_json: AsJson = False) -> None:
    """Give a user another password, at the broker and in Redis. Its open connections stay; the next one needs
    the new password."""
    with told():
        broker, kept = _where(name, management)
        password = files.new_password()
        handed = {"user": name, "password": password}
        if broker:
            handed |= {"amqp_uri": _uri(name, password)}
        if name == files.ADMINISTRATOR.name:
            handed |= {"management_url": _with_login(management_of(management), name, password)}
        try:
            if kept:
                handed |= _in_store(kept[1], kept[0], password)
            if broker:
                broker.password(name, password)
        except (NoAdministrator, redis.RedisError):
            _show(
                handed,
                as_json,
                "has another password where it was reached, and the old one elsewhere",
            )
            raise
    _show(handed, as_json, "has another password")


def _put(
    broker: Broker, user: User, as_json: bool, more: dict[str, str] | None = None, store: str = ""
) -> None:
    """Make a user, or give the rights of this release to one that is there, who keeps the password. It is of
    the zone of the virtual host."""
    zone = broker.zone()
    if store and zone and not store.startswith("memory:"):
        store = stores.at_its_database(store, f"{zone}.service-{next(iter(HOMES))}")
    user = access.in_zone(user, zone, _database(store))
    before = broker.known().get(user.name)
    is_new = before is None
    password = files.new_password() if is_new else None
    broker.hold()
    broker.put(user, password)
    handed: dict[str, Any] = {"user": user.name, **(more or {})}
    if password:
        handed |= {"password": password, "amqp_uri": _uri(user.name, password)}
        if store:
            handed |= _in_store(store, user, password)
        _show(handed, as_json, "is let in; this is shown once")
        return
    if store and user.redis and not store.startswith("memory:"):
        _renew_in_store(store, user)
    if before and (gone := [*_taken_away(before.rights, user.rights)]):
        err.print(" ".join([*gone, "A grant names all that is granted."]))
    _show(
        handed, as_json, "was there, and has the rights of this release; its password is as before"
    )


def _taken_away(old: Rights, new: Rights) -> Iterator[str]:
    """A sentence on what may be called with the old rights and not with the new, and one on what is heard."""
    if gone := _called_only_by(old, new):
        yield f"It may call no longer: {', '.join(gone)}."
    if gone := [each for each in _heard(old) if each not in _heard(new)]:
        yield f"It hears no longer: {', '.join(gone)}."


def _called_only_by(one: Rights, other: Rights) -> list[str]:
    """The methods that may be called with the rights of the one, and not with those of the other."""
    old, new = (each.keys.get(RPC_EXCHANGE, Keys()).write or NOTHING for each in (one, other))
    called = [
        f"{each['service']}.{m['name']}" for each in contracts_of_all() for m in each["methods"]
    ]
    return [each for each in called if re.search(old, each) and not re.search(new, each)]


def _heard(rights: Rights) -> list[str]:
    """The facts that a user with these rights may have brought to a queue of its own."""
    facts = [fact["type"] for each in contracts_of_all() for fact in each["announces"]]
    found = [(each, *each.split(".", 1)) for each in facts]
    keys = {source: rights.keys.get(f"{source}.events", Keys()).read for _, source, _ in found}
    return [each for each, source, type_ in found if re.search(keys[source] or NOTHING, type_)]


def _renew_in_store(url: str, user: User) -> None:
    """Give a user the rights of this release at its store, too, if that one knows it."""
    if not stores.has(url, user.name):
        err.print(
            f"Redis does not know {user.name}: `tenglong grant rotate {user.name}` gives it a password "
            "there, too."
        )
    elif not stores.renew(url, user):
        err.print(FORGETS_USERS)


def _in_store(url: str, user: User, password: str) -> dict[str, str]:
    """The service's user at its store, with the URL for it."""
    if url.startswith("memory:"):
        return {}
    if not stores.put(url, user, password):
        err.print(FORGETS_USERS)
    return {"redis_url": _with_login(url, user.name, password)}


def _show(handed: dict[str, Any], as_json: bool, what: str) -> None:
    if as_json:
        out.print_json(data=handed)
        return
    table = Table(Column("", no_wrap=True), Column("", overflow="fold"), show_header=False)
    for name, value in handed.items():
        table.add_row(name, str(value))
    err.print(f"{handed['user']} {what}")
    out.print(table)


def _row(known: Known) -> dict[str, str]:
    """A user, and what this release would give one of that name."""
    kind, _, rest = access.zone_of(known.name)[1].partition("-")
    try:
        should = _should(known.name)
        if kind == "operator":
            return _row_of_operator(known, rest)
    except Answered as problem:
        return {"user": known.name, "rights": "of another release", "remedy": str(problem)}
    if should is None:
        if known.name == files.ADMINISTRATOR.name:
            return {"user": known.name, "rights": "everything", "remedy": ""}
        if kind == "system":
            return _row_of_system(known, rest)
        return {
            "user": known.name,
            "rights": "not made here",
            "remedy": "see whether it is needed",
        }
    if should.rights == known.rights:
        return {"user": known.name, "rights": "as of this release", "remedy": ""}
    again = f"{kind} {rest}".strip()
    return {"user": known.name, "rights": "others", "remedy": f"tenglong grant {again}"}


def _row_of_system(known: Known, name: str) -> dict[str, str]:
    """An internal system: is it held off our exchanges? Releases before let some declare them."""
    if not access.declares(known.rights):
        return {"user": known.name, "rights": "as granted", "remedy": ""}
    calls = "".join(f" --calls {each}" for each in _called_only_by(known.rights, Rights()))
    hears = "".join(f" --hears {each}" for each in _heard(known.rights))
    remedy = f"tenglong grant system {name}{calls}{hears}"
    return {"user": known.name, "rights": "others", "remedy": remedy}


def _row_of_operator(known: Known, name: str) -> dict[str, str]:
    """An operator: has it what this release gives each of them, whatever else it was granted?"""
    zone, _ = access.zone_of(known.name)
    least = access.in_zone(access.operator(name, [], contracts_of_all()), zone).rights
    called = known.rights.keys.get(RPC_EXCHANGE, Keys()).write
    keys = {**least.keys, RPC_EXCHANGE: replace(least.keys[RPC_EXCHANGE], write=called)}
    is_alike = known.rights == replace(least, keys=keys)
    if is_alike and not _called_only_by(least, known.rights):
        return {"user": known.name, "rights": "as granted", "remedy": ""}
    more = "".join(f" --calls {each}" for each in _called_only_by(known.rights, least))
    remedy = f"tenglong grant operator {name}{more}"
    return {"user": known.name, "rights": "others", "remedy": remedy}


def _should(name: str) -> User | None:
    """What this release would give a user whose rights follow from its name."""
    zone, plain = access.zone_of(name)
    kind, _, rest = plain.partition("-")
    makes: dict[str, Callable[[], User]] = {
        "township": lambda: access.township(rest, _today()),
        "service": lambda: access.service(rest, wiring.read()),
        access.INSTALLER: access.installer,
        access.heartbeat().name: access.heartbeat,
        "alarms": lambda: access.alarms(contracts_of_all()),
    }
    return access.in_zone(makes[kind](), zone) if kind in makes else None


def _where(name: str, management: str) -> tuple[Broker | None, tuple[User, str] | None]:
    """The broker that knows this user, and what `_in_redis` says of it; ends the command where neither broker
    nor Redis knows it."""
    kept = _in_redis(name)
    is_alone = kept is not None and kept[0].rights == Rights()
    broker = None if is_alone else broker_at(management)
    known = broker.known() if broker else {}
    if name in known:
        return broker, kept
    if kept and stores.has(kept[1], name):
        return None, kept
    there_are = f"; there are {', '.join(sorted(known))}" if known else ""
    err.print(f"There is no user {name} here{there_are}.")
    raise typer.Exit(1)


def _in_redis(name: str) -> tuple[User, str] | None:
    """The user of this name as Redis knows it, and the URL of its store: of several zones that share a Redis
    the database that the user is held to. None if it has nothing to do there; ends the command where it has
    and no Redis is named."""
    url = settings.from_environment().redis_url
    zone, plain = access.zone_of(name)
    kind, _, rest = plain.partition("-")
    makes: dict[str, Callable[[], User]] = {
        "operator": lambda: access.operator(rest, [], contracts_of_all()),
        "service": lambda: access.service(rest, wiring.read(), has_replicas=is_named(url)),
        "administrator": access.administrator,
        **{each().name: each for each in access.IN_REDIS_ALONE},
    }
    if kind not in makes:
        return None
    if url.startswith("memory:"):
        err.print(
            f"Redis knows {name}, too: set REDIS_URL to its administrator's. Nothing was changed."
        )
        raise typer.Exit(1)
    if kind == files.ADMINISTRATOR.name and not stores.has(url, name):
        err.print(
            "Redis does not know administrator, and is left as it is."
        )  # it is kept by others
        return None
    url = stores.at_its_database(url, name)
    return access.in_zone(makes[kind](), zone, _database(url)), url


def _database(url: str) -> int:
    """The number at the end of a URL of Redis; 0 without one."""
    number = urlsplit(url).path.rpartition("/")[2]
    return int(number) if number.isdecimal() else 0


def _uri(name: str, password: str) -> str:
    return _with_login(broker_uri(), name, password)


def _with_login(url: str, name: str, password: str) -> str:
    where = urlsplit(url)
    host = where.netloc.rpartition("@")[2]
    return urlunsplit(where._replace(netloc=f"{quote(name)}:{password}@{host}"))


def _today() -> Any:
    return day_of(datetime.now(UTC).astimezone(PARK_TIME))
