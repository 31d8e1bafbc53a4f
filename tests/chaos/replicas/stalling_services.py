"""The sample services in a process whose relay can be made to stand still (SIGSTOP) at its worst moment.

`python -m tests.chaos.replicas.stalling_services sample bakery shop`, with a directory in TRIES_DIR: a file
`freeze-publishing-<pid>` in it stops the process, once, when the bakery's relay has read its outbox and
is about to publish, and `freeze-forgetting-<pid>` when all is confirmed and nothing is removed yet.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from tests.support import host  # isort: skip - first: it patches the standard library

from backbone.outbox.relay import Relay


def freezing_before(moment: str, step: Callable[..., Any]) -> Callable[..., Any]:
    """`step` of a relay, before which the process stands still if a file says so."""

    @wraps(step)
    def stepping(relay: Relay, *given: Any) -> Any:
        asked = Path(os.environ["TRIES_DIR"]) / f"freeze-{moment}-{os.getpid()}"
        if relay.repository.service == "bakery" and asked.exists():
            asked.unlink()
            os.kill(os.getpid(), signal.SIGSTOP)
        return step(relay, *given)

    return stepping


if __name__ == "__main__":
    Relay._address = freezing_before("publishing", Relay._address)
    Relay._forget = freezing_before("forgetting", Relay._forget)
    host.main(sys.argv[1], sys.argv[2:])
