"""What each user may at broker and stores, as tables: the page docs/contracts/permissions.md, and what a
test tries cell by cell on a real broker."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from backbone.amqp.rights import Act, Attempt, receipts_queue
from backbone.amqp.topology import DELIVERY, FIRST_DELAY, RPC_EXCHANGE, delayed, hearers_exchange
from backbone.contracts.pages import WRITTEN, table
from backbone.contracts.read import Json
from backbone.records import record

from . import access, access_stores, callers
from .access import User
from .installation import HOMES, TOWNSHIPS
from .wiring import Wiring

TOWN, OTHER = "330604006", "330604007"
DAY = date(2026, 1, 1)
CALLS, HEARS = ("parcels.get_*",), ("parcels.land_released",)
KEY = "0d9f7c52-8f43-4a7e-9d39-000000000000"  # under which somebody has answers
MINE = "one's own"  # in place of a name under which a user may declare
OWN = ("rpc.reply-own", f"{receipts_queue(TOWN)}-own", f"{receipts_queue('heartbeat')}-own")
PARKED, REFUSED = "parked", "refused"  # what the services do with what the broker lets


@record
class Row:
    """One thing that may be tried, and what it would mean. What the broker lets, and services do not take for
    what it claims to be, is `held` by them: `parked` or `refused`."""

    meaning: str
    attempt: Attempt
    held: str = ""

    def by(self, user: User) -> Attempt:
        """As this user would try it, with what is his own."""
        mine = own(user)
        named = mine if self.attempt.name == MINE else self.attempt.name
        return replace(
            self.attempt, name=named, to=mine if self.attempt.to == MINE else self.attempt.to
        )

    def cell(self, user: User) -> str:
        """What the table says of it."""
        return (self.held or "yes") if user.rights.may(self.by(user)) else ""


def own(user: User) -> str:
    """A name under which a user may declare an exchange or a queue."""
    may = (each for each in OWN if user.rights.may(Attempt(act=Act.CONFIGURE, name=each)))
    return next(may, OWN[0])


def users(wired: Wiring, contracts: Sequence[Json]) -> list[User]:
    """One user of each kind, and every service."""
    return [
        access.township(TOWN, DAY),
        *(access.service(name, wired) for name in HOMES),
        access.system("gis", CALLS, HEARS, contracts),
        access.operator("wang", (), contracts),
        access.heartbeat(),
        access.alarms(contracts),
        access.installer(),
        access.administrator(),
    ]


def rows() -> list[Row]:
    """Everything that is tried."""
    return [*_reports(), *_facts(), *_queues(), *_calls(), *_declarations(), *_round_about()]


def _publish(meaning: str, exchange: str, key: str) -> Row:
    return Row(meaning=meaning, attempt=Attempt(act=Act.PUBLISH, name=exchange, key=key))


def _bind(meaning: str, queue: str, exchange: str, key: str) -> Row:
    attempt = Attempt(act=Act.BIND, name=exchange, key=key, to=queue)
    return Row(meaning=meaning, attempt=attempt)


def _consume(meaning: str, queue: str) -> Row:
    return Row(meaning=meaning, attempt=Attempt(act=Act.CONSUME, name=queue))


def _configure(meaning: str, name: str) -> Row:
    return Row(meaning=meaning, attempt=Attempt(act=Act.CONFIGURE, name=name))


def _reports() -> Iterable[Row]:
    feed, mine, theirs = TOWNSHIPS, receipts_queue(TOWN), receipts_queue(OTHER)
    report = "parcel.registered"
    yield _publish(f"report as {TOWN}", feed.exchange, f"{TOWN}.{report}")
    yield _publish(f"report as {OTHER}", feed.exchange, f"{OTHER}.{report}")
    yield _publish("report under a code that only begins so", feed.exchange, f"{TOWN}9.{report}")
    yield _publish("send a heartbeat", feed.exchange, "heartbeat.heartbeat")
    yield _publish("report under the heartbeat's name", feed.exchange, f"heartbeat.{report}")
    yield _publish("report behind the entrance", feed.intake, f"{TOWN}.{report}")
    yield _publish(f"give {TOWN} a receipt", feed.receipts, TOWN)
    yield _bind(f"have the receipts for {TOWN}", mine, feed.receipts, TOWN)
    yield _bind(f"have the receipts for {OTHER}", mine, feed.receipts, OTHER)
    yield _bind(
        f"have the receipts for {TOWN} by a second binding", mine, feed.receipts, f"{TOWN}.#"
    )
    yield _bind(
        f"have the receipts for {OTHER} by a second binding", mine, feed.receipts, f"{OTHER}.#"
    )
    yield _bind("have everybody's receipts", mine, feed.receipts, "#")
    yield _bind("have everybody's reports", mine, feed.exchange, "#")
    yield _consume(f"read the queue of receipts of {TOWN}", mine)
    yield _consume(f"read the queue of receipts of {OTHER}", theirs)


def _facts() -> Iterable[Row]:
    for name, fact in (
        ("parcels", "land_released"),
        ("enterprises", "grade_final"),
        ("projects", "listing_awarded"),
        ("notify", "alert_raised"),
    ):
        yield _publish(f"announce {name}.{fact}", f"{name}.events", fact)
        yield _publish(f"announce {name}.{fact} behind the entrance", hearers_exchange(name), fact)
        yield _publish(f"announce what is not on the card of {name}", f"{name}.events", "else")
    yield _bind("hear parcels.land_released", "gis.land", "parcels.events", "land_released")
    yield _bind("hear parcels.parcel_split", "gis.land", "parcels.events", "parcel_split")
    yield _bind("hear all facts of parcels", "gis.land", "parcels.events", "#")
    for name in HOMES:
        for key, meaning in (
            ("land_released", "parcels.land_released"),
            ("parcel_split.#", "parcels.parcel_split"),
            ("#", "all facts of parcels"),
        ):
            exchange = hearers_exchange("parcels")
            yield _bind(f"have {meaning} go to {name}", _inbox(name), exchange, key)
        report = "*.parcel.registered"
        yield _bind(f"have reports of plots go to {name}", _inbox(name), TOWNSHIPS.intake, report)


def _queues() -> Iterable[Row]:
    for name in HOMES:
        exchange, key = delayed(_inbox(name), 1)
        yield _publish(f"put a message into the inbox of {name}", "", _inbox(name))
        yield _publish(f"the same at the end of the delays, {name}", DELIVERY, _inbox(name))
        yield _publish(f"the same by way of the delays, {name}", exchange, key)
        yield _consume(f"take what the inbox of {name} holds", _inbox(name))
        yield _consume(f"take what is dead of {name}", f"{name}.dead.v1")
    yield _publish("a delay that leads to no queue of a service", FIRST_DELAY, "0.1.else")
    yield _publish("put a message into a queue of receipts", "", receipts_queue(OTHER))


def _calls() -> Iterable[Row]:
    for key in (
        "parcels.get_parcel",
        "parcels.release_standing",
        "parcels.record_soil",
        "parcels.discard_parked",
        "enterprises.firms_on_parcel",
        "projects.list_listings",
        "projects.register_lead",
        "notify.subscribe",
        "notify.show_parked",
        "notify.raise_alarm",
    ):
        yield _publish(f"call {key}", RPC_EXCHANGE, key)
    yield _publish("answer a call", RPC_EXCHANGE, KEY)
    for name in HOMES:
        yield _consume(f"take the calls of {name}", f"rpc-{name}")
    yield _bind("have the calls of parcels, too", "rpc.reply-mine", RPC_EXCHANGE, "parcels.*")
    yield _bind("have every call and answer", "rpc.reply-mine", RPC_EXCHANGE, "#")
    yield _bind("have answers to one's calls", "rpc.reply-mine", RPC_EXCHANGE, "rpc.reply-mine")
    yield _bind(
        "have answers to another's, whose key one knows", "rpc.reply-mine", RPC_EXCHANGE, KEY
    )
    yield _consume("read one's answers", "rpc.reply-mine")


def _declarations() -> Iterable[Row]:
    yield _configure("declare or delete one's queue of answers", "rpc.reply-mine")
    yield _configure(f"declare or delete the queue of receipts of {TOWN}", receipts_queue(TOWN))
    yield _configure(f"declare or delete the queue of receipts of {OTHER}", receipts_queue(OTHER))
    yield _configure("declare or delete a queue of gis", "gis.land")
    yield _configure("declare or delete any other queue", "somebodys")
    feed = (TOWNSHIPS.exchange, TOWNSHIPS.intake, TOWNSHIPS.strays, TOWNSHIPS.receipts)
    for name in (*feed, RPC_EXCHANGE, FIRST_DELAY, DELIVERY):
        yield _configure(f"declare or delete {name}", name)
    for name in HOMES:
        yield _configure(f"declare or delete {name}.events", f"{name}.events")
        yield _configure(f"declare or delete {hearers_exchange(name)}", hearers_exchange(name))
        yield _configure(f"declare or delete the inbox of {name}", _inbox(name))
        yield _configure(f"declare or delete the queue of calls of {name}", f"rpc-{name}")
        yield _configure(f"write the record of the store of {name}", f"{name}.store")


def _round_about() -> Iterable[Row]:
    """What can be tried with an exchange or a queue of one's own, where the broker holds nobody to keys."""
    yield _configure("declare an exchange of one's own", MINE)
    for act, how in (
        (Act.LEAD, "lead an exchange of one's own to {}"),
        (Act.ALTERNATE, "name {} as the alternate one of one's own"),
        (Act.DEAD_LETTER, "have dead letters of one's own go to {}"),
    ):
        yield _lead(act, how, TOWNSHIPS.exchange, PARKED)
        yield _lead(act, how, RPC_EXCHANGE, REFUSED)
        yield _lead(act, how, DELIVERY, PARKED)
    for name in (FIRST_DELAY, TOWNSHIPS.intake, *_of_facts()):
        yield _lead(Act.DEAD_LETTER, how, name, PARKED)
    yield _lead(Act.DEAD_LETTER, how, TOWNSHIPS.receipts)
    yield _lead(Act.DEAD_LETTER, "have dead letters of one's own go to any queue", "")
    for name, key in (
        *((each, "#") for each in (TOWNSHIPS.exchange, TOWNSHIPS.intake, DELIVERY, *_of_facts())),
        *((TOWNSHIPS.receipts, each) for each in (TOWN, OTHER, "#")),
        *((RPC_EXCHANGE, each) for each in ("parcels.*", "#")),
    ):
        meaning = f"have what {name} gets under {key} go to an exchange of one's own"
        yield Row(meaning=meaning, attempt=Attempt(act=Act.LISTEN, name=name, key=key, to=MINE))


