"""One piece of work: what handlers read and changed, committed together with what they announce.

A `Work` holds the messages that are decided together, one `Step` each. A step that fails is dropped
as if it had never run. `commit` writes every step in one atomic call: documents, indexes, history,
outbox, and the mark that says "done".
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate, repeat
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

import msgspec
import orjson

from .atomic import Batch, to_json
from .envelope import LARGEST, Event, encode
from .errors import NotFound, Overtime, Reason, Refused, Unavailable
from .settings import DAY_S
from .store import Shelf, Stored, digest_of, dump, reaching_redis, snake

T = TypeVar("T")
FOLLOWS_TOO_LARGE = Reason(
    "TOO_LARGE",
    f"What follows from this would be longer than an event may be ({LARGEST:,} bytes); say less at once.",
)
PARK_TIME = ZoneInfo("Asia/Shanghai")
MICROSECOND = timedelta(microseconds=1)


class Clash(Exception):
    """Somebody else changed what this work read: decide again."""


class Seen(Exception):
    """A message of this work was done before. `mark` is the mark that was found."""

    def __init__(self, mark: str) -> None:
        super().__init__(mark)
        self.mark = mark


class Group:
    """Commits that go to the store together, in order, each whole or not at all. When one cannot be
    done, those behind it are not tried. They go once those of the group before are known to be done,
    so that never two groups are under way."""

    def __init__(self, shelf: Shelf, before: Group | None = None) -> None:
        self.shelf, self.before = shelf, before
        self._batches: list[Batch] = []
        self._problems: list[Exception | None] = []  # of each, as far as there are verdicts
        self._may_be_done = 0  # so many of them, if they have a problem
        self.was_sent = False

    def __len__(self) -> int:
        return len(self._batches)

    @property
    def is_over(self) -> bool:
        return bool(self._problems)

    def add(self, batch: Batch) -> Sent:
        self._batches.append(batch)
        return Sent(self, len(self._batches) - 1)

    def send(self) -> None:
        """Have the store begin. What becomes of it is told to those who wait."""
        if self.was_sent:
            return
        self.was_sent = True
        try:
            if self.before is not None:
                self.before.wait_for_all()
            with reaching_redis():
                self._verdicts = self.shelf.atomic.send(self._batches)
        except BaseException as problem:  # noqa: BLE001 - told to those who wait
            self._fail(problem)
        else:
            self._may_be_done = len(self)
        self.before = None

    def wait_for_all(self) -> None:
        """Return when all of it is done; raise why it is not."""
        self.wait(len(self) - 1)

    def wait(self, number: int) -> None:
        """Return when this commit is done. Raises `Clash`, `Seen` or `Unavailable`, as often as it is
        asked; the same for those that were not tried because of it."""
        self.send()
        if not self.is_over:
            try:
                self._problems = list(self._read())
            except BaseException as problem:  # noqa: BLE001 - raised below, now and later
                self._fail(problem)
        if why := self._problems[min(number, len(self._problems) - 1)]:
            raise why

    def may_be_done(self, number: int) -> bool:
        """Whether a commit with a problem may be in: the store tried it, or may have."""
        return number < self._may_be_done

    def _fail(self, problem: BaseException) -> None:
        """It is told to all; but who is interrupted while he waits is interrupted alone, and for the
        others the store did not answer."""
        if isinstance(problem, Exception) and not isinstance(problem, Overtime):
            self._problems = [problem]
            return
        self._may_be_done = len(self)
        self._problems = [Unavailable("the store was asked, and nobody could wait for its answer")]
        raise problem

    def _read(self) -> Iterator[Exception | None]:
        with reaching_redis():
            verdicts = self._verdicts()
        if not verdicts[0].again:
            self._may_be_done = len(verdicts)
        appended = [entry for verdict in verdicts for entry in verdict.appended]
        if appended:
            before = next(verdict.before for verdict in verdicts if verdict.appended)
            self.shelf.on_posted(before, appended)
        for batch, verdict in zip(self._batches, verdicts, strict=False):
            if verdict.said == "clash":
                yield Clash()
            elif verdict.said == "seen":
                yield Seen([*batch.marks][verdict.index])
            else:
                yield None


class Sent(NamedTuple):
    """A commit in its group."""

    group: Group
    number: int

    def wait(self) -> None:
        self.group.wait(self.number)

    @property
    def may_be_done(self) -> bool:
        return self.group.may_be_done(self.number)


class Sight:
    """What works that follow each other know of the store: what it answered when it was asked for
    many things at once, and what the works before leave there, the last of which may be under way."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.marks: dict[str, bytes] = {}
        self.group: Group | None = None  # the newest
        self._documents: dict[tuple[type, str], bytes | None] = {}
        self._left: dict[tuple[type, str], Stored] = {}

    def look(self, marks: Iterable[str], refs: Iterable[tuple[type, str]]) -> None:
        """Ask the store once for all that some messages will look at first: these marks, of which
        those are known afterwards that are set, and these things."""
        marks, refs = list(marks), list(dict.fromkeys(refs))
        things = [self.shelf.document(self.shelf.kept[cls], identity) for cls, identity in refs]
        found = self.shelf.call("mget", [*marks, *things])
        self._documents.update(zip(refs, found[len(marks) :], strict=True))
        there = zip(marks, found, strict=False)
        self.marks = {mark: value for mark, value in there if value is not None} | self.marks

    def sees(self, ref: tuple[type, str]) -> bool:
        return ref in self._left or ref in self._documents

    def stored(self, ref: tuple[type, str]) -> Stored:
        """A thing that is seen."""
        return self._left.get(ref) or self.shelf.stored(*ref, self._documents[ref])

    def leave(self, left: Mapping[tuple[type, str], Stored], batch: Batch) -> Sent:
        """A commit leaves these. It joins those that wait to be sent."""
        self._left |= left
        if self.group is None or self.group.was_sent:
            self.group = Group(self.shelf, self.group)
        return self.group.add(batch)

    def send(self) -> None:
        """Have the store begin with the commits that wait for that."""
        if self.group is not None:
            self.group.send()

    def catch_up(self) -> None:
        """Return when the store has all that the works before leave; raise why it has not."""
        if self.group is not None:
            self.group.wait_for_all()


