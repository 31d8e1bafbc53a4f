"""`tenglong explain`: why a thing is as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer
from rich.markup import escape

from backbone.errors import Unavailable
from backbone.rpc.caller import Caller

from ..ask import REFUSALS
from ..console import err, out
from ..reach import broker_uri, reaching
from .finding import DEEPEST, MOST_THINGS
from .finding import explain as found_of
from .kinds import home_of, id_of
from .shown import tables

MISSING = 3  # the exit code of an explanation of which a part is missing


def explain(
    kind: Annotated[
        str, typer.Argument(help="parcel, case, firm, listing, contract, commitment, lead, alert …")
    ],
    identity: Annotated[
        list[str], typer.Argument(metavar="ID…", help="its id, or the parts of it: ROUND FIRM")
    ],
    depth: Annotated[
        int, typer.Option(min=1, max=DEEPEST, help="how many levels of what it rests on")
    ] = 1,
    as_of: Annotated[
        str, typer.Option(help="as the store held it then: 2023-08-31T12:00:00+08:00; else now")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
    wait_s: Annotated[float, typer.Option(help="how long to wait for each service")] = 10,
) -> None:
    """Show why a thing is as it is: each field with the event or call that said it, the rules that hold or
    bar it with their articles, and the things that it rests on, in all services.

    A kind that two services keep is named with its service: enterprises.plot. Where a service does not
    answer, what the others say is shown, what is missing is named, and it ends with 3."""
    service, kind = home_of(kind)
    asking = _asking(wait_s)
    try:
        found = found_of(asking, service, kind, id_of(kind, identity), as_of, depth)
    except REFUSALS as problem:
        err.print(f"[red]{escape(str(problem))}[/]", highlight=False)
        raise typer.Exit(1) from problem
    if as_json:
        out.print_json(data=found)
    else:
        for table in tables(found):
            out.print(table)
    _end(found)


def _end(found: dict[str, Any]) -> None:
    """Say what is not shown, and end with 3 if a service did not answer."""
    if found["left_out"]:
        err.print(f"{MOST_THINGS} things are shown, {found['left_out']} more are left out.")
    for each in found["missing"]:
        things = ", ".join(each["things"])
        err.print(f"[red]{escape(each['why'])}[/]: missing is {escape(things)}", highlight=False)
    if found["missing"]:
        raise typer.Exit(MISSING)


def _asking(wait_s: float) -> Callable[..., Any]:
    """How the services are asked; one that did not answer is not waited for again. Raises one of
    `REFUSALS`."""
    silent: dict[str, Unavailable] = {}

    def ask(service: str, method: str, **arguments: Any) -> Any:
        if service in silent:
            raise silent[service]
        try:
            return reaching(wait_s, lambda: _call(service, method, wait_s, arguments), service)
        except Unavailable as problem:
            silent[service] = problem
            raise

    return ask


def _call(service: str, method: str, wait_s: float, arguments: dict[str, Any]) -> Any:
    """The answer; what is wrong with the broker is raised as it is, for then nobody can answer."""
    try:
        return getattr(Caller(broker_uri(), service, wait_s), method)(**arguments)
    except Unavailable as problem:
        cause = problem.__cause__
        if cause is not None and not isinstance(cause, TimeoutError):
            raise cause from problem
        raise
