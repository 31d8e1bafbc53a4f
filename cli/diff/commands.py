"""`tenglong diff`: which figures and which things are other ones, and why."""

from __future__ import annotations

from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Annotated, Any

import typer
from rich.markup import escape

from backbone.errors import Answered, Unavailable
from park.time import PARK_TIME
from services.installation import HOMES

from ..ask import call_if_there, end_if_missing, known, name_silent
from ..console import WHOLE, err, out
from ..due import asking
from ..given import ahead, as_day
from ..overview.command import explained, page_of
from ..overview.shown import before_the_first, nothing_known
from ..rules.comparing import compare
from ..rules.editions import HOW, edition_of
from ..rules.shown import tables_of
from ..why.kinds import kinds, with_history
from .dues import all_due, dues_compared
from .figures import compared, parts_compared, unreachable
from .shown import dues_of, figures_of, parts_of, things_of

app = typer.Typer(
    help="What is otherwise: the figures of the overview on two days, as known at two moments or by two "
    "editions of the rules; what became due, late or over from one day to another; every thing that was "
    "changed between two moments; and what two rulebooks make of the same things.",
    no_args_is_help=True,
)
WAIT_S = 30.0
Json = Annotated[bool, typer.Option("--json", help=WHOLE)]
A_DAY = "a day, such as 2023-07-31"
A_MOMENT = "a moment, such as 2023-08-31T12:00:00+08:00"


@app.command()
def figures(
    on: Annotated[
        str, typer.Option(callback=ahead, help=f"{A_DAY}: the figures of one day; else today")
    ] = "",
    from_on: Annotated[
        str, typer.Option("--from", callback=ahead, help=f"{A_DAY}: the one side")
    ] = "",
    to_on: Annotated[
        str, typer.Option("--to", callback=ahead, help=f"{A_DAY}: the other side")
    ] = "",
    known_from: Annotated[
        str, typer.Option(callback=ahead, help=f"{A_MOMENT}: as known then, the one side")
    ] = "",
    known_to: Annotated[
        str, typer.Option(callback=ahead, help=f"{A_MOMENT}: as known then, the other side")
    ] = "",
    rules_from: Annotated[
        str, typer.Option(callback=ahead, help=f"{A_DAY}: by the rules of then, the one side")
    ] = "",
    rules_to: Annotated[
        str, typer.Option(callback=ahead, help=f"{A_DAY}: by the rules of then, the other side")
    ] = "",
    why: Annotated[
        str, typer.Option(help="one figure: the parts that came, went or are other ones")
    ] = "",
    as_json: Json = False,
) -> None:
    """Compare the overview on two days, as known at two moments, or by two editions of the rules.

    Ends with 0, whether anything differs or not; with 2 if an option is wrong; with 3 if a service does not
    answer, so that its figures are missing."""
    now = datetime.now(UTC).isoformat()  # of both sides: what comes in between differs nothing
    sides = (
        _side(from_on or on, known_from or now, rules_from),
        _side(to_on or on, known_to or now, rules_to),
    )
    if sides[0] == sides[1]:
        raise typer.BadParameter("both sides are the same: give --from and --to, or another pair")
    if why:
        parts = parts_compared(*(explained(why, side, "--why") for side in sides))
        if as_json:
            out.print_json(data=parts)
        else:
            out.print(parts_of(why, parts) if parts else f"{why}: no part is another one.")
        return
    pages = [page_of(side) for side in sides]
    found, silent = compared(*pages), unreachable(*pages)
    if as_json:
        out.print_json(data={"figures": found, "unreachable": silent})
    else:
        out.print(figures_of(found, *pages))
        beneath = (
            line for page in pages for line in (*before_the_first(page), *nothing_known(page))
        )
        for line in dict.fromkeys(beneath):
            out.print(line, highlight=False)
    name_silent(silent)
    end_if_missing(silent)


def _side(on: str, known_at: str, rules: str) -> dict[str, Any]:
    return {"on": on or None, "known_at": known_at or None, "rules": rules or None}


