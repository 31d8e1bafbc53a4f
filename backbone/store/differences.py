"""What the store held at a moment and what made it so; what changed between two moments: field by field,
with the events and calls that said it."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ..errors import Invalid, Reason
from ..plain import dump, to_json
from .collection import Collection
from .repository import Page, Repository

MISSING = object()
LOOK_AT_MOST = 500  # of one call: each costs a read of its history
NEAREST = 3  # ids that are named beside one that is none


def kinds_of(repository: Repository) -> list[Collection]:
    """The kinds of things of which a history is kept and that can be listed, by their names."""
    kept = filter(has_history, repository.collections.values())
    return sorted(kept, key=lambda each: each.name)


def has_history(kind: Collection) -> bool:
    """Whether it can be told what a thing of the kind was at a moment, and the kind can be listed."""
    return kind.history and kind.lifetime_days is None and kind.ended_by is None


def changed(
    repository: Repository,
    since: datetime,
    until: datetime,
    kind: str = "",
    limit: int = 50,
    cursor: str | None = None,
) -> tuple[list[dict[str, Any]], str | None]:
    """Things of one kind, or of all, that the store held otherwise at `until` than at `since` (both aware),
    and where the next page begins. What was changed and changed back is left out. What is changed once
    more while somebody turns the pages may be told twice, and is not missed. Raises `Invalid` for a kind
    that is not kept."""
    kinds = kinds_of(repository)
    names = [each.name for each in kinds]
    at, _, inner = (cursor or "").partition(" ")
    for name in filter(None, (kind, at)):
        if name not in names:
            no_history = name in {each.name for each in repository.collections.values()}
            why = f"Of a {name} no history is kept. " if no_history else ""
            there_are = f"{why}Give one of {', '.join(names)}."
            raise Invalid([Reason("INVALID", there_are, "thing" if name == kind else "cursor")])
    wanted = [each for each in kinds if kind in ("", each.name) and each.name >= at]
    found: list[dict[str, Any]] = []
    looked = 0
    for each in wanted:
        after: str | None = inner if each.name == at else ""
        while after is not None:
            if len(found) >= limit or looked >= LOOK_AT_MOST:
                return found, f"{each.name} {after}"
            page = _changed_since(repository, each, since, limit - len(found), after)
            looked, after = looked + len(page.found), page.cursor
            ids = [each.id_of(stored.thing) for stored in page.found]
            differ = (_difference(repository, each, identity, since, until) for identity in ids)
            found += [one for one in differ if one["fields"]]
    return found, None


def _changed_since(
    repository: Repository, kind: Collection, since: datetime, limit: int, cursor: str
) -> Page:
    """Things of a kind that were last changed after a moment, in the order of their last change."""
    after = cursor or repository.cursor_after(since, "updated_at")
    return repository.page(kind.type, {}, "updated_at", limit, after)


def _difference(
    repository: Repository, kind: Collection, identity: str, since: datetime, until: datetime
) -> dict[str, Any]:
    """What the thing was at the first moment and is at the second, and what changed it in between."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    said: dict[str, dict[str, Any]] = {}
    for change in repository.history(kind.type, identity):
        at = datetime.fromisoformat(change["at"])
        if at <= since:
            before |= change["changed"]
        if at <= until:
            after |= change["changed"]
        if since < at <= until:
            said |= {key: {"at": change["at"], "by": change["by"]} for key in change["changed"]}
    return {
        "thing": kind.name,
        "id": identity,
        "is_new": bool(after) and not before,
        "fields": [*_fields(kind, before, after, said)],
    }


def _fields(
    kind: Collection,
    before: dict[str, Any],
    after: dict[str, Any],
    said: dict[str, dict[str, Any]],
) -> Iterator[dict[str, Any]]:
    for name, value in after.items():
        if before.get(name, MISSING) != value:
            was, now = (kind.shown(name, each) for each in (before.get(name), value))
            yield {"field": name, "before": was, "after": now, **said[name]}


def explained(
    repository: Repository, kind: Collection, identity: str, moment: datetime | None
) -> list[dict[str, Any]]:
    """Every field of a thing with its value, now or at a moment (aware), and the change that gave it that
    value; of a kind without a history the value alone. What the kind hides is shown as ****. Nothing, if
    there is no such thing."""
    fields: dict[str, dict[str, Any]] = {}
    if not kind.history:
        thing = repository.load(kind.type, identity).thing
        held = {} if thing is None else json.loads(to_json(dump(thing)))
        return [
            {"field": name, "value": kind.shown(name, value), "at": None, "by": None}
            for name, value in held.items()
        ]
    for change in repository.history(kind.type, identity):
        if moment is None or datetime.fromisoformat(change["at"]) <= moment:
            said = {"at": change["at"], "by": change["by"]}
            fields |= {
                name: {"field": name, "value": kind.shown(name, value), **said}
                for name, value in change["changed"].items()
            }
    return list(fields.values())


def nearest_ids(repository: Repository, kind: Collection, identity: str) -> list[str]:
    """Ids of the kind that look most like one that there is not, or else the first ones that there are."""
    beside = repository.beside(kind.type, identity, LOOK_AT_MOST)
    near = difflib.get_close_matches(identity, beside, NEAREST)
    return near or sorted(beside)[:NEAREST]
