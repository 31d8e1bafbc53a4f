"""JSON logs with the correlation id of the chain, and without codes or names.

Ids of things are logged as a short digest (`ref`), which is the same in every service, so that one
thing can be followed through the logs without being named. An exception is written as its type and its
frames: what it says may repeat what somebody reported (`KeyError: 'the name of a firm'`).
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import socket
import ssl
import sys
from collections.abc import Callable, Iterator, MutableMapping
from traceback import walk_tb
from typing import Any

import structlog
from amqp.exceptions import AMQPError, FrameSyntaxError
from kombu.exceptions import OperationalError
from redis.exceptions import DataError, InvalidResponse, RedisError, ResponseError

from .errors import Answered, Damaged, DeadlineExceeded, Unavailable
from .settings import FileUnreadable, Unusable, masked

Entry = MutableMapping[str, Any]
Link = tuple[str, BaseException]  # how it led to the exception after it, if there is one

# ours, whose sentence names what is away, a limit, or a setting
OURS = (Unavailable, DeadlineExceeded, Unusable, FileUnreadable)
# of servers and of connections to them: they say which host, which user, what is refused
OF_SERVERS = (
    ConnectionError,
    TimeoutError,
    socket.gaierror,
    ssl.SSLError,
    AMQPError,
    OperationalError,
    RedisError,
)
# kinds of these that quote what was to be sent, or what came
QUOTING = (FrameSyntaxError, DataError, InvalidResponse)
# redis-py puts the command before what Redis says, and Redis the arguments behind it
ARGUMENTS = re.compile(
    r"^Command # \d+ \(.*\) of pipeline caused error: |, with args beginning with.*", re.DOTALL
)
PLAIN = re.compile(r"[A-Za-z0-9._:/#@+-]{1,80}")
MOST_FRAMES = 40
LED_TO = "The above exception was the direct cause of the following exception:"
MEANWHILE = "During handling of the above exception, another exception occurred:"


def digest(identifier: str, length: int = 10) -> str:
    """Hexadecimal digits that stand for an id: ten in logs, more where they must not collide."""
    text = identifier.encode(errors="surrogatepass")  # JSON may say half a character
    return hashlib.sha256(text).hexdigest()[:length]


def shown(identifier: str) -> str:
    """An id that somebody else chose, as it may be logged: one that is no plain word as its digest, for it
    may be a name."""
    return identifier if PLAIN.fullmatch(identifier) else digest(identifier)


def words(problem: BaseException) -> str:
    """What an exception says, where it cannot repeat what was reported: of the lists above; of a
    refusal the codes, of what is damaged its `ref`. Nothing of any other."""
    if isinstance(problem, Answered):
        return ", ".join(each.code for each in problem.reasons)
    if isinstance(problem, Damaged):
        return f"the {problem.kind} of ref {digest(problem.identity)}"
    if isinstance(problem, QUOTING):
        return ""
    if isinstance(problem, ResponseError):
        return masked(ARGUMENTS.sub("", str(problem)))
    if isinstance(problem, OURS + OF_SERVERS):
        return masked(problem)
    if isinstance(problem, OSError) and isinstance(problem.errno, int):
        return os.strerror(problem.errno)  # without the name of the file
    return ""


def said(problem: BaseException) -> str:
    """An exception in a line, for logs, probes and whoever else did not report what it is about."""
    if isinstance(problem, OURS):
        return words(problem)
    return f"{type(problem).__name__} {words(problem)}".strip()


def trace(problem: BaseException, seen: frozenset[int] = frozenset()) -> str:
    """An exception and what led to it, as Python writes them, with files, lines and functions; without
    the code of a line, and without words but those that `words` lets pass."""
    links = [*_chain(problem, seen)][::-1]
    seen |= {id(each) for _, each in links}
    lines: list[str] = []
    for led_to, each in links:
        lines += [*_frames(each), _named(each)]
        for one in each.exceptions if isinstance(each, BaseExceptionGroup) else ():
            lines += [f"  | {line}" for line in trace(one, seen).splitlines()]
        lines += ["", led_to, ""] if led_to else []
    return "\n".join(lines)


def _chain(problem: BaseException, seen: frozenset[int]) -> Iterator[Link]:
    """The exception, and each that led to the one before, until there is none or one comes again."""
    link, each, known = "", problem, set(seen)
    while id(each) not in known:
        known.add(id(each))
        yield link, each
        hidden = each.__suppress_context__
        before = each.__cause__ or (None if hidden else each.__context__)
        if before is None:
            return
        link, each = (LED_TO if each.__cause__ else MEANWHILE), before


def _frames(problem: BaseException) -> list[str]:
    """Where it passed, as it went: of very many the first ten and the last."""
    frames = [
        f'  File "{frame.f_code.co_filename}", line {line}, in {frame.f_code.co_name}'
        for frame, line in walk_tb(problem.__traceback__)
    ]
    if (left_out := len(frames) - MOST_FRAMES) > 0:
        frames[10 : 10 + left_out] = [f"  ({left_out} more)"]
    return ["Traceback (most recent call last):", *frames] if frames else []


def _named(problem: BaseException) -> str:
    cls, told = type(problem), words(problem)
    name = (
        cls.__qualname__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__qualname__}"
    )
    return f"{name}: {told}" if told else name


def tracing_back(_logger: Any, _method: str, entry: Entry) -> Entry:
    """A processor that writes the exception of an entry as its `trace`."""
    given = entry.pop("exc_info", None)
    found = sys.exc_info() if given is True else given
    problem = found[1] if isinstance(found, tuple) else found
    if isinstance(problem, BaseException):
        entry["exception"] = trace(problem)
    return entry


def masking(mask: Callable[[str], str]) -> Callable[[Any, str, Entry], Entry]:
    """A processor that passes every string of an entry through `mask` and hides the passwords of URIs: the
    last guard against leaks."""

    def clean(value: Any) -> Any:
        if isinstance(value, str):
            return masked(mask(value))
        if isinstance(value, BaseException):
            return mask(said(value))
        if isinstance(value, dict):
            return {key: clean(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [clean(item) for item in value]
        return (
            value if value is None or isinstance(value, bool | int | float) else clean(str(value))
        )

    def process(_logger: Any, _method: str, entry: Entry) -> Entry:
        return {key: clean(value) for key, value in entry.items()}

    return process


def configure(level: str, mask: Callable[[str], str]) -> None:
    """Send the platform's and the libraries' logs to standard error, one JSON object a line."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        tracing_back,
        masking(mask),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers, root.level = [handler], logging.getLevelName(level)
    for noisy in ("amqp", "kombu", "urllib3", "apprise"):
        logging.getLogger(noisy).setLevel(max(root.level, logging.WARNING))
    logging.getLogger("nameko").setLevel(
        logging.CRITICAL
    )  # it logs calls whole; we log them masked


log = structlog.get_logger()
