"""How an account is shown: what townships send again, what is missing where, and what has to be done."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.table import Table

from ..console import moment
from .comparing import Account, Forgotten, Restored

SHOWN = 50  # forgotten facts


def show(account: Account, out: Console) -> None:
    """Print all of it."""
    for each in account.restored:
        out.print(_restored(each))
    if account.missing:
        out.print(_missing(account))
    if account.forgotten:
        out.print(_forgotten(account.forgotten[:SHOWN]))
        if (more := len(account.forgotten) - SHOWN) > 0:
            out.print(f"… and {more:,} more: --json has all of them")


def _restored(one: Restored) -> str:
    copied, since, until = map(moment, (one.copied_at, one.void_since, one.restored_at))
    said = [
        f"{one.service} was put back at {until} from a copy of {copied}: what came between is lost."
    ]
    if one.types:
        said.append(
            f"  Receipts of {one.service} from {since} to {until} are void. Townships send again, under "
            "the same ids, each event that has such a receipt, or none."
        )
        said.append(f"  They are of these types: {', '.join(one.types)}.")
    said.append(
        "  Calls of that time that write are made again, with the request_id that they had."
    )
    return "\n".join(said)


def _missing(account: Account) -> Table:
    table = Table(title="Announced, and not done where it is heard")
    for name in ("Announced by", "Missing in", "Fact", "Missing", "Parked there"):
        table.add_column(name, overflow="fold")
    table.add_column("Such as", no_wrap=True)
    such = {(each.by, each.to, each.type): each.about or each.id for each in account.missing}
    lost = Counter((m.by, m.to, m.type) for m in account.missing if not m.is_parked)
    parked = Counter((m.by, m.to, m.type) for m in account.missing if m.is_parked)
    for way, example in sorted(such.items()):
        table.add_row(*way, f"{lost[way]:,}", f"{parked[way]:,}", example)
    return table


def _forgotten(forgotten: tuple[Forgotten, ...]) -> Table:
    table = Table(
        title="Done by others because of facts that the one who announced them has forgotten"
    )
    for name in ("Forgotten by", "Known to", "Fact", "Heard at"):
        table.add_column(name, overflow="fold")
    table.add_column("What was changed", no_wrap=True)
    for each in forgotten:
        changed = f"{each.thing} {each.thing_id}"
        table.add_row(each.by, each.to, each.type, moment(each.at), changed)
    return table
