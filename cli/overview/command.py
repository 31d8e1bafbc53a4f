"""`tenglong overview`: the figures of the park on a day, by topics, and what adds up to one of them."""

from __future__ import annotations

import shlex
from difflib import get_close_matches
from typing import Annotated, Any

import typer
from nameko.exceptions import RemoteError
from rich.markup import escape

from backbone.errors import NotFound, Unavailable

from ..ask import MISSING, REFUSALS, answer_of, end_if_missing, name_silent
from ..console import err, out
from ..given import ahead
from .shown import beside, parts_of, table_of, unsaid

OWNERS = ("parcels", "enterprises", "projects")
WAIT_S = 30.0


def overview(
    on: Annotated[
        str, typer.Option(callback=ahead, help="the day, such as 2023-07-31; else today")
    ] = "",
    known_at: Annotated[
        str,
        typer.Option(
            callback=ahead, help="only what was known then: 2023-09-10T00:00:00+08:00; else now"
        ),
    ] = "",
    rules: Annotated[
        str,
        typer.Option(
            callback=ahead, help="the day whose counting rules hold; else the day of `--on`"
        ),
    ] = "",
    explain: Annotated[
        str,
        typer.Option(
            help="one figure by its name, with the parts that add up to it; of a name that stands before "
            "a colon, those that there are are listed"
        ),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="as the services answer")] = False,
) -> None:
    """Show the figures of the park: what was so on a day, as known at a moment, under the rules of a day.

    Each figure says by which edition of which rule it was counted, whether it is exact, and how many parts it
    has; `--explain` with its name lists them. A service that does not answer is named, its figures are
    missing, and the exit code is 3; where that is parcels, which puts the page together, there is no page.
    """
    asked = {"on": on or None, "known_at": known_at or None, "rules": rules or None}
    found = explained(explain, asked) if explain else page_of(asked)
    if as_json:
        out.print_json(data=found)
    else:
        out.print(parts_of(found) if explain else table_of(found))
        for line in map(escape, unsaid(found)) if explain else beside(found):
            out.print(line, highlight=False, soft_wrap=bool(explain))
    end_if_missing(found.get("unreachable", ()))


def page_of(asked: dict[str, Any]) -> Any:
    """All figures, as parcels puts them together; where it does not answer, the end of a missing part."""
    try:
        return _ask("parcels", "overview", WAIT_S, **asked)
    except Unavailable:
        name_silent(["parcels"])
        raise typer.Exit(MISSING) from None


def explained(figure: str, asked: dict[str, Any], option: str = "--explain") -> Any:
    """The figure with its parts; else the names that were perhaps meant, as the option takes them, and the
    end."""
    return owned(figure, asked, option)[1]


def owned(
    figure: str, asked: dict[str, Any], option: str, wait_s: float = WAIT_S
) -> tuple[str, Any]:
    """The service that owns the figure, and its answer; else as `explained`. Where none of those that answer
    owns it, and one does not answer, that one is named, and the end is that of a missing part."""
    silent = []
    for service in OWNERS:
        try:
            return service, _ask(service, "explain_overview", wait_s, figure=figure, **asked)
        except NotFound:
            continue
        except Unavailable:
            silent.append(service)
    name_silent(silent)
    end_if_missing(silent)
    names = [each["figure"] for service in OWNERS for each in _figures(service, asked)]
    several = [each for each in names if each.startswith(f"{figure}:")]
    near = get_close_matches(figure, names, n=3) or [each for each in names if figure in each][:3]
    if several:
        many = "1 figure" if len(several) == 1 else f"{len(several)} figures"
        err.print(f"{escape(figure)} is {many}; name one:", highlight=False)
    else:
        err.print(
            f"[red]There is no figure {escape(figure)}[/]; `tenglong overview` lists their names"
            f"{', these are near it:' if near else '.'}",
            highlight=False,
        )
    for each in several or near:
        err.print(f"  {option} {escape(shlex.quote(each))}", highlight=False, soft_wrap=True)
    raise typer.Exit(1)


def _figures(service: str, asked: dict[str, Any]) -> Any:
    try:
        return _ask(service, "overview_figures", WAIT_S, **asked)
    except (NotFound, Unavailable):
        return []


def _ask(service: str, method: str, wait_s: float, **asked: Any) -> Any:
    """The answer of a service, or `NotFound` or `Unavailable`; any other no is told, and is the end."""
    try:
        return answer_of(service, method, wait_s, **asked)
    except (NotFound, Unavailable):
        raise
    except REFUSALS as problem:
        name = problem.exc_type if isinstance(problem, RemoteError) else type(problem).__name__
        err.print(f"[red]{service}: {name}[/] {problem}", highlight=False)
        raise typer.Exit(1) from problem
