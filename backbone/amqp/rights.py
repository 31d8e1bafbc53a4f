"""What each kind of user may at the broker: the least that its work takes, from the services' own wiring.

RabbitMQ holds patterns, which are regular expressions, against names: `configure` to declare and delete
exchanges and queues, `write` to publish to exchanges and bind queues, `read` to consume queues and bind
them to exchanges. At a topic exchange it holds `keys` against routing keys, too, and a topic exchange of
which a user has none is open to every key: so whoever may write to one or read from it has keys there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from enum import StrEnum

from ..records import record
from .management import Link
from .topology import (
    DELAYS,
    DELIVERY,
    FIRST_DELAY,
    RPC_EXCHANGE,
    Binding,
    Feed,
    exchanges,
    hearers_exchange,
)

NOTHING = "^$"
ANY = ".*"
DEFAULT_EXCHANGE = "amq.default"  # as permissions name it: by it a message gets into any queue
REPLIES = r"rpc\.reply-.*"  # queues for answers; exclusive, so one caller never reads another's
TO_ALL_HEARERS = r"^[#*]$"  # by which an entrance leads to the exchange behind it
REPLY_KEY = r"^(rpc\.reply-[^*#]+|[^.*#]+)$"  # under which such a queue is bound, and no call


class Act(StrEnum):
    """What can be tried at a broker."""

    PUBLISH = "publish"  # to an exchange, under a key
    BIND = "bind"  # a queue or an exchange to an exchange, under a key
    CONSUME = "consume"  # a queue
    CONFIGURE = "configure"  # declare or delete
    # with what one declares for it oneself
    LISTEN = "listen"  # bind an exchange to another
    LEAD = "lead"  # bind another exchange to one's own
    ALTERNATE = "alternate"  # name another as the alternate one of one's own
    DEAD_LETTER = "dead letter"  # have a queue send dead letters on to another


@record
class Attempt:
    """One thing that somebody tries: `name` is an exchange or a queue, `to` what is bound to it, or where it
    leads. The default exchange has no name."""

    act: Act
    name: str
    key: str = ""
    to: str = ""


@record
class Keys:
    """Which routing keys may be published to a topic exchange, and which bound at it."""

    write: str = NOTHING
    read: str = NOTHING


EVERY_KEY = Keys(write=ANY, read=ANY)


@record
class Rights:
    """The patterns of one user. `tags` are RabbitMQ's: without one its management API serves nobody."""

    configure: str = NOTHING
    write: str = NOTHING
    read: str = NOTHING
    keys: Mapping[str, Keys] = field(default_factory=dict)
    tags: tuple[str, ...] = ()

    def may(self, attempt: Attempt) -> bool:
        """Whether the broker lets a user with these rights do it."""
        name = attempt.name or DEFAULT_EXCHANGE
        keys = self.keys.get(name, EVERY_KEY)
        match attempt.act:
            case Act.PUBLISH:
                return _fits(self.write, name) and _fits(keys.write, attempt.key)
            case Act.BIND:
                bound = _fits(self.write, attempt.to) and _fits(self.read, name)
                return bound and _fits(keys.read, attempt.key)
            case Act.CONSUME:
                return _fits(self.read, name)
            case Act.CONFIGURE:
                return _fits(self.configure, name)
            case Act.LISTEN:
                return _fits(self.configure, attempt.to) and self.may(
                    replace(attempt, act=Act.BIND)
                )
            case Act.LEAD | Act.ALTERNATE | Act.DEAD_LETTER:  # under any key
                own = _fits(self.configure, name) and _fits(self.read, name)
                return own and _fits(self.write, attempt.to or DEFAULT_EXCHANGE)


def _fits(pattern: str, text: str) -> bool:
    return re.search(pattern, text) is not None


def of_publisher(feed: Feed, publisher: str) -> Rights:
    """Somebody outside who reports: events under its own name, and the receipts for it, in queues that
    begin with `receipts-<publisher>`."""
    own, queues = re.escape(publisher), _receipts(publisher)
    return Rights(
        configure=_names(queues),
        write=_names(re.escape(feed.exchange), queues),
        read=_names(re.escape(feed.receipts), queues),
        keys={
            feed.exchange: Keys(write=rf"^{own}\."),
            feed.receipts: Keys(read=rf"^{own}(\.#)?$"),
        },
    )


def receipts_queue(publisher: str) -> str:
    """The queue that keeps the receipts for a publisher while it is away."""
    return f"receipts-{publisher}"


def receipts_links(feed: Feed, publisher: str) -> tuple[Link, Link]:
    """The two bindings by which that queue gets them, of keys that both match: were one lost, the other
    brings each receipt all the same, and once."""
    queue = receipts_queue(publisher)
    return Link(feed.receipts, queue, publisher), Link(feed.receipts, queue, f"{publisher}.#")


def _receipts(publisher: str) -> str:
    return rf"{re.escape(receipts_queue(publisher))}([-.].*)?"