@app.command()
def things(
    since: Annotated[str, typer.Option(callback=ahead, help=A_MOMENT)],
    until: Annotated[str, typer.Option(callback=ahead, help="a moment like it; else now")] = "",
    service: Annotated[str, typer.Option(help=f"one of {', '.join(HOMES)}; else all")] = "",
    thing: Annotated[
        str, typer.Option(help="a kind of thing that has a history, such as listing; else all")
    ] = "",
    limit: Annotated[int, typer.Option(help="so many of each service at the most", min=1)] = 200,
    as_json: Json = False,
) -> None:
    """Show every thing that is otherwise at one moment than at another, and what changed it.

    Ends with 0, whether anything was changed or not; with 2 if an option is wrong; with 3 if a service does
    not answer, so that its things are missing."""
    found: dict[str, list[dict[str, Any]]] = {}
    silent = []
    for name in [known(service)] if service else _keeping(thing):
        answer = _changed(name, since, until, thing, limit)
        if answer is None:
            silent.append(name)
            continue
        found[name], more = answer
        if more:
            err.print(f"{name}: these are the first {limit}; there are more (--limit)")
    if as_json:
        out.print_json(data={**found, "unreachable": silent})
    else:
        if not any(found.values()) and not silent:
            out.print("Nothing was changed.")
        for name, some in found.items():
            if some:
                out.print(things_of(name, some))
    name_silent(silent)
    end_if_missing(silent)


@app.command()
def due(
    from_on: Annotated[str, typer.Option("--from", callback=ahead, help=f"{A_DAY}: the one side")],
    to_on: Annotated[
        str, typer.Option("--to", callback=ahead, help="a day like it; else today")
    ] = "",
    as_json: Json = False,
) -> None:
    """Show what the calendar alone has done between two days, by what is on record now: what came to be due,
    what became late, and what only ends and is over, with the rule by which its day was found.

    Ends with 0, whether anything is otherwise or not; with 1 if a question is refused or no service answers;
    with 2 if an option is wrong; with 3 if a service does not answer, so that its part is missing."""
    first = as_day(from_on, "--from")
    last = as_day(to_on, "--to") if to_on else datetime.now(PARK_TIME).date()
    if first >= last:
        raise typer.BadParameter(f"{first} is not before {last}", param_hint="--from")
    asked = asking.asking(WAIT_S)
    try:
        sides = [all_due(asked, on.isoformat()) for on in (first, last)]
    except (Answered, Unavailable) as problem:
        err.print(f"[red]{escape(str(problem))}[/]", highlight=False)
        raise typer.Exit(1) from problem
    silent = sorted(sides[0][1] | sides[1][1])
    heard = ([each for each in dues if each["service"] not in silent] for dues, _ in sides)
    found = [*dues_compared(*heard)]
    if as_json:
        out.print_json(data={"dues": found, "unreachable": silent})
    else:
        out.print(dues_of(found))
    name_silent(silent)
    end_if_missing(silent)


@app.command()
def rules(
    topic: Annotated[
        str, typer.Argument(metavar="RULEBOOK", help="as `tenglong what-if rules` lists them")
    ],
    one: Annotated[str, typer.Argument(metavar="EDITION", help=HOW)],
    other: Annotated[str, typer.Argument(metavar="EDITION", help="another one, given like it")],
    limit: Annotated[
        int,
        typer.Option(help="so many changes are shown whole; 0 counts them only", min=0),
    ] = 50,
    as_json: Json = False,
) -> None:
    """Judge every thing by one edition of a rulebook and by another, of whatever day they are: which things,
    which verdicts, why.

    Ends with 0, whether anything differs or not; with 1 if a service does not answer or an edition cannot be
    read; with 2 if an option is wrong."""
    if one == other:
        raise typer.BadParameter("both editions are the same: give another one")
    sides = edition_of([one]), edition_of([other])
    found = compare(topic, *sides, limit, follow=False)
    if as_json:
        out.print_json(data=found.as_json())
    else:
        for each in tables_of(found, follow=False):
            out.print(each)


def _keeping(thing: str) -> list[str]:
    """The services that keep the history of such things, or all; a sentence, and the end, if none does."""
    homes = with_history().get(thing, [])
    if thing and not homes:
        near = get_close_matches(thing, with_history(), 3) or sorted(with_history())
        is_kept = thing in kinds()
        why = f"of a {thing} no history is kept" if is_kept else f"nobody keeps a {thing}"
        raise typer.BadParameter(f"{why}; what was otherwise is told of {', '.join(near)}")
    return homes or list(HOMES)


def _changed(
    service: str, since: str, until: str, thing: str, limit: int
) -> tuple[list[dict[str, Any]], bool] | None:
    """The things, and whether there are more; none if the service does not answer."""
    some: list[dict[str, Any]] = []
    cursor: str | None = None
    given = {name: value for name, value in (("until", until), ("thing", thing)) if value}
    while len(some) < limit:
        at_once = {"since": since, "limit": min(200, limit - len(some)), "cursor": cursor}
        page = call_if_there(service, "what_changed", 10, **at_once, **given)
        if page is None:
            return None
        there = {(each["thing"], each["id"]) for each in some}
        some += [each for each in page["items"] if (each["thing"], each["id"]) not in there]
        cursor = page["cursor"]
        if cursor is None:
            return some, False
    return some, True
