"""What is parked in a service, read page after page: all of it, what others wait for, and by cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..ask import call
from ..console import err

AT_ONCE = 200
Entry = dict[str, Any]


def pages(service: str, cause: str = "", at_once: int = AT_ONCE) -> Iterator[list[Entry]]:
    """Page after page, oldest first; of one cause, or of all."""
    cursor = None
    while True:
        page = call(service, "page_parked", cause=cause or None, limit=at_once, cursor=cursor)
        yield page["items"]
        cursor = page["cursor"]
        if cursor is None:
            return


def first(service: str, cause: str, limit: int) -> tuple[list[Entry], bool]:
    """The oldest of them, and whether there are more."""
    found: list[Entry] = []
    for page in pages(service, cause, min(AT_ONCE, limit + 1)):
        found += page
        if len(found) > limit:
            return found[:limit], True
    return found, False


def everything(service: str, cause: str = "") -> list[Entry]:
    """All of them, once each, however many there are."""
    found: dict[str, Entry] = {}
    with err.status("reading …") as status:
        for page in pages(service, cause):
            found |= {each["parked_id"]: each for each in page}
            status.update(f"reading … {len(found)}")
    return list(found.values())


def heads(entries: Iterable[Entry]) -> list[Entry]:
    """Those that wait for nobody; first those behind which most wait, and of these the oldest."""
    found = (each for each in entries if not each["waits_for"])
    return sorted(found, key=lambda each: (-each["waiting"], each["parked_at"]))


def held_from_elsewhere(entries: list[Entry]) -> dict[str, int]:
    """What some wait for and is not parked itself, by its id, with how many wait: it is being tried again,
    or it was lost with its queue."""
    there, found = {each["parked_id"] for each in entries}, dict[str, int]()
    for each in entries:
        if each["waits_for"] and each["waits_for"] not in there:
            found[each["waits_for"]] = found.get(each["waits_for"], 0) + 1
    return found


def by_cause(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """A group for each cause, the largest first: how many, how many of them wait for nobody, how many wait
    behind those, the oldest, and an example, which is the oldest that waits for nobody."""
    groups: dict[str, list[Entry]] = {}
    for each in entries:
        groups.setdefault(each["cause"], []).append(each)
    found = []
    for cause, some in groups.items():
        first_of = [each for each in some if not each["waits_for"]]
        example = (first_of or some)[0]
        found.append(
            {
                "cause": cause,
                "count": len(some),
                "heads": len(first_of),
                "waiting": sum(each["waiting"] for each in first_of),
                "oldest": min(each["parked_at"] for each in some),
                "example": example["parked_id"],
                "sentence": example["sentence"],
            }
        )
    return sorted(found, key=lambda group: (-group["count"], group["cause"]))
