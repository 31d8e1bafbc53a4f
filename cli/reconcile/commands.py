"""Holding the services against each other, after a store was put back or a queue was lost."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.progress import Progress

from ..ask import call
from ..console import err, out
from .comparing import Account, compare, send
from .shown import show

WAIT_S = 60
By = Annotated[
    str, typer.Option(help="who does this; it stays in the log. Needed to change anything")
]


def reconcile(
    by: By = "",
    again: Annotated[
        bool, typer.Option("--send", help="announce what is missing again to those that lack it")
    ] = False,
    settle: Annotated[
        bool,
        typer.Option(
            "--settle",
            help="say that all is done, and that the townships have sent again, which is not seen here; the "
            "services remark upon it no more",
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="all that was found")] = False,
) -> None:
    """Hold what each service announced against what the others did with it: after a store was put back
    from a copy, a queue was deleted or RabbitMQ lost its data. Says what townships are to send again, which
    facts are missing where, and which are forgotten by the service that announced them. Ends with 1 while
    something is missing or forgotten."""
    if (again or settle) and not by:
        raise typer.BadParameter("say who does this: --by", param_hint="--by")
    account = _compared()
    if as_json:
        out.print_json(data=asdict(account), default=str)
    else:
        show(account, out)
    if again and account.missing:
        _send(account, by)
        raise typer.Exit(1)  # what became of it is seen when somebody looks again
    if settle and not _lost(account):
        _settle(account, by)
        return
    err.print(f"{'Nothing is settled. ' if settle else ''}{_verdict(account)}")
    raise typer.Exit(1 if account.missing or account.forgotten else 0)


def _compared() -> Account:
    with Progress(console=err, transient=True) as shown:
        task = shown.add_task("asking", total=None)
        return compare(
            lambda service, method, **given: call(service, method, WAIT_S, **given),
            lambda step: shown.update(task, description=step),
        )


def _send(account: Account, by: str) -> None:
    with Progress(console=err, transient=True) as shown:
        task = shown.add_task("announcing again", total=_lost(account))
        sent = send(
            lambda service, method, **given: call(service, method, WAIT_S, **given),
            account.missing,
            by,
            lambda some: shown.advance(task, some),
        )
    err.print(f"{sent:,} facts are announced again; in a minute, look again: tenglong reconcile")


def _settle(account: Account, by: str) -> None:
    if not account.restored:
        err.print("No service was put back from a copy: there is nothing to settle.")
    for each in account.restored:
        call(each.service, "settle_restore", WAIT_S, by=by)
        err.print(f"{each.service} remarks no more upon having been put back")
    if account.missing or account.forgotten:
        err.print(f"Left as it is: {_verdict(account)}")


def _lost(account: Account) -> int:
    return sum(not each.is_parked for each in account.missing)


def _verdict(account: Account) -> str:
    """What is left to be done, in a sentence."""
    said = [f"{account.compared:,} facts compared."]
    if lost := _lost(account):
        said.append(f"{lost:,} are missing: --send announces them again.")
    if parked := len(account.missing) - lost:
        said.append(f"{parked:,} are parked: tenglong parked list.")
    if account.forgotten:
        said.append(
            f"{len(account.forgotten):,} are forgotten: they come back when townships send again, and calls "
            "are made again; what then is left came of the clock, or of a call that somebody has to make."
        )
    if not account.missing and not account.forgotten:
        said.append("Nothing is missing.")
        if account.restored:
            said.append("When the townships have sent again, it is over: --settle.")
    return " ".join(said)
