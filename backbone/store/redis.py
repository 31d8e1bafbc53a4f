"""Connections to Redis, and one word for a Redis that cannot be had: `Unavailable`."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ssl import SSLWantReadError
from typing import Any
from urllib.parse import unquote, urlsplit

import hiredis
import redis as redis_client
from eventlet.green.ssl import GreenSSLSocket
from redis.sentinel import SentinelConnectionPool, SentinelManagedConnection

from .. import certificates
from ..errors import Unavailable
from ..logs import words
from ..settings import is_from_file, latest
from ..tls import Tls
from .sentinel import Named, NotConfirmed, is_named

NO_ANSWER = redis_client.exceptions.ResponseError
LOGIN_REFUSED = (
    redis_client.exceptions.AuthenticationError
)  # which redis-py calls a lost connection


def login_refused(problem: BaseException) -> str:
    """What to do where Redis answers and does not let us in."""
    return f"Redis refuses our login ({problem}): REDIS_URL has a wrong password, or a user who is not there"


def connect(
    url: str, answer_within_s: float = 15, greet: Callable[[Any], None] | None = None
) -> Any:
    """A client for the store. `memory://name` is a store in this process that keeps nothing. `greet`
    is given each new connection to a real one, and may refuse it."""
    if url.startswith("memory://"):
        import fakeredis

        server = _memory.setdefault(url, fakeredis.FakeServer(version=(7,)))
        return fakeredis.FakeStrictRedis(server=server)
    how: dict[str, Any] = {
        "command_packer": Packer(),
        "socket_timeout": answer_within_s,
        "health_check_interval": 30,
        "redis_connect_func": greet,
        **({} if url.startswith("unix:") else {"socket_connect_timeout": 2}),
    }
    if is_named(url):
        return _followed(url, how)
    may_change = is_from_file(url) and urlsplit(url).password is not None
    return redis_client.Redis.from_url(
        _without_login(url) if may_change else url,
        connection_class=CONNECTIONS[url.partition(":")[0]],
        **how,
        **({"credential_provider": Login(url)} if may_change else {}),
    )


def _followed(url: str, how: dict[str, Any]) -> Any:
    """A client that asks the Sentinels before each connection which Redis is the master."""
    named = Named.of(url)
    if named.where.password is not None:
        how = how | {"credential_provider": Login(url)}
    how = how | named.encrypted | {"connection_class": FOLLOWED[named.where.scheme]}
    pool = SentinelConnectionPool(  # type: ignore[no-untyped-call]  # redis-py's
        named.name, named.asked(), db=named.database, **how
    )
    return redis_client.Redis(connection_pool=pool)


def _without_login(url: str) -> str:
    where = urlsplit(url)
    return where._replace(netloc=where.netloc.rpartition("@")[2]).geturl()


class Login(redis_client.CredentialProvider):
    """Who logs in over a new connection, as the file of the setting says it now."""

    def __init__(self, url: str) -> None:
        self.url = url

    def get_credentials(self) -> tuple[str] | tuple[str, str]:
        said = urlsplit(latest(self.url))
        user, password = unquote(said.username or ""), unquote(said.password or "")
        return (user, password) if user else (password,)


_memory: dict[str, Any] = {}


def forget(url: str) -> None:
    """Let go of the store in this process that bears this `memory://name`."""
    _memory.pop(url, None)


class Packer:
    """Packs a command as redis-py does, without looking at each of the thousands of arguments that a
    commit has: ours are texts, bytes and numbers."""

    def pack(self, *command: Any) -> list[bytes]:
        if " " in command[0]:
            command = (*command[0].split(), *command[1:])
        try:
            return [hiredis.pack_command(command)]
        except TypeError as problem:
            raise redis_client.DataError(str(problem)) from problem


class Asks:
    """A connection that can tell, under eventlet too, whether Redis has closed it: there redis-py
    has no `poll` to ask, and would find out by losing a command. This is also the quicker way."""

    _sock: Any

    def can_read(self, timeout: float = 0) -> bool:
        bare = getattr(self._sock, "fd", None)  # the socket that eventlet's own stands on
        if bare is None:
            return bool(super().can_read(timeout))  # type: ignore[misc]  # redis-py's
        try:
            bare.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        raise redis_client.exceptions.ConnectionError("Redis closed the connection")


class Plain(Asks, redis_client.Connection):
    pass


class Local(Asks, redis_client.UnixDomainSocketConnection):
    pass


class Follows(SentinelManagedConnection):
    def read_response(self, *args: Any, **options: Any) -> Any:
        """Like any other connection it is closed when nobody waits for its answer any more: redis-py
        would keep this one, and give the answer to whoever asks next."""
        return super().read_response(*args, **{"disconnect_on_error": True, **options})


class Followed(Asks, Follows):
    pass


class Encrypted(redis_client.SSLConnection):
    """The same over TLS, which has things to say by itself now and then."""

    def _connect(self) -> Any:
        Tls(
            ca_certs=self.ca_certs or "", certfile=self.certfile or "", keyfile=self.keyfile or ""
        ).check("REDIS_URL")
        opened = super()._connect()  # type: ignore[no-untyped-call]  # redis-py's
        certificates.shown(certificates.STORE, opened)
        return opened

    def can_read(self, timeout: float = 0) -> bool:
        if not isinstance(self._sock, GreenSSLSocket):
            return bool(super().can_read(timeout))
        try:
            self._sock._sslobj.read(1)  # eventlet's own `read` would wait
        except SSLWantReadError:
            return False
        except OSError as problem:
            raise redis_client.exceptions.ConnectionError("Redis went away") from problem
        raise redis_client.exceptions.ConnectionError("Redis closed the connection")


class FollowedEncrypted(Follows, Encrypted):
    pass


FOLLOWED = {"redis+sentinel": Followed, "rediss+sentinel": FollowedEncrypted}
CONNECTIONS = {"redis": Plain, "rediss": Encrypted, "unix": Local}


class Forgotten(redis_client.RedisError):
    """This Redis is not the store that the service had, or may lose what it is given. Nothing may be
    read from it or written."""


class reaching_redis:  # noqa: N801 - reads as a word in a with statement
    """Turns 'Redis does not answer' and 'Redis serves nobody now' (its memory or disk is full, its
    replicas are gone, it lets us do nothing, it is not the store that we had) into `Unavailable`;
    other errors stay what they are."""

    GONE = (
        redis_client.exceptions.ConnectionError,
        redis_client.exceptions.TimeoutError,
        redis_client.exceptions.BusyLoadingError,
        OSError,
    )
    SHUT = (
        redis_client.exceptions.ReadOnlyError,
        redis_client.exceptions.OutOfMemoryError,
        redis_client.exceptions.NoPermissionError,
        redis_client.exceptions.MasterDownError,
    )
    # redis-py has no classes for these; the last is a database that is not there
    SHUT_CODES = ("MISCONF ", "NOREPLICAS ", "BUSY ", "DENIED ", "DB index ")

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type | None, problem: BaseException | None, _trace: Any) -> None:
        if isinstance(problem, LOGIN_REFUSED):
            raise Unavailable(login_refused(problem)) from problem
        if isinstance(problem, Forgotten):
            raise Unavailable(str(problem)) from problem
        if isinstance(problem, NotConfirmed):
            raise Unavailable(f"Redis cannot be sure of it ({problem})") from problem
        if isinstance(problem, self.GONE):
            raise Unavailable(f"Redis does not answer ({type(problem).__name__})") from problem
        says = words(problem) if problem else ""
        if isinstance(problem, self.SHUT) or says.startswith(self.SHUT_CODES):
            raise Unavailable(f"Redis serves nobody now ({says[:80]})") from problem