def _of_facts() -> list[str]:
    return [each for name in HOMES for each in (f"{name}.events", hearers_exchange(name))]


def _lead(act: Act, how: str, to: str, held: str = "") -> Row:
    return Row(meaning=how.format(to), attempt=Attempt(act=act, name=MINE, to=to), held=held)


def _inbox(service: str) -> str:
    return f"{service}.inbox.v1"


def page(wired: Wiring, contracts: Sequence[Json]) -> str:
    """The table in Markdown."""
    columns = users(wired, contracts)
    cells = ([each.meaning, *(each.cell(user) for user in columns)] for each in rows())
    granted = f"--calls {CALLS[0]} --hears {HEARS[0]}"
    parts = [
        WRITTEN,
        "# Who may what at broker and stores",
        f"For a township's user ({TOWN}), the services, an internal system that was granted "
        f"`{granted}`, an operator, the platform's own heartbeat, what brings alarms to notify, the "
        "installer and the administrator. An empty cell is refused by RabbitMQ, with 403. What RabbitMQ "
        "lets, and the services do not take for what it claims to be, is *parked* by whoever gets it, or "
        f"*refused* there (`CALL_NOT_DIRECT`). One's own is what is called `{OWN[0]}`, or `{OWN[1]}` of a "
        "township, say. A test tries each cell on a real broker. How users are made, and what the broker "
        "cannot hold, is in [docs/security.md](../security.md).",
        "## At the broker",
        table(("To", *(user.name for user in columns)), cells),
        *_stores(wired),
        *_services(),
    ]
    return "\n\n".join(parts) + "\n"


