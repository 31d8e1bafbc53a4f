"""A lease: what one process of a service holds, so that it alone does a work until it ends or dies."""

from __future__ import annotations

import socket
import time
import uuid
from collections.abc import Callable
from contextlib import suppress

import eventlet

from ..errors import Unavailable
from ..store.redis import reaching_redis
from ..store.repository import Repository


class Lease:
    """One process's hold on the work called `name`. It runs out `lifetime_s` seconds after it was last
    taken. `token` is 0 while somebody else holds it, or nobody; every new holder gets a larger one.

    All methods raise `Unavailable` when Redis does not answer.
    """

    def __init__(self, repository: Repository, name: str, lifetime_s: float) -> None:
        self.key, self.lifetime_s = repository.key(name), lifetime_s
        self.token = 0
        self._atomic = repository.atomic
        self._holder = f"{socket.gethostname()}:{uuid.uuid4().hex[:8]}"
        self._renew_at = 0.0

    @property
    def is_fresh(self) -> bool:
        """Whether it is ours and less than a third of it has passed."""
        return self.token > 0 and time.monotonic() < self._renew_at

    def take(self) -> bool:
        """Take it if it is free, renew it if it is ours. Answers whether it is ours."""
        asked_at = time.monotonic()  # it may run from then on, however late the answer is
        with reaching_redis():
            self.token = self._atomic.lead(self.key, self._holder, int(self.lifetime_s * 1000))
        self._renew_at = asked_at + self.lifetime_s / 3
        return self.token > 0

    def renew(self) -> None:
        """Keep it if it is ours still. It is never taken by this, so that one that is given back meanwhile
        stays free."""
        asked_at, token = time.monotonic(), self.token
        with reaching_redis():
            is_ours = self._atomic.renew(self.key, token, int(self.lifetime_s * 1000))
        if self.token != token:
            return  # it was taken anew or given up meanwhile: this answer is of before
        if is_ours:
            self._renew_at = asked_at + self.lifetime_s / 3
        else:
            self.forget()

    def keep(self, is_at_work: Callable[[], bool]) -> None:
        """Renew it for ever, beside a work that may take longer than it lasts, while that goes on."""
        while True:
            eventlet.sleep(self.lifetime_s / 6)
            if self.token and not self.is_fresh and is_at_work():
                with suppress(Unavailable):  # the work finds out by itself
                    self.renew()

    def forget(self) -> None:
        """Know no more whether it is ours: the next `is_fresh` says no."""
        self.token = 0

    def leave(self) -> None:
        """Give it back, unless it has passed to somebody else."""
        if self.token:
            with reaching_redis():
                self._atomic.leave(self.key, self.token)
