"""Two overviews side by side, and the parts of one figure in both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ..overview.shown import amounts

Page = Mapping[str, Any]
SAYS_AT = {"at_least": "at_least", "more_than": "at_least", "at_most": "at_most"}
# what it makes of a difference to take it away
AGAINST = {"at_least": "at_most", "at_most": "at_least"}
SAYS = ("adds", "before", "after", "overview_kind")


def compared(before: Page, after: Page) -> list[dict[str, Any]]:
    """The figures whose value, or whether it is exact, is another one, in the order of the page. Those of a
    service that did not answer on either side are left out. `difference` is none where one side has no
    value, where both are bounds that say nothing of it, and of a ratio: the difference of two ratios counts
    nothing. `difference_kind` is how much it says."""
    old, new = _figures(before), _figures(after)
    silent = {each["figure"] for page in (before, after) for each in page["missing"]}
    names = [
        each
        for each in dict.fromkeys([*old, *new])
        if silent.isdisjoint({each, each.partition(":")[0]})
    ]
    return [*_differing(names, old, new)]


def unreachable(*pages: Page) -> list[str]:
    """The services that did not answer, on one side or the other."""
    return sorted({name for page in pages for name in page["unreachable"]})


def _differing(
    names: Sequence[str], old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    for name in names:
        sides = old.get(name, {}), new.get(name, {})
        values = [each.get("value") for each in sides]
        kinds = [each.get("overview_kind") for each in sides]
        if values[0] != values[1] or (None not in values and kinds[0] != kinds[1]):
            shown = sides[1] or sides[0]
            kind = kind_of_difference(*kinds)
            is_known = kind is not None and shown["unit"] != "times"
            difference = _difference(*values) if is_known else None
            yield {
                "figure": name,
                "title": shown["title"],
                "unit": shown["unit"],
                "before": values[0],
                "before_kind": kinds[0],
                "after": values[1],
                "after_kind": kinds[1],
                "difference": difference,
                "difference_kind": None if difference is None else kind,
            }


def kind_of_difference(before: str | None, after: str | None) -> str | None:
    """How much the difference of two figures says: at least 5 less exactly 3 is at least 2, exactly 5 less
    at least 3 is at most 2, and of two that are at least nothing is known."""
    sides = {SAYS_AT.get(after or ""), AGAINST.get(SAYS_AT.get(before or "") or "")} - {None}
    return None if len(sides) > 1 else next(iter(sides), "exact")


def _figures(page: Page) -> dict[str, Any]:
    return {each["figure"]: each for topic in page["topics"] for each in topic["figures"]}


def _difference(before: str | None, after: str | None) -> str | None:
    return None if None in (before, after) else str(Decimal(str(after)) - Decimal(str(before)))


def parts_compared(before: Page, after: Page) -> list[dict[str, Any]]:
    """The parts of a figure that came, went, or add something else, with the event that said each; also those
    that count and do not say how much."""
    old, new = _parts(before), _parts(after)
    found = []
    for key in dict.fromkeys([*old, *new]):
        was, now = old.get(key), new.get(key)
        if was is None or now is None or any(was[name] != now[name] for name in SAYS):
            part = now or was
            assert part is not None  # noqa: S101 - it is in one of the two
            became = "came" if was is None else "went" if now is None else "changed"
            found.append(
                {
                    "thing": part["thing"],
                    "thing_id": part["thing_id"],
                    "became": became,
                    "before": was and amounts(was),
                    "after": now and amounts(now),
                    "event_id": part["event_id"],
                }
            )
    return found


def _parts(explained: Page) -> dict[tuple[str, str, int], Any]:
    """The parts by the thing that each is of, and the number of those of one thing, by their days."""
    found: dict[tuple[str, str, int], Any] = {}
    counts: Counter[tuple[str, str]] = Counter()
    counted = [*explained["parts"], *explained["without_amount"]]
    for each in sorted(counted, key=lambda part: part.get("about_on") or ""):
        thing = each["thing"], each["thing_id"]
        found[*thing, counts[thing]] = each
        counts[thing] += 1
    return found
