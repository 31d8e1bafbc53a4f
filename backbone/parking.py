"""Messages set aside for a person: why, what they were to the byte, and what was done with them.

A message is parked when no further try can help. It can be listed, shown, replayed (it goes back to
the queue that it came from, as it was), edited or discarded with a reason; each is audited. Later messages
of its subject wait behind it in a line, in order; so they do while it is being tried again. When the
first is done at last, or discarded, the next one follows by itself, in the same commit; when it is
parked once more, the line stands.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import Any

import msgspec

from .atomic import Batch
from .envelope import Event
from .errors import Damaged, Invalid, NotFound, Reason, Refused
from .settings import Settings
from .store import Kept, Shelf
from .work import Clash, Posting, Work


@dataclass(frozen=True, kw_only=True)
class Parked:
    """One message set aside. `body` is Base64 of the bytes as they came."""

    parked_id: str
    parked_at: datetime
    queue: str
    exchange: str
    routing_key: str
    body: str
    content_type: str | None
    headers: dict[str, Any] = field(default_factory=dict)
    event_id: str | None = None
    event_source: str | None = None
    cause: str
    sentence: str
    attempts: int
    replays: int = 0
    line_id: str | None = None

    @property
    def bytes(self) -> bytes:
        return base64.b64decode(self.body)

    def posting(self) -> Posting:
        """The message as it goes back to its queue: its own bytes, a fresh count of tries."""
        headers = self.headers | {
            "x-exchange": self.exchange,
            "x-routing-key": self.routing_key,
            "x-replay": self.replays + 1,
        }
        return Posting("", self.queue, self.bytes, self.content_type or "", headers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Messages of one subject in one queue, by their `parked_id`. The first holds up the others;
    `by` is who has it done again (a person, or the service itself), empty while the line stands."""

    line_id: str
    ids: tuple[str, ...] = ()
    by: str = ""

    @property
    def is_over(self) -> bool:
        return not self.ids

    def holds_up(self, parked_id: str) -> bool:
        return bool(self.ids) and self.ids[0] != parked_id

    def with_(self, parked_id: str) -> Line:
        """The line with this message in its place, standing still."""
        ids = self.ids if parked_id in self.ids else (*self.ids, parked_id)
        return replace(self, ids=ids, by=self.by if self.holds_up(parked_id) else "")


SOUGHT_AMONG = 10_000  # parked messages
READ_AT_ONCE = 20  # of them, which may be long
ON_THE_LOT = Reason(
    "ON_THE_LOT", "A message of these bytes is on the lot; change something.", "body"
)
LINES = Kept(Line, key="line_id", over="is_over", history=False)


