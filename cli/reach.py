"""Reaching broker and services, and a sentence for the operator when nobody answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlsplit

import eventlet
import typer
from amqp.exceptions import NotFound

from backbone import settings
from backbone.amqp.connection import CONNECTION_ERRORS, refusal
from backbone.errors import Unavailable
from backbone.tls import plainly

from .console import err

CALLED = re.compile(r"topic '(\w+\.\w+)' in exchange 'nameko-rpc'")  # as RabbitMQ says it


def reaching(wait_s: float, ask: Callable[[], Any], what: str = "the broker") -> Any:
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
            "start a service, or `tenglong topology`",
            highlight=False,
        )
        raise typer.Exit(1) from problem
    except CONNECTION_ERRORS as problem:
        err.print(away(problem), highlight=False, markup=False)
        raise typer.Exit(1) from problem


def away(problem: BaseException) -> str:
    """That there is no connection to the broker, or what it refuses us."""
    uri = settings.from_environment().amqp_uri
    at, refused = settings.masked(uri), refusal(problem, uri)
    if not refused:
        return f"no connection to {at}: {plainly(str(problem))}"
    return f"{at}: {refused}{_granting(problem, uri)}"


def _granting(problem: BaseException, uri: str) -> str:
    """How an administrator lets a user call what the broker refused it; nothing for another refusal."""
    user = unquote(urlsplit(uri).username or "").rpartition(".")[2]  # without its zone
    kind, _, name = user.partition("-")
    method = CALLED.search(str(problem))
    if kind not in ("operator", "system") or method is None:
        return ""
    return (
        f" An administrator grants it: `tenglong grant {kind} {name} --calls {method[1]}`, with --calls for "
        "each other method that was granted besides."
    )


def silence(problem: Unavailable) -> str:
    """Why a call has no answer: that the broker is away or refuses us, or what the service or its silence
    says."""
    cause = problem.__cause__
    if not isinstance(cause, CONNECTION_ERRORS) or isinstance(cause, TimeoutError):
        return str(problem)
    refused = refusal(cause, settings.from_environment().amqp_uri)
    return refused or f"the broker is away: {away(cause)}"


def broker_uri() -> str:
    """The broker that AMQP_URI names; a sentence, and the end, if it names none outside."""
    uri = settings.from_environment().amqp_uri
    if uri.startswith("embedded:"):
        err.print("AMQP_URI is not set: there is no broker that this command could reach.")
        raise typer.Exit(2)
    return uri
