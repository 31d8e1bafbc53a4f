"""Work at a broker that is killed meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import kombu
from kombu.exceptions import OperationalError

ROUNDS = 5  # a broker that is not killed all the time lets one of them end


def again(connection: kombu.Connection, work: Callable[..., Any], **how_often: Any) -> Any:
    """`work`, tried again over a new connection when the broker goes away, as kombu's `ensure` does; and
    also when it goes away while that connection is made, which `ensure` does not survive."""

    def working(*given: Any) -> Any:
        return work(*given)

    trying = connection.ensure(connection, working, **how_often)

    def done(*given: Any) -> Any:
        for _ in range(ROUNDS - 1):
            try:
                return trying(*given)
            except OperationalError:
                connection.collect()  # what is half made
        return trying(*given)

    return done
