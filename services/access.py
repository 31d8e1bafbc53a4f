"""Who may use the park's broker and stores: the name and the rights of each user.

A township's system, a service, an internal system, an operator, and the installer that declares exchanges
and queues. Which methods and facts an internal system was granted is written as people write it,
`parcels.get_*`; the rights are those of `backbone.amqp.rights`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from backbone.amqp import rights
from backbone.amqp.rights import ANY, Act, Attempt, Keys, Rights
from backbone.amqp.topology import exchanges
from backbone.contracts.read import Json
from backbone.errors import Invalid, Reason
from backbone.records import record
from backbone.rpc.admin import FOR_EVERYBODY, OPERATIONS
from park import townships

from .installation import HOMES, TOWNSHIPS
from .wiring import Wiring

INSTALLER = "installer"
NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
# all commands but those that look at or change the whole server, and the one that tells how it fares
OF_ITS_STORE = ("+@all", "-@dangerous", "-@admin", "+info")
# whether Redis writes each commit before it answers stands among its settings alone; where it has replicas,
# so does their password, with which one reads every store
SEES_SETTINGS = "+config|get"
WHO_LOOKS = ("resetchannels", "resetkeys", "-@all", "+ping", "+info", SEES_SETTINGS, "+select")
# an operator also asks whether Redis reads every commit back at its start, which hangs on one user's rights
WHO_OPERATES = (*WHO_LOOKS, "+acl|dryrun")
# settings hold the password of the replicas, and no metric needs them
WHO_WATCHES = ("resetchannels", "resetkeys", "-@all", "+ping", "+info")
WHO_WATCHES_SENTINELS = (
    *WHO_WATCHES,
    *(f"+sentinel|{each}" for each in ("masters", "sentinels", "slaves", "ckquorum")),
)
WHO_COPIES = (
    *("-@all", "+get", "+scan", "+dump", "+pexpiretime", "+xrange", "+time", "+multi", "+exec"),
    *("+select", "+subscribe", "+ping", "+client|id", "+client|tracking", "+client|trackinginfo"),
)
# what a Redis that follows another sends it, and what Sentinels say to each Redis and, over it, to each other
WHO_FOLLOWS = ("-@all", "+psync", "+replconf", "+ping")
WHO_NAMES_THE_MASTER = (
    *(
        "resetchannels",
        "&__sentinel__:hello",
        "-@all",
        "+multi",
        "+exec",
        "+slaveof",
        "+ping",
        "+info",
    ),
    *("+subscribe", "+publish", "+role", "+config|rewrite", "+script|kill"),
    *("+client|setname", "+client|kill"),
)
# of a Redis that zones share, what leads into another database
OUT_OF_ITS_DATABASE = ("-select", "-move", "-copy")
# as `amq.default` permissions name the way into any queue; as `rpc.reply-…` begin everybody's answers
NO_SYSTEM = ("amq", "rpc")
METHOD, FACT = "[a-z_]*", "[a-z_.]*"  # what a star stands for
# what is meant for operators is granted by its name, and never by a star
GUARD = f"(?!({'|'.join(sorted(OPERATIONS.keys() - {FOR_EVERYBODY}))})$)"


@record
class User:
    """Somebody whom the broker knows, Redis, or both. `redis` is what it may there, in the words of
    Redis's ACL; nothing of somebody who has nothing to do there."""

    name: str
    rights: Rights = Rights()
    redis: tuple[str, ...] = ()


def township(code: str, on: date) -> User:
    """The system of a township. Raises `Invalid` for a code that no township has on that day."""
    if townships.find(code, on) is None:
        sentence = (
            f"No township has the code {code} on {on}. Give one of 9 digits, as in 330604006."
        )
        raise Invalid([Reason("UNKNOWN_TOWNSHIP", sentence, "code")])
    return User(name=f"township-{code}", rights=rights.of_publisher(TOWNSHIPS, code))


def service(name: str, wired: Wiring, *, has_replicas: bool = False) -> User:
    """One of the services, held to what it is wired to hear, announce and call. Of a Redis that
    `has_replicas` it sees no settings."""
    if name not in HOMES:
        sentence = f"There is no service {name}; there are {', '.join(HOMES)}."
        raise Invalid([Reason("UNKNOWN_SERVICE", sentence, "name")])
    announced, called = wired.announced[name], wired.called[name]
    allowed = rights.of_service(name, HOMES, (TOWNSHIPS,), wired.heard, announced, called)
    seen = () if has_replicas else (SEES_SETTINGS,)
    mine = ("resetchannels", f"~{{{name}}}:*", *OF_ITS_STORE, *seen)
    return User(name=f"service-{name}", rights=allowed, redis=mine)


def system(
    name: str, calls: Iterable[str], hears: Iterable[str], contracts: Sequence[Json]
) -> User:
    """An internal system: `calls` are methods, `hears` facts, each as `parcels.get_*`. Raises `Invalid`
    for what fits no method or no fact, for a system without either, and for a name that is somebody else's
    at the broker."""
    calls, hears = list(calls), list(hears)
    if name in (*HOMES, TOWNSHIPS.name, *NO_SYSTEM) or name.startswith(rights.receipts_queue("")):
        sentence = (
            f"What begins with {name} at the broker is not a system's own; give another name."
        )
        raise Invalid([Reason("BAD_NAME", sentence, "name")])
    if not calls and not hears:
        raise Invalid([Reason("NOTHING_GRANTED", "Say what it calls or hears.", "calls")])
    granted = rights.of_caller(
        _named(name),
        _patterns(calls, _methods(contracts), "calls", METHOD),
        _patterns(hears, _facts(contracts), "hears", FACT),
    )
    return User(name=f"system-{name}", rights=granted)


