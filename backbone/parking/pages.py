"""What is parked, a page at a time, each message with its place in its sequence: what it waits for, and how
many wait behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..errors import Damaged, Invalid, Reason
from ..store.repository import Repository
from .lot import SEQUENCES, ParkingLot
from .parked import MessageSequence

BAD_CURSOR = Reason("BAD_CURSOR", "Give the cursor of the page before.", "cursor")


def page(
    lot: ParkingLot, cause: str | None = None, limit: int = 50, cursor: str | None = None
) -> tuple[list[dict[str, Any]], str | None]:
    """Of the next `limit` messages, oldest first and without the bytes, those with this `cause`, or all;
    and where the next page begins. It may hold fewer than `limit`, or none, and still not be the last."""
    members = _after(lot, limit, cursor)
    found = lot.listed(member for member, _ in members)
    found = [each for each in found if cause in (None, each["cause"])]
    sequences = _sequences(lot.repository, {each["line_id"] for each in found} - {None})
    for each in found:
        ids = sequences.get(each["line_id"], ())
        is_first = ids[:1] == (each["parked_id"],)
        each["waits_for"] = None if is_first or not ids else ids[0]
        each["waiting"] = len(ids) - 1 if is_first else 0
    return found, f"{members[-1][1]!r}/{members[-1][0]}" if len(members) == limit else None


def waits_for(lot: ParkingLot, line_id: str | None, parked_id: str) -> str | None:
    """The earlier message of its sequence that holds this one up, by its id."""
    ids = _sequences(lot.repository, {line_id} - {None}).get(line_id, ())
    return ids[0] if ids and ids[0] != parked_id else None


def _after(lot: ParkingLot, limit: int, cursor: str | None) -> list[tuple[str, float]]:
    """The ids that follow, with the moments by which they are in order."""
    call, index = lot.repository.call, lot.index
    moment, skipped = "-inf", 0
    if cursor is not None:
        moment, _, last = cursor.partition("/")
        try:
            float(moment)
        except ValueError as problem:
            raise Invalid([BAD_CURSOR]) from problem
        of_one_moment = call("zrangebyscore", index, moment, moment)  # one, but for a set clock
        skipped = sum(member.decode() <= last for member in of_one_moment)
    found = call("zrangebyscore", index, moment, "+inf", start=skipped, num=limit, withscores=True)
    return [(member.decode(), score) for member, score in found]


def _sequences(
    repository: Repository, line_ids: Iterable[str | None]
) -> dict[str | None, tuple[str, ...]]:
    """The ids of each sequence that is there and can be read."""
    wanted = [each for each in line_ids if each]
    keys = [repository.document(SEQUENCES, each) for each in wanted]
    found: dict[str | None, tuple[str, ...]] = {}
    for line_id, raw in zip(wanted, repository.call("mget", keys) if keys else (), strict=True):
        try:
            sequence = repository.stored(MessageSequence, line_id, raw).thing
        except Damaged:  # who acts on it is told; the list shows all the others
            continue
        if sequence:
            found[line_id] = sequence.ids
    return found
