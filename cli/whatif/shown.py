"""What would follow, as tables for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.markup import escape
from rich.table import Table

from ..console import cell, noted, whole

Found = Mapping[str, Mapping[str, Any]]
OF_NOTIFY = "notify"  # what it keeps says who is told
NOT_TAKEN = ("refused", "parked", "duplicate", "waits")
WIDEST = 60


def refusals_of(found: Found) -> Table | None:
    """What would not be taken, by whom and why, and what would be noted of the rest; what several services
    say alike stands once."""
    table = Table("Service", "Report", "Outcome", "What is said", title="What would be answered")
    alike: dict[tuple[str, str, str], list[str]] = {}
    for service, answer in found.items():
        for each in answer["reports"]:
            why = "; ".join(map(_reason, each["reasons"])) or each["note"] or ""
            if each["outcome"] in NOT_TAKEN or (why and each["outcome"] == "accepted"):
                alike.setdefault((each["type"], each["outcome"], why), []).append(service)
    for (type_, outcome, why), services in alike.items():
        table.add_row(", ".join(services), type_, outcome, escape(why))
    return table if table.rows else None


def _reason(reason: Mapping[str, Any]) -> str:
    field = f" ({reason['field']})" if reason["field"] else ""
    return f"{reason['code']}{field}: {reason['sentence']}"


def changes_of(found: Found) -> Iterator[Table]:
    """A table for each service whose things would change; of a new thing one row."""
    for service, answer in found.items():
        if service == OF_NOTIFY or not answer["changes"]:
            continue
        table = Table(*whole("Thing", "Id", "Field"), "Is", "Would be", title=service)
        new: set[tuple[str, str]] = set()
        for each in answer["changes"]:
            thing = each["thing"], each["id"]
            if not each["is_new"]:
                table.add_row(
                    *thing, each["field"], cell(each["before"], WIDEST), cell(each["after"], WIDEST)
                )
            elif thing not in new:
                new.add(thing)
                table.add_row(*thing, "", "", "is new")
        yield noted(table)


def told_of(found: Found) -> Table | None:
    """The alerts that would be raised, and who would get them."""
    table = Table("Severity", "Alert", "What it says", "To", title="Would be told")
    for alert, names in alerts_of(found):
        to = ", ".join(names) or "nobody has subscribed"
        table.add_row(alert["severity"], alert["kind"], escape(str(alert["title"])), escape(to))
    return table if table.rows else None


def alerts_of(found: Found) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Each alert that would be raised, with the names of those who would get it."""
    alerts: dict[str, dict[str, Any]] = {}
    receivers: dict[str, dict[str, Any]] = {}
    for each in found.get(OF_NOTIFY, {}).get("changes", ()):
        kept = {"alert": alerts, "delivery": receivers}.get(each["thing"])
        if kept is not None and each["is_new"]:
            kept.setdefault(each["id"], {})[each["field"]] = each["after"]
    names: dict[str, list[str]] = {}
    for each in receivers.values():
        names.setdefault(each["alert_id"], []).append(str(each["recipient"]))
    for alert_id, alert in alerts.items():
        yield alert, sorted(names.get(alert_id, ()))
