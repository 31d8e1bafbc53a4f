"""The command line: run services, declare the topology, publish, call, repair parked messages."""

from __future__ import annotations

import json
import os
import sys
import time
import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import eventlet
import typer
from amqp.exceptions import NotFound
from nameko.exceptions import BadRequest, RemoteError
from rich.console import Console
from rich.markup import escape
from rich.progress import track
from rich.table import Column, Table

from backbone import embedded, logs, settings
from backbone.caller import Caller
from backbone.envelope import PREFIXES, Event
from backbone.errors import Answered, Permanent, Unavailable
from backbone.runner import run
from backbone.wire import CONNECTION_ERRORS
from backbone.work import PARK_TIME
from park.masking import mask

from .installation import CHANNEL_SETTINGS, HOMES, classes, installation, ports
from .township import publish_and_wait

app = typer.Typer(
    help="Tenglong: an event-driven platform for the land business of an industrial park.\n\n"
    f"`python -m services {' '.join(HOMES)}` runs these services, or some of them, in one process.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
parked_app = typer.Typer(
    help="Messages set aside for a person: list, show, replay, edit, discard.", no_args_is_help=True
)
app.add_typer(parked_app, name="parked")
REFUSALS = (
    Answered,
    BadRequest,
    Permanent,
    RemoteError,
    Unavailable,
)  # what a service says to a call
WIDTH = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 200  # in a file lines are long
out, err = Console(width=WIDTH), Console(stderr=True)

Service = Annotated[str, typer.Argument(help=f"one of {', '.join(HOMES)}")]
By = Annotated[str, typer.Option(help="who does this; it stays on record")]


def main(arguments: list[str]) -> None:
    """Run the services that the arguments name, or the command that they are."""
    embedded.register()
    try:
        if arguments and all(name in HOMES for name in arguments):
            run_services(arguments)
        else:
            app(arguments)
    except settings.Unusable as problem:
        err.print(f"[red]These settings cannot be used:[/] {problem}")
        sys.exit(2)


def run_services(names: list[str]) -> None:
    """Run services in this process until SIGTERM."""
    chosen = settings.from_environment().fit_to_run()
    logs.configure(chosen.log_level, mask)
    if chosen.amqp_uri.startswith("embedded:"):
        logs.log.warning(
            "not_durable", broker="in memory", store="in memory, gone with this process"
        )
    try:
        run(classes(names), installation(chosen), ports(names))
    except settings.Unusable:
        raise
    except Exception:  # noqa: BLE001 - why it could not start stands in the log
        sys.exit(1)


@app.command()
def topology() -> None:
    """Declare every exchange and queue. Harmless when they are there; services do it at start, too."""
    _broker()
    names = _reaching(60, installation(settings.from_environment()).declare)
    out.print(f"declared; the work queues are {', '.join(names)}")


@app.command("settings")
def show_settings() -> None:
    """Every setting, its meaning and the value in force. Each has a _FILE form for secrets."""
    chosen = settings.from_environment()
    table = Table(Column("Setting", no_wrap=True), Column("Value", overflow="fold"), "Meaning")
    for name, meaning in settings.meanings().items():
        table.add_row(name.upper(), settings.masked(getattr(chosen, name)), meaning)
    for name, port in ports(HOMES).items():
        table.add_row(
            f"{name.upper()}_PORT", str(port), f"port of the probes and metrics of {name}"
        )
    for name, meaning in CHANNEL_SETTINGS.items():
        table.add_row(name, settings.masked(os.environ.get(name, "")), meaning)
    out.print(table)


@app.command()
def publish(
    township: Annotated[str, typer.Argument(help="9-digit code, such as 330604006")],
    type_: Annotated[str, typer.Argument(metavar="TYPE", help="such as parcel.registered")],
    data: Annotated[str, typer.Argument(help="JSON, or @file")],
    event_id: Annotated[
        str, typer.Option("--id", help="your own id; the same id is one event")
    ] = "",
    at: Annotated[
        str,
        typer.Option(
            "--time", help="when it happened, such as 2023-08-01T09:30:00+08:00; else now"
        ),
    ] = "",
    binary: Annotated[
        str,
        typer.Option(metavar="PREFIX", help="in binary form: ce-, cloudEvents_ or cloudEvents:"),
    ] = "",
    wait_s: Annotated[float, typer.Option(help="how long to wait for the receipt")] = 10,
) -> None:
    """Publish an event as a township, and show the receipt. To send the same once more, give the same
    --id and --time: another time is another body."""
    if binary.lower() not in ("", *PREFIXES):
        raise typer.BadParameter("the prefix is one of ce-, cloudEvents_, cloudEvents:")
    try:
        content = json.loads(_text(data))
    except json.JSONDecodeError as problem:
        raise typer.BadParameter(f"data is not JSON: {problem}") from problem
    try:
        time_ = datetime.fromisoformat(at) if at else datetime.now(PARK_TIME)
    except ValueError as problem:
        raise typer.BadParameter("--time reads like 2023-08-01T09:30:00+08:00") from problem
    event = Event(
        id=event_id or str(uuid.uuid4()),
        source=f"/townships/{township}",
        type=type_,
        time=time_,
        data=content,
    )
    uri = _broker()
    receipt = _reaching(
        wait_s, lambda: publish_and_wait(uri, township, event, wait_s, binary), what="the broker"
    )
    if receipt is None:
        err.print(
            f"published with --id {event.id} --time {time_.isoformat()}; no receipt within {wait_s:g} s. "
            "Either no service is up that hears it, or it waits there, for Redis say (`/readyz` tells), "
            "or it failed there and is being tried again or parked (`parked list`)."
        )
        raise typer.Exit(1)
    out.print_json(data=receipt)
    raise typer.Exit(0 if receipt["outcome"] != "refused" else 1)


@app.command()
def call(
    service: Service,
    method: Annotated[str, typer.Argument(help="such as get_parcel")],
    arguments: Annotated[
        list[str] | None,
        typer.Argument(
            help="name=value; what reads as JSON is taken for it, so a text of digits is "
            "name='\"77\"'; request_id is always text"
        ),
    ] = None,
    wait_s: Annotated[float, typer.Option(help="how long to wait for the answer")] = 10,
) -> None:
    """Call a method of a service, as an internal system does, and show the answer."""
    _show(service, method, wait_s, **dict(_argument(each) for each in arguments or ()))


@parked_app.command("list")
def parked_list(
    service: Service,
    as_json: Annotated[bool, typer.Option("--json", help="all that is known of each")] = False,
    limit: Annotated[int, typer.Option(help="so many at the most", min=1)] = 100,
) -> None:
    """What is set aside, oldest first."""
    found = _call(service, "list_parked", 10, limit=limit + 1)
    if len(found) > limit:
        err.print(f"These are the first {limit}; there are more: --limit")
        found = found[:limit]
    if as_json:
        out.print_json(data=found)
        return
    whole = (Column(name, no_wrap=True, overflow="fold") for name in ("Id", "Parked at", "Cause"))
    table = Table(*whole, "What was wrong", "Tries")
    for each in found:
        table.add_row(
            each["parked_id"], each["parked_at"][:19], each["cause"],
            f"{each['routing_key']}: {mask(each['sentence'])}", str(each["attempts"]),
        )  # fmt: skip
    out.print(table)


@parked_app.command()
def show(
    service: Service,
    parked_id: str,
    body: Annotated[bool, typer.Option("--body", help="its body alone, to be edited")] = False,
) -> None:
    """One message: its bytes, its headers, its cause."""
    found = _call(service, "show_parked", 10, parked_id=parked_id)
    if body:
        sys.stdout.write(found["text"])
    else:
        out.print_json(data=found)


@parked_app.command()
def replay(service: Service, parked_id: str, by: By) -> None:
    """Send it back to its queue as it was; those that wait behind it follow, in order."""
    _show(service, "replay_parked", 10, parked_id=parked_id, by=by)


@parked_app.command("replay-all")
def replay_all(
    service: Service,
    by: By,
    cause: Annotated[str, typer.Option(help="only those with this cause")] = "",
    per_second: Annotated[float, typer.Option(help="messages a second, at the most", min=0.1)] = 5,
) -> None:
    """Send all back, slowly. It may be broken off and started again at any time: what has gone has
    gone, what is left is still parked. What waits behind another follows it by itself."""
    found = [
        each
        for each in _call(service, "list_parked", 10, limit=10_000)
        if each["cause"] == cause or (not cause and each["cause"] != "WAITS_BEHIND")
    ]
    replayed, kept = 0, []
    for each in track(found, f"replaying {len(found)}", console=err):
        try:
            _ask(service, "replay_parked", 10, parked_id=each["parked_id"], by=by)
            replayed += 1
        except REFUSALS as problem:
            kept.append((each["parked_id"], str(problem)))
        time.sleep(1 / per_second)
    out.print(f"replayed {replayed}, left {len(kept)}")
    for parked_id, why in kept:
        err.print(f"{parked_id}: {why}", highlight=False)
    raise typer.Exit(1 if kept else 0)


@parked_app.command()
def edit(
    service: Service,
    parked_id: str,
    body: Annotated[str, typer.Argument(help="the new body, or @file")],
    by: By,
    reason: Annotated[str, typer.Option(help="why; it stays on record beside the old bytes")],
) -> None:
    """Replace its body. It keeps its event id, its headers and its place, gets a new parked id, and
    waits to be replayed."""
    text = _text(body)
    _show(service, "edit_parked", 10, parked_id=parked_id, body=text, by=by, reason=reason)


@parked_app.command()
def discard(
    service: Service,
    parked_id: str,
    by: By,
    reason: Annotated[str, typer.Option(help="why; a township reads it in its receipt")],
) -> None:
    """Give it up for good."""
    _show(service, "discard_parked", 10, parked_id=parked_id, by=by, reason=reason)


@parked_app.command()
def audit(service: Service) -> None:
    """What was done with parked messages, newest first."""
    _show(service, "parked_audit", 10)


def _show(service: str, method: str, wait_s: float, **arguments: Any) -> None:
    out.print_json(data=_call(service, method, wait_s, **arguments))


def _call(service: str, method: str, wait_s: float, **arguments: Any) -> Any:
    if service not in HOMES:
        raise typer.BadParameter(f"there is no service {service}; there are {', '.join(HOMES)}")
    try:
        return _ask(service, method, wait_s, **arguments)
    except RemoteError as problem:
        err.print(f"[red]{problem.exc_type}[/] {problem.value}", highlight=False)
        raise typer.Exit(1) from problem
    except Answered as problem:  # begins with the code of its first reason
        err.print(f"[red]{escape(str(problem))}[/]", highlight=False)
        raise typer.Exit(1) from problem
    except REFUSALS as problem:
        err.print(f"[red]{type(problem).__name__}[/] {problem}", highlight=False)
        raise typer.Exit(1) from problem


def _ask(service: str, method: str, wait_s: float, **arguments: Any) -> Any:
    caller = Caller(_broker(), service, wait_s)

    def ask() -> Any:
        try:
            return getattr(caller, method)(**arguments)
        except Unavailable as problem:
            if problem.__cause__:  # nobody answered: `_reaching` says why
                raise problem.__cause__ from problem
            raise

    return _reaching(wait_s, ask, what=service)


def _reaching(wait_s: float, ask: Callable[[], Any], what: str = "the broker") -> Any:
    """What `ask` answers; a sentence, and the end, if nobody does. It runs beside us, for a broker
    whose memory is full takes nothing and closes nothing."""

    def answered() -> tuple[Any, Exception | None]:
        try:
            return ask(), None
        except Exception as problem:  # noqa: BLE001 - raised below, where somebody waits for it
            return None, problem

    asking = eventlet.spawn(answered)
    try:
        with eventlet.Timeout(wait_s + 3, TimeoutError()):
            found, problem = asking.wait()
        if problem is not None:
            raise problem
        return found
    except TimeoutError as problem:
        err.print(
            f"{what} did not answer within {wait_s:g} s; look at /readyz of the services, and for an "
            "alarm at the broker. What it had begun by then it may still finish: do it again with the "
            "same id (--id and --time, or request_id=…), and it is done once."
        )
        raise typer.Exit(1) from problem
    except NotFound as problem:
        err.print(
            f"the broker answers, and has no queues and exchanges of ours yet ({problem.reply_text}): "
            "start a service, or `python -m services topology`",
            highlight=False,
        )
        raise typer.Exit(1) from problem
    except CONNECTION_ERRORS as problem:
        broker = settings.masked(settings.from_environment().amqp_uri)
        err.print(f"no connection to {broker}: {problem}", highlight=False)
        raise typer.Exit(1) from problem


def _text(given: str) -> str:
    """What was given, or what is in the file that `@file` names."""
    if not given.startswith("@"):
        return given
    try:
        return Path(given[1:]).read_text(encoding="utf-8")
    except OSError as problem:
        raise typer.BadParameter(f"{given[1:]} cannot be read: {problem.strerror}") from problem
    except UnicodeDecodeError as problem:
        raise typer.BadParameter(f"{given[1:]} is not UTF-8") from problem


def _argument(given: str) -> tuple[str, Any]:
    name, equals, value = given.partition("=")
    if not equals:
        raise typer.BadParameter(f"{given!r} must read name=value")
    if name == "request_id":
        return name, value
    try:
        return name, json.loads(value)
    except json.JSONDecodeError:
        return name, value


def _broker() -> str:
    uri = settings.from_environment().amqp_uri
    if uri.startswith("embedded:"):
        err.print("AMQP_URI is not set: there is no broker that this command could reach.")
        raise typer.Exit(2)
    return uri
