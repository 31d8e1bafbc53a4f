"""A store that lost its data is told from a new one: by a birth mark in it, and a record at the broker.

The mark is the key `{parcels}:birth` in Redis. The record is the exchange `parcels.store`, to which
nobody publishes: it is bound to nothing, and the name of its alternate exchange ends in the mark's id,
since that is the one argument of an exchange that every broker compares. So both servers have to
lose their data before a store without a mark passes for a new one.

========================  =======================  ==========================================
mark in Redis             record at the broker     what it means
========================  =======================  ==========================================
none                      none                     a first start: both are written
none                      any id                   the data are lost: alarm
an id                     none                     the broker lost its data: the record is written
an id                     the same                 all is well
an id                     another                  it is another Redis: alarm
any                       `accepted`               an operator says that this store is new
========================  =======================  ==========================================

A store that was put back from a copy has the mark of the store that it is a copy of, and behind it when
the copy was taken and when it was put back: the service takes it, and says so until `settle` is called.
While it is being put back its mark says `restoring`, and nobody may use it.

Of several Redis one may take over that lacks what the master had confirmed. A process that was told more
than it then finds there (its `witness`) has the mark say `lacking`: nobody may use it until an operator
accepts it as it is. It is told from what this process committed, so commits of a process that ended with the
master are missed by nobody.

A process that remembers a mark raises the alarm without a record, too. So does one whose user at the
broker may not declare the record (`is_recorded` is false then): it can see whether there is one, and
not what it says. A Redis that is empty when such a process starts passes for a new one.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import kombu
from amqp.exceptions import AccessRefused, NotFound, PreconditionFailed

from ..amqp.connection import connection
from ..logs import log
from ..store.redis import Forgotten
from ..store.sentinel import Witness

ACCEPTED = "accepted"
RESTORING = b"restoring"
LACKING = b"lacking"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a birth mark says: when the store was new; and if it was put back from a copy, when that was
    taken and when it was put back."""

    born_at: datetime
    copied_at: datetime | None = None
    restored_at: datetime | None = None

    @classmethod
    def of(cls, mark: bytes) -> Origin:
        return cls(*map(datetime.fromisoformat, mark.decode().split(" ")[1:4]))


def restored_mark(mark: str, copied_at: datetime, restored_at: datetime) -> str:
    """The mark of a store that is put back from a copy, of whose birth mark this is the text."""
    moments = (
        at.astimezone(UTC).isoformat(timespec="milliseconds") for at in (copied_at, restored_at)
    )
    return " ".join([*mark.split(" ")[:2], *moments])


