"""What is due on two days, side by side, both by what is on record now: what is otherwise has the calendar
alone done. Something came to be due, became late, or only ends and is over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..due.asking import AHEAD_DAYS, Ask, ledger, place_of

AT_ONCE = 500  # as many as a service answers
OF_IT = ("service", "thing", "thing_id", "about_id", "enterprise_ids", "what", "due_on", "holder")
SAID = (*OF_IT, "rule", "counting", "length", "source")
Due = dict[str, Any]


def all_due(ask: Ask, on: str) -> tuple[list[Due], set[str]]:
    """All that is due on a day, and who did not answer. Raises as `ledger`."""
    dues: list[Due] = []
    silent: set[str] = set()
    asked = {"on": on, "late": False, "within_days": AHEAD_DAYS, "limit": AT_ONCE, "cursor": None}
    while True:
        page = ledger(ask, asked)
        dues += page["dues"]
        silent |= {*page["unreachable"]}
        if page["cursor"] is None:
            return dues, silent
        asked["cursor"] = page["cursor"]


def dues_compared(before: Iterable[Due], after: Iterable[Due]) -> Iterator[dict[str, Any]]:
    """What came to be `due`, became `late`, or is `over`, in the order of its days, with the rule by which
    its day was found. `before` and `after` say how many days late it is; none where it is not on the
    list."""
    old, new = ({place_of(due): due for due in dues} for dues in (before, after))
    for place in sorted({*old, *new}):
        was, now = old.get(place), new.get(place)
        shown = now or was or {}
        became = "over" if now is None else "late" if now["days_late"] else "due"
        if was and now and bool(was["days_late"]) == bool(now["days_late"]):
            continue
        sides = {"before": was and was["days_late"], "after": now and now["days_late"]}
        yield {name: shown[name] for name in SAID} | {"became": became} | sides
