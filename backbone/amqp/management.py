"""What RabbitMQ's management API says of bindings, since AMQP cannot be asked whether one is there."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from .. import tls
from ..settings import Unusable, latest
from .connection import nodes

ANSWERS_WITHIN_S = 5
PORT, TLS_PORT = 15672, 15671
FIELDS = "source,destination,routing_key"


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A binding: what `source` (an exchange) gets under `key` goes to `destination`."""

    source: str
    destination: str
    key: str


class Unreachable(Exception):
    """Nobody answers for the management API, or not to us."""


def links_at(management_url: str, amqp_uri: str) -> frozenset[Link]:
    """Every binding of the virtual host of `amqp_uri`. Raises `Unreachable`.

    Without a `management_url` it is looked for where RabbitMQ has it by default: on the broker's host,
    for the same user; of a cluster any node answers for all.
    """
    vhost = quote(unquote(urlsplit(amqp_uri).path[1:]) or "/", safe="")
    setting = "MANAGEMENT_URL" if management_url else "AMQP_URI"
    urls = [latest(management_url)] if management_url else map(url_of, nodes(latest(amqp_uri)))
    problem = Unreachable("AMQP_URI names no broker.")
    for url in urls:
        try:
            return _links_in(_asked(url, setting, f"bindings/{vhost}"))
        except Unreachable as silent:
            problem = silent
    raise problem


def _links_in(answer: bytes) -> frozenset[Link]:
    try:
        return frozenset(
            Link(row["source"], row["destination"], row["routing_key"])
            for row in json.loads(answer)
            if row["source"]  # each queue is bound to the default exchange by its name
        )
    except (ValueError, TypeError, KeyError):
        raise Unreachable(
            "What answers for RabbitMQ's management API is another program."
        ) from None


def url_of(amqp_uri: str) -> str:
    """Where RabbitMQ has its management API by default: on the broker's host, for the same user. Of a
    cluster the first node."""
    broker = urlsplit(nodes(amqp_uri)[0])
    is_tls = broker.scheme == "amqps"
    user, at, _ = broker.netloc.rpartition("@")
    host = f"{broker.hostname or 'localhost'}:{TLS_PORT if is_tls else PORT}"
    scheme = "https" if is_tls else "http"
    return urlunsplit((scheme, f"{user}{at}{host}", "", tls.words(amqp_uri), ""))


def _asked(url: str, setting: str, resource: str) -> bytes:
    # imported here: a service at rest does not need it
    from http.client import HTTPException
    from urllib.request import Request

    where = urlsplit(url)
    user = f"{unquote(where.username or 'guest')}:{unquote(where.password or 'guest')}"
    host = where.netloc.rpartition("@")[2]
    path = f"{where.path.rstrip('/')}/api/{resource}"
    plain = urlunsplit((where.scheme, host, path, f"columns={FIELDS}", ""))
    token = base64.b64encode(user.encode()).decode()
    request = Request(plain, headers={"Authorization": f"Basic {token}"})  # noqa: S310 - http(s), held by the settings
    try:
        _, told = tls.read(url, setting, ("https",))
        with tls.opener(told, setting).open(request, timeout=ANSWERS_WITHIN_S) as answer:
            body: bytes = answer.read()
    except Unusable as problem:
        raise Unreachable(str(problem)) from None
    except (OSError, HTTPException) as problem:
        raise Unreachable(f"RabbitMQ's management API at {host}: {problem}") from None
    return body
