"""`tenglong grant`: users with the least rights, and what to hand over, once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote, urlsplit, urlunsplit

import redis
import typer
from rich.table import Column, Table

from backbone import settings
from backbone.amqp.management import url_of
from backbone.amqp.rights import NOTHING, Keys, receipts_queue
from backbone.amqp.topology import RPC_EXCHANGE
from backbone.errors import Answered
from park.time import PARK_TIME, day_of
from services import access, wiring
from services.access import User
from services.installation import HOMES, TOWNSHIPS

from ..console import err, out
from ..reach import broker_uri
from . import encryption, files, stores
from .broker import Broker, Known, NoAdministrator
from .days import days

app = typer.Typer(
    help="Users of broker and stores, each with the least rights: a township's system, an internal system, "
    "an operator, a service. What is printed of a new one is printed once. docs/security.md has all that "
    "each may.",
    no_args_is_help=True,
)
app.command()(days)
RECEIPTS_KEPT = 100_000
FIRST_MAY = ("notify.subscribe", "notify.unsubscribe")  # besides what every operator may
Management = Annotated[
    str,
    typer.Option(
        "--management",
        help="RabbitMQ's management API with an administrator, http://user:password@host:15672; else "
        "MANAGEMENT_URL, or that of AMQP_URI",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="for programs")]


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
        broker = _broker(management)
        queue = receipts_queue(code)
        more = {
            "publish_to": TOWNSHIPS.exchange,
            "routing_key": f"{code}.<type>",
            "receipts": queue,
        }
        broker.bound("receipts", r"^receipts-", **{"max-length": RECEIPTS_KEPT})
        broker.keep(queue, TOWNSHIPS.receipts, code)
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
    stock_nameko: Annotated[
        bool,
        typer.Option(
            "--stock-nameko",
            help="it uses nameko's own client, which declares the exchanges it uses; so it could "
            "delete them, too",
        ),
    ] = False,
    management: Management = "",
    as_json: AsJson = False,
) -> None:
    """Let an internal system in: it calls the methods and hears the facts that are named here."""
    with told():
        user = access.system(name, calls or [], hears or [], _contracts(), may_declare=stock_nameko)
        _put(_broker(management), user, as_json)


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
        user = access.operator(name, calls or [], _contracts())
        _put(_broker(management), user, as_json, store=settings.from_environment().redis_url)


@app.command()
def service(
    name: Annotated[str, typer.Argument(help=f"one of {', '.join(HOMES)}")],
    management: Management = "",
    as_json: AsJson = False,
) -> None:
    """Let a service in, at the broker and at the Redis that REDIS_URL names: it hears, announces and calls
    what it is wired to, and reaches the keys of its own store."""
    with told():
        user = access.service(name, wiring.read())
        _put(_broker(management), user, as_json, store=settings.from_environment().redis_url)


@app.command()
def installer(management: Management = "", as_json: AsJson = False) -> None:
    """Let the installer in, which declares exchanges, queues and bindings (`tenglong topology`)."""
    with told():
        _put(_broker(management), access.installer(), as_json)


@app.command()
def installation(
    folder: Annotated[Path, typer.Argument(help="an empty folder, or one to be made")],
    broker: Annotated[
        str, typer.Option(help="host and port of RabbitMQ; of a cluster each, with commas")
    ] = "rabbitmq:5672",
    store: Annotated[
        str, typer.Option(help="host and port of Redis; or of its Sentinels, host:26379,…/name")
    ] = "redis:6379",
    management: Annotated[str, typer.Option(help="where RabbitMQ is managed")] = "rabbitmq:15672",
    vhost: Annotated[
        str, typer.Option(help="the virtual host; of a zone its name, else /", show_default=False)
    ] = "",
    zone: Annotated[
        str,
        typer.Option(help="of several zones on one broker, which; small letters, such as shangyu"),
    ] = "",
    database: Annotated[
        int, typer.Option(min=0, help="of a Redis that zones share, this zone's; from 1 on")
    ] = 0,
    once: Annotated[
        bool, typer.Option("--once", help="leave a folder alone that has users already")
    ] = False,
    ca: encryption.Ca = None,
    certificate: encryption.Certificate = None,
    key: encryption.Key = None,
    mounted: encryption.Mounted = encryption.MOUNTED,
) -> None:
    """Write the users of a new installation as files, with passwords that nobody has seen: what RabbitMQ
    and Redis start with, and for each service its AMQP_URI_FILE and REDIS_URL_FILE. docs/security.md says
    how they are used. With a zone they are added to a broker that has its administrator already."""
    if database and not zone:
        raise typer.BadParameter("name the zone that the database is of: --zone shangyu")
    over_tls = encryption.given(ca, certificate, key, mounted)
    if once and (folder / files.DEFINITIONS).exists():
        out.print(f"{folder} has its users")
        return
    wired = wiring.read()
    users = [access.installer(), *(access.service(name, wired) for name in HOMES)]
    first = access.operator("first", FIRST_MAY, _contracts())
    users += [access.heartbeat(), first, access.alarms(_contracts())]
    try:
        written = files.write(
            folder, users, broker=broker, store=store, vhost=vhost or zone or "/",
            management=management, zone=zone, database=database, encryption=over_tls,
        )  # fmt: skip
    except Answered as problem:
        raise typer.BadParameter(str(problem)) from None
    except FileExistsError as problem:
        err.print(
            f"{problem}: name another folder. Passwords that are in use are not written over."
        )
        raise typer.Exit(2) from None
    for path in written:
        out.print(str(path))


@app.command("list")
def list_users(management: Management = "", as_json: AsJson = False) -> None:
    """Who is let in, and whether each has the rights that this release gives."""
    with told():
        known = _broker(management).known().values()
    rows = [_row(each) for each in sorted(known, key=lambda each: each.name)]
    if as_json:
        out.print_json(data=rows)
        return
    table = Table(Column("User", no_wrap=True), "Rights", "To do")
    for row in rows:
        table.add_row(row["user"], row["rights"], row["remedy"])
    out.print(table)


@app.command()
def revoke(
    name: Annotated[str, typer.Argument(help="as `tenglong grant list` has it")],
    management: Management = "",
) -> None:
    """Take a user away and end its connections. A township's queue of receipts stays."""
    with told():
        broker = _broker(management)
        _known(broker, name)
        ended = broker.delete(name)
        if _in_redis(name):
            stores.delete(settings.from_environment().redis_url, name)
    out.print(f"{name} is gone; {ended} of its connections were ended")


