"""The exchanges and queues of a set of services: declared at start, and by `tenglong topology`.

    township.events ──#──> township.intake ──*.<type>──> parcels.inbox.v1 … ─ too much ─> parcels.overflow.v1
     (topic, plain)         (topic) └─ nobody hears it ─> township.strays ─> <keeper>.strays.v1
    <service>.events ──#──> <service>.hearers ──<fact>, <fact>.#──> <service>.inbox.v1, <service>.<lane>.v1
    any queue ── too many deliveries ──> <service>.dead.v1
    tenglong_celery_delayed_… : kombu's delay levels, which lead back to a queue by its name

What is published goes in by one exchange and on by another, to which the queues are bound. The first is
declared last: what is published while a deleted exchange is made again reaches all who hear it, or
nobody, of which the publisher is told. There are two bindings for each fact, of keys that both match it,
so that none is lost when the broker loses one of them.

All work queues are quorum queues, durable, bounded, and dead-letter at least once. Calls use
classic queues, which are quicker and are away with their node; of several nodes, quorum queues. A
change of a queue's arguments needs a new version in its name, because a broker refuses to declare a
queue anew with others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

import kombu
from amqp.exceptions import AccessRefused, NotFound, PreconditionFailed
from kombu.transport import native_delayed_delivery as delays

from .management import Link

VERSION = "v1"
STRAYS = "strays"  # the lane of what nobody hears
OVERFLOW = "overflow"  # the lane beside it, for what one publisher sends beyond its share
INBOX = "inbox"  # the lane of whatever has no lane of its own; the one that keeps order
DELAY_PREFIX = "tenglong"
DELIVERY_LIMIT = 20
MOST_MESSAGES = 1_000_000
DELAYS = tuple(delays.level_name(each, DELAY_PREFIX) for each in range(delays.MAX_LEVEL + 1))
FIRST_DELAY = DELAYS[-1]  # the exchange at which all delays begin
DELIVERY = f"{DELAY_PREFIX}_{delays.CELERY_DELAYED_DELIVERY_EXCHANGE}"  # at which they end
RPC_EXCHANGE = "nameko-rpc"
DEADLINE = "x-deadline"  # header of a call: the Unix time after which nobody waits for the answer
CALL_WAITS_MS = 300_000  # a call that lay longer before a service that was down has no caller left


@dataclass(frozen=True)
class Feed:
    """Events from outside that are answered with receipts.

    Publishers send to the exchange `<name>.events` with routing key `<publisher>.<type>` and source
    `<source><publisher>`. `knows(publisher, day)` says whether there is such a publisher. The
    service `keeper` answers for events of a type that no service hears.
    """

    name: str
    source: str
    keeper: str
    knows: Callable[[str, date], bool]

    @property
    def exchange(self) -> str:
        return f"{self.name}.events"

    @property
    def intake(self) -> str:
        return f"{self.name}.intake"

    @property
    def strays(self) -> str:
        return f"{self.name}.strays"

    @property
    def receipts(self) -> str:
        return f"{self.name}.receipts"


@dataclass(frozen=True)
class Binding:
    """That a service hears `type` from `source` (a feed or a service) in one of its lanes."""

    service: str
    source: str
    type: str
    lane: str


def hearers_exchange(service: str) -> str:
    """The exchange behind the facts of a service, to which the queues of all who hear them are bound."""
    return f"{service}.hearers"


def queue_name(service: str, lane: str) -> str:
    return f"{service}.{lane}.{VERSION}"


def is_ours(queue: str) -> bool:
    """Whether a queue of this name is one that is declared here, for any service."""
    return queue.endswith(f".{VERSION}") or queue.startswith(("rpc-", f"{DELAY_PREFIX}_"))


def delayed(queue: str, delay_s: int) -> tuple[str, str]:
    """Exchange and routing key that bring a message to `queue` after `delay_s` whole seconds."""
    return FIRST_DELAY, delays.calculate_routing_key(max(1, delay_s), queue)


def declare(
    opened: kombu.Connection,
    services: Iterable[str],
    feeds: Iterable[Feed],
    heard: Iterable[Binding],
    *,
    replicated: bool = False,
) -> list[str]:
    """Declare everything; harmless when it is there already. Answers the queues' names. `replicated` is
    for a broker of several nodes: calls get through while one is away."""
    services, feeds, heard = list(services), list(feeds), list(heard)
    with opened.channel() as channel:
        delays.declare_native_delayed_delivery_exchanges_and_queues(opened, "quorum", DELAY_PREFIX)
        for feed in feeds:
            _declare_feed(channel, feed)
        for service in services:
            _topic(hearers_exchange(service), channel).declare()
            _declare_rpc(opened, channel, service, replicated=replicated)
            kombu.Queue(
                queue_name(service, "dead"), queue_arguments=_bounded(), channel=channel
            ).declare()
        names = [_declare_queue(channel, s, lane) for s, lane in _lanes(services, feeds, heard)]
        _bind_queues(channel, services, feeds, heard)
        for entrance in entrances(services, feeds):
            _topic(entrance, channel).declare()
        _bind_entrances(channel, services, feeds)
    return names


def bind(
    opened: kombu.Connection,
    services: Iterable[str],
    feeds: Iterable[Feed],
    heard: Iterable[Binding],
    of: Iterable[str],
) -> None:
    """Make the bindings that lead to the services `of`, between exchanges and queues that are there. The
    broker asks for no right to configure, but for those to write to the one and to read from the other: a
    service's own user has them. What it would refuse, and write into its log each time, is not tried."""
    queues, exchanges = leading_to(of, services, feeds, heard)
    for _, links in groupby(sorted(queues, key=_destination), _destination):
        with suppress(AccessRefused), opened.channel() as channel:
            for link in links:
                kombu.Queue(link.destination, channel=channel).bind_to(link.source, link.key)
    for link in exchanges:
        with suppress(AccessRefused), opened.channel() as channel:
            _topic(link.destination, channel).bind_to(link.source, routing_key=link.key)