def _stores(wired: Wiring) -> Iterable[str]:
    """The part of the page that is of Redis."""
    columns = access_stores.users(wired)
    cells = (
        [each.meaning, *("yes" if access_stores.may(user.redis, each) else "" for user in columns)]
        for each in access_stores.attempts()
    )
    yield "## In Redis"
    yield (
        "For the services, an operator, the exporter of Redis (`watcher`), whoever copies the stores "
        "(`backup`), a Redis that follows another (`replica`), the Sentinels (`sentinel`) and the "
        "administrator. An empty cell is refused by Redis (`NOPERM`), which a test has it say. Nobody else "
        "has anything to do there: whoever has no user is refused everything. Probes log in as `probe`, "
        "which has no password and may ask whether Redis lives (`PING`), and nothing else. **Where Redis has "
        "replicas** no service sees a setting: the replicas' password is among them, and reads every store."
    )
    yield table(("To", *(user.name for user in columns)), cells)


def _services() -> Iterable[str]:
    """The part of the page that is of the services' own door."""
    rows = (
        [
            kind,
            "what the broker lets" if line.may is None else ", ".join(line.may) or "nothing",
            first,
        ]
        for first, lines in sorted(callers.KINDS.editions.items())
        for kind, said in lines.items()
        for line in said
    )
    yield "## At the services"
    yield (
        "What the services hold a call against besides, by the kind of its user: `reads`, `writes`, "
        "`operates` (what every service answers to operators), or methods. Of kinds that are not here the "
        "broker alone decides; an installation says more of its users, and "
        "[of the days](../security.md#on-which-days)."
    )
    yield table(("Kind of user", "May call", "From"), ([*map(str, row)] for row in rows))