class Lot:
    """The parking lot of one service."""

    def __init__(
        self,
        shelf: Shelf,
        settings: Settings,
        check: Callable[[Parked], None] = lambda _: None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.shelf, self.settings, self.check, self.clock = shelf, settings, check, clock
        shelf.kept.setdefault(Line, LINES)

    # --- within the commit of a message

    def put(self, work: Work, parked: Parked) -> None:
        """Park this, in its line if it has one."""

        def write(batch: Batch) -> None:
            batch.set(self._key(parked.parked_id), b"1 " + msgspec.json.encode(parked))
            batch.add(self.index, parked.parked_id, parked.parked_at.timestamp())

        work.step.writes.append(write)
        work.set_aside[parked.parked_id] = parked
        if parked.line_id:
            line = work.get(Line, parked.line_id) or Line(line_id=parked.line_id)
            work.save(line.with_(parked.parked_id))

    def hold(self, work: Work, line_id: str | None, parked_id: str) -> None:
        """This message is tried again later. What comes after it in its line waits, and follows by
        itself when it is done."""
        if line_id:
            line = work.get(Line, line_id) or Line(line_id=line_id)
            by = line.by or self.shelf.service
            work.save(replace(line.with_(parked_id), by=by))

    def move_on(self, work: Work, line: Line, parked_id: str) -> None:
        """This message holds up its line no longer. If the line is being replayed, the next one
        follows, as long as the contract says yes to it."""
        rest = tuple(each for each in line.ids if each != parked_id)
        if line.by and not line.holds_up(parked_id) and rest:
            following = work.set_aside.get(rest[0])
            if not following:
                work.sight.catch_up()
                following = self.get(rest[0])
            try:
                self._may_go(following)
            except (Invalid, Refused):
                line = replace(line, by="")
            else:
                self._leave(work, following, {"action": "replayed", "by": line.by}, again=True)
        work.save(replace(line, ids=rest, by=line.by if rest else ""))

    # --- for an operator

    def entries(self, limit: int = 100) -> list[dict[str, Any]]:
        """What is parked, oldest first, without the bytes."""
        members = self.shelf.call("zrange", self.index, 0, max(limit, 1) - 1)
        keys = [self._key(member.decode()) for member in members]
        some = (keys[at : at + READ_AT_ONCE] for at in range(0, len(keys), READ_AT_ONCE))
        return [
            _without_bytes(parked)
            for each in some
            for key, raw in zip(each, self.shelf.call("mget", each), strict=True)
            if (parked := _listed(key, raw))
        ]

    def get(self, parked_id: str) -> Parked:
        """The message, or `NotFound`."""
        if found := self._get(parked_id):
            return found
        raise NotFound.of("parked message", "parked_id")

    def show(self, parked_id: str) -> dict[str, Any]:
        """All of it: the bytes as text where they are text, and in Base64."""
        parked = self.get(parked_id)
        shown: dict[str, Any] = msgspec.to_builtins(parked)
        return shown | {"text": parked.bytes.decode(errors="replace")}

    def replay(self, parked_id: str, by: str) -> None:
        """Send it back to its queue as it was; those that wait behind it follow, one by one.

        Refused while the contract still says no to it, or while it waits behind another itself.
        """

        def act(work: Work, parked: Parked, line: Line | None) -> None:
            self._may_go(parked)
            if line and line.holds_up(parked_id):
                sentence = (
                    f"It waits behind {line.ids[0]}: replay or discard that one, and it follows."
                )
                raise Refused([Reason("WAITS_BEHIND", sentence, "parked_id")])
            self._leave(work, parked, {"action": "replayed", "by": by}, again=True)
            if line:
                work.save(replace(line, by=by))

        self._act_on(parked_id, act)

    def discard(
        self,
        parked_id: str,
        by: str,
        reason: str,
        refusal: Callable[[Parked], Callable[[Batch], None]] = lambda _: lambda _: None,
    ) -> None:
        """Give it up, for a reason that stays on record. What waited behind it goes on.

        So does what waits behind a message that was replayed and then lost with its queue.
        """

        deed = {"action": "discarded", "by": by, "reason": reason}

        def act(work: Work, parked: Parked, line: Line | None) -> None:
            self._leave(work, parked, deed, again=False)
            work.step.writes.append(refusal(parked))
            if line:
                first = not line.holds_up(parked_id)
                self.move_on(work, replace(line, by=by) if first else line, parked_id)

        def act_without(work: Work) -> None:
            """What was lost on its way back holds up its line no longer."""
            line = self._led_by(work, parked_id)
            self._put_on_record(work, parked_id, deed)
            self.move_on(work, replace(line, by=by), parked_id)

        if self._get(parked_id):
            self._act_on(parked_id, act)
        else:
            self._act(parked_id, act_without)

    def edit(
        self,
        parked_id: str,
        body: bytes,
        by: str,
        reason: str,
        mend: Callable[[Parked, bytes], Parked],
    ) -> str:
        """Put the message with another body in its place, for a reason that stays on record beside
        the old bytes. `mend` reads it again, or says why not. Answers the id that it has now."""
        mended = ""

        def act(work: Work, parked: Parked, line: Line | None) -> None:
            nonlocal mended
            after = mend(parked, body)
            mended = after.parked_id
            if self._get(mended):
                raise Refused([ON_THE_LOT])
            deed = {"action": "edited", "by": by, "reason": reason, "became": mended}
            self._leave(work, parked, deed | {"body": parked.body}, again=False)
            if line:
                ids = (mended if each == parked_id else each for each in line.ids)
                work.save(replace(line, ids=tuple(ids)))
            self.put(work, after)

        self._act_on(parked_id, act)
        return mended

    def audit(self, limit: int = 100) -> list[dict[str, str]]:
        """What was done with parked messages, newest first."""
        found = self.shelf.call("xrevrange", self._audit, count=limit)
        return [{k.decode(): v.decode() for k, v in entry.items()} for _, entry in found]

    # --- within

    def _act_on(self, parked_id: str, act: Callable[[Work, Parked, Line | None], None]) -> None:
        """Commit what is done with a message that is on the lot."""

        def with_line(work: Work) -> None:
            parked = self.get(parked_id)
            act(work, parked, work.get(Line, parked.line_id) if parked.line_id else None)

        self._act(parked_id, with_line)

    def _act(self, parked_id: str, act: Callable[[Work], None]) -> None:
        """Commit what an operator does; decide again when a line has changed."""
        while True:
            work = Work(self.shelf, clock=self.clock)
            work.begin(Event(id=parked_id, source=f"/services/{self.shelf.service}", type="parked"))
            act(work)
            work.keep(None)
            with suppress(Clash):
                work.commit()
                return

    def _led_by(self, work: Work, parked_id: str) -> Line:
        """The line that this message, replayed and not on the lot, still holds up; or `NotFound`."""
        for line_id in {entry["line_id"] for entry in self.entries(SOUGHT_AMONG)} - {None}:
            if _first(self.shelf.load(Line, line_id).thing) == parked_id:
                line = work.get(Line, line_id)  # from here on it is checked at the commit
                if line and _first(line) == parked_id:
                    return line
        raise NotFound.of("parked message", "parked_id")

    def _may_go(self, parked: Parked) -> None:
        if self.clock() - parked.parked_at > timedelta(days=self.settings.parked_days):
            raise Refused(
                [
                    Reason(
                        "TOO_OLD",
                        f"It was parked more than {self.settings.parked_days} days ago; a copy of it "
                        "may have been done and forgotten. Send it anew under a new id, or discard it.",
                    )
                ]
            )
        self.check(parked)

    def _leave(self, work: Work, parked: Parked, deed: dict[str, str], *, again: bool) -> None:
        """Take it off the lot, and send it back to its queue if it is to be done again."""
        key = self._key(parked.parked_id)

        def write(batch: Batch) -> None:
            if parked.parked_id not in work.set_aside:
                batch.expect_version(key, 1)
            batch.delete(key)
            batch.remove(self.index, parked.parked_id)
            if again:
                batch.append(self.shelf.outbox, parked.posting().entry())

        self._put_on_record(work, parked.parked_id, deed)
        work.step.writes.append(write)

    def _put_on_record(self, work: Work, parked_id: str, deed: dict[str, str]) -> None:
        at = self.clock().isoformat(timespec="seconds")
        entry = {"at": at, "parked_id": parked_id, **deed}
        work.step.writes.append(lambda batch: batch.append(self._audit, entry))

    def _get(self, parked_id: str) -> Parked | None:
        key = self._key(parked_id)
        return _read(key, self.shelf.call("get", key))

    def _key(self, parked_id: str) -> str:
        return self.shelf.key("parked", "message", parked_id)

    @property
    def index(self) -> str:
        return self.shelf.key("parked", "index")

    @property
    def _audit(self) -> str:
        return self.shelf.key("parked", "audit")


def _without_bytes(parked: Parked) -> dict[str, Any]:
    shown: dict[str, Any] = msgspec.to_builtins(replace(parked, body="", headers={}))
    del shown["body"], shown["headers"]
    return shown


def _first(line: Line | None) -> str | None:
    return line.ids[0] if line and line.ids else None


def _read(key: str, raw: bytes | None) -> Parked | None:
    """The message under this key. Raises `Damaged`."""
    if raw is None:
        return None
    try:
        return msgspec.json.decode(raw.partition(b" ")[2], type=Parked)
    except (ValueError, msgspec.DecodeError) as problem:
        raise Damaged("parked message", _id_in(key), key, problem) from problem


def _listed(key: str, raw: bytes | None) -> Parked | None:
    """The same for a list, in which a damaged message has a place of its own and says so."""
    try:
        return _read(key, raw)
    except Damaged as problem:
        return Parked(
            parked_id=_id_in(key),
            parked_at=datetime.fromtimestamp(0, UTC),
            queue="",
            exchange="",
            routing_key="",
            body="",
            content_type=None,
            cause="Damaged",
            sentence=str(problem),
            attempts=0,
        )


def _id_in(key: str) -> str:
    return key.rpartition(":")[2]


def plain(value: Any, depth: int = 10) -> Any:
    """What a client sent beside a message, as JSON and UTF-8 can hold it: a publisher may send a
    header that neither can, and it must not hold up the messages beside it. What lies deeper than
    `depth` is left out."""
    if depth < 0:
        return "…"
    if isinstance(value, bytes):
        return _legible(value)
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    if isinstance(value, datetime):  # AMQP's own timestamp, which is in UTC
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    if isinstance(value, dict):
        return {_name(plain(name)): plain(each, depth - 1) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each, depth - 1) for each in value]
    if isinstance(value, int) and -(2**63) <= value < 2**63:
        return value
    if value is None or (isinstance(value, float) and isfinite(value)):
        return value
    return str(value)


def _legible(said: bytes) -> Any:
    """A text; or its bytes in a table where it is none, so that no two of them become one text."""
    try:
        return said.decode()
    except UnicodeDecodeError:
        return {"not_utf_8": said[:100].hex()}


def _name(name: Any) -> str:
    """The name of a header, no longer than AMQP can hold."""
    return str(name).encode()[:255].decode(errors="ignore")
