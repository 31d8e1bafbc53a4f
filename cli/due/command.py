"""`tenglong due`: what is due in all services, for whom, and by which rule; or what became of what was."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated

import typer
from rich.markup import escape

from backbone.errors import Answered, Unavailable
from park import townships
from park.dues.asked import MOST_DAYS, MOST_DUES
from park.time import PARK_TIME

from ..ask import end_if_missing
from ..console import err, out
from ..given import ahead, township_code
from . import asking
from .outcomes import beside_outcomes, outcomes_of
from .shown import beside, table_of

CODE = re.compile(r"\d{6,12}")  # a township's has 9 digits, which may be mistyped


def due(
    on: Annotated[
        str,
        typer.Option(
            callback=ahead, help="the day from which is counted, such as 2023-09-01; else today"
        ),
    ] = "",
    known_at: Annotated[
        str,
        typer.Option(
            callback=ahead, help="only what was known then: 2023-09-10T00:00:00+08:00; else now"
        ),
    ] = "",
    whose: Annotated[
        str,
        typer.Option(
            "--for",
            help="only what an office, a role or a team has to do (economy, zone_committee), or what a "
            "township has: its code of 9 digits, or its name",
        ),
    ] = "",
    late: Annotated[bool, typer.Option("--late", help="only what is late")] = False,
    within: Annotated[
        int, typer.Option(min=0, max=MOST_DAYS, help="how many days ahead to look")
    ] = asking.AHEAD_DAYS,
    done: Annotated[
        bool,
        typer.Option(
            "--done",
            help="what became of all that was due from --from to --to: met, late or missed",
        ),
    ] = False,
    from_on: Annotated[
        str, typer.Option("--from", help="with --done, the first day, such as 2023-07-01")
    ] = "",
    to_on: Annotated[
        str, typer.Option("--to", help="with --done, the last day, such as 2023-09-30")
    ] = "",
    limit: Annotated[
        int, typer.Option(min=1, max=MOST_DUES, help="how many things to show at most")
    ] = 100,
    after: Annotated[
        str, typer.Option(metavar="CURSOR", help="go on where the page before ended")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
    wait_s: Annotated[float, typer.Option(help="how long to wait for each service")] = 10,
) -> None:
    """Show what is due, what is late of it, who has to act, by which rule the day was found, and who was
    reminded. Cases, soil, idle land and leases come from parcels; requests, honours, capital and
    publicities from enterprises; contracts, payments, reviews, targets, policies and holds from projects.

    `--on` moves the day alone: what was done since is on no list of an earlier day, and what came on record
    since is; with `--known-at` the list is the one of that moment. How a thing stood when its day was over is
    told with it. `--done --from D --to D` shows what became of all that was due in those days, by what is on
    record now: on which day each was met, or by how many days it was late, or that it was never met, and how
    it stood on its day. Not on that list, as its first page says, are days that only end (bidders' days,
    leases, idle land, honours, objections, holds, policies), and what nobody reports as done: the re-check of
    an honour, and the next step of a project. A service that is away is named as missing: the command ends
    with 3 then, and with 1 if none answers."""
    _hold_together(done, from_on, to_on, on=on + known_at, late=late, within=within)
    page = {"limit": limit, "cursor": after or None, **_of(whose, to_on if done else on)}
    try:
        if done:
            asked = {"from_on": from_on, "to_on": to_on, **page}
            found = asking.outcomes(asking.asking(wait_s, "due_outcomes"), asked)
        else:
            days = {"on": on or None, "known_at": known_at or None}
            asked = {**days, "late": late, "within_days": within, **page}
            found = asking.ledger(asking.asking(wait_s), asked)
    except (Answered, Unavailable) as problem:
        err.print(f"[red]{escape(str(problem))}[/]", highlight=False)
        raise typer.Exit(1) from problem
    if as_json:
        out.print_json(data=found)
    else:
        out.print(outcomes_of(found) if done else table_of(found, late_alone=late), highlight=False)
        for line in beside_outcomes(found, is_first=not after) if done else beside(found, known_at):
            out.print(escape(line), highlight=False)
    end_if_missing(found["unreachable"])


def _hold_together(
    done: bool, from_on: str, to_on: str, *, on: str, late: bool, within: int
) -> None:
    """Raise for options that say nothing together."""
    if done and not (from_on and to_on):
        raise typer.BadParameter(
            "give --from and --to with it, the first and the last day", param_hint="--done"
        )
    if done and (on or late or within != asking.AHEAD_DAYS):
        raise typer.BadParameter(
            "--on, --known-at, --late and --within are of what is still due", param_hint="--done"
        )
    if not done and (from_on or to_on):
        raise typer.BadParameter("--from and --to go with --done", param_hint="--from")


def _of(whose: str, on: str) -> dict[str, str | None]:
    """Digits, or the name of a township, are a township; anything else is who has to act."""
    is_township = whose and (CODE.fullmatch(whose) or townships.named(whose, _day(on)))
    return {
        "township": township_code(whose, _day(on), "--for") if is_township else None,
        "holder": None if is_township else whose or None,
    }


def _day(on: str) -> date:
    """The day of the question; one that is no day is refused by the services."""
    try:
        return date.fromisoformat(on)
    except ValueError:
        return datetime.now(PARK_TIME).date()
