"""How what is due stood when its day was over, by what was on record then: nothing that is heard later
changes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from ..time import day_of, end_of
from .due import Due


class Record(Protocol):
    """What a service keeps, as it was at a moment."""

    def as_of(self, cls: type, identity: str, moment: datetime) -> Any: ...


class Stood(NamedTuple):
    """The kind of thing that says how it stood, where its id is found, and its words for it."""

    kind: type
    identity: Callable[[Due], str | None]
    words: Callable[[Any, Due], str | None]


def itself(due: Due) -> str:
    """The id of what is due."""
    return due.thing_id


def about(due: Due) -> str | None:
    """The id of what it is about."""
    return due.about_id


def as_it_stood(due: Due, stood: Mapping[str, Stood], record: Record, now: datetime) -> Due:
    """With how it stood at the end of its day, by the words for its `what`. As it is where there are none,
    before that day is over, and where nothing of it was on record then."""
    how = stood.get(due.what)
    if how is None or due.due_on is None or due.due_on >= day_of(now):
        return due
    identity = how.identity(due)
    then = record.as_of(how.kind, identity, end_of(due.due_on)) if identity else None
    return replace(due, state_at_deadline=how.words(then, due)) if then else due