class Posting(msgspec.Struct, frozen=True, gc=False):
    """A message that the relay is to publish, after a delay if `delay_s` is more than 0."""

    exchange: str
    routing_key: str
    body: bytes
    content_type: str = "application/json"
    headers: dict[str, Any] = {}
    mandatory: bool = True
    delay_s: float = 0
    correlation_id: str | None = None  # of the call that this answers

    def entry(self) -> dict[bytes, bytes]:
        """As it lies in the outbox: how to send it, on a line of its own, and the body."""
        how = {
            "exchange": self.exchange,
            "routing_key": self.routing_key,
            "content_type": self.content_type,
            "mandatory": self.mandatory,
            "delay_s": self.delay_s,
        }
        said = to_json(how | {"headers": self.headers}) if self.headers else _said(**how)
        return {b"posting": said + b"\n" + self.body}

    @classmethod
    def of(cls, entry: dict[bytes, bytes]) -> Posting:
        how, _, body = entry[b"posting"].partition(b"\n")
        return cls(body=body, **_how(how))


@lru_cache(1000)  # most postings differ in their body alone
def _said(**how: Any) -> bytes:
    return to_json(how)


@lru_cache(1000)
def _how(said: bytes) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(said)
    return found


class Step(msgspec.Struct):
    """What came of one message or call: `cause` is the event that it was."""

    cause: Event
    saved: dict[tuple[type, str], Any] = {}
    facts: list[tuple[Any, float]] = []
    postings: list[Posting] = []
    writes: list[Callable[[Batch], None]] = []
    mark: str | None = None
    answer: bytes = b""


