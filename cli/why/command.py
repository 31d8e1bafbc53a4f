"""`tenglong explain`: why a thing is as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from backbone.errors import Unavailable

from ..ask import REFUSALS, answer_of, end_if_missing
from ..console import WHOLE, err, out
from ..given import ahead
from ..overview.command import owned
from . import refusal
from .figures import FIGURE, explain_figure
from .finding import DEEPEST, MOST_THINGS
from .finding import explain as explain_thing
from .kinds import home_of, id_of
from .shown import tables
from .within import WITHIN, whole_of


def explain(
    kind: Annotated[
        str,
        typer.Argument(
            help="parcel, case, firm, lease, listing, contract, commitment, lead, alert …; figure; refusal"
        ),
    ],
    identity: Annotated[
        list[str],
        typer.Argument(
            metavar="ID…",
            help="its id, or the parts of it: ROUND FIRM; of a refusal EVENT_ID or TOWNSHIP EVENT_ID",
        ),
    ],
    depth: Annotated[
        int, typer.Option(min=1, max=DEEPEST, help="how many levels of what it rests on")
    ] = 1,
    as_of: Annotated[
        str,
        typer.Option(
            callback=ahead, help="as the store held it then: 2023-08-31T12:00:00+08:00; else now"
        ),
    ] = "",
    on: Annotated[
        str, typer.Option(callback=ahead, help="of a figure: the day, 2023-07-31; else today")
    ] = "",
    rules: Annotated[
        str,
        typer.Option(
            callback=ahead, help="of a figure: the day whose counting rules hold; else its day"
        ),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help=WHOLE)] = False,
    wait_s: Annotated[float, typer.Option(help="how long to wait for each service")] = 10,
) -> None:
    """Show why a thing is as it is: each field with the event or call that said it, the rules that hold or
    bar it with their articles, and the things that it rests on, in all services. Of a figure of the overview
    the things that add up to it, and what those rest on. Of an event that was refused each reason, what
    would be right, and its source.

    A kind that two services keep is named with its service: enterprises.plot. Where a service does not
    answer, what the others say is shown, what is missing is named, and it ends with 3."""
    asking = _asking(wait_s)
    try:
        found = _found(asking, kind, identity, as_of, {"on": on, "rules": rules}, depth, wait_s)
    except REFUSALS as problem:
        err.print(f"[red]{escape(str(problem))}[/]", highlight=False)
        raise typer.Exit(1) from problem
    if as_json:
        out.print_json(data=found)
    elif kind == refusal.REFUSAL:
        for receipt in found["refusals"]:
            out.print(refusal.table_of(receipt))
            out.print(escape(refusal.acceptance_of(receipt)), highlight=False, soft_wrap=True)
    else:
        for table in tables(found):
            out.print(table)
        for line in found.get("notes", ()):
            out.print(escape(line), highlight=False, soft_wrap=True)
    _end(found)
    if kind == refusal.REFUSAL and not found["refusals"]:
        err.print(escape(refusal.not_kept(identity)), highlight=False)
        raise typer.Exit(1)


def _found(
    asking: Callable[..., Any],
    kind: str,
    identity: list[str],
    as_of: str,
    days: dict[str, str],
    depth: int,
    wait_s: float,
) -> dict[str, Any]:
    """What there is to say; raises one of `REFUSALS`. Days are those of a figure alone."""
    if kind == FIGURE:
        clocks = {name: day or None for name, day in days.items()} | {"known_at": as_of or None}
        service, figure = owned(":".join(identity), clocks, "tenglong explain figure", wait_s)
        with _progress() as say:
            shown = explain_figure(asking, service, figure, as_of, days["on"], depth, say)
        return shown | {"rules_for": days["rules"] or days["on"] or None}
    if given := [name for name, day in days.items() if day]:
        hint = " or ".join(f"--{name}" for name in given)
        raise typer.BadParameter(f"a figure alone has {hint}; of a thing give --as-of")
    if kind == refusal.REFUSAL:
        return refusal.explain_refusal(asking, *refusal.asked_of(identity))
    if kind in WITHIN:
        whole, whole_id, where = whole_of(asking, kind, id_of(kind, identity))
        return _thing(asking, whole, [whole_id], as_of, depth) | {"notes": [where]}
    return _thing(asking, kind, identity, as_of, depth)


def _thing(
    asking: Callable[..., Any], kind: str, identity: list[str], as_of: str, depth: int
) -> dict[str, Any]:
    service, name = home_of(kind)
    whose = id_of(name, identity)
    with _progress() as say:
        return explain_thing(asking, service, name, whose, as_of, depth, say)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """How many things of a level were asked, for whoever waits at a terminal."""
    columns = (TextColumn("asking"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as shown:
        task = shown.add_task("asking", total=None)
        yield lambda done, of: shown.update(task, completed=done, total=of)


def _end(found: dict[str, Any]) -> None:
    """Say what is not shown, and end with 3 if a service did not answer."""
    if found["left_out"]:
        err.print(f"{MOST_THINGS} things are shown, {found['left_out']} more are left out.")
    for each in found["missing"]:
        things = ", ".join(each["things"])
        err.print(f"[red]{escape(each['why'])}[/]: missing is {escape(things)}", highlight=False)
    end_if_missing(found["missing"])


def _asking(wait_s: float) -> Callable[..., Any]:
    """How the services are asked; one that did not answer is not waited for again. Raises one of
    `REFUSALS`."""
    silent: dict[str, Unavailable] = {}

    def ask(service: str, method: str, **arguments: Any) -> Any:
        if service in silent:
            raise silent[service]
        try:
            return answer_of(service, method, wait_s, **arguments)
        except Unavailable as problem:
            silent[service] = problem
            raise

    return ask
