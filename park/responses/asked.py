"""The question for response times, and the walk over what a service keeps of a township."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from marshmallow import Schema, validate

from ..fields import Moment, TownshipCode, WholeNumber

USUAL = timedelta(days=30)
AT_ONCE = 200
MOST_WAITING = 500


class TimesQuestion(Schema):
    """`since` is the first moment whose reports count; 30 days ago if it is left out."""

    township = TownshipCode(required=True)
    since = Moment(load_default=None, allow_none=True)
    most_waiting = WholeNumber(
        load_default=20,
        validate=validate.Range(0, MOST_WAITING, error="Give a whole number from {min} to {max}."),
    )


def begun(request: dict[str, Any], now: datetime) -> datetime:
    since: datetime | None = request["since"]
    return since or now - USUAL


def histories_since(
    repository: Any, kinds: Iterable[type], township: str, since: datetime
) -> Iterator[tuple[type, str, list[dict[str, Any]]]]:
    """The things of a township that changed since, kind by kind: kind, id, and every change."""
    for kind in kinds:
        changed = list(_changed_since(repository, kind, township, since))
        for identity, changes in repository.histories(kind, changed):
            yield kind, identity, changes


def _changed_since(repository: Any, kind: type, township: str, since: datetime) -> Iterator[str]:
    """The ids, the newest change first."""
    collection, cursor = repository.collections[kind], None
    while True:
        page = repository.page(kind, {"township": township}, "-updated_at", AT_ONCE, cursor)
        for stored in page.found:
            if datetime.fromisoformat(stored.updated_at) < since:
                return
            yield collection.id_of(stored.thing)
        cursor = page.cursor
        if cursor is None:
            return
