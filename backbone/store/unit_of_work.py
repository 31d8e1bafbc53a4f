"""What handlers read and changed, committed together with the facts that they announce.

A `UnitOfWork` holds the messages that are decided together, one `Step` each. A step that fails is
dropped as if it had never run. `commit` writes every step in one atomic call: documents, indexes,
history, outbox, and the mark that says "done"."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import accumulate, repeat
from typing import Any, TypeVar

import msgspec

from ..errors import NotFound, Reason, Refused
from ..messages.envelope import LARGEST, Event, encode
from ..messages.outgoing import OutgoingMessage
from ..messages.trace import Trace
from ..messages.versions import dataschema_of
from ..plain import digest_of, dump, snake, to_json
from ..settings import DAY_S
from . import history, totals
from .atomic import Commit
from .collection import Versioned, sortable
from .commit_group import PendingCommit
from .read_ahead import ReadAhead
from .repository import Repository, fits

T = TypeVar("T")
FOLLOWS_TOO_LARGE = Reason(
    "TOO_LARGE",
    f"What follows from this would be longer than an event may be ({LARGEST:,} bytes); say less at once.",
)
MICROSECOND = timedelta(microseconds=1)


class Step(msgspec.Struct):
    """What one message or call leads to. `cause` is that message, as an event."""

    cause: Event
    saved: dict[tuple[type, str], Any] = {}
    facts: list[tuple[Any, float]] = []
    outgoing: list[OutgoingMessage] = []
    writes: list[Callable[[Commit], None]] = []
    mark: str | None = None
    answer: bytes = b""


class UnitOfWork:
    """The store as a handler sees it. See `Store` for how a service gets one."""

    def __init__(
        self,
        repository: Repository,
        *,
        emits: Iterable[type] = (),
        heard: Container[str] = frozenset(),
        lifetime_s: int = DAY_S,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        zone: tzinfo = UTC,
    ) -> None:
        """`zone` says when a day begins, see `today`."""
        self.repository = repository
        self.emits = frozenset(emits)
        self.heard = heard
        self.lifetime_s = lifetime_s
        self.clock = clock
        self.zone = zone
        self.seconds_left: float = DAY_S  # for the call that this work is done for
        self.trace: Trace = {}  # that the call belongs to, if it says so
        self.caller = ""  # the broker's user who calls, if it is known
        self.supposes = False  # it is never committed, so what it saves is to be found by itself
        self.takes_for_new = False  # what is saved without having been read; a clash if it is not
        self.renew()

    def renew(self) -> None:
        """Forget what was read and decided: start over."""
        self.now = self.clock()
        self.at = self.now.isoformat(timespec="microseconds")
        self.read_ahead = ReadAhead(self.repository)
        self._found: dict[tuple[type, str], Versioned] = {}
        self._read: dict[tuple[type, str], Versioned] = {}
        self._current: dict[tuple[type, str], Any] = {}
        self._walks: dict[tuple[Any, ...], list[Versioned]] = {}
        self._steps: list[Step] = []
        self._open: Step | None = None

    # --- what a handler uses

    @property
    def today(self) -> date:
        """The day where the installation is (the setting `TIME_ZONE`)."""
        return self.now.astimezone(self.zone).date()

    def get(self, cls: type[T], identity: str) -> T | None:
        """The thing, or none. What was read is checked at the commit."""
        ref = (cls, identity)
        if self._open and ref in self._open.saved:
            return self._open.saved[ref]  # type: ignore[no-any-return]
        if ref not in self._current:
            if ref in self._found:
                stored = self._found[ref]
            elif self.read_ahead.sees(ref):
                stored = self.read_ahead.stored(ref)
            else:
                stored = self.repository.load(cls, identity)
            self._read[ref] = stored
            self._current[ref] = stored.thing
        return self._current[ref]  # type: ignore[no-any-return]

    def require(self, cls: type[T], identity: str, field: str = "id") -> T:
        """The thing, or `NotFound` naming the field of the input that asked for it."""
        found = self.get(cls, identity)
        if found is None:
            raise NotFound.of_type(cls, field)
        return found

    def look(self, cls: type[T], identity: str) -> T | None:
        """The thing as last committed before this work, or none. Not checked at the commit: for work
        that sends something, and must not send it again because this changed meanwhile."""
        self.read_ahead.catch_up()
        return self.repository.load(cls, identity).thing  # type: ignore[no-any-return]

    def save(self, *things: Any) -> None:
        """Keep these as they are now."""
        for thing in things:
            cls = type(thing)
            ref = (cls, self.repository.collections[cls].id_of(thing))
            if self.takes_for_new and not self._is_known(ref):
                self._read[ref], self._current[ref] = Versioned(), None
            if self.get(*ref) != thing:
                self.step.saved[ref] = thing

    def _is_known(self, ref: tuple[type, str]) -> bool:
        return ref in self._current or ref in self._found or self.read_ahead.sees(ref)

    def announce(self, *facts: Any) -> None:
        """Tell everybody, once this is committed."""
        for fact in facts:
            self.announce_later(fact, 0)

    def announce_later(self, fact: Any, delay_s: float) -> None:
        """Tell everybody `delay_s` seconds after this is committed; the broker keeps the time."""
        if type(fact) not in self.emits:
            raise TypeError(
                f"{self.repository.service} does not say that it emits {type(fact).__name__}"
            )
        self.step.facts.append((fact, delay_s))

    def change(self, cls: type[T], identity: str, decide: Callable[[T | None], Any]) -> T:
        """Save and announce what `decide(current or None)` answers: `(next, *facts)`."""
        after, *facts = decide(self.get(cls, identity))
        self.save(after)
        self.announce(*facts)
        return after  # type: ignore[no-any-return]

    def find(self, cls: type[T], limit: int = 1000, order: str = "key", **filters: Any) -> list[T]:
        """Things by their indexes, as last committed before this work. Not checked at the commit,
        unless they are saved: then they must still be as they were found."""
        asked = (cls, limit, order, *sorted(filters.items()))
        if asked not in self._walks:
            self.read_ahead.catch_up()
            self._walks[asked] = list(self._walk(cls, limit, order, filters))
        found = [self._noted(cls, stored) for stored in self._walks[asked]]
        return self._supposed(cls, found, limit, order, filters) if self.supposes else found

    def _supposed(
        self, cls: type[T], found: list[T], limit: int, order: str, filters: dict[str, Any]
    ) -> list[T]:
        """What would be found if this work were committed."""
        collection, name = self.repository.collections[cls], order.removeprefix("-")
        saved, descending = self._saved(cls), order.startswith("-")
        kept = [thing for thing in found if collection.id_of(thing) not in saved]
        new = [thing for thing in saved.values() if fits(thing, filters)]
        if name == "updated_at":
            return [*reversed(new), *kept][:limit] if descending else [*kept, *new][:limit]
        field = collection.key if name == "key" else name
        place = lambda thing: (sortable(getattr(thing, field)), collection.id_of(thing))  # noqa: E731
        return sorted([*kept, *new], key=place, reverse=descending)[:limit]

    def _saved(self, cls: type[T]) -> dict[str, T]:
        """The things of a kind that this work would save, by their ids."""
        steps = [*self._steps, *([self._open] if self._open else [])]
        return {
            ref[1]: thing for step in steps for ref, thing in step.saved.items() if ref[0] is cls
        }

    def before_and_after(self, cls: type[T], identity: str) -> tuple[T | None, T]:
        """A thing that was saved: as it was stored, if it was, and as it would be."""
        ref = (cls, identity)
        return self._read[ref].thing, self._current[ref]

    def totals(self, cls: type) -> list[totals.Total]:
        """How many things there are, and their sums, as last committed before this work."""
        self.read_ahead.catch_up()
        return totals.read(self.repository, cls)

    def _walk(
        self, cls: type, limit: int, order: str, filters: dict[str, Any]
    ) -> Iterator[Versioned]:
        cursor: str | None = ""
        while cursor is not None and limit > 0:
            page = self.repository.page(cls, filters, order, limit, cursor or None)
            yield from page.found
            cursor, limit = page.cursor, limit - len(page.found)

    def _noted(self, cls: type, stored: Versioned) -> Any:
        """A thing that was found: as this work knows it already, if it does."""
        ref = (cls, self.repository.collections[cls].id_of(stored.thing))
        if ref in self._current or (self._open and ref in self._open.saved):
            return self.get(*ref)
        self._found.setdefault(ref, stored)
        return stored.thing

    @property
    def cause(self) -> Event:
        """The event that is handled, or the call; a call's id is its request_id."""
        return self.step.cause

    dump = staticmethod(dump)

    # --- what the backbone uses

    @property
    def step(self) -> Step:
        if self._open is None:
            raise RuntimeError("nothing can be changed here: this is a read")
        return self._open

    def begin(self, cause: Event) -> Step:
        """Start the step of one message."""
        self._open = Step(cause)
        return self._open

    def drop(self) -> None:
        """Forget the open step."""
        self._open = None

    def close_step(self, mark: str | None, answer: Any = None) -> None:
        """Add the open step to what is committed. `mark` will say that the message is done, and what
        was answered."""
        step = self.step
        if mark:
            step.mark, step.answer = mark, to_json(answer)
            self.read_ahead.marks[mark] = step.answer
        self._current |= step.saved
        self._steps.append(step)
        self._open = None

    def commit(self) -> None:
        """Write every closed step, whole. Raises `Conflict`, `AlreadyDone` or `Unavailable`."""
        if self._steps:
            self.join().wait()

    def join(self) -> PendingCommit:
        """Have the commit of every closed step ready to be sent, behind those of the works before."""
        if self.supposes:
            raise RuntimeError("what is only supposed is never committed")
        commit = Commit(self.repository.outbox, self.lifetime_s)
        for (cls, identity), stored in self._read.items():
            commit.expect_version(
                self.repository.document(self.repository.collections[cls], identity), stored.version
            )
        return self.read_ahead.leave(self._write(commit), commit)

    def _write(self, commit: Commit) -> dict[tuple[type, str], Versioned]:
        """Fill the commit. Answers what it leaves in the store."""
        latest, moments = dict(self._read), accumulate(repeat(MICROSECOND), initial=self.now)
        for step in self._steps:
            for ref, thing in step.saved.items():
                latest[ref] = self._record(commit, step, ref, latest[ref], thing)
            for message in self._outgoing(step, moments):
                if len(message.body) > LARGEST:  # nobody would take it, the broker least of all
                    raise Refused([FOLLOWS_TOO_LARGE])
                commit.append(self.repository.outbox, message.entry())
            for write in step.writes:
                write(commit)
            if step.mark:
                commit.mark(step.mark, step.answer)
        left = {ref: stored for ref, stored in latest.items() if stored is not self._read[ref]}
        for ref, stored in left.items():
            self._store(commit, ref, self._read[ref], stored)
        return left

    def _record(
        self, batch: Commit, step: Step, ref: tuple[type, str], before: Versioned, thing: Any
    ) -> Versioned:
        kept = self.repository.collections[ref[0]]
        at = max(
            self.at, before.updated_at
        )  # clocks differ, the order of a thing's versions does not
        after = Versioned(before.version + 1, thing, at)
        if kept.history:
            change = history.Change(
                version=after.version,
                at=at,
                by=history.cause_of(step.cause),
                changed=thing if before.thing is None else _changed(before.thing, thing),
                facts=[snake(type(fact).__name__) for fact, _ in step.facts],
                caller=history.caller_of(step.cause),
                time=history.time_of(step.cause),
            )
            batch.push(self.repository.key(history.FORM, kept.name, ref[1]), change.entry())
        return after

    def _store(
        self, commit: Commit, ref: tuple[type, str], before: Versioned, after: Versioned
    ) -> None:
        collection = self.repository.collections[ref[0]]
        head = f"{after.version} {after.updated_at} ".encode()
        commit.set(
            self.repository.document(collection, ref[1]),
            head + msgspec.json.encode(after.thing),
            collection.lifetime_s(after.thing),
        )
        old = collection.places(before.thing, before.updated_at) if before.version else set()
        new = collection.places(after.thing, after.updated_at)
        place = self.repository.key("index", collection.name, "")
        for index, member in old - new:
            commit.remove(place + index, member)
        for index, member in new - old:
            commit.add(place + index, member)
        if collection.totals:
            commit.count(*totals.difference(self.repository, collection, before, after))

    def _outgoing(self, step: Step, moments: Iterator[Any]) -> Iterable[OutgoingMessage]:
        for number, (fact, delay_s) in enumerate(step.facts):
            event = self.as_event(step.cause, fact, number, next(moments))
            name = snake(type(fact).__name__)
            yield OutgoingMessage(
                exchange=f"{self.repository.service}.events",
                routing_key=name,
                body=encode(event),
                mandatory=name in self.heard,
                delay_s=delay_s,
            )
        yield from step.outgoing

    def type_of(self, fact: Any) -> str:
        """The type under which a fact goes out, with the service's name before it."""
        return f"{self.repository.service}.{snake(type(fact).__name__)}"

    def as_event(self, cause: Event, fact: Any, number: int, at: datetime) -> Event:
        """The fact as an event. Its id follows from its cause, so that a step that is decided
        again, even after its mark was forgotten, announces the same event. Of the facts of one
        commit a later one has a later time, by a microsecond."""
        service, name = self.repository.service, snake(type(fact).__name__)
        data = dump(fact)
        return Event(
            id=digest_of("fact", service, cause.identity, str(number), name),
            source=f"/services/{service}",
            type=self.type_of(fact),
            subject=subject_of(data),
            time=at,
            data=data,
            correlation_id=cause.correlation_id or cause.id,
            causation_id=cause.id,
            causation_source=cause.source,
            causation_type=cause.type,
            dataschema=dataschema_of(service, type(fact)),
            **cause.trace,
        )


def subject_of(data: dict[str, Any]) -> str | None:
    """The id that a fact is about: its first field, by convention."""
    first = next(iter(data.values()), None)
    return first if isinstance(first, str) else None


def _changed(before: Any, after: Any) -> dict[str, Any]:
    """The fields of `after` that differ: enough to tell the state at any moment."""
    old = dump(before)
    return {name: value for name, value in dump(after).items() if old.get(name, ...) != value}