@app.command()
def rotate(
    name: Annotated[str, typer.Argument(help="as `tenglong grant list` has it")],
    management: Management = "",
    as_json: AsJson = False,
) -> None:
    """Give a user another password. Its open connections stay; the next one needs the new password."""
    with told():
        broker = _broker(management)
        _known(broker, name)
        password = files.new_password()
        uri = _uri(name, password)
        handed = {"user": name, "password": password, "amqp_uri": uri}
        if kept := _in_redis(name):
            user, url = kept
            handed |= _in_store(url, user, password)
        broker.password(name, password)
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
    broker.put(user, password)
    handed: dict[str, Any] = {"user": user.name, **(more or {})}
    if password:
        handed |= {"password": password, "amqp_uri": _uri(user.name, password)}
        if store:
            handed |= _in_store(store, user, password)
        _show(handed, as_json, "is let in; this is shown once")
        return
    if store and user.redis and not stores.has(store, user.name):
        err.print(
            f"Redis does not know {user.name}: `tenglong grant rotate {user.name}` gives it a password "
            "there, too."
        )
    if before and (gone := _gone(before, user)):
        err.print(f"It may call no longer: {', '.join(gone)}. A grant names all that is granted.")
    _show(
        handed, as_json, "was there, and has the rights of this release; its password is as before"
    )


def _gone(before: Known, user: User) -> list[str]:
    """The methods that a user could call and can no longer."""
    old, new = (
        each.rights.keys.get(RPC_EXCHANGE, Keys()).write or NOTHING for each in (before, user)
    )
    called = [f"{each['service']}.{m['name']}" for each in _contracts() for m in each["methods"]]
    return [each for each in called if re.search(old, each) and not re.search(new, each)]