def leading_to(
    of: Iterable[str], services: Iterable[str], feeds: Iterable[Feed], heard: Iterable[Binding]
) -> tuple[list[Link], list[Link]]:
    """The bindings of queues, and those of exchanges, that lead to the services `of`."""
    of, services, feeds = set(of), list(services), list(feeds)
    keepers = {feed.intake: feed.keeper for feed in feeds}

    def lead_there(links: list[Link]) -> list[Link]:
        names = ((link.destination.removeprefix("rpc-").partition(".")[0], link) for link in links)
        return [link for name, link in names if keepers.get(link.destination, name) in of]

    return (
        lead_there(of_queues(services, feeds, list(heard))),
        lead_there(of_entrances(services, feeds)),
    )


_destination = attrgetter("destination")


def _bind_queues(
    channel: object, services: list[str], feeds: list[Feed], heard: list[Binding]
) -> None:
    for link in of_queues(services, feeds, heard):
        kombu.Queue(link.destination, channel=channel).bind_to(link.source, link.key)


def _bind_entrances(channel: object, services: list[str], feeds: list[Feed]) -> None:
    for link in of_entrances(services, feeds):
        _topic(link.destination, channel).bind_to(link.source, routing_key=link.key)


def of_queues(services: list[str], feeds: list[Feed], heard: list[Binding]) -> list[Link]:
    """Every binding of a queue."""
    lanes = [queue_name(*each) for each in _lanes(services, feeds, heard)]
    kept = [feed for feed in feeds if feed.keeper in services]
    return [
        *(Link(DELIVERY, name, f"#.{name}") for name in lanes),
        *(Link(RPC_EXCHANGE, f"rpc-{service}", f"{service}.*") for service in services),
        *(link for hearing in heard for link in _links_of(hearing, feeds)),
        *(Link(feed.strays, queue_name(feed.keeper, STRAYS), "") for feed in kept),
    ]


def of_entrances(services: Iterable[str], feeds: Iterable[Feed]) -> list[Link]:
    """Every binding of an exchange to another, apart from those among the broker's delay levels. Events
    and facts go on by two of them, as facts do from there to each queue."""
    facts = [(f"{service}.events", hearers_exchange(service)) for service in services]
    return [
        *(Link(feed.exchange, feed.intake, key) for feed in feeds for key in ("#", "*.#")),
        *(Link(*each, key) for each in facts for key in ("#", "*")),
    ]


def entrances(services: Iterable[str], feeds: Iterable[Feed]) -> list[str]:
    """The exchanges that events and facts are published to."""
    return [*(feed.exchange for feed in feeds), *(f"{service}.events" for service in services)]


def _links_of(hearing: Binding, feeds: list[Feed]) -> tuple[Link, ...]:
    queue = queue_name(hearing.service, hearing.lane)
    for feed in feeds:
        if feed.name == hearing.source:
            return (Link(feed.intake, queue, f"*.{hearing.type}"),)
    source = hearers_exchange(hearing.source)
    return Link(source, queue, hearing.type), Link(source, queue, f"{hearing.type}.#")


