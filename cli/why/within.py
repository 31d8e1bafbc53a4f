"""Things that are kept within another one, by the names that tables print: a lease within its unit, an honour
among those of its firm, a target within its platform."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from backbone.errors import Invalid, NotFound, Reason

Ask = Callable[..., Any]
AT_ONCE = 100  # units of a page


def whole_of(ask: Ask, kind: str, identity: str) -> tuple[str, str, str]:
    """The kind and the id of what keeps the thing, and a sentence that says where, by the answers to
    `ask(service, method, **arguments)`. Raises `NotFound` where there is none of that id, and `Invalid` where
    there are several."""
    whole, field, find = WITHIN[kind]
    whole_id = find(ask, identity)
    if whole_id is None:
        raise NotFound.of(kind, "id")
    return whole, whole_id, f"{kind} {identity} stands in `{field}` of {whole} {whole_id}."


def _unit_of(ask: Ask, lease_id: str) -> str | None:
    """The unit whose lease it is, in force or not."""
    units: list[str] = [
        unit["unit_id"]
        for unit in _units(ask)
        if any(lease["lease_id"] == lease_id for lease in unit["leases"])
    ]
    if len(units) > 1:
        said = f"Leases of several units have this id; ask for one of unit {', unit '.join(units)}."
        raise Invalid([Reason("INVALID", said, "lease_id")])
    return units[0] if units else None


def _units(ask: Ask) -> Iterator[dict[str, Any]]:
    cursor = None
    while True:
        page = ask("parcels", "list_units", limit=AT_ONCE, cursor=cursor)
        yield from page["items"]
        cursor = page["cursor"]
        if cursor is None:
            return


def _firm_of(ask: Ask, honour_id: str) -> str | None:
    """Of `330604006-E9:high_tech:national:2023` the firm."""
    firm, _, key = honour_id.partition(":")
    honours = ask("enterprises", "get_firm_honours", enterprise_id=firm)["honours"]
    keys = {f"{each['honour']}:{each['level']}:{each['year']}" for each in honours}
    return firm if key in keys else None


def _platform_of(ask: Ask, target_id: str) -> str | None:
    """Of `youth-valley.projects` the platform, if it plans such a target, or once did."""
    platform, _, name = target_id.rpartition(".")
    plans = ask("projects", "get_platform", platform_id=platform)["plans"]
    names = {target["target_name"] for plan in plans for target in plan["targets"]}
    return platform if name in names else None


# each kind, the kind of what keeps it, in which field, and how that one is found
WITHIN: dict[str, tuple[str, str, Callable[[Ask, str], str | None]]] = {
    "lease": ("unit", "leases", _unit_of),
    "honour": ("firm_honours", "honours", _firm_of),
    "platform_target": ("platform", "plans", _platform_of),
}
