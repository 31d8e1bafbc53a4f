"""JSON logs with the correlation id of the chain, and without codes or names.

Ids of things are logged as a short digest (`ref`), which is the same in every service, so that one
thing can be followed through the logs without being named.
"""

from __future__ import annotations

import hashlib
import logging
import sys
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog

from .settings import masked

Entry = MutableMapping[str, Any]


def digest(identifier: str, length: int = 10) -> str:
    """Hexadecimal digits that stand for an id: ten in logs, more where they must not collide."""
    return hashlib.sha256(identifier.encode()).hexdigest()[:length]


def masking(mask: Callable[[str], str]) -> Callable[[Any, str, Entry], Entry]:
    """A processor that passes every string of an entry through `mask` and hides the passwords of URIs: the
    last guard against leaks."""

    def clean(value: Any) -> Any:
        if isinstance(value, str):
            return masked(mask(value))
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
        structlog.processors.format_exc_info,
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
