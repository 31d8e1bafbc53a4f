"""Reads of steps that are due, with whether each is late on the day of the asking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any

from backbone.errors import Invalid, Reason
from park.time import day_of

Read = Callable[..., Any]


def is_late(step: dict[str, Any], on: date) -> bool:
    """Whether the day of a step, as it is answered, is over and nobody has done it. A step that is dropped,
    or whose day stands still, is not late."""
    is_open = step["done_on"] is None and not step["dropped"] and not step["suspended"]
    return is_open and step["due_on"] is not None and step["due_on"] < on.isoformat()


def one_with_late(read: Read) -> Read:
    """A read of one step; as it was at a moment it is late by the day of that moment."""

    @wraps(read)
    def answer(self: Any, /, *args: Any, **asked: Any) -> Any:
        step = read(self, *args, **asked)
        at = asked.get("as_of")
        on = day_of(datetime.fromisoformat(at)) if at else self.store.today
        return step | {"late": is_late(step, on)}

    return answer


def list_with_late(read: Read) -> Read:
    """A list of steps, which may be of the late ones or of the others alone. Like any page it may hold fewer
    than were asked for and still go on."""

    @wraps(read)
    def answer(self: Any, /, *args: Any, **asked: Any) -> Any:
        wanted, asked = _without_late(asked)
        while True:
            page = read(self, *args, **asked)
            steps = [each | {"late": is_late(each, self.store.today)} for each in page["items"]]
            found = [each for each in steps if wanted is None or each["late"] is wanted]
            if found or page["cursor"] is None:
                return page | {"items": found}
            asked["cursor"] = page["cursor"]

    return answer


def _without_late(asked: dict[str, Any]) -> tuple[bool | None, dict[str, Any]]:
    """What is asked of lateness, and the rest; late steps are open ones."""
    filters = asked.get("filter")
    if not isinstance(filters, dict) or "late" not in filters:
        return None, asked
    wanted = filters["late"]
    if not isinstance(wanted, bool):
        raise Invalid([Reason("INVALID", "Give true or false.", field="filter.late")])
    others = {name: value for name, value in filters.items() if name != "late"}
    narrowed = {"is_open": True} | others if wanted else others
    return wanted, asked | {"filter": narrowed}
