"""What a service kept at a moment, for the rules that are asked what they said then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any


class Then:
    """Read like a unit of work, but with things as the store held them at a moment, which is its `now`. Kinds
    of which no history is kept are read as they are: they never change, or keep all that was said of them."""

    def __init__(self, store: Any, moment: datetime) -> None:
        self.store, self.now = store, min(moment, store.now)

    @property
    def today(self) -> date:
        then: datetime = self.now.astimezone(self.store.zone)
        return then.date()

    def has_history(self, cls: type) -> bool:
        return bool(self.store.repository.collections[cls].history)

    def get(self, cls: type, identity: str) -> Any:
        """The thing, or none where it was not on record yet."""
        if self.has_history(cls):
            return self.store.repository.as_of(cls, identity, self.now)
        return self.store.get(cls, identity)

    def require(self, cls: type, identity: str) -> Any:
        """A thing that another one of then names. Where that was heard of first, it is as it is now."""
        return self.get(cls, identity) or self.store.require(cls, identity)

    def find(self, cls: type, limit: int, order: str = "key", **filters: Any) -> list[Any]:
        """Those that matched every filter then, by their ids, or in the order of a field, where none comes
        first."""
        there = self.store.repository.all_as_of(cls, self.now, {})
        found = [each for each in there if _matches(each, filters)]
        if order != "key":
            by = ((getattr(each, order), each) for each in found)
            found = [each for _, each in sorted(by, key=lambda one: (one[0] is not None, one[0]))]
        return found[:limit]


class OnDay:
    """A store that is asked as if today were another day."""

    def __init__(self, store: Any, day: date) -> None:
        self._store, self.today = store, day

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def kept_at(store: Any, moment: datetime | None) -> Any:
    """What the store kept at a moment; the store itself where none is given."""
    return Then(store, moment) if moment else store


def _matches(thing: Any, filters: Mapping[str, Any]) -> bool:
    """A field of several values matches by any of them."""
    values = ((getattr(thing, name), wanted) for name, wanted in filters.items())
    return all(
        wanted in value if isinstance(value, tuple | frozenset) else value == wanted
        for value, wanted in values
    )