class Birth:
    """The birth mark of one service's store, as this process knows it: `known` is none at first, and
    `problem` is why this is not the store that it should be. `refusal` is why the right one is not to be
    used: it may lose what it is given. `witness` is there where one Redis may take over from another."""

    def __init__(self, service: str, amqp_uri: str, witness: Witness | None = None) -> None:
        self.service, self.amqp_uri, self.witness = service, amqp_uri, witness
        self.key = f"{{{service}}}:birth"
        self.known: bytes | None = None
        self.is_recorded = True
        self.problem: str | None = "the store has not been looked at yet"
        self.refusal = ""

    def guard(self, opened: Any) -> None:
        """Greet Redis over a new connection; `Forgotten` unless it is the store that we know, and one to
        be used."""
        opened.on_connect()
        ask = partial(_asked_of, opened)
        mark = ask("GET", self.key)
        if self.known is None:
            raise Forgotten(self.problem)
        if self.refusal:
            raise Forgotten(self.refusal)
        if not mark or _id(mark) != _id(self.known):
            raise self._forgotten("this Redis has not the birth mark that it had")
        if self._misses(mark, ask):
            ask("SET", self.key, LACKING + mark)
            raise self._lacking()

    def _misses(self, mark: bytes, ask: Callable[..., Any]) -> bool:
        """Whether the store with this mark lacks what this process was told to be in it."""
        if self.witness is None or mark != self.known:
            return False
        missing = self.witness.misses(ask("GET", self.witness.key))
        if missing:
            log.error("commits_missing", service=self.service, requests=missing)
        return missing > 0

    def confirm(self, redis: Any) -> None:
        """Hold the mark against the record, and know it from now on.

        Raises `Forgotten` when they contradict each other, and what broker or Redis raise.
        """
        with connection(self.amqp_uri) as opened:
            record = Record(opened, self.service)
            there = record.is_there()
            try:
                mark, self.is_recorded = self._recorded(redis, record, there), True
            except AccessRefused:
                self.is_recorded = False
                mark = self._unrecorded(redis, there)
        if self.witness and mark != self.known:
            self.witness.count = 0  # it is another store, or put back from a copy
        self.known = mark
        if self.witness:
            self.witness.keep(redis)

    def _recorded(self, redis: Any, record: Record, there: bool) -> bytes:
        """The mark, which is what the record says. Raises `AccessRefused` if it cannot be declared."""
        if accepted := there and record.says(ACCEPTED):
            record.delete()
        # read after the record, for another process writes the mark first
        mark = self._mark(redis, accepted)
        if mark is None:
            if not accepted and (there or self.known):
                raise self._forgotten("this Redis is empty of it")
            mark = self._born(redis)
        if self.witness and not there:  # a Redis that takes over has to know what is recorded
            self.witness.assure(redis)
        if not record.says(_id(mark)):
            raise self._forgotten("this Redis belongs to another installation")
        return bytes(mark)

    def _unrecorded(self, redis: Any, there: bool) -> bytes:
        """The mark, of which the broker does not say whether it is the right one."""
        mark = self._mark(redis, accepted=not there and self.known is None)
        if mark is None and (there or self.known):
            raise self._forgotten("this Redis is empty of it")
        if self.known and mark and _id(mark) != _id(self.known):
            raise self._forgotten("this Redis belongs to another installation")
        return bytes(mark or self._born(redis))

    def _mark(self, redis: Any, accepted: bool = False) -> bytes | None:
        """The mark in Redis; none of a store that lacks commits, if it is accepted. Raises `Forgotten`
        while the store is put back from a copy."""
        mark: bytes | None = redis.get(self.key)
        if mark and mark.startswith(LACKING):
            if not accepted:
                raise self._lacking()
            redis.delete(self.key)
            return None
        if mark and mark.startswith(RESTORING):
            raise Forgotten(
                "the store is being put back from a copy; if that was broken off, do it again"
            )
        return mark

    def _lacking(self) -> Forgotten:
        return self._forgotten("the Redis that took over lacks commits that the one before had")

    def _forgotten(self, what: str) -> Forgotten:
        """What is wrong and what to do; without a record no operator's word can be heard."""
        cure = f"tenglong store accept {self.service}"
        if not self.is_recorded:
            cure = f"delete the exchange {self.service}.store and start the service again"
        return Forgotten(
            f"{what}: the data of {self.service} are lost, or REDIS_URL names another server. Nothing "
            f"is taken. Bring its data back, or say that it is new: {cure}"
        )

    def _born(self, redis: Any) -> bytes:
        mark = f"{uuid.uuid4().hex} {datetime.now(UTC).isoformat(timespec='seconds')}"
        redis.set(self.key, mark, nx=True)
        return bytes(redis.get(self.key))


class Record:
    """What the broker knows of a service's store."""

    def __init__(self, opened: kombu.Connection, service: str) -> None:
        self._opened, self.name = opened, f"{service}.store"

    def is_there(self) -> bool:
        try:
            self._exchange(passive=True).declare()
        except NotFound:
            return False
        return True

    def says(self, value: str) -> bool:
        """Whether it says this. What is not there does from now on."""
        alternate = {"alternate-exchange": f"{self.name}.{value}"}
        try:
            self._exchange(arguments=alternate).declare()
        except PreconditionFailed:
            return False
        return True

    def delete(self) -> None:
        self._exchange().delete()

    def _exchange(self, **more: Any) -> kombu.Exchange:
        # a channel of its own, for the broker closes the one over which it says no
        channel = self._opened.channel()
        return kombu.Exchange(self.name, type="fanout", durable=True, channel=channel, **more)


def accept(amqp_uri: str, service: str) -> None:
    """Let the service take the store that it finds, whatever it was before."""
    with connection(amqp_uri) as opened:
        record = Record(opened, service)
        record.delete()
        record.says(ACCEPTED)


def _asked_of(opened: Any, *command: Any) -> Any:
    """What Redis answers over a connection that is not greeted yet."""
    opened.send_command(*command, check_health=False)
    return opened.read_response()


def _id(mark: bytes) -> str:
    return mark.decode().partition(" ")[0]
