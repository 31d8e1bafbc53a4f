"""The park, as an internal system calls it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Self, TypeVar

from .api import Services
from .calls import Caller
from .errors import DeadlineExceeded, NotFound
from .values import plain
from .what_if import what_if

T = TypeVar("T")
LOOKS_EVERY_S = 0.1
SERVICES = ("parcels", "enterprises", "projects", "notify")


class Park(Services):
    """Its services: `park.parcels.get_parcel(parcel_id=…)`. `timeout` is in seconds, of each call that
    names none. It opens one connection when the first call is made. Threads may share it, and wait for
    each other's calls; a Park for each thread does not wait."""

    def __init__(self, uri: str, timeout: float = 10) -> None:
        self._caller = Caller(uri, timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave the broker. A call after that opens a connection again."""
        self._caller.close()

    def what_if(self, *reports: dict[str, Any], service: str = "") -> dict[str, dict[str, Any]]:
        """What would follow in each service if these were reported, one after the other, and nothing is:
        `{"type": "remediation.reopened", "publisher": "330604006", "data": {…}}`, a fact
        `{"type": "parcels.land_released", "data": {…}}`, or, of a `service`, a call
        `{"method": "record_soil", "data": {…}}`."""
        if not reports or service not in ("", *SERVICES):
            raise ValueError(f"Give a report, and as service none or one of {', '.join(SERVICES)}.")
        ask = lambda name, those: self._caller.call(f"{name}.what_if", {"reports": plain(those)})  # noqa: E731
        return what_if(ask, SERVICES, list(reports), service)

    def wait_for(self, ask: Callable[[], T | None], timeout: float | None = None) -> T:
        """What `ask` answers once that is something: what one service decides reaches the others a moment
        later. `NotFound` means not yet."""
        timeout = self._caller.timeout if timeout is None else timeout
        until = time.monotonic() + timeout
        while True:
            try:
                if found := ask():
                    return found
            except NotFound:
                pass
            if time.monotonic() > until:
                raise DeadlineExceeded(f"what was waited for did not come within {timeout:g} s")
            time.sleep(LOOKS_EVERY_S)
