"""Messages parked for a person: why, what they were to the byte, and what was done with them.

A message is parked when no further try can help. It can be listed, shown, replayed (it goes back to
the queue that it came from, as it was), edited or discarded with a reason; each is audited. Later messages
of its subject wait behind it in a sequence, in order; so they do while it is being tried again. When the
first is done at last, or discarded, the next one follows by itself, in the same commit; when it is
parked once more, the sequence stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

import msgspec

from ..errors import Damaged, Invalid, NotFound, Reason, Refused
from ..messages.envelope import Event
from ..settings import Settings
from ..store.atomic import Commit
from ..store.collection import Collection
from ..store.commit_group import Conflict
from ..store.repository import Repository
from ..store.unit_of_work import UnitOfWork
from .parked import MessageSequence, Parked

SOUGHT_AMONG = 10_000  # parked messages
READ_AT_ONCE = 20  # of them, which may be long
ON_THE_LOT = Reason(
    "ON_THE_LOT", "A message of these bytes is parked already; change something.", "body"
)
SEQUENCES = Collection(
    MessageSequence, key="line_id", ended_by="is_over", history=False, stored_as="line"
)


class ParkingLot:
    """The parking lot of one service."""

    def __init__(
        self,
        repository: Repository,
        settings: Settings,
        check: Callable[[Parked], None] = lambda _: None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.repository, self.settings, self.check, self.clock = repository, settings, check, clock
        repository.collections.setdefault(MessageSequence, SEQUENCES)
        self._parked_in: WeakKeyDictionary[UnitOfWork, dict[str, Parked]] = WeakKeyDictionary()

    # --- within the commit of a message

    def put(self, work: UnitOfWork, parked: Parked) -> None:
        """Park this, in its sequence if it has one."""

        def write(commit: Commit) -> None:
            commit.set(self._key(parked.parked_id), b"1 " + msgspec.json.encode(parked))
            commit.add(self.index, parked.parked_id, parked.parked_at.timestamp())

        work.step.writes.append(write)
        self.parked_in(work)[parked.parked_id] = parked
        if parked.line_id:
            sequence = work.get(MessageSequence, parked.line_id) or MessageSequence(
                line_id=parked.line_id
            )
            work.save(sequence.with_(parked.parked_id))

    def parked_in(self, work: UnitOfWork) -> dict[str, Parked]:
        """The messages that this unit of work parks, by their `parked_id`: no other sees them yet."""
        return self._parked_in.setdefault(work, {})

    def hold(self, work: UnitOfWork, line_id: str | None, parked_id: str) -> None:
        """This message is tried again later. What comes after it in its sequence waits, and follows by
        itself when it is done."""
        if line_id:
            sequence = work.get(MessageSequence, line_id) or MessageSequence(line_id=line_id)
            by = sequence.by or self.repository.service
            work.save(replace(sequence.with_(parked_id), by=by))

    def move_on(self, work: UnitOfWork, sequence: MessageSequence, parked_id: str) -> None:
        """This message holds up its sequence no longer. If the sequence is being replayed, the next one
        follows, as long as the contract says yes to it."""
        rest = tuple(each for each in sequence.ids if each != parked_id)
        if sequence.by and not sequence.holds_up(parked_id) and rest:
            following = self.parked_in(work).get(rest[0])
            if not following:
                work.read_ahead.catch_up()
                following = self.get(rest[0])
            try:
                self.may_go(following)
            except (Invalid, Refused):
                sequence = replace(sequence, by="")
            else:
                self._leave(work, following, {"action": "replayed", "by": sequence.by}, again=True)
        work.save(replace(sequence, ids=rest, by=sequence.by if rest else ""))

    # --- for an operator

    def entries(self, limit: int = 100) -> list[dict[str, Any]]:
        """What is parked, oldest first, without the bytes."""
        members = self.repository.call("zrange", self.index, 0, max(limit, 1) - 1)
        return self.listed(member.decode() for member in members)

    def listed(self, parked_ids: Iterable[str]) -> list[dict[str, Any]]:
        """Those of these messages that are parked, without the bytes."""
        keys = [self._key(each) for each in parked_ids]
        some = (keys[at : at + READ_AT_ONCE] for at in range(0, len(keys), READ_AT_ONCE))
        return [
            _without_bytes(parked)
            for each in some
            for key, raw in zip(each, self.repository.call("mget", each), strict=True)
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

        def act(work: UnitOfWork, parked: Parked, sequence: MessageSequence | None) -> None:
            self.may_go(parked)
            if sequence and sequence.holds_up(parked_id):
                sentence = f"It waits behind {sequence.ids[0]}: replay or discard that one, and it follows."
                raise Refused([Reason("WAITS_BEHIND", sentence, "parked_id")])
            self._leave(work, parked, {"action": "replayed", "by": by}, again=True)
            if sequence:
                work.save(replace(sequence, by=by))

        self._act_on(parked_id, act)

    def discard(
        self,
        parked_id: str,
        by: str,
        reason: str,
        refusal: Callable[[Parked], Callable[[Commit], None]] = lambda _: lambda _: None,
    ) -> None:
        """Give it up, for a reason that stays on record. What waited behind it goes on.

        So does what waits behind a message that was replayed and then lost with its queue.
        """

        deed = {"action": "discarded", "by": by, "reason": reason}

        def act(work: UnitOfWork, parked: Parked, sequence: MessageSequence | None) -> None:
            self._leave(work, parked, deed, again=False)
            work.step.writes.append(refusal(parked))
            if sequence:
                first = not sequence.holds_up(parked_id)
                self.move_on(work, replace(sequence, by=by) if first else sequence, parked_id)

        def act_without(work: UnitOfWork) -> None:
            """What was lost on its way back holds up its sequence no longer."""
            sequence = self._led_by(work, parked_id)
            self.put_on_record(work, {"parked_id": parked_id, **deed})
            self.move_on(work, replace(sequence, by=by), parked_id)

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

        def act(work: UnitOfWork, parked: Parked, sequence: MessageSequence | None) -> None:
            nonlocal mended
            after = mend(parked, body)
            mended = after.parked_id
            if self._get(mended):
                raise Refused([ON_THE_LOT])
            deed = {"action": "edited", "by": by, "reason": reason, "became": mended}
            self._leave(work, parked, deed | {"body": parked.body}, again=False)
            if sequence:
                ids = (mended if each == parked_id else each for each in sequence.ids)
                work.save(replace(sequence, ids=tuple(ids)))
            self.put(work, after)

        self._act_on(parked_id, act)
        return mended

    def put_on_record(self, work: UnitOfWork, deed: dict[str, str]) -> None:
        """Keep what an operator does, with its moment, in the commit that does it."""
        entry = {"at": self.clock().isoformat(timespec="seconds"), **deed}
        work.step.writes.append(lambda commit: commit.append(self._audit, entry))

    def audit(self, limit: int = 100) -> list[dict[str, str]]:
        """What operators did, newest first."""
        found = self.repository.call("xrevrange", self._audit, count=limit)
        return [{k.decode(): v.decode() for k, v in entry.items()} for _, entry in found]

    # --- within

    def _act_on(
        self, parked_id: str, act: Callable[[UnitOfWork, Parked, MessageSequence | None], None]
    ) -> None:
        """Commit what is done with a message that is on the lot."""

        def with_sequence(work: UnitOfWork) -> None:
            parked = self.get(parked_id)
            act(work, parked, work.get(MessageSequence, parked.line_id) if parked.line_id else None)

        self._act(parked_id, with_sequence)

    def _act(self, parked_id: str, act: Callable[[UnitOfWork], None]) -> None:
        """Commit what an operator does; decide again when a sequence has changed."""
        while True:
            work = UnitOfWork(self.repository, clock=self.clock)
            work.begin(
                Event(id=parked_id, source=f"/services/{self.repository.service}", type="parked")
            )
            act(work)
            work.close_step(None)
            with suppress(Conflict):
                work.commit()
                return

    def _led_by(self, work: UnitOfWork, parked_id: str) -> MessageSequence:
        """The sequence that this message, replayed and not on the lot, still holds up; or `NotFound`."""
        for line_id in {entry["line_id"] for entry in self.entries(SOUGHT_AMONG)} - {None}:
            if _first(self.repository.load(MessageSequence, line_id).thing) == parked_id:
                sequence = work.get(
                    MessageSequence, line_id
                )  # from here on it is checked at the commit
                if sequence and _first(sequence) == parked_id:
                    return sequence
        raise NotFound.of("parked message", "parked_id")

    def may_go(self, parked: Parked) -> None:
        """Raise `Refused` or `Invalid` while it may not be sent back: it is too old, or the contract says
        no to it."""
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

    def _leave(
        self, work: UnitOfWork, parked: Parked, deed: dict[str, str], *, again: bool
    ) -> None:
        """Take it off the lot, and send it back to its queue if it is to be done again."""
        key = self._key(parked.parked_id)

        def write(commit: Commit) -> None:
            if parked.parked_id not in self.parked_in(work):
                commit.expect_version(key, 1)
            commit.delete(key)
            commit.remove(self.index, parked.parked_id)
            if again:
                commit.append(self.repository.outbox, parked.outgoing().entry())

        self.put_on_record(work, {"parked_id": parked.parked_id, **deed})
        work.step.writes.append(write)

    def _get(self, parked_id: str) -> Parked | None:
        key = self._key(parked_id)
        return _read(key, self.repository.call("get", key))

    def _key(self, parked_id: str) -> str:
        return self.repository.key("parked", "message", parked_id)

    @property
    def index(self) -> str:
        return self.repository.key("parked", "index")

    @property
    def _audit(self) -> str:
        return self.repository.key("parked", "audit")


def _without_bytes(parked: Parked) -> dict[str, Any]:
    shown: dict[str, Any] = msgspec.to_builtins(replace(parked, body="", headers={}))
    del shown["body"], shown["headers"]
    return shown


def _first(sequence: MessageSequence | None) -> str | None:
    return sequence.ids[0] if sequence and sequence.ids else None


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
