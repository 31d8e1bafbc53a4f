"""`tenglong overview`: the figures of the park on a day, by topics, and what adds up to one of them."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from nameko.exceptions import RemoteError

from backbone.errors import NotFound

from ..ask import REFUSALS, ask, call
from ..console import err, out
from .shown import beside, parts_of, table_of

OWNERS = ("parcels", "enterprises", "projects")
WAIT_S = 30.0


def overview(
    on: Annotated[str, typer.Option(help="the day, such as 2023-07-31; else today")] = "",
    known_at: Annotated[
        str, typer.Option(help="only what was known then: 2023-09-10T00:00:00+08:00; else now")
    ] = "",
    rules: Annotated[
        str, typer.Option(help="the day whose counting rules hold; else the day of `--on`")
    ] = "",
    explain: Annotated[
        str, typer.Option(help="one figure by its name, with the parts that add up to it")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="as the services answer")] = False,
) -> None:
    """Show the figures of the park: what was so on a day, as known at a moment, under the rules of a day.

    Each figure says how it was counted, whether it is exact, and how many parts it has; `--explain` with its
    name lists them. A service that does not answer is named, and its figures are missing.
    """
    asked = {"on": on or None, "known_at": known_at or None, "rules": rules or None}
    found = _explained(explain, asked) if explain else call("parcels", "overview", WAIT_S, **asked)
    if as_json:
        out.print_json(data=found)
        return
    out.print(parts_of(found) if explain else table_of(found))
    for line in [] if explain else beside(found):
        out.print(line, highlight=False)


def _explained(figure: str, asked: dict[str, Any]) -> Any:
    """The answer of the service that owns the figure."""
    for service in OWNERS:
        try:
            return ask(service, "explain_overview", WAIT_S, figure=figure, **asked)
        except NotFound:
            continue
        except REFUSALS as problem:
            name = problem.exc_type if isinstance(problem, RemoteError) else type(problem).__name__
            err.print(f"[red]{service}: {name}[/] {problem}", highlight=False)
            raise typer.Exit(1) from problem
    err.print(f"[red]There is no figure {figure}[/]; `tenglong overview` lists their names.")
    raise typer.Exit(1)
