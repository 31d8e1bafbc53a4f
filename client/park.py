"""The park, as an internal system calls it."""

from __future__ import annotations

from typing import Self

from .api import Services
from .calls import Caller


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
