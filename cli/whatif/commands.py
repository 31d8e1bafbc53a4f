"""`tenglong what-if`: what would follow in all services, and who would be told; nothing is written."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated, Any

import typer

from client.what_if import Reports, what_if
from services.installation import HOMES
from services.wiring import read

from ..ask import Service, call_if_there, end_if_missing, known, name_silent
from ..console import WHOLE, err, out
from ..given import argument_of, json_of
from ..rules.comparing import compare, kept
from ..rules.editions import edition_of
from ..rules.shown import kept_of, others_of, tables_of
from .shown import changes_of, refusals_of, told_of

app = typer.Typer(
    help="What would follow in all services if something were reported, and who would be told; nothing is "
    "written or sent. Ends with 1 if something of it would be refused, or no service hears it; else with 3 "
    "if a service does not answer, so that its part is missing.",
    no_args_is_help=True,
)
WAIT_S = 10.0
Json = Annotated[bool, typer.Option("--json", help=f"{WHOLE}, as the services answer")]
Data = Annotated[str, typer.Argument(help="JSON, or @file")]


@app.command()
def report(
    township: Annotated[str, typer.Argument(help="9-digit code, such as 330604006")],
    type_: Annotated[str, typer.Argument(metavar="TYPE", help="such as remediation.reopened")],
    data: Data,
    as_json: Json = False,
) -> None:
    """If a township reported this event."""
    _show([{"type": type_, "publisher": township, "data": json_of(data)}], as_json)


@app.command()
def fact(
    type_: Annotated[str, typer.Argument(metavar="TYPE", help="such as parcels.release_revoked")],
    data: Data,
    as_json: Json = False,
) -> None:
    """If a service announced this fact."""
    facts = [f"{name}.{each}" for name, those in read().announced.items() for each in those]
    if type_ not in facts:
        near = ", ".join(get_close_matches(type_, facts, 3)) or "such as parcels.release_revoked"
        raise typer.BadParameter(f"no service announces {type_}; there are {near}")
    _show([{"type": type_, "data": json_of(data)}], as_json)


@app.command("call")
def if_called(
    service: Service,
    method: Annotated[str, typer.Argument(help="one that writes, such as record_soil")],
    arguments: Annotated[
        list[str] | None, typer.Argument(help="name=value, as for `tenglong call`; no request_id")
    ] = None,
    as_json: Json = False,
) -> None:
    """If somebody called a method that writes."""
    given = dict(argument_of(each) for each in arguments or [])
    given.pop("request_id", None)
    _show([{"method": method, "data": given}], as_json, known(service))


@app.command()
def rules(
    topic: Annotated[
        str,
        typer.Argument(metavar="RULEBOOK", help="such as criteria; without one, all are listed"),
    ] = "",
    edition: Annotated[
        list[str] | None,
        typer.Argument(
            help="path=value, such as criteria.output_per_mu_below.floor=6, as often as needed; or a whole "
            "edition, @2026-01-01.toml or .json"
        ),
    ] = None,
    first_day: Annotated[
        str, typer.Option(help="the edition in force on this day is changed; else today's")
    ] = "",
    limit: Annotated[
        int,
        typer.Option(help="so many changes are shown whole; 0 counts them only", min=0),
    ] = 50,
    as_json: Json = False,
) -> None:
    """If a rulebook were another one: which things would be judged otherwise, what would follow, who would be
    told. An entry of a list is named by its number from 0, or by a text that it alone has.

    Ends with 0, whether anything would change or not; with 1 if the edition cannot be read, or the service
    that judges by it does not answer; with 2 if an option is wrong; with 3 if another one does not."""
    if not topic:
        _list([*kept()], as_json)
        return
    if not edition:
        raise typer.BadParameter("give the changed edition: path=value, or @2026-01-01.toml")
    found = compare(topic, None, edition_of(edition, first_day), limit, follow=True)
    if as_json:
        out.print_json(data=found.as_json())
    else:
        for each in (*tables_of(found, follow=True), "Nothing was written or sent."):
            out.print(each)
    name_silent(found.silent)
    end_if_missing(found.silent)


def _list(books: list[tuple[str, Any]], as_json: bool) -> None:
    """What each service says of its rulebooks."""
    silent = [service for service, rules in books if rules is None]
    if as_json:
        there = {service: rules for service, rules in books if rules is not None}
        out.print_json(data={**there, "unreachable": silent})
    else:
        out.print(kept_of(books), others_of(books))
    name_silent(silent)
    end_if_missing(silent)


def _show(reports: Reports, as_json: bool, service: str = "") -> None:
    silent: list[str] = []

    def ask(name: str, those: Reports) -> dict[str, Any]:
        found = call_if_there(name, "what_if", WAIT_S, reports=those)
        silent.extend([name] if found is None and name not in silent else [])
        return found or {"reports": [], "changes": [], "facts": []}

    found = what_if(ask, list(HOMES), reports, service)
    if as_json:
        out.print_json(data={**found, "unreachable": silent})
    elif not found and not silent:
        err.print("No service hears that.")
    else:
        for table in (refusals_of(found), *changes_of(found), told_of(found)):
            if table:
                out.print(table)
        out.print("Nothing was written or sent.")
    name_silent(silent)
    refused = any(
        each["outcome"] in ("refused", "parked")
        for told in found.values()
        for each in told["reports"]
    )
    if refused or not (found or silent):
        raise typer.Exit(1)
    end_if_missing(silent)
