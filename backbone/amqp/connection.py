"""Connections to the broker, and the pauses between attempts to reach it.

A connection is opened once: when it breaks, its owner opens the next one, backing off to about five
seconds with jitter. Of a cluster the URI names every node, for the same user and virtual host:

    amqp://user:password@one:5672,two:5672,three:5672/vhost

They are tried in a random order, so that connections spread and one that is gone holds nobody up."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import unquote, urlsplit

import eventlet
import kombu
from amqp.exceptions import AccessRefused, InternalError, NotAllowed

from .. import certificates
from ..settings import latest
from . import tls

CONNECTION_ERRORS: tuple[type[Exception], ...] = (
    *kombu.Connection("amqp://").connection_errors,
    *kombu.Connection("amqp://").channel_errors,
    kombu.exceptions.OperationalError,
    OSError,
)
LONGEST_PAUSE_S = 5.0
DIAL_WITHIN_S = 15
LOGIN_REFUSED = "Login was refused"  # as RabbitMQ says it; otherwise it names what it refuses
TOO_MANY = "user connection limit"  # what RabbitMQ says of a user who has all that it may have


def refusal(problem: BaseException, uri: str) -> str:
    """What a broker that answers refuses the user of `uri`, or fails at by itself, and what to do; nothing
    for another problem."""
    if isinstance(problem, InternalError):
        return (
            "RabbitMQ answers and fails at this by itself (INTERNAL_ERROR): mostly a queue without a leader. "
            "Its log says why. What does not mend by itself, does when the node is started again: with all "
            "that was confirmed."
        )
    if not isinstance(problem, AccessRefused | NotAllowed):
        return ""
    user, said = unquote(urlsplit(latest(uri)).username or "guest"), str(problem.reply_text)
    if LOGIN_REFUSED in said:
        return (
            f"RabbitMQ refuses the login of {user} (ACCESS_REFUSED): there is no such user, or AMQP_URI has "
            f"a wrong password. `tenglong grant rotate {user}` gives it another one."
        )
    if TOO_MANY in said:
        return (
            f"RabbitMQ lets {user} open no more connections ({said}): it has as many as it may. End programs "
            "that are connected as it, or look for one that opens connections and closes none."
        )
    return (
        f"RabbitMQ answers and does not let {user} do this ({said}). Have it granted (`tenglong grant`), or "
        "see whether AMQP_URI names another user or virtual host than was meant."
    )


def pauses(first_s: float = 0.2) -> Any:
    """Growing pauses between attempts to reach something: doubled, capped, with jitter."""
    pause = first_s
    while True:
        yield pause * random.uniform(0.75, 1.25)  # noqa: S311 - spreads load, guards nothing
        pause = min(pause * 2, LONGEST_PAUSE_S)


class OpenedOnce(kombu.Connection):  # type: ignore[misc]  # kombu has no types
    """A connection that is opened once. kombu would open another one in the place of one that broke,
    without a word and without our channel: a consumer would wait on it for ever."""

    @property
    def connection(self) -> Any:
        if self._connection is not None and not self.connected:
            raise ConnectionResetError("the connection to the broker broke")
        return super().connection


def nodes(uri: str) -> list[str]:
    """The URI of each node that a URI names, in the order of their names."""
    where = urlsplit(uri)
    login, at, hosts = where.netloc.rpartition("@")
    return [where._replace(netloc=f"{login}{at}{host}").geturl() for host in hosts.split(",")]


def connect(uri: str, heartbeat_s: int = 0, *, confirms: bool = False) -> kombu.Connection:
    """An open connection. Opening it takes at most a few seconds, or raises what the last node that was
    tried said. With `confirms` kombu's own publishing waits for the broker."""
    among = nodes(latest(uri))
    random.shuffle(among)
    within_s = DIAL_WITHIN_S / len(among)
    options = {"heartbeat": heartbeat_s, "transport_options": {"confirm_publish": confirms}}
    for each in among[1:]:
        with suppress(*CONNECTION_ERRORS):
            return _dial(each, within_s, again_after_s=0, **options)
    return _dial(among[0], within_s, again_after_s=2, **options)


def _dial(uri: str, within_s: float, again_after_s: float, **options: Any) -> kombu.Connection:
    plain, tls_options = tls.split(uri)
    opened = OpenedOnce(plain, connect_timeout=5, **options, **tls_options)
    with eventlet.Timeout(within_s, TimeoutError("the broker does not finish its greeting")):
        opened.ensure_connection(max_retries=1, interval_start=again_after_s)
    inner = opened._connection
    if tls_options:
        certificates.shown(certificates.BROKER, inner.transport.sock)
    if hasattr(inner, "client_properties"):
        # else py-amqp would look for news from the broker before each publish; we wait for confirms
        inner.client_properties.get("capabilities", {}).pop("connection.blocked", None)
    return opened


def heartbeat_of(opened: kombu.Connection) -> float:
    """Seconds, as agreed with the broker: the fewer of what it and we asked for; 0 for no heartbeats."""
    return float(getattr(opened.connection, "heartbeat", None) or 0)


def close(opened: kombu.Connection) -> None:
    """Close a connection; by force when the broker does not answer, so that it takes no longer than
    two seconds."""
    inner = opened._connection
    with suppress(*CONNECTION_ERRORS), eventlet.Timeout(2, TimeoutError()):
        opened.release()
        return
    if hasattr(inner, "collect"):
        with suppress(*CONNECTION_ERRORS):
            inner.collect()


@contextmanager
def connection(
    uri: str, heartbeat_s: int = 0, *, confirms: bool = False
) -> Iterator[kombu.Connection]:
    """An open connection for the length of a block."""
    opened = connect(uri, heartbeat_s, confirms=confirms)
    try:
        yield opened
    finally:
        close(opened)