def of_service(
    name: str,
    services: Iterable[str],
    feeds: Iterable[Feed],
    heard: Iterable[Binding],
    announced: Iterable[str],
    calls: Iterable[str],
) -> Rights:
    """A service: it announces facts of the types `announced`, hears the types that it is wired to hear,
    answers calls of its own methods and makes `calls` (`parcels.get_parcel`). It may bind again what was
    lost, and publish to nothing behind its own entrance. Whoever keeps a feed may send on what nobody
    heard."""
    services, feeds = list(services), list(feeds)
    mine = [each for each in heard if each.service == name]
    kept = [feed for feed in feeds if feed.keeper == name]
    answers = [feed for feed in feeds if feed in kept or feed.name in {e.source for e in mine}]
    sources = sorted({each.source for each in mine} & set(services))
    own_queues = rf"{re.escape(name)}\.[a-z]+\.v[0-9]+"
    record_of_store = rf"{re.escape(name)}\.store(\..*)?"
    keys = {
        f"{name}.events": Keys(write=_names(*map(re.escape, announced)), read=TO_ALL_HEARERS),
        hearers_exchange(name): Keys(),
        RPC_EXCHANGE: Keys(write=_calls_or_answers(services, calls), read=_rpc_keys(name)),
        FIRST_DELAY: Keys(write=rf"^[01.]+\.{own_queues}$"),
        DELIVERY: Keys(write=f"^{own_queues}$", read=rf"^#\.{own_queues}$"),
        **{hearers_exchange(each): Keys(read=_types(mine, each, r"(\.#)?")) for each in sources},
    }
    for feed in answers:
        keys[feed.receipts] = Keys(write=ANY)
        keys[feed.intake] = Keys(read=_types(mine, feed.name, before=r"\*\."))
    for feed in kept:
        keys[feed.exchange] = Keys(write=ANY, read=r"^(\*\.)?#$")
    written = [f"{name}.events", hearers_exchange(name), RPC_EXCHANGE, FIRST_DELAY, DELIVERY]
    written += [feed.receipts for feed in answers]
    written += [each for feed in kept for each in (feed.exchange, feed.intake)]
    read = [f"{name}.events", RPC_EXCHANGE, DELIVERY, *map(hearers_exchange, sources)]
    read += [feed.intake for feed in answers]
    read += [each for feed in kept for each in (feed.exchange, feed.strays)]
    queues = (own_queues, f"rpc-{re.escape(name)}", REPLIES, record_of_store)
    return Rights(
        configure=_names(REPLIES, record_of_store),
        write=_names(*map(re.escape, written), *queues),
        read=_names(*map(re.escape, read), *queues),
        keys=keys,
        tags=("management",),  # which tells it of its lost bindings
    )


def of_caller(name: str, calls: Iterable[str], hears: Iterable[str] = ()) -> Rights:
    """An internal system or an operator: it calls what fits one of the patterns `calls`, and hears facts
    that fit one of `hears` (`parcels\\.land_released`) in queues that begin with its name.

    It declares none of the exchanges that it uses. RabbitMQ knows one right to declare and to delete: who
    has it puts another exchange in the place of ours, which holds nobody to keys.
    """
    queues = [REPLIES]
    facts: dict[str, list[str]] = {}
    for each in hears:
        source, _, type_ = each.partition(r"\.")
        facts.setdefault(f"{source}.events", []).append(type_)
    if facts:
        own = re.escape(name)
        queues += [rf"{own}\..*", rf"evt-[a-z]+-[a-z_]+--{own}\..*"]
    used = [re.escape(each) for each in (RPC_EXCHANGE, *facts)]
    return Rights(
        configure=_names(*queues),
        write=_names(re.escape(RPC_EXCHANGE), *queues),
        read=_names(*used, *queues),
        keys={
            RPC_EXCHANGE: Keys(write=_names(*calls), read=REPLY_KEY),
            **{exchange: Keys(read=_names(*types)) for exchange, types in facts.items()},
        },
    )


def with_tags(rights: Rights, *tags: str) -> Rights:
    """The same with these tags."""
    return replace(rights, tags=tags)


def of_installer(services: Iterable[str], feeds: Iterable[Feed]) -> Rights:
    """Whoever declares all exchanges, queues and bindings. It publishes nothing."""
    services, feeds = list(services), list(feeds)
    ours = [rf"{re.escape(each)}\..*" for each in (*services, *(feed.name for feed in feeds))]
    broker_wide = ("rpc-.*", re.escape(RPC_EXCHANGE), r"tenglong_.*", "receipts-.*")
    everything = _names(
        *ours, *broker_wide, re.escape(DEFAULT_EXCHANGE)
    )  # to which dead letters go
    keyed = [*exchanges(services, feeds), DELIVERY, *DELAYS]
    return Rights(
        configure=everything,
        write=everything,
        read=everything,
        keys={each: Keys(read=ANY) for each in keyed},
        tags=("management",),
    )


def _names(*patterns: str) -> str:
    """A pattern that fits a whole name, or none without patterns."""
    return f"^({'|'.join(patterns)})$" if patterns else NOTHING


def _types(mine: list[Binding], source: str, after: str = "", before: str = "") -> str:
    """The keys under which a service binds its queues to what it hears of a source."""
    types = sorted({re.escape(each.type) for each in mine if each.source == source})
    return f"^{before}({'|'.join(types)}){after}$" if types else NOTHING


def _rpc_keys(service: str) -> str:
    """The keys that a service binds at the exchange of calls: its own methods, and its replies."""
    return rf"^({re.escape(service)}\.\*|rpc\.reply-[^*#]+|[^.*#]+)$"


def _calls_or_answers(services: list[str], calls: Iterable[str]) -> str:
    """The keys that a service publishes there: calls that it makes, and whatever is no call, which
    are answers."""
    made = "|".join(re.escape(each) for each in calls)
    anybody = "|".join(map(re.escape, services))
    answer = rf"^(?!({anybody})\.)"
    return f"{answer}|^({made})$" if made else answer
