"""What is logged where logs are written as a service writes them."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import structlog

from backbone import logs

NAME = "绍兴上虞腾飞机械有限公司 法定代表人 张三丰"  # what somebody reported, and no log may have


@contextmanager
def logged(mask: Callable[[str], str] = str) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """Gives the entries that were logged since."""
    root, stream = logging.getLogger(), io.StringIO()
    handlers, level, before = root.handlers, root.level, structlog.get_config()
    logs.configure("INFO", mask)
    root.handlers[0].setStream(stream)  # pytest has a standard error of its own for each phase
    try:
        yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    finally:
        root.handlers, root.level = handlers, level
        structlog.configure(**before)
