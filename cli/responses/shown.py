"""Response times for the eyes of a person: a row for each township and service, then what waits longest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from rich.markup import escape
from rich.table import Table

from park.time import PARK_TIME, day_of
from park.townships import find

from ..console import whole
from ..why.kinds import name_of

LONG_AGO_S = 30 * 86_400  # who reports within a month reports of what is


def times_table(rows: list[dict[str, Any]]) -> Table:
    """Half of the reports, nine of ten, and the slowest: to the receipt, and to the effect."""
    table = Table("township [镇街]", "service", title="Response times", title_justify="left")
    table.caption = "half of the reports within / nine of ten within / the slowest"
    for name in ("reports", "to receipt", "to effect", "waiting", "parked"):
        table.add_column(name, justify="right")
    for row in rows:
        table.add_row(
            _township(row["township"]),
            row["service"],
            f"{row['reports_found']:,}",
            _spread(row["to_receipt"]),
            _spread(row["to_effect"]),
            f"{row['waiting_found']:,}",
            f"{row['parked_found']:,}",
        )
    return table


def told_late(rows: list[dict[str, Any]]) -> Iterator[str]:
    """That the times are those of reports that name a moment long ago as their own, as a year that was played
    does: they say when it was told, and not how fast it was handled."""
    late = [each for each in rows if (each["to_receipt"] or {}).get("median_s", 0) >= LONG_AGO_S]
    if late:
        those = ", ".join(dict.fromkeys(_township(each["township"]) for each in late))
        yield (
            f"Half of the reports of {those} or more name a moment {shown(LONG_AGO_S)} or longer before they "
            "came: they were handed in late, or are of a year that was played. Their times count from that "
            "moment, and do not say how fast they were handled."
        )


def waiting_table(rows: list[dict[str, Any]], most: int) -> Table:
    """The reports that wait longest, in all of them: since when, and for what."""
    table = Table("since", "township [镇街]", "report", *whole("of"), "what it waits for")
    table.title, table.title_justify = "What waits longest", "left"
    for since, *cells in sorted(each for row in rows for each in _waiting(row))[:most]:
        table.add_row(since[:16].replace("T", " "), *map(escape, cells))
    return table


def _waiting(row: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    place = _township(row["township"])
    for each in row["waiting"]:
        of = f"{name_of(row['service'], each['thing'])} {each['thing_id']}"
        yield _local(each["sent_at"]), place, each["report"], of, each["waits_for"]
    for each in row["parked"]:
        of = f"parked {each['parked_id']} ({row['service']})"
        yield _local(each["parked_at"]), place, each["report"], of, each["waits_for"]


def _local(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(PARK_TIME).isoformat()


def _township(code: str) -> str:
    known = find(code, day_of(datetime.now(PARK_TIME)))
    return f"{code} {known.name}" if known else code


def _spread(spread: dict[str, int] | None) -> str:
    if spread is None:
        return "–"
    return " / ".join(shown(spread[name]) for name in ("median_s", "most_s", "longest_s"))


def shown(seconds: int) -> str:
    """3 s, 2 min, 5 h, 4 d: the largest unit of which it has two, so that half a day has its hours."""
    for unit, length in (("d", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{timedelta(seconds=seconds) // timedelta(seconds=length)} {unit}"
    return f"{seconds} s"