def _in_store(url: str, user: User, password: str) -> dict[str, str]:
    """The service's user at its store, with the URL for it."""
    if url.startswith("memory:"):
        return {}
    if not stores.put(url, user, password):
        err.print(
            "Redis keeps this in memory only, and with its next start is as before: it has no ACL file "
            "(aclfile), or one that it cannot write."
        )
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
    try:
        should = _should(known.name)
    except Answered as problem:
        return {"user": known.name, "rights": "of another release", "remedy": str(problem)}
    if should is None:
        if known.name == files.ADMINISTRATOR.name:
            return {"user": known.name, "rights": "everything", "remedy": ""}
        kind = access.zone_of(known.name)[1].partition("-")[0]
        theirs = kind in ("system", "operator")
        return {
            "user": known.name,
            "rights": "as granted" if theirs else "not made here",
            "remedy": "" if theirs else "see whether it is needed",
        }
    if should.rights == known.rights:
        return {"user": known.name, "rights": "as of this release", "remedy": ""}
    again = access.zone_of(known.name)[1].replace("-", " ", 1)
    return {"user": known.name, "rights": "others", "remedy": f"tenglong grant {again}"}


def _should(name: str) -> User | None:
    """What this release would give a user whose rights follow from its name."""
    zone, plain = access.zone_of(name)
    kind, _, rest = plain.partition("-")
    makes: dict[str, Callable[[], User]] = {
        "township": lambda: access.township(rest, _today()),
        "service": lambda: access.service(rest, wiring.read()),
        access.INSTALLER: access.installer,
        access.heartbeat().name: access.heartbeat,
        "alarms": lambda: access.alarms(_contracts()),
    }
    return access.in_zone(makes[kind](), zone) if kind in makes else None


def _in_redis(name: str) -> tuple[User, str] | None:
    """The user of this name as Redis knows it, and the URL of its store: of several zones that share a Redis
    the database that the user is held to. None if it has nothing to do there."""
    url = settings.from_environment().redis_url
    zone, plain = access.zone_of(name)
    kind, _, rest = plain.partition("-")
    makes: dict[str, Callable[[], User]] = {
        "operator": lambda: access.operator(rest, [], _contracts()),
        "service": lambda: access.service(rest, wiring.read()),
    }
    if url.startswith("memory:") or kind not in makes:
        return None
    url = stores.at_its_database(url, name)
    return access.in_zone(makes[kind](), zone, _database(url)), url


def _database(url: str) -> int:
    """The number at the end of a URL of Redis; 0 without one."""
    number = urlsplit(url).path.rpartition("/")[2]
    return int(number) if number.isdecimal() else 0


def _known(broker: Broker, name: str) -> None:
    known = broker.known()
    if name not in known:
        err.print(f"There is no user {name} here; there are {', '.join(sorted(known))}.")
        raise typer.Exit(1)


def _broker(management: str) -> Broker:
    uri = broker_uri()
    told = management or settings.from_environment().management_url
    return Broker(told or url_of(uri), uri)


def _uri(name: str, password: str) -> str:
    return _with_login(broker_uri(), name, password)


def _with_login(url: str, name: str, password: str) -> str:
    where = urlsplit(url)
    host = where.netloc.rpartition("@")[2]
    return urlunsplit(where._replace(netloc=f"{quote(name)}:{password}@{host}"))


def _today() -> Any:
    return day_of(datetime.now(UTC).astimezone(PARK_TIME))


def _contracts() -> Any:
    from services.contracts import contracts  # late: it imports every service

    return [each.as_json() for each in contracts()]


@contextmanager
def told() -> Iterator[None]:
    """A sentence, and the end, for what was given wrongly (2) or cannot be done (1)."""
    try:
        yield
    except Answered as problem:
        err.print(f"[red]{problem}[/]", highlight=False)
        raise typer.Exit(2) from None
    except (NoAdministrator, redis.RedisError) as problem:
        err.print(str(problem), highlight=False)
        raise typer.Exit(1) from None
