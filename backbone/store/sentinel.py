"""Several Redis, of which Sentinels name the master:

    redis+sentinel://user:password@host:26379,host:26379,host:26379/name/0

The hosts are those of the Sentinels, `name` is what they call the master, the user and the number of the
database are those of Redis. Sentinels that ask for a password of their own are given
`?sentinel_password=…`, and `sentinel_username` where they have users. `rediss+sentinel://` is TLS to
Sentinels and Redis alike, with the words of `backbone/tls.py`.

Each new connection asks the Sentinels, so a service follows the master; one that was demoted refuses its
writes, and is left.

What is committed is replicated after it was answered, so the Redis that takes over may lack it. Therefore a
commit counts once so many replicas say that they have it (`WAIT`), and each process counts in the store what
it was told: when a store says less than that, commits are lost, and `Witness.misses` it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlsplit

from redis import CredentialProvider
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, ResponseError
from redis.retry import Retry
from redis.sentinel import Sentinel

from .. import tls
from ..settings import Unusable, latest

SCHEMES = {"redis+sentinel": "redis", "rediss+sentinel": "rediss"}
ENCRYPTED = ("rediss+sentinel",)
USER, PASSWORD = "sentinel_username", "sentinel_password"
PORT = 26379
ASKED_WITHIN_S = 1.0  # a Sentinel that does not answer; then the next is asked
CONFIRMED_WITHIN_MS = 5_000
WITNESS = "witness"  # the keys of what each process was told


class NotConfirmed(RedisError):
    """The master has it, and too few replicas say so: if it is lost now, they need not have it."""


class AtSentinels(CredentialProvider):
    """Who asks the Sentinels, as the file of the setting says it now."""

    def __init__(self, url: str) -> None:
        self.url = url

    def get_credentials(self) -> tuple[str] | tuple[str, str]:
        said = dict(parse_qsl(urlsplit(latest(self.url)).query))
        user, password = said.get(USER, ""), said.get(PASSWORD, "")
        return (user, password) if user else (password,)


@dataclass(frozen=True, slots=True)
class Named:
    """A master by the name that Sentinels have for it."""

    where: SplitResult
    sentinels: list[tuple[str, int]]
    name: str
    database: int
    encrypted: dict[str, Any] = field(default_factory=dict)  # TLS in redis-py's words
    login: AtSentinels | None = None

    @classmethod
    def of(cls, url: str) -> Named:
        """What the URL says. Raises `Unusable` when it cannot be read."""
        text = latest(url)
        plain, told = tls.read(text, "REDIS_URL", ENCRYPTED)
        where = urlsplit(plain)
        name, _, database = where.path.strip("/").partition("/")
        hosts = [each.rpartition(":") for each in where.netloc.rpartition("@")[2].split(",")]
        said = dict(parse_qsl(where.query, keep_blank_values=True))
        try:
            sentinels = [
                (host, int(port)) if host else (port, PORT) for host, _, port in hosts if port
            ]
            number = int(database or 0)
        except ValueError:
            sentinels, number = [], 0
        if not sentinels or not name or said.keys() - {USER, PASSWORD}:
            raise Unusable(
                "REDIS_URL names no master: give redis+sentinel://host:26379,host:26379/name/0, the hosts "
                "of the Sentinels, what they call the master, and the number of the database; and for "
                f"Sentinels that ask for it ?{PASSWORD}=…, with {USER}."
            )
        login = AtSentinels(url) if PASSWORD in said else None
        return cls(urlsplit(text), sentinels, name, number, _in_redis_words(told), login)

    def asked(self) -> Sentinel:
        """The Sentinels, one after the other."""
        return Sentinel(  # type: ignore[no-untyped-call]  # redis-py's
            self.sentinels,
            sentinel_kwargs={
                "socket_timeout": ASKED_WITHIN_S,
                "socket_connect_timeout": ASKED_WITHIN_S,
                "retry": Retry(NoBackoff(), 0),
                "credential_provider": self.login,
                **({"ssl": True} | self.encrypted if self.encrypted else {}),
            },
        )

    def at(self, host: str, port: int) -> str:
        """The URL of one Redis of them."""
        login, at, _ = self.where.netloc.rpartition("@")
        scheme, words = SCHEMES[self.where.scheme], tls.words(self.where.geturl())
        return f"{scheme}://{login}{at}{host}:{port}/{self.database}{words and '?' + words}"


def _in_redis_words(told: tls.Tls | None) -> dict[str, Any]:
    if told is None:
        return {}
    files = {name: getattr(told, of_ours) or None for name, of_ours in tls.FILES.items()}
    return files | {"ssl_cert_reqs": "required" if told.is_checked else "none"}


def is_named(url: str) -> bool:
    """Whether Sentinels say which Redis it is."""
    return url.partition("://")[0] in SCHEMES


def master_of(url: str) -> str:
    """The URL of the Redis itself: of the one that is the master now. Raises `redis.ConnectionError`."""
    if not is_named(url):
        return url
    named = Named.of(url)
    sentinels: Any = named.asked()
    return named.at(*sentinels.discover_master(named.name))


def all_of(url: str) -> list[str]:
    """The URL of every Redis that there is behind this one: the master, and those of its replicas that
    answer."""
    if not is_named(url):
        return [url]
    named = Named.of(url)
    sentinels: Any = named.asked()
    replicas = sentinels.discover_slaves(named.name)
    return [master_of(url), *(named.at(*each) for each in replicas)]


class Witness:
    """How much of what this process committed it was told to be in the store, here and in the store."""

    def __init__(self, service: str, confirmed_by: int, lasts_s: int) -> None:
        self.key = f"{{{service}}}:{WITNESS}:{uuid.uuid4().hex[:12]}"
        self.confirmed_by, self.lasts_s = confirmed_by, lasts_s
        self.count = 0

    def ask(self, connection: Any, *command: Any) -> None:
        """Send a command that commits. All in one packet, for Redis writes its file once for it."""
        asked = (command, ("INCR", self.key), ("WAIT", self.confirmed_by, CONFIRMED_WITHIN_MS))
        connection.send_packed_command(
            [b"".join(part for each in asked for part in connection.pack_command(*each))]
        )

    def hear(self, connection: Any) -> Any:
        """What the command answered, once enough replicas have all that was done before the answer, by
        whomever. Raises `NotConfirmed`, and what Redis raises."""
        answer, count, replicas = [*_answers(connection, 3)]
        for each in (answer, count, replicas):
            if isinstance(each, ResponseError):
                raise each
        if replicas < self.confirmed_by:
            raise NotConfirmed(f"{replicas} of {self.confirmed_by} replicas confirm the commit")
        self.count = max(self.count, count)
        return answer

    def do(self, redis: Any, *command: Any) -> Any:
        """Ask and hear at once, over a connection of the pool."""
        pool = redis.connection_pool
        connection = pool.get_connection()
        try:
            self.ask(connection, *command)
            return self.hear(connection)
        finally:
            pool.release(connection)

    def assure(self, redis: Any) -> None:
        """Return once enough replicas have all that this Redis did before, for whomever. Raises as `hear`."""
        self.do(redis, "PING")

    def misses(self, said: bytes | None) -> int:
        """How much of it is not in a store that says this under `key`."""
        return max(0, self.count - int(said or 0))

    def keep(self, redis: Any) -> None:
        """Let what it says in the store last on."""
        redis.set(self.key, 0, ex=self.lasts_s, nx=True)
        redis.expire(self.key, self.lasts_s)


def _answers(connection: Any, count: int) -> Iterator[Any]:
    """So many answers, those that are a no included: the others come all the same."""
    for _ in range(count):
        try:
            yield connection.read_response()
        except ResponseError as no:
            yield no
