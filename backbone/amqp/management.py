"""What RabbitMQ's management API says of bindings and users, for whom AMQP cannot be asked."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from .. import tls
from ..errors import Unavailable
from ..settings import Unusable, latest
from .connection import nodes

if TYPE_CHECKING:
    from urllib.error import HTTPError

ANSWERS_WITHIN_S = 5
PORT, TLS_PORT = 15672, 15671
HEALTH, FAILED = "health/checks/", 503  # so answers a check that found something, and says what
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A binding: what `source` (an exchange) gets under `key` goes to `destination`."""

    source: str
    destination: str
    key: str


class Unreachable(Unavailable):
    """Nobody answers for the management API, or not to us."""


class NotLetIn(Unreachable):
    """It answers, and does not let in the user by whom it is asked."""


def links_at(management_url: str, amqp_uri: str) -> frozenset[Link]:
    """Every binding of the virtual host of `amqp_uri`; by one of each queue it has to the default exchange,
    which has no name, one sees which queues there are. Raises `Unreachable`.

    Without a `management_url` it is looked for where RabbitMQ has it by default: on the broker's host,
    for the same user; of a cluster any node answers for all.
    """
    resource = f"bindings/{_vhost(amqp_uri)}?columns=source,destination,routing_key"
    return _those_of(
        _asked_any(management_url, amqp_uri, resource),
        lambda row: Link(row["source"], row["destination"], row["routing_key"]),
    )


def sent_on_at(management_url: str, amqp_uri: str) -> frozenset[Link]:
    """Where exchanges and queues of the virtual host send messages by their arguments: what an exchange has
    no queue for to an alternate one, and dead letters, under their own key or that which is said. It is asked
    where `links_at` asks. Raises `Unreachable`."""

    def by_arguments(row: Any) -> Iterator[Link]:
        exchange_or_queue, said = row["name"], row["arguments"]
        for name in ("alternate-exchange", "x-dead-letter-exchange"):
            if name in said:
                key = str(said.get("x-dead-letter-routing-key", ""))
                yield Link(exchange_or_queue, str(said[name]), key)

    found: set[Link] = set()
    for kind in ("exchanges", "queues"):
        resource = f"{kind}/{_vhost(amqp_uri)}?columns=name,arguments"
        answer = _asked_any(management_url, amqp_uri, resource)
        found.update(*_those_of(answer, lambda row: frozenset(by_arguments(row))))
    return frozenset(found)


def kinds_at(management_url: str, amqp_uri: str) -> frozenset[tuple[str, str]]:
    """The exchanges of the virtual host, each with its kind: `topic`, `fanout`. It is asked where `links_at`
    asks. Raises `Unreachable`."""
    resource = f"exchanges/{_vhost(amqp_uri)}?columns=name,type"
    answer = _asked_any(management_url, amqp_uri, resource)
    return _those_of(answer, lambda row: (str(row["name"]), str(row["type"])))


def bounded_users_at(management_url: str, amqp_uri: str) -> frozenset[str]:
    """The users of the broker, of every virtual host, whose connections are bounded: who may look at
    bindings may see these, and only an administrator the others. It is asked where `links_at` asks. Raises
    `Unreachable`."""
    answer = _asked_any(management_url, amqp_uri, "user-limits?columns=user")
    return _those_of(answer, lambda row: str(row["user"]))


def _vhost(amqp_uri: str) -> str:
    return quote(unquote(urlsplit(amqp_uri).path[1:]) or "/", safe="")


def alarms_at(management_url: str, amqp_uri: str) -> frozenset[tuple[str, str]]:
    """The alarms of the broker: what is short (`memory`, `disk`), and on which node. While there is one,
    nobody may publish. It is asked where `links_at` asks. Raises `Unreachable`."""
    answer = _asked_any(management_url, amqp_uri, f"{HEALTH}alarms")
    return _those_of(answer, lambda row: (str(row["resource"]), str(row["node"])), "alarms")


def _asked_any(management_url: str, amqp_uri: str, resource: str) -> bytes:
    """What the first that answers says."""
    setting = "MANAGEMENT_URL" if management_url else "AMQP_URI"
    urls = [latest(management_url)] if management_url else map(url_of, nodes(latest(amqp_uri)))
    problem = Unreachable("AMQP_URI names no broker.")
    for url in urls:
        try:
            return _asked(url, setting, resource)
        except Unreachable as silent:
            problem = silent
    raise problem


def _those_of(answer: bytes, read: Callable[[Any], Row], under: str = "") -> frozenset[Row]:
    try:
        said = json.loads(answer)
        return frozenset(map(read, said.get(under, ()) if under else said))
    except (ValueError, TypeError, KeyError, AttributeError):
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
    from urllib.error import HTTPError
    from urllib.request import Request

    where = urlsplit(url)
    if not where.username and setting == "MANAGEMENT_URL":
        raise NotLetIn("MANAGEMENT_URL names no user: give http://user:password@host:15672.")
    name = unquote(where.username or "guest")  # as whom AMQP logs in where AMQP_URI names nobody
    user = f"{name}:{unquote(where.password or 'guest')}"
    host = where.netloc.rpartition("@")[2]
    path, _, columns = f"{where.path.rstrip('/')}/api/{resource}".partition("?")
    plain = urlunsplit((where.scheme, host, path, columns, ""))
    token = base64.b64encode(user.encode()).decode()
    request = Request(plain, headers={"Authorization": f"Basic {token}"})  # noqa: S310 - http(s), held by the settings
    try:
        _, told = tls.read(url, setting, ("https",))
        with tls.opener(told, setting).open(request, timeout=ANSWERS_WITHIN_S) as answer:
            body: bytes = answer.read()
    except Unusable as problem:
        raise Unreachable(str(problem)) from None
    except (OSError, HTTPException) as problem:
        if isinstance(problem, HTTPError) and problem.code == FAILED and HEALTH in path:
            return problem.read()
        api = f"RabbitMQ's management API at {host}"
        if isinstance(problem, HTTPError) and problem.code in (401, 403):
            why = f"{problem.code}, {_why(problem)}"
            raise NotLetIn(f"{api} does not let {name} in, whom {setting} names: {why}") from None
        raise Unreachable(f"{api}: {problem}") from None
    return body


def _why(refused: HTTPError) -> str:
    """What RabbitMQ says of a refusal: whether it is the password, a tag or the virtual host."""
    try:
        return str(json.loads(refused.read())["reason"])
    except (OSError, ValueError, TypeError, KeyError):
        return str(refused.reason)
