"""A bound for everything that a channel does for one message."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from backbone.watchdog import Deadline

from ..delivery.message import ChannelError


class _TooSlow(BaseException):
    """No `Exception`: no library between here and the socket may take it for an error of its own."""


@contextmanager
def within(timeout_s: float, whom: str) -> Iterator[None]:
    """Bound the block to `timeout_s` seconds in all: looking up the name, connecting, TLS, sending
    and the answer. A time-out of the socket alone does not do that: it begins anew with each byte.

    Raises `ChannelError`, one that may pass, when it takes longer.
    """
    try:
        with Deadline(timeout_s, _TooSlow()):
            yield
    except _TooSlow:
        sentence = f"{whom} took longer than {timeout_s:g} s."
        raise ChannelError(False, sentence) from None
