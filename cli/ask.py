"""Calling a service, and showing what it says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Annotated, Any

import typer
from nameko.exceptions import BadRequest, RemoteError
from rich.markup import escape

from backbone.errors import Answered, Permanent, Unavailable
from backbone.rpc.caller import Caller
from services.installation import HOMES

from .console import err, out
from .reach import broker_uri, reaching

REFUSALS = (
    Answered,
    BadRequest,
    Permanent,
    RemoteError,
    Unavailable,
)  # what a service says to a call
WAIT_S = 10.0
AT_ONCE = 200  # things of a list, as many as a service answers
MISSING = 3  # the exit code where a part is missing, since a service did not answer
Service = Annotated[str, typer.Argument(help=f"one of {', '.join(HOMES)}")]


def known(service: str) -> str:
    """The name of a service, or a sentence with those that there are."""
    if service not in HOMES:
        raise typer.BadParameter(f"there is no service {service}; there are {', '.join(HOMES)}")
    return service


def show(service: str, method: str, wait_s: float = WAIT_S, **arguments: Any) -> None:
    """Print what the service answers, as JSON."""
    out.print_json(data=call(service, method, wait_s, **arguments))


def call(service: str, method: str, wait_s: float = WAIT_S, **arguments: Any) -> Any:
    """What the service answers; its reasons, and the end, when it says no."""
    known(service)
    try:
        return ask(service, method, wait_s, **arguments)
    except RemoteError as problem:
        err.print(f"[red]{problem.exc_type}[/] {problem.value}", highlight=False)
        raise typer.Exit(1) from problem
    except Answered as problem:  # begins with the code of its first reason
        err.print(f"[red]{escape(str(problem))}[/]", highlight=False)
        _say_how_to_write_texts(problem, arguments)
        raise typer.Exit(1) from problem
    except REFUSALS as problem:
        err.print(f"[red]{type(problem).__name__}[/] {problem}", highlight=False)
        raise typer.Exit(1) from problem


def everything(
    service: str, method: str, wait_s: float = WAIT_S, **asked: Any
) -> Iterator[dict[str, Any]]:
    """All that a list has, page after page."""
    cursor = None
    while True:
        page = call(service, method, wait_s, **asked, limit=AT_ONCE, cursor=cursor)
        yield from page["items"]
        cursor = page["cursor"]
        if not cursor:
            return


def call_if_there(
    service: str, method: str, wait_s: float = WAIT_S, **arguments: Any
) -> Any | None:
    """What the service answers, or none if it does not answer; its reasons, and the end, when it says no."""
    caller = Caller(broker_uri(), known(service), wait_s)
    try:
        return getattr(caller, method)(**arguments)
    except Unavailable:
        return None
    except REFUSALS as problem:
        err.print(f"[red]{escape(str(problem))}[/]", highlight=False)
        raise typer.Exit(1) from problem


def answer_of(service: str, method: str, wait_s: float = WAIT_S, **arguments: Any) -> Any:
    """What the service answers; raises one of `REFUSALS` when it says no, and `Unavailable` when it does not
    answer. What is wrong with the broker is a sentence, and the end, for then nobody can answer."""
    return reaching(wait_s, lambda: _answer(service, method, wait_s, arguments), service)


def _answer(service: str, method: str, wait_s: float, arguments: dict[str, Any]) -> Any:
    try:
        return getattr(Caller(broker_uri(), service, wait_s), method)(**arguments)
    except Unavailable as problem:
        cause = problem.__cause__
        if cause is not None and not isinstance(cause, TimeoutError):
            raise cause from problem
        raise


def name_silent(services: Iterable[str]) -> None:
    """Say which services did not answer."""
    for service in services:
        err.print(f"[red]{service} does not answer: what it would say is missing.[/]")


def end_if_missing(services: Collection[str]) -> None:
    """End with 3 if there is a service that did not answer; it has been named, and the others' part shown."""
    if services:
        raise typer.Exit(MISSING)


def _say_how_to_write_texts(problem: Answered, arguments: dict[str, Any]) -> None:
    """Digits on the command line are a number, which an operator cannot see in the refusal."""
    for reason in problem.reasons:
        value = arguments.get(reason.field or "")
        wants_text = reason.sentence.startswith(("Give a text", "Must be one of"))
        if wants_text and isinstance(value, int | float) and not isinstance(value, bool):
            name = reason.field
            err.print(
                f"{name} was read as a number; as a text it is written {name}='\"…\"'",
                highlight=False,
            )


def ask(service: str, method: str, wait_s: float = WAIT_S, **arguments: Any) -> Any:
    """What the service answers; raises one of `REFUSALS` when it says no."""
    caller = Caller(broker_uri(), service, wait_s)

    def asked() -> Any:
        try:
            return getattr(caller, method)(**arguments)
        except Unavailable as problem:
            if problem.__cause__:  # nobody answered: `reaching` says why
                raise problem.__cause__ from problem
            raise

    return reaching(wait_s, asked, what=service)