def look_for(
    opened: kombu.Connection,
    services: Iterable[str],
    feeds: Iterable[Feed],
    heard: Iterable[Binding],
) -> list[str]:
    """Raise `NotFound` unless all exchanges and queues are there. Answers the queues' names."""
    services, feeds = list(services), list(feeds)
    queues = [queue_name(service, lane) for service, lane in _lanes(services, feeds, [*heard])]
    of_services = [(queue_name(service, "dead"), f"rpc-{service}") for service in services]
    with opened.channel() as channel:
        for name in (*exchanges(services, feeds), FIRST_DELAY):
            channel.exchange_declare(name, "topic", passive=True)
        for name in (*queues, *(name for names in of_services for name in names)):
            channel.queue_declare(name, passive=True)
    return queues


def exchanges(services: Iterable[str], feeds: Iterable[Feed]) -> list[str]:
    """The names of all exchanges, apart from the broker's delay levels."""
    services, feeds = list(services), list(feeds)
    of_feeds = [(feed.intake, feed.strays, feed.receipts) for feed in feeds]
    behind = map(hearers_exchange, services)
    return [
        *entrances(services, feeds),
        *(name for names in of_feeds for name in names),
        *behind,
        RPC_EXCHANGE,
    ]


def has_exchange(opened: kombu.Connection, name: str) -> bool:
    try:
        with opened.channel() as channel:
            channel.exchange_declare(name, "topic", passive=True)
    except NotFound:
        return False
    return True


def _lanes(services: list[str], feeds: list[Feed], heard: list[Binding]) -> list[tuple[str, str]]:
    lanes = {(hearing.service, hearing.lane) for hearing in heard}
    names = {feed.name for feed in feeds}
    lanes |= {(e.service, OVERFLOW) for e in heard if e.lane == INBOX and e.source in names}
    return sorted(lanes | {(feed.keeper, STRAYS) for feed in feeds if feed.keeper in services})


def _topic(name: str, channel: object, **arguments: object) -> kombu.Exchange:
    return kombu.Exchange(name, type="topic", durable=True, channel=channel, arguments=arguments)


def _declare_feed(channel: object, feed: Feed) -> None:
    strays = kombu.Exchange(feed.strays, type="fanout", durable=True, channel=channel)
    strays.declare()
    _topic(feed.receipts, channel).declare()
    _topic(feed.intake, channel, **{"alternate-exchange": feed.strays}).declare()


def work_queue_arguments(service: str, lane: str) -> dict[str, object]:
    """With which arguments the queue of a lane is declared."""
    dead = {
        "x-delivery-limit": DELIVERY_LIMIT,
        "x-dead-letter-exchange": "",
        "x-dead-letter-routing-key": queue_name(service, "dead"),
        "x-dead-letter-strategy": "at-least-once",
    }
    # in an inbox one process at a time takes messages, and another when it ends: so replicas keep
    # the order, and do not clash
    order = {"x-single-active-consumer": True} if lane in (INBOX, OVERFLOW) else {}
    return {**_bounded(), **dead, **order}


def _declare_queue(channel: object, service: str, lane: str) -> str:
    name = queue_name(service, lane)
    arguments = work_queue_arguments(service, lane)
    kombu.Queue(name, queue_arguments=arguments, channel=channel).declare()
    return name


def _bounded() -> dict[str, object]:
    return {
        "x-queue-type": "quorum",
        "x-max-length": MOST_MESSAGES,
        "x-overflow": "reject-publish",  # at-least-once dead-lettering needs it
    }


def _declare_rpc(
    opened: kombu.Connection, channel: object, service: str, *, replicated: bool
) -> None:
    exchange = kombu.Exchange(RPC_EXCHANGE, type="topic", durable=True, channel=channel)
    exchange.declare()
    wanted, other = ("quorum", "classic") if replicated else ("classic", "quorum")
    try:
        with opened.channel() as own:  # the broker closes the one over which it says no
            _calls(service, wanted)(own).declare()
    except PreconditionFailed:  # it is there as the other: whoever wants this one deletes it
        with opened.channel() as own:
            _calls(service, other)(own).declare()


def _calls(service: str, kind: str) -> kombu.Queue:
    arguments = {"x-queue-type": kind, "x-message-ttl": CALL_WAITS_MS}
    return kombu.Queue(f"rpc-{service}", queue_arguments=arguments)
