"""How the playing of a year is shown: its progress on the error stream, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from ..console import err, out
from .playing import Played

COLUMNS = (
    "sent", "accepted", "waiting", "duplicate", "refused as meant", "refused", "unanswered",
)  # fmt: skip
# no answer says that it is the first one once more
REPEATED = (
    "A command that was done before gets its first answer again: it is accepted, and done once."
)


@contextmanager
def shown() -> Iterator[Callable[[int, int], None]]:
    """A line that tells how many lines were sent, and how many events wait for their receipts."""
    columns = (TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task("nothing sent yet")

        def told(sent: int, without: int) -> None:
            said = f"{sent:,} sent, {without:,} without a receipt"
            progress.update(task, description=said)

        yield told


def show(played: Played, *, as_json: bool) -> None:
    """The table of the end, and the reasons of what was refused."""
    if as_json:
        out.print_json(data=_as_dict(played))
        return
    table = Table("", *COLUMNS, title="the year, played", title_style="bold")
    for name, counts in (("events", played.events), ("commands", played.calls)):
        table.add_row(name, *(f"{counts[column]:,}" for column in COLUMNS))
    if played.calls["accepted"]:
        table.caption = REPEATED
    out.print(table)
    if played.reasons:
        refused = Table("refused", "reason", "times")
        for (what, code), times in played.reasons.most_common():
            refused.add_row(what, code, f"{times:,}")
        out.print(refused)
    out.print(f"{played.seconds:.1f} s, {played.per_second:,} a second", highlight=False)


def _as_dict(played: Played) -> dict[str, object]:
    reasons = [
        {"what": what, "code": code, "times": times}
        for (what, code), times in played.reasons.most_common()
    ]
    return {
        "events": {name: played.events[name] for name in COLUMNS},
        "commands": {name: played.calls[name] for name in COLUMNS},
        "reasons": reasons,
        "seconds": round(played.seconds, 1),
        "per_second": played.per_second,
    }