class Work:
    """The store as a handler sees it. See `Store` for how a service gets one."""

    def __init__(
        self,
        shelf: Shelf,
        *,
        emits: Iterable[type] = (),
        heard: Container[str] = frozenset(),
        lifetime_s: int = DAY_S,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.shelf = shelf
        self.emits = frozenset(emits)
        self.heard = heard
        self.lifetime_s = lifetime_s
        self.clock = clock
        self.seconds_left: float = DAY_S  # for the call that this work is done for
        self.takes_for_new = False  # what is saved without having been read; a clash if it is not
        self.renew()

    def renew(self) -> None:
        """Forget what was read and decided: start over."""
        self.now = self.clock()
        self.at = self.now.isoformat(timespec="microseconds")
        self.sight = Sight(self.shelf)
        self._found: dict[tuple[type, str], Stored] = {}
        self._read: dict[tuple[type, str], Stored] = {}
        self._current: dict[tuple[type, str], Any] = {}
        self._walks: dict[tuple[Any, ...], list[Stored]] = {}
        self._steps: list[Step] = []
        self._open: Step | None = None
        self.set_aside: dict[str, Any] = {}  # messages that this work parks, by their parked_id

    # --- what a handler uses

    @property
    def today(self) -> date:
        """The day in the park (Asia/Shanghai)."""
        return self.now.astimezone(PARK_TIME).date()

    def get(self, cls: type[T], identity: str) -> T | None:
        """The thing, or none. What was read is checked at the commit."""
        ref = (cls, identity)
        if self._open and ref in self._open.saved:
            return self._open.saved[ref]  # type: ignore[no-any-return]
        if ref not in self._current:
            if ref in self._found:
                stored = self._found[ref]
            elif self.sight.sees(ref):
                stored = self.sight.stored(ref)
            else:
                stored = self.shelf.load(cls, identity)
            self._read[ref] = stored
            self._current[ref] = stored.thing
        return self._current[ref]  # type: ignore[no-any-return]

    def require(self, cls: type[T], identity: str, field: str = "id") -> T:
        """The thing, or `NotFound` naming the field of the input that asked for it."""
        found = self.get(cls, identity)
        if found is None:
            raise NotFound.of(snake(cls.__name__).replace("_", " "), field)
        return found

    def save(self, *things: Any) -> None:
        """Keep these as they are now."""
        for thing in things:
            cls = type(thing)
            ref = (cls, self.shelf.kept[cls].id_of(thing))
            if self.takes_for_new and not self._is_known(ref):
                self._read[ref], self._current[ref] = Stored(), None
            if self.get(*ref) != thing:
                self.step.saved[ref] = thing

    def _is_known(self, ref: tuple[type, str]) -> bool:
        return ref in self._current or ref in self._found or self.sight.sees(ref)

    def announce(self, *facts: Any) -> None:
        """Tell everybody, once this is committed."""
        for fact in facts:
            self.announce_later(fact, 0)

    def announce_later(self, fact: Any, delay_s: float) -> None:
        """Tell everybody `delay_s` seconds after this is committed; the broker keeps the time."""
        if type(fact) not in self.emits:
            raise TypeError(
                f"{self.shelf.service} does not say that it emits {type(fact).__name__}"
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
            self.sight.catch_up()
            self._walks[asked] = list(self._walk(cls, limit, order, filters))
        return [self._noted(cls, stored) for stored in self._walks[asked]]

    def _walk(self, cls: type, limit: int, order: str, filters: dict[str, Any]) -> Iterator[Stored]:
        cursor: str | None = ""
        while cursor is not None and limit > 0:
            page = self.shelf.page(cls, filters, order, limit, cursor or None)
            yield from page.found
            cursor, limit = page.cursor, limit - len(page.found)

    def _noted(self, cls: type, stored: Stored) -> Any:
        """A thing that was found: as this work knows it already, if it does."""
        ref = (cls, self.shelf.kept[cls].id_of(stored.thing))
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

    def keep(self, mark: str | None, answer: Any = None) -> None:
        """Close the open step; `mark` will say that it was done, and what was answered."""
        step = self.step
        if mark:
            step.mark, step.answer = mark, to_json(answer)
            self.sight.marks[mark] = step.answer
        self._current |= step.saved
        self._steps.append(step)
        self._open = None

    def commit(self) -> None:
        """Write every kept step, whole. Raises `Clash`, `Seen` or `Unavailable`."""
        if self._steps:
            self.join().wait()

    def join(self) -> Sent:
        """Have the commit of every kept step ready to be sent, behind those of the works before."""
        batch = Batch(self.shelf.outbox, self.lifetime_s)
        for (cls, identity), stored in self._read.items():
            batch.expect_version(
                self.shelf.document(self.shelf.kept[cls], identity), stored.version
            )
        return self.sight.leave(self._write(batch), batch)

    def _write(self, batch: Batch) -> dict[tuple[type, str], Stored]:
        """Fill the batch. Answers what it leaves in the store."""
        latest, moments = dict(self._read), accumulate(repeat(MICROSECOND), initial=self.now)
        for step in self._steps:
            for ref, thing in step.saved.items():
                latest[ref] = self._record(batch, step, ref, latest[ref], thing)
            for posting in self._postings(step, moments):
                if len(posting.body) > LARGEST:  # nobody would take it, the broker least of all
                    raise Refused([FOLLOWS_TOO_LARGE])
                batch.append(self.shelf.outbox, posting.entry())
            for write in step.writes:
                write(batch)
            if step.mark:
                batch.mark(step.mark, step.answer)
        left = {ref: stored for ref, stored in latest.items() if stored is not self._read[ref]}
        for ref, stored in left.items():
            self._shelve(batch, ref, self._read[ref], stored)
        return left

    def _record(
        self, batch: Batch, step: Step, ref: tuple[type, str], before: Stored, thing: Any
    ) -> Stored:
        kept = self.shelf.kept[ref[0]]
        at = max(
            self.at, before.updated_at
        )  # clocks differ, the order of a thing's versions does not
        after = Stored(before.version + 1, thing, at)
        if kept.history:
            change = {
                "version": after.version,
                "at": at,
                "by": _by(step.cause),
                "changed": thing if before.thing is None else _changed(before.thing, thing),
                "facts": [snake(type(fact).__name__) for fact, _ in step.facts],
            }
            stream = self.shelf.key("history", kept.name, ref[1])
            batch.append(stream, {"change": msgspec.json.encode(change)})
        return after

    def _shelve(self, batch: Batch, ref: tuple[type, str], before: Stored, after: Stored) -> None:
        kept = self.shelf.kept[ref[0]]
        head = f"{after.version} {after.updated_at} ".encode()
        batch.set(
            self.shelf.document(kept, ref[1]),
            head + msgspec.json.encode(after.thing),
            kept.lifetime_s(after.thing),
        )
        old = kept.places(before.thing, before.updated_at) if before.version else set()
        new = kept.places(after.thing, after.updated_at)
        place = self.shelf.key("index", kept.name, "")
        for index, member in old - new:
            batch.remove(place + index, member)
        for index, member in new - old:
            batch.add(place + index, member)

    def _postings(self, step: Step, moments: Iterator[Any]) -> Iterable[Posting]:
        for number, (fact, delay_s) in enumerate(step.facts):
            event = self._event(step.cause, fact, number, next(moments))
            name = snake(type(fact).__name__)
            yield Posting(
                exchange=f"{self.shelf.service}.events",
                routing_key=name,
                body=encode(event),
                mandatory=name in self.heard,
                delay_s=delay_s,
            )
        yield from step.postings

    def _event(self, cause: Event, fact: Any, number: int, at: datetime) -> Event:
        """The fact as an event. Its id follows from its cause, so that a step that is decided
        again, even after its mark was forgotten, announces the same event. Of the facts of one
        commit a later one has a later time, by a microsecond."""
        service, name = self.shelf.service, snake(type(fact).__name__)
        data = dump(fact)
        return Event(
            id=digest_of("fact", service, cause.identity, str(number), name),
            source=f"/services/{service}",
            type=f"{service}.{name}",
            subject=subject_of(data),
            time=at,
            data=data,
            correlation_id=cause.correlation_id or cause.id,
            causation_id=cause.id,
            causation_source=cause.source,
            causation_type=cause.type,
        )


def subject_of(data: dict[str, Any]) -> str | None:
    """The id that a fact is about: its first field, by convention."""
    first = next(iter(data.values()), None)
    return first if isinstance(first, str) else None


def _by(cause: Event) -> dict[str, str | None]:
    return {"source": cause.source, "id": cause.id, "type": cause.type}


def _changed(before: Any, after: Any) -> dict[str, Any]:
    """The fields of `after` that differ: enough to tell the state at any moment."""
    old = dump(before)
    return {name: value for name, value in dump(after).items() if old.get(name, ...) != value}