def operator(name: str, calls: Iterable[str], contracts: Sequence[Json]) -> User:
    """Somebody who keeps the platform up: what every service answers to operators, everything that is
    read, and `calls` besides. It sees the broker's queues and connections."""
    reads = (method for method, writes in _methods(contracts).items() if not writes)
    more = _patterns(list(calls), _methods(contracts), "calls", METHOD)
    granted = rights.of_caller(_named(name), [*map(re.escape, reads), *more])
    may = rights.with_tags(granted, "monitoring")
    return User(name=f"operator-{name}", rights=may, redis=WHO_OPERATES)


def heartbeat() -> User:
    """The platform's own heartbeat, which is sent as a township reports, and is nothing else."""
    name = townships.HEARTBEAT
    may = rights.of_publisher(TOWNSHIPS, name)
    keys = dict(may.keys) | {TOWNSHIPS.exchange: Keys(write=rf"^{name}\.{name}$")}
    return User(name=name, rights=replace(may, keys=keys))


def alarms(contracts: Sequence[Json]) -> User:
    """Whoever takes Alertmanager's alarms to notify."""
    calls = [f"notify.{name}" for name in ("raise_alarm", "end_alarm", "tell_mostly_refused")]
    return replace(system("alarms", calls, [], contracts), name="alarms")


def watcher() -> User:
    """Whoever asks Redis how it fares, for metrics. The broker does not know it."""
    return User(name="watcher", redis=WHO_WATCHES)


def watcher_of_sentinels() -> User:
    """The same, as the Sentinels know it, which have users of their own."""
    return User(name=watcher().name, redis=WHO_WATCHES_SENTINELS)


def copier() -> User:
    """Whoever copies the stores, and changes nothing in them. The broker does not know it."""
    keys = (f"%R~{{{name}}}:*" for name in HOMES)
    return User(name="backup", redis=("resetchannels", "&__redis__:invalidate", *keys, *WHO_COPIES))


def replica() -> User:
    """A Redis that follows another. The broker does not know it."""
    return User(name="replica", redis=WHO_FOLLOWS)


def sentinel() -> User:
    """The Sentinels, as each Redis knows them. The broker does not know them."""
    return User(name="sentinel", redis=WHO_NAMES_THE_MASTER)


IN_REDIS_ALONE = (watcher, copier, replica, sentinel)


def installer() -> User:
    """Whoever declares exchanges, queues and bindings, before the services start."""
    return User(name=INSTALLER, rights=rights.of_installer(HOMES, (TOWNSHIPS,)))


def administrator() -> User:
    """Whoever lets the others in, at broker and stores."""
    everything = Rights(configure=ANY, write=ANY, read=ANY, tags=("administrator",))
    return User(name="administrator", rights=everything, redis=("allchannels", "~*", "+@all"))


def declares(granted: Rights) -> list[str]:
    """The exchanges of ours that somebody with these rights could delete, and put others in their place."""
    return [
        each
        for each in exchanges(HOMES, (TOWNSHIPS,))
        if granted.may(Attempt(act=Act.CONFIGURE, name=each))
    ]


def in_zone(user: User, zone: str, database: int = 0) -> User:
    """The same user, of one of several zones on a broker: under the zone's name, since the broker knows each
    name once, and without a look at other virtual hosts. With a `database` of a Redis that zones share it
    reaches that one alone. Nobody's is 0, where every connection begins. Without a zone it is the user as it
    was. Raises `Invalid` for what is no name of a zone."""
    if not zone:
        return user
    tags = tuple("management" if each == "monitoring" else each for each in user.rights.tags)
    fence = (*OUT_OF_ITS_DATABASE, f"+select|{database}") if user.redis and database else ()
    return User(
        name=f"{_named(zone, 'zone')}.{user.name}",
        rights=rights.with_tags(user.rights, *tags),
        redis=(*user.redis, *fence),
    )


def zone_of(name: str) -> tuple[str, str]:
    """The zone that a user's name says, or none, and what the user is called there."""
    zone, _, plain = name.rpartition(".")
    return zone, plain


def _named(name: str, field: str = "name") -> str:
    if not NAME.fullmatch(name):
        sentence = "Give small letters, digits and hyphens, at most 40, a letter first: gis."
        raise Invalid([Reason("BAD_NAME", sentence, field)])
    return name


def _methods(contracts: Sequence[Json]) -> dict[str, bool]:
    """Every method, and whether it writes."""
    return {
        f"{each['service']}.{method['name']}": method["writes"]
        for each in contracts
        for method in each["methods"]
    }


def _facts(contracts: Sequence[Json]) -> dict[str, bool]:
    return {fact["type"]: False for each in contracts for fact in each["announces"]}


def _patterns(given: list[str], known: dict[str, bool], field: str, star: str) -> list[str]:
    """What was given, as regular expressions over routing keys; `star` is what one stands for."""
    found = [(each, _pattern(each, star)) for each in given]
    lost = [each for each, one in found if not any(re.fullmatch(one, name) for name in known)]
    if lost:
        near = difflib.get_close_matches(lost[0], known, 1)
        mean = f" Did you mean {near[0]}?" if near else " Write it as parcels.get_* or parcels.*."
        raise Invalid([Reason("FITS_NOTHING", f"{lost[0]} fits none there is.{mean}", field)])
    return [one for _, one in found]


def _pattern(given: str, star: str) -> str:
    service, _, name = given.partition(".")
    source = "[a-z]+" if service == "*" else re.escape(service)
    guard = GUARD if star == METHOD and "*" in name else ""
    if name == "*" and star == FACT:
        return rf"{source}\.({star}|#|\*)"  # one binding for all of them
    return rf"{source}\.{guard}{re.escape(name).replace(re.escape('*'), star)}"
